"""The command line: verbs only. Each reads its options, calls one function of a room, and prints.

Standard output carries what was asked for, standard error everything else. Exit status: 0 fine,
1 some reports failed or the machine did (a full disk), 2 what was asked cannot be done as it was
asked. Rooms are imported by the verb that needs them, so that ``foedus --help`` is quick.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.errors import FoedusError, oneline

if TYPE_CHECKING:
    from foedus.acts import DateRange
    from foedus.alliance.records import MechanismStatus
    from foedus.brief.ask import Answer
    from foedus.report.records import Failure

__all__ = ["app", "main"]

FAILED, USAGE, INTERRUPTED, PIPE_CLOSED = 1, 2, 130, 141


class Language(StrEnum):
    """The languages that pages and explanations are written in."""

    fr = "fr"
    en = "en"


class StatusFormat(StrEnum):
    """How ``foedus status`` prints."""

    table = "table"
    json = "json"


class WhyFormat(StrEnum):
    """How ``foedus why`` prints."""

    text = "text"
    json = "json"


class Verbs(typer.core.TyperGroup):
    """Turns every failure that a person can mend into one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; exit with the status that its failure deserves."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except FoedusError as error:
            _complain(error)
            raise typer.Exit(FAILED if isinstance(error.__cause__, OSError) else USAGE) from None
        except BrokenPipeError:
            _drop_output()
            raise typer.Exit(PIPE_CLOSED) from None
        except OSError as error:
            _complain(_of_machine(error))
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            _complain("interrupted")
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
LedgerFile = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="What brief wrote.")]
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day asked about (default: all that is told)."),
]
KnownBy = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only what had appeared by then (default: all reports)."),
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
Lang = Annotated[Language, typer.Option("--lang", help="Language of the words.")]
DEFAULT_LEDGER = Path("foedus.duckdb")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"foedus {version('foedus')}")
        raise typer.Exit


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
) -> None:
    """Read reports and write the situation brief: a page, its data and the ledger."""
    from foedus.brief import build_brief

    with _progress() as progress, _naming(out):
        result = build_brief(
            paths,
            out,
            lang=lang.value,
            dated=dated,
            progress=progress,
            topic=topic,
            workers=workers,
        )
    typer.echo(_table(result.statuses, result.words))
    typer.echo(_dates(result.as_of, result.known_by))
    aside = f", {result.left_out} left out (not about {oneline(topic)})" if topic else ""
    typer.echo(f"reports: {result.reports} read{aside}, {len(result.failures)} failed")
    typer.echo(f"page:    {oneline(result.page)}")
    _exit_after(result.failures)


@app.command()
def code(paths: Reports, dated: Dated = None, topic: Topic = None, workers: Workers = None) -> None:
    """Print the statements, acts and quantities of reports, one JSON object a line."""
    from foedus.acts import encode_record
    from foedus.brief.ask import code_reports
    from foedus.brief.work import Aside
    from foedus.report.records import Failure, LeftOut

    failures: list[Failure] = []
    aside = Aside()
    with _progress() as progress:
        items = code_reports(paths, dated=dated, topic=topic, workers=workers, progress=progress)
        for item in items:
            if isinstance(item, Failure):
                failures.append(item)
            elif isinstance(item, LeftOut):
                aside.add(item)
            else:
                for record in item:
                    _write(encode_record(record))
    if topic is not None:
        _complain(aside.line(topic))
    _exit_after(failures)


