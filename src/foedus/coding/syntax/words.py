"""Words of one language: what they may be in a dictionary.

Comes in: a word as it stands, and what the parser makes of it. Goes out: lemmas, likeliest first: the
parser's, the dictionary's, and those that endings point to.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import simplemma

from foedus.coding.syntax.tree import Token
from foedus.coding.wording import Lexicon

__all__ = ["Words"]


class Words:
    """Lemmas of one language: the parser's, the dictionary's, and those that endings point to."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._language = lexicon.language
        self._endings = sorted(
            lexicon.grammar.participle_endings.items(), key=lambda item: -len(item[0])
        )
        self._contractions = dict(lexicon.grammar.contractions)
        self._speech = lexicon.speech.keys()
        self._person_words = frozenset(lexicon.grammar.person_words)
        self.lemmas = lru_cache(maxsize=50_000)(self._lemmas)

    def _lemmas(self, word: str, given: str) -> tuple[str, ...]:
        lower = word.lower()
        if lower in self._contractions:
            return (self._contractions[lower], lower)
        found = [given.lower(), lower, simplemma.lemmatize(lower, lang=self._language).lower()]
        found += [simplemma.lemmatize(item, lang=self._language).lower() for item in found[:]]
        for ending, infinitive in self._endings:
            if lower.endswith(ending) and len(lower) > len(ending) + 2:
                found.append(lower[: -len(ending)] + infinitive)
        found += [item.replace("œ", "oe") for item in found if "œ" in item]
        return tuple(dict.fromkeys(found))

    def in_dictionary(self, word: str) -> bool:
        """Whether a word in small letters is one of the language, and no name."""
        return bool(simplemma.is_known(word, lang=self._language))

    def of(self, token: Token) -> tuple[str, ...]:
        """Return every lemma that the token may have, likeliest first."""
        found = token.lemmas
        if found is None:
            found = token.lemmas = self.lemmas(token.text, token.lemma)
        return found

    def under(self, token: Token, table: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Return all that a table lists under lemmas of the token."""
        lemmas = self.of(token)
        if table.keys().isdisjoint(lemmas):
            return set()
        return {word for lemma in lemmas for word in table.get(lemma, ())}

    def means_person(self, token: Token) -> bool:
        """Whether a noun is one for people (« le préfet », « une infirmière »)."""
        return not self._person_words.isdisjoint(self.of(token))

    def may_say(self, word: str) -> bool:
        """Whether a word, seen alone, may be a form of a verb of saying."""
        return not self._speech.isdisjoint(self.lemmas(word, word))
