"""The wording of strengths, and a sentence as a row of words that phrases are looked up in.

Comes in: ``lang/XX/strengths.yaml``, a sentence, and somebody who knows which entities a passage
names. Goes out: the wording, and a :class:`Row` that answers where a phrase stands, who stands before
a verb and where a preposition leads. What is read from it is the matter of
:mod:`foedus.coding.counts.strengths`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import msgspec

from foedus.acts import Span
from foedus.coding.counts.numberwords import Token, tokenize
from foedus.coding.counts.quantities import CountedNoun, Entities, UnitWording, phrases, stem
from foedus.declared import load_declared

__all__ = ["NEAR", "ForceNoun", "Phrase", "Row", "StrengthWording", "load_strengths"]

T = TypeVar("T")
Phrase = tuple[str, ...]
NEAR = 6
"""How many words apart things may stand that belong together."""
_FAR = 60
"""How many words a clause may have before its verb."""


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for a level of stocks: low, none, high, sufficient."""

    level: str
    words: tuple[str, ...]


class ForceNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun for a force; ``part`` where it is named after the force it belongs to."""

    of: str
    words: tuple[str, ...]
    part: bool = False


class StrengthWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What a language declares of strengths (``strengths.yaml``); the file says what each key is."""

    holds: tuple[str, ...]
    owns: tuple[str, ...]
    between: tuple[str, ...]
    of_which: tuple[str, ...]
    kinds: tuple[str, ...]
    troops: tuple[str, ...]
    none_verbs: tuple[str, ...]
    none_words: tuple[str, ...]
    stocks: tuple[str, ...]
    levels: tuple[Level, ...]
    drains: tuple[str, ...]
    negations: tuple[str, ...]
    under: tuple[str, ...]
    led_by: tuple[str, ...]
    forces: tuple[ForceNoun, ...]
    places: tuple[str, ...]
    bounds: tuple[str, ...]
    leads: tuple[str, ...]

    @cached_property
    def before_number(self) -> dict[str, list[tuple[Phrase, bool]]]:
        """Phrases before a number by their last word, longest first; true where they name an owner."""
        found = [(p, False) for p in phrases(self.holds)] + [(p, True) for p in phrases(self.owns)]
        return _by_word(found, -1)

    @cached_property
    def filler(self) -> frozenset[str]:
        """Single words that may stand between verb and number."""
        return frozenset(stem(w) for w in self.between)

    @cached_property
    def level_words(self) -> dict[str, list[tuple[Phrase, str]]]:
        """Phrases that tell a level by their first word, longest first."""
        return _by_word([(p, i.level) for i in self.levels for p in phrases(i.words)], 0)

    @cached_property
    def force_words(self) -> dict[str, list[tuple[Phrase, ForceNoun]]]:
        """Nouns for forces by their first word, longest first."""
        return _by_word([(p, noun) for noun in self.forces for p in phrases(noun.words)], 0)

    @cached_property
    def stock_words(self) -> dict[str, list[tuple[Phrase, None]]]:
        """Words for stocks by their first word, longest first."""
        return _by_word([(p, None) for p in phrases(self.stocks)], 0)

    @cached_property
    def command_words(self) -> dict[str, list[tuple[Phrase, None]]]:
        """Words for being commanded by their first word, longest first."""
        return _by_word([(p, None) for w in (self.under, self.led_by) for p in phrases(w)], 0)

    @cached_property
    def share_words(self) -> tuple[Phrase, ...]:
        """Phrases that open a share, longest first."""
        return phrases(self.of_which)

    @cached_property
    def drain_words(self) -> tuple[Phrase, ...]:
        """Phrases before stocks that are being used up, longest first."""
        return phrases(self.drains)

    @cached_property
    def none_phrases(self) -> tuple[Phrase, ...]:
        """Phrases before a word for none, longest first."""
        return phrases(self.none_verbs)

    @cached_property
    def none_stems(self) -> frozenset[str]:
        """Words for none, as :func:`stem` makes them."""
        return frozenset(stem(w) for w in self.none_words)

    @cached_property
    def edges(self) -> frozenset[str]:
        """Words at which a clause begins or ends, as :func:`stem` makes them."""
        return frozenset(stem(b) for b in self.bounds)

    @cached_property
    def joins(self) -> frozenset[str]:
        """What may stand between two amounts of one list."""
        return frozenset(stem(w) for w in self.leads) | self.filler

    @cached_property
    def hints(self) -> tuple[str, ...]:
        """Of what a sentence without amounts must hold one for any pattern to find something in it.

        Letters in lower case with straight apostrophes: the first words of the patterns, as
        :func:`stem` makes them. A test so cheap that it is worth its price in every sentence.
        """
        words = {*self.none_stems, *self.stock_words, *self.command_words}
        words |= {"d'"} if "de" in words else set()
        return tuple(sorted(w for w in words if not any(o != w and o in w for o in words)))


