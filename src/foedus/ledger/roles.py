"""Whether two lists of actors, recipients or places can mean the same ones.

Comes in: ids of the codebook and, for who speaks for whom, the world register. Goes out: yes or
no. A list left empty contradicts nothing; a person stands for himself and for the side he speaks
for, but two persons of one side are not each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from foedus.acts import Act, DateRange
from foedus.world import Landmark
from foedus.world.records import Entity, Mention

__all__ = ["NoWorld", "Roles", "WorldLike", "modes_agree"]

_KEPT = 50_000
"""Lists of which it is remembered whom they mean."""


class WorldLike(Protocol):
    """What the ledger asks of the world register."""

    def entity(self, entity_id: str, /) -> Entity | None:
        """Return the entity of that id, or None."""

    def side_of(self, entity_id: str, on: DateRange | None, /) -> str | None:
        """Return the state or body for which the entity speaks on those days, or None."""

    def find(self, text: str, language: str, /) -> tuple[Mention, ...]:
        """Return who is named in a text, and where."""


class NoWorld:
    """A register that knows nobody: everyone stands for himself."""

    def entity(self, _entity_id: str, /) -> Entity | None:
        """Return None."""
        return None

    def side_of(self, _entity_id: str, _on: DateRange | None, /) -> str | None:
        """Return None."""
        return None

    def find(self, _text: str, _language: str, /) -> tuple[Mention, ...]:
        """Return nobody."""
        return ()


def modes_agree(a: str | None, b: str | None) -> bool:
    """Whether two PLOVER modes can be of one act: « multilateral » goes with how the parties met."""
    return a == b or a is None or b is None or "multilateral" in (a, b)


class Roles:
    """Answers of the world register, remembered, on who can be whom."""

    def __init__(self, world: WorldLike | None = None) -> None:
        self._world: WorldLike = world or NoWorld()
        # who has none to tell knows no event
        self.landmarks: Mapping[str, Landmark] = getattr(world, "landmarks", {})
        self._sides: dict[tuple[str, DateRange | None], str | None] = {}
        self._reach: dict[tuple[tuple[str, ...], DateRange | None], frozenset[str]] = {}
        self._within: dict[str, tuple[str, ...]] = {}
        self._listed: dict[str, tuple[str, ...]] = {}
        self._parties: dict[tuple[tuple[str, ...], DateRange | None], frozenset[str]] = {}
        self._sets: dict[frozenset[str], frozenset[str]] = {}

    def one(self, names: Iterable[str]) -> frozenset[str]:
        """Return ``names`` as a set, the same object for the same names: many tellings name few."""
        found = frozenset(names)
        return self._sets.setdefault(found, found)

    def side(self, who: str, on: DateRange | None) -> str | None:
        """Return the side that ``who`` speaks for, or None when it is himself or unknown."""
        key = (who, on)
        if key not in self._sides:
            side = self._world.side_of(who, on)
            self._sides[key] = None if side == who else side
        return self._sides[key]

    def within(self, place: str) -> tuple[str, ...]:
        """Return the places that hold ``place``, nearest first."""
        if place not in self._within:
            chain: list[str] = []
            entity = self._world.entity(place)
            while entity is not None and entity.within and entity.within not in (place, *chain):
                chain.append(entity.within)
                entity = self._world.entity(entity.within)
            self._within[place] = tuple(chain)
        return self._within[place]

    def sides(self, who: Iterable[str], on: DateRange | None) -> frozenset[str]:
        """Return ``who`` with persons and offices replaced by the side they speak for."""
        return frozenset(self.side(w, on) or w for w in who)

    def parties(self, who: tuple[str, ...], on: DateRange | None) -> frozenset[str]:
        """Return the sides for which ``who`` speak, without groups of which members are named too."""
        if (who, on) not in self._parties:
            self._parties[who, on] = self.members_only(self.sides(who, on))
        return self._parties[who, on]

    def members_only(self, who: frozenset[str]) -> frozenset[str]:
        """Return ``who`` without groups of which members are named too: « the three Baltic states, A, B, C »."""
        return frozenset(w for w in who if not who.intersection(self.members(w)))

    def members(self, group: str) -> tuple[str, ...]:
        """Return the entities that a group stands for; none for anybody else."""
        entity = self._world.entity(group)
        return entity.members if entity is not None else ()

    def listed(self, group: str) -> tuple[str, ...]:
        """Return the members of a group that is the list of them, as a body is not."""
        if group not in self._listed:
            self._listed[group] = () if self.is_body(group) else self.members(group)
        return self._listed[group]

    def is_body(self, who: str) -> bool:
        """Whether ``who`` is an alliance or another body, which can meet by itself."""
        return self._kind(who) == "body"

    def is_town(self, place: str) -> bool:
        """Whether ``place`` is a place that lies within another: a town, a region of a state."""
        entity = self._world.entity(place)
        return entity is not None and entity.kind == "place" and entity.within is not None

    def is_region(self, place: str) -> bool:
        """Whether ``place`` lies in no one state: a sea, a flank, a continent."""
        entity = self._world.entity(place)
        return entity is not None and entity.kind == "place" and entity.within is None

    def is_unknown(self, place: str) -> bool:
        """Whether nothing is known of ``place``, which is no state by its code: it may lie in another."""
        return not place.isupper() and self._world.entity(place) is None

    def is_state(self, who: str) -> bool:
        """Whether ``who`` is a state."""
        return self._kind(who) == "state"

    def _kind(self, who: str) -> str | None:
        entity = self._world.entity(who)
        return None if entity is None else entity.kind

    def meet(
        self, a: tuple[str, ...], b: tuple[str, ...],
        on_a: DateRange | None = None, on_b: DateRange | None = None,
    ) -> bool:  # fmt: skip
        """Whether the lists name somebody in common, himself or by the side he speaks for.

        A group with settled members (« the three Baltic states ») is the list of them; a body is not.
        """
        if not a or not b:
            return False
        return not (self._meant(a, on_a).isdisjoint(b) and self._meant(b, on_b).isdisjoint(a))

    def _meant(self, who: tuple[str, ...], on: DateRange | None) -> frozenset[str]:
        """Return ``who``, the sides for which they speak and the members of groups among them."""
        found = self._reach.get((who, on))
        if found is None:
            if len(self._reach) >= _KEPT:
                self._reach.clear()
            sides = (side for w in who if (side := self.side(w, on)) is not None)
            members = (m for w in who for m in self.listed(w))
            found = self._reach[who, on] = self.one((*who, *sides, *members))
        return found

    def places_meet(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether the lists name a place in common, or one that lies in the other."""
        set_a, set_b = set(a), set(b)
        if set_a & set_b:
            return True
        return any(set_b.intersection(self.within(p)) for p in a) or any(
            set_a.intersection(self.within(p)) for p in b
        )

    def can_be_one(
        self, a: Act, b: Act, on_a: DateRange | None = None, on_b: DateRange | None = None
    ) -> bool:
        """Whether nothing in the roles, places or mode of two acts of one type sets them apart."""
        return (
            modes_agree(a.mode, b.mode)
            and (not a.actors or not b.actors or self.meet(a.actors, b.actors, on_a, on_b))
            and (not a.places or not b.places or self.places_meet(a.places, b.places))
            and (
                not a.recipients
                or not b.recipients
                or self.meet(a.recipients, b.recipients, on_a, on_b)
            )
        )
