"""Which statements of different reports are one utterance.

Comes in: statements as reports give them (:class:`~foedus.ledger.sayings.Said`). Goes out:
utterances, each with all its wordings.

Method: leader clustering, as for facts. Statements are taken in an order that depends on their
content alone, the longest first; each joins the utterance with which it shares most, if nothing sets it
apart from *any* wording there and it is the same in words (:mod:`foedus.ledger.wordprint`) as at
least one. Two utterances that fit equally well leave it by itself. What sets apart: another speaker
(a person and the state or body he speaks for are not), days that do not meet, a negation, figure or
tense that the other does not have. What could be the same is looked for only among statements of
one side and time that share one of the rarer words of the shorter of the two (prefix filtering,
which loses none: S. Chaudhuri, V. Ganti, R. Kaushik, « A Primitive Operator for Similarity Joins in
Data Cleaning », ICDE 2006).

An utterance's id is a hash of the ids of its statements: adding a report again changes nothing; an
utterance that gains or loses a wording gets a new id.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from foedus.acts import DateRange
from foedus.ledger.clocks import appeared_by
from foedus.ledger.judging import Judging, regrouped
from foedus.ledger.records import Undecided
from foedus.ledger.roles import NoWorld, Roles, WorldLike
from foedus.ledger.sayings import Said, Utterance
from foedus.ledger.speech.voicing import voiced
from foedus.ledger.wordprint import (
    Likeness,
    UtteranceRules,
    Wordprint,
    compare,
    load_utterance_rules,
    wordprint,
)

__all__ = ["group_utterances", "said_by"]

_CELL = 8
"""Days of a stretch of time in the index."""
_LONG = 200
"""Days beyond which a range is looked for everywhere."""
_ANYBODY, _NOBODY = "*", "?"


class _Item(NamedTuple):
    """A statement with what the comparison asks for again and again."""

    said: Said
    print: Wordprint
    side: str | None
    window: DateRange | None


def group_utterances(
    said: Iterable[Said], *, world: WorldLike | None = None, rules: UtteranceRules | None = None,
    judging: Judging | None = None,
) -> tuple[Utterance, ...]:  # fmt: skip
    """Return the utterances that ``said`` are, sorted by date, then id.

    ``world`` tells who speaks for whom and who is named. The result does not depend on the order of
    ``said``; a statement given twice counts once. ``judging``: what persons merged, split and rejected.
    """
    rules, roles, world = rules or load_utterance_rules(), Roles(world), world or NoWorld()
    once = {s.key: s for s in said}
    items = sorted((_item(s, roles, world, rules) for s in once.values()), key=_order)
    bench = _Bench(rules, roles, Counter(key for item in items for key in item.print.among))
    for item in items:
        bench.place(item)
    prints = {i.said.key: i.print for i in items}
    groups = [[i.said for i in cluster] for cluster in bench.clusters]
    if judging is not None:
        groups = regrouped(
            groups, judging, lambda a, b: len(prints[a.key].among & prints[b.key].among)
        )
    found = (voiced([(s, prints[s.key]) for s in group], roles, rules) for group in groups)
    return tuple(sorted(found, key=_utterance_order))


def said_by(
    utterances: Sequence[Utterance], asked: date, *,
    world: WorldLike | None = None, rules: UtteranceRules | None = None,
) -> tuple[tuple[Utterance, ...], tuple[Undecided, ...]]:  # fmt: skip
    """Return the utterances made by ``asked``, only with the wordings that count then.

    A wording counts when the day that it names, else that of the utterance, else the days about its
    report's publication had come. Days that straddle the day keep it, and it is listed.
    """
    rules, roles, world = rules or load_utterance_rules(), Roles(world), world or NoWorld()
    kept: list[Utterance] = []
    doubts: list[Undecided] = []
    for utterance in utterances:
        said: list[Said] = []
        for variant in utterance.variants:
            days = _said_on(variant.said, utterance, rules)
            answer = appeared_by(() if days is None else (days,), asked)
            if answer != "no":
                said.append(variant.said)
            if answer == "cannot_tell":
                doubts.append(_undecided(variant.said, asked, days))
        if len(said) == len(utterance.variants):
            kept.append(utterance)
        elif said:
            told = [(s, _item(s, roles, world, rules).print) for s in said]
            kept.append(voiced(told, roles, rules))
    return tuple(kept), tuple(doubts)


def _said_on(said: Said, utterance: Utterance, rules: UtteranceRules) -> DateRange | None:
    published = said.published
    if said.statement.date or utterance.date or published is None:
        return said.statement.date or utterance.date
    first = max(published.start.toordinal() - rules.back, 1)
    return DateRange(date.fromordinal(first), published.end, "range")


def _undecided(said: Said, asked: date, days: DateRange | None) -> Undecided:
    return Undecided(
        clock="as_of", asked=asked, record=said.statement.id, kind="statement", range=days,
        citation=said.citation,
    )  # fmt: skip


def _utterance_order(utterance: Utterance) -> tuple[str, str, str]:
    at = utterance.when
    return (
        (at.start.isoformat(), at.end.isoformat(), utterance.id) if at else ("~", "~", utterance.id)
    )


def _item(said: Said, roles: Roles, world: WorldLike, rules: UtteranceRules) -> _Item:
    speaker = said.statement.speaker
    side = None if speaker is None else roles.side(speaker, said.published) or speaker
    own = frozenset(who for who in (speaker, side) if who)
    print_ = wordprint(said.text, said.language, rules, world=world, own=own)
    return _Item(said, print_, side, _window(said, rules))


def _window(said: Said, rules: UtteranceRules) -> DateRange | None:
    """Return the days on which it may have been said; None where they are not known well enough.

    A day that the report names may be that of the place or that of the desk.
    """
    told, published = said.statement.date, said.published
    try:
        if told is not None and told.days <= rules.vague:
            return DateRange(told.start - timedelta(1), told.end + timedelta(1), "range")
        if published is not None and published.days <= rules.vague:
            return DateRange(published.start - timedelta(rules.back), published.end, "range")
    except OverflowError:
        return None
    return None


def _order(item: _Item) -> tuple[int, int, str, str, tuple[int, int], str]:
    """Longest first; then by content alone."""
    start = item.window.start.isoformat() if item.window else "~"
    s = item.said
    size = len(item.print.among)
    return (
        -size,
        -len(item.print.words),
        start,
        s.citation.source,
        s.statement.span,
        s.statement.id,
    )


def _cells(window: DateRange | None) -> list[int | None]:
    """Return the stretches of time in which to look; [None] is everywhere."""
    if window is None or window.days > _LONG:
        return [None]
    return list(range(window.start.toordinal() // _CELL, window.end.toordinal() // _CELL + 1))


class _Index:
    """Finds the clusters that hold a statement of some side and time with some word."""

    def __init__(self) -> None:
        self._near: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
        self._all: dict[tuple[str, str], list[int]] = defaultdict(list)

    def put(self, who: str, keys: Iterable[str], cells: Sequence[int | None], place: int) -> None:
        for key in keys:
            for known in (self._all[who, key], *(self._near[who, key, cell] for cell in cells)):
                if place not in known[-1:]:
                    known.append(place)

    def get(self, who: str, keys: Iterable[str], cells: Sequence[int | None]) -> Iterator[int]:
        for key in keys:
            if cells == [None]:
                yield from self._all.get((who, key), ())
            else:
                for cell in (*cells, None):
                    yield from self._near.get((who, key, cell), ())


class _Bench:
    """Clusters statements that come in canonical order."""

    def __init__(self, rules: UtteranceRules, roles: Roles, common: Counter[str]) -> None:
        self._rules, self._roles, self._common = rules, roles, common
        self.clusters: list[list[_Item]] = []
        self._whole, self._rare = _Index(), _Index()

    def place(self, item: _Item) -> None:
        """Put an item into the cluster that it belongs to, or into one of its own."""
        whole, rare = self._keys(item)
        cells = _cells(item.window)
        best = self._best(item, self._reachable(item, whole, rare, cells))
        if best is None:
            best = len(self.clusters)
            self.clusters.append([])
        self.clusters[best].append(item)
        for who in (_NOBODY,) if item.side is None else (item.side, _ANYBODY):
            self._whole.put(who, whole, cells, best)
            self._rare.put(who, rare, cells, best)

    def _keys(self, item: _Item) -> tuple[list[str], list[str]]:
        """Return all that another wording could share, and of it so much that it must share some.

        Of n words that count, the same words in another order of rarity share a given part of them
        only if they share one of the rarest.
        """
        exact = "=" + " ".join(item.print.words)
        ordered = sorted(item.print.among, key=lambda key: (self._common[key], key))
        least = math.ceil(self._rules.lowest * len(ordered))
        return [exact, *ordered], [exact, *ordered[: len(ordered) - least + 1]]

    def _reachable(
        self, item: _Item, whole: list[str], rare: list[str], cells: list[int | None]
    ) -> list[int]:
        found: set[int] = set()
        for who in (_ANYBODY, _NOBODY) if item.side is None else (item.side, _NOBODY):
            found.update(self._whole.get(who, rare, cells))
            found.update(self._rare.get(who, whole, cells))
        return sorted(found)

    def _best(self, item: _Item, places: Iterable[int]) -> int | None:
        """Return the cluster to join: most shared, then most alike; no tie."""
        best: tuple[tuple[int, float], int] | None = None
        tied = False
        for place in places:
            rank = self._rank(item, self.clusters[place])
            if rank is None:
                continue
            if best is None or rank > best[0]:
                best, tied = (rank, place), False
            elif rank == best[0]:
                tied = True
        return None if best is None or tied else best[1]

    def _rank(self, item: _Item, cluster: list[_Item]) -> tuple[int, float] | None:
        """Return how much the item shares with the cluster; None when it cannot join."""
        most: tuple[int, float] | None = None
        likenesses: dict[Wordprint, Likeness | None] = {}
        for other in cluster:
            if other.print not in likenesses:
                likenesses[other.print] = compare(item.print, other.print, self._rules)
            like = likenesses[other.print]
            if not self._can_be_one(item, other, like):
                return None
            if like is not None and self._is_same(item, other, like):
                most = max(most or (0, 0.0), (like.shared, like.alike))
        return most

    def _can_be_one(self, a: _Item, b: _Item, like: Likeness | None) -> bool:
        """Whether nothing sets the two apart, however much they share."""
        if not self._same_voice(a, b) or (
            a.window and b.window and not a.window.overlaps(b.window)
        ):
            return False
        return like is None or not like.opposed or self._slip(like)

    def _same_voice(self, a: _Item, b: _Item) -> bool:
        one, other = a.said.statement.speaker, b.said.statement.speaker
        if one != other and self._nested(a.said, b.said):
            # what another said, told within what one said
            return False
        if one is None or other is None or one == other:
            return True
        return a.side == b.side and (one == a.side or other == b.side)

    def _nested(self, a: Said, b: Said) -> bool:
        (start, end), (first, last) = a.statement.span, b.statement.span
        return a.citation.source == b.citation.source and start < last and first < end

    def _slip(self, like: Likeness) -> bool:
        need = self._rules.despite
        return (
            "negation" not in like.opposed
            and like.shared >= need.least
            and like.alike >= need.alike
        )

    def _is_same(self, a: _Item, b: _Item, like: Likeness) -> bool:
        """Whether the words make the two one utterance, given how well day and speaker are known."""
        together = a.said.citation.source == b.said.citation.source
        near = like.kind in ("same", "cut")
        if together and not near:
            # in one report, sentences that follow each other share their subject
            return like.alike >= self._rules.together
        if (a.window is None or b.window is None) and not together:
            return near and like.shared >= self._rules.sure
        if (a.side is None) != (b.side is None) or (a.side is None and not together):
            return near and like.shared >= self._rules.unnamed
        return True
