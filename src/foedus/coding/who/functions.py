"""Functions told with a name: « Jana Nowak, cheffe de l'administration de X », later « la cheffe de l'administration ».

Comes in: the text and the people it names. Goes out: for a noun with its complement, the person beside whose
name the report tells the same function, before or after it. The register of offices need not know it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["Functions"]

_PHRASE = 110
"""Characters that a function with its complements takes at most."""
_FEWEST = 3
"""Letters that make a word tell more than how others hang together."""
_FIRST = 3
"""Words after a comma among which a function begins."""
_ENDS = re.compile(r"[.;:!?\n«»\"()]|, ")
_WORD = re.compile(r"[\w-]+'?")


class _Told(NamedTuple):
    place: int
    function: str
    words: frozenset[str]
    person: str


class Functions:
    """The functions that one report tells beside the names of people."""

    def __init__(self, index: MentionIndex, grammar: Grammar, words: Words) -> None:
        self._index = index
        self._grammar = grammar
        self._words = words
        self._nouns = {*grammar.person_words}
        self._closed = {
            *grammar.definite, *grammar.of, *grammar.to, *grammar.place, *grammar.by, *grammar.indefinite,
            *grammar.purpose, *grammar.past_auxiliaries, *grammar.relative, *grammar.that, *grammar.possessive,
        }  # fmt: skip
        self._told: list[_Told] | None = None

    def of(self, noun: Token, parsed: Parsed) -> str | None:
        """Return who was told to be « la cheffe de l'administration de X »; nobody where two were.

        Args:
            noun: the head of a definite phrase in the singular that has a complement.
            parsed: the piece in which it stands.
        """
        if noun.feature("Number") == "Plur" or not any(
            c.lower in self._grammar.definite_merged for c in noun.children
        ):
            return None
        start = parsed.span(noun)[1]
        phrase = _ENDS.split(self._index.folded[start : start + _PHRASE])[0]
        finite = next((t for t in noun.doc[noun.i + 1 :] if t.finite or t.pos == "AUX"), None)
        if finite is not None:
            phrase = phrase[: max(0, parsed.span(finite)[0] - start)]
        asked = self._telling(_WORD.findall(phrase.lower()))
        return self._matching(set(self._words.of(noun)), asked, start) if asked else None

    def _matching(self, functions: set[str], asked: frozenset[str], place: int) -> str | None:
        anybody = bool(functions & set(self._grammar.anybody))
        fits = [
            t for t in self._all()
            if (t.function in functions and _alike(t.words, asked)) or (anybody and asked <= t.words)
        ]  # fmt: skip
        if len({t.person for t in fits}) != 1:
            before = [t for t in fits if t.place < place]
            fits = before[-1:] if len({t.words for t in before}) == 1 else []
        return fits[-1].person if fits else None

    def _all(self) -> list[_Told]:
        """Every function told beside a name; the report is gone through when it is first asked for."""
        if self._told is None:
            self._told = [
                told for mention in self._index.mentions
                if mention.kind == "person" and mention.form == "name" and len(mention.entities) == 1
                for told in (self._after(mention), self._before(mention)) if told is not None
            ]  # fmt: skip
        return self._told

    def _after(self, name: Mention) -> _Told | None:
        """« Jana Nowak, cheffe de l'administration de X, »."""
        rest = self._index.folded[name.span[1] : name.span[1] + _PHRASE]
        if not rest.startswith((", ", " (")):
            return None
        return self._function(_WORD.findall(_ENDS.split(rest[2:])[0]), name, first=True)

    def _before(self, name: Mention) -> _Told | None:
        """« la cheffe de l'administration de X, Jana Nowak »."""
        start = name.span[0]
        lead = self._index.folded[max(0, start - _PHRASE) : start].rstrip(" ,")
        return self._function(_WORD.findall(_ENDS.split(lead)[-1]), name, first=False)

    def _function(self, words: Sequence[str], name: Mention, *, first: bool) -> _Told | None:
        """The first noun for a person, and the words of its complement; ``first``: it opens the phrase."""
        for place, word in enumerate(words[:_FIRST] if first else words):
            small = word.lower()
            if small not in self._nouns:
                continue
            led = first or (place > 0 and words[place - 1].lower() in self._grammar.definite_merged)
            telling = self._telling([w.lower() for w in words[place + 1 :]])
            if led and telling:
                lemma = next(iter(self._words.lemmas(small, small)), small)
                return _Told(
                    name.span[0],
                    lemma if lemma in self._nouns else small,
                    telling,
                    name.entities[0],
                )
        return None

    def _telling(self, words: Sequence[str]) -> frozenset[str]:
        """The words of a complement that tell which one it is: names, nouns and adjectives."""
        told = (w for w in words if len(w) >= _FEWEST and w not in self._closed)
        return frozenset(w.rstrip("s") for w in told)


def _alike(told: frozenset[str], asked: frozenset[str]) -> bool:
    """Two thirds of the shorter one's words: « l'armée X » and « l'armée Y » share only half."""
    return 3 * len(told & asked) >= 2 * min(len(told), len(asked)) > 0
