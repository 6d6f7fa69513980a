"""``foedus ledger``: reading the ledger and writing it out.

Each verb reads its options, asks the ledger, and prints a table to read, JSON or CSV. Standard
output carries what was asked for; hints go to standard error. Rooms are imported by the verb that
needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foedus.acts import EVENT_TYPES
from foedus.errors import FoedusError, oneline
from foedus.verbs.asking import (
    Form,
    Printed,
    content_of,
    many,
    print_csv,
    print_undecided,
    when_text,
)
from foedus.verbs.options import DEFAULT_LEDGER, AsOf, KnownBy, LedgerFile, read_day
from foedus.verbs.terminal import as_json, complain, grid, naming, write_line

if TYPE_CHECKING:
    from foedus.ledger.out import Content, Dispute, Filter
    from foedus.ledger.records import Fact

__all__ = ["app"]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Read the ledger: facts, utterances, disputes, sources, one record; write it out.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Field(StrEnum):
    """On what the tellings of a fact may differ; or ``opposed``, of two facts that are contraries."""

    polarity = "polarity"
    date = "date"
    actors = "actors"
    recipients = "recipients"
    places = "places"
    quantity = "quantity"
    opposed = "opposed"


class ExportForm(StrEnum):
    """What ``foedus ledger export`` writes."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"
    plover = "plover"
    ftm = "ftm"
    prov = "prov"
    ical = "ical"


Types = Annotated[list[str] | None, many("type", "Event type, for example AID")]
Actors = Annotated[list[str] | None, many("actor", "Who did it: POL, nato, a name")]
Recipients = Annotated[list[str] | None, many("recipient", "To whom")]
Parties = Annotated[list[str] | None, many("party", "Actor or recipient")]
Places = Annotated[list[str] | None, many("place", "Where; a state holds its places")]
Cues = Annotated[list[str] | None, many("cue", "Mechanism pointed at: article-4")]
Instruments = Annotated[list[str] | None, many("instrument", "What was used or given")]
Outlets = Annotated[list[str] | None, many("outlet", "Told by this outlet")]
Reports = Annotated[list[str] | None, many("report", "Told by this report: label or hash")]
From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="Not over before then.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Begun by then.")]
Attested = Annotated[
    int, typer.Option("--min-sources", metavar="N", min=0, help="Independent sources at least.")
]


@app.command()
def facts(
    types: Types = None,
    actors: Actors = None,
    recipients: Recipients = None,
    parties: Parties = None,
    places: Places = None,
    cues: Cues = None,
    instruments: Instruments = None,
    outlets: Outlets = None,
    reports: Reports = None,
    first: From = None,
    last: To = None,
    min_sources: Attested = 0,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Only facts whose tellings differ.")
    ] = False,
    unsourced: Annotated[
        bool, typer.Option("--unsourced", help="Only facts entered by hand without a source.")
    ] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List facts: what is held to have been done, and on how many sources."""
    asked = _filter(
        types, actors, recipients, parties, places, cues, instruments, outlets, reports,
        days=(first, last), sources=min_sources, differing=disputed, unsourced=unsourced,
    )  # fmt: skip
    from foedus.ledger.out import facts_table

    with content_of(ledger, as_of, known_by) as content:
        found = _choose(content, asked)
        if form is Form.json:
            write_line(as_json(found))
        elif form is Form.csv:
            print_csv(facts_table(found))
        else:
            heads = ("fact", "when", "type", "who", "to whom", "what", "sources", "differs")
            typer.echo(
                grid(heads, map(_fact_row, found), right=("sources",), whole=("fact", "type"))
            )


@app.command()
def disputes(
    fields: Annotated[
        list[Field] | None,
        typer.Option("--field", help="On what tellings differ; may be repeated."),
    ] = None,
    types: Types = None,
    actors: Actors = None,
    recipients: Recipients = None,
    parties: Parties = None,
    places: Places = None,
    cues: Cues = None,
    instruments: Instruments = None,
    outlets: Outlets = None,
    reports: Reports = None,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List what tellings of one fact differ on, and facts told as their contrary, side by side, with who says which."""
    asked = _filter(
        types, actors, recipients, parties, places, cues, instruments, outlets, reports,
        days=(first, last),
    )  # fmt: skip
    from foedus.ledger.out import disputes_of, disputes_table

    with content_of(ledger, as_of, known_by) as content:
        found = disputes_of(content, _choose(content, asked), [f.value for f in fields or ()])
        if form is Form.json:
            write_line(as_json(found))
        elif form is Form.csv:
            print_csv(disputes_table(found))
        else:
            heads = ("fact", "type", "field", "value", "outlet", "report", "act")
            typer.echo(grid(heads, _dispute_rows(found), whole=("fact", "act")))


