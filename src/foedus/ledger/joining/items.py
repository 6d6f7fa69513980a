"""Tellings made ready to be compared.

Comes in: readings. Goes out: :class:`Item`s: a reading with what the comparison asks for again and again
(:mod:`foedus.ledger.joining.likeness`), and the days on which what it tells is likely to have happened.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import NamedTuple

import msgspec

from foedus.acts import Amount, DateRange
from foedus.ledger.passages import Place
from foedus.ledger.records import Reading
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.ledger.spells import ALWAYS, NEVER, Life
from foedus.ledger.tracker import load_tracker

__all__ = ["WAR", "Item", "Order", "Profile", "block_of", "item_of", "likely_days"]


class Order(NamedTuple):
    """The order in which tellings are placed: what was known first, of one day what is best specified, then by content."""

    known: int
    """The day by which it was known."""
    told: int
    """How much it tells, below zero."""
    first: int
    """The first of its likely days."""
    source: str
    start: int
    end: int
    act: str


_TELLING = 10
"""The least figure that tells one thing from another."""
_KNOWN = 10
"""By how much it is specified which known event is told."""
_FEW_DAYS = 3
"""Days of a known event in which it counts as one day, whatever day is told."""
_DOUBTS = ("hypothetical", "negation")
WAR = "the war"
"""In :attr:`Profile.once`: a use of force told without any detail, for as long as it lasts."""


class Profile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a telling says, apart from when, where it stands and its figures.

    ``wide_`` lists hold, beside who or what is named, the sides they speak for, the members of a
    group or the places they lie in; ``within`` holds the recipients and the places they lie in.
    ``company`` are the sides of the actors (of meetings alone), ``wide_struck`` recipients and places
    with all of that (where the rules of the type are strict).
    """

    narrow: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    wide_actors: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    recipients: frozenset[str] = frozenset()
    wide_recipients: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    wide_places: frozenset[str] = frozenset()
    wide_struck: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    mode: str | None = None
    manner: str | None = None
    """What of the mode can set it apart."""
    loose: bool = False
    """A place is among the places that lies in no state, as a sea does."""
    body: bool = False
    """An alliance or another body is among the actors."""
    alone: bool = False
    """The company is one body by itself."""
    to_state: bool = False
    """A state is among the recipients or places."""
    once: frozenset[str] = frozenset()
    """The cues of what happens once in a while (of no position), and :data:`WAR`."""
    negated: bool = False
    future: bool = False
    supposed: bool = False
    dated: bool = False
    named: frozenset[str] = frozenset()
    """The instruments that are no class of things and not given every week."""
    marks: frozenset[str] = frozenset()
    """By what it can be told from its like at any distance in time."""
    rare: frozenset[str] = frozenset()
    """The cues of what happens once in a while, be it a position or not."""
    figures: frozenset[str] = frozenset()
    """The figures that tell it from its like, whatever is counted."""
    ongoing: bool = False
    """Told as what goes on, again and again."""
    strange: bool = False
    """A place is among the places of which the register does not know where it lies."""
    landmark: str | None = None
    """The known event of which it tells."""
    open: bool = False
    """Told as past, without a day, or by nobody knows when: it may lie far behind its report."""


class Item:
    """A telling in its block. ``start`` and ``end`` are ordinals of its likely days, or None.

    ``life`` are the days by which it was known: from the first, up to the second. ``spells`` tell
    in which cluster it is for which of them, ``low`` the least points that ever decided it, ``torn``
    between which clusters it could not choose.
    """

    __slots__ = (
        "end", "group", "life", "low", "name", "numbers", "order", "place", "profile", "rule", "source",
        "spells", "start", "story", "torn", "words",
    )  # fmt: skip

    def __init__(
        self, name: int, order: Order, profile: Profile, days: tuple[int, int] | None,
        group: str, rule: str | None, numbers: frozenset[str], life: Life,
        words: tuple[str, ...] = (), place: Place | None = None, story: str = "",
    ) -> None:  # fmt: skip
        self.name, self.order, self.profile, self.life = name, order, profile, life
        self.source, self.group, self.rule, self.numbers = order.source, group, rule, numbers
        self.words, self.place, self.story = words, place, story
        self.start: int | None = days[0] if days is not None else None
        self.end: int | None = days[1] if days is not None else None
        self.spells: tuple[tuple[int, int, int], ...] = ()
        self.low = 0
        self.torn: tuple[int, ...] = ()


@cache
def things_by_name() -> frozenset[str]:
    """Return the things that are a kind of another: a Leopard 2, which is a tank."""
    items = load_tracker().items
    kinds = {item.within for item in items.values()}
    return frozenset(key for key, item in items.items() if item.within and key not in kinds)


