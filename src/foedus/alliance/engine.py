"""Where each mechanism stands on a day, as known by a day, and why.

Comes in: an alliance, the facts of a ledger, two dates. Goes out: one status for each mechanism.
No alliance is known here: rules, roles and words are those of the declared folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal, TypeVar

from foedus.acts import DateRange, Quantity
from foedus.alliance import reasons
from foedus.alliance.findings import Finding, Index, Near, find, visible
from foedus.alliance.folder import Alliance
from foedus.alliance.match import Question
from foedus.alliance.records import MechanismStatus, Reason
from foedus.alliance.roles import Registry, Roles
from foedus.alliance.schema import Mechanism
from foedus.alliance.stocks import Appearance, appearances, find_levels, told_of
from foedus.alliance.timeline import Settled, settle
from foedus.ledger.records import Fact

__all__ = ["statuses"]

_NEAREST = 5
T = TypeVar("T")


def statuses(
    alliance: Alliance,
    facts: Sequence[Fact],
    *,
    as_of: date,
    known_by: date,
    world: Registry,
    quantities: Sequence[Quantity] = (),
) -> tuple[MechanismStatus, ...]:
    """Return where every mechanism stands, in declared order, each with its whole reason.

    Args:
        alliance: the alliance as declared.
        facts: what is known; readings that appeared after ``known_by`` are left out here, and
            those whose publication straddles it are listed as ``cannot_tell`` and not used.
        as_of: the day asked about.
        known_by: the day by which the reports had to have appeared.
        world: who speaks for whom, who held which office, which place lies where.
        quantities: told levels (of stocks) that were known by the day.
    """
    ask = Question(as_of, known_by)
    roles = Roles(alliance.declared, alliance.memberships, world)
    seen = Index(visible(facts, ask))
    reports = appearances(facts)
    return tuple(
        _status(alliance, mechanism, seen, quantities, reports, roles, ask)
        for mechanism in alliance.mechanisms
    )


def _status(
    alliance: Alliance,
    mechanism: Mechanism,
    facts: Index,
    quantities: Sequence[Quantity],
    reports: dict[str, Appearance],
    roles: Roles,
    ask: Question,
) -> MechanismStatus:
    findings, near = find(mechanism, facts, roles, ask)
    findings += find_levels(mechanism, quantities, reports, roles, ask)
    settled = settle(mechanism, findings)
    carry = settled.carry or (settled.open if settled.word == "unknown" else settled.stages)
    first = min(settled.carry, key=_when_key, default=None)
    groups = {group for f in carry for group in f.groups}
    stage = _stage(mechanism, settled)
    announced = [f for f in settled.stages if f.certainty == "announced"]
    expected = _expected((f.expected for f in announced), ask.as_of)
    return MechanismStatus(
        mechanism=mechanism.id,
        status=settled.word,
        stage=stage,
        since=first.when if first is not None else None,
        since_is=None if first is None or first.when is None else _since_is(first),
        expected=expected,
        announced=_unique(f.fact for f in announced),
        by=tuple(sorted({who for f in carry for who in f.by})),
        facts=_unique(f.fact for f in carry),
        claims=_unique(f.fact for f in findings if _claimed(f)),
        citations=_unique(c for f in carry for c in f.citations),
        as_of=ask.as_of,
        known_by=ask.known_by,
        quantities=told_of(mechanism, quantities, reports, ask),
        sources=len(groups),
        single_source=len(groups) == 1,
        disputed=any(f.certainty == "disputed" for f in (*carry, *settled.open)),
        reason=_reason(alliance, mechanism, settled, findings, near, roles, ask, stage, expected),
    )


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
    """Return the furthest stage reached, in the declared order; « announced » comes before all."""
    if settled.word == "engaged":
        reached = {f.stage for f in settled.carry}
    elif settled.word == "not_engaged":
        reached = {"announced" if f.certainty == "announced" else f.stage for f in settled.stages}
    else:
        return None
    ordered = [stage.id for stage in mechanism.stages]
    known = [stage for stage in ordered if stage in reached]
    return known[-1] if known else ("announced" if "announced" in reached else None)


def _claimed(finding: Finding) -> bool:
    """Whether somebody says it whose word is not enough: a claim, for or against."""
    if finding.certainty != "listed" or finding.effect == "asks":
        return False
    return finding.effect == "claims" or any(w.standing == "claimed" for w in finding.weighed)


def _reason(
    alliance: Alliance,
    mechanism: Mechanism,
    settled: Settled,
    findings: Sequence[Finding],
    near: Sequence[Near],
    roles: Roles,
    ask: Question,
    stage: str | None,
    expected: DateRange | None,
) -> Reason:
    first = min(settled.carry, key=_when_key, default=None)
    values = {
        "mechanism": mechanism.id,
        "as_of": ask.as_of.isoformat(),
        "known_by": ask.known_by.isoformat(),
        "since": reasons.dates(first.when) if first is not None else "",
        "stage": stage or "",
        "expected": reasons.dates(expected) if settled.word == "not_engaged" else "",
    }
    unsettled = {(f.rule, f.fact) for f in settled.open}
    told = [f for f in _told(settled, findings) if (f.rule, f.fact) not in unsettled]
    children = [
        reasons.clause(mechanism),
        *([reasons.article(alliance.articles[mechanism.article])] if mechanism.article else []),
        *_parameters(alliance, mechanism, told, roles, ask),
        *_conflicts(mechanism, settled),
        *_rules(mechanism, told),
        *_missing(mechanism, settled, near, ask),
    ]
    return Reason(
        kind="status",
        key=f"status.{settled.word}",
        values={key: value for key, value in values.items() if value},
        children=tuple(children),
    )


def _told(settled: Settled, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that the explanation shows: what bears on it, and what is only listed."""
    shown = (*settled.carry, *settled.open, *settled.stages)
    carrying = {f.fact for f in shown}
    listed = [
        f
        for f in findings
        if f.certainty == "listed" and not (f.fact in carrying and _only_refused(f))
    ]
    unique = {(f.rule, f.fact): f for f in (*shown, *listed)}
    return list(unique.values())


