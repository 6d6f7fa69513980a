"""The tellings of one stretch of time, bit by bit, and sums of points for all of them at once.

Comes in: items with what they say. Goes out: whole numbers of which bit *i* tells of the *i*-th telling.
It is a bitmap index (P. O'Neil, « Model 204 architecture and performance », 1987).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from foedus.ledger.joining.athand import Said
from foedus.ledger.joining.homes import STRETCH, first_day, last_day
from foedus.ledger.joining.items import Item

__all__ = ["Stretch", "by_sum", "not_less", "sums"]

Places = npt.NDArray[np.signedinteger[Any]]

_A_BIT = 50
"""Bytes that are passed over in the time in which one bit is taken from a large number."""

_MANY = 100
"""Tellings that are sooner shared out all at once than one by one."""


class Stretch:
    """The tellings of one stretch of time, bit by bit.

    What is said are small numbers (:mod:`foedus.ledger.joining.asking`), and those of the first and last days.
    What was said by tellings that came is put into the whole numbers when it is asked for: most of what
    comes together is never asked for, and many bits set at once cost little more than one.

    The first are those that were placed before (:mod:`foedus.ledger.joining.athand`): they become items when somebody looks at them.
    """

    __slots__ = (
        "_later",
        "alive",
        "before",
        "bits",
        "coming",
        "fresh",
        "heaps",
        "items",
        "known",
        "latest",
        "place",
        "standing",
    )  # fmt: skip

    def __init__(self, before: Said | None = None) -> None:
        self.before = before
        count = 0 if before is None else len(before.rows)
        self.items: list[Item | None] = [None] * count
        self.known: list[int] = []
        """By which days those were known that were put in."""
        self.latest = 0 if before is None or not count else int(before.known.max())
        """The last day by which any of all was known."""
        self._later: dict[int, tuple[int, int]] = {}
        """By day, of how many who of them was not known by then."""
        self.place: dict[int, int] = {}
        self.alive = self.standing = (1 << count) - 1
        self.bits: dict[int, int] = {}
        self.coming: list[Sequence[int]] = []
        """What the last of the items say."""
        self.fresh: dict[int, list[int]] = defaultdict(list)
        self.heaps: dict[int, Places] = {}
        """The places of many tellings that came together."""

    def begin(self) -> None:
        """Let all that are here be those that stood before what comes now."""
        self.standing = (1 << len(self.items)) - 1

    def add(self, item: Item, said: Sequence[int]) -> None:
        """Put in ``item``, and all that is ``said`` in it."""
        at = len(self.items)
        self.place[item.name] = at
        self.items.append(item)
        known = item.order.known
        self.known.append(known)
        self.latest = max(self.latest, known)
        self.alive |= 1 << at
        self.coming.append(said)

    def remove(self, item: Item) -> None:
        """Take ``item`` out, which is in; its bits stay, and count no more."""
        self.alive &= ~(1 << self.place.pop(item.name))

    def let_go(self, row: int) -> None:
        """Count one of those placed before no more, if it is here."""
        at = None if self.before is None else self.before.place(row)
        if at is not None:
            self.alive &= ~(1 << at)

    def said(self, what: int) -> int:
        """Return the tellings that say it."""
        if self.coming:
            self._share_out()
        bits = self.bits.get(what)
        if bits is None:
            bits = self.bits[what] = self._said_before(what)
        if what in self.fresh:
            bits |= _bits(self.fresh.pop(what))
            self.bits[what] = bits
        if what in self.heaps:
            bits |= _heap(self.heaps.pop(what))
            self.bits[what] = bits
        return bits

    def _said_before(self, what: int) -> int:
        if self.before is None:
            return 0
        places = self.before.places(what)
        return _heap(places) if len(places) else 0

    def any(self, some: Iterable[int]) -> int:
        """Return the tellings that say any of it."""
        found = 0
        for what in some:
            found |= self.said(what)
        return found

    def at_least(self, most: int, some: Iterable[int]) -> list[int]:
        """Return the tellings that say one of ``some``, those that say two, and so on to ``most``."""
        found = [0] * most
        for what in some:
            more = self.said(what)
            for n, there in enumerate(found):
                found[n], more = there | more, there & more
        return found

    def _share_out(self) -> None:
        """Note for all that was said by those who came where they are."""
        coming, first = self.coming, len(self.items) - len(self.coming)
        self.coming = []
        if len(coming) < _MANY:
            fresh = self.fresh
            for at, said in enumerate(coming, first):
                for what in said:
                    fresh[what].append(at)
            return
        counts = np.fromiter(map(len, coming), np.int64, len(coming))
        every = np.fromiter(itertools.chain.from_iterable(coming), np.int64, int(counts.sum()))
        order = np.argsort(every, kind="stable")
        every, places = (
            every[order],
            np.repeat(np.arange(first, first + len(coming)), counts)[order],
        )
        starts = np.flatnonzero(np.diff(every, prepend=every[0] - 1))
        parts = np.split(places, starts[1:])
        for what, part in zip(every[starts].tolist(), parts, strict=True):
            there = self.heaps.get(what)
            self.heaps[what] = part if there is None else np.concatenate((there, part))

    def later(self, day: int) -> int:
        """Return the tellings that were not known by a day."""
        if self.latest <= day:
            return 0
        if day in self._later and self._later[day][0] == len(self.items):
            return self._later[day][1]
        known = np.array(self.known, np.int64)
        if self.before is not None:
            known = np.concatenate((self.before.known, known))
        places = np.flatnonzero(known > day)
        found = _heap(places) if len(places) else 0
        self._later[day] = (len(self.items), found)
        return found

    def on(self, first: int, last: int, number: int) -> int:
        """Return the tellings that have a day of the stretch ``number`` between two."""
        low, past = number * STRETCH, (number + 1) * STRETCH
        found = self.alive
        if last + 1 < past:
            found = self.any(map(first_day, range(low, last + 1)))
        if first <= low:
            return found
        if 2 * first < low + past:
            return found & ~self.any(map(last_day, range(low, first)))
        return found & self.any(map(last_day, range(first, past)))

    def picked(self, mask: int) -> Iterator[Item]:
        """Yield the tellings of ``mask``."""
        items, before, count = self.items, self.before, mask.bit_count()
        for at in _few(mask) if count * _A_BIT < len(items) // 8 else _many(mask, len(items)):
            item = items[at]
            if item is None:
                assert before is not None
                item = items[at] = before.item(at)
            yield item


def _few(mask: int) -> Iterator[int]:
    """Yield the places of few bits."""
    while mask:
        bit = mask & -mask
        yield bit.bit_length() - 1
        mask ^= bit


def _many(mask: int, count: int) -> list[int]:
    """Return the places of many."""
    data = np.frombuffer(mask.to_bytes(count // 8 + 1, "little"), np.uint8)
    return np.flatnonzero(np.unpackbits(data, bitorder="little")).tolist()


def _bits(places: Sequence[int]) -> int:
    """Return the whole number with these bits, which are in order."""
    if len(places) == 1:
        return 1 << places[0]
    found = bytearray(places[-1] // 8 + 1)
    for at in places:
        found[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(found, "little")


def _heap(places: Places) -> int:
    """Return the same of many places."""
    found = np.zeros(int(places.max()) + 1, np.bool_)
    found[places] = True
    return int.from_bytes(np.packbits(found, bitorder="little").tobytes(), "little")


def sums(mask: int, counted: Iterable[tuple[int, int]]) -> list[int]:
    """Return the sums of points of each in ``mask``, by binary digit, the least first.

    ``counted``: points, with those who get them.
    """
    digits: list[int] = []
    for points, who in counted:
        for place in range(points.bit_length()):
            carried = who & mask if points >> place & 1 else 0
            at = place
            while carried:
                if at >= len(digits):
                    digits += [0] * (at + 1 - len(digits))
                digits[at], carried = digits[at] ^ carried, digits[at] & carried
                at += 1
    return digits


def not_less(digits: Sequence[int], than: Sequence[int], mask: int) -> int:
    """Return those of ``mask`` of whom one number, by binary digit, is not less than the other."""
    more, equal = 0, mask
    for at in reversed(range(max(len(digits), len(than)))):
        one, other = (of[at] if at < len(of) else 0 for of in (digits, than))
        more |= equal & one & ~other
        equal &= ~(one ^ other)
        if not equal:
            break
    return more | equal


def by_sum(digits: Sequence[int], mask: int) -> list[tuple[int, int]]:
    """Return the sums of points that any of ``mask`` has, the highest first, with those who have it."""
    found = [(0, mask)]
    for at in reversed(range(len(digits))):
        split = ((n | bit, part) for n, some in found for bit, part in (
            (1 << at, some & digits[at]), (0, some & ~digits[at])
        ))  # fmt: skip
        found = [(n, part) for n, part in split if part]
    return found
