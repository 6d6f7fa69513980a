"""Options that several verbs of the command line share, and how their values are read."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

from foedus.address import Address
from foedus.errors import FoedusError

__all__ = [
    "DEFAULT_ALLIANCE",
    "DEFAULT_LEDGER",
    "AllianceFolder",
    "AsOf",
    "KnownBy",
    "Lang",
    "Language",
    "LedgerFile",
    "TableOrJson",
    "TextOrJson",
    "Told",
    "read_day",
]


class Language(StrEnum):
    """The languages that pages and explanations are written in."""

    fr = "fr"
    en = "en"


class TableOrJson(StrEnum):
    """How an answer of many rows is printed."""

    table = "table"
    json = "json"


class TextOrJson(StrEnum):
    """How an explanation is printed."""

    text = "text"
    json = "json"


DEFAULT_LEDGER = Address.of("foedus.duckdb")

LedgerFile = Annotated[
    Address,
    typer.Option(
        "--ledger", metavar="FILE|URL", parser=Address.of,
        help="What brief wrote, or postgresql://USER@HOST/DATABASE.",
    ),
]  # fmt: skip
AsOf = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="The day asked about (default: all that is told)."),
]
KnownBy = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only what had appeared by then (default: all reports)."),
]

Lang = Annotated[Language, typer.Option("--lang", help="Language of the words.")]
Told = Annotated[TextOrJson, typer.Option("--format", help="Lines to read or JSON.")]
DEFAULT_ALLIANCE = "nato"
AllianceFolder = Annotated[
    str,
    typer.Option("--alliance", metavar="NAME|FOLDER", help="A shipped alliance, or a folder."),
]


def read_day(option: str, text: str | None) -> date | None:
    """Read a date of the command line, or say how one is written.

    Raises:
        FoedusError: it is no date; the option is named.
    """
    if text is None:
        return None
    try:
        # Python also reads 20220225 and 2022-W08-5, which nobody would recognise in a brief.
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise FoedusError(
            f"{text!r} is no date", where=option, remedy="write it as 2022-02-25"
        ) from None
