"""The whole reason of a status, put together: clauses, parameters, rules, facts, what is missing.

Comes in: a mechanism's answer as the engine worked it out. Goes out: the tree of
:class:`~foedus.alliance.records.Reason` nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from foedus.acts import DateRange, days_text
from foedus.alliance import reasons
from foedus.alliance.findings import Condition, Finding, Near
from foedus.alliance.folder import Alliance
from foedus.alliance.keeping import KeptOut
from foedus.alliance.match import Question
from foedus.alliance.records import Reason
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Rule
from foedus.alliance.timeline import Settled

__all__ = ["Matter", "explain"]


@dataclass(frozen=True)
class Matter:
    """One mechanism, the question asked of it, and what was found."""

    alliance: Alliance
    mechanism: Mechanism
    asked: str
    """The mechanism asked about; ``mechanism`` may be one that a rule of it asks for."""
    ask: Question
    roles: Roles
    necessary: frozenset[str]
    """The facts without any one of which it would stand elsewhere."""
    listed: Sequence[Finding]
    """The findings that change nothing and are told all the same."""
    near: Sequence[Near]
    later: Sequence[Near]
    """Of each rule the first fact that fits it, but came about after the day asked about."""
    settled: Settled
    stage: str | None
    since: DateRange | None
    expected: DateRange | None
    stood: Callable[[str], tuple[Sequence[Finding], Sequence[Near]]]
    """The findings on another mechanism, for rules that ask where it stood."""
    nearest: Callable[[Rule], Sequence[Near]]
    """The facts that come nearest to a rule."""
    kept_out: Sequence[KeptOut]
    """The facts that memberships keep from counting."""


def explain(matter: Matter) -> Reason:
    """Return the whole reason of a status."""
    mechanism, settled = matter.mechanism, matter.settled
    told = _told(settled, matter.listed)
    values = _asked(matter) | {
        "mechanism": mechanism.id,
        "since": days_text(matter.since),
        "stage": matter.stage or "",
        "expected": days_text(matter.expected) if settled.word == "not_engaged" else "",
    }
    children = [
        reasons.clause(mechanism),
        *_articles(matter),
        *_parameters(matter, told),
        *_conflicts(matter),
        *_rules(matter, told),
        *_unmet(matter),
        *_missing(matter),
        *map(reasons.kept_out, matter.kept_out),
    ]
    return Reason(
        kind="status",
        key=f"status.{settled.word}",
        values={key: value for key, value in values.items() if value},
        children=tuple(children),
    )


def _asked(matter: Matter) -> dict[str, str]:
    ask = matter.ask
    return {"as_of": ask.as_of.isoformat(), "known_by": ask.known_by.isoformat()}


def _articles(matter: Matter) -> list[Reason]:
    number = matter.mechanism.article
    return [] if number is None else [reasons.article(matter.alliance.articles[number])]


def _told(settled: Settled, changing_nothing: Sequence[Finding]) -> list[Finding]:
    """Return the findings shown under their rules: what bears on the status, what is only listed.

    What leaves the status open is shown apart, as a conflict.
    """
    shown = (*settled.carry, *settled.open, *settled.stages, *settled.past, *settled.lapsed)
    carrying = {f.fact for f in shown}
    listed = [f for f in changing_nothing if not (f.fact in carrying and _only_refused(f))]
    apart = {_key(f) for f in settled.open}
    unique = {_key(f): f for f in (*shown, *listed)}
    return [finding for key, finding in unique.items() if key not in apart]


def _key(finding: Finding) -> tuple[str, str, bool]:
    return finding.rule, finding.fact, finding.effect == "lapses"


def _only_refused(finding: Finding) -> bool:
    """Whether it says no more than that something was not done: another rule says so already."""
    return finding.effect == "initiates" and all(w.standing == "refused" for w in finding.weighed)


def _rules(matter: Matter, findings: Sequence[Finding]) -> list[Reason]:
    """Return a node for each rule, in declared order, with the facts that fit it."""
    mechanism = matter.mechanism
    order = [level.id for level in mechanism.levels] + [rule.id for rule in mechanism.rules]
    own = {rule.id for rule in mechanism.rules if mechanism.id == matter.asked}
    nodes = []
    for name, lapsed in product(order, (False, True)):
        fitting = [f for f in findings if f.rule == name and (f.effect == "lapses") is lapsed]
        if fitting:
            nodes.append(
                reasons.rule(
                    mechanism,
                    fitting[0],
                    [
                        reasons.fact(
                            f,
                            _stood(matter, f.conditions),
                            necessary=f.rule in own and f.fact in matter.necessary,
                        )
                        for f in fitting
                    ],
                )
            )
    return nodes


def _stood(matter: Matter, conditions: Iterable[Condition]) -> list[Reason]:
    """Return a node for each thing that a rule asks besides the act, with what shows it."""
    nodes = []
    for condition in conditions:
        test = condition.test
        shown = [] if test is None else _standing(matter, test.mechanism, condition.when)
        nodes.append(reasons.condition(condition, shown))
    return nodes


def _standing(matter: Matter, name: str, when: DateRange) -> list[Reason]:
    """Return the rules and facts by which another mechanism stood where it did on these days."""
    mechanism = matter.alliance.mechanism(name)
    found, near = matter.stood(name)
    begun = [f for f in found if f.when is None or f.when.start <= when.end]
    other = replace(matter, mechanism=mechanism, near=near)
    bearing = [f for f in begun if f.word is not None or f.stage is not None]
    return [*_memberships(matter, bearing), *_rules(other, bearing), *_unmet(other)]


def _unmet(matter: Matter) -> list[Reason]:
    """Return a node for each rule that a fact would fit, but for what the rule asks besides."""
    nodes = []
    for rule in matter.mechanism.rules:
        short = [n for n in matter.near if n.rule == rule.id and n.conditions]
        if short:
            below = [reasons.near(n, _stood(matter, n.conditions)) for n in short]
            nodes.append(reasons.unmet(matter.mechanism, rule.id, rule.stage, below))
    return nodes


def _conflicts(matter: Matter) -> list[Reason]:
    mechanism, settled = matter.mechanism, matter.settled
    if settled.word != "unknown" and not settled.open:
        return []
    if not settled.open:
        return [reasons.initial(mechanism)]
    key = "conflict.order" if settled.clash else "conflict.cannot_tell"
    if settled.clash and _by_one_act(settled.open):
        key = "conflict.rules"
    return [reasons.conflict(key, mechanism, _rules(matter, settled.open))]


def _by_one_act(findings: Iterable[Finding]) -> bool:
    """Whether one fact surely brings about two things, by two rules."""
    words: dict[str, set[str | None]] = {}
    for finding in findings:
        if finding.certainty == "certain" and finding.effect != "lapses":
            words.setdefault(finding.fact, set()).add(finding.word)
    return any(len(brought) > 1 for brought in words.values())


def _parameters(matter: Matter, told: Sequence[Finding]) -> list[Reason]:
    """Return the dated things that the answer rests on: memberships, and forces as they stood."""
    alliance, on = matter.alliance, matter.ask.as_of
    forces = [f for f in alliance.forces if f.mechanism == matter.mechanism.id]
    return [
        *_no_member(matter),
        *_memberships(matter, (*told, *matter.settled.open)),
        *(reasons.force(f, on) for f in forces if f.start <= on <= (f.end or date.max)),
    ]


def _memberships(matter: Matter, findings: Iterable[Finding]) -> list[Reason]:
    """Return the memberships on which findings rest, each as of the day of the act."""
    rested = sorted({pair for f in findings for pair in f.members})
    held = dict.fromkeys((s, matter.alliance.membership(s, day)) for s, day in rested)
    return [reasons.member(state, one) for state, one in held if one is not None]


def _missing(matter: Matter) -> list[Reason]:
    """Return what would have engaged a mechanism that is not, with the nearest facts."""
    mechanism, settled = matter.mechanism, matter.settled
    if settled.word in ("engaged", "ruled_out"):
        return []
    begun = {f.rule for f in (*settled.open, *settled.stages)}
    return [
        reasons.missing(
            mechanism,
            rule.id,
            rule.stage,
            map(reasons.near, _nearest(matter, rule)),
            _asked(matter),
        )
        for rule in mechanism.rules
        if rule.effect == "initiates" and rule.id not in begun
    ]


def _nearest(matter: Matter, rule: Rule) -> list[Near]:
    """Return what came nearest to a rule: what fits it, but later; what fails one condition of it."""
    return [*(n for n in matter.later if n.rule == rule.id), *matter.nearest(rule)]


def _no_member(matter: Matter) -> list[Reason]:
    """Return the node that says that nobody was a member yet on the day asked about."""
    first = min((m.joined for m in matter.alliance.memberships), default=date.min)
    return [reasons.no_member(matter.ask.as_of, first)] if matter.ask.as_of < first else []
