"""Sets of days as sorted, disjoint ranges: what is left of a report's possible dates.

Comes in: ranges and days. Goes out: :data:`Days`. An empty set of days means « nothing is known »
only where the caller says so; here it is simply empty.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from foedus.acts import DateRange, day, intersect

__all__ = ["Days", "common", "from_days", "length", "merged", "not_after", "not_before"]

Days = tuple[DateRange, ...]
"""Sorted, disjoint, not adjacent."""

_ONE = timedelta(days=1)


def merged(ranges: Iterable[DateRange]) -> Days:
    """Return the union of ``ranges``; a range that nothing touches is kept as it is."""
    out: list[DateRange] = []
    for item in sorted(set(ranges), key=lambda r: (r.start, r.end, r.precision)):
        if not out or item.start > out[-1].end + _ONE:
            out.append(item)
        elif item.end > out[-1].end:
            out[-1] = DateRange(out[-1].start, item.end, "range")
    return tuple(out)


def from_days(days: npt.NDArray[np.int64]) -> Days:
    """Return the set that holds exactly these days, given as ordinals in order."""
    if not len(days):
        return ()
    cuts = np.flatnonzero(np.diff(days) > 1)
    starts, ends = days[[0, *(cuts + 1)]].tolist(), days[[*cuts, -1]].tolist()
    return tuple(map(_range, starts, ends))


def _range(first: int, last: int) -> DateRange:
    start = date.fromordinal(first)
    return day(start) if first == last else DateRange(start, date.fromordinal(last), "range")


def common(a: Days, b: Days) -> Days:
    """Return the days that both sets hold, in time linear in their lengths."""
    if not a or not b or a[-1].end < b[0].start or b[-1].end < a[0].start:
        return ()
    out: list[DateRange] = []
    # what one of them holds before the other begins is passed over
    i = bisect_left(a, b[0].start, key=_end)
    j = bisect_left(b, a[0].start, key=_end)
    while i < len(a) and j < len(b):
        shared = intersect(a[i], b[j])
        if shared is not None:
            out.append(shared)
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(out)


def _end(item: DateRange) -> date:
    return item.end


def not_before(days: Days, first: date) -> Days:
    """Return the days from ``first`` on."""
    return common(days, (DateRange(first, date.max, "range"),))


def not_after(days: Days, last: date) -> Days:
    """Return the days up to ``last``."""
    return common(days, (DateRange(date.min, last, "range"),))


def length(days: Days) -> int:
    """Return how many days the set holds."""
    return sum(r.days for r in days)
