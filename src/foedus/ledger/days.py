"""Sets of days as sorted, disjoint ranges: what is left of a report's possible dates.

Comes in: ranges and days. Goes out: :data:`Days`. An empty set of days means « nothing is known »
only where the caller says so; here it is simply empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from foedus.acts import DateRange, day, intersect

__all__ = ["Days", "all_days", "common", "from_days", "length", "merged", "not_after", "not_before"]

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


def from_days(days: Iterable[date]) -> Days:
    """Return the set that holds exactly ``days``."""
    return merged(day(d) for d in days)


def common(a: Days, b: Days) -> Days:
    """Return the days that both sets hold, in time linear in their lengths."""
    out: list[DateRange] = []
    i = j = 0
    while i < len(a) and j < len(b):
        shared = intersect(a[i], b[j])
        if shared is not None:
            out.append(shared)
        if a[i].end < b[j].end:
            i += 1
        else:
            j += 1
    return tuple(out)


def not_before(days: Days, first: date) -> Days:
    """Return the days from ``first`` on."""
    return common(days, (DateRange(first, date.max, "range"),))


def not_after(days: Days, last: date) -> Days:
    """Return the days up to ``last``."""
    return common(days, (DateRange(date.min, last, "range"),))


def length(days: Days) -> int:
    """Return how many days the set holds."""
    return sum(r.days for r in days)


def all_days(days: Days) -> Iterable[date]:
    """Yield each day of the set, in order."""
    for item in days:
        for i in range(item.days):
            yield item.start + timedelta(days=i)
