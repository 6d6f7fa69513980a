"""What the kernel of sustainment reads and writes: whole numbers in plain arrays.

Comes in: nothing. Goes out: :class:`Plan` (the same in every draw), :class:`Drawn` (one row a draw) and
:class:`Results` (one row a draw), each a tuple of arrays, so that the kernel and the plain model that it
is tested against read the very same numbers.

A *stock* is one member's holding of one class of items, numbered in the order of the file; a *gift* is a
donation, an *order* something bought from outside. Items are whole and counted in int64. What is not
whole, rates a day and shares, is kept in :data:`FINE` parts of an item, so that every sum is exact and
the same on every machine.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["BITS", "FINE", "NEVER", "Drawn", "Ints", "Plan", "Results", "empty_results"]

BITS = 20
FINE = 1 << BITS
"""Parts of an item (2**20, about a million) in which rates a day and shares are kept."""
NEVER = -1
"""The day of what does not happen in the run."""

Ints = NDArray[np.int64]


class Plan(NamedTuple):
    """What is the same in every draw."""

    period: Ints
    """[day] the row of ``Drawn.use`` that holds on it; its length is the number of days."""
    kept: Ints
    """[day] the row of ``Results.stock`` that its evening is written to, or -1."""
    order_to: Ints
    """[order] the stock it comes to."""
    giver: Ints
    receiver: Ints
    """[gift] the stock it is taken from, and the one it comes to."""
    below: Ints
    """[gift] 1 where the giver goes below its floor for it, else 0."""
    due: Ints
    """[gift] the last day on which what arrives counts as in time."""
    repairing: Ints
    """[repair] the stock whose damaged items come back."""


class Drawn(NamedTuple):
    """What differs from draw to draw; the first axis is the draw."""

    opening: Ints
    floor: Ints
    rate: Ints
    """[draw, stock] production a day before its ramp, in parts of an item."""
    step: Ints
    """[draw, stock] what it grows by on each day of the ramp."""
    final: Ints
    """[draw, stock] production a day from the ramp's end."""
    ramp_from: Ints
    ramp_to: Ints
    """[draw, stock] the last day at the first rate, and the first day at the final one."""
    use: Ints
    """[draw, period, stock] what is wanted a day, in parts of an item."""
    order_day: Ints
    order_size: Ints
    order_span: Ints
    """[draw, order] the first day on which some of it comes, how many come, over how many days."""
    promised: Ints
    gift_day: Ints
    gift_span: Ints
    """[draw, gift] how many are to be given, from which day on, over how many days."""
    travel: Ints
    """[draw, gift] days on the way, at least 1."""
    lossy: Ints
    """[draw, gift] the share lost on the way, in parts."""
    repair_share: Ints
    repair_days: Ints
    """[draw, repair] the share of what was used that comes back, in parts, and after how many days."""


class Results(NamedTuple):
    """What comes of it; the first axis is the draw. Days are counted from 0, :data:`NEVER` is none."""

    stock: Ints
    """[draw, row, stock] items held on the evenings that ``Plan.kept`` asks for."""
    last: Ints
    """[draw, stock] items held on the last evening."""
    floor_day: Ints
    """[draw, stock] the first evening on which no more than the floor is left."""
    outrun_day: Ints
    """[draw, stock] the first day on which more is wanted than is there."""
    unmet: Ints
    produced: Ints
    bought: Ints
    repaired: Ints
    used: Ints
    """[draw, stock] items in the whole run."""
    given: Ints
    delivered: Ints
    in_time: Ints
    lost: Ints
    """[draw, gift] items that left the giver, arrived, arrived by the day due, and were lost."""
    dug: Ints
    """[draw, gift] items of it that were taken from below the giver's floor."""


def empty_results(plan: Plan, drawn: Drawn) -> Results:
    """Return results of the right shape: days never, counts 0, what is written down anyhow unset."""
    count, stocks = drawn.opening.shape
    gifts = len(plan.giver)
    rows = int(plan.kept.max(initial=-1)) + 1

    def zeros(*shape: int) -> Ints:
        return np.zeros((count, *shape), np.int64)

    return Results(
        stock=np.empty((count, rows, stocks), np.int64),
        last=np.empty((count, stocks), np.int64),
        floor_day=np.full((count, stocks), NEVER, np.int64),
        outrun_day=np.full((count, stocks), NEVER, np.int64),
        **{n: zeros(stocks) for n in ("unmet", "produced", "bought", "repaired", "used")},
        **{n: zeros(gifts) for n in ("given", "delivered", "in_time", "lost", "dug")},
    )
