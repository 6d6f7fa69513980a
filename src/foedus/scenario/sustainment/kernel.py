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
its own row, so that neither the number of workers nor the order of draws can change a result. Loops
over stocks touch four or five rows each: of more the compiler cannot tell that they lie apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.scenario.compiled import Kernel
from foedus.scenario.sustainment.arrays import BITS, Drawn, Ints, Plan, Results, empty_results
from foedus.scenario.sustainment.wide import run_wide

__all__ = ["KERNEL", "run_stocks"]


def run_stocks(plan: Plan, drawn: Drawn) -> Results:
    """Return what comes of every draw. The compiled part leaves Python's lock to others."""
    if not KERNEL.compiled:
        return run_wide(plan, drawn)
    out = empty_results(plan, drawn)
    KERNEL.run((plan, drawn, _scratch(plan, drawn)), out)
    return out


class _Scratch(NamedTuple):
    """Memory that every draw uses anew."""

    stock: Ints
    rate: Ints
    slope: Ints
    """[stock] production today, and by how much it grows until tomorrow, in parts."""
    made: Ints
    """[stock] what production has made since the start, in parts."""
    wanted: Ints
    """[stock] what was wanted since the start, in parts."""
    climbing: Ints
    next_climbing: Ints
    """[day] the first stock whose ramp begins on it, and [stock] the next of the same day."""
    climbed: Ints
    next_climbed: Ints
    """The same of ramps that end."""
    used_by: Ints
    """[day, repair] items used up to and with the day."""
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
    good: Ints
    """[consignment] items that arrive."""
    gone: Ints
    """[consignment] items that are lost."""


def _scratch(plan: Plan, drawn: Drawn) -> _Scratch:
    days, stocks = len(plan.period), drawn.opening.shape[1]
    orders, gifts = len(plan.order_to), len(plan.giver)
    sizes = {
        "used_by": (days, len(plan.repairing)), "started": (days,), "following": (gifts,),
        "orders": (days,), "next_order": (orders,), "waiting": (gifts,), "ordered": (orders,),
        "climbing": (days,), "climbed": (days,), "arrivals": (days,), **dict.fromkeys(("later", "what", "good", "gone"), (gifts * days,)),
    }  # fmt: skip
    fields = _Scratch._fields
    return _Scratch(*(np.empty(sizes.get(name, (stocks,)), np.int64) for name in fields))


def _play(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results) -> None:
    for draw in range(len(drawn.opening)):
        _one_draw(plan, drawn, scratch, out, draw)


