"""Names from other alphabets, as different hands spell them: « Loukachenko », « Lukashenko ».

Comes in: a name in full that the register does not hold as it is spelt. Goes out: the one person of the
register whose given name and surname sound the same, letter for letter, in the language's table of
spellings (``grammar.yaml``: ``spellings``). Both must agree: a shared surname alone is no proof.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

__all__ = ["Spellings", "skeleton"]

_VOWELS = re.compile(r"[aeiouy]+")
_FEWEST = 5
"""Consonants of both names together that tell one person from another."""
_DOUBLE = re.compile(r"(.)\1+")


def skeleton(word: str, table: Mapping[str, str]) -> str:
    """Return the consonants of a word as they sound, a vowel kept only where the word begins with one.

    ``table`` gives groups of letters and what they sound like, in the order in which they are tried.
    """
    plain = unicodedata.normalize("NFKD", word.lower().replace("ł", "l").replace("ı", "i"))
    letters = "".join(c for c in plain if c.isalpha() and not unicodedata.combining(c))
    for written, heard in table.items():
        letters = letters.replace(written, heard)
    first = "a" if _VOWELS.match(letters) else ""
    return first + _DOUBLE.sub(r"\1", _VOWELS.sub("", letters))


class Spellings:
    """Persons of the register by how their names sound, in one language."""

    def __init__(self, persons: Iterable[tuple[str, str]], table: Mapping[str, str]) -> None:
        """``persons``: ids and full names; ``table``: see :func:`skeleton`. Empty: nobody is found."""
        self._table = table
        self._by_sound: dict[tuple[str, str], set[str]] = {}
        for who, name in persons if table else ():
            key = self._sound(name)
            if key is not None:
                self._by_sound.setdefault(key, set()).add(who)

    def known(self, name: str) -> str | None:
        """Return the one person of the register whose full name sounds like ``name``, or None."""
        key = self._sound(name) if self._table else None
        found = self._by_sound.get(key, set()) if key is not None else set()
        return next(iter(found)) if len(found) == 1 else None

    def _sound(self, name: str) -> tuple[str, str] | None:
        words = name.split()
        if len(words) < 2:
            return None
        given, surname = skeleton(words[0], self._table), skeleton(words[-1], self._table)
        # few consonants are shared by too many names
        return (given, surname) if len(given) + len(surname) >= _FEWEST else None
