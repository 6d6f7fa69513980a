"""Which known event an act tells of: the register's landmarks, recognised.

Comes in: an act, the words it stands in, and when its report appeared. Goes out: the id of the one event of
the register (:mod:`foedus.world.landmarks`) that it tells of, or None. Two things are asked. *Is anything at
odds?* The type, who and whom, where, the day named, whether it could have been told yet. *Is it singled out?* One of the
event's marks must be told in full. Where two events fit equally well it is neither.

It is entity linking to a closed list, of events rather than of persons: J. Nothman, M. Honnibal, B. Hachey and J. R. Curran, « Event Linking: Grounding Event Reference in a News
Archive », ACL 2012.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import msgspec

from foedus.acts import Act, DateRange
from foedus.ledger.records import Reading
from foedus.ledger.roles import Roles
from foedus.ledger.wordprint import folded
from foedus.world import Landmark, Mark

__all__ = ["Landmarks", "When"]

_DOUBTED = frozenset({"hypothetical", "negation"})
_MISDATED = timedelta(days=1)
"""By how much reports misplace an event of which they name the day."""
_LONG = 62
"""Days of a report of which it cannot be said that it appeared near anything."""
_OLD = timedelta(days=180)
"""By how much what is told as long past lies before its report at least."""
_AHEAD = timedelta(days=7)
"""How long before an event a report is near it."""
_EXPECTED = timedelta(days=31)
"""How long before an event, but a meeting, it is told as announced."""
_MEETING = "CONSULT"
_FORCE = frozenset({"ASSAULT", "COERCE"})
_GIVEN = frozenset({"AID", "MOBILIZE"})
"""Types of what is announced on a day and done on others: « l'Otan va porter ses forces à 300 000 »."""
_LANGUAGES = ("fr", "en")
"""Languages in which rows by hand may be written."""
_DAY, _PLACE, _WORD = 3, 2, 2
"""What a named day, a named place and the word itself say for an event, beside its mark."""


class When(NamedTuple):
    """What is known of the days: named for the act, on which the report appeared."""

    date: DateRange | None = None
    published: DateRange | None = None


class Landmarks:
    """Recognises known events of one register."""

    def __init__(self, known: Mapping[str, Landmark], roles: Roles) -> None:
        self._roles, self._known = roles, known
        self._by_type: dict[str, list[Landmark]] = defaultdict(list)
        for name in sorted(known):
            for kind in known[name].types:
                self._by_type[kind].append(known[name])
        self._asked = {
            kind: frozenset().union(*(mark.told for event in events for mark in event.marks))
            for kind, events in self._by_type.items()
        }
        self._holders = lru_cache(maxsize=1 << 14)(self._holders_of)

    def told_in(
        self, act: Act, text: str, language: str, when: When,
        elsewhere: frozenset[str] = frozenset(),
    ) -> str | None:  # fmt: skip
        """Return the id of the event that ``act`` tells of in ``text``, which tells of the events ``elsewhere`` too."""
        events = self._by_type.get(act.type)
        if not events or _DOUBTED.intersection(act.aux):
            return None
        told = _Told(act, text, language, partial(self._sides, act, when.published), elsewhere)
        ranked = sorted(
            (
                (points, event.id)
                for event in events
                if not _days_differ(event, act, when)
                and (points := self._points(event, act, told, when))
            ),
            reverse=True,
        )
        if not ranked or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
            return None
        return ranked[0][1]

    def asks_for(self, kind: str) -> frozenset[str]:
        """Return the events of which a report must tell elsewhere, for some mark of a type's events to hold."""
        return self._asked.get(kind, frozenset())

    def entered(self, reading: Reading, text: str) -> Reading:
        """Return a row by hand with the event that it tells of; ``text`` is the row, in whatever language."""
        act = msgspec.structs.replace(reading.act, trigger=reading.act.span)
        when = When(reading.date, reading.published)
        found = {event for name in _LANGUAGES if (event := self.told_in(act, text, name, when))}
        if len(found) != 1:
            return reading
        return msgspec.structs.replace(reading, landmark=found.pop())

    def corrected(self, reading: Reading) -> Reading:
        """Return a reading that somebody corrected: what is at odds with an event now is not taken for it."""
        event = self._known.get(reading.landmark or "")
        if event is None or not self.at_odds(
            event, reading.act, When(reading.date, reading.published)
        ):
            return reading
        return msgspec.structs.replace(reading, landmark=None)

    def at_odds(self, event: Landmark, act: Act, when: When) -> bool:
        """Whether anything that the act tells cannot be of the event."""
        return (
            act.type not in event.types
            or self._told_otherwise(event, act)
            or _days_differ(event, act, when)
        )

    def _told_otherwise(self, event: Landmark, act: Act) -> bool:
        return self._who_differs(event, act) or self._where_differs(event, act)

    def _points(self, event: Landmark, act: Act, told: _Told, when: When) -> int:
        """Return how much speaks for an event of the act's type and days; 0 where it is not the one told."""
        marks = [m for m in event.marks if self._is_told(m, event, act, told, when)]
        if not marks or self._told_otherwise(event, act):
            return 0
        named = when.date is not None and when.date.days <= _LONG and not event.lasts
        there = not set(act.places).isdisjoint(event.places)
        most = max(len(list(_asked(mark))) + _WORD * bool(mark.trigger) for mark in marks)
        return most + _DAY * named + _PLACE * there

    def _is_told(self, mark: Mark, event: Landmark, act: Act, told: _Told, when: When) -> bool:
        if mark.told and mark.told.isdisjoint(told.elsewhere):
            return False
        if mark.places and mark.places.isdisjoint((*act.places, *act.recipients)):
            return False
        if mark.instruments and mark.instruments.isdisjoint(act.instruments):
            return False
        if mark.cues and mark.cues.isdisjoint(act.cues):
            return False
        if (mark.day and not _names_day(event, when)) or not _is_near(event, when, mark.near):
            return False
        if mark.parties and mark.parties.isdisjoint(told.sides):
            return False
        return told.have(mark)

    def _sides(self, act: Act, on: DateRange | None) -> set[str]:
        found = {*act.actors, *act.recipients}
        return (
            found | self._roles.sides(found, on) | {m for w in found for m in self._roles.listed(w)}
        )

    def _who_differs(self, event: Landmark, act: Act) -> bool:
        meet, on = self._roles.meet, event.days
        if event.actors and act.actors and not meet(act.actors, event.actors, on, on):
            return True
        # who is struck may be told as where; of anything else a place says nothing of whom it was for
        struck = (*event.recipients, *(event.places if act.type in _FORCE else ()))
        if not (act.recipients and struck):
            return False
        held = {outer for place in struck for outer in (place, *self._roles.within(place))}
        return held.isdisjoint(act.recipients) and not meet(act.recipients, struck, on, on)

    def _where_differs(self, event: Landmark, act: Act) -> bool:
        """Whether it is told of another place: one that neither is the event's nor holds it."""
        # who is struck says where as well; to whom anything else was said does not
        struck = event.recipients if act.type in _FORCE else ()
        own = {*event.places, *struck}
        if not act.places or not own:
            return False
        return not any(
            place in self._holders(event.places, struck)
            or (event.within and not own.isdisjoint(self._roles.within(place)))
            or self._roles.is_region(place) or self._roles.is_unknown(place)
            for place in act.places
        )  # fmt: skip

    def _holders_of(self, places: tuple[str, ...], recipients: tuple[str, ...]) -> frozenset[str]:
        own = (*places, *recipients)
        return frozenset(outer for p in own for outer in (p, *self._roles.within(p)))


