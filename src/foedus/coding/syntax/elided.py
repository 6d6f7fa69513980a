"""Objects that stand elsewhere than after their verb: before it, or left out.

Comes in: a trigger. Goes out: the nouns that its act is about although no object hangs on it: what a
relative clause is about (« les obus que X a livrés »), the subject of a passive whose verb is an
infinitive (« des chars devraient être commandés »), and what a pronoun or a bare count points back to
(« la moitié », « en abat deux »), which is looked for in the same sentence and the one before.
"""

from __future__ import annotations

from foedus.coding.syntax.clauses import Clauses
from foedus.coding.syntax.parsing import Parsed
from foedus.coding.syntax.tree import Token
from foedus.coding.syntax.words import Words
from foedus.coding.wording import Grammar, Lexicon

__all__ = ["Elided"]

_VERBAL = ("VERB", "AUX")
_LOOK_BACK = 40
_PIECES = 1
"""Pieces before a verb's own in which its object may have been named."""
_UNDER = ("xcomp", "ccomp", "conj")


class Elided:
    """Finds the objects that a verb does not carry itself."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, words: Words) -> None:
        self._clauses = clauses
        self._words = words
        self._grammar: Grammar = lexicon.grammar
        self._things = lexicon.things
        self._measures = set(lexicon.grammar.measures)
        self._earlier: list[Parsed] = []

    def heads(self, verb: Token, parsed: Parsed) -> list[Token]:
        """Return the nouns that a verb is about and that are not its own object."""
        if verb.pos not in (*_VERBAL, "ADJ"):
            return []
        if self._clauses.undergone(verb) and not self._says_what(verb.head):
            return self._named_before(verb.head.left, verb)
        if self._clauses.passive(verb):
            return self._undergoing(verb, parsed)
        objects = [c for c in verb.children if c.dep in ("obj", "iobj", "obl:arg", "xcomp")]
        real = [c for c in objects if self._says_what(c)]
        if any(c.dep in ("obj", "xcomp") for c in real):
            return []
        if self._clauses.participle(verb) == "past":  # « un missile tiré de la mer »
            return [] if real else [c for c in verb.children if self._before(c, verb)]
        antecedent = self._antecedent(verb)
        if antecedent is not None:
            return self._whole(antecedent)
        return [] if real else self._pointed_at(verb, objects)

    def past_place(self, noun: Token) -> list[Token]:
        """« la livraison à l'Ukraine d'obus »: the parser makes the thing the country's."""
        of = set(self._grammar.of)
        named = (c for c in noun.children if c.pos == "PROPN" and c.cases and not c.cases & of)
        return [g for c in named for g in c.children if g.pos == "NOUN" and g.cases & of]

    @staticmethod
    def _before(child: Token, verb: Token) -> bool:
        return child.dep.startswith("nsubj") and child.i < verb.i

    @staticmethod
    def _whole(noun: Token) -> list[Token]:
        """« les chars Abrams »: the name may stand for its noun."""
        named = noun.pos == "PROPN" and noun.head.pos == "NOUN" and noun.head.i < noun.i
        return [noun.head, noun] if named else [noun]

    def _says_what(self, word: Token) -> bool:
        """Whether an object names something itself: no pronoun, no bare count."""
        if word.pos in _VERBAL:
            return True
        if word.pos not in ("NOUN", "PROPN", "ADJ"):
            return False
        if not set(self._words.of(word)) & self._measures:
            return True
        cases = {c.lower for part in word.children if part.dep == "nmod" for c in part.children}
        return bool(cases & set(self._grammar.of))

    def _undergoing(self, verb: Token, parsed: Parsed) -> list[Token]:
        """The subject of a passive, through modals, adjectives and « qui »."""
        subject = self._clauses.subject(verb, parsed)
        if subject is None and verb.head.pos == "ADJ" and verb.head.head is not verb.head:
            subject = verb.head.head  # « des obus susceptibles d'être livrés »
        if subject is not None and subject.lower in self._grammar.relative:
            subject = self._antecedent(verb) or self._right_before(subject)
        if subject is not None and self.left_out(subject):
            return self._named_before(subject.left, verb)
        return self._whole(subject) if subject is not None else []

    def meant(self, word: Token) -> list[Token]:
        """Return the thing named last before « ils », « six autres », of their number and gender."""
        plural = word.feature("Number") == "Plur" or word.lower in self._grammar.they
        return self._named_before(word.left, word, plural=plural)

    def left_out(self, word: Token) -> bool:
        """« les trois autres seront livrés », « ils ont été détruits »: the noun was said before."""
        others = set(self._words.of(word)) & set(self._grammar.others)
        return word.lower in self._grammar.they or (
            word.pos in ("ADJ", "PRON", "NUM") and bool(others)
        )

    @staticmethod
    def _right_before(relative: Token) -> Token | None:
        """The noun right before « qui », where the parser lost the tie."""
        before = relative.doc[relative.i - 1] if relative.i else None
        return before if before is not None and before.pos in ("NOUN", "PROPN") else None

    def _antecedent(self, verb: Token) -> Token | None:
        """The noun that a relative clause hangs on, where its pronoun is the object."""
        top = verb
        while top.dep in _UNDER and top.head.pos in _VERBAL and top.head is not top:
            top = top.head
        if top.dep != "acl:relcl" or top.head.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        opening = {t.lower for t in top.doc[top.left : top.left + 2]}
        wanted = (*self._grammar.that, *self._grammar.object_relative)
        if self._clauses.passive(verb):
            wanted = self._grammar.relative
        return top.head if opening & set(wanted) else None

    def _pointed_at(self, verb: Token, objects: list[Token]) -> list[Token]:
        """« en abat deux », « les a livrés »: the thing named last before, in the same sentence."""
        near = verb.doc[max(0, verb.i - 4) : verb.i]
        pronoun = any(
            t.pos == "PRON" and t.lower in self._grammar.object_pronouns and t.head.i >= verb.i
            for t in near
        )
        counted = any(c.pos != "PRON" for c in objects)  # « rien » points at nothing
        return self._named_before(verb.left, verb) if pronoun or counted else []

    def enter(self, parsed: Parsed) -> None:
        """Begin a piece: what the pieces right before it name may be pointed back at."""
        self._earlier = [*self._earlier, parsed][-_PIECES - 1 :]

    def _named_before(self, start: int, verb: Token, *, plural: bool = False) -> list[Token]:
        """The thing named last before a word, in its sentence or the one before, in the paragraph.

        ``plural``: only what stands in the plural.
        """
        here = self._earlier[-1] if self._earlier else None
        runs = [verb.doc[max(0, start - _LOOK_BACK) : start]]
        for piece in reversed(self._earlier[:-1]):
            if here is not None and piece.piece.paragraph == here.piece.paragraph:
                runs.append(piece.doc[-_LOOK_BACK:])
        for run in runs:
            for token in reversed(run):
                if plural and token.feature("Number") != "Plur":
                    continue
                if token.pos in ("NOUN", "PROPN") and self._is_thing(token):
                    return [token]
        return []

    def _is_thing(self, token: Token) -> bool:
        return any(lemma in self._things for lemma in self._words.of(token))
