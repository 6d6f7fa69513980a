"""What each fact does to a mechanism: one finding for each rule that a fact fits.

Comes in: a mechanism's rules and the facts. Goes out: findings, each with its readings weighed,
its dates, and how sure it is; first whatever day is asked about, then as seen on a day.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol

import msgspec

from foedus.acts import DateRange, day, hull, intersect
from foedus.alliance.facts import Index
from foedus.alliance.match import (
    Checks,
    Question,
    Weighed,
    checks_of,
    failures,
    fits,
    foretold,
    on_day,
    weigh,
)
from foedus.alliance.records import Standing, StatusWord
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Effect, Mechanism, Pattern, Rule, StateTest
from foedus.ledger.records import Citation, Fact, Reading

__all__ = [
    "Certainty",
    "Condition",
    "Finding",
    "Holds",
    "Near",
    "Origin",
    "States",
    "find",
    "nearest",
    "shown",
]

Holds = Literal["yes", "no", "cannot_tell"]
Certainty = Literal["certain", "cannot_tell", "disputed", "announced", "listed", "later", "over"]


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule asks besides the act: ``days`` it is in force, ``states`` of another mechanism.

    ``holds``: on all days ``when`` the act may have been, on none, or on some.
    """

    name: Literal["days", "states"]
    when: DateRange
    holds: Holds
    test: StateTest | None = None


class States(Protocol):
    """Answers where mechanisms stood, for rules that ask for it."""

    def hold(self, test: StateTest, when: DateRange) -> Holds:
        """Whether a mechanism stood so on all of these days, on none, or on some."""


class _Told(msgspec.Struct, frozen=True, gc=False):
    """A fact's readings under a rule: those that fit, and those that say the contrary."""

    fitting: list[Weighed]
    contrary: list[Weighed]


class Origin(msgspec.Struct, frozen=True, gc=False):
    """What a finding was made of: a rule, a fact, and how its readings weigh under the rule."""

    rule: Rule
    fact: Fact
    told: _Told
    carrying: list[Weighed]


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact (or a told level) that fits a rule of a mechanism.

    ``word`` is the status that it brings about, None where it only sets a stage or is listed.
    ``when`` is when that came about; with ``dated`` false it is when it was first reported.
    ``unsettled``: it counts only because nobody asked for a day (see :class:`Question`).
    ``certainty``: ``certain`` and ``cannot_tell`` and ``disputed`` bear on the status; ``announced``
    sets the stage; ``listed`` (claims, requests, words that are no deeds) changes nothing; ``later``
    has not begun on the day asked about, ``over`` is no more.
    ``lasts`` and ``closes`` are those of the rule. A finding whose effect ``lapses`` says that what
    another of the same rule and fact began (``began``) is over from the days ``when`` on; ``begun``: it
    surely began, whether it is over or not.
    """

    rule: str
    effect: Effect | Literal["level", "lapses"]
    stage: str | None = None
    word: StatusWord | None = None
    fact: str
    certainty: Certainty
    when: DateRange | None = None
    dated: bool = True
    unsettled: bool = False
    expected: DateRange | None = None
    by: tuple[str, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    citations: tuple[Citation, ...] = ()
    groups: tuple[str, ...] = ()
    values: dict[str, str] = {}
    conditions: tuple[Condition, ...] = ()
    lasts: int | None = None
    closes: bool = False
    members: tuple[tuple[str, date], ...] = ()
    """The states on whose membership it rests, each with the day on which it had to hold."""
    began: StatusWord | None = None
    begun: bool = False
    origin: Origin | None = None


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that almost fits a rule: the conditions it fails."""

    rule: str
    fact: Fact
    failed: str
    conditions: tuple[Condition, ...] = ()


def find(
    mechanism: Mechanism,
    facts: Index,
    roles: Roles,
    ask: Question,
    states: States,
) -> tuple[list[Finding], list[Near]]:
    """Return what the facts do to a mechanism whatever the day, and those that do for a condition.

    What only a reason shows is left out: :func:`shown` adds it.
    :func:`~foedus.alliance.seen.seen_on` tells what of it has begun by the day asked about.
    """
    found: list[Finding] = []
    near: list[Near] = []
    for rule in mechanism.rules:
        checks = checks_of(rule.when, roles)
        for fact in facts.of(rule):
            told = _told(checks, rule, mechanism, fact, roles, ask)
            if told is None:
                continue
            finding = _finding(rule, mechanism, fact, told, ask, states)
            unmet = [c.name for c in finding.conditions if c.holds == "no"]
            if not unmet:
                found.append(finding)
            else:
                near.append(
                    Near(rule=rule.id, fact=fact, failed=unmet[0], conditions=finding.conditions)
                )
    return found, near


