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
from collections.abc import Iterable, Iterator
from functools import lru_cache

from foedus.ledger.items import WAR, Item, Profile
from foedus.ledger.rules import Rules
from foedus.ledger.stretch import FROM, STRETCH, UP_TO, Field, Stretch, by_sum, not_less, sums
from foedus.ledger.wording import ENOUGH

__all__ = ["Nearby"]

_LONG = 400
"""Days beyond which a window is looked for everywhere."""
_EVERYWHERE, _UNKNOWN = -1, -2
"""The stretch of long windows, and that of tellings of which no day is known."""

_FAR = 256
"""Days of a stretch in which those are kept that may be linked far off."""
_MARK = "mark"
_FEW = 8
"""Tellings that are sooner looked at one by one than counted together."""
_REGION = "~"
"""What stands for any place that lies in no state."""
_DATED = ("dated", "")
_LOW, _DIGITS = "low", 6
"""The least points that decided a telling, by binary digit: no two share 64."""
_ANY = 1 << _DIGITS
"""More points than any two share: of those whose points are not counted."""


def _company(p: Profile) -> Field:
    """Return what tells who name all the same actors from others."""
    return ("company", " ".join(sorted(p.actors)))


def _news(item: Item) -> str:
    """Return the kind of field that tells the last day of what names no day, as of what is new."""
    return "news ahead" if item.profile.future else "news"


def _words(item: Item) -> set[str]:
    return {word.removeprefix("!") for word in item.words}


def _copy(item: Item) -> Field:
    """Return what tells copies of one text by the same wording from others."""
    return ("copy", f"{item.group} {item.rule or ''}")


def _far_home(item: Item) -> tuple[bool, int]:
    """Return where the item is kept for those who are far off."""
    if item.start is None or item.end is None:
        return item.profile.open, _UNKNOWN
    everywhere = item.end - item.start >= _LONG
    return item.profile.open, _EVERYWHERE if everywhere else item.end // _FAR


@lru_cache(maxsize=20_000)
def _fields(p: Profile) -> tuple[Field, ...]:
    """Return all that a profile says, as the index keeps it."""
    found: list[Field] = []
    lists = (
        ("narrow", p.narrow), ("actor", p.actors), ("side", p.wide_actors),
        ("recipient", p.recipients), ("target", p.wide_recipients), ("about", p.within),
        ("place", p.places), ("country", p.wide_places), ("tool", p.instruments), ("once", p.once),
        ("cue", p.cues), ("figure", p.figures), ("named", p.named),
    )  # fmt: skip
    for kind, names in lists:
        found += [(kind, name) for name in names]
    for kind, names in (("narrow", p.narrow), ("actor", p.actors), ("recipient", p.recipients),
                        ("place", p.places), ("tool", p.instruments)):  # fmt: skip
        if not names:
            found.append((kind, ""))
    found += [("mode", p.mode or ""), ("manner", p.manner or "")]
    if p.loose or p.strange:
        found.append(("place", _REGION))
    if p.dated:
        found.append(_DATED)
    if len(p.actors) > 1:
        found.append(_company(p))
    return tuple(found)


