"""The ledger itself: an analyst's file of record, opened, added to and asked.

Comes in: reports with their coded records, an alliance's calendar. Goes out: facts, statements,
quantities, sources and datings, as of a date and as known by a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from foedus.acts import Act, Quantity, Record, Statement
from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.byhand import ByHand, Sources
from foedus.ledger.clocks import happened_by, is_settled, latest_day
from foedus.ledger.judging import HeldRecord, Judged, Judgement, Judging
from foedus.ledger.knowledge import Knowledge
from foedus.ledger.out.writing import export
from foedus.ledger.records import (
    Dating,
    DeclaredAct,
    Difference,
    Fact,
    Reading,
    Source,
    Undecided,
)
from foedus.ledger.roles import WorldLike
from foedus.ledger.rules import CueKinds, load_rules
from foedus.ledger.settle import Progress, is_up_to_date, settle
from foedus.ledger.shelf import Shelf
from foedus.ledger.sources import CopyFinder
from foedus.ledger.speech import group_utterances
from foedus.ledger.speeches import Speech, said_in, speech_of
from foedus.ledger.store import Store, open_store
from foedus.report.records import Report
from foedus.world import Added, World, load_world

__all__ = ["Ledger"]

H = TypeVar("H", Statement, Quantity)


class Ledger(ByHand):
    """The file of record. Open it with :meth:`open`; use it as a context manager."""

    def __init__(
        self, store: Store, world: WorldLike | None, finder: CopyFinder | None,
        progress: Progress | None = None,
    ) -> None:  # fmt: skip
        self._file, self._world, self._finder, self._progress = store, world, finder, progress
        self._shelf = Shelf(store)
        self._facts: dict[date | None, tuple[Fact, ...]] = {}
        self._knowledge: Knowledge | None = None
        self._added = False

    @classmethod
    def open(
        cls, place: Address | Path | str, *, read_only: bool = False, create: bool = True,
        world: WorldLike | None = None, find_copies: CopyFinder | None = None,
        progress: Progress | None = None,
    ) -> Self:  # fmt: skip
        """Open a ledger, or make a new one.

        Args:
            place: a file, or a database: ``postgresql://USER@HOST/DATABASE``.
            read_only: read only; many may at once, of a file as long as nobody writes.
            create: make a new one where there is none; without it, that is an error.
            world: who speaks for whom; without it, the register that foedus ships, with what was added to it
                when the ledger was written.
            find_copies: how to find reports that share a text; without it,
                :class:`foedus.report.copies.TextCopies`.
            progress: called with the steps done, their total and the name of the next, while what
                follows from the reports is worked out.

        Raises:
            FoedusError: it is in use, cut short, no ledger, of a newer version, not ours to read or
                write, or its server cannot be reached.
        """
        store = open_store(place, read_only=read_only, create=create)
        return cls(store, world, find_copies, progress)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Work out what is still to be worked out, and close the ledger.

        Where that fails, it is left to whoever opens the ledger next: what was added is kept.
        """
        try:
            if self._knowledge is None and self._added:
                with suppress(FoedusError):
                    self.settle()
        finally:
            self._file.close()

    # What comes in

    def add(self, reports: Iterable[tuple[Report, Sequence[Record]]]) -> None:
        """Add coded reports, all of them or, on any failure, none.

        A report whose hash is known replaces its coding and stays the same report; of files with
        the same bytes, the name that sorts first is its label.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        batch: dict[str, tuple[Report, Sequence[Record]]] = {}
        for report, records in sorted(reports, key=lambda pair: (pair[0].label, pair[0].path)):
            batch.setdefault(report.hash, (report, records))
        if not batch:
            return
        with self._shelf.alone():
            for earlier in self._shelf.some_reports(sorted(batch)).values():
                report, records = batch[earlier.hash]
                if earlier.label < report.label:
                    own = msgspec.structs.replace(report, label=earlier.label, path=earlier.path)
                    batch[earlier.hash] = (own, records)
            self._shelf.put(batch)
        self._forget()

    def settle(self) -> None:
        """Work out what follows from what was added since the last time: facts, datings, copies.

        Every question and :meth:`close` do so first; a ledger open for reading works it out for itself
        where nobody has. It is one transaction.

        Raises:
            FoedusError: the disk fails; what was added stays.
        """
        self._known()

    def set_calendar(self, acts: Sequence[DeclaredAct]) -> None:
        """Set the dated acts of the alliance's public record, in place of those set before.

        They help to date reports and are shown as such; they are no evidence of any fact.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        self._shelf.put_calendar(sorted(acts, key=lambda d: (d.file, d.line, d.act.id)))
        self._forget()

    def set_cues(self, cues: CueKinds) -> None:
        """Set what the alliance's cues are, which decides what is one fact; errors as above."""
        self._shelf.put_cues(cues)
        self._forget()

    def cues(self) -> CueKinds:
        """Return what was set with :meth:`set_cues`."""
        return self._shelf.cues()

    def keep(self, judgements: Iterable[Judgement]) -> None:
        """Add judgements and withdrawals; what is there already stays as it is.

        They are kept apart from what was read: adding reports or coding them anew touches none.
        When this returns, they are on the disk. :func:`foedus.ledger.judge` makes them.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        self._shelf.keep(judgements)
        self._forget()

    # What is known

    def reports(self) -> tuple[Report, ...]:
        """Return all reports, by label, then hash; those that were corrected too."""
        found = self._shelf.reports().values()
        return tuple(sorted(found, key=lambda r: (r.label, r.hash)))

    def report(self, report_hash: str) -> Report:
        """Return one report.

        Raises:
            FoedusError: no report with that hash is in the ledger.
        """
        found = self._shelf.some_reports([report_hash]).get(report_hash)
        if found is None:
            raise FoedusError(
                f"no report {report_hash!r} in this ledger", where=self._shelf.address
            )
        return found

    def calendar(self) -> tuple[DeclaredAct, ...]:
        """Return the dated acts that were set with :meth:`set_calendar`."""
        return self._shelf.calendar()

    def datings(self) -> dict[str, Dating]:
        """Return when each report appeared, as far as can be known, by its hash."""
        return self._known().datings()

    def sources(self) -> tuple[Source, ...]:
        """Return the reports as sources: outlet, copies, dating; by label, then hash."""
        known = self._known()
        return known.sources(self.reports())

    def latest(self) -> date | None:
        """Return the day that answers bear when nobody names one; None when no report has a date.

        It is the day by which every report whose own day is settled (to within a month) had
        appeared; where none is settled, the last day that any may have appeared. It limits nothing.
        """
        dated = (d.candidates for d in self.datings().values())
        return latest_day((*dated, *self._cited_days()))

    def unsettled(self) -> tuple[str, ...]:
        """Return the hashes of the reports whose day is not settled, by label, then hash."""
        datings = self.datings()
        return tuple(r.hash for r in self.reports() if not is_settled(datings[r.hash].candidates))

    def statements(self, known_by: date | None = None) -> tuple[Statement, ...]:
        """Return the statements of reports that had appeared by then, with dates worked out."""
        return self._known().records(Statement, known_by)

    def acts(self, known_by: date | None = None) -> tuple[Act, ...]:
        """Return the acts of reports that had appeared by then, with dates worked out; and by hand."""
        read = self._known().records(Act, known_by)
        return (*read, *(r.act for r in self.hand_readings(known_by)))

    def quantities(self, known_by: date | None = None) -> tuple[Quantity, ...]:
        """Return the quantities of reports that had appeared by then, with dates worked out."""
        return self._known().records(Quantity, known_by)

    def readings(self) -> tuple[Reading, ...]:
        """Return every act as its report tells it, by report hash and place; then those by hand."""
        return (*self._known().readings(), *self.hand_readings())

    def speech(self, *, as_of: date | None = None, known_by: date | None = None) -> Speech:
        """Return what was said, each utterance with all its wordings; the clocks are those of facts."""
        return speech_of(self, self._the_world(), as_of=as_of, known_by=known_by)

    def facts(
        self, *, as_of: date | None = None, known_by: date | None = None,
        cues: Sequence[str] = (), types: Sequence[str] = (),
    ) -> tuple[Fact, ...]:  # fmt: skip
        """Return the facts.

        Args:
            as_of: only what had happened or been said by then; what cannot be told is included
                and listed by :meth:`cannot_tell`.
            known_by: only what reports that had certainly appeared by then tell; what cannot be
                told (an undated report) is left out and listed by :meth:`cannot_tell`. Without it,
                everything in the ledger is known. Judgements are known from the day (UTC) on
                which they were made.
            cues: only facts that bear one of these cues.
            types: only facts of one of these event types.

        A fact of which a person rejected every telling is not among them: see :meth:`rejected`.
        """
        facts = tuple(f for f in self._facts_known(known_by, cues, types) if f.readings)
        if as_of is not None:
            facts = tuple(happened_by(facts, as_of, load_rules(), self._known().made)[0])
        return facts if not cues else tuple(f for f in facts if not set(cues).isdisjoint(f.cues))

    def rejected(self, *, known_by: date | None = None) -> tuple[Fact, ...]:
        """Return the facts of which every telling was rejected by then; they have no readings."""
        return tuple(f for f in self._facts_known(known_by) if not f.readings)

    def judgements(self, known_by: date | None = None) -> tuple[Judged, ...]:
        """Return every judgement made by then, withdrawn ones too, and what has become of it."""
        return self._known().judgements(known_by, lambda judging: self._spoken(known_by, judging))

    def judging(self, known_by: date | None = None) -> Judging:
        """Return what persons judged by then: the judgements that stand, and what is held because of them."""
        return self._known().judging(known_by)

    def held(self, kind: type[H], known_by: date | None = None) -> tuple[HeldRecord[H], ...]:
        """Return the statements, or quantities, that had appeared by then as persons hold them.

        Those that a person rejected are among them, and say so.
        """
        return self._known().held(kind, known_by, self.text)

    def accepted(self, kind: type[H], known_by: date | None = None) -> tuple[H, ...]:
        """Return the statements, or quantities, that count: as persons corrected them, without the rejected."""
        return tuple(h.record for h in self.held(kind, known_by) if not h.rejected)

    def cannot_tell(
        self, as_of: date | None = None, known_by: date | None = None
    ) -> tuple[Undecided, ...]:
        """Return the records of which one of the clocks cannot tell whether they count."""
        found: list[Undecided] = []
        if known_by is not None:
            found += self._known().undecided(known_by)
            found += self._unsure_by_hand(known_by)
        if as_of is not None:
            facts = self._facts_known(known_by)
            found += happened_by(facts, as_of, load_rules(), self._known().made)[1]
        return tuple(sorted(found, key=lambda u: (u.clock, u.citation.source, u.kind, u.record)))

    def fact(self, fact_id: str) -> Fact:
        """Return the fact of that id, or the one that holds the act of that id.

        The id under which a fact was judged still leads to it once it has another, unless its acts
        are in several facts by now.

        Raises:
            FoedusError: there is none.
        """
        known = self._known()
        for fact in known.facts_with_act(fact_id) or self._facts_known(None):
            told = (*fact.readings, *fact.rejected)
            if fact.id == fact_id or any(r.act.id == fact_id for r in told):
                return fact
        heirs = known.heirs(fact_id, self._facts_known(None))
        if len(heirs) == 1:
            return heirs[0]
        raise FoedusError(
            f"no fact or act {fact_id!r} in this ledger", where=self._shelf.address,
            remedy="ids change when a fact gains a telling; look it up again",
        )  # fmt: skip

    def disagreements(
        self, *, as_of: date | None = None, known_by: date | None = None
    ) -> tuple[tuple[Fact, Difference], ...]:
        """Return everything on which the tellings of a fact do not agree."""
        facts = self.facts(as_of=as_of, known_by=known_by)
        return tuple((fact, difference) for fact in facts for difference in fact.differences)

    def export(
        self, folder: Path | str, form: str = "jsonl", *,
        as_of: date | None = None, known_by: date | None = None, fact: str | None = None,
    ) -> tuple[Path, ...]:  # fmt: skip
        """Write what is known to files in ``folder`` and return their paths.

        The same knowledge gives the same bytes. Where a report's file lay is not written. The
        arguments and errors are those of :func:`foedus.ledger.out.export`.
        """
        return export(self, Path(folder), form, as_of=as_of, known_by=known_by, fact=fact)

    @cached_property
    def register(self) -> World:
        """The register by which the ledger names who is who: foedus's own, and what was added to it."""
        noted = self._shelf.noted("register")
        return load_world(added=Added.read(noted) if noted else None)

    # How it is worked out

    def _sources(self) -> Sources:
        known = self._known()
        return self._shelf.reports(), known.datings(), known.groups()

    def _forget(self) -> None:
        self._knowledge, self._added = None, True
        self._facts.clear()

    def _spoken(self, known_by: date | None, judging: Judging) -> None:
        """Carry out the merges and splits of utterances that persons made."""
        group_utterances(said_in(self, known_by), world=self._the_world(), judging=judging)

    def _the_world(self) -> WorldLike:
        return self.register if self._world is None else self._world

    def _known(self) -> Knowledge:
        """Return what the derived tables hold, brought up to date."""
        if self._knowledge is None:
            store, world = self._file, self._the_world()
            finder = None if store.read_only else self._copies()
            if not is_up_to_date(self._shelf, world, finder):
                if store.read_only:
                    store = self._shelf.in_memory()
                settle(store, Shelf(store), world, finder, self._progress)
            self._knowledge = Knowledge(store, Shelf(store), world)
        return self._knowledge

    def _copies(self) -> CopyFinder:
        if self._finder is None:
            from foedus.report.copies import TextCopies

            self._finder = TextCopies()
        return self._finder

    def _facts_known(
        self, known_by: date | None, cues: Sequence[str] = (), types: Sequence[str] = ()
    ) -> tuple[Fact, ...]:
        """Return the facts as known by then, the wholly rejected among them."""
        known = self._known()
        if cues or types:
            return known.facts(known_by, cues, types)
        if known_by not in self._facts:
            self._facts[known_by] = known.facts(known_by)
        return self._facts[known_by]
