"""Events whose day is known, and the days on which a report can have appeared that tells of one.

Comes in: the alliance's calendar and the acts of dated reports. Goes out: for an act that names a
« Friday » or a « 24 March », the events it can mean, and for each the days of publication that fit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

import msgspec

from foedus.acts import Act, DateRange
from foedus.ledger.days import Days, from_days, not_after, not_before
from foedus.ledger.records import Citation, DeclaredAct
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.ledger.timing import Anchored, on_day

__all__ = ["Event", "EventIndex", "calendar_events", "fitting_days"]

_LONGEST = 10
"""Days: a longer event dates nothing."""


class Event(msgspec.Struct, frozen=True):
    """Something that happened, or was to happen, on known days. ``source`` is "" for a calendar."""

    act: Act
    date: DateRange
    source: str
    citation: Citation


def calendar_events(calendar: Iterable[DeclaredAct]) -> tuple[Event, ...]:
    """Return the dated acts of a calendar as events, in its order."""
    return tuple(
        Event(d.act, d.act.date, "", Citation(report=d.file, source="", line=d.line))
        for d in calendar
        if d.act.date is not None and d.act.date.days <= _LONGEST and is_event(d.act)
    )


def is_event(act: Act) -> bool:
    """Whether the act is told as something that took or will take place."""
    return "hypothetical" not in act.aux and "negation" not in act.aux


class EventIndex:
    """Finds the events that an act can mean, without looking at all of them."""

    def __init__(self, events: Sequence[Event], rules: Rules, roles: Roles) -> None:
        self._rules, self._roles = rules, roles
        self._by_cue: dict[tuple[str, str], list[Event]] = defaultdict(list)
        self._by_type: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            self._by_type[event.act.type].append(event)
            for cue in sorted(rules.narrow(event.act.cues)):
                self._by_cue[event.act.type, cue].append(event)

    def meant_by(self, act: Act, source: str, on: DateRange | None) -> tuple[Event, ...]:
        """Return the events of other sources that ``act`` can mean, in the order they were given.

        They share its type and a cue that singles out events; a meeting told without any cue can
        be every meeting of its actors.
        """
        cues = sorted(self._rules.narrow(act.cues))
        found: list[Event] = []
        for cue in cues:
            found += [e for e in self._by_cue.get((act.type, cue), ()) if e not in found]
        if not cues and act.actors and self._rules.types[act.type].kind == "meeting":
            found = [
                e for e in self._by_type.get(act.type, ())
                if self._roles.meet(act.actors, e.act.actors, on, e.date)
            ]  # fmt: skip
        return tuple(
            e for e in found
            if e.source != source and self._roles.can_be_one(act, e.act, on, e.date)
        )  # fmt: skip


@lru_cache(maxsize=50_000)
def fitting_days(
    what: Anchored, event: DateRange, *, future: bool = False, done: bool = False
) -> Days:
    """Return the days on which a report can have appeared in which ``what`` means ``event``.

    ``future``: the report announces the event, so it cannot have appeared after its first day,
    unless the announcement is quoted from an earlier day. ``done``: it tells the event as past, so
    it cannot have appeared before.
    """
    reach = 370
    if what.of_week:
        reach = 9 + abs(what.when.shift) + abs(what.when.offset or 0)
        reach += 9 if what.quote is not None else 0
    try:
        first = event.start - timedelta(days=reach)
        count = event.days + 2 * reach
    except OverflowError:
        return ()
    fits = (
        d for i in range(count)
        if (d := first + timedelta(days=i)) and _means(what, d, event)
    )  # fmt: skip
    days = from_days(fits)
    if future and what.quote is None:
        days = not_after(days, event.start)
    if done:
        days = not_before(days, event.start)
    return days


def _means(what: Anchored, published: date, event: DateRange) -> bool:
    found = on_day(what, published)
    return found is not None and found.overlaps(event)


def bounded(days: Days, first: date | None, last: date | None) -> Days:
    """Return ``days`` from ``first`` to ``last``, each where given."""
    if first is not None:
        days = not_before(days, first)
    return days if last is None else not_after(days, last)