class _Told:
    """In what words an act is told, without accents and capitals, and by or to whom."""

    def __init__(
        self, act: Act, text: str, language: str, sides: Callable[[], set[str]],
        elsewhere: frozenset[str],
    ) -> None:  # fmt: skip
        self._sides, self.elsewhere = sides, elsewhere
        self._act, self._text, self._language = act, text, language
        self._clause: str | None = None
        self._trigger: str | None = None

    @cached_property
    def sides(self) -> set[str]:
        """Whoever is named, with the side he speaks for and the members of a group."""
        return self._sides()

    def have(self, mark: Mark) -> bool:
        """Whether all words of a mark are there."""
        if not (mark.words or mark.trigger):
            return True
        if self._clause is None:
            self._clause = folded(self._text[slice(*self._act.span)])
            self._trigger = folded(self._text[slice(*self._act.trigger)])
        assert self._trigger is not None
        return (
            self._has(mark.trigger, self._trigger)
            and self._has(mark.words, self._clause)
            and self._has(mark.beside, self._clause)
            and not (mark.without and self._has(mark.without, self._clause))
        )

    def _has(self, patterns: Mapping[str, str], text: str) -> bool:
        if not patterns:
            return True
        pattern = patterns.get(self._language) or patterns.get("any")
        return pattern is not None and re.search(pattern, text) is not None


def _asked(mark: Mark) -> Iterator[object]:
    """Yield what a mark asks for."""
    asked = (
        mark.words,
        mark.beside,
        mark.trigger,
        mark.places,
        mark.parties,
        mark.instruments,
        mark.cues,
    )
    yield from (one for one in asked if one)
    yield from (one for one in (mark.day, mark.near is not None) if one)


def _days_differ(event: Landmark, act: Act, when: When) -> bool:
    """Whether it is told of other days, or by a report that could not tell of it so."""
    days = DateRange(event.days.start - _MISDATED, event.days.end + _MISDATED, "range")
    if when.date is not None:
        if event.lasts:
            return when.date.end < days.start
        return not days.overlaps(when.date)
    if when.published is None:
        return False
    if "historical" in act.aux and event.days.end > when.published.start - _OLD:
        return True
    if "future" in act.aux:
        # a meeting has its day long before; what is wished for comes in one way or another
        ahead = timedelta.max if act.type == _MEETING else _EXPECTED
        late = when.published.start > days.end and not event.lasts and act.type not in _GIVEN
        return late or days.start - when.published.end > ahead
    return when.published.end < days.start


def _names_day(event: Landmark, when: When) -> bool:
    if when.date is None:
        return False
    first, last = event.days.start - _MISDATED, event.days.end + _MISDATED
    return first <= when.date.start and when.date.end <= last and event.days.overlaps(when.date)


def _is_near(event: Landmark, when: When, days: int | None) -> bool:
    """Whether the report appeared in so many days after the event, or just before it; None: whenever."""
    if days is None:
        return True
    if when.published is None or when.published.days > _LONG:
        return False
    first, last = event.days.start - _AHEAD, event.days.end + timedelta(days=days)
    return first <= when.published.end and when.published.start <= last
