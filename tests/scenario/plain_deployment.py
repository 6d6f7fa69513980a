"""The simulated deployment once more, as a plain SimPy model: one process a load, one station a resource.

Written from the rules in ``docs/background/deployment.md`` and not from the kernel: simulated time runs by
SimPy's own clock, outages are processes, permissions are events, a unit's next leg is a process that
waits for enough of its loads. Only what the two are given is shared (``Plan`` and ``Drawn``).
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from heapq import heappop, heappush

import simpy
from simpy.events import Event, Timeout

from foedus.scenario.deployment.plan import Drawn, Plan

__all__ = ["Deployment", "plain"]

Acts = Generator[Event, None, None]
LATE = 2
"""After SimPy's URGENT and NORMAL: when everything that comes at a moment has come."""


@dataclass
class Station:
    """Servers, the loads waiting for them, and whether it is shut."""

    env: simpy.Environment
    servers: int
    busy: int = 0
    outages: int = 0
    waiting: list[tuple[float, tuple[int, int, int], float, Event]] = field(default_factory=list)

    def turn(self, who: tuple[int, int, int], hold: float) -> Event:
        """Join the queue now; the event comes when it is this load's turn."""
        served = self.env.event()
        heappush(self.waiting, (self.env.now, who, hold, served))
        self.look()
        return served

    def look(self) -> None:
        """Serve who can be served, at the end of this moment."""
        later = Event(self.env)
        later._ok, later._value = True, None
        assert later.callbacks is not None
        later.callbacks.append(self._serve)
        self.env.schedule(later, priority=LATE)

    def _serve(self, _: Event) -> None:
        while self.waiting and not self.outages and (not self.servers or self.busy < self.servers):
            _, _, hold, served = heappop(self.waiting)
            served.succeed()
            if self.servers:
                self.busy += 1
                Timeout(self.env, hold).callbacks.append(self._leave)

    def _leave(self, _: Event) -> None:
        self.busy -= 1
        self.look()

    def weather(self, days: list[bool], length: float) -> Acts:
        """Shut at the beginning of each of the days drawn, for so long."""
        for shut in days:
            if shut:
                self.outages += 1
                self.env.process(self._reopen(length))
            yield self.env.timeout(1.0)

    def _reopen(self, length: float) -> Acts:
        yield self.env.timeout(length)
        self.outages -= 1
        self.look()


class Deployment:
    """One draw, played by SimPy's clock. ``arrival``: of every unit; ``landed``: of every last-leg load."""

    def __init__(self, plan: Plan, drawn: Drawn, draw: int) -> None:
        self.env = simpy.Environment()
        self.plan, self.drawn, self.draw = plan, drawn, draw
        self.stations = [Station(self.env, int(n)) for n in drawn.servers[draw]]
        for station, outage in zip(self.stations, plan.outage, strict=True):
            if outage >= 0:
                days = [bool(b) for b in drawn.shut[draw, outage]]
                self.env.process(station.weather(days, float(drawn.length[draw, outage])))
        self.permits = [self._at(float(t)) for t in drawn.opens[draw]]
        self.arrival = [float("nan")] * (len(plan.unit_legs) - 1)
        self.landed: list[tuple[float, int, int]] = []
        for unit in range(len(self.arrival)):
            self.env.process(self.unit(unit))

    def _at(self, time: float) -> Event:
        return self.env.timeout(max(time, 0.0))

    def run(self) -> list[float]:
        """Play to the end; return when each unit was in place."""
        self.env.run()
        return self.arrival

    def unit(self, unit: int) -> Acts:
        """Stand ready, then move leg by leg."""
        yield self.env.timeout(float(self.drawn.ready[self.draw, unit]))
        legs = range(int(self.plan.unit_legs[unit]), int(self.plan.unit_legs[unit + 1]))
        loads = [int(self.drawn.loads[self.draw, leg]) for leg in legs]
        ready = [self.env.event() for _ in range(loads[0])] if loads else []
        for event in ready:
            event.succeed()
        for at, leg in enumerate(legs):
            carried = [self.env.event() for _ in range(loads[at])]
            for load, start in enumerate(ready):
                self.env.process(self.load((unit, load, leg), start, carried))
            if at + 1 < len(legs):
                ahead = [-(-(k + 1) * loads[at] // loads[at + 1]) for k in range(loads[at + 1])]
                ready = [carried[number - 1] for number in ahead]
            else:
                yield carried[-1]
        self.arrival[unit] = self.env.now

    def load(self, who: tuple[int, int, int], start: Event, carried: list[Event]) -> Acts:
        """Wait until it is made up, then pass every visit of the leg."""
        if not start.processed:
            yield start
        _, _, leg = who
        visits = range(int(self.plan.leg_visits[leg]), int(self.plan.leg_visits[leg + 1]))
        for visit in visits:
            gate, resource = self.plan.gate[visit], self.plan.resource[visit]
            passage = self.plan.passage[visit]
            if gate >= 0 and not self.permits[gate].processed:
                yield self.permits[gate]
            if resource >= 0:
                hold = float(self.drawn.hold[self.draw, passage])
                yield self.stations[resource].turn(who, hold)
            yield self.env.timeout(float(self.drawn.go[self.draw, passage]))
        next(event for event in carried if not event.triggered).succeed()
        unit = who[0]
        if leg + 1 == self.plan.unit_legs[unit + 1]:
            self.landed.append((self.env.now, unit, who[1]))


def plain(plan: Plan, drawn: Drawn, draw: int) -> list[float]:
    """Return when each unit was in place in this draw."""
    return Deployment(plan, drawn, draw).run()
