"""When things happened, once something is known of the day their report appeared.

Comes in: time expressions as the text has them and a report's possible days. Goes out: dates. What
is said inside a dated quotation counts its « tomorrow » from the day of the utterance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from foedus.acts import (
    Act,
    DateRange,
    Quantity,
    Record,
    Statement,
    TimeExpression,
    day,
    hull,
    resolve_time,
)  # fmt: skip
from foedus.ledger.days import Days

__all__ = ["Anchored", "anchored", "on", "one_sided", "redated", "resolve_over"]

_MAX_CANDIDATES = 12


class Anchored(msgspec.Struct, frozen=True):
    """A time expression, and the one that dates the quotation it stands in (or None).

    Both are without their spans, so that equal ones are resolved once.
    """

    when: TimeExpression
    quote: TimeExpression | None = None

    @property
    def relative(self) -> bool:
        """Whether its meaning depends on the day of the report."""
        return self.when.offset is not None or (self.when.value or "").startswith("XXXX")

    @property
    def of_week(self) -> bool:
        """Whether it names a day or week near the report: « hier », « vendredi »."""
        value = self.when.value or ""
        return (self.when.offset is not None and not value) or value.startswith("XXXX-WXX")


def _plain(expression: TimeExpression, *, future: bool = False) -> TimeExpression:
    """Drop the span, and let an announced event lie ahead where the words leave the side open.

    « La veille de » counts from a day that may lie behind although the event is ahead, so an
    expression with a shift keeps its side.
    """
    side = expression.direction
    if future and side == "any" and expression.shift == 0:
        side = "future"
    return msgspec.structs.replace(expression, span=(0, 0), direction=side)


def anchored(
    when: TimeExpression | None, statement: Statement | None = None, *, future: bool = False
) -> Anchored | None:
    """Return the expression with what it counts from; None when there is no expression."""
    if when is None:
        return None
    quote = None
    if statement is not None and statement.form != "indirect" and statement.when is not None:
        quote = _plain(statement.when)
    return Anchored(_plain(when, future=future), quote)


@lru_cache(maxsize=200_000)
def on(what: Anchored, published: DateRange | None) -> DateRange | None:
    """Return the dates that ``what`` means in a report published within ``published``."""
    try:
        anchor = published
        if what.quote is not None and what.relative:
            anchor = resolve_time(what.quote, published) or published
        return resolve_time(what.when, anchor)
    except (OverflowError, ValueError):
        # A text may name the year 0 or 9999: arithmetic that leaves the calendar says nothing.
        return None


def resolve_over(what: Anchored, candidates: Days) -> DateRange | None:
    """Return the hull of what ``what`` means for each possible range of days of the report."""
    if not candidates:
        return on(what, None)
    if len(candidates) > _MAX_CANDIDATES:
        return on(what, hull(candidates))
    return hull(r for c in candidates if (r := on(what, c)) is not None)


def on_day(what: Anchored, published: date) -> DateRange | None:
    """Return the dates that ``what`` means in a report of exactly that day."""
    return on(what, day(published))


def one_sided(records: Sequence[Record]) -> list[Record]:
    """Return the records with each time expression on one side of the report.

    Words that date something done are behind the report for whatever else they date: « on 24 March
    he announced that he would » names a day that was ahead of nobody who reads of it.
    """
    behind = {r.when.span for r in records if r.when is not None and r.when.direction == "past"}
    return [
        msgspec.structs.replace(r, when=msgspec.structs.replace(r.when, direction="past"))
        if r.when is not None and r.when.direction == "future" and r.when.span in behind
        else r
        for r in records
    ]


def redated(records: Sequence[Record], candidates: Days, said: Iterable[str]) -> tuple[Record, ...]:
    """Return the records with their dates worked out again from the report's possible days.

    ``said`` are the event types done by saying: with no date of their own, they happened when the
    statement that holds them was made. A date that no expression explains stays as it was coded.
    """
    statements = {r.id: r for r in records if isinstance(r, Statement)}
    by_saying = frozenset(said)
    return tuple(
        _with_date(r, _date(sided, statements, candidates, by_saying))
        for r, sided in zip(records, one_sided(records), strict=True)
    )


def _with_date(record: Record, found: DateRange | None) -> Record:
    if found is None or found == record.date:
        return record
    return msgspec.structs.replace(record, date=found)


def _date(
    record: Record, statements: dict[str, Statement], candidates: Days, by_saying: frozenset[str]
) -> DateRange | None:
    found: DateRange | None = None
    if isinstance(record, Act):
        statement = statements.get(record.statement or "")
        what = anchored(record.when, statement, future="future" in record.aux)
        if what is not None:
            found = resolve_over(what, candidates)
        elif record.date is None and record.type in by_saying and statement is not None:
            said = anchored(statement.when)
            found = None if said is None else resolve_over(said, candidates)
    elif isinstance(record, (Statement, Quantity)):
        what = anchored(record.when)
        found = None if what is None else resolve_over(what, candidates)
    return found
