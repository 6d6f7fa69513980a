"""Stocks from day to day, compiled: one draw at a time.

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
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.scenario.compiled import compiled
from foedus.scenario.sustainment.arrays import BITS, FINE, Drawn, Ints, Plan, Results, empty_results

__all__ = ["run_stocks"]

_MASK = FINE - 1


def run_stocks(plan: Plan, drawn: Drawn) -> Results:
    """Return what comes of every draw. The compiled part leaves Python's lock to others."""
    out = empty_results(plan, drawn)
    scratch = _scratch(plan, drawn)
    for draw in range(len(drawn.opening)):
        # rows are taken here: taking them in the compiled part doubles the time to compile it
        _one_draw(*plan, *(a[draw] for a in drawn), *(a[draw] for a in out), *scratch)
    return out


class _Scratch(NamedTuple):
    """Memory that every draw uses anew."""

    stock: Ints
    rate: Ints
    made: Ints
    """[stock] what production has of the next item, in parts."""
    wanted: Ints
    """[stock] what use has of the next item, in parts."""
    asked: Ints
    """[stock] items wanted today."""
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
    consignment: Ints
    """[consignment, (next of the same day, gift, items that arrive, items lost)]"""


def _scratch(plan: Plan, drawn: Drawn) -> _Scratch:
    days, stocks = len(plan.period), drawn.opening.shape[1]
    orders, gifts = len(plan.order_to), len(plan.giver)
    sizes = {
        "used_by": (len(plan.repairing), days), "started": (days,), "following": (gifts,),
        "orders": (days,), "next_order": (orders,), "waiting": (gifts,), "ordered": (orders,),
        "arrivals": (days,), "consignment": (gifts * days, 4),
    }  # fmt: skip
    fields = _Scratch._fields
    return _Scratch(*(np.empty(sizes.get(name, (stocks,)), np.int64) for name in fields))


@compiled
def _one_draw(  # type: ignore[no-untyped-def]
    # Plan
    period, kept, order_to, giver, receiver, below, due, repairing,
    # Drawn, the draw's row of each
    opening, floor, first_rate, step, final, ramp_from, ramp_to, use, order_day, order_size,
    order_span, promised, gift_day, gift_span, travel, lossy, repair_share, repair_days,
    # Results, the draw's row of each
    evenings, last, floor_day, outrun_day, unmet, produced, bought, repaired, used, given,
    delivered, in_time, lost, dug,
    # _Scratch
    stock, rate, made, wanted, asked, used_by, started, following, orders, next_order, waiting,
    ordered, arrivals, consignment,
):  # fmt: skip
    _copy(opening, stock)
    _fill(made, 0)
    _fill(wanted, 0)
    _fill(arrivals, -1)
    _first_rates(rate, first_rate, step, final, ramp_from, ramp_to)
    _by_day(order_day, orders, next_order)
    _by_day(gift_day, started, following)
    # how many orders and gifts are under way, and how many consignments have been sent
    buying, giving, sent = np.int64(0), np.int64(0), np.int64(0)
    for day in range(len(period)):
        _produce(stock, rate, made, produced)
        _grow(day, rate, step, final, ramp_from, ramp_to)
        if orders[day] >= 0:
            buying = _join(orders[day], next_order, ordered, buying)
        if buying:
            buying = _buy(
                day, order_to, order_size, order_day, order_span, stock, bought, ordered, buying
            )
        _repair(day, repairing, repair_days, repair_share, used_by, stock, repaired)
        if arrivals[day] >= 0:
            _arrive(day, arrivals[day], consignment, receiver, due, stock, delivered, lost, in_time)
        if started[day] >= 0:
            giving = _join(started[day], following, waiting, giving)
        if giving:
            giving, sent = _give(
                day, giver, below, promised, gift_day, gift_span, travel, lossy, stock, floor,
                given, dug, waiting, giving, arrivals, consignment, sent,
            )  # fmt: skip
        _want(wanted, use[period[day]], asked)
        _use(stock, asked, used, unmet)
        _note_used(day, repairing, used, used_by)
        _miss(day, unmet, outrun_day)
        _look(day, stock, floor, floor_day)
        if kept[day] >= 0:
            _copy(stock, evenings[kept[day]])
    _copy(stock, last)


@compiled
def _copy(source, target):  # type: ignore[no-untyped-def]
    # a loop: NumPy's assignment compiles its error messages too, for seconds
    for k in range(len(target)):
        target[k] = source[k]


@compiled
def _fill(target, value):  # type: ignore[no-untyped-def]
    for k in range(len(target)):
        target[k] = value


@compiled
def _first_rates(rate, first_rate, step, final, first, last):  # type: ignore[no-untyped-def]
    """Set the rates of the first day: a ramp may have begun before it."""
    for k in range(len(rate)):
        begun = first_rate[k] + step[k] * max(-first[k], 0)
        rate[k] = final[k] if last[k] <= 0 else begun


