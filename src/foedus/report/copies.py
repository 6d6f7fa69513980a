"""Copies: reports that share their narration.

Comes in: reports. Goes out: :class:`~foedus.report.records.Copy`, one for each pair that shares
sentences of substance, with the passages. Candidates are found by MinHash over word shingles
(A. Broder, « On the resemblance and containment of documents », 1997; the library is rensa) and by
sentences in common; what counts is decided exactly, on the sentences. Furniture and headlines do not
count; nor do words between quotation marks alone: two reporters in one room write down the same
quotes. A copy needs shared narration outside them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from rensa import RMinHash

from foedus.acts import Span
from foedus.report.records import Copy, Report
from foedus.report.wording import fold

__all__ = ["COMMON", "LEAST_BANDS", "Marks", "TextCopies", "find_copies", "split_sentences"]

_SUBSTANCE = 8
"""Words that a sentence must have to tell whose it is."""
_SHINGLE = 4
_PERMUTATIONS, _ROWS, _SEED = 128, 2, 20220224
_LEAST_SHARED = 0.3
"""Share of the shorter report's narration that must recur, at least two sentences of it …"""
_LEAST_SENTENCES = 2
_SAME = 0.7
"""Likeness (Jaccard, on word shingles) of two sentences that a copy editor may have touched."""
COMMON = 40
"""A sentence in more reports than this is boilerplate: it leads to no candidates."""
LEAST_BANDS = 2
"""Bands of the two sketches that must be equal where no sentence is; unrelated texts may share one."""

_REMEMBERED = 256
"""Reports of which the sentences are kept at hand: a report is compared with several."""

_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"«[^«»]{0,2000}»?|“[^“”]{0,2000}”?|\"[^\"\n]{0,2000}\"?")
_SENTENCE = re.compile(r"[^.!?…\n]+(?:[.!?…](?!\s|$|[»”\"])[^.!?…\n]*)*[.!?…]*[\s\u00a0]*[»”\"]?")


class Marks(NamedTuple):
    """What a report must have in common with another to be compared with it, as whole numbers.

    Both are sorted, and the same on every machine.
    """

    bands: tuple[int, ...]
    """Of its MinHash sketch; two in common make a candidate."""
    sentences: tuple[int, ...]
    """Of its narration; one in common does, unless more than :data:`COMMON` reports have it."""


class _Sentence(NamedTuple):
    span: Span
    key: str
    words: tuple[str, ...]
    shingles: frozenset[str]


def split_sentences(text: str, span: Span) -> list[Span]:
    """Return the sentences of a passage, trimmed, as full stops tell them. Linear."""
    out = []
    for m in _SENTENCE.finditer(text, *span):
        start, end = m.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            out.append((start, end))
    return out


def _narration(report: Report) -> list[_Sentence]:
    """The sentences of substance, quoted words taken out before they are weighed."""
    out = []
    for span in report.body:
        if span == report.title:
            continue
        for start, end in split_sentences(report.text, span):
            told = _QUOTED.sub(" ", fold(report.text[start:end]))
            words = tuple(_WORD.findall(told))
            if len(words) < _SUBSTANCE:
                continue
            key = hashlib.blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
            out.append(_Sentence((start, end), key, words, _shingles(words)))
    return out


def _shingles(words: Sequence[str], size: int = 2) -> frozenset[str]:
    if len(words) <= size:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))


def find_copies(reports: Sequence[Report]) -> tuple[Copy, ...]:
    """Return the pairs of reports that share narration, sorted by their hashes.

    ``a`` is the lesser hash; ``containment`` is the share (0 to 1) of the words of the shorter
    report's narration that recur in the other. A report given twice is no copy of itself. The order
    of ``reports`` changes nothing.
    """
    unique = {r.hash: r for r in reports}
    told = {h: _narration(unique[h]) for h in sorted(unique)}
    out = []
    for a, b in sorted(_candidates({h: _marks(told[h]) for h in told})):
        copy = _compare(a, b, told[a], told[b])
        if copy is not None:
            out.append(copy)
    return tuple(out)


