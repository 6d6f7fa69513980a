"""Traces: the line of a wording file that made a record, as its ``rule`` names it.

Comes in: a folder such as ``coding/lang/fr``, and records or drafts as they are made. Goes out: rules
in the form ``FILE:LINE NAME``, where NAME is the entry or ``how:word``. What no wording decides has
a name alone (``interview``). Lines are counted from 1 in the file as it is now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol

from foedus.acts import Amount, Quantity, Span
from foedus.coding.counts import stem, tokenize
from foedus.coding.text import fold
from foedus.declared import load_declared

__all__ = ["Said", "Traces", "WordingFile", "wording_file"]

Keys = tuple[str | int, ...]
_AFTER = 160
"""How many characters after a number the noun may stand that it counts."""
_MARKS = 4
"""How many characters before what is said its opening mark may stand."""
_MEASURED = ("person", "item", "country", "tonne", None)
_WORDED = ("words", "signs", "percent")
"""The keys of ``units.yaml`` whose words stand in texts."""


class Said(Protocol):
    """What a draft of a statement tells of how it was found."""

    span: Span
    cue_span: Span | None
    speaker_span: Span | None
    rule: str
    lemmas: tuple[str, ...]


class WordingFile:
    """One wording file, and on which line each of its words stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        content, self._lines = load_declared(path, dict)
        self._words: list[tuple[str, Keys]] = list(_words(content, ()))
        self._first: dict[str, list[Keys]] = {}
        for word, keys in self._words:
            self._first.setdefault(word, []).append(keys)

    def line(self, *keys: str | int) -> int:
        """Return the line of the value that ``keys`` lead to, or of its nearest parent."""
        return self._lines.of(*keys)

    def find(self, word: str, *under: str) -> int | None:
        """Return the line of a word below one of the top keys ``under`` (none given: any)."""
        for keys in self._first.get(word, ()):
            if not under or keys[0] in under:
                return self.line(*keys)
        return None

    def words(self, *under: str | int) -> Iterator[tuple[str, Keys]]:
        """Yield the words below the top keys ``under``, each with its place."""
        for word, keys in self._words:
            if keys[0] in under:
                yield word, keys


