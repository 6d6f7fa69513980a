"""Where each telling goes, and what moves when some come or go.

Comes in: items that are new, and items that are gone, in a block of which the rest is placed. Goes
out: the items whose place changed; all others are as if everything had been worked out anew.

The rule is that of :mod:`foedus.ledger.joining.grouping`: in the order in which they became known, each telling
joins the cluster with which it shares most, of those where nothing sets it apart from anything, and
where two fit equally well it stays by itself. It is applied for all days of the second clock at
once: a cluster holds a telling for a spell of days by which things were known, and what a telling
does is decided for each spell in which its neighbours stand still. A cluster is called by its first
telling of the day.

What a telling does depends on the clusters that hold, before it in the order, a telling it can be
linked to. So when one moves, only those after it are looked at again that are linked to it, or to
another in a cluster it left or joined and set apart from it; and only where the link is worth as much
as what decided them (``low``). Where nothing moves, it ends. The proof that this is exact is told in
``docs/background/increments.md``; the tests compare it with working all out anew.
"""

from __future__ import annotations

import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from foedus.ledger.joining.athand import AtHand
from foedus.ledger.joining.backing import Backing
from foedus.ledger.joining.items import Item, Order
from foedus.ledger.joining.likeness import Likeness
from foedus.ledger.joining.moving import Move, Spells, barred, days_in, is_open
from foedus.ledger.joining.nearby import Nearby
from foedus.ledger.rules import Rules
from foedus.ledger.spells import ALWAYS, Spans, minus, overlap, union

__all__ = ["Block"]

Fit = tuple[int, list[tuple[int, int]], list[tuple[int, int]]]
"""A cluster, the days on which it fits, the days on which it holds a telling of the item's report."""


