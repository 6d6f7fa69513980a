"""Quantities of the section, read and kept by name.

Comes in: what is written, with the reading of its file. Goes out: values, rates and disruptions whose
capacities, speeds and distances lie above zero; ``values`` names every one of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from foedus.scenario.assumptions import Value
from foedus.scenario.deployment.layers import Entry
from foedus.scenario.deployment.network import ONE, Disruption, GaugeChange, Rate
from foedus.scenario.deployment.written import (
    WrittenDisruption,
    WrittenGauge,
    WrittenLink,
    WrittenMode,
    WrittenRate,
)
from foedus.scenario.reading import Reading, Written

__all__ = ["Default", "Quantities"]

MOST_PLACES = 1000
RATE = "load/day"


@dataclass(frozen=True)
class Default:
    """What holds for a mode."""

    speed: Value | None
    capacity: Value | None
    carriers: Value | None
    turnaround: Value | None
    handling: Rate | None
    gauge_change: GaugeChange | None
    chance: Value | None
    lasts: Value | None

    def disrupted(self, stream: str) -> Disruption | None:
        """Return the mode's disruption as one link has it."""
        if self.chance is None or self.lasts is None:
            return None
        return Disruption(self.chance, self.lasts, stream)


@dataclass(frozen=True)
class Quantities:
    """Reads quantities; ``prefix`` is what the names of its ``values`` begin with."""

    values: dict[str, Value] = field(default_factory=dict)
    prefix: str = ""

    def under(self, name: str) -> Quantities:
        """Return the same, for what lies further down."""
        return Quantities(self.values, f"{self.prefix}{name}.")

    def keep(self, name: str, value: Value) -> Value:
        """Keep a value under its name."""
        self.values[self.prefix + name] = value
        return value

    def least(self, here: Reading, written: Written, unit: str, *keys: str) -> Value:
        """Read what may not be negative."""
        return self.keep(keys[-1], here.value(written, unit, *keys, least=0.0))

    def positive(
        self, here: Reading, written: Written, unit: str, *keys: str, most: float = math.inf
    ) -> Value:
        """Read what must lie above zero."""
        value = here.value(written, unit, *keys, least=0.0, most=most)
        drawn = value.assumption is not None and value.assumption.distribution == "lognormal"
        if value.least == 0 and not drawn:
            raise here.error(
                f"{keys[-1]} {str(written)!r} may be zero", *keys,
                remedy="give more than zero, or leave it out where nothing limits",
            )  # fmt: skip
        return self.keep(keys[-1], value)

    def either(
        self, entry: Entry[WrittenLink], key: str, unit: str, default: Value | None
    ) -> Value | None:
        """Read a field of a link, or take what holds for its mode."""
        written, here = entry.get(key)
        if written is None:
            return default
        most = MOST_PLACES if unit == "1" else math.inf
        return self.positive(here, written, unit, key, most=most)

    def turnaround(self, entry: Entry[WrittenLink], default: Value | None) -> Value:
        """Read how long ship or aircraft stay in port, both ends together."""
        written, here = entry.get("turnaround")
        if written is not None:
            return self.least(here, written, "day", "turnaround")
        return default or Value()

    def link_rate(self, entry: Entry[WrittenLink], default: Value | None) -> Rate | None:
        """Read how many loads a day may enter a link, and in how many places."""
        capacity = self.either(entry, "capacity", RATE, default)
        places = self.either(entry, "places", "1", None)
        if capacity is None:
            return None
        return Rate(capacity, places or ONE)

    def rate(self, here: Reading, written: WrittenRate, *keys: str) -> Rate:
        """Read loads a day and places."""
        capacity = self.positive(here, written.capacity, RATE, *keys, "capacity")
        places = self.positive(here, written.places, "1", *keys, "places", most=MOST_PLACES)
        return Rate(capacity, places)

    def gauge_change(self, here: Reading, written: WrittenGauge, *keys: str) -> GaugeChange:
        """Read what a change of gauge takes."""
        rate = WrittenRate(capacity=written.capacity, places=written.places)
        takes = self.positive(here, written.takes, "day", *keys, "takes")
        return GaugeChange(takes, self.rate(here, rate, *keys))

    def disruption(self, here: Reading, written: WrittenDisruption, stream: str) -> Disruption:
        """Read chance and length of an outage."""
        chance, lasts = self._outage(here, written)
        return Disruption(chance, lasts, stream)

    def _outage(self, here: Reading, written: WrittenDisruption) -> tuple[Value, Value]:
        own = self.under("disruption")
        chance = here.probability(written.chance, "disruption", "chance")
        own.keep("chance", chance)
        return chance, own.least(here, written.lasts, "day", "disruption", "lasts")

    def mode(self, here: Reading, mode: str, written: WrittenMode) -> Default:
        """Read what holds for a mode."""
        own = self.under(f"modes.{mode}")

        def maybe(key: str, unit: str, most: float = math.inf) -> Value | None:
            text = getattr(written, key)
            return None if text is None else own.positive(here, text, unit, key, most=most)

        handling, change, disruption = written.handling, written.gauge_change, written.disruption
        chance, lasts = own._outage(here, disruption) if disruption else (None, None)
        turnaround = written.turnaround
        return Default(
            speed=maybe("speed", "km/day"),
            capacity=maybe("capacity", RATE),
            carriers=maybe("carriers", "1", MOST_PLACES),
            turnaround=None if turnaround is None else own.least(here, turnaround, "day", "turnaround"),
            handling=own.under("handling").rate(here, handling, "handling") if handling else None,
            gauge_change=(
                own.under("gauge_change").gauge_change(here, change, "gauge_change")
                if change
                else None
            ),
            chance=chance,
            lasts=lasts,
        )  # fmt: skip
