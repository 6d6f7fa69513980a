"""How facts were derived, as PROV-JSON (W3C Member Submission, *The PROV-JSON Serialization*, 2013).

Comes in: what counts for the two clocks. Goes out: one document: facts are derived from acts, acts
are quoted from reports, relative dates are derived from a report's dating, which rests on other
reports; reports are attributed to outlets, and copies are alternates of each other. Every entity that
quotes carries its offsets and its words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import quote

from foedus.acts import Act, Span, days_text
from foedus.ledger.out.content import Content, reading_place
from foedus.ledger.records import Citation, Fact, Reading, Source

__all__ = ["prov_document"]

_PREFIXES = {"foedus": "urn:foedus:", "xsd": "http://www.w3.org/2001/XMLSchema#"}

Relation = dict[str, str]


def _name(kind: str, key: str) -> str:
    """Return a qualified name; what a name may not hold is percent-encoded."""
    return f"foedus:{kind}-{quote(key, safe='')}"


class _Document:
    """A document being made. Relations are numbered in the order of their content at the end."""

    def __init__(self) -> None:
        self.elements: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self.relations: dict[str, set[tuple[tuple[str, str], ...]]] = defaultdict(set)

    def add(self, kind: str, name: str, **attributes: Any) -> str:
        """Add an entity, an activity or an agent; attributes that are empty are left out."""
        kept = {k.replace("_", ":", 1): v for k, v in attributes.items() if v not in (None, "", [])}
        self.elements[kind].setdefault(name, kept)
        return name

    def relate(self, kind: str, **ends: str) -> None:
        """Add a relation between elements."""
        self.relations[kind].add(tuple((f"prov:{k}", v) for k, v in ends.items()))

    def derive(self, made: str, used: str, kind: str = "") -> None:
        """Say that an entity is derived from another, by quoting it or as its primary source."""
        more = {"type": kind} if kind else {}
        self.relate("wasDerivedFrom", generatedEntity=made, usedEntity=used, **more)

    def data(self) -> dict[str, Any]:
        """Return the document."""
        found: dict[str, Any] = {"prefix": _PREFIXES}
        for kind in sorted(self.elements):
            found[kind] = {name: self.elements[kind][name] for name in sorted(self.elements[kind])}
        for kind in sorted(self.relations):
            found[kind] = {
                f"_:{kind}{number}": _typed(dict(ends))
                for number, ends in enumerate(sorted(self.relations[kind]), 1)
            }
        return found


def _typed(ends: Relation) -> dict[str, Any]:
    if "prov:type" not in ends:
        return dict(ends)
    return {**ends, "prov:type": {"$": ends["prov:type"], "type": "xsd:QName"}}


def prov_document(content: Content) -> dict[str, Any]:
    """Return the derivation of every fact of ``content`` as data to be written as JSON."""
    document = _Document()
    document.add(
        "agent", "foedus:program", prov_type={"$": "prov:SoftwareAgent", "type": "xsd:QName"},
        prov_label="foedus",
    )  # fmt: skip
    used = {r.citation.source for fact in content.facts for r in fact.readings}
    for fact in content.facts:
        _add_fact(document, content, fact)
    for source in content.sources:
        if source.hash in used:
            _add_report(document, content, source)
            _add_dating(document, content, source)
    return document.data()


def _add_fact(document: _Document, content: Content, fact: Fact) -> None:
    name = document.add(
        "entity", _name("fact", fact.id), prov_type="fact", foedus_type=fact.type,
        foedus_actors=list(fact.actors), foedus_recipients=list(fact.recipients),
        foedus_places=list(fact.places), foedus_date=days_text(fact.date),
        foedus_sources=fact.sources, foedus_differs=[d.field for d in fact.differences],
    )  # fmt: skip
    joining = document.add("activity", _name("joining", fact.id), prov_label="joining of tellings")
    document.relate("wasGeneratedBy", entity=name, activity=joining)
    document.relate("wasAssociatedWith", activity=joining, agent="foedus:program")
    for reading in fact.readings:
        act = _add_act(document, content, reading)
        document.derive(name, act)
        document.relate("used", activity=joining, entity=act)


def _add_act(document: _Document, content: Content, reading: Reading) -> str:
    act, citation = reading.act, reading.citation
    name = document.add(
        "entity", _name("act", act.id), prov_type="act", foedus_type=act.type,
        foedus_date=days_text(reading.date), foedus_rule=act.rule,
        **_quoted(content, citation.source, citation.span),
    )  # fmt: skip
    if citation.source not in content.reports:
        document.derive(name, _add_line(document, citation), "prov:PrimarySource")
        _add_author(document, reading, name)
        return name
    report = _name("report", citation.source)
    coding = document.add("activity", _name("coding", citation.source), prov_label="coding")
    document.derive(name, report, "prov:Quotation")
    document.relate("wasGeneratedBy", entity=name, activity=coding)
    document.relate("used", activity=coding, entity=report)
    document.relate("wasAssociatedWith", activity=coding, agent="foedus:program")
    if act.when is not None:
        document.derive(name, _name("dating", citation.source))
    if act.statement is not None:
        _add_statement(document, content, act, name)
    return name


def _add_statement(document: _Document, content: Content, act: Act, told: str) -> None:
    found = content.statement_of(act)
    if found is None:
        return
    name = document.add(
        "entity", _name("statement", found.id), prov_type="statement", foedus_form=found.form,
        foedus_via=list(found.via), **_quoted(content, found.source, found.span),
    )  # fmt: skip
    document.derive(told, name)
    document.derive(name, _name("report", found.source), "prov:Quotation")
    if found.speaker:
        speaker = document.add("agent", _name("speaker", found.speaker), prov_label=found.speaker)
        document.relate("wasAttributedTo", entity=name, agent=speaker)


def _quoted(content: Content, source: str, span: Span | None) -> dict[str, Any]:
    if span is None:
        return {}
    return {
        "foedus_start": span[0], "foedus_end": span[1], "prov_value": content.words(source, span),
    }  # fmt: skip


def _add_line(document: _Document, citation: Citation) -> str:
    place = reading_place(citation)
    return document.add("entity", _name("declared", place), prov_label=place)


def _add_author(document: _Document, reading: Reading, name: str) -> None:
    """Add who entered an act by hand, and the source that he cites."""
    if reading.by is None:
        return
    author = document.add("agent", _name("person", reading.by), prov_label=reading.by)
    document.relate("wasAttributedTo", entity=name, agent=author)
    if reading.reference is not None:
        cited = document.add(
            "entity", _name("cited", reading.reference), prov_label=reading.reference
        )
        document.derive(name, cited, "prov:PrimarySource")


def _add_report(document: _Document, content: Content, source: Source) -> str:
    report = content.reports[source.hash]
    name = document.add(
        "entity", _name("report", source.hash), prov_type="report", prov_label=source.label,
        foedus_sha256=source.hash, foedus_title=source.title, foedus_url=report.url,
        foedus_language=report.language,
    )  # fmt: skip
    if source.outlet:
        outlet = document.add("agent", _name("outlet", source.outlet), prov_label=source.outlet)
        document.relate("wasAttributedTo", entity=name, agent=outlet)
    for other in source.copies:
        first, second = sorted((name, _name("report", other)))
        document.relate("alternateOf", alternate1=first, alternate2=second)
        if _name("report", other) not in document.elements["entity"]:
            _add_report(document, content, content.source(other))
    return name


def _add_dating(document: _Document, content: Content, source: Source) -> None:
    dating = document.add(
        "entity", _name("dating", source.hash), prov_type="dating",
        foedus_days=[days_text(d) for d in source.dating.candidates],
        foedus_rules=[step.rule for step in source.dating.steps],
    )  # fmt: skip
    document.derive(dating, _name("report", source.hash))
    for step in source.dating.steps:
        for citation in step.citations:
            if not citation.source:
                document.derive(dating, _add_line(document, citation))
            elif citation.source in content.reports:
                _add_report(document, content, content.source(citation.source))
                document.derive(dating, _name("report", citation.source))
