"""What a brief is made from: the answers of the other rooms, gathered, and nothing of a page yet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

import msgspec

from foedus.acts import DateRange, Quantity, Statement
from foedus.alliance.records import MechanismStatus
from foedus.ledger.records import Difference, Fact, Source, Undecided
from foedus.report.records import Failure, Report
from foedus.world.records import Entity, Outlet

__all__ = ["Material", "MechanismWords", "Register"]


class Register(Protocol):
    """What the brief asks of the world register."""

    def entity(self, entity_id: str, /) -> Entity | None:
        """Return the entity of that id, or None."""

    def side_of(self, entity_id: str, on: DateRange | None, /) -> str | None:
        """Return the state or body for which the entity speaks."""

    def outlet(self, outlet_id: str, /) -> Outlet | None:
        """Return what is known of the outlet, or None."""


class MechanismWords(msgspec.Struct, frozen=True, kw_only=True):
    """How a mechanism is called, the clause it rests on, and whether it is a limit."""

    id: str
    names: Mapping[str, str]
    clause: Mapping[str, str] = {}
    limit: bool = False
    stages: Mapping[str, Mapping[str, str]] = {}
    """The names of its stages, by stage and language."""
    cues: tuple[str, ...] = ()
    """The cues whose facts bear on it, besides the one of its own name."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one brief shows, as of one day and as known by one day.

    ``own`` are the alliance and its members; ``as_of`` is None when no report can be dated.
    """

    alliance: Mapping[str, str]
    mechanisms: tuple[MechanismWords, ...] = ()
    own: tuple[str, ...] = ()
    as_of: date | None = None
    known_by: date | None = None
    statuses: tuple[MechanismStatus, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    reports: tuple[Report, ...] = ()
    disagreements: tuple[tuple[Fact, Difference], ...] = ()
    undecided: tuple[Undecided, ...] = ()
    """Readings whose dates straddle one of the days asked about."""
    failures: tuple[Failure, ...] = ()
