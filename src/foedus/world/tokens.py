"""Text into tokens that names are compared by.

Comes in: a text. Goes out: where each token starts and ends, its key (small letters, no accents,
one kind of apostrophe and hyphen) and, by :func:`fits`, whether its spelling will do for a name's.
White space is no token, so that a name may be broken over two lines; a blank line is one, so that
it may not be broken over two paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

__all__ = ["Policy", "Tokens", "fits", "tokenize"]

Policy = Literal["proper", "exact", "free"]
"""``proper``: as written, or all capitals, or without the accent on a capital. ``exact``: as written.
``free``: capitals and accents do not matter (offices: « Secrétaire Général », « premier ministre »)."""

_MARKS = "̀-ͯ"
_TOKEN = re.compile(rf"(?:[^\W_][{_MARKS}]*)+|\n[ \t\r\u00a0]*\n|[^\w\s]|_")
_SAME = {
    **dict.fromkeys("’‘ʼʹ′´`＇", "'"),
    **dict.fromkeys("‐‑‒–—−﹣－", "-"),
}
_ACRONYM = 3


class Tokens(NamedTuple):
    """The tokens of a text, column by column."""

    starts: list[int]
    ends: list[int]
    keys: list[str]


@lru_cache(maxsize=1 << 16)
def _key(token: str) -> str:
    if token.isascii():
        return token.lower()
    if len(token) == 1 and token in _SAME:
        return _SAME[token]
    apart = unicodedata.normalize("NFD", token)
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def tokenize(text: str) -> Tokens:
    """Cut ``text`` into tokens, in time linear in its length. Offsets are code points."""
    starts: list[int] = []
    ends: list[int] = []
    keys: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        starts.append(start)
        ends.append(end)
        keys.append("\n" if text[start] == "\n" else _key(text[start:end]))
    return Tokens(starts, ends, keys)


def fits(seen: str, name: str, policy: Policy) -> bool:
    """Tell whether ``seen``, which has the key of ``name``, is an acceptable spelling of it."""
    if seen == name or policy == "free" or not name[0].isalnum():
        return True
    if not seen.isascii():
        seen = unicodedata.normalize("NFC", seen)
        if seen == name:
            return True
    if len(name) >= _ACRONYM and name.isupper() and seen == name.capitalize():
        return True
    if policy == "exact":
        return False
    return (seen.isupper() and len(seen) > 1) or (seen[0].isupper() and seen[1:] == name[1:])
