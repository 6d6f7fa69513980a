"""What is ascribed: « se dit favorable à un accord », « juge cela improbable », « qualifie X de « menace » ».

Comes in: a verb of saying. Goes out: the word at which begins what its subject calls himself, or what he
calls something else. Neither is a clause, an infinitive or an object, so no other rule
of reported speech finds them.
"""

from __future__ import annotations

from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.text import QuoteIndex
from foedus.coding.wording import Lexicon

__all__ = ["Ascribed"]

_REACH = 5
"""Words after a verb in which the quality that it ascribes begins."""
_FAR = 20
"""Words in which what is judged and what it is called follow a verb."""
_LEADS = 3
"""Words before a verb in which its « se » stands."""
_JUDGED = ("DET", "NOUN", "PROPN", "PRON", "NUM", "SCONJ")


class Ascribed:
    """Finds the qualities that verbs of saying ascribe, in one report."""

    def __init__(
        self, quotes: QuoteIndex, clauses: Clauses, lexicon: Lexicon, words: Words
    ) -> None:
        self._quotes = quotes
        self._clauses = clauses
        self._words = words
        self._sayings = lexicon.sayings
        self._grammar = lexicon.grammar

    def first(self, verb: Token, parsed: Parsed) -> int | None:
        """Return the number of the first word that is ascribed; None where nothing is."""
        lemmas = set(self._words.of(verb))
        if lemmas & set(self._sayings.of_oneself) and self.reflects(verb):
            return self._quality(verb)
        if lemmas & set(self._sayings.judging):
            return self._judged(verb, parsed) or self._found(verb)
        links = self._words.under(verb, self._sayings.qualifying)
        return self._qualified(verb, links) if links else None

    def _found(self, verb: Token) -> int | None:
        """« juge cela improbable », « juge peu crédible l'option »: the quality hangs on the verb, before or after its object."""
        quality = next(
            (c for c in verb.children if c.dep == "xcomp" and c.pos == "ADJ" and c.i > verb.i), None
        )
        judged = next((c for c in verb.children if c.dep == "obj" and c.i > verb.i), None)
        if quality is None or judged is None or quality.i - verb.i > _FAR:
            return None
        return int(min(quality.left, judged.left))

    def _qualified(self, verb: Token, links: set[str]) -> int | None:
        """« qualifie X de « menace » », « qualifie de crime l'attaque »: what it is of and what it is called."""
        object_pronoun = any(
            t.lower in (*self._grammar.object_pronouns, *self._grammar.that)
            for t in verb.doc[max(0, verb.i - 4) : verb.i]
        )
        after = [t for t in verb.doc[verb.i + 1 : verb.i + _FAR] if t.text.strip()]
        if self._clauses.participle(verb) == "past" or object_pronoun or not after:
            # « des accusations qualifiées de mensonge », « qu'il a qualifiée de crime »
            return None
        first = next(
            (t for t in after if t.pos != "ADV" and t.lower not in self._grammar.time_words),
            after[0],
        )
        if first.lower in links:  # « de crime l'attaque »
            rest = [t for t in verb.doc[first.i + 1 :] if t.text.strip()]
            called = any(
                t.lower in self._grammar.definite or t.lower in self._grammar.indefinite
                for t in rest
            )
            return first.i + 1 if called else None
        ends = next((n for n, t in enumerate(after) if t.text in ",;:."), len(after))
        linked = any(t.lower in links for t in after[:ends])
        return first.i if linked and first.pos in _JUDGED else None

    def reflects(self, verb: Token) -> bool:
        """Whether « se » stands before a verb and its auxiliary."""
        before = verb.doc[max(0, verb.i - _LEADS) : verb.i]
        return any(t.lower in self._grammar.reflexive for t in before)

    def _quality(self, verb: Token) -> int | None:
        """« se dit prêt à négocier », « s'est dite "sincèrement reconnaissante" »."""
        begins: int | None = None
        for token in verb.doc[verb.i + 1 : verb.i + 1 + _REACH]:
            if not token.text.strip():
                continue
            if token.pos == "ADJ" or self._clauses.participle(token) == "past":
                convinced = self._that_after(token)  # « se dit convaincu que X »
                return convinced or (begins if begins is not None else token.i)
            if token.pos != "ADV":
                return None
            begins = token.i if begins is None else begins
        return None

    def _that_after(self, quality: Token) -> int | None:
        after = next((t for t in quality.doc[quality.i + 1 :] if t.text.strip()), None)
        return after.i + 1 if after is not None and after.lower in self._grammar.that else None

    def _judged(self, verb: Token, parsed: Parsed) -> int | None:
        """Quoted words right after the verb that describe, and after them what they are said of."""
        start = parsed.span(verb)[1]
        near = self._quotes.near((start, start + 1))
        quote = next((q for q in near if start <= q.outer[0] <= start + 1 and q.closed), None)
        if quote is None:
            return None
        inside = [t for t in parsed.tokens(quote.inner) if t.text.strip()]
        words = (t for t in verb.doc[inside[-1].i + 1 :] if t.text.strip()) if inside else iter(())
        after = next(words, None)
        if after is None or any(t.finite for t in inside):
            return None
        told = after.pos in _JUDGED or after.lower in self._grammar.that
        return inside[0].i if told and parsed.span(after)[0] <= quote.outer[1] + 1 else None
