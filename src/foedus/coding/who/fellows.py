"""Fellows: people told by somebody else: his counterpart, his adviser, his administration.

Comes in: a noun such as « homologue », « conseiller », « administration », and whom the words beside it mean.
Goes out: who holds the same office elsewhere, or the side for which the other one speaks.
"""

from __future__ import annotations

from typing import Protocol

from foedus.acts import DateRange
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.apposition import Apposition
from foedus.coding.who.offices import Offices
from foedus.coding.who.people import People
from foedus.coding.who.pronouns import Pronouns
from foedus.coding.wording import Grammar
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["Fellows"]


class _Resolver(Protocol):
    """What is asked of the rest."""

    apposition: Apposition
    offices: Offices
    people: People
    pronouns: Pronouns


class Fellows:
    """Finds who is told by somebody else, in one report."""

    def __init__(
        self,
        referents: _Resolver,
        grammar: Grammar,
        words: Words,
        world: World,
        published: DateRange | None,
    ) -> None:
        self._referents = referents
        self._grammar = grammar
        self._words = words
        self._world = world
        self._published = published

    def counterpart(self, token: Token, state: Mention, parsed: Parsed) -> str | None:
        """« son homologue ukrainien »: of the person spoken of last, by his own office."""
        fellow = set(self._words.of(token)) & set(self._grammar.counterparts)
        if not fellow or not self._referents.apposition.singular(token):
            return None
        person = self._referents.people.last(token, parsed)
        if person is None:
            return None
        return self._referents.offices.counterpart(person, state.entities[0])

    def side_of_owner(self, token: Token, who: tuple[str, ...]) -> tuple[str, ...]:
        """« un conseiller de M. Nowak »: somebody else, of his side; else those who were given."""
        person = len(who) == 1 and self._referents.pronouns.is_person(who[0])
        another = set(self._words.of(token)) & set(self._grammar.aides)
        return self._side(who[0]) if person and another else who

    def of_his(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« selon son porte-parole »: somebody else, of the side of whoever was subject last."""
        his = any(c.lower in self._grammar.possessive for c in token.children)
        if (
            token.feature("Number") == "Plur"
            or not his
            or not set(self._words.of(token)) & set(self._grammar.aides)
        ):
            return ()
        return self._referents.pronouns.side_of_last_subject(parsed.span(token)[0], parsed)

    def of_administration(self, token: Token, who: tuple[str, ...]) -> tuple[str, ...]:
        """« l'administration Biden »: the state that he governs; nobody for other nouns."""
        governing = set(self._words.of(token)) & set(self._grammar.administrations)
        return self._side(who[0]) if governing else ()

    def of_house(self, token: Token, house: Mention) -> str | None:
        """« le haut responsable de la Maison-Blanche »: the one of that side who was named before."""
        anybody = set(self._words.of(token)) & set(self._grammar.anybody)
        definite = any(c.lower in self._grammar.definite_one for c in token.children)
        if not (anybody and definite and self._referents.apposition.singular(token)):
            return None
        return self._referents.people.national(house)

    def _side(self, person: str) -> tuple[str, ...]:
        side = self._world.side_of(person, self._published)
        return (side,) if side is not None else ()
