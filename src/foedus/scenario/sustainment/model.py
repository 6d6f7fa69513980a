"""Stocks of members by class of items, and what comes to them and leaves them, as a model that draws run.

Comes in: what :mod:`foedus.scenario.sustainment.declare` read. Goes out: columns of draws
(:meth:`Sustainment.run`), answers, and what to show.

How drawn numbers become whole ones, always in the direction written here: items (stocks, floors, sizes,
quantities) to the nearest, halves to the even one; the share of a promise that is kept, of the
promised items, to the nearest; rates a day and other shares to the nearest 2**-20 of an item; times
(delays, lead times, lengths) up to the next whole day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.assumptions import Value
from foedus.scenario.draws import Draws
from foedus.scenario.model import Axis, Columns, Part, Text
from foedus.scenario.sustainment.arrays import FINE, NEVER, Drawn, Ints, Plan
from foedus.scenario.sustainment.asked import Asked, answer

__all__ = ["Gift", "Order", "Repair", "Stock", "Sustainment", "Use"]

_MOST, _LONGEST = 1_000_000_000, 100_000
"""The most items and the longest time that are counted: beyond, whole numbers could overflow."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """Bought from outside: it comes ``lead`` days after it was placed, evenly over ``over`` days."""

    placed: Value
    size: Value
    lead: Value
    over: Value


@dataclass(frozen=True, kw_only=True)
class Repair:
    """The share of what was used that comes back, and after how many days."""

    share: Value
    delay: Value


@dataclass(frozen=True, kw_only=True)
class Use:
    """What is wanted a day: ``rates`` from a day on; each spell of days is drawn ± ``varying`` of it."""

    rates: tuple[tuple[int, Value], ...]
    spell: int
    varying: Value


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A member's holding of one class of items. The floor is its own need, and ``lasts`` so many days."""

    member: str
    kind: str
    unit: str
    member_title: Text
    kind_title: Text
    opening: Value
    floor: Value
    lasts: Value
    rate: Value
    ramp_from: Value
    ramp_length: Value
    final: Value
    orders: tuple[Order, ...] = ()
    repair: Repair | None = None
    use: Use | None = None

    @property
    def name(self) -> str:
        """Member and class."""
        return f"{self.member} {self.kind}"


