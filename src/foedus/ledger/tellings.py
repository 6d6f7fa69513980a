"""Tellings as rows, and back: what the clustering has worked out, kept in the file.

Comes in: items with their readings. Goes out: rows; and for a block that is being changed, the items
that may matter, brought in as they are asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from foedus.ledger.items import Item, Profile
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
_LONG = 400
"""Days beyond which a window has all of its block about it."""
_PAIRS = "(SELECT unnest(${}::VARCHAR[]) AS block, unnest(${}::VARCHAR[]) AS {})"
_SEEDS = {
    "days": (
        "SELECT t.block, t.source FROM tellings t JOIN (SELECT unnest(${}::VARCHAR[]) AS block, "
        "unnest(${}::BIGINT[]) AS start, unnest(${}::BIGINT[]) AS past) d "
        "ON t.block = d.block AND t.first < d.past AND t.last >= d.start"
    ),
    "undated": (
        "SELECT block, source FROM tellings "
        "WHERE first IS NULL AND block IN (SELECT unnest(${}::VARCHAR[]))"
    ),
    "cues": (
        "SELECT t.block, t.source FROM tellings t JOIN told_cues c ON c.telling = t.name JOIN "
        + _PAIRS.format("{}", "{}", "cue") + " d ON c.block = d.block AND c.cue = d.cue"
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
_NEAR = """
WITH seed AS ({}), mates AS (
    SELECT t.name FROM tellings t JOIN seed ON seed.block = t.block AND seed.source = t.source
), near AS (
    SELECT DISTINCT s.telling FROM spells s WHERE s.cluster IN
    (SELECT c.cluster FROM spells c JOIN mates ON mates.name = c.telling)
)
SELECT {}, s.cluster, s.born, s.dies, s.low, s.torn, t.block, t.name IN (SELECT name FROM mates)
FROM tellings t JOIN spells s ON s.telling = t.name WHERE t.name IN (SELECT telling FROM near)
"""

_encode = msgspec.json.Encoder(order="sorted").encode


class Tellings:
    """The tables ``tellings``, ``told_cues`` and ``spells`` of an open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._profiles: dict[str, Profile] = {}
        self._texts: dict[Profile, str] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        self._there: dict[str, set[object]] = {}

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
                self._profile_text(item.profile), _encode(reading).decode(), "|".join(item.words),
            ))  # fmt: skip
            cues += [(cue, block, item.name) for cue in reading.act.cues]
            cues += [(f"once:{thing}", block, item.name) for thing in item.profile.once]
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

    def _profile_text(self, profile: Profile) -> str:
        if profile not in self._texts:
            self._texts[profile] = _encode(profile).decode()
        return self._texts[profile]

    # Reading

    def names_of(self, sources: Sequence[str]) -> list[tuple[str, int, str]]:
        """Return block, name and group of every telling of these reports."""
        return self._store.ask(
            "SELECT block, name, grp FROM tellings WHERE source IN (SELECT unnest($1::VARCHAR[]))",
            [list(sources)],
        )

    def bring(self, name: str, block: Block, names: Sequence[int]) -> list[Item]:
        """Return tellings by name, recalled into ``block`` with all that shares a cluster with them."""
        missing = [n for n in names if n not in block.items]
        self._recall({name: block}, {"names": [(n,) for n in missing]})
        return [block.items[n] for n in names]

    def around(self, name: str, block: Block, items: Sequence[Item]) -> None:
        """Recall into ``block`` (called ``name``) all that may be linked to ``items``."""
        self._recall({name: block}, self._wanted(name, items))

    def preload(
        self, items: Mapping[str, Sequence[Item]], blocks: Mapping[str, Block],
        names: Iterable[int],
    ) -> None:  # fmt: skip
        """Recall for many blocks at once what may be linked to ``items``; and tellings by name."""
        wanted: dict[str, list[tuple[object, ...]]] = {"names": [(n,) for n in names]}
        for block, some in items.items():
            for kind, asked in self._wanted(block, some).items():
                wanted.setdefault(kind, []).extend(asked)
        self._recall(blocks, wanted)

    def _wanted(self, name: str, items: Sequence[Item]) -> dict[str, list[tuple[object, ...]]]:
        """Return what is to be read for ``items`` of a block and has not been; note that it has."""
        there = self._there.setdefault(name, set())
        if "everything" in there:
            return {}
        days: set[int] = set()
        cues: set[str] = set()
        for item in items:
            kinds = ("open", "mark") if item.profile.open else ("open",)
            cues |= {f"{kind}:{mark}" for kind in kinds for mark in item.profile.marks} - there
            if item.start is None or item.end is None:
                cues |= {f"once:{thing}" for thing in item.profile.once} - there
            elif item.end - item.start >= _LONG:
                there.add("everything")
                return {"blocks": [(name,)]}
            else:
                first, last = (item.start - 1) // _STRETCH, (item.end + 1) // _STRETCH
                days.update(range(first, last + 1))
        days -= there
        # what one report tells of one cue, or on no known day, is linked however far apart it lies
        far = (i for i in items if i.profile.narrow or i.start is None)
        sources = {i.source for i in far if ("report", i.source) not in there}
        found: dict[str, list[tuple[object, ...]]] = {
            "days": [(name, s * _STRETCH, past * _STRETCH) for s, past in _runs(days)],
            "cues": [(name, cue) for cue in sorted(cues)],
            "undated": [] if "undated" in there else [(name,)],
            "reports": [(name, source) for source in sorted(sources)],
        }
        there |= {"undated", *days, *cues, *(("report", s) for s in sources)}
        return found

    def _recall(
        self, blocks: Mapping[str, Block], wanted: Mapping[str, Sequence[tuple[object, ...]]]
    ) -> None:
        """Recall what is ``wanted``, with what shares a report or a cluster with it."""
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
        columns = ", ".join(f"t.{c}" for c in _COLUMNS)
        found: dict[int, tuple[Block, Item]] = {}
        for row in self._store.ask(_NEAR.format(" UNION ".join(seeds), columns), asked):
            name = row[20]
            if name not in blocks:
                continue
            if row[21]:
                self._there.setdefault(name, set()).add(("report", row[3]))
            if row[0] in blocks[name].items:
                continue
            if row[0] not in found:
                item = self._item(row)
                item.low = row[18]
                item.torn = tuple(map(int, row[19].split(","))) if row[19] else ()
                found[row[0]] = (blocks[name], item)
            item = found[row[0]][1]
            item.spells = tuple(sorted((*item.spells, row[15:18]), key=lambda s: s[1]))
        for block, item in found.values():
            block.recall(item)

    def _item(self, row: tuple[Any, ...]) -> Item:
        name, told, first, source, start, end, act, last, group, rule, numbers, profile = row[:12]
        if profile not in self._profiles:
            self._profiles[profile] = msgspec.json.decode(profile, type=Profile)
        if numbers not in self._numbers:
            self._numbers[numbers] = frozenset(msgspec.json.decode(numbers))
        order = (told, ALWAYS if first is None else first, source, start, end, act)
        days = None if first is None else (first, last)
        return Item(
            name, order, self._profiles[profile], days, group, rule, self._numbers[numbers],
            (row[12], row[13]), tuple(map(sys.intern, filter(None, (row[14] or "").split("|")))),
        )  # fmt: skip


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
