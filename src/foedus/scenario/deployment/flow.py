"""The time-expanded network as a linear programme: does everything come in by a day?

Comes in: the network, the commodities of :mod:`.bound`, the time at which the steps of each state
begin, and the length of a step. Goes out: how much of the flow comes in by a horizon (HiGHS, by SciPy).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.deployment.network import Arc, Network, State, Unit, likely, whole
from foedus.scenario.deployment.written import Mode

__all__ = ["Flow", "Group", "Way"]

CLOSE = 1e-9
"""Steps: what floating-point numbers may be off where they are rounded to whole ones."""
ENOUGH = 1e-6
"""The share of the flow that need not come in, for what the solver may be off."""


class Way(NamedTuple):
    """An arc as a commodity may take it: how long it takes, and from when on."""

    arc: Arc
    time: float
    gate: float


@dataclass(frozen=True)
class Group:
    """A commodity: units that are split alike. An amount of 1 is ``share[mode]`` loads.

    ``early`` is when a load of it could be at a state with nothing to wait for, ``left`` what it then
    still has to go. ``ways``: the arcs that lead it anywhere.
    """

    units: tuple[Unit, ...]
    share: Mapping[Mode, float]
    amounts: tuple[float, ...]
    early: Mapping[State, float]
    left: Mapping[State, float]
    ways: tuple[Way, ...]


class Flow:
    """The programme for one network, its commodities, and one length of step."""

    def __init__(
        self, network: Network, groups: Sequence[Group], epoch: Mapping[State, float], step: float
    ) -> None:
        self.network, self.groups, self.epoch, self.step = network, groups, epoch, step

        self.trips = {
            way.arc.place: 2 * way.time + likely(way.arc.turnaround)
            for group in groups
            for way in group.ways
            if way.arc.place is not None and way.arc.turnaround is not None
        }
        self.origins: dict[int, float] = {}
        for way in (way for group in groups for way in group.ways):
            if way.arc.place is not None:
                begin = epoch[way.arc.tail] / step
                self.origins[way.arc.place] = min(begin, self.origins.get(way.arc.place, begin))

    def sizes(self, horizon: float) -> list[int]:
        """Return how many flows each commodity may have, without those that only wait."""
        return [sum(len(self._bins(g, way, horizon)) for way in g.ways) for g in self.groups]

    def fits(self, horizon: float) -> bool:
        """Return whether all can be in place by the horizon."""
        # SciPy's optimisers take half a second to load
        from scipy.optimize import linprog

        programme = _Programme()
        if not all(
            self._lay(programme, number, group, horizon) for number, group in enumerate(self.groups)
        ):
            return False
        for place in programme.moves:
            self._limit(programme, place)
        total = sum(sum(g.amounts) for g in self.groups)
        found = linprog(**programme.arguments(), method="highs")
        return bool(found.status == 0 and -found.fun >= total * (1 - ENOUGH))

    def _last(self, state: State, horizon: float, rest: float) -> int:
        return math.floor((horizon - rest - self.epoch[state]) / self.step + CLOSE)

    def _first(self, group: Group, state: State) -> int:
        return max(math.floor((group.early[state] - self.epoch[state]) / self.step + CLOSE), 0)

    def _bins(self, group: Group, way: Way, horizon: float) -> range:
        """Return the steps in which a load may set out on an arc and still come in."""
        tail, rest = way.arc.tail, way.time + group.left[way.arc.head]
        open_from = math.floor((way.gate - self.epoch[tail]) / self.step + CLOSE)
        first = max(self._first(group, tail), open_from)
        return range(first, self._last(tail, horizon, rest) + 1)

    def _lay(self, programme: _Programme, number: int, group: Group, horizon: float) -> bool:
        """Add a commodity's flows; False where a unit cannot even set out in time."""
        goal = (group.units[0].destination, "", 0)
        steps: dict[State, range] = {}
        for state in group.early:
            if state in group.left and state != goal:
                last = self._last(state, horizon, group.left[state])
                steps[state] = range(self._first(group, state), last + 1)
        for state, bins in steps.items():
            for k in bins[:-1]:
                programme.add({(number, state, k): -1.0, (number, state, k + 1): 1.0})
        for unit, amount in zip(group.units, group.amounts, strict=True):
            home = (unit.home, "", 0)
            ready = likely(unit.alert) + likely(unit.notice)
            k = max(math.floor((ready - self.epoch[home]) / self.step + CLOSE), 0)
            if k not in steps[home]:
                return False
            programme.add({(number, home, k): 1.0}, most=amount, gain=1.0)
        for way in group.ways:
            self._move(programme, number, way, steps, horizon)
        return True

    def _move(
        self,
        programme: _Programme,
        number: int,
        way: Way,
        steps: Mapping[State, range],
        horizon: float,
    ) -> None:
        """Add what may set out on an arc, step by step."""
        arc, group = way.arc, self.groups[number]
        if arc.tail not in steps:
            return
        tail, head, goal = self.epoch[arc.tail], self.epoch[arc.head], arc.head not in steps
        share = group.share[arc.mode]
        for k in self._bins(group, way, horizon):
            there = max(tail + k * self.step, way.gate) + way.time - head
            arrives = max(math.floor(there / self.step + CLOSE), 0)
            balance = {(number, arc.tail, k): -1.0}
            if not goal:
                if arrives not in steps[arc.head]:
                    continue
                balance[(number, arc.head, arrives)] = 1.0
            elif head + arrives * self.step > horizon + CLOSE:
                continue
            flow = programme.add(balance)
            if arc.place is not None:
                programme.moves.setdefault(arc.place, []).append((flow, tail / self.step + k))
                programme.loads[flow] = share

    def _limit(self, programme: _Programme, place: int) -> None:
        """Say how many can be served in every window of 1, 2, 4, … steps, and in all of them.

        Windows begin at multiples of a quarter of their length, reckoned alike for every horizon, and
        stand out over both ends: what comes in by a day then also does so by a later one.
        """
        here = self.network.places[place]
        if here.carriers is not None:
            servers, hold = whole(likely(here.carriers)), self.trips[place]
        elif here.rate is not None:
            servers = whole(likely(here.rate.places))
            hold = servers / likely(here.rate.capacity)
        else:
            return
        # the steps of states that share a place do not begin together: only whole ones count
        moves = programme.moves[place]
        flows = np.array([flow for flow, _ in moves])
        begins = np.array([begin for _, begin in moves]) - self.origins[place]
        first, last = math.floor(begins.min()), math.ceil(begins.max()) + 1
        length = 1
        while True:
            most = servers * math.ceil(length * self.step / hold - CLOSE)
            every = max(length // 4, 1)
            starts = range(-(-(first - length + 1) // every) * every, last, every)
            for start in starts if length < last - first else [first]:
                inside = (begins >= start - CLOSE) & (begins <= start + length - 1 + CLOSE)
                programme.cap(flows[inside], most)
            if length >= last - first:
                return
            length = min(2 * length, last - first)


Key = tuple[int, State, int]


class _Programme:
    """Flows with what they take from and bring to each balance, and the limits on their sums."""

    def __init__(self) -> None:
        self.rows: dict[Key, int] = {}
        self.entries: list[tuple[int, int, float]] = []
        self.most: list[float] = []
        self.gain: list[float] = []
        self.loads: dict[int, float] = {}
        self.moves: dict[int, list[tuple[int, float]]] = {}
        """By place: each flow that is served there, and the step in which it sets out."""
        self.caps: list[tuple[NDArray[np.int64], float]] = []

    def add(self, balance: Mapping[Key, float], most: float = math.inf, gain: float = 0.0) -> int:
        """Add a flow; return its number."""
        number = len(self.most)
        for key, sign in balance.items():
            self.entries.append((self.rows.setdefault(key, len(self.rows)), number, sign))
        self.most.append(most)
        self.gain.append(gain)
        return number

    def cap(self, flows: NDArray[np.int64], most: float) -> None:
        """Limit the loads of some flows together."""
        if len(flows):
            self.caps.append((flows, most))

    def arguments(self) -> dict[str, object]:
        """Return the programme as ``scipy.optimize.linprog`` takes it: as much as can come in."""
        from scipy.sparse import csr_array

        size = len(self.most)
        row, column, sign = zip(*self.entries, strict=True)
        loads = np.array([self.loads.get(k, 0.0) for k in range(size)])
        flows = np.concatenate([f for f, _ in self.caps]) if self.caps else np.zeros(0, np.int64)
        ends = np.concatenate([[0], np.cumsum([len(f) for f, _ in self.caps])])
        return {
            "c": -np.array(self.gain),
            "A_eq": csr_array((sign, (row, column)), shape=(len(self.rows), size)),
            "b_eq": np.zeros(len(self.rows)),
            "A_ub": csr_array((loads[flows], flows, ends), shape=(len(self.caps), size)),
            "b_ub": np.array([most for _, most in self.caps]),
            "bounds": np.column_stack([np.zeros(size), self.most]),
        }
