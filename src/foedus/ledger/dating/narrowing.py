"""Narrowing the day a report appeared by what other reports and a calendar know.

Comes in: reports with the ranges that each alone allows, their records, and dated acts. Goes out: a
:class:`~foedus.ledger.records.Dating` each, with every step and what it rested on. Nothing is
picked: where two events fit, both ranges stay. The rules, in the order they are tried, until
nothing changes (a report dated in one round dates another's events in the next):

- ``event-day``: an act with a « Friday » or a « 24 March » means an event whose day is known.
- ``meeting-day``: what a body is expected to do on such a day, it does at its meeting that the
  report tells of.
- ``told-as-done``: a report cannot appear before what it tells as done.
- ``told-ahead``: nor after a day, named with its year, that it tells as still to come.
- ``nearest-period``: a month or day named without its year is the nearest one, so that « since the
  end of August » is not written in the following June.

A rule that would leave no day at all is not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

import msgspec
import numpy as np

from foedus.acts import Act, DateRange, Record, Statement, hull
from foedus.ledger.dating.events import (
    Event,
    bounded,
    fitting_days,
    is_event,
)  # fmt: skip
from foedus.ledger.dating.meaning import meant_on
from foedus.ledger.dating.timing import Anchored, anchored, on, one_sided, resolve_over
from foedus.ledger.days import Days, common, from_days, length, merged
from foedus.ledger.records import Citation, DatingStep
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.report.records import DateEvidence, Report

__all__ = [
    "DATING_RULES",
    "ROUGH",
    "Dated",
    "Events",
    "Told",
    "dates_as_deed",
    "events_of",
    "is_open",
    "may_settle",
    "meanings",
    "narrow",
    "start",
]

DATING_RULES = ("event-day", "meeting-day", "told-as-done", "told-ahead", "nearest-period")
"""Every value of :attr:`DatingStep.rule`."""

ROUGH = 62
"""Days that a report's own dates may span for events of an incomplete list to narrow them."""
_SETTLED = 3
"""Days that a report's dates may span for it to date the events of others."""
_ENUMERABLE = 1500


class Told(msgspec.Struct, frozen=True):
    """An act of the report being dated, with its time expression made ready."""

    act: Act
    what: Anchored | None
    citation: Citation
    future: bool
    done: bool
    """Told as past; a meeting named without a tense may be ahead."""


class Dated(msgspec.Struct):
    """A report being dated."""

    hash: str
    told: tuple[Told, ...]
    periods: tuple[tuple[Anchored, str, Citation], ...]
    bounds: tuple[tuple[DateEvidence, Citation], ...]
    days: Days
    steps: list[DatingStep] = []


class Events(Protocol):
    """What the rules ask of the events that are known (:class:`~foedus.ledger.dating.events.EventIndex`)."""

    def meant_by(
        self, act: Act, source: str, on: DateRange | None, within: DateRange | None = None, /
    ) -> tuple[Event, ...]:
        """Return the events that an act of a report can mean."""

    def earliest(self, act: Act, source: str, on: DateRange | None, /) -> Event | None:
        """Return the first in time of them."""


class _Limit(msgspec.Struct, frozen=True):
    """Days that one act leaves, and what says so."""

    days: Days
    citation: Citation
    events: tuple[Event, ...] = ()


def is_open(state: Dated) -> bool:
    """Whether anything can narrow the report's days: not where it bears one day itself."""
    return length(state.days) != 1


def start(report: Report, records: Sequence[Record], rules: Rules) -> Dated:
    """Return a report with its own days and all that may narrow them."""
    ordered = one_sided(sorted(records, key=lambda r: (r.span, r.id)))
    statements = {r.id: r for r in ordered if isinstance(r, Statement)}

    def cite(span: tuple[int, int]) -> Citation:
        return Citation(report=report.label, source=report.hash, span=span)

    told: list[Told] = []
    periods: list[tuple[Anchored, str, Citation]] = []
    for record in ordered:
        behind = record.when is not None and record.when.direction == "past"
        future = isinstance(record, Act) and "future" in record.aux and not behind
        quote = statements.get(record.statement or "") if isinstance(record, Act) else None
        what = anchored(record.when, quote, future=future)
        if isinstance(record, Act):
            told.append(Told(record, what, cite(record.span), future, _is_done(record, rules)))
        if what is not None and record.when is not None:
            periods.append((what, _side(record, rules), cite(record.when.span)))
    for expression in report.times:
        side = "past" if expression.modifier == "since" else expression.direction
        what = anchored(expression)
        if what is not None:
            periods.append((what, side, cite(expression.span)))
    nearest = [p for p in periods if p[1] != "any" and p[0].relative and not p[0].of_week]
    # The report room has used these where it had dates; they wait for those found here.
    bounds = sorted(
        (e for e in report.evidence if e.bound != "on"), key=lambda e: (e.range, e.rule)
    )
    cited = tuple((e, cite(e.span or (0, 0))) for e in bounds)
    return Dated(report.hash, tuple(told), tuple(nearest), cited, merged(report.dates))