@app.command()
def sources(
    outlets: Outlets = None,
    reports: Reports = None,
    types: Types = None,
    parties: Parties = None,
    places: Places = None,
    cues: Cues = None,
    first: From = None,
    last: To = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """List outlets: reports, facts, how many alone, copies, who controls them."""
    asked = _filter(
        types, None, None, parties, places, cues, None, None, reports, days=(first, last)
    )
    from foedus.ledger.out import Filter, cell_text, in_ids, outlets_of, outlets_table

    with content_of(ledger, as_of, known_by) as content:
        wanted = in_ids(Filter(outlets=tuple(outlets or ())), content.world).outlets
        rows = outlets_of(content, content.world, _choose(content, asked))
        table = outlets_table([r for r in rows if not wanted or r.outlet in wanted])
        if form is Form.json:
            write_line(as_json([dict(zip(table.heads, row, strict=True)) for row in table.rows]))
        elif form is Form.csv:
            print_csv(table)
        else:
            numbers = ("reports", "facts", "alone", "copies")
            heads = ("outlet", "country", "owner", "state control", *numbers)
            places_ = (0, 2, 3, 4, 6, 7, 8, 9)
            cells = (
                [cell_text(row[i]) or "(unknown)" * (i == 0) for i in places_] for row in table.rows
            )
            typer.echo(grid(heads, cells, right=numbers))


@app.command()
def show(
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="Of a fact, utterance, record or report, or its beginning."
        ),
    ],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Printed = Form.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Print the whole way from a fact to the characters it rests on."""
    from foedus.ledger.out import passages_table, trail_lines, trail_of

    with content_of(ledger, as_of, known_by) as content:
        trail = trail_of(content, record)
        if form is Form.json:
            write_line(as_json(trail))
        elif form is Form.csv:
            print_csv(passages_table(trail))
        else:
            for line in trail_lines(trail):
                write_line(line)


@app.command()
def export(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="DIR", help="Folder to write.")],
    form: Annotated[
        ExportForm, typer.Option("--format", help="Form of the files.")
    ] = ExportForm.jsonl,
    fact: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only this fact (plover, ftm, prov, ical)."),
    ] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Write the ledger to files and print their names."""
    at, by = read_day("--as-of", as_of), read_day("--known-by", known_by)
    from foedus.ledger import Ledger

    with naming(out), Ledger.open(ledger, read_only=True) as opened:
        written = opened.export(out, form.value, as_of=at, known_by=by, fact=fact)
        print_undecided(opened.cannot_tell(at, by))
    for path in written:
        typer.echo(oneline(path))


def _filter(
    *roles: list[str] | None,
    days: tuple[str | None, str | None],
    sources: int = 0,
    differing: bool = False,
    unsourced: bool = False,
) -> Filter:
    """Make a filter of what was asked, each role in the order of the verbs' options."""
    from foedus.ledger.out import Filter

    names = (
        "types", "actors", "recipients", "parties", "places", "cues", "instruments", "outlets",
        "reports",
    )  # fmt: skip
    wanted = {name: tuple(values or ()) for name, values in zip(names, roles, strict=True)}
    for name in wanted["types"]:
        if name.strip().upper() not in EVENT_TYPES:
            raise FoedusError(
                f"{name!r} is no event type", where="--type",
                remedy=f"one of: {', '.join(EVENT_TYPES)}",
            )  # fmt: skip
    first, last = read_day("--from", days[0]), read_day("--to", days[1])
    return Filter(
        **wanted, first=first, last=last, sources=sources, differing=differing, unsourced=unsourced
    )


_OPTIONS = {"types": "type", "parties": "party", "cues": "cue"}


def _choose(content: Content, asked: Filter) -> Sequence[Fact]:
    """Return the facts asked for; say on standard error which value no fact has."""
    from foedus.ledger.out import chosen, in_ids, unmet

    world = content.world
    asked = in_ids(asked, world)
    found = chosen(content.some_facts(asked.cues, asked.types), asked, world)
    if not found:
        for field, value, near in unmet(content.facts, asked, world):
            option = _OPTIONS.get(field, field.removesuffix("s"))
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            complain(f"--{option}: no fact here has {value!r}{hint}")
    return found


def _fact_row(fact: Fact) -> tuple[str, ...]:
    marks = "".join(f", {mark}" for mark in fact.aux)
    what = ", ".join((*fact.cues, *fact.instruments))
    return (
        fact.id, when_text(fact), fact.type + marks, ", ".join(fact.actors), ", ".join(fact.recipients), what,
        f"{fact.sources}{_unsourced(fact)}", ", ".join(d.field for d in fact.differences),
    )  # fmt: skip


def _unsourced(fact: Fact) -> str:
    """Mark tellings that a person entered without a source, which count as none."""
    return f" +{fact.unsourced} unsourced" if fact.unsourced else ""


def _dispute_rows(found: Iterable[Dispute]) -> Iterator[tuple[str, ...]]:
    """A row for each telling; what repeats the row above is left empty, so that sides stand out."""
    for dispute in found:
        head: tuple[str, ...] = (dispute.fact, dispute.type, dispute.field)
        for side in dispute.sides:
            value = side.value
            for h in side.holders:
                yield (*head, value, h.outlet or h.by or "", h.passage.report, h.act)
                head, value = ("", "", ""), ""
