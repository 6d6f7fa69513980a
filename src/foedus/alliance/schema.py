"""The structure of the YAML files that declare an alliance: one record a file, one field a key.

Unknown keys are refused: a misspelt one is an error when the file is read, not a key without effect.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.acts import Aux, EventType, Vague
from foedus.ledger import CueKinds

Day = date

__all__ = [
    "ActsFile",
    "AllianceFile",
    "Article",
    "ArticlesFile",
    "CueEntry",
    "CuesFile",
    "Effect",
    "Force",
    "ForcesFile",
    "HistoryAct",
    "Level",
    "Mechanism",
    "MechanismsFile",
    "Member",
    "MembersFile",
    "Pattern",
    "Period",
    "Reference",
    "Role",
    "RoleTest",
    "Rule",
    "Stage",
    "StateTest",
]

Names = dict[str, str]
"""Wording by language (``fr``, ``en``)."""


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a declared thing is said: issuing body, title, date.

    With ``precision`` only the month or the year of ``date`` is sure, and the rest is not shown.
    """

    body: str
    title: str
    date: Day
    precision: Vague | None = None


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From a day to a day, both included; no ``end``: still."""

    start: Day
    end: Day | None = None
    reference: Reference
    checked: bool = False


class Role(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who counts as what: named entities, the members or the non-members on the day, other roles.

    With ``sides``, who speaks for one of them counts too (a minister for his state). ``names`` is how
    rules in words call it (« a member »).
    """

    id: str
    names: Names = {}
    ids: tuple[str, ...] = ()
    members: bool = False
    non_members: bool = False
    roles: tuple[str, ...] = ()
    sides: bool = True


class AllianceFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``alliance.yaml``: what the alliance is called, where it binds, who is who in its rules.

    ``body`` is the alliance itself, ``organs`` are those by which it decides; ``meant_by`` are others (a group of
    states, say) by which it is meant too: what is said to them is said to it. Whom the world register does not
    hold stands in the folder's ``world/``.
    """

    id: str
    names: Names
    body: str
    organs: tuple[str, ...] = ()
    meant_by: tuple[str, ...] = ()
    area: Names = {}
    roles: tuple[Role, ...]
    reference: Reference
    checked: bool = False


class Article(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clause of the treaty: its number and what it says, in our words."""

    number: str
    text: Names
    reference: Reference
    checked: bool = False


class ArticlesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``articles.yaml``."""

    articles: tuple[Article, ...]


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A state's membership, and the periods in which it stood outside the military structure."""

    state: str
    joined: Day
    left: Day | None = None
    outside: tuple[Period, ...] = ()
    reference: Reference
    checked: bool = False


class MembersFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``members.yaml``."""

    members: tuple[Member, ...]


class CueEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wording rule of a cue in one language; the fields are those of ``CueWording``."""

    phrases: tuple[str, ...]
    types: tuple[EventType, ...] = ()
    needs: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    own: bool = False
    refused: bool = False
    placed: bool = False
    instrument: str | None = None


class CuesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``cues.yaml``: cue → language → wording rules; what cues are called; those with a section of the page.

    A cue without a name is called as the mechanism of its name. ``ledger``: what cues are to the ledger.
    """

    cues: dict[str, dict[str, tuple[CueEntry, ...]]]
    names: dict[str, Names] = {}
    sections: dict[Literal["sanctions"], tuple[str, ...]] = {}
    ledger: CueKinds = CueKinds()


class RoleTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which roles an act's actors, recipients or places must and must not have.

    ``any``: at least one of them has one of these roles; an empty list passes only with ``empty``.
    ``none``: not one of them has any of these.
    """

    any: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    empty: bool = False


class StateTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where another mechanism has to stand on the day of the act, that day's acts included.

    One of ``status`` has to be its status, and one of ``stages``, where any are named, its stage.
    """

    mechanism: str
    status: tuple[Literal["engaged", "not_engaged", "ruled_out"], ...] = ("engaged",)
    stages: tuple[str, ...] = ()


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which acts a rule speaks of. Everything given must hold; of a list, one value is enough.

    ``targets`` tests recipients and places together. ``polarity`` is that of the act itself.
    ``future``: what an act told as still to come does: it ``announces`` (the mechanism's first
    stage, nothing more), it ``counts`` like a deed (a promise), it is the ``only`` kind meant, or it
    is ``excluded`` (another rule speaks of it). ``states``: where other mechanisms have to stand on
    the day of the act. ``since``, ``until``: only acts of these days, both included.
    """

    types: tuple[EventType, ...] = ()
    cues: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    polarity: Literal["affirmed", "negated", "either"] = "affirmed"
    future: Literal["announces", "counts", "only", "excluded"] = "announces"
    actors: RoleTest | None = None
    recipients: RoleTest | None = None
    places: RoleTest | None = None
    targets: RoleTest | None = None
    states: tuple[StateTest, ...] = ()
    since: Day | None = None
    until: Day | None = None


Effect = Literal["initiates", "terminates", "rules_out", "ends", "claims", "asks"]


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an act that fits ``when`` does to the mechanism.

    ``initiates`` sets a stage, ``terminates`` ends the mechanism, ``rules_out`` excludes it; ``ends`` ends
    one ``stage`` that does not engage (an attack that is over), and nothing else;
    ``claims`` and ``asks`` change nothing and are listed: somebody holds it against the alliance,
    somebody asks for what a limit excludes. ``by``: whether the actors are those who brought it
    about. ``lasts``: for how many days it holds, that of the act included (1: on that day only);
    without it, until another act. With ``closes``, what began before is over with it: a consultation
    held closes the request for it.
    """

    id: str
    effect: Effect
    stage: str | None = None
    when: Pattern
    by: bool = True
    lasts: int | None = None
    closes: bool = False


class Level(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule over told levels (of stocks) instead of acts.

    It ``initiates`` a stage or, without one, ``terminates``; ``lasts`` is that of :class:`Rule`.
    """

    id: str
    effect: Literal["initiates", "terminates"] = "initiates"
    stage: str | None = None
    lasts: int | None = None
    cues: tuple[str, ...]
    levels: tuple[str, ...]
    places: RoleTest | None = None


class Stage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A step of a mechanism, in order. ``engages``: whether reaching it engages the mechanism."""

    id: str
    names: Names
    engages: bool = True


class Mechanism(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the alliance can do, or excludes (``limit``), with the rules that decide it.

    ``initial`` is where it stands when nothing is known: ``off``, or ``none`` (unknown).
    ``competent`` are offices, bodies and roles whose word on it counts as evidence.
    """

    id: str
    names: Names
    section: Literal["treaty", "bodies", "posture", "support", "limits"]
    kind: Literal["measure", "limit"] = "measure"
    article: str | None = None
    clause: Names
    reference: Reference
    checked: bool = False
    initial: Literal["off", "none"] = "off"
    competent: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    rules: tuple[Rule, ...] = ()
    levels: tuple[Level, ...] = ()


class MechanismsFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``mechanisms.yaml``, or one file of several in ``mechanisms/``."""

    mechanisms: tuple[Mechanism, ...]


class Tenure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who led or hosted a force from a day on."""

    state: str
    start: Day
    end: Day | None = None


class Size(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many people a force counts from a day on."""

    start: Day
    value: int
    reference: Reference
    checked: bool = False


class Force(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A standing force of the alliance: who hosts and leads it, since when, how large."""

    id: str
    mechanism: str
    names: Names
    start: Day
    end: Day | None = None
    host: str | None = None
    base: str | None = None
    framework: tuple[Tenure, ...] = ()
    sizes: tuple[Size, ...] = ()
    reference: Reference
    checked: bool = False


class ForcesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``forces.yaml``."""

    forces: tuple[Force, ...]


class HistoryAct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An act of the alliance's public record.

    ``until``: it went on until that day, or lies between the two. ``precision``: only the month or
    the year of ``date`` is sure. With a ``landmark``, a known event of the register, these, ``what``, ``reference``
    and ``checked`` are taken from there (:mod:`foedus.alliance.known`); without, ``date`` and ``reference`` must stand.
    """

    landmark: str | None = None
    date: Day = date.min
    until: Day | None = None
    precision: Vague | None = None
    type: EventType
    mode: str | None = None
    aux: tuple[Aux, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    what: Names = {}
    reference: Reference = Reference(body="", title="", date=date.min)
    checked: bool = False


class ActsFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``history/*.yaml``."""

    acts: tuple[HistoryAct, ...]
