"""The tellings of one block that were placed before, as columns in memory.

Comes in: the rows of a block, read once. Goes out: what the index asks for (who says what in a stretch of
time, as sorted numbers), and an :class:`~foedus.ledger.joining.items.Item` of a telling once somebody looks at it:
most are never looked at, and making one costs as much as all columns of it together.

A telling that moves, or is gone, is *let go*: from then on it is where whoever moved it puts it.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from foedus.ledger.joining.asking import Numbers
from foedus.ledger.joining.homes import EVERYWHERE, FAR, LONG, STRETCH, UNKNOWN, first_day, last_day
from foedus.ledger.joining.items import Item

__all__ = ["AtHand", "Said", "Stood", "Told", "packed"]

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]

_BYTES = 6
"""Bytes of a number; so each is eight letters in base 64."""
_SPARE = 16
"""Binary digits that a number of 64 has beyond these."""


class Told(NamedTuple):
    """What is compared of tellings, a row each: names, first and last days (0: not known), the day by which
    each was known, the numbers of what they say, and whatever else an item is made of.
    """

    names: Ints
    first: Ints
    last: Ints
    known: Ints
    said: Array
    others: Sequence[Array]


class Stood(NamedTuple):
    """Where they stand, a row for each spell."""

    tellings: Ints
    clusters: Ints
    born: Ints
    dies: Ints
    low: Ints
    torn: Array


class Said:
    """What some tellings say, number by number."""

    __slots__ = ("_item", "_places", "_values", "known", "rows")

    def __init__(
        self, rows: Ints, known: Ints, values: Ints, places: Ints, item: Callable[[int], Item]
    ) -> None:
        """``rows`` are in order, and each ``known`` by a day; ``values`` are said by who is at ``places`` in them."""
        self.rows, self.known, self._item = rows, known, item
        # one number for both sorts three times as fast
        digits = max(len(rows), 1).bit_length()
        if digits <= _SPARE:
            both = np.sort(values << digits | places)
            self._values, self._places = both >> digits, both & ((1 << digits) - 1)
        else:
            order = np.argsort(values)
            self._values, self._places = values[order], places[order]

    def places(self, what: int) -> Array:
        """Return the places, among the rows, of those who say it."""
        start, past = self._values.searchsorted((what, what + 1))
        return self._places[start:past]

    def place(self, row: int) -> int | None:
        """Return where a row is among the rows, which are in order."""
        at = int(self.rows.searchsorted(row))
        return at if at < len(self.rows) and self.rows[at] == row else None

    def item(self, place: int) -> Item:
        """Return the telling in a place."""
        return self._item(int(self.rows[place]))


class AtHand:
    """The placed tellings of one block that still stand where they stood."""

    def __init__(
        self, told: Told, stood: Stood, numbers: Numbers, read: Callable[[Sequence[Any]], Item]
    ) -> None:
        """Take in columns; ``read`` makes an item of the ``others`` of one row."""
        self._told, self._stood, self._numbers, self._read = told, stood, numbers, read
        self._items: dict[int, Item] = {}
        self._by_name = _Sorted(told.names)
        row_of_spell = self._by_name.some(stood.tellings)
        self._spells = _Sorted(row_of_spell)
        self._in_cluster = _Sorted(stood.clusters)
        self._row_of_spell = row_of_spell
        self._is_here = bytearray(len(told.names))
        self._here = np.frombuffer(self._is_here, np.bool_)
        self._here[row_of_spell] = True
        self._low = np.zeros(len(told.names), np.int64)
        self._low[row_of_spell] = stood.low
        self._values, self._starts = _unpacked(told.said)
        self._reports = _Sorted(self._values[self._starts[:-1]])
        self._members: dict[int, list[int]] = {}
        self._knowing: dict[str, list[int]] = {}
        self._torn: dict[int, list[int]] = defaultdict(list)
        torn = np.flatnonzero(stood.torn != "")
        for row, text in set(zip(row_of_spell[torn].tolist(), stood.torn[torn], strict=True)):
            for cluster in _clusters(text):
                self._torn[cluster].append(row)
        self._find_homes()

    def _find_homes(self) -> None:
        first, last = self._told.first, self._told.last
        self._unknown = first == 0
        self._long = ~self._unknown & (last - first >= LONG)
        self._short = ~self._unknown & ~self._long
        self._ends = first // STRETCH, last // STRETCH
        some = self._short & self._here
        low, high = (ends[some] for ends in self._ends)
        self.stretches = set(range(int(low.min()), int(high.max()) + 1)) if some.any() else set()
        self.stretches |= {EVERYWHERE} if (self._long & self._here).any() else set()
        self.stretches |= {UNKNOWN} if (self._unknown & self._here).any() else set()
        far = np.where(self._unknown, UNKNOWN, np.where(self._long, EVERYWHERE, last // FAR))
        open_ = self._saying(self._numbers.open)
        self.marked: dict[tuple[bool, int], Ints] = {}
        for is_open in (False, True):
            rows = np.flatnonzero(self._saying(self._numbers.marked) & (open_ == is_open))
            for home in np.unique(far[rows]).tolist():
                self.marked[is_open, home] = rows[far[rows] == home]

    def _saying(self, what: int) -> npt.NDArray[np.bool_]:
        found = np.zeros(len(self._here), np.bool_)
        at = np.flatnonzero(self._values == what)
        found[self._starts.searchsorted(at, "right") - 1] = True
        return found

    # What the index asks for

    def stretch(self, number: int) -> Said:
        """Return what those say who stand where they stood and have a day of a stretch."""
        if number == EVERYWHERE:
            rows = self._long
        elif number == UNKNOWN:
            rows = self._unknown
        else:
            low, high = self._ends
            rows = self._short & (low <= number) & (high >= number)
        return self._said(np.flatnonzero(rows & self._here), number)

    def far(self, home: tuple[bool, int]) -> Said:
        """Return what those say who have marks, by the long stretch in which they are found by these."""
        rows = self.marked[home]
        return self._said(rows[self._here[rows]], UNKNOWN)

    def _said(self, rows: Ints, number: int) -> Said:
        # the first number is that of the report
        starts, counts = self._starts[rows] + 1, np.diff(self._starts)[rows] - 1
        before = np.cumsum(counts) - counts
        total = int(counts.sum())
        values = [self._values[np.repeat(starts - before, counts) + np.arange(total)]]
        places = [np.repeat(np.arange(len(rows)), counts)]
        for digit, low in enumerate(self._numbers.low):
            there = np.flatnonzero(self._low[rows] >> digit & 1)
            values.append(np.full(len(there), low))
            places.append(there)
        if number >= 0:
            low, past = number * STRETCH, (number + 1) * STRETCH
            values.append(first_day(np.maximum(self._told.first[rows], low)))
            values.append(last_day(np.minimum(self._told.last[rows], past - 1)))
            places += [np.arange(len(rows))] * 2
        return Said(
            rows, self._told.known[rows], np.concatenate(values), np.concatenate(places), self.item
        )

    # Items

    def item(self, row: int) -> Item:
        """Return the telling of a row, the same each time."""
        item = self._items.get(row)
        if item is None:
            item = self._items[row] = self._read([column.item(row) for column in self._told.others])
            stood = self._stood
            spells = self._spells.equal(row).tolist()
            item.low = int(self._low[row])
            item.torn = _clusters(stood.torn[spells[0]]) if spells else ()
            found = [
                (stood.clusters.item(n), stood.born.item(n), stood.dies.item(n)) for n in spells
            ]
            item.spells = tuple(sorted(found, key=lambda s: s[1]))
        return item

    def named(self, name: int) -> Item:
        """Return the telling of that name, wherever it stands."""
        return self.item(int(self._by_name.equal(name)[0]))

    def let_go(self, name: int) -> int | None:
        """Count a telling no longer as standing where it stood; return its row if it did."""
        rows = self._by_name.equal(name)
        if not len(rows) or not self._here[rows[0]]:
            return None
        self._here[rows[0]] = False
        return int(rows[0])

    def told_in(self, source: str) -> Iterator[Item]:
        """Yield those of one report that stand where they stood."""
        return self._still(self._reports.equal(self._numbers.report(source)).tolist())

    def knowing(self, landmark: str) -> Iterator[Item]:
        """Yield those that tell of a known event and stand where they stood."""
        if landmark not in self._knowing:
            told = self._saying(self._numbers.one("landmark", landmark))
            self._knowing[landmark] = np.flatnonzero(told).tolist()
        return self._still(self._knowing[landmark])

    def in_cluster(self, cluster: int) -> Iterator[Item]:
        """Yield those that stand in a cluster as they did."""
        rows = self._members.get(cluster)
        if rows is None:
            found = self._row_of_spell[self._in_cluster.equal(cluster)]
            rows = self._members[cluster] = list(dict.fromkeys(found.tolist()))
        return self._still(rows)

    def torn(self, cluster: int) -> Iterator[Item]:
        """Yield those that stay by themselves for a time since this one is among those that fit equally well."""
        return self._still(self._torn.get(cluster, ()))

    def _still(self, rows: Iterable[int]) -> Iterator[Item]:
        return (self.item(row) for row in rows if self._is_here[row])


class _Sorted:
    """Where each value of a column is."""

    def __init__(self, values: Ints) -> None:
        self._order = np.argsort(values)
        self._sorted = values[self._order]

    def equal(self, value: int) -> Ints:
        """Return the places that have a value."""
        start, past = self._sorted.searchsorted((value, value + 1))
        return self._order[start:past]

    def some(self, values: Ints) -> Ints:
        """Return a place of each of these values, which are all there."""
        return self._order[self._sorted.searchsorted(values)]


def packed(numbers: Sequence[int]) -> str:
    """Return numbers as text, so that texts put together are the numbers put together."""
    rows = np.array(numbers, "<i8").view(np.uint8).reshape(-1, 8)
    return b64encode(rows[:, :_BYTES].tobytes()).decode("ascii")


def _unpacked(texts: Array) -> tuple[Ints, Ints]:
    """Return the numbers of all texts, and where those of each begin; and, last, where they end."""
    every = np.frombuffer(b64decode("".join(texts)), np.uint8).reshape(-1, _BYTES)
    found = np.zeros((len(every), 8), np.uint8)
    found[:, :_BYTES] = every
    counts = np.fromiter(map(len, texts), np.int64, len(texts)) // (_BYTES * 4 // 3)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
    return found.reshape(-1).view("<i8"), starts


def _clusters(text: str) -> tuple[int, ...]:
    """Return clusters as the column keeps them."""
    return tuple(map(int, text.split(","))) if text else ()
