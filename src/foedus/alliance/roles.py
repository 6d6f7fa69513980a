"""Who counts as what on a day: a member, the council, the partner, the other side.

Comes in: the declared roles and the world register. Goes out: for an entity and a day, yes or no.
Nothing here knows which alliance it is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from copy import copy
from datetime import date, timedelta
from typing import Protocol

import msgspec

from foedus.acts import DateRange, day
from foedus.alliance.schema import AllianceFile, Member, Role, RoleTest
from foedus.world.records import Entity, EntityKind, Tenure

__all__ = ["Registry", "Roles"]

_MOVING = ("person", "outlet")
"""Kinds of entities that speak for others on other days."""


class Registry(Protocol):
    """What the rules ask of the world register (``foedus.world.World`` is one)."""

    def entity(self, id: str, /) -> Entity | None:  # noqa: A002
        """Return the entity of that id, or None."""

    def entities(self, kind: EntityKind | None = None, /) -> tuple[Entity, ...]:
        """Return all entities, or those of one kind."""

    def offices_of(self, person_id: str, on: DateRange | None, /) -> tuple[str, ...]:
        """Return the offices that a person held throughout ``on``."""

    def tenures_of(self, person_id: str, /) -> tuple[tuple[str, Tenure], ...]:
        """Return every office that a person held, with its days."""

    def side_of(self, id: str, on: DateRange | None, /) -> str | None:  # noqa: A002
        """Return the state or body for which an entity speaks: only of persons and outlets it changes."""


class _ByRole:
    """The declared roles, by who has them."""

    def __init__(self, roles: tuple[Role, ...]) -> None:
        self.ids: dict[str, tuple[Role, ...]] = {}
        for role in roles:
            for one in role.ids:
                self.ids[one] = (*self.ids.get(one, ()), role)
        self.members = tuple(role for role in roles if role.members)
        self.non_members = tuple(role for role in roles if role.non_members)
        self.made_of = {role.id: frozenset((role.id,)) for role in roles}
        """Of each role itself and those that are made of it: who has it has them."""
        for _ in roles:
            for role in roles:
                for part in role.roles:
                    self.made_of[part] |= self.made_of[role.id]
        bound = (*self.members, *self.non_members)
        self.of_members = frozenset().union(*(self.made_of[role.id] for role in bound))


class Roles:
    """Answers which roles an entity has on a day; remembers its answers."""

    def __init__(
        self, declared: AllianceFile, memberships: tuple[Member, ...], world: Registry
    ) -> None:
        self._by = _ByRole(declared.roles)
        self._memberships: dict[str, tuple[Member, ...]] = {}
        for one in memberships:
            self._memberships[one.state] = (*self._memberships.get(one.state, ()), one)
        self._world = world
        self._standing: dict[str, tuple[str, ...]] = {}
        self._otherwise: tuple[Roles, str] | None = None
        self._forget()

    def _forget(self) -> None:
        self._fixed: dict[str, frozenset[str]] = {}
        self._stretches: dict[str, tuple[list[date], list[frozenset[str]]]] = {}
        self._by_day: dict[tuple[str, date], frozenset[str]] = {}
        self._supposed: dict[tuple[str, bool], Roles] = {}

    def supposing(self, state: str, *, member: bool) -> Roles:
        """Return the roles as they would be were a declared member always one, or never."""
        if (state, member) not in self._supposed:
            some = self._memberships[state][0]
            always = msgspec.structs.replace(some, joined=date.min, left=None)
            other = copy(self)
            other._forget()
            other._memberships = {**self._memberships, state: (always,) if member else ()}
            # who does not stand for the state has the roles that he has
            other._otherwise = self, state
            self._supposed[state, member] = other
        return self._supposed[state, member]

    @property
    def of_members(self) -> frozenset[str]:
        """The roles that somebody has, or has not, for being a member."""
        return self._by.of_members

    def has(self, entity: str, role: str, on: date) -> bool:
        """Whether ``entity`` has the role on the day: itself, or as one who speaks for who has it."""
        return role in self.held(entity, on)

    def held(self, entity: str, on: date) -> frozenset[str]:
        """Return all roles that an entity has on the day."""
        held = self._fixed.get(entity)
        if held is not None:
            return held
        stretches = self._stretches.get(entity)
        if stretches is not None:
            changes, roles = stretches
            return roles[bisect_right(changes, on)]
        held = self._by_day.get((entity, on))
        return self._learn(entity, on) if held is None else held

    def _learn(self, entity: str, on: date) -> frozenset[str]:
        """Work out an entity's roles, and remember them: always the same, by stretches of days, or by day."""
        states = self.stands_for(entity, on)
        if self._otherwise is not None and self._otherwise[1] not in states:
            return self._otherwise[0].held(entity, on)
        known = self._world.entity(entity)
        if known is not None and known.kind in _MOVING:
            return self._by_day.setdefault((entity, on), self._worked_out(entity, on))
        bound = [m for state in dict.fromkeys(states) for m in self._memberships.get(state, ())]
        left = {m.left + timedelta(days=1) for m in bound if m.left and m.left < date.max}
        changes = sorted(left | {m.joined for m in bound})
        if changes:
            roles = [self._worked_out(entity, day_) for day_ in (date.min, *changes)]
            self._stretches[entity] = changes, roles
        else:
            self._fixed[entity] = self._worked_out(entity, on)
        return self.held(entity, on)

    def _worked_out(self, entity: str, on: date) -> frozenset[str]:
        by = self._by
        roles: set[str] = set()
        for one in dict.fromkeys(self.stands_for(entity, on)):
            found = by.ids.get(one, ())
            if self.member(one, on):
                found = (*found, *by.members)
            elif self._state(one):
                found = (*found, *by.non_members)
            roles.update(role.id for role in found if role.sides or one == entity)
        return frozenset().union(*(by.made_of[role] for role in roles))

    def passes(self, test: RoleTest | None, entities: Iterable[str], on: date) -> bool:
        """Whether a list of entities passes a rule's test of roles."""
        if test is None:
            return True
        nobody, found, fixed = True, False, self._fixed
        for entity in entities:
            nobody = False
            held = fixed.get(entity) or self.held(entity, on)
            if not held.isdisjoint(test.none):
                return False
            found = found or not held.isdisjoint(test.any)
        return found or not test.any or (test.empty and nobody)

    def bearers(
        self, test: RoleTest | None, entities: Iterable[str], on: date
    ) -> tuple[str, ...] | None:
        """Return those of ``entities`` for whom the test passes; None when it does not pass."""
        named = tuple(entities)
        if test is None:
            return named
        held = {e: self.held(e, on) for e in named}
        if not all(roles.isdisjoint(test.none) for roles in held.values()):
            return None
        if not test.any or (test.empty and not named):
            return named
        found = tuple(e for e in named if not held[e].isdisjoint(test.any))
        return found or None

    def side(self, entity: str, on: date) -> str:
        """Return the state or body for which ``entity`` speaks, or itself where none is known."""
        return self._world.side_of(entity, day(on)) or entity

    def offices(self, entity: str, on: date) -> tuple[str, ...]:
        """Return the offices that a person held on the day."""
        return self._world.offices_of(entity, day(on))

    def tenures(self, entity: str) -> tuple[tuple[str, Tenure], ...]:
        """Return every office that a person held, with its days: whose word counts may depend on it."""
        return self._world.tenures_of(entity)

    def declared(self, role: str) -> bool:
        """Whether the alliance declares a role of that id."""
        return role in self._by.made_of

    def states(self) -> tuple[str, ...]:
        """Return every state that is known, made-up ones (which have no code) first."""
        known = (e.id for e in self._world.entities("state"))
        return tuple(sorted(known, key=lambda i: (i.isupper(), i)))

    def stands_for(self, entity: str, on: date) -> tuple[str, ...]:
        """Return an entity, its side and, for a place, the regions and states around it."""
        standing = self._standing.get(entity)
        if standing is not None:
            return standing
        known = self._world.entity(entity)
        side = self._world.side_of(entity, day(on)) or entity
        standing = (entity, *(() if side == entity else (side,)), *self._around(known))
        if known is None or known.kind not in _MOVING:
            self._standing[entity] = standing
        return standing

    def member_states(self, entity: str, on: date) -> tuple[str, ...]:
        """Return the members for which ``entity`` stands: itself, its side, the state it lies in."""
        return tuple(e for e in self.stands_for(entity, on) if self.member(e, on))

    def member(self, entity: str, on: date) -> bool:
        """Whether an entity itself is a member on the day."""
        return any(
            m.joined <= on and (m.left is None or on <= m.left)
            for m in self._memberships.get(entity, ())
        )

    def _state(self, entity: str) -> bool:
        known = self._world.entity(entity)
        return known is not None and known.kind == "state"

    def _around(self, known: Entity | None) -> tuple[str, ...]:
        """Return the regions and states around a place."""
        chain: list[str] = []
        while known is not None and known.kind == "place" and known.within is not None:
            if known.within in chain:
                break
            chain.append(known.within)
            known = self._world.entity(known.within)
        return tuple(chain)
