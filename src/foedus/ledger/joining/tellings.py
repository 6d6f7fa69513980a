"""Tellings as rows, and back: what the clustering has worked out, kept in the file.

Comes in: items with their readings. Goes out: rows; and for a block that is being changed, its tellings as
columns, or, where none is placed yet, as items.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import numpy as np

from foedus.ledger.joining.asking import Numbers
from foedus.ledger.joining.athand import AtHand, Stood, Told, packed
from foedus.ledger.joining.items import Item, Order, Profile
from foedus.ledger.passages import Place
from foedus.ledger.records import Reading
from foedus.ledger.rules import Rules
from foedus.ledger.spells import ALWAYS
from foedus.ledger.store import Column, Store

__all__ = ["Tellings"]

_COLUMNS = (
    "name", "told", "coalesce(first, 0)", "source", "span_start", "span_end", "act",
    "coalesce(last, 0)", "grp", "coalesce('=' || rule, '')", "numbers", "profile", "born", "dies",
    "coalesce(words, '')",
)  # fmt: skip
"""What an item is made of."""
_FIRST, _LAST, _KNOWN = 2, 7, 12
_CHUNK = 20_000
"""Tellings that are read at a time."""
_AT_HAND = 200_000
"""Tellings of several blocks that are held at a time, unless one block has more."""
_SOME = "(SELECT unnest($1::VARCHAR[]))"
_NUMBER = "array_position($1::VARCHAR[], block)"
"""Which of the blocks asked for it is, from 1: quicker to read and compare than its name."""

_LISTS = tuple(f.name for f in msgspec.structs.fields(Profile) if f.type == frozenset[str])

_encode = msgspec.json.Encoder(order="sorted").encode


class Tellings:
    """The tables ``tellings``, ``told_cues`` and ``spells`` of an open store."""

    def __init__(self, store: Store, rules: Rules) -> None:
        self._store, self._rules = store, rules
        self._said: dict[str, Numbers] = {}
        """By event type: the numbers of what is said."""
        self._profiles: dict[str, Profile] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        self._lists: dict[frozenset[str], frozenset[str]] = {}
        """Each list that a profile has, once: many have the same."""

    # Writing

    def insert(self, told: Iterable[tuple[str, Item, Reading]]) -> None:
        """Keep tellings (block, item, reading); where they stand is kept by :meth:`settle`."""
        rows: list[tuple[object, ...]] = []
        cues: list[tuple[object, ...]] = []
        for block, item, reading in told:
            order = item.order
            rows.append((
                item.name, block, item.source, order.act, order.told, item.start, item.end,
                order.start, order.end, *item.life, item.group, item.rule, _text(item.numbers),
                _profile_text(item.profile), _encode(reading).decode(), _words_text(item),
                packed(self._numbers_of(block).kept(item)),
            ))  # fmt: skip
            cues += [(cue, block, item.name) for cue in reading.act.cues]
        self._store.insert("tellings", rows)
        self._store.insert("told_cues", cues)

    def delete_rows(self, names: Sequence[int]) -> None:
        """Remove tellings, but not where they stand."""
        self._store.delete("tellings", "name", names)
        self._store.delete("told_cues", "telling", names)

    def delete(self, names: Sequence[int]) -> None:
        """Remove tellings, and where they stood."""
        self.delete_rows(names)
        self._store.delete("spells", "telling", names)

    def settle(self, block: str, items: Sequence[Item], *, fresh: bool) -> None:
        """Keep where items stand; ``fresh``: no row tells of any of them yet."""
        if not fresh:
            self._store.delete("spells", "telling", [item.name for item in items])
        self._store.insert(
            "spells",
            [
                (item.name, block, cluster, born, dies, item.low, ",".join(map(str, item.torn)))
                for item in items
                for cluster, born, dies in item.spells
            ],
        )

    # Reading

    def names_of(self, sources: Sequence[str]) -> list[tuple[str, int, str]]:
        """Return block, name and group of every telling of these reports."""
        return self._store.ask(
            "SELECT block, name, grp FROM tellings WHERE source IN (SELECT unnest($1::VARCHAR[]))",
            [list(sources)],
        )

    def of_block(self, block: str) -> list[Item]:
        """Return all tellings of a block, where they stand not told.

        Rows take more memory than items, and are read by and by; what the items of the block have in
        common is forgotten here.
        """
        names = self._store.ask(
            "SELECT name FROM tellings WHERE block = $1 ORDER BY born, name", [block]
        )
        query = (
            f"SELECT {', '.join(_COLUMNS)} FROM tellings "
            "WHERE name IN (SELECT unnest($1::BIGINT[]))"
        )
        found = [
            self._item(row)
            for at in range(0, len(names), _CHUNK)
            for row in self._store.ask(query, [[name for (name,) in names[at : at + _CHUNK]]])
        ]
        self._forget()
        return found

    def at_hand(self, blocks: Sequence[str]) -> Iterator[tuple[str, AtHand]]:
        """Yield blocks with their tellings that were placed before.

        Each question goes through the tables, so blocks are read several at a time; memory holds no more of them.
        """
        counts: dict[str, int] = dict(
            self._store.ask("SELECT block, count(*) FROM tellings GROUP BY block")
        )
        for some in _together(blocks, counts):
            columns = self._store.columns(
                f"SELECT {_NUMBER}, coalesce(said, ''), {', '.join(_COLUMNS)} FROM tellings "
                f"WHERE block IN {_SOME}", [some],
            )  # fmt: skip
            spells = self._store.columns(
                f"SELECT {_NUMBER}, telling, cluster, born, dies, low, torn FROM spells "
                f"WHERE block IN {_SOME}", [some],
            )  # fmt: skip
            for number, block in enumerate(some, 1):
                self._forget()
                said, *own = _rows(columns, number)
                told = Told(own[0], own[_FIRST], own[_LAST], own[_KNOWN], said, own)
                stood = Stood(*_rows(spells, number))
                yield block, AtHand(told, stood, self._numbers_of(block), self._item)

    def _numbers_of(self, block: str) -> Numbers:
        kind = block.split()[0]
        if kind not in self._said:
            self._said[kind] = Numbers(self._rules, kind)
        return self._said[kind]

    def _forget(self) -> None:
        self._profiles, self._numbers, self._lists = {}, {}, {}

    def _shared(self, profile: Profile) -> Profile:
        """Let a profile that was read have its lists, and the names in them, in common with others."""
        for name in _LISTS:
            own = getattr(profile, name)
            if own:
                there = self._lists.get(own)
                if there is None:
                    there = frozenset(map(sys.intern, own))
                    self._lists[there] = there
                msgspec.structs.force_setattr(profile, name, there)
        return profile

    def _item(self, row: Sequence[Any]) -> Item:
        name, told, first, source, start, end, act, last, group, rule, numbers, profile = row[:12]
        if profile not in self._profiles:
            self._profiles[profile] = self._shared(msgspec.json.decode(profile, type=Profile))
        if numbers not in self._numbers:
            self._numbers[numbers] = frozenset(msgspec.json.decode(numbers))
        source, group = sys.intern(source), sys.intern(group)
        order = Order(row[12], told, first or ALWAYS, source, start, end, act)
        days = (first, last) if first else None
        return Item(
            name, order, self._profiles[profile], days, group,
            sys.intern(rule[1:]) if rule else None, self._numbers[numbers], (row[12], row[13]),
            *_told(row[14]),
        )  # fmt: skip


def _together(blocks: Sequence[str], counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Yield blocks in lists that are read at once."""
    some: list[str] = []
    held = 0
    for block in blocks:
        count = counts.get(block, 0)
        if some and held + count > _AT_HAND:
            yield some
            some, held = [], 0
        some.append(block)
        held += count
    if some:
        yield some


def _rows(columns: Sequence[Column], number: int) -> list[Column]:
    """Return the columns, but for the first one, of the rows of a block, whose number the first one tells."""
    rows = np.flatnonzero(columns[0] == number)
    return [column[rows] for column in columns[1:]]


@lru_cache(maxsize=20_000)
def _profile_text(profile: Profile) -> str:
    return _encode(profile).decode()


def _words_text(item: Item) -> str:
    """Return in what words it is told, where, and what its report is about, as the column keeps it."""
    place = "" if item.place is None else " ".join(map(str, map(int, item.place)))
    return "\t".join(("|".join(item.words), place, item.story))


def _told(text: str) -> tuple[tuple[str, ...], Place | None, str]:
    words, place, story = (*text.split("\t"), "", "")[:3]
    found = [int(n) for n in place.split()]
    return (
        tuple(map(sys.intern, filter(None, words.split("|")))),
        Place(found[0], found[1], bool(found[2]), bool(found[3])) if found else None,
        sys.intern(story),
    )


def _text(numbers: frozenset[str]) -> str:
    return _encode(sorted(numbers)).decode()
