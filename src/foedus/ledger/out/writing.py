"""Exports: a ledger's knowledge as files, in the form that is asked for.

Comes in: an open ledger, a folder, a form. Goes out: files. The same knowledge gives the same bytes,
whatever the order in which it arrived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from foedus.errors import FoedusError
from foedus.ledger.cells import csv_lines
from foedus.ledger.out.content import Content
from foedus.ledger.out.files import Producer, of_lines, write_files
from foedus.ledger.out.ftm import ftm_statements
from foedus.ledger.out.ical import ical_lines
from foedus.ledger.out.parquet import parquet_file
from foedus.ledger.out.plover import plover_table
from foedus.ledger.out.prov import prov_document
from foedus.ledger.out.tables import TABLES, table_of
from foedus.ledger.out.trail import trail_of

if TYPE_CHECKING:
    from foedus.ledger.ledger import Ledger

__all__ = ["FORMS", "OF_FACTS", "export"]

_encode = msgspec.json.Encoder(order="deterministic").encode


def export(
    ledger: Ledger,
    folder: Path,
    form: str = "jsonl",
    *,
    as_of: date | None = None,
    known_by: date | None = None,
    fact: str | None = None,
) -> tuple[Path, ...]:
    """Write the ledger to files in ``folder`` and return their paths.

    Args:
        ledger: the ledger.
        folder: where to; made if missing. Files of the same names are replaced.
        form: one of :data:`FORMS`.
        as_of: what had happened by then, as in ``Ledger.facts``.
        known_by: what had appeared by then.
        fact: only this fact, by its id or the beginning of it, or by the id of an act in it; for the
            forms of :data:`OF_FACTS`.

    Raises:
        FoedusError: there is no such form, no such fact, or the folder cannot be written.
    """
    if form not in FORMS:
        raise FoedusError(f"no export called {form!r}", remedy=f"one of: {', '.join(FORMS)}")
    content = Content(ledger, as_of=as_of, known_by=known_by)
    if fact is not None:
        if form not in OF_FACTS:
            raise FoedusError(
                f"an export as {form} is of the whole ledger",
                remedy=f"ask for one fact with one of: {', '.join(OF_FACTS)}",
            )
        found = [f.id for f in trail_of(content, fact).facts]
        content = Content(ledger, as_of=as_of, known_by=known_by, facts=found)
    return write_files(folder, FORMS[form](content))


def _jsonl(content: Content) -> dict[str, Producer]:
    # Where a report's file lay on somebody's disk is nobody's business.
    reports = [msgspec.structs.replace(r, path="") for r in content.reports.values()]
    tables: Mapping[str, Iterable[Any]] = {
        "reports": reports,
        "sources": content.sources,
        "statements": content.statements,
        "utterances": content.utterances,
        "acts": content.acts,
        "quantities": content.quantities,
        "facts": content.facts,
        "rejected": content.rejected,
        "judgements": content.judgements,
        "calendar": content.calendar,
        "entries": content.entries.values(),
    }
    return {f"{name}.jsonl": of_lines(_json_lines(rows)) for name, rows in tables.items()}


def _json_lines(rows: Iterable[Any]) -> Iterable[bytes]:
    return (_encode(row) + b"\n" for row in rows)


def _csv(content: Content) -> dict[str, Producer]:
    found: dict[str, Producer] = {}
    for name in TABLES:
        table = table_of(content, name)
        found[f"{name}.csv"] = of_lines(csv_lines(table.heads, table.rows))
    return found


def _parquet(content: Content) -> dict[str, Producer]:
    return {f"{name}.parquet": parquet_file(table_of(content, name)) for name in TABLES}


def _plover(content: Content) -> dict[str, Producer]:
    table = plover_table(content)
    return {"plover.csv": of_lines(csv_lines(table.heads, table.rows))}


def _ftm(content: Content) -> dict[str, Producer]:
    # Not in deterministic key order but in that of FollowTheMoney's own writer, on which it sorts.
    lines = (msgspec.json.encode(statement) + b"\n" for statement in ftm_statements(content))
    return {"ftm.statements.jsonl": of_lines(lines)}


def _prov(content: Content) -> dict[str, Producer]:
    text = msgspec.json.format(msgspec.json.encode(prov_document(content)), indent=1)
    return {"prov.json": of_lines([text, b"\n"])}


def _ical(content: Content) -> dict[str, Producer]:
    return {"facts.ics": of_lines(ical_lines(content))}


OF_FACTS = ("plover", "ftm", "prov", "ical")
"""The forms that may be asked for one fact."""

FORMS: dict[str, Callable[[Content], dict[str, Producer]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "plover": _plover,
    "ftm": _ftm,
    "prov": _prov,
    "ical": _ical,
}
"""Every form of export: what gives its files."""
