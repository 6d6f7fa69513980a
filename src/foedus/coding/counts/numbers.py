"""Numbers that count something, wherever a text writes one.

Comes in: a text (a sentence or a whole report) and a language's wording (``lang/XX/numbers.yaml``).
Goes out: :class:`NumberExpression` records in order. What is a number only in looks is left out:
dates, years, hours, articles, calibres and other measures, ordinals, list numbers, parts of names
and addresses (« F-16 », « Leopard 2 », « G7 »).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from foedus.acts import Span
from foedus.coding.counts.numberwords import (
    Modifier,
    NumberWording,
    Reading,
    Token,
    joins,
    load_numbers,
    read_number,
    tokenize,
)

__all__ = ["NumberExpression", "NumberWording", "find_numbers", "load_numbers"]

# Figures of dates, hours, scores and addresses: no part of them is a number that counts.
# The characters that one may begin with come first: looking ahead for them is cheaper than trying each.
_ZONES = re.compile(
    r"(?=[\dhw@])(?:(?:https?://|www\.)\S{1,2000}|@\w{1,60}"
    r"|\b\d{4}-\d{1,2}(?:-\d{1,2})?\b|\b\d{1,2}([./-])\d{1,2}\1(?:19|20)?\d{2}\b"
    r"|\b\d{1,2}\s?[:hH]\s?\d{2}\b|\b\d{1,4}/\d{1,4}\b)"
)
_REACH = 5
"""How many words a modifier may have."""


class NumberExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A number as a text writes it.

    ``span`` holds the number words alone (« des milliers », « 4 000 à 7 000 »), without what loosens
    it. ``max`` is the upper end of a range. ``at_most``: the text gives an upper bound only (« jusqu'à
    5 000 »), and ``value`` is that bound. ``kind`` tells figures, words, a collective (« des dizaines »)
    and an indefinite word (« plusieurs ») apart. Ordinals are not found: ``ordinal`` is always False.
    """

    span: Span
    value: float
    max: float | None = None
    approx: bool = False
    at_least: bool = False
    at_most: bool = False
    ordinal: bool = False
    kind: Literal["figures", "words", "collective", "indefinite"] = "figures"


def find_numbers(text: str, wording: NumberWording) -> tuple[NumberExpression, ...]:
    """Return the numbers of ``text`` that count something, in order. Linear in its length."""
    tokens = tokenize(text)
    barred = _barred(text)
    readings: list[tuple[int, Reading]] = []
    openers = wording.openers
    reached = 0
    for at, token in enumerate(tokens):
        if at < reached or (token.kind != "num" and token.key not in openers):
            continue
        found = read_number(tokens, at, wording)
        if found is None:
            continue
        if not barred(token.start) and not _only_looks(text, tokens, at, found, wording):
            readings.append((at, found))
        reached = found.end
    return tuple(_expressions(tokens, readings, wording))


def _barred(text: str) -> Callable[[int], bool]:
    """Tell of an offset whether it lies in a date, an hour, a score or an address."""
    zones = [found.span() for found in _ZONES.finditer(text)]
    ends = [end for _, end in zones]

    def barred(offset: int) -> bool:
        at = bisect_right(ends, offset)
        return at < len(zones) and zones[at][0] <= offset

    return barred


def _only_looks(
    text: str, tokens: Sequence[Token], at: int, found: Reading, wording: NumberWording
) -> bool:
    """Whether what begins at token ``at`` is a number only in looks."""
    if found.kind == "figures":
        return (
            _in_a_name(text, tokens, at, found)
            or _labelled(tokens, at, wording)
            or _named(text, tokens, at, wording)
            or _is_year(tokens, at, found, wording)
            or _dates_or_measures(tokens, at, found, wording)
            or _enumerates(text, tokens, at, found)
        )
    if found.kind == "indefinite":
        return _glued(tokens, at, found)
    capital = tokens[at].text[0].isupper() and not _begins_sentence(text, tokens[at].start)
    return capital or _glued(tokens, at, found) or _after_percent(tokens, at, found, wording)


def _after_percent(
    tokens: Sequence[Token], at: int, found: Reading, wording: NumberWording
) -> bool:
    """Whether « cent » is part of « pour cent », or words are a date or a measure (« dix mars »)."""
    if tokens[at].key in wording.hundreds and _key(tokens, at - 1) in wording.per:
        return True
    return _dates_or_measures(tokens, at, found, wording)


def _glued(tokens: Sequence[Token], at: int, found: Reading) -> bool:
    """Whether a hyphen makes the words part of another word (« deux-roues », « quelques-uns »)."""
    after = found.end
    tied = (
        after + 1 < len(tokens) and tokens[after].text == "-" and tokens[after + 1].kind == "word"
    )
    if tied and joins(tokens[after - 1], tokens[after]) and joins(tokens[after], tokens[after + 1]):
        return True
    return at > 0 and tokens[at - 1].text in ("-", "_") and joins(tokens[at - 1], tokens[at])


