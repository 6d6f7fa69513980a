"""Unnamed officials: « un haut responsable », « une source militaire », « le ministère »: for whom they speak.

Comes in: the noun for who says something, and what is said. Goes out: the state or body whose official or
organ it must be, by the capital beside it, by what is said of « us », or by whoever was told of just before.
A reader knows it in the same way; where nothing tells, nobody is named.
"""

from __future__ import annotations

import re

from foedus.acts import Span
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.referents import Referents
from foedus.coding.wording import Grammar

__all__ = ["Unnamed"]

_SUBJECTS = ("nsubj", "nsubj:pass")
_LEAD = 20
"""Characters before a capital in which a sentence begins that takes us there."""
_SCENE = 1200
"""Characters back in which the paragraph may have taken us somewhere."""
_SENTENCE = re.compile(r"[.!?»]\s")
_ENDS = (",", ".", ";", ":", "(")
_MENTIONS = 12
"""Names back among which the body stands whose leaders met."""
_PHRASE = 6
"""Words after the noun in which its phrase may tell whose it is."""


class Unnamed:
    """Finds for whom the unnamed officials of one report speak."""

    def __init__(self, referents: Referents, grammar: Grammar, words: Words) -> None:
        self._referents = referents
        self._grammar = grammar
        self._words = words
        self._officials = {*grammar.officials, *grammar.organs, *grammar.aides}
        self._of_the_state = {
            *grammar.officials, *grammar.informants, *grammar.central_organs
        }  # fmt: skip

    def side(self, noun: Token, content: Span, parsed: Parsed) -> tuple[str, ...]:
        """Return the state or body for which an unnamed official or organ speaks; nobody where nothing tells.

        Args:
            noun: the head of « un haut responsable du renseignement ».
            content: offsets of what is said.
            parsed: the piece in which ``noun`` stands.
        """
        met = self._gathered(noun, parsed)
        if met:
            return met
        if self._words.of(noun)[0] in self._grammar.envoys:
            return self._referents.organs.seated(noun, parsed)
        if not self._official(noun):
            return ()
        return (
            self._referents.of(noun, parsed)
            or self._owner(noun, parsed)
            or self._referents.organs.seated(noun, parsed)
            or self._acting(content, noun, parsed)
            or self._scene(noun, parsed)
            or self._told_last(noun, content, parsed)
        )

    def _gathered(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« À Madrid, les dirigeants ont promis »: those of the body that meets, told of last in the paragraphs near."""
        articles = {c.lower for c in noun.children if c.dep == "det"}
        several = articles & set(self._grammar.definite) - set(self._grammar.definite_one)
        if not several or not set(self._words.of(noun)) & set(self._grammar.gatherers):
            return ()
        phrase = parsed.span(noun, noun.right_edge)
        if self._referents.index.within(phrase):
            return ()  # « les dirigeants européens »
        here = parsed.span(noun)[0]
        for mention in self._referents.index.before(here, _MENTIONS):
            if here - mention.span[0] > _SCENE:
                return ()
            if mention.kind == "body" and set(mention.entities) <= {*self._grammar.gathered_for}:
                return self._referents.meant(mention)
        return ()

    def _told_last(self, noun: Token, content: Span, parsed: Parsed) -> tuple[str, ...]:
        """« L'Otan n'a pas réagi ; un responsable a dit »: of whoever was subject last in the paragraph.

        Not of local organs: « la police », « le parquet » may as well be those of the place that was attacked.
        """
        if self._of_the_state.isdisjoint(self._words.of(noun)):
            return ()
        here = min(parsed.span(noun)[0], content[0])
        return self._referents.pronouns.side_of_last_subject(here, parsed, near=True)

    def _owner(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le commandement opérationnel Sud de l'Ukraine »: the state or body named in the phrase."""
        for token in parsed.doc[noun.i + 1 : noun.i + 1 + _PHRASE]:
            if token.finite or token.text in _ENDS:
                break
            mention = self._referents.index.covering(parsed.span(token))
            if mention is not None and mention.kind == "place":
                return self._referents.state_around(mention)
            if mention is not None and mention.kind in ("state", "body", "person", "office"):
                return self._referents.fellows.side_of_owner(noun, self._referents.meant(mention))
        return ()

    def _scene(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« À Helsinki, on se dit soulagé. « … », confie un diplomate »: where the paragraph takes us."""
        here = parsed.span(noun)[0]
        index = self._referents.index
        far = max(0, here - _SCENE)
        start = max(far, index.folded.rfind("\n", far, here) + 1)
        for mention in reversed(index.within((start, here))):
            if mention.form != "capital" or len(mention.entities) != 1:
                continue
            low = max(start, mention.span[0] - _LEAD)
            opening = _SENTENCE.split(index.folded[low : mention.span[0]].lower())
            at_head = len(opening) > 1 or low == start
            words = opening[-1].split()
            there = words[-1:] and words[-1] in self._grammar.place
            if at_head and (there or opening[-1].rstrip().endswith(self._grammar.from_where)):
                return mention.entities
        return ()

    def _official(self, noun: Token) -> bool:
        """« un responsable », « une source diplomatique »: of a state, and no name tells of which."""
        lemmas = set(self._words.of(noun))
        if lemmas & set(self._grammar.informants):
            about = {lemma for c in noun.children for lemma in self._words.of(c)}
            return bool(about & set(self._grammar.official_words))
        return bool(lemmas & self._officials)

    def _acting(self, content: Span, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« L'Allemagne est prête à aider, indique un porte-parole »: the state whose doings he tells."""
        for token in parsed.tokens(content):
            if token.dep in _SUBJECTS and token is not noun:
                who = self._referents.of(token, parsed)
                mention = self._referents.index.covering(parsed.span(token))
                # « le maître de X » is not X
                named = token.pos == "PRON" or (mention is not None and mention.form != "demonym")
                agreement = self._referents.pronouns.agreement
                side = len(who) == 1 and not agreement.is_person(who[0])
                return who if side and named and not agreement.is_place(who[0]) else ()
        return ()
