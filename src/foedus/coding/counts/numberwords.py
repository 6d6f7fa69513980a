"""The words and figures that make numbers: tokens, wording, and the grammar of one number.

Comes in: text and a language's wording (``lang/XX/numbers.yaml``). Goes out: tokens, and the value
of the number that begins at a token (:func:`read_number`): « 40 000 », « quatre-vingt-dix »,
« 1,5 milliard », « des dizaines de milliers ». What is a number only in looks (a year, an article, a
calibre) and what stands round numbers (« près de », ranges) is the matter of
:mod:`foedus.coding.counts.numbers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from foedus.declared import load_declared

__all__ = [
    "NumberWording", "Reading", "Token", "load_numbers", "read_number", "tokenize", "tokens",
]  # fmt: skip

_SPACES = " \u00a0\u202f\u2009"
_TOKEN = re.compile(
    rf"(?P<num>\d{{1,3}}(?:(?P<sep>[{_SPACES}’'.,])\d{{3}}(?:(?P=sep)\d{{3}}){{0,5}})(?!\d)(?:[.,]\d{{1,3}}(?!\d))?"
    r"|\d{1,15}(?:[.,]\d{1,6}(?![\d]))?)"
    r"|(?P<word>[^\W\d_]+['’]?)|(?P<other>[^\w\s]|_|\d+)"
)


class Modifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a number that loosen it: « près de », « au moins », « jusqu'à »."""

    words: tuple[str, ...]
    approx: bool = False
    at_least: bool = False
    at_most: bool = False


class Collective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that means a number: « dizaine » 10, « millier » 1000; ``many`` are its plurals."""

    value: int
    one: tuple[str, ...]
    many: tuple[str, ...]


class Indefinite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """« plusieurs », « quelques »: the least number that the word can mean."""

    value: int
    at_least: bool
    words: tuple[str, ...]


class LooksLike(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words beside figures that are no count."""

    labels: tuple[str, ...]
    months: tuple[str, ...]
    year_before: tuple[str, ...]
    clock: tuple[str, ...]
    clock_before: tuple[str, ...]
    measures: tuple[str, ...]
    place_before: tuple[str, ...]
    functions: tuple[str, ...]


class NumberWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What a language declares of its numbers (``numbers.yaml``)."""

    decimal: Literal[",", "."]
    cardinals: dict[str, int]
    long_tens: tuple[int, ...]
    joiner: str
    joined: tuple[str, ...]
    hundreds: tuple[str, ...]
    scales: dict[str, int]
    suffixes: dict[str, int]
    collectives: tuple[Collective, ...]
    indefinites: tuple[Indefinite, ...]
    one: tuple[str, ...]
    some: tuple[str, ...]
    of: tuple[str, ...]
    half: str
    fillers: tuple[str, ...]
    before: tuple[Modifier, ...]
    after: tuple[Modifier, ...]
    between: tuple[str, ...]
    between_and: str
    to: tuple[str, ...]
    or_: str = msgspec.field(name="or")
    change: tuple[str, ...]
    looks_like: LooksLike
    until: tuple[str, ...] = ()
    per: tuple[str, ...] = ()

    @cached_property
    def single(self) -> dict[str, int]:
        """Collectives in the singular and what they mean."""
        return {w: c.value for c in self.collectives for w in c.one}

    @cached_property
    def plural(self) -> dict[str, int]:
        """Collectives and scales that count without a number before them: « milliers »."""
        out = {w: c.value for c in self.collectives for w in c.many}
        return out | {w: v for w, v in self.scales.items() if v >= 1_000_000 and w[-1] == "s"}

    @cached_property
    def few(self) -> dict[str, Indefinite]:
        """Indefinite words."""
        return {w: i for i in self.indefinites for w in i.words}

    @cached_property
    def compounds(self) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        """Cardinals by their first word, longest first: « quatre-vingt-dix »."""
        out: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for name, value in sorted(self.cardinals.items(), key=lambda p: (-p[0].count("-"), p[0])):
            words = tuple(name.split("-"))
            out.setdefault(words[0], []).append((words, value))
        return out

    @cached_property
    def openers(self) -> frozenset[str]:
        """Words that a number may begin with: at any other word none needs to be looked for."""
        thousands = {w for w, value in self.scales.items() if value == 1000}
        return frozenset(
            {*self.few, *self.one, *self.some, *self.plural, *self.hundreds, *self.compounds}
            | thousands
        )


def load_numbers(folder: Path) -> NumberWording:
    """Read a language folder's ``numbers.yaml``.

    Raises:
        FoedusError: the file is missing or wrong; file and line are named.
    """
    wording, lines = load_declared(folder / "numbers.yaml", NumberWording)
    for name, value in wording.cardinals.items():
        if not 0 <= value < 100:
            raise lines.error(f"cardinal {name!r} is not below 100", "cardinals", name)
    return wording


class Token(msgspec.Struct, frozen=True, gc=False):
    """A figure, word or sign of the text. ``key`` is the word in lower case, apostrophes straight."""

    start: int
    end: int
    text: str
    key: str
    kind: Literal["num", "word", "other"]
    separated: bool = False


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into figures, words and signs, no further than somebody reads. Linear."""
    for found in _TOKEN.finditer(text):
        written = found.group()
        kind = found.lastgroup
        if kind == "word":
            key = written.lower().replace("’", "'")
            yield Token(found.start(), found.end(), written, key, "word")
        elif kind == "num":
            separated = found["sep"] is not None
            yield Token(found.start(), found.end(), written, written, "num", separated)
        else:
            yield Token(found.start(), found.end(), written, written, "other")


