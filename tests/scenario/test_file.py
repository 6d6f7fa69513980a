"""A scenario file is checked before anything runs: each mistake names its file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.errors import FoedusError
from foedus.scenario import read_scenario, sustainment
from tests.scenario.builders import WALK, read_walk, write


@pytest.fixture(autouse=True)
def walks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sustainment, "read", read_walk)


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    found = read_scenario(write(tmp_path, WALK))
    assert found.start == date(2022, 2, 25)
    assert found.assumptions["use"].unit == "shells/day"
    assert [a.section for a in found.asks] == ["sustainment"]
    assert found.state is None


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("days: 20", "days: 0", 3, "covers 0 days"),
        ("days: 20", "days: 20\n    dyas: 3", 4, "unknown field"),
        ("low: 5, likely", "low: 50, likely", 5, "not in this order"),
        ("low: 5, likely", "likely", 5, "pert"),
        ("shells/day", "shels/day", 5, "'shels' is not known"),
        ("use: $use", "use: $us", 8, "names no assumption"),
        ("use: $use", "use: 3 km/day", 8, "km/day, and shell/day is wanted"),
        ("use: $use", "use: 3", 8, "has no unit"),
        ("120 shells", "-120 shells", 8, "under 0"),
        ("120 shells", "120 shells + 3", 8, "no unit"),
        ("use: $use", "use: 3 shells/day", 5, "used nowhere"),
        ("sustainment: {below: 0}", "below: 0", 10, "unknown field"),
        ("sustainment: {below: 0}", "deployment: {x: 0}", 10, "no section"),
        ("    critique:", "    backtest: {}\n    critique:", 11, "missing required"),
    ],
)
def test_a_mistake_names_its_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    path = write(tmp_path, WALK.replace(old, new))
    with pytest.raises(FoedusError) as caught:
        read_scenario(path)
    assert str(caught.value).startswith(f"{path}:{line}: "), caught.value
    assert what in str(caught.value)
