"""For whom it matters that a telling has moved.

Comes in: a telling, the spells it had and has, and who is in which cluster now. Goes out: whether a later
telling has to be decided again. Where the answer rests on somebody else who bars a cluster, or speaks for it,
and he moves too, it is asked again for his move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from foedus.ledger.joining.common import meet, one_event
from foedus.ledger.joining.items import Item
from foedus.ledger.joining.likeness import Likeness
from foedus.ledger.spells import Spans, minus, overlap, union

__all__ = ["Move", "Spells", "barred", "days_in", "is_open"]

Spells = tuple[tuple[int, int, int], ...]
"""Cluster, first day, day past the last: sorted by day."""
Members = Callable[[int], Iterable[Item]]
"""Those that are in a cluster on any day."""


def days_in(item: Item, cluster: int) -> Spans:
    """Return the days on which a telling is in a cluster."""
    return _of(item.spells, cluster)


def _of(spells: Spells, cluster: int) -> Spans:
    return [(start, end) for place, start, end in spells if place == cluster]


def barred(item: Item, cluster: int, members: Iterable[Item], like: Likeness) -> Spans:
    """Return by which days of the item's life a cluster holds, before it, what is set apart from it."""
    first, past = item.life
    found: Spans = []
    for other in members:
        if other.order >= item.order:
            continue
        days = [(s, e) for at, s, e in other.spells if at == cluster and s < past and e > first]
        if days and like.apart(item, other):
            if days[0][0] <= first and past <= days[0][1]:
                return [item.life]
            found += days
    return union(found)


def is_open(
    item: Item, cluster: int, days: Sequence[tuple[int, int]], members: Members, like: Likeness
) -> bool:
    """Whether on any of the days the cluster holds nothing that is set apart from the item."""
    living = overlap(days, [item.life])
    return bool(living and minus(living, barred(item, cluster, members(cluster), like)))


class Move:
    """The days on which a telling left a cluster, or joined one."""

    def __init__(self, item: Item, before: Spells, members: Members, like: Likeness) -> None:
        self._item, self._members, self._like = item, members, like
        self._left: list[tuple[int, Spans]] = []
        self._joined: list[tuple[int, Spans]] = []
        for cluster in {place for place, _, _ in (*before, *item.spells)}:
            was, now = _of(before, cluster), _of(item.spells, cluster)
            if left := minus(was, now):
                self._left.append((cluster, left))
            if joined := minus(now, was):
                self._joined.append((cluster, joined))

    def matters_to(self, other: Item, points: int) -> bool:
        """Whether it can matter to a later telling, which is linked to the one that moved.

        That a cluster is left matters only to who is in it, where nobody else there shares as much with him, or is torn
        between it and another: to all others it was not the best, and is less so now. That it is joined matters to nobody
        whom it bars, and to nobody who is where as much speaks for him: as much in that cluster, more in another.
        """
        for cluster, days in self._left:
            if cluster in other.torn:
                return True
            there = overlap(days, days_in(other, cluster))
            if there and not self._is_backed(other, cluster, there, points):
                return True
        for cluster, days in self._joined:
            there = [] if points > other.low else days_in(other, cluster)
            days = minus(days, there)
            if is_open(other, cluster, days, self._members, self._like) and not self.keeps(
                other, days, points, cluster
            ):
                return True
        return False

    def keeps(
        self, other: Item, days: Sequence[tuple[int, int]], points: int, cluster: int | None = None
    ) -> bool:
        """Whether a later telling stays where it is on all of the days, although another cluster offers ``points``.

        Where that is the one in which it is (``cluster``), as many are enough.
        """
        return all(
            self._is_backed(other, own, there, points if own == cluster else points + 1)
            for own, start, end in other.spells
            if (there := overlap(days, [(start, end)]))
        )

    def _is_backed(self, other: Item, cluster: int, days: Spans, points: int) -> bool:
        """Whether others than the one that moved speak for a cluster with so many points on all of the days."""
        if self._item.source == other.source:
            return False  # of clusters that fit equally well one with his report is preferred
        for member in self._members(cluster):
            if member.order < other.order and member is not self._item:
                there = overlap(days, days_in(member, cluster))
                if there and self.link(member, other) >= points:
                    days = minus(days, there)
                    if not days:
                        return True
        return False

    def link(self, member: Item, other: Item) -> int:
        """Return the points by which a member of a cluster is linked to a telling, whoever found it."""
        if not (one_event(member, other) or meet(member.profile, other.profile)):
            return 0
        if self._like.apart(member, other):
            return 0
        return self._like.link(member, other)
