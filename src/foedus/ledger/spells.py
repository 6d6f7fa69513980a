"""Days as numbers, and spells of them: by which days something was known, and where it stood then.

Comes in: ordinals of days (``date.toordinal``). Goes out: spells, half open: ``(first, past)``. A thing
that no day is known of is known only to whoever asks for everything: that question has the day
:data:`NEVER`, after every day of the calendar, and :data:`ALWAYS` is after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["ALWAYS", "NEVER", "Life", "Spans", "minus", "overlap", "union"]

NEVER = 4_000_000
"""The day of the question that names no day; what is known from then on is known by no day."""
ALWAYS = 5_000_000
"""The end of what is still so."""

Life = tuple[int, int]
Spans = list[tuple[int, int]]


def union(spells: Iterable[tuple[int, int]]) -> Spans:
    """Return the days that any of ``spells`` holds: sorted, disjoint, not adjacent."""
    out: Spans = []
    for start, end in sorted(spells):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def overlap(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> Spans:
    """Return the days that both hold; each is sorted and disjoint."""
    out: Spans = []
    i = j = 0
    while i < len(a) and j < len(b):
        start, end = max(a[i][0], b[j][0]), min(a[i][1], b[j][1])
        if start < end:
            out.append((start, end))
        if a[i][1] < b[j][1]:
            i += 1
        else:
            j += 1
    return out


def minus(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> Spans:
    """Return the days of ``a`` that ``b`` does not hold; each is sorted and disjoint."""
    out: Spans = []
    j = 0
    for start, end in a:
        while j < len(b) and b[j][1] <= start:
            j += 1
        at = j
        while at < len(b) and b[at][0] < end:
            if start < b[at][0]:
                out.append((start, b[at][0]))
            start = max(start, b[at][1])
            at += 1
        if start < end:
            out.append((start, end))
    return out
