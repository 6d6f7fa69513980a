"""What a telling says, and by what others are looked for that may tell the same, as small numbers.

Comes in: items of one block. Goes out: :class:`Asking`, for the index of :mod:`foedus.ledger.joining.nearby`: one
number for each thing that can be said. It is a hash of the thing, the same in every block and ledger, so that what a
telling says is kept in the file as numbers. Most of it follows from the profile, which many tellings share, and is
remembered.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from foedus.ledger.joining.common import FEW_DAYS
from foedus.ledger.joining.items import WAR, Item, Profile
from foedus.ledger.rules import Rules

__all__ = ["DIGITS", "Asking", "Numbers", "ProfileNumbers"]

DIGITS = 6
"""Binary digits of points: no two tellings share 64."""
_KEPT = 20_000
"""Profiles of which the numbers are kept at a time."""
_THINGS = 100_000
"""Things of a kind of which the number is remembered at a time."""
_BITS = 46
"""Binary digits of a number, but for the highest."""
_COUNTED = frozenset(("copy", "number", "report", "rule", "story", "word"))
"""Kinds of things that set nothing apart. They have the highest digit: none of them, of which there are very many, is
taken for a thing that does."""
_REGION = "~"
"""What stands for any place that lies in no state."""

Ints = tuple[int, ...]


class _Known(dict[str | int, int]):
    """The numbers of things of one kind, remembered: the same for all."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def __missing__(self, what: str | int) -> int:
        if len(self) >= _THINGS:
            self.clear()
        found = self[what] = _number(self._kind, what)
        return found


class _Kinds(dict[str, _Known]):
    def __missing__(self, kind: str) -> _Known:
        found = self[kind] = _Known(kind)
        return found


_KNOWN = _Kinds()


class ProfileNumbers:
    """Each list by which a profile is compared, as numbers."""

    __slots__ = (
        "actors", "all_cues", "company", "exactly", "figures", "manner", "marks", "mistaken", "mode",
        "named", "narrow", "once", "places", "recipients", "target", "tools", "war",
    )  # fmt: skip

    def __init__(self, p: Profile, of: Numbers) -> None:
        some, one = of.some, of.one
        self.narrow = some("narrow", p.narrow)
        self.all_cues = some("cue", p.cues)
        self.actors = some("side", p.actors) + some("actor", p.wide_actors - p.actors)
        self.mistaken = some("actor", {c for a in p.actors for c in of.confused.get(a, ())})
        self.exactly = some("place", p.places)
        self.places = some("country", p.places) + some("place", p.wide_places - p.places)
        self.recipients = some("target", p.recipients) + some(
            "recipient", p.wide_recipients - p.recipients
        )
        self.target = (
            *some("country", p.recipients), *some("place", p.within),
            *some("about", p.places), *some("recipient", p.wide_places),
        )  # fmt: skip
        self.tools, self.figures = some("tool", p.instruments), some("figure", p.figures)
        self.named, self.once = some("named", p.named), some("once", p.once)
        self.marks = some("mark", p.marks)
        self.manner = () if p.manner is None else some("manner", (p.manner, ""))
        self.mode = () if p.mode is None else (one("mode", p.mode),)
        self.company = (one("company", _company(p)),) if len(p.actors) > 1 else ()
        self.war = (one("once", WAR),) if WAR in p.once else ()


