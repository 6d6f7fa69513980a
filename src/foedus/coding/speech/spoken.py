"""What somebody speaks of: « parle d'un crime », « conclut à un accident », « fait état de douze morts ».

Comes in: a verb. Goes out: the word at which begins what it says, where with the words after it the verb
names what its subject takes something to be, or how much there is of it. No clause, no infinitive and no
object of a verb of saying: no other rule of reported speech finds it.
"""

from __future__ import annotations

from foedus.coding.syntax import Token, Words
from foedus.coding.wording import Lexicon

__all__ = ["Spoken"]

_BETWEEN = 9
"""Words of time and place that may stand between a verb and what it speaks of."""
_ENDS = (",", ".", ";", ":", "–", "—")
_FEWEST = 3
"""Words, article included, that tell more than the name of a thing."""


class Spoken:
    """Finds what verbs speak of, in one language."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._words = words
        self._grammar = lexicon.grammar
        self._sayings = lexicon.sayings

    def first(self, verb: Token) -> int | None:
        """Return the number of the first word of what a verb speaks of; None where it speaks of nothing so."""
        return self._with_noun(verb) if verb.pos != "NOUN" else None

    def _with_noun(self, verb: Token) -> int | None:
        """« fait état de douze morts »: a light verb says with its noun; otherwise what a verb speaks of."""
        nouns = self._words.under(verb, self._sayings.light)
        after = verb.doc[verb.i + 1 : verb.i + 3] if nouns else []
        if len(after) == 2 and after[0].lower in nouns and after[1].lower in self._grammar.of:
            return verb.i + 3
        links = self._words.under(verb, self._sayings.spoken_of)
        return self._named(verb, links) if links else None

    def _named(self, verb: Token, links: set[str]) -> int | None:
        """« parle d'un tir », « évoque des indices »: what it is taken for has an indefinite article or a number.

        « parle de la paix », « évoque le sommet » only tell the subject of a talk.
        """
        words = [t for t in verb.doc[verb.i + 1 : verb.i + 1 + _BETWEEN] if t.text.strip()]
        for place, token in enumerate(words):
            linked = place > 0 and words[place - 1].lower in links
            if not linked and "" not in links:
                if token.pos in ("VERB", "AUX", "SCONJ") or token.text in ".;:":
                    return None
                continue
            if self._indefinite(token, linked=linked):
                return token.i if self._tells_more(token) else None
            adverbial = token.pos in ("ADV", "PUNCT") or token.lower in self._grammar.time_words
            if linked or not (adverbial or self._in_aside(words[: place + 1])):
                return None
        return None

    def _in_aside(self, words: list[Token]) -> bool:
        """« évoque mardi, à la télévision, »: a complement of the verb's, before what it speaks of."""
        opener = next((t for t in reversed(words) if t.pos in ("ADP", "VERB", "AUX")), None)
        definite = any(t.lower in self._grammar.definite for t in words[-2:])
        return (opener is not None and opener.pos == "ADP") or (definite and words[-1].pos == "DET")

    def _indefinite(self, token: Token, *, linked: bool) -> bool:
        several = (
            self._grammar.of if not linked else ()
        )  # « évoque des indices », « parle des chars »
        article = token.lower in self._grammar.indefinite and not (
            linked and token.lower in self._grammar.of
        )
        # « parle de nouvelles inquiétantes »: after « de » the plural has no article
        plural = linked and token.feature("Number") == "Plur" and token.pos in ("NOUN", "ADJ")
        partitive = token.lower in several and token.lower in self._grammar.indefinite
        return article or plural or partitive or (token.pos == "NUM" and self._counts(token))

    def _counts(self, number: Token) -> bool:
        """« évoque plus de trois cents morts »; not « sur France 2 », « la fourniture de six canons »."""
        before = number.nbor(-1)
        noun = before.nbor(-1) if before.lower in self._grammar.of and before.i else before
        return noun.pos not in ("NOUN", "PROPN")

    def last(self, first: int, verb: Token) -> int:
        """Return the number of the last word of what a verb speaks of: a phrase, up to what the verb's clause adds."""
        for token in verb.doc[first + 1 :]:
            near = verb.doc[token.i + 1 : token.i + 4]
            goes_on = token.pos == "CCONJ" and any(t.finite for t in near)
            among = (
                bool(near) and token.text == "," and near[0].lower in self._grammar.object_relative
            )
            if (token.text in _ENDS and not among) or goes_on:
                return token.i - 1
        return len(verb.doc) - 1

    def _tells_more(self, token: Token) -> bool:
        """« parle d'une seule voix » says nothing; « parle d'« un crime » » names it by one word."""
        phrase = [t for t in token.doc[token.i : self.last(token.i, token) + 1] if t.text.strip()]
        idle = {lemma for t in phrase for lemma in self._words.of(t)} & set(
            self._sayings.spoken_idly
        )
        bare = token.pos in ("NOUN", "ADJ")  # « de nouvelles inquiétantes » has no article
        return len(phrase) >= _FEWEST - bare and not idle
