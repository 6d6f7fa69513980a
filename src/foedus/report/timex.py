"""Time expressions: the words of a text that place something in time.

Comes in: a text, its language, and the passages to look at. Goes out:
:class:`~foedus.acts.TimeExpression` in the order of the text, none overlapping. What the words alone
do not tell (the year, the side on which a weekday lies) stays open. The wording is data
(``lang/*.yaml``, ``times:``); the values are written as in TIMEX3 (ISO 24617-1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from foedus.acts import Span, TimeExpression
from foedus.report.wording import Relation, Times, any_of, fold, load_wording

__all__ = ["find_times", "is_day"]

_REACH = 48
"""Characters before a month, weekday, … in which its expression may begin."""
_WORD = re.compile(r"(?<!\w)\w")
_TABLES = frozenset({"month", "weekday", "offset", "unit"})
_PERIODS = MappingProxyType({2: "XXXX-WXX-WE", 7: "XXXX-WXX", 30: "XXXX-XX", 365: "XXXX"})
"""How TIMEX3 writes a period that a report counts from its own, by the days of its unit."""
_GAP = r"(?:[ ]{1,3}|[ ]?\r?\n)"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:er|st|nd|rd|th)?"
_YEAR = r"(?:19|20)[0-9]{2}"
_ISO = re.compile(r"(?<![\w./-])([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?(?:(?=T\d)|(?![\w/-]|\.\d))")
_NUMERIC = re.compile(
    r"(?<![\w./-])([0-9]{1,2})(?:\.([0-9]{1,2})\.|/([0-9]{1,2})/|-([0-9]{1,2})-)([0-9]{4}|[0-9]{2})(?![\w/-]|\.\d)"
)


class _Found(NamedTuple):
    start: int
    end: int
    value: str | None
    offset: int | None
    shift: int = 0
    direction: Literal["past", "future", "any"] = "any"
    modifier: Literal["start", "mid", "end", "since", "until"] | None = None


class _Grammar(NamedTuple):
    kernel: re.Pattern[str]
    """Words that every pattern holds one of, at a word's end: only near them is a pattern tried."""
    hints: tuple[str, ...]
    """Words of which every relation holds one."""
    patterns: re.Pattern[str]
    slots: dict[str, dict[str, int]]
    """The number of each slot's group, by the group of its pattern."""
    tables: dict[str, dict[str, int]]
    relations: tuple[Relation, ...]
    told: re.Pattern[str]
    of: tuple[re.Pattern[str] | None, ...]
    order: str


@lru_cache(maxsize=8)
def _grammar(language: str) -> _Grammar | None:
    entry = load_wording().get(language)
    if entry is None:
        return None
    times = entry[0].times
    tables = {
        name: {fold(w): int(k) for k, words in table.items() for w in words}
        for name, table in (
            ("month", times.months), ("weekday", times.weekdays), ("offset", times.offsets),
            ("count", times.counts), ("unit", times.units),
        )
    }  # fmt: skip
    parts = [f"(?P<p{i}>{_template(p, i, times)})" for i, p in enumerate(times.patterns)]
    elsewhere = rf"|{any_of(times.elsewhere)}" if times.elsewhere else ""
    patterns = re.compile(rf"(?:{'|'.join(parts)})(?!\w{elsewhere})")
    slots: dict[str, dict[str, int]] = {f"p{i}": {} for i in range(len(parts))}
    for name, number in patterns.groupindex.items():
        if name.startswith("d"):
            rank, slot = name[1:].split("_", 1)
            slots[f"p{rank}"][slot] = number
    kernel = [w for t in ("month", "weekday", "offset", "unit") for w in tables[t]]
    told = "|".join(f"(?P<r{i}>{any_of(r.words)})" for i, r in enumerate(times.relations))
    return _Grammar(
        kernel=re.compile(rf"(?:{'|'.join([*(re.escape(w) for w in sorted(kernel)), _YEAR])})(?!\w)"),
        hints=tuple(sorted({fold(w).split()[-1] for r in times.relations for w in r.words})),
        patterns=patterns, slots=slots, tables=tables, relations=times.relations,
        told=re.compile(rf"(?<!\w)(?:{told})(?!\w)"),
        of=tuple(
            re.compile(rf"{_GAP}{any_of(r.of)}(?:(?<=')|(?!\w))") if r.of else None
            for r in times.relations
        ),
        order=times.numeric_order,
    )  # fmt: skip


