"""Where each mechanism stands on a day, as known by a day, and why.

Comes in: an alliance, the facts of a ledger, two dates. Goes out: one status for each mechanism.
No alliance is known here: rules, roles and words are those of the declared folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Literal, TypeVar

import msgspec

from foedus.acts import DateRange, Quantity
from foedus.alliance.course import Course, Span, course, course_of, spans_of
from foedus.alliance.explain import Matter, explain
from foedus.alliance.facts import Index, visible
from foedus.alliance.findings import ONLY_LISTED, Finding, Found, Holds, Near, Short, find, nearest
from foedus.alliance.folder import Alliance
from foedus.alliance.keeping import KeptOut, kept_out
from foedus.alliance.match import Question, deedless
from foedus.alliance.records import MechanismStatus, Reason, StatusWord, Trace
from foedus.alliance.roles import Registry, Roles
from foedus.alliance.schema import Mechanism, Rule, StateTest
from foedus.alliance.seen import seen_on
from foedus.alliance.showing import (
    by_of,
    citations_of,
    claimed_in,
    expected_of,
    groups_of,
    shown,
)
from foedus.alliance.stocks import Levels
from foedus.alliance.timeline import ENDED, Settled, settle
from foedus.ledger.records import Fact

__all__ = ["Known", "courses", "statuses"]

T = TypeVar("T")
_NEAREST = 5
_FEW, _MANY = 8, 100
_BATCH = 2_000


def statuses(
    alliance: Alliance,
    facts: Sequence[Fact],
    *,
    as_of: date | None,
    known_by: date | None,
    world: Registry,
    quantities: Sequence[Quantity] = (),
    latest: date = date.max,
) -> tuple[MechanismStatus, ...]:
    """Return where every mechanism stands, in declared order, each with its whole reason (the tree is made when read).

    Args:
        alliance: the alliance as declared.
        facts: what is known; readings that appeared after ``known_by`` are left out here, and
            those whose publication straddles it are listed as ``cannot_tell`` and not used.
        as_of: the day asked about; None when nobody named one: then all that is told counts,
            also where its day is not known or may lie after ``latest``.
        known_by: the day by which the reports had to have appeared; None asks for no limit.
        world: who speaks for whom, who held which office, which place lies where.
        quantities: told levels (of stocks) that were known by the day.
        latest: the day that answers bear in place of one that nobody named.
    """
    ask = Question(
        as_of or latest, known_by or latest, any_day=as_of is None, any_report=known_by is None
    )
    known = Known(alliance, facts, ask, world=world, quantities=quantities)
    return tuple(_status(known, mechanism) for mechanism in alliance.mechanisms)


def courses(
    alliance: Alliance,
    facts: Iterable[Fact],
    *,
    known_by: date | None,
    world: Registry,
    quantities: Sequence[Quantity] = (),
    latest: date = date.max,
) -> dict[str, Course]:
    """Return where every mechanism stood on every day, as known by a day, by its id.

    The arguments are those of :func:`statuses`, which answers the same for one day and says why.
    Facts are taken as they come and not kept, unless a rule asks where another mechanism stands.
    """
    ask = Question(latest, known_by or latest, any_report=known_by is None)
    if quantities or any(r.when.states for m in alliance.mechanisms for r in m.rules):
        known = Known(alliance, tuple(facts), ask, world=world, quantities=quantities)
        return {mechanism.id: known.course(mechanism.id) for mechanism in alliance.mechanisms}
    roles = Roles(alliance.declared, alliance.memberships, world)
    spans: dict[str, set[Span]] = {m.id: set() for m in alliance.mechanisms}
    deciding = replace(alliance, mechanisms=tuple(map(_deciding, alliance.mechanisms)))
    rest = (fact for fact in facts if not deedless(fact))
    while batch := tuple(islice(rest, _BATCH)):
        known = Known(deciding, batch, ask, world=world, roles=roles)
        for name, found in spans.items():
            found.update(s for f in known.found(name)[0] for s in spans_of(f))
    return {m.id: course_of(m, spans[m.id]) for m in alliance.mechanisms}


def _deciding(mechanism: Mechanism) -> Mechanism:
    """Return a mechanism without the rules that only list what is said."""
    rules = tuple(rule for rule in mechanism.rules if rule.effect not in ONLY_LISTED)
    return msgspec.structs.replace(mechanism, rules=rules)


class Known:
    """What is known by the day, and what follows for each mechanism; worked out once, when asked for."""

    def __init__(
        self,
        alliance: Alliance,
        facts: Sequence[Fact],
        ask: Question,
        *,
        world: Registry,
        quantities: Sequence[Quantity] = (),
        roles: Roles | None = None,
    ) -> None:
        """Take the facts in."""
        self.alliance, self.ask = alliance, ask
        self.roles = roles or Roles(alliance.declared, alliance.memberships, world)
        self.levels = Levels(quantities, facts)
        rules = [rule for mechanism in alliance.mechanisms for rule in mechanism.rules]
        self._facts = Index(visible(facts, ask), rules)
        self._found: dict[str, Found] = {}
        self._courses: dict[str, Course] = {}

    def found(self, mechanism: str) -> Found:
        """Return the findings on a mechanism whatever the day, and what almost is one."""
        if mechanism not in self._found:
            declared = self.alliance.mechanism(mechanism)
            found = find(declared, self._facts, self.roles, self.ask, self)
            found.near.sort(key=lambda n: n.fact.id)
            found.findings.extend(self.levels.find(declared, self.roles, self.ask))
            self._found[mechanism] = found
        return self._found[mechanism]

    def kept_out(self, mechanism: Mechanism) -> list[KeptOut]:
        """Return what memberships keep from counting for a mechanism, or for one that its rules ask for."""
        kept = []
        for declared in self.alliance.asked_for(mechanism.id):
            until = self.ask.as_of if declared == mechanism else self._last_day(mechanism)
            found = self.found(declared.id)
            short = {name: list(ones) for name, ones in found.short.items()}
            for finding in found.findings:
                # another telling of a fact that fits may be kept out, or one whose word is not enough
                if (origin := finding.origin) is not None and (
                    len(origin.fact.readings) > 1 or claimed_in(finding)
                ):
                    partly = Short(origin.rule, origin.fact)
                    short.setdefault(finding.rule, []).append(partly)
            kept += kept_out(
                declared, short, self.alliance.memberships, self.roles, self.ask, until
            )
        return kept

    def _last_day(self, mechanism: Mechanism) -> date:
        """Return the last day on which the rules may ask where another mechanism stood."""
        found = self.found(mechanism.id)
        short = [one.fact for ones in found.short.values() for one in ones]
        facts = [f.origin.fact for f in found.findings if f.origin is not None]
        facts += [*(n.fact for n in found.near), *short]
        days = [
            d for f in facts for r in f.readings for d in (r.date, r.published) if d is not None
        ]
        return max((d.end for d in days if d.start <= self.ask.as_of), default=self.ask.as_of)

    def shown(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings with what a reason shows of them."""
        return tuple(shown(f, self.roles, self.ask) for f in findings)

    def shown_of(self, settled: Settled) -> Settled:
        """Return what settles a status with what a reason shows of it."""
        kept = ("carry", "open", "stages", "past", "lapsed")
        return msgspec.structs.replace(
            settled, **{name: self.shown(getattr(settled, name)) for name in kept}
        )

    def stood(self, mechanism: str) -> tuple[Sequence[Finding], Sequence[Near]]:
        """Return the findings on a mechanism, with what a reason shows of them, and what almost is one."""
        found, near, _ = self.found(mechanism)
        return self.shown(sorted(found, key=lambda f: f.fact)), near

    def nearest(self, rule: Rule) -> list[Near]:
        """Return the facts that come nearest to a rule that none fits."""
        return nearest(rule, self._facts, self.roles, self.ask, _NEAREST)

    def course(self, mechanism: str) -> Course:
        """Return where a mechanism stood on every day."""
        if mechanism not in self._courses:
            declared = self.alliance.mechanism(mechanism)
            self._courses[mechanism] = course(declared, self.found(mechanism)[0])
        return self._courses[mechanism]

    def standing(self, mechanism: str) -> tuple[StatusWord, str | None]:
        """Return status and stage of a mechanism on the day asked about, without the reason."""
        declared = self.alliance.mechanism(mechanism)
        settled = settle(declared, seen_on(self.found(mechanism)[0], self.ask))
        return settled.word, _stage(declared, settled)

    def deciding(self, mechanism: str) -> list[str]:
        """Return the facts that decide where a mechanism stands, or leave it open."""
        declared = self.alliance.mechanism(mechanism)
        settled = settle(declared, seen_on(self.found(mechanism)[0], self.ask))
        return list(dict.fromkeys(f.fact for f in (*settled.carry, *settled.open)))

    def hold(self, test: StateTest, when: DateRange) -> Holds:
        """Whether a mechanism stood so on all of these days, on none, or on some."""
        answers = {
            "cannot_tell" if word == "unknown"
            else word in test.status and (not test.stages or stage in test.stages)
            for word, stage in self.course(test.mechanism).during(when)
        }  # fmt: skip
        if answers == {True}:
            return "yes"
        return "no" if answers == {False} else "cannot_tell"


