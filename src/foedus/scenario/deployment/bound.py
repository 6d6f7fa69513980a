"""Before when it cannot be: the quickest flow on the time-expanded network, by linear programming.

Comes in: a :class:`~foedus.scenario.deployment.model.Deployment`. Goes out: a day before which no order
of loads and no choice of routes could have all of them in place, with the likely values and without
disruptions. The simulated last arrival of the same values is never before it.

Time is cut into steps of equal length, and every state of the network is copied once a step
(time-expanded network: L. R. Ford and D. R. Fulkerson, *Constructing Maximal Dynamic Flows from Static
Flows*, Operations Research 6 (3), 1958); loads become a flow that may be divided and may wait. The
horizon is the shortest at which the flow comes in (quickest flow). Everything is rounded to the side
of the bound: at state v the steps begin at the earliest time E(v) at which any load could be there
with nothing to wait for, so that the way there is not rounded at all; a load that leaves in a step
arrives in the step of the earliest time that this allows; and what is served in a window of w days is
at most c·⌈w/h⌉ for c servers that each keep a load for h days, for windows of many lengths.

Units that are split alike (the same loads a mode, but for one factor) and have destination, state
and alert in common are one commodity. A unit's ``via`` is not kept to: the bound holds over all ways.
More capacity never makes it later: steps and horizons do not depend on capacities.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heappop, heappush

import numpy as np

from foedus.scenario.deployment.flow import Flow, Group, Way
from foedus.scenario.deployment.model import Deployment
from foedus.scenario.deployment.network import Arc, Network, State, Unit, likely, whole

__all__ = ["grouped", "last_arrival_bound"]

STEPS = (1 / 8, 1 / 4, 1 / 2)
"""Days that a step may last; the shortest that keeps the programme small."""
LARGEST = 12_000
"""Flows that a programme should not have more of."""
SLACK = 1e-6
"""Days taken off the bound for what the solver and floating-point numbers may be off."""


def last_arrival_bound(model: Deployment, until: float, step: float | None = None) -> float:
    """Return a day before which not all loads can be in place.

    Args:
        model: the deployment.
        until: a last arrival that is possible, as the simulation gives it: it ends the search, and
            chooses the step.
        step: the length of a step in days; without one the shortest that keeps the programme small.
    """
    lowest = max((route.free_flow for route in model.routes), default=0.0)
    groups = grouped(model.network, model.units)
    if not groups:
        return max(lowest - SLACK, 0.0)
    epoch: dict[State, float] = {}
    for group in groups:
        for state, time in group.early.items():
            epoch[state] = min(time, epoch.get(state, math.inf))
    if step is not None:
        flow = Flow(model.network, groups, epoch, step)
    else:
        flow = _small(model.network, groups, epoch, until)
    return max(lowest, _longest_too_short(flow, lowest, until)) - SLACK


def _small(
    network: Network, groups: list[Group], epoch: Mapping[State, float], until: float
) -> Flow:
    """Return a programme that is not too large: by longer steps, else by leaving commodities out.

    What is left out first is what has the shortest way to go; a bound without it is one with it.
    """
    far = sorted(groups, key=lambda g: -g.early[_goal(g.units[0])])
    for step in STEPS:
        flow = Flow(network, far, epoch, step)
        sizes = flow.sizes(until)
        if sum(sizes) <= LARGEST:
            return flow
    kept = max(1, int(np.searchsorted(np.cumsum(sizes), LARGEST, "right")))
    return Flow(network, far[:kept], epoch, STEPS[-1])


def _longest_too_short(flow: Flow, lowest: float, until: float) -> float:
    """Return the longest horizon, in halves of a step, in which the flow does not come in."""
    unit = flow.step / 2
    low, high = math.floor(lowest / unit), math.ceil(until / unit)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if flow.fits(middle * unit) else (middle, high)
    return low * unit


def grouped(network: Network, units: Iterable[Unit]) -> list[Group]:
    """Return the commodities of the units that have anywhere to go."""
    found: dict[object, list[Unit]] = {}
    for unit in units:
        loads = {mode: whole(likely(unit.loads[mode])) for mode in sorted(unit.loads)}
        first = next(iter(loads.values()))
        split = tuple((mode, Fraction(number, first)) for mode, number in loads.items())
        if unit.home != unit.destination:
            key = (unit.destination, unit.country, likely(unit.alert), split)
            found.setdefault(key, []).append(unit)
    return [_group(network, tuple(members)) for members in found.values()]


def _group(network: Network, units: tuple[Unit, ...]) -> Group:
    loads = [{m: whole(likely(u.loads[m])) for m in sorted(u.loads)} for u in units]
    first = next(iter(loads[0]))
    back: dict[State, list[tuple[State, Arc]]] = {}
    ahead: dict[State, list[tuple[State, Arc]]] = {}
    for arcs in network.arcs.values():
        for arc in arcs:
            if arc.mode in units[0].loads:
                ahead.setdefault(arc.tail, []).append((arc.head, arc))
                back.setdefault(arc.head, []).append((arc.tail, arc))
    sources = {_home(u): likely(u.alert) + likely(u.notice) for u in reversed(units)}
    for unit in units:
        ready = likely(unit.alert) + likely(unit.notice)
        sources[_home(unit)] = min(ready, sources[_home(unit)])
    early = _reached(network, ahead, sources, units[0])
    left = _reached(network, back, {_goal(units[0]): 0.0}, None)
    return Group(
        units=units,
        share={mode: number / loads[0][first] for mode, number in loads[0].items()},
        amounts=tuple(float(split[first]) for split in loads),
        early=early,
        left=left,
        ways=tuple(
            Way(arc, network.time(arc), network.opens(arc, units[0]))
            for ways in ahead.values()
            for _, arc in ways
            if arc.tail in early and arc.head in left
        ),
    )


def _home(unit: Unit) -> State:
    return (unit.home, "", 0)


def _goal(unit: Unit) -> State:
    return (unit.destination, "", 0)


def _reached(
    network: Network, ways: Mapping[State, list[tuple[State, Arc]]],
    sources: Mapping[State, float], unit: Unit | None,
) -> dict[State, float]:  # fmt: skip
    """Return the earliest time at every state; being served takes none, permissions are the unit's."""
    best = dict(sources)
    queue = [(time, state) for state, time in sources.items()]
    queue.sort()
    while queue:
        time, state = heappop(queue)
        if time > best[state]:
            continue
        for there, arc in ways.get(state, ()):
            served = arc.distance is None and arc.takes is None
            gate = 0.0 if unit is None else network.opens(arc, unit)
            then = max(time, gate) + (0.0 if served else network.time(arc))
            if then < best.get(there, math.inf):
                best[there] = then
                heappush(queue, (then, there))
    return best
