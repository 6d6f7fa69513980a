"""The whole way from a fact to the characters it rests on, as data.

Comes in: what counts for the two clocks, and an id. Goes out: a :class:`Trail`: the facts, each
telling with its passages, and each source with its copies and how it was dated. Nothing is put in
words here; :mod:`foedus.ledger.out.trailtext` does that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from foedus.acts import Act, DateRange, Quantity, Record, Span, Statement
from foedus.errors import FoedusError
from foedus.ledger.judging import HeldRecord
from foedus.ledger.out.content import Content
from foedus.ledger.records import Citation, DatingStep, Fact, Reading, Source
from foedus.ledger.sayings import Utterance

__all__ = [
    "CopyTrail",
    "Origin",
    "Passage",
    "RecordTrail",
    "Telling",
    "Trail",
    "UtteranceTrail",
    "passages_of",
    "trail_of",
]

_MOST = 6
"""Candidates that an ambiguous id names."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of a report, or a line of a declared file, with what they are shown for."""

    role: str
    report: str
    source: str
    span: Span | None = None
    line: int | None = None
    text: str = ""


class RecordTrail(msgspec.Struct, frozen=True, kw_only=True):
    """A statement, act or quantity with its passages: the first is the record itself."""

    record: Record
    passages: tuple[Passage, ...]
    facts: tuple[str, ...] = ()
    """The facts that rest on it."""
    held: HeldRecord[Statement] | HeldRecord[Quantity] | None = None
    """What persons hold of it, where they judged it: ``record`` itself is as it was read."""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One reading of a fact: its act, the statement it stands in, the passages of both.

    ``event`` is the known event of the register that it is taken for, with file and line.
    """

    reading: Reading
    passages: tuple[Passage, ...]
    statement: RecordTrail | None = None
    event: str | None = None


class CopyTrail(msgspec.Struct, frozen=True, kw_only=True):
    """A report that shares a text, with the passages: here and there, in turn."""

    hash: str
    label: str
    passages: tuple[tuple[Passage, Passage], ...]


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a source. Reports with the same ``group`` count as one."""

    hash: str
    label: str
    outlet: str | None
    title: str
    language: str
    group: str
    candidates: tuple[DateRange, ...]
    evidence: tuple[Passage, ...]
    """What the report itself says of its day; ``role`` is its kind and bound."""
    steps: tuple[DatingStep, ...]
    grounds: tuple[tuple[Passage, ...], ...]
    """For each step, the passages it rested on."""
    copies: tuple[CopyTrail, ...]


class UtteranceTrail(msgspec.Struct, frozen=True, kw_only=True):
    """An utterance, and its statements in the order of its variants."""

    utterance: Utterance
    statements: tuple[RecordTrail, ...]


_Kind = Literal["fact", "act", "statement", "quantity", "report", "utterance"]


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """What :func:`trail_of` found under an id; ``kind`` says which of the parts was asked for."""

    kind: _Kind
    id: str
    record: RecordTrail | None = None
    utterance: UtteranceTrail | None = None
    facts: tuple[Fact, ...] = ()
    tellings: tuple[Telling, ...] = ()
    origins: tuple[Origin, ...] = ()


def trail_of(content: Content, asked: str) -> Trail:
    """Return the trail of a fact, utterance, act, statement, quantity or report.

    Args:
        content: what counts for the two clocks.
        asked: an id, a report's hash or label, or the beginning of one that nothing else shares.

    Raises:
        FoedusError: nothing has that id, or several begin so; the message names them.
    """
    kind, key = _found(content, asked.strip())
    if kind == "fact":
        fact = next(f for f in content.facts if f.id == key)
        return _of_facts(content, "fact", key, [fact])
    if kind == "report":
        return Trail(
            kind="report", id=key, facts=_facts_from(content, key), origins=(_origin(content, key),)
        )
    if kind == "utterance":
        return _of_utterance(content, next(u for u in content.utterances if u.id == key))
    record = next(r for r in _records(content) if r.id == key)
    own = _record_trail(content, record)
    facts = [f for f in content.facts if f.id in own.facts]
    if kind == "act":
        return msgspec.structs.replace(_of_facts(content, "act", key, facts), record=own)
    origins = (_origin(content, record.source),)
    return Trail(kind=kind, id=key, record=own, facts=tuple(facts), origins=origins)


