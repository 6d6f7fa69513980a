"""The network as loads pass it: places with their servers, ways in and out, and the quickest route.

Comes in: nodes, links and units that :mod:`.declare` found sound. Goes out: a :class:`Network` of
*arcs* (a load is put on a mode, passes a link, changes gauge, is taken off), and the route of each
unit: the path by which one load, alone and with the likely values, would get there first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import permutations

from foedus.scenario.assumptions import Value
from foedus.scenario.deployment.written import Mode
from foedus.scenario.model import Text

__all__ = [
    "Arc", "Disruption", "GaugeChange", "Link", "Network", "Node", "Place", "Rate", "Route", "State",
    "Unit", "likely",
]  # fmt: skip

State = tuple[str, str, int]
"""A node, the mode that a load stands on there (empty: on none), and the gauge (0: no rails)."""
ONE = Value(constant=1.0)


def likely(value: Value) -> float:
    """Return the likely value of a quantity."""
    if value.assumption is None:
        return value.constant
    return value.assumption.likely * value.factor


@dataclass(frozen=True)
class Disruption:
    """The chance that an outage begins on a day, and how long it lasts; ``stream`` draws it."""

    chance: Value
    lasts: Value
    stream: str


@dataclass(frozen=True)
class Rate:
    """Loads a day, by so many places at once."""

    capacity: Value
    places: Value = ONE


@dataclass(frozen=True)
class GaugeChange:
    """How long a load takes from one gauge to the other, and how many do a day."""

    takes: Value
    rate: Rate


@dataclass(frozen=True)
class Node:
    """A place on the map. ``handling``: what is put on and off there by mode (none: no limit)."""

    id: str
    name: Text
    country: str
    handling: Mapping[Mode, Rate]
    gauge_change: GaugeChange | None
    disruption: Disruption | None
    kind: str = ""
    place: tuple[float, float] | None = None
    """Degrees east and north, where the file has both."""


@dataclass(frozen=True)
class Link:
    """A way from one node to another. ``rate`` of None: as many as come; ``carriers``: ships or
    aircraft that ply it, each away there and back and for ``turnaround``.
    """

    id: str
    start: str
    end: str
    mode: Mode
    distance: Value
    speed: Value
    rate: Rate | None
    carriers: Value | None
    turnaround: Value
    gauge: int
    permission: Value | None
    enters: tuple[str, ...]
    disruption: Disruption | None
    oneway: bool


@dataclass(frozen=True)
class Unit:
    """Who moves. ``loads``: by mode; ``alert`` and ``notice`` in days."""

    id: str
    name: Text
    home: str
    destination: str
    country: str
    persons: int
    vehicles: int
    loads: Mapping[Mode, Value]
    alert: Value
    notice: Value
    via: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where loads queue. ``rate`` (loads a day) or ``carriers`` limits it; neither: only outages do.

    ``kind``: ``link`` (one direction of it), ``carriers`` (its ships or aircraft), ``handling``, ``gauge``.
    """

    id: str
    kind: str
    mode: Mode
    title: Text
    rate: Rate | None
    carriers: Value | None
    disruption: Disruption | None


@dataclass(frozen=True, eq=False)
class Arc:
    """One step of a load. ``place`` is None where nothing is waited for.

    ``distance`` and ``speed`` are those of a link, ``takes`` is the time of a change of gauge; with
    neither, the time is that of being served. ``asks``: names of the permissions needed.
    """

    tail: State
    head: State
    kind: str
    mode: Mode
    place: int | None = None
    distance: Value | None = None
    speed: Value | None = None
    turnaround: Value | None = None
    takes: Value | None = None
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Route:
    """The steps of a unit by leg, and when one load alone would arrive with the likely values."""

    legs: tuple[tuple[Mode, tuple[Arc, ...]], ...]
    free_flow: float