class Block:
    """The placed tellings of one block."""

    def __init__(self, rules: Rules, kind: str, at_hand: AtHand | None = None) -> None:
        """``at_hand``: those that were placed before; without it, nothing is placed yet."""
        self._like = Likeness(rules, kind)
        self._near = Nearby(rules, kind, at_hand)
        self._at_hand = at_hand
        self._torn: dict[int, dict[int, Item]] = defaultdict(dict)
        """By cluster: those that stay by themselves for a time because another fits equally well."""
        self.items: dict[int, Item] = {}
        """Those that were put here, and not by those who worked on the block before."""
        self._clusters: dict[int, dict[int, Item]] = defaultdict(dict)
        self._waiting: list[tuple[Order, int, Item]] = []
        self._asked: set[int] = set()
        self._gone: set[int] = set()
        self._regrouped: dict[int, str] = {}
        self._settled = at_hand is not None

    def change(
        self, new: Iterable[Item], gone: Iterable[int] = (),
        regrouped: Mapping[int, tuple[str, str]] | None = None,
    ) -> list[Item]:  # fmt: skip
        """Place ``new`` items, take ``gone`` ones out; return all that was decided anew, new ones too.

        ``gone`` and ``regrouped`` are names; the latter with the group of copies of a telling before, and now.
        Those gone are not among what is returned.
        """
        self._near.begin()
        self._regrouped = {name: now for name, (_, now) in (regrouped or {}).items()}
        leaving, coming = [self._named(name) for name in gone], list(new)
        self._gone |= {item.name for item in leaving}
        for name, (group, _) in (regrouped or {}).items():
            item = self._named(name)
            # what is at hand tells already to which group it belongs now
            self._take(item)
            item.group = group
            self._put(item)
        for item in (*leaving, *coming, *(self.items[n] for n in self._regrouped)):
            self._ask(item)
        decided: dict[int, Item] = {}
        while self._waiting:
            item = heapq.heappop(self._waiting)[2]
            before, was = item.spells, (item.spells, item.low, item.torn)
            links = self._links(item) if item.name in self._regrouped else []
            self._take(item)
            if item.name in self._regrouped:
                self._regroup(item, links)
                decided[item.name] = item
            if item.name in self._gone:
                item.spells = ()
            else:
                item.spells = self._place(item)
                self._put(item)
            if before != item.spells and self._settled:
                self._spread(item, before)
            if item.name not in self._gone and was != (item.spells, item.low, item.torn):
                decided[item.name] = item
        self._asked.clear()
        self._settled = True
        return list(decided.values())

    def clusters(self) -> Iterator[list[Item]]:
        """Yield the clusters of whoever asks for everything, in order, their items in order."""
        found: dict[int, list[Item]] = defaultdict(list)
        for item in sorted(self.items.values(), key=lambda i: i.order):
            for cluster, _, past in item.spells:
                if past == ALWAYS:
                    found[cluster].append(item)
        yield from found.values()

    # The state

    def _put(self, item: Item) -> None:
        self.items[item.name] = item
        self._near.add(item)
        for cluster in item.torn:
            self._torn[cluster][item.name] = item
        for cluster, _, _ in item.spells:
            self._clusters[cluster][item.name] = item

    def _take(self, item: Item) -> None:
        """Take the item out, if it is in."""
        self._near.remove(item)
        if self.items.pop(item.name, None) is None:
            return
        for holders, clusters in ((self._torn, item.torn), (self._clusters, _names(item.spells))):
            for cluster in clusters:
                del holders[cluster][item.name]
                if not holders[cluster]:
                    del holders[cluster]

    def _named(self, name: int) -> Item:
        """Return one that was placed."""
        if name in self.items or self._at_hand is None:
            return self.items[name]
        return self._at_hand.named(name)

    def _in(self, cluster: int) -> list[Item]:
        """Return those that are in a cluster on any day."""
        found = list(self._clusters.get(cluster, {}).values())
        return found if self._at_hand is None else [*found, *self._at_hand.in_cluster(cluster)]

    def _torn_by(self, cluster: int) -> list[Item]:
        found = list(self._torn.get(cluster, {}).values())
        return found if self._at_hand is None else [*found, *self._at_hand.torn(cluster)]

    def _ask(self, item: Item) -> None:
        if item.name not in self._asked:
            self._asked.add(item.name)
            heapq.heappush(self._waiting, (item.order, item.name, item))

    def _links(self, item: Item) -> list[tuple[Item, int]]:
        """Return the items that can be one fact with ``item``, with the points they share."""
        link = self._like.link
        return [(o, points) for o in self._near.of(item) if (points := link(item, o))]

    def _regroup(self, item: Item, was: Iterable[tuple[Item, int]]) -> None:
        """Put the item among other copies, and ask those again whose link to it, as it was, changes."""
        item.group = self._regrouped[item.name]
        links = {o.name: (o, points) for o, points in was}
        now = {o.name: (o, points) for o, points in self._links(item)}
        for name, (other, _) in (links | now).items():
            before, after = (found[name][1] if name in found else 0 for found in (links, now))
            if before != after and item.order < other.order and max(before, after) >= other.low:
                self._ask(other)

    # Placing one

    def _place(self, item: Item) -> Spells:
        """Return in which cluster the item is for which spell; notes ``low`` and ``torn``."""
        found, torn, item.low = [], set(), 0
        for points, fits in self._fitting(item):
            for spell, best in _best(fits):
                found.append((best[0] if len(best) == 1 else item.name, *spell))
                torn |= set(best) if len(best) > 1 else set()
                item.low = points
        if open_ := minus([item.life], union((start, end) for _, start, end in found)):
            item.low = 0
            found += [(item.name, start, end) for start, end in open_]
        item.torn = tuple(sorted(torn))
        return _joined(found)

    def _fitting(self, item: Item) -> Iterator[tuple[int, list[Fit]]]:
        """Yield the clusters that fit, by points, the most first: for the days on which no better fits.

        Who can share most is asked first, so that once all days are taken nobody else is asked.
        """
        open_ = [item.life]
        blocked: dict[int, list[tuple[int, int]]] = {}
        backing = Backing(item, self._like)
        for most, others in itertools.chain(self._near.ranked(item), [(0, ())]):
            for points, clusters in backing.above(most):
                fits: list[Fit] = []
                for cluster, spells in clusters.items():
                    free = overlap(open_, union(spells))
                    if not free:
                        continue
                    if cluster not in blocked:
                        blocked[cluster] = barred(item, cluster, self._in(cluster), self._like)
                    if free := minus(free, blocked[cluster]):
                        fits.append((cluster, free, self._same_report(item, cluster)))
                if fits:
                    yield points, fits
                    open_ = minus(open_, union((s, e) for _, free, _ in fits for s, e in free))
                    if not open_:
                        return
            backing.add(others, most, open_)

    def _same_report(self, item: Item, cluster: int) -> list[tuple[int, int]]:
        return union(
            days
            for other in self._in(cluster)
            if other.source == item.source and other.order < item.order
            for days in days_in(other, cluster)
        )

    # What follows from a move

    def _spread(self, item: Item, before: Spells) -> None:
        """Ask those after ``item`` again for whom its move may make a difference."""
        move = Move(item, before, self._in, self._like)
        for other in self._near.minding(item):
            if item.order < other.order and other.name not in self._asked:
                points = self._like.link(item, other)
                if points and points >= other.low and move.matters_to(other, points):
                    self._ask(other)
        for cluster in {place for place, _, _ in set(before) ^ set(item.spells)}:
            others = [o for o in self._in(cluster) if o is not item]
            if cluster == item.name:
                for other in others:
                    self._ask(other)
                continue
            was, now = (
                [s[1:] for s in spells if s[0] == cluster] for spells in (before, item.spells)
            )
            if left := minus(was, now):
                # who is in it on none of those days draws nobody into what the item barred
                there = [o for o in others if overlap(left, days_in(o, cluster))]
                seen: set[int] = set()
                for other in there:
                    self._drawn(move, item, (cluster, left), other, seen)
            if minus(now, was):
                self._joined_by(item, cluster, others)

    def _joined_by(self, item: Item, cluster: int, others: Sequence[Item]) -> None:
        """Ask those again whom it may drive out, or who may prefer it, that a cluster has one more.

        A cluster that was not among the best for somebody is not so because something more is in it.
        """
        for other in (*others, *self._torn_by(cluster)):
            if item.order < other.order and (
                other.source == item.source or self._like.apart(item, other)
            ):
                self._ask(other)
        mates = [o for o in self._near.told_in(item.source) if o.order > item.order]
        for mate in mates:
            least = max(mate.low, self._like.need)
            if mate.name not in self._asked and any(
                m.order < mate.order
                and not self._like.apart(m, mate)
                and self._like.shared(m, mate) >= least
                for m in others
            ):
                self._ask(mate)

    def _drawn(
        self, move: Move, item: Item, left: tuple[int, Spans], member: Item, seen: set[int]
    ) -> None:
        """Ask those again whom a member draws into the cluster that ``item`` left, or less than before.

        They are linked to the member, and set apart from the item or of its report. ``seen`` are those for whom it
        does not matter whoever the member is: whom another bars the cluster all the same is among them.
        """
        like, days = self._like, overlap(left[1], days_in(member, left[0]))
        for other in self._near.minding(member):
            if other.name in seen:
                continue
            mate = other.source == item.source
            if (
                other.order <= item.order
                or other.name in self._asked
                or not (mate or like.apart(other, item))
            ):
                seen.add(other.name)
                continue
            points = like.link(member, other) if member.order < other.order else 0
            if not points or points < other.low:
                continue
            if not is_open(other, *left, self._in, like):
                seen.add(other.name)
            elif mate or not move.keeps(other, days, points):
                self._ask(other)


