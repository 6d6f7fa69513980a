"""When a report appeared, as far as the report alone tells.

Comes in: the text, the page's dated lines, the time expressions of the article. Goes out: the
evidence, each piece with its characters, and the ranges that it allows. Nothing is guessed: a day
without a year is left to the ledger, which knows other reports and the calendar.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from foedus.acts import DateRange, Span, TimeExpression, intersect, resolve_time
from foedus.report.clean import Page
from foedus.report.records import DateEvidence
from foedus.report.stamps import Stamp
from foedus.report.timex import find_times
from foedus.report.wording import any_of, fold, load_wording

__all__ = ["allowed_dates", "find_evidence"]

_SENTENCE = re.compile(r"[.!?…]\s|\n")
_LEAD = 24
"""Characters before a date in which « ce », « les événements du » stand."""
_HEAD = 1500
"""Characters of a page's head."""
_LINES = 6
"""Lines of a page's head that may tell its day."""
_HEADING = 110
"""Characters of a line that is no sentence."""
_BLANK = " \u00a0\u202f\t\r()[]|·•–—-,"
_WINDOW = 300
"""Characters each side of a date in which its sentence is looked for."""


def find_evidence(
    text: str, language: str, page: Page, times: Sequence[TimeExpression]
) -> tuple[DateEvidence, ...]:
    """Return what tells of the day of publication, in the order of the text.

    ``stated``: a dated line of the page (« Publié le … », a bare date in its head). ``furniture``:
    the year of a copyright line. ``mention``: a day told as past, which the report cannot precede.
    """
    stated = [e for at, stamp in page.stamps if (e := _stated(at, stamp)) is not None]
    if any(e.rule.startswith("published") for e in stated):
        stated = [
            DateEvidence(
                kind=e.kind, bound="not-after", range=e.range, span=e.span,
                expression=e.expression, rule=e.rule,
            ) if e.rule == "updated" else e
            for e in stated
        ]  # fmt: skip
    stated = stated or _this_day(text, language, times) or _headed(text, language)
    out = [*stated, *_copyright_years(text, page)]
    frame = allowed_dates(out)
    out += _undated_stamps(page, frame)
    out += _mentions(text, language, times, frame[0] if len(frame) == 1 else None)
    return tuple(sorted(out, key=lambda e: (e.span or (0, 0), e.kind, e.rule)))


def _stated(at: int, stamp: Stamp) -> DateEvidence | None:
    """A dated line that names its year. A bare day says « on » like « Publié le »."""
    found = resolve_time(stamp.expression, None)
    if found is None:
        return None
    low, high = stamp.expression.span
    return DateEvidence(
        kind="stated", bound="on", range=found, span=(at + low, at + high),
        expression=_moved(stamp.expression, at), rule=stamp.kind,
    )  # fmt: skip


@lru_cache(maxsize=8)
def _pointing(language: str) -> re.Pattern[str] | None:
    entry = load_wording().get(language)
    if entry is None:
        return None
    return re.compile(rf"(?<!\w){any_of(entry[0].dating.this)}[ \u00a0]$")


