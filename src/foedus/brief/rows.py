"""Rows of the brief: one fact, one statement, one quantity, in words, with links to its characters.

Comes in: records of the ledger. Goes out: plain values that a template lays out; no HTML. Every
link is to an anchor that :class:`~foedus.brief.passages.Anchors` was asked for, so that the passage
is marked in the report's text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from foedus.acts import Act, Amount, DateRange, Quantity, Record, Span, Statement
from foedus.brief.passages import Anchors, quoted, safe_id, sentence_around, visible
from foedus.brief.words import Words
from foedus.ledger.hand import Kept
from foedus.ledger.records import Citation, Fact
from foedus.report.records import Report

__all__ = [
    "CODED", "Desk", "Link", "Mark", "Quote", "Row", "Said", "coded_name", "date_key",
]  # fmt: skip

_SHORT = 280
_HASH = re.compile(r"[0-9a-f]{16,128}")
CODED = "reports"
"""The folder beside the page in which each report's coding is explained."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A place to look: ``href`` opens the passage; None for a line of a declared file."""

    href: str | None
    label: str
    where: str


class Quote(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a passage, where they stand, and the rest of their sentence on either side."""

    text: str
    link: Link
    before: str = ""
    after: str = ""
    coded: str = ""
    """The address of the explanation of the record it shows, where there is one."""


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A short flag beside a title: its kind (a CSS class) and its words."""

    kind: str
    text: str


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A fact in words."""

    id: str
    fact: str
    when: str
    title: str
    marks: tuple[Mark, ...]
    who: str
    whom: str
    where: str
    what: str
    amounts: tuple[str, ...]
    according: str
    evidence: str
    quotes: tuple[Quote, ...]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Something said, by whatever reports carry it in the same words."""

    form: str
    direct: bool
    when: str
    via: str
    quote: Quote
    also: tuple[Link, ...]


class Desk:
    """Turns records into rows, and keeps the anchors that their links need."""

    def __init__(
        self, reports: Sequence[Report], words: Words, records: Iterable[Record] = (),
        entered: Iterable[Kept] = (),
    ) -> None:  # fmt: skip
        """Make a desk; ``records`` are those that have an explanation beside the page.

        ``entered`` are the rows that persons entered by hand.
        """
        self._entered = {k.entry.id: k for k in entered}
        self.words = words
        self.reports = tuple(sorted(reports, key=lambda r: (r.label, r.hash)))
        self.anchors = {r.hash: Anchors(n, r.text) for n, r in enumerate(self.reports, 1)}
        self._by_hash = {r.hash: r for r in self.reports}
        self._coded: dict[str | tuple[str, Span], str] = {}
        for record in sorted(records, key=lambda r: r.id):
            address = f"{CODED}/{coded_name(record.source)}#{safe_id(record.id)}"
            self._coded[record.id] = address
            self._coded.setdefault((record.source, record.span), address)

    def report(self, source: str) -> Report | None:
        """Return the report of that hash, when it is on the page."""
        return self._by_hash.get(source)

    def outlet(self, outlet: str | None) -> str:
        """Return the outlet's name, or the words for an unnamed one."""
        return self.words.entity(outlet) if outlet else self.words.t("source.no_outlet")

    def link(self, source: str, span: Span | None, style: str = "said") -> Link | None:
        """Return the link to a passage of a report on the page; None when there is none such."""
        report = self._by_hash.get(source)
        if report is None:
            return None
        anchor = self.anchors[source].cite(span, style) if span else None
        if span is None or anchor is None:
            section = self.anchors[source].section
            return Link(href=f"#{section}", label=visible(report.label), where="")
        where = self.words.t("link.where", start=span[0], end=span[1])
        return Link(href=f"#{anchor}", label=visible(report.label), where=where)

    def cited(self, citation: Citation) -> Link:
        """Return the link of a citation; a declared file's line is named, not linked."""
        link = self.link(citation.source, citation.span)
        if link is not None:
            return link
        where = self.words.t("link.line", line=citation.line) if citation.line else ""
        return Link(href=None, label=visible(citation.report), where=where)

    def quote(
        self, source: str, span: Span, style: str = "said", limit: int = 600, record: str = ""
    ) -> Quote | None:
        """Return the words of a passage with their link; None when it lies outside the report.

        ``record`` is the id of the record meant, where several may share the passage.
        """
        if source in self._entered:
            text = quoted(self._entered[source].entry.text, span, limit)
            return Quote(text=text, link=self._row_link(self._entered[source]))
        report, link = self._by_hash.get(source), self.link(source, span, style)
        if report is None or link is None or not link.where:
            return None
        before, after = sentence_around(report.text, span)
        coded = self._coded.get(record) or self._coded.get((source, span), "")
        text = quoted(report.text, span, limit)
        return Quote(text=text, link=link, before=before, after=after, coded=coded)

    def _row_link(self, kept: Kept) -> Link:
        """Return where a row entered by hand stands, who entered it, and the source that it cites."""
        words, entry = self.words, kept.entry
        line = [words.t("link.line", line=kept.line)] if kept.line else []
        source = words.t("hand.unsourced")
        if entry.cited is not None:
            source = words.t("hand.source", reference=visible(entry.cited.worded))
        told = (*line, words.t("hand.by", by=visible(entry.by)), source)
        return Link(href=None, label=visible(entry.file), where=", ".join(told))

    def quotes(
        self,
        citations: Iterable[Citation],
        limit: int = 600,
        records: Mapping[Citation, str] | None = None,
    ) -> tuple[Quote, ...]:
        """Return the passages cited, each once, in the given order; ``records`` show them, by id."""
        shown = records or {}
        found: dict[tuple[str, Span], Quote] = {}
        for c in citations:
            record = shown.get(c, "")
            quote = self.quote(c.source, c.span, limit=limit, record=record) if c.span else None
            if quote is not None and c.span is not None:
                found.setdefault((c.source, c.span), quote)
        return tuple(found.values())

    def row(self, fact: Fact) -> Row:
        """Return a fact in words; its readings' triggers are marked in the text too."""
        words = self.words
        for reading in fact.readings:
            self._trigger(reading.act)
        shown = {r.citation: r.act.id for r in reversed(fact.readings)}
        quotes = self.quotes((r.citation for r in fact.readings), _SHORT, shown)
        return Row(
            id=f"f-{safe_id(fact.id)}",
            fact=visible(fact.id),
            when=self.when(fact),
            title=self.title(fact),
            marks=self.marks(fact),
            who=words.entities(fact.actors),
            whom=words.entities(fact.recipients),
            where=words.entities(p for p in fact.places if p not in fact.recipients),
            what=words.list(words.code("instrument", i) for i in fact.instruments),
            amounts=self.amounts(fact.quantities),
            according=self.according(fact),
            evidence=self.evidence(fact),
            quotes=quotes,
        )

    def when(self, fact: Fact) -> str:
        """Return the date of a fact; where none is told, when it was first reported."""
        if fact.date is not None:
            return self.words.range(fact.date)
        if fact.first_told is None:
            return ""
        return self.words.t("since.reported", date=self.words.range(fact.first_told))

    def title(self, fact: Fact) -> str:
        """Return what was done, in the vocabulary's words: type, then what it bears on."""
        done = self.words.code("type", fact.type)
        about = [self.words.code("cue", c) for c in fact.cues]
        return f"{done} — {', '.join(about)}" if about else done

    def marks(self, fact: Fact) -> tuple[Mark, ...]:
        """Return the polarity of a fact, and whether its tellings differ."""
        words, aux = self.words, set(fact.aux)
        marks = []
        if {"future", "negation"} <= aux:
            marks.append(Mark(kind="negation", text=words.t("aux.excluded")))
            aux -= {"future", "negation"}
        marks += [
            Mark(kind=name, text=words.code("aux", name))
            for name in ("future", "hypothetical", "negation", "historical")
            if name in aux
        ]
        if fact.differences:
            marks.append(Mark(kind="differs", text=words.t("mark.differs")))
        if fact.unsourced:
            marks.append(Mark(kind="unsourced", text=words.t("mark.unsourced")))
        return tuple(marks)

    def according(self, fact: Fact) -> str:
        """Return who says it, when no telling of the fact is in a report's own voice."""
        said = [r.act.attributed_to for r in fact.readings]
        if not said or not all(said):
            return ""
        return self.words.entities(sorted({s for s in said if s}))

    def evidence(self, fact: Fact) -> str:
        """Return how many reports and independent sources tell it."""
        by_hand = sum(r.by is not None for r in fact.readings)
        if by_hand:
            return self.told_by(fact.reports, by_hand, fact.sources)
        reports = self.words.n("count.reports", fact.reports or len(fact.readings))
        if fact.sources <= 1:
            return self.words.t("evidence.single", reports=reports)
        sources = self.words.n("count.sources", fact.sources)
        return self.words.t("evidence.several", reports=reports, sources=sources)

    def told_by(self, reports: int, by_hand: int, sources: int) -> str:
        """Say how many reports and entries by hand tell it, and on how many independent sources."""
        words = self.words
        key = "evidence.both" if reports and by_hand else "evidence.several"
        return words.t(
            key if reports else "evidence.by_hand",
            reports=words.n("count.reports", reports),
            entries=words.n("count.entries", by_hand),
            sources=words.n("count.sources", sources),
        )

    def amounts(self, amounts: Iterable[Amount]) -> tuple[str, ...]:
        """Return quantities in words, each once."""
        return tuple(dict.fromkeys(self.words.amount(a) for a in amounts))

    def said(self, statements: Sequence[Statement]) -> tuple[Said, ...]:
        """Return statements in order; those in the same words stand together, whoever carries them."""
        groups: dict[str, list[Statement]] = {}
        for s in statements:
            report = self._by_hash.get(s.source)
            if report is None:
                continue
            text = report.text[s.span[0] : s.span[1]]
            key = "".join(c for c in text.casefold() if c.isalnum())
            groups.setdefault(key, []).append(s)
        found = (self._said(group) for group in groups.values())
        return tuple(s for s in found if s is not None)

    def _said(self, group: list[Statement]) -> Said | None:
        first = group[0]
        style = "quote" if first.form == "direct" else "said"
        quote = self.quote(first.source, first.span, style, record=first.id)
        if quote is None:
            return None
        links = [self.link(s.source, s.span, style) for s in group[1:]]
        return Said(
            form=self.words.code("form", first.form),
            direct=first.form == "direct",
            when=self.words.range(first.date) if first.date else "",
            via=self.words.entities(sorted({v for s in group for v in s.via})),
            quote=quote,
            also=tuple(link for link in links if link is not None),
        )

    def stock(self, quantity: Quantity) -> Row:
        """Return how much there is of something, in words."""
        words = self.words
        quote = self.quote(quantity.source, quantity.span, limit=_SHORT, record=quantity.id)
        subject = words.value(quantity.subject) if quantity.subject else ""
        amounts = [words.amount(quantity)] if quantity.value is not None else []
        if quantity.level:
            amounts.append(words.code("level", quantity.level))
        if quantity.value is None and quantity.of:
            amounts.append(words.code("of", quantity.of))
        return Row(
            id=f"q-{safe_id(quantity.id)}",
            fact="",
            when=words.range(quantity.date) if quantity.date else "",
            title=self._subject(subject),
            marks=(),
            who="",
            whom="",
            where=words.entity(quantity.place) if quantity.place else "",
            what="",
            amounts=tuple(amounts),
            according="",
            evidence="",
            quotes=(quote,) if quote else (),
        )

    def _subject(self, subject: str) -> str:
        for family in ("cue", "instrument", "of"):
            if self.words.has(f"{family}.{subject}"):
                return self.words.code(family, subject)
        return self.words.code("cue", subject) if subject else self.words.t("quantity.untitled")

    def _trigger(self, act: Act) -> None:
        """Mark the word that names an act, so that a reader of the report sees what was coded."""
        if act.source in self.anchors:
            self.anchors[act.source].cite(act.trigger, "trigger")


def date_key(value: DateRange | None) -> tuple[bool, object, object]:
    """Sort key that puts dated things in order and undated ones last."""
    if value is None:
        return (True, 0, 0)
    return (False, value.start, value.end)


def coded_name(source: str) -> str:
    """Return the name of the file that explains a report's coding, from the report's hash."""
    name = source if _HASH.fullmatch(source) else hashlib.sha256(source.encode()).hexdigest()
    return f"{name}.html"
