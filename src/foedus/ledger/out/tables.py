"""The ledger as flat tables, one row a line: for CSV, Parquet, data frames and the terminal.

Comes in: what counts for the two clocks (:class:`~foedus.ledger.out.content.Content`). Goes out:
tables with named, typed columns, their rows in an order of their own content.
``docs/reference/ledger-tables.md`` tells the columns to people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from foedus.acts import Amount, DateRange, Quantity, Span, days_text, hull
from foedus.ledger.cells import Value, amount_text
from foedus.ledger.out.answers import Dispute, OutletRow
from foedus.ledger.out.content import Content, reading_place
from foedus.ledger.out.trail import Trail, passages_of
from foedus.ledger.records import Fact, Reading
from foedus.ledger.sayings import Utterance

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "Row",
    "Table",
    "columns_of",
    "dated",
    "disputes_table",
    "facts_table",
    "outlets_table",
    "passages_table",
    "table_of",
    "utterances_table",
]

Kind = Literal["text", "int", "real", "flag", "day", "list"]
Row = tuple[Value, ...]


class Column(msgspec.Struct, frozen=True):
    """A column's name and what its cells hold; any cell may be empty."""

    name: str
    kind: Kind = "text"


class Table(msgspec.Struct, frozen=True):
    """A table: rows have a value for each column, in the columns' order."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)


def columns_of(shape: str) -> tuple[Column, ...]:
    """Return the columns of « name name:kind … »; without a kind it is text."""
    named = (word.partition(":") for word in shape.split())
    return tuple(Column(name, kind or "text") for name, _, kind in named)  # type: ignore[arg-type]


def _days(days: DateRange | None) -> tuple[date | None, date | None]:
    return (None, None) if days is None else (days.start, days.end)


def dated(days: DateRange | None) -> tuple[date | None, date | None, str | None]:
    """Return a date as three cells: first day, last day, how exact it is."""
    return (*_days(days), None if days is None else days.precision)


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else span


def _reports(content: Content) -> Iterable[Row]:
    for source in content.sources:
        report = content.reports[source.hash]
        candidates = source.dating.candidates
        yield (
            report.hash, report.label, report.outlet, report.language, report.url, source.title,
            *_days(hull(candidates)), tuple(days_text(r) for r in candidates), source.group,
            source.copies, len(report.text), report.text,
        )  # fmt: skip


def _shared(content: Content) -> Iterable[Row]:
    for source in content.sources:
        for own, other, there in source.shared:
            yield (source.hash, *own, other, *there)


def _datings(content: Content) -> Iterable[Row]:
    for source in content.sources:
        for number, step in enumerate(source.dating.steps, 1):
            yield (
                source.hash, source.label, number, step.rule,
                tuple(days_text(r) for r in step.before), tuple(days_text(r) for r in step.after),
                tuple(reading_place(c) for c in step.citations),
            )  # fmt: skip


def _statements(content: Content) -> Iterable[Row]:
    for held in content.held_statements:
        s = held.record
        outlet = content.reports[s.source].outlet
        yield (
            s.id, s.source, s.report, outlet, *s.span, s.form, s.speaker, s.via, *dated(s.date),
            content.words(s.source, s.span), held.verdict, held.corrected, held.judgements,
        )  # fmt: skip


def _utterances(content: Content) -> Iterable[Row]:
    return (_utterance(u) for u in content.utterances)


def _utterance(u: Utterance) -> Row:
    return (
        u.id, u.speaker, *dated(u.date), *_days(u.first_told), u.forms, u.reports, u.outlets,
        u.sources, tuple(d.field for d in u.differences),
        tuple(v.said.statement.id for v in u.variants), u.text, u.verdict, u.judgements,
    )  # fmt: skip


def _variants(content: Content) -> Iterable[Row]:
    for u in content.utterances:
        for v in u.variants:
            said, s = v.said, v.said.statement
            yield (
                u.id, s.id, s.source, s.report, said.outlet, said.group, *_days(said.published),
                *s.span, s.form, s.speaker, s.via, said.language, v.wording, v.lacks, v.adds,
                content.words(s.source, s.span),
            )  # fmt: skip


def _readings(content: Content) -> list[tuple[Fact, Reading]]:
    found = [(fact, r) for fact in content.facts for r in fact.readings]
    return sorted(found, key=lambda p: (p[1].citation.source, p[1].act.span, p[1].act.id))


def _acts(content: Content) -> Iterable[Row]:
    for fact, r in _readings(content):
        a = r.act
        yield (
            a.id, fact.id, r.origin, r.citation.source, r.citation.report, r.outlet, r.group,
            *_days(r.published), *a.span, *a.trigger, r.citation.line, r.by, a.type, a.mode, a.contexts, a.aux, a.actors,
            a.recipients, a.places, a.instruments, a.cues, *dated(r.date), a.statement,
            a.attributed_to, a.capacity, *_ends(a.reason), a.answers, a.rule, r.reference,
            content.words(r.citation.source, a.span),
        )  # fmt: skip


def _amounts(content: Content) -> Iterable[Row]:
    for fact, r in _readings(content):
        for number, q in enumerate(r.act.quantities, 1):
            yield (
                r.act.id, fact.id, r.citation.source, number, *_figure(q), *q.span,
                content.words(r.citation.source, q.span),
            )  # fmt: skip


def _figure(q: Amount | Quantity) -> Row:
    return (q.value, q.max, q.unit, q.of, q.approx, q.at_least)


def _quantities(content: Content) -> Iterable[Row]:
    for held in content.held_quantities:
        q = held.record
        yield (
            q.id, q.source, q.report, content.reports[q.source].outlet, *q.span, q.subject,
            *_figure(q), q.place, q.level, *_ends(q.part_of), q.cues, *dated(q.date),
            content.words(q.source, q.span), held.verdict, held.corrected, held.judgements,
        )  # fmt: skip


def _facts(content: Content) -> Iterable[Row]:
    return (_fact(fact) for fact in content.facts)


def _fact(fact: Fact) -> Row:
    amounts = tuple(amount_text(q) for q in fact.quantities)
    return (
        fact.id, fact.type, fact.mode, fact.aux, fact.cues, fact.actors, fact.recipients,
        fact.places, fact.instruments, amounts, *dated(fact.date), *_days(fact.first_told),
        fact.reports, fact.outlets, fact.sources, fact.unsourced, tuple(d.field for d in fact.differences),
        tuple(r.act.id for r in fact.readings),
    )  # fmt: skip


def _differences(content: Content) -> Iterable[Row]:
    for fact in content.facts:
        by_act = {r.act.id: r for r in fact.readings}
        for difference in fact.differences:
            for value, acts in difference.values.items():
                told = [by_act[a] for a in acts if a in by_act]
                yield (
                    fact.id, fact.type, *_days(fact.date), difference.field, value,
                    tuple(sorted({r.outlet for r in told if r.outlet})),
                    tuple(sorted({r.citation.report for r in told})), acts,
                )  # fmt: skip


def _calendar(content: Content) -> Iterable[Row]:
    for d in content.calendar:
        a = d.act
        yield (
            d.file, d.line, a.id, a.type, a.mode, a.aux, a.actors, a.recipients, a.places, a.cues,
            *dated(a.date), d.reference, d.checked,
        )  # fmt: skip


def _entries(content: Content) -> Iterable[Row]:
    for r in content.by_hand:
        kept = content.entries[r.citation.source]
        cited = kept.entry.cited
        source = (None, None, None, None) if cited is None else (
            cited.outlet, cited.title, cited.url, cited.report
        )  # fmt: skip
        fact = content.fact_of.get((kept.entry.id, r.act.id))
        yield (
            kept.entry.id, kept.entry.file, r.citation.line, kept.entry.by, kept.entered, r.act.id,
            fact, r.act.type, not r.unsourced, *source, *_days(cited.date if cited else None), r.group,
            kept.entry.text,
        )  # fmt: skip


_WHEN = "date_from:day date_to:day date_precision"
_FIGURE = "value:real max:real unit of approx:flag at_least:flag"
_UTTERANCE = (
    f"id speaker {_WHEN} first_told_from:day first_told_to:day forms:list reports:int outlets:int "
    "sources:int differs:list statements:list text verdict judgements:list"
)
_FACT = (
    "id type mode aux:list cues:list actors:list recipients:list places:list instruments:list "
    f"amounts:list {_WHEN} first_told_from:day first_told_to:day reports:int outlets:int "
    "sources:int unsourced:int differs:list acts:list"
)

TABLES: dict[str, tuple[tuple[Column, ...], Callable[[Content], Iterable[Row]]]] = {
    name: (columns_of(shape), rows)
    for name, shape, rows in (
        ("reports", "hash label outlet language url title published_from:day published_to:day "
         "possible_days:list source copies:list characters:int text", _reports),
        ("shared", "report start:int end:int other other_start:int other_end:int", _shared),
        ("datings", "report label step:int rule before:list after:list rests_on:list", _datings),
        ("statements", "id report label outlet start:int end:int form speaker via:list "
         f"{_WHEN} text verdict corrected:list judgements:list", _statements),
        ("utterances", _UTTERANCE, _utterances),
        ("variants", "utterance statement report label outlet source published_from:day "
         "published_to:day start:int end:int form speaker via:list language wording lacks:list "
         "adds:list text", _variants),
        ("acts", "id fact origin report label outlet source published_from:day published_to:day "
         "start:int end:int trigger_start:int trigger_end:int line:int by type mode contexts:list aux:list "
         f"actors:list recipients:list places:list instruments:list cues:list {_WHEN} statement "
         "attributed_to capacity:list reason_start:int reason_end:int answers rule reference text",
         _acts),
        ("amounts", f"act fact report number:int {_FIGURE} start:int end:int text", _amounts),
        ("quantities", f"id report label outlet start:int end:int subject {_FIGURE} place level "
         f"part_of_start:int part_of_end:int cues:list {_WHEN} text verdict corrected:list judgements:list", _quantities),
        ("facts", _FACT, _facts),
        ("differences", "fact type date_from:day date_to:day field value outlets:list "
         "reports:list acts:list", _differences),
        ("calendar", "file line:int id type mode aux:list actors:list recipients:list places:list "
         f"cues:list {_WHEN} reference checked:flag", _calendar),
        ("entries", "id file line:int author entered:day act fact type sourced:flag outlet title url "
         "cited_report published_from:day published_to:day source text", _entries),
    )
}  # fmt: skip
"""Every table: its columns, and what gives its rows."""


def table_of(content: Content, name: str) -> Table:
    """Return one table by its name in :data:`TABLES`."""
    columns, rows = TABLES[name]
    return Table(name, columns, list(rows(content)))


def facts_table(facts: Iterable[Fact]) -> Table:
    """Return these facts as the table ``facts``."""
    return Table("facts", TABLES["facts"][0], [_fact(fact) for fact in facts])


def utterances_table(utterances: Iterable[Utterance]) -> Table:
    """Return these utterances as the table ``utterances``."""
    return Table("utterances", TABLES["utterances"][0], [_utterance(u) for u in utterances])


def passages_table(trail: Trail) -> Table:
    """Return every passage of a trail as a row: what it is shown for, where it is, its words."""
    columns = columns_of("record role report label start:int end:int line:int text")
    rows = [
        (record, p.role, p.source or None, p.report, *_ends(p.span), p.line, p.text)
        for record, p in passages_of(trail)
    ]
    return Table("passages", columns, rows)


def disputes_table(disputes: Iterable[Dispute]) -> Table:
    """Return a row for each telling of each value."""
    columns = columns_of(
        "fact type date_from:day date_to:day field value outlet report label "
        "published_from:day published_to:day source act start:int end:int text"
    )
    rows: list[Row] = [
        (
            d.fact, d.type, *_days(d.date), d.field, side.value, h.outlet, h.passage.source or None,
            h.passage.report, *_days(h.published), h.group, h.act, *_ends(h.passage.span),
            h.passage.text,
        )
        for d in disputes for side in d.sides for h in side.holders
    ]  # fmt: skip
    return Table("disputes", columns, rows)


def outlets_table(found: Iterable[OutletRow]) -> Table:
    """Return a row for each outlet."""
    columns = columns_of(
        "outlet name country owner state_control reference reports:int facts:int alone:int copies:int"
    )
    rows = [msgspec.structs.astuple(row) for row in found]
    return Table("outlets", columns, rows)
