"""Tables as a spreadsheet file (Office Open XML).

Comes in: tables. Goes out: the bytes of an ``.xlsx`` file, a sheet a table, the same for the same tables. No
cell is a formula or a link, whatever its text: text is written as text, numbers and days as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from foedus.ledger.cells import Value, cell_text
from foedus.ledger.out.tables import Table

__all__ = ["xlsx_bytes"]

_MOST = 32_767
"""Characters that a cell of a spreadsheet holds."""
_FIRST = date(1900, 3, 1)
"""Before this day spreadsheets do not agree on what a number means."""
_WIDEST = 60


def xlsx_bytes(tables: Sequence[Table], notes: Sequence[str] = ()) -> bytes:
    """Return the file; ``notes`` are the lines of a last sheet.

    A text longer than a cell can hold is cut with « … ».
    """
    page = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    book = Workbook(page, options)
    # the file bears no time of its own making
    book.set_properties({"created": datetime(1980, 1, 1)})
    styles = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for table in tables:
        _sheet(book.add_worksheet(table.name), table, styles)
    if notes:
        sheet = book.add_worksheet("notes")
        sheet.set_column(0, 0, 120)
        for at, line in enumerate(notes):
            sheet.write_string(at, 0, line)
    book.close()
    return page.getvalue()


def _sheet(sheet: Any, table: Table, styles: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 1)
    for at, head in enumerate(table.heads):
        sheet.write_string(0, at, head, styles["head"])
        texts = [cell_text(row[at]) for row in table.rows[:200]]
        longest = max((len(line) for t in texts for line in t.split("\n")), default=0)
        sheet.set_column(at, at, min(_WIDEST, max(longest, min(len(head), 14)) + 2))
    for line, row in enumerate(table.rows, 1):
        for at, value in enumerate(row):
            _write(sheet, line, at, value, styles)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)


def _write(sheet: Any, line: int, at: int, value: Value, styles: dict[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(line, at, value)
    elif isinstance(value, date) and value >= _FIRST:
        sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), styles["day"])
    elif text := _plain(cell_text(value)):
        sheet.write_string(line, at, text)


def _plain(text: str) -> str:
    """Return what a cell can hold: XML knows no control characters, and a cell has an end."""
    kept = "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)
    return kept if len(kept) <= _MOST else kept[: _MOST - 1] + "…"