def _is_done(act: Act, rules: Rules) -> bool:
    meeting = rules.types[act.type].kind == "meeting"
    return is_event(act) and not meeting and "future" not in act.aux


def _side(record: Record, rules: Rules) -> str:
    """On which side of the report the record's time expression must lie."""
    when = record.when
    if when is None or when.shift:
        return "any"
    if when.modifier == "since":
        return "past"
    if when.direction != "any":
        return when.direction
    if not isinstance(record, Act):
        # What somebody has said, and how much there is, is not ahead of the report.
        return "past"
    if "future" in record.aux:
        return "future"
    return "past" if _is_done(record, rules) else "any"


def events_of(state: Dated, rules: Rules) -> list[Event]:
    """Return the events that a report of settled date dates for the others."""
    if not state.days or length(state.days) > _SETTLED:
        return []
    found: list[Event] = []
    for told in state.told:
        if not is_event(told.act) or not rules.narrow(told.act.cues):
            continue
        when = told.act.date if told.what is None else resolve_over(told.what, state.days)
        if when is not None and when.days <= _SETTLED:
            found.append(Event(told.act, when, state.hash, told.citation, len(found)))
    return found


def narrow(state: Dated, index: Events, rules: Rules, roles: Roles) -> bool:
    """Apply every rule once; tell whether any left fewer days."""
    before = state.days
    _by_event_day(state, index, rules)
    _by_meeting_day(state, index, rules, roles)
    _by_evidence(state)
    _by_deeds(state, index, rules)
    _by_named_year(state)
    _by_nearest(state)
    return state.days != before


def _apply(state: Dated, rule: str, limits: Sequence[_Limit], *, opening: bool = False) -> None:
    """Keep the days that all limits leave; where they contradict each other, those of any.

    ``opening``: the limits may stand in for the report's own dates where it has none.
    """
    usable: list[tuple[Days, _Limit]] = []
    for limit in limits:
        left = common(state.days, limit.days) if state.days else limit.days if opening else ()
        if left:
            usable.append((left, limit))
    if not usable:
        return
    days = usable[0][0]
    for left, _ in usable[1:]:
        days = common(days, left)
    if not days:
        days = merged(r for left, _ in usable for r in left)
    if days == state.days:
        return
    state.steps.append(_step(rule, state.days, days, [u for _, u in usable]))
    state.days = days


def _step(rule: str, before: Days, after: Days, limits: Iterable[_Limit]) -> DatingStep:
    citations: list[Citation] = []
    facts: list[str] = []
    for limit in limits:
        citations.append(limit.citation)
        for event in limit.events:
            citations.append(event.citation)
            facts.append(event.act.id)
    return DatingStep(
        rule=rule, before=before, after=after,
        citations=tuple(dict.fromkeys(citations)), facts=tuple(dict.fromkeys(facts)),
    )  # fmt: skip


def may_settle(days: Days, act: Act, rules: Rules) -> bool:
    """Whether the events at hand are reason enough to date a report of these ``days`` by this act."""
    if not set(rules.cues.complete).isdisjoint(act.cues):
        return True
    near = hull(days)
    return near is not None and near.days <= ROUGH


def _events_meant(state: Dated, told: Told, index: Events) -> list[tuple[Event, Days]]:
    """Return the events that an act with a time expression can mean, with the days that fit."""
    if told.what is None or not told.what.relative or not is_event(told.act):
        return []
    within = meanings(told.what, state.days)
    if within is None and state.days:
        return []
    out: list[tuple[Event, Days]] = []
    for event in index.meant_by(told.act, state.hash, hull(state.days), within):
        days = fitting_days(told.what, event.date, future=told.future, done=told.done)
        days = common(state.days, days) if state.days else days
        if days:
            out.append((event, days))
    return out


@lru_cache(maxsize=50_000)
def meanings(what: Anchored, days: Days) -> DateRange | None:
    """Return the days between which ``what`` points, read on any of ``days``; None when on none.

    Of a report with many possible days, or none, it may point anywhere.
    """
    if not days or length(days) > ROUGH:
        return DateRange(date.min, date.max, "range")
    every = [meant_on(what, r.start.toordinal(), r.end.toordinal()) for r in days]
    means = [(int(m.first[there].min()), int(m.last[there].max())) for m in every
             if (there := m.first <= m.last).any()]  # fmt: skip
    if not means:
        return None
    first, last = min(m[0] for m in means), max(m[1] for m in means)
    return DateRange(date.fromordinal(first), date.fromordinal(last), "range")


def _names_meeting(told: Told, rules: Rules) -> bool:
    """Whether an act tells of a meeting by a cue that singles it out."""
    meeting = rules.types[told.act.type].kind == "meeting"
    return meeting and bool(rules.narrow(told.act.cues))


