"""Cells of a table as text: for CSV files, spreadsheets and terminals.

Comes in: a value of a table. Goes out: text, and lines of CSV (RFC 4180, UTF-8) in which no cell is
a formula. A list is joined with « ; », a flag is ``true`` or ``false``, a day is ISO 8601, nothing
is the empty cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

from foedus.acts import Amount
from foedus.ledger.consolidate import figure, number

__all__ = ["Value", "amount_text", "cell_text", "csv_lines", "guarded", "unguarded"]

Value = str | int | float | bool | date | tuple[str, ...] | None
"""What a cell of a table may hold."""

_FORMULA = frozenset("=+-@＝＋－＠\t\r\n|%")
"""What makes a spreadsheet take a cell for a formula, a command or an import (OWASP, CSV Injection)."""
_GUARD = "'"


def guarded(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: with an apostrophe before it.

    A text that starts with an apostrophe gets one more, so that :func:`unguarded` always leads back.
    """
    if text[:1].isalnum():
        return text
    # A control or white-space character before the sign is dropped by some spreadsheets.
    first = next((c for c in text if c.isprintable() and not c.isspace()), "")
    if text and (text[0] in _FORMULA or text[0] == _GUARD or first in _FORMULA):
        return _GUARD + text
    return text


def unguarded(text: str) -> str:
    """Return what :func:`guarded` was given."""
    return text[1:] if text.startswith(_GUARD) else text


def cell_text(value: Value) -> str:
    """Return a value as plain text, without any guard."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return number(value)
    return str(value)


def _csv_cell(value: Value) -> str:
    # A number of ours may be negative: only text can be a formula.
    if value is None or isinstance(value, str):
        return guarded(value or "")
    return guarded(cell_text(value)) if isinstance(value, tuple) else cell_text(value)


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterable[str]:
    """Give a head line and a line for each row, each with its line end."""
    page = StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(columns)
    yield page.getvalue()
    for row in rows:
        page.seek(0)
        page.truncate()
        writer.writerow([_csv_cell(value) for value in row])
        yield page.getvalue()


def amount_text(amount: Amount) -> str:
    """Return an amount as short text: « ≥120 item of ships », « 33000000 EUR »."""
    of = f" of {amount.of}" if amount.of else ""
    return f"{figure(amount)} {amount.unit}".rstrip() + of
