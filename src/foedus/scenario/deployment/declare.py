"""The section ``deployment``: what is written becomes a model, or an error with its line.

Comes in: the section as the file has it, what is asked of it, and a
:class:`~foedus.scenario.reading.Reading`. Goes out: a
:class:`~foedus.scenario.deployment.model.Deployment`. Everything is checked before anything runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.scenario.assumptions import Value
from foedus.scenario.deployment.layers import Entry, layered
from foedus.scenario.deployment.model import Deployment, Question
from foedus.scenario.deployment.network import Link, Network, Node, Route, Unit
from foedus.scenario.deployment.quantities import Quantities
from foedus.scenario.deployment.written import (
    Asked,
    Mode,
    Section,
    WrittenLink,
    WrittenMode,
    WrittenNode,
    WrittenUnit,
)
from foedus.scenario.model import Model
from foedus.scenario.reading import Reading

__all__ = ["read"]

MOST_LOADS = 10_000


def read(raw: Any, asked: Mapping[str, Any], reading: Reading) -> Model:
    """Return the model of the section.

    Args:
        raw: the section as the file has it, in plain values.
        asked: what ``ask:`` wants of it, by name.
        reading: units, assumptions, dates and errors with their line.

    Raises:
        FoedusError: something in it is wrong; file and line are named.
    """
    section = reading.convert(raw, Section)
    quantities = Quantities({})
    units = _units(section, reading, quantities)
    modes: set[Mode] = {mode for unit in units for mode in unit.loads}
    nodes, links, sources = layered(section, reading)
    network = _network(section, reading, quantities, nodes, links, modes)
    units = tuple(_placed(u, network, reading.at("units", k)) for k, u in enumerate(units))
    routes = tuple(_route(network, u, reading.at("units", k)) for k, u in enumerate(units))
    names = [unit.id for unit in units]
    questions = {
        name: _question(name, entry, names, reading) for name, entry in asked.items()
    }  # fmt: skip
    return Deployment(
        network=network, units=units, routes=routes, values=quantities.values,
        days=reading.days, questions=questions, sources=sources,
    )  # fmt: skip


def _units(section: Section, reading: Reading, quantities: Quantities) -> tuple[Unit, ...]:
    if not section.units:
        raise reading.error("no unit moves", "units", remedy="declare at least one unit")
    found: dict[str, Unit] = {}
    for at, written in enumerate(section.units):
        here = reading.at("units", at)
        if written.id in found:
            raise here.error(f"unit {written.id!r} stands twice", "id", remedy="rename one")
        found[written.id] = _unit(written, here, quantities.under(f"units.{written.id}"))
    return tuple(found.values())


def _unit(written: WrittenUnit, here: Reading, quantities: Quantities) -> Unit:
    if not written.home:
        raise here.error(f"unit {written.id!r} has no home", remedy="name the node it starts from")
    if not written.destination:
        raise here.error(
            f"unit {written.id!r} has no destination", remedy="name the node it goes to"
        )
    if not written.loads:
        raise here.error(
            f"unit {written.id!r} has no loads",
            "loads",
            remedy="say how many, as in rail: 12 loads",
        )
    loads = {}
    for mode, number in written.loads.items():
        loads[mode] = quantities.positive(here, number, "load", "loads", mode, most=MOST_LOADS)
    alert = _day(here, written.alert, "alert")
    name = f"unit {written.id!r}"
    if alert.least < 0:
        raise here.error(
            f"{name} is alerted before the scenario's start", "alert", remedy="start earlier"
        )
    if alert.least >= here.days:
        raise here.error(
            f"{name} is alerted after the last of the {here.days} days covered", "alert",
            remedy="cover more days, or leave the unit out",
        )  # fmt: skip
    quantities.keep("alert", alert)
    return Unit(
        id=written.id, name=written.name or written.id, home=written.home,
        destination=written.destination, country=written.country or "",
        persons=_count(here, written.persons, "person", "persons"),
        vehicles=_count(here, written.vehicles, "vehicle", "vehicles"),
        loads=loads, alert=alert,
        notice=quantities.least(here, written.notice, "day", "notice"), via=written.via,
    )  # fmt: skip


def _count(here: Reading, written: str | int | float, unit: str, key: str) -> int:
    number = here.number(written, unit, key, least=0)
    if number != int(number):
        raise here.error(f"{str(written)!r} is no whole number", key, remedy="round it")
    return int(number)


def _network(
    section: Section, reading: Reading, quantities: Quantities,
    nodes: Mapping[str, Entry[WrittenNode]], links: Mapping[str, Entry[WrittenLink]],
    modes: set[Mode],
) -> Network:  # fmt: skip
    """Read all that the units may use: links of other modes are left out."""
    defaults = {}
    for mode, written in section.modes.items():
        defaults[mode] = quantities.mode(reading.at("modes", mode), mode, written)
    for mode in sorted(modes - set(defaults)):
        defaults[mode] = quantities.mode(reading, mode, WrittenMode())
    permissions = {
        state: quantities.under("permissions").least(
            reading.at("permissions"), written, "day", state
        )
        for state, written in section.permissions.items()
    }
    states = {e.get("country")[0] for e in nodes.values()}
    for entry in links.values():
        states |= set(entry.get("through")[0] or ())
    for state in permissions:
        if state not in states:
            raise reading.error(
                f"no node or link lies in {state!r}", "permissions", state,
                remedy=f"one of: {', '.join(sorted(s for s in states if s)) or 'none is declared'}",
            )  # fmt: skip
    read_nodes = {id_: _node(id_, e, quantities, defaults) for id_, e in nodes.items()}
    read_links = []
    for id_, entry in links.items():
        link = _link(id_, entry, quantities, defaults, read_nodes)
        if link is not None and link.mode in modes:
            read_links.append(link)
    _gauges(read_nodes, read_links, links)
    return Network(nodes=read_nodes, links=read_links, permissions=permissions)


def _node(
    id_: str, entry: Entry[WrittenNode], quantities: Quantities, defaults: Mapping[Mode, Any]
) -> Node:
    own = quantities.under(f"nodes.{id_}")
    handling = {m: d.handling for m, d in defaults.items() if d.handling is not None}
    written, here = entry.get("handling")
    for mode, rate in (written or {}).items():
        handling[mode] = own.under(f"handling.{mode}").rate(here, rate, "handling", mode)
    written, here = entry.get("gauge_change")
    change = defaults["rail"].gauge_change if "rail" in defaults else None
    if written is not None:
        change = own.under("gauge_change").gauge_change(here, written, "gauge_change")
    written, here = entry.get("disruption")
    disruption = None
    if written is not None:
        if not handling and change is None:
            raise here.error(
                f"node {id_!r} handles nothing that could be disrupted",
                "disruption",
                remedy="give handling: as well",
            )
        disruption = own.disruption(here, written, f"outage node {id_}")
    return Node(
        id=id_, name=entry.get("name")[0] or id_, country=entry.get("country")[0] or "",
        handling=handling, gauge_change=change, disruption=disruption,
        kind=entry.get("kind")[0] or "", place=_place(entry),
    )  # fmt: skip


def _place(entry: Entry[WrittenNode]) -> tuple[float, float] | None:
    east, north = entry.get("lon")[0], entry.get("lat")[0]
    return None if east is None or north is None else (east, north)


def _link(
    id_: str, entry: Entry[WrittenLink], quantities: Quantities, defaults: Mapping[Mode, Any],
    nodes: Mapping[str, Node],
) -> Link | None:  # fmt: skip
    """Return a link, None where it is closed or of a mode that nobody uses."""
    own = quantities.under(f"links.{id_}")
    for key in ("start", "end"):
        name, here = entry.get(key)
        written = {"start": "from", "end": "to"}[key]
        if name not in nodes:
            what = f"leads to nowhere: there is no node {name!r}" if name else f"has no {written}:"
            raise here.error(f"link {id_!r} {what}", written, remedy="name a node of the network")
    if entry.get("start")[0] == entry.get("end")[0]:
        raise here.error(
            f"link {id_!r} leads back to where it begins", "to", remedy="name another node"
        )
    mode, here = entry.get("mode")
    if mode is None:
        raise here.error(f"link {id_!r} has no mode", remedy="road, rail, sea or air")
    if entry.get("closed")[0] or mode not in defaults:
        return None
    default = defaults[mode]
    gauge = entry.get("gauge")[0] or 0
    if mode == "rail" and not gauge:
        raise here.error(
            f"rail link {id_!r} has no gauge", remedy="give it in millimetres, as in gauge: 1435"
        )
    written, here = entry.get("distance")
    if written is None:
        raise here.error(f"link {id_!r} has no distance", remedy="give it in km")
    distance = own.positive(here, written, "km", "distance")
    speed = own.either(entry, "speed", "km/day", default.speed)
    if speed is None:
        raise here.error(
            f"link {id_!r} has no speed", remedy=f"give it here or under modes: {mode}:"
        )
    written, here = entry.get("permission")
    permission = None if written is None else own.least(here, written, "day", "permission")
    written, here = entry.get("disruption")
    stream = f"outage link {id_}"
    disruption = None if written is None else own.disruption(here, written, stream)
    return Link(
        id=id_, start=entry.get("start")[0], end=entry.get("end")[0], mode=mode,
        distance=distance, speed=speed, rate=own.link_rate(entry, default.capacity),
        carriers=own.either(entry, "carriers", "1", default.carriers),
        turnaround=own.turnaround(entry, default.turnaround), gauge=gauge if mode == "rail" else 0,
        permission=permission, enters=entry.get("through")[0] or (),
        disruption=disruption or default.disrupted(stream),
        oneway=bool(entry.get("oneway")[0]),
    )  # fmt: skip


def _gauges(
    nodes: Mapping[str, Node], links: Sequence[Link], entries: Mapping[str, Entry[WrittenLink]]
) -> None:
    """Refuse a node where two gauges meet and nothing is said about the change."""
    first: dict[str, Link] = {}
    for link in links:
        for end in (link.start, link.end):
            other = first.setdefault(end, link)
            if link.mode != "rail" or nodes[end].gauge_change is not None:
                continue
            if other.mode != "rail":
                first[end] = link
            elif other.gauge != link.gauge:
                raise entries[link.id].get("gauge")[1].error(
                    f"at {end!r} link {link.id!r} of {link.gauge} mm meets {other.id!r} of "
                    f"{other.gauge} mm, and nothing is said of the transshipment", "gauge",
                    remedy="give the node, or modes: rail:, a gauge_change: with takes: and capacity:",
                )  # fmt: skip


def _placed(unit: Unit, network: Network, here: Reading) -> Unit:
    """Return the unit with the state that it starts from; its nodes are looked up."""
    for key, names in (
        ("home", [unit.home]), ("destination", [unit.destination]), ("via", unit.via)
    ):  # fmt: skip
        for at, name in enumerate(names):
            if name not in network.nodes:
                keys = (key, at) if key == "via" else (key,)
                raise here.error(
                    f"unit {unit.id!r}: there is no node {name!r}",
                    *keys,
                    remedy="name a node of the network",
                )
    return replace(unit, country=unit.country or network.nodes[unit.home].country)


def _route(network: Network, unit: Unit, here: Reading) -> Route:
    route, last = network.route(unit)
    if route is None:
        goal = unit.destination if not unit.via else f"{unit.destination} via {', '.join(unit.via)}"
        raise here.error(
            f"unit {unit.id!r} cannot reach {goal!r} by {', '.join(unit.loads)}; the node reached "
            f"last is {last!r}", "destination",
            remedy="add a link, or loads of another mode",
        )  # fmt: skip
    return route


def _question(name: str, raw: Any, units: Sequence[str], reading: Reading) -> Question:
    here = Reading(
        lines=reading.lines, units=reading.units, assumptions=reading.assumptions,
        start=reading.start, days=reading.days, state=reading.state,
        under=("ask", name, "deployment"), used=reading.used,
    )  # fmt: skip
    asked = here.convert(raw, Asked)
    for at, unit in enumerate(asked.units):
        if unit not in units:
            raise here.error(
                f"there is no unit {unit!r}", "units", at, remedy=f"one of: {', '.join(units)}"
            )
    chosen = tuple(units.index(u) for u in asked.units) or tuple(range(len(units)))
    if (asked.in_place is None) == (asked.persons_by is None):
        raise here.error(
            "asks nothing, or two things",
            remedy="give in_place: (first, all, or a share) or persons_by: (a day)",
        )
    if asked.persons_by is not None:
        return Question(chosen, by=_constant(here, _day(here, asked.persons_by, "persons_by")))
    if asked.in_place == "first":
        return Question(chosen, share=None)
    if asked.in_place == "all":
        return Question(chosen)
    share = _constant(here, here.probability(asked.in_place or 0, "in_place"))
    return Question(chosen, share=share)


def _day(here: Reading, written: Any, key: str) -> Value:
    if not isinstance(written, date | str | int | float):
        raise here.error("is no day", key, remedy="write 2022-02-25, or 3 days")
    return here.day(written, key)


def _constant(here: Reading, value: Value) -> float:
    if value.assumption is not None:
        raise here.error("asks by an assumption", remedy="write a figure")
    return value.constant
