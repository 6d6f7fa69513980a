"""What the register's YAML files may hold. One class a file, one class an entry.

``Names`` maps a language (``fr``, ``en``, or ``any`` for wording that all languages share) to
wordings; the first is the one that is shown. In a wording, ``|`` ends a context that must be there
but is no part of the name: ``les|alliés``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.acts import EventType, Vague
from foedus.world.records import Control

__all__ = [
    "AliasDecl",
    "BodiesFile",
    "BodyDecl",
    "LandmarkDecl",
    "LandmarksFile",
    "MarkDecl",
    "MatchingFile",
    "Names",
    "OfficeDecl",
    "OfficesFile",
    "OutletDecl",
    "OutletsFile",
    "PartDecl",
    "PersonDecl",
    "PersonsFile",
    "Phrases",
    "PlaceDecl",
    "PlacesFile",
    "RoleDecl",
    "RolesFile",
    "StateDecl",
    "StatesFile",
    "TenureDecl",
    "Wording",
]

Day = date
"""A day; a field is called ``date``."""
Names = dict[str, list[str]]
Phrases = dict[str, list[str]]
"""Beginnings of words by language, in small letters without accents; of a phrase, one after the other."""


class _Decl(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entry of a declared file: a misspelt key is an error."""


class StateDecl(_Decl, frozen=True, kw_only=True):
    """A state (or a territory that ISO 3166-1 lists, with the state that administers it).

    ``seats`` are what stands for it: palaces, ministries, parliaments, services; of ``weak_seats``
    other states have their own too.
    """

    names: Names
    weak: Names = {}
    adjectives: Names = {}
    weak_adjectives: Names = {}
    prefixes: Names = {}
    inhabitants: Names = {}
    seats: Names = {}
    weak_seats: Names = {}
    capital: str | None = None
    administered_by: str | None = None


class StatesFile(_Decl, frozen=True, kw_only=True):
    """``states/*.yaml``."""

    states: dict[str, StateDecl]


class BodyDecl(_Decl, frozen=True, kw_only=True):
    """An international body, a de facto authority, a company of fighters, or a group of states.

    ``named_by_seat``: the press names it by the city of its ``seat`` (« Bruxelles »).
    """

    kind: Literal["body", "group"] = "body"
    names: Names
    weak: Names = {}
    adjectives: Names = {}
    weak_adjectives: Names = {}
    inhabitants: Names = {}
    side: str | None = None
    seat: str | None = None
    named_by_seat: bool = False
    members: list[str] = []


class BodiesFile(_Decl, frozen=True, kw_only=True):
    """``bodies.yaml`` and ``bodies/*.yaml``."""

    bodies: dict[str, BodyDecl]


class PersonDecl(_Decl, frozen=True, kw_only=True):
    """A person: every given name goes with every surname; ``alone`` says what a bare surname tells."""

    given: list[str] = []
    surname: list[str] = []
    names: dict[str, str] = {}
    also: list[str] = []
    alone: Literal["strong", "weak", "never"] = "strong"
    gender: Literal["f", "m"]
    nationality: str


class PersonsFile(_Decl, frozen=True, kw_only=True):
    """``persons.yaml``."""

    persons: dict[str, PersonDecl]


class OwnershipDecl(_Decl, frozen=True, kw_only=True):
    """An owner of an outlet from a date on."""

    owner: str
    state_control: Control
    since: date | None = None
    reference: str
    checked: bool = False


class OutletDecl(_Decl, frozen=True, kw_only=True):
    """A newspaper, broadcaster, site or agency."""

    kind: Literal["outlet", "agency"] = "outlet"
    names: Names
    weak: Names = {}
    country: str
    domains: list[str] = []
    ownership: list[OwnershipDecl]


class OutletsFile(_Decl, frozen=True, kw_only=True):
    """``outlets.yaml``."""

    outlets: dict[str, OutletDecl]


class PlaceDecl(_Decl, frozen=True, kw_only=True):
    """A city, region, sea, border or base."""

    names: Names
    weak: Names = {}
    within: str | None = None


class PartDecl(_Decl, frozen=True, kw_only=True):
    """A part that every state has (« l'est de la Pologne »); wordings are templates."""

    names: Names


