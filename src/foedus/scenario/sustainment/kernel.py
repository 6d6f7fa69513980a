"""Stocks from day to day, one draw after the other.

Comes in: :class:`Plan` and :class:`Drawn`. Goes out: :class:`Results`. A day has five steps, always in
this order:

1. production of the day, orders, repaired items and gifts that were on the way come in;
2. gifts leave: the promises that have begun, in the order of the file, each as much as is due by now
   and as the giver has above its floor (or has at all, if it goes below); what cannot be given waits;
3. what is wanted is used, as far as it is there; what is not there is unmet and not made up later;
4. floors are compared with what is left in the evening;
5. the evening is written down.

All numbers are whole (:mod:`foedus.scenario.sustainment.arrays`) and every draw starts from nothing but
its own row, so that neither the number of workers nor the order of draws can change a result.

What is counted of every stock stands in one table, in blocks of some stocks with one row after the
other: as the rows of a block lie at fixed distances, the compiler sees that they lie apart, and works
on several stocks at a time. Production and use run on by themselves, so they are counted from the start
and a stock only where it is looked at: what came and did not leave, less what was wanted, and what
was not there is the most that this ever fell below nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.scenario.compiled import Kernel
from foedus.scenario.sustainment.arrays import BITS, Drawn, Ints, Plan, Results, empty_results
from foedus.scenario.sustainment.wide import run_wide

__all__ = ["KERNEL", "run_stocks"]

_WIDTH = 32
"""Stocks of a block."""
_CAME, _RATE, _SLOPE, _MADE, _WANTED, _USE, _UNMET, _FLOOR, _REACHED, _OUTRUN, _LEFT, _BLOCK = (
    range(0, 12 * _WIDTH, _WIDTH)
)
"""Where the rows of a block begin. Since the start: what came but by production, less gifts; what was
made and what was wanted, in parts; what was not there. Of today: production and by how much it grows
until tomorrow, what is wanted, all in parts; what is left in the evening."""


def run_stocks(plan: Plan, drawn: Drawn) -> Results:
    """Return what comes of every draw. The compiled part leaves Python's lock to others."""
    if not KERNEL.compiled:
        return run_wide(plan, drawn)
    out = empty_results(plan, drawn)
    KERNEL.run((plan, drawn, _scratch(plan, drawn)), out)
    return out


class _Scratch(NamedTuple):
    """Memory that every draw uses anew."""

    place: Ints
    """[stock] where it stands in the table: the same in every draw."""
    giving: Ints
    taking: Ints
    mending: Ints
    """[gift], [gift], [repair] where its stock stands."""
    back: Ints
    """[repair] items that have come back."""
    table: Ints
    """[block, row, stock of the block]"""
    climbing: Ints
    next_climbing: Ints
    """[day] the first stock whose ramp begins on it, and [stock] the next of the same day."""
    climbed: Ints
    next_climbed: Ints
    """The same of ramps that end."""
    used_by: Ints
    """[repair and day] items used up to and with the day."""
    started: Ints
    following: Ints
    """[day] the first gift that begins on it, and [gift] the next of the same day."""
    orders: Ints
    next_order: Ints
    """The same of orders."""
    waiting: Ints
    ordered: Ints
    """Gifts and orders under way, in the order of the file."""
    arrivals: Ints
    """[day] the first consignment that arrives on it."""
    later: Ints
    """[consignment] the next of the same day; a gift sends at most one a day."""
    what: Ints
    """[consignment] the gift that it is of."""
    load: Ints
    """[consignment] items that left."""


