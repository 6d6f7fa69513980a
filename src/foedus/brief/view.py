"""The brief as plain values: what each section of the page says, in words, with its links.

Comes in: :class:`~foedus.brief.material.Material` and the words of a language. Goes out: a
:class:`View` that a template lays out without deciding anything. No HTML here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby

from foedus.acts import Record, day
from foedus.alliance.records import MechanismStatus, Reason
from foedus.brief.atlas import presence
from foedus.brief.courses import CourseView, axis_of, course_view
from foedus.brief.explaining import reason_text
from foedus.brief.material import Material, MechanismWords, Register
from foedus.brief.names import credited, headline
from foedus.brief.passages import safe_id, visible
from foedus.brief.rows import Desk, Mark, Quote, Row, date_key
from foedus.brief.shapes import (
    Card,
    Day,
    Dispute,
    Doubt,
    Group,
    Limit,
    Variant,
    View,
    Voice,
    Why,
)
from foedus.brief.sources import source_views
from foedus.brief.words import Words
from foedus.ledger.records import Citation, Fact, Undecided

__all__ = ["View", "make_view"]

_OTHER_SIDE = {"THREATEN", "ACCUSE", "REJECT"}


def make_view(
    material: Material, words: Words, world: Register, coded: Iterable[Record] = ()
) -> View:
    """Turn what the rooms answered into what the page says.

    Facts keep the ledger's order within a date; speakers go by how much they say, then by name.
    ``coded`` are the records of which an explanation stands beside the page: items link to it.
    """
    words = words.naming(credited(material.reports))
    desk = Desk(material.reports, words, coded, material.entered)
    facts = sorted(material.facts, key=lambda f: (date_key(f.date), date_key(f.first_told), f.id))
    rows = {f.id: desk.row(f) for f in facts}
    named = {m.id: m for m in material.mechanisms}
    drawn = _courses(material, facts, named, words)
    cards = [
        (s, _card(s, named.get(s.mechanism), material, desk, drawn.get(s.mechanism)))
        for s in material.statuses
    ]
    limits = {m.id for m in material.mechanisms if m.limit}
    given = {c for m in material.mechanisms if m.about == "support" for c in m.cues}
    held = {c for m in material.mechanisms if m.about == "stocks" for c in m.cues}
    sources = source_views(material, desk, world)
    undated = tuple(rows[f.id] for f in facts if f.date is None)
    return View(
        alliance=_named(material.alliance, words),
        as_of=words.day(material.as_of) if material.as_of else words.t("date.no_limit"),
        known_by=words.day(material.known_by) if material.known_by else words.t("date.no_limit"),
        counts=_counts(material, words),
        cards=tuple(c for s, c in cards if s.mechanism not in limits),
        limits=tuple(
            _limit(c, s, named[s.mechanism], facts, rows, desk)
            for s, c in cards
            if s.mechanism in limits
        ),
        presence=presence(material, desk, world),
        chronology=_chronology(facts, rows),
        undated=undated,
        voices=_voices(material, desk),
        other_side=_other_side(material, facts, rows, words, world),
        sanctions=_chosen(rows, facts, {"SANCTION"}, set(material.sanctions)),
        support=_chosen(rows, facts, {"AID"}, given, without=held),
        stocks=(
            *_chosen(rows, facts, set(), held),
            *(desk.stock(q) for q in material.quantities if held & set(q.cues)),
            *(desk.stock(q) for q in material.quantities if not held & set(q.cues)),
        ),
        disputes=_disputes(material, rows, desk),
        unsettled=words.n("count.unsettled", len(material.unsettled)) if material.unsettled else "",
        undecided=_doubts(material, desk),
        sources=sources,
        failures=tuple(visible(f.message) for f in material.failures),
        texts=tuple((r, desk.anchors[r.hash], headline(r)) for r in desk.reports),
    )


def _named(names: Mapping[str, str], words: Words) -> str:
    """Return a declared name in the page's language, or in the first that there is."""
    return visible(names.get(words.language) or next(iter(names.values()), ""))


def _counts(material: Material, words: Words) -> tuple[str, ...]:
    outlets = {s.outlet for s in material.sources if s.outlet}
    groups = {s.group for s in material.sources}
    by_hand = [words.n("count.entries", len(material.entered))] if material.entered else []
    return (
        words.n("count.reports", len(material.reports)),
        *by_hand,
        words.n("count.outlets", len(outlets)),
        words.n("count.sources", len(groups)),
    )


def _one_a_source_first(cited: Sequence[Citation], material: Material) -> list[Citation]:
    """Return the citations with one of each independent source before those of its copies."""
    groups = {s.hash: s.group for s in material.sources}
    seen: dict[str, int] = {}
    ranks: list[tuple[int, int]] = []
    for number, c in enumerate(cited):
        group = groups.get(c.source, c.source)
        ranks.append((seen.get(group, 0), number))
        seen[group] = seen.get(group, 0) + 1
    return [cited[number] for _, number in sorted(ranks)]


def _courses(
    material: Material,
    facts: Sequence[Fact],
    named: Mapping[str, MechanismWords],
    words: Words,
) -> dict[str, CourseView | None]:
    """Return the timelines by mechanism, all over the same days."""
    axis = axis_of(material)
    if axis is None:
        return {}
    by_id = {f.id: f for f in facts}
    return {
        s.mechanism: course_view(
            s, material.courses.get(s.mechanism, ()), named.get(s.mechanism), by_id, axis, words
        )
        for s in material.statuses
    }


