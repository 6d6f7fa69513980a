"""Names beside a noun: « le ministre polonais Jan Nowak », « l'ambassadrice de X à Y, Jana Nowak, ».

Comes in: a noun for a person, an office or an organisation. Goes out: the person or body whose name
stands beside it, before or after a comma, as far as the words show that they are one.
"""

from __future__ import annotations

from typing import Protocol

from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["Apposition"]

_NAMED = ("person", "office", "state", "body")
_REACH = 14
"""Words after a noun in which the comma before the name stands."""


class _Resolver(Protocol):
    """What is asked of the rest: whom a mention and its list mean."""

    def listed(self, mention: Mention) -> tuple[str, ...]: ...


class Apposition:
    """Finds the names that stand beside the nouns of one report."""

    def __init__(
        self, referents: _Resolver, index: MentionIndex, grammar: Grammar, words: Words
    ) -> None:
        self._referents = referents
        self._index = index
        self._grammar = grammar
        self._words = words

    def singular(self, token: Token) -> bool:
        """Whether a noun means one: « le Polonais » tells it by its article where its form does not."""
        articles = {c.lower for c in token.children if c.dep == "det"}
        return bool(articles & set(self._grammar.definite_one)) or token.feature("Number") != "Plur"

    def of_office(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le porte-parole de X chargé de Y, Jan Nowak, »: the name that stands in commas beside."""
        for child in token.children:
            mention = self._index.covering(parsed.span(child)) if child.dep == "appos" else None
            if mention is not None and mention.kind == "person" and self.singular(token):
                return mention.entities if len(mention.entities) == 1 else ()
        return tuple(self.after_comma(token, parsed))

    def beside(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """A name may head its phrase by any of its words, or stand beside a common noun."""
        for child in token.children:
            beside = child.dep in ("flat:name", "flat:foreign", "appos", "flat", "dep")
            if beside or _bare_name(child):
                # « la diplomate [Jana] Nowak »: the surname may hang on the given name
                for word in (child, *(c for c in child.children if c.dep == "flat:name")):
                    mention = self._index.covering(parsed.span(word))
                    if mention is None or mention.form == "demonym":
                        continue
                    if mention.kind in _NAMED:
                        return self._referents.listed(mention)
        return ()

    def led_by(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« Jana Nowak porte-parole de X a affirmé »: a name right before a function without article or comma."""
        if token.i == 0 or any(c.dep == "det" for c in token.children):
            return ()
        mention = self._index.covering(parsed.span(token.nbor(-1)))
        near = mention is not None and mention.span[1] + 1 == parsed.span(token)[0]
        named = mention is not None and mention.kind == "person" and len(mention.entities) == 1
        return mention.entities if mention is not None and near and named else ()

    def organisation(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le groupe français Delta »: the body whose name ends the phrase, not the state it is of."""
        if not set(self._words.of(token)) & set(self._grammar.organisation_words):
            return ()
        if not any(c.lower in self._grammar.definite_one for c in token.children):
            return ()
        near = self._index.within(
            parsed.span(token, parsed.doc[min(token.i + 3, len(parsed.doc) - 1)])
        )
        if len(near) < 2 or near[0].form != "demonym":
            return self._abbreviated(token, parsed)
        beside = near[1].span[0] - near[0].span[1] == 1 and near[1].kind == "body"
        return self._referents.listed(near[1]) if beside else ()

    def _abbreviated(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le syndicat des contrôleurs aériens GDX », « l'institut américain X »: the letters that end the phrase."""
        for word in parsed.doc[token.i + 1 : token.i + _REACH]:
            if word.text in ",;:." or word.lower in self._grammar.relative:
                return ()
            mention = self._index.covering(parsed.span(word))
            letters = sum(letter.isupper() for letter in word.text) > 1
            if mention is not None and mention.kind == "body" and letters:
                return mention.entities if word.nbor(-1).pos in ("NOUN", "ADJ") else ()
        return ()

    def telling(self, token: Token) -> bool:
        """« l'ambassadrice américaine à Kiev, Jane Nowak »: a function with all that is told of it."""
        told = any(c.dep in ("amod", "nmod") for c in token.children)
        return told and self._words.means_person(token)

    def after_comma(self, token: Token, parsed: Parsed) -> list[str]:
        """« le chef du bureau présidentiel, Jan Nowak »: the name after the phrase's comma."""
        near = parsed.doc[token.i + 1 : token.i + _REACH]
        comma = next((t for t in near if t.text == ","), None)
        lead = parsed.doc[token.i + 1 : comma.i] if comma is not None else []
        if (
            comma is None
            or any(t.pos in ("VERB", "AUX") and t.feature("VerbForm") != "Part" for t in lead)
            or not self.singular(token)
        ):
            return []
        start = parsed.span(comma)[1] + 1
        titled = [t for t in parsed.doc[comma.i + 1 : comma.i + 3] if t.pos != "DET"]
        if titled and titled[0].lower in self._grammar.civil_titles:
            start = parsed.span(titled[0])[1] + 1  # « , M. Jan Nowak, », « , le général Jan Nowak »
        mention = next(iter(self._index.within((start, start + 1))), None)
        if mention is None or mention.kind != "person" or len(mention.entities) != 1:
            return []
        return [mention.entities[0]]

    def within(self, token: Token, parsed: Parsed) -> list[str]:
        """« le général à la retraite Jan Nowak »: the name that hangs deep in the phrase."""
        if not self.singular(token) or any(t.pos == "VERB" for t in token.subtree):
            return []
        phrase = parsed.span(token, token.right_edge)
        named = [m for m in self._index.within(phrase) if m.kind == "person" and m.form == "name"]
        return list(named[0].entities) if len(named) == 1 and len(named[0].entities) == 1 else []


def _bare_name(child: Token) -> bool:
    """« le vice-chancelier Jan Nowak »: a name that the parser governs without a preposition."""
    governed = any(c.dep == "case" for c in child.children)
    named = child.pos in ("PROPN", "X") or child.text[:1].isupper()  # « l'administration Nowak »
    return named and child.dep == "nmod" and not governed