def _template(pattern: str, number: int, times: Times) -> str:
    """Turn « {day} {month}[ {year}] » into a regular expression with groups ``d3_day`` …"""
    out = []
    for piece in re.findall(r"\{\w+\}|.", pattern):
        if piece.startswith("{"):
            slot = piece[1:-1]
            out.append(f"(?P<d{number}_{slot}>{_slot(slot, times)})")
        elif piece in "[]|":
            out.append({"[": "(?:", "]": ")?", "|": "|"}[piece])
        else:
            # « au mois d'août »: no space after an elision
            out.append(rf"(?:{_GAP}|(?<='))" if piece == " " else re.escape(piece))
    return "".join(out)


def _slot(slot: str, times: Times) -> str:
    if slot == "day":
        return _DAY
    if slot == "year":
        return _YEAR
    tables = {"month": "months", "weekday": "weekdays", "offset": "offsets", "unit": "units"}
    if slot == "count":
        words = [w for group in times.counts.values() for w in group]
        return rf"(?:[0-9]{{1,3}}|{any_of(words)})"
    if slot in tables:
        table: dict[str, tuple[str, ...]] = getattr(times, tables[slot])
        words = [w for group in table.values() for w in group]
        return any_of(words, ignore_case=tables[slot] not in times.exact_case)
    return any_of(times.words[slot])


