"""Measure the NATO network that scenarios move units over.

Comes in: `tools/nato_network.yaml` (which places, what is linked with what) and a folder with the European rail
and road graphs of the PyPI package `scgraph-data`, which are OpenStreetMap's: `world_railways_europe_*.csv.gz`
and `world_highways_europe_*.csv.gz`, nodes (id, lat, lon) and edges (a, b, km). Goes out:
`src/foedus/scenario/data/nato/network.yaml`.

    python tools/nato_network.py ../shared/data/geo

What is done: long edges are divided; dead ends of a graph are joined with what lies within `GAP` km, because lines are
broken in it here and there; vertices in states that the network avoids are dropped (by the outlines of
`src/foedus/brief/data/europe.json`); both ends of a link are joined with the nearest vertices of one connected part, up
to `SLACK` km farther than the very nearest, by straight lines times `LOCAL`. The length is that of the shortest path
(Dijkstra, *A note on two problems in connexion with graphs*, 1959; SciPy's), rounded up to a kilometre. Ships sail great
circles by way of named points and aircraft fly one, each times a detour factor.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

HERE = Path(__file__).parent
CHOSEN = HERE / "nato_network.yaml"
SHAPES = HERE.parent / "src" / "foedus" / "brief" / "data" / "europe.json"
OUT = HERE.parent / "src" / "foedus" / "scenario" / "data" / "nato" / "network.yaml"
GRAPHS = {"rail": "world_railways_europe", "road": "world_highways_europe"}
GAP = 2.0
"""How far a dead end may be from what it is joined with, in kilometres."""
SNAP = 25.0
"""How far a place may lie from the graph, in kilometres."""
STEP = 5.0
"""Edges are divided into pieces of no more kilometres: only their ends have coordinates."""
SLACK = 10.0
"""How much farther than the nearest vertex a place may be joined with the graph, in kilometres."""
LOCAL = 1.3
"""By how much the way from a place to the graph is longer than a straight line: a judgement of ours."""
CROSSED = 20.0
"""A path leads through a state if at least so many of its kilometres lie there."""
DETOUR = {"sea": 1.05, "air": 1.10}
RADIUS = 6371.0

HEAD = """\
# The NATO network: places, and links of rail, road, sea and air with their length.
# Made by tools/nato_network.py from tools/nato_network.yaml: change that file, not this one.
#
# Lengths of rail and road are derived from OpenStreetMap: © OpenStreetMap contributors, Open Database License
# (ODbL) 1.0, openstreetmap.org/copyright. This file is a database derived from it and is made available under
# the same licence, opendatacommons.org/licenses/odbl/1-0/, whatever the licence of the program beside it.
#
# Coordinates and gauges of nodes are from general knowledge (unchecked), not from OpenStreetMap.
# Links lead both ways. `through`: the states that the path lies in, in order, from 20 km on. `off`: km from each end
# to the graph; the distance holds them, 1.3 times. `source`: how the distance was found, one of `references`.
references:
  osm-rail: {body: OpenStreetMap contributors, title: "Railways of Europe, as the graph in the Python package scgraph-data", checked: true, note: {en: "© OpenStreetMap contributors, Open Database License (ODbL) 1.0; shortest path on the graph, with the way from both ends to it", fr: "© les contributeurs d’OpenStreetMap, Open Database License (ODbL) 1.0 ; plus court chemin sur le graphe, avec l’accès aux deux bouts"}}
  osm-road: {body: OpenStreetMap contributors, title: "Highways of Europe, as the graph in the Python package scgraph-data", checked: true, note: {en: "© OpenStreetMap contributors, Open Database License (ODbL) 1.0; shortest path on the graph, with the way from both ends to it", fr: "© les contributeurs d’OpenStreetMap, Open Database License (ODbL) 1.0 ; plus court chemin sur le graphe, avec l’accès aux deux bouts"}}
  by-sea: {body: foedus, title: {en: "Great circles by way of the named points, times a detour of 1.05: a judgement of ours", fr: "Arcs de grand cercle par les points nommés, détour de 1,05 : une estimation de notre part"}, checked: false}
  by-air: {body: foedus, title: {en: "Great circle times a detour of 1.10: a judgement of ours", fr: "Arc de grand cercle, détour de 1,10 : une estimation de notre part"}, checked: false}
