"""The page: a view laid out as one self-contained HTML file.

Comes in: a :class:`~foedus.brief.view.View` and the words of a language. Goes out: the page's text.
Style and script are written into the page and named by their hashes in its content security policy,
which allows nothing else: no address, no image, no other script, whatever a report may hold. All
text is put in by Jinja's autoescape; report texts by :func:`~foedus.brief.passages.marked_text`.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from foedus.acts import Span
from foedus.brief.passages import Anchors, Passage, marked_text
from foedus.brief.view import View
from foedus.brief.words import Words
from foedus.report.records import Report

__all__ = ["asset", "environment", "render"]

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Return what lays templates out: everything put in is escaped, and nothing may be missing."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def asset(name: str) -> tuple[Markup, str]:
    """Return one of our own style or script files as it stands in the page, and its CSP source."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return Markup(text), f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def render(view: View, words: Words) -> str:
    """Return the page: the same view and words give the same text."""
    style, style_source = asset("brief.css")
    script, script_source = asset("brief.js")
    policy = (
        f"default-src 'none'; style-src {style_source}; script-src {script_source}; "
        "base-uri 'none'; form-action 'none'"
    )
    # A list, not a lazy filter: the texts are marked after everything that cites them is known.
    texts = [
        (report, anchors.section, title, _text(report, anchors))
        for report, anchors, title in view.texts
    ]
    return environment().get_template("page.html").render(
        v=view, t=words.t, n=words.n, lang=words.language, policy=policy,
        style=style, script=script, texts=texts,
    )  # fmt: skip


def _text(report: Report, anchors: Anchors) -> Markup:
    """Return the report's text with its cited passages marked and what is not the article greyed."""
    furniture = [Passage(f.span, None, "furniture") for f in report.furniture]
    if not furniture:
        furniture = [Passage(s, None, "furniture") for s in _outside(report)]
    return marked_text(report.text, [*anchors.passages(), *furniture])


def _outside(report: Report) -> list[Span]:
    """Return what lies between the passages of the article."""
    found, at = [], 0
    for start, end in sorted(report.body):
        if start > at:
            found.append((at, start))
        at = max(at, end)
    if report.body and at < len(report.text):
        found.append((at, len(report.text)))
    return found
