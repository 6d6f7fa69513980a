"""The bound never lies after what is simulated, and more capacity never makes it later."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.scenario.deployment.bound import last_arrival_bound
from foedus.scenario.deployment.kernel import play
from foedus.scenario.deployment.model import Deployment
from tests.conftest import FULL
from tests.scenario.deployment.builders import made_scenario, read_deployment

SEEDS = range(200 if FULL else 12)
STEP = 0.5


def last(model: Deployment) -> float:
    return float(play(model.plan, model.calm(), 0).arrival.max())


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_arrives_before_the_bound(tmp_path: Path, seed: int) -> None:
    model = read_deployment(tmp_path, made_scenario(seed))
    bound = last_arrival_bound(model, last(model), STEP)
    assert 0 <= bound <= last(model)


@pytest.mark.parametrize("seed", sorted({*SEEDS[::2], 64}))
def test_more_capacity_never_makes_the_bound_later(tmp_path: Path, seed: int) -> None:
    text = made_scenario(seed)
    slow = read_deployment(tmp_path, text)
    bound = last_arrival_bound(slow, last(slow), STEP)
    for rate in (2, 4, 8):
        text = text.replace(f"capacity: {rate} loads/day", f"capacity: {rate + 5} loads/day")
    fast = read_deployment(tmp_path, text)
    assert last_arrival_bound(fast, max(last(fast), bound), STEP) <= bound + 1e-9


LINE = """\
title: One line
start: 2022-02-25
days: 30
deployment:
  nodes: [{id: a}, {id: b}]
  links:
    - {id: ab, from: a, to: b, mode: rail, gauge: 1435, distance: 800 km, speed: 400 km/day,
       capacity: 2 loads/day}
  units:
    - {id: u, home: a, destination: b, persons: 100 persons, loads: {rail: 9 loads}, notice: 1 day}
"""


def test_one_line_is_bounded_exactly(tmp_path: Path) -> None:
    """Nine trains, one every half day: nothing could be better than to send them one after the other."""
    model = read_deployment(tmp_path, LINE)
    assert last(model) == 1 + 8 * 0.5 + 2
    assert last_arrival_bound(model, 7.0, 0.25) == pytest.approx(7.0 - 0.125, abs=1e-4)


def test_the_bound_may_take_another_way(tmp_path: Path) -> None:
    """All units take the quickest way; a flow would use the longer one beside it too."""
    other = "    - {id: cd, from: a, to: b, mode: rail, gauge: 1435, distance: 1000 km, speed: 400 km/day}\n"
    model = read_deployment(tmp_path, LINE.replace("  units:", other + "  units:"))
    assert last(model) == 7.0
    assert last_arrival_bound(model, 7.0, 0.25) < 4.0
