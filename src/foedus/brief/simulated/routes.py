"""The network of a deployment as a view: places and links with their loads, in words.

Comes in: a section of an outcome, and who words it. Goes out: :class:`MapView`.
"""

from __future__ import annotations

import msgspec

from foedus.brief.network_map import Stop, Way
from foedus.brief.simulated.telling import Teller
from foedus.scenario import Part

__all__ = ["MapView", "map_view"]

_WAYS = {
    "road": "sim.way.road",
    "rail": "sim.way.rail",
    "sea": "sim.way.sea",
    "air": "sim.way.air",
}


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    """The network as it is drawn, what it carries in words, and whose data it is."""

    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]
    summary: str
    carrying: tuple[str, ...]
    sources: tuple[str, ...]


def map_view(part: Part, tell: Teller) -> MapView:
    """Return the network of a section that has one, worded; the busiest links first in the list."""
    words = tell.words
    names = {stop.id: tell.text(stop.title) for stop in part.stops}
    ways = [
        Way(
            start=way.start, end=way.end, mode=way.mode, carried=way.loads,
            label=words.t(
                _WAYS[way.mode], start=names[way.start], end=names[way.end],
                loads=tell.value(way.loads, "load"),
            ),
        )
        for way in part.ways
    ]  # fmt: skip
    used = sorted((w for w in ways if w.carried), key=lambda w: -w.carried)
    return MapView(
        stops=tuple(
            Stop(
                id=stop.id, name=names[stop.id], longitude=stop.longitude, latitude=stop.latitude,
                kind=stop.kind,
            )
            for stop in part.stops
        ),
        ways=tuple(ways),
        summary=words.t("sim.map_summary", places=len(part.stops), links=len(ways), used=len(used)),
        carrying=tuple(w.label for w in used),
        sources=tuple(
            f"{tell.reference(s)}. {tell.text(s.note)}" if s.note else tell.reference(s)
            for s in part.sources
        ),
    )  # fmt: skip
