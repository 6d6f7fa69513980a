"""What speaks for a cluster when a telling is placed: by which days it holds what the telling is linked to.

Comes in: others, those that can share most with it first. Goes out: clusters and spells by points, the
most first, as soon as nobody who is still to come can share as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from foedus.ledger.joining.items import Item
from foedus.ledger.joining.likeness import Likeness

__all__ = ["Backing"]

Spells = list[tuple[int, int]]


class Backing:
    """The spells for which clusters hold, before one item, what it is linked to."""

    def __init__(self, item: Item, like: Likeness) -> None:
        self._item, self._like = item, like
        self._seen: set[int] = set()
        self._by_points: dict[int, dict[int, Spells]] = defaultdict(lambda: defaultdict(list))
        self._held: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        """By cluster: points and spells."""

    def add(self, others: Iterable[Item], most: int, open_: Sequence[tuple[int, int]]) -> None:
        """Take in others that share ``most`` points at most; only the days ``open_`` matter.

        Who is in no other cluster, on no other day, than somebody who shares as much as he can at most
        is passed over: where that one did not bring the item in, this one would not.
        """
        item, order, link = self._item, self._item.order, self._like.link
        seen, held = self._seen, self._held
        first, past = open_[0][0], open_[-1][1]
        for other in others:
            if other.name in seen or other.order >= order:
                continue
            for cluster, start, end in other.spells:
                start, end = max(start, first), min(end, past)
                if start < end and not (
                    cluster in held and _within(held[cluster], most, start, end)
                ):
                    break
            else:
                continue
            seen.add(other.name)
            if points := link(item, other):
                by_cluster = self._by_points[points]
                for cluster, start, end in other.spells:
                    if start < past and end > first:
                        by_cluster[cluster].append((start, end))
                        held[cluster].append((points, start, end))

    def above(self, most: int) -> Iterator[tuple[int, Mapping[int, Spells]]]:
        """Yield points above ``most``, with spells by cluster, the highest first, and forget them."""
        for points in sorted((p for p in self._by_points if p > most), reverse=True):
            yield points, self._by_points.pop(points)


def _within(held: Iterable[tuple[int, int, int]], most: int, start: int, end: int) -> bool:
    return any(points >= most and s <= start and e >= end for points, s, e in held)
