"""What each fact does to a mechanism: one finding for each rule that a fact fits.

Comes in: a mechanism's rules and the facts. Goes out: findings, each with its readings weighed,
its dates, and how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from foedus.acts import DateRange, hull, intersect
from foedus.alliance.match import Question, Weighed, failures, foretold, known, on_day, weigh
from foedus.alliance.records import StatusWord
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Effect, Mechanism, Rule
from foedus.ledger.records import Citation, Fact, Reading

__all__ = ["Certainty", "Finding", "Index", "Near", "find", "visible"]

Certainty = Literal["certain", "cannot_tell", "disputed", "announced", "listed", "later"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A fact (or a told level) that fits a rule of a mechanism.

    ``word`` is the status that it brings about, None where it only sets a stage or is listed.
    ``when`` is when that came about; with ``dated`` false it is when it was first reported.
    ``unsettled``: it counts only because nobody asked for a day (see :class:`Question`).
    ``certainty``: ``certain`` and ``cannot_tell`` and ``disputed`` bear on the status; ``announced``
    sets the stage; ``listed`` (claims, requests, words that are no deeds) changes nothing.
    """

    rule: str
    effect: Effect | Literal["level"]
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


class Near(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that almost fits a rule: the conditions it fails."""

    rule: str
    fact: Fact
    failed: str


def visible(facts: Sequence[Fact], ask: Question) -> list[Fact]:
    """Return the facts as they could be known by the day, in the order of their ids.

    Readings that appeared later are dropped, and the roles made again from those that are left.
    """
    kept = []
    for fact in sorted(facts, key=lambda f: f.id):
        readings = tuple(r for r in fact.readings if known(r, ask))
        if readings == fact.readings:
            kept.append(fact)
        elif readings:
            kept.append(_without_later(fact, readings))
    return kept


def _without_later(fact: Fact, seen: tuple[Reading, ...]) -> Fact:
    def union(name: str) -> tuple[str, ...]:
        return tuple(sorted({value for r in seen for value in getattr(r.act, name)}))

    return msgspec.structs.replace(
        fact,
        type=seen[0].act.type,
        readings=seen,
        cues=union("cues"),
        actors=union("actors"),
        recipients=union("recipients"),
        places=union("places"),
        instruments=union("instruments"),
        mode=next((r.act.mode for r in seen if r.act.mode), None),
    )


class Index:
    """Facts by cue and by type, each in the order of their ids: a rule looks only at its own."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._by_cue: dict[str, list[Fact]] = {}
        self._by_type: dict[str, list[Fact]] = {}
        self._all: list[Fact] = []
        for fact in facts:
            self._all.append(fact)
            self._by_type.setdefault(fact.type, []).append(fact)
            for cue in fact.cues:
                self._by_cue.setdefault(cue, []).append(fact)

    def of(self, rule: Rule) -> list[Fact]:
        """Return the facts that a rule may speak of: those with its cue, or else of its types."""
        if rule.when.cues:
            return _merged([self._by_cue.get(cue, []) for cue in rule.when.cues])
        if rule.when.types:
            return _merged([self._by_type.get(type_, []) for type_ in rule.when.types])
        return self._all


def _merged(lists: list[list[Fact]]) -> list[Fact]:
    if len(lists) == 1:
        return lists[0]
    unique = {fact.id: fact for facts in lists for fact in facts}
    return [unique[ident] for ident in sorted(unique)]


def find(
    mechanism: Mechanism, facts: Index, roles: Roles, ask: Question
) -> tuple[list[Finding], list[Near]]:
    """Return what the facts do to a mechanism, and the facts that almost do something."""
    found: list[Finding] = []
    near: list[Near] = []
    for rule in mechanism.rules:
        for fact in facts.of(rule):
            fitting, missed = _fitting(rule, mechanism, fact, roles, ask)
            if fitting:
                found.append(_finding(rule, mechanism, fact, fitting, roles, ask))
            elif missed is not None and rule.effect == "initiates":
                near.append(Near(rule=rule.id, fact=fact, failed=missed))
    return found, near


def _fitting(
    rule: Rule, mechanism: Mechanism, fact: Fact, roles: Roles, ask: Question
) -> tuple[list[Weighed], str | None]:
    """Return the readings that fit, weighed; or else the one condition that keeps one from it."""
    fitting: list[Weighed] = []
    missed: list[str] = []
    for reading in fact.readings:
        failed = failures(rule.when, fact, reading, roles, on_day(reading, ask))
        if not failed:
            fitting.append(weigh(rule, mechanism, reading, roles, ask))
        elif len(failed) == 1:
            missed.append(failed[0])
    return fitting, min(missed) if missed and not fitting else None


def _finding(
    rule: Rule,
    mechanism: Mechanism,
    fact: Fact,
    weighed: list[Weighed],
    roles: Roles,
    ask: Question,
) -> Finding:
    carrying, certainty = _certainty(rule, weighed)
    announced = certainty == "announced"
    when, dated = _when(carrying)
    certainty = _as_of(certainty, when, ask)
    return Finding(
        rule=rule.id,
        effect=rule.effect,
        stage=rule.stage,
        word=None if announced else _word(rule, mechanism),
        fact=fact.id,
        certainty=certainty,
        when=when,
        dated=dated,
        unsettled=ask.unsettled(when),
        expected=_expected(carrying) if announced else None,
        by=_by(rule, fact, carrying, roles, ask) if rule.by else (),
        weighed=tuple(weighed),
        citations=_citations(carrying),
        groups=tuple(sorted({w.reading.group for w in carrying if not w.reading.unsourced})),
        values=_values(fact),
    )


def _certainty(rule: Rule, weighed: list[Weighed]) -> tuple[list[Weighed], Certainty]:
    """Return the readings that carry a finding, and how sure it is but for the day asked about."""
    by_standing = {s: [w for w in weighed if w.standing == s] for s in ("counts", "announced")}
    unsure = [w for w in weighed if w.standing == "cannot_tell"]
    denied = [w for w in weighed if w.standing == "refused" and w.basis != "claimed"]
    if rule.effect in ("claims", "asks"):
        return weighed, "listed"
    if by_standing["counts"]:
        return by_standing["counts"], "disputed" if denied else "certain"
    if unsure:
        return unsure, "cannot_tell"
    if by_standing["announced"]:
        return by_standing["announced"], "announced"
    return weighed, "listed"


def _as_of(certainty: Certainty, when: DateRange | None, ask: Question) -> Certainty:
    """Say how sure a finding is on the day: not begun, perhaps begun, begun."""
    if ask.any_day or (certainty == "listed" and when is None):
        return certainty
    if when is None:
        return "cannot_tell"
    if when.start > ask.as_of:
        return "later"
    unsettled = when.end > ask.as_of and certainty in ("certain", "announced")
    return "cannot_tell" if unsettled else certainty


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
