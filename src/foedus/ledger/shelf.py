"""What the ledger holds, as records: between the rows of the store and the ledger's answers.

Comes in: reports, records, calendar, copies. Goes out: the same, read back. Rows come back in an
order of their own content, never of arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

import msgspec

from foedus.acts import Act, Quantity, Record, Span, Statement
from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.hand.records import Entering, Entry
from foedus.ledger.judgements import Judgement
from foedus.ledger.records import DeclaredAct
from foedus.ledger.store import Store
from foedus.report.records import Report

__all__ = ["SharedText", "Shelf"]

T = TypeVar("T")

_TABLES: tuple[tuple[str, type[Record]], ...] = (
    ("statements", Statement),
    ("acts", Act),
    ("quantities", Quantity),
)


class SharedText(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports that share a text, as kept in the file."""

    a: str
    b: str
    containment: float
    passages: tuple[tuple[Span, Span], ...] = ()


class Shelf:
    """Reads and writes the records of one ledger."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def address(self) -> Address:
        """Where the ledger is."""
        return self._store.address

    def close(self) -> None:
        """Close the ledger."""
        self._store.close()

    def alone(self) -> AbstractContextManager[None]:
        """Read and write as one step: nobody else writes meanwhile, and all is kept or nothing."""
        return self._store.transaction()

    def put(
        self, batch: Mapping[str, tuple[Report, Sequence[Record]]], copies: Sequence[SharedText]
    ) -> None:
        """Put coded reports by hash in place of those with the same hashes, and all copies anew.

        Raises:
            FoedusError: the file is open for reading only, or the disk fails; nothing is kept then.
        """
        hashes = sorted(batch)
        with self._store.transaction():
            self._store.delete("reports", "hash", hashes)
            self._store.insert("reports", [_report_row(batch[h][0]) for h in hashes])
            for table, kind in _TABLES:
                self._store.delete(table, "source", hashes)
                rows = [
                    _record_row(record, batch[h][0])
                    for h in hashes
                    for record in batch[h][1]
                    if isinstance(record, kind)
                ]
                self._store.insert(table, rows)
            self._store.clear("copies")
            self._store.insert("copies", [(c.a, c.b, _json(c)) for c in copies])

    def put_calendar(self, acts: Sequence[DeclaredAct]) -> None:
        """Put these dated acts in place of those put before."""
        with self._store.transaction():
            self._store.clear("calendar")
            self._store.insert("calendar", [(d.file, d.line, _json(d)) for d in acts])

    def keep(self, judgements: Iterable[Judgement]) -> None:
        """Add the judgements that are not there yet. They are never changed and never removed."""
        with self._store.transaction():
            there = {j.id for j in self.judgements()}
            new = {j.id: j for j in judgements if j.id not in there}
            rows = [(j.id, j.verb, j.by, _moment(j), j.withdraws, _json(j)) for j in new.values()]
            self._store.insert("judgements", rows)
            targets = [(j.id, t) for j in new.values() for t in j.targets]
            self._store.insert(
                "judged",
                [
                    (own, t.part, t.kind, t.source, t.record, *(t.span or (None, None)))
                    for own, t in targets
                ],
            )

    def enter(self, made: Entering, entries: Iterable[Entry]) -> None:
        """Add rows entered by hand and the record of their entering; nothing is ever removed."""
        with self._store.transaction():
            there = self.entries()
            new = {e.id: e for e in entries if e.id not in there}
            self._store.insert(
                "entries", [(e.id, e.file, e.by, e.act.type, _json(e)) for e in new.values()]
            )
            if made.id not in {e.id for e in self.enterings()}:
                row = (made.id, made.file, made.by, _moment(made), _json(made))
                self._store.insert("enterings", [row])

    def entries(self) -> dict[str, Entry]:
        """Return every row ever entered by hand, by its id."""
        rows = self._store.rows("entries", "data", "id")
        return {e.id: e for e in (self._decode(row[0], Entry) for row in rows)}

    def enterings(self) -> tuple[Entering, ...]:
        """Return every entering ever made, in order of time, then id."""
        rows = self._store.rows("enterings", "data", "id")
        found = (self._decode(row[0], Entering) for row in rows)
        return tuple(sorted(found, key=lambda e: (e.at, e.id)))

    def judgements(self) -> tuple[Judgement, ...]:
        """Return every judgement ever made, withdrawals too, in order of time, then id."""
        rows = self._store.rows("judgements", "data", "id")
        found = (self._decode(row[0], Judgement) for row in rows)
        return tuple(sorted(found, key=lambda j: (j.at, j.id)))

    def reports(self) -> dict[str, Report]:
        """Return all reports by hash."""
        rows = self._store.rows("reports", "data", "hash")
        return {r.hash: r for r in (self._decode(row[0], Report) for row in rows)}

    def records(self) -> dict[str, list[Record]]:
        """Return all records by the hash of their report, in order of kind, place and id."""
        found: dict[str, list[Record]] = {}
        for table, kind in _TABLES:
            order = "source, span_start, span_end, id, data"
            for source, data in self._store.rows(table, "source, data", order):
                found.setdefault(source, []).append(self._decode(data, kind))
        return found

    def calendar(self) -> tuple[DeclaredAct, ...]:
        """Return the calendar by file and line."""
        rows = self._store.rows("calendar", "data", "file, line, data")
        return tuple(self._decode(row[0], DeclaredAct) for row in rows)

    def copies(self) -> tuple[SharedText, ...]:
        """Return the pairs of reports that share a text."""
        rows = self._store.rows("copies", "data", "a, b, data")
        return tuple(self._decode(row[0], SharedText) for row in rows)

    def _decode(self, text: str, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(text, type=kind)
        except (msgspec.ValidationError, msgspec.DecodeError) as error:
            raise FoedusError(
                f"a row of the ledger is not as it must be: {error}", where=self.address,
                remedy="restore the file from a copy, or read the reports again",
            ) from error  # fmt: skip


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode("utf-8")


def _moment(made: Judgement | Entering) -> str:
    return made.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _report_row(report: Report) -> tuple[object, ...]:
    return (report.hash, report.label, report.outlet, report.language, _json(report))


def _record_row(record: Record, report: Report) -> tuple[object, ...]:
    """Return a record as a row, under the label that its report has in the ledger."""
    own = msgspec.structs.replace(record, report=report.label, source=report.hash)
    if isinstance(own, Act):
        column: str | None = own.type
    else:
        column = own.speaker if isinstance(own, Statement) else own.subject
    return (report.hash, own.id, *own.span, column, _json(own))
