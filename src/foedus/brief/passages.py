"""A report's text with its cited passages marked, safe to put on a page.

Comes in: the text of a report as received, and the spans that something on the page cites. Goes
out: one piece of escaped HTML in which every cited span has an anchor of its own, whatever way the
spans nest or cross, and in which nothing of the text is ever markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup, escape

from foedus.acts import Span

__all__ = [
    "Anchors",
    "Passage",
    "marked_text",
    "plain",
    "quoted",
    "safe_id",
    "sentence_around",
    "visible",
]

_DEPTH = 100
"""Deepest nesting of marks; browsers flatten trees beyond some 500 elements."""


def _substitutes() -> dict[int, str]:
    """Return what stands, one for one, for the characters that a page must not carry as they are.

    Control characters would be dropped or replaced by the browser's own rules; direction overrides
    would let a text reorder the words round it. Each becomes one visible character, so that offsets
    hold.
    """
    table = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
    table[0x7F] = "\u2421"
    others = [*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
    others += [0x061C, 0x200E, 0x200F, 0x2028, 0x2029, 0xFFFE, 0xFFFF]
    table.update(dict.fromkeys([*others, *range(0xD800, 0xE000)], "\ufffd"))
    return table


_VISIBLE = _substitutes()


def visible(text: str) -> str:
    """Return ``text``, as many characters long, with control characters made visible."""
    return text.translate(_VISIBLE)


def quoted(text: str, span: Span, limit: int = 600) -> str:
    """Return the passage on one line, for quoting; over ``limit`` characters it is cut with « … »."""
    words = " ".join(visible(text[span[0] : span[1]]).split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


_CONTEXT = 240
_SENTENCE_END = re.compile(r"(?<![.\s]..)(?<!\s.)[.!?…](?:\s?[\"»”’)\]]){0,3}\s|[\r\n]")


def sentence_around(text: str, span: Span) -> tuple[str, str]:
    """Return what stands before and after a passage in its sentence, each at most 240 characters.

    A full stop after one letter (« M. ») ends no sentence. For reading only: nothing rests on it.
    """
    start, end = span
    before = text[max(0, start - _CONTEXT) : start]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    cut = start > _CONTEXT and not ends
    lead = before[ends[-1] :] if ends else before
    after = text[end : end + _CONTEXT]
    last = text[max(0, end - 3) : end].rstrip('"»”’)] ')
    if last.endswith((".", "!", "?", "…")):
        tail, more = "", False
    else:
        found = _SENTENCE_END.search(after)
        tail = after[: found.end()] if found else after
        more = not found and end + _CONTEXT < len(text)
    lead, tail = visible(lead).lstrip(), visible(tail).rstrip()
    return ("…" if cut else "") + _one_space(lead), _one_space(tail) + ("…" if more else "")


def _one_space(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class Passage(NamedTuple):
    """A span to mark: ``anchor`` is its id on the page (None: style only), ``style`` its class."""

    span: Span
    anchor: str | None
    style: str


class Anchors:
    """The anchors of one report: who cites a span gets a link, and the span will be marked.

    Anchors are made of the report's number on the page and of offsets, never of its words.
    """

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self._styles: dict[Span, str] = {}

    @property
    def section(self) -> str:
        """The id of the report's own section."""
        return f"r{self.number}"

    def cite(self, span: Span, style: str = "said") -> str | None:
        """Return the anchor of ``span``; None when it does not lie in the text or is empty."""
        if not 0 <= span[0] < span[1] <= len(self.text):
            return None
        self._styles.setdefault(span, style)
        return f"r{self.number}-{span[0]}-{span[1]}"

    def known(self, span: Span) -> str | None:
        """Return the anchor of a span that has been cited; None for any other."""
        return self.cite(span) if span in self._styles else None

    def passages(self) -> list[Passage]:
        """Return all cited spans, in the order of the text."""
        return [Passage(s, self.cite(s), style) for s, style in sorted(self._styles.items())]


def marked_text(text: str, passages: Iterable[Passage]) -> Markup:
    """Return ``text`` as escaped HTML with the passages as elements.

    Nested passages become nested elements. Where two cross, the one that began later is continued
    in a second piece. A passage's first piece bears ``id``, the others ``data-of``; the text of its
    pieces, one after the other, is exactly the passage (after :func:`visible`). Passages beyond
    100 levels of nesting get an empty anchor. Time is linear in text and marks.
    """
    valid = sorted(
        {p for p in passages if 0 <= p.span[0] < p.span[1] <= len(text)},
        key=lambda p: (p.span[0], -p.span[1], p.style, p.anchor or ""),
    )
    out: list[str] = []
    open_: list[Passage] = []
    at = 0
    for passage in valid:
        at = _advance(text, out, open_, at, passage.span[0])
        if len(open_) >= _DEPTH:
            out.append(f'<a id="{escape(passage.anchor)}"></a>' if passage.anchor else "")
            continue
        crossing = []
        while open_ and open_[-1].span[1] < passage.span[1]:
            crossing.append(open_.pop())
            out.append("</span>")
        # Elements that end sooner must be innermost: reopen them inside the new one.
        out.append(_start(passage, first=True))
        open_.append(passage)
        for other in reversed(crossing):
            out.append(_start(other, first=False))
            open_.append(other)
    _advance(text, out, open_, at, len(text))
    return Markup("".join(out))


def _advance(text: str, out: list[str], open_: list[Passage], at: int, to: int) -> int:
    """Write the text up to ``to``, closing the elements that end on the way."""
    while open_ and open_[-1].span[1] <= to:
        passage = open_.pop()
        out.append(_escaped(text[at : passage.span[1]]))
        at = passage.span[1]
        out.append("</span>")
    out.append(_escaped(text[at:to]))
    return to


def _escaped(text: str) -> str:
    # A bare carriage return would become a line feed in the browser: one character would be lost.
    return str(escape(visible(text))).replace("\r", "&#13;")


def _start(passage: Passage, *, first: bool) -> str:
    style = escape(passage.style)
    if passage.anchor is None:
        return f'<span class="{style}">'
    name = "id" if first else "data-of"
    return f'<span class="{style}" {name}="{escape(passage.anchor)}">'


def plain(text: str) -> str:
    """Return ``text`` fit for a terminal line: one line, nothing that moves the cursor."""
    return " ".join("".join(c if unicodedata.category(c)[0] != "C" else " " for c in text).split())


def safe_id(text: str) -> str:
    """Return an id that is safe in a link, whatever the record's id holds."""
    return "".join(c if c.isascii() and c.isalnum() else "-" for c in text)[:80]