def _whole_days(times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions that name a day with its year, and no more than it."""
    return [t for t in times if re.fullmatch(r"\d{4}-\d\d-\d\d", t.value or "") and not t.modifier]


def _this_day(text: str, language: str, times: Sequence[TimeExpression]) -> list[DateEvidence]:
    """« ce mercredi 15 mars 2023 »: the report speaks of the day on which it appears."""
    before = _pointing(language)
    if before is None:
        return []
    for time in _whole_days(times):
        low, high = time.span
        lead = fold(text[max(0, low - _LEAD) : low])
        # « ce » may be read as part of the day: « ce mercredi 15 mars 2023 »
        own = fold(text[low:high].partition(" ")[0]) + " "
        told = before.search(lead) or before.search(own)
        found = resolve_time(time, None) if told else None
        if found is not None:
            return [
                DateEvidence(
                    kind="stated", bound="on", range=found, span=time.span,
                    expression=time, rule="this-day",
                )
            ]  # fmt: skip
    return []


def _headed(text: str, language: str) -> list[DateEvidence]:
    """« Le journal de 8 heures du jeudi 13 octobre 2022 », « …, le 6 septembre 2022 » in the head of a page.

    A short line that is no sentence, and that begins or ends with a whole date; a title only with the
    weekday, since it may tell of another day.
    """
    at = first = 0
    for line in text[:_HEAD].split("\n"):
        start, at = at, at + len(line) + 1
        bare = line.strip(_BLANK)
        first += bool(bare)
        short = 0 < len(bare) <= _HEADING and not bare.endswith((".", "!", "?", "…", ":"))
        if first > _LINES:
            break
        times = find_times(line, language) if short and any(c.isdigit() for c in bare) else ()
        whole = _whole_days(times)
        if len(whole) != 1:
            continue
        time = whole[0]
        at_edge = not line[: time.span[0]].strip(_BLANK) or not line[time.span[1] :].strip(_BLANK)
        found = resolve_time(time, None)
        if found is None or not at_edge or (first == 1 and line[time.span[0]].isdigit()):
            continue
        moved = _moved(time, start)
        return [
            DateEvidence(
                kind="stated", bound="on", range=found, span=moved.span, expression=moved,
                rule="heading",
            )
        ]  # fmt: skip
    return []


def _undated_stamps(page: Page, frame: Sequence[DateRange]) -> list[DateEvidence]:
    """« Bruxelles, 25 février » in a page whose year is known from elsewhere."""
    out: list[DateEvidence] = []
    if len(frame) != 1:
        return out
    for at, stamp in page.stamps:
        value = stamp.expression.value or ""
        if not re.fullmatch(r"XXXX-\d\d-\d\d", value):
            continue
        found = _in_frame(value, frame[0])
        if found is not None:
            low, high = stamp.expression.span
            out.append(
                DateEvidence(
                    kind="stated",
                    bound="on",
                    range=found,
                    span=(at + low, at + high),
                    expression=_moved(stamp.expression, at),
                    rule=stamp.kind,
                )
            )
    return out


def _in_frame(value: str, frame: DateRange) -> DateRange | None:
    """The one day of ``frame`` that « XXXX-02-25 » can be; None where two years offer it."""
    days = []
    for year in range(frame.start.year, min(frame.end.year, frame.start.year + 2) + 1):
        try:
            found = date(year, int(value[5:7]), int(value[8:10]))
        except ValueError:
            continue
        if frame.start <= found <= frame.end:
            days.append(found)
    return DateRange(days[0], days[0]) if len(days) == 1 else None


def _moved(expression: TimeExpression, at: int) -> TimeExpression:
    low, high = expression.span
    return TimeExpression(
        span=(at + low, at + high), value=expression.value, offset=expression.offset,
        shift=expression.shift, direction=expression.direction, modifier=expression.modifier,
    )  # fmt: skip


def _copyright_years(text: str, page: Page) -> list[DateEvidence]:
    """« © 2022 »: the page, or its picture, is of that year."""
    out = []
    for at, credit in page.credits:
        if credit.year is None:
            continue
        start = text.find(str(credit.year), at)
        span = (start, start + 4) if start >= 0 else None
        year = DateRange(date(credit.year, 1, 1), date(credit.year, 12, 31), "year")
        out.append(
            DateEvidence(kind="furniture", bound="on", range=year, span=span, rule="copyright")
        )
    return out


@lru_cache(maxsize=8)
def _tenses(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    entry = load_wording().get(language)
    if entry is None:
        return None
    words = entry[0].dating
    return (
        re.compile(rf"(?<!\w){any_of(words.past)}(?!\w)"),
        re.compile(rf"(?<!\w){any_of(words.future)}(?!\w)"),
    )


def _mentions(
    text: str, language: str, times: Sequence[TimeExpression], frame: DateRange | None
) -> list[DateEvidence]:
    """Days that the story tells as past: the report appeared on or after them."""
    tenses = _tenses(language)
    if tenses is None:
        return []
    past, future = tenses
    out = []
    for expression in times:
        found = _told_day(expression, frame)
        if found is None:
            continue
        sentence = fold(_sentence(text, expression.span))
        opened = expression.modifier == "since"
        if not opened and (not past.search(sentence) or future.search(sentence)):
            continue
        out.append(
            DateEvidence(
                kind="mention",
                bound="not-before",
                range=found,
                span=expression.span,
                expression=expression,
                rule="since" if opened else "told-as-past",
            )
        )
    return out


def _told_day(expression: TimeExpression, frame: DateRange | None) -> DateRange | None:
    """The day, month or year meant, where the text names its year or the frame settles it."""
    value = expression.value or ""
    if expression.modifier == "until" or expression.shift:
        return None
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        bare = TimeExpression(span=expression.span, value=value)
        return resolve_time(bare, None)
    if frame is not None and re.fullmatch(r"XXXX-\d\d-\d\d", value):
        return _in_frame(value, frame)
    return None


def _sentence(text: str, span: Span) -> str:
    """The sentence round a date, as far as full stops and line ends tell."""
    low, high = max(0, span[0] - _WINDOW), min(len(text), span[1] + _WINDOW)
    before = [m.end() for m in _SENTENCE.finditer(text, low, span[0])]
    after = _SENTENCE.search(text, span[1], high)
    return text[before[-1] if before else low : after.start() if after else high]


def allowed_dates(evidence: Sequence[DateEvidence]) -> tuple[DateRange, ...]:
    """Return the ranges that the evidence allows, sorted and disjoint; none where it tells nothing.

    What the user stated by hand beats what the page states, which beats a year in its furniture.
    Pieces of one rank narrow each other; where they cannot all hold, each stays as an alternative.
    Bounds narrow what is left, unless they would leave nothing: then they are no bounds of this day.
    """
    for kind in ("by-hand", "stated", "furniture"):
        ranges = [e.range for e in evidence if e.kind == kind and e.bound == "on"]
        if ranges:
            break
    else:
        return ()
    found = _agreed(ranges)
    if kind == "by-hand":
        return tuple(found)
    for e in sorted(evidence, key=lambda e: (e.bound, e.range)):
        if e.bound == "not-before":
            found = _bounded(found, DateRange(e.range.start, date.max, "range"))
        elif e.bound == "not-after":
            found = _bounded(found, DateRange(date.min, e.range.end, "range"))
    return tuple(found)


def _agreed(ranges: Sequence[DateRange]) -> list[DateRange]:
    common: DateRange | None = ranges[0]
    for other in ranges[1:]:
        common = intersect(common, other) if common is not None else None
    if common is not None:
        return [common]
    out: list[DateRange] = []
    for one in sorted(set(ranges)):
        if out and one.start <= out[-1].end + timedelta(days=1):
            out[-1] = DateRange(out[-1].start, max(out[-1].end, one.end), "range")
        else:
            out.append(one)
    return out


def _bounded(found: list[DateRange], bound: DateRange) -> list[DateRange]:
    kept = [r for one in found if (r := intersect(one, bound)) is not None]
    return kept or found