def _status(known: Known, mechanism: Mechanism) -> MechanismStatus:
    ask = known.ask
    raw, near, _ = known.found(mechanism.id)
    findings = seen_on(raw, ask)
    settled = settle(mechanism, findings)
    listed = sorted((f for f in findings if f.certainty == "listed"), key=lambda f: f.fact)
    stage = _stage(mechanism, settled)
    past = settled.past if stage == ENDED else ()
    quiet = settled.open if settled.word == "unknown" else settled.stages
    carry = settled.carry or quiet or past
    first = min(settled.carry, key=_when_key, default=max(past, key=_when_key, default=None))
    sources = _sources(carry)
    announced = [f for f in settled.stages if f.certainty == "announced"]
    since = first.when if first is not None else None
    expected = _expected(map(expected_of, announced), ask.as_of)

    def reason() -> Reason:
        matter = Matter(
            alliance=known.alliance,
            mechanism=mechanism,
            asked=mechanism.id,
            necessary=_necessary(known, mechanism, findings, settled),
            ask=ask,
            roles=known.roles,
            listed=known.shown(listed),
            near=near,
            later=() if ask.any_day else _later(raw, ask.as_of),
            settled=known.shown_of(settled),
            stage=stage,
            since=since,
            expected=expected,
            stood=known.stood,
            nearest=known.nearest,
            kept_out=known.kept_out(mechanism),
        )
        return explain(matter)

    return MechanismStatus(
        mechanism=mechanism.id,
        status=settled.word,
        stage=stage,
        since=since,
        since_is=None if first is None or first.when is None else _since_is(first),
        expected=expected,
        by=tuple(sorted({who for f in carry for who in by_of(f, known.roles, ask)})),
        facts=_unique(f.fact for f in carry),
        announced=_unique(f.fact for f in announced),
        claims=_unique(f.fact for f in listed if _claimed(f)),
        quantities=known.levels.told_of(mechanism, ask),
        citations=_unique(c for f in carry for c in citations_of(f)),
        as_of=ask.as_of,
        known_by=ask.known_by,
        sources=sources,
        single_source=sources == 1,
        disputed=any(f.certainty == "disputed" for f in (*carry, *settled.open)),
        trace=Trace(reason),
    )