def _bare_meeting(told: Told, rules: Rules) -> bool:
    """Whether an act announces a meeting without saying which."""
    meeting = rules.types[told.act.type].kind == "meeting"
    return meeting and told.future and not rules.narrow(told.act.cues)


def _by_event_day(state: Dated, index: Events, rules: Rules) -> None:
    limits: list[_Limit] = []
    telling = [t for t in state.told if may_settle(state.days, t.act, rules)]
    named: list[Event] = []
    if any(_bare_meeting(t, rules) for t in telling):
        meetings = (t for t in state.told if _names_meeting(t, rules))
        named = [e for t in meetings for e, _ in _events_meant(state, t, index)]
    for told in telling:
        meant = _events_meant(state, told, index)
        if _bare_meeting(told, rules):
            # « a day before they meet », beside « they will hold a summit on Friday »: one meeting
            meant = [(e, fit) for e, fit in meant if e in named] or meant
        if meant:
            days = merged(r for _, fit in meant for r in fit)
            limits.append(_Limit(days, told.citation, tuple(e for e, _ in meant)))
    _apply(state, "event-day", limits, opening=True)


def _by_meeting_day(state: Dated, index: Events, rules: Rules, roles: Roles) -> None:
    meetings: list[Event] = []
    for told in state.told:
        if rules.types[told.act.type].kind == "meeting" and may_settle(state.days, told.act, rules):
            meetings += [e for e, _ in _events_meant(state, told, index) if e not in meetings]
    if not meetings or not state.days:
        return
    near = hull(state.days)
    limits: list[_Limit] = []
    for told in state.told:
        if told.what is None or not (told.future and told.what.of_week and told.act.actors):
            continue
        if rules.types[told.act.type].kind == "meeting" or not is_event(told.act):
            continue
        meant = [e for e in meetings if roles.meet(told.act.actors, e.act.actors, near, e.date)]
        fits = [(e, fitting_days(told.what, e.date, future=True)) for e in meant]
        days = merged(r for _, fit in fits for r in fit)
        limits.append(_Limit(days, told.citation, tuple(e for e, fit in fits if fit)))
    _apply(state, "meeting-day", limits)


def _by_evidence(state: Dated) -> None:
    for evidence, citation in state.bounds:
        if evidence.bound == "not-before":
            rule, left = "told-as-done", bounded(state.days, evidence.range.start, None)
        else:
            rule, left = "told-ahead", bounded(state.days, None, evidence.range.end)
        _apply(state, rule, [_Limit(left, citation)])


def dates_as_deed(told: Told, rules: Rules) -> bool:
    """Whether a report cannot have appeared before the first event that the act can mean."""
    act = told.act
    complete = not set(rules.cues.complete).isdisjoint(act.cues)
    return told.done and complete and "historical" not in act.aux


def _by_deeds(state: Dated, index: Events, rules: Rules) -> None:
    bounds: list[tuple[date, Told, Event]] = []
    near = hull(state.days)
    for told in state.told:
        if not dates_as_deed(told, rules):
            continue
        earliest = index.earliest(told.act, state.hash, near)
        if earliest is not None:
            bounds.append((earliest.date.start, told, earliest))
    for first, told, event in sorted(bounds, key=lambda b: (b[0], b[1].act.span, b[1].act.id)):
        left = bounded(state.days, first, None)
        _apply(state, "told-as-done", [_Limit(left, told.citation, (event,))])


def _by_named_year(state: Dated) -> None:
    for told in state.told:
        if told.what is None or told.what.relative or not is_event(told.act):
            continue
        found = on(told.what, None)
        if found is None or told.what.when.modifier is not None:
            continue
        rule: str
        if told.future:
            rule, left = "told-ahead", bounded(state.days, None, found.end)
        elif told.done:
            rule, left = "told-as-done", bounded(state.days, found.start, None)
        else:
            continue
        _apply(state, rule, [_Limit(left, told.citation)])


def _by_nearest(state: Dated) -> None:
    if not state.days or length(state.days) > _ENUMERABLE:
        return
    for what, side, citation in state.periods:
        left = _on_right_side(what, side, state.days)
        if length(left) < length(state.days):
            _apply(state, "nearest-period", [_Limit(left, citation)])


def _on_right_side(what: Anchored, side: str, days: Days) -> Days:
    """Return the days on which the nearest such period does not lie on the other side of the report."""
    plain = msgspec.structs.replace(what.when, direction="any", modifier=None, shift=0)
    nearest = Anchored(plain)
    right = []
    for some in days:
        meant = meant_on(nearest, some.start.toordinal(), some.end.toordinal())
        none = meant.first > meant.last
        fits = meant.first <= meant.days if side == "past" else meant.last >= meant.days
        right.append(meant.days[none | fits])
    return from_days(np.concatenate(right))
