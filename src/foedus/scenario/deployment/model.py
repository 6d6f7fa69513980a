"""The deployment as the rest of the room runs it: values drawn, loads played, columns out.

Comes in: a :class:`~foedus.scenario.deployment.network.Network` and units with their routes. Goes out:
a :class:`Deployment`, which makes columns of draws: a function of the file, the seed and the number of
the draw alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.assumptions import Reference, Value
from foedus.scenario.deployment.network import Arc, Network, Place, Route, Unit, likely
from foedus.scenario.deployment.plan import Drawn, Plan
from foedus.scenario.draws import Draws
from foedus.scenario.model import Axis, Columns, Part

__all__ = ["Deployment", "Question"]

Floats = NDArray[np.float64]
Of = Callable[[Value], Floats]
_STEP = 5e-6
"""Seconds that Python takes for a visit, roughly."""


@dataclass(frozen=True)
class Question:
    """What is asked of the units at these places of the file: ``share`` of their persons in place
    (None: the first load of any), or how many persons are by the day ``by``.
    """

    units: tuple[int, ...]
    share: float | None = 1.0
    by: float | None = None


@dataclass(frozen=True)
class Deployment:
    """A deployment that was found to be sound: see :class:`~foedus.scenario.model.Model`."""

    network: Network
    units: tuple[Unit, ...]
    routes: tuple[Route, ...]
    values: Mapping[str, Value]
    days: int
    questions: Mapping[str, Question]
    sources: tuple[Reference, ...] = ()

    @cached_property
    def arcs(self) -> tuple[Arc, ...]:
        """The arcs that some unit passes, in the order in which the units of the file pass them."""
        steps = (a for route in self.routes for _, leg in route.legs for a in leg)
        return tuple(dict.fromkeys(steps))

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The network's places on some route."""
        return tuple(dict.fromkeys(a.place for a in self.arcs if a.place is not None))

    @property
    def places(self) -> tuple[Place, ...]:
        """The places on some route: the resources of the plan, in its order."""
        return tuple(self.network.places[k] for k in self.used)

    @cached_property
    def gates(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Unit and permissions of each gate: the unit may pass when it has all of them."""
        found = (
            (u, self.network.needed(arc, unit))
            for u, (unit, route) in enumerate(zip(self.units, self.routes, strict=True))
            for _, leg in route.legs
            for arc in leg
        )
        return tuple(dict.fromkeys((u, names) for u, names in found if names))

    @cached_property
    def permits(self) -> tuple[str, ...]:
        """What the gates are called in results, one for each set of permissions."""
        return tuple(dict.fromkeys(" + ".join(names) for _, names in self.gates))

    @cached_property
    def streams(self) -> tuple[str, ...]:
        """The outages that are drawn; what shares a stream is out at the same time."""
        found = (p.disruption.stream for p in self.places if p.disruption is not None)
        return tuple(dict.fromkeys(found))

    @cached_property
    def plan(self) -> Plan:
        """The routes as the kernel takes them."""
        arcs = {arc: k for k, arc in enumerate(self.arcs)}
        places = {place: k for k, place in enumerate(self.used)}
        gates = {gate: k for k, gate in enumerate(self.gates)}
        unit_legs, leg_visits = [0], [0]
        visits: list[tuple[int, int, int]] = []
        for u, (unit, route) in enumerate(zip(self.units, self.routes, strict=True)):
            for _, leg in route.legs:
                for arc in leg:
                    place = -1 if arc.place is None else places[arc.place]
                    gate = gates.get((u, self.network.needed(arc, unit)), -1)
                    visits.append((place, arcs[arc], gate))
                leg_visits.append(len(visits))
            unit_legs.append(len(leg_visits) - 1)
        table = np.array(visits, np.int64).reshape(-1, 3)
        outage = [
            -1 if p.disruption is None else self.streams.index(p.disruption.stream)
            for p in self.places
        ]
        return Plan(
            unit_legs=np.array(unit_legs, np.int64), leg_visits=np.array(leg_visits, np.int64),
            resource=table[:, 0].copy(), passage=table[:, 1].copy(), gate=table[:, 2].copy(),
            outage=np.array(outage, np.int64),
        )  # fmt: skip

    def drawn(self, draws: Draws, more: int | None = None) -> Drawn:
        """Return what the draws assume; the place ``more`` has one load a day more (or one carrier)."""
        shut = np.zeros((draws.count, len(self.streams), self.days), bool)
        length = np.zeros((draws.count, len(self.streams)))
        disruptions = {p.disruption.stream: p.disruption for p in self.places if p.disruption}
        for k, name in enumerate(self.streams):
            chance = draws.of(disruptions[name].chance)[:, None]
            shut[:, k] = draws.uniform(name, (self.days,)) < chance
            length[:, k] = draws.of(disruptions[name].lasts)
        return self._assumed(draws.of, draws.count, more)._replace(shut=shut, length=length)

    def calm(self, more: int | None = None) -> Drawn:
        """Return one draw in which every value is the likely one and nothing is disrupted."""
        return self._assumed(lambda value: np.array([likely(value)]), 1, more)

    def _assumed(self, of: Of, count: int, more: int | None) -> Drawn:
        columns = _Columns(count)
        servers = [self._servers(of, k, more) for k in range(len(self.places))]
        times = [self._times(of, arc, servers, more) for arc in self.arcs]
        asked = [
            of(self.units[u].alert) + np.max([of(self.network.permissions[n]) for n in names], 0)
            for u, names in self.gates
        ]
        loads = [
            of(unit.loads[mode])
            for unit, route in zip(self.units, self.routes, strict=True)
            for mode, _ in route.legs
        ]
        persons = np.array([unit.persons for unit in self.units], np.int64)
        return Drawn(
            ready=columns.floats([of(u.alert) + of(u.notice) for u in self.units]),
            persons=np.ascontiguousarray(np.broadcast_to(persons, (count, len(persons)))),
            loads=columns.whole(loads),
            servers=columns.whole(servers, least=0),
            hold=columns.floats([hold for hold, _ in times]),
            go=columns.floats([go for _, go in times]),
            opens=columns.floats(asked),
            shut=np.zeros((count, len(self.streams), 0), bool),
            length=np.zeros((count, len(self.streams))),
        )

    def _servers(self, of: Of, place: int, more: int | None) -> Floats:
        """Return how many are served at once; 0: as many as come."""
        here = self.places[place]
        if here.carriers is not None:
            return np.maximum(np.rint(of(here.carriers)), 1) + (place == more)
        if here.rate is None:
            return of(Value(constant=0.0))
        return np.maximum(np.rint(of(here.rate.places)), 1)

    def _times(
        self, of: Of, arc: Arc, servers: list[Floats], more: int | None
    ) -> tuple[Floats, Floats]:
        """Return how long a load keeps its server on an arc, and after how long it is through."""
        place = None if arc.place is None else self.used.index(arc.place)
        rate = None if place is None else self.places[place].rate
        hold = of(Value(constant=0.0))
        if rate is not None and place is not None:
            hold = servers[place] / (of(rate.capacity) + (place == more))
        go = hold
        if arc.distance is not None and arc.speed is not None:
            go = of(arc.distance) / of(arc.speed)
        elif arc.takes is not None:
            go = of(arc.takes)
        if arc.turnaround is not None:
            hold = 2 * go + of(arc.turnaround)
        return hold, go

    @property
    def axes(self) -> Mapping[str, tuple[Axis, ...]]:
        """For each column its axes after the draw."""
        units = Axis("unit", tuple(u.id for u in self.units))
        places = tuple(p.id for p in self.places)
        return {
            "arrival": (units,),
            "first": (units,),
            "persons_in_place": (Axis("day", tuple(range(self.days + 1))),),
            "waited": (Axis("place", places),),
            "held": (Axis("place", (*places, *(f"permission {p}" for p in self.permits))),),
        }

    def expect(self, draws: int) -> None:
        """Have the kernel compiled if so many draws are worth it."""
        from foedus.scenario.deployment.kernel import KERNEL

        KERNEL.expect(draws * self._steps * _STEP)

    @cached_property
    def _steps(self) -> int:
        """How many visits all loads make, with the likely values."""
        return int(self.calm().loads[0] @ np.diff(self.plan.leg_visits))

    def run(self, draws: Draws) -> Columns:
        """Return the columns of these draws, times in days from the start.

        ``arrival``, ``first``: when each unit's last and first load was in place;
        ``persons_in_place``: after 0, 1, … days; ``waited``: days that loads waited at each place;
        ``held``: days that place or permission holds on the path that ends in the last arrival.
        """
        from foedus.scenario.deployment.kernel import play

        played = play(self.plan, self.drawn(draws), self.days)
        barred = np.zeros((draws.count, len(self.permits)))
        for k, (_, names) in enumerate(self.gates):
            barred[:, self.permits.index(" + ".join(names))] += played.barred[:, k]
        return {
            "arrival": played.arrival,
            "first": played.first,
            "persons_in_place": played.in_place,
            "waited": played.waited,
            "held": np.concatenate([played.held, barred], axis=1),
        }

    @property
    def asked(self) -> Mapping[str, str]:
        """The unit of the answer to each question."""
        return {name: "day" if q.by is None else "person" for name, q in self.questions.items()}

    def answers(self, columns: Columns) -> Mapping[str, Floats]:
        """Return what each question comes to in each draw."""
        return {name: self._answer(q, columns) for name, q in self.questions.items()}

    def _answer(self, asked: Question, columns: Columns) -> Floats:
        units = list(asked.units)
        arrival = columns["arrival"][:, units]
        persons = np.array([self.units[u].persons for u in units], np.int64)
        if asked.by is not None:
            found = ((arrival <= asked.by) * persons).sum(axis=1)
            return np.asarray(found, np.float64)
        if asked.share is None:
            return np.asarray(columns["first"][:, units].min(axis=1), np.float64)
        order = np.argsort(arrival, axis=1, kind="stable")
        there = np.cumsum(persons[order], axis=1) >= asked.share * persons.sum()
        at = there.argmax(axis=1) if asked.share < 1 else np.full(len(arrival), len(units) - 1)
        sorted_arrival = np.take_along_axis(arrival, order, axis=1)
        return np.asarray(np.take_along_axis(sorted_arrival, at[:, None], axis=1)[:, 0], np.float64)

    def outcome(self, columns: Columns, draws: Draws) -> Part:
        """Return what to show, from all columns and all draws."""
        from foedus.scenario.deployment.outcome import shown

        return shown(self, columns, draws)


@dataclass(frozen=True)
class _Columns:
    """Puts one array a column together, also where there is no column at all."""

    count: int

    def floats(self, columns: list[Floats]) -> Floats:
        if not columns:
            return np.zeros((self.count, 0))
        return np.ascontiguousarray(np.stack(columns, axis=1), np.float64)

    def whole(self, columns: list[Floats], least: int = 1) -> NDArray[np.int64]:
        return np.maximum(np.rint(self.floats(columns)), least).astype(np.int64)
