"""The verbs of ``foedus ledger judge``: a person confirms, rejects, corrects what was read.

Comes in: the options of the command line. Goes out: one entry in the ledger for each call, its id on
standard output; or what was judged, as a table, a line of JSON each, or nothing. :func:`register` hangs
the verbs onto another application.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.address import Address
from foedus.errors import oneline
from foedus.verbs.options import DEFAULT_LEDGER, LedgerFile, read_day
from foedus.verbs.terminal import write_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from foedus.ledger import Anchor, Judged, Ledger
    from foedus.ledger.judging.judgements import Verb

__all__ = ["app", "register"]


class ListFormat(StrEnum):
    """How ``judge list`` and ``judge orphans`` print."""

    table = "table"
    json = "json"


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Judge facts, utterances, quantities and sources; every judgement can be withdrawn.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Things = Annotated[
    list[str],
    typer.Argument(
        metavar="ID...", help="Facts (f-...) or acts (a-...); u-... or s-...; quantities (q-...)."
    ),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="ISO", help="When: 2022-03-01T09:30Z, or a day (default: now)."),
]
KnownBy = Annotated[
    str | None, typer.Option(metavar="DATE", help="Only what had been judged by then.")
]
Form = Annotated[ListFormat, typer.Option("--format", help="A table, or a line of JSON each.")]


def register(parent: typer.Typer) -> None:
    """Give ``parent`` the verb ``judge`` with all its own verbs."""
    parent.add_typer(app, name="judge")


@app.command()
def confirm(
    targets: Things, by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER
) -> None:
    """Hold that facts, utterances or quantities are as they were read."""
    _judge(ledger, "confirm", targets, by, why, at)


@app.command()
def reject(
    targets: Things, by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER
) -> None:
    """Hold that they were misread, or did not happen: they no longer count as evidence."""
    _judge(ledger, "reject", targets, by, why, at)


@app.command()
def unsure(
    targets: Things, by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER
) -> None:
    """Mark them as doubtful; they count as before."""
    _judge(ledger, "unsure", targets, by, why, at)


@app.command()
def merge(
    targets: Things, by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER
) -> None:
    """Hold that two or more facts, or utterances, are one thing."""
    _judge(ledger, "merge", targets, by, why, at)


@app.command()
def split(
    fact: Annotated[str, typer.Argument(metavar="FACT", help="A fact, or an utterance.")],
    acts: Annotated[
        list[str], typer.Argument(metavar="ACT...", help="Its acts (or statements) that are no part of it.")
    ],
    by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:  # fmt: skip
    """Hold that some acts of a fact, or statements of an utterance, are another thing than the rest."""
    _judge(ledger, "split", [fact, *acts], by, why, at)


@app.command()
def correct(
    target: Annotated[str, typer.Argument(metavar="ID", help="A fact (all its acts), an act, u-..., s-..., q-...")],
    field: Annotated[
        str, typer.Argument(metavar="FIELD", help="actors, date, type, quantity:WHAT:UNIT, speaker, words, value, ...")
    ],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Lists with commas; '' for none.")],
    by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:  # fmt: skip
    """Correct what was read: a role, the date, a figure, the speaker, the words, a value or its unit."""
    _judge(ledger, "correct", [target], by, why, at, field=field, value=value)


@app.command()
def grade(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A report or an outlet.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="A-F, 1-6 or both: B2.")],
    by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:  # fmt: skip
    """Grade a source by the Admiralty code."""
    _judge(ledger, "grade", [source], by, why, at, value=code)


@app.command()
def withdraw(
    judgement: Annotated[str, typer.Argument(metavar="JUDGEMENT", help="The id of your own.")],
    by: By, why: Why, at: At = None, ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:  # fmt: skip
    """Take a judgement of your own back: all is as if it had not been made, but for the entry."""
    _judge(ledger, "withdraw", [judgement], by, why, at)


@app.command(name="list")
def list_(
    all_: Annotated[
        bool, typer.Option("--all", help="Withdrawn ones and withdrawals too.")
    ] = False,
    known_by: KnownBy = None,
    form: Form = ListFormat.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Print the judgements in order of time, and what has become of each."""
    with _opened(ledger, read_only=True) as opened:
        made = opened.judgements(read_day("--known-by", known_by))
    shown = [j for j in made if all_ or not j.withdrawn]
    if form is ListFormat.json:
        _lines(shown)
        return
    for told in shown:
        entry = told.judgement
        change = " ".join(x for x in (entry.field, entry.value) if x is not None)
        about = ", ".join(entry.named)
        parts = (entry.id, f"{entry.at:%Y-%m-%d %H:%M}", told.state, entry.by, entry.verb, about)
        typer.echo("  ".join(oneline(part) for part in (*parts, change) if part))
        typer.echo("    " + oneline(entry.why, 500))


@app.command()
def orphans(form: Form = ListFormat.table, ledger: LedgerFile = DEFAULT_LEDGER) -> None:
    """Print the passages that judgements are about and where such a record is no longer found."""
    with _opened(ledger, read_only=True) as opened:
        labels = {r.hash: r.label for r in opened.reports()}
        lost = [j for j in opened.judgements() if j.orphans and not j.withdrawn]
    if form is ListFormat.json:
        _lines(lost)
        return
    for told in lost:
        entry = told.judgement
        typer.echo(f"{entry.id}  {entry.verb}  {entry.by}: {oneline(entry.why, 500)}")
        for anchor in told.orphans:
            typer.echo("    " + _passage(anchor, labels))


def _passage(anchor: Anchor, labels: dict[str, str]) -> str:
    where = labels.get(anchor.source, anchor.source[:12])
    span = "" if anchor.span is None else f" {anchor.span[0]}-{anchor.span[1]}"
    words = f" « {oneline(anchor.quote)} »" if anchor.quote else ""
    return f"{anchor.type or anchor.kind}  {oneline(where)}{span}{words}"


def _judge(
    place: Address,
    verb: Verb,
    targets: Sequence[str],
    by: str,
    why: str,
    at: str | None,
    **more: Any,
) -> None:
    """Keep one judgement and print its id, once it is on the disk."""
    from foedus.ledger import judge, moment

    when = None if at is None else moment(at)
    with _opened(place) as opened:
        entry = judge(opened, verb, targets, by=by, why=why, at=when, **more)
        typer.echo(f"{entry.id}  {verb}  {oneline(', '.join(targets))}")


def _opened(place: Address, *, read_only: bool = False) -> Ledger:
    from foedus.ledger import Ledger

    return Ledger.open(place, read_only=read_only, create=False)


def _lines(shown: Iterable[Judged]) -> None:
    import msgspec

    for told in shown:
        write_line(msgspec.json.encode(told).decode("utf-8"))
