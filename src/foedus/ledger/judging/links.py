"""Merging and splitting facts by hand.

Comes in: the groups of readings that the rules found, and what persons hold to belong together or
apart. Goes out: the groups as they then are. A merge says of acts on different sides that they
belong together, a split that they do not; of one person the latest word on two acts counts, and
where two persons are opposed the two stay as the rules have them. All else stays where it was, so
that a judgement touches only the facts it is about.

A telling that nobody judged goes with the side with which it shares most (:data:`Affinity`). A chain
of merges that would join what is held apart is not carried out, and its facts are disputed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any, TypeVar

import msgspec

from foedus.ledger.judging.anchors import Attached, Key, Keyed, key_of
from foedus.ledger.judging.judgements import Judgement
from foedus.ledger.judging.opinions import Opinions
from foedus.ledger.records import Reading

__all__ = ["Affinity", "regroup"]

T = TypeVar("T", bound=Keyed)
Affinity = Callable[[T, T], int]
"""How much two tellings share; only compared, never added up over facts."""

Group = list[Any]
"""Tellings of one kind: readings of acts, or statements as they were said."""


class _Link(msgspec.Struct, frozen=True):
    """One merge or split, with the side on which each act stands."""

    judgement: Judgement
    parts: dict[Key, int]


class _Unit(msgspec.Struct, frozen=True, eq=False):
    """Readings of one group that stand on the same side in every link."""

    group: int
    sides: tuple[int | None, ...]
    readings: Group

    @property
    def order(self) -> tuple[int, Key]:
        return (-len(self.readings), min(map(key_of, self.readings)))


class _Piece(msgspec.Struct, eq=False):
    """Units, and readings nobody judged, that stay together within their group."""

    units: list[_Unit]
    rest: Group

    @property
    def readings(self) -> Group:
        return [*(r for unit in self.units for r in unit.readings), *self.rest]


def regroup(
    groups: Sequence[list[T]], judgements: Sequence[Judgement], attached: Attached,
    held: Opinions, affinity: Affinity[T],
) -> list[list[T]]:  # fmt: skip
    """Return the groups after every merge and split; what is at odds is noted in ``held``.

    Each group has tellings of one kind, and of acts those of one event type; others are never joined.
    """
    links = [link for j in judgements if (link := _link(j, attached)) is not None]
    if not links:
        return list(groups)
    linked = {key for link in links for key in link.parts}
    touched = [any(key_of(r) in linked for r in group) for group in groups]
    out = [group for group, judged in zip(groups, touched, strict=True) if not judged]
    for component, own in _components(
        [g for g, t in zip(groups, touched, strict=True) if t], links
    ):
        out += _Bench(component, own, held, affinity).groups()
    return out


def _link(judgement: Judgement, attached: Attached) -> _Link | None:
    if judgement.verb not in ("merge", "split"):
        return None
    sides: dict[Key, set[int]] = defaultdict(set)
    for anchor, key in attached.get(judgement.id, ()):
        if key is not None:
            sides[key].add(anchor.part)
    # two acts that were coded anew as one stand on both sides, that is, on none
    parts = {key: min(found) for key, found in sides.items() if len(found) == 1}
    return _Link(judgement, parts) if len(set(parts.values())) > 1 else None


def _components(
    groups: Sequence[Group], links: Sequence[_Link]
) -> Iterator[tuple[list[Group], list[_Link]]]:
    """Yield groups that links tie to each other, with those links, in an order of their content."""
    place = {key_of(r): n for n, group in enumerate(groups) for r in group}
    ties = [sorted({place[k] for k in link.parts if k in place}) for link in links]
    leader = _united(len(groups), ((t[0], other) for t in ties if t for other in t[1:]))
    inside: dict[int, list[Group]] = defaultdict(list)
    over: dict[int, list[_Link]] = defaultdict(list)
    for n, group in enumerate(groups):
        inside[leader[n]].append(group)
    for tie, link in zip(ties, links, strict=True):
        if tie:
            over[leader[tie[0]]].append(link)
    for n in sorted(inside):
        yield inside[n], over[n]


def _united(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return, for each of ``size`` things, the smallest of those it is tied to by ``pairs``."""
    leader = list(range(size))

    def find(n: int) -> int:
        while leader[n] != n:
            leader[n] = leader[leader[n]]
            n = leader[n]
        return n

    for a, b in pairs:
        low, high = sorted((find(a), find(b)))
        leader[high] = low
    return [find(n) for n in range(size)]


