"""Places: where an act is done, by its own clause or by a word that points back to a place.

Comes in: a trigger, or a complement with a preposition. Goes out: slugs of places and states: « en X »,
« dans ce pays », « y »; a capital after « à » is the city and not its government.
"""

from __future__ import annotations

from foedus.coding.acts.roles import Complement, Roles
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Frame, Grammar, Lexicon

__all__ = ["Places", "is_town"]


class Places:
    """Finds the places of the acts of one report."""

    def __init__(self, referents: Referents, roles: Roles, lexicon: Lexicon, words: Words) -> None:
        self._referents = referents
        self._roles = roles
        self._grammar = lexicon.grammar
        self._words = words

    def of(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return the places that stand after a verb, or that its « y » means."""
        found = self._roles.complements(verb, parsed)
        places = [w for c in found if c.preposition in self._grammar.place for w in self.seats(c)]
        if not places and {c.lower for c in verb.children} & set(self._grammar.there):
            places = self._there(verb, parsed)
        return tuple(dict.fromkeys(places))

    def before(self, trigger: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return the places told before a trigger, or pointed back to in its clause."""
        places: list[str] = []
        for item in self._roles.before(trigger, parsed):
            if item.preposition in self._grammar.place and item.mention.kind in ("place", "state"):
                head = parsed.doc[item.at]
                if head.head.i == trigger.i or head.head.head.i == trigger.i:
                    places += [w for w in self.seats(item) if w not in places]
        if not places:
            places += self._that_country(trigger, parsed)
        clitics = {c.lower for c in trigger.children}
        if not places and clitics & set(self._grammar.there):
            places += self._there(trigger, parsed)
        return tuple(places)

    def _that_country(self, trigger: Token, parsed: Parsed) -> list[str]:
        """« dans ce pays »: the one named last."""
        end = self._roles.clause_end(trigger, parsed)
        for token in parsed.doc[trigger.i + 1 : end]:
            pointed = any(c.lower in self._grammar.back_pointers for c in token.children)
            if pointed and set(self._words.of(token)) & set(self._grammar.the_country):
                return list(self._referents.last_place(parsed.span(token)[0]))
        return []

    def _there(self, trigger: Token, parsed: Parsed) -> list[str]:
        """« y »: the last place or state named before."""
        return list(self._referents.last_place(parsed.span(trigger)[0]))

    def seats(self, item: Complement) -> tuple[str, ...]:
        """A capital after « à » or « dans » is the city, not the government."""
        if item.mention.form != "capital":
            return item.who
        return tuple(self._referents.seat_of(w) or w for w in item.who)


def is_town(item: Complement, frame: Frame, grammar: Grammar) -> bool:
    """Whether « à X » says where: people meet at a place, and go to a city."""
    mention = item.mention
    if mention.kind == "place" and (frame.type == "CONSULT" or not item.stood_for):
        return True
    city = mention.kind == "place" or mention.form == "capital"
    person = item.stood_for or item.preposition in grammar.to_people
    return city and not person and _meets_or_moves(frame)


def _meets_or_moves(frame: Frame) -> bool:
    """Arms go « à Kiev » the government; people meet « à Bruxelles » the city."""
    return frame.type not in ("AID", "AGREE", "REQUEST", "THREATEN", "REJECT", "ACCUSE")