def find_times(
    text: str, language: str, spans: Sequence[Span] | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``text`` within ``spans`` (the whole text without them).

    ``direction`` is what the words say (« dernier », « prochain »); tense is the coder's to add.
    « à la veille d'une réunion » stands for the day of the meeting, counted from the nearest day told
    before it in the text: after « mardi » it is ``XXXX-WXX-2`` with ``shift`` 1; where no day was
    told before, it is counted from the report (``offset`` 0). « ce soir-là » is the day told before it, and no
    expression where none was. A language without wording gives none.
    Time is linear in the text.
    """
    grammar = _grammar(language)
    if grammar is None:
        return ()
    folded = fold(text, lower=False)
    found: list[_Found] = []
    for start, end in spans if spans is not None else [(0, len(text))]:
        found += _within(folded, start, end, grammar)
    return tuple(
        TimeExpression(
            span=(f.start, f.end), value=f.value, offset=f.offset, shift=f.shift,
            direction=f.direction, modifier=f.modifier,
        )
        for f in _resolved(folded, found, grammar)
    )  # fmt: skip


def _within(folded: str, start: int, end: int, grammar: _Grammar) -> list[_Found]:
    """Every expression of one passage; where two overlap the earlier, then the longer, stays."""
    passage = folded[start:end]
    raw: list[_Found] = []
    for m in _ISO.finditer(passage):
        if value := _calendar(m[1], m[2], m[3]):
            raw.append(_Found(m.start(), m.end(), value, None))
    for m in _NUMERIC.finditer(passage):
        if value := _numeric(m, grammar.order):
            raw.append(_Found(m.start(), m.end(), value, None))
    small = fold(passage)
    raw += _worded(passage, small, grammar)
    # a relation waits for the day it is told from: until then its rank stands in ``value``
    if any(hint in small for hint in grammar.hints):
        raw += [
            _Found(m.start(), m.end(), f"#{(m.lastgroup or 'r0')[1:]}", None)
            for m in grammar.told.finditer(passage)
        ]
    out: list[_Found] = []
    for one in sorted(raw, key=lambda f: (f.start, -f.end, f.value or "")):
        if not out or one.start >= out[-1].end:
            out.append(one)
    return [one._replace(start=one.start + start, end=one.end + start) for one in out]


def _worded(passage: str, small: str, grammar: _Grammar) -> list[_Found]:
    """Try the patterns at the words that stand shortly before a month, a weekday, a year, …"""
    out: list[_Found] = []
    done = 0
    for kernel in grammar.kernel.finditer(small):
        for word in _WORD.finditer(passage, max(done, kernel.start() - _REACH), kernel.end()):
            if word.start() < done:
                continue
            done = word.start() + 1
            match = grammar.patterns.match(passage, word.start())
            if match and (one := _meaning(match, grammar)) is not None:
                out.append(one)
                done = match.end()
    return out


def _calendar(year: str, month: str, day: str | None) -> str | None:
    """Return the ISO value if it is a day or month of the calendar between 1900 and 2099."""
    if not 1900 <= int(year) <= 2099 or not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{month}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def _numeric(match: re.Match[str], order: str) -> str | None:
    """Read « 25.02.2022 »; an order that cannot be told (04/05/2022 in English) is left alone."""
    first, second = int(match[1]), int(match[2] or match[3] or match[4])
    year = match[5] if len(match[5]) == 4 else f"20{match[5]}"
    if order == "either":
        if first <= 12 and second <= 12 and first != second:
            return None
        order = "mdy" if second > 12 else "dmy"
    day, month = (first, second) if order == "dmy" else (second, first)
    return _calendar(year, f"{month:02}", f"{day:02}")


def _meaning(match: re.Match[str], grammar: _Grammar) -> _Found | None:
    """Read the slots of the pattern that matched."""
    slots = {
        slot: " ".join(fold(match[number]).split())
        for slot, number in grammar.slots[match.lastgroup or "p0"].items()
        if match[number] is not None
    }
    if not all(v in grammar.tables[s] for s, v in slots.items() if s in _TABLES):
        # an odd letter that only case folding takes for another (ſ for s)
        return None
    value, offset = _value(slots, grammar.tables)
    if value is None and offset is None:
        return None
    modifier = next((m for m in ("start", "mid", "end", "since", "until") if m in slots), None)
    direction: Literal["past", "future", "any"] = "any"
    if "last" in slots or "ago" in slots:
        direction = "past"
    elif "next" in slots or "ahead" in slots:
        direction = "future"
    return _Found(
        match.start(), match.end(), value, offset, 0, direction,
        modifier,
    )  # fmt: skip


def _value(
    slots: dict[str, str], tables: dict[str, dict[str, int]]
) -> tuple[str | None, int | None]:
    if "offset" in slots:
        return None, tables["offset"][slots["offset"]]
    if "count" in slots:
        return None, _distance(slots, tables)
    if "unit" in slots:
        step = -1 if "last" in slots else 1 if "next" in slots else 0
        period = _PERIODS.get(tables["unit"][slots["unit"]])
        return period, step if period is not None else None
    year, month = slots.get("year", "XXXX"), slots.get("month")
    if month is not None:
        number = tables["month"][month]
        if "day" not in slots:
            return f"{year}-{number:02}", None
        day = int(re.sub(r"\D", "", slots["day"]))
        # 2024 is a leap year: « le 29 février » is a day of some year
        checked = _calendar("2024" if year == "XXXX" else year, f"{number:02}", f"{day:02}")
        return (f"{year}-{number:02}-{day:02}" if checked else None), None
    if "weekday" in slots:
        return f"XXXX-WXX-{tables['weekday'][slots['weekday']]}", None
    return (year if year != "XXXX" else None), None


def _distance(slots: dict[str, str], tables: dict[str, dict[str, int]]) -> int | None:
    """« il y a trois jours » is -3. Longer units than days are too vague for a day: none."""
    count, unit = slots["count"], tables["unit"][slots["unit"]]
    days = int(count) if count.isdigit() else tables["count"].get(count, 0)
    if unit != 1 or not 0 < days <= 60:
        return None
    return days if "ahead" in slots else -days


def is_day(expression: TimeExpression | _Found) -> bool:
    """Whether the expression names a day, so that « la veille » can be counted from it."""
    if expression.modifier is not None:
        return False
    if expression.offset is not None:
        return True
    value = expression.value or ""
    return value.startswith("XXXX-WXX-") or value.count("-") == 2


def _resolved(folded: str, found: list[_Found], grammar: _Grammar) -> list[_Found]:
    """Give « la veille » and its like the day that they are told from."""
    out: list[_Found] = []
    skip: _Found | None = None
    last: _Found | None = None
    for i, one in enumerate(found):
        if one is skip:
            continue
        if one.value is None or not one.value.startswith("#"):
            out.append(one)
            last = one if is_day(one) else last
            continue
        rank = int(one.value[1:])
        relation, of = grammar.relations[rank], grammar.of[rank]
        after = of.match(folded, one.end) if of is not None else None
        following = found[i + 1] if i + 1 < len(found) else None
        if after and following and is_day(following) and not _words(folded, after.end(), following):
            # « la veille du 24 février »: told from the date that it names
            skip = following
            last = following._replace(start=one.start, shift=following.shift + relation.days)
            out.append(last)
        elif after:
            base = last or _Found(0, 0, None, 0)
            told = base._replace(
                start=one.start, end=after.end(), shift=base.shift - relation.days,
            )  # fmt: skip
            out.append(told)
        elif last is not None:
            told = last._replace(
                start=one.start, end=one.end, shift=last.shift + relation.days,
            )  # fmt: skip
            out.append(told)
    return out


def _words(folded: str, start: int, following: _Found) -> bool:
    """Whether words stand between an « of » word and the date after it."""
    if following.start < start or following.start - start > 12:
        return True
    between = folded[start : following.start].strip()
    return between not in ("", "le", "the")
