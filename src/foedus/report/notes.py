"""Quality notes: what a careful reader would hold against a report.

Comes in: the text, its article, its credits and dates. Goes out: notes, each with the characters
that show it where characters do. The wording is data (``lang/*.yaml``, ``quality:``); terms of both
sides are listed, and a note says only that the report uses such a term as its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from foedus.acts import Span
from foedus.report.decoding import Decoded
from foedus.report.records import Credit, DateEvidence, Furniture, QualityNote
from foedus.report.wording import any_of, fold, load_wording
from foedus.world import World

__all__ = ["find_notes"]

_BRACKETS = re.compile(r"\[([A-Za-z][A-Za-z .'’-]{2,60})\]")
_ENGLISH = re.compile(r"(?:the|of|and|tanks?|forces?|president|minister|secretary|troops|war|army)")
_MARKS = re.compile(r"[«»“”\"]")
_PAIRS = (("«", "»"), ("“", "”"))
_STOP = re.compile(r"[.!?…\n]")
_WINDOW = 600
"""Characters before a term in which the beginning of its sentence is looked for."""
_SHORT = 40
"""Characters of article below which there is nothing to judge."""
_MOST = 20
"""Notes of one kind that are kept: a text full of one fault need not tell it a thousand times."""


class _Wording(NamedTuple):
    machine: re.Pattern[str]
    brackets: bool
    sides: tuple[tuple[str, re.Pattern[str]], ...]
    attributed: re.Pattern[str]


@lru_cache(maxsize=8)
def _wording(language: str) -> _Wording | None:
    entry = load_wording().get(language)
    if entry is None:
        return None
    quality = entry[0].quality
    return _Wording(
        machine=re.compile(any_of(quality.machine_translation)),
        brackets=quality.brackets,
        sides=tuple(
            (side.side, re.compile(rf"(?<!\w){any_of(side.terms)}(?!\w)"))
            for side in quality.one_side
        ),
        attributed=re.compile(rf"(?<!\w){any_of(quality.attributed)}(?:(?<=')|(?!\w))"),
    )


def find_notes(
    text: str,
    language: str,
    body: Sequence[Span],
    furniture: Sequence[Furniture],
    credited: Sequence[Credit],
    evidence: Sequence[DateEvidence],
    outlet: str | None,
    decoded: Decoded,
    repeated: Span | None,
    world: World,
) -> tuple[QualityNote, ...]:
    """Return the notes in the order of the text, those about the whole report first."""
    notes = [
        *_of_the_file(decoded),
        *_of_the_page(language, body, furniture, credited, evidence, outlet, repeated),
        *_state_outlets(credited, evidence, world),
    ]
    words = _wording(language)
    if words is not None:
        for start, end in body:
            passage = text[start:end]
            notes += _machine(passage, start, words)
            notes += _one_side(passage, start, words)
    notes += _broken_quotes(text, body)
    ordered = sorted(set(notes), key=lambda n: (n.span or (-1, -1), n.kind, n.detail))
    seen: Counter[str] = Counter()
    kept = []
    for note in ordered:
        seen[note.kind] += 1
        if seen[note.kind] <= _MOST:
            kept.append(note)
    return tuple(kept)


def _of_the_file(decoded: Decoded) -> list[QualityNote]:
    notes = []
    if decoded.mark:
        notes.append(QualityNote(kind="byte-order-mark", detail=decoded.encoding))
    if decoded.guessed or decoded.encoding != "utf-8":
        notes.append(QualityNote(kind="encoding", detail=decoded.encoding))
    if decoded.repaired:
        at = decoded.text.find("\ufffd")
        notes.append(QualityNote(kind="encoding", span=(at, at + 1), detail=str(decoded.repaired)))
    return notes


def _of_the_page(
    language: str,
    body: Sequence[Span],
    furniture: Sequence[Furniture],
    credited: Sequence[Credit],
    evidence: Sequence[DateEvidence],
    outlet: str | None,
    repeated: Span | None,
) -> list[QualityNote]:
    notes = []
    if language == "und":
        notes.append(QualityNote(kind="unknown-language"))
    if sum(end - start for start, end in body) < _SHORT:
        notes.append(QualityNote(kind="too-short"))
    if outlet is None:
        notes.append(QualityNote(kind="no-outlet"))
    if not any(e.bound == "on" and e.kind in ("by-hand", "stated") for e in evidence):
        notes.append(QualityNote(kind="no-date"))
    if repeated is not None:
        notes.append(QualityNote(kind="repeated-title", span=repeated))
    photos = [c for c in credited if c.kind == "photo"]
    if photos and not any(c.kind == "agency" for c in credited):
        notes.append(
            QualityNote(kind="photo-credit-only", span=photos[0].span, detail=photos[0].name)
        )
    notes += [
        QualityNote(kind="embedded-code", span=f.span, detail=f.kind)
        for f in furniture
        if f.kind in ("embed", "shortcode", "url")
    ]
    return notes


def _state_outlets(
    credited: Sequence[Credit], evidence: Sequence[DateEvidence], world: World
) -> list[QualityNote]:
    """Outlets that a state controlled, at the earliest day that the report can be of."""
    days = [e.range.start for e in evidence if e.kind in ("by-hand", "stated", "furniture")]
    on: date | None = min(days) if days else None
    notes = []
    for credit in credited:
        known = world.outlet(credit.name)
        if known is not None and known.ownership_on(on).state_control == "yes":
            notes.append(QualityNote(kind="state-outlet", span=credit.span, detail=credit.name))
    return notes


def _machine(passage: str, start: int, words: _Wording) -> list[QualityNote]:
    notes = [
        QualityNote(kind="machine-translation", span=(start + m.start(), start + m.end()))
        for m in words.machine.finditer(fold(passage))
    ]
    if words.brackets:
        for m in _BRACKETS.finditer(passage):
            if _foreign(m[1]):
                span = (start + m.start(), start + m.end())
                notes.append(QualityNote(kind="machine-translation", span=span))
    return notes


def _foreign(inside: str) -> bool:
    """Whether words in brackets are plain ASCII with a capital or English: no French aside."""
    words = inside.split()
    small = fold(inside)
    return not small.startswith(("ndlr", "sic", "note", "...")) and (
        any(w[0].isupper() for w in words) or any(_ENGLISH.fullmatch(w) for w in small.split())
    )


def _quoted(passage: str) -> list[Span]:
    """Spans between quotation marks, nested or not; a mark left open reaches to the end."""
    out: list[Span] = []
    depth, opened = 0, 0
    straight: int | None = None
    for m in _MARKS.finditer(passage):
        if m[0] in "«“":
            opened = m.start() if depth == 0 else opened
            depth += 1
        elif m[0] in "»”" and depth:
            depth -= 1
            if depth == 0:
                out.append((opened, m.end()))
        elif m[0] == '"':
            if straight is None:
                straight = m.start()
            else:
                out.append((straight, m.end()))
                straight = None
    if depth:
        out.append((opened, len(passage)))
    return sorted(out)


def _one_side(passage: str, start: int, words: _Wording) -> list[QualityNote]:
    folded = fold(passage)
    found = [(side, m) for side, terms in words.sides for m in terms.finditer(folded)]
    if not found:
        return []
    quoted = _quoted(passage)
    opens = [low for low, _ in quoted]
    notes = []
    for side, m in found:
        before = bisect_right(opens, m.start()) - 1
        if before >= 0 and m.start() < quoted[before][1]:
            continue
        sentence = folded[max(0, m.start() - _WINDOW) : m.start()]
        sentence = _STOP.split(sentence)[-1]
        if words.attributed.search(sentence) is None:
            span = (start + m.start(), start + m.end())
            notes.append(QualityNote(kind="one-side-wording", span=span, detail=side))
    return notes


def _broken_quotes(text: str, body: Sequence[Span]) -> list[QualityNote]:
    """The first mark that nothing closes, and the first that closes nothing.

    A quote that goes on over paragraphs opens each of them again and closes once: not broken.
    """
    notes = []
    for opening, closing in _PAIRS:
        depth, at = 0, (0, 0)
        marks = re.compile(f"[{opening}{closing}]")
        for number, (start, end) in enumerate(body):
            for m in marks.finditer(text, start, end):
                if m[0] == closing and depth == 0:
                    notes.append(QualityNote(kind="broken-quotes", span=m.span(), detail="closes"))
                elif m[0] == closing:
                    depth -= 1
                elif not (depth and number and m.start() == start):
                    at = m.span() if depth == 0 else at
                    depth += 1
        if depth:
            notes.append(QualityNote(kind="broken-quotes", span=at, detail="opens"))
    for start, end in body:
        if text.count('"', start, end) % 2:
            last = text.rindex('"', start, end)
            note = QualityNote(kind="broken-quotes", span=(last, last + 1), detail="straight")
            notes.append(note)
    return notes