class PlacesFile(_Decl, frozen=True, kw_only=True):
    """``places/*.yaml``."""

    places: dict[str, PlaceDecl] = {}
    parts: dict[str, PartDecl] = {}


class RoleDecl(_Decl, frozen=True, kw_only=True):
    """An office that many states or bodies have.

    ``names`` are templates: ``{adj}`` stands for a demonym adjective, ``{name}`` for a name,
    ``{of}`` for a name with its preposition. ``titles`` are bare heads. ``states`` is "all" or a
    list of codes.
    """

    label: dict[str, str]
    names: Names = {}
    titles: Names = {}
    states: Literal["all"] | list[str] = []
    without: list[str] = []
    bodies: list[str] = []


class AliasDecl(_Decl, frozen=True, kw_only=True):
    """A way to name whichever office leads: the first of ``order`` that the side has.

    ``first`` puts a role before that order for the states listed.
    """

    order: list[str]
    first: dict[str, list[str]] = {}
    names: Names = {}
    titles: Names = {}


class RolesFile(_Decl, frozen=True, kw_only=True):
    """``roles.yaml``."""

    roles: dict[str, RoleDecl]
    aliases: dict[str, AliasDecl] = {}


class TenureDecl(_Decl, frozen=True, kw_only=True):
    """Who held an office from when to when."""

    holder: str
    start: date
    end: date | None = None
    reference: str | None = None
    checked: bool = False


class OfficeDecl(_Decl, frozen=True, kw_only=True):
    """An office of one side: a role of ``roles.yaml``, or one of its own with a label."""

    role: str | None = None
    label: dict[str, str] = {}
    side: str
    names: Names = {}
    titles: Names = {}
    reference: str | None = None
    tenures: list[TenureDecl] = []


class OfficesFile(_Decl, frozen=True, kw_only=True):
    """``offices/*.yaml``. ``known_until``: the last day for which open tenures are vouched for."""

    known_until: date
    offices: dict[str, OfficeDecl]


class ReferenceDecl(_Decl, frozen=True, kw_only=True):
    """Where a thing is said: issuing body, title, date as far as it is sure."""

    body: str
    title: str
    date: Day
    precision: Vague | None = None


class MarkDecl(_Decl, frozen=True, kw_only=True, rename={"with_": "with"}):
    """What singles a known event out, all of it together; of a list, one.

    ``trigger`` is looked for in the word that tells the act, ``words`` and ``with`` in its clause, in which none
    of ``without`` stands. ``day``: the telling names the day. ``near``: its report appeared within so many days.
    ``told``: its report tells of one of these events elsewhere, be it this one.
    """

    words: Phrases = {}
    with_: Phrases = {}
    without: Phrases = {}
    trigger: Phrases = {}
    places: list[str] = []
    parties: list[str] = []
    instruments: list[str] = []
    cues: list[str] = []
    day: bool = False
    near: int | None = None
    told: list[str] = []


class LandmarkDecl(_Decl, frozen=True, kw_only=True):
    """A dated event that is known; ``actors`` only where nobody disputes who did it.

    ``lasts``: it went on after its days. ``whole``: it is a war as a whole, and no act in it. ``within``: what is
    told of a place in one of its places is told of it.
    """

    names: dict[str, str]
    date: Day
    until: Day | None = None
    precision: Vague | None = None
    lasts: bool = False
    whole: bool = False
    within: bool = False
    types: list[EventType]
    actors: list[str] = []
    recipients: list[str] = []
    places: list[str] = []
    marks: list[MarkDecl]
    reference: ReferenceDecl
    checked: bool = False


class LandmarksFile(_Decl, frozen=True, kw_only=True):
    """``landmarks/*.yaml``."""

    landmarks: dict[str, LandmarkDecl]


class Wording(_Decl, frozen=True, kw_only=True):
    """How one language joins names: prepositions, and what around a name changes its meaning."""

    of: list[str]
    not_after_hyphen: list[str] = []
    offices_not_after_hyphen: list[str] = []
    former_before: list[str] = []
    titles_not_before: list[str] = []


class MatchingFile(_Decl, frozen=True, kw_only=True):
    """``matching.yaml``: one entry a language."""

    languages: dict[str, Wording]
