"""Objects that stand elsewhere than after their verb: before it, or left out.

Comes in: a trigger. Goes out: the nouns that its act is about although no object hangs on it: what a
relative clause is about (« les obus que X a livrés »), the subject of a passive whose verb is an
infinitive (« des chars devraient être commandés »), and what a pronoun or a bare count points back to
(« la moitié », « en abat deux »), which is looked for in the same sentence only.
"""

from __future__ import annotations

from foedus.coding.clauses import Clauses
from foedus.coding.lexicon import Grammar, Lexicon
from foedus.coding.parsing import Parsed
from foedus.coding.tree import Token
from foedus.coding.words import Words

__all__ = ["Elided"]

_VERBAL = ("VERB", "AUX")
_LOOK_BACK = 40
_UNDER = ("xcomp", "ccomp", "conj")


class Elided:
    """Finds the objects that a verb does not carry itself."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, words: Words) -> None:
        self._clauses = clauses
        self._words = words
        self._grammar: Grammar = lexicon.grammar
        self._things = lexicon.things
        self._measures = set(lexicon.grammar.measures)

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
        if real:
            return []
        if self._clauses.participle(verb) == "past":  # « un missile tiré de la mer »
            return [c for c in verb.children if c.dep.startswith("nsubj") and c.i < verb.i]
        antecedent = self._antecedent(verb)
        if antecedent is not None:
            return [antecedent]
        return self._pointed_at(verb, objects)

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
            subject = self._antecedent(verb)
        return [subject] if subject is not None else []

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

    def _named_before(self, start: int, verb: Token) -> list[Token]:
        for token in reversed(verb.doc[max(0, start - _LOOK_BACK) : start]):
            if token.pos in ("NOUN", "PROPN") and any(
                lemma in self._things for lemma in self._words.of(token)
            ):
                return [token]
        return []