def with_their_kinds(things: Iterable[str]) -> Iterator[str]:
    """Yield the things, and what they are kinds of: with a Leopard 2, a tank; but not « weapons »."""
    items = load_tracker().items
    for thing in things:
        yield thing
        kind = items[thing].within if thing in items else None
        while kind is not None and kind != items[kind].class_:
            yield kind
            kind = items[kind].within


def _both(own: tuple[str, ...], taken: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *taken)))


def meant(reading: Reading, roles: Roles) -> Reading:
    """Return a reading with what it takes from another in its report, and from the known event it tells of."""
    reading = _taken(reading)
    event = roles.landmarks.get(reading.landmark or "")
    if event is None:
        return reading
    act = reading.act
    act = msgspec.structs.replace(
        act,
        actors=act.actors if event.actors else (),
    )
    return msgspec.structs.replace(reading, act=act)


def _taken(reading: Reading) -> Reading:
    taken, act = reading.taken, reading.act
    if taken is None:
        return reading
    act = msgspec.structs.replace(
        act, actors=act.actors if taken.whose else (),
        recipients=_both(act.recipients, taken.recipients), places=_both(act.places, taken.places),
        instruments=_both(act.instruments, taken.instruments),
        aux=tuple(a for a in act.aux if not (taken.real and a in _DOUBTS)),
    )  # fmt: skip
    date = reading.date or taken.date
    return msgspec.structs.replace(reading, act=act, date=date)


def block_of(reading: Reading, rules: Rules, roles: Roles) -> str:
    """Return the block of a reading, its event type first: only tellings of one block can be one fact."""
    reading = meant(reading, roles)
    act = reading.act
    known = reading.landmark is not None
    parts = [act.type, *(["historical"] if "historical" in act.aux and not known else [])]
    # the war as a whole, and what is done in it: never one fact
    return " ".join([*parts, *(["war"] if _is_campaign(reading, rules, roles) else [])])


def likely_days(reading: Reading, rules: Rules, roles: Roles) -> DateRange | None:
    """Return the days in which an act took or will take place, so far as one can say.

    Its own date, else days about the publication of its report, as wide as the rules of its event
    type say. None when the report's day is not known as nearly as the rules ask (``vague``).
    """
    if (event := roles.landmarks.get(reading.landmark or "")) is not None:
        if event.days.days <= _FEW_DAYS and not event.lasts:
            return event.days
        if event.lasts and reading.published is not None:
            last = max(event.days.end, reading.published.end)
            return DateRange(event.days.start, last, "range")
    if reading.date is not None:
        return reading.date
    act, published = reading.act, reading.published
    told_of = None if reading.taken is None else reading.taken.around
    if told_of is not None and not _is_campaign(reading, rules, roles):
        first = told_of.start - timedelta(days=rules.told_of.back)
        return DateRange(first, told_of.end + timedelta(days=rules.told_of.ahead), "range")
    rule = rules.types[act.type]
    denied = "negation" in act.aux
    if published is None or published.days > rules.vague["said" if denied else rule.kind]:
        return None
    back, ahead = rule.back, 0
    if denied:
        back = rules.denied_back
    elif "future" in act.aux:
        back, ahead = rules.announced_back, rule.ahead
    elif "hypothetical" in act.aux:
        ahead = rule.ahead
    elif _is_campaign(reading, rules, roles):
        back = rules.campaign_back
    try:
        first, last = published.start - timedelta(days=back), published.end + timedelta(days=ahead)
        return DateRange(first, last, "range")
    except OverflowError:
        return None


def _is_campaign(reading: Reading, rules: Rules, roles: Roles) -> bool:
    """Whether a use of force is told without any detail, by whom and against whom at most: the war."""
    act = reading.act
    if not rules.types[act.type].strict:
        return False
    if (event := roles.landmarks.get(reading.landmark or "")) is not None:
        return event.whole
    if reading.war is False:
        return False
    whose = act.recipients and reading.war and any(map(roles.is_state, act.recipients))
    if not (act.actors or whose or (reading.whole and not act.recipients)):
        return False
    means = set(act.instruments).difference(rules.campaign_means)
    plain = not (act.mode or means or act.quantities)
    return plain and not any(map(roles.is_town, (*act.places, *act.recipients)))


