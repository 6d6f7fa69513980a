"""What the ledger answers with: facts, their readings, sources, datings, disagreements."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from foedus.acts import Act, Amount, Aux, DateRange, EventType, Span
from foedus.ledger.context import Taken
from foedus.ledger.passages import Place

__all__ = [
    "UNSOURCED",
    "Citation",
    "Dating",
    "DatingStep",
    "DeclaredAct",
    "Difference",
    "Fact",
    "Reading",
    "Source",
    "Undecided",
    "Verdict",
    "is_unsourced",
]

Origin = Literal["report", "history", "person"]
UNSOURCED = "by-hand:"
"""How the group of a row begins that a person entered without a source: it counts as none."""
Verdict = Literal["confirmed", "unsure", "rejected", "disputed"]


def is_unsourced(group: str) -> bool:
    """Whether a group is that of what a person entered without a source."""
    return group.startswith(UNSOURCED)


class Citation(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where to look: the characters of a report, or a line of a declared file."""

    report: str
    """The report's label, or the declared file's name."""
    source: str
    """The report's hash, the id of a row entered by hand, or ``""`` for a declared file."""
    span: Span | None = None
    line: int | None = None


class DeclaredAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act that a declared file (an alliance's history) or a person states, with its reference."""

    act: Act
    reference: str
    checked: bool = False
    file: str
    line: int


class Reading(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One act as one report (or one line of a history, or a person) tells it.

    ``published`` is what is known of the day it appeared; None for a history file, which is known
    from the start. ``date`` is the act's date, worked out again after the report's dating.
    ``group`` is the independent source that the report belongs to: copies share one. ``corrected``
    names what a person corrected: ``act`` and ``date`` are then as corrected, while the record itself
    (:meth:`Ledger.acts`) stays as it was read. ``by`` is who entered it, where a person did; its
    ``reference`` is then the source that he cites, None where he cites none. ``words`` are those in
    which it is told, as they are compared, and ``past`` whether as past (:mod:`foedus.ledger.joining.clauses`);
    ``place`` is where in the report it is told, and ``story`` what the report is about, word by word.
    ``landmark`` is the known event of the register that it is taken for (:mod:`foedus.ledger.joining.landmarks`).
    """

    act: Act
    origin: Origin = "report"
    published: DateRange | None = None
    date: DateRange | None = None
    outlet: str | None = None
    group: str
    citation: Citation
    reference: str | None = None
    by: str | None = None
    corrected: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    past: bool = False
    war: bool | None = None
    whole: bool = False
    ongoing: bool = False
    place: Place | None = None
    story: str = ""
    taken: Taken | None = None
    landmark: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Which record it is of: its source's hash and the record's id."""
        return (self.citation.source, self.act.id)

    @property
    def unsourced(self) -> bool:
        """Whether a person entered it without a source."""
        return is_unsourced(self.group)

    @property
    def teller(self) -> str:
        """Whose word it is, for people: an outlet, or who entered it by hand."""
        return self.outlet or (f"{self.by} (by hand)" if self.by else "unknown outlet")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """Readings of one fact that do not agree: each value with the acts that hold it."""

    field: str
    values: dict[str, tuple[str, ...]]


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is held to have been done, with every telling of it. Roles are unions of the readings'."""

    id: str
    type: EventType
    mode: str | None = None
    aux: tuple[Aux, ...] = ()
    cues: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    quantities: tuple[Amount, ...] = ()
    date: DateRange | None = None
    readings: tuple[Reading, ...]
    reports: int = 0
    outlets: int = 0
    sources: int = 0
    unsourced: int = 0
    """Tellings that a person entered without a source: they are among ``readings`` and count as none."""
    differences: tuple[Difference, ...] = ()
    first_told: DateRange | None = None
    """When the earliest of its readings appeared: what is known of an undated fact's day."""
    rejected: tuple[Reading, ...] = ()
    """Tellings that a person rejected: shown, but they count nowhere else in the fact."""
    verdict: Verdict | None = None
    """What persons hold of it; ``disputed`` where their judgements are opposed."""
    judgements: tuple[str, ...] = ()
    """Ids of the judgements that stand on its tellings, sorted."""


class DatingStep(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a report's dating: the rule, what it rested on, what it left."""

    rule: str
    before: tuple[DateRange, ...]
    after: tuple[DateRange, ...]
    citations: tuple[Citation, ...] = ()
    facts: tuple[str, ...] = ()


class Dating(msgspec.Struct, frozen=True, kw_only=True):
    """When a report appeared, as far as can be known, and how that was found."""

    source: str
    candidates: tuple[DateRange, ...]
    steps: tuple[DatingStep, ...] = ()


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the ledger sees it: its outlet, its copies, its dating, its quality notes."""

    hash: str
    label: str
    outlet: str | None
    title: str
    group: str
    copies: tuple[str, ...] = ()
    shared: tuple[tuple[Span, str, Span], ...] = ()
    """Passages shared with copies: own span, the other report's hash, span there."""
    dating: Dating
    successor: str | None = None
    """The hash of the report that took its place: a later text of the same address."""
    grades: tuple[str, ...] = ()
    """Admiralty codes that persons gave the report or its outlet: one, or several side by side."""
    judgements: tuple[str, ...] = ()
    """Ids of the judgements that gave them, sorted."""


class Undecided(msgspec.Struct, frozen=True, kw_only=True):
    """A record of which one of the two clocks cannot tell whether it counts on the day asked.

    With ``known_by`` it was left out, with ``as_of`` (acts only) it was kept. ``range`` is what is
    known of the day that would decide; None when nothing is.
    """

    clock: Literal["as_of", "known_by"]
    asked: datetime.date
    record: str
    kind: Literal["act", "statement", "quantity"] = "act"
    range: DateRange | None
    citation: Citation