class TextCopies:
    """Finds copies report by report: by marks that can be kept, then by comparing two texts."""

    fingerprint = "1"
    """To be raised when marks or comparison change."""

    def __init__(self) -> None:
        self._told: dict[str, list[_Sentence]] = {}

    def marks(self, report: Report) -> Marks:
        """Return the marks by which a report's copies are found."""
        return _marks(self._narration(report))

    def compare(self, a: Report, b: Report) -> Copy | None:
        """Return what two reports share, or None when it is not enough; the order is nothing."""
        a, b = sorted((a, b), key=lambda r: r.hash)
        return _compare(a.hash, b.hash, self._narration(a), self._narration(b))

    def _narration(self, report: Report) -> list[_Sentence]:
        if report.hash not in self._told:
            if len(self._told) >= _REMEMBERED:
                self._told.pop(next(iter(self._told)))
            self._told[report.hash] = _narration(report)
        return self._told[report.hash]


def _marks(sentences: Sequence[_Sentence]) -> Marks:
    shingles = sorted({g for s in sentences for g in _shingles(s.words, _SHINGLE)})
    if not shingles:
        return Marks((), ())
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    values = sketch.digest()
    bands = (
        _number(f"{at} {values[at : at + _ROWS]}") for at in range(0, _PERMUTATIONS, _ROWS)
    )  # fmt: skip
    keys = {_number(s.key) for s in sentences}
    return Marks(tuple(sorted(bands)), tuple(sorted(keys)))


def _number(text: str) -> int:
    found = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(found, "big", signed=True)


def _candidates(marks: dict[str, Marks]) -> set[tuple[str, str]]:
    """Pairs worth comparing: alike as a whole (MinHash), or with a sentence in common."""
    alike: Counter[tuple[str, str]] = Counter()
    pairs: set[tuple[str, str]] = set()
    for kind in Marks._fields:
        holders: dict[int, list[str]] = defaultdict(list)
        for name in sorted(marks):
            for mark in getattr(marks[name], kind):
                holders[mark].append(name)
        for names in holders.values():
            if kind == "bands":
                alike.update(combinations(names, 2))
            elif len(names) <= COMMON:
                pairs.update(combinations(names, 2))
    return pairs | {pair for pair, count in alike.items() if count >= LEAST_BANDS}


def _compare(a: str, b: str, ours: list[_Sentence], theirs: list[_Sentence]) -> Copy | None:
    """Match sentence by sentence: equal ones first, then those that small edits tell apart."""
    passages = _matched(ours, theirs)
    lesser = min((ours, theirs), key=lambda s: sum(len(x.words) for x in s))
    total = sum(len(s.words) for s in lesser)
    side = 0 if lesser is ours else 1
    shared = sum(len(pair[side].words) for pair in passages)
    containment = shared / total if total else 0.0
    enough = len(passages) >= min(_LEAST_SENTENCES, len(lesser))
    if not passages or not enough or containment < _LEAST_SHARED:
        return None
    return Copy(
        a=a, b=b, containment=round(containment, 4),
        passages=tuple((x.span, y.span) for x, y in sorted(passages, key=lambda p: p[0].span)),
    )  # fmt: skip


def _matched(ours: list[_Sentence], theirs: list[_Sentence]) -> list[tuple[_Sentence, _Sentence]]:
    equal: dict[str, list[_Sentence]] = defaultdict(list)
    for s in reversed(theirs):
        equal[s.key].append(s)
    pairs, left, used = [], [], set()
    for s in ours:
        if equal[s.key]:
            other = equal[s.key].pop()
            pairs.append((s, other))
            used.add(other.span)
        else:
            left.append(s)
    by_shingle: dict[str, list[_Sentence]] = defaultdict(list)
    for s in theirs:
        if s.span not in used:
            for g in sorted(s.shingles):
                if len(by_shingle[g]) < COMMON:
                    by_shingle[g].append(s)
    for s in left:
        near = {o.span: o for g in s.shingles for o in by_shingle.get(g, ()) if o.span not in used}
        best = max(near.values(), key=lambda o: (_likeness(s, o), -o.span[0]), default=None)
        if best is not None and _likeness(s, best) >= _SAME:
            pairs.append((s, best))
            used.add(best.span)
    return pairs


def _likeness(a: _Sentence, b: _Sentence) -> float:
    return len(a.shingles & b.shingles) / len(a.shingles | b.shingles)