def _words(value: Any, keys: Keys) -> Iterator[tuple[str, Keys]]:
    if isinstance(value, str):
        yield value, keys
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _words(item, (*keys, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _words(item, (*keys, number))


@cache
def wording_file(path: Path) -> WordingFile:
    """Read a wording file, once.

    Raises:
        FoedusError: the file is missing or is no YAML; file and line are named.
    """
    return WordingFile(path)


def stems(text: str) -> tuple[str, ...]:
    """Return the words of a passage as quantities are looked up by."""
    return tuple(stem(t.text) for t in tokenize(text))


@cache
def _keyed(path: Path, under: Keys) -> tuple[tuple[tuple[str, ...], str, Keys], ...]:
    """Return the phrases below ``under`` as stems, longest first, each as written and its place."""
    found = [(stems(word), word, keys) for word, keys in wording_file(path).words(*under)]
    return tuple(sorted((f for f in found if f[0]), key=lambda f: (-len(f[0]), f[1], repr(f[2]))))


@cache
def _worded(path: Path, entry: Keys) -> tuple[tuple[tuple[str, ...], str, Keys], ...]:
    """Return the phrases by which one entry of ``units.yaml`` is said, longest first."""
    return tuple(
        one
        for one in _keyed(path, entry[:1])
        if one[2][: len(entry)] == entry and one[2][-2] in _WORDED
    )


class Traces:
    """Names the lines of one language's wording."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def statement(self, text: str, draft: Said) -> str:
        """Return the rule of a statement: its verb of saying, its « selon », or its marks."""
        how = draft.rule.partition(":")[0]
        if how == "interview":
            return how
        if how == "according-to":
            found = self._according(text, draft)
        else:
            found = self._saying(draft.lemmas)
        if found is not None:
            return f"speech.yaml:{found[0]} {how}:{found[1]}"
        return f"quotes.yaml:{self.marks(text, draft.span)} {how}"

    def _saying(self, lemmas: Sequence[str]) -> tuple[int, str] | None:
        speech = wording_file(self.folder / "speech.yaml")
        for under in ("verbs", "pairs", "composed"):
            for lemma in lemmas:
                line = speech.find(lemma, under)
                if line is not None:
                    return line, lemma
        return None

    def _according(self, text: str, draft: Said) -> tuple[int, str] | None:
        if draft.cue_span is not None:
            cue = text[slice(*draft.cue_span)]
        else:
            cue = text[draft.span[1] : (draft.speaker_span or draft.span)[0]]
        folded = fold(cue).lower()
        speech = wording_file(self.folder / "speech.yaml")
        for word, keys in speech.words("according_to", "for_speaker"):
            if word in folded:
                return speech.line(*keys), word
        return None

    def marks(self, text: str, span: Span) -> int:
        """Return the line of the quotation marks that open a passage, or of all of them."""
        quotes = wording_file(self.folder / "quotes.yaml")
        before = text[max(0, span[0] - _MARKS) : span[0] + 1]
        for word, keys in quotes.words("families"):
            if keys[2] == "open" and word in before:
                return quotes.line(*keys)
        return quotes.line("families")

    def quantity(self, text: str, quantity: Quantity) -> str:
        """Return the rule of a quantity record: the words that tell a strength, or the noun counted."""
        inside = text[slice(*quantity.span)]
        if quantity.of == "command":
            found = self._told("strengths.yaml", inside, "under", "led_by")
        elif quantity.part_of is not None:
            found = self._told("strengths.yaml", inside, "of_which")
        elif quantity.level is not None:
            first = "none_words" if quantity.value is not None else "levels"
            found = self._told("strengths.yaml", inside, first, "drains")
        else:
            found = self._told("strengths.yaml", inside, "holds", "owns")
        return found or self._counted(text, quantity.span, quantity.unit, quantity.of)

    def amount(self, text: str, amount: Amount) -> str:
        """Return the rule by which a number inside an act counts what it counts."""
        return self._counted(text, amount.span, amount.unit, amount.of)

    def _counted(self, text: str, span: Span, unit: str | None, of: str | None) -> str:
        units = wording_file(self.folder / "units.yaml")
        entry = _entry(units.path, unit, of)
        passage = stems(text[span[0] : span[1] + _AFTER])
        said = set(passage)
        found = [
            (at, number, word, keys)
            for number, (phrase, word, keys) in enumerate(_worded(units.path, entry))
            if phrase[0] in said and (at := _at(passage, phrase)) is not None
        ]
        if found:
            _, _, word, keys = min(found)
            return f"units.yaml:{units.line(*keys)} {word}"
        return f"units.yaml:{units.line(*entry)} {of or unit or entry[0]}"

    def _told(self, file: str, passage: str, *under: str) -> str | None:
        """Return the first phrase of a section that stands in a passage, the longest of equals."""
        keys = stems(passage)
        for section in under:
            found = [
                (at, number, word, place)
                for number, (phrase, word, place) in enumerate(
                    _keyed(self.folder / file, (section,))
                )
                if place[-1] != "level" and (at := _at(keys, phrase)) is not None
            ]
            if found:
                _, _, word, place = min(found)
                return f"{file}:{wording_file(self.folder / file).line(*place)} {word}"
        return None


@lru_cache(maxsize=4096)  # what is counted is any word of any report
def _entry(path: Path, unit: str | None, of: str | None) -> Keys:
    """Return the entry of ``units.yaml`` by which something is counted, or its section."""
    units = wording_file(path)
    if unit == "percent":
        return ("percent",)
    sections = ("nouns",) if unit in _MEASURED else ("currencies", "durations", "nouns")
    for section in sections:
        for word, keys in units.words(section):
            named = keys[-1] == "of" and word == of
            if named or (section != "nouns" and keys[-1] == "unit" and word == unit):
                return keys[:2]
    return sections[:1]


def _at(words: tuple[str, ...], phrase: tuple[str, ...]) -> int | None:
    """Return where a phrase first stands among words."""
    if not phrase or phrase[0] not in words:
        return None if phrase else 0
    for start in range(words.index(phrase[0]), len(words) - len(phrase) + 1):
        if words[start : start + len(phrase)] == phrase:
            return start
    return None


RULE = re.compile(r"(?P<file>[a-z0-9][\w-]*\.yaml)(?::(?P<line>\d{1,7}))? (?P<name>\S.*)")
"""What a rule looks like that names a line of wording."""