def _in_a_name(text: str, tokens: Sequence[Token], at: int, found: Reading) -> bool:
    """Whether letters or hyphens beside the figures make them part of a name (« F-16 », « 5G », « 1er »)."""
    token = tokens[at]
    before = text[max(0, token.start - 2) : token.start]
    if before[-1:].isalnum() or before[-1:] in ("_", "/", "#", "°", "º", "+"):
        return True
    if before[-1:] in ("-", "–", ".") and before[:1].isalpha():
        return True
    last = tokens[found.end - 1].end
    after = text[last : last + 2]
    if after[:1].isalpha() or after[:1] in ("_", "ᵉ", "/", "°", "º", "ᵉ"):
        return True
    return after[:1] == "-" and after[1:].isalpha()


def _labelled(tokens: Sequence[Token], at: int, wording: NumberWording) -> bool:
    """Whether a word before makes the figures a name: « article 5 », « articles 4 et 5 », « n° 3 »."""
    if tokens[at].separated:
        return False
    back = at - 1
    while back > 0 and at - back <= 8:
        key = tokens[back].key
        joined = key in (wording.joiner, wording.or_, ",", *wording.to) and (
            tokens[back - 1].kind == "num"
        )
        if not joined:
            break
        back -= 2
    if _key(tokens, back) in ("°", "º", ".") and back > 0:
        back -= 1
    return _key(tokens, back) in wording.looks_like.labels


def _named(text: str, tokens: Sequence[Token], at: int, wording: NumberWording) -> bool:
    """Whether a name takes the figures as its last part: « Leopard 2 », « Nord Stream 2 »."""
    token = tokens[at]
    if at == 0 or token.separated or not token.text.isdigit() or len(token.text) > 4:
        return False
    before = tokens[at - 1]
    if (
        before.kind != "word"
        or not before.text[0].isupper()
        or "\n" in text[before.end : token.start]
    ):
        return False
    if _begins_sentence(text, before.start):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        return following is None or following.kind != "word"
    return _key(tokens, at - 2) not in wording.looks_like.place_before


def _is_year(tokens: Sequence[Token], at: int, found: Reading, wording: NumberWording) -> bool:
    token, looks = tokens[at], wording.looks_like
    if found.scale != 1 or len(token.text) != 4 or not 1800 <= found.value <= 2100:
        return False
    before = _key(tokens, at - 1)
    if before in looks.months:
        return True
    after = tokens[found.end] if found.end < len(tokens) else None
    counted = after is not None and after.kind == "word" and after.text[0].islower()
    counted = (
        counted
        and len(after.key if after else "") > 2
        and _key(tokens, found.end) not in looks.functions
    )
    if before in looks.year_before and found.value >= 1900:
        return True
    return not counted and _key(tokens, found.end) not in ("%", "€", "$")


def _dates_or_measures(
    tokens: Sequence[Token], at: int, found: Reading, wording: NumberWording
) -> bool:
    """Whether a month, an hour or a measure follows, over « et », « à » and further figures."""
    looks, after = wording.looks_like, found.end
    hops = 0
    while hops < 3 and _key(tokens, after) in (
        wording.joiner,
        wording.or_,
        *wording.to,
        *wording.until,
        ",",
    ):
        step = after + 1
        further = read_number(tokens, step, wording) if step < len(tokens) else None
        if further is None or further.scale != 1:
            break
        after, hops = further.end, hops + 1
    key = _key(tokens, after)
    if key in looks.months and found.value <= 31:
        return True
    if key in looks.measures:
        return True
    return key in looks.clock and found.value <= 24 and _key(tokens, at - 1) in looks.clock_before


def _enumerates(text: str, tokens: Sequence[Token], at: int, found: Reading) -> bool:
    """Whether figures number a list, a note, or stand in a row of figures (a telephone number)."""
    token = tokens[at]
    line = text[max(0, token.start - 3) : token.start]
    leads = not line.strip() and (token.start < 3 or "\n" in line or token.start == len(line))
    if leads and text[token.end : token.end + 2] in (". ", ") ", ".\u00a0", ")\u00a0", ".-"):
        return True
    if len(token.text) > 2 or found.scale > 1:
        return False
    if text[token.start - 1 : token.start] in ("(", "[") and text[token.end : token.end + 1] in (
        ")",
        "]",
    ):
        return True
    rows = [tokens[n] for n in (at - 1, found.end) if 0 <= n < len(tokens)]
    return any(t.kind == "num" and len(t.text) <= 2 for t in rows)


