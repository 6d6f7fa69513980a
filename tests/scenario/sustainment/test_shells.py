"""The shipped scenario of 155 mm shells: it is sound, its back-test is honest about its dates."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from foedus.scenario import Draws, Scenario, read_scenario, run
from foedus.scenario.out import tables
from foedus.scenario.sensitivity import rank

ROOT = Path(__file__).resolve().parents[3]
SCENARIO = ROOT / "scenarios" / "shells-155mm-2022-2024.yaml"
KIEL = ROOT.parent / "shared" / "data" / "kiel_r7"


@pytest.fixture(scope="module")
def shells() -> Scenario:
    return read_scenario(SCENARIO)


def test_no_input_is_of_after_the_promise(shells: Scenario) -> None:
    assert shells.inputs_until is not None
    references = [a.reference for a in shells.assumptions.values() if a.reference is not None]
    days = [r.date for r in references if isinstance(r.date, date)]
    assert len(days) == len(references)
    assert max(days) <= shells.inputs_until
    (happened,) = shells.happened
    assert isinstance(happened.reference.date, date)
    assert happened.reference.date > shells.inputs_until


def test_every_assumption_is_a_range(shells: Scenario) -> None:
    for name, assumption in shells.assumptions.items():
        assert assumption.low < assumption.high, name


def test_it_answers_and_says_what_it_hangs_on(shells: Scenario) -> None:
    model = shells.models["sustainment"]
    draws = Draws(1, 0, 400)
    columns = model.run(draws)
    answers = model.answers(columns)
    assert answers.keys() == {a.name for a in shells.asks}
    assert (answers["million"] >= 0).all()
    assert (answers["million"] <= 1_000_000).all()
    drawn = {name: draws.value(a) for name, a in shells.assumptions.items()}
    ranked = rank(drawn, answers["million"])
    assert ranked[0].clear
    assert all(not i.assumption.startswith("us_") for i in ranked if abs(i.correlation) > 0.2)


def test_the_table_of_stocks_says_whose_each_is(shells: Scenario) -> None:
    table = tables(shells, run(shells, 2, 1, workers=1))["sustainment-stock"]
    assert set(table) == {"draw", "day", "stock", "held"}
    assert set(table["stock"]) == {"USA shells", "europe shells", "UKR shells"}


def test_the_share_kept_is_the_one_the_tracker_tells(shells: Scenario) -> None:
    """The figure cited of the Ukraine Support Tracker, release 7 (Antezza et al., Kiel Working Paper 2218)."""
    if not KIEL.exists():
        pytest.skip("the tables of the tracker are not here, and not ours to ship")

    def guns(name: str) -> float:
        with (KIEL / name).open(encoding="utf-8", newline="") as file:
            rows = [r for r in csv.reader(file) if r[2:4] == ["Howitzer", "155mm"]]
        return sum(float(row[1] or 0) for row in rows)

    committed, delivered = guns("committed_weapons.csv"), guns("delivered_weapons.csv")
    assert (committed, delivered) == (247, 197)
    assert shells.assumptions["europe_kept_share"].likely == round(delivered / committed, 1)
