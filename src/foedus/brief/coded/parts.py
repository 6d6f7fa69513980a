"""A report cut into what a reader goes through: its sentences, and what is not the article.

Comes in: a report, and the wording of its language where there is one. Goes out: stretches in order,
blank ones left out, that together hold every other character of the text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from foedus.acts import Span
from foedus.brief.coded.shapes import PartKind
from foedus.coding.syntax import Words
from foedus.coding.text import Piece, cut, find_quotes, load_quotes
from foedus.coding.wording import Lexicon
from foedus.report.records import Report

__all__ = ["Stretch", "pieces_of", "stretches"]

_CLOSING = re.compile(r"(?:\s?[.!?…,;:»”’)\]]|[\"'](?=\s|$))*")


class Stretch(NamedTuple):
    """A passage and what it is; of furniture, its kind and the rule that told it."""

    kind: PartKind
    span: Span
    label: str = ""
    rule: str = ""


def pieces_of(report: Report, lexicon: Lexicon) -> tuple[Piece, ...]:
    """Return the pieces in which the coder reads a report."""
    quotes = find_quotes(report.text, report.body, load_quotes(lexicon.folder))
    return cut(report.text, report.body, quotes, lexicon.grammar, Words(lexicon).may_say)


def stretches(report: Report, pieces: Sequence[Piece]) -> tuple[Stretch, ...]:
    """Return the stretches of a report; without pieces each passage of the article is one."""
    found = list(_sentences(report, pieces))
    body = sorted(report.body)
    starts = [start for start, _ in body]
    furniture = [
        Stretch("furniture", f.span, f.kind, f.rule)
        for f in report.furniture
        if not _shares(f.span, body, starts)
    ]
    taken = sorted([*(Stretch("sentence", s) for s in body), *furniture], key=lambda s: s.span)
    outside = [Stretch("outside", span) for span in _gaps(taken, len(report.text))]
    every = [*found, *furniture, *outside]
    trimmed = [s._replace(span=_trimmed(report.text, s.span)) for s in every]
    return tuple(sorted((s for s in trimmed if s.span[0] < s.span[1]), key=lambda s: s.span))


def _shares(span: Span, body: Sequence[Span], starts: Sequence[int]) -> bool:
    """Whether a passage shares a character with the article, whose passages are disjoint."""
    at = bisect.bisect_left(starts, span[1]) - 1
    return at >= 0 and body[at][1] > span[0]


def _gaps(taken: Sequence[Stretch], end: int) -> Iterator[Span]:
    at = 0
    for stretch in taken:
        if stretch.span[0] > at:
            yield at, stretch.span[0]
        at = max(at, stretch.span[1])
    if at < end:
        yield at, end


def _sentences(report: Report, pieces: Sequence[Piece]) -> Iterator[Stretch]:
    """Cut each passage of the article where one sentence's pieces end and the next one's begin."""
    at = 0
    for number, (start, end) in enumerate(report.body):
        first, last = start, start
        sentence = None
        while at < len(pieces) and pieces[at].paragraph == number:
            piece = pieces[at]
            if sentence is not None and piece.sentence != sentence:
                closing = _CLOSING.match(report.text, last, piece.span[0])
                edge = closing.end() if closing else last
                yield Stretch("sentence", (first, edge))
                first = edge
            sentence, last, at = piece.sentence, piece.span[1], at + 1
        yield Stretch("sentence", (first, end))


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