def _begins_sentence(text: str, at: int) -> bool:
    """Whether nothing but a sentence's end, a line's end or an opening mark stands before."""
    before = text[max(0, at - 4) : at]
    bare = before.rstrip(" \t\u00a0\u202f")
    return not bare or bare[-1] in '.!?…:«“"\n—–('


def _key(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].key if 0 <= at < len(tokens) else ""


@lru_cache(maxsize=16)
def _phrases(
    modifiers: tuple[Modifier, ...],
) -> dict[str, tuple[tuple[tuple[str, ...], Modifier], ...]]:
    """Cut modifiers into token keys, by their last word and longest first."""
    out: dict[str, list[tuple[tuple[str, ...], Modifier]]] = {}
    for modifier in modifiers:
        for phrase in modifier.words:
            keys = tuple(t.key for t in tokenize(phrase))
            out.setdefault(keys[-1], []).append((keys, modifier))
    return {k: tuple(sorted(v, key=lambda p: (-len(p[0]), p[0]))) for k, v in out.items()}


@lru_cache(maxsize=16)
def _rows(modifiers: tuple[Modifier, ...]) -> tuple[tuple[tuple[str, ...], Modifier], ...]:
    """Return the same as one row."""
    return tuple(p for group in _phrases(modifiers).values() for p in group)


def _loosened(
    tokens: Sequence[Token], first: int, end: int, wording: NumberWording
) -> list[Modifier]:
    """Return the modifiers that stand right before token ``first`` and right after the last one."""
    out: list[Modifier] = []
    at = first
    before = _phrases(wording.before)
    while at > 0 and first - at < 3 * _REACH:
        phrases = before.get(tokens[at - 1].key, ())
        hit = next((p for p in phrases if _keys(tokens, at - len(p[0]), at) == p[0]), None)
        if hit is None:
            break
        out.append(hit[1])
        at -= len(hit[0])
    out += [m for keys, m in _rows(wording.after) if _keys(tokens, end, end + len(keys)) == keys][
        :1
    ]
    return out


def _keys(tokens: Sequence[Token], start: int, end: int) -> tuple[str, ...]:
    return tuple(t.key for t in tokens[start:end]) if start >= 0 else ()


def _expressions(
    tokens: Sequence[Token],
    readings: Sequence[tuple[int, Reading]],
    wording: NumberWording,
) -> list[NumberExpression]:
    """Join two readings that are a range, and take in what loosens each."""
    out: list[NumberExpression] = []
    number = 0
    while number < len(readings):
        at, low = readings[number]
        high = readings[number + 1] if number + 1 < len(readings) else None
        lower = _range(tokens, at, low, high, wording) if high is not None else None
        if high is not None and lower is not None:
            last, value, top = high[1], lower, high[1].value
            number += 2
        else:
            last, value, top = low, low.value, None
            number += 1
        modifiers = _loosened(tokens, at, last.end, wording)
        choice = top is not None and _key(tokens, low.end) == wording.or_
        out.append(
            NumberExpression(
                span=(tokens[at].start, tokens[last.end - 1].end),
                value=float(value),
                max=None if top is None else float(top),
                approx=low.approx or last.approx or choice or any(m.approx for m in modifiers),
                at_least=low.at_least or any(m.at_least for m in modifiers),
                at_most=any(m.at_most for m in modifiers),
                kind=low.kind,
            )
        )
    return out


def _range(
    tokens: Sequence[Token],
    at: int,
    low: Reading,
    high: tuple[int, Reading],
    wording: NumberWording,
) -> float | None:
    """Return the lower end of a range that two readings make, its scale taken from the upper one.

    « 1 à 2 milliards » starts at a milliard. After a verb of change (« passer de 4 à 8 ») there is none.
    """
    start, upper = high
    if start != low.end + 1 or low.kind == "indefinite" or upper.kind == "indefinite":
        return None
    sign, before = _key(tokens, low.end), _key(tokens, at - 1)
    if sign == wording.between_and:
        if before not in wording.between:
            return None
    elif sign == wording.or_:
        if upper.value > 3 * low.value + 3 or low.scale != upper.scale:
            return None
    elif sign not in wording.to or _changes(tokens, at, wording):
        return None
    shared = low.scale == 1 and upper.scale >= 1000 and low.value < 1000
    value = (
        low.value * upper.scale if shared and low.value * upper.scale < upper.value else low.value
    )
    return value if value < upper.value else None


def _changes(tokens: Sequence[Token], at: int, wording: NumberWording) -> bool:
    """Whether a verb of change stands shortly before: « passera de 40 000 à 300 000 »."""
    return any(t.key.startswith(wording.change) for t in tokens[max(0, at - 6) : at])
