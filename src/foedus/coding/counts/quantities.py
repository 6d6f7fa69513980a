"""What a number counts: « 40 000 soldats » are persons, « 2 milliards d'euros d'aide » are EUR of aid.

Comes in: numbers (:mod:`foedus.coding.counts.numbers`), the text they stand in and a language's wording
(``lang/XX/units.yaml``). Goes out: an :class:`~foedus.acts.Amount` for each number of something
that matters; None for the rest (ages, distances, « deux fois », « les deux pays »). The words right
after the number decide, not a parse: figures with blanks in them are where parsers err most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from foedus.acts import Amount, Span
from foedus.coding.counts.numbers import NumberExpression
from foedus.coding.counts.numberwords import Token, tokenize, tokens
from foedus.declared import load_declared

__all__ = [
    "CountedNoun", "Entities", "UnitWording", "amounts", "count_of", "counted_end", "load_units",
    "phrases", "stem",
]  # fmt: skip

Entities = Callable[[Span], Sequence[str]]
"""Tells which entities the characters of a passage name or point at, in the order of the text."""

T = TypeVar("T")
_AFTER = 160
_NEAR = 120
_BEFORE = 40
_QUOTES = frozenset('«»“”„"‹›')


class CountedNoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for one thing that is counted, in the singular; ``of`` is its English slug."""

    of: str
    words: tuple[str, ...]
    unit: str = "item"


class Currency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A currency by its ISO 4217 code; ``signs`` may stand before or after the figures."""

    unit: str
    words: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


class Duration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit of time; counted only of something (« deux jours de frappes »)."""

    unit: str
    words: tuple[str, ...]


class UnitWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What a language declares of counted things (``units.yaml``).

    ``skip`` may stand between the number and what it counts; ``free`` is how many other words may
    (adjectives before the noun); ``partitive`` words too. ``links`` lead from a measure to what is
    measured. After a
    ``definite`` word a small number counts nothing new. ``before_money`` may stand between a
    number and its currency (« 2 milliards d'euros »). Between one of ``shares`` (« dont ») and one
    of ``bare``, or before one of ``others``, a number counts what the one before it did.
    """

    nouns: tuple[CountedNoun, ...]
    currencies: tuple[Currency, ...]
    durations: tuple[Duration, ...]
    percent: tuple[str, ...]
    skip: tuple[str, ...]
    partitive: tuple[str, ...]
    links: tuple[str, ...]
    definite: tuple[str, ...]
    shares: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    before_money: tuple[str, ...] = ()
    free: int = 0

    @cached_property
    def table(self) -> dict[str, list[tuple[tuple[str, ...], CountedNoun]]]:
        """Counted nouns by their first word, longest first."""
        return _index((w, n) for n in self.nouns for w in n.words)

    @cached_property
    def money(self) -> dict[str, list[tuple[tuple[str, ...], Currency]]]:
        """Currencies by their first word or sign, longest first."""
        return _index((w, c) for c in self.currencies for w in (*c.words, *c.signs))

    @cached_property
    def time(self) -> dict[str, Duration]:
        """Units of time by their word."""
        return {stem(w): d for d in self.durations for w in d.words}

    @cached_property
    def signs(self) -> tuple[tuple[str, Currency], ...]:
        """Signs of currencies that may stand before the figures."""
        rows = ((("".join(keys)).upper(), c) for found in self.money.values() for keys, c in found)
        return tuple((sign, currency) for sign, currency in rows if sign in currency.signs)

    @cached_property
    def percents(self) -> tuple[tuple[str, ...], ...]:
        """What stands for a hundredth, cut into keys."""
        return tuple(tuple(stem(t.text) for t in tokenize(phrase)) for phrase in self.percent)

    @cached_property
    def passed(self) -> frozenset[str]:
        """Single words that may stand between a number and what it counts."""
        return frozenset((*self.skip, *self.partitive))


@lru_cache(maxsize=1 << 15)
def stem(word: str) -> str:
    """Return a word in lower case without the sign of its plural; « d' » is « de »."""
    low = word.lower().replace("’", "'")
    if low == "d'":
        return "de"
    return low[:-1] if len(low) > 3 and low[-1] in "sx" else low


def _index(pairs: Iterable[tuple[str, T]]) -> dict[str, list[tuple[tuple[str, ...], T]]]:
    out: dict[str, list[tuple[tuple[str, ...], T]]] = {}
    for words, thing in pairs:
        (keys,) = phrases([words])
        out.setdefault(keys[0], []).append((keys, thing))
    for found in out.values():
        found.sort(key=lambda p: (-len(p[0]), p[0]))
    return out


def phrases(words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Cut words of a wording file into keys that :func:`stem` makes, longest first."""
    found = {tuple(stem(t.text) for t in tokenize(w)) for w in words}
    return tuple(sorted(found, key=lambda p: (-len(p), p)))


def load_units(folder: Path) -> UnitWording:
    """Read a language folder's ``units.yaml``.

    Raises:
        FoedusError: the file is missing or wrong, or a word stands for two things; file and line
            are named.
    """
    wording, lines = load_declared(folder / "units.yaml", UnitWording)
    seen: dict[tuple[str, ...], str] = {}
    for number, noun in enumerate(wording.nouns):
        for word in noun.words:
            (keys,) = phrases([word])
            if not keys or seen.setdefault(keys, noun.of) != noun.of:
                what = f"{word!r} stands for two things" if keys else "a word is empty"
                raise lines.error(what, "nouns", number, remedy="keep one")
    return wording


class _Tail:
    """The words after a number, with their places in the text; cut no further than asked for."""

    def __init__(self, text: str, at: int) -> None:
        self._more = tokens(text[at : at + _AFTER])
        self._read: list[Token] = []
        self.base = at

    def token(self, at: int) -> Token | None:
        """Return the token at a position, or None past the end."""
        while len(self._read) <= at:
            following = next(self._more, None)
            if following is None:
                return None
            self._read.append(following)
        return self._read[at]

    def key(self, at: int) -> str:
        token = self.token(at)
        return stem(token.text) if token is not None else ""

    def end(self, at: int) -> int:
        """Return where the token before ``at`` ends in the text."""
        token = self.token(at - 1)
        return self.base + (token.end if token is not None else 0)


def count_of(
    number: NumberExpression, text: str, wording: UnitWording, entities: Entities | None = None
) -> Amount | None:
    """Return what a number of ``text`` counts, or None where it counts nothing that matters.

    The amount's span is that of the number words; for money, time and percent it takes in the unit.
    ``at_most`` becomes ``max`` equal to the value. ``entities`` lets « 300 Lettons » be persons.
    """
    tail = _Tail(text, number.span[1])
    before = text[max(0, number.span[0] - _BEFORE) : number.span[0]]
    return (
        _money(number, tail, before, wording)
        or _percent(number, tail, wording)
        or _time(number, tail, wording)
        or _thing(number, tail, before, wording, entities)
    )


def amounts(
    text: str,
    numbers: Sequence[NumberExpression],
    wording: UnitWording,
    entities: Entities | None = None,
) -> tuple[Amount, ...]:
    """Return the amounts that ``numbers`` make in ``text``, in order.

    A number that leaves its noun out counts what the one before did: « 12 navires, dont 3 en mer »,
    « 20 chars ; 10 autres ».
    """
    out: list[Amount] = []
    for number in numbers:
        amount = count_of(number, text, wording, entities)
        if amount is None and out and number.span[0] - out[-1].span[1] < _NEAR:
            amount = _elliptic(number, out[-1], text, wording)
        if amount is not None:
            out.append(amount)
    return tuple(out)


def _elliptic(
    number: NumberExpression, before: Amount, text: str, wording: UnitWording
) -> Amount | None:
    if before.unit not in ("person", "item"):
        return None
    between = tokenize(text[before.span[1] : number.span[0]])
    tail = _Tail(text, number.span[1])
    first = tail.token(0)
    following = first.key if first is not None else ""
    led = any(t.key in wording.shares for t in between[-4:])
    if following in wording.others:
        second = tail.token(1)
        bare = second is None or second.kind != "word" or not second.key.endswith("s")
    else:
        bare = led and (following in wording.bare or not following.isalpha())
    return _amount(number, before.unit, before.of, number.span) if bare else None


def counted_end(amount: Amount, text: str, wording: UnitWording) -> int:
    """Return where the noun ends that an amount counts, or the amount where none follows."""
    if amount.unit not in ("person", "item", "country", "tonne"):
        return amount.span[1]
    tail = _Tail(text, amount.span[1])
    found = _noun(tail, 0, wording)
    if found is not None:
        return tail.end(found[1])
    at = _skipped(tail, 0, wording)
    return tail.end(at + 1) if tail.token(at) is not None else amount.span[1]


def _amount(number: NumberExpression, unit: str, of: str | None, span: Span) -> Amount:
    return Amount(
        value=number.value, unit=unit, of=of, approx=number.approx, at_least=number.at_least,
        max=number.value if number.at_most else number.max, span=span,
    )  # fmt: skip


def _skipped(tail: _Tail, at: int, wording: UnitWording) -> int:
    """Pass over links, marks and the adjectives that stand before nouns."""
    reached = at
    while reached - at < 6 and (token := tail.token(reached)) is not None:
        if token.text not in _QUOTES and token.key not in wording.passed:
            break
        reached += 1
    return reached


def _longest(
    tail: _Tail, at: int, table: dict[str, list[tuple[tuple[str, ...], T]]]
) -> tuple[T, int] | None:
    for keys, thing in table.get(tail.key(at), ()):
        if all(tail.key(at + n) == key for n, key in enumerate(keys)):
            return thing, at + len(keys)
    return None


def _noun(tail: _Tail, at: int, wording: UnitWording) -> tuple[CountedNoun, int] | None:
    """Find the counted noun at ``at``, past what may stand before it."""
    at = _skipped(tail, at, wording)
    for further in range(wording.free + 1):
        found = _longest(tail, at + further, wording.table)
        if found is not None:
            return found
        token = tail.token(at + further)
        if token is None or token.kind == "other":
            return None
    return None


def _measured(tail: _Tail, at: int, wording: UnitWording) -> str | None:
    """Return what a measure is of: « euros d'aide », « jours de frappes »."""
    token = tail.token(at)
    while token is not None and token.kind == "word" and token.key not in wording.links:
        if at > 2:
            return None
        at += 1
        token = tail.token(at)
    if token is None or token.kind != "word":
        return None
    found = _noun(tail, at + (token.key in wording.links), wording)
    return found[0].of if found else None


def _led(before: str, wording: UnitWording) -> str | None:
    """Return what money is of where that stands before it: « une aide de 40 milliards d'euros »."""
    tail = _Tail(before, 0)
    words = tokenize(before[:_AFTER])
    for at in range(max(0, len(words) - 6), len(words) - 1):
        found = _longest(tail, at, wording.table)
        if found is not None:
            between = [t.key for t in words[found[1] :]]
            return found[0].of if between and between[-1] in wording.partitive else None
    return None


def _money(
    number: NumberExpression, tail: _Tail, before: str, wording: UnitWording
) -> Amount | None:
    at = 0
    while tail.key(at) in wording.before_money and at < 2:
        at += 1
    after = _longest(tail, at, wording.money)
    if after is not None:
        span = (number.span[0], tail.end(after[1]))
        of = _measured(tail, after[1], wording) or _led(before, wording)
        return _amount(number, after[0].unit, of, span)
    left = before.rstrip()
    for sign, currency in wording.signs:
        if left.endswith(sign):
            start = number.span[0] - len(before) + len(left) - len(sign)
            return _amount(
                number, currency.unit, _measured(tail, 0, wording), (start, number.span[1])
            )
    return None


def _percent(number: NumberExpression, tail: _Tail, wording: UnitWording) -> Amount | None:
    for keys in wording.percents:
        if all(tail.key(n) == key for n, key in enumerate(keys)):
            span = (number.span[0], tail.end(len(keys)))
            return _amount(number, "percent", _measured(tail, len(keys), wording), span)
    return None


def _time(number: NumberExpression, tail: _Tail, wording: UnitWording) -> Amount | None:
    at = _skipped(tail, 0, wording)
    duration = wording.time.get(tail.key(at))
    if duration is None or tail.key(at + 1) not in wording.links:
        return None
    of = _measured(tail, at + 1, wording)
    span = (number.span[0], tail.end(at + 1))
    return _amount(number, duration.unit, of, span) if of else None


def _thing(
    number: NumberExpression,
    tail: _Tail,
    before: str,
    wording: UnitWording,
    entities: Entities | None,
) -> Amount | None:
    found = _noun(tail, 0, wording)
    if found is not None:
        noun = found[0]
        known = re.search(r"(\w+)\s*$", before)
        definite = known is not None and known.group(1).lower() in wording.definite
        if definite and (noun.unit == "country" or (number.kind == "words" and number.value <= 2)):
            return None
        return _amount(number, noun.unit, noun.of, number.span)
    at = _skipped(tail, 0, wording)
    token = tail.token(at)
    if entities is None or token is None or not token.text[0].isupper():
        return None
    named = entities((tail.base + token.start, tail.base + token.end))
    return _amount(number, "person", "people", number.span) if named else None
