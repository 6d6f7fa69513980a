"""What told levels do to a mechanism: « stocks are low » is no act, yet it says where things stand.

Comes in: quantity records, and facts, which tell when their reports appeared. Goes out: findings
like those of acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from foedus.acts import DateRange, Quantity
from foedus.alliance.findings import Finding
from foedus.alliance.match import Question
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Level, Mechanism
from foedus.ledger.records import Citation, Fact

__all__ = ["Levels"]


class _Appearance(msgspec.Struct, frozen=True):
    """When a report appeared, and the independent source it belongs to."""

    published: DateRange | None
    group: str


class Levels:
    """Told numbers and levels, with what the facts know of the reports that tell them.

    A report that tells no fact at all is taken as known: the caller hands over what was known.
    """

    def __init__(self, quantities: Sequence[Quantity], facts: Iterable[Fact]) -> None:
        self._quantities = sorted(quantities, key=lambda q: q.id)
        self._reports: dict[str, _Appearance] = {}
        if self._quantities:
            self._reports = {
                r.citation.source: _Appearance(r.published, r.group)
                for f in facts
                for r in f.readings
            }

    def find(self, mechanism: Mechanism, roles: Roles, ask: Question) -> list[Finding]:
        """Return the findings of told levels whatever the day, in the order of the records' ids."""
        return [
            self._finding(level, quantity, roles, ask)
            for level in mechanism.levels
            for quantity in self._quantities
            if self._fits(level, quantity, roles, ask)
        ]

    def told_of(self, mechanism: Mechanism, ask: Question) -> tuple[str, ...]:
        """Return the ids of the told numbers and levels that point at a mechanism, sorted."""
        cues = {mechanism.id, *(cue for level in mechanism.levels for cue in level.cues)}
        known = (q for q in self._quantities if not self._later(q, ask))
        return tuple(q.id for q in known if cues.intersection(q.cues))

    def _published(self, quantity: Quantity) -> DateRange | None:
        report = self._reports.get(quantity.source)
        return report.published if report is not None else None

    def _later(self, quantity: Quantity, ask: Question) -> bool:
        return ask.after(self._published(quantity))

    def _on(self, quantity: Quantity, ask: Question) -> date:
        published = self._published(quantity)
        return published.start if published is not None else ask.as_of

    def _fits(self, level: Level, quantity: Quantity, roles: Roles, ask: Question) -> bool:
        if quantity.level not in level.levels or not any(c in level.cues for c in quantity.cues):
            return False
        named = (quantity.place,) if quantity.place else ()
        return not self._later(quantity, ask) and roles.passes(
            level.places, named, self._on(quantity, ask)
        )

    def _finding(self, level: Level, quantity: Quantity, roles: Roles, ask: Question) -> Finding:
        report = self._reports.get(quantity.source)
        published = self._published(quantity)
        values = {"subject": quantity.subject, "place": quantity.place, "level": quantity.level}
        where = Citation(report=quantity.report, source=quantity.source, span=quantity.span)
        place = quantity.place
        return Finding(
            rule=level.id,
            effect="level",
            stage=level.stage,
            word="engaged" if level.effect == "initiates" else "not_engaged",
            lasts=level.lasts,
            fact=quantity.id,
            certainty="cannot_tell" if ask.unsure_of(published) else "certain",
            when=quantity.date or published,
            dated=quantity.date is not None,
            by=(roles.side(place, self._on(quantity, ask)),) if place else (),
            citations=(where,),
            groups=(report.group if report is not None else quantity.source,),
            values={key: value for key, value in values.items() if value},
        )
