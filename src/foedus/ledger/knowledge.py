"""What a settled ledger holds, asked by the two clocks.

Comes in: the derived tables of a store. Goes out: facts, records, sources and what has become of
judgements, as known by a day. Only the rows that a question is about are read; what persons confirmed,
rejected, merged or split is laid over the facts that it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TypeVar

import msgspec

from foedus.acts import Act, Quantity, Record, Statement
from foedus.ledger.clocks import appeared_by, unsure
from foedus.ledger.collecting import uncollected
from foedus.ledger.consolidate import Made
from foedus.ledger.dating import redated
from foedus.ledger.judging import (
    Attached,
    HeldRecord,
    Judged,
    Judgement,
    Judging,
    Opinions,
    graded,
    held_record,
    judged_facts,
    key_of,
    once_called,
    opinions,
    standing,
    what_became,
)
from foedus.ledger.records import Dating, Fact, Reading, Source, Undecided
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import load_rules
from foedus.ledger.shelf import SharedText, Shelf
from foedus.ledger.sources import readings_of, source_of
from foedus.ledger.spells import NEVER
from foedus.ledger.store import Store
from foedus.report.records import Report

__all__ = ["Knowledge"]

R = TypeVar("R", Statement, Act, Quantity)
H = TypeVar("H", Statement, Quantity)

_CHUNK = 1000
_KEPT = 200_000
"""Tellings that are remembered, unless more are asked for at once."""
_STOOD = "s.born <= $1 AND s.dies > $1"
_CLUSTERS_OF = "s.cluster IN (SELECT s.cluster FROM spells s WHERE {where} AND " + _STOOD + ")"

_reading = msgspec.json.Decoder(Reading)


class Knowledge:
    """Answers from the derived tables; they must be up to date."""

    def __init__(self, store: Store, shelf: Shelf, world: WorldLike) -> None:
        self._store, self._shelf = store, shelf
        self.roles = Roles(world)
        self._rules = load_rules().speaking_of(shelf.cues())
        self.made = Made(self.roles)
        self._read: dict[int, Reading] = {}
        self._said = [name for name, rule in self._rules.types.items() if rule.kind == "said"]

    # Facts

    def facts(
        self, known_by: date | None, cues: Sequence[str] = (), types: Sequence[str] = ()
    ) -> tuple[Fact, ...]:
        """Return the facts as known by then, or those that may bear one of these cues and types.

        Of a fact that a person rejected as a whole no readings are left.
        """
        with uncollected():
            return self._facts(known_by, cues, types)

    def _facts(
        self, known_by: date | None, cues: Sequence[str], types: Sequence[str]
    ) -> tuple[Fact, ...]:
        held = self._held(known_by)
        where: list[str] = []
        asked: list[list[str]] = []
        if cues:
            asked.append(list(cues))
            told = f"SELECT telling FROM told_cues WHERE cue IN (SELECT unnest(${1 + len(asked)}::VARCHAR[]))"
            where.append(f"s.telling IN ({told})")
        if types:
            asked.append(list(types))
            kind = "split_part(s.block, ' ', 1)"
            where.append(f"{kind} IN (SELECT unnest(${1 + len(asked)}::VARCHAR[]))")
        groups = self._groups(known_by, " AND ".join(where), asked)
        judged = standing(self._shelf.judgements(), known_by)
        if judged and where:
            groups |= self._judged_groups(known_by)
        found = judged_facts(
            list(groups.values()), judged, self._attached, held, self._rules, self.roles, self.made
        )
        if types:
            found = tuple(f for f in found if f.type in types)
        return found if not cues else tuple(f for f in found if not set(cues).isdisjoint(f.cues))

    def facts_with_act(self, act: str) -> tuple[Fact, ...]:
        """Return the facts, of whoever asks for everything, that hold an act of that id."""
        told = "SELECT name FROM tellings WHERE act = $2"
        groups = self._groups(None, f"s.telling IN ({told})", [act])
        if not groups:
            return ()
        judged = standing(self._shelf.judgements())
        if judged:
            groups |= self._judged_groups(None)
        held = self._held(None)
        return judged_facts(
            list(groups.values()), judged, self._attached, held, self._rules, self.roles, self.made
        )

    def heirs(self, name: str, facts: Iterable[Fact]) -> list[Fact]:
        """Return the facts that hold what somebody meant when he judged the fact then called so."""
        acts = once_called(name, self._shelf.judgements(), self._attached)
        return [f for f in facts if acts & {key_of(r) for r in (*f.readings, *f.rejected)}]

    def _groups(
        self, known_by: date | None, where: str, asked: Sequence[object]
    ) -> dict[tuple[str, int], list[Reading]]:
        """Return the clusters of a day that have a telling for which ``where`` holds, all told there."""
        limit = f" AND {_CLUSTERS_OF.format(where=where)}" if where else ""
        rows = self._store.ask(
            f"SELECT s.block, s.cluster, s.telling FROM spells s WHERE {_STOOD}{limit}",
            [_ordinal(known_by), *asked],
        )
        readings = self._readings({name for _, _, name in rows})
        groups: dict[tuple[str, int], list[Reading]] = defaultdict(list)
        for block, cluster, name in rows:
            groups[block, cluster].append(readings[name])
        return groups

    def _readings(self, names: Collection[int]) -> Mapping[int, Reading]:
        """Return tellings by name: the same objects as before, where they were asked for before."""
        missing = [n for n in names if n not in self._read]
        if missing:
            if len(self._read) + len(missing) > _KEPT:
                self._read = {}
                missing = list(names)
            rows = self._store.ask(
                "SELECT name, data FROM tellings WHERE name IN (SELECT unnest($1::BIGINT[]))",
                [missing],
            )
            self._read |= {name: _reading.decode(data) for name, data in rows}
        return self._read

    def _judged_groups(self, known_by: date | None) -> dict[tuple[str, int], list[Reading]]:
        keys = {key for found in self._attached.values() for _, key in found if key is not None}
        where = (
            "s.telling IN (SELECT name FROM tellings WHERE source IN (SELECT unnest($2::VARCHAR[])) "
            "AND act IN (SELECT unnest($3::VARCHAR[])))"
        )
        return self._groups(
            known_by, where, [sorted(k[0] for k in keys), sorted(k[1] for k in keys)]
        )

    # Judgements

    @cached_property
    def _attached(self) -> Attached:
        return self._shelf.attached(self._shelf.judgements())

    def _held(self, known_by: date | None) -> Opinions:
        return opinions(standing(self._shelf.judgements(), known_by), self._attached)

    def judging(self, known_by: date | None) -> Judging:
        """Return what persons judged by then."""
        judgements = standing(self._shelf.judgements(), known_by)
        return Judging(judgements, self._attached, opinions(judgements, self._attached))

    def held(
        self, kind: type[H], known_by: date | None, texts: Callable[[str], str | None]
    ) -> tuple[HeldRecord[H], ...]:
        """Return the statements or quantities that count by then as persons hold them."""
        judging = self.judging(known_by)
        about = judging.opinions.about
        return tuple(
            held_record(r, judging, texts(r.source) if (r.source, r.id) in about else None)
            for r in self.records(kind, known_by)
        )

    def judgements(
        self, known_by: date | None, speak: Callable[[Judging], object]
    ) -> tuple[Judged, ...]:
        """Return every judgement made by then, and what has become of it.

        ``speak`` carries out the merges and splits of utterances, so that what is at odds is found.
        """
        made = [j for j in self._shelf.judgements() if known_by is None or j.at.date() <= known_by]
        if not made:
            return ()
        stand, held = standing(made), self._held(known_by)
        # what is at odds among merges and splits is found by carrying them out
        groups = self._judged_groups(known_by)
        judged_facts(
            list(groups.values()), stand, self._attached, held, self._rules, self.roles, self.made
        )
        if any(j.verb in ("merge", "split") and _of_speech(j) for j in stand):
            speak(Judging(stand, self._attached, held))
        return what_became(made, stand, self._attached, held)

    # Reports and records

    def datings(self) -> dict[str, Dating]:
        """Return the datings by report."""
        return self._shelf.datings()

    def groups(self) -> dict[str, str]:
        """Return the group of copies of each report."""
        return {h: s.group for h, s in self._shelf.settled().items()}

    def sources(self, reports: Iterable[Report]) -> tuple[Source, ...]:
        """Return reports as sources, in the order given."""
        settled, datings, held = self._shelf.settled(), self.datings(), self._held(None)
        groups = {h: s.group for h, s in settled.items()}
        copies: dict[str, list[SharedText]] = defaultdict(list)
        for copy in self._shelf.copies():
            copies[copy.a].append(copy)
            copies[copy.b].append(copy)
        found = []
        for report in reports:
            own = source_of(report, datings[report.hash], groups, copies[report.hash])
            own = msgspec.structs.replace(own, successor=settled[report.hash].successor)
            found.append(graded(own, held))
        return tuple(found)

    def records(self, kind: type[R], known_by: date | None) -> tuple[R, ...]:
        """Return the records of reports that count by then, by report hash, with dates worked out."""
        return tuple(
            record
            for _, records in self._dated(self._counting(known_by))
            for record in records
            if isinstance(record, kind)
        )

    def readings(self) -> tuple[Reading, ...]:
        """Return every act of the reports that count now, as it was read."""
        found: list[Reading] = []
        for hashes in _chunks(self._counting(None)):
            settled, datings = self._shelf.settled(), self._shelf.datings(hashes)
            reports = self._shelf.some_reports(hashes)
            for h, records in self._dated(hashes):
                found += readings_of(reports[h], records, datings[h], settled[h].group)
        return tuple(found)

    def undecided(self, known_by: date) -> list[Undecided]:
        """Return the records of reports of which the dates cannot tell whether they had appeared."""
        late = self._store.ask("SELECT source FROM settled WHERE known > $1", [_ordinal(known_by)])
        datings = self._shelf.datings(sorted(row[0] for row in late))
        open_ = {
            h: d.candidates
            for h, d in datings.items()
            if appeared_by(d.candidates, known_by) == "cannot_tell"
        }
        found: list[Undecided] = []
        for h, records in self._dated(sorted(open_)):
            found += unsure(records, open_[h], known_by)
        return found

    def _counting(self, known_by: date | None) -> list[str]:
        rows = self._store.ask(
            "SELECT source FROM settled WHERE born <= $1 AND dies > $1 ORDER BY source",
            [_ordinal(known_by)],
        )
        return [row[0] for row in rows]

    def _dated(self, hashes: Sequence[str]) -> Iterable[tuple[str, tuple[Record, ...]]]:
        for some in _chunks(hashes):
            records, datings = self._shelf.some_records(some), self._shelf.datings(some)
            for h in some:
                yield h, redated(records.get(h, ()), datings[h].candidates, self._said)


def _of_speech(judgement: Judgement) -> bool:
    return any(t.kind == "statement" for t in judgement.targets)


def _ordinal(known_by: date | None) -> int:
    return NEVER if known_by is None else known_by.toordinal()


def _chunks(hashes: Sequence[str]) -> Iterable[Sequence[str]]:
    return (hashes[at : at + _CHUNK] for at in range(0, len(hashes), _CHUNK))
