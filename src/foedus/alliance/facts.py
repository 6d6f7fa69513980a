"""The facts that the rules look at: as they could be known by a day, and where to find those of a rule.

Comes in: the facts of a ledger. Goes out: those that were known, and an index of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import msgspec

from foedus.alliance.match import Question, foretold, known
from foedus.alliance.schema import Pattern, Rule
from foedus.ledger.consolidate import mode_of
from foedus.ledger.records import Fact, Reading

__all__ = ["Index", "begins_after", "latest_first", "visible", "with_readings"]


def visible(facts: Sequence[Fact], ask: Question) -> Sequence[Fact]:
    """Return the facts as they could be known by the day.

    Readings that appeared later are dropped, and the roles made again from those that are left.
    """
    if ask.any_report:
        return facts
    kept = []
    for fact in facts:
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
        mode=mode_of([r.act.mode for r in seen]),
    )


class _Slot:
    """Where the facts of one type go: by cue, by means, or all of them, as far as rules ask for them."""

    def __init__(self) -> None:
        self.cues: dict[str, list[Fact]] = {}
        self.means: dict[str, list[Fact]] = {}
        self.all: list[Fact] | None = None

    def marked(self, pattern: Pattern) -> list[list[Fact]]:
        """Return the lists of the facts that a pattern may mean: with its cues or means, or all."""
        if pattern.cues:
            return [self.cues.setdefault(cue, []) for cue in pattern.cues]
        if pattern.instruments:
            return [self.means.setdefault(name, []) for name in pattern.instruments]
        if self.all is None:
            self.all = []
        return [self.all]

    def add(self, fact: Fact, cues: tuple[str, ...], means: tuple[str, ...]) -> None:
        """Put a fact on the lists that it belongs to."""
        if cues and self.cues:
            for cue in cues:
                if (found := self.cues.get(cue)) is not None:
                    found.append(fact)
        if means and self.means:
            for name in means:
                if (found := self.means.get(name)) is not None:
                    found.append(fact)
        if self.all is not None:
            self.all.append(fact)


class Index:
    """Facts by type and by cue or means: a rule looks only at its own.

    A fact told once is found for a rule only if that telling is of its types and has one of its cues.
    """

    def __init__(self, facts: Iterable[Fact], rules: Iterable[Rule]) -> None:
        """Take in facts; only those that one of the rules may mean are found again."""
        self._facts = tuple(facts)
        self._slots: dict[str | None, _Slot] = {}
        self._sorted: dict[tuple[str, ...], list[Fact]] = {}
        self._marks: set[str] = set()
        for rule in rules:
            self._marks.update(rule.when.cues or rule.when.types)
            for wanted in rule.when.types or (None,):
                self._slots.setdefault(wanted, _Slot()).marked(rule.when)
        slots, of_any = self._slots, self._slots.get(None)
        for fact in self._facts:
            if len(fact.readings) > 1:
                self._add(fact)
                continue
            act = fact.readings[0].act
            cues, means = act.cues or fact.cues, act.instruments or fact.instruments
            if (slot := slots.get(act.type)) is not None:
                slot.add(fact, cues, means)
            if of_any is not None:
                of_any.add(fact, cues, means)

    def _add(self, fact: Fact) -> None:
        """Put a fact that is told more than once on the lists of all its tellings."""
        for type_ in (None, *_types(fact)):
            if (slot := self._slots.get(type_)) is not None:
                slot.add(fact, fact.cues, fact.instruments)

    def of(self, rule: Rule) -> list[Fact]:
        """Return the facts that a rule may speak of: those with its cues or means, of its types."""
        slots = [self._slots[type_] for type_ in rule.when.types or (None,)]
        return _merged([found for slot in slots for found in slot.marked(rule.when)])

    def around(self, rule: Rule) -> list[Fact]:
        """Return the facts that come near a rule, the latest first: those with its cues, or else of its types."""
        pattern = rule.when
        key = pattern.cues or pattern.types
        if key not in self._sorted:
            lists = [self._by_mark[mark] for mark in key] if key else [list(self._facts)]
            self._sorted[key] = sorted(_merged(lists), key=latest_first)
        return self._sorted[key]

    @cached_property
    def _by_mark(self) -> dict[str, list[Fact]]:
        """The facts by cue and by type, as far as rules ask for them."""
        alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Fact]] = {}
        for fact in self._facts:
            key = fact.cues, _types(fact)
            if (group := alike.get(key)) is not None:
                group.append(fact)
            else:
                alike[key] = [fact]
        found: dict[str, list[Fact]] = {mark: [] for mark in self._marks}
        for (cues, types), group in alike.items():
            for mark in (*cues, *types):
                if (marked := found.get(mark)) is not None:
                    marked.extend(group)
        return found


def _types(fact: Fact) -> tuple[str, ...]:
    readings = fact.readings
    if len(readings) == 1:
        return (readings[0].act.type,)
    return tuple({reading.act.type for reading in readings})


def latest_first(fact: Fact) -> tuple[int, str]:
    """Return a key that puts the latest facts first, those without a day after them."""
    return (-fact.date.start.toordinal() if fact.date is not None else 0, fact.id)


def begins_after(fact: Fact, last: date) -> bool:
    """Whether all that is told of a fact surely came about, and was told, after a day."""
    for reading in fact.readings:
        # what is foretold has its effect, if any, from when it is said
        told = (reading.published, None if foretold(reading) else reading.date)
        days = [d.start for d in told if d is not None]
        if not days or min(days) <= last:
            return False
    return True


def _merged(lists: list[list[Fact]]) -> list[Fact]:
    lists = [facts for facts in lists if facts]
    if len(lists) <= 1:
        return lists[0] if lists else []
    return list({fact.id: fact for facts in lists for fact in facts}.values())
