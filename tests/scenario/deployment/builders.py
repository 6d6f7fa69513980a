"""Networks made up at random: small numbers and round times, so that many things happen at one moment."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np

from foedus.scenario import read_scenario
from foedus.scenario.deployment.model import Deployment
from foedus.scenario.deployment.plan import Drawn, Plan

__all__ = ["made_plan", "made_scenario", "one_link", "read_deployment"]

ROUND = (0.25, 0.5, 1.0, 1.5, 2.0)


def made_plan(seed: int, draws: int = 3) -> tuple[Plan, Drawn]:
    """Return a plan and its draws; every odd one has only round times."""
    chance = random.Random(seed)
    resources, gates = chance.randint(1, 8), chance.randint(0, 3)
    unit_legs, leg_visits = [0], [0]
    resource: list[int] = []
    gate: list[int] = []
    for _ in range(chance.randint(1, 8)):
        legs = chance.choice((0, 1, 1, 2, 3))
        unit_legs.append(unit_legs[-1] + legs)
        for _ in range(legs):
            visits = chance.randint(1, 5)
            leg_visits.append(leg_visits[-1] + visits)
            resource += [chance.randint(-1, resources - 1) for _ in range(visits)]
            gate += [chance.randint(-1, gates - 1) if gates else -1 for _ in range(visits)]
    outages = chance.randint(0, resources)
    numbers = np.random.default_rng(seed)
    visits, units, legs = len(resource), len(unit_legs) - 1, len(leg_visits) - 1

    def times(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        if seed % 2:
            return numbers.choice(ROUND, (draws, *shape))
        return numbers.uniform(0.01, 2.0, (draws, *shape))

    plan = Plan(
        unit_legs=np.array(unit_legs), leg_visits=np.array(leg_visits),
        resource=np.array(resource, np.int64), passage=np.arange(visits),
        gate=np.array(gate, np.int64),
        outage=np.array([k if k < outages else -1 for k in range(resources)]),
    )  # fmt: skip
    drawn = Drawn(
        ready=times(units),
        persons=numbers.integers(0, 900, (draws, units)),
        loads=numbers.integers(1, 8, (draws, legs)),
        servers=numbers.integers(0, 4, (draws, resources)),
        hold=times(visits), go=times(visits), opens=times(gates) * 4,
        shut=numbers.random((draws, outages, 20)) < 0.2,
        length=times(outages),
    )  # fmt: skip
    return plan, drawn


def one_link(
    ready: np.ndarray, hold: np.ndarray, servers: int, go: float = 1.0
) -> tuple[Plan, Drawn]:
    """Return units of one load each that pass one link; ``hold`` is [draws, units]."""
    draws, units = ready.shape
    plan = Plan(
        unit_legs=np.arange(units + 1), leg_visits=np.arange(units + 1),
        resource=np.zeros(units, np.int64), passage=np.arange(units),
        gate=np.full(units, -1), outage=np.array([-1]),
    )  # fmt: skip
    drawn = Drawn(
        ready=ready, persons=np.ones((draws, units), np.int64),
        loads=np.ones((draws, units), np.int64), servers=np.full((draws, 1), servers),
        hold=hold, go=np.full((draws, units), go), opens=np.zeros((draws, 0)),
        shut=np.zeros((draws, 0, 0), bool), length=np.zeros((draws, 0)),
    )  # fmt: skip
    return plan, drawn


def made_scenario(seed: int) -> str:
    """Return a scenario file with a random network: every feature of a section, now and then."""
    chance = random.Random(seed)
    count = chance.randint(3, 8)
    pairs = [(n, chance.randrange(n)) for n in range(1, count)]
    for _ in range(chance.randint(0, 5)):
        a, b = chance.sample(range(count), 2)
        pairs.append((a, b))
    parts = {
        "nodes": [_node(chance, n) for n in range(count)],
        "links": [_link(chance, k, a, b) for k, (a, b) in enumerate(pairs)],
        "units": [_unit(chance, k, count) for k in range(chance.randint(1, 6))],
    }
    text = SCENARIO
    for name, lines in parts.items():
        text += f"  {name}:\n" + "".join(f"    - {{{line}}}\n" for line in lines)
    return text


def _node(chance: random.Random, n: int) -> str:
    handling = [
        f"{mode}: {{capacity: {chance.choice((2, 4, 6, 12))} loads/day, "
        f"places: {chance.choice((1, 1, 2, 3))}}}"
        for mode in ("rail", "sea", "road")
        if chance.random() < 0.5
    ]
    state = chance.choice(("AAA", "BBB", "CCC")) if n else "AAA"
    return f"id: n{n}, country: {state}, handling: {{{', '.join(handling)}}}"


def _link(chance: random.Random, k: int, a: int, b: int) -> str:
    mode = chance.choice(("rail", "rail", "sea", "road"))
    line = f"id: l{k}, from: n{a}, to: n{b}, mode: {mode}"
    line += f", distance: {chance.choice((100, 150, 200, 400))} km"
    if mode == "rail":
        line += f", gauge: {chance.choice((1435, 1435, 1520))}"
    rest = {
        f"capacity: {chance.choice((1, 2, 4, 8, 24))} loads/day": 0.6,
        f"places: {chance.choice((2, 3))}": 0.2,
        "permission: $clearance": 0.15,
        "disruption: {chance: $trouble, lasts: $repair}": 0.3,
        f"carriers: {chance.choice((1, 2, 3))}, turnaround: 1 day": 0.7 if mode == "sea" else 0,
    }
    return ", ".join([line, *(text for text, share in rest.items() if chance.random() < share)])


def _unit(chance: random.Random, k: int, count: int) -> str:
    loads = ", ".join(f"{mode}: {chance.randint(1, 9)} loads" for mode in ("rail", "sea", "road"))
    return (
        f"id: u{k}, home: n{chance.randrange(count)}, destination: n{chance.randrange(count)}, "
        f"persons: {chance.randint(0, 900)} persons, notice: {chance.choice((0, 1, 2))} days, "
        f"loads: {{{loads}}}"
    )


SCENARIO = """\
title: Made up
start: 2022-02-25
days: 30
assumptions:
  clearance: {low: 0, likely: 3, high: 5, unit: days}
  trouble: {low: 0.01, likely: 0.1, high: 0.3, unit: "1"}
  repair: {low: 0.5, likely: 1, high: 4, unit: days}
  rail_speed: {low: 200, likely: 400, high: 600, unit: km/day}
deployment:
  modes:
    rail:
      speed: $rail_speed
      gauge_change: {takes: 6 hours, capacity: 4 loads/day, places: 2}
      disruption: {chance: $trouble, lasts: $repair}
    sea: {speed: 500 km/day, handling: {capacity: 3 loads/day}}
    road: {speed: 300 km/day}
  permissions: {AAA: $clearance}
"""


def read_deployment(folder: Path, text: str) -> Deployment:
    """Return the section of a scenario file of this text."""
    path = folder / "made.yaml"
    path.write_text(text, encoding="utf-8")
    model = read_scenario(path).models["deployment"]
    assert isinstance(model, Deployment)
    return model