@app.command()
def status(
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Annotated[
        StatusFormat, typer.Option("--format", help="A table to read or JSON.")
    ] = StatusFormat.table,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Print where each mechanism stands on a day."""
    at, by = _day("--as-of", as_of), _day("--known-by", known_by)
    from foedus.brief.ask import ask_status

    answer = ask_status(ledger, as_of=at, known_by=by)
    _print_dates(answer, aside=form is StatusFormat.json)
    if form is StatusFormat.json:
        _write(_json([_row(s) for s in answer.statuses]))
    else:
        typer.echo(_table(answer.statuses, answer.words))


@app.command()
def why(
    mechanism: Annotated[str, typer.Argument(metavar="MECHANISM", help="For example article-5.")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    lang: Lang = Language.fr,
    form: Annotated[
        WhyFormat, typer.Option("--format", help="A tree to read or JSON.")
    ] = WhyFormat.text,
    ledger: LedgerFile = DEFAULT_LEDGER,
) -> None:
    """Print why a mechanism stands where it stands: rules, facts, characters."""
    at, by = _day("--as-of", as_of), _day("--known-by", known_by)
    from foedus.brief.ask import ask_why

    answer = ask_why(ledger, mechanism, as_of=at, known_by=by)
    _print_dates(answer, aside=form is WhyFormat.json)
    if form is WhyFormat.json:
        _write(_json(answer.statuses[0]))
    else:
        from foedus.brief import explain

        for line in explain(answer.statuses[0], lang=lang.value, quote=answer.quote):
            typer.echo(line)


def _day(option: str, text: str | None) -> date | None:
    """Read a date of the command line, or say how one is written."""
    if text is None:
        return None
    try:
        # Python also reads 20220225 and 2022-W08-5, which nobody would recognise in a brief.
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise FoedusError(
            f"{text!r} is no date", where=option, remedy="write it as 2022-02-25"
        ) from None


def _row(found: MechanismStatus) -> dict[str, Any]:
    """Return a status as the interchange format of ``foedus status`` has it."""
    since = None
    if found.since is not None:
        since = {"start": found.since.start.isoformat(), "end": found.since.end.isoformat()}
    return {
        "mechanism": found.mechanism,
        "status": found.status,
        "stage": found.stage,
        "since": since,
        "by": found.by,
        "facts": found.facts,
        "citations": [{"report": c.report, "span": c.span} for c in found.citations],
    }


def _json(value: object) -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8")


def _write(line: str) -> None:
    """Write a line of data: UTF-8 whatever the terminal's encoding."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        typer.echo(line)
    else:
        raw.write(line.encode("utf-8", "backslashreplace") + b"\n")


def _dates(as_of: date | None, known_by: date | None) -> str:
    return f"as of {as_of or 'no date'}, as known by {known_by or 'no date'}"


def _print_dates(answer: Answer, *, aside: bool) -> None:
    typer.echo(_dates(answer.as_of, answer.known_by), err=aside)


def _since(found: DateRange | None) -> str:
    if found is None:
        return ""
    if found.start == found.end:
        return found.start.isoformat()
    return f"{found.start.isoformat()}/{found.end.isoformat()}"


def _table(found: tuple[MechanismStatus, ...], words: dict[str, str]) -> str:
    """Lay the statuses out as a table that fits the terminal; text only, whatever they hold.

    ``words`` are those for the statuses, by mechanism; without one its code is shown.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("mechanism", "status", "stage", "since", "by", "sources"):
        table.add_column(head, justify="right" if head == "sources" else "left")
    for s in found:
        cells = (
            s.mechanism,
            words.get(s.mechanism, s.status),
            s.stage or "",
            _since(s.since),
            ", ".join(s.by),
        )
        table.add_row(*(Text(oneline(c)) for c in cells), Text(str(s.sources)))
    terminal = sys.stdout.isatty()
    page = Console(file=StringIO(), force_terminal=terminal, width=None if terminal else 120)
    page.print(table)
    shown = page.file
    assert isinstance(shown, StringIO)
    return "\n".join(line.rstrip() for line in shown.getvalue().rstrip().splitlines())


@contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a progress bar on standard error, or nothing where nobody watches it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress
    from rich.text import Text

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int, name: str) -> None:
            label = Text(oneline(name, 40)).plain.replace("[", r"\[")
            bar.update(task, completed=done, total=total, description=label)

        yield show


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """Let an error of the machine name a place: a write to a full disk names none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or os.fspath(place)
        raise


def _exit_after(failures: list[Failure] | tuple[Failure, ...]) -> None:
    """Name each report that failed, and say so in the exit status."""
    for failure in failures:
        _complain(failure.message)
    if failures:
        raise typer.Exit(FAILED)


def _complain(what: object) -> None:
    typer.echo(f"foedus: {oneline(what)}", err=True)


def _of_machine(error: OSError) -> FoedusError:
    """Say in one sentence what the machine refused, and what can be done about it."""
    remedy = {
        errno.ENOSPC: "make room, or choose another place",
        errno.EDQUOT: "make room, or choose another place",
        errno.EACCES: "choose a place that you may write to",
        errno.EROFS: "choose a place that you may write to",
        errno.EMFILE: "close other programs, or raise the limit of open files",
    }.get(error.errno or 0, "choose another place")
    return FoedusError(error.strerror or str(error), where=error.filename, remedy=remedy)


def _drop_output() -> None:
    """Send what is still unwritten nowhere: the reader of the pipe has gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def main() -> None:
    """Run the command line and exit with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A label that the terminal cannot show must not end the run.
            stream.reconfigure(errors="backslashreplace")
    app(prog_name="foedus")
