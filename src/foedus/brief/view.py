"""The brief as plain values: what each section of the page says, in words, with its links.

Comes in: :class:`~foedus.brief.material.Material` and the words of a language. Goes out: a
:class:`View` that a template lays out without deciding anything. No HTML here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from foedus.acts import day
from foedus.alliance.records import MechanismStatus, Reason
from foedus.brief.explain import reason_text
from foedus.brief.material import Material, MechanismWords, Register
from foedus.brief.passages import Anchors, visible
from foedus.brief.rows import Desk, Link, Mark, Quote, Row, Said, date_key
from foedus.brief.sources import SourceView, source_views
from foedus.brief.words import Words
from foedus.ledger.records import Fact
from foedus.report.records import Failure, Report

__all__ = ["View", "make_view"]

_OTHER_SIDE = {"THREATEN", "ACCUSE", "REJECT"}
_SUPPORT = {"partner-support", "training", "refugees"}
_STOCKS = {"stockpiles"}
_ADDRESSED = {"west"}


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """A node of an explanation, in words."""

    kind: str
    text: str
    links: tuple[Link, ...]
    children: tuple[Why, ...]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Where one mechanism stands."""

    id: str
    name: str
    clause: str
    status: str
    status_text: str
    stage: str
    since: str
    by: str
    evidence: str
    marks: tuple[Mark, ...]
    quotes: tuple[Quote, ...]
    why: Why


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A limit with the reasons given for it and what others say."""

    card: Card
    reasons: tuple[Quote, ...]
    against: tuple[Row, ...]


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """Facts of one date of the chronology."""

    when: str
    rows: tuple[Row, ...]


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker and what he, she or it is reported to have said."""

    id: str
    name: str
    said: tuple[Said, ...]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Rows under a common heading."""

    name: str
    rows: tuple[Row, ...]


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a disagreement, and who holds it."""

    value: str
    links: tuple[Link, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A fact whose tellings differ, in one respect."""

    row: Row
    field: str
    variants: tuple[Variant, ...]


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page says, in order."""

    alliance: str
    as_of: str
    known_by: str
    counts: tuple[str, ...]
    cards: tuple[Card, ...]
    limits: tuple[Limit, ...]
    chronology: tuple[Day, ...]
    undated: tuple[Row, ...]
    voices: tuple[Voice, ...]
    other_side: tuple[Group, ...]
    sanctions: tuple[Row, ...]
    support: tuple[Row, ...]
    stocks: tuple[Row, ...]
    disputes: tuple[Dispute, ...]
    cannot_tell: tuple[Row, ...]
    sources: tuple[SourceView, ...]
    failures: tuple[Failure, ...]
    texts: tuple[tuple[Report, Anchors, str], ...]


def make_view(material: Material, words: Words, world: Register) -> View:
    """Turn what the rooms answered into what the page says.

    Facts keep the ledger's order within a date; speakers go by how much they say, then by name.
    """
    desk = Desk(material.reports, words)
    facts = sorted(material.facts, key=lambda f: (*date_key(f.date), f.id))
    rows = {f.id: desk.row(f) for f in facts}
    named = {m.id: m for m in material.mechanisms}
    cards = [_card(s, named.get(s.mechanism), desk) for s in material.statuses]
    limits = {m.id for m in material.mechanisms if m.limit}
    sources = source_views(material, desk)
    undated = tuple(rows[f.id] for f in facts if f.date is None)
    return View(
        alliance=visible(_named(material.alliance, words)),
        as_of=words.day(material.as_of) if material.as_of else words.t("date.no_limit"),
        known_by=words.day(material.known_by) if material.known_by else words.t("date.no_limit"),
        counts=_counts(material, words),
        cards=tuple(c for c in cards if c.id not in limits),
        limits=tuple(
            _limit(c, s, named[c.id], facts, rows, desk)
            for c, s in zip(cards, material.statuses, strict=True)
            if c.id in limits
        ),
        chronology=_chronology(facts, rows),
        undated=undated,
        voices=_voices(material, desk),
        other_side=_other_side(material, facts, rows, words, world),
        sanctions=_chosen(rows, facts, {"SANCTION"}, {"sanctions"}),
        support=_chosen(rows, facts, {"AID"}, _SUPPORT, without=_STOCKS),
        stocks=(
            *_chosen(rows, facts, set(), _STOCKS),
            *(desk.stock(q) for q in material.quantities if _STOCKS & set(q.cues)),
            *(desk.stock(q) for q in material.quantities if not _STOCKS & set(q.cues)),
        ),
        disputes=_disputes(material, rows, desk),
        cannot_tell=tuple(rows[i] for i in material.cannot_tell if i in rows),
        sources=sources,
        failures=material.failures,
        texts=tuple((r, desk.anchors[r.hash], _title(r)) for r in desk.reports),
    )


def _named(names: object, words: Words) -> str:
    found = names if isinstance(names, dict) else dict(names)  # type: ignore[call-overload]
    return str(found.get(words.language) or next(iter(found.values()), ""))


def _title(report: Report) -> str:
    if report.title is None:
        return visible(report.label)
    return " ".join(visible(report.text[report.title[0] : report.title[1]]).split())


def _counts(material: Material, words: Words) -> tuple[str, ...]:
    outlets = {s.outlet for s in material.sources if s.outlet}
    groups = {s.group for s in material.sources}
    return (
        words.n("count.reports", len(material.reports)),
        words.n("count.outlets", len(outlets)),
        words.n("count.sources", len(groups)),
    )


def _card(status: MechanismStatus, named: MechanismWords | None, desk: Desk) -> Card:
    words = desk.words
    marks = []
    if status.single_source:
        marks.append(Mark(kind="single", text=words.t("mark.single_source")))
    if status.disputed:
        marks.append(Mark(kind="disputed", text=words.t("mark.disputed")))
    reports = len({c.source for c in status.citations if c.source})
    evidence = ""
    if reports:
        evidence = words.t(
            "evidence.several",
            reports=words.n("count.reports", reports),
            sources=words.n("count.sources", status.sources),
        )
    limit = named is not None and named.limit
    text = "status.limit." if limit else "status."
    return Card(
        id=status.mechanism,
        name=visible(_named(named.names, words)) if named else words.code("cue", status.mechanism),
        clause=visible(named.clause) if named else "",
        status=status.status,
        status_text=words.t(text + status.status),
        stage=words.code("stage", status.stage) if status.stage else "",
        since=words.range(status.since) if status.since else "",
        by=words.entities(status.by),
        evidence=evidence,
        marks=tuple(marks),
        quotes=desk.quotes(status.citations, 420),
        why=_why(status.reason, desk),
    )


def _why(reason: Reason, desk: Desk) -> Why:
    return Why(
        kind=reason.kind,
        text=reason_text(reason, desk.words),
        links=tuple(desk.cited(c) for c in reason.citations),
        children=tuple(_why(child, desk) for child in reason.children),
    )


def _limit(
    card: Card,
    status: MechanismStatus,
    named: MechanismWords,
    facts: Sequence[Fact],
    rows: dict[str, Row],
    desk: Desk,
) -> Limit:
    """Set beside a limit the reasons given for it, and the facts of its cues that do not bear it."""
    cues, bearing = {named.id, *named.cues}, set(status.facts)
    reasons: dict[str, Quote] = {}
    against = []
    for fact in facts:
        if not cues & set(fact.cues):
            continue
        for act in (r.act for r in fact.readings):
            if act.reason and (quote := desk.quote(act.source, act.reason)):
                reasons.setdefault(quote.text, quote)
        if fact.id not in bearing:
            against.append(rows[fact.id])
    return Limit(card=card, reasons=tuple(reasons.values()), against=tuple(against))


def _chronology(facts: Sequence[Fact], rows: dict[str, Row]) -> tuple[Day, ...]:
    dated = [f for f in facts if f.date is not None]
    return tuple(
        Day(when=when, rows=tuple(group))
        for when, group in groupby((rows[f.id] for f in dated), key=lambda r: r.when)
    )


def _voices(material: Material, desk: Desk) -> tuple[Voice, ...]:
    groups: dict[str, list[int]] = {}
    for index, statement in enumerate(material.statements):
        groups.setdefault(statement.speaker or "", []).append(index)
    voices = []
    for number, speaker in enumerate(sorted(groups, key=lambda s: (not s, -len(groups[s]), s))):
        name = desk.words.entity(speaker) if speaker else desk.words.t("voice.unnamed")
        said = desk.said([material.statements[i] for i in groups[speaker]])
        if said:
            voices.append(Voice(id=f"v{number}", name=name, said=said))
    return tuple(voices)


def _other_side(
    material: Material,
    facts: Sequence[Fact],
    rows: dict[str, Row],
    words: Words,
    world: Register,
) -> tuple[Group, ...]:
    """Threats, and accusations and refusals addressed to the alliance, of those outside it.

    Whoever is neither the alliance nor a member counts, each under the side it speaks for.
    """
    own = set(material.own)
    limits = {c for m in material.mechanisms if m.limit for c in (m.id, *m.cues)}
    groups: dict[str, list[Row]] = {}
    for fact in facts:
        if fact.type not in _OTHER_SIDE or not fact.actors:
            continue
        on = fact.date or (day(material.as_of) if material.as_of else None)
        sides = {a: world.side_of(a, on) or a for a in fact.actors}
        outside = sorted({s for s in sides.values() if s not in own | _ADDRESSED})
        to = {world.side_of(r, on) or r for r in fact.recipients}
        addressed = bool(to & (own | _ADDRESSED)) or bool(limits & set(fact.cues))
        if len(outside) < len(set(sides.values())) or not (addressed or fact.type == "THREATEN"):
            continue
        groups.setdefault(words.entities(outside), []).append(rows[fact.id])
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))
    return tuple(Group(name=name, rows=tuple(groups[name])) for name in order)


def _chosen(
    rows: dict[str, Row],
    facts: Iterable[Fact],
    types: set[str],
    cues: set[str],
    without: set[str] = frozenset(),  # type: ignore[assignment]
) -> tuple[Row, ...]:
    return tuple(
        rows[f.id]
        for f in facts
        if (f.type in types or cues & set(f.cues)) and not without & set(f.cues)
    )


def _disputes(material: Material, rows: dict[str, Row], desk: Desk) -> tuple[Dispute, ...]:
    found = []
    for fact, difference in material.disagreements:
        citations = {r.act.id: r.citation for r in fact.readings}
        variants = [
            Variant(
                value=desk.words.value(value),
                links=tuple(desk.cited(citations[i]) for i in holders if i in citations),
            )
            for value, holders in sorted(difference.values.items())
        ]
        found.append(
            Dispute(
                row=rows.get(fact.id) or desk.row(fact),
                field=desk.words.code("field", difference.field),
                variants=tuple(variants),
            )
        )
    return tuple(found)
