"""``foedus ledger import`` and ``foedus ledger add``: acts from a person.

Comes in: a chronology as a CSV file, or one entry as options. Goes out: what was entered, on standard
output, once it is on the disk; every mistake on a line of its own on standard error, and then nothing is
entered. :func:`register` hangs the verbs onto another application.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from foedus.acts import days_text
from foedus.errors import FoedusError, oneline
from foedus.verbs.options import DEFAULT_ALLIANCE, DEFAULT_LEDGER, AllianceFolder, LedgerFile
from foedus.verbs.terminal import as_json, complain, grid, progress_bar, write_line

if TYPE_CHECKING:
    from foedus.address import Address
    from foedus.alliance import Alliance
    from foedus.ledger import Ledger
    from foedus.ledger.hand import Chronology, Entry, Kept
    from foedus.world import World

__all__ = ["register"]

_SHOWN = 20
"""Mistakes that are named; the rest is counted."""
_ROWS = 30
"""Rows that are shown of what is, or would be, entered."""


class DayOrder(StrEnum):
    """What comes first in 04/03/2022."""

    dmy = "dmy"
    mdy = "mdy"


class EntriesFormat(StrEnum):
    """How ``foedus ledger entries`` prints."""

    table = "table"
    json = "json"


At = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", help="When: 2022-03-01T09:30Z, or a day (default: now)."),
]
Order = Annotated[
    DayOrder | None,
    typer.Option("--day-order", help="What 04/03/2022 is: dmy, 4 March; mdy, 3 April."),
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be entered; enter nothing.")
]


def register(parent: typer.Typer) -> None:
    """Give ``parent`` the verbs ``import``, ``add`` and ``entries``."""
    parent.command("import")(import_)
    parent.command("add")(add)
    parent.command("entries")(entries)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A chronology kept by hand.")],
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="Who enters it: author of rows without one.")
    ],
    name: Annotated[
        str | None,
        typer.Option(
            "--name", metavar="NAME", help="What it is called (default: the file's name)."
        ),
    ] = None,
    order: Order = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of rows that somebody else entered.")
    ] = False,
    at: At = None,
    dry_run: DryRun = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Enter a chronology; entered again, its rows take the place of those it had before."""
    from foedus.ledger.hand import read_chronology

    world, declared = _known(alliance)
    with progress_bar() as progress:
        found = read_chronology(
            file,
            world=world,
            by=by,
            name=name,
            cues=_cues(declared),
            order=_order(order),
            progress=progress,
        )
    _enter(found, by, at, ledger, world, declared, replace=replace, dry_run=dry_run)


def _cell(name: str, what: str) -> Any:
    return typer.Option(f"--{name}", metavar="TEXT", help=what)


Cell = str | None


