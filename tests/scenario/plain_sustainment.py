"""Sustainment, written plainly: one SimPy process that steps the days, NumPy over draws and stocks.

It reads the arrays that the compiled kernel reads and must give the same results to the last item. It is
also the rival that the kernel is measured against (`benchmarks/scenario_stocks.py`): all draws handed in
are worked at once, so that one draw is vectorised over members × classes, and many over draws too.
Gifts of different givers do not touch each other on one day, so each giver's first is worked with
the others' firsts, and so on.
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
        self.every = np.arange(len(self.stock))[:, None]
        length, gifts = len(plan.period), len(plan.giver)
        self.used_by = np.zeros((length, len(self.stock), len(plan.repairing)), np.int64)
        # what is on the way, by the day of its arrival
        self.good = np.zeros((length, len(self.stock), gifts), np.int64)
        self.bad = np.zeros_like(self.good)
        self.due_to_arrive = np.zeros(length, bool)
        self.begin = drawn.gift_day.min(axis=0, initial=length)
        self.open = np.ones(gifts, bool)
        before = [int((plan.giver[:g] == plan.giver[g]).sum()) for g in range(gifts)]
        self.rounds = [
            np.flatnonzero(np.equal(before, r)) for r in range(max(before, default=-1) + 1)
        ]
        self.coming = drawn.order_day.min(axis=0, initial=length)
        self.over = (drawn.order_day + drawn.order_span).max(axis=0, initial=0)

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
        now = np.flatnonzero((self.coming <= day) & (day < self.over))
        if not len(now):
            return
        drawn = self.drawn
        to: Any = (slice(None), self.plan.order_to[now])
        size, first, span = (
            a[:, now] for a in (drawn.order_size, drawn.order_day, drawn.order_span)
        )
        came = _due(size, day, first, span) - _due(size, day - 1, first, span)
        np.add.at(self.stock, to, came)
        np.add.at(self.out.bought, to, came)

    def repair(self, day: int) -> None:
        to = self.plan.repairing
        then = day - self.drawn.repair_days
        used = self.used_by[np.maximum(then, 0), self.every, np.arange(len(to))]
        due = np.where(then >= 0, used, 0) * self.drawn.repair_share >> BITS
        back = due - self.out.repaired[:, to]
        self.stock[:, to] += back
        self.out.repaired[:, to] += back

    def arrive(self, day: int) -> None:
        if not self.due_to_arrive[day]:
            return
        good, out = self.good[day], self.out
        out.delivered[:] += good
        out.lost[:] += self.bad[day]
        out.in_time[:] += np.where(day <= self.plan.due, good, 0)
        to: Any = (slice(None), self.plan.receiver)
        np.add.at(self.stock, to, good)

    def give(self, day: int) -> None:
        under_way = self.open & (self.begin <= day)
        if not under_way.any():
            return
        drawn, out = self.drawn, self.out
        for some in self.rounds:
            now = some[under_way[some]]
            if not len(now):
                continue
            size, given, giver = drawn.promised[:, now], out.given[:, now], self.plan.giver[now]
            due = _due(size, day, drawn.gift_day[:, now], drawn.gift_span[:, now])
            held = self.stock[:, giver]
            spare = np.maximum(held - drawn.floor[:, giver], 0)
            amount = np.minimum(due - given, np.where(self.plan.below[now], held, spare))
            if amount.any():
                self.send(day, now, amount, given)
                self.stock[:, giver] -= amount
                out.given[:, now] += amount
                out.dug[:, now] += np.maximum(amount - spare, 0)
                self.open[now] = (given + amount < size).any(axis=0)
            else:
                self.open[now] = (given < size).any(axis=0)

    def send(self, day: int, now: Ints, amount: Ints, before: Ints) -> None:
        share = self.drawn.lossy[:, now]
        lost = ((before + amount) * share >> BITS) - (before * share >> BITS)
        there = day + self.drawn.travel[:, now]
        draw, gift = np.nonzero((there < len(self.plan.period)) & (amount > 0))
        at = (there[draw, gift], draw, now[gift])
        self.good[at] = (amount - lost)[draw, gift]
        self.bad[at] = lost[draw, gift]
        self.due_to_arrive[at[0]] = True

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