class Nearby:
    """The tellings of one block, by what they say and when."""

    def __init__(self, rules: Rules, kind: str) -> None:
        self._points, self._need = rules.points, rules.types[kind].need
        self._strict = rules.types[kind].strict
        self._stories = rules.story_words if rules.types[kind].kind == "said" else 0
        self._confused: dict[str, set[str]] = defaultdict(set)
        for a, b in rules.confused:
            self._confused[a].add(b)
            self._confused[b].add(a)
        self._stretches: dict[int, Stretch] = defaultdict(Stretch)
        self._told_in: dict[str, dict[int, Item]] = defaultdict(dict)
        self._marked: dict[tuple[bool, int], Stretch] = defaultdict(Stretch)
        """Those with marks: whether they are told as past without a day, and a long stretch of time."""
        self._back, self._far, self._far_need = rules.told_back, rules.far, rules.far_need

    def add(self, item: Item) -> None:
        """Let ``item`` be found."""
        self._told_in[item.source][item.name] = item
        fields = [*_fields(item.profile)]
        fields.append(_copy(item))
        if item.rule is not None:
            fields.append(("rule", item.rule))
        fields += [("number", number) for number in item.numbers]
        fields += [("word", word) for word in _words(item)]
        if self._stories:
            fields += [("about", word) for word in item.story.split()]
        if item.end is not None and not item.profile.dated:
            fields.append((_news(item), item.end))
        fields += [(_LOW, n) for n in range(_DIGITS) if item.low >> n & 1]
        for number in self._home(item):
            self._stretches[number].add(item, [*fields, *self._days(item, number)])
        if item.profile.marks:
            fields += [(_MARK, mark) for mark in item.profile.marks]
            self._marked[_far_home(item)].add(item, fields)

    def remove(self, item: Item) -> None:
        """Let ``item`` be found no more, if it is."""
        if self._told_in.get(item.source, {}).pop(item.name, None) is None:
            return
        for number in self._home(item):
            self._stretches[number].remove(item)
        if item.profile.marks:
            self._marked[_far_home(item)].remove(item)

    def told_in(self, source: str) -> Iterable[Item]:
        """Return the tellings of one report."""
        return self._told_in.get(source, {}).values()

    def of(self, item: Item) -> Iterator[Item]:
        """Yield the others that may be linked to ``item``, each once."""
        return self._each(item, self._ranked(item, minded=False))

    def minding(self, item: Item) -> Iterator[Item]:
        """Yield those of them whom the link may concern: worth no less than what decided them."""
        return self._each(item, self._ranked(item, minded=True))

    def ranked(self, item: Item) -> Iterator[tuple[int, Iterable[Item]]]:
        """Yield the same by the points that they can share at most, who can share most first.

        Who lies in several stretches comes more than once; nobody whose points are fewer comes earlier.
        """
        yield from self._ranked(item, minded=False)

    def _each(self, item: Item, ranked: Iterable[tuple[int, Iterable[Item]]]) -> Iterator[Item]:
        seen = {item.name}
        for _, others in ranked:
            for other in others:
                if other.name not in seen:
                    seen.add(other.name)
                    yield other

    def _ranked(self, item: Item, *, minded: bool) -> list[tuple[int, Iterable[Item]]]:
        found = [
            (points, self._stretches[number].picked(mask))
            for number, ranks in self._asked(item, minded=minded)
            for points, mask in ranks
        ]
        found += self._far_off(item, minded=minded)
        found.sort(key=lambda r: -r[0])
        mates = (o for o in list(self.told_in(item.source)) if o is not item)
        return [(_ANY, mates), *found]

    def _far_off(self, item: Item, *, minded: bool) -> Iterator[tuple[int, Iterator[Item]]]:
        """Yield those with a mark in common of which one may lie far behind its report."""
        for home in self._far_homes(item):
            stretch = self._marked.get(home)
            mask = stretch.alive & stretch.any(_MARK, item.profile.marks) if stretch else 0
            if stretch and mask:
                ranks = self._agreeing(stretch, item, mask, minded=minded, need=self._far_need)
                for points, some in ranks:
                    yield max(points - self._far, 1), stretch.picked(some)

    def _far_homes(self, item: Item) -> Iterator[tuple[bool, int]]:
        """Yield where those can be that lie far behind their report if it does not, or before its own."""
        if not item.profile.marks:
            return
        if item.start is None or item.end is None:
            yield from self._marked
            return
        # a window that is not everywhere ends less than so many days after it begins
        spans = [(True, item.start, item.start + self._back)]
        if item.profile.open:
            spans.append((False, item.end - self._back, item.end + _LONG))
            first, last = item.end - self._back, max(item.start + self._back, item.end + _LONG)
            spans[0] = (True, min(item.start, first), last)
        for open_, first, last in spans:
            for number in (*range(first // _FAR, last // _FAR + 1), _EVERYWHERE, _UNKNOWN):
                yield open_, number

    def _home(self, item: Item) -> Iterable[int]:
        if item.start is None or item.end is None:
            return (_UNKNOWN,)
        if item.end - item.start >= _LONG:
            return (_EVERYWHERE,)
        return range(item.start // STRETCH, item.end // STRETCH + 1)

    def _days(self, item: Item, number: int) -> Iterable[Field]:
        """Return the first and the last day of the item in a stretch, as the index keeps them."""
        if number < 0 or item.start is None or item.end is None:
            return ()
        first, past = number * STRETCH, (number + 1) * STRETCH
        return ((FROM, max(item.start, first)), (UP_TO, min(item.end, past - 1)))

    def _asked(
        self, item: Item, *, minded: bool
    ) -> Iterator[tuple[int, list[tuple[int, int]]]]:  # fmt: skip
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
            numbers = [*range(first // STRETCH, last // STRETCH + 1), _EVERYWHERE]
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
                yield number, self._agreeing(stretch, item, mask, minded=minded)

    def _agreeing(
        self, stretch: Stretch, item: Item, mask: int, *, minded: bool, need: int = 0
    ) -> list[tuple[int, int]]:  # fmt: skip
        """Return those of ``mask`` of which no list is at odds with the item's, and that share enough.

        By the points that they can share at most, the highest first.
        """
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
        if p.places and not (p.loose or p.strange):
            mask &= places | has("place", ("", _REGION))
        mask = self._same_manner(stretch, p, mask, tools)
        if not mask:
            return []
        target = has("country", p.recipients) | has("place", p.within)
        target |= has("about", p.places) | has("recipient", p.wide_places)
        copies, figures = stretch.said(_copy(item)), has("figure", p.figures)
        met = narrow | actors | places | recipients | tools | target | figures
        met |= stretch.said(("once", WAR)) if WAR in p.once else 0
        mask &= met if item.rule is None else met | copies
        if mask.bit_count() <= _FEW:
            return [(_ANY, mask)]
        points = self._points
        near, exactly = points.within if self._strict else points.places, has("place", p.places)
        counted = (
            (points.cue, narrow), (points.broad_cue, has("cue", p.cues) & ~narrow),
            (points.actors, actors | mistaken), (points.recipients, recipients),
            (points.places, places & exactly), (near, places & ~exactly),
            (points.target, target & ~recipients & ~places), (points.instruments, tools),
            (points.copy, copies), (points.figure, figures),
            (points.quantity, has("number", item.numbers) | figures),
        )  # fmt: skip
        digits = sums(mask, (*counted, *self._counted_alone(stretch, item)))
        need = max(need, self._need)
        mask = not_less(digits, [need >> n & 1 and mask for n in range(_DIGITS)], mask)
        if minded and mask:
            low = [stretch.said((_LOW, n)) for n in range(_DIGITS)]
            mask = not_less(digits, low, mask)
        return by_sum(digits, mask) if mask else []

    def _counted_alone(self, stretch: Stretch, item: Item) -> Iterator[tuple[int, int]]:
        """Yield points with those who get them for what sets nobody apart: no list is asked for it."""
        p, points, dated = item.profile, self._points, stretch.said(_DATED)
        yield points.near_day, ~dated if p.dated else dated
        if p.dated:
            yield points.day, dated
        elif item.end is not None:
            days = range(item.end - 1, item.end + 2)
            yield points.same_news, stretch.any(_news(item), days)
        if p.mode is not None:
            yield points.mode, stretch.said(("mode", p.mode))
        if item.rule is not None:
            yield points.rule, stretch.said(("rule", item.rule))
        if self._stories and item.story:
            # who shares so many of all words shares one of any but a few less
            words = item.story.split()[self._stories - 1 :]
            yield points.story, stretch.any("about", words)
        if len(p.actors) > 1:
            yield points.company, stretch.said(_company(p))
        if p.named:
            yield points.named, stretch.any("named", p.named)
        if WAR in p.once:
            yield points.war, stretch.said(("once", WAR))
        for some in stretch.at_least(ENOUGH, "word", _words(item)):
            yield points.word, some

    def _same_manner(self, stretch: Stretch, p: Profile, mask: int, tools: int) -> int:
        """Keep those of which mode and instruments are not at odds with the profile's."""
        has = stretch.any
        if p.instruments:
            mask &= tools | has("tool", ("",))
        return mask if p.manner is None else mask & has("manner", (p.manner, ""))
