"""Quotes of a report: which words stand in quotation marks, and how deep.

Comes in: a text, the passages of it that are the article, and the wording of the language
(``lang/XX/quotes.yaml``). Goes out: :class:`Quote` records in order of their start. Furniture never
opens or closes a quote, apostrophes are no marks, and the work grows with the text's length alone.

How a careful reader sees what typesetters leave out:

- A quote that runs over paragraphs gives one record for each; those after the first have
  ``continues``. Each paragraph may open again with a mark (« or »), and only the last closes.
- A block quoted from elsewhere whose own quotes bear the same marks gives both levels: the block
  at depth 0 over its paragraphs, the quotes in it at depth 1.
- A quote never closed ends before a reporting clause (« …, a déclaré X »), else at the end of its
  paragraph when it leads it, else at the end of its sentence; sentences that follow and speak in
  the first person still belong to it. A new quote in the paragraph ends it in any case.
- A quote never opened is recovered only when it leads its paragraph and a reporting clause follows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from foedus.acts import Span
from foedus.coding.text.quotemarks import (
    Facing,
    Mark,
    Paragraph,
    QuoteWording,
    load_quotes,
    paragraphs,
)

__all__ = ["Quote", "QuoteIndex", "QuoteWording", "find_quotes", "load_quotes"]

_TRIM = " \t\r\n\u00a0\u202f\u2009\u200a\u200b\u2060\ufeff"
_DEEP = 12
"""How deep quotes are looked at where a phrase asks for those it touches."""
_BESIDE = 16
_SILENT = 12
"""Over how many paragraphs a quote may run on without opening again."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """Words in quotation marks.

    ``outer`` holds the marks, ``inner`` neither marks nor the blanks beside them. ``closed`` is
    false where no mark closes it here. ``depth`` is 0 for a quote in no other. ``continues`` tells
    that it goes on from the quote that ends the paragraph before.
    """

    outer: Span
    inner: Span
    closed: bool = True
    depth: int = 0
    continues: bool = False


class QuoteIndex:
    """The quotes of a report by place: a report may have fifty thousand, a phrase touches a few."""

    def __init__(self, quotes: Sequence[Quote]) -> None:
        levels: dict[int, list[Quote]] = {}
        for quote in quotes:
            if quote.depth < _DEEP:
                levels.setdefault(quote.depth, []).append(quote)
        # quotes of one depth share no character: of each depth a passage touches one run
        self._levels = [([q.outer[0] for q in level], level) for level in levels.values()]

    def near(self, span: Span) -> list[Quote]:
        """Return the quotes that touch ``span`` or stand right beside it, in their order."""
        low, high = span[0] - _BESIDE, span[1] + _BESIDE
        found: list[Quote] = []
        for starts, level in self._levels:
            at = max(0, bisect_right(starts, low) - 1)
            while at < len(level) and starts[at] <= high:
                if level[at].outer[1] >= low:
                    found.append(level[at])
                at += 1
        return sorted(found, key=lambda q: (q.outer[0], q.depth))


class _Carry(msgspec.Struct, frozen=True):
    """A quote that goes on in the next paragraph.

    ``until`` is the index of the mark that will close it where the paragraphs between do not open
    again; None where the next paragraph does.
    """

    family: int
    until: int | None = None


class _Open(msgspec.Struct, eq=False, kw_only=True):
    """A quote whose end is not yet known. ``mark`` is None where the paragraph opens silently.

    ``leads`` tells that the quote stands first in its paragraph; ``newer`` is where the next quote
    of the paragraph opens with such a mark, ``stop`` where the paragraph ends.
    """

    start: int
    inner: int
    family: int
    stop: int
    mark: Mark | None = None
    leads: bool = False
    newer: int | None = None
    continues: bool = False


class _Found(msgspec.Struct, eq=False):
    start: int
    end: int
    inner: Span
    closed: bool
    continues: bool


def find_quotes(text: str, body: Sequence[Span], wording: QuoteWording) -> tuple[Quote, ...]:
    """Return the quotes of the article in order of their start, outer ones first.

    ``body`` are the passages that are the article; everything else is as if it were not there. The
    records nest: of two, one holds the other or they share nothing.
    """
    return _nested(text, _Finder(text, wording, paragraphs(text, body, wording)).run())


class _Finder:
    """One pass over the paragraphs, with the quotes that are open."""

    def __init__(self, text: str, wording: QuoteWording, parts: list[Paragraph]) -> None:
        self.text = text
        self.wording = wording
        self.parts = parts
        self.number = 0
        self.found: list[_Found] = []
        self.blocks: list[_Open] = []
        self.stack: list[_Open] = []
        self.count: dict[int, int] = {}
        self.paragraph_of = {m.index: n for n, p in enumerate(parts) for m in p.marks}

    def run(self) -> list[_Found]:
        """Return every quote, in no particular order."""
        carry: _Carry | None = None
        for number, paragraph in enumerate(self.parts):
            self.number = number
            carry = self._paragraph(paragraph, carry)
        for block in self.blocks:
            self._cut(block, block.stop)
        return self.found

    def _paragraph(self, paragraph: Paragraph, carry: _Carry | None) -> _Carry | None:
        self.stack, self.count = [], {}
        if carry and carry.until is not None:
            at = paragraph.start
            self._push(_Open(start=at, inner=at, family=carry.family, stop=paragraph.end,
                             leads=True, continues=True))  # fmt: skip
        newer = _newer(paragraph)
        for place, mark in enumerate(paragraph.marks):
            again = place == 0 and carry is not None and carry.until is None
            role = "open" if again else self._role(paragraph, place)
            if role == "open":
                self._straight_again(paragraph, place)
                self._push(_Open(
                    start=mark.start, inner=mark.end, family=mark.family, stop=paragraph.end,
                    mark=mark, leads=paragraph.leads(mark, self.text), newer=newer.get(mark.start),
                    continues=again,
                ))  # fmt: skip
            elif role == "close":
                self._close(paragraph, place)
        return self._leave(paragraph, carry)

    def _push(self, quote: _Open) -> None:
        self.stack.append(quote)
        self.count[quote.family] = self.count.get(quote.family, 0) + 1

    def _pop(self) -> _Open:
        quote = self.stack.pop()
        self.count[quote.family] -= 1
        return quote

    def _role(self, paragraph: Paragraph, place: int) -> Facing:
        """Decide whether a mark opens, closes or does neither: its drawing, context and state."""
        mark = paragraph.marks[place]
        pending = self.count.get(mark.family, 0) > 0
        ahead = paragraph.marks[place + 1 : place + 6]
        after = next((m for m in ahead if m.family == mark.family), None)
        if mark.style == "single":
            return mark.facing
        if mark.style == "straight" or mark.facing == "either":
            if mark.context != "either":
                return mark.context
            return "close" if pending else "open" if after is not None else "either"
        if mark.facing == "open":
            turned = mark.context == "close" or self.text[mark.end : mark.end + 1] in tuple(
                ".,;:!?)"
            )
            return "close" if pending and turned and _opens_or_none(after) else "open"
        if pending or self._is_block_end(mark):
            return "close"
        alone = after is None and not paragraph.leads(mark, self.text)
        return "open" if not alone and self._faces_on(mark, paragraph) else "close"

    def _faces_on(self, mark: Mark, paragraph: Paragraph) -> bool:
        """Whether a mark drawn to close stands where only an opening one makes sense."""
        return mark.context == "open" or paragraph.leads(mark, self.text)

    def _is_block_end(self, mark: Mark) -> bool:
        return any(b.mark is not None and b.mark.twin == mark.index for b in self.blocks[-4:])

    def _straight_again(self, paragraph: Paragraph, place: int) -> None:
        """Straight marks show no direction: nested only if two that close come next, else unclosed."""
        mark = paragraph.marks[place]
        if mark.style != "straight" or not self.count.get(mark.family):
            return
        same = [m for m in paragraph.marks[place + 1 : place + 7] if m.family == mark.family][:2]
        if len(same) == 2 and all(m.context == "close" for m in same):
            return
        while self.count.get(mark.family):
            self._cut(self._pop(), mark.start)

    def _close(self, paragraph: Paragraph, place: int) -> None:
        mark = paragraph.marks[place]
        if self.count.get(mark.family):
            while self.stack[-1].family != mark.family:
                self._cut(self._pop(), mark.start)
            self._add(self._pop(), mark.end, mark.start, closed=True)
        elif self._is_block_end(mark):
            block = self.blocks.pop()
            while block.mark is None or block.mark.twin != mark.index:
                self._cut(block, block.stop)
                block = self.blocks.pop()
            self._add(block, mark.end, mark.start, closed=True)
        elif place == 0 and self.wording.clause_next.match(self.text, mark.end, paragraph.end):
            at = paragraph.start
            lost = _Open(start=at, inner=at, family=mark.family, stop=paragraph.end)
            self._add(lost, mark.end, mark.start, closed=True)

    def _leave(self, paragraph: Paragraph, carry: _Carry | None) -> _Carry | None:
        """End what is still open where its paragraph ends, or carry it into the next one."""
        if self.stack and self._is_block(self.stack[0]):
            self.blocks.append(self.stack.pop(0))
        on = self._carried(paragraph, self.stack[-1], carry) if self.stack else None
        if on:
            self._add(self._pop(), paragraph.end, paragraph.end, closed=False)
        while self.stack:
            self._cut(self._pop(), paragraph.end)
        return on

    def _is_block(self, quote: _Open) -> bool:
        """Whether the mark that closes a quote, with quotes in between, ends a later paragraph."""
        mark = quote.mark
        if mark is None or mark.twin is None or not quote.leads or mark.twin - mark.index == 1:
            return False
        number = self.paragraph_of[mark.twin]
        last = self.parts[number]
        return number > self.number and last.marks[-1].end == last.end

    def _carried(self, paragraph: Paragraph, quote: _Open, carry: _Carry | None) -> _Carry | None:
        """Tell whether a quote goes on in the next paragraph, and how."""
        mark = quote.mark
        if self.number + 1 == len(self.parts):
            return None
        if mark is None:
            silent = carry is not None and self.paragraph_of[carry.until or 0] > self.number
            return carry if silent else None
        if quote.newer or not paragraph.begins_sentence(mark, self.text):
            return None
        following = self.parts[self.number + 1]
        first = following.marks[0] if following.marks else None
        again = first and first.family == mark.family and following.leads(first, self.text)
        clause = self.wording.clause.search(self.text, quote.inner, paragraph.end)
        if clause and not (again and self._speaks_on(clause.end(), paragraph.end)):
            return None
        if again:
            return _Carry(mark.family)
        alone = mark.twin is not None and mark.twin - mark.index == 1
        if mark.twin is not None and alone:
            near = self.paragraph_of[mark.twin] - self.number <= _SILENT
            return _Carry(mark.family, mark.twin) if near else None
        return None

    def _speaks_on(self, start: int, end: int) -> bool:
        """« Oui, répond-elle. Nous irons.»: sentences after the words of saying are quoted too."""
        stop = self.wording.ends.search(self.text, start, end)
        return stop is not None and bool(self.text[stop.end() : end].strip())

    def _cut(self, quote: _Open, limit: int) -> None:
        """End a quote that no mark closes, at ``limit`` at the latest."""
        limit = min(limit, quote.newer or limit)
        leads = quote.leads and quote.newer is None
        end = self._unclosed_end(quote.inner, max(limit, quote.inner), leads=leads)
        self._add(quote, end, end, closed=False)

    def _unclosed_end(self, start: int, limit: int, *, leads: bool) -> int:
        clause = self.wording.clause.search(self.text, start, limit)
        if clause:
            return clause.start() + (self.text[clause.start()] in ".!?…")
        if leads:
            return limit
        end = None
        for found in self.wording.ends.finditer(self.text, start, limit):
            if _abbreviated(self.text, found.start(), self.wording):
                continue
            if end is not None and not self.wording.speaks.search(self.text, end, found.end()):
                return end
            end = found.end()
        if end is not None and not self.wording.speaks.search(self.text, end, limit):
            return end
        return limit

    def _add(self, quote: _Open, end: int, inner_end: int, *, closed: bool) -> None:
        start = quote.inner
        while start < inner_end and self.text[start] in _TRIM:
            start += 1
        while inner_end > start and self.text[inner_end - 1] in _TRIM:
            inner_end -= 1
        if inner_end > start:
            end = end if closed else inner_end
            self.found.append(_Found(quote.start, end, (start, inner_end), closed, quote.continues))


def _opens_or_none(mark: Mark | None) -> bool:
    return mark is None or mark.facing == "open"


def _newer(paragraph: Paragraph) -> dict[int, int]:
    """Return, for each mark's start, where the next mark of its family opens in the paragraph."""
    out: dict[int, int] = {}
    opens: dict[int, int] = {}
    for mark in reversed(paragraph.marks):
        if mark.family in opens:
            out[mark.start] = opens[mark.family]
        directed = mark.style != "straight" and mark.facing != "either"
        if (mark.facing if directed else mark.context) == "open":
            opens[mark.family] = mark.start
    return out


