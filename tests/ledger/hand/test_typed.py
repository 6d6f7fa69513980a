"""Dates and figures as people type them; what may mean two things is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import days_text
from foedus.ledger.hand.wording import load_wording
from foedus.ledger.typed import UnclearError, typed_days, typed_figure

TIMES = load_wording().multipliers


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("2022-02-24", "2022-02-24"),
        ("2022-02", "2022-02-01/2022-02-28"),
        ("2022", "2022-01-01/2022-12-31"),
        ("2022-02-18/2022-02-24", "2022-02-18/2022-02-24"),
        ("2022-02/2022-04", "2022-02-01/2022-04-30"),
        ("2022-02-18..2022-02-24", "2022-02-18/2022-02-24"),
        ("24/02/2022", "2022-02-24"),
        ("24.02.2022", "2022-02-24"),
        ("02/24/2022", "2022-02-24"),
        ("04/04/2022", "2022-04-04"),
    ],
)
def test_days_as_typed(typed: str, days: str) -> None:
    assert days_text(typed_days(typed)) == days


def test_a_day_with_two_readings_is_refused_unless_the_order_is_said() -> None:
    with pytest.raises(UnclearError, match="2022-03-04 or 2022-04-03"):
        typed_days("04/03/2022")
    assert typed_days("04/03/2022", "dmy").start == date(2022, 3, 4)
    assert typed_days("04/03/2022", "mdy").start == date(2022, 4, 3)


@pytest.mark.parametrize(
    "typed", ["", "hier", "2022-02-30", "30/02/2022", "2022/02/24", "24/02/22", "2022-03..2022-02"]
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        typed_days(typed)


@pytest.mark.parametrize(
    ("typed", "value", "rest"),
    [
        ("120 tanks", 120, "tanks"),
        ("1 000 missiles", 1000, "missiles"),
        ("1\u202f000 missiles", 1000, "missiles"),
        ("12 345,5 EUR", 12345.5, "EUR"),
        ("33 millions EUR", 33e6, "EUR"),
        ("1,5 milliard EUR", 1.5e9, "EUR"),
        ("500 M EUR", 500e6, "EUR"),
        ("20 155mm shells", 20, "155mm shells"),
        ("20 155 mm shells", 20, "155 mm shells"),
    ],
)
def test_figures_as_typed(typed: str, value: float, rest: str) -> None:
    figure, words = typed_figure(typed, TIMES)
    assert (figure.value, words) == (value, rest)


def test_what_a_figure_is_marked_with() -> None:
    assert typed_figure("~20", TIMES)[0].approx
    assert typed_figure("≥1000", TIMES)[0].at_least
    assert typed_figure("5-7 millions", TIMES)[0][:2] == (5e6, 7e6)


@pytest.mark.parametrize("typed", ["1,000 shells", "1.000", "12,500"])
def test_a_thousand_or_one_is_refused(typed: str) -> None:
    with pytest.raises(UnclearError):
        typed_figure(typed, TIMES)


@pytest.mark.parametrize("typed", ["", "tanks", "trente chars", "500M EUR", "7-5", "1.2.3", "-5"])
def test_what_begins_with_no_figure(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        typed_figure(typed, TIMES)


@given(st.text(max_size=30))
def test_any_text_is_a_figure_a_date_or_refused(text: str) -> None:
    for read in (lambda: typed_figure(text, TIMES), lambda: typed_days(text)):
        with suppress(ValueError):
            read()
