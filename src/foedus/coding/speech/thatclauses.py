"""« que » and what it brings: the clause that is said, under a verb of saying.

Comes in: a verb of saying. Goes out: the « que » of the clause that it says, or where a clause without
« que » begins; nothing where « que » compares, takes up a noun, or brings something else.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.coding.syntax import Clauses, Token, Words
from foedus.coding.wording import Lexicon

__all__ = ["ThatClauses"]


class ThatClauses:
    """Finds the clauses that verbs of saying bring, in one language."""

    def __init__(
        self, clauses: Clauses, lexicon: Lexicon, words: Words, says: Callable[[Token], bool]
    ) -> None:
        self._clauses = clauses
        self._words = words
        self._grammar = lexicon.grammar
        self._sayings = lexicon.sayings
        self._says = says

    def that(self, verb: Token) -> Token | None:
        """The « que » of the clause that is said: within reach after the verb, past the one told."""
        for token in verb.doc[verb.i + 1 : verb.i + 14]:
            word = token.lower
            another = token.pos == "VERB" and (
                self._clauses.participle(token) is None or self._says(token)
            )
            if word in (";", ".", "!") or another:
                return None
            if word in self._grammar.that:
                if self._relative(token, verb):
                    return None
                if self._no_content(token, verb):
                    return None
                content = token.head.dep == "ccomp" and token.head.head is verb
                content = content or self._past_hearers(token, verb) or self._told_them(token, verb)
                if token.dep in ("obj", "nsubj", "nmod") and token.pos == "PRON" and not content:
                    continue
                if self._grammar.bare_clauses and token.dep != "mark":
                    continue  # « that » points or takes up a noun far oftener than « que »
                return token
        return None

    def _past_hearers(self, that: Token, verb: Token) -> bool:
        """« a indiqué devant les députés que … »: the parser makes the content tell of the hearers."""
        hearers = that.head.head
        governed = any(c.dep == "case" for c in hearers.children)
        told = any(c.dep == "obj" for c in verb.children)
        return governed and not told and hearers.head is verb and that.nbor(-1).pos != "PUNCT"

    def _told_them(self, that: Token, verb: Token) -> bool:
        """« a prévenu les députés que la guerre durerait »: no relative, since the clause lacks nothing."""
        if not set(self._words.of(verb)) & set(self._grammar.told_to_somebody):
            return False
        clause = that.head
        whole = any(c.dep == "nsubj" and c is not that for c in clause.children)
        hearers = clause.head
        right_after = that.i == hearers.i + 1 or that.nbor(-1).head is hearers
        return whole and hearers.head is verb and right_after and that.nbor(-1).pos != "PUNCT"

    def _no_content(self, that: Token, verb: Token) -> bool:
        """« alors que », « bien que », « plus que »: the word before makes « que » bring no content."""
        if self._as_something(that, verb):
            return True
        previous = that.doc[that.i - 1].lower
        particles = {c.lower for c in verb.children if c.i < verb.i}
        only = particles & set(self._grammar.negation_particles) and not self._clauses.negated(verb)
        if only and that.i <= verb.i + 2:
            return True  # « n'engagent que leurs auteurs »
        joins = that.nbor(-1).pos == "CCONJ"
        if joins and any(c.dep in ("obj", "obl:arg") and c.i < that.i for c in verb.children):
            return True  # « …, ne prévoit pas de lancer d'attaque, mais que »: goes on from the verb above
        if previous in self._grammar.adverbs_before_that and that.i == verb.i + 2:
            return False  # « répète bien que »
        return previous in self._grammar.not_that_after or self._compares(that, verb)

    def _as_something(self, that: Token, verb: Token) -> bool:
        """« considère X comme une province que Y »: « que » takes up what X is held to be."""
        if not set(self._words.of(verb)) & set(self._sayings.judging):
            return False
        between = verb.doc[verb.i + 1 : that.i]
        return any(t.lower in self._sayings.as_words for t in between)

    def _compares(self, that: Token, verb: Token) -> bool:
        """« plus importantes que celles »: the second half of a comparison."""
        # « exige aussi que »: right before « que » the word compares nothing
        lead = that.doc[max(verb.i + 1, that.i - 4) : max(verb.i + 1, that.i - 1)]
        return any(t.lower in self._grammar.comparing for t in lead)

    def bare(self, verb: Token) -> int | None:
        """Where a clause begins that is said without « que » (« said allies would help »)."""
        if not self._grammar.bare_clauses:
            return None
        clauses = [c for c in verb.children if c.dep == "ccomp" and c.left > verb.i]
        if not clauses:
            return None
        first, subject = clauses[0].left_edge, self._clauses.own_subject(clauses[0])
        # « said on Tuesday it would »: the day is that of the saying
        opening = subject is not None and first.i < subject.left
        if opening and subject is not None and first.dep == "case":
            return int(subject.left)
        return int(first.i)

    def _relative(self, that: Token, verb: Token) -> bool:
        """« a réitéré son appel à une zone, que l'Otan refuse »: « que » takes up the object."""
        days = self._grammar.time_words  # « a estimé dimanche, dans un entretien, que »
        objects = [
            c for c in verb.children
            if c.dep in ("obj", "obl:arg") and c.i > verb.i and c.lower not in days
        ]  # fmt: skip
        comma = that.doc[that.i - 1].text == ","
        return bool(comma) and any(o.left < that.i for o in objects)
