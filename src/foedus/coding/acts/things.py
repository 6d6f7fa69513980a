"""Things: what the words of a run name that an act can be about: arms, money, troops, treaties.

Comes in: tokens. Goes out: entries of ``lang/XX/things.yaml``, the longest names first at each place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from foedus.coding.syntax import Token, Words
from foedus.coding.wording import Lexicon, Thing

__all__ = ["Things"]

_BETWEEN = ("DET", "ADV", "ADJ", "PUNCT", "SPACE", "PRON", "AUX")
"""What may stand between the words of a fixed phrase (« s'est de nouveau rendu à »)."""
_MOST_BETWEEN = 3
_T = TypeVar("_T")


class Things:
    """Finds the things that words of one language name."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._lexicon = lexicon
        self._words = words
        self._times = frozenset(lexicon.grammar.time_words)

    def things(self, tokens: Sequence[Token]) -> list[Thing]:
        """Return the things that a run of tokens names, longest names first at each place."""
        found: list[Thing] = []
        index = 0
        while index < len(tokens):
            thing, length = self._thing_at(tokens, index)
            if thing is not None and thing not in found:
                found.append(thing)
            index += max(1, length)
        return found

    def _thing_at(self, tokens: Sequence[Token], index: int) -> tuple[Thing | None, int]:
        for lemma in self._words.of(tokens[index]):
            for length, thing in self.said_at(tokens, index, self._lexicon.things.get(lemma, ())):
                return thing, length
        return None, 0

    def said_at(
        self, tokens: Sequence[Token], index: int, entries: Sequence[tuple[Sequence[str], _T]]
    ) -> Iterator[tuple[int, _T]]:
        """Yield, of phrases that begin with a lemma of the token at ``index``, which are said there.

        Each with how many tokens say it, in the order of ``entries``.
        """
        near: set[str] | None = None
        for phrase, entry in entries:
            if len(phrase) == 1:
                yield 1, entry
                continue
            if near is None:  # most phrases are out of question for want of their second word
                within = tokens[index + 1 : index + _MOST_BETWEEN + 2]
                near = {lemma for token in within for lemma in self._words.of(token)}
            if phrase[1] in near and (length := self.matches(tokens, index, phrase)):
                yield length, entry

    def acts(self, noun: Token) -> bool:
        """Return whether a noun is an agent: « enlevé par une patrouille russe »: whatever acts, its adjective tells for whom."""
        if noun.pos != "NOUN":
            return False
        before = reversed(noun.doc[: noun.i])
        lead = next((t for t in before if t.pos not in ("DET", "NUM", "ADJ")), noun)
        return lead.lower in self._lexicon.grammar.by

    def matches(self, tokens: Sequence[Token], index: int, phrase: Sequence[str]) -> int:
        """Return how many tokens from ``index`` say the lemmas of ``phrase``; 0 when they do not.

        Determiners, adverbs and one adjective may stand between (« plans nationaux de défense »).
        """
        at, gaps = index, 0
        for number, lemma in enumerate(phrase):
            while at < len(tokens):
                if lemma in self._words.of(tokens[at]):
                    at += 1
                    break
                skippable = tokens[at].pos in _BETWEEN or tokens[at].lower in self._times
                if (
                    number == 0
                    or not skippable
                    or gaps >= _MOST_BETWEEN
                    or tokens[at].text in (",", ";", ".")
                ):
                    return 0
                gaps += 1
                at += 1
            else:
                return 0
        return at - index