def _only_refused(finding: Finding) -> bool:
    """Whether it says no more than that something was not done: another rule says so already."""
    return finding.effect == "initiates" and all(w.standing == "refused" for w in finding.weighed)


def _rules(mechanism: Mechanism, findings: Sequence[Finding]) -> list[Reason]:
    """Return a node for each rule, in declared order, with the facts that fit it."""
    order = [level.id for level in mechanism.levels] + [rule.id for rule in mechanism.rules]
    nodes = []
    for name in order:
        fitting = [f for f in findings if f.rule == name]
        if fitting:
            nodes.append(reasons.rule(mechanism, fitting[0], [reasons.fact(f) for f in fitting]))
    return nodes


def _conflicts(mechanism: Mechanism, settled: Settled) -> list[Reason]:
    if settled.word != "unknown" and not settled.open:
        return []
    if not settled.open:
        return [reasons.initial(mechanism)]
    key = "conflict.order" if settled.clash else "conflict.cannot_tell"
    return [reasons.conflict(key, mechanism, _rules(mechanism, settled.open))]


def _parameters(
    alliance: Alliance, mechanism: Mechanism, told: Sequence[Finding], roles: Roles, ask: Question
) -> list[Reason]:
    """Return the dated things that the answer rests on: memberships, forces, the initial state."""
    states = {s for f in told for who in f.by for s in roles.member_states(who, ask.as_of)}
    nodes = []
    for state in sorted(states):
        membership = alliance.membership(state, ask.as_of)
        if membership is not None:
            nodes.append(reasons.member(state, membership))
    forces = [f for f in alliance.forces if f.mechanism == mechanism.id]
    nodes += [
        reasons.force(f, ask.as_of) for f in forces if f.start <= ask.as_of <= (f.end or date.max)
    ]
    return nodes


def _missing(
    mechanism: Mechanism,
    settled: Settled,
    near: Sequence[Near],
    ask: Question,
) -> list[Reason]:
    """Return what would have engaged a mechanism that is not, with the nearest facts."""
    if settled.word in ("engaged", "ruled_out"):
        return []
    asked = {"as_of": ask.as_of.isoformat(), "known_by": ask.known_by.isoformat()}
    begun = {f.rule for f in (*settled.open, *settled.stages)}
    return [
        reasons.missing(mechanism, rule.id, rule.stage, _nearest(near, rule.id), asked)
        for rule in mechanism.rules
        if rule.effect == "initiates" and rule.id not in begun
    ]


def _nearest(near: Sequence[Near], rule: str) -> list[Near]:
    """Return the facts that fail one condition of a rule, the latest first."""

    def key(item: Near) -> tuple[int, str]:
        known = item.fact.date
        return (-known.start.toordinal() if known is not None else 0, item.fact.id)

    return sorted((n for n in near if n.rule == rule), key=key)[:_NEAREST]
