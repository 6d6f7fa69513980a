"""The command line: verbs only. Each reads its options, calls one function of a room, and prints.

Standard output carries what was asked for, standard error everything else. Exit status: 0 fine,
1 some reports failed or the machine did (a full disk), 2 what was asked cannot be done as it was
asked. Rooms are imported by the verb that needs them, so that ``foedus --help`` is quick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.address import Address
from foedus.errors import FoedusError, oneline
from foedus.verbs import alliance_verbs, ledger_verbs
from foedus.verbs.options import (
    DEFAULT_ALLIANCE,
    DEFAULT_LEDGER,
    AllianceFolder,
    AsOf,
    KnownBy,
    Lang,
    Language,
    LedgerFile,
    TableOrJson,
    TextOrJson,
    Told,
    read_day,
)
from foedus.verbs.simulate import simulate
from foedus.verbs.terminal import (
    as_json,
    complain,
    dates_line,
    drop_output,
    naming,
    of_machine,
    print_dates,
    progress_bar,
    status_row,
    status_table,
    write_line,
)
from foedus.verbs.whatif import whatif

if TYPE_CHECKING:
    from foedus.report.records import Failure

__all__ = ["app", "main"]

FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


class Verbs(typer.core.TyperGroup):
    """Turns every failure that a person can mend into one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; exit with the status that its failure deserves."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except FoedusError as error:
            complain(error)
            raise typer.Exit(FAILED if isinstance(error.__cause__, OSError) else USAGE) from None
        except BrokenPipeError:
            drop_output()
            raise typer.Exit(PIPE_CLOSED) from None
        except OSError as error:
            complain(of_machine(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            complain("interrupted")
            raise typer.Exit(INTERRUPTED) from None
        return result


app = typer.Typer(
    cls=Verbs,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="What an alliance is bound to, as far as the press lets one know.",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Reports = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Reports, or folders of them.")
]
Dated = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv", help="Dates, outlets and addresses of reports, by hand."),
]
Topic = Annotated[
    str | None,
    typer.Option(
        metavar="NAME", help="Leave out reports that do not concern it: nato, or a folder."
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, max=256, help="Processes (default: more than one for many reports)."
    ),
]


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"foedus {version('foedus')}")
        raise typer.Exit


app.add_typer(alliance_verbs, name="alliance")
app.add_typer(ledger_verbs, name="ledger")


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Hold the options that belong to no verb."""


@app.command()
def brief(
    paths: Reports,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="Folder to write.")],
    lang: Lang = Language.fr,
    dated: Dated = None,
    topic: Topic = None,
    workers: Workers = None,
    ledger: Annotated[
        Address | None,
        typer.Option(
            metavar="FILE|URL",
            parser=Address.of,
            help="Add to this ledger (default: foedus.duckdb in OUT).",
        ),
    ] = None,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Read reports and write the situation brief: a page, its data and the ledger."""
    from foedus.brief import build_brief

    with progress_bar() as progress, naming(out):
        result = build_brief(
            paths,
            out,
            lang=lang.value,
            dated=dated,
            progress=progress,
            topic=topic,
            workers=workers,
            ledger=ledger,
            alliance=alliance,
        )
    typer.echo(status_table(result.statuses, result.words))
    typer.echo(dates_line(result.as_of, result.known_by, asked=False))
    aside = f", {result.left_out} left out (not about {oneline(topic)})" if topic else ""
    typer.echo(f"reports: {result.reports} read{aside}, {len(result.failures)} failed")
    typer.echo(f"page:    {oneline(result.page)}")
    _exit_after(result.failures)


@app.command()
def code(
    paths: Reports,
    dated: Dated = None,
    topic: Topic = None,
    workers: Workers = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each record under its sentence, and why.")
    ] = False,
    form: Annotated[
        TextOrJson | None, typer.Option("--format", help="With --explain: text (default) or JSON.")
    ] = None,
    lang: Annotated[
        Language | None, typer.Option("--lang", help="With --explain: language of the words.")
    ] = None,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Print the statements, acts and quantities of reports, one JSON object a line."""
    from foedus.acts import encode_record
    from foedus.brief.ask import code_reports, explained_reports
    from foedus.brief.work import Aside
    from foedus.report.records import Failure, LeftOut

    if not explain and (form or lang):
        option = "--format" if form else "--lang"
        raise FoedusError("goes with --explain only", where=option, remedy="add --explain")
    failures: list[Failure] = []
    aside, terminal = Aside(), sys.stdout.isatty()
    with progress_bar(quiet=explain and terminal) as progress:
        items: Iterable[Iterable[str] | Failure | LeftOut]
        if explain:
            items = explained_reports(
                paths, dated=dated, topic=topic, workers=workers, progress=progress,
                lang=(lang or Language.fr).value, as_json=form is TextOrJson.json, terminal=terminal,
                alliance=alliance,
            )  # fmt: skip
        else:
            coded = code_reports(
                paths,
                dated=dated,
                topic=topic,
                workers=workers,
                progress=progress,
                alliance=alliance,
            )
            items = (map(encode_record, i) if isinstance(i, tuple) else i for i in coded)
        for item in items:
            if isinstance(item, Failure):
                failures.append(item)
            elif isinstance(item, LeftOut):
                aside.add(item)
            else:
                for line in item:
                    write_line(line)
    if topic is not None:
        complain(aside.line(topic))
    _exit_after(failures)


@app.command()
def status(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Annotated[
        TableOrJson, typer.Option("--format", help="A table to read or JSON.")
    ] = TableOrJson.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Print where each mechanism stands on a day."""
    at, by = read_day("--as-of", as_of), read_day("--known-by", known_by)
    from foedus.brief.ask import ask_status

    answer = ask_status(ledger, as_of=at, known_by=by, alliance=alliance)
    print_dates(answer, aside=form is TableOrJson.json, asked=at is not None)
    if form is TableOrJson.json:
        write_line(as_json([status_row(s) for s in answer.statuses]))
    else:
        typer.echo(status_table(answer.statuses, answer.words))


@app.command()
def why(
    mechanism: Annotated[str, typer.Argument(metavar="MECHANISM", help="For example article-5.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    lang: Lang = Language.fr,
    form: Told = TextOrJson.text,
    ledger: LedgerFile = DEFAULT_LEDGER,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
) -> None:
    """Print why a mechanism stands where it stands: rules, facts, characters."""
    at, by = read_day("--as-of", as_of), read_day("--known-by", known_by)
    from foedus.brief.ask import ask_why

    answer = ask_why(ledger, mechanism, as_of=at, known_by=by, alliance=alliance)
    print_dates(answer, aside=form is TextOrJson.json, asked=at is not None)
    if form is TextOrJson.json:
        import msgspec

        from foedus.alliance.records import as_reason

        write_line(as_json(msgspec.to_builtins(answer.statuses[0], enc_hook=as_reason)))
    else:
        from foedus.brief import explain

        status_ = answer.statuses[0]
        for line in explain(status_, lang=lang.value, quote=answer.quote, alliance=alliance):
            typer.echo(line)


app.command()(whatif)
app.command()(simulate)


def _exit_after(failures: list[Failure] | tuple[Failure, ...]) -> None:
    """Name each report that failed, and say so in the exit status."""
    for failure in failures:
        complain(failure.message)
    if failures:
        raise typer.Exit(FAILED)


def main() -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A label that the terminal cannot show must not end the run.
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="foedus")
