"""Dating reports by each other, round by round, and again when something more becomes known.

Comes in: reports that bear no single day, and the events of those that do. Goes out: a
:class:`~foedus.ledger.records.Dating` each. In every round each report is narrowed by what was known
before the round, so that their order is nothing; what a report has become is known in the next one.

Every report keeps its :class:`Trace`: its days after each round. When events come or go, only those
reports are gone through again that the events can concern, and then those that are concerned by what
these tell otherwise than before, round for round: all others would become what they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from foedus.acts import Act, DateRange, Record, hull
from foedus.ledger.dating.events import (
    Event,
    EventIndex,
    Key,
    calendar_events,
    fitting_days,
    is_event,
    keys_of,
)
from foedus.ledger.dating.narrowing import (
    ROUGH,
    Dated,
    Events,
    Told,
    dates_as_deed,
    events_of,
    is_open,
    may_settle,
    meanings,
    narrow,
    start,
)
from foedus.ledger.days import Days, common, length
from foedus.ledger.records import Dating, DatingStep, DeclaredAct
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import Rules, load_rules
from foedus.report.records import Report

__all__ = ["Trace", "date_reports", "in_rounds"]

_ROUNDS = 8


class Trace(msgspec.Struct, frozen=True):
    """A report's days after each round, its own first, with the number of steps that led there."""

    days: tuple[Days, ...]
    counts: tuple[int, ...]
    steps: tuple[DatingStep, ...]

    def at(self, number: int) -> tuple[Days, int]:
        """Return days and number of steps before a round; after the last one nothing changes."""
        number = min(number, len(self.days) - 1)
        return self.days[number], self.counts[number]

    def dating(self, source: str) -> Dating:
        """Return the last of it."""
        return Dating(source=source, candidates=self.days[-1], steps=self.steps)


def date_reports(
    reports: Sequence[Report],
    records: Mapping[str, Sequence[Record]],
    calendar: Sequence[DeclaredAct] = (),
    *,
    world: WorldLike | None = None,
    rules: Rules | None = None,
) -> dict[str, Dating]:
    """Return what can be known of the day each report appeared, by report hash.

    ``records`` are the coded records by report hash. No candidates mean that nothing is known.
    The result depends neither on the order of reports nor on that of records.
    """
    rules, roles = rules or load_rules(), Roles(world)
    states = sorted((start(r, records.get(r.hash, ()), rules) for r in reports), key=_hash)
    events = [*calendar_events(sorted(calendar, key=lambda d: (d.file, d.line, d.act.id)))]
    events += [e for s in states if not is_open(s) for e in events_of(s, rules)]
    traces = in_rounds(
        [s for s in states if is_open(s)], EventIndex(events, rules, roles), rules, roles
    )
    return {
        s.hash: traces[s.hash].dating(s.hash)
        if s.hash in traces
        else Dating(source=s.hash, candidates=s.days)
        for s in states
    }


def in_rounds(
    states: Sequence[Dated], fixed: EventIndex, rules: Rules, roles: Roles,
    before: Mapping[str, Trace] | None = None, changed: Iterable[Event] = (),
) -> dict[str, Trace]:  # fmt: skip
    """Return what became of each report, or, with ``before``, of those that are new or changed.

    Args:
        states: all reports without a single day, as they are by themselves.
        fixed: the events of the calendar and of reports with a single day, as they are now.
        rules: the rules of the ledger.
        roles: who speaks for whom.
        before: the traces of the same reports, where they have one.
        changed: the fixed events that came or went since.
    """
    return _Rounds(states, fixed, rules, roles, before or {}).run(changed)


def _hash(state: Dated) -> str:
    return state.hash


class _Watching(NamedTuple):
    """Something that a report tells by which events may date it, and the keys of these."""

    source: str
    told: Told
    keys: tuple[Key, ...]
    points: bool
    """By a time expression."""
    deed: bool
    """As a deed: the report cannot have appeared before."""


