"""What a ledger holds for two clocks, gathered once for whoever writes it out.

Comes in: an open ledger and the two dates. Goes out: :class:`Content`: reports, sources, records and
facts that count then, and the words of every passage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from foedus.acts import Act, Quantity, Span, Statement
from foedus.ledger.clocks import known
from foedus.ledger.hand.kept import Kept
from foedus.ledger.records import Citation, Dating, DeclaredAct, Fact, Reading, Source
from foedus.ledger.rules import Rules, load_rules
from foedus.report.records import Report
from foedus.world import World

if TYPE_CHECKING:
    from foedus.ledger.judging.held import HeldRecord
    from foedus.ledger.judging.judgements import Judged
    from foedus.ledger.ledger import Ledger
    from foedus.ledger.sayings import Utterance
    from foedus.ledger.speeches import Speech

__all__ = ["Content", "reading_place"]


class Content:
    """All that counts for the two clocks. What is asked for is worked out once."""

    def __init__(
        self, ledger: Ledger, *, as_of: date | None = None, known_by: date | None = None,
        facts: Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """Ask ``ledger``; ``facts`` limits :attr:`facts` to those with these ids."""
        self._ledger, self.as_of, self.known_by = ledger, as_of, known_by
        self._only = facts

    @cached_property
    def world(self) -> World:
        """The register by which the ledger names who is who."""
        return self._ledger.register

    @cached_property
    def rules(self) -> Rules:
        """The rules of the ledger, with what the alliance's cues are."""
        return load_rules().speaking_of(self._ledger.cues())

    @cached_property
    def datings(self) -> dict[str, Dating]:
        """When each report appeared, by its hash."""
        return self._ledger.datings()

    @cached_property
    def reports(self) -> dict[str, Report]:
        """The reports that had appeared, by hash, in order of label and hash."""
        return {
            r.hash: r
            for r in self._ledger.reports()
            if known(self.datings[r.hash].candidates, self.known_by)
        }

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """The same reports as sources; copies among them only."""
        return tuple(
            msgspec.structs.replace(
                source,
                copies=tuple(h for h in source.copies if h in self.reports),
                shared=tuple(s for s in source.shared if s[1] in self.reports),
            )
            for source in self._ledger.sources()
            if source.hash in self.reports
        )

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The facts."""
        found = self._ledger.facts(as_of=self.as_of, known_by=self.known_by)
        return found if self._only is None else tuple(f for f in found if f.id in self._only)

    def some_facts(self, cues: Sequence[str], types: Sequence[str]) -> tuple[Fact, ...]:
        """Return at least the facts that bear one of these cues and are of one of these types."""
        if "facts" in self.__dict__ or self._only is not None or not (cues or types):
            return self.facts
        return self._ledger.facts(as_of=self.as_of, known_by=self.known_by, cues=cues, types=types)

    @cached_property
    def rejected(self) -> tuple[Fact, ...]:
        """The facts of which every telling was rejected."""
        return self._ledger.rejected(known_by=self.known_by)

    @cached_property
    def judgements(self) -> tuple[Judged, ...]:
        """The judgements that stand, with what has become of them."""
        made = self._ledger.judgements(self.known_by)
        return tuple(j for j in made if not j.withdrawn)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the reports."""
        return self._ledger.statements(self.known_by)

    @cached_property
    def held_statements(self) -> tuple[HeldRecord[Statement], ...]:
        """The statements of the reports as persons hold them, rejected ones too."""
        return self._ledger.held(Statement, self.known_by)

    @cached_property
    def held_quantities(self) -> tuple[HeldRecord[Quantity], ...]:
        """The quantities of the reports as persons hold them, rejected ones too."""
        return self._ledger.held(Quantity, self.known_by)

    @cached_property
    def held(self) -> dict[str, HeldRecord[Statement] | HeldRecord[Quantity]]:
        """Those of them that persons judged, by id."""
        found: dict[str, HeldRecord[Statement] | HeldRecord[Quantity]] = {}
        found |= {h.record.id: h for h in self.held_statements if h.judgements}
        found |= {h.record.id: h for h in self.held_quantities if h.judgements}
        return found

    @cached_property
    def speech(self) -> Speech:
        """What was said, and the statements of which the dates cannot tell."""
        return self._ledger.speech(as_of=self.as_of, known_by=self.known_by)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        """What was said, each utterance with all its wordings."""
        return self.speech.utterances

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts of the reports; with ``as_of``, those that the facts rest on."""
        if self.as_of is None:
            return self._ledger.acts(self.known_by)
        kept = {(r.citation.source, r.act.id) for fact in self.facts for r in fact.readings}
        return tuple(a for a in self._ledger.acts(self.known_by) if (a.source, a.id) in kept)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities of the reports."""
        return self._ledger.quantities(self.known_by)

    @cached_property
    def calendar(self) -> tuple[DeclaredAct, ...]:
        """The alliance's public record, which helps to date reports."""
        return self._ledger.calendar()

    @cached_property
    def fact_of(self) -> dict[tuple[str, str], str]:
        """The id of the fact that an act belongs to, by report hash and act id."""
        return {
            (r.citation.source, r.act.id): fact.id for fact in self.facts for r in fact.readings
        }

    @cached_property
    def _statements_by_id(self) -> dict[tuple[str, str], Statement]:
        return {(s.source, s.id): s for s in self.statements}

    def statement_of(self, act: Act) -> Statement | None:
        """Return the statement in which an act is told."""
        return self._statements_by_id.get((act.source, act.statement or ""))

    @cached_property
    def facts_told_in(self) -> dict[tuple[str, str], set[str]]:
        """The ids of the facts told within a statement, by report hash and statement id."""
        found: dict[tuple[str, str], set[str]] = defaultdict(set)
        for fact in self.facts:
            for reading in fact.readings:
                if reading.act.statement is not None:
                    found[reading.citation.source, reading.act.statement].add(fact.id)
        return found

    @cached_property
    def _sources_by_hash(self) -> dict[str, Source]:
        return {s.hash: s for s in self.sources}

    def source(self, report_hash: str) -> Source:
        """Return one of the sources."""
        return self._sources_by_hash[report_hash]

    @cached_property
    def entries(self) -> dict[str, Kept]:
        """The rows entered by hand that stand, by id, in order of file and line."""
        return {k.entry.id: k for k in self._ledger.entries(self.known_by)}

    @cached_property
    def by_hand(self) -> tuple[Reading, ...]:
        """Those of them that were known, as readings."""
        return self._ledger.hand_readings(self.known_by)

    def words(self, source: str, span: Span | None) -> str:
        """Return the characters of a passage as received; empty where there are none."""
        if span is None:
            return ""
        report, kept = self.reports.get(source), self.entries.get(source)
        text = report.text if report is not None else kept.entry.text if kept is not None else ""
        return text[span[0] : span[1]]


def reading_place(citation: Citation) -> str:
    """Return where a citation points: ``label [12:40]``, or ``file:7`` of a declared file."""
    if citation.line is not None:
        return f"{citation.report}:{citation.line}"
    if citation.span is None:
        return citation.report
    return f"{citation.report} [{citation.span[0]}:{citation.span[1]}]"
