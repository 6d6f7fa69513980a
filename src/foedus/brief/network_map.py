"""The map of a network: places and links drawn over Europe, links as wide as what they carry.

Comes in: :class:`Stop` and :class:`Way`, already worded. Goes out: one static SVG, whose classes
``network.css`` draws. Projection and outlines are those of :mod:`foedus.brief.atlas`.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

import msgspec
from markupsafe import Markup

from foedus.brief.atlas import HEIGHT, WIDTH, outline, shapes, spot
from foedus.brief.page import environment

__all__ = ["Stop", "Way", "network_map"]

MARGIN, RIGHT = 45.0, 160.0
"""Units of the box that stay free around the outermost places, and on the right, where names stand."""
LETTER, LINE = 6.6, 13.0
"""Width of a letter and height of a line of a label, in units of the box."""
ASIDE = {"rail": 2.0, "road": -2.0}
"""How far beside the straight line a mode is drawn, so that it does not hide another."""
THIN, THICK = 1.0, 9.0
"""Widths of what carries nearly nothing and of what carries most."""


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the network; degrees east and north. ``kind`` as the network's file has it."""

    id: str
    name: str
    longitude: float
    latitude: float
    kind: str


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A link between two places. ``carried``: loads; ``label``: what it carries, in words."""

    start: str
    end: str
    mode: str
    carried: float
    label: str


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    mode: str
    idle: bool
    path: str
    width: float
    label: str


class _Dot(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    name: str
    x: float
    y: float
    named: bool


def network_map(stops: Sequence[Stop], ways: Sequence[Way], *, title: str, summary: str) -> Markup:
    """Return the map as SVG: what the page shows must also stand in words, in ``summary`` or beside it.

    Links that carry nothing are drawn thin. Of places, those at links that carry something are
    named, the busiest first, as long as no name covers another.

    Raises:
        KeyError: a link's end is none of the places.
    """
    places = {s.id: spot(s.longitude, s.latitude) for s in stops}
    busy = dict.fromkeys(places, 0.0)
    for way in ways:
        busy[way.start] += way.carried
        busy[way.end] += way.carried
    return Markup(
        environment()
        .get_template("network.html")
        .render(
            title=title,
            summary=summary,
            box=_box(places.values()),
            lands=[outline(code) for code in sorted(shapes())],
            lines=list(_lines(ways, places)),
            dots=list(_dots(stops, places, busy)),
        )
    )


def _box(points: Collection[tuple[float, float]]) -> tuple[int, int, int, int]:
    """Return left, top, width and height of what is shown: the places and a margin."""
    xs, ys = zip(*points, strict=True) if points else ((0.0, WIDTH), (0.0, HEIGHT))
    left, top = max(0, math.floor(min(xs) - MARGIN)), max(0, math.floor(min(ys) - MARGIN))
    right = min(WIDTH, math.ceil(max(xs) + RIGHT))
    return left, top, right - left, min(HEIGHT, math.ceil(max(ys) + MARGIN)) - top


def _lines(ways: Sequence[Way], places: dict[str, tuple[float, float]]) -> Iterator[_Line]:
    """Return the links as they are drawn: those that carry most last, and so on top."""
    most = max((way.carried for way in ways), default=0.0)
    for way in sorted(ways, key=lambda w: w.carried):
        (ax, ay), (bx, by) = places[way.start], places[way.end]
        far = math.hypot(bx - ax, by - ay) or 1.0
        aside = ASIDE.get(way.mode, 0.0)
        dx, dy = (by - ay) / far * aside, (ax - bx) / far * aside
        share = way.carried / most if most else 0.0
        path = f"M{ax + dx:.1f} {ay + dy:.1f}L{bx + dx:.1f} {by + dy:.1f}"
        if way.mode in ("sea", "air"):
            # bent to one side, as a way that is not on land
            mx, my = (ax + bx) / 2 + (by - ay) / 8, (ay + by) / 2 + (ax - bx) / 8
            path = f"M{ax:.1f} {ay:.1f}Q{mx:.1f} {my:.1f} {bx:.1f} {by:.1f}"
        yield _Line(
            mode=way.mode,
            idle=way.carried == 0,
            path=path,
            width=round(THIN + (THICK - THIN) * math.sqrt(share), 1),
            label=way.label,
        )


def _dots(
    stops: Sequence[Stop], places: dict[str, tuple[float, float]], busy: dict[str, float]
) -> Iterator[_Dot]:
    taken: list[tuple[float, float, float]] = []
    for stop in sorted(stops, key=lambda s: (-busy[s.id], s.id)):
        x, y = places[stop.id]
        right = x + 7 + LETTER * len(stop.name)
        named = busy[stop.id] > 0 and not any(
            abs(y - line) < LINE and x < end and begin < right for begin, end, line in taken
        )
        if named:
            taken.append((x, right, y))
        yield _Dot(kind=stop.kind, name=stop.name, x=round(x, 1), y=round(y, 1), named=named)