def _card(
    status: MechanismStatus,
    named: MechanismWords | None,
    material: Material,
    desk: Desk,
    course: CourseView | None,
) -> Card:
    words = desk.words
    marks = []
    if status.single_source:
        marks.append(Mark(kind="single", text=words.t("mark.single_source")))
    if status.disputed:
        marks.append(Mark(kind="disputed", text=words.t("mark.disputed")))
    if {f.id for f, _ in material.disagreements} & set(status.facts):
        marks.append(Mark(kind="differs", text=words.t("mark.differs")))
    told = {c.source for c in status.citations if c.source}
    by_hand = len(told & {k.entry.id for k in material.entered})
    evidence = desk.told_by(len(told) - by_hand, by_hand, status.sources) if told else ""
    limit = named is not None and named.limit
    text = "status.limit." if limit else "status."
    return Card(
        id=safe_id(status.mechanism),
        name=words.code("mechanism", status.mechanism),
        status=status.status,
        status_text=words.t(text + status.status),
        stage=words.stage(status.mechanism, status.stage) if status.stage else "",
        since=_since(status, words),
        expected=words.range(status.expected) if status.expected else "",
        by=words.entities(status.by),
        evidence=evidence,
        marks=tuple(marks),
        quotes=desk.quotes(_one_a_source_first(status.citations, material), 420),
        why=_why(status.reason, desk),
        course=course,
    )


def _since(status: MechanismStatus, words: Words) -> str:
    if status.since is None:
        return ""
    since = words.range(status.since)
    return words.t("since.reported", date=since) if status.since_is == "reported" else since


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
    """Set beside a limit the reasons given for it, the claims against it, and other facts on it."""
    cues, claims = {named.id, *named.cues}, set(status.claims)
    reasons: dict[str, Quote] = {}
    other = []
    for fact in facts:
        if not cues & set(fact.cues):
            continue
        for act in (r.act for r in fact.readings):
            if act.reason and (quote := desk.quote(act.source, act.reason)):
                reasons.setdefault(quote.text, quote)
        if fact.id not in claims and fact.id not in status.facts:
            other.append(rows[fact.id])
    return Limit(
        card=card,
        reasons=tuple(reasons.values()),
        against=tuple(rows[f.id] for f in facts if f.id in claims),
        other=tuple(other),
    )


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
    addressed = {*material.own, *material.meant_by}
    limits = {c for m in material.mechanisms if m.limit for c in (m.id, *m.cues)}
    groups: dict[str, list[Row]] = {}
    for fact in facts:
        if fact.type not in _OTHER_SIDE or not fact.actors:
            continue
        on = fact.date or (day(material.as_of) if material.as_of else None)
        sides = {a: world.side_of(a, on) or a for a in fact.actors}
        outside = sorted({s for s in sides.values() if s not in addressed})
        to = {world.side_of(r, on) or r for r in fact.recipients}
        against = bool(to & addressed) or bool(limits & set(fact.cues))
        if len(outside) < len(set(sides.values())) or not (against or fact.type == "THREATEN"):
            continue
        groups.setdefault(words.entities(outside), []).append(rows[fact.id])
    order = sorted(groups, key=lambda name: (-len(groups[name]), name))
    return tuple(Group(name=name, rows=tuple(groups[name])) for name in order)


def _chosen(
    rows: dict[str, Row],
    facts: Iterable[Fact],
    types: Set[str],
    cues: Set[str],
    without: Set[str] = frozenset(),
) -> tuple[Row, ...]:
    return tuple(
        rows[f.id]
        for f in facts
        if (f.type in types or cues & set(f.cues)) and not without & set(f.cues)
    )


def _doubts(material: Material, desk: Desk) -> tuple[Doubt, ...]:
    """Return what the dates leave open: a report of unsettled day once, then facts of others."""
    reports = {u.citation.source: u for u in material.undecided if u.clock == "known_by"}
    facts = [
        u for u in material.undecided if u.clock == "as_of" and u.citation.source not in reports
    ]
    found = [_doubt(u, desk, whole=True) for u in reports.values()]
    return (*sorted(found, key=lambda d: d.link.label), *(_doubt(u, desk) for u in facts))


def _doubt(undecided: Undecided, desk: Desk, *, whole: bool = False) -> Doubt:
    text = desk.words.t(
        f"undecided.{undecided.clock}",
        range=desk.words.range(undecided.range),
        asked=desk.words.day(undecided.asked),
    )
    link = desk.link(undecided.citation.source, None) if whole else None
    if link is not None:
        return Doubt(text=text, quote=None, link=link)
    quotes = desk.quotes([undecided.citation], 280)
    return Doubt(
        text=text, quote=quotes[0] if quotes else None, link=desk.cited(undecided.citation)
    )


def _field(field: str, words: Words) -> str:
    """Return the words for what differs; a figure's field names what is counted (``quantity:of:unit``)."""
    name, *counted = field.split(":")
    about = ", ".join(words.code("of", c) for c in counted[:1])
    return f"{words.code('field', name)} ({about})" if about else words.code("field", name)


def _disputes(material: Material, rows: dict[str, Row], desk: Desk) -> tuple[Dispute, ...]:
    found = []
    every = {r.act.id: r.citation for f in material.facts for r in f.readings}
    shown: set[int] = set()
    for fact, difference in material.disagreements:
        # what opposes two facts is noted with both, and shown once
        if id(difference) in shown:
            continue
        shown.add(id(difference))
        citations = {r.act.id: r.citation for r in fact.readings}
        if difference.field == "opposed":
            citations = every
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
                field=_field(difference.field, desk.words),
                variants=tuple(variants),
            )
        )
    return tuple(found)
