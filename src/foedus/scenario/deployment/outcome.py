"""What a deployment has to show: persons and units in place by day, arrivals, what holds things up.

Comes in: the model and its columns over all draws. Goes out: a :class:`~foedus.scenario.model.Part`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.deployment.bottleneck import PLAYED, Held, gained, held_up
from foedus.scenario.deployment.bound import last_arrival_bound
from foedus.scenario.deployment.model import Deployment
from foedus.scenario.deployment.network import Place
from foedus.scenario.draws import Draws
from foedus.scenario.model import (
    Arrival,
    Bottleneck,
    Columns,
    Part,
    Series,
    Stop,
    Text,
    Way,
    band,
    bands,
)

__all__ = ["shown"]

NAMED = 8
"""Places and permissions that are listed."""
TRIED = 5
"""Places of which it is told what more capacity would bring."""
MORE: dict[str, Text] = {
    "sea": {"fr": "un navire de plus", "en": "one more ship"},
    "air": {"fr": "un avion de plus", "en": "one more aircraft"},
    "": {"fr": "un chargement de plus par jour", "en": "one more load a day"},
}


def shown(model: Deployment, columns: Columns, draws: Draws) -> Part:
    """Return what to show; the bounds hold for the likely values without disruptions."""
    held = held_up(model, columns)[:NAMED]
    tried = [h for h in held if h.place is not None and _limited(model.places[h.place])][:TRIED]
    last = columns["arrival"].max(axis=1)
    model.expect(len(tried) * min(draws.count, PLAYED))
    return Part(
        series=(_persons(model, columns), _units(model, columns)),
        arrivals=tuple(_arrivals(model, columns)),
        bottlenecks=tuple(_bottleneck(model, h, h in tried, draws, last) for h in held),
        stops=tuple(_stops(model)),
        ways=tuple(_ways(model, draws)),
        sources=model.sources,
        notes=_notes(model),
    )


def _limited(place: Place) -> bool:
    return place.rate is not None or place.carriers is not None


def _persons(model: Deployment, columns: Columns) -> Series:
    days = range(model.days + 1)
    low, mid, high = bands(columns["persons_in_place"])
    earliest = zip(model.units, model.routes, strict=True)
    there = [(route.free_flow, unit.persons) for unit, route in earliest]
    return Series(
        id="persons", kind="in_place", title={"fr": "Personnes", "en": "Persons"}, unit="person",
        days=tuple(days), low=low, mid=mid, high=high,
        bound=tuple(float(sum(n for time, n in there if time <= day)) for day in days),
    )  # fmt: skip


def _units(model: Deployment, columns: Columns) -> Series:
    days = np.arange(model.days + 1)
    counts = (columns["arrival"][:, :, None] <= days).sum(axis=1)
    low, mid, high = bands(counts)
    return Series(
        id="units", kind="in_place", title={"fr": "Unités entières", "en": "Whole units"},
        unit="unit", days=tuple(range(model.days + 1)), low=low, mid=mid, high=high,
        bound=tuple(float(sum(r.free_flow <= day for r in model.routes)) for day in days),
    )  # fmt: skip


def _arrivals(model: Deployment, columns: Columns) -> list[Arrival]:
    nodes = model.network.nodes
    return [
        Arrival(
            id=unit.id, title=unit.name, home=nodes[unit.home].name,
            destination=nodes[unit.destination].name, persons=unit.persons,
            band=band(columns["arrival"][:, at]), bound=route.free_flow,
        )
        for at, (unit, route) in enumerate(zip(model.units, model.routes, strict=True))
    ]  # fmt: skip


def _bottleneck(
    model: Deployment, held: Held, tried: bool, draws: Draws, last: NDArray[np.float64]
) -> Bottleneck:  # fmt: skip
    if held.place is None:
        states = tuple(held.id.removeprefix("permission ").split(" + "))
        return Bottleneck(
            id=held.id, title=held.id, share=held.share, waited=band(held.days), kind="permission",
            states=states,
        )  # fmt: skip
    place = model.places[held.place]
    gain = band(gained(model, held.place, draws, last)) if tried else None
    return Bottleneck(
        id=held.id, title=place.title, share=held.share, waited=band(held.waited), gain=gain,
        more=MORE.get(place.mode if place.kind == "carriers" else "", MORE[""]) if tried else "",
        kind=place.kind, mode=place.mode,
    )  # fmt: skip


def _stops(model: Deployment) -> Iterator[Stop]:
    """Return the places that a link leads to and that can be drawn."""
    linked = dict.fromkeys(end for link in model.network.links for end in (link.start, link.end))
    for node in (model.network.nodes[name] for name in linked):
        if node.place is not None:
            east, north = node.place
            yield Stop(
                id=node.id, title=node.name, longitude=east, latitude=north, kind=node.kind
            )  # fmt: skip


def _ways(model: Deployment, draws: Draws) -> Iterator[Way]:
    """Return the links that can be drawn, with the mean of the loads that pass them."""
    loads = {(link.start, link.end, link.mode): 0.0 for link in model.network.links}
    for unit, route in zip(model.units, model.routes, strict=True):
        here = unit.home
        for mode, leg in route.legs:
            mean = float(np.maximum(np.rint(draws.of(unit.loads[mode])), 1).mean())
            for arc in leg:
                there = arc.head[0]
                if there in model.network.nodes and there != here:
                    loads[here, there, mode] = loads.get((here, there, mode), 0.0) + mean
                    here = there
    used = {frozenset(key[:2]) | {key[2]} for key, carried in loads.items() if carried}
    for (start, end, mode), carried in loads.items():
        ends = (model.network.nodes[start], model.network.nodes[end])
        idle_twin = not carried and frozenset((start, end)) | {mode} in used
        if all(node.place is not None for node in ends) and not idle_twin:
            yield Way(start=start, end=end, mode=mode, loads=carried)


def _notes(model: Deployment) -> tuple[Text, ...]:
    from foedus.scenario.deployment.kernel import play

    last = float(play(model.plan, model.calm(), 0).arrival.max())
    bound = last_arrival_bound(model, last)
    told, before = f"{last:.1f}", f"{bound:.1f}"
    return (
        {
            "fr": "Avec les valeurs probables et sans perturbation, le dernier chargement est en place au jour "
            f"{told.replace('.', ',')} ; aucun ordre ni aucun itinéraire ne le permettrait avant le jour "
            f"{before.replace('.', ',')} (flot le plus rapide).",
            "en": f"With the likely values and no disruption the last load is in place on day {told}; "
            f"no order and no route could have it there before day {before} (quickest flow).",
        },
    )