def _found(content: Content, asked: str) -> tuple[_Kind, str]:
    """Return the kind and the full id of what is asked for: an exact one before a beginning."""
    ids: list[tuple[str, _Kind, str]] = [(f.id, "fact", f.id) for f in content.facts]
    ids += [(r.id, _kind(r), r.id) for r in _records(content)]
    if asked.startswith("u"):
        ids += [(u.id, "utterance", u.id) for u in content.utterances]
    for report in content.reports.values():
        ids += [(report.hash, "report", report.hash), (report.label, "report", report.hash)]
    exact = {(kind, key) for name, kind, key in ids if name == asked}
    hits = sorted(exact or {(k, key) for name, k, key in ids if asked and name.startswith(asked)})
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise FoedusError(
            f"nothing in this ledger has the id {asked!r}",
            remedy="foedus ledger facts lists ids; that of a fact changes when it gains a telling",
        )
    names = ", ".join(key for _, key in hits[:_MOST]) + (", …" if len(hits) > _MOST else "")
    raise FoedusError(f"{asked!r} may be any of {len(hits)}", remedy=f"write more of it: {names}")


def _records(content: Content) -> Iterable[Record]:
    """Give all records: an act as its fact has it, which may be of no report at all."""
    told = {r.act.id: r.act for fact in content.facts for r in fact.readings}
    yield from told.values()
    yield from (act for act in content.acts if act.id not in told)
    yield from content.statements
    yield from content.quantities


def _kind(record: Record) -> Literal["act", "statement", "quantity"]:
    if isinstance(record, Act):
        return "act"
    return "statement" if isinstance(record, Statement) else "quantity"


def _facts_from(content: Content, source: str) -> tuple[Fact, ...]:
    return tuple(
        fact for fact in content.facts if any(r.citation.source == source for r in fact.readings)
    )


def _of_facts(content: Content, kind: _Kind, key: str, facts: Iterable[Fact]) -> Trail:
    kept = tuple(facts)
    readings = [r for fact in kept for r in fact.readings]
    hashes = dict.fromkeys(r.citation.source for r in readings if r.citation.source)
    return Trail(
        kind=kind, id=key, facts=kept,
        tellings=tuple(_telling(content, r) for r in readings),
        origins=tuple(_origin(content, h) for h in hashes if h in content.reports),
    )  # fmt: skip


def _of_utterance(content: Content, utterance: Utterance) -> Trail:
    read = {(s.source, s.id): s for s in content.statements}
    statements = tuple(_record_trail(content, read[v.said.key]) for v in utterance.variants)
    facts = {name for own in statements for name in own.facts}
    hashes = dict.fromkeys(v.said.citation.source for v in utterance.variants)
    return Trail(
        kind="utterance", id=utterance.id,
        utterance=UtteranceTrail(utterance=utterance, statements=statements),
        facts=tuple(f for f in content.facts if f.id in facts),
        origins=tuple(_origin(content, h) for h in hashes),
    )  # fmt: skip


def _passage(content: Content, role: str, report: str, source: str, span: Span | None) -> Passage:
    return Passage(
        role=role, report=report, source=source, span=span, text=content.words(source, span)
    )


def _cited(content: Content, role: str, citation: Citation) -> Passage:
    found = _passage(content, role, citation.report, citation.source, citation.span)
    return msgspec.structs.replace(found, line=citation.line)


