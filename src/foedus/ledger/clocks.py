"""The two clocks: when it held (``as_of``), and what had appeared by a day (``known_by``).

Comes in: records, readings and facts. Goes out: those that count on the day asked, and, beside them,
those of which the dates at hand cannot tell. Nobody has to name a day: with no ``known_by``,
everything in the ledger is known, whatever is known of the day it appeared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

import msgspec

from foedus.acts import Act, DateRange, Record, Statement, hull
from foedus.ledger.consolidate import Made
from foedus.ledger.days import Days
from foedus.ledger.joining import likely_days
from foedus.ledger.records import Citation, Fact, Reading, Undecided
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules

__all__ = ["appeared_by", "happened_by", "is_settled", "known", "latest_day", "unsure"]

_MONTH = 31
"""Days that a report's dates may span for its day to count as settled."""

_DOUBTED = frozenset(("future", "negation", "hypothetical"))

Answer = Literal["yes", "no", "cannot_tell"]


def appeared_by(candidates: Days, asked: date) -> Answer:
    """Whether a report with these possible days of publication had appeared by ``asked``."""
    if not candidates:
        return "cannot_tell"
    if candidates[-1].end <= asked:
        return "yes"
    return "no" if candidates[0].start > asked else "cannot_tell"


def _by(days: DateRange | None, asked: date) -> Answer:
    return appeared_by(() if days is None else (days,), asked)


def known(candidates: Days, asked: date | None) -> bool:
    """Whether what a report with these possible days tells is known; None asks for no limit."""
    return asked is None or appeared_by(candidates, asked) == "yes"


def unsure(records: Iterable[Record], candidates: Days, asked: date) -> list[Undecided]:
    """Return a report's records, listed as such, where its days cannot tell whether it had appeared."""
    if appeared_by(candidates, asked) != "cannot_tell":
        return []
    return [
        Undecided(
            clock="known_by", asked=asked, record=r.id, kind=_kind(r), range=hull(candidates),
            citation=Citation(report=r.report, source=r.source, span=r.span),
        )
        for r in records
    ]  # fmt: skip


def _kind(record: Record) -> Literal["act", "statement", "quantity"]:
    if isinstance(record, Act):
        return "act"
    return "statement" if isinstance(record, Statement) else "quantity"


def is_settled(candidates: Days) -> bool:
    """Whether a report's day is settled: one stretch of days, of a month at most."""
    return len(candidates) == 1 and candidates[0].days <= _MONTH


def latest_day(datings: Iterable[Days]) -> date | None:
    """Return the day by which every settled report had appeared; with none, the last candidate.

    A report that may be of this year or the next does not push the day a year ahead.
    """
    all_ = [days for days in datings if days]
    settled = [days for days in all_ if is_settled(days)]
    return max((days[-1].end for days in settled or all_), default=None)


def happened_by(
    facts: Sequence[Fact], asked: date, rules: Rules, made: Made
) -> tuple[list[Fact], list[Undecided]]:
    """Return the facts as they stood on ``asked``: only with what had happened or been said by then.

    A reading counts when its act had taken place, or, if it announces or denies something, when its
    report had appeared. A range that straddles the day keeps the reading and is listed. An undated
    telling takes the day of the fact, else the days about its report's publication.
    """
    kept: list[Fact] = []
    doubts: list[Undecided] = []
    for fact in facts:
        if all(_surely(r, asked) for r in fact.readings):
            kept.append(fact)
            continue
        days_of = [(r, _deciding_days(r, fact, rules, made.roles)) for r in fact.readings]
        answers = [(r, days, _by(days, asked)) for r, days in days_of]
        readings = [r for r, _, answer in answers if answer != "no"]
        doubts += [
            Undecided(
                clock="as_of", asked=asked, record=r.act.id, range=days, citation=r.citation
            )
            for r, days, answer in answers
            if answer == "cannot_tell"
        ]  # fmt: skip
        if len(readings) == len(fact.readings):
            kept.append(fact)
        elif readings:
            rejected = [
                r
                for r in fact.rejected
                if _by(_deciding_days(r, fact, rules, made.roles), asked) != "no"
            ]
            again = made.fact(readings, rejected)
            kept.append(
                msgspec.structs.replace(again, verdict=fact.verdict, judgements=fact.judgements)
            )
    return kept, doubts


def _surely(reading: Reading, asked: date) -> bool:
    """Whether a telling, and every day that it gives its fact, is by then: where all are, nothing is in doubt.

    Most are, and what they say is not looked at any further. An undated one lies in the days before its report
    (:func:`likely_days`), but where it is taken for a known event or points to days told of.
    """
    date_, published = reading.date, reading.published
    if date_ is not None and date_.end > asked:
        return False
    if date_ is not None and _DOUBTED.isdisjoint(reading.act.aux):
        return True
    plain = reading.landmark is None and reading.taken is None
    return published is not None and published.end <= asked and plain


def _deciding_days(reading: Reading, fact: Fact, rules: Rules, roles: Roles) -> DateRange | None:
    if not _DOUBTED.isdisjoint(reading.act.aux):
        # What is announced, denied or supposed holds from the day it was said.
        return reading.published
    if reading.date is not None:
        return reading.date
    done = [r.date for r in fact.readings if r.date is not None and "future" not in r.act.aux]
    return hull(done) or likely_days(reading, rules, roles) or _until(reading.published)


def _until(published: DateRange | None) -> DateRange | None:
    """What is told as done had happened by the day it was told, however long before."""
    if published is None:
        return None
    return DateRange(date.min, published.end, "range")
