"""Dates and figures as a person types them.

Comes in: the text of a cell or an option. Goes out: a date range or a figure. What may mean two things
is refused, never guessed: « 04/03/2022 » unless it is said which comes first, « 1,000 » always.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from foedus.acts import DateRange, day

__all__ = [
    "DayOrder",
    "Figure",
    "UnclearError",
    "iso_days",
    "plain_figure",
    "typed_days",
    "typed_figure",
]

DayOrder = Literal["dmy", "mdy"]
"""What comes first in 04/03/2022: the day (4 March) or the month (3 April)."""

_PLAIN = re.compile(r"([~≥]|>=)?(\d{1,15}(?:\.\d{1,6})?)(?:-(\d{1,15}(?:\.\d{1,6})?))?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_SPACES = re.compile("[ \u00a0\u202f\u2009]+")
# « 20 155mm shells » and « 20 155 mm shells » are twenty
_NUMBER = (
    r"(\d{1,3}(?: \d{3}){1,4}(?:[.,]\d{1,6})?(?![\w.,]| ?mm\b)|\d{1,15}(?:[.,]\d{1,6})?(?![\w.,]))"
)
_TYPED = re.compile(rf"(~|≥|>=)? ?{_NUMBER}(?: ?[-–] ?{_NUMBER})?(?: (.*))?")
_UNSURE = re.compile(r"\d{1,3}[.,]\d{3}")


class UnclearError(ValueError):
    """What is typed may mean two things; the text names both."""


class Figure(NamedTuple):
    """A number: exact, about, at least, or from ``value`` to ``max``."""

    value: float
    max: float | None = None
    approx: bool = False
    at_least: bool = False


def iso_days(text: str) -> DateRange:
    """Read ``2022-02-24``, ``2022-02``, ``2022`` or ``2022-02-18/2022-02-24``.

    Either end of a range may be a month or a year too.

    Raises:
        ValueError: it is none of these, or ends before it begins.
    """
    first, slash, last = text.partition("/")
    if slash:
        return DateRange(_iso_day(first).start, _iso_day(last).end, "range")
    return _iso_day(text)


def _iso_day(text: str) -> DateRange:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        raise ValueError(text)
    parts = [int(p) for p in text.split("-")]
    if len(parts) == 3:
        return day(date(*parts))
    if len(parts) == 2:
        start = date(parts[0], parts[1], 1)
        end = (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return DateRange(start, end, "month")
    return DateRange(date(parts[0], 1, 1), date(parts[0], 12, 31), "year")


def typed_days(text: str, order: DayOrder | None = None) -> DateRange:
    """Read what :func:`iso_days` reads, days as spreadsheets write them, and ``FIRST..LAST``.

    ``24/02/2022`` and ``24.02.2022`` have one reading; of ``04/03/2022`` ``order`` must say which.

    Raises:
        UnclearError: it could be two dates.
        ValueError: it is none.
    """
    first, dots, last = (part.strip() for part in text.partition(".."))
    if dots:
        return DateRange(_typed_day(first, order).start, _typed_day(last, order).end, "range")
    return _typed_day(text, order) if _SLASHED.fullmatch(text) else iso_days(text)


def _typed_day(text: str, order: DayOrder | None) -> DateRange:
    found = _SLASHED.fullmatch(text)
    if found is None:
        return _iso_day(text)
    one, two, year = (int(part) for part in found.groups())
    readings = {"dmy": (year, two, one), "mdy": (year, one, two)}
    possible = {
        name: date(*parts) for name, parts in readings.items() if 1 <= parts[1] <= 12
    }  # fmt: skip
    days = set(possible.values())
    if order is not None:
        return day(possible[order]) if order in possible else _no_day()
    if len(days) > 1:
        raise UnclearError(" or ".join(sorted(d.isoformat() for d in days)))
    return day(days.pop()) if days else _no_day()


def _no_day() -> DateRange:
    raise ValueError


def plain_figure(text: str) -> Figure:
    """Read ``120``, ``~120``, ``≥1000`` or ``4000-7000``; blanks do not count.

    Raises:
        ValueError: it is none of these.
    """
    parts = _PLAIN.fullmatch(text.replace(" ", ""))
    if parts is None:
        raise ValueError(text)
    top = float(parts[3]) if parts[3] else None
    return _figure(parts[1], float(parts[2]), top)


def typed_figure(text: str, multipliers: Mapping[str, float]) -> tuple[Figure, str]:
    """Read the figure that ``text`` begins with; return it and the words that follow.

    Beside what :func:`plain_figure` reads: « 1 000 », « 1,5 million », « 5-7 millions ».
    ``multipliers`` are words in small letters and what they multiply by.

    Raises:
        UnclearError: it begins with a figure that could be two.
        ValueError: it begins with none.
    """
    parts = _TYPED.fullmatch(_SPACES.sub(" ", text).strip())
    if parts is None:
        raise ValueError(text)
    mark, low, high, rest = parts.groups()
    words = (rest or "").split()
    times = 1.0
    if words and words[0].casefold() in multipliers:
        times = multipliers[words[0].casefold()]
        words = words[1:]
    top = None if high is None else _number(high) * times
    return _figure(mark, _number(low) * times, top), " ".join(words)


def _number(text: str) -> float:
    if _UNSURE.fullmatch(text):
        raise UnclearError(f"{text[:-4]}{text[-3:]} or {text[:-4]}.{text[-3:]}")
    return float(text.replace(" ", "").replace(",", "."))


def _figure(mark: str | None, value: float, top: float | None) -> Figure:
    if not math.isfinite(value) or (top is not None and (top < value or not math.isfinite(top))):
        raise ValueError
    return Figure(value, top, approx=mark == "~", at_least=mark in ("≥", ">="))
