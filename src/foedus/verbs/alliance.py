"""``foedus alliance``: looking at what an alliance declares, and checking that it holds together.

Each verb reads its options, asks a room, and prints. Rooms are imported by the verb that needs them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from foedus.verbs.options import (
    DEFAULT_ALLIANCE,
    AllianceFolder,
    Lang,
    Language,
    TableOrJson,
    read_day,
)
from foedus.verbs.terminal import as_json, complain, write_line

__all__ = ["app"]

_WRONG = 1

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look at a declared alliance, and check it.",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command()
def check(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Of an alliance; or nato.")],
) -> None:
    """Check the folder of an alliance: every error and remark, with file, line and what to do."""
    from foedus.alliance.remarks import inspect

    found = inspect(folder)
    for problem in found.problems:
        write_line(f"error: {problem}")
    for remark in found.remarks:
        write_line(f"remark: {remark}")
    if found.problems:
        complain(f"{len(found.problems)} errors: this alliance cannot be used as it is")
        raise typer.Exit(_WRONG)
    counts = f"{found.references} references, {found.unchecked} not checked"
    write_line(f"no errors, {len(found.remarks)} remarks; {counts}")


@app.command()
def show(
    mechanism: Annotated[
        str | None, typer.Argument(metavar="[MECHANISM]", help="Only this one: article-5.")
    ] = None,
    alliance: AllianceFolder = DEFAULT_ALLIANCE,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day shown (default: today).")
    ] = None,
    lang: Lang = Language.fr,
    form: Annotated[
        TableOrJson, typer.Option("--format", help="Lines to read or JSON.")
    ] = TableOrJson.table,
) -> None:
    """Print who is in an alliance, what it has, and what its rules say, on a day."""
    on = read_day("--as-of", as_of) or date.today()
    from foedus.brief.ask import ask_declaration
    from foedus.brief.declaration import declaration_lines

    shown, words = ask_declaration(mechanism, on=on, lang=lang.value, alliance=alliance)
    if form is TableOrJson.json:
        write_line(as_json(shown))
    else:
        for line in declaration_lines(shown, words):
            write_line(line)