def nearest(rule: Rule, facts: Index, roles: Roles, ask: Question, most: int) -> list[Near]:
    """Return the facts that fail one condition of a rule, the latest first, ``most`` at most."""
    checks = checks_of(rule.when, roles)
    found = []
    for fact in facts.around(rule):
        failed = [failures(checks, fact, r, on_day(r, ask)) for r in fact.readings]
        missed = [names[0] for names in failed if len(names) == 1]
        if missed and all(failed):
            found.append(Near(rule=rule.id, fact=fact, failed=min(missed)))
        if len(found) == most:
            break
    return found


def _told(
    checks: Checks, rule: Rule, mechanism: Mechanism, fact: Fact, roles: Roles, ask: Question
) -> _Told | None:
    of_denial = rule.when.polarity == "negated"
    fitting: list[Weighed] | None = None
    contrary: list[Weighed] = []
    for reading in fact.readings:
        on = on_day(reading, ask)
        if of_denial and "negation" not in reading.act.aux:
            if fits(checks, fact, reading, on, apart_from="polarity"):
                weighed = weigh(rule, mechanism, reading, roles, ask)
                if weighed.standing == "counts":
                    contrary.append(Weighed(reading, "refused", weighed.basis))
        elif fits(checks, fact, reading, on):
            fitting = fitting or []
            fitting.append(weigh(rule, mechanism, reading, roles, ask))
    return _Told(fitting, contrary) if fitting else None


def _finding(
    rule: Rule, mechanism: Mechanism, fact: Fact, told: _Told, ask: Question, states: States
) -> Finding:
    carrying, certainty = _certainty(rule, fact, told)
    when, dated = _when(carrying)
    announced = certainty == "announced"
    conditions = _conditions(rule.when, when or day(ask.as_of), states)
    if certainty in ("certain", "announced") and any(c.holds != "yes" for c in conditions):
        certainty = "cannot_tell"
    return Finding(
        rule=rule.id,
        effect=rule.effect,
        stage=rule.stage,
        word=None if announced else _word(rule, mechanism),
        fact=fact.id,
        certainty=certainty,
        when=when,
        dated=dated,
        conditions=conditions,
        lasts=rule.lasts,
        closes=rule.closes,
        origin=Origin(rule, fact, told, carrying),
    )


def shown(finding: Finding, roles: Roles, ask: Question) -> Finding:
    """Return a finding with what its reason shows: by whom, citations, the readings weighed."""
    if finding.origin is None:
        return finding
    rule, fact, told = finding.origin.rule, finding.origin.fact, finding.origin.told
    carrying = finding.origin.carrying
    shown_ = msgspec.structs.replace(
        finding,
        weighed=(*told.fitting, *told.contrary),
        citations=_citations(carrying),
        values=finding.values | _values(fact),
        origin=None,
    )
    if finding.certainty == "listed":
        return shown_
    return msgspec.structs.replace(
        shown_,
        expected=_expected(carrying) if finding.certainty == "announced" else None,
        by=_by(rule, fact, carrying, roles, ask) if rule.by else (),
        groups=tuple(sorted({w.reading.group for w in carrying if not w.reading.unsourced})),
        members=_members(rule, fact, carrying, roles, ask),
    )


def _members(
    rule: Rule, fact: Fact, weighed: list[Weighed], roles: Roles, ask: Question
) -> tuple[tuple[str, date], ...]:
    """Return the states on whose membership it rests, each with the day on which it had to hold."""
    found: set[tuple[str, date]] = set()
    when = rule.when
    for w in weighed:
        act, on = w.reading.act, on_day(w.reading, ask)
        recipients, places = act.recipients or fact.recipients, act.places or fact.places
        who = list((act.attributed_to,) if act.attributed_to and w.basis == "competent" else ())
        for test, named in (
            (when.actors, act.actors or fact.actors),
            (when.recipients, recipients),
            (when.places, places),
            (when.targets, recipients + places),
        ):
            if test is not None and test.any:
                who += roles.bearers(test, named, on) or ()
        found.update((state, on) for one in who for state in roles.member_states(one, on))
    return tuple(sorted(found))


