"""What a brief is made from: the answers of the other rooms, gathered, and nothing of a page yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, Protocol

import msgspec

from foedus.acts import DateRange, Quantity, Statement
from foedus.alliance import Alliance, Stretch
from foedus.alliance.records import MechanismStatus
from foedus.alliance.schema import Force, Mechanism, Member
from foedus.ledger.hand import Kept
from foedus.ledger.records import Difference, Fact, Source, Undecided
from foedus.report.records import Failure, Report
from foedus.world.records import Entity, Outlet

__all__ = [
    "Material",
    "MechanismWords",
    "Register",
    "alliance_words",
    "declared_words",
    "mechanism_words",
]


class Register(Protocol):
    """What the brief asks of the world register."""

    def entity(self, entity_id: str, /) -> Entity | None:
        """Return the entity of that id, or None."""

    def side_of(self, entity_id: str, on: DateRange | None, /) -> str | None:
        """Return the state or body for which the entity speaks."""

    def outlet(self, outlet_id: str, /) -> Outlet | None:
        """Return what is known of the outlet, or None."""


class MechanismWords(msgspec.Struct, frozen=True, kw_only=True):
    """How a mechanism and its stages are called, whether it is a limit, and what it is about."""

    id: str
    names: Mapping[str, str]
    limit: bool = False
    about: Literal["support", "stocks"] | None = None
    """What is given to others, or how much there is; other mechanisms have no section of their own."""
    stages: Mapping[str, Mapping[str, str]] = {}
    """The names of its stages, by stage and language."""
    cues: tuple[str, ...] = ()
    """The cues whose facts bear on it, besides the one of its own name."""


def declared_words(mechanisms: Iterable[MechanismWords]) -> dict[str, Mapping[str, str]]:
    """Return the names of mechanisms and of their stages by code, for :class:`Words`.

    A limit has an entry ``limit.ID`` too. A stage has one of its mechanism (``stage.ID.STAGE``), and one of its own
    that takes its name from the first mechanism that declares it.
    """
    found: dict[str, Mapping[str, str]] = {}
    for mechanism in mechanisms:
        found[f"mechanism.{mechanism.id}"] = mechanism.names
        if mechanism.limit:
            found[f"limit.{mechanism.id}"] = mechanism.names
        for stage, names in mechanism.stages.items():
            found[f"stage.{mechanism.id}.{stage}"] = names
            found.setdefault(f"stage.{stage}", names)
    return found


def alliance_words(declared: Alliance) -> dict[str, Mapping[str, str]]:
    """Return what an alliance names in words: mechanisms, stages, cues, roles of its rules."""
    head = declared.declared
    cues = {f"cue.{m.id}": m.names for m in declared.mechanisms}
    cues |= {f"cue.{cue}": names for cue, names in declared.cue_names.items()}
    roles = {f"role.{r.id}": r.names for r in head.roles if r.names}
    return declared_words(mechanism_words(declared)) | cues | roles


def mechanism_words(declared: Alliance) -> tuple[MechanismWords, ...]:
    """Return how the alliance calls its mechanisms and their stages, in declared order."""
    return tuple(_words_of(m) for m in declared.mechanisms)


def _words_of(mechanism: Mechanism) -> MechanismWords:
    cues = {c for rule in mechanism.rules for c in rule.when.cues}
    cues |= {c for level in mechanism.levels for c in level.cues}
    of_support = mechanism.section == "support"
    return MechanismWords(
        id=mechanism.id,
        names=mechanism.names,
        limit=mechanism.kind == "limit",
        about=("stocks" if mechanism.levels else "support") if of_support else None,
        stages={s.id: s.names for s in mechanism.stages},
        cues=tuple(sorted(cues)),
    )


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one brief shows, as of one day and as known by one day.

    ``own`` are the alliance and its members, ``meant_by`` others by which it is meant; ``sanctions`` are the cues of
    the section on them. ``as_of`` is None when no report can be dated.
    """

    alliance: Mapping[str, str]
    mechanisms: tuple[MechanismWords, ...] = ()
    own: tuple[str, ...] = ()
    meant_by: tuple[str, ...] = ()
    sanctions: tuple[str, ...] = ()
    as_of: date | None = None
    known_by: date | None = None
    statuses: tuple[MechanismStatus, ...] = ()
    facts: tuple[Fact, ...] = ()
    statements: tuple[Statement, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sources: tuple[Source, ...] = ()
    reports: tuple[Report, ...] = ()
    disagreements: tuple[tuple[Fact, Difference], ...] = ()
    courses: Mapping[str, tuple[Stretch, ...]] = {}
    """Where each mechanism stood from which day on, as far as days are known."""
    memberships: tuple[Member, ...] = ()
    """Those that hold on the day; ``outside``: who of them is outside the military structure."""
    outside: tuple[str, ...] = ()
    forces: tuple[Force, ...] = ()
    """The alliance's standing forces on the day."""
    undecided: tuple[Undecided, ...] = ()
    """Records of which the dates cannot tell whether they count on the days shown."""
    unsettled: tuple[str, ...] = ()
    """Hashes of the reports whose day of publication is not settled; what they tell is shown."""
    failures: tuple[Failure, ...] = ()
    entered: tuple[Kept, ...] = ()
    """The rows that persons entered by hand."""
