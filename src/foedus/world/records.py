"""What the world register holds: entities, their names, and who held which office when."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.acts import Span

__all__ = [
    "Control",
    "Entity",
    "EntityKind",
    "Mention",
    "NameForm",
    "Outlet",
    "Ownership",
    "Tenure",
]

EntityKind = Literal["state", "body", "person", "office", "outlet", "place", "group"]
NameForm = Literal[
    "name", "demonym", "inhabitant", "capital", "metonym", "surname", "office", "title"
]
"""How a mention names its entity: « Russie » name, « russe » demonym, « Russes » inhabitant,
« Moscou » capital, « Kremlin » metonym, « Poutine » surname, « secrétaire général de l'OTAN » office,
« le secrétaire général » title (an office's bare head, which only the context can complete)."""


Control = Literal["yes", "no", "public", "unknown"]
"""Whether a state controls what an outlet publishes: ``public`` is paid for by the public and
independent in law, ``yes`` is owned or directed by a government."""


class Tenure(msgspec.Struct, frozen=True, kw_only=True):
    """``holder`` (a person's slug) held an office from ``start`` to ``end`` (None: still).

    ``end`` is the day of handing over: it may be the next holder's ``start``.
    """

    holder: str
    start: date
    end: date | None = None
    reference: str
    checked: bool = False


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A state, body, person, office, outlet, place or group.

    ``id`` is the codebook's: ISO 3166-1 alpha-3 for states, else the slug of the English name.
    ``side`` is the state or body the entity speaks for (an office's, a person's by birth or seat),
    ``within`` the state or region a place lies in, ``members`` the entities that a group stands for.
    """

    id: str
    kind: EntityKind
    names: dict[str, str]
    side: str | None = None
    within: str | None = None
    gender: Literal["f", "m"] | None = None
    nationality: str | None = None
    members: tuple[str, ...] = ()


class Ownership(msgspec.Struct, frozen=True, kw_only=True):
    """Who owned an outlet, and whether a state controlled it, from the day ``since`` (if known)."""

    owner: str
    state_control: Control
    since: date | None = None
    reference: str
    checked: bool = False


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """A newspaper, broadcaster, site or news agency. ``ownership`` is in order of time."""

    id: str
    kind: Literal["outlet", "agency"] = "outlet"
    names: dict[str, str]
    country: str
    domains: tuple[str, ...] = ()
    ownership: tuple[Ownership, ...]

    def ownership_on(self, on: date | None = None) -> Ownership:
        """Return the ownership on the day ``on``; the latest when ``on`` is None."""
        if on is None:
            return self.ownership[-1]
        past = [o for o in self.ownership if o.since is None or o.since <= on]
        return past[-1] if past else self.ownership[0]

    @property
    def owner(self) -> str:
        """The latest owner known."""
        return self.ownership[-1].owner

    @property
    def state_control(self) -> Control:
        """Whether a state controls it, as last known."""
        return self.ownership[-1].state_control


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a text that name an entity: where, which, and by what kind of name.

    ``entities`` are all that bear the name, sorted; more than one where the words alone do not
    tell (« le président », a shared surname). ``weak``: ordinary words that name the entity only in
    some contexts (« l'Alliance », « les alliés », « Johnson »). ``former``: an office named as no
    longer held (« l'ancien président russe »): its present holder is not meant.
    """

    span: Span
    entities: tuple[str, ...]
    kind: EntityKind
    form: NameForm
    weak: bool = False
    former: bool = False
