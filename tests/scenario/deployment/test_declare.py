"""The section is checked before anything runs, and becomes the network that it writes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import FoedusError
from foedus.scenario import Draws
from foedus.scenario.deployment.kernel import play, trace
from tests.conftest import FULL
from tests.scenario.deployment.builders import made_scenario, read_deployment
from tests.scenario.plain_deployment import plain

TEXT = """\
title: Two gauges
start: 2022-02-25
days: 20
assumptions:
  p: {low: 0.5, likely: 0.6, high: 0.7}
deployment:
  modes:
    rail: {speed: 400 km/day, capacity: 2 loads/day, handling: {capacity: 4 loads/day, places: 2}}
    sea: {speed: 10 km/h}
  permissions: {BBB: 3 days}
  nodes:
    - {id: a, country: AAA}
    - {id: b, country: BBB, gauge_change: {takes: 12 hours, capacity: 1 load/day}}
    - {id: c, country: BBB}
    - {id: d, country: AAA}
  links:
    - {id: ab, from: a, to: b, mode: rail, gauge: 1435, distance: 400 km}
    - {id: bc, from: b, to: c, mode: rail, gauge: 1520, distance: 200 km, disruption: {chance: $p, lasts: 1 day}}
    - {id: ad, from: a, to: d, mode: sea, distance: 240 km, carriers: 1, turnaround: 1 day}
  units:
    - {id: u, home: a, destination: c, persons: 10 persons, loads: {rail: 2 loads}, alert: 2022-02-26}
    - {id: v, home: a, destination: d, persons: 5 persons, loads: {sea: 2 loads}, notice: 12 hours}
ask:
  all: {deployment: {in_place: all, units: [u]}}