class _Rounds:
    def __init__(
        self, states: Sequence[Dated], fixed: EventIndex, rules: Rules, roles: Roles,
        before: Mapping[str, Trace],
    ) -> None:  # fmt: skip
        self._states = {s.hash: s for s in sorted(states, key=_hash)}
        self._fixed, self._rules, self._roles, self._before = fixed, rules, roles, before
        self._known = _Remembered(fixed)
        self._by_key: dict[Key, list[_Watching]] = defaultdict(list)
        for h, state in self._states.items():
            for told in state.told:
                keys = tuple(fixed.keys_for(told.act)) if is_event(told.act) else ()
                points = told.what is not None and told.what.relative
                deed = dates_as_deed(told, rules)
                for key in keys if points or deed else ():
                    self._by_key[key].append(_Watching(h, told, keys, points, deed))
        self._telling: dict[tuple[str, Days], list[Event]] = {}
        """What each report tells others, by the days that it may have appeared on."""
        self._new: dict[str, list[tuple[Days, int]]] = {}
        self._steps: dict[str, list[DatingStep]] = {}

    def run(self, changed: Iterable[Event]) -> dict[str, Trace]:
        new = {h for h in self._states if h not in self._before}
        fixed = list(changed)
        for number in range(_ROUNDS):
            asked = new | {
                h for h, rows in self._new.items() if rows[number] != self._old(h, number)
            }
            asked |= self._concerned([*fixed, *self._moved(number, new)], asked, number)
            if not self._round(number, asked):
                self._end(number + 1)
                break
        return {h: self._trace(h) for h in self._new}

    def _round(self, number: int, asked: set[str]) -> bool:
        """Carry out a round for those asked; tell whether any report has fewer days after it."""
        if not asked and all(
            self._at(h, number)[0] == self._at(h, number + 1)[0] for h in self._states
        ):
            return False
        known = [e for h in self._states for e in self._events(h, self._at(h, number)[0])]
        events = _Both(self._known, EventIndex(known, self._rules, self._roles))
        self._prepare(asked, number)
        fewer = False
        for h, state in self._states.items():
            if h not in asked:
                before, after = self._at(h, number), self._old(h, number + 1) or ((), 0)
                if h in self._new:
                    self._new[h].append(after)
                    self._steps[h] += self._before[h].steps[before[1] : after[1]]
                fewer |= before[0] != after[0]
                continue
            if h not in self._new:
                self._take_up(h, number)
            days, _ = self._new[h][number]
            now = msgspec.structs.replace(state, days=days, steps=self._steps[h])
            fewer |= narrow(now, events, self._rules, self._roles)
            self._new[h].append((now.days, len(now.steps)))
        return fewer

    def _prepare(self, asked: Iterable[str], number: int) -> None:
        """Have at hand all events that reports of many possible days, or none, can mean."""
        wide = (h for h in asked if not 0 < length(self._at(h, number)[0]) <= ROUGH)
        acts = (told.act for h in wide for told in self._states[h].told if is_event(told.act))
        self._fixed.prepare({key for act in acts for key in self._fixed.keys_for(act)})

    def _end(self, number: int) -> None:
        """Let nothing change from a round on: no longer, for those that changed later the last time."""
        for h, trace in self._before.items():
            if h not in self._new and trace.at(number) != trace.at(_ROUNDS):
                self._take_up(h, number)

    def _take_up(self, h: str, number: int) -> None:
        """Begin to go through a report again, from what it was before the round."""
        trace = self._before.get(h)
        self._new[h] = [(self._states[h].days, 0)]
        self._steps[h] = []
        if trace is not None:
            self._new[h] = [trace.at(n) for n in range(number + 1)]
            self._steps[h] = list(trace.steps[: trace.at(number)[1]])

    def _old(self, h: str, number: int) -> tuple[Days, int] | None:
        return self._before[h].at(number) if h in self._before else None

    def _at(self, h: str, number: int) -> tuple[Days, int]:
        rows = self._new.get(h)
        if rows is not None:
            return rows[min(number, len(rows) - 1)]
        return self._before[h].at(number) if h in self._before else (self._states[h].days, 0)

    def _events(self, h: str, days: Days) -> list[Event]:
        if (h, days) not in self._telling:
            state = msgspec.structs.replace(self._states[h], days=days)
            self._telling[h, days] = events_of(state, self._rules)
        return self._telling[h, days]

    def _moved(self, number: int, new: set[str]) -> list[Event]:
        """Return the events that are not the same before a round as they were last time."""
        out: list[Event] = []
        for h in new.union(self._new):
            old, days = self._old(h, number), self._at(h, number)[0]
            if old is None or old[0] != days:
                then = self._events(h, old[0]) if old is not None else []
                out += set(then) ^ set(self._events(h, days))
        return out

    def _concerned(self, events: Iterable[Event], known: set[str], number: int) -> set[str]:
        """Return the reports, beside ``known``, for which events may matter in a round."""
        by_key: dict[Key, list[Event]] = defaultdict(list)
        for event in events:
            for key in keys_of(event, self._rules):
                by_key[key].append(event)
        found: set[str] = set()
        datable: dict[str, bool] = {}
        for key in by_key:
            for watching in self._by_key.get(key, ()):
                h = watching.source
                first = next(k for k in watching.keys if k in by_key)
                if key != first or h in known or h in found:
                    continue
                days = self._at(h, number)[0]
                if watching.points and h not in datable:
                    datable[h] = self._may_be_dated(h, days)
                points = watching.points and datable[h]
                if self._minds(watching, days, by_key, points=points):
                    found.add(h)
        return found

    def _may_be_dated(self, h: str, days: Days) -> bool:
        """Whether events may date a report by a time expression: by any of its acts, and so by others."""
        acts = (told.act for told in self._states[h].told)
        return any(may_settle(days, act, self._rules) for act in acts)

    def _minds(
        self, watching: _Watching, days: Days, by_key: Mapping[Key, list[Event]], *, points: bool
    ) -> bool:  # fmt: skip
        """Whether any of the events may date the report; ``points``: by a time expression too."""
        told, source = watching.told, watching.source
        events = [e for key in watching.keys for e in by_key.get(key, ())]
        can_be = self._fixed.can_be_meant
        if points and told.what is not None:
            within = meanings(told.what, days)
            near = (e for e in events if within is not None and e.date.overlaps(within))
            if any(_could_date(days, told, e) and can_be(e, told.act, source) for e in near):
                return True
        if not watching.deed:
            return False
        # of the events that a deed can be, the first in time counts
        first = self._known.earliest(told.act, source, hull(days))
        early = (e for e in events if first is None or e.early <= first.early)
        return any(can_be(e, told.act, source) for e in early)

    def _trace(self, h: str) -> Trace:
        rows = self._new[h]
        while len(rows) > 1 and rows[-1] == rows[-2]:
            rows.pop()
        days, counts = zip(*rows, strict=True)
        return Trace(days=days, counts=counts, steps=tuple(self._steps[h]))


