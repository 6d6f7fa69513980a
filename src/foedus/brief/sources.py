"""What the brief says of each report: its outlet, when it appeared and how that was found, its flaws."""

from __future__ import annotations

from typing import Literal

import msgspec

from foedus.acts import DateRange
from foedus.brief.material import Material, Register
from foedus.brief.names import headline
from foedus.brief.passages import visible
from foedus.brief.rows import Desk, Link
from foedus.ledger.records import Source
from foedus.report.records import Report

__all__ = ["NoteView", "SourceView", "StepView", "source_views"]


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """A quality note in words, and the passage that shows it."""

    text: str
    detail: str
    link: Link | None


class StepView(msgspec.Struct, frozen=True, kw_only=True):
    """A step of a report's dating in words, with what it rested on."""

    text: str
    links: tuple[Link, ...]


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """A report as a source."""

    label: str
    title: str
    section: str
    outlet: str
    character: str
    url: str
    language: str
    published: str
    settled: Literal["settled", "nearly", "unsettled"]
    settled_text: str
    evidence: tuple[StepView, ...]
    steps: tuple[StepView, ...]
    credits: tuple[StepView, ...]
    notes: tuple[NoteView, ...]
    copies: tuple[Link, ...]
    shared: tuple[tuple[Link, Link], ...]
    fingerprint: str


def source_views(material: Material, desk: Desk, world: Register) -> tuple[SourceView, ...]:
    """Return the reports in the page's order, each as a source."""
    known = {s.hash: s for s in material.sources}
    return tuple(_source(r, known.get(r.hash), material, desk, world) for r in desk.reports)


def _source(
    report: Report, source: Source | None, material: Material, desk: Desk, world: Register
) -> SourceView:
    candidates = source.dating.candidates if source else report.dates
    settled = _settled(report, candidates, material)
    outlet = (source.outlet if source else None) or report.outlet
    return SourceView(
        label=visible(report.label),
        title=headline(report),
        section=desk.anchors[report.hash].section,
        outlet=desk.outlet(outlet),
        character=_character(outlet, candidates, desk, world),
        url=visible(report.url or ""),
        language=desk.words.code("language", report.language),
        published=desk.words.ranges(candidates),
        settled=settled,
        settled_text=desk.words.code("mark", settled),
        evidence=_evidence(report, desk),
        steps=_steps(source, desk) if source else (),
        credits=_credits(report, desk),
        notes=_notes(report, desk),
        copies=_copies(source, desk) if source else (),
        shared=_shared(report, source, desk) if source else (),
        fingerprint=report.hash[:12],
    )


def _settled(
    report: Report, candidates: tuple[DateRange, ...], material: Material
) -> Literal["settled", "nearly", "unsettled"]:
    """Return how well the day is known: exactly, to within the ledger's limit, or not."""
    if len(candidates) == 1 and candidates[0].days == 1:
        return "settled"
    return "unsettled" if report.hash in material.unsettled or not candidates else "nearly"


def _character(
    outlet: str | None, published: tuple[DateRange, ...], desk: Desk, world: Register
) -> str:
    """Return the outlet's country, owner and state control at the time, where they are known."""
    found = world.outlet(outlet) if outlet else None
    if found is None:
        return ""
    owned = found.ownership_on(published[-1].end if published else None)
    control = desk.words.code("control", owned.state_control)
    return ", ".join([desk.words.entity(found.country), visible(owned.owner), control])


def _evidence(report: Report, desk: Desk) -> tuple[StepView, ...]:
    """Return what in the report itself tells of its day; each finding once."""
    words = desk.words
    found: dict[str, list[Link]] = {}
    for e in report.evidence:
        text = words.t(
            "dating.evidence",
            kind=words.code("evidence_kind", e.kind),
            bound=words.code("bound", e.bound),
            range=words.range(e.range),
        )
        link = desk.link(report.hash, e.span) if e.span else None
        found.setdefault(text, []).extend([link] if link else [])
    return tuple(StepView(text=t, links=tuple(links)) for t, links in found.items())


def _steps(source: Source, desk: Desk) -> tuple[StepView, ...]:
    words = desk.words
    return tuple(
        StepView(
            text=words.t(
                "dating.step",
                rule=words.code("dating", step.rule),
                before=_ranges(step.before, desk),
                after=_ranges(step.after, desk),
            ),
            links=tuple(desk.cited(c) for c in step.citations),
        )
        for step in source.dating.steps
    )


def _ranges(ranges: tuple[DateRange, ...], desk: Desk) -> str:
    return desk.words.ranges(ranges) if ranges else desk.words.t("date.any")


def _credits(report: Report, desk: Desk) -> tuple[StepView, ...]:
    words = desk.words
    found = []
    for credit in report.credits:
        link = desk.link(report.hash, credit.span)
        text = words.t(
            "credit.line", kind=words.code("credit", credit.kind), name=words.entity(credit.name)
        )
        found.append(StepView(text=text, links=(link,) if link else ()))
    return tuple(found)


def _notes(report: Report, desk: Desk) -> tuple[NoteView, ...]:
    """Return the notes; those of one kind with the same detail once, at their first place."""
    found: dict[tuple[str, str], NoteView] = {}
    for note in report.notes:
        link = desk.link(report.hash, note.span, "noted") if note.span else None
        text = desk.words.code("note", note.kind)
        detail = desk.words.value(note.detail)
        found.setdefault((note.kind, detail), NoteView(text=text, detail=detail, link=link))
    return tuple(found.values())


def _copies(source: Source, desk: Desk) -> tuple[Link, ...]:
    links = (desk.link(other, None) for other in source.copies)
    return tuple(link for link in links if link is not None)


def _shared(report: Report, source: Source, desk: Desk) -> tuple[tuple[Link, Link], ...]:
    found = []
    for span, other, there in source.shared:
        here, beside = desk.link(report.hash, span), desk.link(other, there)
        if here is not None and beside is not None:
            found.append((here, beside))
    return tuple(found)
