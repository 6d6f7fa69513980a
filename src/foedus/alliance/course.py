"""Where a mechanism stood on every day: the whole course of its status, from one pass over findings.

What :func:`~foedus.alliance.timeline.settle` answers for one day, this answers for all: days are swept
in order, and a finding is taken up when it begins and dropped once it is over.

Comes in: findings whatever the day. Goes out: a :class:`Course`: for each stretch of days a status
and a stage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

import msgspec

from foedus.acts import DateRange
from foedus.alliance.findings import Finding
from foedus.alliance.records import StatusWord
from foedus.alliance.schema import Mechanism
from foedus.alliance.seen import lapse_days, lapses
from foedus.alliance.timeline import ENDED, moment

__all__ = [
    "NEVER",
    "Course",
    "Span",
    "Stretch",
    "course",
    "course_of",
    "furthest",
    "spans_of",
    "standing",
]

NEVER = date.max.toordinal() + 1
"""After the last day there is, as an ordinal."""
_BEARING = ("certain", "cannot_tell", "disputed")


class Span(msgspec.Struct, frozen=True, gc=False):
    """What a finding comes to for the course: days as ordinals, what it brings about, how surely.

    It may have begun from ``start`` on and has for sure at ``sure``; ``end`` is the last day on which
    it may have come about. ``word`` is None where it only sets a stage. ``lasts`` is for how many days
    (0: until something else); ``lapse``: it is the end of what lasted; ``ends``: it is the end of the stage.
    """

    start: int
    end: int
    sure: int
    certain: bool
    announced: bool
    word: StatusWord | None
    stage: str | None
    lasts: int = 0
    lapse: bool = False
    ends: bool = False

    @property
    def first(self) -> int:
        """The first moment at which it may have come about."""
        return 2 * self.start + (not self.lapse)  # as moment() has it

    @property
    def last(self) -> int:
        """The last one."""
        return 2 * self.end + (not self.lapse)

    def alive(self, on: int) -> bool:
        """Whether it has surely begun by a day and is surely not over."""
        return self.certain and self.sure <= on < self.start + (self.lasts or on + 1)


class Stretch(msgspec.Struct, frozen=True):
    """From ``start`` on, until the next stretch."""

    start: date
    word: StatusWord
    stage: str | None


def spans_of(finding: Finding) -> tuple[Span, ...]:
    """Return what a finding comes to: nothing where it changes nothing; where it lasts, also its end."""
    announced = finding.certainty == "announced"
    if not announced and finding.certainty not in _BEARING:
        return ()
    certain = finding.certainty == "certain"
    ends = finding.effect == "ends"
    if ends and not certain:
        return ()
    level = finding.effect == "level"
    over = lapses(finding)
    if finding.when is None:
        if ends:
            return ()
        # without any day: it may be the last word on every day, and never surely is (but for levels)
        sure = 1 if level else NEVER
        only = Span(1, NEVER, sure, certain, announced, finding.word, finding.stage)
        end = Span(1, NEVER, NEVER, certain, False, "not_engaged", None, lapse=True)
        return (only, end) if over and finding.closes else (only,)
    start, last = finding.when.start.toordinal(), finding.when.end.toordinal()
    sure = start if level else last
    lasts = finding.lasts or 0 if over else 0
    span = Span(
        start, last, sure, certain, announced, finding.word, finding.stage, lasts, ends=ends
    )
    return (span, *_ends(finding, certain)) if over else (span,)


def _ends(finding: Finding, certain: bool) -> Iterator[Span]:
    """Give the end of what lasted, where it ends the mechanism or what had led to it."""
    days = lapse_days(finding)
    if days is None or finding.word != "engaged":
        return
    first, last = days
    if finding.closes:
        yield Span(first, last, last, certain, False, "not_engaged", None, lapse=True)
    elif certain:
        yield Span(first, last, last, certain, False, None, None, lapse=True)


_Event = tuple[Callable[[Span], None], Span]


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
    return course_of(mechanism, (span for f in findings for span in spans_of(f)))


def course_of(mechanism: Mechanism, spans: Iterable[Span]) -> Course:
    """Return the course that spans make; the same one twice makes no difference."""
    initial: StatusWord = "not_engaged" if mechanism.initial == "off" else "unknown"
    return Course(list(_stretches(_Sweep(mechanism, initial), set(spans))), initial)


def _stretches(sweep: _Sweep, spans: set[Span]) -> Iterator[Stretch]:
    before: tuple[StatusWord, str | None] = (sweep.initial, None)
    days = _events(sweep, spans)
    for day in sorted(days):
        if day >= NEVER:
            break
        for step, span in days[day]:
            step(span)
        now = sweep.answer(day)
        if now != before:
            yield Stretch(date.fromordinal(day), *now)
            before = now


def _events(sweep: _Sweep, spans: set[Span]) -> dict[int, list[_Event]]:
    """Return what the sweep has to take up on each day, in that order."""
    days: defaultdict[int, list[_Event]] = defaultdict(list)
    begin, settle, drop, doubt = sweep.begin, sweep.settle, sweep.drop, sweep.doubt
    for span in spans:
        days[span.start].append((begin, span))
    for span in spans:
        days[span.sure].append((settle, span))
    for span in (s for s in spans if s.lasts):
        days[span.end + span.lasts].append((drop, span))
        days[span.start + span.lasts].append((doubt, span))
    if any(span.lapse and span.start < span.sure for span in spans):
        # what may have ended on the day after something else came about decides from then on
        for span in spans:
            days[span.sure + 1].append((doubt, span))
    return days


class _Sweep:
    """What is known on the day that the sweep has reached.

    Of what holds until something else comes, the last moments suffice; what lasts for some days only is
    kept until it is over, since what was before may stand again.
    """

    def __init__(self, mechanism: Mechanism, initial: StatusWord) -> None:
        self.initial = initial
        self._mechanism = mechanism
        self._quiet = {stage.id for stage in mechanism.stages if not stage.engages}
        self._far: dict[tuple[StatusWord, bool], int] = {}
        self._last = self._ended = self._cleared = 0
        self._engaged: dict[str | None, int] = {}
        self._set: dict[str | None, int] = {}
        self._over: dict[str | None, int] = {}
        self._lasting: set[Span] = set()
        self._was = False

    def begin(self, span: Span) -> None:
        """Take up a finding that may have come about: it may be the last word."""
        if span.lasts:
            self._lasting.add(span)
        elif span.word is not None and not span.announced:
            key = (span.word, span.lapse)
            self._far[key] = max(self._far.get(key, 0), span.last)

    def settle(self, span: Span) -> None:
        """Note that a finding has come about for sure."""
        self._was = self._was or (span.certain and span.word == "engaged" and not span.announced)
        if span.lasts:
            return
        if span.ends:
            _raise(self._over, span.stage, span.first)
            return
        if span.certain and span.lapse:
            self._cleared = max(self._cleared, span.first)
        if span.certain and span.word is not None:
            self._last = max(self._last, span.first)
            if span.word == "engaged":
                _raise(self._engaged, span.stage, span.last)
            else:
                self._ended = max(self._ended, span.first)
        if span.announced:
            _raise(self._set, "announced", span.last)
        elif span.certain and span.stage in self._quiet:
            _raise(self._set, span.stage, span.last)

    def drop(self, span: Span) -> None:
        """Forget a finding that is over."""
        self._lasting.discard(span)

    def doubt(self, span: Span) -> None:
        """Take up that from this day on another may be the last word: the days tell by themselves."""

    def answer(self, day: int) -> tuple[StatusWord, str | None]:
        """Return status and stage on the day reached."""
        alive = [span for span in self._lasting if span.alive(day)]
        last = max([self._last, *(s.first for s in alive if s.word is not None)])
        today = moment(day, lapse=True)
        words = {
            word
            for (word, lapse), end in self._far.items()
            if end >= last and (not lapse or today >= last)
        }
        words |= {s.word for s in self._lasting if s.word is not None and s.last >= last}
        if not last:
            words.add(self.initial)
        word: StatusWord = words.pop() if len(words) == 1 else "unknown"
        return word, self._stage(word, alive)

    def _stage(self, word: StatusWord, alive: list[Span]) -> str | None:
        """Return the furthest stage that nothing certain came after."""
        if word not in ("engaged", "not_engaged"):
            return None
        ended = max([self._ended, *(s.first for s in alive if s.word in _AGAINST)])
        ends = self._engaged if word == "engaged" else self._set
        if alive:
            ends = dict(ends)
        for span in alive:
            if span.word == "engaged" if word == "engaged" else span.stage in self._quiet:
                _raise(ends, span.stage, span.last)
        if word == "engaged":
            return furthest(self._mechanism, ends, ended)
        ends = standing(ends, self._over)
        found = furthest(self._mechanism, ends, max(ended, self._cleared))
        return found or (ENDED if self._was else None)


_AGAINST = ("not_engaged", "ruled_out")


def furthest(mechanism: Mechanism, ends: dict[str | None, int], ended: int) -> str | None:
    """Return the furthest declared stage reached no earlier than ``ended``, from its last moment each."""
    for stage in reversed(mechanism.stages):
        if ends.get(stage.id, -1) >= ended:
            return stage.id
    return "announced" if ends.get("announced", -1) >= ended else None


def standing(ends: dict[str | None, int], over: dict[str | None, int]) -> dict[str | None, int]:
    """Return the stages, each with its last moment, that were not ended since."""
    return {stage: end for stage, end in ends.items() if end >= over.get(stage, 0)}


def _raise(ends: dict[str | None, int], stage: str | None, end: int) -> None:
    ends[stage] = max(ends.get(stage, 0), end)
