"""What a run of `foedus brief` found, and the questions that the findings ask of it.

Records are looked up by what their characters say, never by fixed offsets: the same questions are
asked of the reports and of their perturbed copies.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from foedus.acts import Act, Quantity, Record, Span, Statement
from foedus.alliance.records import MechanismStatus, Reason, as_trace
from foedus.ledger.records import Citation, Dating, Fact, Reading
from foedus.report.records import QualityNote

_SAME = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "“": '"', "”": '"'})


def spelled(text: str) -> str:
    """Fold what spelling leaves open (apostrophes, quotes, spaces), one character for one."""
    return text.translate(_SAME)


def plain(text: str) -> str:
    """Fold case as well, one character for one."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in spelled(text))


@dataclass(frozen=True)
class Told:
    """One telling of a fact: the fact, the reading, the act."""

    fact: Fact
    reading: Reading

    @property
    def act(self) -> Act:
        return self.reading.act


@dataclass(frozen=True)
class SourceRow:
    """A report as the brief lists it."""

    label: str
    outlet: str | None
    dating: Dating
    notes: tuple[QualityNote, ...]


@dataclass(frozen=True)
class Outcome:
    """Everything that the findings look at; of gold, only records. ``folder`` is where it was written."""

    texts: Mapping[str, str]
    statements: Sequence[Statement]
    quantities: Sequence[Quantity]
    facts: Sequence[Fact]
    mechanisms: Mapping[str, MechanismStatus] = field(default_factory=dict)
    sources: Mapping[str, SourceRow] = field(default_factory=dict)
    folder: Path | None = None

    # --- characters

    def words(self, report: str, span: Span) -> str:
        """Return the characters of a report, folded for comparison."""
        return plain(self.texts[report][span[0] : span[1]])

    def says(self, record: Record, needle: str) -> bool:
        """Whether the record's characters contain ``needle``."""
        return plain(needle) in self.words(record.report, record.span)

    def find(self, report: str, needle: str) -> Span:
        """Return where ``needle`` first stands in a report."""
        start = plain(self.texts[report]).find(plain(needle))
        assert start >= 0, f"{report} does not hold {needle!r}"
        return start, start + len(needle)

    # --- records

    def told(
        self,
        report: str | None = None,
        *,
        kind: str | None = None,
        cue: str | None = None,
        actor: str | None = None,
        recipient: str | None = None,
        place: str | None = None,
        near: str | None = None,
        real: bool | None = None,
    ) -> list[Told]:
        """Return the tellings that fit every condition given.

        ``kind`` (the event type) and the roles may hold alternatives (``"REJECT|MOBILIZE"``). ``near``: the
        characters contain it. ``real``: neither hypothetical nor negated nor yet to come.
        """
        wanted = {"actors": actor, "recipients": recipient, "places": place}
        found = []
        for each in self._readings():
            act = each.act
            fits = (
                (report is None or act.report == report)
                and (kind is None or act.type in kind.split("|"))
                and (cue is None or cue in act.cues)
                and (near is None or self.says(act, near))
                and (real is None or real is not bool(set(act.aux) - {"historical"}))
                and all(
                    v is None or set(v.split("|")) & set(getattr(act, k)) for k, v in wanted.items()
                )
            )
            if fits:
                found.append(each)
        return found

    def _readings(self) -> Iterator[Told]:
        for fact in self.facts:
            for reading in fact.readings:
                if reading.origin == "report":
                    yield Told(fact, reading)

    def said(
        self, report: str, near: str, *, speaker: str | None = None, form: str | None = None
    ) -> list[Statement]:
        """Return the statements of a report whose characters contain ``near``."""
        return [
            s
            for s in self.statements
            if s.report == report
            and self.says(s, near)
            and (speaker is None or s.speaker in speaker.split("|"))
            and (form is None or s.form in form.split("|"))
        ]

    def amounts(self, report: str, near: str) -> list[Quantity]:
        """Return the quantity records of a report whose characters contain ``near``."""
        return [q for q in self.quantities if q.report == report and self.says(q, near)]

    def records(self) -> list[Record]:
        """Return every record that was read from a report."""
        return [*self.statements, *(t.act for t in self._readings()), *self.quantities]

    def reports_of(self, facts: Sequence[str]) -> set[str]:
        """Return the reports in which these facts are told."""
        return {t.act.report for t in self._readings() if t.fact.id in facts}

    # --- reasons

    def trace(self, mechanism: str) -> tuple[set[str], list[Citation]]:
        """Return the facts and the citations anywhere in a mechanism's reason."""
        facts: set[str] = set()
        cited: list[Citation] = []
        stack: list[Reason] = [self.mechanisms[mechanism].reason]
        while stack:
            node = stack.pop()
            facts |= {node.fact} if node.fact else set()
            cited.extend(node.citations)
            stack.extend(node.children)
        return facts, cited


def _source(row: dict[str, Any]) -> SourceRow:
    """Read a source of the brief: the fields of ledger.records.Source, and its notes."""
    flat = {**row.get("source", {}), **row} if isinstance(row.get("source"), dict) else row
    return SourceRow(
        label=flat["label"],
        outlet=flat.get("outlet"),
        dating=msgspec.convert(flat["dating"], Dating),
        notes=tuple(msgspec.convert(flat.get("notes", []), list[QualityNote])),
    )


def load_outcome(out: Path, texts: Mapping[str, str]) -> Outcome:
    """Read what ``foedus brief`` wrote to ``out``."""
    raw = msgspec.json.decode((out / "brief.json").read_bytes())
    rows = [_source(r) for r in raw["sources"]]
    status = msgspec.convert(raw["mechanisms"], list[MechanismStatus], dec_hook=as_trace)
    return Outcome(
        texts=texts,
        statements=msgspec.convert(raw["statements"], list[Statement]),
        quantities=msgspec.convert(raw["quantities"], list[Quantity]),
        facts=msgspec.convert(raw["facts"], list[Fact]),
        mechanisms={s.mechanism: s for s in status},
        sources={r.label: r for r in rows},
        folder=out,
    )
