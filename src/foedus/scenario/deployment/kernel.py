"""The simulated deployment: loads queue, first come first served, at every link and node they pass.

Comes in: a :class:`Plan` (who passes where, whole numbers only) and :class:`Drawn` (times and
capacities, one row a draw), both plain arrays. Goes out: :class:`Played`, one row a draw.

A unit moves in *legs*, one a mode of transport; on each leg it is so many *loads*. A load makes the
*visits* of its leg one after the other. At a visit it waits for one of the servers of the visit's
*resource*, keeps it for ``hold`` days, and is at its next visit ``go`` days after it was served.
Where the mode changes, the next leg's load ``j`` of ``m`` stands ready when the share ``(j+1)/m`` of
the leg before has been carried. A *gate* is the moment before which a load may not join a queue.

Order of service: time of arrival in the queue, then order of units, then number of the load, then
leg. All times of passage are above zero, so that whatever arrives at a moment was already under way
before it; the order in which simultaneous arrivals are worked off is then the one written here.
Times are float64 days; sums are made in one order, so that a plain event-driven model that adds the
same numbers gives the same arrivals to the last bit.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.compiled import Kernel
from foedus.scenario.deployment.plan import Drawn, Plan, Played, Steps, Table, table_for

__all__ = ["KERNEL", "play", "trace"]

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def play(plan: Plan, drawn: Drawn, days: int) -> Played:
    """Play every draw; persons in place are counted after 0, 1, … ``days`` days."""
    out = _blank(drawn, days)
    if len(drawn.ready):
        KERNEL.run((plan, drawn, table_for(plan, drawn)), out)
    return out


def trace(plan: Plan, drawn: Drawn, draw: int) -> Steps:
    """Play one draw and return every step of it, in the order of units, legs, loads and visits."""
    one = Drawn._make(column[draw : draw + 1] for column in drawn)
    table = table_for(plan, one)
    _play(plan, one, table, _blank(one, 0))  # Python works on arrays too, slowly
    rows: list[tuple[int, int, int, int]] = []
    for leg, unit in enumerate(table.leg_unit.tolist()):
        visits = range(plan.leg_visits[leg], plan.leg_visits[leg + 1])
        rows += [(unit, leg, k, v) for k in range(one.loads[0, leg]) for v in visits]
    names = np.array(rows, np.int64).reshape(-1, 4).T
    return Steps(names[0], names[1], names[2], names[3], table.came, table.began, table.done)


def _blank(drawn: Drawn, days: int) -> Played:
    return Played(
        arrival=np.empty_like(drawn.ready),
        first=np.full(drawn.ready.shape, np.inf),
        in_place=np.zeros((len(drawn.ready), days + 1), np.int64),
        waited=np.zeros(drawn.servers.shape),
        held=np.zeros(drawn.servers.shape),
        barred=np.zeros(drawn.opens.shape),
    )


def _play(plan: Plan, drawn: Drawn, table: Table, out: Played) -> None:
    for draw in range(len(drawn.ready)):
        _clear(table)
        _one(plan, drawn, table, out, draw)
        in_place = out.in_place[draw]
        for day in range(1, len(in_place)):
            in_place[day] += in_place[day - 1]
        _last_path(plan, drawn, table, out, draw)


def _clear(table: Table) -> None:
    _fill(table.at, 0)
    _fill(table.finished, 0)
    _fill(table.released, 0)
    _fill(table.holder, -1)
    _fill(table.day, 0)
    for server in range(len(table.free)):
        table.free[server] = 0.0


def _fill(numbers: Whole, value: int) -> None:
    for k in range(len(numbers)):
        numbers[k] = value


def _one(plan: Plan, drawn: Drawn, table: Table, out: Played, draw: int) -> None:
    """Play one draw: take the earliest load that comes to a queue, serve it, send it on."""
    size = _start(plan, drawn, table, out, draw)
    # arrays by themselves: a call that hands over a table of them costs as much as serving a load
    times, movers = table.heap_time, table.heap_mover
    mover_leg, mover_load, at_visit, source = (
        table.mover_leg, table.mover_load, table.at, table.source,
    )  # fmt: skip
    leg_steps, first_server, free, holder = (
        table.leg_steps, table.first_server, table.free, table.holder,
    )  # fmt: skip
    all_came, all_began, all_done = table.came, table.began, table.done
    all_before, all_after, first_day = table.before, table.after, table.day
    leg_visits, resources, passages, gates = plan.leg_visits, plan.resource, plan.passage, plan.gate
    go, opens, waited = drawn.go[draw], drawn.opens[draw], out.waited[draw]
    servers, hold, outages = drawn.servers[draw], drawn.hold[draw], plan.outage
    shut, length = drawn.shut[draw], drawn.length[draw]
    while size > 0:
        came, mover = times[0], movers[0]
        leg, load, at = mover_leg[mover], mover_load[mover], at_visit[mover]
        first = leg_visits[leg]
        visit, steps = first + at, leg_visits[leg + 1] - first
        step = leg_steps[leg] + load * steps + at
        resource, passage = resources[visit], passages[visit]
        began, after = came, -1
        if resource >= 0:
            outage = outages[resource]
            best = _soonest(first_server[resource], servers[resource], free)
            if best >= 0 and free[best] > came:
                began, after = free[best], holder[best]
            if outage >= 0:
                began = _reopened(shut[outage], length[outage], first_day, resource, began)
            if best >= 0:
                free[best] = began + hold[passage]
                holder[best] = step
            waited[resource] += began - came
        done = began + go[passage]
        all_came[step], all_began[step], all_done[step] = came, began, done
        all_after[step] = after
        all_before[step] = step - 1 if at > 0 else source[mover]
        if at + 1 < steps:
            at_visit[mover] = at + 1
            _replace(times, movers, size, _let_in(gates[visit + 1], opens, done), mover)
        else:
            size = _pop(times, movers, size)
            size = _end_of_leg(plan, drawn, table, out, draw, leg, load, step, size)


def _start(plan: Plan, drawn: Drawn, table: Table, out: Played, draw: int) -> int:
    """Put the loads of every unit's first leg in the queue; return how many there are."""
    size = 0
    opens = drawn.opens[draw]
    for unit in range(len(drawn.ready[draw])):
        leg, ready = plan.unit_legs[unit], drawn.ready[draw][unit]
        if leg == plan.unit_legs[unit + 1]:  # at home in its place
            out.arrival[draw][unit] = ready
            out.first[draw][unit] = ready
            _count(out.in_place[draw], ready, drawn.persons[draw][unit])
            continue
        came = _let_in(plan.gate[plan.leg_visits[leg]], opens, ready)
        for load in range(drawn.loads[draw][leg]):
            mover = table.leg_movers[leg][load]
            table.source[mover] = -1
            size = _push(table.heap_time, table.heap_mover, size, came, mover)
    return size


