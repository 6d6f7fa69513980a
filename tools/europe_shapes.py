"""Make the outlines of Europe's states that the brief's map draws.

Comes in: `countries-50m.json` of the npm package `world-atlas` (`npm pack world-atlas`), which is Natural
Earth's 1:50m map of countries as TopoJSON. Goes out: `src/foedus/brief/data/europe.json`: by ISO code,
rings of longitudes and latitudes in hundredths of a degree.

    python tools/europe_shapes.py package/countries-50m.json

What is done: borders are simplified arc by arc (Douglas and Peucker, *Algorithms for the reduction of the
number of points required to represent a digitized line*, 1973), so that neighbours still meet; the parts
of a state are joined; what lies outside the window is cut off; islets are dropped. A territory lies in the
state that the United Nations' members recognise it in by majority, as in the world register: Crimea is
drawn with Ukraine and the north of Cyprus with Cyprus, which Natural Earth draws by who holds them.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pycountry

Point = tuple[float, float]
OUT = Path(__file__).parent.parent / "src" / "foedus" / "brief" / "data" / "europe.json"
WINDOW = (-45.0, 27.0, 76.0, 81.0)
"""West, south, east, north, in degrees: more than the map shows, so that no cut is seen."""
TOLERANCE = 7.0
"""How far a simplified border may lie from the drawn one, in kilometres."""
ISLET = 250.0
"""Rings of less are dropped, in square kilometres, but for a state's largest."""
SPECKS = {"AND", "LIE", "MCO", "SMR", "VAT"}
"""Too small to be seen at this scale."""
NAMED = {"Kosovo": "XKX", "N. Cyprus": "CYP"}
CRIMEA = (32.3, 44.2, 36.8, 46.3)
KM = 111.2


def main(source: Path) -> None:
    """Read the package's file and write ours."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [simplified(arc) for arc in decoded(topology)]
    full = decoded(topology)
    states: dict[str, list[list[int]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape)
        if code is None:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            home = "UKR" if code == "RUS" and within(polygon[0], full, CRIMEA) else code
            states.setdefault(home, []).extend(polygon)
    shapes = {}
    for code, rings in sorted(states.items()):
        kept = outline(joined(rings), arcs)
        if kept and code not in SPECKS:
            shapes[code] = kept
    head = {
        "what": "Outlines of Europe's states: rings of longitude, latitude in hundredths of a degree",
        "source": "Natural Earth 1:50m, public domain, by way of the npm package world-atlas 2.0.2",
        "licence": LICENCE,
        "made_by": "tools/europe_shapes.py",
    }
    lines = ",\n".join(f'"{c}": {json.dumps(r, separators=(",", ":"))}' for c, r in shapes.items())
    top = json.dumps(head, indent=1)[:-2]
    OUT.write_text(f'{top},\n "states": {{\n{lines}\n}}}}\n', encoding="utf-8")


LICENCE = (
    "world-atlas: ISC. Copyright 2013-2019 Michael Bostock. Permission to use, copy, modify, and/or "
    "distribute this software for any purpose with or without fee is hereby granted, provided that the above "
    'copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED "AS IS" AND '
    "THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF "
    "MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, "
    "OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER "
    "IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE "
    "USE OR PERFORMANCE OF THIS SOFTWARE."
)


def code_of(shape: dict) -> str | None:
    """Return the state's code as the world register writes it."""
    named = NAMED.get(shape["properties"]["name"])
    if named or "id" not in shape:
        return named
    found = pycountry.countries.get(numeric=shape["id"])
    return found.alpha_3 if found else None


def decoded(topology: dict) -> list[list[Point]]:
    """Return the arcs as points in degrees (TopoJSON: quantised, each point as a step from the last)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplified(arc: list[Point]) -> list[Point]:
    """Return an arc with the points left out that lie near the line of the others."""
    if arc[0] == arc[-1] and len(arc) > 3:
        far = max(range(len(arc)), key=lambda i: distance(arc[i], arc[0], arc[0]))
        return [*simplified(arc[: far + 1]), *simplified(arc[far:])[1:]]
    if len(arc) < 3:
        return arc
    at, off = max(
        ((i, distance(arc[i], arc[0], arc[-1])) for i in range(1, len(arc) - 1)),
        key=lambda pair: pair[1],
    )
    if off < TOLERANCE:
        return [arc[0], arc[-1]]
    return [*simplified(arc[: at + 1])[:-1], *simplified(arc[at:])]


def distance(point: Point, start: Point, end: Point) -> float:
    """Return the distance in km of a point from a segment, on a plane that touches near it."""
    wide = math.cos(math.radians(point[1])) * KM
    px, py = (point[0] - start[0]) * wide, (point[1] - start[1]) * KM
    ex, ey = (end[0] - start[0]) * wide, (end[1] - start[1]) * KM
    along = ex * ex + ey * ey
    t = max(0.0, min(1.0, (px * ex + py * ey) / along)) if along else 0.0
    return math.hypot(px - t * ex, py - t * ey)


def within(ring: list[int], arcs: list[list[Point]], box: tuple[float, ...]) -> bool:
    """Whether all of a ring lies in a box."""
    points = [p for index in ring for p in (arcs[index] if index >= 0 else arcs[~index])]
    return all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in points)


def joined(rings: list[list[int]]) -> list[list[int]]:
    """Return a state's rings without the arcs that two of its parts share."""
    used = {index for ring in rings for index in ring}
    whole = [ring for ring in rings if all(~i not in used for i in ring)]
    broken = [ring for ring in rings if any(~i in used for i in ring)]
    return [*whole, [i for ring in broken for i in ring if ~i not in used]]


def outline(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """Return a state's rings in the window, islets dropped, as whole hundredths of a degree."""
    found = []
    for ring in rings:
        parts = [directed(i, arcs) for i in ring]
        for points in stitched(parts):
            cut = clipped(points)
            if len(cut) > 3:
                found.append(cut)
    if not found:
        return []
    largest = max(map(area, found))
    kept = [r for r in found if area(r) >= min(ISLET, largest)]
    kept.sort(key=area, reverse=True)
    return [[round(v * 100) for point in ring for v in point] for ring in kept]


def directed(index: int, arcs: list[list[Point]]) -> list[Point]:
    """Return an arc in the direction that its index says (TopoJSON: ~i is i backwards)."""
    return arcs[index] if index >= 0 else arcs[~index][::-1]


def stitched(parts: list[list[Point]]) -> list[list[Point]]:
    """Return closed rings made of arcs that meet at their ends."""
    rings, rest = [], list(parts)
    while rest:
        ring = list(rest.pop(0))
        while ring[0] != ring[-1]:
            at = next((i for i, part in enumerate(rest) if part[0] == ring[-1]), None)
            if at is None:
                break
            ring += rest.pop(at)[1:]
        rings.append(ring)
    return rings


def clipped(ring: list[Point]) -> list[Point]:
    """Return a ring cut to the window (Sutherland and Hodgman, *Reentrant polygon clipping*, 1974)."""
    west, south, east, north = WINDOW
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        out: list[Point] = []
        for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
            inside, follows = (a[axis] - limit) * sign >= 0, (b[axis] - limit) * sign >= 0
            if inside:
                out.append(a)
            if inside != follows:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                out.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
        ring = out
        if not ring:
            return []
    return ring


def area(ring: list[Point]) -> float:
    """Return the area of a ring in square kilometres, on a plane."""
    wide = math.cos(math.radians(sum(y for _, y in ring) / len(ring))) * KM
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 * wide * KM


if __name__ == "__main__":
    main(Path(sys.argv[1]))
