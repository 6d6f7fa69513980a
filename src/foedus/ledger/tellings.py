"""Tellings as rows, and back: what the clustering has worked out, kept in the file.

Comes in: items with their readings. Goes out: rows; and for a block that is being changed, the items
that may matter, brought in as they are asked for.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from foedus.ledger.items import Item, Profile
from foedus.ledger.passages import Place
from foedus.ledger.placing import Block
from foedus.ledger.records import Reading
from foedus.ledger.spells import ALWAYS
from foedus.ledger.store import Store

__all__ = ["Tellings"]

_COLUMNS = (
    "name", "told", "first", "source", "span_start", "span_end", "act", "last", "grp", "rule",
    "numbers", "profile", "born", "dies", "words",
)  # fmt: skip
_STRETCH = 8
"""Days that are brought in at a time."""
_CHUNK = 20_000
"""Tellings that are read at a time."""
_LONG = 400
"""Days beyond which a window has all of its block about it."""
_PAIRS = "(SELECT unnest(${}::VARCHAR[]) AS block, unnest(${}::VARCHAR[]) AS {})"
_BY_CUE = " JOIN " + _PAIRS.format("{}", "{}", "cue") + " d ON c.block = d.block AND c.cue = d.cue"
_CUES = "SELECT DISTINCT c.telling FROM told_cues c" + _BY_CUE.format(1, 2)
_SEEDS = {
    "days": (
        "SELECT t.block, t.source FROM tellings t JOIN (SELECT unnest(${}::VARCHAR[]) AS block, "
        "unnest(${}::BIGINT[]) AS start, unnest(${}::BIGINT[]) AS past) d "
        "ON t.block = d.block AND t.first < d.past AND t.last >= d.start"
    ),
    "undated": (
        "SELECT t.block, t.source FROM tellings t JOIN told_cues c ON c.telling = t.name"
        + _BY_CUE + " WHERE t.first IS NULL"
    ),
    "blocks": (
        "SELECT block, source FROM tellings WHERE block IN (SELECT unnest(${}::VARCHAR[]))"
    ),
    "names": (
        "SELECT block, source FROM tellings WHERE name IN (SELECT unnest(${}::BIGINT[]))"
    ),
    "reports": "SELECT d.block, d.source FROM " + _PAIRS.format("{}", "{}", "source") + " d",
}  # fmt: skip
"""What may be asked for, as reports whose tellings of a block are brought in."""
_TOLD = (
    "SELECT DISTINCT t.block, t.name, t.source FROM tellings t JOIN ({}) seed "
    "ON seed.block = t.block AND seed.source = t.source"
)
_NAMES = "(SELECT unnest($1::BIGINT[]))"
_MATES = (
    "SELECT DISTINCT s.block, s.telling FROM spells s "
    f"WHERE s.cluster IN (SELECT c.cluster FROM spells c WHERE c.telling IN {_NAMES})"
)

_Asked = tuple[str, str, tuple[Any, ...]]
"""A block, a kind of what may be asked for, and what of it."""

_LISTS = tuple(f.name for f in msgspec.structs.fields(Profile) if f.type == frozenset[str])

_encode = msgspec.json.Encoder(order="sorted").encode


class Tellings:
    """The tables ``tellings``, ``told_cues`` and ``spells`` of an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._profiles: dict[str, Profile] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        self._lists: dict[frozenset[str], frozenset[str]] = {}
        """Each list that a profile has, once: many have the same."""
        self._there: set[_Asked] = set()
        self._lacking: list[_Asked] = []
        self._groups: Mapping[int, str] = {}
        self._brought: set[int] = set()
        """Tellings that are here with all that ever stood in a cluster with them."""

    # Writing

    def insert(self, told: Iterable[tuple[str, Item, Reading]]) -> None:
        """Keep tellings (block, item, reading); where they stand is kept by :meth:`settle`."""
        rows: list[tuple[object, ...]] = []
        cues: list[tuple[object, ...]] = []
        for block, item, reading in told:
            order = item.order
            first = None if item.start is None else order[1]
            rows.append((
                item.name, block, item.source, order[5], order[0], first, item.end, order[3],
                order[4], *item.life, item.group, item.rule, _text(item.numbers),
                _profile_text(item.profile), _encode(reading).decode(), _words_text(item),
            ))  # fmt: skip
            cues += [(cue, block, item.name) for cue in reading.act.cues]
            cues += [(f"once:{thing}", block, item.name) for thing in item.profile.once]
            if item.profile.landmark is not None:
                cues.append((f"event:{item.profile.landmark}", block, item.name))
            kind = "open" if item.profile.open else "mark"
            cues += [(f"{kind}:{mark}", block, item.name) for mark in item.profile.marks]
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
        query = f"SELECT {', '.join(_COLUMNS)} FROM tellings WHERE name IN {_NAMES}"
        found = [
            self._item(row)
            for at in range(0, len(names), _CHUNK)
            for row in self._store.ask(query, [[name for (name,) in names[at : at + _CHUNK]]])
        ]
        self._profiles, self._numbers, self._lists = {}, {}, {}
        return found

    def bring(
        self, blocks: Mapping[str, Block], names: Iterable[int], groups: Mapping[int, str]
    ) -> None:
        """Recall tellings by name into ``blocks``, with all that shares a cluster with them.

        ``groups``: others to recall, with the groups of copies in which they were placed: their rows
        tell already to which they belong now.
        """
        self._groups = groups
        if some := [(name,) for name in (*names, *groups)]:
            self._recall(blocks, {"names": some})

    def lack(self, name: str, items: Iterable[Item]) -> bool:
        """Whether a block lacks anything that may be linked to ``items``; :meth:`fetch` brings it."""
        found = False
        for item in items:
            for kind, asked in self._wanted(item):
                key = (name, kind, asked)
                if key not in self._there and (name, "blocks", ()) not in self._there:
                    self._there.add(key)
                    self._lacking.append(key)
                    found = True
        return found

    def fetch(self, blocks: Mapping[str, Block]) -> None:
        """Recall into ``blocks`` all that they were found to lack."""
        wanted: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        days: dict[str, list[int]] = defaultdict(list)
        for name, kind, asked in self._lacking:
            if kind == "days":
                days[name] += asked
            else:
                wanted[kind].append((name, *asked))
        if cues := wanted.pop("cues", None):
            found = self._store.ask(_CUES, [list(column) for column in zip(*cues, strict=True)])
            wanted["names"] = [row for row in found if row[0] not in self._brought]
        wanted["days"] = [
            (name, first * _STRETCH, past * _STRETCH)
            for name in sorted(days)
            for first, past in _runs(days[name])
        ]
        self._lacking.clear()
        self._recall(blocks, wanted)

    def _wanted(self, item: Item) -> Iterator[tuple[str, tuple[Any, ...]]]:
        """Yield what may be linked to an item, as kinds of what can be asked for."""
        yield "reports", (item.source,)
        for mark in item.profile.marks:
            yield "cues", (f"open:{mark}",)
            if item.profile.open:
                yield "cues", (f"mark:{mark}",)
        if item.profile.landmark is not None:
            yield "cues", (f"event:{item.profile.landmark}",)
        unknown = item.start is None or item.end is None
        for thing in item.profile.once:
            yield "cues" if unknown else "undated", (f"once:{thing}",)
        if item.start is None or item.end is None:
            return
        if item.end - item.start >= _LONG:
            yield "blocks", ()
            return
        for stretch in range((item.start - 1) // _STRETCH, (item.end + 1) // _STRETCH + 1):
            yield "days", (stretch,)

    def _recall(
        self, blocks: Mapping[str, Block], wanted: Mapping[str, Sequence[tuple[object, ...]]]
    ) -> None:
        """Recall what is ``wanted``, with what shares a report or a cluster with it.

        What of it is here already is found from few columns, and not read again.
        """
        seeds: list[str] = []
        asked: list[object] = []
        for kind, rows in wanted.items():
            if rows:
                lists = [list(column) for column in zip(*rows, strict=True)]
                places = range(len(asked) + 1, len(asked) + 1 + len(lists))
                seeds.append(_SEEDS[kind].format(*places))
                asked += lists
        if not seeds:
            return
        told = self._store.ask(_TOLD.format(" UNION ".join(seeds)), asked)
        self._there.update((block, "reports", (source,)) for block, _, source in told)
        new = [name for block, name, _ in told if block in blocks and name not in self._brought]
        if not new:
            return
        self._brought.update(new)
        mates = self._store.ask(_MATES, [new])
        found = ((row[0], row[1]) for row in (*told, *mates))
        self._read(blocks, {n for b, n in found if b in blocks and n not in blocks[b].items})

    def _read(self, blocks: Mapping[str, Block], names: Collection[int]) -> None:
        """Recall tellings by name."""
        if not names:
            return
        columns = ", ".join((*_COLUMNS, "block"))
        rows = self._store.ask(
            f"SELECT {columns} FROM tellings WHERE name IN {_NAMES}", [list(names)]
        )
        found = {row[0]: (row[-1], self._item(row)) for row in rows}
        spells = self._store.ask(
            f"SELECT telling, cluster, born, dies, low, torn FROM spells WHERE telling IN {_NAMES}",
            [list(found)],
        )
        for name, *spell, low, torn in spells:
            item = found[name][1]
            item.low = low
            item.torn = tuple(map(int, torn.split(","))) if torn else ()
            item.spells = tuple(sorted((*item.spells, tuple(spell)), key=lambda s: s[1]))
        for block, item in found.values():
            item.group = self._groups.get(item.name, item.group)
            blocks[block].recall(item)

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

    def _item(self, row: tuple[Any, ...]) -> Item:
        name, told, first, source, start, end, act, last, group, rule, numbers, profile = row[:12]
        if profile not in self._profiles:
            self._profiles[profile] = self._shared(msgspec.json.decode(profile, type=Profile))
        if numbers not in self._numbers:
            self._numbers[numbers] = frozenset(msgspec.json.decode(numbers))
        source, group = sys.intern(source), sys.intern(group)
        order = (told, ALWAYS if first is None else first, source, start, end, act)
        days = None if first is None else (first, last)
        return Item(
            name, order, self._profiles[profile], days, group, rule and sys.intern(rule), self._numbers[numbers],
            (row[12], row[13]), *_told(row[14] or ""),
        )  # fmt: skip


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


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return whole numbers as runs: first, and one past the last."""
    out: list[tuple[int, int]] = []
    for n in sorted(numbers):
        if out and out[-1][1] == n:
            out[-1] = (out[-1][0], n + 1)
        else:
            out.append((n, n + 1))
    return out
