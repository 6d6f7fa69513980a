"""What the kernel is given and gives back: plain arrays.

Comes in: nothing; these are the shapes, and the room that the kernel works in (:func:`table_for`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Drawn", "Plan", "Played", "Steps", "Table", "table_for"]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Plan(NamedTuple):
    """Who passes where. Indices are int64; ``-1`` means none."""

    unit_legs: Whole
    """[units + 1]: the legs of unit u are ``unit_legs[u] .. unit_legs[u + 1]``."""
    leg_visits: Whole
    """[legs + 1]: the visits of each leg, likewise."""
    resource: Whole
    """[visits]: whose servers are waited for."""
    passage: Whole
    """[visits]: the column of ``hold`` and ``go``."""
    gate: Whole
    """[visits]: the column of ``opens``."""
    outage: Whole
    """[resources]: the column of ``shut`` and ``length``."""


class Drawn(NamedTuple):
    """What one draw after the other assumes; times in days from the start."""

    ready: Floats
    """[draws, units]: when the unit stands ready to leave its home."""
    persons: Whole
    """[draws, units]."""
    loads: Whole
    """[draws, legs]: into how many loads the unit is split on the leg, at least 1."""
    servers: Whole
    """[draws, resources]: how many are served at once; 0: as many as come."""
    hold: Floats
    """[draws, passages]: how long a load keeps its server; above 0 where servers count."""
    go: Floats
    """[draws, passages]: from being served to the next visit; above 0."""
    opens: Floats
    """[draws, gates]."""
    shut: NDArray[np.bool_]
    """[draws, outages, days]: whether an outage begins at the beginning of the day."""
    length: Floats
    """[draws, outages]: how long an outage lasts."""


class Played(NamedTuple):
    """What came of it, one row a draw."""

    arrival: Floats
    """[draws, units]: when the last load of the unit was in place, in days."""
    first: Floats
    """[draws, units]: when its first load was."""
    in_place: Whole
    """[draws, days + 1]: persons in place after so many days."""
    waited: Floats
    """[draws, resources]: days that loads waited for the resource, all together."""
    held: Floats
    """[draws, resources]: days that the resource adds to the path that ends in the last arrival."""
    barred: Floats
    """[draws, gates]: days of the last path before a gate."""


class Steps(NamedTuple):
    """Every step of one draw; a step is one visit of one load."""

    unit: Whole
    leg: Whole
    load: Whole
    visit: Whole
    came: Floats
    began: Floats
    done: Floats


class Table(NamedTuple):
    """Room for one draw, made once a call. A mover is one load on one leg."""

    mover_leg: Whole
    mover_load: Whole
    leg_movers: (
        Whole  # [legs, most loads]: number of the mover; movers are numbered in order of service
    )
    leg_steps: Whole  # [legs]: the first step of the leg
    leg_unit: Whole
    at: Whole  # [movers]: the visit it is at, counted within its leg
    source: Whole  # [movers]: the step that made it ready
    finished: Whole  # [legs]
    released: Whole  # [legs]
    heap_time: Floats
    heap_mover: Whole
    first_server: Whole  # [resources + 1]
    free: Floats  # [servers]
    holder: Whole  # [servers]: the step that kept it last
    day: Whole  # [resources]: the first day whose outage still matters
    came: Floats  # [steps]
    began: Floats
    done: Floats
    before: Whole  # [steps]: the step of the same load (or of the load it was made from) before
    after: Whole  # [steps]: the step whose server it took over; -1: it did not wait for one


def table_for(plan: Plan, drawn: Drawn) -> Table:
    """Lay the table for the largest numbers of loads and servers that these draws have."""
    most = drawn.loads.max(axis=0, initial=1)
    servers = drawn.servers.max(axis=0, initial=0)
    legs, steps = len(most), np.diff(plan.leg_visits)
    leg_unit = np.repeat(np.arange(len(plan.unit_legs) - 1), np.diff(plan.unit_legs))
    leg = np.repeat(np.arange(legs), most)
    load = np.concatenate([np.arange(n) for n in most]) if legs else np.zeros(0, np.int64)
    order = np.lexsort((leg, load, leg_unit[leg])) if legs else np.zeros(0, np.int64)
    leg_movers = np.full((legs, most.max(initial=0)), -1)
    leg_movers[leg[order], load[order]] = np.arange(len(order))
    movers, all_steps = len(order), int((most * steps).sum())
    first_server = np.concatenate([[0], np.cumsum(servers)]).astype(np.int64)
    return Table(
        mover_leg=leg[order].astype(np.int64),
        mover_load=load[order].astype(np.int64),
        leg_movers=leg_movers.astype(np.int64),
        leg_steps=np.concatenate([[0], np.cumsum(most * steps)]).astype(np.int64),
        leg_unit=leg_unit.astype(np.int64),
        at=np.zeros(movers, np.int64),
        source=np.zeros(movers, np.int64),
        finished=np.zeros(legs, np.int64),
        released=np.zeros(legs, np.int64),
        heap_time=np.zeros(movers + 1),
        heap_mover=np.zeros(movers + 1, np.int64),
        first_server=first_server,
        free=np.zeros(first_server[-1]),
        holder=np.zeros(first_server[-1], np.int64),
        day=np.zeros(len(servers), np.int64),
        came=np.zeros(all_steps),
        began=np.zeros(all_steps),
        done=np.zeros(all_steps),
        before=np.zeros(all_steps, np.int64),
        after=np.zeros(all_steps, np.int64),
    )
