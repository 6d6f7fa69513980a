"""What the command line prints, and how: lines, tables, a progress bar, complaints.

Comes in: what the rooms answered. Goes out: text for a terminal, a pipe or a file; nothing that a
report holds can steer the terminal.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

import typer

from foedus.acts import days_text
from foedus.errors import FoedusError, oneline

if TYPE_CHECKING:
    from pathlib import Path

    from foedus.alliance.records import MechanismStatus
    from foedus.brief.ask import Answer

__all__ = [
    "as_json",
    "complain",
    "dates_line",
    "drop_output",
    "grid",
    "naming",
    "of_machine",
    "print_dates",
    "progress_bar",
    "status_row",
    "status_table",
    "write_line",
]


def status_row(found: MechanismStatus) -> dict[str, Any]:
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


def as_json(value: object) -> str:
    """Return a value as indented JSON."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode("utf-8")


def write_line(line: str) -> None:
    """Write a line of data: UTF-8 whatever the terminal's encoding."""
    raw = getattr(sys.stdout, "buffer", None)
    if raw is None:
        typer.echo(line)
    else:
        raw.write(line.encode("utf-8", "backslashreplace") + b"\n")


def dates_line(as_of: date | None, known_by: date | None, *, asked: bool = True) -> str:
    """Say what day and what knowledge an answer is for; ``asked``: whether somebody named the day.

    Where nobody did, everything told counts and nothing is over: the line must not say « as of ».
    """
    known = f"as known by {known_by or 'no date'}"
    if asked:
        return f"as of {as_of or 'no date'}, {known}"
    return f"all that is told up to {as_of or 'no date'}, {known}"


def print_dates(answer: Answer, *, aside: bool, asked: bool) -> None:
    """Print the same for an answer; ``aside``: on standard error."""
    typer.echo(dates_line(answer.as_of, answer.known_by, asked=asked), err=aside)


def status_table(found: tuple[MechanismStatus, ...], words: dict[str, str]) -> str:
    """Lay the statuses out as a table that fits the terminal; text only, whatever they hold.

    ``words`` are those for the statuses, by mechanism; without one its code is shown.
    """
    rows = [
        (
            s.mechanism, words.get(s.mechanism, s.status), s.stage or "", days_text(s.since),
            ", ".join(s.by), str(s.sources),
        )
        for s in found
    ]  # fmt: skip
    heads = ("mechanism", "status", "stage", "since", "by", "sources")
    return grid(heads, rows, right=("sources",))


def grid(
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Container[str] = (),
    whole: Container[str] = (),
) -> str:
    """Lay cells out as a table that fits the terminal; text only, whatever the cells hold.

    ``right`` names the columns that are set flush right, ``whole`` those whose cells (ids, days) stay
    on one line however narrow the terminal.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in heads:
        justify: Literal["right", "left"] = "right" if head in right else "left"
        table.add_column(head, justify=justify, overflow="fold", no_wrap=head in whole)
    for cells in rows:
        table.add_row(*(Text(oneline(c)) for c in cells))
    terminal = sys.stdout.isatty()
    page = Console(file=StringIO(), force_terminal=terminal, width=None if terminal else 120)
    page.print(table)
    shown = page.file
    assert isinstance(shown, StringIO)
    return "\n".join(line.rstrip() for line in shown.getvalue().rstrip().splitlines())


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Callable[[int, int, str], None] | None]:
    """Give a progress bar on standard error, or nothing where nobody watches it."""
    if quiet or not sys.stderr.isatty():
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
def naming(place: Path) -> Iterator[None]:
    """Let an error of the machine name a place: a write to a full disk names none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or os.fspath(place)
        raise


def complain(what: object) -> None:
    """Say on standard error, in one line, what is wrong."""
    typer.echo(f"foedus: {oneline(what)}", err=True)


def of_machine(error: OSError) -> FoedusError:
    """Say in one sentence what the machine refused, and what can be done about it."""
    remedy = {
        errno.ENOSPC: "make room, or choose another place",
        errno.EDQUOT: "make room, or choose another place",
        errno.EACCES: "choose a place that you may write to",
        errno.EROFS: "choose a place that you may write to",
        errno.EMFILE: "close other programs, or raise the limit of open files",
    }.get(error.errno or 0, "choose another place")
    return FoedusError(error.strerror or str(error), where=error.filename, remedy=remedy)


def drop_output() -> None:
    """Send what is still unwritten nowhere: the reader of the pipe has gone."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
