"""A chronology kept by hand: a CSV file, read row by row.

Comes in: a file as spreadsheets write it (UTF-8 with or without a mark, UTF-16, Windows-1252; commas,
semicolons or tabs). Goes out: a :class:`Chronology`: its rows with their lines, and every mistake with
file, line, column and what to do. docs/reference/chronology.md tells the columns to people.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

import msgspec

from foedus.errors import FoedusError
from foedus.ledger.hand.cells import RowReader
from foedus.ledger.hand.names import Names
from foedus.ledger.hand.records import Entry
from foedus.ledger.hand.wording import COLUMNS, load_wording
from foedus.ledger.typed import DayOrder
from foedus.report.decoding import decode
from foedus.report.files import read_bytes, shown
from foedus.world import World

__all__ = ["KEYBOARD", "Chronology", "one_row", "read_chronology"]

KEYBOARD = "keyboard"
"""What stands for the file of entries made one by one."""
_FIRST = f"the first line names the columns, some of: {', '.join(COLUMNS)}"


class Chronology(msgspec.Struct, frozen=True, kw_only=True):
    """What a file holds. With a mistake, nothing of it is to be entered."""

    file: str
    rows: tuple[tuple[Entry, int], ...] = ()
    """Each row with the line on which it begins."""
    mistakes: tuple[FoedusError, ...] = ()


def read_chronology(
    path: Path, *, world: World, by: str = "", name: str | None = None,
    cues: Collection[str] | None = None, order: DayOrder | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Chronology:  # fmt: skip
    """Read a file whole.

    Args:
        path: the file.
        world: who is who.
        by: the author of the rows that name none.
        name: what the chronology is called; without it, the file's name. Its rows take the place of
            those entered earlier under that name.
        cues: the cues that an alliance declares; None takes any.
        order: what comes first in 04/03/2022; None takes such a date for a mistake.
        progress: called with the line reached, the number of lines, and the name.

    Raises:
        FoedusError: the file cannot be read at all. Mistakes within it are in the result.
    """
    file = shown(name or path.name)
    if file == KEYBOARD:
        what = f"{KEYBOARD!r} is the name of entries made one by one"
        raise FoedusError(what, where=shown(path), remedy="say another --name")
    text = _text(path)
    reader = RowReader(Names(world), cues, order)
    found: dict[str, tuple[Entry, int]] = {}
    mistakes: list[FoedusError] = []
    try:
        lines = _lines(text)
        header = _header(lines, file, mistakes)
        if header is None:
            return Chronology(file=file, mistakes=tuple(mistakes))
        total = text.count("\n") + 1
        for line, cells in lines:
            if progress is not None:
                progress(line, total, file)
            if len(cells) > len(header) and any(c.strip() for c in cells[len(header) :]):
                remedy = "put the cell that holds a separator in quotation marks"
                mistakes.append(_mistake("has more cells than the first line", file, line, remedy))
                continue
            told = {head: cell for head, cell in zip(header, cells, strict=False) if head}
            entry = reader.entry(told, file=file, by=by)
            if isinstance(entry, Entry):
                earlier = found.setdefault(entry.id, (entry, line))
                if earlier[1] != line:
                    what = f"says the same as line {earlier[1]}"
                    mistakes.append(_mistake(what, file, line, "remove one of the two"))
            else:
                mistakes += [_mistake(w.what, file, line, w.remedy, column) for column, w in entry]
    except csv.Error as error:
        remedy = "a cell with a quotation mark is written with marks round it, and doubled within"
        mistakes.append(_mistake(f"is no CSV: {error}", file, _at(text), remedy))
    return Chronology(file=file, rows=tuple(found.values()), mistakes=tuple(mistakes))


def one_row(
    cells: Mapping[str, str], *, world: World, by: str, file: str = KEYBOARD,
    cues: Collection[str] | None = None, order: DayOrder | None = None,
) -> Chronology:  # fmt: skip
    """Read one entry from the values of its columns; mistakes name the option of the column."""
    entry = RowReader(Names(world), cues, order).entry(cells, file=file, by=by)
    if isinstance(entry, Entry):
        return Chronology(file=file, rows=((entry, 0),))
    mistakes = (
        FoedusError(w.what, where=f"--{column.replace('_', '-')}", remedy=w.remedy)
        for column, w in entry
    )
    return Chronology(file=file, mistakes=tuple(mistakes))


def _text(path: Path) -> str:
    try:
        data = read_bytes(path)
        if not data.strip():
            raise FoedusError("is empty", where=shown(path), remedy=_FIRST)
        decoded = decode(data)
    except OSError as error:
        raise FoedusError(
            error.strerror or "cannot be read", where=shown(path), remedy="check the name"
        ) from error
    except FoedusError as error:
        remedy = error.remedy if error.where else "save it as CSV, UTF-8"
        raise FoedusError(error.what, where=shown(path), remedy=remedy) from error
    if decoded.repaired:
        raise FoedusError(
            f"has {decoded.repaired} bytes that are no UTF-8", where=shown(path),
            remedy="save it as CSV, UTF-8",
        )  # fmt: skip
    return decoded.text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row that holds anything, with the line on which it begins."""
    page = StringIO(text, newline="")
    first = text.lstrip().split("\n", 1)[0].strip()
    told = re.fullmatch(r"(?i)sep=(.)", first)
    delimiter = told[1] if told else max(",;\t", key=first.count)
    rows = csv.reader(page, delimiter=delimiter, strict=True)
    before = 0
    for row in rows:
        line, before = before + 1, rows.line_num
        if any(cell.strip() for cell in row) and not (told and line == 1):
            yield line, row


def _at(text: str) -> int:
    """Return the line at which a broken file stops being CSV."""
    seen = 0
    lines = _lines(text)
    while True:
        try:
            seen = next(lines)[0]
        except (csv.Error, StopIteration):
            return seen + 1


def _header(
    lines: Iterator[tuple[int, list[str]]], file: str, mistakes: list[FoedusError]
) -> list[str | None] | None:
    """Return the column of each cell (None: not read), or None where the rows cannot be read."""
    line, heads = next(lines, (1, []))
    wording = load_wording()
    known = {name for column, others in wording.columns.items() for name in (column, *others)}
    found: list[str | None] = []
    for head in (h.strip() for h in heads):
        column = wording.column(head)
        found.append(column)
        if not head or head.startswith("_") or column is not None:
            continue
        near = get_close_matches(head.casefold(), sorted(known), n=2)
        meant = f"did you mean {' or '.join(near)}? " if near else ""
        remedy = f"{meant}a column of your own begins with _"
        mistakes.append(_mistake(f"there is no column {head!r}", file, line, remedy))
    for column in sorted({c for c in found if c is not None and found.count(c) > 1}):
        mistakes.append(_mistake(f"column {column} stands twice", file, line, "leave one"))
    if "type" not in found:
        mistakes.append(_mistake("there is no column type", file, line, _FIRST))
    return None if mistakes else found


def _mistake(what: str, file: str, line: int, remedy: str, column: str = "") -> FoedusError:
    where = f"{file}:{line}" + (f" {column}" if column else "")
    return FoedusError(what, where=where, remedy=remedy)