def _let_in(gate: int, opens: Floats, time: float) -> float:
    """Return when a load that gets there at ``time`` may join the queue."""
    return time if gate < 0 else max(time, opens[gate])


def _soonest(first: int, count: int, free: Floats) -> int:
    """Return the server that is free first, -1 where none is needed."""
    if count == 0:
        return -1
    best = first
    for server in range(first + 1, first + count):
        if free[server] < free[best]:
            best = server
    return best


def _reopened(
    shut: NDArray[np.bool_], length: float, first_day: Whole, resource: int, time: float
) -> float:
    """Return ``time``, or the end of the outages that it falls into.

    The times asked for one resource never go back, so the days that are over are passed once.
    """
    day, days = first_day[resource], len(shut)
    while day < days and day + length <= time:
        day += 1
    first_day[resource] = day
    while day < days and day <= time:
        if shut[day]:
            time = day + length
        day += 1
    return time


def _end_of_leg(
    plan: Plan, drawn: Drawn, table: Table, out: Played,
    draw: int, leg: int, load: int, step: int, size: int,
) -> int:  # fmt: skip
    """Count a load in, or make up those of the next leg that can leave; return the heap's size.

    The loads of a unit end a leg in the order of ``done``: they have its last passage in common,
    and are served there in order.
    """
    unit, done, loads = table.leg_unit[leg], table.done[step], drawn.loads[draw][leg]
    if leg + 1 == plan.unit_legs[unit + 1]:
        persons, first = drawn.persons[draw][unit], out.first[draw]
        out.arrival[draw][unit] = done
        first[unit] = min(first[unit], done)
        share = persons * (load + 1) // loads - persons * load // loads
        _count(out.in_place[draw], done, share)
        return size
    table.finished[leg] += 1
    there = drawn.loads[draw][leg + 1]
    made = table.released[leg + 1]
    while made < there and ((made + 1) * loads + there - 1) // there <= table.finished[leg]:
        mover = table.leg_movers[leg + 1][made]
        table.source[mover] = step
        came = _let_in(plan.gate[plan.leg_visits[leg + 1]], drawn.opens[draw], done)
        size = _push(table.heap_time, table.heap_mover, size, came, mover)
        made += 1
    table.released[leg + 1] = made
    return size