def _by_word(found: Iterable[tuple[Phrase, T]], place: int) -> dict[str, list[tuple[Phrase, T]]]:
    out: dict[str, list[tuple[Phrase, T]]] = {}
    for phrase, thing in sorted(found, key=lambda item: (-len(item[0]), item[0])):
        out.setdefault(phrase[place], []).append((phrase, thing))
    return out


def load_strengths(folder: Path) -> StrengthWording:
    """Read a language folder's ``strengths.yaml``.

    Raises:
        FoedusError: the file is missing or wrong; file and line are named.
    """
    return load_declared(folder / "strengths.yaml", StrengthWording)[0]


class Row:
    """A sentence as words, with what patterns ask of it. Positions are counts of words."""

    def __init__(
        self,
        text: str,
        sentence: Span,
        wording: StrengthWording,
        units: UnitWording,
        entities: Entities,
    ) -> None:
        self.text, self.base = text, sentence[0]
        self.wording, self.units, self.entities = wording, units, entities
        self.tokens: list[Token] = tokenize(text[sentence[0] : sentence[1]])
        self.keys = [stem(t.text) for t in self.tokens]
        self.bounds = wording.edges
        self._starts = [t.start for t in self.tokens]

    def is_at(self, at: int, phrase: Phrase) -> bool:
        """Whether a phrase begins at a position."""
        return at >= 0 and tuple(self.keys[at : at + len(phrase)]) == phrase

    def span(self, first: int, after: int) -> Span:
        """Return the characters from token ``first`` to the one before ``after``."""
        if after <= first:
            at = self.base + (self.tokens[first].start if first < len(self.tokens) else 0)
            return at, at
        return self.base + self.tokens[first].start, self.base + self.tokens[after - 1].end

    def token_at(self, offset: int) -> int:
        """Return the first token that starts at ``offset`` or after it."""
        return bisect_left(self._starts, offset - self.base)

    def names(self, first: int, after: int) -> tuple[str, ...]:
        """Return the entities that the words from ``first`` to before ``after`` name."""
        return tuple(self.entities(self.span(first, after))) if after > first else ()

    def left_of(self, at: int, stop: int = 0) -> int:
        """Return where the clause that ends before token ``at`` begins, its leading words left out."""
        first, stop = at, max(stop, at - _FAR)
        while first > stop and self.keys[first - 1] not in self.bounds:
            first -= 1
        while first < at and self.tokens[first].key in self.wording.leads:
            first += 1
        return first

    def subject(self, first: int, after: int) -> tuple[str | None, int]:
        """Return who stands before a verb, and where that begins.

        A clause put in between two commas is left out (« la brigade, placée sous X, compte »); else
        whoever stands after the last comma comes first (« depuis juin, la brigade compte »).
        """
        commas = [n for n in range(first, after) if self.keys[n] == ","]
        if commas and commas[-1] == after - 1:
            stop = commas[-2] if len(commas) > 1 else after
            named = self.names(first, stop)
            return (named[0] if named else None), first
        for begin in (*(c + 1 for c in commas[-1:]), first):
            named = self.names(begin, after)
            if named:
                return named[0], begin
        return None, first

    def place(self, at: int) -> tuple[str | None, int]:
        """Return the place that a preposition near token ``at`` leads to, and the token after it."""
        for step in range(at, min(at + 4, len(self.tokens))):
            if self.tokens[step].key in self.wording.places:
                after = step + 1
                while after < len(self.tokens) and after - step < NEAR:
                    if self.tokens[after].kind == "other" and self.tokens[after].text != "-":
                        break
                    after += 1
                    named = self.names(step + 1, after)
                    if named:
                        return named[0], after
                return None, at
            if self.tokens[step].kind == "other" or self.keys[step] in self.bounds:
                break
        return None, at

    def noun_at(self, at: int) -> tuple[CountedNoun, int] | None:
        """Return the counted noun at a token, past « de », and the token after it."""
        while at < len(self.tokens) and (self.tokens[at].key in self.units.passed):
            at += 1
        for words, noun in self.units.table.get(self.keys[at] if at < len(self.keys) else "", ()):
            if self.is_at(at, words):
                return noun, at + len(words)
        return None
