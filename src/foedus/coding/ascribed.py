"""What is ascribed: « se dit favorable à un accord », « juge « improbable » un tir depuis X ».

Comes in: a verb of saying. Goes out: the word at which begins what its subject calls himself, or what he
calls something else by a quoted word. Neither is a clause, an infinitive or an object, so no other rule
of reported speech finds them.
"""

from __future__ import annotations

from foedus.coding.clauses import Clauses
from foedus.coding.lexicon import Lexicon
from foedus.coding.parsing import Parsed
from foedus.coding.quotes import QuoteIndex
from foedus.coding.tree import Token
from foedus.coding.words import Words

__all__ = ["Ascribed"]

_REACH = 5
"""Words after a verb in which the quality that it ascribes begins."""
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
        if lemmas & set(self._sayings.of_oneself) and self._reflects(verb):
            return self._quality(verb)
        if lemmas & set(self._sayings.judging):
            return self._judged(verb, parsed)
        return None

    def _reflects(self, verb: Token) -> bool:
        before = verb.doc[max(0, verb.i - _LEADS) : verb.i]
        return any(t.lower in self._grammar.reflexive for t in before)

    def _quality(self, verb: Token) -> int | None:
        """« se dit prêt à négocier », « s'est dite "sincèrement reconnaissante" »."""
        begins: int | None = None
        for token in verb.doc[verb.i + 1 : verb.i + 1 + _REACH]:
            if not token.text.strip():
                continue
            if token.pos == "ADJ" or self._clauses.participle(token) == "past":
                return begins if begins is not None else token.i
            if token.pos != "ADV":
                return None
            begins = token.i if begins is None else begins
        return None

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