@dataclass
class Network:
    """Nodes, links, the arcs they make, and what permission takes (``permissions``, by name)."""

    nodes: Mapping[str, Node]
    links: Sequence[Link]
    permissions: dict[str, Value]
    places: list[Place] = field(default_factory=list)
    arcs: dict[State, list[Arc]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for link in self.links:
            if link.permission is not None:
                self.permissions[f"link {link.id}"] = link.permission
            self._link(link)
        self._nodes()

    def _place(self, place: Place) -> int:
        self.places.append(place)
        return len(self.places) - 1

    def _add(self, arc: Arc) -> None:
        self.arcs.setdefault(arc.tail, []).append(arc)

    def _link(self, link: Link) -> None:
        carriers = None
        if link.carriers is not None:
            title = self._title(link.start, link.end, " ⇄ ")
            kind = "carriers"
            carriers = self._place(
                Place(
                    f"{link.id} {kind}",
                    kind,
                    link.mode,
                    title,
                    None,
                    link.carriers,
                    link.disruption,
                )
            )
        ends = [(link.start, link.end)]
        for start, end in ends if link.oneway else [*ends, (link.end, link.start)]:
            own = None
            if link.rate is not None or (carriers is None and link.disruption is not None):
                title = self._title(start, end, " → ")
                own = self._place(
                    Place(
                        f"{link.id} {start}>{end}",
                        "link",
                        link.mode,
                        title,
                        link.rate,
                        None,
                        link.disruption,
                    )
                )
            tail, head = (start, link.mode, link.gauge), (end, link.mode, link.gauge)
            asks = self._asks(link, end)
            way = {"distance": link.distance, "speed": link.speed}
            if carriers is None:
                self._add(Arc(tail, head, "link", link.mode, own, asks=asks, **way))
                continue
            if own is not None:  # first its turn, then a ship
                between = (f"{link.id} {start}>{end}", link.mode, link.gauge)
                self._add(Arc(tail, between, "turn", link.mode, own, asks=asks))
                tail, asks = between, ()
            self._add(
                Arc(tail, head, "link", link.mode, carriers, turnaround=link.turnaround,
                    asks=asks, **way)
            )  # fmt: skip

    def _asks(self, link: Link, end: str) -> tuple[str, ...]:
        entered = dict.fromkeys([*link.enters, self.nodes[end].country])
        found = [state for state in entered if state in self.permissions]
        return (*found, f"link {link.id}") if link.permission is not None else tuple(found)

    def _title(self, start: str, end: str, arrow: str) -> Text:
        return joined(self.nodes[start].name, arrow, self.nodes[end].name)

    def _nodes(self) -> None:
        """Add what happens at nodes: on and off each mode that leads there, and between gauges."""
        standing: dict[str, list[tuple[Mode, int]]] = {}
        for link in self.links:
            for end in (link.start, link.end):
                standing.setdefault(end, []).append((link.mode, link.gauge))
        for id_, found in standing.items():
            states = list(dict.fromkeys(found))
            self._handling(self.nodes[id_], states)
            self._gauges(self.nodes[id_], [gauge for mode, gauge in states if mode == "rail"])

    def _handling(self, node: Node, states: list[tuple[Mode, int]]) -> None:
        places: dict[str, int | None] = {}
        for mode, gauge in states:
            state = (node.id, mode, gauge)
            if mode not in places:
                rate = node.handling.get(mode)
                place = Place(
                    f"{node.id} {mode}", "handling", mode, node.name, rate, None, node.disruption
                )
                places[mode] = None if rate is None else self._place(place)
            self._add(Arc((node.id, "", 0), state, "on", mode, places[mode]))
            self._add(Arc(state, (node.id, "", 0), "off", mode, places[mode]))

    def _gauges(self, node: Node, gauges: list[int]) -> None:
        change = node.gauge_change
        if change is None or len(gauges) < 2:
            return
        place = self._place(
            Place(
                f"{node.id} gauge", "gauge", "rail", node.name, change.rate, None, node.disruption
            )
        )
        for one, other in permutations(gauges, 2):
            tail, head = (node.id, "rail", one), (node.id, "rail", other)
            self._add(Arc(tail, head, "gauge", "rail", place, takes=change.takes))

    def steps(self, state: State, modes: Mapping[Mode, Value]) -> Iterator[Arc]:
        """Return the arcs that lead on from a state for a unit that may use these modes."""
        return (arc for arc in self.arcs.get(state, ()) if arc.mode in modes)

    def time(self, arc: Arc, of: Callable[[Value], float] = likely) -> float:
        """Return the days that a load alone takes for an arc."""
        if arc.distance is not None and arc.speed is not None:
            return of(arc.distance) / of(arc.speed)
        if arc.takes is not None:
            return of(arc.takes)
        rate = self.places[arc.place].rate if arc.place is not None else None
        return 0.0 if rate is None else whole(of(rate.places)) / of(rate.capacity)

    def opens(self, arc: Arc, unit: Unit) -> float:
        """Return before which day the unit may not enter the arc, with the likely values."""
        waits = [likely(self.permissions[name]) for name in self.needed(arc, unit)]
        return likely(unit.alert) + max(waits) if waits else 0.0

    def needed(self, arc: Arc, unit: Unit) -> tuple[str, ...]:
        """Return the permissions that the unit needs for an arc: none for its own state."""
        return tuple(name for name in arc.asks if name != unit.country)

    def route(self, unit: Unit) -> tuple[Route | None, str]:
        """Return the unit's quickest route by way of its ``via``, and the node it reached last.

        Dijkstra's algorithm over states; permissions only ever let wait, so the first arrival at a
        state is also the best way on from it. Of two equal times the one found first counts.
        """
        goals = [*unit.via, unit.destination]
        home = ((unit.home, "", 0), int(unit.home == goals[0]))
        start = likely(unit.alert) + likely(unit.notice)
        queue = [(start, 0, home)]
        best = {home: start}
        came: dict[tuple[State, int], tuple[tuple[State, int], Arc]] = {}
        tried, done, last = 0, set(), unit.home
        while queue:
            time, _, here = heappop(queue)
            if here in done:
                continue
            done.add(here)
            state, reached = here
            last = state[0] if state[0] in self.nodes else last
            if reached == len(goals) and not state[1]:
                return Route(_legs(came, here), time), last
            for arc in self.steps(state, unit.loads):
                then = max(time, self.opens(arc, unit)) + self.time(arc)
                passed = reached
                while passed < len(goals) and arc.head[0] == goals[passed]:
                    passed += 1
                there = (arc.head, passed)
                if then < best.get(there, float("inf")):
                    best[there], came[there] = then, (here, arc)
                    tried += 1
                    heappush(queue, (then, tried, there))
        return None, last


def _legs(
    came: Mapping[tuple[State, int], tuple[tuple[State, int], Arc]], here: tuple[State, int]
) -> tuple[tuple[Mode, tuple[Arc, ...]], ...]:
    arcs: list[Arc] = []
    while here in came:
        here, arc = came[here]
        arcs.append(arc)
    legs: list[tuple[Mode, list[Arc]]] = []
    for arc in reversed(arcs):
        if arc.kind == "on":
            legs.append((arc.mode, []))
        if arc.kind not in ("on", "off") or arc.place is not None:
            legs[-1][1].append(arc)
    return tuple((mode, tuple(steps)) for mode, steps in legs)


def whole(number: float) -> int:
    """Return a number of things as a whole one, at least 1."""
    return max(1, round(number))


def joined(first: Text, between: str, second: Text) -> Text:
    """Return two wordings as one, in each language that either has."""
    if isinstance(first, str) and isinstance(second, str):
        return first + between + second
    languages = [k for text in (first, second) if isinstance(text, dict) for k in text]
    return {k: _in(first, k) + between + _in(second, k) for k in dict.fromkeys(languages)}


def _in(text: Text, language: str) -> str:
    return text if isinstance(text, str) else text.get(language, next(iter(text.values())))