def _could_date(own: Days, told: Told, event: Event) -> bool:
    """Whether the event leaves any of a report's days, if the act means it."""
    if told.what is None:
        return False
    days = fitting_days(told.what, event.date, future=told.future, done=told.done)
    return bool(common(own, days) if own else days)


class _Remembered:
    """The fixed events: what each act can mean is asked in every round, and found once.

    Acts are told apart by what they are to the machine: those of the reports stay where they are.
    """

    def __init__(self, fixed: EventIndex) -> None:
        self._fixed = fixed
        self._meant: dict[
            tuple[int, str, DateRange | None, DateRange | None], tuple[Event, ...]
        ] = {}
        self._earliest: dict[tuple[int, str, DateRange | None], Event | None] = {}

    def meant_by(
        self, act: Act, source: str, on: DateRange | None, within: DateRange | None = None
    ) -> tuple[Event, ...]:  # fmt: skip
        key = (id(act), source, on, within)
        if key not in self._meant:
            self._meant[key] = self._fixed.meant_by(act, source, on, within)
        return self._meant[key]

    def earliest(self, act: Act, source: str, on: DateRange | None) -> Event | None:
        key = (id(act), source, on)
        if key not in self._earliest:
            self._earliest[key] = self._fixed.earliest(act, source, on)
        return self._earliest[key]


class _Both:
    """The fixed events and those of the round, as one."""

    def __init__(self, *parts: Events) -> None:
        self._parts = parts

    def meant_by(
        self, act: Act, source: str, on: DateRange | None, within: DateRange | None = None
    ) -> tuple[Event, ...]:  # fmt: skip
        found = [e for part in self._parts for e in part.meant_by(act, source, on, within)]
        return tuple(sorted(found, key=lambda e: e.given))

    def earliest(self, act: Act, source: str, on: DateRange | None) -> Event | None:
        found = [e for part in self._parts if (e := part.earliest(act, source, on)) is not None]
        return min(found, key=lambda e: e.early, default=None)
