"""Finding the tellings that one telling can be one fact with, without looking at all of them.

Comes in: the items of one block. Goes out: for an item, those that nothing coarse sets apart: they
name somebody, something or some place in common, no list of theirs is at odds, their days meet or
nearly meet, and what they share can be enough. What is found is a superset of what can be linked: the last word is with
:class:`~foedus.ledger.likeness.Likeness`.

It is a bitmap index (P. O'Neil, « Model 204 architecture and performance », 1987): for each stretch of
time and each thing that a telling can say, a whole number of which bit *i* tells whether the *i*-th
telling of that stretch says it. The points of all tellings of a stretch are added at once, a whole number
for each binary digit of the sums, and only who can reach what his event type needs is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from foedus.ledger.items import Item, Profile
from foedus.ledger.rules import Rules

__all__ = ["Nearby"]

_STRETCH = 32
"""Days of a stretch of time."""
_LONG = 400
"""Days beyond which a window is looked for everywhere."""
_EVERYWHERE, _UNKNOWN = -1, -2
"""The stretch of long windows, and that of tellings of which no day is known."""

_FEW = 8
"""Tellings that are sooner looked at one by one than counted together."""
_A_BIT = 50
"""Bytes that are passed over in the time in which one bit is taken from a large number."""
_FROM, _UP_TO = "from", "up to"
_DATED = ("dated", "")
_LOW, _DIGITS = "low", 6
"""The least points that decided a telling, by binary digit: no two share 64."""

Field = tuple[str, str | int]
"""What is said: of what kind it is, and what."""


class _Stretch:
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
        at = len(self.items)
        self.place[item.name] = at
        self.items.append(item)
        self.alive |= 1 << at
        fresh = self.fresh
        for field in fields:
            fresh[field].append(at)

    def remove(self, item: Item) -> None:
        self.alive &= ~(1 << self.place.pop(item.name))

    def said(self, field: Field) -> int:
        """Return the tellings that say it."""
        bits = self.bits.get(field, 0)
        fresh = self.fresh.pop(field, None)
        if fresh is not None:
            bits |= _bits(fresh)
            self.bits[field] = bits
        return bits

    def any(self, kind: str, names: Iterable[str]) -> int:
        """Return the tellings that say any of ``names``."""
        found = 0
        for name in names:
            found |= self.said((kind, name))
        return found

    def on(self, first: int, last: int, number: int) -> int:
        """Return the tellings that have a day of the stretch ``number`` between two."""
        low, past = number * _STRETCH, (number + 1) * _STRETCH
        found = over = 0
        if last + 1 >= past:
            found = self.alive
        else:
            for day in range(low, last + 1):
                found |= self.said((_FROM, day))
        for day in range(low, min(first, past)):
            over |= self.said((_UP_TO, day))
        return found & ~over

    def picked(self, mask: int) -> Iterator[Item]:
        """Yield the tellings of ``mask``."""
        items, size = self.items, (len(self.items) + 7) // 8 or 1
        if mask.bit_count() * _A_BIT < size:
            while mask:
                bit = mask & -mask
                yield items[bit.bit_length() - 1]
                mask ^= bit
            return
        # bytes with anything in them are few: whole numbers of thousands of bits are slow to shift
        for at, byte in enumerate(mask.to_bytes(size, "little")):
            while byte:
                low = byte & -byte
                yield items[8 * at + low.bit_length() - 1]
                byte ^= low


def _bits(places: Sequence[int]) -> int:
    """Return the whole number with these bits, which are in order."""
    if len(places) == 1:
        return 1 << places[0]
    found = bytearray(places[-1] // 8 + 1)
    for at in places:
        found[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(found, "little")


def _sums(mask: int, counted: Iterable[tuple[int, int]]) -> list[int]:
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


def _not_less(digits: Sequence[int], than: Sequence[int], mask: int) -> int:
    """Return those of ``mask`` of whom one number, by binary digit, is not less than the other."""
    more, equal = 0, mask
    for at in reversed(range(max(len(digits), len(than)))):
        one, other = (of[at] if at < len(of) else 0 for of in (digits, than))
        more |= equal & one & ~other
        equal &= ~(one ^ other)
        if not equal:
            break
    return more | equal


def _copy(item: Item) -> Field:
    """Return what tells copies of one text by the same wording from others."""
    return ("copy", f"{item.group} {item.rule or ''}")


@lru_cache(maxsize=20_000)
def _fields(p: Profile) -> tuple[Field, ...]:
    """Return all that a profile says, as the index keeps it."""
    found: list[Field] = []
    lists = (
        ("narrow", p.narrow), ("actor", p.actors), ("side", p.wide_actors),
        ("recipient", p.recipients), ("target", p.wide_recipients), ("about", p.within),
        ("place", p.places), ("country", p.wide_places), ("tool", p.instruments), ("once", p.once),
        ("cue", p.cues),
    )  # fmt: skip
    for kind, names in lists:
        found += [(kind, name) for name in names]
    for kind, names in (("narrow", p.narrow), ("actor", p.actors), ("recipient", p.recipients),
                        ("place", p.places), ("tool", p.instruments)):  # fmt: skip
        if not names:
            found.append((kind, ""))
    found.append(("mode", p.mode or ""))
    if p.dated:
        found.append(_DATED)
    return tuple(found)


class Nearby:
    """The tellings of one block, by what they say and when."""

    def __init__(self, rules: Rules, kind: str) -> None:
        self._points, self._need = rules.points, rules.types[kind].need
        self._confused: dict[str, set[str]] = defaultdict(set)
        for a, b in rules.confused:
            self._confused[a].add(b)
            self._confused[b].add(a)
        self._stretches: dict[int, _Stretch] = defaultdict(_Stretch)
        self._told_in: dict[str, dict[int, Item]] = defaultdict(dict)

    def add(self, item: Item) -> None:
        """Let ``item`` be found."""
        self._told_in[item.source][item.name] = item
        fields = [*_fields(item.profile)]
        fields.append(_copy(item))
        if item.rule is not None:
            fields.append(("rule", item.rule))
        fields += [("number", number) for number in item.numbers]
        fields += [(_LOW, n) for n in range(_DIGITS) if item.low >> n & 1]
        for number in self._home(item):
            self._stretches[number].add(item, [*fields, *self._days(item, number)])

    def remove(self, item: Item) -> None:
        """Let ``item`` be found no more, if it is."""
        if self._told_in.get(item.source, {}).pop(item.name, None) is None:
            return
        for number in self._home(item):
            self._stretches[number].remove(item)

    def told_in(self, source: str) -> Iterable[Item]:
        """Return the tellings of one report."""
        return self._told_in.get(source, {}).values()

    def of(self, item: Item) -> Iterator[Item]:
        """Yield the others that may be linked to ``item``, each once."""
        return self._of(item, minded=False)

    def minding(self, item: Item) -> Iterator[Item]:
        """Yield those of them whom the link may concern: worth no less than what decided them."""
        return self._of(item, minded=True)

    def _of(self, item: Item, *, minded: bool) -> Iterator[Item]:
        for other in list(self.told_in(item.source)):
            if other is not item:
                yield other
        asked = list(self._asked(item, minded=minded))
        seen: set[int] | None = set() if len(asked) > 1 else None
        for number, mask in asked:
            for other in self._stretches[number].picked(mask):
                if other.source == item.source or (seen is not None and other.name in seen):
                    continue
                if seen is not None:
                    seen.add(other.name)
                yield other

    def _home(self, item: Item) -> Iterable[int]:
        if item.start is None or item.end is None:
            return (_UNKNOWN,)
        if item.end - item.start >= _LONG:
            return (_EVERYWHERE,)
        return range(item.start // _STRETCH, item.end // _STRETCH + 1)

    def _days(self, item: Item, number: int) -> Iterable[Field]:
        """Return the first and the last day of the item in a stretch, as the index keeps them."""
        if number < 0 or item.start is None or item.end is None:
            return ()
        first, past = number * _STRETCH, (number + 1) * _STRETCH
        return ((_FROM, max(item.start, first)), (_UP_TO, min(item.end, past - 1)))

    def _asked(self, item: Item, *, minded: bool) -> Iterator[tuple[int, int]]:
        """Yield the numbers of the stretches in which the item is looked for, with the tellings there."""
        once = item.profile.once
        unknown = item.start is None or item.end is None
        everywhere = unknown or (item.end or 0) - (item.start or 0) >= _LONG
        if unknown and not once:
            return
        if everywhere:
            numbers: Iterable[int] = list(self._stretches)
        else:
            assert item.start is not None
            assert item.end is not None
            # a day is added on either side, as far as two dates of one event may lie apart
            first, last = item.start - 1, item.end + 1
            numbers = [*range(first // _STRETCH, last // _STRETCH + 1), _EVERYWHERE]
            if once:
                numbers.append(_UNKNOWN)
        for number in numbers:
            stretch = self._stretches.get(number)
            if stretch is None:
                continue
            mask = stretch.alive
            if not everywhere and number >= 0:
                mask &= stretch.on(first, last, number)
            if unknown or number == _UNKNOWN:
                mask &= stretch.any("once", once)
            if mask:
                mask = self._agreeing(stretch, item, mask, minded=minded)
            if mask:
                yield number, mask

    def _agreeing(self, stretch: _Stretch, item: Item, mask: int, *, minded: bool) -> int:
        """Return those of ``mask`` of which no list is at odds with the item's, and that share enough."""
        p, has = item.profile, stretch.any
        narrow = has("narrow", p.narrow)
        actors = has("side", p.actors) | has("actor", p.wide_actors - p.actors)
        mistaken = has("actor", {c for a in p.actors for c in self._confused.get(a, ())})
        places = has("country", p.places) | has("place", p.wide_places - p.places)
        recipients = has("target", p.recipients)
        recipients |= has("recipient", p.wide_recipients - p.recipients)
        tools = has("tool", p.instruments)
        if p.narrow:
            mask &= narrow | has("narrow", ("",))
        if p.actors:
            mask &= actors | mistaken | has("actor", ("",))
        if p.recipients:
            mask &= recipients | has("recipient", ("",))
        if p.places:
            mask &= places | has("place", ("",))
        mask = self._same_manner(stretch, p, mask, tools)
        if not mask:
            return 0
        target = has("country", p.recipients) | has("place", p.within)
        target |= has("about", p.places) | has("recipient", p.wide_places)
        copies = stretch.said(_copy(item))
        met = narrow | actors | places | recipients | tools | target
        mask &= met if item.rule is None else met | copies
        if mask.bit_count() <= _FEW:
            return mask
        dated, points = stretch.said(_DATED), self._points
        counted = (
            (points.cue, narrow), (points.broad_cue, has("cue", p.cues) & ~narrow),
            (points.actors, actors | mistaken), (points.recipients, recipients), (points.places, places),
            (points.target, target & ~recipients & ~places), (points.instruments, tools),
            (points.day, dated if p.dated else 0), (points.near_day, ~dated if p.dated else dated),
            (points.mode, stretch.said(("mode", p.mode)) if p.mode is not None else 0),
            (points.quantity, has("number", item.numbers)), (points.copy, copies),
            (points.rule, stretch.said(("rule", item.rule)) if item.rule is not None else 0),
        )  # fmt: skip
        digits = _sums(mask, counted)
        mask = _not_less(digits, [self._need >> n & 1 and mask for n in range(_DIGITS)], mask)
        if minded and mask:
            low = [stretch.said((_LOW, n)) for n in range(_DIGITS)]
            mask = _not_less(digits, low, mask)
        return mask

    def _same_manner(self, stretch: _Stretch, p: Profile, mask: int, tools: int) -> int:
        """Keep those of which mode and instruments are not at odds with the profile's."""
        has = stretch.any
        if p.instruments:
            mask &= tools | has("tool", ("",))
        if p.mode is None or p.mode == "multilateral":
            return mask
        return mask & has("mode", (p.mode, "multilateral", ""))
