"""The two clocks: when it held (``as_of``), and what had appeared by a day (``known_by``).

Comes in: readings and facts. Goes out: those that count on the day asked, and, beside them, those of
which the dates at hand cannot tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from foedus.acts import DateRange, hull
from foedus.ledger.consolidate import consolidate
from foedus.ledger.days import Days
from foedus.ledger.grouping import likely_days
from foedus.ledger.records import Fact, Reading, Undecided
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules

__all__ = ["appeared_by", "happened_by", "known"]

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


def known(
    readings: Iterable[tuple[Reading, Days]], asked: date | None
) -> tuple[list[Reading], list[Undecided]]:
    """Return the readings whose report had appeared by ``asked``, and those that cannot be told.

    ``readings`` come with the possible days of their report. None asks for no limit.
    """
    kept: list[Reading] = []
    unsure: list[Undecided] = []
    for reading, candidates in readings:
        answer: Answer = "yes" if asked is None else appeared_by(candidates, asked)
        if answer == "yes":
            kept.append(reading)
        elif answer == "cannot_tell" and asked is not None:
            unsure.append(_undecided("known_by", asked, reading, hull(candidates)))
    return kept, unsure


def _undecided(
    clock: Literal["as_of", "known_by"], asked: date, reading: Reading, days: DateRange | None
) -> Undecided:
    return Undecided(
        clock=clock, asked=asked, act=reading.act.id, range=days, citation=reading.citation
    )


def happened_by(
    facts: Sequence[Fact], asked: date, rules: Rules, roles: Roles
) -> tuple[list[Fact], list[Undecided]]:
    """Return the facts as they stood on ``asked``: only with what had happened or been said by then.

    A reading counts when its act had taken place, or, if it announces or denies something, when its
    report had appeared. A range that straddles the day keeps the reading and is listed. An undated
    telling takes the day of the fact, else the days about its report's publication.
    """
    kept: list[Fact] = []
    unsure: list[Undecided] = []
    for fact in facts:
        readings: list[Reading] = []
        for reading in fact.readings:
            days = _deciding_days(reading, fact, rules)
            answer = _by(days, asked)
            if answer == "no":
                continue
            readings.append(reading)
            if answer == "cannot_tell":
                unsure.append(_undecided("as_of", asked, reading, days))
        if len(readings) == len(fact.readings):
            kept.append(fact)
        elif readings:
            kept.append(consolidate(readings, roles))
    return kept, unsure


def _deciding_days(reading: Reading, fact: Fact, rules: Rules) -> DateRange | None:
    if {"future", "negation", "hypothetical"} & set(reading.act.aux):
        # What is announced, denied or supposed holds from the day it was said.
        return reading.published
    if reading.date is not None:
        return reading.date
    done = [r.date for r in fact.readings if r.date is not None and "future" not in r.act.aux]
    return hull(done) or likely_days(reading, rules) or _until(reading.published)


def _until(published: DateRange | None) -> DateRange | None:
    """What is told as done had happened by the day it was told, however long before."""
    if published is None:
        return None
    return DateRange(date.min, published.end, "range")
