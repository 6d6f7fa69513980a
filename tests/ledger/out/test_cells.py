"""CSV that comes back as it was, and that no spreadsheet runs."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.ledger.cells import cell_text, csv_lines, guarded, unguarded

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline="")))


@given(TEXT)
def test_the_guard_can_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(st.sampled_from(STARTS), TEXT)
def test_no_text_starts_a_formula(start: str, rest: str) -> None:
    assert guarded(start + rest)[0] == "'"
    if not start.isspace():
        assert guarded("  \x00" + start + rest)[0] == "'"


@pytest.mark.parametrize("text", ["", "2022-02-24", "FRA; DEU", "« non »", "le-monde", "(a=b)"])
def test_harmless_text_stays(text: str) -> None:
    assert guarded(text) == text


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3)))
def test_csv_comes_back(rows: list[list[str]]) -> None:
    lines = list(csv_lines(("a", "b", "c"), rows))
    found = read("".join(lines))
    assert found[0] == ["a", "b", "c"]
    assert [[unguarded(c) for c in row] for row in found[1:]] == rows


def test_numbers_are_no_formulas() -> None:
    (_, line) = csv_lines(("a", "b", "c"), [(-5, -0.5, "-5")])
    assert line == "-5,-0.5,'-5\r\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (False, "false"), (40000.0, "40000"), (1.5, "1.5"), (7, "7"),
        (date(2022, 2, 24), "2022-02-24"), (("EST", "LVA"), "EST; LVA"), ((), ""), ("x", "x"),
    ],
)  # fmt: skip
def test_cells_as_text(value: object, text: str) -> None:
    assert cell_text(value) == text  # type: ignore[arg-type]
