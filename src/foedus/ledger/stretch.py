"""The tellings of one stretch of time, bit by bit, and sums of points for all of them at once.

Comes in: items with what they say. Goes out: whole numbers of which bit *i* tells of the *i*-th telling.
It is a bitmap index (P. O'Neil, « Model 204 architecture and performance », 1987).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from foedus.ledger.items import Item

__all__ = ["FROM", "STRETCH", "UP_TO", "Field", "Stretch", "by_sum", "not_less", "sums"]

STRETCH = 32
"""Days of a stretch of time."""
FROM, UP_TO = "from", "up to"
"""The kinds of field that tell the first and the last day of a telling in a stretch."""
_A_BIT = 50
"""Bytes that are passed over in the time in which one bit is taken from a large number."""

Field = tuple[str, str | int]
"""What is said: of what kind it is, and what."""


class Stretch:
    """The tellings of one stretch of time, bit by bit.

    What was said by tellings that came is put into the whole numbers when it is asked for: most of what
    comes together is never asked for, and many bits set at once cost little more than one.
    """

    __slots__ = ("alive", "bits", "fresh", "items", "place")

    def __init__(self) -> None:
        self.items: list[Item] = []
        self.place: dict[int, int] = {}
        self.alive = 0
        self.bits: dict[Field, int] = {}
        self.fresh: dict[Field, list[int]] = defaultdict(list)

    def add(self, item: Item, fields: Iterable[Field]) -> None:
        """Put in ``item``, which says ``fields``."""
        at = len(self.items)
        self.place[item.name] = at
        self.items.append(item)
        self.alive |= 1 << at
        fresh = self.fresh
        for field in fields:
            fresh[field].append(at)

    def remove(self, item: Item) -> None:
        """Take ``item`` out, which is in; its bits stay, and count no more."""
        self.alive &= ~(1 << self.place.pop(item.name))

    def said(self, field: Field) -> int:
        """Return the tellings that say it."""
        bits = self.bits.get(field, 0)
        fresh = self.fresh.pop(field, None)
        if fresh is not None:
            bits |= _bits(fresh)
            self.bits[field] = bits
        return bits

    def any(self, kind: str, names: Iterable[str | int]) -> int:
        """Return the tellings that say any of ``names``."""
        found = 0
        for name in names:
            found |= self.said((kind, name))
        return found

    def at_least(self, most: int, kind: str, names: Iterable[str]) -> list[int]:
        """Return the tellings that say one of ``names``, those that say two, and so on to ``most``."""
        found = [0] * most
        for name in names:
            more = self.said((kind, name))
            for n, there in enumerate(found):
                found[n], more = there | more, there & more
        return found

    def on(self, first: int, last: int, number: int) -> int:
        """Return the tellings that have a day of the stretch ``number`` between two."""
        low, past = number * STRETCH, (number + 1) * STRETCH
        found = over = 0
        if last + 1 >= past:
            found = self.alive
        else:
            for day in range(low, last + 1):
                found |= self.said((FROM, day))
        for day in range(low, min(first, past)):
            over |= self.said((UP_TO, day))
        return found & ~over

    def picked(self, mask: int) -> Iterator[Item]:
        """Yield the tellings of ``mask``."""
        items, count = self.items, mask.bit_count()
        if count * _A_BIT < len(items) // 8:
            while mask:
                bit = mask & -mask
                yield items[bit.bit_length() - 1]
                mask ^= bit
            return
        data = np.frombuffer(mask.to_bytes(len(items) // 8 + 1, "little"), np.uint8)
        for at in np.flatnonzero(np.unpackbits(data, bitorder="little")).tolist():
            yield items[at]


def _bits(places: Sequence[int]) -> int:
    """Return the whole number with these bits, which are in order."""
    if len(places) == 1:
        return 1 << places[0]
    found = bytearray(places[-1] // 8 + 1)
    for at in places:
        found[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(found, "little")


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
