"""Which tellings are one fact.

Comes in: readings (acts as reports tell them). Goes out: facts, each with all its readings.

Method: leader clustering with complete link. Readings are taken in the order in which they became
known, of one day the best specified first; each joins the cluster with which it shares most, if nothing
sets it apart from *any* reading there and it shares enough with at least one. So what is told later never
parts or joins what was told before: that stays as it was read then, and later tellings are added to it. Two clusters that fit
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

from foedus.ledger.consolidate import consolidate
from foedus.ledger.joining.items import Item, block_of, item_of
from foedus.ledger.joining.likeness import Likeness
from foedus.ledger.joining.placing import Block
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import Rules, load_rules
from foedus.ledger.spells import ALWAYS, NEVER

__all__ = ["affinity", "fact_order", "group_facts", "groups_of", "set_apart"]


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
    """Return ``readings`` in groups that tell of one thing each, in the order in which these became known."""
    blocks: dict[str, dict[tuple[str, str], Reading]] = defaultdict(dict)
    for reading in readings:
        blocks[block_of(reading, rules, roles)].setdefault(
            (reading.citation.source, reading.act.id), reading
        )
    groups: list[list[Reading]] = []
    for name in sorted(blocks):
        told: dict[int, Reading] = {}
        items: list[Item] = []
        for reading in blocks[name].values():
            item = item_of(reading, rules, roles, (_known(reading), ALWAYS))
            told[item.name] = reading
            items.append(item)
        block = Block(rules, name.split()[0])
        block.change(items)
        groups += [[told[item.name] for item in cluster] for cluster in block.clusters()]
    return groups


def _known(reading: Reading) -> int:
    """Return the day by which its report had certainly appeared."""
    return NEVER if reading.published is None else reading.published.end.toordinal()


def affinity(a: Reading, b: Reading, rules: Rules, roles: Roles) -> int:
    """Return the points for what two readings share, whatever sets them apart."""
    like = Likeness(rules, a.act.type)
    return like.shared(item_of(a, rules, roles), item_of(b, rules, roles))


def set_apart(a: Reading, b: Reading, rules: Rules, roles: Roles) -> str | None:
    """Return what sets two readings of one event type apart, however much they share; None: nothing."""
    like = Likeness(rules, a.act.type)
    return like.apart(item_of(a, rules, roles), item_of(b, rules, roles))


def fact_order(fact: Fact) -> tuple[str, str, str]:
    """Sort key of facts: by the day they happened or were first told, then by id."""
    at = fact.date or fact.first_told
    return (at.start.isoformat(), at.end.isoformat(), fact.id) if at else ("~", "~", fact.id)
