"""What the world register holds: entities, their names, and who held which office when."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.acts import Span

__all__ = ["Entity", "EntityKind", "Mention", "NameForm", "Tenure"]

EntityKind = Literal["state", "body", "person", "office", "outlet", "place", "group"]
NameForm = Literal[
    "name", "demonym", "inhabitant", "capital", "metonym", "surname", "office", "title"
]
"""How a mention names its entity: « Russie » name, « russe » demonym, « Russes » inhabitant,
« Moscou » capital, « Kremlin » metonym, « Poutine » surname, « secrétaire général de l'OTAN » office,
« le secrétaire général » title (an office's bare head, which only the context can complete)."""


class Tenure(msgspec.Struct, frozen=True, kw_only=True):
    """``holder`` (a person's slug) held an office from ``start`` to ``end`` (None: still)."""

    holder: str
    start: date
    end: date | None = None
    reference: str
    checked: bool = False


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A state, body, person, office, outlet, place or group.

    ``id`` is the codebook's: ISO 3166-1 alpha-3 for states, else the slug of the English name.
    ``side`` is the state or body the entity speaks for (an office's, a person's by birth or seat),
    ``within`` the state or region a place lies in.
    """

    id: str
    kind: EntityKind
    names: dict[str, str]
    side: str | None = None
    within: str | None = None
    gender: Literal["f", "m"] | None = None
    nationality: str | None = None


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a text that name an entity: where, which, and by what kind of name.

    ``entities`` are all that bear the name, sorted; more than one where the words alone do not
    tell (« le président », a shared surname).
    """

    span: Span
    entities: tuple[str, ...]
    kind: EntityKind
    form: NameForm
