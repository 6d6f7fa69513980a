"""What a ledger holds and what follows from it: datings, groups of copies, records with their days.

Comes in: what is on the shelf and who speaks for whom. Goes out: :class:`Known`, worked out once.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import msgspec

from foedus.acts import Act, Quantity, Record, Statement
from foedus.ledger.clocks import known
from foedus.ledger.dating import date_reports
from foedus.ledger.records import Dating, Reading
from foedus.ledger.roles import WorldLike
from foedus.ledger.rules import load_rules
from foedus.ledger.shelf import SharedText, Shelf
from foedus.ledger.sources import independent_sources, readings_of
from foedus.ledger.timing import redated
from foedus.report.records import Report

__all__ = ["Known", "work_out"]

R = TypeVar("R", Statement, Act, Quantity)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """Reports, their records and what was worked out of each, by the report's hash."""

    reports: dict[str, Report]
    records: dict[str, tuple[Record, ...]]
    datings: dict[str, Dating]
    groups: dict[str, str]
    copies: tuple[SharedText, ...]

    def records_of(self, kind: type[R], known_by: date | None) -> tuple[R, ...]:
        """Return the records of one kind, of reports that had appeared by then."""
        return tuple(
            record
            for h in sorted(self.records)
            if known(self.datings[h].candidates, known_by)
            for record in self.records[h]
            if isinstance(record, kind)
        )

    def readings(self) -> tuple[Reading, ...]:
        """Return every act as its report tells it, by report hash and place in the text."""
        return tuple(
            reading
            for h in sorted(self.reports)
            for reading in readings_of(
                self.reports[h], self.records[h], self.datings[h], self.groups[h]
            )
        )


def work_out(shelf: Shelf, world: WorldLike) -> Known:
    """Date the reports on the shelf, and their records by them; find which are one source."""
    reports, coded, copies = shelf.reports(), shelf.records(), shelf.copies()
    datings = date_reports(list(reports.values()), coded, shelf.calendar(), world=world)
    said = [name for name, rule in load_rules().types.items() if rule.kind == "said"]
    return Known(
        reports=reports,
        records={h: redated(coded.get(h, ()), datings[h].candidates, said) for h in reports},
        datings=datings,
        groups=independent_sources(reports, copies),
        copies=copies,
    )
