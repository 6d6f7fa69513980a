"""Offices that a report gives to people by name: « le ministre de la Défense, Jan Nowak ».

Comes in: the mentions of a report. Goes out: where an office stands beside a person's name, which offices it
can be, and whose.
"""

from __future__ import annotations

import re

from foedus.acts import DateRange
from foedus.coding.who.mentions import MentionIndex
from foedus.world import World

__all__ = ["posts_named"]


def posts_named(
    index: MentionIndex, gap: re.Pattern[str], world: World, published: DateRange | None
) -> list[tuple[int, tuple[str, ...], str]]:
    """Return « office, Name » pairs in order: the offset, the offices that it can be, the person.

    Args:
        index: the mentions of the report.
        gap: what may stand between an office and a name that are one.
        world: the register.
        published: the day of the report, as far as it is known.
    """
    found = []
    for first, second in zip(index.mentions, index.mentions[1:], strict=False):
        between = index.folded[first.span[1] : second.span[0]]
        if len(between) > 8 or not gap.fullmatch(between):
            continue
        pair = {first.kind: first, second.kind: second}
        if "office" in pair and "person" in pair and len(pair["person"].entities) == 1:
            person = pair["person"].entities[0]
            offices = _of_these(person, pair["office"].entities, world, published)
            if offices:
                found.append((first.span[0], offices, person))
    return found


def _of_these(
    person: str, offices: tuple[str, ...], world: World, published: DateRange | None
) -> tuple[str, ...]:
    """« son président, X »: of all presidents the one that X is, as far as the register knows."""
    if len(offices) == 1:
        return offices
    entity = world.entity(person)
    held = {*world.offices_of(person, published)}
    held = held or {*world.offices_of(person, None)}
    his = tuple(o for o in offices if o in held)
    if his or entity is None:
        return his
    return tuple(o for o in offices if world.side_of(o, None) == entity.nationality)
