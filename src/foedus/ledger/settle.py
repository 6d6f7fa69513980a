"""Working out what follows from what was read, for what is new or has changed.

Comes in: a ledger with reports, judgements or a calendar that came since the last time. Goes out: its
derived tables, as they would be had all been worked out at once: copies, datings, versions, tellings
and where each of them stands. One transaction: all of it, or none.

Each step hands the next one the reports that it changed: copies the groups, dating the days, versions
the lives; whatever changed for a report makes its tellings new, and the clustering of their blocks
goes on from there (:mod:`foedus.ledger.joining.placing`).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from foedus.ledger.collecting import uncollected
from foedus.ledger.dating import Datings, redated
from foedus.ledger.hand.readings import standing_by_hand
from foedus.ledger.hand.records import Entry
from foedus.ledger.joining import (
    AtHand,
    Block,
    Clauses,
    Item,
    Landmarks,
    Tellings,
    block_of,
    item_of,
    load_clause_rules,
)
from foedus.ledger.judging import Changes, changes_of, corrected_reading
from foedus.ledger.records import Dating, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import CueKinds, load_rules
from foedus.ledger.shared_texts import note_copies
from foedus.ledger.shelf import Settled, Shelf
from foedus.ledger.sources import CopyFinder, independent_sources, readings_of
from foedus.ledger.spells import overlap
from foedus.ledger.store import Store
from foedus.ledger.tracker import load_tracker
from foedus.ledger.versions import Version, address_of, day_known, lives
from foedus.ledger.wordprint import load_utterance_rules, renderings
from foedus.world import Added

__all__ = ["Progress", "fingerprint", "is_up_to_date", "settle"]

ENGINE = "10"
"""To be raised whenever the same reports would give other derived tables than before."""

_CHUNK = 500

Progress = Callable[[int, int, str], None]


def fingerprint(world: WorldLike, cues: CueKinds) -> str:
    """Return a hash of all that derived tables depend on beside what is in the ledger."""
    known = getattr(world, "fingerprint", f"{type(world).__module__}.{type(world).__qualname__}")
    content = msgspec.json.encode((ENGINE, known, _declared(), cues), order="deterministic")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


@cache
def _declared() -> str:
    """Return a hash of the declared files by which tellings are compared."""
    words = load_utterance_rules()
    files = (
        load_rules(),
        load_clause_rules(),
        load_tracker(),
        words,
        list(renderings(words.stem).items()),
    )
    content = msgspec.json.encode(files, order="deterministic")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def is_up_to_date(shelf: Shelf, world: WorldLike, finder: CopyFinder | None) -> bool:
    """Whether the derived tables hold all that follows from the others."""
    return (
        not shelf.pending()
        and shelf.noted("derived") == fingerprint(world, shelf.cues())
        and (finder is None or shelf.noted("copies") == finder.fingerprint)
    )


def settle(
    store: Store, shelf: Shelf, world: WorldLike, finder: CopyFinder | None,
    progress: Progress | None = None,
) -> bool:  # fmt: skip
    """Bring the derived tables up to date, and tell whether anything was to be done.

    Args:
        store: open for writing.
        shelf: the records of the same store.
        world: who speaks for whom.
        finder: finds copies; None leaves them as they are.
        progress: called with the number of steps done, their total, and what is being done.

    Raises:
        FoedusError: the disk fails; the tables are then as before.
    """
    with store.transaction(), uncollected():
        return _Settling(store, shelf, world, finder, progress).run()


class _Work(msgspec.Struct):
    """What is to be done in a block."""

    new: list[Item] = []
    gone: list[int] = []
    regrouped: dict[int, tuple[str, str]] = {}
    """By name: the group of copies before, and now."""


class _Settling:
    def __init__(
        self, store: Store, shelf: Shelf, world: WorldLike, finder: CopyFinder | None,
        progress: Progress | None,
    ) -> None:  # fmt: skip
        self._store, self._shelf, self._finder = store, shelf, finder
        self._world, self._roles = world, Roles(world)
        self._rules = load_rules().speaking_of(shelf.cues())
        self._clauses = Clauses(world)
        self._known = Landmarks(self._roles.landmarks, self._roles)
        self._said = [name for name, rule in self._rules.types.items() if rule.kind == "said"]
        self._tellings = Tellings(store, self._rules)
        self._progress = progress or (lambda _done, _total, _name: None)
        self._fresh = False
        """Nothing is placed yet: all that is told is."""

    def run(self) -> bool:
        pending = self._pending()
        if not pending:
            return False
        reports = self._shelf.hashes(sorted(pending))
        if self._finder is not None:
            self._progress(0, 4, "copies")
            note_copies(self._store, self._shelf, self._finder, reports)
        self._progress(1, 4, "dates")
        datings = Datings(self._store, self._shelf, self._rules, self._roles)
        fresh = datings.update(reports, calendar="calendar" in pending)
        before = self._shelf.settled()
        after = self._settled(before, reports, fresh)
        read = {*reports, *datings.changed()}
        changed = [h for h, now in after.items() if h in read or now != before.get(h)]
        # in order of time: what is read together later lies together
        changed.sort(key=lambda h: (after[h].known, h))
        self._progress(2, 4, "tellings")
        dated_anew = sorted(datings.kept_anew().difference(changed))
        self._keep(before, after, [*changed, *dated_anew], datings)
        work: dict[str, _Work] = defaultdict(_Work)
        self._fresh = not self._store.ask("SELECT 1 FROM spells LIMIT 1")
        for at in range(0, len(changed), _CHUNK):
            some = changed[at : at + _CHUNK]
            self._told(some, self._items(some, after), work)
        entries = self._shelf.entries()
        self._told(sorted(entries), self._entered(entries), work)
        self._progress(3, 4, "facts")
        self._place(work)
        self._store.clear("pending")
        self._progress(4, 4, "")
        return True

    def _pending(self) -> set[str]:
        """Return what came since the last time; everything, where the tables are of other rules."""
        pending = self._shelf.pending()
        now = fingerprint(self._world, self._rules.cues)
        if self._shelf.noted("derived") != now:
            kept = {"marks", "copies"}
            self._shelf.empty(kept)
            self._shelf.note("derived", now)
            added: Added | None = getattr(self._world, "added", None)
            self._shelf.note("register", added.noted() if added is not None else "")
            pending |= {*self._shelf.hashes(None), "calendar", "judgements"}
        if self._finder is not None and self._shelf.noted("copies") != self._finder.fingerprint:
            self._shelf.note("copies", self._finder.fingerprint)
            self._store.clear("marks")
            self._store.clear("copies")
            pending |= set(self._shelf.hashes(None))
        return pending

    def _settled(
        self, before: Mapping[str, Settled], reports: Sequence[str], datings: Mapping[str, Dating]
    ) -> dict[str, Settled]:
        """Return for every report its group, its life and its corrections."""
        urls = {h: s.url for h, s in before.items()}
        urls |= {h: address_of(url) for h, url in self._shelf.addresses(reports).items()}
        known = {h: s.known for h, s in before.items()}
        known |= {h: day_known(d.candidates) for h, d in datings.items()}
        groups = independent_sources(urls, self._shelf.pairs())
        living = lives(Version(h, urls[h], known[h]) for h in urls)
        changes = self._changes()
        signs: dict[str, list[tuple[str, Changes]]] = defaultdict(list)
        for (source, act), values in sorted(changes.items()):
            signs[source].append((act, values))
        none = "[]"
        return {
            h: Settled(
                source=h, url=urls[h], group=groups[h], known=known[h], life=living[h][0],
                successor=living[h][1],
                corrected=msgspec.json.encode(signs[h]).decode() if h in signs else none,
            )
            for h in urls
        }  # fmt: skip

    def _changes(self) -> dict[tuple[str, str], Changes]:
        made = [j for j in self._shelf.judgements() if j.verb in ("correct", "withdraw")]
        return changes_of(made, self._shelf.attached(made)) if made else {}

    def _keep(
        self, before: Mapping[str, Settled], after: Mapping[str, Settled], changed: Sequence[str],
        datings: Datings,
    ) -> None:  # fmt: skip
        there = datings.rows(changed)
        self._store.delete("settled", "source", [h for h in changed if h in before])
        self._store.insert("settled", [after[h].row(*there[h]) for h in changed])

    def _told(
        self, sources: Sequence[str], told: Iterable[tuple[str, Item, Reading]],
        work: dict[str, _Work],
    ) -> None:  # fmt: skip
        """Write what ``sources`` tell now; note by block what is new, gone, or in other groups."""
        old = {name: (block, group) for block, name, group in self._tellings.names_of(sources)}
        rows: list[tuple[str, Item, Reading]] = []
        again: list[int] = []
        for block, item, reading in told:
            there = old.pop(item.name, None)
            if there == (block, item.group):
                continue
            rows.append((block, item, reading))
            if self._fresh:
                work[block]  # is to be placed, from the table
            elif there is None:
                work[block].new.append(item)
            else:
                work[block].regrouped[item.name] = (there[1], item.group)
                again.append(item.name)
        self._tellings.delete_rows(again)
        self._tellings.insert(rows)
        for name, (block, _) in old.items():
            work[block].gone.append(name)

    def _items(
        self, hashes: Sequence[str], settled: Mapping[str, Settled]
    ) -> Iterator[tuple[str, Item, Reading]]:
        reports, records = self._shelf.some_reports(hashes), self._shelf.some_records(hashes)
        datings = self._shelf.datings(hashes)
        for h in hashes:
            own = settled[h]
            dated = redated(records.get(h, ()), datings[h].candidates, self._said)
            changes = dict(msgspec.json.decode(own.corrected, type=list[tuple[str, Changes]]))
            for reading in readings_of(reports[h], dated, datings[h], own.group, self._clauses):
                made = _versions(reading, changes.get(reading.act.id, []), own.life, self._known)
                for version, life in made:
                    item = item_of(version, self._rules, self._roles, life)
                    yield block_of(version, self._rules, self._roles), item, version

    def _entered(self, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Item, Reading]]:
        """Yield the rows entered by hand, for the days on which they stood."""
        if not entries:
            return
        settled = self._shelf.settled()
        sources = (
            self._shelf.reports(), self._shelf.datings(), {h: s.group for h, s in settled.items()}
        )  # fmt: skip
        changes = self._changes()
        for reading, life in standing_by_hand(self._shelf.enterings(), entries, *sources):
            key = (reading.citation.source, reading.act.id)
            told = self._known.entered(reading, entries[reading.citation.source].text)
            for version, days in _versions(told, changes.get(key, []), life, self._known):
                item = item_of(version, self._rules, self._roles, days)
                yield block_of(version, self._rules, self._roles), item, version

    def _place(self, work: Mapping[str, _Work]) -> None:
        """Place what is new block by block: what a block needs is let go when it is done."""
        if self._fresh:
            for name in sorted(work):
                placed = self._block(name).change(self._tellings.of_block(name))
                self._tellings.settle(name, placed, fresh=True)
            return
        gone: list[int] = []
        for name, there in self._tellings.at_hand(sorted(work)):
            own = work[name]
            placed = self._block(name, there).change(own.new, own.gone, own.regrouped)
            self._tellings.settle(name, placed, fresh=False)
            gone += own.gone
        self._tellings.delete(gone)

    def _block(self, name: str, there: AtHand | None = None) -> Block:
        return Block(self._rules, name.split()[0], there)


def _versions(
    reading: Reading, changes: Changes, counts: tuple[int, int], known: Landmarks
) -> Iterable[tuple[Reading, tuple[int, int]]]:
    """Yield a reading as it was read and as persons corrected it, each with the days it counts."""
    if not changes:
        # a report that was replaced the day it appeared never counts
        if counts[0] < counts[1]:
            yield reading, counts
        return
    for life, values in changes:
        for days in overlap([counts], [life]):
            yield known.corrected(corrected_reading(reading, values)), days
