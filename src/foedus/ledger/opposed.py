"""Facts of which one tells the contrary of another: one report has it refused, another agreed to.

Comes in: facts. Goes out: a difference for each two of them that cannot both be so: the same side, the same thing,
told on the same days by different reports. They stay two facts, since to refuse and to agree are acts of two
types; here they stand side by side, each with who says it. Nothing is decided.

Which types are contraries, and how many days apart two reports may be, is data (``opposed`` in ``rules.yaml``): a
side that refuses in March and agrees in May has changed its mind, and nobody contradicts anybody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from foedus.ledger.consolidate import difference
from foedus.ledger.joining import Item, fact_order, item_of
from foedus.ledger.joining.common import open_place, places_meet, recipients_meet, same_target
from foedus.ledger.joining.wording import ENOUGH, same_words
from foedus.ledger.records import Difference, Fact, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import CueKinds, Rules, load_rules

__all__ = ["OPPOSED", "Opposed", "opposed_facts", "opposed_types"]

OPPOSED = "opposed"
"""The field of such a difference; its values are event types."""
_UNSURE = frozenset(("negation", "hypothetical", "historical"))


class Opposed(msgspec.Struct, frozen=True, kw_only=True):
    """Two facts that tell the contrary of each other, and by which acts."""

    fact: Fact
    other: Fact
    difference: Difference


class _Telling(NamedTuple):
    fact: Fact
    reading: Reading


def opposed_facts(
    facts: Iterable[Fact], *, world: WorldLike | None = None, cues: CueKinds | None = None
) -> tuple[Opposed, ...]:
    """Return every two facts of which different reports of the same days tell the contrary.

    Args:
        facts: facts of one ledger; those of types that have no contrary are passed over.
        world: who speaks for whom; without it everybody stands for himself.
        cues: what the alliance's cues are (:meth:`Ledger.cues`).

    The one that comes first in the order of facts is ``fact``. Tellings that deny, suppose or look far back oppose
    nothing; and where one report tells of both facts, it tells how the one came after the other.
    """
    rules, roles = load_rules().speaking_of(cues or CueKinds()), Roles(world)
    told = _by_side_and_day(facts, roles)
    made: dict[int, Item] = {}

    def item(reading: Reading) -> Item:
        if id(reading) not in made:
            made[id(reading)] = item_of(reading, rules, roles)
        return made[id(reading)]

    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    by_id: dict[str, Fact] = {}
    for one, other in _met(told, rules):
        if _told_together(one.fact, other.fact) or not _contrary(
            item(one.reading), item(other.reading), one.reading, other.reading
        ):
            continue
        first, second = sorted((one, other), key=lambda t: fact_order(t.fact))
        values = found[first.fact.id, second.fact.id]
        for telling in (first, second):
            by_id[telling.fact.id] = telling.fact
            values[telling.fact.type].append(telling.reading.act.id)
    rows = [
        Opposed(fact=by_id[a], other=by_id[b], difference=difference(OPPOSED, values))
        for (a, b), values in found.items()
    ]
    return tuple(sorted(rows, key=lambda o: (fact_order(o.fact), fact_order(o.other))))


def opposed_types() -> frozenset[str]:
    """Return the event types that have a contrary."""
    declared = load_rules().opposed.types
    return frozenset(declared).union(*declared.values())


_Told = dict[tuple[str, str, int], list[_Telling]]
"""By event type, side and the last day on which the report can have appeared."""


def _by_side_and_day(facts: Iterable[Fact], roles: Roles) -> _Told:
    types = opposed_types()
    found: _Told = defaultdict(list)
    for fact in facts:
        for r in fact.readings if fact.type in types else ():
            if r.published is None or not _UNSURE.isdisjoint(r.act.aux):
                continue
            for side in roles.sides(r.act.actors, r.published):
                found[fact.type, side, r.published.end.toordinal()].append(_Telling(fact, r))
    return found


def _met(told: _Told, rules: Rules) -> Iterator[tuple[_Telling, _Telling]]:
    """Yield tellings of contrary types, of one side, in different reports of the same days."""
    apart = rules.opposed.days
    for (kind, side, day), ours in told.items():
        for other in rules.opposed.types.get(kind, ()):
            for near in range(day - apart, day + apart + 1):
                for theirs in told.get((other, side, near), ()):
                    yield from ((o, theirs) for o in ours)


def _told_together(one: Fact, other: Fact) -> bool:
    """Whether one report tells of both: « qui refusait jusque-là, va livrer » contradicts nobody."""
    sources = {r.citation.source for r in one.readings}
    return any(r.citation.source in sources for r in other.readings)


def _contrary(a: Item, b: Item, one: Reading, other: Reading) -> bool:
    """Whether two tellings, of one side and of contrary types, are of the same thing."""
    p, q = a.profile, b.profile
    if one.date is not None and other.date is not None and not one.date.overlaps(other.date):
        return False
    if p.instruments and q.instruments and p.instruments.isdisjoint(q.instruments):
        return False
    if p.recipients and q.recipients and not recipients_meet(p, q):
        return False
    if p.places and q.places and not (open_place(p, q) or places_meet(p, q)):
        return False
    words = same_words(a, b) >= ENOUGH
    thing = (
        words or not p.instruments.isdisjoint(q.instruments) or not p.narrow.isdisjoint(q.narrow)
    )
    where = recipients_meet(p, q) or places_meet(p, q) or same_target(p, q)
    nowhere = not (p.recipients or p.places) or not (q.recipients or q.places)
    return thing and (where or words or nowhere)