def _scratch(plan: Plan, drawn: Drawn) -> _Scratch:
    days, stocks = len(plan.period), drawn.opening.shape[1]
    orders, gifts = len(plan.order_to), len(plan.giver)
    sizes = {
        "table": -(-stocks // _WIDTH) * _BLOCK, "used_by": days * len(plan.repairing),
        "back": len(plan.repairing), **dict.fromkeys(("next_climbing", "next_climbed"), stocks),
        **dict.fromkeys(("climbing", "climbed", "started", "orders", "arrivals"), days),
        **dict.fromkeys(("following", "waiting"), gifts),
        **dict.fromkeys(("next_order", "ordered"), orders),
        **dict.fromkeys(("later", "what", "load"), gifts * days),
    }  # fmt: skip
    block, within = np.divmod(np.arange(stocks), _WIDTH)
    empty = {name: np.empty(size, np.int64) for name, size in sizes.items()}
    place = block * _BLOCK + within
    return _Scratch(
        place=place, giving=place[plan.giver], taking=place[plan.receiver],
        mending=place[plan.repairing], **empty,
    )  # fmt: skip


def _play(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results) -> None:
    for draw in range(len(drawn.opening)):
        _one_draw(plan, drawn, scratch, out, draw)


def _one_draw(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int) -> None:
    # rows by themselves: a call that hands over a table of them takes longer than what is called
    place, table, used_by = scratch.place, scratch.table, scratch.used_by
    climbing, next_climbing = scratch.climbing, scratch.next_climbing
    climbed, next_climbed = scratch.climbed, scratch.next_climbed
    started, following, waiting = scratch.started, scratch.following, scratch.waiting
    orders, next_order, ordered = scratch.orders, scratch.next_order, scratch.ordered
    arrivals, later, what, load = scratch.arrivals, scratch.later, scratch.what, scratch.load
    order_to, givers, takers = plan.order_to, scratch.giving, scratch.taking
    mending, back = scratch.mending, scratch.back
    below, due = plan.below, plan.due
    step, final, use = drawn.step[draw], drawn.final[draw], drawn.use[draw]
    order_size, order_day = drawn.order_size[draw], drawn.order_day[draw]
    order_span, gift_span = drawn.order_span[draw], drawn.gift_span[draw]
    promised, gift_day = drawn.promised[draw], drawn.gift_day[draw]
    travel, lossy = drawn.travel[draw], drawn.lossy[draw]
    repair_share, repair_days = drawn.repair_share[draw], drawn.repair_days[draw]
    evenings, bought, repaired = out.stock[draw], out.bought[draw], out.repaired[draw]
    given, dug, delivered = out.given[draw], out.dug[draw], out.delivered[draw]
    in_time, lost = out.in_time[draw], out.lost[draw]
    _fill(arrivals, -1)
    _fill(table, 0)
    _fill(back, 0)
    _put(drawn.opening[draw], table, place, _CAME)
    _put(drawn.floor[draw], table, place, _FLOOR)
    _put(out.floor_day[draw], table, place, _REACHED)
    _put(out.outrun_day[draw], table, place, _OUTRUN)
    first, last = drawn.ramp_from[draw], drawn.ramp_to[draw]
    _first_rates(table, place, drawn.rate[draw], step, final, first, last)
    _by_day(first, climbing, next_climbing)
    _by_day(last, climbed, next_climbed)
    _by_day(order_day, orders, next_order)
    _by_day(gift_day, started, following)
    # how many orders and gifts are under way, and how many consignments have been sent
    buying, giving, sent, period = 0, 0, 0, -1
    for day in range(len(plan.period)):
        if day > 0:  # the first day's rates know of what began before it
            _climb(climbing[day], next_climbing, table, place, step)
            _level(climbed[day], next_climbed, table, place, final)
        if orders[day] >= 0:
            buying = _join(orders[day], next_order, ordered, buying)
        if buying > 0:
            buying = _buy(
                day, order_to, order_size, order_day, order_span, table, place, bought, ordered, buying
            )  # fmt: skip
        _repair(day, mending, repair_days, repair_share, used_by, table, back)
        if arrivals[day] >= 0:
            _arrive(
                day, arrivals[day], later, what, load, takers, due, lossy, table, delivered, lost,
                in_time,
            )  # fmt: skip
        if started[day] >= 0:
            giving = _join(started[day], following, waiting, giving)
        if giving > 0:
            giving, sent = _give(
                day, givers, below, promised, gift_day, gift_span, travel, table, given,
                dug, waiting, giving, arrivals, later, what, load, sent,
            )  # fmt: skip
        if plan.period[day] != period:
            period = plan.period[day]
            _put(use[period], table, place, _USE)
        _pass(day, table)
        _note(day, mending, table, used_by)
        if plan.kept[day] >= 0:
            _write_down(table, evenings[plan.kept[day]])
    _write_down(table, out.last[draw])
    _take(table, place, _REACHED, out.floor_day[draw])
    _take(table, place, _OUTRUN, out.outrun_day[draw])
    _take(table, place, _UNMET, out.unmet[draw])
    for r in range(len(back)):
        repaired[plan.repairing[r]] = back[r]
    _totals(table, place, out.produced[draw], out.used[draw])


def _fill(target: Ints, value: int) -> None:
    # a loop: NumPy's assignment compiles its error messages too, for seconds
    for k in range(len(target)):
        target[k] = value


def _put(source: Ints, table: Ints, place: Ints, row: int) -> None:
    for k in range(len(source)):
        table[place[k] + row] = source[k]


def _take(table: Ints, place: Ints, row: int, target: Ints) -> None:
    for k in range(len(target)):
        target[k] = table[place[k] + row]


def _totals(table: Ints, place: Ints, produced: Ints, used: Ints) -> None:
    for k in range(len(produced)):
        at = place[k]
        produced[k] = table[at + _MADE] >> BITS
        used[k] = (table[at + _WANTED] >> BITS) - table[at + _UNMET]


def _first_rates(
    table: Ints, place: Ints, rate: Ints, step: Ints, final: Ints, first: Ints, last: Ints
) -> None:
    """Set the rates of the first day, and how they grow: a ramp may have begun before it."""
    for k in range(len(rate)):
        begun = rate[k] + step[k] * max(-first[k], 0)
        table[place[k] + _RATE] = final[k] if last[k] <= 0 else begun
        table[place[k] + _SLOPE] = step[k] if first[k] <= 0 and last[k] > 0 else 0


def _by_day(days: Ints, heads: Ints, following: Ints) -> None:
    """Chain what begins on the same day, in the order of the file; what began before, on the first."""
    _fill(heads, -1)
    for i in range(len(days) - 1, -1, -1):
        day = max(days[i], 0)
        if day < len(heads):
            following[i] = heads[day]
            heads[day] = i


def _join(first: int, following: Ints, under_way: Ints, count: int) -> int:
    """Put what begins today among what is under way, in the order of the file."""
    at = first
    while at >= 0:
        place = count
        while place > 0 and under_way[place - 1] > at:
            under_way[place] = under_way[place - 1]
            place -= 1
        under_way[place] = at
        count += 1
        at = following[at]
    return count


def _climb(first: int, following: Ints, table: Ints, place: Ints, step: Ints) -> None:
    """Let ramps begin."""
    at = first
    while at >= 0:
        table[place[at] + _SLOPE] = step[at]
        at = following[at]


def _level(first: int, following: Ints, table: Ints, place: Ints, final: Ints) -> None:
    """Let ramps end with the final rate."""
    at = first
    while at >= 0:
        table[place[at] + _RATE] = final[at]
        table[place[at] + _SLOPE] = 0
        at = following[at]


def _released(size: int, day: int, first: int, span: int) -> int:
    """Return how many of ``size`` are due by now: as even a share each day as whole items allow."""
    passed = day - first + 1
    # exact: of whole numbers below 2**53 no quotient is rounded up to a whole one
    return size if passed >= span else int(size * passed / span)


def _buy(
    day: int, to: Ints, size: Ints, first: Ints, span: Ints, table: Ints, place: Ints, bought: Ints,
    ordered: Ints, count: int,
) -> int:  # fmt: skip
    """Let in what was ordered; return how many orders are still under way."""
    left = 0
    for i in range(count):
        o = ordered[i]
        now = _released(size[o], day, first[o], span[o])
        before = _released(size[o], day - 1, first[o], span[o]) if day > first[o] else 0
        table[place[to[o]] + _CAME] += now - before
        bought[to[o]] += now - before
        if now < size[o]:
            ordered[left] = o
            left += 1
    return left


def _repair(
    day: int, mending: Ints, days: Ints, share: Ints, used_by: Ints, table: Ints, back: Ints
) -> None:
    """Of all that was used up to then the share comes back, rounded down."""
    count = len(mending)
    for r in range(count):
        if day >= days[r]:
            now = (used_by[(day - days[r]) * count + r] * share[r]) >> BITS
            table[mending[r] + _CAME] += now - back[r]
            back[r] = now


def _arrive(
    day: int, first: int, later: Ints, what: Ints, load: Ints, to: Ints, due: Ints, lossy: Ints,
    table: Ints, delivered: Ints, lost: Ints, in_time: Ints,
) -> None:  # fmt: skip
    at = first
    while at >= 0:
        g = what[at]
        # of all that was sent the share lost is lost, rounded down
        missing = ((delivered[g] + lost[g] + load[at]) * lossy[g]) >> BITS
        good = load[at] - (missing - lost[g])
        lost[g] = missing
        delivered[g] += good
        table[to[g] + _CAME] += good
        if day <= due[g]:
            in_time[g] += good
        at = later[at]


def _give(
    day: int, giver: Ints, below: Ints, promised: Ints, first: Ints, span: Ints, travel: Ints,
    table: Ints, given: Ints, dug: Ints, waiting: Ints, count: int, arrivals: Ints, later: Ints,
    what: Ints, load: Ints, sent: int,
) -> tuple[int, int]:  # fmt: skip
    """Let gifts leave; return how many are still under way, and how many consignments were sent."""
    left = 0
    for i in range(count):
        g = waiting[i]
        at, before = giver[g], given[g]
        made, wanted = table[at + _MADE] + table[at + _RATE], table[at + _WANTED]
        held = table[at + _CAME] + (made >> BITS) - (wanted >> BITS) + table[at + _UNMET]
        spare = max(held - table[at + _FLOOR], 0)
        most = held if below[g] > 0 else spare
        now = before
        if most > 0:
            now += min(_released(promised[g], day, first[g], span[g]) - before, most)
        if now > before:
            table[at + _CAME] -= now - before
            given[g] = now
            dug[g] += max(now - before - spare, 0)
            there = day + travel[g]
            if there < len(arrivals):
                later[sent], what[sent], load[sent] = arrivals[there], g, now - before
                arrivals[there] = sent
                sent += 1
        if now < promised[g]:
            waiting[left] = g
            left += 1
    return left, sent


def _pass(day: int, table: Ints) -> None:
    """Produce, use what is wanted as far as it is there, and look at the floor in the evening."""
    for block in range(len(table) // _BLOCK):
        for k in range(_WIDTH):
            at = block * _BLOCK + k
            made = table[at + _MADE] + table[at + _RATE]
            wanted = table[at + _WANTED] + table[at + _USE]
            table[at + _MADE], table[at + _WANTED] = made, wanted
            table[at + _RATE] += table[at + _SLOPE]
            ever = table[at + _CAME] + (made >> BITS) - (wanted >> BITS)
            unmet = max(table[at + _UNMET], -ever)
            left = ever + unmet
            table[at + _UNMET], table[at + _LEFT] = unmet, left
            outrun, reached = table[at + _OUTRUN], table[at + _REACHED]
            table[at + _OUTRUN] = day if unmet > 0 and outrun < 0 else outrun
            table[at + _REACHED] = day if left <= table[at + _FLOOR] and reached < 0 else reached


def _write_down(table: Ints, evening: Ints) -> None:
    for block in range(len(table) // _BLOCK):
        first, start = block * _WIDTH, block * _BLOCK + _LEFT
        for k in range(min(_WIDTH, len(evening) - first)):
            evening[first + k] = table[start + k]


def _note(day: int, mending: Ints, table: Ints, used_by: Ints) -> None:
    for r in range(len(mending)):
        at = mending[r]
        used_by[day * len(mending) + r] = (table[at + _WANTED] >> BITS) - table[at + _UNMET]


KERNEL = Kernel(_play)
