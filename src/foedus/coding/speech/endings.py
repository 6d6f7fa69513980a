"""Where what is said ends: at a closing mark, or before a relative that the writer adds.

Comes in: the span of what a verb of saying says. Goes out: the span without what tells of something else.
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.acts import Span
from foedus.coding.syntax import Parsed
from foedus.coding.text import QuoteIndex
from foedus.coding.wording import Grammar

__all__ = ["Endings"]

_ARTICLE = 5
"""Characters of the article that may stand before quoted words."""
_TAKEN_UP = 6
"""Words in which « une mesure à laquelle » takes up what was said."""


class Endings:
    """Cuts what does not belong to what is said, in one report."""

    def __init__(
        self,
        quotes: QuoteIndex,
        grammar: Grammar,
        trim: Callable[[Parsed, int, int], Span | None],
    ) -> None:
        """``trim`` gives the span of a piece's tokens, from one number to another."""
        self._quotes = quotes
        self._grammar = grammar
        self._trim = trim

    def marked_alone(self, span: Span, parsed: Parsed) -> Span:
        """« que « c'est à X d'agir », qui a tiré », « une « faute » après l'ordre de X »: the marks end it.

        What opens with quoted words ends with them where a relative or another event follows.
        """
        for quote in self._quotes.near(span):
            if not (quote.closed and span[0] <= quote.outer[0] <= span[0] + _ARTICLE):
                continue
            rest = [t for t in parsed.tokens((quote.outer[1], span[1])) if t.text.strip()]
            comma = bool(rest) and rest[0].text == ","
            tells = {*self._grammar.relative, *self._grammar.there}
            related = comma and len(rest) > 1 and rest[1].lower in tells
            later = bool(rest) and rest[0].lower in self._grammar.after_words
            if related or later:
                return span[0], quote.outer[1]
        return span

    def before_relative(self, span: Span | None, parsed: Parsed) -> Span | None:
        """« …, qui », « …, où » after an infinitive tell of somebody, not of what is promised or asked."""
        if span is None:
            return None
        tokens = parsed.tokens(span)
        tells = {*self._grammar.relative, *self._grammar.there}
        for token in tokens[2:]:
            if parsed.doc[token.i - 1].text != ",":
                continue
            near = parsed.doc[token.i : token.i + _TAKEN_UP]
            taken_up = token.lower in self._grammar.indefinite and any(
                t.lower in tells for t in near
            )  # « …, une mesure à laquelle X s'oppose »
            that = (
                token.lower in self._grammar.that and token.pos == "PRON"
            )  # « …, que X tient pour … »
            if token.lower in tells or taken_up or that:
                return self._trim(parsed, tokens[0].i, token.i - 1)
        return span
