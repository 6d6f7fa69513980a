"""What the verbs that ask the ledger share: the form of an answer, the clocks, what cannot be told.

Comes in: options of the command line. Goes out: an open ledger's content for the two dates, lines on
standard output, and on standard error of how many records the dates cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foedus.acts import days_text
from foedus.address import Address
from foedus.verbs.options import read_day
from foedus.verbs.terminal import complain, write_line

if TYPE_CHECKING:
    from foedus.ledger import Ledger
    from foedus.ledger.out import Content, Table
    from foedus.ledger.records import Fact, Undecided
    from foedus.ledger.sayings import Utterance

__all__ = [
    "Form",
    "Printed",
    "asked_of",
    "content_of",
    "many",
    "print_csv",
    "print_undecided",
    "when_text",
]


class Form(StrEnum):
    """How an answer is printed."""

    table = "table"
    json = "json"
    csv = "csv"


Printed = Annotated[Form, typer.Option("--format", help="A table to read, JSON or CSV.")]


def many(name: str, what: str) -> Any:
    """Return an option that may be repeated."""
    return typer.Option(f"--{name}", metavar=name.upper(), help=f"{what}; may be repeated.")


@contextmanager
def asked_of(
    ledger: Address, as_of: str | None, known_by: str | None
) -> Iterator[tuple[Ledger, Content]]:
    """Open a ledger for reading, and what of it counts on the two days."""
    at, by = read_day("--as-of", as_of), read_day("--known-by", known_by)
    from foedus.ledger import Ledger
    from foedus.ledger.out import Content

    with Ledger.open(ledger, read_only=True) as opened:
        yield opened, Content(opened, as_of=at, known_by=by)


@contextmanager
def content_of(ledger: Address, as_of: str | None, known_by: str | None) -> Iterator[Content]:
    """Give what counts on the two days, and then say of what the dates cannot tell."""
    with asked_of(ledger, as_of, known_by) as (opened, content):
        yield content
        print_undecided(opened.cannot_tell(content.as_of, content.known_by))


_KEPT = {"as_of": "kept", "known_by": "left out"}
_NAMED = 5


def print_undecided(found: Iterable[Undecided]) -> None:
    """Say on standard error of how many records the dates at hand cannot tell, and name the first."""
    by_clock: dict[str, list[Undecided]] = {}
    for undecided in found:
        by_clock.setdefault(undecided.clock, []).append(undecided)
    for clock, records in by_clock.items():
        first = ", ".join(r.record for r in records[:_NAMED])
        more = ", …" if len(records) > _NAMED else ""
        complain(
            f"--{clock.replace('_', '-')} {records[0].asked}: the dates at hand cannot tell for "
            f"{len(records)} records, {_KEPT[clock]}: {first}{more}"
        )


def when_text(found: Fact | Utterance) -> str:
    """Return the day it was done or said, else the day it was first told."""
    return days_text(found.date) or f"told {days_text(found.first_told) or '?'}"


def print_csv(table: Table) -> None:
    """Print a table as CSV."""
    from foedus.ledger.out import csv_lines

    for line in csv_lines(table.heads, table.rows):
        write_line(line.removesuffix("\n"))
