"""Sides: for whom somebody speaks, so that his « nous » is known.

Comes in: a speaker's id. Goes out: the state or body that the report gives him, else the register's, else
the state told last before his name; himself where none is known.
"""

from __future__ import annotations

from typing import Protocol

from foedus.acts import DateRange
from foedus.coding.who.mentions import MentionIndex
from foedus.world import World

__all__ = ["Sides"]

_PARAGRAPH = 400
"""Characters before a name in which its paragraph tells where somebody is from."""
_BESIDE = 60
"""Characters after the start of an office in which an adjective tells whose it is."""


class _Resolver(Protocol):
    """What is asked of the rest: the « office, name » pairs of the report."""

    posts: list[tuple[int, tuple[str, ...], str]]


class Sides:
    """Finds for whom the speakers of one report speak."""

    def __init__(
        self, referents: _Resolver, index: MentionIndex, world: World, published: DateRange | None
    ) -> None:
        self._referents = referents
        self._index = index
        self._world = world
        self._published = published

    def of(self, speaker: str | None) -> tuple[str, ...]:
        """Return whom a speaker's « nous » means: the side the report gives him, else the register's."""
        if speaker is None:
            return ()
        told = self._told(speaker)
        known = told or self._world.side_of(speaker, self._published)
        return (known or self._home_told(speaker) or speaker,)

    def _home_told(self, person: str) -> str | None:
        """« À Tallinn, le général Jan Nowak »: the state told last before a name, in its paragraph."""
        named = self._index.first_named.get(person)
        if named is None:
            return None
        low = max(0, named.span[0] - _PARAGRAPH)
        start = max(low, self._index.folded.rfind("\n", low, named.span[0]) + 1)
        states = [
            m.entities[0] for m in self._index.within((start, named.span[0]))
            if m.kind == "state" and len(m.entities) == 1
        ]  # fmt: skip
        return states[-1] if states else None

    def _told(self, person: str) -> str | None:
        """The side that a person's office, as the report names it, speaks for."""
        for place, offices, holder in self._referents.posts:
            if holder == person:
                sides = {self._world.side_of(office, self._published) for office in offices}
                told = self._state_beside(place)
                if told is not None and told not in sides:
                    return told  # « secrétaire d'État estonienne », which is no other state's
                if len(sides) == 1:
                    return sides.pop()
        return None

    def _state_beside(self, place: int) -> str | None:
        """The state whose adjective stands beside an office."""
        near = self._index.within((place, place + _BESIDE))
        return next((m.entities[0] for m in near if m.form == "demonym"), None)
