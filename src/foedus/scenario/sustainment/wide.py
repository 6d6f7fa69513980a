"""Stocks from day to day, all draws together: what small runs use while nothing is compiled.

Comes in: :class:`Plan` and :class:`Drawn`. Goes out: :class:`Results`, the same as those of
:mod:`foedus.scenario.sustainment.kernel`, whose five steps a day these are. Rows are of draws, worked
by NumPy: with few stocks that takes a moment, with many the kernel is tens of times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.sustainment.arrays import (
    BITS,
    NEVER,
    Drawn,
    Ints,
    Plan,
    Results,
    empty_results,
)

__all__ = ["run_wide", "seconds"]

_STEP, _ITEM = 3e-6, 1.5e-9
"""Seconds that NumPy takes for a step, and for each number in it: roughly."""


def seconds(plan: Plan, draws: int, stocks: int) -> float:
    """Return about how long so many draws take."""
    steps = 25 + 8 * (len(plan.order_to) + len(plan.repairing)) + 15 * len(plan.giver)
    numbers = 25 * stocks + steps - 25
    return len(plan.period) * (steps * _STEP + numbers * draws * _ITEM)


def run_wide(plan: Plan, drawn: Drawn) -> Results:
    """Return what comes of every draw."""
    rows = Drawn(*(np.ascontiguousarray(np.moveaxis(a, 0, -1)) for a in drawn))
    empty = empty_results(plan, drawn)
    out = Results(*(np.ascontiguousarray(np.moveaxis(a, 0, -1)) for a in empty))
    world = _World(plan, rows, out)
    for day in range(len(plan.period)):
        world.pass_day(day)
    out.last[:] = world.stock
    out.produced[:] = world.made >> BITS
    out.unmet[:] = (world.wanted >> BITS) - out.used
    return Results(*(np.ascontiguousarray(np.moveaxis(a, -1, 0)) for a in out))


@dataclass(frozen=True)
class _World:
    """Where everything stands; the last axis of every array is the draw."""

    plan: Plan
    drawn: Drawn
    out: Results
    done: set[int] = field(default_factory=set)
    """Gifts that are given in full in every draw."""

    @cached_property
    def stock(self) -> Ints:
        return self.drawn.opening.copy()

    @cached_property
    def made(self) -> Ints:
        """[stock, draw] what production has made since the start, in parts."""
        return np.zeros_like(self.stock)

    @cached_property
    def wanted(self) -> Ints:
        return np.zeros_like(self.stock)

    @cached_property
    def used_by(self) -> Ints:
        """[repair, day, draw] items used up to and with the day."""
        return self._by_day(len(self.plan.repairing))

    @cached_property
    def good(self) -> Ints:
        """[gift, day, draw] items that arrive on the day."""
        return self._by_day(len(self.plan.giver))

    @cached_property
    def gone(self) -> Ints:
        """[gift, day, draw] items that were lost of what arrives on the day."""
        return self._by_day(len(self.plan.giver))

    def _by_day(self, count: int) -> Ints:
        return np.zeros((count, len(self.plan.period), self.stock.shape[-1]), np.int64)

    def pass_day(self, day: int) -> None:
        """Let a day pass; orders and gifts come in the order of the file."""
        self._produce(day)
        for order in range(len(self.plan.order_to)):
            self._buy(day, order)
        for repair in range(len(self.plan.repairing)):
            self._repair(day, repair)
        for gift in range(len(self.plan.giver)):
            self._arrive(day, gift)
        for gift in range(len(self.plan.giver)):
            if gift not in self.done and (self.drawn.gift_day[gift] <= day).any():
                self._give(day, gift)
        self._use(day)
        self._look(day)

    def _produce(self, day: int) -> None:
        drawn, before = self.drawn, self.made >> BITS
        grown = drawn.rate + drawn.step * np.maximum(day - drawn.ramp_from, 0)
        self.made[:] += np.where(day >= drawn.ramp_to, drawn.final, grown)
        self.stock[:] += (self.made >> BITS) - before

    def _buy(self, day: int, order: int) -> None:
        drawn = self.drawn
        told = drawn.order_size[order], drawn.order_day[order], drawn.order_span[order]
        came = _due(day, *told) - _due(day - 1, *told)
        self.stock[self.plan.order_to[order]] += came
        self.out.bought[self.plan.order_to[order]] += came

    def _repair(self, day: int, repair: int) -> None:
        to, then = self.plan.repairing[repair], day - self.drawn.repair_days[repair]
        used = self.used_by[repair, np.maximum(then, 0), np.arange(len(then))]
        due = (np.where(then >= 0, used, 0) * self.drawn.repair_share[repair]) >> BITS
        back = due - self.out.repaired[to]
        self.stock[to] += back
        self.out.repaired[to] += back

    def _arrive(self, day: int, gift: int) -> None:
        good, out = self.good[gift, day], self.out
        out.delivered[gift] += good
        out.lost[gift] += self.gone[gift, day]
        if day <= self.plan.due[gift]:
            out.in_time[gift] += good
        self.stock[self.plan.receiver[gift]] += good

    def _give(self, day: int, gift: int) -> None:
        drawn, out, giver = self.drawn, self.out, self.plan.giver[gift]
        size, given, held = drawn.promised[gift], out.given[gift], self.stock[giver]
        spare = np.maximum(held - drawn.floor[giver], 0)
        most = held if self.plan.below[gift] else spare
        due = _due(day, size, drawn.gift_day[gift], drawn.gift_span[gift])
        amount = np.minimum(due - given, most)
        if amount.any():
            self._send(day, gift, amount, given)
            out.dug[gift] += np.maximum(amount - spare, 0)
            out.given[gift] += amount
            self.stock[giver] -= amount
        if (out.given[gift] >= size).all():
            self.done.add(gift)

    def _send(self, day: int, gift: int, amount: Ints, before: Ints) -> None:
        share, there = self.drawn.lossy[gift], day + self.drawn.travel[gift]
        lost = (((before + amount) * share) >> BITS) - ((before * share) >> BITS)
        draw = np.flatnonzero(there < len(self.plan.period))
        # a gift that leaves on two days may arrive on one only if its time of travel changed: it does not
        self.good[gift, there[draw], draw] = (amount - lost)[draw]
        self.gone[gift, there[draw], draw] = lost[draw]

    def _use(self, day: int) -> None:
        before = self.wanted >> BITS
        self.wanted[:] += self.drawn.use[self.plan.period[day]]
        taken = np.minimum((self.wanted >> BITS) - before, self.stock)
        self.stock[:] -= taken
        self.out.used[:] += taken
        for repair, stock in enumerate(self.plan.repairing):
            self.used_by[repair, day] = self.out.used[stock]

    def _look(self, day: int) -> None:
        out = self.out
        _first(day, (self.wanted >> BITS) > out.used, out.outrun_day)
        _first(day, self.stock <= self.drawn.floor, out.floor_day)
        if self.plan.kept[day] >= 0:
            out.stock[self.plan.kept[day]] = self.stock


def _due(day: int, size: Ints, first: Ints, span: Ints) -> Ints:
    """Return how many of ``size`` are due by the day: as even a share each day as whole items allow."""
    due: Ints = size * np.clip(day - first + 1, 0, span) // span
    return due


def _first(day: int, happens: NDArray[np.bool_], days: Ints) -> None:
    np.copyto(days, day, where=happens & (days == NEVER))
