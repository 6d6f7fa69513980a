"""The map: members, standing forces and reported presence, drawn over Europe.

Comes in: what the brief is made from. Goes out: :class:`Presence`, outlines as paths in a box of 1000 by
830, marks, and the same as rows of a table. No HTML here.

The projection is Lambert's azimuthal equal-area round 52° N, 10° E, the centre of ETRS89-LAEA (EPSG:3035), on a
sphere (J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, 1987, equations 22-4, 24-2
and 24-3). The outlines are Natural Earth's; ``tools/europe_shapes.py`` tells how they were made.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import msgspec

from foedus.alliance.schema import Force
from foedus.brief.material import Material, Register
from foedus.brief.rows import Desk, Link
from foedus.brief.words import Words
from foedus.ledger.records import Fact

__all__ = [
    "HEIGHT",
    "WIDTH",
    "MapMark",
    "MapState",
    "Presence",
    "PresenceRow",
    "outline",
    "presence",
    "project",
    "shapes",
    "spot",
]

DATA = Path(__file__).parent / "data" / "europe.json"
WIDTH, HEIGHT = 1000, 830
CENTRE = (10.0, 52.0)
RADIUS = 6371.0
_WEST, _NORTH, _KM = -2050.0, 2330.0, 5.05
"""The box's corner in km from the centre, and the km of one unit."""
_CITED = 4

Ring = tuple[tuple[float, float], ...]


class MapState(msgspec.Struct, frozen=True, kw_only=True):
    """A state's outline (an SVG path) and what it is: ``member``, ``host``, ``other``."""

    name: str
    path: str
    kind: str


class MapMark(msgspec.Struct, frozen=True, kw_only=True):
    """A mark on a state: ``forces`` (a disc with their number) or ``told`` (a diamond)."""

    kind: str
    x: float
    y: float
    label: str


class PresenceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A state in the table that says what the map shows."""

    name: str
    since: str
    outside: bool
    forces: tuple[str, ...]
    told: tuple[Link, ...]
    more: int
    drawn: bool


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """The map and its table; ``states`` is empty where none of the alliance lies on the map."""

    states: tuple[MapState, ...]
    marks: tuple[MapMark, ...]
    rows: tuple[PresenceRow, ...]
    summary: str
    beyond: str


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a place in km east and north of the centre; degrees in."""
    east = math.radians(longitude - CENTRE[0])
    phi, origin = math.radians(latitude), math.radians(CENTRE[1])
    cosine = math.sin(origin) * math.sin(phi) + math.cos(origin) * math.cos(phi) * math.cos(east)
    k = math.sqrt(2 / (1 + cosine))
    x = RADIUS * k * math.cos(phi) * math.sin(east)
    y = RADIUS * k * (
        math.cos(origin) * math.sin(phi) - math.sin(origin) * math.cos(phi) * math.cos(east)
    )  # fmt: skip
    return x, y


@cache
def shapes() -> dict[str, tuple[Ring, ...]]:
    """Return the outlines by state, in units of the box, without rings that lie outside it."""
    states = json.loads(DATA.read_text(encoding="utf-8"))["states"]
    found = {code: tuple(_ring(ring) for ring in rings) for code, rings in states.items()}
    seen = {code: tuple(r for r in rings if _seen(r)) for code, rings in found.items()}
    return {code: rings for code, rings in seen.items() if rings}


def spot(longitude: float, latitude: float) -> tuple[float, float]:
    """Return a place in units of the box, from its upper left corner; degrees in."""
    x, y = project(longitude, latitude)
    return (x - _WEST) / _KM, (_NORTH - y) / _KM


def _ring(flat: list[int]) -> Ring:
    return tuple(spot(x / 100, y / 100) for x, y in zip(flat[::2], flat[1::2], strict=True))


def _seen(ring: Ring) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < HEIGHT


@cache
def outline(code: str) -> str:
    """Return the outline of a state of :func:`shapes` as an SVG path."""
    return "".join(_drawn(ring) for ring in shapes()[code])


def _drawn(ring: Ring) -> str:
    # what lies far outside is only brought near: the box cuts it
    near = [(min(max(x, -99), WIDTH + 99), min(max(y, -99), HEIGHT + 99)) for x, y in ring]
    points = [point for point, _ in groupby((round(x), round(y)) for x, y in near)]
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"


@cache
def _middle(code: str) -> tuple[float, float]:
    """Return the centroid of a state's largest ring."""
    ring = shapes()[code][0]
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    return round(x / (3 * twice), 1), round(y / (3 * twice), 1)


