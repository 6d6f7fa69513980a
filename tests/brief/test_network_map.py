"""The map of a network: places where they lie, links as wide as what they carry."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from foedus.brief import network_map as module
from foedus.brief.atlas import spot
from foedus.brief.network_map import Stop, Way, network_map

STOPS = (
    Stop(id="metz", name="Metz", longitude=6.18, latitude=49.11, kind="railhead"),
    Stop(id="warsaw", name="Warsaw", longitude=21.01, latitude=52.23, kind="railhead"),
    Stop(id="riga", name="Riga <port>", longitude=24.11, latitude=56.95, kind="port"),
    Stop(id="adazi", name="Ādaži", longitude=24.13, latitude=56.97, kind="destination"),
)
WAYS = (
    Way(start="metz", end="warsaw", mode="rail", carried=16, label="Metz – Warsaw: 16"),
    Way(start="warsaw", end="riga", mode="road", carried=4, label="Warsaw – Riga: 4"),
    Way(start="metz", end="riga", mode="air", carried=0, label="Metz – Riga: 0"),
    Way(start="riga", end="adazi", mode="road", carried=1, label="Riga – Ādaži: 1"),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(ways: tuple[Way, ...] = WAYS) -> ET.Element:
    svg = network_map(STOPS, ways, title="The network", summary="Four places.")
    return ET.fromstring(str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def lines(root: ET.Element) -> dict[str, ET.Element]:
    found = {}
    for path in root.iter(f"{SVG}path"):
        if "way" in path.get("class", "").split():
            found[path.findtext(f"{SVG}title", "")] = path
    return found


def test_it_says_what_it_shows() -> None:
    root = drawn()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "The network"
    assert root.findtext(f"{SVG}desc") == "Four places."
    assert set(lines(root)) == {way.label for way in WAYS}


def test_lines_are_as_wide_as_what_they_carry() -> None:
    """Width grows with the square root of the loads: four times as much is twice as wide, less the thinnest."""
    width = {k: float(v.get("stroke-width", "")) for k, v in lines(drawn()).items()}
    assert width["Metz – Warsaw: 16"] == module.THICK
    assert width["Warsaw – Riga: 4"] == pytest.approx((module.THIN + module.THICK) / 2)
    assert width["Metz – Riga: 0"] == module.THIN


def test_what_carries_nothing_is_idle() -> None:
    idle = {k for k, v in lines(drawn()).items() if "idle" in v.get("class", "")}
    assert idle == {"Metz – Riga: 0"}
    nothing = tuple(Way(start="metz", end="riga", mode="sea", carried=0, label=n) for n in "ab")
    assert len(lines(drawn(nothing))) == 2


def test_places_lie_where_the_atlas_puts_them() -> None:
    root = drawn()
    circles = {
        g.findtext(f"{SVG}title"): g.find(f"{SVG}circle")
        for g in root.iter(f"{SVG}g")
        if "stop" in g.get("class", "")
    }
    left, top, wide, high = map(float, root.get("viewBox", "").split())
    for stop in STOPS:
        circle = circles[stop.name]
        assert circle is not None
        x, y = float(circle.get("cx", "")), float(circle.get("cy", ""))
        assert (x, y) == pytest.approx(spot(stop.longitude, stop.latitude), abs=0.06)
        assert left <= x <= left + wide
        assert top <= y <= top + high


def test_names_do_not_cover_each_other() -> None:
    """Ādaži lies in the name of Riga, which is busier; names are escaped."""
    named = {text.text for text in drawn().iter(f"{SVG}text")}
    assert named == {"Metz", "Warsaw", "Riga <port>"}


def test_every_class_has_its_style() -> None:
    folder = Path(module.__file__).parent / "templates"
    style = "".join((folder / n).read_text(encoding="utf-8") for n in ("network.css", "brief.css"))
    used = {name for e in drawn().iter() for name in e.get("class", "").split()}
    kinds = {f"stop-{stop.kind}" for stop in STOPS}
    assert [name for name in used - kinds if not re.search(rf"\.{name}\b", style)] == []


def test_a_link_to_nowhere_is_refused() -> None:
    lost = Way(start="metz", end="nowhere", mode="rail", carried=1, label="lost")
    with pytest.raises(KeyError):
        drawn((lost,))