def _one_draw(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int) -> None:
    # rows by themselves: a call that hands over a table of them takes longer than what is called
    stock, rate, slope = scratch.stock, scratch.rate, scratch.slope
    made, wanted, used_by = scratch.made, scratch.wanted, scratch.used_by
    climbing, next_climbing = scratch.climbing, scratch.next_climbing
    climbed, next_climbed = scratch.climbed, scratch.next_climbed
    started, following, waiting = scratch.started, scratch.following, scratch.waiting
    orders, next_order, ordered = scratch.orders, scratch.next_order, scratch.ordered
    arrivals, later, what = scratch.arrivals, scratch.later, scratch.what
    good, gone = scratch.good, scratch.gone
    order_to, giver, receiver = plan.order_to, plan.giver, plan.receiver
    below, due, repairing = plan.below, plan.due, plan.repairing
    step, final = drawn.step[draw], drawn.final[draw]
    use, floor = drawn.use[draw], drawn.floor[draw]
    order_size, order_day = drawn.order_size[draw], drawn.order_day[draw]
    order_span, gift_span = drawn.order_span[draw], drawn.gift_span[draw]
    promised, gift_day = drawn.promised[draw], drawn.gift_day[draw]
    travel, lossy = drawn.travel[draw], drawn.lossy[draw]
    repair_share, repair_days = drawn.repair_share[draw], drawn.repair_days[draw]
    floor_day, outrun_day, evenings = out.floor_day[draw], out.outrun_day[draw], out.stock[draw]
    unmet, bought, repaired = out.unmet[draw], out.bought[draw], out.repaired[draw]
    given, dug, delivered = out.given[draw], out.dug[draw], out.delivered[draw]
    in_time, lost = out.in_time[draw], out.lost[draw]
    _copy(drawn.opening[draw], stock)
    _fill(made, 0)
    _fill(wanted, 0)
    _fill(arrivals, -1)
    first, last = drawn.ramp_from[draw], drawn.ramp_to[draw]
    _first_rates(rate, slope, drawn.rate[draw], step, final, first, last)
    _by_day(first, climbing, next_climbing)
    _by_day(last, climbed, next_climbed)
    _by_day(order_day, orders, next_order)
    _by_day(gift_day, started, following)
    # how many orders and gifts are under way, and how many consignments have been sent
    buying, giving, sent = 0, 0, 0
    for day in range(len(plan.period)):
        if day > 0:  # the first day's rates know of what began before it
            _climb(climbing[day], next_climbing, slope, step)
            _level(climbed[day], next_climbed, rate, slope, final)
        _produce(stock, rate, slope, made)
        if orders[day] >= 0:
            buying = _join(orders[day], next_order, ordered, buying)
        if buying > 0:
            buying = _buy(
                day, order_to, order_size, order_day, order_span, stock, bought, ordered, buying
            )
        _repair(day, repairing, repair_days, repair_share, used_by, stock, repaired)
        if arrivals[day] >= 0:
            _arrive(
                day, arrivals[day], later, what, good, gone, receiver, due, stock, delivered, lost,
                in_time,
            )  # fmt: skip
        if started[day] >= 0:
            giving = _join(started[day], following, waiting, giving)
        if giving > 0:
            giving, sent = _give(
                day, giver, below, promised, gift_day, gift_span, travel, lossy, stock, floor,
                given, dug, waiting, giving, arrivals, later, what, good, gone, sent,
            )  # fmt: skip
        _use(stock, use[plan.period[day]], wanted, unmet)
        _note(wanted, unmet, repairing, used_by[day])
        _miss(day, unmet, outrun_day)
        _look(day, stock, floor, floor_day)
        if plan.kept[day] >= 0:
            _copy(stock, evenings[plan.kept[day]])
    _copy(stock, out.last[draw])
    _whole(made, out.produced[draw])
    _whole(wanted, out.used[draw])
    _less(out.used[draw], unmet)


def _copy(source: Ints, target: Ints) -> None:
    # a loop: NumPy's assignment compiles its error messages too, for seconds
    for k in range(len(target)):
        target[k] = source[k]


def _fill(target: Ints, value: int) -> None:
    for k in range(len(target)):
        target[k] = value


def _whole(parts: Ints, items: Ints) -> None:
    for k in range(len(items)):
        items[k] = parts[k] >> BITS


def _less(items: Ints, others: Ints) -> None:
    for k in range(len(items)):
        items[k] -= others[k]


def _first_rates(
    rate: Ints, slope: Ints, first_rate: Ints, step: Ints, final: Ints, first: Ints, last: Ints
) -> None:
    """Set the rates of the first day, and how they grow: a ramp may have begun before it."""
    for k in range(len(rate)):
        begun = first_rate[k] + step[k] * max(-first[k], 0)
        rate[k] = final[k] if last[k] <= 0 else begun
        slope[k] = step[k] if first[k] <= 0 and last[k] > 0 else 0


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


def _climb(first: int, following: Ints, slope: Ints, step: Ints) -> None:
    """Let ramps begin."""
    at = first
    while at >= 0:
        slope[at] = step[at]
        at = following[at]


def _level(first: int, following: Ints, rate: Ints, slope: Ints, final: Ints) -> None:
    """Let ramps end with the final rate."""
    at = first
    while at >= 0:
        rate[at] = final[at]
        slope[at] = 0
        at = following[at]


def _produce(stock: Ints, rate: Ints, slope: Ints, made: Ints) -> None:
    for k in range(len(stock)):
        before = made[k]
        after = before + rate[k]
        made[k] = after
        rate[k] += slope[k]
        stock[k] += (after >> BITS) - (before >> BITS)


