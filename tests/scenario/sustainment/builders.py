"""Made-up stocks for tests and for the benchmark: any number of them, of every kind of course."""

from __future__ import annotations

import numpy as np

from foedus.scenario.sustainment.arrays import FINE, Drawn, Ints, Plan


def made_up(
    seed: int, *, draws: int = 5, members: int = 4, classes: int = 2, days: int = 90,
    gifts: int = 12, orders: int = 6, every: int = 1,
) -> tuple[Plan, Drawn]:  # fmt: skip
    """Return a plan and draws of it; the same seed gives the same."""
    chance = np.random.default_rng(seed)
    stocks = members * classes
    spell = 30
    kept = np.where(np.arange(days) % every == 0, np.arange(days) // every, -1)
    giver, receiver = _couples(chance, members, classes, gifts)
    repairing = np.sort(chance.permutation(stocks)[: max(stocks // 4, 1)])
    plan = Plan(
        period=np.arange(days, dtype=np.int64) // spell, kept=kept.astype(np.int64),
        order_to=chance.integers(0, stocks, orders), giver=giver, receiver=receiver,
        below=chance.integers(0, 5, gifts) // 4, due=chance.integers(0, days, gifts),
        repairing=repairing,
    )  # fmt: skip
    return plan, _drawn(chance, plan, draws, stocks, days)


def _couples(
    chance: np.random.Generator, members: int, classes: int, gifts: int
) -> tuple[Ints, Ints]:
    """Return from which stock to which gifts go: of one class, between two members."""
    giving = chance.integers(0, members, gifts)
    taking = (giving + chance.integers(1, members, gifts)) % members
    kind = chance.integers(0, classes, gifts)
    return giving * classes + kind, taking * classes + kind


def _drawn(chance: np.random.Generator, plan: Plan, draws: int, stocks: int, days: int) -> Drawn:
    def whole(low: int, high: int, *shape: int) -> Ints:
        return chance.integers(low, high + 1, (draws, *shape))

    def parts(most: float, *shape: int) -> Ints:
        return np.rint(chance.uniform(0, most, (draws, *shape)) * FINE).astype(np.int64)

    gifts, orders, repairs = len(plan.giver), len(plan.order_to), len(plan.repairing)
    first, length = whole(-20, days, stocks), whole(1, days, stocks)
    rate, final = parts(20, stocks), parts(40, stocks)
    return Drawn(
        opening=whole(0, 4000, stocks), floor=whole(0, 1500, stocks),
        rate=rate, step=(final - rate) // length, final=final, ramp_from=first,
        ramp_to=first + length, use=parts(60, int(plan.period[-1]) + 1, stocks),
        order_day=whole(-20, days + 10, orders), order_size=whole(0, 900, orders),
        order_span=whole(1, 40, orders), promised=whole(0, 2500, gifts),
        gift_day=whole(0, days + 10, gifts), gift_span=whole(1, 60, gifts),
        travel=whole(1, 30, gifts), lossy=parts(0.2, gifts),
        repair_share=parts(0.6, repairs), repair_days=whole(1, 40, repairs),
    )  # fmt: skip