def presence(material: Material, desk: Desk, world: Register) -> Presence | None:
    """Return the map and table of the alliance on the page's day; None where it declares no members."""
    if not material.memberships:
        return None
    words = desk.words
    told = _told(material, world)
    hosts: dict[str, list[Force]] = {}
    for force in material.forces:
        if force.host is not None:
            hosts.setdefault(force.host, []).append(force)
    since = {m.state: m.joined for m in material.memberships}
    codes = sorted({*since, *hosts, *told}, key=lambda c: _alphabetic(words.entity(c)))
    outlines = shapes()
    rows = [
        PresenceRow(
            name=words.entity(code),
            since=words.day(since[code]) if code in since else "",
            outside=code in material.outside,
            forces=tuple(_force(f, material, words) for f in hosts.get(code, ())),
            told=tuple(_links(told.get(code, [])[:_CITED], desk)),
            more=max(len(told.get(code, [])) - _CITED, 0),
            drawn=code in outlines,
        )
        for code in codes
    ]
    drawn = any(row.drawn for row in rows)
    beyond = [words.entity(c) for c in codes if c in since and c not in outlines]
    return Presence(
        states=tuple(_states(since, hosts, words)) if drawn else (),
        marks=tuple(_marks(hosts, told, words)) if drawn else (),
        rows=tuple(rows),
        summary=words.t(
            "map.summary",
            members=words.n("map.members", len(since)),
            hosts=words.entities(c for c in codes if c in hosts) or "–",
            told=words.entities(c for c in codes if c in told) or "–",
        ),
        beyond=words.t("map.beyond", states=words.list(beyond)) if beyond and drawn else "",
    )


def _alphabetic(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()


def _told(material: Material, world: Register) -> dict[str, list[Fact]]:
    """Return the facts that carry a mechanism with standing forces, by the states they took place in."""
    mechanisms = {force.mechanism for force in material.forces}
    carrying = {
        fact
        for status in material.statuses
        if status.mechanism in mechanisms and status.status == "engaged"
        for fact in status.facts
    }
    found: dict[str, list[Fact]] = {}
    for fact in material.facts:
        if fact.id in carrying and fact.type == "MOBILIZE":
            for state in {s for place in fact.places if (s := _state(place, world))}:
                found.setdefault(state, []).append(fact)
    return found


def _state(place: str, world: Register) -> str | None:
    """Return the state that a place is or lies in."""
    seen: set[str] = set()
    entity = world.entity(place)
    while entity is not None and entity.kind == "place" and entity.within not in seen:
        seen.add(entity.within or "")
        entity = world.entity(entity.within) if entity.within else None
    return entity.id if entity is not None and entity.kind == "state" else None


def _links(facts: Iterable[Fact], desk: Desk) -> Iterator[Link]:
    for fact in facts:
        if fact.readings:
            yield desk.cited(fact.readings[0].citation)


def _force(force: Force, material: Material, words: Words) -> str:
    on = material.as_of
    name = force.names.get(words.language) or next(iter(force.names.values()), force.id)
    leads = [
        t.state for t in force.framework if on and t.start <= on and (t.end is None or on <= t.end)
    ]
    sizes = [s for s in force.sizes if on and s.start <= on]
    parts = [name]
    if leads:
        parts.append(words.t("map.led", state=words.entities(leads)))
    if sizes:
        last = max(sizes, key=lambda s: s.start)
        parts.append(words.t("map.size", size=words.number(last.value), date=words.day(last.start)))
    return ", ".join(parts)


def _states(since: Iterable[str], hosts: Iterable[str], words: Words) -> Iterator[MapState]:
    members, hosting = set(since), set(hosts)
    for code in sorted(shapes(), key=lambda c: (c in members, c)):
        kind = "host" if code in hosting else "member" if code in members else "other"
        yield MapState(name=words.entity(code), path=outline(code), kind=kind)


def _marks(
    hosts: dict[str, list[Force]], told: dict[str, list[Fact]], words: Words
) -> Iterator[MapMark]:
    for code in sorted(set(hosts) | set(told)):
        if code not in shapes():
            continue
        x, y = _middle(code)
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            continue
        if code in hosts:
            yield MapMark(kind="forces", x=x, y=y, label=words.number(len(hosts[code])))
        if code in told:
            aside = 24 if code in hosts else 0
            yield MapMark(kind="told", x=x + aside, y=y, label=words.number(len(told[code])))
