"""Whether a verb is negated, conditioned, or has nobody for its subject.

Comes in: a verb of a parsed piece. Goes out: plain answers, from the words on both sides of it and the
clauses over it.
"""

from __future__ import annotations

from foedus.coding.syntax.tree import Token
from foedus.coding.syntax.words import Words
from foedus.coding.wording import Lexicon

__all__ = ["SUBJECT", "Polarity"]

SUBJECT = ("nsubj", "nsubj:pass", "nsubj:caus", "csubj")
"""Labels of a verb's subject."""
_BEFORE = 6
"""Words before a verb among which « ne » is looked for (« ne l'ont pas encore ratifiée »)."""


class Polarity:
    """Answers about negation and condition in one language."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._grammar = lexicon.grammar
        self._bare = set(lexicon.grammar.bare_negation)

    def negated(self, verb: Token) -> bool:
        """Whether a negation stands with the verb: « ne … pas », « aucun », « sans »."""
        window = [
            *verb.children,
            *[g for c in verb.children for g in c.children if c.dep.startswith("aux")],
        ]
        particles = self._grammar.negation_particles
        ne = not particles or any(t.lower in particles for t in window)
        for token in window:
            if ne and self._denies(token):
                return True
            if token.lower in self._grammar.without and token.dep in ("mark", "case"):
                return True
        if self._negated_around(verb):
            return True
        if particles and ne and self._bare & set(self._words.of(verb)):
            return True
        if ne:
            determiners = {g.lower for c in verb.children for g in c.children}
            determiners |= {c.lower for c in verb.children}
            return bool(determiners & set(self._grammar.negative_determiners))
        return False

    def _negated_around(self, verb: Token) -> bool:
        """« n'enverra pas »: the words on both sides of the verb, whatever the parser makes of them."""
        before = [t.lower for t in verb.doc[max(0, verb.i - _BEFORE) : verb.i]]
        cut = max((i for i, w in enumerate(before) if w in (",", *self._grammar.that)), default=-1)
        between = verb.doc[max(0, verb.i - _BEFORE) : verb.i][cut + 1 :]
        particles = self._grammar.negation_particles
        after_ne = next((n for n, w in enumerate(between) if w.lower in particles), None)
        has_ne = after_ne is not None and all(
            t.pos in ("AUX", "PRON", "ADV") for t in between[after_ne + 1 :]
        )
        if has_ne and any(self._denies(t) for t in between[(after_ne or 0) + 1 :]):
            return True  # « ne l'a pas encore livré »
        near = verb.doc[max(0, verb.i - 2) : verb.i + 3]
        return has_ne and any(
            self._denies(t) and (t.head.i == verb.head.i or verb.i in (t.head.i, t.head.head.i))
            for t in near
        )  # fmt: skip

    def _denies(self, token: Token) -> bool:
        """Whether a word is the second half of a negation; « pas moins », « pas seulement » are not."""
        following = token.nbor(1).lower if token.i + 1 < len(token.doc) else ""
        return (
            token.lower in self._grammar.negations
            and following not in self._grammar.empty_negations
        )

    def _is_if(self, token: Token) -> bool:
        """« si », and « s' » only before « il » (else it is the reflexive)."""
        if token.lower not in self._grammar.if_words:
            return False
        if not token.text.endswith("'"):
            return True
        following = token.nbor(1).lower if token.i + 1 < len(token.doc) else ""
        return following in (*self._grammar.he, *self._grammar.they)

    def dummy_subject(self, verb: Token) -> bool:
        """Whether « cela », « ce », « on » is the subject: then nobody is."""
        return any(c.dep in SUBJECT and c.lower in self._grammar.dummies for c in verb.children)

    def conditioned(self, verb: Token) -> bool:
        """Whether an « if » clause hangs on the verb: what it tells follows from a condition."""
        return any(
            self._is_if(mark) and mark.i < child.i
            for child in verb.children
            if child.dep == "advcl"
            for mark in child.children
        )

    def _granted(self, verb: Token) -> bool:
        """« si X a condamné l'attaque, nul ne l'a punie »: what is done is granted, not supposed."""
        over = verb.head
        done, main = (
            any(c.dep == "aux:tense" and c.feature("Tense") == "Pres" for c in v.children)
            for v in (verb, over)
        )
        return done and main and over is not verb

    def conditional_clause(self, token: Token) -> bool:
        """Whether the token lies in an « if » clause."""
        current = token
        for _ in range(8):
            marks = [c for c in current.children if c.dep in ("mark", "advmod")]
            if any(self._is_if(m) and m.i < current.i for m in marks):
                return not self._granted(current)
            if current.head == current:
                return False
            current = current.head
        return False
