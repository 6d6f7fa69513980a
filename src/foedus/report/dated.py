"""What the user states of reports: a CSV file with the columns report, date, outlet, url.

Comes in: the file and the names of the reports in the batch. Goes out: :class:`Stated` by report, or
a :class:`~foedus.errors.FoedusError` that names file and line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from foedus.acts import DateRange, TimeExpression, resolve_time
from foedus.errors import FoedusError
from foedus.report.files import Listed, shown

__all__ = ["COLUMNS", "Stated", "load_dated"]

COLUMNS = ("report", "date", "outlet", "url")
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file: what is not given stays None."""

    line: int
    date: DateRange | None = None
    outlet: str | None = None
    url: str | None = None


def load_dated(path: Path, files: Mapping[str, Listed]) -> dict[str, Stated]:
    """Read the file. ``files`` are the batch's reports by label, file name, path and hash.

    Returns what is stated, by the report's label. A column may be left out, and a cell left empty;
    ``report`` may not.

    Raises:
        FoedusError: no such file, no header, an unknown column, report or date, a report twice.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FoedusError("is not UTF-8", where=shown(path), remedy="save it as UTF-8") from error
    except OSError as error:
        raise FoedusError(
            error.strerror or "cannot be read", where=shown(path), remedy="check the name"
        ) from error
    rows = csv.reader(text.splitlines(keepends=True), delimiter=_delimiter(text))
    out: dict[str, Stated] = {}
    header: list[str] | None = None
    try:
        for row in rows:
            cells = [c.strip() for c in row]
            if not any(cells):
                continue
            if header is None:
                header = _header([c.lower() for c in cells], path, rows.line_num)
                continue
            label, stated = _row(dict(zip(header, cells, strict=False)), files, path, rows.line_num)
            if len(cells) > len(header):
                raise _error("has more cells than the header", path, rows.line_num)
            if label in out:
                raise _error(f"report {label!r} stands twice", path, rows.line_num)
            out[label] = stated
    except csv.Error as error:
        raise _error(f"is no CSV: {error}", path, rows.line_num) from error
    if header is None:
        raise _error("is empty", path, 1, f"the first line is {','.join(COLUMNS)}")
    return out


def _delimiter(text: str) -> str:
    """A comma, or the semicolon that spreadsheets in French write."""
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _error(what: str, path: Path, line: int, remedy: str = "") -> FoedusError:
    return FoedusError(what, where=f"{shown(path)}:{line}", remedy=remedy)


def _header(cells: list[str], path: Path, line: int) -> list[str]:
    for cell in cells:
        if cell not in COLUMNS:
            remedy = f"the first line is {','.join(COLUMNS)}"
            raise _error(f"column {cell!r} is not known", path, line, remedy)
    if "report" not in cells or len(set(cells)) != len(cells):
        raise _error("needs one column report", path, line, f"write {','.join(COLUMNS)}")
    return cells


def _row(
    cells: dict[str, str], files: Mapping[str, Listed], path: Path, line: int
) -> tuple[str, Stated]:
    name = cells.get("report", "")
    listed = files.get(name)
    if listed is None:
        what = "hash" if _HASH.fullmatch(name) else "report"
        raise _error(
            f"{what} {name!r} is not among the reports", path, line,
            "use a report's name without its extension",
        )  # fmt: skip
    stated = Stated(
        line=line,
        date=_date(cells.get("date", ""), path, line),
        outlet=cells.get("outlet") or None,
        url=cells.get("url") or None,
    )
    return listed.label, stated


def _date(cell: str, path: Path, line: int) -> DateRange | None:
    if not cell:
        return None
    if _DATE.fullmatch(cell):
        found = resolve_time(TimeExpression(span=(0, 0), value=cell), None)
        if found is not None:
            return found
    remedy = "write a day, a month or a year: 2022-02-25, 2022-02, 2022"
    raise _error(f"date {cell!r} is no date", path, line, remedy)
