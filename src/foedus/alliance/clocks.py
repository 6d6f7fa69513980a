"""Where mechanisms stood on any day, as known by any day: one index for both clocks.

What :func:`~foedus.alliance.engine.courses` answers for one day of knowledge, this answers for all. Each finding is
kept with the days of knowledge for which it stands so; a question looks back from the day asked about
to the last finding that was known.

Comes in: an alliance and facts. Goes out: :class:`BothClocks`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import msgspec

from foedus.alliance.course import NEVER, Span, furthest, spans_of, standing
from foedus.alliance.engine import Known
from foedus.alliance.folder import Alliance
from foedus.alliance.match import Question
from foedus.alliance.records import StatusWord
from foedus.alliance.roles import Registry, Roles
from foedus.alliance.schema import Mechanism
from foedus.alliance.timeline import ENDED, moment
from foedus.errors import FoedusError
from foedus.ledger.records import Fact

__all__ = ["BothClocks"]

_BATCH = 20_000


class _Key(msgspec.Struct, frozen=True):
    """Of a span: all but its days."""

    word: StatusWord | None
    stage: str | None
    certain: bool
    announced: bool
    lasts: int
    lapse: bool
    ends: bool


class _Kept(msgspec.Struct, frozen=True):
    """A span of days with the days of knowledge on which it stands so: from ``known`` to before ``over``."""

    start: int
    end: int
    sure: int
    known: int
    over: int


class _Found(msgspec.Struct, frozen=True, gc=False):
    """Of what had been known and is not over, as moments: the last at which any may have come about
    (``open``), and of what surely came about the last first one and the last last one; 0 where there is
    none. ``ever``: some surely came about, be it over or not.
    """

    open: int = 0
    start: int = 0
    end: int = 0
    ever: bool = False


_NOTHING = _Found()


class BothClocks:
    """Answers status and stage for a day, as known by a day.

    Raises:
        FoedusError: a rule of the alliance asks where another mechanism stands: ask ``courses``.
    """

    def __init__(self, alliance: Alliance, facts: Iterable[Fact], world: Registry) -> None:
        if any(r.when.states for m in alliance.mechanisms for r in m.rules):
            raise FoedusError(
                "rules that ask where another mechanism stands are not indexed by both clocks",
                remedy="ask courses for one day of knowledge",
            )
        self._roles = Roles(alliance.declared, alliance.memberships, world)
        self._alliance, self._world = alliance, world
        kept: dict[str, dict[_Key, set[_Kept]]] = {m.id: {} for m in alliance.mechanisms}
        rest = iter(facts)
        while batch := tuple(islice(rest, _BATCH)):
            for name, span, known, over in self._spans(batch):
                key = _Key(
                    span.word, span.stage, span.certain, span.announced, span.lasts, span.lapse,
                    span.ends,
                )  # fmt: skip
                entry = _Kept(span.start, span.end, span.sure, known, over)
                kept[name].setdefault(key, set()).add(entry)
        self._mechanisms = [
            (m, [(key, _Row(key, entries)) for key, entries in kept[m.id].items()])
            for m in alliance.mechanisms
        ]

    def on(self, as_of: date, known_by: date) -> dict[str, tuple[StatusWord, str | None]]:
        """Return status and stage of every mechanism on a day, as known by a day."""
        asked, known = as_of.toordinal(), known_by.toordinal()
        return {m.id: _answer(m, rows, asked, known) for m, rows in self._mechanisms}

    def _spans(self, facts: Sequence[Fact]) -> Iterator[tuple[str, Span, int, int]]:
        """Give every finding as a span, with the days of knowledge on which it stands so."""
        at_once = {f.id: day for f in facts if (day := _known_at_once(f)) is not None}
        whole = [f for f in facts if f.id in at_once]
        for name, fact, span in self._found(whole, None):
            yield name, span, at_once[fact], NEVER
        for told in (f for f in facts if f.id not in at_once):
            days = _thresholds(told)
            for known, over in zip(days, (*days[1:], NEVER), strict=True):
                for name, _, span in self._found([told], date.fromordinal(known)):
                    yield name, span, known, over

    def _found(
        self, facts: Sequence[Fact], known_by: date | None
    ) -> Iterator[tuple[str, str, Span]]:
        ask = Question(date.max, known_by or date.max, any_report=known_by is None)
        known = Known(self._alliance, facts, ask, world=self._world, roles=self._roles)
        for mechanism in self._alliance.mechanisms:
            for finding in known.found(mechanism.id)[0]:
                for span in spans_of(finding):
                    yield mechanism.id, finding.fact, span


def _known_at_once(fact: Fact) -> int | None:
    """Return the day from which all of a fact is known, where nothing of it is known before."""
    days = {(r.published.start, r.published.end) if r.published else None for r in fact.readings}
    if len(days) != 1:
        return None
    (only,) = days
    if only is None:
        return 1
    return only[0].toordinal() if only[0] == only[1] else None


def _thresholds(fact: Fact) -> list[int]:
    """Return the days of knowledge on which something more of a fact is known, or known for sure."""
    ranges = [r.published for r in fact.readings]
    days = {d.toordinal() for r in ranges if r is not None for d in (r.start, r.end)}
    return sorted(days | ({1} if None in ranges else set()))


class _Row:
    """Spans of one kind, by their first day; asked from the latest backwards."""

    def __init__(self, key: _Key, entries: set[_Kept]) -> None:
        self._lapse, self._tick = key.lapse, moment(0, lapse=key.lapse)
        ordered = sorted(entries, key=lambda e: (e.start, e.end, e.known))
        self._entries = [(e.start, e.end, e.sure, e.known, e.over) for e in ordered]
        self._starts = [e.start for e in ordered]
        self._longest = max(e.end - e.start for e in ordered)
        self._ahead = max(e.start - e.known for e in ordered)
        self._lasts = key.lasts

    def find(self, asked: int, known: int) -> _Found:
        """Return what of these spans had begun by a day and was known by a day."""
        latest = min(asked, known + self._ahead)
        first = bisect_right(self._starts, latest) - 1
        if first < 0:
            return _NOTHING
        lasts = self._lasts or asked + 1
        longest, entries = self._longest, self._entries
        open_ = start = end = 0
        ever = False
        for at in range(first, -1, -1):
            begun, ended, sure, since, until = entries[at]
            far = begun + longest
            if start:
                if far <= open_ and far <= end:
                    break
            elif ever and far + lasts <= asked:
                break
            if not since <= known < until:
                continue
            if ended > open_ and ended + lasts > asked:
                open_ = ended
            if sure <= asked:
                ever = True
                if begun + lasts > asked:
                    start, end = max(start, begun), max(end, ended)
        if self._lapse:
            open_ = min(open_, asked)
        tick = self._tick
        return _Found(
            2 * open_ + tick if open_ else 0,
            2 * start + tick if start else 0,
            2 * end + tick if end else 0,
            ever,
        )


def _answer(
    mechanism: Mechanism, rows: list[tuple[_Key, _Row]], asked: int, known: int
) -> tuple[StatusWord, str | None]:
    """Settle as :func:`foedus.alliance.course.course` does, from the last of each kind."""
    found = [(key, told) for key, row in rows if (told := row.find(asked, known)) is not _NOTHING]
    bearing = [(key, f) for key, f in found if key.word is not None and not key.announced]
    last = max((f.start for key, f in bearing if key.certain), default=0)
    words: set[StatusWord] = {
        key.word for key, f in bearing if key.word and f.open and f.open >= last
    }
    if not last:
        words.add("not_engaged" if mechanism.initial == "off" else "unknown")
    word: StatusWord = words.pop() if len(words) == 1 else "unknown"
    if word not in ("engaged", "not_engaged"):
        return word, None
    return word, _stage(mechanism, found, word)


def _stage(mechanism: Mechanism, found: list[tuple[_Key, _Found]], word: StatusWord) -> str | None:
    sure = [(key, f) for key, f in found if f.end and (key.certain or key.announced)]
    ended = max((f.start for key, f in sure if key.word in ("not_engaged", "ruled_out")), default=0)
    if word == "engaged":
        reached = [(key.stage, f.end) for key, f in sure if key.word == word and not key.announced]
        return furthest(mechanism, _furthest_of(reached), ended)
    silent = {stage.id for stage in mechanism.stages if not stage.engages}
    quiet = [("announced", f.end) for key, f in sure if key.announced]
    quiet += [
        (key.stage, f.end)
        for key, f in sure
        if key.stage in silent and not (key.announced or key.ends)
    ]
    over = _furthest_of((key.stage, f.start) for key, f in sure if key.ends)
    cleared = max((f.start for key, f in sure if key.lapse), default=0)
    stage = furthest(mechanism, standing(_furthest_of(quiet), over), max(ended, cleared))
    was = any(f.ever for key, f in found if key.certain and key.word == "engaged")
    return stage or (ENDED if was else None)


def _furthest_of(reached: Iterable[tuple[str | None, int]]) -> dict[str | None, int]:
    ends: dict[str | None, int] = {}
    for stage, end in reached:
        ends[stage] = max(ends.get(stage, 0), end)
    return ends
