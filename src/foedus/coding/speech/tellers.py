"""Tellers that are no persons: papers, outlets, and « on » at a place.

Comes in: the subject of words of saying. Goes out: whose the words are: who issued the communiqué, which
outlet is meant by « le journal américain », who sits where « dit-on à l'Otan ».
"""

from __future__ import annotations

from foedus.acts import Span
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who import SEATS, Referents, Unnamed
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["Tellers"]

_NEAR = 14
"""Words after « dit-on » or « un communiqué » in which the place or the issuer is told."""
_BACK = 60
"""Mentions back that « le journal » looks for an outlet."""

Told = tuple[tuple[str, ...], Span]


class Tellers:
    """Finds whose words they are where the subject is no person, in one report."""

    def __init__(self, referents: Referents, grammar: Grammar, words: Words) -> None:
        self._referents = referents
        self._grammar = grammar
        self._words = words
        self.unnamed = Unnamed(referents, grammar, words)
        self._staff = {*grammar.aides, *grammar.organs}
        self._issued: tuple[str, ...] = ()

    def of(self, subject: Token, parsed: Parsed, content: Span) -> Told | None:
        """Return who speaks through a subject, and where he is named; None where it is no such subject.

        Nobody (an empty tuple) where it is one and tells nobody.
        """
        word = subject.lower
        if self._grammar.inverted_pronouns.get(word, word) in self._grammar.one:
            return self._somewhere(subject, parsed, content)
        lemmas = set(self._words.of(subject))
        if lemmas & set(self._grammar.papers):
            return self.issuer(subject, parsed)
        if lemmas & set(self._grammar.outlet_words):
            return self._outlet(subject, parsed)
        return None

    def issuer(self, paper: Token, parsed: Parsed) -> Told:
        """« un communiqué de la présidence », « le texte publié par X »: who is named first after it."""
        for token in self._phrase(paper, parsed):
            organ = set(self._words.of(token)) & set(self._grammar.organs)
            if organ and (who := self._referents.of(token, parsed)):
                self._issued = who
                return who, parsed.span(token)
            mention = self._referents.index.covering(parsed.span(token))
            if mention is not None and mention.kind not in ("place", "outlet"):
                noun = token.head if mention.form == "demonym" else token
                self._issued = self._referents.of(noun, parsed) or self._referents.meant(mention)
                return self._issued, mention.span
        articles = {c.lower for c in paper.children if c.dep == "det"}
        again = articles & {*self._grammar.definite_one, *self._grammar.back_pointers}
        return (self._issued if again else ()), parsed.span(paper)

    def _somewhere(self, subject: Token, parsed: Parsed, content: Span) -> Told:
        """« dit-on à l'Otan », « lit-on dans un communiqué de X »: whoever sits there or wrote it."""
        there = False
        for token in self._phrase(subject, parsed):
            there = there or token.lower in self._grammar.place
            if there and set(self._words.of(token)) & set(self._grammar.papers):
                return self.issuer(token, parsed)
            if there and set(self._words.of(token)) & self._staff:
                return self.unnamed.side(token, content, parsed), parsed.span(token)
            mention = self._referents.index.covering(parsed.span(token)) if there else None
            if mention is not None and (mention.kind == "body" or mention.form in SEATS):
                return self._referents.meant(mention), mention.span
        return self._seat_before(subject, parsed) or ((), parsed.span(subject))

    def _seat_before(self, subject: Token, parsed: Parsed) -> Told | None:
        """« À Londres, on assure », « du côté de Londres, on assure »: the seat that the sentence opens with."""
        if len(parsed.doc) < 3:
            return None
        beside = parsed.doc[0].lower in self._grammar.from_where  # « côté russe, on nie »
        if parsed.doc[0].pos != "ADP" and not beside:
            return None
        for token in parsed.doc[1 : subject.i]:
            mention = self._referents.index.covering(parsed.span(token))
            if mention is not None and (mention.form in SEATS or beside):
                return self._referents.meant(mention), mention.span
        return None

    def _outlet(self, noun: Token, parsed: Parsed) -> Told | None:
        """« l'agence Reuters »: the outlet beside the noun; « le journal américain »: the last named."""
        index = self._referents.index
        for token in self._phrase(noun, parsed)[:4]:
            mention = index.covering(parsed.span(token))
            if mention is not None and mention.kind == "outlet":
                return mention.entities[:1], mention.span
        articles = {c.lower for c in noun.children if c.dep == "det"}
        if not articles & {*self._grammar.definite, *self._grammar.back_pointers}:
            return None
        last = next((m for m in index.before(parsed.span(noun)[0], _BACK) if _outlet(m)), None)
        return (last.entities[:1], parsed.span(noun)) if last is not None else None

    def _phrase(self, token: Token, parsed: Parsed) -> list[Token]:
        """The words after a token, as far as the next comma or finite verb."""
        found: list[Token] = []
        for word in parsed.doc[token.i + 1 : token.i + 1 + _NEAR]:
            if word.finite or word.text in (",", ".", ";", ":"):
                break
            found.append(word)
        return found


def _outlet(mention: Mention) -> bool:
    return mention.kind == "outlet"
