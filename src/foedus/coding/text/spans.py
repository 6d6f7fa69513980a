"""Spans by place: which of many passages hold a given one.

Comes in: passages, each with what it stands for. Goes out: those that hold a passage. A report may
be megabytes of one line: asking each act of each statement would take the square of its length.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Generic, TypeVar

from foedus.acts import Span

__all__ = ["SpanIndex", "within"]

T = TypeVar("T")


def within(inner: Span, outer: Span) -> bool:
    """Whether every character of ``inner`` lies in ``outer``."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


class SpanIndex(Generic[T]):
    """Passages sorted by their start, with how far those before reach."""

    def __init__(self, items: Iterable[tuple[Span, T]]) -> None:
        self._items = sorted(items, key=lambda item: item[0])
        self._starts = [span[0] for span, _ in self._items]
        self._reach: list[int] = []
        for span, _ in self._items:
            self._reach.append(max(span[1], self._reach[-1] if self._reach else 0))

    def holding(self, span: Span) -> list[T]:
        """Return what holds ``span``, the latest start first."""
        found: list[T] = []
        at = bisect.bisect_right(self._starts, span[0]) - 1
        while at >= 0 and self._reach[at] >= span[1]:
            outer, item = self._items[at]
            if outer[1] >= span[1]:
                found.append(item)
            at -= 1
        return found

    def holds(self, span: Span) -> bool:
        """Whether any passage holds ``span``."""
        return bool(self.holding(span))
