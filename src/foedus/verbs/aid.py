"""``foedus ledger aid``: the aid tracker.

Comes in: the options of the command line. Goes out: aid as a table to read, JSON, CSV or a spreadsheet.
:func:`register` hangs the verb onto another application.
"""

from __future__ import annotations

import sys
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.errors import FoedusError, oneline
from foedus.verbs.asking import content_of, many
from foedus.verbs.options import DEFAULT_LEDGER, AsOf, KnownBy, LedgerFile
from foedus.verbs.terminal import as_json, complain, grid, naming, write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.acts import DateRange
    from foedus.ledger.aid import AidRow
    from foedus.ledger.out import Content, Table
    from foedus.world import World

__all__ = ["register"]


class AidFormat(StrEnum):
    """How ``foedus ledger aid`` prints."""

    table = "table"
    json = "json"
    csv = "csv"
    xlsx = "xlsx"


class AidStage(StrEnum):
    """How far aid has come, or why it is none."""

    announced = "announced"
    committed = "committed"
    delivered = "delivered"
    denied = "denied"
    supposed = "supposed"
    historical = "historical"


class AidSheet(StrEnum):
    """Which of the tracker's tables."""

    pledges = "pledges"
    committed = "committed"
    delivered = "delivered"


_LINKS, _SHORT = 3, 8
"""How many linked facts a line names, and how many characters of an id."""


def register(parent: typer.Typer) -> None:
    """Give ``parent`` the verb ``aid``."""
    parent.command("aid")(aid)


