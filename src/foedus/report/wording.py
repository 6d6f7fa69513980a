"""The wording that reading rests on: ``lang/<language>.yaml``, checked as it is loaded.

Comes in: a folder with a file a language. Goes out: :class:`Wording`, one per language, and helpers
that compare words without regard to case, apostrophes and kinds of space, offset by offset.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from foedus.declared import Lines, load_declared
from foedus.errors import FoedusError

__all__ = [
    "LANG",
    "Credits",
    "DatingWords",
    "FurnitureRule",
    "Phrase",
    "Quality",
    "Times",
    "Wording",
    "any_of",
    "flat",
    "fold",
    "languages",
    "load_wording",
]

LANG = Path(__file__).parent / "lang"
"""The folder of wording that the program ships."""


class _Strict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a wording file: unknown keys are refused."""


class FurnitureRule(_Strict, frozen=True, kw_only=True):
    """Phrases that mark a line of the page as no part of the article."""

    kind: str
    match: Literal["whole", "starts", "contains"]
    phrases: tuple[str, ...]
    words: int = 40
    headline: bool = False
    """Only lines with the form of a headline, not sentences."""
    then: Literal["", "headlines", "rest"] = ""


class Credits(_Strict, frozen=True, kw_only=True):
    """Words that introduce a credit."""

    byline: tuple[str, ...]
    with_agency: tuple[str, ...]
    photo: tuple[str, ...]
    copyright: tuple[str, ...]
    source: tuple[str, ...]
    reports: tuple[str, ...]
    joins: tuple[str, ...]
    particles: tuple[str, ...]
    pictures: tuple[str, ...]
    agencies: tuple[str, ...]
    mastheads: tuple[str, ...]
    language_tags: tuple[str, ...]


class DatingWords(_Strict, frozen=True, kw_only=True):
    """Words that date a report, and those that put a sentence in the past or the future."""

    published: tuple[str, ...]
    updated: tuple[str, ...]
    stamp_words: tuple[str, ...]
    this: tuple[str, ...]
    past: tuple[str, ...]
    future: tuple[str, ...]


class Relation(_Strict, frozen=True, kw_only=True):
    """A day told from another: « la veille » is ``days: -1``; ``of`` are words before an object."""

    days: int
    words: tuple[str, ...]
    of: tuple[str, ...] = ()


class Times(_Strict, frozen=True, kw_only=True):
    """How the language names days, months and years."""

    months: dict[str, tuple[str, ...]]
    weekdays: dict[str, tuple[str, ...]]
    offsets: dict[str, tuple[str, ...]]
    counts: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    words: dict[str, tuple[str, ...]]
    patterns: tuple[str, ...]
    relations: tuple[Relation, ...]
    numeric_order: Literal["dmy", "mdy", "either"]
    exact_case: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    """Endings by which an expression counted from the report means another time (« cette semaine-là »)."""


class OneSide(_Strict, frozen=True, kw_only=True):
    """Terms that one side has coined for the war."""

    side: str
    terms: tuple[str, ...]


class Quality(_Strict, frozen=True, kw_only=True):
    """Wording that a careful reader would hold against a report."""

    machine_translation: tuple[str, ...]
    brackets: bool
    one_side: tuple[OneSide, ...]
    attributed: tuple[str, ...]


class Wording(_Strict, frozen=True, kw_only=True):
    """One language's wording."""

    language: str
    furniture: tuple[FurnitureRule, ...]
    credits: Credits
    dating: DatingWords
    times: Times
    quality: Quality


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A phrase of furniture, flattened for comparing, with the file and line it stands on."""

    words: str
    rule: FurnitureRule
    name: str


_NUMBERED = {"months": (1, 12), "weekdays": (1, 7), "offsets": (-31, 31), "counts": (1, 400),
             "units": (1, 366)}  # fmt: skip


@lru_cache(maxsize=8)
def load_wording(folder: Path = LANG) -> dict[str, tuple[Wording, tuple[Phrase, ...]]]:
    """Return each language's wording, sorted by language, with its furniture phrases.

    Raises:
        FoedusError: the folder has no wording, or a file is not as it must be (file and line named).
    """
    out: dict[str, tuple[Wording, tuple[Phrase, ...]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        wording, lines = load_declared(path, Wording)
        if wording.language != path.stem:
            raise lines.error("language is not the file's name", "language", remedy="make them one")
        _check_times(wording.times, lines)
        out[wording.language] = (wording, tuple(_phrases(wording, lines)))
    if not out:
        raise FoedusError("holds no wording", where=folder, remedy="add a file such as fr.yaml")
    return out


def languages(folder: Path = LANG) -> tuple[str, ...]:
    """Return the languages that there is wording for, sorted."""
    return tuple(load_wording(folder))


def _phrases(wording: Wording, lines: Lines) -> list[Phrase]:
    found = []
    for i, rule in enumerate(wording.furniture):
        for j, phrase in enumerate(rule.phrases):
            line = lines.of("furniture", i, "phrases", j)
            words = flat(phrase)
            if not words:
                raise lines.error("a phrase is empty", "furniture", i, "phrases", j)
            found.append(Phrase(words=words, rule=rule, name=f"{wording.language}.yaml:{line}"))
    return found


def _check_times(times: Times, lines: Lines) -> None:
    """Numbers in range, and no pattern with a slot that nothing fills."""
    for table, (low, high) in _NUMBERED.items():
        for key in getattr(times, table):
            if not re.fullmatch(r"-?\d{1,3}", key) or not low <= int(key) <= high:
                raise lines.error(
                    f"{table} has the key {key!r}", "times", table, key,
                    remedy=f"use a number from {low} to {high}",
                )  # fmt: skip
    known = {"day", "month", "year", "weekday", "offset", "count", "unit", *times.words}
    for i, pattern in enumerate(times.patterns):
        for slot in re.findall(r"\{(\w+)\}", pattern):
            if slot not in known:
                raise lines.error(
                    f"slot {{{slot}}} is not known", "times", "patterns", i,
                    remedy="add it to times: words:",
                )  # fmt: skip
        if pattern.count("[") != pattern.count("]"):
            raise lines.error("brackets do not match", "times", "patterns", i)


_SAME = dict.fromkeys("’‘ʼ‛′`´", "'")
_SAME |= dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u200a\u2002\u2003\u2004\u2005\u2006\t", " ")
_SAME |= dict.fromkeys("‐‑", "-")


def fold(text: str, *, lower: bool = True) -> str:
    """Return ``text`` with one kind of apostrophe, space and hyphen, in lower case, same length."""
    same = text
    for odd, plain in _SAME.items():  # several times as fast as one str.translate
        same = same.replace(odd, plain)
    if not lower:
        return same
    low = same.lower()
    if len(low) == len(same):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in same)


def flat(text: str) -> str:
    """Return ``text`` folded, runs of spaces made one, none at the ends."""
    return " ".join(fold(text).split())


def any_of(words: tuple[str, ...] | list[str], *, ignore_case: bool = True) -> str:
    """Return a regular expression for any of ``words``, longest first, spaces of any kind and number.

    Words and text are compared folded (:func:`fold`), the case as ``ignore_case`` says.
    """
    folded = {" ".join(fold(w, lower=False).split()) for w in words}
    alternatives = "|".join(
        r"[ ]{1,3}".join(re.escape(p) for p in w.split()) for w in sorted(folded, key=_longest)
    )
    return f"(?i:{alternatives})" if ignore_case else f"(?:{alternatives})"


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word