def tokenize(text: str) -> list[Token]:
    """Cut all of a text into figures, words and signs. Linear in its length."""
    return list(tokens(text))


class Reading(msgspec.Struct, frozen=True):
    """The number that begins at a token: value, the token after it, and how sure it is."""

    value: float
    end: int
    approx: bool = False
    at_least: bool = False
    scale: int = 1
    kind: Literal["figures", "words", "collective", "indefinite"] = "words"


def figure(token: Token, wording: NumberWording, *, scaled: bool) -> float:
    """Return the value of figures as the language writes them.

    Three digits after the decimal sign are thousands where no scale follows (« 40,000 » in a badly
    translated report); a grouping sign with other than three digits is decimal.
    """
    digits = re.sub(f"[{_SPACES}’']", "", token.text)
    whole, sign, rest = digits.rpartition("," if digits.rfind(",") > digits.rfind(".") else ".")
    if not sign:
        return float(digits)
    plain = re.sub(r"[.,]", "", whole)
    grouped = len(rest) == 3 and whole not in ("0", "") and len(whole) <= 3
    if digits.count(sign) > 1 or (grouped and not (scaled and sign == wording.decimal)):
        other = "," if sign == "." else "."
        if other not in whole:
            return float(plain + rest)
    return float(f"{plain}.{rest}")


def joins(left: Token, right: Token) -> bool:
    """Whether two tokens touch."""
    return left.end == right.start


def read_number(tokens: Sequence[Token], at: int, wording: NumberWording) -> Reading | None:
    """Return the number that begins at token ``at``, or None where none does."""
    token = tokens[at]
    if token.kind == "num":
        return _with_scale(tokens, at + 1, _figures(tokens, at, wording), wording)
    if token.kind != "word":
        return None
    few = wording.few.get(token.key)
    if few is not None:
        start = Reading(few.value, at + 1, True, few.at_least, kind="indefinite")
        many = _collective(tokens, at + 1, wording)
        return start if many is None else Reading(many[0], many[1], True, True, kind="collective")
    if token.key in wording.one:
        return _one_of(tokens, at, wording)
    if token.key in wording.some or token.key in wording.plural:
        many = _collective(tokens, at + (token.key in wording.some), wording)
        return Reading(many[0], many[1], True, True, kind="collective") if many else None
    if wording.scales.get(token.key) == 1000:  # « mille » needs no number before it
        return _with_scale(tokens, at, Reading(1, at), wording)
    words = _cardinal(tokens, at, wording)
    return _with_scale(tokens, words.end, words, wording) if words else None


def _key(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].key if 0 <= at < len(tokens) else ""


def _figures(tokens: Sequence[Token], at: int, wording: NumberWording) -> Reading:
    following = _key(tokens, at + 1)
    scaled = following in wording.scales or following in ("%", *wording.per)
    return Reading(figure(tokens[at], wording, scaled=scaled), at + 1, kind="figures")


def _collective(tokens: Sequence[Token], at: int, wording: NumberWording) -> tuple[int, int] | None:
    """Read « dizaines de milliers », plural at the start: its value and the token after it."""
    value, end = wording.plural.get(_key(tokens, at)), at + 1
    return _chain(tokens, end, value, wording) if value else None


def _chain(tokens: Sequence[Token], at: int, value: int, wording: NumberWording) -> tuple[int, int]:
    """Multiply by each « de milliers » that follows."""
    while _key(tokens, at) in wording.of and value < 10**12:
        factor = wording.plural.get(_key(tokens, at + 1))
        if factor is None:
            break
        value, at = value * factor, at + 2
    return value, at


