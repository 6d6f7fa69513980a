"""The shipped network: sound in itself, plausible, and what the tool makes."""

from __future__ import annotations

import importlib.util
import math
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from foedus.declared import load_declared
from foedus.scenario.deployment.written import NetworkFile, WrittenLink, WrittenNode
from foedus.world import load_world

ROOT = Path(__file__).resolve().parents[2]
NETWORK = ROOT / "src" / "foedus" / "scenario" / "data" / "nato" / "network.yaml"
GRAPHS = ROOT.parent / "shared" / "data" / "geo"
KINDS = {"garrison", "railhead", "port", "airfield", "border", "gauge", "destination"}
BROAD = {"EST": 1520, "LVA": 1520, "FIN": 1524, "PRT": 1668}
"""States whose railways had no other gauge in 2022 (the unfinished Rail Baltica left aside)."""
KNOWN = {
    "rail-poznan-warsaw": 305,
    "rail-frankfurt-oder-poznan": 175,
    "rail-bucharest-constanta": 225,
    "rail-budapest-curtici": 236,
    "rail-riga-valga": 168,
    "rail-tapa-tallinn": 78,
    "road-poznan-warsaw": 310,
    "road-klaipeda-kaunas": 215,
    "road-kaunas-riga": 265,
    "road-zagreb-budapest": 345,
}
"""Lengths in km by timetables and road signs, from general knowledge."""


@cache
def network() -> NetworkFile:
    return load_declared(NETWORK, NetworkFile)[0]


@cache
def nodes() -> dict[str, WrittenNode]:
    return {node.id: node for node in network().nodes}


def ends(link: WrittenLink) -> tuple[str, str]:
    assert link.start is not None
    assert link.end is not None
    return link.start, link.end


def km(link: WrittenLink) -> int:
    number, unit = str(link.distance).split()
    assert unit == "km"
    return int(number)


def apart(link: WrittenLink) -> float:
    """Return the great circle between a link's ends, in km."""
    (alat, alon), (blat, blon) = (
        (math.radians(n.lat or 0), math.radians(n.lon or 0))
        for n in (nodes()[end] for end in ends(link))
    )
    cosine = math.sin(alat) * math.sin(blat)
    cosine += math.cos(alat) * math.cos(blat) * math.cos(alon - blon)
    return 6371.0 * math.acos(min(1.0, cosine))


def parts(mode: str, gauge: int | None = None) -> list[set[str]]:
    """Return the connected parts of a mode, the largest first."""
    found: list[set[str]] = []
    for link in network().links:
        if link.mode == mode and (gauge is None or link.gauge == gauge):
            joined = set(ends(link))
            joined = joined.union(*(p for p in found if p & joined))
            found = [*(p for p in found if not p & joined), joined]
    return sorted(found, key=len, reverse=True)


def test_it_has_the_size_that_was_wanted() -> None:
    assert 55 <= len(network().nodes) <= 70
    assert 140 <= len(network().links) <= 170


def test_ids_are_unique_and_ends_exist() -> None:
    assert len(nodes()) == len(network().nodes)
    links = network().links
    assert len({link.id for link in links}) == len(links)
    for link in links:
        assert set(ends(link)) <= set(nodes()), link.id
        assert link.start != link.end, link.id


def test_every_place_is_linked() -> None:
    linked = {end for link in network().links for end in ends(link)}
    assert linked == set(nodes())


def test_states_are_those_of_the_world() -> None:
    world = load_world()
    named = {node.country for node in network().nodes}
    named |= {state for link in network().links for state in link.through or ()}
    for state in named:
        entity = world.entity(str(state))
        assert entity is not None, state
        assert entity.kind == "state", state


def test_nodes_say_what_they_are() -> None:
    for node in network().nodes:
        assert node.name, node.id
        assert node.kind in KINDS, node.id
        assert 35 < (node.lat or 0) < 70, node.id
        assert -11 < (node.lon or 0) < 33, node.id


