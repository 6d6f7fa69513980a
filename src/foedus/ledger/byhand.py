"""The part of the ledger that is entered by hand.

Comes in: rows of a chronology, or one entry, with who enters them and when. Goes out: the rows that stand
as known by a day, their readings, and all that ever stood. Kept apart from what was read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from foedus.acts import DateRange
from foedus.errors import FoedusError
from foedus.ledger.clocks import known, unsure
from foedus.ledger.hand.kept import Kept, history, kept_rows
from foedus.ledger.hand.readings import readings_by_hand
from foedus.ledger.hand.records import Entering, Entry, entering
from foedus.ledger.records import Dating, Reading, Undecided
from foedus.ledger.shelf import Shelf
from foedus.report.records import Report

__all__ = ["ByHand"]

Sources = tuple[Mapping[str, Report], Mapping[str, Dating], Mapping[str, str]]
"""The ledger's reports, their datings and their groups, by hash."""


class ByHand(ABC):
    """What :class:`~foedus.ledger.Ledger` does with acts from a person."""

    _shelf: Shelf
    _entered: tuple[dict[str, Entry], tuple[Entering, ...]] | None = None

    @abstractmethod
    def _sources(self) -> Sources:
        """Return the reports that rows may cite."""

    @abstractmethod
    def _forget(self) -> None:
        """Work everything out anew when it is next asked for."""

    def enter(
        self, file: str, rows: Sequence[tuple[Entry, int]], *, by: str, at: datetime,
        adds: bool = False,
    ) -> Entering | None:  # fmt: skip
        """Enter rows with their lines; return the record of it, or None where nothing changes.

        The rows take the place of all that ``file`` held before, which is kept and was known until
        then; with ``adds`` they stand beside it. When this returns, they are on the disk.

        Args:
            file: what the chronology is called.
            rows: as :func:`foedus.ledger.hand.read_chronology` gives them.
            by: who enters them (authors are told by each row).
            at: when, with its time zone.
            adds: keep what the file held.

        Raises:
            FoedusError: nobody is named, the moment has no time zone, something else was entered
                under that name at that very moment, the ledger is read-only, or its disk fails.
        """
        made = entering(file, ((e.id, line) for e, line in rows), by=by, at=at, adds=adds)
        # somebody else may have entered rows since they were last asked for
        self._entered = None
        self._check(made, [entry for entry, _ in rows])
        now = {k.entry.id: k.line for k in self.entries() if k.entry.file == file}
        new = dict(made.rows)
        same = new.items() <= now.items() if adds else new == now
        if same or made.id in {e.id for e in self._all_entered()[1]}:
            return None
        self._shelf.enter(made, [entry for entry, _ in rows])
        self._entered = None
        self._forget()
        return made

    def _check(self, made: Entering, entries: Sequence[Entry]) -> None:
        """Refuse rows of another chronology, and two states of one at the same moment."""
        others = sorted({e.file for e in entries} - {made.file})
        if others:
            raise FoedusError(f"rows of {others[0]} cannot be entered as {made.file}")
        for e in self._all_entered()[1]:
            at_once = e.file == made.file and e.at == made.at and e.id != made.id
            if at_once and not (e.adds and made.adds):
                raise FoedusError(
                    f"other rows of it were entered at this very moment ({made.at.isoformat()})",
                    where=made.file, remedy="say another time with --at",
                )  # fmt: skip

    def entries(self, known_by: date | None = None) -> tuple[Kept, ...]:
        """Return the rows entered by hand that stand by a day (None: now), by file and line."""
        entries, made = self._all_entered()
        return kept_rows(made, entries, known_by)

    def entered_by(self, file: str) -> str | None:
        """Return who last entered the chronology of that name, or None where nobody has."""
        made = [e for e in self._all_entered()[1] if e.file == file]
        return made[-1].by if made else None

    def entry_history(self) -> tuple[Kept, ...]:
        """Return every row that was ever entered by hand; those left out since say until when."""
        entries, made = self._all_entered()
        return history(made, entries)

    def hand_readings(self, known_by: date | None = None) -> tuple[Reading, ...]:
        """Return the rows that stand by a day as readings: those that were known by then."""
        return tuple(
            r
            for r in self._standing_readings(known_by)
            if known(() if r.published is None else (r.published,), known_by)
        )

    def text(self, source: str) -> str | None:
        """Return the text of a report, by its hash, or of a row by hand, by its id; None of neither."""
        report = self._shelf.some_reports([source]).get(source)
        entry = self._all_entered()[0].get(source)
        return report.text if report is not None else entry.text if entry is not None else None

    def _cited_days(self) -> tuple[tuple[DateRange], ...]:
        """Return when the sources of rows by hand appeared, as far as they tell."""
        cited = (r.published for r in self.hand_readings() if not r.unsourced)
        return tuple((days,) for days in cited if days is not None)

    def _unsure_by_hand(self, known_by: date) -> list[Undecided]:
        """Return the rows of which the days at hand cannot tell whether they were known."""
        return [
            doubt
            for r in self._standing_readings(known_by)
            for doubt in unsure([r.act], () if r.published is None else (r.published,), known_by)
        ]

    def _standing_readings(self, known_by: date | None) -> tuple[Reading, ...]:
        rows = self.entries(known_by)
        return readings_by_hand(rows, *self._sources()) if rows else ()

    def _all_entered(self) -> tuple[dict[str, Entry], tuple[Entering, ...]]:
        if self._entered is None:
            self._entered = (self._shelf.entries(), self._shelf.enterings())
        return self._entered
