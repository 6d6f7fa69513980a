"""Sustainment, written plainly: one SimPy process that steps the days, NumPy over draws and stocks.

It reads the arrays that the compiled kernel reads and must give the same results to the last item. It is
also the rival that the kernel is measured against (`benchmarks/scenario_stocks.py`): all draws handed in
are worked at once, so that one draw is vectorised over members × classes, and many over draws too.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from foedus.scenario.sustainment.arrays import (
    BITS,
    FINE,
    NEVER,
    Drawn,
    Ints,
    Plan,
    Results,
    empty_results,
)


def run_plainly(plan: Plan, drawn: Drawn) -> Results:
    """Return what comes of every draw."""
    world = _World(plan, drawn)
    environment = simpy.Environment()
    environment.process(world.days(environment))
    environment.run()
    world.out.last[:] = world.stock
    return world.out


class _World:
    def __init__(self, plan: Plan, drawn: Drawn) -> None:
        self.plan, self.drawn = plan, drawn
        self.out = empty_results(plan, drawn)
        self.stock = drawn.opening.copy()
        self.made = np.zeros_like(self.stock)
        self.wanted = np.zeros_like(self.stock)
        self.every = np.arange(len(self.stock))
        length = len(plan.period)
        self.used_by = np.zeros((length, len(self.stock), len(plan.repairing)), np.int64)
        # what is on the way, by the day of its arrival
        self.good = np.zeros((length, len(self.stock), len(plan.giver)), np.int64)
        self.bad = np.zeros_like(self.good)
        begin = drawn.gift_day.min(axis=0, initial=length)
        self.begun = [np.flatnonzero(begin <= day) for day in range(length)]
        self.done = np.zeros(len(plan.giver), bool)
        coming = drawn.order_day.min(axis=0, initial=length)
        over = (drawn.order_day + drawn.order_span).max(axis=0, initial=0)
        self.ordered = [np.flatnonzero((coming <= d) & (d < over)) for d in range(length)]

    def days(self, environment: simpy.Environment) -> Generator[Any, None, None]:
        for day in range(len(self.plan.period)):
            self.produce(day)
            self.buy(day)
            self.repair(day)
            self.arrive(day)
            self.give(day)
            self.use(day)
            self.look(day)
            yield environment.timeout(1)

    def produce(self, day: int) -> None:
        drawn = self.drawn
        grown = drawn.rate + drawn.step * np.maximum(day - drawn.ramp_from, 0)
        self.made += np.where(day >= drawn.ramp_to, drawn.final, grown)
        whole = self.made >> BITS
        self.made &= FINE - 1
        self.stock += whole
        self.out.produced[:] += whole

    def buy(self, day: int) -> None:
        drawn = self.drawn
        for order in self.ordered[day]:
            size, first = drawn.order_size[:, order], drawn.order_day[:, order]
            span = drawn.order_span[:, order]
            came = _due(size, day, first, span) - _due(size, day - 1, first, span)
            to = self.plan.order_to[order]
            self.stock[:, to] += came
            self.out.bought[:, to] += came

    def repair(self, day: int) -> None:
        for number, to in enumerate(self.plan.repairing):
            then = day - self.drawn.repair_days[:, number]
            used = np.where(then >= 0, self.used_by[np.maximum(then, 0), self.every, number], 0)
            back = (used * self.drawn.repair_share[:, number] >> BITS) - self.out.repaired[:, to]
            self.stock[:, to] += back
            self.out.repaired[:, to] += back

    def arrive(self, day: int) -> None:
        good, out = self.good[day], self.out
        if not good.any() and not self.bad[day].any():
            return
        out.delivered[:] += good
        out.lost[:] += self.bad[day]
        out.in_time[:] += np.where(day <= self.plan.due, good, 0)
        np.add.at(self.stock, (slice(None), self.plan.receiver), good)

    def give(self, day: int) -> None:
        drawn, out = self.drawn, self.out
        for gift in self.begun[day]:
            if self.done[gift]:
                continue
            size, given = drawn.promised[:, gift], out.given[:, gift]
            due = _due(size, day, drawn.gift_day[:, gift], drawn.gift_span[:, gift])
            giver = self.plan.giver[gift]
            held = self.stock[:, giver]
            spare = np.maximum(held - drawn.floor[:, giver], 0)
            amount = np.minimum(due - given, held if self.plan.below[gift] else spare)
            if amount.any():
                self.send(day, int(gift), amount)
                self.stock[:, giver] -= amount
                out.given[:, gift] += amount
                out.dug[:, gift] += np.maximum(amount - spare, 0)
            self.done[gift] = bool((out.given[:, gift] >= size).all())

    def send(self, day: int, gift: int, amount: Ints) -> None:
        share, before = self.drawn.lossy[:, gift], self.out.given[:, gift]
        lost = ((before + amount) * share >> BITS) - (before * share >> BITS)
        there = day + self.drawn.travel[:, gift]
        inside = there < len(self.plan.period)
        self.good[there[inside], self.every[inside], gift] = (amount - lost)[inside]
        self.bad[there[inside], self.every[inside], gift] = lost[inside]

    def use(self, day: int) -> None:
        out = self.out
        self.wanted += self.drawn.use[:, self.plan.period[day]]
        asked = self.wanted >> BITS
        self.wanted &= FINE - 1
        taken = np.minimum(asked, self.stock)
        self.stock -= taken
        out.used[:] += taken
        missing = asked - taken
        out.unmet[:] += missing
        np.copyto(out.outrun_day, day, where=(missing > 0) & (out.outrun_day == NEVER))
        self.used_by[day] = out.used[:, self.plan.repairing]

    def look(self, day: int) -> None:
        reached = (self.stock <= self.drawn.floor) & (self.out.floor_day == NEVER)
        np.copyto(self.out.floor_day, day, where=reached)
        if self.plan.kept[day] >= 0:
            self.out.stock[:, self.plan.kept[day]] = self.stock


def _due(size: Ints, day: int, first: Ints, span: Ints) -> Ints:
    """Return how many of ``size`` are due by the evening of ``day``."""
    passed = np.clip(day - first + 1, 0, span)
    due: Ints = size * passed // span
    return due