class Numbers:
    """The numbers of what is said in blocks of one event type."""

    def __init__(self, rules: Rules, kind: str) -> None:
        self._kept: dict[Profile, ProfileNumbers] = {}
        self._said: dict[Profile, Ints] = {}
        self.stories = rules.story_words if rules.types[kind].kind == "said" else 0
        self.confused: dict[str, set[str]] = defaultdict(set)
        for a, b in rules.confused:
            self.confused[a].add(b)
            self.confused[b].add(a)
        one = self.one
        self.dated = one("dated", "")
        self.low = [one("low", n) for n in range(DIGITS)]
        self.nothing = {
            kind: one(kind, "") for kind in ("narrow", "actor", "recipient", "place", "tool")
        }
        self.region = one("place", _REGION)
        self.marked, self.open = one("marked", ""), one("marked", "open")

    def one(self, kind: str, what: str | int) -> int:
        """Return the number of one thing that can be said."""
        return _KNOWN[kind][what]

    def some(self, kind: str, names: Iterable[str | int]) -> Ints:
        """Return the numbers of several."""
        return tuple(map(_KNOWN[kind].__getitem__, names))

    def of(self, p: Profile) -> ProfileNumbers:
        """Return the numbers of a profile."""
        found = self._kept.get(p)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[p] = ProfileNumbers(p, self)
        return found

    def kept(self, item: Item) -> list[int]:
        """Return what is kept in the file: the number of the report, then of all that the item says, in order.

        In order, since a set gives what it holds in another one according to what came first.
        """
        return [self.report(item.source), *sorted(self.said(item))]

    def said(self, item: Item) -> list[int]:
        """Return the numbers of all that an item says, wherever it stands."""
        profile, one = item.profile, self.one
        said = self._said.get(profile)
        if said is None:
            if len(self._said) >= _KEPT:
                self._said.clear()
            said = self._said[profile] = _said(profile, self)
        found = [*said, self.copy(item)]
        if item.rule is not None:
            found.append(one("rule", item.rule))
        if item.numbers:
            found += self.some("number", item.numbers)
        found += self.words(item)
        if self.stories and item.story:
            found += self.story(item)
        if item.end is not None and not profile.dated:
            found.append(one(_news(item), item.end))
        if (days := _days(item)) is not None and days < FEW_DAYS:
            found.append(one("days", days))
        return found

    def points(self, item: Item) -> list[int]:
        """Return the numbers of the least points that ever decided where it stands."""
        return [low for n, low in enumerate(self.low) if item.low >> n & 1] if item.low else []

    def report(self, source: str) -> int:
        """Return the number of a report."""
        return _number("report", source)

    def copy(self, item: Item) -> int:
        """Return what tells copies of one text by the same wording from others."""
        return self.one("copy", f"{item.group} {item.rule or ''}")

    def words(self, item: Item) -> Ints:
        """Return the words in which it is told."""
        return self.some("word", {word.lstrip("!?") for word in item.words})

    def story(self, item: Item) -> Ints:
        """Return the words that tell what its report is about."""
        return self.some("story", item.story.split())


class Asking:
    """What one item says that counts beside its profile, and by what others are looked for that may tell the same."""

    __slots__ = (
        "copy",
        "figured",
        "item",
        "of",
        "p",
        "rule",
        "story",
        "words",
    )

    def __init__(self, item: Item, of: Numbers) -> None:
        self.item, self.of, self.p = item, of, of.of(item.profile)
        self.copy = of.copy(item)
        self.rule = () if item.rule is None else (of.one("rule", item.rule),)
        self.figured = of.some("number", item.numbers)
        self.words = of.words(item)
        self.story = of.story(item) if of.stories else ()

    def few_days(self) -> Ints:
        """Return by how many days others are told to lie within a few days together with the item."""
        days = _days(self.item)
        return () if days is None else self.of.some("days", range(1, FEW_DAYS - days + 1))

    def same_news(self) -> Ints:
        """Return by what others, of which no day is named, are told to be as new."""
        item = self.item
        if item.end is None or item.profile.dated:
            return ()
        return self.of.some(_news(item), range(item.end - 1, item.end + 2))


def _days(item: Item) -> int | None:
    return None if item.start is None or item.end is None else item.end - item.start + 1


def _said(p: Profile, of: Numbers) -> Ints:
    """Return all that a profile says, as the index keeps it; of some lists also that they are empty."""
    lists = (
        ("narrow", p.narrow), ("actor", p.actors), ("side", p.wide_actors),
        ("recipient", p.recipients), ("target", p.wide_recipients), ("about", p.within),
        ("place", p.places), ("country", p.wide_places), ("tool", p.instruments), ("once", p.once),
        ("cue", p.cues), ("figure", p.figures), ("named", p.named), ("mark", p.marks),
    )  # fmt: skip
    found = [number for kind, names in lists for number in of.some(kind, names)]
    found += [of.nothing[kind] for kind, names in lists if not names and kind in of.nothing]
    found += [of.one("mode", p.mode or ""), of.one("manner", p.manner or "")]
    if p.loose or p.strange:
        found.append(of.region)
    if p.dated:
        found.append(of.dated)
    if len(p.actors) > 1:
        found.append(of.one("company", _company(p)))
    if p.landmark is not None:
        found.append(of.one("landmark", p.landmark))
    if p.marks:
        found += [of.marked, of.open] if p.open else [of.marked]
    return tuple(found)


def _number(kind: str, what: str | int) -> int:
    digest = hashlib.blake2b(f"{kind}\0{what}".encode(), digest_size=6).digest()
    number = int.from_bytes(digest, "little") >> 2
    return number | 1 << _BITS if kind in _COUNTED else number


def _company(p: Profile) -> str:
    """Return what tells who name all the same actors from others."""
    return " ".join(sorted(p.actors))


def _news(item: Item) -> str:
    """Return the kind of what tells the last day of what names no day, as of what is new."""
    return "news ahead" if item.profile.future else "news"