@dataclass(frozen=True, kw_only=True)
class Gift:
    """A donation: ``giver`` and ``receiver`` are numbers of stocks, ``facts`` what the ledger tells."""

    name: str
    title: Text
    giver: int
    receiver: int
    promised: Value
    quantity: Value
    share: Value
    after: Value
    over: Value
    delay: Value
    lost: Value
    due: int
    below_floor: bool
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sustainment:
    """The section, ready to run. ``every``: evenings are written down each so many days."""

    days: int
    every: int
    stocks: tuple[Stock, ...]
    gifts: tuple[Gift, ...]
    asks: tuple[Asked, ...]
    notes: tuple[Text, ...] = field(default=())

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Every quantity by its name: ``UKR shells: use 0``, ``promise-1: quantity``."""
        found: dict[str, Value] = {}
        for stock in self.stocks:
            found |= {f"{stock.name}: {key}": value for key, value in _values_of(stock)}
        for gift in self.gifts:
            for key in ("quantity", "promised", "share", "after", "over", "delay", "lost"):
                found[f"{gift.name}: {key}"] = getattr(gift, key)
        return found

    @cached_property
    def kept(self) -> tuple[int, ...]:
        """The days whose evenings are written down: each ``every``, the last, and those asked about."""
        asked = {a.day for a in self.asks if a.kind == "stock"}
        return tuple(sorted({*range(0, self.days, self.every), self.days - 1, *asked}))

    @property
    def axes(self) -> Mapping[str, tuple[Axis, ...]]:
        """For each column its axes after the first."""
        stocks = Axis("stock", tuple(s.name for s in self.stocks))
        gifts = Axis("donation", tuple(g.name for g in self.gifts))
        of_gifts = ("given", "delivered", "in_time", "lost", "below_floor", "cost")
        found: dict[str, tuple[Axis, ...]] = {"stock": (Axis("day", self.kept), stocks)}
        found |= dict.fromkeys(("opening", "floor", *_BY_STOCK), (stocks,))
        return found | dict.fromkeys(of_gifts, (gifts,))

    def expect(self, draws: int) -> None:
        """Have the kernel compiled if so many draws are worth it."""
        from foedus.scenario.sustainment.kernel import KERNEL
        from foedus.scenario.sustainment.wide import seconds

        KERNEL.expect(seconds(self.plan(), draws, len(self.stocks)))

    def run(self, draws: Draws) -> Columns:
        """Return the columns of these draws."""
        from foedus.scenario.sustainment.kernel import run_stocks

        plan, drawn = self.plan(), self.drawn(draws)
        found = run_stocks(plan, drawn)
        columns: Columns = {"stock": found.stock, "opening": drawn.opening, "floor": drawn.floor}
        columns |= {name: getattr(found, name) for name in _BY_STOCK}
        for name in ("floor_day", "outrun_day"):
            days = columns[name].astype(np.float64)
            columns[name] = np.where(columns[name] == NEVER, np.inf, days)
        columns |= {n: getattr(found, n) for n in ("given", "delivered", "in_time", "lost")}
        columns["below_floor"] = found.dug
        columns["cost"] = self._cost(found.given, drawn, draws)
        return columns

    @property
    def asked(self) -> Mapping[str, str]:
        """The unit of the answer to each entry of ``ask:``."""
        return {asked.name: asked.unit for asked in self.asks}

    def answers(self, columns: Columns) -> Mapping[str, NDArray[np.float64]]:
        """Return what each entry of ``ask:`` comes to in each draw."""
        return {asked.name: answer(asked, columns, self.kept) for asked in self.asks}

    def outcome(self, columns: Columns, draws: Draws) -> Part:  # noqa: ARG002
        """Return what to show, from all columns."""
        from foedus.scenario.sustainment.outcome import shown

        return shown(self, columns)

    def _cost(self, given: Ints, drawn: Drawn, draws: Draws) -> NDArray[np.float64]:
        """Return what each gift costs its giver in days of its own readiness; nan where it has no floor.

        The floor is what the giver needs to last ``lasts`` days; a day of its readiness is so many
        items less, and a gift costs as many days as it has of these.
        """
        givers = [g.giver for g in self.gifts]
        lasts = np.stack([draws.of(s.lasts) for s in self.stocks], axis=1)[:, givers]
        floors = drawn.floor[:, givers].astype(np.float64)
        cost = np.full(given.shape, np.nan)
        np.divide(given * lasts, floors, out=cost, where=floors > 0)
        return cost

    def plan(self) -> Plan:
        """Return what is the same in every draw."""
        kept = np.full(self.days, -1, np.int64)
        kept[list(self.kept)] = np.arange(len(self.kept))
        numbers = range(len(self.stocks))
        return Plan(
            period=np.searchsorted(self._periods, np.arange(self.days), "right") - 1, kept=kept,
            order_to=_ints([k for k in numbers for _ in self.stocks[k].orders]),
            giver=_ints([g.giver for g in self.gifts]),
            receiver=_ints([g.receiver for g in self.gifts]),
            below=_ints([int(g.below_floor) for g in self.gifts]),
            due=_ints([g.due for g in self.gifts]),
            repairing=_ints([k for k in numbers if self.stocks[k].repair is not None]),
        )  # fmt: skip

    @cached_property
    def _periods(self) -> Ints:
        """The days on which somebody's use changes."""
        days = {0}
        for use in (s.use for s in self.stocks if s.use is not None):
            days.update(day for day, _ in use.rates)
            days.update(range(0, self.days, use.spell))
        return _ints(sorted(days))

    def drawn(self, draws: Draws) -> Drawn:
        """Return what differs from draw to draw, in whole numbers."""

        def row(values: Iterator[Value]) -> NDArray[np.float64]:
            columns = [draws.of(value) for value in values]
            return np.stack(columns, axis=1) if columns else np.empty((draws.count, 0))

        stocks, gifts = self.stocks, self.gifts
        orders = [o for s in stocks for o in s.orders]
        repairs = [s.repair for s in stocks if s.repair is not None]
        rate, final = (_parts(row(getattr(s, n) for s in stocks)) for n in ("rate", "final"))
        begins = _up(row(s.ramp_from for s in stocks))
        length = np.maximum(_up(row(s.ramp_length for s in stocks)), 1)
        kept = _items(row(g.quantity for g in gifts)) * row(g.share for g in gifts)
        return Drawn(
            opening=_items(row(s.opening for s in stocks)),
            floor=_items(row(s.floor for s in stocks)),
            rate=rate, final=final, step=(final - rate) // length, ramp_from=begins,
            ramp_to=begins + length, use=self._use(draws),
            order_day=_up(row(o.placed for o in orders) + row(o.lead for o in orders)),
            order_size=_items(row(o.size for o in orders)),
            order_span=np.maximum(_up(row(o.over for o in orders)), 1),
            promised=_items(kept),
            gift_day=_up(row(g.promised for g in gifts) + row(g.after for g in gifts)),
            gift_span=np.maximum(_up(row(g.over for g in gifts)), 1),
            travel=np.maximum(_up(row(g.delay for g in gifts)), 1),
            lossy=_parts(row(g.lost for g in gifts)),
            repair_share=_parts(row(r.share for r in repairs)),
            repair_days=np.maximum(_up(row(r.delay for r in repairs)), 1),
        )  # fmt: skip

    def _use(self, draws: Draws) -> Ints:
        """Return what is wanted a day in each period: the rate of its day, drawn anew each spell."""
        found = np.zeros((draws.count, len(self._periods), len(self.stocks)))
        for k, stock in enumerate(self.stocks):
            if stock.use is None:
                continue
            use = stock.use
            rates = np.stack([draws.of(rate) for _, rate in use.rates], axis=1)
            begun = [day for day, _ in use.rates]
            wanted = rates[:, np.searchsorted(begun, self._periods, "right") - 1]
            chance = draws.uniform(f"use of {stock.name}", (-(-self.days // use.spell),))
            swing = (2 * chance - 1) * draws.of(use.varying)[:, None]
            found[:, :, k] = wanted * (1 + swing[:, self._periods // use.spell])
        return _parts(found)


_BY_STOCK = (
    "last", "floor_day", "outrun_day", "unmet", "produced", "bought", "repaired", "used",
)  # fmt: skip


def _values_of(stock: Stock) -> Iterator[tuple[str, Value]]:
    for key in ("opening", "floor", "lasts", "rate", "ramp_from", "ramp_length", "final"):
        yield key, getattr(stock, key)
    for at, order in enumerate(stock.orders):
        yield from ((f"order {at} {k}", getattr(order, k)) for k in ("size", "lead", "over"))
    if stock.repair is not None:
        yield from (("repair share", stock.repair.share), ("repair delay", stock.repair.delay))
    if stock.use is not None:
        yield from ((f"use {at}", rate) for at, (_, rate) in enumerate(stock.use.rates))
        yield "use varying", stock.use.varying


def _ints(values: list[int]) -> Ints:
    return np.asarray(values, np.int64)


def _items(values: NDArray[np.float64]) -> Ints:
    """Whole items: the nearest, halves to the even one."""
    return np.asarray(np.rint(np.minimum(values, _MOST)), np.int64)


def _parts(values: NDArray[np.float64]) -> Ints:
    """Rates and shares in parts of an item: the nearest."""
    return np.asarray(np.rint(np.minimum(values, _MOST) * FINE), np.int64)


def _up(values: NDArray[np.float64]) -> Ints:
    """Times in whole days: the next."""
    return np.asarray(np.ceil(np.clip(values, -_LONGEST, _LONGEST)), np.int64)
