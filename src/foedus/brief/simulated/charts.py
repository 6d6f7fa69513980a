"""Charts as numbers: where lines, bands and marks stand. No HTML here.

Comes in: series, bands and histograms in days and counts. Goes out: paths in a box of 1000 by 200 that is
stretched to the width there is, and positions in percent for what must not be stretched (words, marks).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from foedus.scenario import Band, Series

__all__ = ["BandChart", "Bars", "Mark", "Scale", "band_chart", "bars", "mark_of", "nice"]

WIDTH, HEIGHT = 1000.0, 200.0
_TICKS = 4
_ROUND = (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10)


class Tick(NamedTuple):
    """A mark on an axis: where (percent across, or pixels down), its words, how they are set."""

    at: float
    text: str
    anchor: str = "middle"


class Scale(NamedTuple):
    """Days from ``first`` to ``last``, as percent of the width."""

    first: float
    last: float

    def at(self, value: float) -> float:
        """Return where a value stands, 0 to 100; what lies outside stands at the edge."""
        width = self.last - self.first
        share = (value - self.first) / width if width > 0 else 0.5
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    def ticks(
        self, written: Callable[[float], str], count: int = _TICKS, *, whole: bool = False
    ) -> tuple[Tick, ...]:
        """Return marks at even steps; ``whole``: on whole days. Those at the edges are set inwards."""
        step = (self.last - self.first) / count
        values = [self.first + step * n for n in range(count + 1)]
        if whole:
            days = max(1, math.ceil(step - 0.25))
            values = [
                float(v) for v in range(math.ceil(self.first), math.floor(self.last) + 1, days)
            ]
        return tuple(Tick(self.at(v), written(v), _anchor(self.at(v))) for v in values)


def _anchor(at: float) -> str:
    return "start" if at < 8 else "end" if at > 92 else "middle"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A band on a scale, in percent; None where it is never. ``open``: its upper end is never."""

    low: float | None
    mid: float | None
    high: float
    open: bool
    bound: float | None = None

    @property
    def width(self) -> float:
        """How wide the band is drawn: what is certain is still to be seen."""
        return round(max(self.high - (self.low or 0.0), 0.6), 2)


class BandChart(msgspec.Struct, frozen=True, kw_only=True):
    """A series drawn: its band (``area``), its median, what it cannot exceed, its floor."""

    area: str
    mid: str
    bound: str
    floor: float | None
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    floor_mark: Mark | None


class Bars(msgspec.Struct, frozen=True, kw_only=True):
    """A histogram: bars as (x, y, width, height) in the box, its marks, what happened (in percent)."""

    bars: tuple[tuple[float, float, float, float], ...]
    across: tuple[Tick, ...]
    mark: Mark
    happened: tuple[tuple[float, float], ...]


def nice(value: float) -> float:
    """Return the next number that is not under ``value`` and whose quarters are round."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _ROUND if step * power >= value * (1 - 1e-9))


def mark_of(band: Band, scale: Scale, bound: float | None = None) -> Mark:
    """Return a band on a scale; never is the right edge."""
    return Mark(
        low=None if band.low is None else scale.at(band.low),
        mid=None if band.mid is None else scale.at(band.mid),
        high=100.0 if band.high is None else scale.at(band.high),
        open=band.high is None,
        bound=None if bound is None else scale.at(bound),
    )


def band_chart(
    series: Series, across: tuple[Tick, ...], number: Callable[[float], str]
) -> BandChart:
    """Return a series drawn over marked days; ``number`` writes the words of the axis that goes up."""
    scale = Scale(series.days[0], series.days[-1])
    lines = [series.high, series.bound or ()]
    most = max([0.0, series.floor or 0.0, *(v for line in lines for v in line if v is not None)])
    top = nice(most)

    def point(at: int, value: float) -> tuple[float, float]:
        x = scale.at(series.days[at]) * WIDTH / 100
        return round(x, 1), round(HEIGHT * (1 - value / top), 1)

    def path(line: Sequence[float | None]) -> list[tuple[float, float]]:
        return [point(at, value) for at, value in enumerate(line) if value is not None]

    low, high = path(series.low), path(series.high)
    steps = [top * n / _TICKS for n in range(_TICKS + 1)]
    return BandChart(
        area=_drawn([*high, *reversed(low)]) + "Z" if high else "",
        mid=_drawn(path(series.mid)),
        bound=_drawn(path(series.bound or ())),
        floor=None if series.floor is None else point(0, series.floor)[1],
        across=across,
        up=tuple(Tick(round(HEIGHT * (1 - s / top), 1), number(s)) for s in steps),
        floor_mark=None if series.floor_day is None else mark_of(series.floor_day, scale),
    )


def bars(
    edges: Sequence[float],
    counts: Sequence[int],
    band: Band,
    happened: Sequence[tuple[float, float]],
    marked: Callable[[Scale], tuple[Tick, ...]],
) -> Bars:
    """Return a histogram drawn; the scale, which ``marked`` gives its ticks, holds what happened too."""
    if not edges:
        edges, counts = (0.0, 1.0), (0,)
    first = min([edges[0], *(low for low, _ in happened)])
    last = max([edges[-1], *(high for _, high in happened)])
    scale = Scale(first, last if last > first else first + 1)
    most = max(max(counts), 1)
    drawn = []
    for left, right, count in zip(edges, edges[1:], counts, strict=False):
        x, end = scale.at(left) * WIDTH / 100, scale.at(right) * WIDTH / 100
        tall = round(HEIGHT * count / most, 1)
        drawn.append((round(x, 1), round(HEIGHT - tall, 1), round(end - x, 1), tall))
    return Bars(
        bars=tuple(drawn),
        across=marked(scale),
        mark=mark_of(band, scale),
        happened=tuple(
            (scale.at(low), round(max(scale.at(high) - scale.at(low), 0.5), 2))
            for low, high in happened
        ),
    )


def _drawn(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) if points else ""