def _later(findings: Iterable[Finding], as_of: date) -> tuple[Near, ...]:
    """Return of each rule that begins something the first fact that does, but after the day asked about."""
    first: dict[str, Near] = {}
    coming = [f for f in findings if f.when is not None and f.when.start > as_of]
    for finding in sorted(coming, key=_when_key):
        if finding.origin is not None and finding.certainty in ("certain", "announced"):
            fact = finding.origin.fact
            first.setdefault(finding.rule, Near(rule=finding.rule, fact=fact, failed="later"))
    return tuple(first.values())


def _necessary(
    known: Known, mechanism: Mechanism, findings: Sequence[Finding], settled: Settled
) -> frozenset[str]:
    """Return the facts without any one of which a mechanism would stand elsewhere.

    Looked for among few only: where many facts bear on it, hardly one is. What other mechanisms or told
    levels rest on too is passed over, since without it they would change as well.
    """
    shown = (*settled.carry, *settled.open, *settled.stages, *settled.past)
    facts = {f.fact for f in shown if f.effect != "level"}
    relevant = [f for f in findings if f.certainty not in ("listed", "later", "over")]
    if len(facts) > _FEW or len(relevant) > _MANY or mechanism.levels:
        return frozenset()
    asked = {test.mechanism for rule in mechanism.rules for test in rule.when.states}
    facts -= {f.fact for other in asked for f in known.found(other)[0]}
    now = settled.word, _stage(mechanism, settled)
    found = set()
    for fact in facts:
        left = settle(mechanism, [f for f in relevant if f.fact != fact])
        if (left.word, _stage(mechanism, left)) != now:
            found.add(fact)
    return frozenset(found)


def _sources(findings: Iterable[Finding]) -> int:
    """Count the independent sources; a report that also passes on another's words is still one."""
    carrying = tuple(findings)
    groups = {group for f in carrying for group in groups_of(f)}
    reports = {c.source or c.report for f in carrying for c in citations_of(f)}
    return min(len(groups), len(reports))


def _since_is(first: Finding) -> Literal["dated", "reported"]:
    return "dated" if first.dated else "reported"


def _when_key(finding: Finding) -> tuple[date, date, str]:
    when = finding.when
    if when is None:
        return date.max, date.max, finding.fact
    return when.end, when.start, finding.fact


def _expected(ranges: Iterable[DateRange | None], as_of: date) -> DateRange | None:
    """Return the next date for which something is announced, or else the last that has passed."""
    known = sorted((r for r in ranges if r is not None), key=lambda r: (r.end, r.start))
    coming = [r for r in known if r.end >= as_of] or known[-1:]
    return coming[0] if coming else None


def _unique(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))


def _stage(mechanism: Mechanism, settled: Settled) -> str | None:
    """Return the furthest stage reached, in the declared order; « announced » comes before all.

    One that was engaged and is no more, at no other stage, has « ended ».
    """
    if settled.word == "engaged":
        reached = {f.stage for f in settled.carry}
    elif settled.word == "not_engaged":
        set_ = [f for f in settled.stages if f.effect != "ends"]
        reached = {"announced" if f.certainty == "announced" else f.stage for f in set_}
    else:
        return None
    ordered = [stage.id for stage in mechanism.stages]
    known = [stage for stage in ordered if stage in reached]
    if not known and settled.word == "not_engaged" and "announced" not in reached:
        return ENDED if settled.past else None
    return known[-1] if known else ("announced" if "announced" in reached else None)


def _claimed(finding: Finding) -> bool:
    """Whether somebody says it whose word is not enough: a claim, for or against."""
    if finding.effect in ("asks", "lapses") or any(c.holds == "no" for c in finding.conditions):
        return False
    return finding.effect == "claims" or claimed_in(finding)
