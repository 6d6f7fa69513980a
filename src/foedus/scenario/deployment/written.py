"""The section ``deployment`` and a network file, as they are written.

Comes in: nothing; these are the shapes of the YAML (``docs/reference/scenario-deployment.md``).
Quantities are as written, ``36 loads/day`` or ``$assumption``: :mod:`.declare` reads them.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from foedus.scenario.assumptions import Reference
from foedus.scenario.model import Text
from foedus.scenario.reading import Written

__all__ = [
    "Asked", "Mode", "NetworkFile", "Section", "WrittenDisruption", "WrittenGauge", "WrittenLink",
    "WrittenMode", "WrittenNode", "WrittenRate", "WrittenUnit",
]  # fmt: skip

Mode = Literal["road", "rail", "sea", "air"]


class WrittenRate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many loads a day are put on or off; ``places``: ramps or berths that share the work."""

    capacity: Written
    places: Written = 1


class WrittenGauge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From one gauge to the other: each load ``takes`` so long, in ``places`` at once."""

    takes: Written
    capacity: Written
    places: Written = 1


class WrittenDisruption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ``chance`` that on a day an outage begins that ``lasts`` so long."""

    chance: Written
    lasts: Written


class WrittenMode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What holds for every link and node of a mode that does not say otherwise."""

    speed: Written | None = None
    capacity: Written | None = None
    carriers: Written | None = None
    turnaround: Written | None = None
    handling: WrittenRate | None = None
    gauge_change: WrittenGauge | None = None
    disruption: WrittenDisruption | None = None


class WrittenNode(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A place. What a scenario says of a node of its network adds to it."""

    id: str
    name: Text | None = None
    country: str | None = None
    kind: str | None = None
    lat: float | None = None
    lon: float | None = None
    gauges: tuple[int, ...] | None = None
    handling: dict[Mode, WrittenRate] | None = None
    gauge_change: WrittenGauge | None = None
    disruption: WrittenDisruption | None = None
    source: str | None = None
    note: Text | None = None


class WrittenLink(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way between two nodes, both ways unless ``oneway``. A scenario may add to one of its network."""

    id: str
    start: str | None = msgspec.field(name="from", default=None)
    end: str | None = msgspec.field(name="to", default=None)
    mode: Mode | None = None
    distance: Written | None = None
    speed: Written | None = None
    capacity: Written | None = None
    places: Written | None = None
    carriers: Written | None = None
    turnaround: Written | None = None
    gauge: int | None = None
    through: tuple[str, ...] | None = None
    permission: Written | None = None
    disruption: WrittenDisruption | None = None
    oneway: bool | None = None
    closed: bool | None = None
    off: tuple[float, ...] | None = None
    source: str | None = None
    note: Text | None = None


class WrittenUnit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who moves. ``loads``: in how many loads on each mode it may use. ``alert``: a date, or ``3 days``."""

    id: str
    name: Text = ""
    home: str | None = None
    destination: str | None = None
    persons: Written
    vehicles: Written = "0 vehicles"
    loads: dict[Mode, Written]
    alert: Any = "0 days"
    notice: Written = "0 days"
    country: str | None = None
    via: tuple[str, ...] = ()
    reference: Reference | None = None
    note: Text | None = None


class NetworkFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A network in a file of its own."""

    references: dict[str, Reference] = {}
    nodes: tuple[WrittenNode, ...] = ()
    links: tuple[WrittenLink, ...] = ()


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The section ``deployment``."""

    network: str | None = None
    modes: dict[Mode, WrittenMode] = {}
    permissions: dict[str, Written] = {}
    nodes: tuple[WrittenNode, ...] = ()
    links: tuple[WrittenLink, ...] = ()
    units: tuple[WrittenUnit, ...]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be asked: the day on which units are in place, or how many persons are by a day.

    ``in_place`` is ``first`` (the first load of any of the units), ``all``, or a share of their
    persons in units wholly in place. ``persons_by`` is a date, or ``3 days``. ``units``: these alone.
    """

    in_place: Written | None = None
    persons_by: Any = None
    units: tuple[str, ...] = ()
