"""What told levels do to a mechanism: « stocks are low » is no act, yet it says where things stand.

Comes in: quantity records that carry a level, and what the facts tell of their reports. Goes out:
findings like those of acts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from foedus.acts import DateRange, Quantity
from foedus.alliance.findings import Certainty, Finding
from foedus.alliance.match import Question
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Level, Mechanism
from foedus.ledger.records import Citation, Fact

__all__ = ["Appearance", "appearances", "find_levels", "told_of"]


class Appearance(msgspec.Struct, frozen=True):
    """When a report appeared, and the independent source it belongs to."""

    published: DateRange | None
    group: str


def appearances(facts: Iterable[Fact]) -> dict[str, Appearance]:
    """Return, by report hash, when it appeared and its source, as the facts' readings tell."""
    return {
        r.citation.source: Appearance(r.published, r.group) for fact in facts for r in fact.readings
    }


def find_levels(
    mechanism: Mechanism,
    quantities: Sequence[Quantity],
    reports: Mapping[str, Appearance],
    roles: Roles,
    ask: Question,
) -> list[Finding]:
    """Return the findings of told levels, in the order of the records' ids."""
    return [
        _finding(level, quantity, reports.get(quantity.source), roles, ask)
        for quantity in sorted(quantities, key=lambda q: q.id)
        for level in mechanism.levels
        if _fits(level, quantity, reports.get(quantity.source), roles, ask)
    ]


def told_of(
    mechanism: Mechanism,
    quantities: Sequence[Quantity],
    reports: Mapping[str, Appearance],
    ask: Question,
) -> tuple[str, ...]:
    """Return the ids of the told numbers and levels that point at a mechanism, sorted."""
    cues = {mechanism.id, *(cue for level in mechanism.levels for cue in level.cues)}
    return tuple(
        sorted(
            q.id
            for q in quantities
            if cues.intersection(q.cues) and not _later(reports.get(q.source), ask)
        )
    )


def _later(report: Appearance | None, ask: Question) -> bool:
    """Whether the report of a quantity surely appeared after the day."""
    published = report.published if report is not None else None
    return published is not None and published.start > ask.known_by


def _fits(
    level: Level, quantity: Quantity, report: Appearance | None, roles: Roles, ask: Question
) -> bool:
    if quantity.level not in level.levels or not any(c in level.cues for c in quantity.cues):
        return False
    if _later(report, ask):
        return False
    published = report.published if report is not None else None
    named = (quantity.place,) if quantity.place else ()
    on = published.start if published is not None else ask.as_of
    return roles.passes(level.places, named, on)


def _finding(
    level: Level, quantity: Quantity, report: Appearance | None, roles: Roles, ask: Question
) -> Finding:
    published = report.published if report is not None else None
    when = quantity.date or published
    on = published.start if published is not None else ask.as_of
    values = {"subject": quantity.subject, "place": quantity.place, "level": quantity.level}
    return Finding(
        rule=level.id,
        effect="level",
        stage=level.stage,
        word="engaged",
        fact=quantity.id,
        certainty=_certainty(when, published, ask),
        when=when,
        dated=quantity.date is not None,
        by=(roles.side(quantity.place, on),) if quantity.place else (),
        citations=(Citation(report=quantity.report, source=quantity.source, span=quantity.span),),
        groups=(report.group if report is not None else quantity.source,),
        values={key: value for key, value in values.items() if value},
    )


def _certainty(when: DateRange | None, published: DateRange | None, ask: Question) -> Certainty:
    if published is not None and published.end > ask.known_by:
        return "cannot_tell"
    # the caller gives what was known by the day; a level without any date was known then
    if when is None:
        return "certain"
    if when.start > ask.as_of:
        return "later"
    # « since the end of August » opens a range that has begun on its first day
    return "certain"
