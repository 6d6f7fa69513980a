"""Which reports are one source, and the readings they give.

Comes in: reports, their records, the copies found among them. Goes out: groups of reports that
share a text, and :class:`~foedus.ledger.records.Reading`s that say which group they belong to.

What is counted: *reports* are files; *outlets* are the known outlets that ran them; *sources* are
independent texts. Reports with a common text are one source whoever ran them; a passage that only
passes on another outlet's or agency's words counts as that outlet's. Two reporters who each heard
the same speaker are two sources *that it was said*: whether it is true they do not add to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from foedus.acts import Act, Record, Span, Statement, hull
from foedus.ledger.joining import Clauses, Told
from foedus.ledger.records import Citation, Dating, Reading, Source
from foedus.report.records import Report

__all__ = ["CopyFinder", "CopyLike", "group_of", "independent_sources", "readings_of", "source_of"]


class CopyLike(Protocol):
    """Two reports that share a text, as :func:`foedus.report.find_copies` tells it."""

    @property
    def a(self) -> str:
        """Hash of the one report."""

    @property
    def b(self) -> str:
        """Hash of the other."""

    @property
    def containment(self) -> float:
        """Share of the smaller text that the larger has too, 0 to 1."""

    @property
    def passages(self) -> Sequence[tuple[Span, Span]]:
        """The shared passages: span in ``a``, span in ``b``."""


class MarksLike(Protocol):
    """What a report must have in common with another to be compared with it."""

    @property
    def bands(self) -> Sequence[int]:
        """Bands of its sketch: several in common make a candidate."""

    @property
    def sentences(self) -> Sequence[int]:
        """Its sentences: one that few reports have does."""


class CopyFinder(Protocol):
    """How copies are found (:class:`foedus.report.copies.TextCopies`)."""

    @property
    def fingerprint(self) -> str:
        """Changes when it finds otherwise."""

    def marks(self, report: Report, /) -> MarksLike:
        """Return the marks of a report."""

    def compare(self, a: Report, b: Report, /) -> CopyLike | None:
        """Return what two reports share, or None."""


def independent_sources(hashes: Iterable[str], copies: Iterable[CopyLike]) -> dict[str, str]:
    """Return, for each report, its group: the smallest hash among the reports it is a copy of.

    Copying is transitive here: two reports that share a text with a third come from one text.
    """
    leader = {h: h for h in hashes}

    def find(h: str) -> str:
        while leader[h] != h:
            leader[h] = leader[leader[h]]
            h = leader[h]
        return h

    for copy in copies:
        if copy.a in leader and copy.b in leader:
            low, high = sorted((find(copy.a), find(copy.b)))
            leader[high] = low
    return {h: find(h) for h in sorted(leader)}


def readings_of(
    report: Report, records: Sequence[Record], dating: Dating, group: str,
    clauses: Clauses | None = None,
) -> tuple[Reading, ...]:  # fmt: skip
    """Return a report's acts as readings. ``records`` must already carry their worked-out dates.

    Without ``clauses`` the words in which they are told are left out, and where they stand.
    """
    statements = {r.id: r for r in records if isinstance(r, Statement)}
    published = hull(dating.candidates)

    acts = [r for r in records if isinstance(r, Act)]
    told_in = {} if clauses is None else clauses.told_in(acts, report, published)
    return tuple(
        Reading(
            act=act,
            published=published,
            date=act.date,
            outlet=report.outlet,
            group=group_of(statements.get(act.statement or ""), report, group),
            citation=Citation(report=report.label, source=report.hash, span=act.span),
            words=told.clause.words,
            past=told.clause.past,
            war=told.clause.war,
            whole=told.clause.whole,
            ongoing=told.clause.ongoing,
            place=told.place,
            story=told.story,
            taken=told.taken,
            landmark=told.landmark,
        )
        for act in acts
        for told in (told_in.get(act.id, Told()),)
    )


def group_of(statement: Statement | None, report: Report, group: str) -> str:
    """Return the group of what stands in ``statement``: that of the outlet it was passed on by.

    ``group`` is that of the report.
    """
    if statement is None or not statement.via or statement.via[0] == report.outlet:
        return group
    return f"outlet:{statement.via[0]}"


def source_of(
    report: Report, dating: Dating, groups: Mapping[str, str], copies: Iterable[CopyLike]
) -> Source:
    """Return a report as the ledger lists it, with the passages it shares with its copies."""
    shared: list[tuple[Span, str, Span]] = []
    others: set[str] = set()
    for copy in copies:
        if copy.a == report.hash:
            others.add(copy.b)
            shared += [(own, copy.b, there) for own, there in copy.passages]
        elif copy.b == report.hash:
            others.add(copy.a)
            shared += [(own, copy.a, there) for there, own in copy.passages]
    title = report.text[slice(*report.title)] if report.title else ""
    return Source(
        hash=report.hash,
        label=report.label,
        outlet=report.outlet,
        title=" ".join(title.split()),
        group=groups.get(report.hash, report.hash),
        copies=tuple(sorted(others)),
        shared=tuple(sorted(shared)),
        dating=dating,
    )