def _record_trail(content: Content, record: Record) -> RecordTrail:
    spans: list[tuple[str, Span | None]] = [(_kind(record), record.span)]
    if isinstance(record, Act):
        spans += [("trigger", record.trigger), ("reason", record.reason)]
        spans += [("quantity", q.span) for q in record.quantities]
        spans += [(f"{by.aux} ({by.by})", by.span) for by in record.aux_by]
    elif isinstance(record, Statement):
        spans += [("speaker", record.speaker_span), ("cue", record.cue_span)]
    else:
        spans += [("part of", record.part_of)]
    if record.when is not None:
        spans.append(("time", record.when.span))
    own = (record.source, record.id)
    facts = {content.fact_of[own]} if own in content.fact_of else set()
    if isinstance(record, Statement):
        facts = content.facts_told_in.get(own, set())
    return RecordTrail(
        record=record,
        passages=tuple(
            _passage(content, role, record.report, record.source, span)
            for role, span in spans
            if span is not None
        ),
        facts=tuple(sorted(facts)),
        held=content.held.get(record.id),
    )


def _event(content: Content, reading: Reading) -> str | None:
    """Return the known event that a reading is taken for, as people find it in the register."""
    if reading.landmark is None:
        return None
    known = content.world.landmarks.get(reading.landmark)
    return reading.landmark if known is None else f"{known.id}, {known.file}:{known.line}"


def _telling(content: Content, reading: Reading) -> Telling:
    act, event = reading.act, _event(content, reading)
    if reading.citation.source in content.entries:
        passages = (_cited(content, "row", reading.citation),)
        return Telling(reading=reading, passages=passages, event=event)
    if reading.citation.source not in content.reports:
        return Telling(reading=reading, passages=(_cited(content, "act", reading.citation),))
    statement = content.statement_of(act)
    return Telling(
        reading=reading,
        passages=_record_trail(content, act).passages,
        statement=None if statement is None else _record_trail(content, statement),
        event=event,
    )


def _origin(content: Content, source: str) -> Origin:
    report = content.reports[source]
    known: Source = content.source(source)
    return Origin(
        hash=source, label=report.label, outlet=report.outlet, title=known.title,
        language=report.language, group=known.group, candidates=known.dating.candidates,
        evidence=tuple(
            _passage(content, f"{e.kind}, {e.bound}", report.label, source, e.span)
            for e in report.evidence
        ),
        steps=known.dating.steps,
        grounds=tuple(
            tuple(_cited(content, step.rule, c) for c in step.citations)
            for step in known.dating.steps
        ),
        copies=tuple(_copies(content, known)),
    )  # fmt: skip


def _copies(content: Content, known: Source) -> Iterable[CopyTrail]:
    for other in known.copies:
        there = content.reports[other]
        yield CopyTrail(
            hash=other,
            label=there.label,
            passages=tuple(
                (
                    _passage(content, "here", known.label, known.hash, own),
                    _passage(content, "there", there.label, other, span),
                )
                for own, hash_, span in known.shared
                if hash_ == other
            ),
        )


def passages_of(trail: Trail) -> Iterable[tuple[str, Passage]]:
    """Give each passage of a trail once, with the id of the record or report that it is shown for."""
    seen: set[tuple[str, Passage]] = set()
    for item in _all_passages(trail):
        if item not in seen:
            seen.add(item)
            yield item


def _all_passages(trail: Trail) -> Iterable[tuple[str, Passage]]:
    records = [trail.record] if trail.record else []
    records += trail.utterance.statements if trail.utterance else ()
    for telling in trail.tellings:
        yield from ((telling.reading.act.id, p) for p in telling.passages)
        records += [telling.statement] if telling.statement else []
    for own in records:
        yield from ((own.record.id, p) for p in own.passages)
    for origin in trail.origins:
        for copy in origin.copies:
            yield from ((origin.hash, p) for pair in copy.passages for p in pair)
        for ground in (origin.evidence, *origin.grounds):
            yield from ((origin.hash, p) for p in ground)
