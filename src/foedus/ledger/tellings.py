"""What two tellings of an act have in common by themselves, whoever told them and when.

Comes in: acts. Goes out: yes or no, to :mod:`foedus.ledger.grouping`.
"""

from __future__ import annotations

from foedus.acts import Act
from foedus.ledger.rules import Rules

__all__ = ["details_differ", "is_campaign", "same_number", "told_alike"]


def details_differ(a: Act, b: Act, rules: Rules) -> bool:
    """Whether instruments (and, where the type is strict, having any, and mode) set two acts apart."""
    tools_a, tools_b = set(a.instruments), set(b.instruments)
    if tools_a and tools_b and not tools_a & tools_b:
        return True
    return rules.types[a.type].strict and (bool(tools_a) != bool(tools_b) or a.mode != b.mode)


def is_campaign(act: Act, rules: Rules) -> bool:
    """Whether a use of force is told without any detail, by whom and against whom alone: the war."""
    plain = not (act.mode or act.instruments or act.quantities)
    return rules.types[act.type].strict and plain and bool(act.actors)


def told_alike(a: Act, b: Act) -> bool:
    """Whether two acts have the same parties, things and mode."""
    return (a.actors, a.recipients, a.places, a.instruments, a.cues, a.mode) == (
        b.actors, b.recipients, b.places, b.instruments, b.cues, b.mode
    )  # fmt: skip


def same_number(a: Act, b: Act) -> bool:
    """Whether both count as many of the same."""
    return not {(q.value, q.of) for q in a.quantities}.isdisjoint(
        (q.value, q.of) for q in b.quantities
    )