def _abbreviated(text: str, stop: int, wording: QuoteWording) -> bool:
    """Whether the full stop at ``stop`` ends an abbreviation or an initial and no sentence."""
    if text[stop] != ".":
        return False
    start = stop
    while start > 0 and stop - start < 12 and (text[start - 1].isalnum() or text[start - 1] == "."):
        start -= 1
    word = text[start:stop]
    return (len(word) == 1 and word.isupper()) or word.lower() in wording.abbreviations


def _nested(text: str, found: list[_Found]) -> tuple[Quote, ...]:
    """Order the quotes, make them nest by shortening what no mark closed, and count depths."""
    found.sort(key=lambda q: (q.start, -q.end))
    stack: list[_Found] = []
    depths: list[int] = []
    for quote in found:
        while stack and stack[-1].end <= quote.start:
            stack.pop()
        while stack and stack[-1].end < quote.end:
            over = stack.pop()
            kept = text[over.inner[0] : quote.start].rstrip(_TRIM)
            over.end = over.inner[0] + len(kept)
            over.inner = (over.inner[0], over.end)
            over.closed = False
        depths.append(len(stack))
        stack.append(quote)
    return tuple(
        Quote(
            outer=(q.start, q.end), inner=q.inner, closed=q.closed, depth=d, continues=q.continues
        )
        for q, d in zip(found, depths, strict=True)
        if q.inner[1] > q.inner[0]
    )
