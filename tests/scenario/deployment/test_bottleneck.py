"""What holds everything up, and what one more load a day would bring."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.scenario import Draws
from foedus.scenario.deployment.bottleneck import gained, held_up
from tests.scenario.deployment.builders import read_deployment

TEXT = """\
title: A narrow and a wide link
start: 2022-02-25
days: 40
assumptions:
  narrow: {low: 1, likely: 2, high: 3, unit: loads/day}
  clearance: {low: 0, likely: 1, high: 2, unit: days}
deployment:
  permissions: {CCC: $clearance}
  nodes: [{id: a, name: Aa}, {id: b, name: {en: Bee, fr: Bé}}, {id: c, country: CCC}]
  links:
    - {id: wide, from: a, to: b, mode: rail, gauge: 1435, distance: 400 km, speed: 400 km/day,
       capacity: 24 loads/day}
    - {id: narrow, from: b, to: c, mode: rail, gauge: 1435, distance: 400 km, speed: 400 km/day,
       capacity: $narrow}
  units:
    - {id: u, home: a, destination: c, persons: 100 persons, loads: {rail: 10 loads}}
ask:
  all: {deployment: {in_place: all}}
  first: {deployment: {in_place: first}}
  early: {deployment: {persons_by: 3 days}}
"""


def test_the_narrow_link_holds_everything_up(tmp_path: Path) -> None:
    model = read_deployment(tmp_path, TEXT)
    draws = Draws(1, 0, 200)
    columns = model.run(draws)
    first = held_up(model, columns)[0]
    assert first.id == "narrow b>c"
    assert first.share == 1.0
    # nine intervals of the narrow link, in every draw
    rate = draws.of(model.values["links.narrow.capacity"])
    assert np.allclose(first.days, 9 / rate)
    assert first.place is not None
    gain = gained(model, first.place, draws, columns["arrival"].max(axis=1))
    assert np.allclose(gain, 9 / rate - 9 / (rate + 1))
    part = model.outcome(columns, draws)
    assert part.bottlenecks[0].title == {"en": "Bee → c", "fr": "Bé → c"}
    assert part.bottlenecks[0].gain is not None
    assert part.bottlenecks[0].gain.mid == pytest.approx(float(np.quantile(gain, 0.5)), rel=0.05)
    assert part.series[0].high[-1] == 100


def test_a_permission_can_hold_everything_up(tmp_path: Path) -> None:
    text = TEXT.replace("likely: 1, high: 2, unit: days", "likely: 20, high: 30, unit: days")
    model = read_deployment(tmp_path, text.replace("rail: 10 loads", "rail: 1 load"))
    columns = model.run(Draws(1, 0, 50))
    first = held_up(model, columns)[0]
    assert first.id == "permission CCC"
    assert first.place is None
    asked = Draws(1, 0, 50).of(model.values["permissions.CCC"])
    assert np.allclose(first.days, asked - 1)
    assert (columns["arrival"][:, 0] == asked + 1).all()


def test_chunks_of_draws_give_the_bytes_of_all(tmp_path: Path) -> None:
    model = read_deployment(tmp_path, TEXT)
    whole = model.run(Draws(7, 0, 30))
    for first, count in ((0, 11), (11, 1), (12, 18)):
        part = model.run(Draws(7, first, count))
        for name, column in part.items():
            assert column.tobytes() == whole[name][first : first + count].tobytes(), name
    assert {name: column.shape[1:] for name, column in whole.items()} == {
        name: tuple(len(axis.labels) for axis in axes) for name, axes in model.axes.items()
    }


def test_what_is_asked(tmp_path: Path) -> None:
    model = read_deployment(tmp_path, TEXT)
    columns = model.run(Draws(1, 0, 20))
    assert model.asked == {"all": "day", "first": "day", "early": "person"}
    found = model.answers(columns)
    assert (found["all"] == columns["arrival"][:, 0]).all()
    assert (found["first"] == columns["first"][:, 0]).all()
    assert (found["early"] == 0).all()