@compiled
def _by_day(days, heads, following):  # type: ignore[no-untyped-def]
    """Chain what begins on the same day, in the order of the file; what began before, on the first."""
    _fill(heads, -1)
    for i in range(len(days) - 1, -1, -1):
        day = max(days[i], 0)
        if day < len(heads):
            following[i] = heads[day]
            heads[day] = i


@compiled
def _join(first, following, under_way, count):  # type: ignore[no-untyped-def]
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


@compiled
def _produce(stock, rate, made, produced):  # type: ignore[no-untyped-def]
    for k in range(len(stock)):
        parts = made[k] + rate[k]
        whole = parts >> BITS
        made[k] = parts & _MASK
        stock[k] += whole
        produced[k] += whole


@compiled
def _grow(day, rate, step, final, first, last):  # type: ignore[no-untyped-def]
    """Set the rates of production that hold tomorrow."""
    for k in range(len(rate)):
        grown = rate[k] + (step[k] if day >= first[k] else 0)
        rate[k] = final[k] if day + 1 >= last[k] else grown


@compiled
def _released(size, day, first, span):  # type: ignore[no-untyped-def]
    """Return how many of ``size`` are due by now: as even a share each day as whole items allow."""
    passed = day - first + 1
    return size if passed >= span else size * passed // span


@compiled
def _buy(day, to, size, first, span, stock, bought, ordered, count):  # type: ignore[no-untyped-def]
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


@compiled
def _repair(day, repairing, days, share, used_by, stock, repaired):  # type: ignore[no-untyped-def]
    """Of all that was used up to then the share comes back, rounded down."""
    for r in range(len(repairing)):
        if day >= days[r]:
            k = repairing[r]
            back = ((used_by[r, day - days[r]] * share[r]) >> BITS) - repaired[k]
            stock[k] += back
            repaired[k] += back


@compiled
def _note_used(day, repairing, used, used_by):  # type: ignore[no-untyped-def]
    for r in range(len(repairing)):
        used_by[r, day] = used[repairing[r]]


@compiled
def _arrive(day, first, sent, to, due, stock, delivered, lost, in_time):  # type: ignore[no-untyped-def]
    at = first
    while at >= 0:
        gift, good = sent[at, 1], sent[at, 2]
        stock[to[gift]] += good
        delivered[gift] += good
        lost[gift] += sent[at, 3]
        if day <= due[gift]:
            in_time[gift] += good
        at = sent[at, 0]


@compiled
def _give(  # type: ignore[no-untyped-def]
    day, giver, below, promised, first, span, travel, lossy, stock, floor, given, dug, waiting,
    count, arrivals, consignment, sent,
):  # fmt: skip
    left = 0
    for i in range(count):
        g, k, before = waiting[i], giver[waiting[i]], given[waiting[i]]
        spare = max(stock[k] - floor[k], 0)
        most = stock[k] if below[g] else spare
        now = before
        if most > 0:
            now += min(_released(promised[g], day, first[g], span[g]) - before, most)
        if now > before:
            stock[k] -= now - before
            given[g] = now
            dug[g] += max(now - before - spare, 0)
            if day + travel[g] < len(arrivals):
                _send(day + travel[g], g, before, now, lossy[g], arrivals, consignment, sent)
                sent += 1
        if now < promised[g]:
            waiting[left] = g
            left += 1
    return left, sent


@compiled
def _send(there, gift, before, now, lossy, arrivals, consignment, at):  # type: ignore[no-untyped-def]
    """Put a consignment on its way; of all that was given the share lost is lost, rounded down."""
    lost = ((now * lossy) >> BITS) - ((before * lossy) >> BITS)
    consignment[at, 0] = arrivals[there]
    consignment[at, 1] = gift
    consignment[at, 2] = now - before - lost
    consignment[at, 3] = lost
    arrivals[there] = at


@compiled
def _want(carry, use, asked):  # type: ignore[no-untyped-def]
    for k in range(len(carry)):
        parts = carry[k] + use[k]
        asked[k] = parts >> BITS
        carry[k] = parts & _MASK


@compiled
def _use(stock, asked, used, unmet):  # type: ignore[no-untyped-def]
    for k in range(len(stock)):
        taken = min(asked[k], stock[k])
        stock[k] -= taken
        used[k] += taken
        unmet[k] += asked[k] - taken


@compiled
def _look(day, stock, floor, floor_day):  # type: ignore[no-untyped-def]
    for k in range(len(stock)):
        floor_day[k] = day if stock[k] <= floor[k] and floor_day[k] < 0 else floor_day[k]


@compiled
def _miss(day, unmet, outrun_day):  # type: ignore[no-untyped-def]
    for k in range(len(unmet)):
        outrun_day[k] = day if unmet[k] > 0 and outrun_day[k] < 0 else outrun_day[k]
