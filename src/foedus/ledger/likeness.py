"""What two tellings share, and what sets them apart.

Comes in: readings. Goes out: :class:`Item`s (a reading with what the comparison asks for again and
again) and, for two of them, the points they share or that they cannot be one fact. Everything here
looks at two tellings alone: how clusters come of it is told in :mod:`foedus.ledger.placing`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta

import msgspec

from foedus.acts import DateRange
from foedus.ledger.records import Reading
from foedus.ledger.roles import Roles, modes_agree
from foedus.ledger.rules import Rules
from foedus.ledger.spells import ALWAYS, NEVER, Life

__all__ = ["Item", "Likeness", "Profile", "block_of", "item_of", "likely_days"]

Order = tuple[int, int, str, int, int, str]
"""Best specified first; then by content alone."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """What a telling says, apart from when, where it stands and its figures.

    ``wide_`` lists hold, beside who or what is named, the sides they speak for or the places they
    lie in; ``within`` holds the recipients and the places they lie in.
    """

    narrow: frozenset[str]
    cues: frozenset[str]
    actors: frozenset[str]
    wide_actors: frozenset[str]
    recipients: frozenset[str]
    wide_recipients: frozenset[str]
    within: frozenset[str]
    places: frozenset[str]
    wide_places: frozenset[str]
    instruments: frozenset[str]
    mode: str | None
    negated: bool
    future: bool
    dated: bool


class Item:
    """A telling in its block. ``start`` and ``end`` are ordinals of its likely days, or None.

    ``life`` are the days by which it was known: from the first, up to the second. ``spells`` tell
    in which cluster it is for which of them, ``low`` the least points that ever decided it, ``torn``
    between which clusters it could not choose.
    """

    __slots__ = (
        "end", "group", "life", "low", "name", "numbers", "order", "profile", "rule", "source",
        "spells", "start", "torn",
    )  # fmt: skip

    def __init__(
        self, name: int, order: Order, profile: Profile, days: tuple[int, int] | None,
        group: str, rule: str | None, numbers: frozenset[str], life: Life,
    ) -> None:  # fmt: skip
        self.name, self.order, self.profile, self.life = name, order, profile, life
        self.source, self.group, self.rule, self.numbers = order[2], group, rule, numbers
        self.start: int | None = days[0] if days is not None else None
        self.end: int | None = days[1] if days is not None else None
        self.spells: tuple[tuple[int, int, int], ...] = ()
        self.low = 0
        self.torn: tuple[int, ...] = ()


def block_of(reading: Reading) -> str:
    """Return the block of a reading: only tellings of one block can be one fact."""
    aux = reading.act.aux
    return " ".join((reading.act.type, *(a for a in ("hypothetical", "historical") if a in aux)))


def likely_days(reading: Reading, rules: Rules) -> DateRange | None:
    """Return the days in which an act took or will take place, so far as one can say.

    Its own date, else days about the publication of its report, as wide as the rules of its event
    type say. None when the report's day is not known as nearly as the rules ask (``vague``).
    """
    if reading.date is not None:
        return reading.date
    published = reading.published
    rule = rules.types[reading.act.type]
    kind = "said" if "negation" in reading.act.aux else rule.kind
    if published is None or published.days > rules.vague[kind]:
        return None
    try:
        if "future" in reading.act.aux and "negation" not in reading.act.aux:
            return DateRange(published.start, published.end + timedelta(days=rule.ahead), "range")
        return DateRange(published.start - timedelta(days=rule.back), published.end, "range")
    except OverflowError:
        return None


def _profile(reading: Reading, rules: Rules, roles: Roles) -> Profile:
    act, on = reading.act, reading.published

    def wide(who: Iterable[str]) -> frozenset[str]:
        return frozenset(who) | {side for w in who if (side := roles.side(w, on))}

    def holders(places: Iterable[str]) -> frozenset[str]:
        return frozenset(places) | {outer for p in places for outer in roles.within(p)}

    return Profile(
        narrow=rules.narrow(act.cues, act.instruments), cues=frozenset(act.cues),
        actors=frozenset(act.actors), wide_actors=wide(act.actors),
        recipients=frozenset(act.recipients), wide_recipients=wide(act.recipients),
        within=holders(act.recipients),
        places=frozenset(act.places), wide_places=holders(act.places),
        instruments=frozenset(act.instruments), mode=act.mode,
        negated="negation" in act.aux, future="future" in act.aux, dated=reading.date is not None,
    )  # fmt: skip


def item_of(
    reading: Reading, rules: Rules, roles: Roles, life: Life = (NEVER, ALWAYS)
) -> Item:  # fmt: skip
    """Return a reading as an item.

    Its name is a hash of all that its place can depend on but the group: that of many tellings changes
    when a copy of their report comes, and little follows from it.
    """
    act, window = reading.act, likely_days(reading, rules)
    profile = _profile(reading, rules, roles)
    told = (
        3 * len(profile.narrow) + 2 * profile.dated + len(act.instruments)
        + bool(act.actors) + bool(act.recipients) + bool(act.places) + (act.mode is not None)
    )  # fmt: skip
    days = None if window is None else (window.start.toordinal(), window.end.toordinal())
    first = ALWAYS if days is None else days[0]
    order = (-told, first, reading.citation.source, *act.span, act.id)
    numbers = frozenset(f"{q.value!r} {q.of}" for q in act.quantities)
    content = msgspec.json.encode((msgspec.structs.replace(reading, group=""), life))
    name = int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=True)
    return Item(name, order, profile, days, reading.group, act.rule, numbers, life)


class Likeness:
    """Compares the items of one event type."""

    def __init__(self, rules: Rules, kind: str) -> None:
        self._rules, self._points, self._type = rules, rules.points, rules.types[kind]
        self._rare = frozenset(rules.rare_cues)
        self._confused = frozenset(frozenset(pair) for pair in rules.confused)
        self.need = self._type.need

    def apart(self, a: Item, b: Item) -> bool:
        """Whether something sets the two tellings apart, however much they share."""
        p, q = a.profile, b.profile
        if p.narrow and q.narrow and p.narrow.isdisjoint(q.narrow):
            return True
        if not modes_agree(p.mode, q.mode) or self._parties_differ(a, b):
            return True
        if p.instruments and q.instruments and p.instruments.isdisjoint(q.instruments):
            return True
        if self._type.strict and (
            bool(p.instruments) != bool(q.instruments) or p.mode != q.mode
        ):  # fmt: skip
            return True
        return self._days_differ(a, b) or self._told_otherwise(p, q)

    def shared(self, a: Item, b: Item) -> int:
        """Return the points for what two items share, whatever sets them apart."""
        points, p, q = self._points, a.profile, b.profile
        together = a.source == b.source
        total = self._same_things(a, b) + self._type.same_report * together
        total += points.day * (p.dated and q.dated)
        total += points.mode * (p.mode is not None and p.mode == q.mode)
        if a.numbers and not a.numbers.isdisjoint(b.numbers):
            total += points.quantity
        if a.rule is not None and a.rule == b.rule:
            total += points.rule
            # two copies of one text tell it, by the same wording
            total += points.copy * (a.group == b.group and not together)
        return total

    def link(self, a: Item, b: Item) -> int:
        """Return the points shared if the two can be one fact and share enough for it, else 0.

        Of two reports, only what :class:`~foedus.ledger.nearby.Nearby` finds may be asked for: that
        they have something in common and no list at odds is then known.
        """
        if a.source == b.source:
            if not self._tied(a, b) or self.apart(a, b):
                return 0
        elif self._days_differ(a, b) or self._told_otherwise(a.profile, b.profile):
            return 0
        found = self.shared(a, b)
        return found if found >= self.need else 0

    def _tied(self, a: Item, b: Item) -> bool:
        """Whether they name somebody, something or some place in common."""
        p, q = a.profile, b.profile
        return (
            not p.narrow.isdisjoint(q.narrow) or not p.instruments.isdisjoint(q.instruments)
            or _actors_meet(p, q) or _recipients_meet(p, q) or _places_meet(p, q) or _target(p, q)
        )  # fmt: skip

    def _same_things(self, a: Item, b: Item) -> int:
        points, p, q = self._points, a.profile, b.profile
        total = 0
        if not p.narrow.isdisjoint(q.narrow):
            total += points.cue
        elif not p.cues.isdisjoint(q.cues):
            total += points.broad_cue
        if p.actors and q.actors and (_actors_meet(p, q) or self._mistaken(a, b)):
            total += points.actors
        recipients = p.recipients and q.recipients and _recipients_meet(p, q)
        places = p.places and q.places and _places_meet(p, q)
        if recipients:
            total += points.recipients
        if places:
            total += points.places
        elif not recipients and _target(p, q):
            total += points.target
        if not p.instruments.isdisjoint(q.instruments):
            total += points.instruments
        return total

    def _parties_differ(self, a: Item, b: Item) -> bool:
        p, q = a.profile, b.profile
        return (
            bool(p.places and q.places and not _places_meet(p, q))
            or bool(p.recipients and q.recipients and not _recipients_meet(p, q))
            or bool(p.actors and q.actors and not _actors_meet(p, q) and not self._mistaken(a, b))
        )

    def _mistaken(self, a: Item, b: Item) -> bool:
        """Whether one report may have taken one state for another: the same thing, told elsewhere."""
        p, q = a.profile, b.profile
        return (
            len(p.actors) == 1 == len(q.actors)
            and p.actors | q.actors in self._confused
            and a.source != b.source
            and not p.instruments.isdisjoint(q.instruments)
        )

    def _days_differ(self, a: Item, b: Item) -> bool:
        if a.start is not None and b.start is not None and a.end is not None and b.end is not None:
            gap = max(a.start - b.end, b.start - a.end)
            if gap <= 0:
                return False
        else:
            gap = None
        p, q = a.profile, b.profile
        shared = p.narrow & q.narrow
        if a.source == b.source and (gap is None or (shared and not (p.dated and q.dated))):
            # A story comes back to its one event; that it says the day once sets nothing apart.
            return False
        rare = not shared.isdisjoint(self._rare)
        if gap is None:
            return p.negated or q.negated or not rare
        # Reports misplace an event by a day (« yesterday » in a text of the night before); only a
        # cue that singles the event out makes that likelier than two events on two days.
        sure = bool(shared) if p.dated and q.dated else rare
        return not (sure and gap <= 1)

    def _told_otherwise(self, p: Profile, q: Profile) -> bool:
        return (p.negated != q.negated or p.future != q.future) and not self._specific(p, q)

    def _specific(self, p: Profile, q: Profile) -> bool:
        """Whether denial and affirmation, or announcement and deed, are of the same thing."""
        shared_cue = not p.narrow.isdisjoint(q.narrow)
        same_day = p.dated and q.dated
        if p.future != q.future and not (p.negated or q.negated):
            return same_day or (self._type.kind == "meeting" and shared_cue)
        parties = _actors_meet(p, q) and (_recipients_meet(p, q) or _places_meet(p, q))
        return shared_cue or (same_day and parties)


def _actors_meet(p: Profile, q: Profile) -> bool:
    """Whether they name somebody in common, himself or by the side he speaks for."""
    return not (
        p.actors.isdisjoint(q.wide_actors) and p.wide_actors.isdisjoint(q.actors)
    )  # fmt: skip


def _recipients_meet(p: Profile, q: Profile) -> bool:
    return not (
        p.recipients.isdisjoint(q.wide_recipients) and p.wide_recipients.isdisjoint(q.recipients)
    )


def _places_meet(p: Profile, q: Profile) -> bool:
    """Whether they name a place in common, or one that lies in the other."""
    return not (p.places.isdisjoint(q.wide_places) and p.wide_places.isdisjoint(q.places))


def _target(p: Profile, q: Profile) -> bool:
    """Whether the recipient of one is the place of the other, or lies in it or about it."""
    if not (p.recipients and q.places) and not (p.places and q.recipients):
        return False
    return not (
        p.recipients.isdisjoint(q.wide_places) and p.within.isdisjoint(q.places)
        and p.places.isdisjoint(q.within) and p.wide_places.isdisjoint(q.recipients)
    )  # fmt: skip
