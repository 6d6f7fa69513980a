"""Which tellings are one fact.

Comes in: readings (acts as reports tell them). Goes out: facts, each with all its readings.

Method: leader clustering with complete link. Readings are taken in an order that depends on their
content alone, the best specified first; each joins the cluster with which it shares most, if nothing
sets it apart from *any* reading there and it shares enough with at least one. Two clusters that fit
equally well leave it by itself: a vague telling must not decide which of two events it is. What sets
readings apart: event type, historical against real, roles that cannot be one, days that do not meet; a
supposition or announcement against a deed, and a denial against an affirmation, unless it is clearly
the same specific thing. What is done by saying, and what is ruled out, is a new fact
each time it is said: a standing position is the status of a limit, not one fact of many days.

A fact's id is a hash of the ids of its acts (each a hash of report, kind and span), so that adding
a report again changes nothing; a fact that gains or loses a telling gets a new id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from foedus.acts import Act, DateRange
from foedus.ledger.consolidate import consolidate
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import Rules, load_rules
from foedus.ledger.tellings import details_differ, is_campaign, same_number, told_alike

__all__ = ["affinity", "fact_order", "group_facts", "groups_of", "likely_days", "set_apart"]

_LONG = 400
"""Days beyond which a range is looked for everywhere."""
_FEW = 4
"""Days of two windows that place two tellings near one another: a day, and two before a report."""
_CELL = 16
"""Days of a stretch of time in the index."""

_Key = tuple[str, bool]


class _Item(NamedTuple):
    """A reading with what the comparison asks for again and again."""

    reading: Reading
    act: Act
    narrow: frozenset[str]
    window: DateRange | None
    dated: bool
    future: bool
    negated: bool
    supposed: bool


def group_facts(
    readings: Iterable[Reading], *, world: WorldLike | None = None, rules: Rules | None = None
) -> tuple[Fact, ...]:
    """Return the facts that ``readings`` tell, sorted by date, then id.

    The result does not depend on the order of ``readings``; a reading given twice counts once.
    """
    rules, roles = rules or load_rules(), Roles(world)
    groups = groups_of(tuple(readings), rules, roles)
    return tuple(sorted((consolidate(group, roles) for group in groups), key=fact_order))


def groups_of(readings: Sequence[Reading], rules: Rules, roles: Roles) -> list[list[Reading]]:
    """Return ``readings`` in groups that tell of one thing each, in an order of their content."""
    copied = _copied(readings)
    blocks: dict[_Key, dict[tuple[str, str], Reading]] = defaultdict(dict)
    for reading in readings:
        aux = reading.act.aux
        key: _Key = (reading.act.type, "historical" in aux)
        blocks[key].setdefault((reading.citation.source, reading.act.id), reading)
    groups: list[list[Reading]] = []
    for key in sorted(blocks):
        items = [_item(r, rules) for r in blocks[key].values()]
        for cluster in _Block(rules, roles, copied).clusters(sorted(items, key=_order)):
            groups.append([i.reading for i in cluster])
    return groups


def affinity(a: Reading, b: Reading, rules: Rules, roles: Roles) -> int:
    """Return the points for what two readings share, whatever sets them apart."""
    return _Block(rules, roles, _copied((a, b))).shared(_item(a, rules), _item(b, rules))


def set_apart(a: Reading, b: Reading, rules: Rules, roles: Roles) -> str | None:
    """Return what sets two readings of one event type apart, however much they share; None: nothing."""
    return _Block(rules, roles, _copied((a, b))).apart(_item(a, rules), _item(b, rules))


def _copied(readings: Iterable[Reading]) -> frozenset[str]:
    """Return the groups of which more than one report is among the readings: copies of one text."""
    reports: dict[str, set[str]] = defaultdict(set)
    for reading in readings:
        reports[reading.group].add(reading.citation.source)
    return frozenset(group for group, sources in reports.items() if len(sources) > 1)


def fact_order(fact: Fact) -> tuple[str, str, str]:
    """Sort key of facts: by the day they happened or were first told, then by id."""
    at = fact.date or fact.first_told
    return (at.start.isoformat(), at.end.isoformat(), fact.id) if at else ("~", "~", fact.id)


def _item(reading: Reading, rules: Rules) -> _Item:
    act = reading.act
    return _Item(
        reading, act, rules.narrow(act.cues, act.instruments), likely_days(reading, rules),
        reading.date is not None, "future" in act.aux, "negation" in act.aux,
        "hypothetical" in act.aux,
    )  # fmt: skip


def likely_days(reading: Reading, rules: Rules) -> DateRange | None:
    """Return the days in which an act took or will take place, so far as one can say.

    Its own date, else days about the publication of its report, as wide as the rules of its event
    type say. None when the report's day is not known as nearly as the rules ask (``vague``).
    """
    if reading.date is not None:
        return reading.date
    act, published = reading.act, reading.published
    rule = rules.types[act.type]
    denied = "negation" in act.aux
    if published is None or published.days > rules.vague["said" if denied else rule.kind]:
        return None
    back, ahead = rule.back, 0
    if denied:
        back = rules.denied_back
    elif "future" in act.aux:
        back, ahead = 0, rule.ahead
    elif "hypothetical" in act.aux:
        ahead = rule.ahead
    elif is_campaign(act, rules):
        back = rules.campaign_back
    try:
        first, last = published.start - timedelta(days=back), published.end + timedelta(days=ahead)
        return DateRange(first, last, "range")
    except OverflowError:
        return None


def _order(item: _Item) -> tuple[int, str, str, tuple[int, int], str]:
    """Best specified first; then by content alone."""
    act = item.act
    told = (
        3 * len(item.narrow) + 2 * item.dated + len(act.instruments)
        + bool(act.actors) + bool(act.recipients) + bool(act.places) + (act.mode is not None)
    )  # fmt: skip
    start = item.window.start.isoformat() if item.window else "~"
    return (-told, start, item.reading.citation.source, act.span, act.id)


def _near(a: _Item, b: _Item) -> bool:
    """Whether one names a day that is among the few on which the other can have been."""
    if a.dated == b.dated or a.window is None or b.window is None:
        return False
    return a.window.days + b.window.days <= _FEW and a.window.overlaps(b.window)


def _cells(item: _Item) -> list[int | None]:
    """Return the stretches of time in which the item must be looked for; [None] is everywhere.

    A day is added on either side, as far as two dates of one event may lie apart.
    """
    window = item.window
    if window is None or window.days > _LONG:
        return [None]
    first, last = window.start.toordinal() - 1, window.end.toordinal() + 1
    return list(range(first // _CELL, last // _CELL + 1))


class _Block:
    """Clusters the readings of one event type."""

    def __init__(self, rules: Rules, roles: Roles, copied: frozenset[str]) -> None:
        self._rules, self._roles, self._copied = rules, roles, copied
        self._clusters: list[list[_Item]] = []
        self._near: dict[tuple[str, int | None], list[int]] = defaultdict(list)
        self._all: dict[str, list[int]] = defaultdict(list)

    def clusters(self, items: Iterable[_Item]) -> list[list[_Item]]:
        """Return the clusters of ``items``, which must come in canonical order."""
        for item in items:
            tokens = self._tokens(item)
            place = self._best(item, tokens)
            if place is None:
                place = len(self._clusters)
                self._clusters.append([])
            self._clusters[place].append(item)
            self._register(item, tokens, place)
        return self._clusters

    def _register(self, item: _Item, tokens: list[str], place: int) -> None:
        cells = _cells(item)
        for token in tokens:
            for known in (self._all[token], *(self._near[token, cell] for cell in cells)):
                if place not in known[-1:]:
                    known.append(place)

    def _reachable(self, item: _Item, tokens: list[str]) -> list[int]:
        """Return the clusters that share a token and a stretch of time with ``item``."""
        cells = _cells(item)
        if cells == [None]:
            return sorted({place for token in tokens for place in self._all.get(token, ())})
        return sorted(
            {
                place
                for token in tokens
                for cell in (*cells, None)
                for place in self._near.get((token, cell), ())
            }
        )

    def _tokens(self, item: _Item) -> list[str]:
        """What another reading must have some of to reach the points for one fact."""
        on = item.reading.published
        act = item.act
        who = {*act.actors, *act.recipients, *act.places}
        who |= {side for w in sorted(who) if (side := self._roles.side(w, on))}
        who |= {outer for p in act.places for outer in self._roles.within(p)}
        found = {*who, *act.instruments, *(f"cue:{c}" for c in item.narrow)}
        if item.reading.group in self._copied and act.rule is not None:
            found.add(f"copy:{item.reading.group}:{act.rule}")
        return sorted(found)

    def _best(self, item: _Item, tokens: list[str]) -> int | None:
        """Return the cluster to join: most points, then one of the same report; no tie."""
        best: tuple[int, bool, int] | None = None
        tied = False
        for place in self._reachable(item, tokens):
            cluster = self._clusters[place]
            points = self._points(item, cluster)
            if points is None:
                continue
            source = item.reading.citation.source
            rank = (points, any(o.reading.citation.source == source for o in cluster))
            if best is None or rank > best[:2]:
                best, tied = (*rank, place), False
            elif rank == best[:2]:
                tied = True
        return None if best is None or tied else best[2]

    def _points(self, item: _Item, cluster: list[_Item]) -> int | None:
        """Return the most points shared with a reading of the cluster; None when it cannot join."""
        most = 0
        for other in cluster:
            if self.apart(item, other):
                return None
            most = max(most, self.shared(item, other))
        return most if most >= self._rules.types[item.act.type].need else None

    def apart(self, a: _Item, b: _Item) -> str | None:
        """Return what sets the two readings apart, however much they share; None: nothing."""
        if a.narrow and b.narrow and not a.narrow & b.narrow:
            return "cues"
        if not self._can_be_one(a, b):
            return "roles"
        if details_differ(a.act, b.act, self._rules):
            return "details"
        if self._days_differ(a, b):
            return "days"
        if a.supposed != b.supposed and not self._deed(a, b):
            return "supposed"
        if (a.negated != b.negated or a.future != b.future) and not self._specific(a, b):
            return "standing"
        return None

    def _can_be_one(self, a: _Item, b: _Item) -> bool:
        on_a, on_b = a.reading.published, b.reading.published
        rule = self._rules.types[a.act.type]
        if rule.kind == "meeting" and self._other_company(a, b):
            return False
        if rule.strict and not self._roles.targets_can_meet(a.act, b.act, on_a, on_b):
            return False
        if self._roles.can_be_one(a.act, b.act, on_a, on_b):
            return True
        return self._mistaken(a, b) and self._roles.can_be_one(
            msgspec.structs.replace(a.act, actors=b.act.actors), b.act, on_a, on_b
        )

    def _other_company(self, a: _Item, b: _Item) -> bool:
        """Whether two meetings are of different parties: each has one that the other lacks, or a body
        meets by itself in the one and with others in the other.
        """
        if a.narrow & b.narrow:
            return False
        sides = (self._roles.sides(i.act.actors, i.reading.published) for i in (a, b))
        few, more = sorted(sides, key=len)
        alone = len(few) == 1 and self._roles.is_body(min(few))
        return bool(few) and few != more and (alone or not few <= more) and len(more) > 1

    def _mistaken(self, a: _Item, b: _Item) -> bool:
        """Whether one report may have taken one state for another: the same thing, told elsewhere."""
        return (
            self._rules.takes_for(a.act.actors, b.act.actors)
            and a.reading.citation.source != b.reading.citation.source
            and bool(set(a.act.instruments) & set(b.act.instruments))
        )

    def _days_differ(self, a: _Item, b: _Item) -> bool:
        shared = a.narrow & b.narrow
        together = a.reading.citation.source == b.reading.citation.source
        unknown = a.window is None or b.window is None
        if together and (unknown or (shared and not (a.dated and b.dated))):
            # A story comes back to its one event; that it says the day once sets nothing apart.
            return False
        if a.window is None or b.window is None:
            return a.negated or b.negated or not self._rare(a, b)
        if a.window.overlaps(b.window):
            return False
        # Reports misplace an event by a day (« yesterday » in a text of the night before); only a
        # cue that singles the event out makes that likelier than two events on two days.
        gap = max(a.window.start - b.window.end, b.window.start - a.window.end)
        sure = bool(shared) if a.dated and b.dated else self._rare(a, b)
        return not (sure and gap.days <= 1)

    def _rare(self, a: _Item, b: _Item) -> bool:
        """Whether they share a cue of what happens once in a while, and are no position; or are one war."""
        if is_campaign(a.act, self._rules) and is_campaign(b.act, self._rules):
            return True
        shared = (a.narrow & b.narrow).intersection(self._rules.rare_cues)
        return bool(shared) and not self._rules.types[a.act.type].repeated

    def _specific(self, a: _Item, b: _Item) -> bool:
        """Whether denial and affirmation, or announcement and deed, are of the same thing."""
        shared_cue = bool(a.narrow & b.narrow)
        same_day = a.dated and b.dated
        if a.future != b.future and not (a.negated or b.negated):
            meeting = self._rules.types[a.act.type].kind == "meeting"
            return same_day or (meeting and shared_cue) or self._rare(a, b) or self._deed(a, b)
        return shared_cue or (same_day and self._same_parties(a, b))

    def _deed(self, a: _Item, b: _Item) -> bool:
        """Whether a plan, a rumour and a report of done are of one deed: who, for whom, what exactly."""
        # A report that tells a plan and a deed beside each other means two things.
        together = a.reading.citation.source == b.reading.citation.source
        if together or self._rules.types[a.act.type].strict:
            return False
        x, y = a.act, b.act
        tools = set(x.instruments) & set(y.instruments)
        ends = self._same_parties(a, b) or self._roles.places_meet(x.recipients, y.places)
        met = self._roles.meet(x.actors, y.actors, a.reading.published, b.reading.published)
        exact = bool(tools.difference(self._rules.generic_instruments))
        # What a body sends somewhere it sends every week; a state sends its contingent to a state once.
        own = bool(tools) and not any(map(self._roles.is_body, (*x.actors, *y.actors)))
        own = own and any(map(self._roles.is_state, (*x.recipients, *x.places)))
        own = own and not (x.quantities and y.quantities)
        return met and (same_number(x, y) or (ends and (exact or own)))

    def _same_parties(self, a: _Item, b: _Item) -> bool:
        on_a, on_b = a.reading.published, b.reading.published
        return self._roles.meet(a.act.actors, b.act.actors, on_a, on_b) and (
            self._roles.meet(a.act.recipients, b.act.recipients, on_a, on_b)
            or self._roles.places_meet(a.act.places, b.act.places)
        )

    def shared(self, a: _Item, b: _Item) -> int:
        """Return the points for what two items share."""
        points, roles = self._rules.points, self._roles
        on_a, on_b = a.reading.published, b.reading.published
        x, y = a.act, b.act
        recipients = roles.meet(x.recipients, y.recipients, on_a, on_b)
        places = roles.places_meet(x.places, y.places)
        target = not recipients and not places and (
            roles.places_meet(x.recipients, y.places) or roles.places_meet(x.places, y.recipients)
        )  # fmt: skip
        broad = bool(set(x.cues) & set(y.cues))
        together = a.reading.citation.source == b.reading.citation.source
        return (
            (points.cue if a.narrow & b.narrow else points.broad_cue * broad)
            + points.actors * (roles.meet(x.actors, y.actors, on_a, on_b) or self._mistaken(a, b))
            + points.recipients * recipients
            + points.places * places
            + points.target * target
            + points.instruments * bool(set(x.instruments) & set(y.instruments))
            + points.day * (a.dated and b.dated)
            + points.near_day * _near(a, b)
            + points.quantity * same_number(x, y)
            + points.mode * (x.mode is not None and x.mode == y.mode)
            + self._rules.types[x.type].same_report * together
            + points.rule * (x.rule is not None and x.rule == y.rule)
            + points.copy * self._in_copies(a, b)
        )

    def _in_copies(self, a: _Item, b: _Item) -> bool:
        """Whether two copies of one text tell them: by the same wording, or in the same words."""
        x, y = a.act, b.act
        return (
            a.reading.group == b.reading.group
            and a.reading.citation.source != b.reading.citation.source
            and x.rule == y.rule
            and (x.rule is not None or told_alike(x, y))
        )