class _Bench:
    """Works out the groups of one component."""

    def __init__(
        self,
        groups: Sequence[Group],
        links: Sequence[_Link],
        held: Opinions,
        affinity: Affinity[Any],
    ) -> None:
        self._links, self._held, self._affinity = links, held, affinity
        self._groups = groups
        self._units = [unit for n, group in enumerate(groups) for unit in self._sided(n, group)]
        self._words: dict[tuple[_Unit, _Unit], list[Judgement]] = {}
        """Persons' latest words on two units; pairs are in the units' order."""
        self._together: set[tuple[_Unit, _Unit]] = set()
        self._apart: set[tuple[_Unit, _Unit]] = set()
        for a, b in combinations(self._units, 2):
            self._weigh(a, b)

    def groups(self) -> list[Group]:
        """Return the groups after splits and merges."""
        pieces = [piece for n, group in enumerate(self._groups) for piece in self._pieces(n, group)]
        home = {unit: n for n, piece in enumerate(pieces) for unit in piece.units}
        leader = _united(len(pieces), sorted((home[a], home[b]) for a, b in self._together))
        united: dict[int, list[_Piece]] = defaultdict(list)
        for n, piece in enumerate(pieces):
            united[leader[n]].append(piece)
        return [group for whole in united.values() for group in self._whole(whole)]

    def _sided(self, number: int, group: Group) -> list[_Unit]:
        by_sides: dict[tuple[int | None, ...], Group] = defaultdict(list)
        for reading in group:
            by_sides[tuple(link.parts.get(key_of(reading)) for link in self._links)].append(reading)
        return [
            _Unit(number, sides, readings)
            for sides, readings in by_sides.items()
            if any(side is not None for side in sides)
        ]

    def _weigh(self, a: _Unit, b: _Unit) -> None:
        """Hold what persons, in their latest words, say of two units."""
        latest: dict[str, Judgement] = {}
        for link, one, other in zip(self._links, a.sides, b.sides, strict=True):
            if one is not None and other is not None and one != other:
                self._held.say(latest, link.judgement)
        if not latest:
            return
        self._words[a, b] = list(latest.values())
        verbs = {j.verb for j in latest.values()}
        types = {_sort(a.readings[0]), _sort(b.readings[0])}
        # a type corrected since may keep apart what was to be one
        odd = len(verbs) > 1 or (verbs == {"merge"} and len(types) > 1)
        self._note(a, b, disputed=odd)
        if not odd:
            (self._together if verbs == {"merge"} else self._apart).add((a, b))

    def _note(self, a: _Unit, b: _Unit, *, disputed: bool) -> None:
        for reading in (*a.readings, *b.readings):
            self._held.note(key_of(reading), *self._words[a, b], disputed=disputed)

    def _pieces(self, number: int, group: Group) -> list[_Piece]:
        """Return one group cut where units of it are held apart."""
        pieces: list[_Piece] = []
        units = sorted((u for u in self._units if u.group == number), key=lambda u: u.order)
        for unit in units:
            free = [p for p in pieces if not any(self._parted(unit, o) for o in p.units)]
            if free:
                max(free, key=lambda p: self._bond(unit.readings, p)).units.append(unit)
            else:
                pieces.append(_Piece([unit], []))
        judged = {key_of(r) for unit in units for r in unit.readings}
        for reading in group:
            if key_of(reading) not in judged:
                max(pieces, key=lambda p: self._bond([reading], p)).rest.append(reading)
        return pieces

    def _parted(self, a: _Unit, b: _Unit) -> bool:
        return (a, b) in self._apart or (b, a) in self._apart

    def _bond(self, readings: Group, piece: _Piece) -> int:
        """Return the most that one of ``readings`` shares with a judged telling of the piece."""
        judged = [r for unit in piece.units for r in unit.readings]
        return max((self._affinity(a, b) for a in readings for b in judged), default=0)

    def _whole(self, pieces: Sequence[_Piece]) -> list[Group]:
        """Return pieces as one group, or each for itself where two of them are held apart."""
        units = [unit for piece in pieces for unit in piece.units]
        if not any(self._parted(a, b) for a, b in combinations(units, 2)):
            return [[r for piece in pieces for r in piece.readings]]
        for pair in self._words:
            if pair[0] in units and pair[1] in units:
                self._note(*pair, disputed=True)
        return [piece.readings for piece in pieces]


def _sort(told: Keyed) -> str | None:
    """Return the event type of an act's telling: only those of one type are ever joined."""
    return told.act.type if isinstance(told, Reading) else None
