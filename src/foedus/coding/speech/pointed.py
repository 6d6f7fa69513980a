"""What words of saying point at: « Comme l'a rappelé X, … », « …, comme l'a dit X », « X l'a répété : … ».

Comes in: a verb of saying in a parsed piece. Goes out: where the clause begins or ends that is said, where
a pronoun or « comme » points at it.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.coding.speech.insertions import Insertions
from foedus.coding.syntax import Token
from foedus.coding.wording import Lexicon

__all__ = ["Pointed"]

_TOLD = 8
"""Words between a colon and the verb by which somebody is cited for what is before it."""


class Pointed:
    """Finds clauses that words of saying point at, for one language."""

    def __init__(self, insertions: Insertions, lexicon: Lexicon) -> None:
        self._insertions = insertions
        self._lexicon = lexicon
        self._grammar = lexicon.grammar

    def forward(self, verb: Token) -> int | None:
        """« Comme l'a rapporté X, la guerre durera »: where the clause begins that X is cited for."""
        lead = [t.lower for t in verb.doc[max(0, verb.i - 4) : verb.i]]
        like = set(lead) & set(self._lexicon.sayings.as_words)
        if not like or not set(lead) & set(self._grammar.object_pronouns):
            return None
        rest = verb.doc[verb.i + 1 : verb.i + 16]
        commas = [t.i for t in rest if t.text == ","]
        aside = len(commas) > 2 and commas[0] == verb.i + 1  # « Comme le dit, lapidaire, X, … »
        comma = next(iter(commas[2 * aside :]), None)
        opens = not any(t.finite for t in verb.doc[: max(0, verb.i - 4)])
        return comma + 1 if comma is not None and opens else None

    def back(self, verb: Token) -> int | None:
        """« La guerre durera, comme l'a rappelé X »: the comma after which X is cited for what is before."""
        lead = verb.doc[max(0, verb.i - 4) : verb.i]
        like = next((t for t in lead if t.lower in self._lexicon.sayings.as_words), None)
        like = like or self._after_colon(verb)
        taken_up = {t.lower for t in lead} & set(self._grammar.object_pronouns)
        if like is None or like.i < 2 or not taken_up or verb.doc[like.i - 1].text not in ",:":
            return None
        return like.i - 1 if any(t.finite for t in verb.doc[: like.i]) else None

    def _after_colon(self, verb: Token) -> Token | None:
        """« La guerre durera : X l'a annoncé hier. »: the first word after the colon; nothing follows the day."""
        alone = self._nothing_after(verb)
        colon = next((t for t in reversed(verb.doc[: verb.i]) if t.text == ":"), None)
        near = alone and colon is not None and verb.i - colon.i < _TOLD
        return verb.doc[colon.i + 1] if near and colon is not None else None

    def recalls(self, verb: Token) -> bool:
        """« … : », then « X l'a annoncé hier »: a whole piece whose pronoun takes up what is before the colon."""
        lead = verb.doc[: verb.i]
        taken_up = {t.lower for t in lead[-4:]} & set(self._grammar.object_pronouns)
        return bool(taken_up) and len(lead) < _TOLD and self._nothing_after(verb)

    def _nothing_after(self, verb: Token) -> bool:
        days = self._grammar.time_words
        after = verb.doc[verb.i + 1 :]
        return all(t.pos in ("PUNCT", "ADV", "SPACE") or t.lower in days for t in after)

    def announced(self, verb: Token) -> int | None:
        """« X l'a répété lundi : la paix est loin »: where a clause begins that a colon announces.

        Only where nothing else is said: no object but a pronoun stands between verb and colon.
        """
        for token in verb.doc[verb.i + 1 : verb.i + 14]:
            if token.text == ":":
                rest = verb.doc[token.i + 1 :]
                finite = any(t.finite for t in rest)
                return token.i + 1 if finite and not self._told_after(rest) else None
            told = (
                token.dep in ("obj", "xcomp", "ccomp")
                and token.lower not in self._grammar.time_words
            )
            if told or token.text in (".", ";") or token.pos in ("VERB", "AUX", "SCONJ"):
                return None
        return None

    def _told_after(self, tokens: Sequence[Token]) -> bool:
        """« Moscou n'y croit guère : …, a réagi X »: the words after the colon have a teller of their own."""
        return any(
            t.doc[t.i - 1].text == "," and self._insertions.inverted_saying(t)
            for t in tokens if t.pos in ("VERB", "AUX")
        )  # fmt: skip