def _conditions(pattern: Pattern, when: DateRange, states: States) -> tuple[Condition, ...]:
    """Return what a pattern asks besides the act itself: its days, where other mechanisms stood."""
    found = []
    if pattern.since is not None or pattern.until is not None:
        holds = _within(when, pattern.since or date.min, pattern.until or date.max)
        found.append(Condition(name="days", when=when, holds=holds))
    for test in pattern.states:
        holds = states.hold(test, when)
        found.append(Condition(name="states", when=when, holds=holds, test=test))
    return tuple(found)


def _within(when: DateRange, first: date, last: date) -> Holds:
    if first <= when.start and when.end <= last:
        return "yes"
    return "no" if when.end < first or last < when.start else "cannot_tell"


def _certainty(rule: Rule, fact: Fact, told: _Told) -> tuple[list[Weighed], Certainty]:
    """Return the readings that carry a finding, and how sure it is but for the day asked about.

    Disputed: a competent voice says the contrary, or persons judged the fact in opposite ways.
    """
    weighed = told.fitting
    if rule.effect in ("claims", "asks"):
        return weighed, "listed"
    standings = {w.standing for w in weighed}
    if "counts" in standings:
        denied = ("refused" in standings or told.contrary) and any(
            w.standing == "refused" and w.basis != "claimed" for w in (*weighed, *told.contrary)
        )
        disputed = denied or fact.verdict == "disputed"
        return _of_standing(weighed, "counts"), "disputed" if disputed else "certain"
    if "cannot_tell" in standings:
        return _of_standing(weighed, "cannot_tell"), "cannot_tell"
    if "announced" in standings:
        return _of_standing(weighed, "announced"), "announced"
    return weighed, "listed"


def _of_standing(weighed: list[Weighed], standing: Standing) -> list[Weighed]:
    return [w for w in weighed if w.standing == standing]


def _when(weighed: list[Weighed]) -> tuple[DateRange | None, bool]:
    """Return when a finding came about; without a date in any reading, when it was first told."""
    dated = sorted(
        _done(w.reading, w.reading.date)
        for w in weighed
        if w.reading.date is not None and not foretold(w.reading)
    )
    if dated:
        shared: DateRange | None = dated[0]
        for other in dated[1:]:
            shared = intersect(shared, other) if shared is not None else None
        return shared or hull(dated), True
    told = [w.reading.published for w in weighed if w.reading.published is not None]
    return min(told, key=lambda r: (r.end, r.start), default=None), False


def _done(reading: Reading, told: DateRange) -> DateRange:
    """Return the days of an act told as done: « in February », told on the 24th, ended by then."""
    published = reading.published
    if published is None or told.end <= published.end:
        return told
    end = published.end
    return DateRange(told.start, end, "day" if told.start == end else "range")


def _expected(weighed: list[Weighed]) -> DateRange | None:
    dates = sorted(w.reading.date for w in weighed if w.reading.date is not None)
    return min(dates, key=lambda r: (r.end, r.start), default=None)


def _word(rule: Rule, mechanism: Mechanism) -> StatusWord | None:
    if rule.effect == "terminates":
        return "not_engaged"
    if rule.effect == "rules_out":
        return "ruled_out"
    if rule.effect == "initiates":
        engages = {s.id: s.engages for s in mechanism.stages}
        return "engaged" if engages.get(rule.stage or "", True) else None
    return None


def _by(
    rule: Rule, fact: Fact, weighed: list[Weighed], roles: Roles, ask: Question
) -> tuple[str, ...]:
    """Return who brought it about: of the actors those in the role asked for, as states or bodies."""
    found: set[str] = set()
    for w in weighed:
        on = on_day(w.reading, ask)
        actors = w.reading.act.actors or fact.actors
        for actor in roles.bearers(rule.when.actors, actors, on) or ():
            found.add(roles.side(actor, on))
    return tuple(sorted(found))


def _citations(weighed: list[Weighed]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(w.reading.citation for w in weighed))


def _values(fact: Fact) -> dict[str, str]:
    roles = {
        "type": fact.type,
        "actors": ", ".join(fact.actors),
        "recipients": ", ".join(fact.recipients),
        "places": ", ".join(fact.places),
    }
    return {key: value for key, value in roles.items() if value}