def _marks(reading: Reading, named: Iterable[str], rules: Rules, roles: Roles) -> frozenset[str]:
    """Return by what the act can be told from its like at any distance: who, with what he did it.

    That is a thing of which few are given, a figure, a cue of what happens once in a while, a town; the word
    that tells it, where a side seldom does such a thing.
    """
    act = reading.act
    rule = rules.types[act.type]
    places = [p for p in act.places if roles.is_town(p)] if rule.strict else []
    things = [*named, *(f"{q.value!r}" for q in act.quantities if _tells(q)), *places]
    if not rule.repeated:
        things += rules.narrow(act.cues, act.instruments).intersection(rules.cues.rare)
    if rule.seldom:
        things += [w for w in reading.words if w.startswith("!")]
    sides = roles.sides(act.actors, reading.published)
    return frozenset([*(f"{side} {thing}" for side in sides for thing in things), *places])


def _tells(quantity: Amount) -> bool:
    return quantity.value is not None and quantity.value >= _TELLING


def _profile(reading: Reading, window: DateRange | None, rules: Rules, roles: Roles) -> Profile:
    act, on = reading.act, reading.published
    rule, one = rules.types[act.type], roles.one

    def wide(who: Iterable[str]) -> frozenset[str]:
        return frozenset(who) | {side for w in who if (side := roles.side(w, on))} | {
            member for w in who for member in roles.listed(w)
        }  # fmt: skip

    def holders(places: Iterable[str]) -> frozenset[str]:
        return frozenset(places) | {outer for p in places for outer in roles.within(p)}

    struck = (*act.recipients, *act.places)
    told_where = rule.strict and not any(map(roles.is_unknown, act.places))
    narrow = rules.singling(act.type, act.cues, act.instruments)
    named = things_by_name().intersection(act.instruments).difference(rules.generic_instruments)
    if window is None:
        open_ = reading.past or rule.kind != "said"
    else:
        open_ = reading.past and reading.date is None and "future" not in act.aux
    once = frozenset() if rule.repeated else narrow.intersection(rules.cues.rare)
    company = roles.sides(act.actors, on) if rule.kind == "meeting" else frozenset()
    return Profile(
        open=open_, named=named, figures=one(f"{q.value!r}" for q in act.quantities if _tells(q)),
        rare=one(narrow.intersection(rules.cues.rare)), marks=_marks(reading, named, rules, roles),
        narrow=one(narrow),
        once=one(once | {WAR} if _is_campaign(reading, rules, roles) else once),
        cues=one(act.cues), actors=one(act.actors), wide_actors=one(wide(act.actors)),
        company=one(company), alone=len(company) == 1 and roles.is_body(min(company)),
        recipients=one(act.recipients), wide_recipients=one(wide(act.recipients)),
        within=one(holders(act.recipients)),
        places=one(act.places), wide_places=one(holders(act.places)),
        wide_struck=one(wide(struck) | holders(struck)) if told_where else frozenset(),
        instruments=one(with_their_kinds(act.instruments)),
        mode=None if act.mode is None else sys.intern(act.mode),
        manner=rules.manner(act.type, act.mode), loose=any(map(roles.is_region, act.places)),
        body=any(map(roles.is_body, act.actors)), to_state=any(map(roles.is_state, struck)),
        negated="negation" in act.aux, future="future" in act.aux,
        supposed="hypothetical" in act.aux, dated=reading.date is not None,
        ongoing=reading.ongoing, strange=any(map(roles.is_unknown, act.places)),
        landmark=reading.landmark and sys.intern(reading.landmark),
    )  # fmt: skip


def item_of(
    reading: Reading, rules: Rules, roles: Roles, life: Life = (NEVER, ALWAYS)
) -> Item:  # fmt: skip
    """Return a reading as an item.

    Its name is a hash of all that its place can depend on but the group: that of many tellings changes
    when a copy of their report comes, and little follows from it.
    """
    content = msgspec.json.encode((msgspec.structs.replace(reading, group=""), life))
    reading = meant(reading, roles)
    act, window = reading.act, likely_days(reading, rules, roles)
    profile = _profile(reading, window, rules, roles)
    told = (
        3 * len(profile.narrow) + 2 * profile.dated + len(act.instruments)
        + bool(act.actors) + bool(act.recipients) + bool(act.places) + (act.mode is not None)
        + _KNOWN * (profile.landmark is not None)
    )  # fmt: skip
    days = None if window is None else (window.start.toordinal(), window.end.toordinal())
    first = ALWAYS if days is None else days[0]
    order = Order(life[0], -told, first, reading.citation.source, *act.span, act.id)
    numbers = roles.one(f"{q.value!r} {q.of}" for q in act.quantities)
    name = int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "big", signed=True)
    rule = None if act.rule is None else sys.intern(act.rule)
    return Item(
        name, order, profile, days, reading.group, rule, numbers, life, reading.words,
        reading.place, sys.intern(reading.story),
    )  # fmt: skip