"""


class Graph:
    """A graph of the earth: where its vertices lie, in which state, and how far apart neighbours are."""

    def __init__(self, folder: Path, name: str, avoided: list[str]) -> None:
        nodes, edges = (table(folder / f"{name}_{part}.csv.gz") for part in ("nodes", "edges"))
        self.degrees, edges = divided(nodes[:, 1:3], edges)
        self.states = states_of(self.degrees)
        allowed = ~np.isin(self.states, avoided)
        whole = np.vstack([edges, bridges(self.degrees, edges)])
        self.edges = shortest(whole[allowed[whole[:, :2].astype(int)].all(1)])
        a, b, km = self.edges.T
        size = (len(self.degrees), len(self.degrees))
        whole = csr_matrix((km, (a.astype(int), b.astype(int))), shape=size)
        _, self.part = connected_components(whole, directed=False)
        self.order = np.argsort(self.part, kind="stable")
        self.first = np.searchsorted(self.part[self.order], np.arange(self.part.max() + 1))

    def near(self, *places: tuple[float, float]) -> list[tuple[Any, Any]]:
        """Return, for each place, the vertices that it is joined with, and how far they are in km."""
        away = [great_circle(np.array(place), self.degrees) for place in places]
        nearest = [np.minimum.reduceat(km[self.order], self.first) for km in away]
        part = int(np.argmin(sum(nearest)))
        found = []
        for row, km in zip(nearest, away, strict=True):
            far = max(row[part], min(row[part] + SLACK, SNAP))
            vertices = np.flatnonzero((self.part == part) & (km <= far))
            found.append((vertices, km[vertices]))
        return found

    def path(
        self, start: tuple[Any, Any], end: tuple[Any, Any]
    ) -> tuple[float, list[float], list[str]]:
        """Return the length of the shortest path in km, how far its ends are, and the states it crosses."""
        size = len(self.degrees)
        ends = [
            np.column_stack([v, np.full(len(v), size + i), km * LOCAL])
            for i, (v, km) in enumerate((start, end))
        ]
        a, b, km = np.vstack([self.edges, *ends]).T
        lengths = csr_matrix((km, (a.astype(int), b.astype(int))), shape=(size + 2, size + 2))
        length, before = dijkstra(lengths, directed=False, indices=size, return_predecessors=True)
        path = [size + 1]
        while path[-1] != size:
            path.append(int(before[path[-1]]))
        off = [length[path[-2]] / LOCAL, (length[size + 1] - length[path[1]]) / LOCAL]
        inner = path[-2:0:-1]
        return float(length[size + 1]), off, self.through(inner, length[inner])

    def through(self, path: list[int], length: Any) -> list[str]:
        """Return the states that hold at least `CROSSED` km of a path, in order."""
        states = self.states[path]
        step = np.diff(length, prepend=length[0], append=length[-1])
        inside = {str(s): float((step[:-1] + step[1:])[states == s].sum() / 2) for s in states}
        return [state for state, km in inside.items() if state and km >= CROSSED]


def main(folder: Path) -> None:
    """Read the choice and the graphs, and write the network."""
    chosen = yaml.safe_load(CHOSEN.read_text(encoding="utf-8"))
    nodes = chosen["nodes"]
    rows = {"rail": [(*ends, gauge) for gauge, pairs in chosen["rail"].items() for ends in pairs]}
    rows["road"] = [(a, b, 0) for a, b in chosen["road"]]
    lines = ["nodes:", *(node(id_, row) for id_, row in nodes.items()), "links:"]
    for mode, wanted in rows.items():
        graph = Graph(folder, GRAPHS[mode], chosen["avoided"])
        lines += [overland(graph, mode, nodes, *row) for row in wanted]
    for mode, factor in DETOUR.items():
        for a, b, *by in chosen[mode]:
            points = [chosen["waypoints"][p] for p in (by[0] if by else ())]
            route = [np.array(p) for p in (nodes[a][3:5], *points, nodes[b][3:5])]
            km = sum(float(great_circle(p, q)) for p, q in pairwise(route))
            lines.append(link(mode, a, b, km * factor, f"source: by-{mode}"))
    OUT.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def overland(graph: Graph, mode: str, nodes: dict[str, Any], a: str, b: str, gauge: int) -> str:
    """Return the line of a link of rail or road."""
    start, end = graph.near(nodes[a][3:5], nodes[b][3:5])
    far = max(start[1].min(), end[1].min())
    if far > SNAP:
        sys.exit(f"{a}, {b}: {far:.0f} km from the {mode} graph; change {CHOSEN.name}")
    km, off, inner = graph.path(start, end)
    first, last = nodes[a][1], nodes[b][1]
    through = dict.fromkeys([first, *(s for s in inner if s != last), last])
    rest = [f"gauge: {gauge}"] if gauge else []
    rest += [f"through: [{', '.join(through)}]", f"off: [{off[0]:.1f}, {off[1]:.1f}]"]
    return link(mode, a, b, km, ", ".join([*rest, f"source: osm-{mode}"]))


def node(id_: str, row: list[Any]) -> str:
    """Return the line of a place."""
    name, state, kind, latitude, longitude, gauges = row
    named = name
    if not isinstance(name, str):
        named = "{" + ", ".join(f"{language}: {text}" for language, text in name.items()) + "}"
    return (
        f"  - {{id: {id_}, name: {named}, country: {state}, kind: {kind}, "
        f"lat: {latitude:.2f}, lon: {longitude:.2f}, gauges: {gauges}}}"
    )


def link(mode: str, a: str, b: str, km: float, rest: str) -> str:
    """Return the line of a link."""
    ends = f"id: {mode}-{a}-{b}, from: {a}, to: {b}, mode: {mode}"
    return f"  - {{{ends}, distance: {math.ceil(km)} km, {rest}}}"


def divided(degrees: Any, edges: Any) -> tuple[Any, Any]:
    """Return vertices and edges with the edges over `STEP` km divided, so that a place between finds them."""
    long = edges[:, 2] > STEP
    points, pieces, size = [degrees], [edges[~long]], len(degrees)
    for a, b, km in edges[long]:
        parts = math.ceil(km / STEP)
        share = np.arange(1, parts)[:, None] / parts
        points.append(degrees[int(a)] * (1 - share) + degrees[int(b)] * share)
        chain = np.array([a, *range(size, size + parts - 1), b])
        pieces.append(np.column_stack([chain[:-1], chain[1:], np.full(parts, km / parts)]))
        size += parts - 1
    return np.vstack(points), np.vstack(pieces)


def bridges(degrees: Any, edges: Any) -> Any:
    """Return edges from each dead end to every vertex within `GAP` km."""
    count = np.bincount(edges[:, :2].astype(int).ravel(), minlength=len(degrees))
    ends = np.flatnonzero(count == 1)
    y, x = np.radians(degrees.T)
    points = RADIUS * np.column_stack([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])
    near = cKDTree(points).query_ball_point(points[ends], GAP)
    pairs = [(end, v) for end, found in zip(ends, near, strict=True) for v in found if v != end]
    a, b = np.array(pairs).T
    return np.column_stack([a, b, np.linalg.norm(points[a] - points[b], axis=1)])


def shortest(edges: Any) -> Any:
    """Return edges without those between two vertices that a shorter one joins."""
    ends = np.sort(edges[:, :2], axis=1)
    order = np.lexsort([edges[:, 2], ends[:, 1], ends[:, 0]])
    ends = ends[order]
    first = np.append(True, (ends[1:] != ends[:-1]).any(1))
    return np.column_stack([ends, edges[order, 2]])[first]


def table(path: Path) -> Any:
    """Return a compressed CSV file of numbers without its head."""
    with gzip.open(path, "rt", encoding="ascii") as lines:
        return np.loadtxt(lines, delimiter=",", skiprows=1)


def states_of(degrees: Any) -> Any:
    """Return the code of the state that each point (latitude, longitude) lies in, or nothing."""
    shapes = json.loads(SHAPES.read_text(encoding="utf-8"))["states"]
    found = np.full(len(degrees), "", dtype="U3")
    for code, rings in shapes.items():
        for flat in rings:
            ring = np.array(flat, dtype=float).reshape(-1, 2)[:, ::-1] / 100
            low, high = ring.min(0), ring.max(0)
            near = np.flatnonzero(((degrees >= low) & (degrees <= high)).all(1))
            found[near[inside(degrees[near], ring)]] = code
    return found


def inside(points: Any, ring: Any) -> Any:
    """Tell which points lie in a ring, by counting the borders to their east (even-odd rule)."""
    odd = np.zeros(len(points), dtype=bool)
    y, x = points[:, 0], points[:, 1]
    for (ay, ax), (by, bx) in zip(ring, np.roll(ring, -1, 0), strict=True):
        if ay != by:
            between = (ay > y) != (by > y)
            odd ^= between & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return odd


def great_circle(a: Any, b: Any) -> Any:
    """Return the distance in km between points in degrees on a sphere (the haversine formula)."""
    (ya, xa), (yb, xb) = np.radians(a.T), np.radians(b.T)
    half = np.sin((yb - ya) / 2) ** 2 + np.cos(ya) * np.cos(yb) * np.sin((xb - xa) / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.sqrt(half))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
