"""Where a mechanism stood on every day: the whole course of its status, from one pass over findings.

What :func:`~foedus.alliance.timeline.settle` answers for one day, this answers for all: days are swept
in order, and a finding is taken up when it begins and dropped once something certain came after it.

Comes in: findings whatever the day. Goes out: a :class:`Course`: for each stretch of days a status
and a stage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from heapq import heappop, heappush

import msgspec

from foedus.acts import DateRange
from foedus.alliance.findings import Finding
from foedus.alliance.records import StatusWord
from foedus.alliance.schema import Mechanism

__all__ = ["NEVER", "Course", "Span", "Stretch", "course", "course_of", "furthest", "span_of"]

NEVER = date.max.toordinal()
"""The last day there is, as an ordinal."""
_BEARING = ("certain", "cannot_tell", "disputed")


class Span(msgspec.Struct, frozen=True):
    """What a finding comes to for the course: days as ordinals, what it brings about, how surely.

    It may have begun from ``start`` on and has for sure at ``sure``; ``end`` is the last day on which
    it may have come about. ``word`` is None where it only sets a stage.
    """

    start: int
    end: int
    sure: int
    certain: bool
    announced: bool
    word: StatusWord | None
    stage: str | None


class Stretch(msgspec.Struct, frozen=True):
    """From ``start`` on, until the next stretch."""

    start: date
    word: StatusWord
    stage: str | None


def span_of(finding: Finding) -> Span | None:
    """Return what a finding comes to; None where it changes nothing on any day."""
    announced = finding.certainty == "announced"
    if not announced and finding.certainty not in _BEARING:
        return None
    certain = finding.certainty == "certain"
    level = finding.effect == "level"
    if finding.when is None:
        # without any day: it may be the last word on every day, and never surely is (but for levels)
        return Span(
            1, NEVER, 1 if level else NEVER, certain, announced, finding.word, finding.stage
        )
    start, end = finding.when.start.toordinal(), finding.when.end.toordinal()
    sure = start if level else end
    return Span(start, end, sure, certain, announced, finding.word, finding.stage)


class Course:
    """The stretches of a mechanism's status in order; before the first, where it initially stands."""

    def __init__(self, stretches: list[Stretch], initial: StatusWord) -> None:
        self.stretches = tuple(stretches)
        self._starts = [s.start.toordinal() for s in stretches]
        self._answers: list[tuple[StatusWord, str | None]] = [
            (initial, None), *((s.word, s.stage) for s in stretches)
        ]  # fmt: skip

    def on(self, day: date) -> tuple[StatusWord, str | None]:
        """Return status and stage on a day."""
        return self._answers[bisect_right(self._starts, day.toordinal())]

    def during(self, days: DateRange) -> set[tuple[StatusWord, str | None]]:
        """Return every status and stage that a mechanism had on one of the days."""
        first = bisect_right(self._starts, days.start.toordinal())
        last = bisect_right(self._starts, days.end.toordinal())
        return set(self._answers[first : last + 1])


def course(mechanism: Mechanism, findings: Iterable[Finding]) -> Course:
    """Return the course of a mechanism's status from its findings."""
    spans = [span for f in findings if (span := span_of(f)) is not None]
    return course_of(mechanism, spans)


def course_of(mechanism: Mechanism, spans: Iterable[Span]) -> Course:
    """Return the course that spans make; the same one twice makes no difference."""
    initial: StatusWord = "not_engaged" if mechanism.initial == "off" else "unknown"
    return Course(list(_stretches(_Sweep(mechanism, initial), set(spans))), initial)


def _stretches(sweep: _Sweep, spans: set[Span]) -> Iterator[Stretch]:
    events = [(span.start, 0, span) for span in spans]
    events += [(span.sure, 1, span) for span in spans if span.sure < NEVER]
    events.sort(key=lambda event: event[:2])
    before: tuple[StatusWord, str | None] = (sweep.initial, None)
    for index, (day, kind, span) in enumerate(events):
        sweep.settle(span) if kind else sweep.begin(span)
        if index + 1 < len(events) and events[index + 1][0] == day:
            continue
        now = sweep.answer()
        if now != before:
            yield Stretch(date.fromordinal(day), *now)
            before = now


class _Sweep:
    """What is known on the day that the sweep has reached."""

    def __init__(self, mechanism: Mechanism, initial: StatusWord) -> None:
        self.initial = initial
        self._mechanism = mechanism
        self._quiet = {stage.id for stage in mechanism.stages if not stage.engages}
        self._open: list[tuple[int, StatusWord]] = []
        self._words: Counter[StatusWord] = Counter()
        self._last = self._ended = 0
        self._engaged: dict[str | None, int] = {}
        self._set: dict[str | None, int] = {}

    def begin(self, span: Span) -> None:
        """Take up a finding that may have come about: it may be the last word."""
        if span.word is not None and not span.announced:
            heappush(self._open, (span.end, span.word))
            self._words[span.word] += 1

    def settle(self, span: Span) -> None:
        """Note that a finding has come about for sure."""
        if span.certain and span.word is not None:
            self._last = max(self._last, span.start)
            if span.word == "engaged":
                _raise(self._engaged, span.stage, span.end)
            else:
                self._ended = max(self._ended, span.start)
        if span.announced:
            _raise(self._set, "announced", span.end)
        elif span.certain and span.stage in self._quiet:
            _raise(self._set, span.stage, span.end)

    def answer(self) -> tuple[StatusWord, str | None]:
        """Return status and stage on the day reached."""
        while self._open and self._open[0][0] < self._last:
            self._words[heappop(self._open)[1]] -= 1
        words = {word for word, count in self._words.items() if count}
        if not self._last:
            words.add(self.initial)
        word: StatusWord = words.pop() if len(words) == 1 else "unknown"
        return word, self._stage(word)

    def _stage(self, word: StatusWord) -> str | None:
        """Return the furthest stage that nothing certain came after."""
        if word not in ("engaged", "not_engaged"):
            return None
        ends = self._engaged if word == "engaged" else self._set
        return furthest(self._mechanism, ends, self._ended)


def furthest(mechanism: Mechanism, ends: dict[str | None, int], ended: int) -> str | None:
    """Return the furthest declared stage reached no earlier than ``ended``, from its last day each."""
    reached = {stage for stage, end in ends.items() if end >= ended}
    known = [stage.id for stage in mechanism.stages if stage.id in reached]
    return known[-1] if known else ("announced" if "announced" in reached else None)


def _raise(ends: dict[str | None, int], stage: str | None, end: int) -> None:
    ends[stage] = max(ends.get(stage, 0), end)
