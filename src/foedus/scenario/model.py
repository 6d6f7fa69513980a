"""What a section of a scenario is to the rest of the room, and what it hands over.

Comes in: nothing; these are the shapes. A section (``deployment``, ``sustainment``) has a reader
``declare.read(raw, asked, reading)`` that returns a :class:`Model`; a model makes :data:`Columns` out of
draws, and out of all columns the answers to what was asked and a :class:`Part` to show.

Quantiles are values that occurred (the inverse of the empirical distribution function; R. J. Hyndman
and Y. Fan, *Sample Quantiles in Statistical Packages*, The American Statistician 50 (4), 1996, type
1): nothing is interpolated between « on day 9 » and « never ».
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from foedus.scenario.assumptions import Reference, Value
from foedus.scenario.draws import Draws

__all__ = [
    "Arrival",
    "Axis",
    "Band",
    "Bottleneck",
    "Columns",
    "Cost",
    "Model",
    "Part",
    "Series",
    "Stop",
    "Text",
    "Way",
    "band",
    "bands",
]

Columns = dict[str, NDArray[Any]]
"""What draws came to, by name: the first axis is the draw, the others are told by ``Model.axes``."""
Text = str | dict[str, str]
"""Wording: one for all languages, or one by language (``fr``, ``en``)."""
Numbers = tuple[float | None, ...]
"""Numbers by day; None stands for never, or for nothing to tell."""
SHARES = (0.1, 0.5, 0.9)


class Axis(NamedTuple):
    """An axis of a column beside the draw: what it counts (``unit``, ``day``), and the name of each."""

    name: str
    labels: tuple[str | int, ...]


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """The 10th, 50th and 90th percentile; None is never. ``share``: of draws that are not never."""

    low: float | None
    mid: float | None
    high: float | None
    share: float = 1.0


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Something by day, with its band: persons in place, a stock.

    ``kind`` is ``in_place`` or ``stock`` (the page's words for it); ``title`` says of what or whom.
    ``days`` are the days drawn, from the start. ``bound`` is what cannot be exceeded (in place) by day.
    ``floor`` is a level that should not be passed, ``floor_day`` when it is.
    """

    id: str
    kind: str
    title: Text
    unit: str
    days: tuple[int, ...]
    low: Numbers
    mid: Numbers
    high: Numbers
    bound: Numbers | None = None
    floor: float | None = None
    floor_day: Band | None = None


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """When a unit is wholly in place, in days from the start; ``bound``: not before."""

    id: str
    title: Text
    home: Text
    destination: Text
    persons: int
    band: Band
    bound: float | None = None


class Bottleneck(msgspec.Struct, frozen=True, kw_only=True):
    """A link or port that holds things up, or a permission.

    ``kind``: ``link``, ``carriers`` (its ships or aircraft), ``handling`` (on and off a ``mode``), ``gauge``
    (its change), ``permission`` of ``states`` (or of links).
    ``share``: of draws in which it held up the last arrival; ``waited``: days that loads waited for
    it in all; ``gain``: days by which the last arrival comes earlier with ``more`` (one train a day).
    """

    id: str
    title: Text
    share: float
    waited: Band
    gain: Band | None = None
    more: Text = ""
    kind: str = "link"
    mode: str = ""
    states: tuple[str, ...] = ()


class Cost(msgspec.Struct, frozen=True, kw_only=True):
    """What giving costs the giver: ``days`` of its own readiness that the items given make up.

    The floor is what the giver needs to last so many days; items × these days / floor.
    """

    donor: Text
    item: Text
    amount: float
    unit: str
    days: Band
    fact: str = ""


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a network that has coordinates, in degrees east and north."""

    id: str
    title: Text
    longitude: float
    latitude: float
    kind: str


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """A link in the direction in which it is used, and the mean of the ``loads`` that pass it."""

    start: str
    end: str
    mode: str
    loads: float


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What a section has to show. ``notes`` are sentences (what was left out, from which facts).

    ``stops`` and ``ways`` are the network, as far as it can be drawn; ``sources``: whose data it is.
    """

    series: tuple[Series, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    costs: tuple[Cost, ...] = ()
    stops: tuple[Stop, ...] = ()
    ways: tuple[Way, ...] = ()
    sources: tuple[Reference, ...] = ()
    notes: tuple[Text, ...] = ()


class Model(Protocol):
    """A section of a scenario, ready to run: frozen, and able to travel to another process (pickle)."""

    @property
    def values(self) -> Mapping[str, Value]:
        """Every quantity of the section that may differ between draws or from another scenario, named."""

    @property
    def axes(self) -> Mapping[str, tuple[Axis, ...]]:
        """For each column its axes after the first."""

    @property
    def asked(self) -> Mapping[str, str]:
        """The unit of the answer to each entry of ``ask:`` for this section: ``day``, or what is counted."""

    def expect(self, draws: int) -> None:
        """Be told how many draws this process may make: what is worth its loading is loaded."""

    def run(self, draws: Draws) -> Columns:
        """Return the columns of these draws: a function of file, seed and number of the draw alone."""

    def answers(self, columns: Columns) -> Mapping[str, NDArray[np.float64]]:
        """Return what each entry of ``ask:`` comes to in each draw; days from the start, inf: never."""

    def outcome(self, columns: Columns, draws: Draws) -> Part:
        """Return what to show, from all columns and all draws."""


def band(values: NDArray[Any]) -> Band:
    """Return the band of numbers, one a draw; inf is never."""
    low, mid, high = (_number(q) for q in _quantiles(values))
    return Band(low=low, mid=mid, high=high, share=float(np.mean(np.isfinite(values))))


def bands(values: NDArray[Any]) -> tuple[Numbers, Numbers, Numbers]:
    """Return the three lines of a band of numbers by draw and day."""
    low, mid, high = (tuple(_number(q) for q in line) for line in _quantiles(values))
    return low, mid, high


def _quantiles(values: NDArray[Any]) -> NDArray[np.float64]:
    found = np.quantile(np.asarray(values, np.float64), SHARES, axis=0, method="inverted_cdf")
    return np.asarray(found, np.float64)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
