"""The shapes of a view: what each section of the page says, as plain values. No HTML here."""

from __future__ import annotations

import msgspec

from foedus.brief.atlas import Presence
from foedus.brief.courses import CourseView
from foedus.brief.passages import Anchors
from foedus.brief.rows import Link, Mark, Quote, Row, Said
from foedus.brief.sources import SourceView
from foedus.report.records import Report

__all__ = [
    "Card",
    "Day",
    "Dispute",
    "Doubt",
    "Group",
    "Limit",
    "Variant",
    "View",
    "Voice",
    "Why",
]


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
    status: str
    status_text: str
    stage: str
    since: str
    expected: str
    by: str
    evidence: str
    marks: tuple[Mark, ...]
    quotes: tuple[Quote, ...]
    why: Why
    course: CourseView | None = None


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """A limit with the reasons given for it, what is claimed against it, and what bears on it."""

    card: Card
    reasons: tuple[Quote, ...]
    against: tuple[Row, ...]
    other: tuple[Row, ...]


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


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """What the dates leave undecided, a report or a telling: the words for it, and the place."""

    text: str
    quote: Quote | None
    link: Link


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page says, in order."""

    alliance: str
    as_of: str
    known_by: str
    counts: tuple[str, ...]
    cards: tuple[Card, ...]
    limits: tuple[Limit, ...]
    presence: Presence | None
    chronology: tuple[Day, ...]
    undated: tuple[Row, ...]
    voices: tuple[Voice, ...]
    other_side: tuple[Group, ...]
    sanctions: tuple[Row, ...]
    support: tuple[Row, ...]
    stocks: tuple[Row, ...]
    disputes: tuple[Dispute, ...]
    unsettled: str
    undecided: tuple[Doubt, ...]
    sources: tuple[SourceView, ...]
    failures: tuple[str, ...]
    texts: tuple[tuple[Report, Anchors, str], ...]
