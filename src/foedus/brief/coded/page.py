"""An explanation as a page of its own, which the brief links to, record by record.

Comes in: an :class:`~foedus.brief.coded.shapes.Explanation`, and where the brief shows each record. Goes
out: one self-contained HTML file without any script. Its name is made of the report's hash and its
anchors of the records' ids, never of words that somebody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from foedus.acts import Act, Span, Statement
from foedus.brief.coded.shapes import Explanation, Part
from foedus.brief.coded.text import excerpt
from foedus.brief.page import asset, environment
from foedus.brief.passages import Passage, marked_text, safe_id, visible
from foedus.brief.rows import coded_name
from foedus.brief.words import Words

__all__ = ["Leads", "file_name", "render_coded"]

Leads = Mapping[str, str]
"""Where the brief shows a record, by the record's id: an address relative to the page."""

_EXCERPT = 220
file_name = coded_name


def render_coded(explanation: Explanation, words: Words, leads: Leads, home: str = "") -> str:
    """Return the page; ``home`` is the address of the report in the brief (empty: there is none)."""
    styles = [asset("brief.css"), asset("coded.css")]
    policy = (
        f"default-src 'none'; style-src {' '.join(source for _, source in styles)}; "
        "base-uri 'none'; form-action 'none'"
    )
    texts = [_marked(part) for part in explanation.parts]
    known = {coded.id for part in explanation.parts for coded in part.records}
    return environment().get_template("coded.html").render(
        e=explanation, t=words.t, lang=words.language, policy=policy, home=home, leads=leads,
        styles=[style for style, _ in styles], texts=texts, known=known, visible=visible, safe_id=safe_id,
        excerpt=lambda text, word: excerpt(text, word, _EXCERPT), where=_where,
        spoken="" if explanation.language == "und" else explanation.language,
    )  # fmt: skip


def _where(span: Span) -> str:
    return f"{span[0]}–{span[1]}"


def _marked(part: Part) -> Markup:
    """Return a part's text with what its records say and the words that name their acts marked."""
    passages = []
    for coded in part.records:
        record = coded.record
        if isinstance(record, Act):
            passages.append(_within(record.trigger, part, "trigger"))
        elif isinstance(record, Statement):
            passages.append(_within(record.span, part, "quote"))
    return marked_text(part.text, [p for p in passages if p is not None])


def _within(span: Span, part: Part, style: str) -> Passage | None:
    """Return the piece of a passage that lies in a part, counted from the part's start."""
    start, end = max(span[0], part.span[0]), min(span[1], part.span[1])
    shift = part.span[0]
    return Passage((start - shift, end - shift), None, style) if start < end else None
