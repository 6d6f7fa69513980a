"""What findings show: by whom, where to read it, which sources, on whose membership they rest.

Comes in: findings as the rules made them. Goes out: one thing of them at a time for an answer, or all of it for a
reason (:func:`shown`).
"""

from __future__ import annotations

from datetime import date

import msgspec

from foedus.acts import DateRange
from foedus.alliance.findings import Finding
from foedus.alliance.match import Question, Weighed, on_day
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Rule
from foedus.ledger.records import Citation, Fact

__all__ = ["by_of", "citations_of", "claimed_in", "expected_of", "groups_of", "shown", "weighed_of"]


def shown(finding: Finding, roles: Roles, ask: Question) -> Finding:
    """Return a finding with what its reason shows: the readings weighed, memberships, the act in words."""
    if finding.origin is None:
        return finding
    rule, fact, told = finding.origin.rule, finding.origin.fact, finding.origin.told
    carrying = finding.origin.carrying
    listed = finding.certainty == "listed"
    return msgspec.structs.replace(
        finding,
        weighed=tuple(_with_offices(w, roles) for w in (*told.fitting, *told.contrary)),
        citations=citations_of(finding),
        values=finding.values | _values(fact),
        expected=expected_of(finding),
        members=() if listed else _members(rule, fact, carrying, roles, ask),
        origin=None,
    )


def _with_offices(weighed: Weighed, roles: Roles) -> Weighed:
    """Return a weighed reading with the offices by which it is known for whom its people speak."""
    act = weighed.reading.act
    speaker = () if act.attributed_to is None else (act.attributed_to,)
    people = dict.fromkeys((*speaker, *act.actors))
    held = tuple([tenure for person in people for tenure in roles.tenures(person)])
    return msgspec.structs.replace(weighed, held=held) if held else weighed


def claimed_in(finding: Finding) -> bool:
    """Whether somebody says it whose word is not enough."""
    for weighed in weighed_of(finding):  # noqa: SIM110  (a generator would take twice as long)
        if weighed.standing == "claimed":
            return True
    return False


def weighed_of(finding: Finding) -> tuple[Weighed, ...]:
    """Return the readings that bear on a finding, weighed."""
    if finding.origin is None:
        return finding.weighed
    told = finding.origin.told
    return (*told.fitting, *told.contrary)


def citations_of(finding: Finding) -> tuple[Citation, ...]:
    """Return where to read what carries a finding, each once."""
    if finding.origin is None:
        return finding.citations
    return tuple(dict.fromkeys(w.reading.citation for w in finding.origin.carrying))


def groups_of(finding: Finding) -> set[str]:
    """Return the independent sources that carry a finding; what has none counts as none."""
    if finding.origin is None:
        return set(finding.groups)
    return {w.reading.group for w in finding.origin.carrying if not w.reading.unsourced}


def expected_of(finding: Finding) -> DateRange | None:
    """Return the first date for which an announcement announces something."""
    if finding.origin is None or finding.certainty != "announced":
        return finding.expected
    carrying = finding.origin.carrying
    dates = sorted(w.reading.date for w in carrying if w.reading.date is not None)
    return min(dates, key=lambda r: (r.end, r.start), default=None)


def by_of(finding: Finding, roles: Roles, ask: Question) -> set[str]:
    """Return who brought it about: of the actors those in the role asked for, as states or bodies."""
    origin = finding.origin
    if origin is None:
        return set(finding.by)
    found: set[str] = set()
    if finding.certainty == "listed" or not origin.rule.by:
        return found
    for w in origin.carrying:
        on = on_day(w.reading, ask)
        actors = w.reading.act.actors or origin.fact.actors
        for actor in roles.bearers(origin.rule.when.actors, actors, on) or ():
            found.add(roles.side(actor, on))
    return found


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


def _values(fact: Fact) -> dict[str, str]:
    roles = {
        "type": fact.type,
        "actors": ", ".join(fact.actors),
        "recipients": ", ".join(fact.recipients),
        "places": ", ".join(fact.places),
    }
    return {key: value for key, value in roles.items() if value}
