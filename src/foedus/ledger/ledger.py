"""The ledger itself: an analyst's file of record, opened, added to and asked.

Comes in: reports with their coded records, an alliance's calendar. Goes out: facts, statements,
quantities, sources and datings, as of a date and as known by a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from foedus.acts import Act, Quantity, Record, Statement
from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.anchors import Attached, attach, key_of, once_called
from foedus.ledger.byhand import ByHand, Sources
from foedus.ledger.clocks import happened_by, is_settled, known, latest_day, unsure
from foedus.ledger.judgements import Judged, Judgement, standing
from foedus.ledger.judging import graded, judged_facts, what_became
from foedus.ledger.opinions import Opinions, opinions
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
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.rules import load_rules
from foedus.ledger.shelf import SharedText, Shelf
from foedus.ledger.sources import CopyFinder, source_of
from foedus.ledger.speech import Speech, speech_of
from foedus.ledger.store import open_store
from foedus.ledger.worked import Known, work_out
from foedus.report.records import Report

__all__ = ["Ledger"]


class Ledger(ByHand):
    """The file of record. Open it with :meth:`open`; use it as a context manager."""

    def __init__(self, shelf: Shelf, world: WorldLike | None, finder: CopyFinder | None) -> None:
        self._shelf, self._world, self._finder = shelf, world, finder
        self._known: Known | None = None
        self._facts: dict[date | None, tuple[tuple[Fact, ...], Opinions]] = {}
        self._attached: Attached | None = None

    @classmethod
    def open(
        cls, place: Address | Path | str, *, read_only: bool = False, create: bool = True,
        world: WorldLike | None = None, find_copies: CopyFinder | None = None,
    ) -> Self:  # fmt: skip
        """Open a ledger, or make a new one.

        Args:
            place: a file, or a database: ``postgresql://USER@HOST/DATABASE``.
            read_only: read only; many may at once, of a file as long as nobody writes.
            create: make a new one where there is none; without it, that is an error.
            world: who speaks for whom; without it, the register that foedus ships.
            find_copies: how to find reports that share a text; without it,
                ``foedus.report.find_copies``.

        Raises:
            FoedusError: it is in use, cut short, no ledger, of a newer version, not ours to read or
                write, or its server cannot be reached.
        """
        store = open_store(place, read_only=read_only, create=create)
        return cls(Shelf(store), world, find_copies)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._shelf.close()

    # What comes in

    def add(self, reports: Iterable[tuple[Report, Sequence[Record]]]) -> None:
        """Add coded reports, all of them or, on any failure, none.

        A report whose hash is known replaces its coding and stays the same report; of files with
        the same bytes, the name that sorts first is its label.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        # Reading and coding come first: nobody else has to wait for them.
        incoming = sorted(reports, key=lambda pair: (pair[0].label, pair[0].path))
        if not incoming:
            return
        with self._shelf.alone():
            self._put(incoming)
        self._forget()

    def set_calendar(self, acts: Sequence[DeclaredAct]) -> None:
        """Set the dated acts of the alliance's public record, in place of those set before.

        They help to date reports and are shown as such; they are no evidence of any fact.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        self._shelf.put_calendar(sorted(acts, key=_declared_order))
        self._forget()

    def keep(self, judgements: Iterable[Judgement]) -> None:
        """Add judgements and withdrawals; what is there already stays as it is.

        They are kept apart from what was read: adding reports or coding them anew touches none.
        When this returns, they are on the disk. :func:`foedus.ledger.judge` makes them.

        Raises:
            FoedusError: the ledger is read-only, or its disk fails.
        """
        self._shelf.keep(judgements)
        self._attached = None
        self._facts.clear()

    # What is known

    def reports(self) -> tuple[Report, ...]:
        """Return all reports, by label, then hash."""
        found = self._everything().reports.values()
        return tuple(sorted(found, key=lambda r: (r.label, r.hash)))

    def report(self, report_hash: str) -> Report:
        """Return one report.

        Raises:
            FoedusError: no report with that hash is in the ledger.
        """
        found = self._everything().reports.get(report_hash)
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
        return dict(self._everything().datings)

    def sources(self) -> tuple[Source, ...]:
        """Return the reports as sources: outlet, copies, dating; by label, then hash."""
        all_ = self._everything()
        held = opinions(standing(self._shelf.judgements()), self._attachments())
        return tuple(
            graded(source_of(r, all_.datings[r.hash], all_.groups, all_.copies), held)
            for r in self.reports()
        )

    def latest(self) -> date | None:
        """Return the day that answers bear when nobody names one; None when no report has a date.

        It is the day by which every report whose own day is settled (to within a month) had
        appeared; where none is settled, the last day that any may have appeared. It limits nothing.
        """
        dated = (d.candidates for d in self._everything().datings.values())
        return latest_day((*dated, *self._cited_days()))

    def unsettled(self) -> tuple[str, ...]:
        """Return the hashes of the reports whose day is not settled, by label, then hash."""
        datings = self._everything().datings
        return tuple(r.hash for r in self.reports() if not is_settled(datings[r.hash].candidates))

    def statements(self, known_by: date | None = None) -> tuple[Statement, ...]:
        """Return the statements of reports that had appeared by then, with dates worked out."""
        return self._everything().records_of(Statement, known_by)

    def acts(self, known_by: date | None = None) -> tuple[Act, ...]:
        """Return the acts of reports that had appeared by then, with dates worked out; and by hand."""
        return (
            *self._everything().records_of(Act, known_by),
            *(r.act for r in self.hand_readings(known_by)),
        )

    def quantities(self, known_by: date | None = None) -> tuple[Quantity, ...]:
        """Return the quantities of reports that had appeared by then, with dates worked out."""
        return self._everything().records_of(Quantity, known_by)

    def readings(self) -> tuple[Reading, ...]:
        """Return every act as its report tells it, by report hash and place; then those by hand."""
        return (*self._everything().readings(), *self.hand_readings())

    def speech(self, *, as_of: date | None = None, known_by: date | None = None) -> Speech:
        """Return what was said, each utterance with all its wordings; the clocks are those of facts."""
        return speech_of(self, self._the_world(), as_of=as_of, known_by=known_by)

    def facts(
        self, *, as_of: date | None = None, known_by: date | None = None
    ) -> tuple[Fact, ...]:  # fmt: skip
        """Return the facts.

        Args:
            as_of: only what had happened or been said by then; what cannot be told is included
                and listed by :meth:`cannot_tell`.
            known_by: only what reports that had certainly appeared by then tell; what cannot be
                told (an undated report) is left out and listed by :meth:`cannot_tell`. Without it,
                everything in the ledger is known. Judgements are known from the day (UTC) on
                which they were made.

        A fact of which a person rejected every telling is not among them: see :meth:`rejected`.
        """
        facts = tuple(f for f in self._facts_known(known_by)[0] if f.readings)
        if as_of is None:
            return facts
        return tuple(happened_by(facts, as_of, load_rules(), Roles(self._the_world()))[0])

    def rejected(self, *, known_by: date | None = None) -> tuple[Fact, ...]:
        """Return the facts of which every telling was rejected by then; they have no readings."""
        return tuple(f for f in self._facts_known(known_by)[0] if not f.readings)

    def judgements(self, known_by: date | None = None) -> tuple[Judged, ...]:
        """Return every judgement made by then, withdrawn ones too, and what has become of it."""
        made = [j for j in self._shelf.judgements() if known_by is None or j.at.date() <= known_by]
        stand = standing(made)
        return what_became(made, stand, self._attachments(), self._facts_known(known_by)[1])

    def cannot_tell(
        self, as_of: date | None = None, known_by: date | None = None
    ) -> tuple[Undecided, ...]:
        """Return the records of which one of the clocks cannot tell whether they count."""
        all_ = self._everything()
        found: list[Undecided] = []
        if known_by is not None:
            for h, records in all_.records.items():
                found += unsure(records, all_.datings[h].candidates, known_by)
            found += self._unsure_by_hand(known_by)
        if as_of is not None:
            facts = self._facts_known(known_by)[0]
            found += happened_by(facts, as_of, load_rules(), Roles(self._the_world()))[1]
        return tuple(sorted(found, key=lambda u: (u.clock, u.citation.source, u.kind, u.record)))

    def fact(self, fact_id: str) -> Fact:
        """Return the fact of that id, or the one that holds the act of that id.

        The id under which a fact was judged still leads to it once it has another, unless its acts
        are in several facts by now.

        Raises:
            FoedusError: there is none.
        """
        facts = self._facts_known(None)[0]
        for fact in facts:
            told = (*fact.readings, *fact.rejected)
            if fact.id == fact_id or any(r.act.id == fact_id for r in told):
                return fact
        acts = once_called(fact_id, self._shelf.judgements(), self._attachments())
        heirs = [f for f in facts if acts & {key_of(r) for r in (*f.readings, *f.rejected)}]
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

    # How it is worked out

    def _sources(self) -> Sources:
        all_ = self._everything()
        return all_.reports, all_.datings, all_.groups

    def _forget(self) -> None:
        self._known = self._attached = None
        self._facts.clear()

    def _put(self, incoming: Iterable[tuple[Report, Sequence[Record]]]) -> None:
        batch: dict[str, tuple[Report, Sequence[Record]]] = {}
        stored = self._shelf.reports()
        for report, records in incoming:
            if report.hash in batch:
                continue
            earlier = stored.get(report.hash)
            if earlier is not None and earlier.label < report.label:
                report = msgspec.structs.replace(report, label=earlier.label, path=earlier.path)
            batch[report.hash] = (report, records)
        everything = {**stored, **{h: pair[0] for h, pair in batch.items()}}
        copies = self._copies_among([everything[h] for h in sorted(everything)])
        self._shelf.put(batch, copies)

    def _the_world(self) -> WorldLike:
        if self._world is None:
            from foedus.world import load_world

            self._world = load_world()
        return self._world

    def _copies_among(self, reports: Sequence[Report]) -> list[SharedText]:
        if self._finder is None:
            from foedus.report import find_copies

            self._finder = find_copies
        found = [
            SharedText(a=c.a, b=c.b, containment=c.containment, passages=tuple(c.passages))
            for c in self._finder(reports)
        ]
        return sorted(found, key=lambda c: (c.a, c.b, c.passages))

    def _everything(self) -> Known:
        if self._known is None:
            self._known = work_out(self._shelf, self._the_world())
        return self._known

    def _attachments(self) -> Attached:
        if self._attached is None:
            made = self._shelf.judgements()
            self._attached = attach(made, self.readings() if made else (), self.text)
        return self._attached

    def _facts_known(self, known_by: date | None) -> tuple[tuple[Fact, ...], Opinions]:
        """Return the facts as known by then, the wholly rejected among them, and what is held."""
        if known_by not in self._facts:
            datings = self._everything().datings
            told = [
                r for r in self.readings()
                if r.origin == "report" and known(datings[r.citation.source].candidates, known_by)
            ]  # fmt: skip
            told += self.hand_readings(known_by)
            self._facts[known_by] = judged_facts(
                told, standing(self._shelf.judgements(), known_by), self._attachments(),
                load_rules(), Roles(self._the_world()),
            )  # fmt: skip
        return self._facts[known_by]


def _declared_order(declared: DeclaredAct) -> tuple[str, int, str]:
    return (declared.file, declared.line, declared.act.id)