def test_every_length_tells_where_it_comes_from() -> None:
    for link in network().links:
        assert link.source in network().references, link.id
        derived = link.mode in ("rail", "road")
        assert (link.source == f"osm-{link.mode}") == derived, link.id
        assert (link.off is not None) == derived, link.id
    head = NETWORK.read_text(encoding="utf-8").partition("references:")[0]
    assert "© OpenStreetMap contributors" in head
    assert "Open Database License" in head


def test_no_link_is_shorter_than_the_great_circle_nor_much_longer() -> None:
    for link in network().links:
        assert apart(link) <= km(link), link.id
        most = {"rail": 2.3, "road": 2.0, "sea": 2.8, "air": 1.12}[str(link.mode)]
        assert km(link) <= most * apart(link) + 1, link.id


def test_places_lie_near_the_graph() -> None:
    assert max(max(link.off or (0,)) for link in network().links) <= 25


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_known_lengths_are_met(name: str) -> None:
    link = next(link for link in network().links if link.id == name)
    assert km(link) == pytest.approx(KNOWN[name], rel=0.15)


def test_paths_lead_through_the_states_of_their_ends() -> None:
    for link in network().links:
        if link.mode in ("rail", "road"):
            start, end = (nodes()[e].country for e in ends(link))
            assert link.through is not None
            assert link.through[0] == start, link.id
            assert end in link.through, link.id
            assert len(set(link.through)) == len(link.through), link.id


def test_rails_meet_the_gauge_of_their_ends() -> None:
    for link in network().links:
        assert (link.gauge is not None) == (link.mode == "rail"), link.id
        for end in ends(link) if link.gauge else ():
            assert link.gauge in (nodes()[end].gauges or ()), f"{link.id} at {end}"


def test_gauges_change_only_at_gauge_stations() -> None:
    met: dict[str, set[int]] = {}
    for link in network().links:
        for end in ends(link) if link.gauge else ():
            met.setdefault(end, set()).add(link.gauge or 0)
    change = {name for name, gauges in met.items() if len(gauges) > 1}
    assert change == {"irun", "kaunas"}
    assert {nodes()[name].kind for name in change} == {"gauge"}
    for node in network().nodes:
        if node.country in BROAD and node.gauges:
            assert node.gauges == (BROAD[node.country],), node.id


def test_each_mode_hangs_together_as_intended() -> None:
    """Rail and road: the mainland is one; beside it Britain, Finland and, by road, the Kattegat."""
    britain = {"bulford", "marchwood"}
    finland = {"turku", "lappeenranta"}
    assert [set(p) for p in parts("rail")][1:] in ([britain, finland], [finland, britain])
    beside = parts("road")[1:]
    assert sorted(map(sorted, beside)) == [
        ["brize-norton", "bulford", "marchwood"],
        ["gothenburg", "trondheim"],
        ["lappeenranta", "turku"],
    ]
    assert len(parts("rail", 1520)) == 1
    everything = set().union(*(p for mode in ("rail", "road", "sea", "air") for p in parts(mode)))
    assert everything == set(nodes())


def test_every_mode_is_there() -> None:
    assert set(Counter(link.mode for link in network().links)) == {"rail", "road", "sea", "air"}


def test_every_place_can_be_reached_from_every_other() -> None:
    whole: list[set[str]] = []
    for part in (p for mode in ("rail", "road", "sea", "air") for p in parts(mode)):
        joined = part.union(*(p for p in whole if p & part))
        whole = [*(p for p in whole if not p & joined), joined]
    assert len(whole) == 1


@pytest.mark.full
def test_the_tool_makes_the_file_byte_for_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not GRAPHS.is_dir():
        pytest.skip(f"the graphs of OpenStreetMap are not part of foedus (wanted in {GRAPHS})")
    spec = importlib.util.spec_from_file_location("nato_network", ROOT / "tools/nato_network.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    made = tmp_path / "network.yaml"
    monkeypatch.setattr(tool, "OUT", made)
    tool.main(GRAPHS)
    assert made.read_bytes() == NETWORK.read_bytes()