"""


def test_what_is_written_is_what_moves(tmp_path: Path) -> None:
    model = read_deployment(tmp_path, TEXT)
    steps = trace(model.plan, model.calm(), 0)
    first = steps.began[(steps.unit == 0) & (steps.load == 0)]
    # put on from day 1 for half a day; permission from day 1 + 3; a day's way, the gauge, half a day's way
    assert first.tolist() == [1.0, 4.0, 5.0, 5.5, 6.0]
    last = steps.began[(steps.unit == 0) & (steps.load == 1)]
    assert last.tolist() == [1.0, 4.5, 6.0, 6.5, 7.0]
    ships = steps.began[steps.unit == 1]
    # one ship: there in a day, back in a day, a day in port
    assert ships.tolist() == [0.5, 3.5]
    assert play(model.plan, model.calm(), 20).arrival.tolist() == [[7.5, 4.5]]


@pytest.mark.parametrize("start", range(0, 300 if FULL else 30, 10))
def test_random_files_run_as_in_the_plain_model(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + 10):
        model = read_deployment(tmp_path, made_scenario(seed))
        draws = Draws(seed, 0, 3)
        arrival = model.run(draws)["arrival"]
        drawn = model.drawn(draws)
        for draw in range(3):
            assert arrival[draw].tolist() == plain(model.plan, drawn, draw), seed


def test_the_quickest_way_is_taken_and_via_is_kept(tmp_path: Path) -> None:
    more = (
        "    - {id: ac, from: a, to: c, mode: rail, gauge: 1435, distance: 4000 km, oneway: true}\n"
    )
    text = TEXT.replace("  units:", f"{more}  units:").replace(
        "{id: c,", "{id: c, gauge_change: {takes: 1 hour, capacity: 1 load/day},"
    )
    model = read_deployment(tmp_path, text)
    assert [
        arc.head[0] for _, leg in model.routes[0].legs for arc in leg if arc.kind == "link"
    ] == ["b", "c"]
    round_about = text.replace("alert:", "via: [c, b], alert:")
    model = read_deployment(tmp_path, round_about)
    passed = [arc.head[0] for _, leg in model.routes[0].legs for arc in leg if arc.kind == "link"]
    assert passed == ["b", "c", "b", "c"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("home: a, destination: c", "destination: c", 21, "has no home"),
        ("home: a, destination: c", "home: a", 21, "has no destination"),
        ("home: a, destination: c", "home: x, destination: c", 21, "no node 'x'"),
        ("id: v,", "id: u,", 22, "'u' stands twice"),
        ("id: bc,", "id: ab,", 18, "'ab' stands twice"),
        ("{id: b,", "{id: a,", 13, "'a' stands twice"),
        ("from: b, to: c", "from: b, to: x", 18, "leads to nowhere: there is no node 'x'"),
        ("from: b, to: c", "to: c", 18, "has no from:"),
        ("from: b, to: c", "from: b, to: b", 18, "leads back to where it begins"),
        ("alert: 2022-02-26", "alert: 2022-02-24", 21, "unit 'u' is alerted before"),
        ("alert: 2022-02-26", "alert: 2022-03-17", 21, "after the last of the 20 days"),
        ("distance: 200 km", "distance: -200 km", 18, "under 0"),
        ("distance: 200 km", "distance: 200 persons", 18, "is in person"),
        ("distance: 200 km", "distance: 200 days", 18, "is in day"),
        ("distance: 200 km, ", "", 18, "has no distance"),
        ("10 persons", "10 km", 21, "person is wanted"),
        ("10 persons", "10.5 persons", 21, "no whole number"),
        ("high: 0.7", "high: 1.7", 18, "over 1"),
        ("chance: $p", "chance: 1.2", 18, "over 1"),
        ("capacity: 2 loads/day", "capacity: 0 loads/day", 8, "may be zero"),
        ("takes: 12 hours", "takes: 0 hours", 13, "may be zero"),
        ("capacity: 2 loads/day", "capacity: 2 persons/day", 8, "load/day is wanted"),
        (", gauge_change: {takes: 12 hours, capacity: 1 load/day}", "", 18, "transshipment"),
        ("to: c, mode: rail, gauge: 1520", "to: c, mode: sea", 21, "cannot reach 'c' by rail; the node reached last is 'b'"),
        ("mode: rail, gauge: 1520", "mode: rail", 18, "has no gauge"),
        ("loads: {rail: 2 loads}", "loads: {}", 21, "has no loads"),
        ("loads: {rail: 2 loads}", "loads: {rail: 0 loads}", 21, "may be zero"),
        ("loads: {rail: 2 loads}", "loads: {rail: 1e9 loads}", 21, "over 10000"),
        ("notice: 12 hours", "notice: -1 day", 22, "under 0"),
        ("alert: 2022-02-26", "alert: 2022-02-24", 21, "before the scenario's start"),
        ("sea: {speed: 10 km/h}", "sea: {}", 19, "has no speed"),
        ("{BBB: 3 days}", "{XXX: 3 days}", 10, "no node or link lies in 'XXX'"),
        ("units: [u]", "units: [w]", 24, "no unit 'w'"),
        ("in_place: all, ", "", 24, "asks nothing"),
        ("in_place: all, ", "in_place: 120 %, ", 24, "over 1"),
        ("from: b, to: c", "from: b, to: c, colour: red", 18, "unknown field"),
        ("  modes:", "  network: nowhere\n  modes:", 7, "no network 'nowhere'"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in TEXT
    with pytest.raises(FoedusError) as caught:
        read_deployment(tmp_path, TEXT.replace(old, new, 1))
    said = str(caught.value)
    assert what in said
    assert said.startswith(f"{tmp_path / 'made.yaml'}:{line}: "), said
    assert caught.value.remedy


def test_a_network_has_a_file_of_its_own(tmp_path: Path) -> None:
    """What the scenario says of a link comes after what the network says; errors name the right file."""
    head, rest = TEXT.split("  nodes:\n")
    network, units = rest.split("  units:\n")
    own = "nodes:\n" + network.replace("    - ", "  - ").replace("  links:", "links:")
    own = own.replace(", disruption: {chance: $p, lasts: 1 day}", "")
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    text = head + "  network: own.yaml\n  links:\n    - {id: bc, distance: 400 km, "
    text += "disruption: {chance: $p, lasts: 1 day}}\n  units:\n" + units
    model = read_deployment(tmp_path, text)
    assert play(model.plan, model.calm(), 20).arrival.tolist() == [[8.0, 4.5]]
    (tmp_path / "own.yaml").write_text(own.replace("to: d", "to: e"), encoding="utf-8")
    with pytest.raises(FoedusError, match=r"own\.yaml:9: link 'ad' leads to nowhere"):
        read_deployment(tmp_path, text)


def test_outages_shut_a_link_both_ways(tmp_path: Path) -> None:
    model = read_deployment(
        tmp_path,
        TEXT.replace("chance: $p", "chance: 1")
        .replace("low: 0.5, likely: 0.6, high: 0.7", "low: 1, likely: 1, high: 1")
        .replace("speed: 400 km/day", "speed: 400 km/day, disruption: {chance: $p, lasts: 1 hour}"),
    )
    drawn = model.drawn(Draws(1, 0, 2))
    assert drawn.shut.all()
    assert np.allclose(drawn.length, [1 / 24, 1.0])
    assert (model.run(Draws(1, 0, 2))["arrival"][:, 0] > 20).all()
