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
    made: Ints
    """[stock] what production has made since the start, in parts."""
    wanted: Ints
    """[stock] what was wanted since the start, in parts."""
    used_by: Ints
    """[repair, day] items used up to and with the day."""
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
        "used_by": (len(plan.repairing), days), "started": (days,), "following": (gifts,),
        "orders": (days,), "next_order": (orders,), "waiting": (gifts,), "ordered": (orders,),
        "arrivals": (days,), **dict.fromkeys(("later", "what", "good", "gone"), (gifts * days,)),
    }  # fmt: skip
    fields = _Scratch._fields
    return _Scratch(*(np.empty(sizes.get(name, (stocks,)), np.int64) for name in fields))


def _play(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results) -> None:
    for draw in range(len(drawn.opening)):
        _one_draw(plan, drawn, scratch, out, draw)


def _one_draw(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int) -> None:
    stock, rate, made, wanted = scratch.stock, scratch.rate, scratch.made, scratch.wanted
    started, orders, arrivals = scratch.started, scratch.orders, scratch.arrivals
    step, final = drawn.step[draw], drawn.final[draw]
    first, last = drawn.ramp_from[draw], drawn.ramp_to[draw]
    use, floor, used = drawn.use[draw], drawn.floor[draw], out.used[draw]
    floor_day, outrun_day, evenings = out.floor_day[draw], out.outrun_day[draw], out.stock[draw]
    _copy(drawn.opening[draw], stock)
    _fill(made, 0)
    _fill(wanted, 0)
    _fill(arrivals, -1)
    _first_rates(rate, drawn.rate[draw], step, final, first, last)
    _by_day(drawn.order_day[draw], orders, scratch.next_order)
    _by_day(drawn.gift_day[draw], started, scratch.following)
    # how many orders and gifts are under way, and how many consignments have been sent
    buying, giving, sent = 0, 0, 0
    for day in range(len(plan.period)):
        _produce(stock, rate, made)
        _grow(day, rate, step, final, first, last)
        if orders[day] >= 0:
            buying = _join(orders[day], scratch.next_order, scratch.ordered, buying)
        if buying > 0:
            buying = _buy(plan, drawn, scratch, out, draw, day, buying)
        if len(plan.repairing) > 0:
            _repair(plan, drawn, scratch, out, draw, day)
        if arrivals[day] >= 0:
            _arrive(plan, scratch, out, draw, day)
        if started[day] >= 0:
            giving = _join(started[day], scratch.following, scratch.waiting, giving)
        if giving > 0:
            giving, sent = _give(plan, drawn, scratch, out, draw, day, giving, sent)
        _use(stock, use[plan.period[day]], wanted, used)
        for r in range(len(plan.repairing)):
            scratch.used_by[r][day] = used[plan.repairing[r]]
        _miss(day, wanted, used, outrun_day)
        _look(day, stock, floor, floor_day)
        if plan.kept[day] >= 0:
            _copy(stock, evenings[plan.kept[day]])
    _copy(stock, out.last[draw])
    _whole(made, out.produced[draw])
    _whole(wanted, out.unmet[draw])
    _less(out.unmet[draw], used)


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
    rate: Ints, first_rate: Ints, step: Ints, final: Ints, first: Ints, last: Ints
) -> None:
    """Set the rates of the first day: a ramp may have begun before it."""
    for k in range(len(rate)):
        begun = first_rate[k] + step[k] * max(-first[k], 0)
        rate[k] = final[k] if last[k] <= 0 else begun


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


def _produce(stock: Ints, rate: Ints, made: Ints) -> None:
    for k in range(len(stock)):
        before = made[k]
        after = before + rate[k]
        made[k] = after
        stock[k] += (after >> BITS) - (before >> BITS)


def _grow(day: int, rate: Ints, step: Ints, final: Ints, first: Ints, last: Ints) -> None:
    """Set the rates of production that hold tomorrow."""
    for k in range(len(rate)):
        grown = rate[k] + (step[k] if day >= first[k] else 0)
        rate[k] = final[k] if day + 1 >= last[k] else grown


def _released(size: int, day: int, first: int, span: int) -> int:
    """Return how many of ``size`` are due by now: as even a share each day as whole items allow."""
    passed = day - first + 1
    return size if passed >= span else size * passed // span


