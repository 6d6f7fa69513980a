"""What each fact does to a mechanism: one finding for each rule that a fact fits.

Comes in: a mechanism's rules and the facts. Goes out: findings, each with its readings weighed,
its dates, and how sure it is; first whatever day is asked about, then as seen on a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple, Protocol

import msgspec

from foedus.acts import DateRange, day, hull, intersect
from foedus.alliance.facts import Index, begins_after
from foedus.alliance.match import (
    WHO,
    Checks,
    Question,
    Weighed,
    checks_of,
    failures,
    fits,
    foretold,
    on_day,
    unindexed,
    weigh,
)
from foedus.alliance.records import Standing, StatusWord
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Effect, Mechanism, Pattern, Rule, StateTest
from foedus.ledger.records import Citation, Fact, Reading

__all__ = [
    "ONLY_LISTED",
    "Certainty",
    "Condition",
    "Finding",
    "Found",
    "Holds",
    "Near",
    "Origin",
    "Short",
    "States",
    "find",
    "nearest",
]

Certainty = Literal["certain", "cannot_tell", "disputed", "announced", "listed", "later", "over"]
ONLY_LISTED = ("claims", "asks")
"""Effects of rules that change nothing."""
_ALONE: dict[Standing, Certainty] = {
    "counts": "certain",
    "cannot_tell": "cannot_tell",
    "announced": "announced",
}
"""How sure a finding is that one telling carries."""
Holds = Literal["yes", "no", "cannot_tell"]


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


class Short(NamedTuple):
    """A fact that who acts, to whom or whose word it is may keep from a rule.

    ``failed``: the first condition that its only telling fails, one of who it is; empty where it is told more than once, or fits.
    """

    rule: Rule
    fact: Fact
    failed: str = ""


class Found(NamedTuple):
    """What facts do to a mechanism; what would but for a condition; what is short of a rule by who it is."""

    findings: list[Finding]
    near: list[Near]
    short: dict[str, list[Short]]
    """By rule."""


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
) -> Found:
    """Return what the facts do to a mechanism whatever the day, and those that do not quite.

    What only a reason shows is left out: :func:`shown` adds it.
    :func:`~foedus.alliance.seen.seen_on` tells what of it has begun by the day asked about.
    """
    found: list[Finding] = []
    near: list[Near] = []
    short: dict[str, list[Short]] = {}
    for rule in mechanism.rules:
        checks = checks_of(rule.when, roles)
        open_ = unindexed(checks)
        for fact in facts.of(rule):
            if len(fact.readings) == 1:
                told = _told_once(open_, rule, mechanism, fact, roles, ask)
            else:
                told = _told(checks, rule, mechanism, fact, roles, ask)
            if not isinstance(told, _Told):
                if told in WHO:
                    once = len(fact.readings) == 1
                    short.setdefault(rule.id, []).append(Short(rule, fact, told if once else ""))
                continue
            finding = _finding(rule, mechanism, fact, told, ask, states)
            unmet = [c.name for c in finding.conditions if c.holds == "no"]
            if not unmet or _only_kept_out(finding, unmet):
                found.append(finding)
            elif finding.certainty != "listed":
                near.append(
                    Near(rule=rule.id, fact=fact, failed=unmet[0], conditions=finding.conditions)
                )
    return Found(found, near, short)


def _only_kept_out(finding: Finding, unmet: Iterable[str]) -> bool:
    """Whether what changes nothing fails only where another mechanism stood.

    It is shown with that, since it would be shown without: what another fact keeps out of a reason
    rests on that fact.
    """
    return finding.certainty == "listed" and "days" not in unmet


def nearest(rule: Rule, facts: Index, roles: Roles, ask: Question, most: int) -> list[Near]:
    """Return the facts that fail one condition of a rule, the latest up to the day asked first, ``most`` at most."""
    checks = checks_of(rule.when, roles)
    found = []
    for fact in facts.around(rule):
        if not ask.any_day and begins_after(fact, ask.as_of):
            continue
        failed = [failures(checks, fact, r, on_day(r, ask)) for r in fact.readings]
        missed = [names[0] for names in failed if len(names) == 1]
        if missed and all(failed):
            found.append(Near(rule=rule.id, fact=fact, failed=min(missed)))
        if len(found) == most:
            break
    return found


def _told(
    checks: Checks, rule: Rule, mechanism: Mechanism, fact: Fact, roles: Roles, ask: Question
) -> _Told | str:
    """Weigh the tellings of a fact that fit; where none does, say by which condition one fell short."""
    of_denial = rule.when.polarity == "negated"
    fitting: list[Weighed] | None = None
    contrary: list[Weighed] = []
    for reading in fact.readings:
        on = on_day(reading, ask)
        if of_denial and "negation" not in reading.act.aux:
            if fits(checks, fact, reading, on, apart_from="polarity"):
                weighed = weigh(rule, mechanism, reading, roles, ask, on)
                if weighed.standing == "counts":
                    contrary.append(Weighed(reading, "refused", weighed.basis))
        elif fits(checks, fact, reading, on):
            fitting = fitting or []
            fitting.append(weigh(rule, mechanism, reading, roles, ask, on))
    if fitting:
        return _Told(fitting, contrary)
    missed = [failures(checks, fact, r, on_day(r, ask))[:1] for r in fact.readings]
    return next((names[0] for names in missed if names and names[0] in WHO), "")


def _told_once(
    checks: Checks, rule: Rule, mechanism: Mechanism, fact: Fact, roles: Roles, ask: Question
) -> _Told | str:
    """Weigh the only telling of a fact, which the index found for the rule, or say where it falls short."""
    (reading,) = fact.readings
    on = on_day(reading, ask)
    for name, holds in checks:
        if not holds(fact, reading, on):
            return name
    return _Told([weigh(rule, mechanism, reading, roles, ask, on)], [])


def _finding(
    rule: Rule, mechanism: Mechanism, fact: Fact, told: _Told, ask: Question, states: States
) -> Finding:
    carrying, certainty = _certainty(rule, fact, told)
    when, dated = _when(carrying)
    if rule.effect == "ends" and certainty == "announced":
        certainty = "listed"
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
    if rule.effect in ONLY_LISTED:
        return weighed, "listed"
    if len(weighed) == 1 and not told.contrary and fact.verdict != "disputed":
        return weighed, _ALONE.get(weighed[0].standing, "listed")
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
    if len(weighed) == 1:
        reading = weighed[0].reading
        if reading.date is None or foretold(reading):
            return reading.published, False
        return _done(reading, reading.date), True
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


def _word(rule: Rule, mechanism: Mechanism) -> StatusWord | None:
    if rule.effect == "terminates":
        return "not_engaged"
    if rule.effect == "rules_out":
        return "ruled_out"
    if rule.effect == "initiates":
        engages = {s.id: s.engages for s in mechanism.stages}
        return "engaged" if engages.get(rule.stage or "", True) else None
    return None
