"""Events whose day is known, and the days on which a report can have appeared that tells of one.

Comes in: the alliance's calendar and the acts of dated reports. Goes out: for an act that names a
« Friday » or a « 24 March », the events it can mean, and for each the days of publication that fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from foedus.acts import Act, DateRange
from foedus.ledger.dating.meaning import meant_on
from foedus.ledger.dating.timing import Anchored
from foedus.ledger.days import Days, from_days, not_after, not_before
from foedus.ledger.records import Citation, DeclaredAct
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules

__all__ = ["Event", "EventIndex", "Key", "calendar_events", "fitting_days", "is_event", "keys_of"]

_LONGEST = 10
"""Days: a longer event dates nothing."""


class Event(msgspec.Struct, frozen=True):
    """Something that happened, or was to happen, on known days. ``source`` is "" for a calendar.

    ``place`` is its place among the events of its source.
    """

    act: Act
    date: DateRange
    source: str
    citation: Citation
    place: int = 0

    @property
    def given(self) -> tuple[str, int]:
        """Where it stands among all events: the calendar's first."""
        return (self.source, self.place)

    @property
    def early(self) -> tuple[DateRange, str, int, str]:
        """Where it stands in order of time."""
        return (self.date, self.source, self.citation.line or 0, self.act.id)


def calendar_events(calendar: Iterable[DeclaredAct]) -> tuple[Event, ...]:
    """Return the dated acts of a calendar as events, in its order."""
    return tuple(
        Event(d.act, d.act.date, "", Citation(report=d.file, source="", line=d.line), place)
        for place, d in enumerate(calendar)
        if d.act.date is not None and d.act.date.days <= _LONGEST and is_event(d.act)
    )


def is_event(act: Act) -> bool:
    """Whether the act is told as something that took or will take place."""
    return "hypothetical" not in act.aux and "negation" not in act.aux


Key = tuple[str, str]
"""An event type with a cue that singles events out; with "", all events of the type."""


def keys_of(event: Event, rules: Rules) -> list[Key]:
    """Return under which keys an event is found."""
    return [(event.act.type, cue) for cue in ("", *sorted(rules.narrow(event.act.cues)))]


class EventIndex:
    """Finds the events that an act can mean, without looking at all of them."""

    def __init__(self, events: Iterable[Event], rules: Rules, roles: Roles) -> None:
        self._rules, self._roles = rules, roles
        self._by_key: dict[Key, list[Event]] = defaultdict(list)
        self._sorted: dict[Key, list[date]] = {}
        for event in events:
            for key in keys_of(event, rules):
                self._by_key[key].append(event)

    def keys_for(self, act: Act) -> list[Key]:
        """Return under which keys the events stand that ``act`` can mean.

        They share its type and a cue that singles out events; a meeting told without any cue can
        be every meeting of its actors.
        """
        cues = sorted(self._rules.narrow(act.cues))
        if not cues and act.actors and self._rules.types[act.type].kind == "meeting":
            return [(act.type, "")]
        return [(act.type, cue) for cue in cues]

    def prepare(self, keys: Iterable[Key]) -> None:
        """Have all events of these keys at hand, as they always are here."""

    def meant_by(
        self, act: Act, source: str, on: DateRange | None, within: DateRange | None = None
    ) -> tuple[Event, ...]:
        """Return the events of other sources that ``act`` can mean: the calendar's, then by source.

        ``within``: only those that share a day with it.
        """
        found: dict[tuple[str, int], Event] = {}
        for key in self.keys_for(act):
            for event in self._between(key, within):
                if self._fits(event, act, source, on, bare=key[1] == ""):
                    found[event.given] = event
        return tuple(found[place] for place in sorted(found))

    def can_be_meant(self, event: Event, act: Act, source: str) -> bool:
        """Whether ``act`` can mean the event, on whatever day its report appeared."""
        own = (*act.actors, *act.recipients)
        if not all(self._roles.is_state(w) or self._roles.is_body(w) for w in own):
            # for whom a person speaks depends on the day
            return event.source != source
        bare = self.keys_for(act) == [(act.type, "")]
        return self._fits(event, act, source, None, bare=bare)

    def earliest(self, act: Act, source: str, on: DateRange | None) -> Event | None:
        """Return the first in time of the events that ``act`` can mean."""
        best: Event | None = None
        for key in self.keys_for(act):
            for event in self._between(key, None):
                if self._fits(event, act, source, on, bare=key[1] == ""):
                    best = event if best is None else min(best, event, key=lambda e: e.early)
                    break
        return best

    def _between(self, key: Key, within: DateRange | None) -> Sequence[Event]:
        """Return the events of a key in order of time, all or those that share a day with a range."""
        events = self._by_key.get(key)
        if events is None:
            return ()
        if key not in self._sorted:
            events.sort(key=lambda e: e.early)
            self._sorted[key] = [e.date.start for e in events]
        if within is None:
            return events
        starts = self._sorted[key]
        # no event lasts longer than that
        low = bisect_left(starts, date.fromordinal(max(1, within.start.toordinal() - _LONGEST)))
        some = events[low : bisect_right(starts, within.end)]
        return [e for e in some if e.date.overlaps(within)]

    def _fits(
        self, event: Event, act: Act, source: str, on: DateRange | None, *, bare: bool
    ) -> bool:  # fmt: skip
        if event.source == source:
            return False
        if bare and not self._roles.meet(act.actors, event.act.actors, on, event.date):
            return False
        return self._roles.can_be_one(act, event.act, on, event.date)


@lru_cache(maxsize=50_000)
def fitting_days(
    what: Anchored, event: DateRange, *, future: bool = False, done: bool = False
) -> Days:
    """Return the days on which a report can have appeared in which ``what`` means ``event``.

    ``future``: the report announces the event, so it cannot have appeared after its first day,
    unless the announcement is quoted from an earlier day. ``done``: it tells the event as past, so
    it cannot have appeared before.
    """
    if not _may_mean(what, event):
        return ()
    reach = 370 + 366 * abs(what.when.offset or 0)
    if what.of_week:
        steps = abs(what.when.offset or 0)
        reach = 9 + abs(what.when.shift) + steps * (7 if what.when.value else 1)
        reach += 9 if what.quote is not None else 0
    start, end = event.start.toordinal(), event.end.toordinal()
    meant = meant_on(what, start - reach, end + reach)
    days = from_days(meant.days[(meant.first <= end) & (meant.last >= start)])
    if future and what.quote is None:
        days = not_after(days, event.start)
    if done:
        days = not_before(days, event.start)
    return days


def _may_mean(what: Anchored, event: DateRange) -> bool:
    """Whether a day or month without its year is that of the event: cheap, and no by mistake never."""
    if what.quote is not None or what.when.shift or what.when.modifier is not None:
        return True
    found = re.fullmatch(r"XXXX-(\d\d)(?:-(\d\d))?", what.when.value or "")
    if found is None or what.when.offset is not None:
        return True
    months = {event.start.month, event.end.month}
    if int(found[1]) not in months:
        return False
    return found[2] is None or len(months) > 1 or event.start.day <= int(found[2]) <= event.end.day


def bounded(days: Days, first: date | None, last: date | None) -> Days:
    """Return ``days`` from ``first`` to ``last``, each where given."""
    if first is not None:
        days = not_before(days, first)
    return days if last is None else not_after(days, last)