def _count(in_place: Whole, time: float, persons: int) -> None:
    if time <= len(in_place) - 1:
        in_place[math.ceil(time)] += persons


def _last_path(plan: Plan, drawn: Drawn, table: Table, out: Played, draw: int) -> None:
    """Follow the last arrival back: what each step waited for, until a unit that was not ready.

    A step that took a server over came after the step that had it; one that did not came after
    its load's step before. Days go to the resource that was waited for (a server or the end of an
    outage), or to the gate.
    """
    held, barred = out.held[draw], out.barred[draw]
    step = _last_step(plan, drawn, table, draw)
    while step >= 0:
        leg = _leg_of(table.leg_steps, step)
        steps = plan.leg_visits[leg + 1] - plan.leg_visits[leg]
        visit = plan.leg_visits[leg] + (step - table.leg_steps[leg]) % steps
        ahead, previous = table.after[step], table.before[step]
        if ahead >= 0:
            held[plan.resource[visit]] += table.began[step] - table.began[ahead]
            step = ahead
            continue
        if plan.resource[visit] >= 0:
            held[plan.resource[visit]] += table.began[step] - table.came[step]
        there = table.done[previous] if previous >= 0 else drawn.ready[draw][table.leg_unit[leg]]
        if table.came[step] > there:
            barred[plan.gate[visit]] += table.came[step] - there
            return
        step = previous


def _last_step(plan: Plan, drawn: Drawn, table: Table, draw: int) -> int:
    """Return the step that ends in the last arrival, the first of several; -1 where nobody moves."""
    step, last = -1, -1.0
    for leg in range(len(table.leg_unit)):
        if leg + 1 == plan.unit_legs[table.leg_unit[leg] + 1]:
            steps = plan.leg_visits[leg + 1] - plan.leg_visits[leg]
            final = table.leg_steps[leg] + drawn.loads[draw][leg] * steps - 1
            for number in range(table.leg_steps[leg] + steps - 1, final + 1, steps):
                if table.done[number] > last:
                    last, step = table.done[number], number
    return step


def _leg_of(leg_steps: Whole, step: int) -> int:
    """Return the leg that a step is of: the last that does not begin after it."""
    low, high = 0, len(leg_steps) - 1
    while high - low > 1:
        middle = (low + high) >> 1
        if leg_steps[middle] <= step:
            low = middle
        else:
            high = middle
    return low


def _push(times: Floats, movers: Whole, size: int, time: float, mover: int) -> int:
    """Add an event; return the new size."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        other = times[parent]
        if other < time or (other == time and movers[parent] < mover):
            break
        times[place] = other
        movers[place] = movers[parent]
        place = parent
    times[place], movers[place] = time, mover
    return size + 1


def _pop(times: Floats, movers: Whole, size: int) -> int:
    """Take the first event away; return the new size."""
    size -= 1
    if size > 0:
        _replace(times, movers, size, times[size], movers[size])
    return size


def _replace(times: Floats, movers: Whole, size: int, time: float, mover: int) -> None:
    """Put a new entry in the place of the first."""
    place, child = 0, 1
    while child < size:
        right, soon = child + 1, times[child]
        if right < size:
            other = times[right]
            if other < soon or (other == soon and movers[right] < movers[child]):
                child, soon = right, other
        if time < soon or (time == soon and mover < movers[child]):
            break
        times[place] = soon
        movers[place] = movers[child]
        place, child = child, 2 * child + 1
    times[place], movers[place] = time, mover


KERNEL = Kernel(_play)