def aid(
    donors: Annotated[list[str] | None, many("donor", "Who gives: POL, a name")] = None,
    recipients: Annotated[list[str] | None, many("recipient", "To whom")] = None,
    items: Annotated[list[str] | None, many("item", "What: tanks, heavy-weapons")] = None,
    stages: Annotated[
        list[AidStage] | None,
        typer.Option(
            "--stage", help="How far it has come; may be repeated (default: first three)."
        ),
    ] = None,
    sheet: Annotated[
        AidSheet | None,
        typer.Option("--sheet", help="The list, or heavy weapons by donor (default: pledges)."),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Annotated[
        AidFormat, typer.Option("--format", help="A table to read, JSON, CSV or a spreadsheet.")
    ] = AidFormat.table,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="Write it there.")
    ] = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List aid: donor, recipient, item, quantity, value, stage, sources. Nothing is added up."""
    if form is AidFormat.xlsx and out is None:
        raise FoedusError("a spreadsheet needs a file", where="--format xlsx", remedy="add -o FILE")
    if sheet is not None and form in (AidFormat.xlsx, AidFormat.json):
        raise FoedusError(
            "goes with --format table or csv only", where="--sheet",
            remedy="a spreadsheet has all three",
        )  # fmt: skip
    from foedus.ledger.aid import aid_rows, wanted_rows
    from foedus.ledger.out import Filter, in_ids
    from foedus.ledger.roles import Roles

    wanted = Filter(actors=tuple(donors or ()), recipients=tuple(recipients or ()))
    with content_of(ledger, as_of, known_by) as content:
        world, asked = content.world, in_ids(wanted, content.world)
        every = aid_rows(content.facts, Roles(world), content.words)
        found = wanted_rows(
            every, donors=asked.actors, recipients=asked.recipients, items=_items(items),
            stages=[s.value for s in stages or ()],
        )  # fmt: skip
        data = _made(found, form, sheet or AidSheet.pledges, content, world)
    if not stages:
        _left_out(every)
    if out is None:
        sys.stdout.flush()
        write_line(data.decode("utf-8").removesuffix("\n").removesuffix("\r"))
        return
    _write(out, data)
    typer.echo(oneline(out))


def _items(asked: Sequence[str] | None) -> list[str]:
    from foedus.ledger.aid import load_tracker

    known = load_tracker()
    return [known.item_called(i) or i.strip().casefold() for i in asked or ()]


def _made(
    rows: Sequence[AidRow], form: AidFormat, sheet: AidSheet, content: Content, world: World
) -> bytes:
    if form is AidFormat.json:
        return as_json(rows).encode("utf-8")
    if form is AidFormat.xlsx:
        from foedus.ledger.out.xlsx import xlsx_bytes

        return xlsx_bytes([_table(rows, s, world) for s in AidSheet], _notes(content))
    if form is AidFormat.table and sheet is AidSheet.pledges:
        return _lines(rows, world).encode("utf-8")
    table = _table(rows, sheet, world)
    from foedus.ledger.out import cell_text, csv_lines

    if form is AidFormat.csv:
        return "".join(csv_lines(table.heads, table.rows)).encode("utf-8", "replace")
    filled = [
        i for i, head in enumerate(table.heads) if i < 2 or any(row[i] is not None for row in table.rows)
    ]  # fmt: skip
    heads = [table.heads[i] for i in filled]
    return grid(heads, ([cell_text(row[i]) for i in filled] for row in table.rows)).encode("utf-8")


def _table(rows: Sequence[AidRow], sheet: AidSheet, world: World) -> Table:
    from foedus.ledger.aid import pledges_table, weapons_table

    if sheet is AidSheet.pledges:
        return pledges_table(rows, world)
    return weapons_table(rows, "committed" if sheet is AidSheet.committed else "delivered", world)


def _lines(rows: Sequence[AidRow], world: World) -> str:
    heads = ("fact", "when", "who", "what", "stage", "sources")
    return grid(heads, (_line(row, world) for row in rows), whole=("fact", "when", "stage"))


def _line(row: AidRow, world: World) -> tuple[str, ...]:
    who = _named(row.donors, world) or "?"
    whom = f" → {_named(row.recipients, world)}" if row.recipients else ""
    return (
        row.fact[:_SHORT], _when(row.when), who + whom, _what(row), row.stage, _sources(row),
    )  # fmt: skip


def _when(days: DateRange | None) -> str:
    """Return a day, a month or a year as it is written, of any other range the first day."""
    if days is None:
        return ""
    length = {"month": 7, "year": 4}.get(days.precision, 10)
    more = "…" if length == 10 and days.end > days.start else ""
    return days.start.isoformat()[:length] + more


def _what(row: AidRow) -> str:
    """Return what is given and how much, each figure once, and which facts may be the same pledge."""
    from foedus.ledger.aid.tables import figures_text

    counted = {f.of for f in row.quantities}
    items = [i for i in row.items if i not in counted] or ([] if counted else list(row.classes))
    parts = [figures_text(row.quantities), ", ".join(items), figures_text(row.values)]
    text = "; ".join(part for part in parts if part)
    also = [fact[:_SHORT] for fact in row.overlaps[:_LINKS]]
    also += [f"{len(row.overlaps) - _LINKS} more"] if len(row.overlaps) > _LINKS else []
    differs = f" · differs: {', '.join(row.differs)}" if row.differs else ""
    return text + differs + (f" · may be {', '.join(also)}" if also else "")


def _sources(row: AidRow) -> str:
    if not row.sources:
        return "unsourced" if row.unsourced else "none"
    return f"{row.sources}" + (f" +{row.unsourced} unsourced" if row.unsourced else "")


def _named(ids: Sequence[str], world: World) -> str:
    return ", ".join(i if len(i) == 3 else world.name(i, "en") for i in ids)


def _notes(content: Content) -> list[str]:
    from foedus.ledger.aid import load_tracker

    layout = load_tracker().kiel.reference
    return [
        "Aid as reports and persons tell it; foedus ledger aid.",
        f"As of {content.as_of or 'no date'}, as known by {content.known_by or 'no date'}.",
        "announced: told as still to come; committed: promised or decided; delivered: told as done.",
        "Figures are as told: low and high are the least and most that any telling allows.",
        "Rows that may tell of one pledge name each other under overlaps. Never add up their figures.",
        "A total of a weapon is given only where no figure can be counted twice; empty means it cannot be given.",
        "A cell with several figures has those of several rows, side by side; ? is a row without a figure.",
        f"Columns of committed and delivered: {layout.body}, {layout.title}, {layout.date}.",
    ]


def _left_out(rows: Sequence[AidRow]) -> None:
    """Say on standard error how many facts are told only as what is no aid."""
    from foedus.ledger.aid import LEFT_OUT

    counts = Counter(row.stage for row in rows if row.stage in LEFT_OUT)
    if counts:
        told = ", ".join(f"{counts[stage]} {stage}" for stage in LEFT_OUT if counts[stage])
        complain(f"left out: {told} (--stage lists them)")


def _write(out: Path, data: bytes) -> None:
    from foedus.ledger.out.files import of_lines, write_files

    with naming(out):
        write_files(out.parent, {out.name: of_lines([data])})