def _released(size: int, day: int, first: int, span: int) -> int:
    """Return how many of ``size`` are due by now: as even a share each day as whole items allow."""
    passed = day - first + 1
    return size if passed >= span else size * passed // span


def _buy(
    day: int, to: Ints, size: Ints, first: Ints, span: Ints, stock: Ints, bought: Ints,
    ordered: Ints, count: int,
) -> int:  # fmt: skip
    """Let in what was ordered; return how many orders are still under way."""
    left = 0
    for i in range(count):
        o = ordered[i]
        now = _released(size[o], day, first[o], span[o])
        before = _released(size[o], day - 1, first[o], span[o]) if day > first[o] else 0
        stock[to[o]] += now - before
        bought[to[o]] += now - before
        if now < size[o]:
            ordered[left] = o
            left += 1
    return left


def _repair(
    day: int, repairing: Ints, days: Ints, share: Ints, used_by: Ints, stock: Ints, repaired: Ints
) -> None:
    """Of all that was used up to then the share comes back, rounded down."""
    for r in range(len(repairing)):
        if day >= days[r]:
            k = repairing[r]
            back = ((used_by[day - days[r]][r] * share[r]) >> BITS) - repaired[k]
            stock[k] += back
            repaired[k] += back


def _arrive(
    day: int, first: int, later: Ints, what: Ints, good: Ints, gone: Ints, to: Ints, due: Ints,
    stock: Ints, delivered: Ints, lost: Ints, in_time: Ints,
) -> None:  # fmt: skip
    at = first
    while at >= 0:
        gift = what[at]
        stock[to[gift]] += good[at]
        delivered[gift] += good[at]
        lost[gift] += gone[at]
        if day <= due[gift]:
            in_time[gift] += good[at]
        at = later[at]


def _give(
    day: int, giver: Ints, below: Ints, promised: Ints, first: Ints, span: Ints, travel: Ints,
    lossy: Ints, stock: Ints, floor: Ints, given: Ints, dug: Ints, waiting: Ints, count: int,
    arrivals: Ints, later: Ints, what: Ints, good: Ints, gone: Ints, sent: int,
) -> tuple[int, int]:  # fmt: skip
    """Let gifts leave; return how many are still under way, and how many consignments were sent."""
    left = 0
    for i in range(count):
        g = waiting[i]
        k, before = giver[g], given[g]
        spare = max(stock[k] - floor[k], 0)
        most = stock[k] if below[g] > 0 else spare
        now = before
        if most > 0:
            now += min(_released(promised[g], day, first[g], span[g]) - before, most)
        if now > before:
            stock[k] -= now - before
            given[g] = now
            dug[g] += max(now - before - spare, 0)
            there = day + travel[g]
            if there < len(arrivals):
                # of all that was given the share lost is lost, rounded down
                lost = ((now * lossy[g]) >> BITS) - ((before * lossy[g]) >> BITS)
                later[sent], what[sent] = arrivals[there], g
                good[sent], gone[sent] = now - before - lost, lost
                arrivals[there] = sent
                sent += 1
        if now < promised[g]:
            waiting[left] = g
            left += 1
    return left, sent


def _use(stock: Ints, use: Ints, wanted: Ints, unmet: Ints) -> None:
    for k in range(len(stock)):
        before = wanted[k]
        after = before + use[k]
        wanted[k] = after
        asked = (after >> BITS) - (before >> BITS)
        taken = min(asked, stock[k])
        stock[k] -= taken
        unmet[k] += asked - taken


def _note(wanted: Ints, unmet: Ints, repairing: Ints, used_by: Ints) -> None:
    for r in range(len(repairing)):
        used_by[r] = (wanted[repairing[r]] >> BITS) - unmet[repairing[r]]


def _miss(day: int, unmet: Ints, outrun_day: Ints) -> None:
    for k in range(len(unmet)):
        outrun_day[k] = day if unmet[k] > 0 and outrun_day[k] < 0 else outrun_day[k]


def _look(day: int, stock: Ints, floor: Ints, floor_day: Ints) -> None:
    for k in range(len(stock)):
        floor_day[k] = day if stock[k] <= floor[k] and floor_day[k] < 0 else floor_day[k]


KERNEL = Kernel(_play)
