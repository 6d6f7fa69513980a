"""What the ledger holds, as records: between the rows of the store and the ledger's answers.

Comes in: reports, records, calendar, copies. Goes out: the same, read back. Rows come back in an
order of their own content, never of arrival.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar

import msgspec

from foedus.acts import Act, Quantity, Record, Span, Statement
from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.hand.kept import kept_rows
from foedus.ledger.hand.records import Entering, Entry
from foedus.ledger.judging import Attached, Judgement, attach
from foedus.ledger.records import Dating, DeclaredAct
from foedus.ledger.rules import CueKinds
from foedus.ledger.schema import DERIVED, TABLES
from foedus.ledger.spells import Life
from foedus.ledger.store import MEMORY, Store, open_store
from foedus.report.records import Report

__all__ = ["Settled", "SharedText", "Shelf"]

T = TypeVar("T")

_TABLES: tuple[tuple[str, type[Record]], ...] = (
    ("statements", Statement),
    ("acts", Act),
    ("quantities", Quantity),
)
_CUES = "cues"
"""Under what name the notes keep what the alliance's cues are."""
_RAW = ("reports", *(table for table, _ in _TABLES))


class _Addressed(msgspec.Struct):
    """Of a report, its address."""

    url: str | None = None


class SharedText(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports that share a text, as kept in the file."""

    a: str
    b: str
    containment: float
    passages: tuple[tuple[Span, Span], ...] = ()


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What follows for a report from all others, beside its dating.

    ``known`` is the day by which it had appeared, ``life`` the days by which it counts; ``successor``
    is the hash of the version that took its place; ``corrected`` what persons corrected in its acts.
    """

    source: str
    url: str | None
    group: str
    known: int
    life: Life
    successor: str | None
    corrected: str

    def row(self, dating: str, rounds: str | None) -> tuple[object, ...]:
        """Return it as a row of the table."""
        return (
            self.source, self.url, self.group, self.known, *self.life, self.successor,
            self.corrected, dating, rounds,
        )  # fmt: skip


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

    def put(self, batch: Mapping[str, tuple[Report, Sequence[Record]]]) -> None:
        """Put coded reports by hash in place of those with the same hashes.

        One that is there as it is stays untouched.

        Raises:
            FoedusError: the file is open for reading only, or the disk fails; nothing is kept then.
        """
        rows = {h: _rows(*pair) for h, pair in batch.items()}
        with self._store.transaction():
            there = self._rows_of(sorted(batch))
            hashes = sorted(h for h in rows if rows[h] != there.get(h))
            for table, column in (("reports", "hash"), *((t, "source") for t, _ in _TABLES)):
                self._store.delete(table, column, [h for h in hashes if h in there])
                self._store.insert(table, [row for h in hashes for row in rows[h][table]])
            self._mark(hashes)

    def _rows_of(self, hashes: Sequence[str]) -> dict[str, dict[str, list[tuple[object, ...]]]]:
        """Return the rows of reports and their records by report and table, in order."""
        found: dict[str, dict[str, list[tuple[object, ...]]]] = {}
        for table, column in (("reports", "hash"), *((t, "source") for t, _ in _TABLES)):
            for row in self._some(table, "*", column, hashes, "data"):
                tables = found.setdefault(row[0], {name: [] for name in _RAW})
                tables[table].append(row)
        return found

    def _some(
        self, table: str, columns: str, column: str, hashes: Sequence[str], order: str
    ) -> list[tuple[Any, ...]]:
        return self._store.ask(
            f"SELECT {columns} FROM {table} WHERE {column} IN (SELECT unnest($1::VARCHAR[])) "
            f"ORDER BY {order}",
            [list(hashes)],
        )

    def in_memory(self) -> Store:
        """Return a store of its own with all that was read, judged and declared, and the copies found."""
        store = open_store(MEMORY)
        with store.transaction():
            for table in TABLES:
                if table not in DERIVED or table in ("copies", "marks"):
                    store.clear(table)
                    store.insert(table, self._store.rows(table, "*", "1"))
        return store

    def _mark(self, what: Iterable[str]) -> None:
        """Note what the derived tables do not hold yet."""
        new = sorted(set(what) - self.pending())
        self._store.insert("pending", [(name,) for name in new])

    def pending(self) -> set[str]:
        """Return what awaits being settled: hashes, « calendar », « judgements », « entries »."""
        return {row[0] for row in self._store.rows("pending", "source", "source")}

    def noted(self, key: str) -> str | None:
        """Return what is noted about the derived tables under a name."""
        rows = self._store.ask("SELECT value FROM notes WHERE key = $1", [key])
        return str(rows[0][0]) if rows else None

    def note(self, key: str, value: str) -> None:
        """Note something about the derived tables."""
        self._store.delete("notes", "key", [key])
        self._store.insert("notes", [(key, value)])

    def empty(self, kept: Collection[str]) -> None:
        """Empty the derived tables, but for those that are ``kept``."""
        for table in DERIVED:
            if table not in kept:
                self._store.clear(table)

    def put_calendar(self, acts: Sequence[DeclaredAct]) -> None:
        """Put these dated acts in place of those put before."""
        rows = [(d.file, d.line, _json(d)) for d in acts]
        with self._store.transaction():
            if sorted(rows) != sorted(self._store.rows("calendar", "*", "data")):
                self._store.clear("calendar")
                self._store.insert("calendar", rows)
                self._mark(["calendar"])

    def put_cues(self, cues: CueKinds) -> None:
        """Keep what the alliance's cues are, in place of what was kept before."""
        if cues != self.cues():
            with self._store.transaction():
                self.note(_CUES, _json(cues))

    def cues(self) -> CueKinds:
        """Return what the alliance's cues are; none where nothing is kept."""
        kept = self.noted(_CUES)
        return CueKinds() if kept is None else msgspec.json.decode(kept, type=CueKinds)

    def keep(self, judgements: Iterable[Judgement]) -> None:
        """Add the judgements that are not there yet. They are never changed and never removed."""
        with self._store.transaction():
            there = {j.id for j in self.judgements()}
            new = {j.id: j for j in judgements if j.id not in there}
            rows = [(j.id, j.verb, j.by, _moment(j), j.withdraws, _json(j)) for j in new.values()]
            self._store.insert("judgements", rows)
            if any(j.verb in ("correct", "withdraw") for j in new.values()):
                self._mark(["judgements"])
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
                self._mark(["entries"])

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

    def attached(self, judgements: Sequence[Judgement]) -> Attached:
        """Return what each anchor of ``judgements`` means now."""
        sources = sorted({t.source for j in judgements for t in j.targets if t.source})
        texts = {h: r.text for h, r in self.some_reports(sources).items()}
        acts: dict[str, list[Record]] = {
            h: list(records) for h, records in self.some_records(sources).items()
        }
        entries = self.entries()
        texts |= {e.id: e.text for e in entries.values()}
        stand = kept_rows(self.enterings(), entries) if entries else ()
        acts |= {k.entry.id: [k.entry.act] for k in stand}
        return attach(judgements, acts, texts.get)

    def hashes(self, of: Sequence[str] | None) -> list[str]:
        """Return the hashes of all reports, or those of them that are here, in order."""
        if of is None:
            return [row[0] for row in self._store.rows("reports", "hash", "hash")]
        return [row[0] for row in self._some("reports", "hash", "hash", of, "hash")]

    def reports(self) -> dict[str, Report]:
        """Return all reports by hash."""
        rows = self._store.rows("reports", "data", "hash")
        return {r.hash: r for r in (self._decode(row[0], Report) for row in rows)}

    def some_reports(self, hashes: Sequence[str]) -> dict[str, Report]:
        """Return the reports of these hashes that are here, by hash."""
        rows = self._some("reports", "data", "hash", hashes, "hash")
        return {r.hash: r for r in (self._decode(row[0], Report) for row in rows)}

    def addresses(self, hashes: Sequence[str]) -> dict[str, str | None]:
        """Return the addresses of these reports, as they bear them."""
        rows = self._some("reports", "hash, data", "hash", hashes, "hash")
        return {h: self._decode(data, _Addressed).url for h, data in rows}

    def some_records(self, hashes: Sequence[str]) -> dict[str, list[Record]]:
        """Return the records of these reports by hash, in order of kind, place and id."""
        found: dict[str, list[Record]] = {}
        for table, kind in _TABLES:
            order = "source, span_start, span_end, id, data"
            for source, data in self._some(table, "source, data", "source", hashes, order):
                found.setdefault(source, []).append(self._decode(data, kind))
        return found

    def settled(self) -> dict[str, Settled]:
        """Return what follows for each report, by hash."""
        columns = "source, url, grp, known, born, dies, successor, corrected"
        return {
            row[0]: Settled(
                source=row[0], url=row[1], group=row[2], known=row[3], life=(row[4], row[5]),
                successor=row[6], corrected=row[7],
            )
            for row in self._store.rows("settled", columns, "source")
        }  # fmt: skip

    def datings(self, hashes: Sequence[str] | None = None) -> dict[str, Dating]:
        """Return the datings of these reports, or of all, by hash."""
        if hashes is None:
            rows = self._store.rows("settled", "dating", "source")
        else:
            rows = self._some("settled", "dating", "source", hashes, "source")
        return {d.source: d for d in (self._decode(row[0], Dating) for row in rows)}

    def pairs(self) -> list[SharedText]:
        """Return the pairs of copies, without their passages."""
        rows = self._store.rows("copies", "a, b", "a, b")
        return [SharedText(a=a, b=b, containment=0) for a, b in rows]

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


def _rows(report: Report, records: Sequence[Record]) -> dict[str, list[tuple[object, ...]]]:
    """Return a report and its records as rows by table, in order."""
    rows = {"reports": [_report_row(report)]}
    for table, kind in _TABLES:
        found = (_record_row(r, report) for r in records if isinstance(r, kind))
        rows[table] = sorted(found, key=lambda row: str(row[-1]))
    return rows


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
