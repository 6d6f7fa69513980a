"""The facts that the rules look at: as they could be known by a day, and where to find those of a rule.

Comes in: the facts of a ledger. Goes out: those that were known, and an index of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

import msgspec

from foedus.alliance.match import Question, known
from foedus.alliance.schema import Rule
from foedus.ledger.records import Fact, Reading

__all__ = ["Index", "visible", "with_readings"]


def visible(facts: Sequence[Fact], ask: Question) -> list[Fact]:
    """Return the facts as they could be known by the day, in the order of their ids.

    Readings that appeared later are dropped, and the roles made again from those that are left.
    """
    kept = []
    for fact in sorted(facts, key=lambda f: f.id):
        readings = tuple(r for r in fact.readings if known(r, ask))
        if len(readings) == len(fact.readings):
            kept.append(fact)
        elif readings:
            kept.append(with_readings(fact, readings))
    return kept


def with_readings(fact: Fact, seen: tuple[Reading, ...]) -> Fact:
    """Return a fact as only these of its readings tell it (at least one)."""

    def union(name: str) -> tuple[str, ...]:
        return tuple(sorted({value for r in seen for value in getattr(r.act, name)}))

    return msgspec.structs.replace(
        fact,
        type=seen[0].act.type,
        readings=seen,
        cues=union("cues"),
        actors=union("actors"),
        recipients=union("recipients"),
        places=union("places"),
        instruments=union("instruments"),
        mode=next((r.act.mode for r in seen if r.act.mode), None),
    )


class Index:
    """Facts by cue or means, and type, each in the order of their ids: a rule looks only at its own."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by: dict[tuple[str, str | None, str | None], list[Fact]] = {}
        for fact in facts:
            types = {reading.act.type for reading in fact.readings}
            for type_ in (None, *types):
                self._by.setdefault(("", None, type_), []).append(fact)
                for cue in fact.cues:
                    self._by.setdefault(("cue", cue, type_), []).append(fact)
                for means in fact.instruments:
                    self._by.setdefault(("means", means, type_), []).append(fact)

    def of(self, rule: Rule) -> list[Fact]:
        """Return the facts that a rule may speak of: those with its cues or means, of its types."""
        when = rule.when
        kind, marks = ("cue", when.cues) if when.cues else ("means", when.instruments)
        if not marks:
            return self._found("", (None,), when.types)
        return self._found(kind, marks, when.types)

    def around(self, rule: Rule) -> list[Fact]:
        """Return the facts that come near a rule: those with its cues, or else of its types."""
        if rule.when.cues:
            return self._found("cue", rule.when.cues, ())
        return self._found("", (None,), rule.when.types)

    def _found(
        self, kind: str, marks: tuple[str | None, ...], types: tuple[str, ...]
    ) -> list[Fact]:
        pairs = product(marks, types or (None,))
        return _merged([self._by.get((kind, mark, type_), []) for mark, type_ in pairs])


def _merged(lists: list[list[Fact]]) -> list[Fact]:
    lists = [facts for facts in lists if facts]
    if len(lists) <= 1:
        return lists[0] if lists else []
    unique = {fact.id: fact for facts in lists for fact in facts}
    return [unique[ident] for ident in sorted(unique)]
