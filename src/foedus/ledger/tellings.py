"""Tellings as rows, and back: what the clustering has worked out, kept in the file.

Comes in: items with their readings. Goes out: rows; and for a block that is being changed, the items
that may matter, brought in as they are asked for.
"""

from __future__ import annotations

from collections import Counter
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
    "numbers", "profile", "born", "dies",
)  # fmt: skip
_STRETCH = 8
"""Days that are brought in at a time."""
_OF_REPORTS = "t.source IN (SELECT unnest(${}::VARCHAR[]))"
_OF_CLUSTERS = (
    "t.name IN (SELECT telling FROM spells WHERE cluster IN (SELECT unnest(${}::BIGINT[])))"
)
_MANY = 20
"""Items of one stretch of days for which it is brought in for all blocks at once."""

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
                self._profile_text(item.profile), _encode(reading).decode(),
            ))  # fmt: skip
            cues += [(cue, block, item.name) for cue in reading.act.cues]
            cues += [(f"once:{thing}", block, item.name) for thing in item.profile.once]
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
        self._there.setdefault(name, set())
        self._recall({name: block}, "t.name IN (SELECT unnest($2::BIGINT[]))", [name, list(names)])
        return [block.items[n] for n in names]

    def around(self, name: str, block: Block, items: Sequence[Item]) -> None:
        """Recall into ``block`` (called ``name``) all that may be linked to ``items``."""
        there = self._there.setdefault(name, set())
        days: set[int] = set()
        cues: set[str] = set()
        everywhere = False
        for item in items:
            if item.start is None or item.end is None:
                cues |= {f"once:{thing}" for thing in item.profile.once} - there
            elif item.end - item.start >= 400:
                everywhere = True
            else:
                first, last = (item.start - 1) // _STRETCH, (item.end + 1) // _STRETCH
                days |= {s for s in range(first, last + 1) if s not in there}
        if everywhere and "everything" not in there:
            there.add("everything")
            self._recall({name: block}, "true", [name])
        if "everything" in there:
            return
        if "unknown" not in there:
            there.add("unknown")
            self._recall({name: block}, "t.first IS NULL", [name])
        if cues:
            there |= cues
            asked = "t.name IN (SELECT telling FROM told_cues WHERE block = $1 AND cue IN "
            self._recall(
                {name: block}, asked + "(SELECT unnest($2::VARCHAR[])))", [name, sorted(cues)]
            )
        for start, past in _runs(days):
            there |= set(range(start, past))
            days_ = [name, start * _STRETCH, past * _STRETCH]
            self._recall({name: block}, "t.first < $3 AND t.last >= $2", days_)
        # what one report tells of one cue, or on no known day, is linked however far apart it lies
        far = (i for i in items if i.profile.narrow or i.start is None)
        sources = sorted({i.source for i in far if ("report", i.source) not in there})
        if sources:
            self._recall({name: block}, _OF_REPORTS.format(2), [name, sources])
            there |= {("report", s) for s in sources}

    def preload(self, items: Mapping[str, Sequence[Item]], blocks: Mapping[str, Block]) -> None:
        """Recall what lies on the days of many of ``items``, for all blocks at once."""
        count: Counter[int] = Counter()
        for some in items.values():
            for item in some:
                if item.start is not None and item.end is not None and item.end - item.start < 100:
                    count.update(
                        range((item.start - 1) // _STRETCH, (item.end + 1) // _STRETCH + 1)
                    )
        for start, past in _runs(n for n, times in count.items() if times >= _MANY):
            days = [start * _STRETCH, past * _STRETCH]
            self._recall(blocks, "t.first < $2 AND t.last >= $1", days)
            for name in blocks:
                self._there.setdefault(name, set()).update(range(start, past))

    def _recall(
        self, blocks: Mapping[str, Block], where: str, parameters: Sequence[object]
    ) -> None:
        """Recall the tellings that meet a condition, and what shares a report or a cluster with them.

        Of ``blocks`` alone; where there is one, its name is the first parameter.
        """
        new = self._read(blocks, where, parameters)
        there = {name: self._there.setdefault(name, set()) for name in blocks}
        sources: set[str] = set()
        for name, some in new.items():
            found = {i.source for i in some.values() if ("report", i.source) not in there[name]}
            there[name] |= {("report", s) for s in found}
            sources |= found
        if sources:
            self._more(blocks, new, _OF_REPORTS, sorted(sources), where, parameters)
        clusters = {c for some in new.values() for item in some.values() for c, _, _ in item.spells}
        if clusters:
            self._more(blocks, new, _OF_CLUSTERS, sorted(clusters), where, parameters)
        for name, some in new.items():
            for item in some.values():
                blocks[name].recall(item)

    def _more(
        self, blocks: Mapping[str, Block], new: dict[str, dict[int, Item]], condition: str,
        values: Sequence[object], where: str, parameters: Sequence[object],
    ) -> None:  # fmt: skip
        """Read what meets ``condition`` and is not read yet by ``where``."""
        asked = [*parameters, list(values)]
        also = f"{condition.format(len(asked))} AND NOT coalesce({where}, false)"
        for name, some in self._read(blocks, also, asked).items():
            new.setdefault(name, {}).update(some)

    def _read(
        self, blocks: Mapping[str, Block], where: str, parameters: Sequence[object]
    ) -> dict[str, dict[int, Item]]:
        columns = ", ".join(f"t.{c}" for c in _COLUMNS)
        only = "t.block = $1 AND s.block = $1 AND " if len(blocks) == 1 else ""
        rows = self._store.ask(
            f"SELECT {columns}, s.cluster, s.born, s.dies, s.low, s.torn, t.block FROM tellings t "
            f"JOIN spells s ON s.telling = t.name WHERE {only}({where})",
            list(parameters),
        )
        found: dict[str, dict[int, Item]] = {}
        for row in rows:
            name = row[19]
            if name not in blocks or row[0] in blocks[name].items:
                continue
            some = found.setdefault(name, {})
            item = some.get(row[0])
            if item is None:
                item = some[row[0]] = self._item(row)
                item.low = row[17]
                item.torn = tuple(map(int, row[18].split(","))) if row[18] else ()
                item.spells = (row[14:17],)
            else:
                item.spells = tuple(sorted((*item.spells, row[14:17]), key=lambda s: s[1]))
        return found

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
            (row[12], row[13]),
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
