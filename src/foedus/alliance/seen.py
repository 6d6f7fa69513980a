"""Findings as they stand on the day asked about: not begun, perhaps begun, begun, over.

Comes in: findings whatever the day, the question. Goes out: findings with their certainty on that day;
of what a rule lets last for some days only, also a finding that it lapsed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from foedus.acts import DateRange, day, days_text, hull
from foedus.alliance.findings import Certainty, Finding
from foedus.alliance.match import Question

__all__ = ["lapse_days", "lapses", "seen_on"]

_BEARING = ("certain", "cannot_tell", "disputed")


def seen_on(findings: Iterable[Finding], ask: Question) -> list[Finding]:
    """Return findings as they stand on the day asked about; where nobody named one, none is over."""
    return [seen for finding in findings for seen in _seen(finding, ask)]


def lapses(finding: Finding) -> bool:
    """Whether what a finding begins is over after some days (an announcement is not)."""
    return finding.lasts is not None and finding.certainty in _BEARING


def lapse_days(finding: Finding) -> tuple[int, int] | None:
    """Return the first and last day from which on it may be over, as ordinals; None without a day."""
    if finding.when is None or finding.lasts is None:
        return None
    start, end = finding.when.start.toordinal(), finding.when.end.toordinal()
    return start + finding.lasts, end + finding.lasts


def _seen(finding: Finding, ask: Question) -> Iterator[Finding]:
    certainty, begun = _as_of(finding, ask), False
    if lapses(finding):
        over, lapse = _over(finding, ask)
        if lapse is not None:
            yield lapse
        if over == "yes":
            certainty = "over"
        elif over == "cannot_tell" and certainty in _BEARING:
            begun = certainty == "certain"
            certainty = "cannot_tell"
    unsettled = ask.unsettled(finding.when)
    if (certainty, unsettled, begun) == (finding.certainty, finding.unsettled, finding.begun):
        yield finding
    else:
        yield msgspec.structs.replace(
            finding, certainty=certainty, unsettled=unsettled, begun=begun
        )


def _over(finding: Finding, ask: Question) -> tuple[str, Finding | None]:
    """Say whether it is over on the day asked about, and give the finding that it lapsed."""
    days, asked = lapse_days(finding), ask.as_of.toordinal()
    if days is None:
        # on any day up to the one asked about
        lapse = _lapse(finding, DateRange(date.min, ask.as_of, "range"), "cannot_tell")
        return "no", lapse if finding.closes and not ask.any_day else None
    first, last = days
    if first > asked:
        return "no", None
    when = hull((day(date.fromordinal(first)), day(date.fromordinal(min(last, asked)))))
    if ask.any_day:
        return "no", _lapse(finding, when, "listed") if last <= asked else None
    if last > asked:
        return "cannot_tell", _lapse(finding, when, "cannot_tell") if finding.closes else None
    return "yes", _lapse(finding, when, finding.certainty)


def _lapse(finding: Finding, when: DateRange | None, certainty: Certainty) -> Finding:
    """Return the finding that what another began is over; one that closes ends the mechanism."""
    return msgspec.structs.replace(
        finding,
        effect="lapses",
        word="not_engaged" if finding.closes and finding.word == "engaged" else None,
        began=finding.word,
        values=finding.values | {"began": days_text(finding.when)},
        certainty=certainty,
        when=when,
        conditions=(),
    )


def _as_of(finding: Finding, ask: Question) -> Certainty:
    """Say how sure a finding is on the day: not begun, perhaps begun, begun."""
    certainty, when = finding.certainty, finding.when
    if ask.any_day or (certainty == "listed" and when is None):
        return certainty
    if when is None:
        return certainty if finding.effect == "level" else "cannot_tell"
    if when.start > ask.as_of:
        # what may not be known at all is no more « later » than now
        return certainty if finding.effect == "level" and certainty != "certain" else "later"
    # « since the end of August » opens a range that has begun on its first day
    unsettled = when.end > ask.as_of and certainty in ("certain", "announced")
    return "cannot_tell" if unsettled and finding.effect != "level" else certainty