def _buy(
    plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int, day: int, count: int
) -> int:
    """Let in what was ordered; return how many orders are still under way."""
    size, first, span = drawn.order_size[draw], drawn.order_day[draw], drawn.order_span[draw]
    stock, bought, ordered = scratch.stock, out.bought[draw], scratch.ordered
    left = 0
    for i in range(count):
        o = ordered[i]
        to = plan.order_to[o]
        now = _released(size[o], day, first[o], span[o])
        before = _released(size[o], day - 1, first[o], span[o]) if day > first[o] else 0
        stock[to] += now - before
        bought[to] += now - before
        if now < size[o]:
            ordered[left] = o
            left += 1
    return left


def _repair(plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int, day: int) -> None:
    """Of all that was used up to then the share comes back, rounded down."""
    share, days, repaired = drawn.repair_share[draw], drawn.repair_days[draw], out.repaired[draw]
    stock = scratch.stock
    for r in range(len(days)):
        if day >= days[r]:
            k = plan.repairing[r]
            back = ((scratch.used_by[r][day - days[r]] * share[r]) >> BITS) - repaired[k]
            stock[k] += back
            repaired[k] += back


def _arrive(plan: Plan, scratch: _Scratch, out: Results, draw: int, day: int) -> None:
    delivered, in_time, lost = out.delivered[draw], out.in_time[draw], out.lost[draw]
    at = scratch.arrivals[day]
    while at >= 0:
        gift, good = scratch.what[at], scratch.good[at]
        scratch.stock[plan.receiver[gift]] += good
        delivered[gift] += good
        lost[gift] += scratch.gone[at]
        if day <= plan.due[gift]:
            in_time[gift] += good
        at = scratch.later[at]


def _give(
    plan: Plan, drawn: Drawn, scratch: _Scratch, out: Results, draw: int, day: int, count: int,
    sent: int,
) -> tuple[int, int]:  # fmt: skip
    """Let gifts leave; return how many are still under way, and how many consignments were sent."""
    promised, first, span = drawn.promised[draw], drawn.gift_day[draw], drawn.gift_span[draw]
    floor, lossy, travel = drawn.floor[draw], drawn.lossy[draw], drawn.travel[draw]
    given, dug = out.given[draw], out.dug[draw]
    stock, waiting = scratch.stock, scratch.waiting
    left = 0
    for i in range(count):
        g = waiting[i]
        k, before = plan.giver[g], given[g]
        spare = max(stock[k] - floor[k], 0)
        most = stock[k] if plan.below[g] > 0 else spare
        now = before
        if most > 0:
            now += min(_released(promised[g], day, first[g], span[g]) - before, most)
        if now > before:
            stock[k] -= now - before
            given[g] = now
            dug[g] += max(now - before - spare, 0)
            if day + travel[g] < len(scratch.arrivals):
                _send(scratch, sent, day + travel[g], g, before, now, lossy[g])
                sent += 1
        if now < promised[g]:
            waiting[left] = g
            left += 1
    return left, sent


def _send(
    scratch: _Scratch, at: int, there: int, gift: int, before: int, now: int, lossy: int
) -> None:
    """Put a consignment on its way; of all that was given the share lost is lost, rounded down."""
    lost = ((now * lossy) >> BITS) - ((before * lossy) >> BITS)
    scratch.later[at] = scratch.arrivals[there]
    scratch.what[at] = gift
    scratch.good[at] = now - before - lost
    scratch.gone[at] = lost
    scratch.arrivals[there] = at


def _use(stock: Ints, use: Ints, wanted: Ints, used: Ints) -> None:
    for k in range(len(stock)):
        before = wanted[k]
        after = before + use[k]
        wanted[k] = after
        taken = min((after >> BITS) - (before >> BITS), stock[k])
        stock[k] -= taken
        used[k] += taken


def _miss(day: int, wanted: Ints, used: Ints, outrun_day: Ints) -> None:
    for k in range(len(used)):
        lacking = wanted[k] >> BITS > used[k]
        outrun_day[k] = day if lacking and outrun_day[k] < 0 else outrun_day[k]


def _look(day: int, stock: Ints, floor: Ints, floor_day: Ints) -> None:
    for k in range(len(stock)):
        floor_day[k] = day if stock[k] <= floor[k] and floor_day[k] < 0 else floor_day[k]


KERNEL = Kernel(_play)
