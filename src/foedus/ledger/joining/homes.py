"""In which stretches of time the index keeps a telling, and by what numbers it knows days.

Comes in: days, as ordinals. Goes out: numbers, for :mod:`foedus.ledger.joining.nearby`.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["EVERYWHERE", "FAR", "LONG", "STRETCH", "UNKNOWN", "first_day", "last_day"]

STRETCH = 32
"""Days of a stretch of time."""
FAR = 256
"""Days of a stretch in which those are kept that may be linked far off."""
LONG = 400
"""Days beyond which a window is looked for everywhere."""
EVERYWHERE, UNKNOWN = -1, -2
"""The stretch of long windows, and that of tellings of which no day is known."""

D = TypeVar("D", int, npt.NDArray[np.int64])


def first_day(day: D) -> D:
    """Return the number that says which is the first day of a telling in a stretch."""
    return -2 * day - 1


def last_day(day: D) -> D:
    """Return the number that says which is the last one."""
    return -2 * day - 2
