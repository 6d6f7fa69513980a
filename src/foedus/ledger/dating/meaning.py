"""What a time expression means in a report of each day, as columns.

Comes in: a time expression, and a stretch of days. Goes out: the first and the last day that it means in a report
of each of them. « Vendredi » and « le 24 mars » are asked of the same days again and again: by every event
that may be meant, in every round.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from foedus.ledger.dating.timing import Anchored, on_day

__all__ = ["Meant", "meant_on"]

_STRETCH = 64
"""Days that are worked out together."""
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()

_WEEK = 7
_NONE = (1, 0)
"""What stands where nothing is meant."""

Ints = npt.NDArray[np.int64]


class Meant(NamedTuple):
    """For each of some days in a row, ordinals of the first and the last day meant; none is meant where the first is after the last."""

    days: Ints
    first: Ints
    last: Ints


def meant_on(what: Anchored, first: int, last: int) -> Meant:
    """Return what is meant in a report of each day from ``first`` to ``last``, ordinals both, so far as there are such days."""
    first, last = max(first, _FIRST), min(last, _LAST)
    days = np.arange(first, last + 1)
    if not len(days):
        return Meant(days, days, days)
    numbers = range(first // _STRETCH, last // _STRETCH + 1)
    both = np.concatenate([_stretch(what, number) for number in numbers], axis=1)
    skipped = first - numbers[0] * _STRETCH
    starts, ends = both[:, skipped : skipped + len(days)]
    return Meant(days, starts, ends)


@lru_cache(maxsize=20_000)
def _stretch(what: Anchored, number: int) -> Ints:
    """Return what is meant on the days of a stretch, the first days in one row and the last in another."""
    found = np.empty((2, _STRETCH), np.int64)
    begins = number * _STRETCH
    if _repeats(what) and begins >= _FIRST and begins + _STRETCH <= _LAST:
        # a week later the same expression means the same days of a week later
        for place in range(_WEEK):
            found[:, place::_WEEK] = np.array(_day(what, begins + place))[:, None]
        weeks = np.arange(_STRETCH) // _WEEK * _WEEK
        return np.where(found[0] <= found[1], found + weeks, found)
    _fill(what, begins, found, 0, _STRETCH - 1)
    return found


def _repeats(what: Anchored) -> bool:
    """Whether the expression means the same in each week."""
    quote = what.quote
    return what.of_week and (quote is None or (Anchored(quote).of_week and quote.modifier is None))


def _fill(what: Anchored, begins: int, found: Ints, first: int, last: int) -> None:
    """Fill in the days from ``first`` to ``last``: where both ends mean the same, so does what lies between.

    For what is meant never goes back when the day goes on.
    """
    ends = [_day(what, begins + place) for place in (first, last)]
    if last - first <= 1 or (ends[0] == ends[1] != _NONE):
        found[:, first:last] = np.array(ends[0])[:, None]
        found[:, last] = ends[1]
        return
    middle = (first + last) // 2
    _fill(what, begins, found, first, middle)
    _fill(what, begins, found, middle, last)


def _day(what: Anchored, ordinal: int) -> tuple[int, int]:
    if not _FIRST <= ordinal <= _LAST:
        return _NONE
    meant = on_day(what, date.fromordinal(ordinal))
    return _NONE if meant is None else (meant.start.toordinal(), meant.end.toordinal())
