"""Offices: who is meant by « le secrétaire général », « son Premier ministre », « le ministre ».

Comes in: the mention of an office or of a bare title. Goes out: its holder on the report's day, by the
name that stands beside it, by what the report told before, or by whose office it can be.
"""

from __future__ import annotations

import bisect
import re
from typing import Protocol

from foedus.acts import DateRange
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["Offices"]

_BACK = 40
"""How many mentions back a title looks."""


class _Resolver(Protocol):
    """What is asked of the rest: whom other mentions mean."""

    posts: list[tuple[int, tuple[str, ...], str]]

    def meant(self, mention: Mention) -> tuple[str, ...]: ...
    def person_beside(self, mention: Mention) -> str | None: ...


class Offices:
    """Finds who holds the offices that one report tells of."""

    def __init__(
        self,
        referents: _Resolver,
        index: MentionIndex,
        grammar: Grammar,
        world: World,
        published: DateRange | None,
    ) -> None:
        self._referents = referents
        self._index = index
        self._grammar = grammar
        self._world = world
        self._published = published
        # « son porte-parole », « un porte-parole »: not whoever was last called so
        self._of_another = {*grammar.possessive, *grammar.indefinite}
        self._sides: dict[tuple[str, ...], dict[str | None, list[str]]] = {}

    def holder(self, mention: Mention) -> tuple[str, ...]:
        """Return whom an office or a bare title means; the state it speaks for where no holder is known."""
        beside = self._referents.person_beside(mention)
        if beside is not None:
            return (beside,)
        if mention.former:
            return self._formerly(mention)
        offices = set(mention.entities)
        if mention.form == "title":
            return self._of_title(mention, offices)
        told = self._told_before(mention, offices)
        if told:
            return told
        for position, posts, person in self._referents.posts:
            if position > mention.span[0] and offices & set(posts):
                return (person,)
        holders = {h for o in mention.entities if (h := self._world.holder(o, self._published))}
        if len(holders) == 1:
            return (holders.pop(),)
        if self._published is None:
            once = self._once_held(offices)
            if once is not None:
                return (once,)
        sides = {s for o in mention.entities if (s := self._world.side_of(o, self._published))}
        return (sides.pop(),) if len(sides) == 1 else ()

    def _of_title(self, mention: Mention, offices: set[str]) -> tuple[str, ...]:
        """« le ministre », « son porte-parole »: the last one called so, unless it is another's."""
        if self._lead(mention) & self._of_another:
            return self._titled(mention, offices)
        last = self._last_held(mention, offices) or self._told_before(mention, offices)
        return last or self._titled(mention, offices)

    def _told_before(self, mention: Mention, offices: set[str]) -> tuple[str, ...]:
        """Who was named with one of the offices beside his name, last before a mention."""
        for position, posts, person in reversed(self._referents.posts):
            if position < mention.span[0] and offices & set(posts):
                return (person,)
        return ()

    def _formerly(self, mention: Mention) -> tuple[str, ...]:
        """« l'ancien Premier ministre norvégien »: the Norwegian named last who does not hold the office now.

        Only with the definite article: « un ancien ministre » may be anybody.
        """
        lead = re.findall(
            r"\w+'?", self._index.folded[max(0, mention.span[0] - 12) : mention.span[0]]
        )
        if len(lead) < 2 or lead[-2].lower() not in self._grammar.definite_one:
            return ()
        offices = set(mention.entities)
        sides = {self._world.side_of(o, self._published) for o in offices}
        for other in self._index.before(mention.span[0], _BACK):
            if other.kind not in ("person", "office"):
                continue
            for person in self._referents.meant(other):
                entity = self._world.entity(person)
                holds = offices & set(self._world.offices_of(person, self._published))
                if entity is not None and entity.nationality in sides and not holds:
                    return (person,)
        return ()

    def counterpart(self, person: str, state: str) -> str | None:
        """« son homologue ukrainien »: the holder of a person's own office in another state."""
        told = {o for _, posts, who in self._referents.posts if who == person for o in posts}
        held = told or set(self._world.offices_of(person, self._published))
        holders = {
            holder
            for office in held
            for other in self._world.counterparts(office, state)
            if (holder := self._world.holder(other, self._published))
        }
        return holders.pop() if len(holders) == 1 else None

    def _once_held(self, offices: set[str]) -> str | None:
        """In a report of unknown day: the one person named in it who ever held the office."""
        holders = {
            person
            for person in self._index.persons
            if offices & set(self._world.offices_of(person, None))
        }
        return holders.pop() if len(holders) == 1 else None

    def _titled(self, mention: Mention, offices: set[str]) -> tuple[str, ...]:
        """A bare title that nobody told before has: whose office it can be, or who is told after."""
        at = bisect.bisect_left(self._index.starts, mention.span[0])
        owned = self._owned(mention, at)
        if owned:
            return owned
        for other in self._index.mentions[at + 1 : at + _BACK]:
            # a standfirst says « le secrétaire général » before the story names him in full
            if other.kind == "office" and other.form == "office" and offices & set(other.entities):
                return self._referents.meant(other)
        return ()

    def _last_held(self, mention: Mention, offices: set[str]) -> tuple[str, ...]:
        """The last one told before who has the title, by the register or by the report's own words."""
        for other in self._index.before(mention.span[0], _BACK):
            if other.kind == "office" and other.form == "office" and offices & set(other.entities):
                return self._referents.meant(other)
            if other.kind == "person" and len(other.entities) == 1:
                person = other.entities[0]
                held = {*self._world.offices_of(person, self._published)}
                told = {
                    o for _, posts, who in self._referents.posts if who == person for o in posts
                }
                if offices & (held | told):
                    return other.entities
        return ()

    def _owned(self, mention: Mention, at: int) -> tuple[str, ...]:
        """« l'Otan …, a redit son secrétaire général »: the holder of the office that is theirs.

        Whose it is: the state or body named last, where « son » says so; else the only one of the
        report so far that has such an office.
        """
        sides = self._offices_of_sides(mention.entities)
        before = [
            m.entities[0] for m in self._index.mentions[max(0, at - 5 * _BACK) : at]
            if len(m.entities) == 1 and m.entities[0] in sides and m.form != "demonym"
        ]  # fmt: skip
        if not before or not (self._his(mention) or len(set(before)) == 1):
            return ()
        offices = sides[before[-1]]
        if len(offices) > 1:
            return ()  # « son porte-parole »: the president's, or the ministry's
        holder = self._world.holder(offices[0], self._published)
        return (holder,) if holder is not None else ()

    def _his(self, mention: Mention) -> bool:
        return bool(self._lead(mention) & set(self._grammar.possessive))

    def _lead(self, mention: Mention) -> set[str]:
        """The word before a mention."""
        lead = self._index.folded[max(0, mention.span[0] - 6) : mention.span[0]].split()
        return {lead[-1].lower()} if lead else set()

    def _offices_of_sides(self, offices: tuple[str, ...]) -> dict[str | None, list[str]]:
        """The offices of each state or body; « le Premier ministre » may be two hundred states'."""
        if offices not in self._sides:
            found: dict[str | None, list[str]] = {}
            for office in offices:
                found.setdefault(self._world.side_of(office, self._published), []).append(office)
            self._sides[offices] = found
        return self._sides[offices]