def _names(spells: Spells) -> set[int]:
    return {cluster for cluster, _, _ in spells}


def _best(fits: Sequence[Fit]) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Yield, for each spell, the cluster that fits best; several where they fit equally well.

    One that holds a telling of the item's own report is preferred.
    """
    if len(fits) == 1:
        cluster, free, _ = fits[0]
        for spell in free:
            yield spell, [cluster]
        return
    cuts = sorted({day for _, free, own in fits for spell in (*free, *own) for day in spell})
    for start, end in itertools.pairwise(cuts):
        there = [
            (_holds(own, start), cluster) for cluster, free, own in fits if _holds(free, start)
        ]
        if there:
            top = max(own for own, _ in there)
            yield (start, end), [cluster for own, cluster in there if own == top]


def _holds(spells: Iterable[tuple[int, int]], day: int) -> bool:
    return any(start <= day < end for start, end in spells)


def _joined(found: Iterable[tuple[int, int, int]]) -> Spells:
    """Return the spells in order of time, those that follow each other in one cluster as one."""
    out: list[tuple[int, int, int]] = []
    for cluster, start, end in sorted(found, key=lambda f: f[1]):
        if out and out[-1][0] == cluster and out[-1][2] == start:
            out[-1] = (cluster, out[-1][1], end)
        else:
            out.append((cluster, start, end))
    return tuple(out)