def add(
    kind: Annotated[str, typer.Option("--type", metavar="TYPE", help="Event type, such as AID.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who enters it.")],
    date: Annotated[Cell, _cell("date", "When: 2022-02-24, 2022-02, 2022, or a range.")] = None,
    mode: Annotated[Cell, _cell("mode", "PLOVER's mode.")] = None,
    aux: Annotated[Cell, _cell("aux", "future, negation, hypothetical, historical.")] = None,
    actors: Annotated[Cell, _cell("actors", "Who did it, divided by commas.")] = None,
    recipients: Annotated[Cell, _cell("recipients", "To whom.")] = None,
    places: Annotated[Cell, _cell("places", "Where.")] = None,
    instruments: Annotated[Cell, _cell("instruments", "What was used or given.")] = None,
    quantities: Annotated[Cell, _cell("quantities", "How much: 120 tanks; 33 million EUR.")] = None,
    cues: Annotated[Cell, _cell("cues", "Mechanisms pointed at.")] = None,
    contexts: Annotated[Cell, _cell("contexts", "PLOVER's contexts.")] = None,
    attributed_to: Annotated[Cell, _cell("attributed-to", "Who says so.")] = None,
    text: Annotated[Cell, _cell("text", "What happened, in words.")] = None,
    outlet: Annotated[Cell, _cell("outlet", "The source: who published it.")] = None,
    title: Annotated[Cell, _cell("title", "The source's title.")] = None,
    published: Annotated[Cell, _cell("published", "When the source appeared.")] = None,
    url: Annotated[Cell, _cell("url", "The source's address; it is not opened.")] = None,
    report: Annotated[Cell, _cell("report", "The source is this report of the ledger.")] = None,
    order: Order = None,
    at: At = None,
    dry_run: DryRun = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Enter one act by hand, with the source it is from."""
    from foedus.ledger.hand import one_row

    told = {
        "type": kind, "date": date, "mode": mode, "aux": aux, "actors": actors,
        "recipients": recipients, "places": places, "instruments": instruments,
        "quantities": quantities, "cues": cues, "contexts": contexts, "attributed_to": attributed_to,
        "text": text, "outlet": outlet, "title": title, "published": published, "url": url,
        "report": report,
    }  # fmt: skip
    cells = {column: cell for column, cell in told.items() if cell is not None}
    world, declared = _known(alliance)
    found = one_row(cells, world=world, by=by, cues=_cues(declared), order=_order(order))
    _enter(found, by, at, ledger, world, declared, adds=True, dry_run=dry_run)


def entries(
    all_: Annotated[
        bool, typer.Option("--all", help="Rows that have been taken out or changed since, too.")
    ] = False,
    form: Annotated[
        EntriesFormat, typer.Option("--format", help="A table to read or JSON.")
    ] = EntriesFormat.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List what was entered by hand: file, line, author, source, since when."""
    from foedus.ledger import Ledger

    with Ledger.open(ledger, read_only=True) as opened:
        found = opened.entry_history() if all_ else opened.entries()
    if form is EntriesFormat.json:
        write_line(as_json(found))
        return
    heads = ("row", "entered", "by", "source", "as written")
    typer.echo(grid(heads, map(_kept_row, found), whole=("row", "entered")))


def _kept_row(kept: Kept) -> tuple[str, ...]:
    since = kept.entered.isoformat() + (f" to {kept.until}" if kept.until else "")
    return (
        _place(kept.entry, kept.line),
        since,
        kept.entry.by,
        _source(kept.entry),
        kept.entry.text,
    )


def _order(chosen: DayOrder | None) -> Literal["dmy", "mdy"] | None:
    return None if chosen is None else "dmy" if chosen is DayOrder.dmy else "mdy"


def _known(alliance: str) -> tuple[World, Alliance]:
    """Return who is known to the alliance, and what it declares."""
    from foedus.alliance import load_alliance, world_of

    world = world_of(alliance)
    return world, load_alliance(alliance, world)


def _cues(declared: Alliance) -> frozenset[str]:
    return frozenset(wording.cue for wording in declared.cues)


def _enter(
    found: Chronology, by: str, at: str | None, place: Address, world: World, declared: Alliance, *,
    adds: bool = False, replace: bool = False, dry_run: bool,
) -> None:  # fmt: skip
    """Enter rows and say what changed; with a mistake among them, name all and enter nothing."""
    if found.mistakes:
        for mistake in found.mistakes[:_SHOWN]:
            complain(mistake)
        left = len(found.mistakes) - _SHOWN
        if left > 0:
            complain(f"{left} mistakes more")
        complain("nothing was entered")
        raise typer.Exit(2)
    from foedus.ledger import CueKinds, Ledger, moment

    when = datetime.now(UTC) if at is None else moment(at)
    new = {entry.id for entry, _ in found.rows}
    if dry_run:
        before = _there(place, found.file)
        _tell(found, before if not adds else before & new, "would be entered")
        return
    # the ledger keeps the register that it has, where this alliance adds nothing to it
    with Ledger.open(place, world=world if world.added is not None else None) as opened:
        if opened.cues() == CueKinds():  # no brief has said of which alliance it tells
            opened.set_cues(declared.cue_kinds)
        before = _standing(opened, found.file)
        owner = opened.entered_by(found.file)
        if before - new and owner not in (None, by) and not (adds or replace):
            raise FoedusError(
                f"rows of that name were entered by {owner}", where=found.file,
                remedy="to keep both say another --name, to take their place --replace",
            )  # fmt: skip
        made = opened.enter(found.file, found.rows, by=by, at=when, adds=adds)
    _tell(found, before if not adds else before & new, "entered" if made else "unchanged")


def _there(place: Address, file: str) -> set[str]:
    from foedus.ledger import Ledger

    if place.path is not None and not place.path.exists():
        return set()
    with Ledger.open(place, read_only=True) as opened:
        return _standing(opened, file)


def _standing(opened: Ledger, file: str) -> set[str]:
    return {k.entry.id for k in opened.entries() if k.entry.file == file}


def _tell(found: Chronology, before: set[str], done: str) -> None:
    """Print the rows that are new, and count what stays, what goes, what cites no source."""
    now = {entry.id for entry, _ in found.rows}
    fresh = [(entry, line) for entry, line in found.rows if entry.id not in before]
    if fresh:
        heads = ("row", "when", "type", "who", "to whom", "what", "source")
        rows = [_row(entry, line) for entry, line in fresh[:_ROWS]]
        typer.echo(grid(heads, rows, whole=("row", "type")))
        if len(fresh) > _ROWS:
            typer.echo(f"and {len(fresh) - _ROWS} rows more")
    unsourced = sum(entry.cited is None for entry, _ in found.rows)
    typer.echo(
        f"{oneline(found.file)}: {done}: {len(now)} rows ({len(fresh)} new, {len(now & before)} as "
        f"before, {len(before - now)} taken out); {unsourced} without a source"
    )


def _row(entry: Entry, line: int) -> tuple[str, ...]:
    from foedus.ledger.cells import amount_text

    act = entry.act
    what = (*act.cues, *act.instruments, *(amount_text(q) for q in act.quantities))
    kind = ", ".join((act.type, *act.aux))
    return (
        _place(entry, line), days_text(act.date), kind, ", ".join(act.actors),
        ", ".join(act.recipients), ", ".join(what), _source(entry),
    )  # fmt: skip


def _place(entry: Entry, line: int) -> str:
    return f"{entry.file}:{line}" if line else entry.file


def _source(entry: Entry) -> str:
    return entry.cited.worded if entry.cited is not None else "unsourced"