def _one_of(tokens: Sequence[Token], at: int, wording: NumberWording) -> Reading | None:
    """Read « une dizaine », « une bonne centaine de milliers », « un million », « un demi-milliard »."""
    after = at + 1
    while _key(tokens, after) in wording.fillers and after - at < 3:
        after += 1
    part = 1.0
    if _key(tokens, after) == wording.half and _key(tokens, after + 1):
        after += 2 if _key(tokens, after + 1) == "-" else 1
        part = 0.5
    name = _key(tokens, after)
    if name in wording.single:
        value, end = _chain(tokens, after + 1, wording.single[name], wording)
        return Reading(value * part, end, True, kind="collective")
    if name in wording.scales:
        return _with_scale(tokens, after, Reading(part, after), wording)
    hundreds = _cardinal(tokens, after, wording) if name in wording.hundreds else None
    if hundreds is not None:
        return _with_scale(tokens, hundreds.end, hundreds, wording)
    return None


def _with_scale(
    tokens: Sequence[Token], at: int, start: Reading, wording: NumberWording
) -> Reading:
    """Multiply figures or words by what follows: « 40 millions », « deux dizaines de milliers »."""
    value, scale, end, approx = start.value, 1, at, start.approx
    name = _key(tokens, end)
    tight = (
        tokens[at - 1].kind == "num" and end < len(tokens) and joins(tokens[at - 1], tokens[end])
    )
    money = _key(tokens, end + 1) in ("€", "$", "£")
    if (tight or money) and end < len(tokens) and tokens[end].text in wording.suffixes:
        scale, end = wording.suffixes[tokens[end].text], end + 1
    elif not tight or start.kind != "figures":
        if name in wording.hundreds and value < 100:
            scale, end = 100, end + 1
            name = _key(tokens, end)
        if name in wording.scales:
            scale, end = scale * wording.scales[name], end + 1
            scale, end = _chain(tokens, end, scale, wording)
        elif name in wording.plural or name in wording.single:
            factor = wording.plural.get(name) or wording.single[name]
            scale, end = _chain(tokens, end + 1, factor, wording)
            approx = True
    value *= scale
    if (
        scale > 1
        and _key(tokens, end) == wording.joiner
        and _key(tokens, end + 1).startswith(wording.half)
    ):
        value, end = value + scale / 2, end + 2
    elif scale >= 1000 and start.kind == "words" and end < len(tokens):
        rest = _cardinal(tokens, end, wording)
        more = _with_scale(tokens, rest.end, rest, wording) if rest else None
        if more is not None and more.value < scale and not more.approx:
            value, end = value + more.value, more.end
    return Reading(round(value, 6), end, approx, start.at_least, scale, start.kind)


def _cardinal(tokens: Sequence[Token], at: int, wording: NumberWording) -> Reading | None:
    """Read number words below a thousand: « cent vingt et un », « soixante-dix-sept »."""
    value, end, hundreds = 0, at, False
    last = 0
    while end < len(tokens) and end - at < 12:
        if end > at and _key(tokens, end) == "-" and last:
            end += 1
        if _key(tokens, end) in wording.hundreds and not hundreds and value < 100:
            value, end, hundreds, last = max(value, 1) * 100, end + 1, True, 100
            continue
        step = end
        if _key(tokens, step) == wording.joiner and last >= 20:
            step += 1
            if wording.joined and _key(tokens, step) not in wording.joined:
                break
        found = _compound(tokens, step, wording) or _joined_one(tokens, step, end, wording)
        if found is None or not _adds(last, found[0], wording):
            break
        value, last, end = value + found[0], found[0], found[1]
    if end > at and _key(tokens, end - 1) == "-":
        end -= 1
    return Reading(value, end) if last else None


def _adds(last: int, value: int, wording: NumberWording) -> bool:
    """Whether a number word may follow another in one number."""
    if last in (0, 100):
        return True
    return last >= 20 and value < (20 if last in wording.long_tens else 10)


def _compound(tokens: Sequence[Token], at: int, wording: NumberWording) -> tuple[int, int] | None:
    for words, value in wording.compounds.get(_key(tokens, at), ()):
        end = _matches(tokens, at, words)
        if end is not None:
            return value, end
    return None


def _matches(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int | None:
    """Match words that hyphens or blanks join; return the token after them."""
    for number, word in enumerate(words):
        if number and _key(tokens, at) == "-":
            at += 1
        if _key(tokens, at) != word:
            return None
        at += 1
    return at


def _joined_one(
    tokens: Sequence[Token], at: int, before: int, wording: NumberWording
) -> tuple[int, int] | None:
    """« un » counts only inside a number: after « vingt et » or a hyphen."""
    inside = at > before or _key(tokens, at - 1) == "-"
    return (1, at + 1) if inside and _key(tokens, at) in wording.one else None
