"""Finding the tellings that one telling can be one fact with, without looking at all of them.

Comes in: the items of one block. Goes out: for an item, those that nothing coarse sets apart: they
name somebody, something or some place in common, no list of theirs is at odds, their days meet or
nearly meet, and what they share can be enough. What is found is a superset of what can be linked: the last word is with
:class:`~foedus.ledger.joining.likeness.Likeness`.

It is a bitmap index (P. O'Neil, « Model 204 architecture and performance », 1987): for each stretch of
time and each thing that a telling can say, a whole number of which bit *i* tells whether the *i*-th
telling of that stretch says it. The points of all tellings of a stretch are added at once, a whole number
for each binary digit of the sums, and only who can reach what his event type needs is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from foedus.ledger.joining.asking import DIGITS, Asking, Numbers
from foedus.ledger.joining.athand import AtHand
from foedus.ledger.joining.homes import EVERYWHERE, FAR, LONG, STRETCH, UNKNOWN, first_day, last_day
from foedus.ledger.joining.items import Item
from foedus.ledger.joining.stretch import Stretch, by_sum, not_less, sums
from foedus.ledger.joining.wording import ENOUGH
from foedus.ledger.rules import Rules

__all__ = ["Nearby"]

_FEW = 8
"""Tellings that are sooner looked at one by one than counted together."""
_BEFORE, _AFTER = "before", "after"
_ANY = 1 << DIGITS
"""More points than any two share: of those whose points are not counted."""


def _far_home(item: Item) -> tuple[bool, int]:
    """Return where the item is kept for those who are far off."""
    if item.start is None or item.end is None:
        return item.profile.open, UNKNOWN
    everywhere = item.end - item.start >= LONG
    return item.profile.open, EVERYWHERE if everywhere else item.end // FAR


class Nearby:
    """The tellings of one block, by what they say and when."""

    def __init__(self, rules: Rules, kind: str, at_hand: AtHand | None = None) -> None:
        """``at_hand``: those that were placed before."""
        self._at_hand = at_hand
        self._points, self._need = rules.points, rules.types[kind].need
        self._strict = rules.types[kind].strict
        self._numbers = Numbers(rules, kind)
        self._stretches: dict[int, Stretch] = {}
        self._told_in: dict[str, dict[int, Item]] = defaultdict(dict)
        self._marked: dict[tuple[bool, int], Stretch] = {}
        """Those with marks: whether they are told as past without a day, and a long stretch of time."""
        self._known: dict[str, dict[int, Item]] = defaultdict(dict)
        """Those that tell of a known event: whatever else they say, and when."""
        self._back, self._far, self._far_need = rules.told_back, rules.far, rules.far_need

    def add(self, item: Item) -> None:
        """Let ``item`` be found."""
        self._told_in[item.source][item.name] = item
        if item.profile.landmark is not None:
            self._known[item.profile.landmark][item.name] = item
        said = self._numbers.said(item)
        points = self._numbers.points(item)
        for number in self._home(item):
            stretch = self._stretch(number) or self._stretches.setdefault(number, Stretch())
            stretch.add(item, [*said, *points, *self._days(item, number)])
        if item.profile.marks:
            home = _far_home(item)
            stretch = self._afar(home) or self._marked.setdefault(home, Stretch())
            stretch.add(item, [*said, *points])

    def remove(self, item: Item) -> None:
        """Let ``item`` be found no more, if it is."""
        row = None if self._at_hand is None else self._at_hand.let_go(item.name)
        if row is None and self._told_in.get(item.source, {}).pop(item.name, None) is None:
            return
        if row is None and item.profile.landmark is not None:
            del self._known[item.profile.landmark][item.name]
        there = [self._stretches.get(number) for number in self._home(item)]
        if item.profile.marks:
            there.append(self._marked.get(_far_home(item)))
        for stretch in there:
            if stretch is not None and row is None:
                stretch.remove(item)
            elif stretch is not None and row is not None:
                stretch.let_go(row)

    def told_in(self, source: str) -> list[Item]:
        """Return the tellings of one report."""
        found = list(self._told_in.get(source, {}).values())
        return found if self._at_hand is None else [*found, *self._at_hand.told_in(source)]

    def _knowing(self, landmark: str) -> list[Item]:
        """Return those that tell of a known event."""
        found = list(self._known.get(landmark, {}).values())
        return found if self._at_hand is None else [*found, *self._at_hand.knowing(landmark)]

    def _stretch(self, number: int) -> Stretch | None:
        """Return a stretch, if any telling is in it; those placed before are put into it when it is asked for."""
        found = self._stretches.get(number)
        if found is None and self._at_hand is not None and number in self._at_hand.stretches:
            found = self._stretches[number] = Stretch(self._at_hand.stretch(number))
        return found

    def _afar(self, home: tuple[bool, int]) -> Stretch | None:
        """Return a long stretch of tellings with marks in the same way."""
        found = self._marked.get(home)
        if found is None and self._at_hand is not None and home in self._at_hand.marked:
            found = self._marked[home] = Stretch(self._at_hand.far(home))
        return found

    def begin(self) -> None:
        """From now on some are placed anew, in order."""
        for stretch in (*self._stretches.values(), *self._marked.values()):
            stretch.begin()

    def of(self, item: Item) -> Iterator[Item]:
        """Yield the others that may be linked to ``item``, each once."""
        return self._each(item, self._ranked(item, None))

    def minding(self, item: Item) -> Iterator[Item]:
        """Yield those of them whom the link may concern: worth no less than what decided them.

        They stood there when :meth:`begin` was called: who was put in since was looked at anyway.
        Of those who were known before the item, and so come before it in the order, there is none.
        """
        return self._each(item, self._ranked(item, _AFTER))

    def ranked(self, item: Item) -> Iterator[tuple[int, Iterable[Item]]]:
        """Yield those that may be linked by the points that they can share at most, the most first.

        Who lies in several stretches comes more than once; nobody whose points are fewer comes earlier.
        Of those who were not known by then, and so come after it in the order, there is none.
        """
        yield from self._ranked(item, _BEFORE)

    def _each(self, item: Item, ranked: Iterable[tuple[int, Iterable[Item]]]) -> Iterator[Item]:
        seen = {item.name}
        for _, others in ranked:
            for other in others:
                if other.name not in seen:
                    seen.add(other.name)
                    yield other

    def _ranked(self, item: Item, which: str | None) -> list[tuple[int, Iterable[Item]]]:
        asking = Asking(item, self._numbers)
        found = [
            (points, self._stretches[number].picked(mask))
            for number, ranks in self._asked(asking, which)
            for points, mask in ranks
        ]
        found += self._far_off(asking, which)
        if item.profile.landmark is not None:
            known = self._knowing(item.profile.landmark)
            found.append((self._points.landmark, (o for o in known if o is not item)))
        found.sort(key=lambda r: -r[0])
        mates = (o for o in self.told_in(item.source) if o is not item)
        return [(_ANY, mates), *found]

    def _far_off(self, asking: Asking, which: str | None) -> Iterator[tuple[int, Iterator[Item]]]:
        """Yield those with a mark in common of which one may lie far behind its report."""
        for home in self._far_homes(asking.item):
            stretch = self._afar(home)
            mask = _in_order(stretch, asking.item, stretch.alive, which) if stretch else 0
            if stretch and mask and (mask := mask & stretch.any(asking.p.marks)):
                ranks = self._agreeing(
                    stretch, asking, mask, minded=which == _AFTER, need=self._far_need
                )
                for points, some in ranks:
                    yield max(points - self._far, 1), stretch.picked(some)

    def _far_homes(self, item: Item) -> Iterator[tuple[bool, int]]:
        """Yield where those can be that lie far behind their report if it does not, or before its own."""
        if not item.profile.marks:
            return
        if item.start is None or item.end is None:
            yield from {**self._marked, **(self._at_hand.marked if self._at_hand else {})}
            return
        # a window that is not everywhere ends less than so many days after it begins
        spans = [(True, item.start, item.start + self._back)]
        if item.profile.open:
            spans.append((False, item.end - self._back, item.end + LONG))
            first, last = item.end - self._back, max(item.start + self._back, item.end + LONG)
            spans[0] = (True, min(item.start, first), last)
        for open_, first, last in spans:
            for number in (*range(first // FAR, last // FAR + 1), EVERYWHERE, UNKNOWN):
                yield open_, number

    def _home(self, item: Item) -> Iterable[int]:
        if item.start is None or item.end is None:
            return (UNKNOWN,)
        if item.end - item.start >= LONG:
            return (EVERYWHERE,)
        return range(item.start // STRETCH, item.end // STRETCH + 1)

    def _days(self, item: Item, number: int) -> Iterable[int]:
        """Return the first and the last day of the item in a stretch, as the index keeps them."""
        if number < 0 or item.start is None or item.end is None:
            return ()
        first, past = number * STRETCH, (number + 1) * STRETCH
        return (first_day(max(item.start, first)), last_day(min(item.end, past - 1)))

    def _asked(
        self, asking: Asking, which: str | None
    ) -> Iterator[tuple[int, list[tuple[int, int]]]]:  # fmt: skip
        """Yield the numbers of the stretches in which the item is looked for, with the tellings there."""
        item = asking.item
        once = item.profile.once
        unknown = item.start is None or item.end is None
        everywhere = unknown or (item.end or 0) - (item.start or 0) >= LONG
        if unknown and not once:
            return
        if everywhere:
            numbers: Iterable[int] = {
                *self._stretches, *(self._at_hand.stretches if self._at_hand else ()),
            }  # fmt: skip
        else:
            assert item.start is not None
            assert item.end is not None
            # a day more on either side, as far as two dates of one event may lie apart
            first, last = item.start - 1, item.end + 1
            numbers = [*range(first // STRETCH, last // STRETCH + 1), EVERYWHERE]
            if once:
                numbers.append(UNKNOWN)
        for number in numbers:
            stretch = self._stretch(number)
            if stretch is None:
                continue
            mask = _in_order(stretch, asking.item, stretch.alive, which)
            if mask and not everywhere and number >= 0:
                mask &= self._on_the_days(stretch, asking, number)
            if mask and (unknown or number == UNKNOWN):
                mask &= stretch.any(asking.p.once)
            if mask:
                yield number, self._agreeing(stretch, asking, mask, minded=which == _AFTER)

    def _on_the_days(self, stretch: Stretch, asking: Asking, number: int) -> int:
        """Return those whose days meet the item's, or lie beside them, where one event may be meant."""
        item, p = asking.item, asking.p
        assert item.start is not None
        assert item.end is not None
        beside = stretch.any((last_day(item.start - 1), first_day(item.end + 1)))
        if beside:
            beside &= stretch.any(p.narrow) | stretch.any(p.once)
        return stretch.on(item.start, item.end, number) | beside

    def _agreeing(
        self, stretch: Stretch, asking: Asking, mask: int, *, minded: bool, need: int = 0
    ) -> list[tuple[int, int]]:  # fmt: skip
        """Return those of ``mask`` of which no list is at odds with the item's, and that share enough.

        By the points that they can share at most, the highest first.
        """
        profile, p, has = asking.item.profile, asking.p, stretch.any
        nothing = asking.of.nothing
        narrow, actors, mistaken = has(p.narrow), has(p.actors), has(p.mistaken)
        places, recipients, tools = has(p.places), has(p.recipients), has(p.tools)
        if p.narrow:
            mask &= narrow | stretch.said(nothing["narrow"])
        if profile.actors:
            mask &= actors | mistaken | stretch.said(nothing["actor"])
        if profile.recipients:
            mask &= recipients | stretch.said(nothing["recipient"])
        if profile.places and not (profile.loose or profile.strange):
            mask &= places | has((nothing["place"], asking.of.region))
        if p.tools:
            mask &= tools | stretch.said(nothing["tool"])
        if p.manner:
            mask &= has(p.manner)
        if not mask:
            return []
        target, figures, copies = has(p.target), has(p.figures), stretch.said(asking.copy)
        met = narrow | actors | places | recipients | tools | target | figures
        met |= has(p.war)
        mask &= met | copies if asking.rule else met
        if mask.bit_count() <= _FEW:
            return [(_ANY, mask)]
        points = self._points
        near, exactly = points.within if self._strict else points.places, has(p.exactly)
        counted = (
            (points.cue, narrow), (points.broad_cue, has(p.all_cues) & ~narrow),
            (points.actors, actors | mistaken), (points.recipients, recipients),
            (points.places, places & exactly), (near, places & ~exactly),
            (points.target, target & ~recipients & ~places), (points.instruments, tools),
            (points.copy, copies), (points.figure, figures),
            (points.quantity, has(asking.figured) | figures),
        )  # fmt: skip
        digits = sums(mask, (*counted, *self._counted_alone(stretch, asking)))
        need = max(need, self._need)
        mask = not_less(digits, [need >> n & 1 and mask for n in range(DIGITS)], mask)
        if minded and mask:
            mask = not_less(digits, [stretch.said(low) for low in asking.of.low], mask)
            return [(_ANY, mask)] if mask else []
        return by_sum(digits, mask) if mask else []

    def _counted_alone(self, stretch: Stretch, asking: Asking) -> Iterator[tuple[int, int]]:
        """Yield points with those who get them for what sets nobody apart: no list is asked for it."""
        p, points, has = asking.p, self._points, stretch.any
        dated = stretch.said(asking.of.dated)
        if few := asking.few_days():
            yield points.near_day, has(few) & (~dated if asking.item.profile.dated else dated)
        if asking.item.profile.dated:
            yield points.day, dated
        # who shares so many of all words of his story shares one of any but a few less
        story = asking.story[asking.of.stories - 1 :] if asking.of.stories else ()
        alone = (
            (points.same_news, asking.same_news()), (points.mode, p.mode), (points.rule, asking.rule),
            (points.story, story), (points.company, p.company), (points.named, p.named),
            (points.war, p.war),
        )  # fmt: skip
        for many, what in alone:
            if what:
                yield many, has(what)
        for some in stretch.at_least(ENOUGH, asking.words):
            yield points.word, some


def _in_order(stretch: Stretch, item: Item, mask: int, which: str | None) -> int:
    """Keep those of ``mask`` that can be after the item in the order, or before it, as asked."""
    if which is None:
        return mask
    if which == _BEFORE:
        return mask & ~stretch.later(item.order.known)
    return mask & stretch.standing & stretch.later(item.order.known - 1)
