"""The message ids of explanations, and the nodes that carry them.

Comes in: findings and declared things. Goes out: :class:`~foedus.alliance.records.Reason` nodes. The
words for the ids are the brief's; ``KEYS`` is what its catalogues have to cover.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from foedus.acts import days_text
from foedus.alliance.findings import Condition, Finding, Near
from foedus.alliance.history import worded
from foedus.alliance.keeping import KeptOut
from foedus.alliance.match import Weighed
from foedus.alliance.records import Reason
from foedus.alliance.schema import Article, Force, Mechanism, Member
from foedus.ledger.records import Citation, Fact, Reading
from foedus.world.records import Tenure

__all__ = [
    "KEYS",
    "article",
    "clause",
    "condition",
    "conflict",
    "fact",
    "force",
    "initial",
    "kept_out",
    "member",
    "missing",
    "near",
    "rule",
    "unmet",
]

KEYS: dict[str, tuple[str, ...]] = {
    # the root; since (of one not engaged: since it ended), stage, expected where there are any
    "status.engaged": ("mechanism", "as_of", "known_by", "since", "stage"),
    "status.not_engaged": ("mechanism", "as_of", "known_by", "since", "stage", "expected"),
    "status.ruled_out": ("mechanism", "as_of", "known_by", "since"),
    "status.unknown": ("mechanism", "as_of", "known_by"),
    # what it rests on: the mechanism in our words (text.fr, text.en) and the treaty's article
    "clause.mechanism": ("mechanism", "reference", "checked"),
    "clause.article": ("article", "reference", "checked"),
    # where it stands when nothing is known
    "initial.off": ("mechanism",),
    "initial.none": ("mechanism",),
    # rules of the mechanism, with the facts that fit them as children
    "rule.initiates": ("mechanism", "rule", "stage"),
    "rule.stage": ("mechanism", "rule", "stage"),
    "rule.terminates": ("mechanism", "rule"),
    "rule.ends": ("mechanism", "rule", "stage"),
    "rule.rules_out": ("mechanism", "rule"),
    # what a rule lets last for some days is over; the date of a fact under it is when
    "rule.lapses": ("mechanism", "rule", "lasts"),
    "rule.claims": ("mechanism", "rule"),
    "rule.asks": ("mechanism", "rule"),
    "rule.level": ("mechanism", "rule", "stage"),
    # facts under a rule, by what they are worth; type, actors, recipients, places where known;
    # unsettled: nobody named a day, and whether it had come about by the one shown is not known;
    # necessary: without this fact the mechanism would stand elsewhere
    "fact.counts": ("date", "dated", "unsettled", "necessary"),
    "fact.announced": ("date", "dated", "unsettled", "necessary", "expected"),
    "fact.cannot_tell": ("date", "dated", "unsettled", "necessary"),
    "fact.disputed": ("date", "dated", "unsettled", "necessary"),
    "fact.claimed": ("date", "dated", "unsettled", "necessary"),
    "fact.hypothetical": ("date", "dated", "unsettled", "necessary"),
    "fact.refused": ("date", "dated", "unsettled", "necessary"),
    "fact.historical": ("date", "dated", "unsettled", "necessary"),
    "fact.later": ("date", "dated", "unsettled", "necessary"),
    "fact.over": ("date", "over", "dated", "unsettled", "necessary"),
    "fact.level": ("date", "dated", "unsettled", "subject", "place", "level"),
    # readings under a fact: whose word it is (speaker), and the standing that word gives it
    "reading.plain": ("standing", "published", "outlet", "reference"),
    "reading.by_hand": ("standing", "published", "outlet", "by", "reference"),
    "reading.unsourced": ("standing", "by"),
    "reading.competent": ("standing", "speaker", "published", "outlet"),
    "reading.own_side": ("standing", "speaker", "published", "outlet"),
    "reading.claimed": ("standing", "speaker", "published", "outlet"),
    "reading.reason": (),
    # dated things that the answer depends on
    "parameter.member": ("state", "joined", "left", "reference", "checked"),
    # on the day asked about nobody was a member yet; the first joined later
    "parameter.no_member": ("as_of", "first"),
    # an office by which it is known for whom somebody speaks
    "parameter.office": ("person", "office", "start", "left", "reference", "checked"),
    # a fact that would count otherwise if the state's membership, which is below, were another
    "parameter.kept_out": ("state", "rule", "date", "dated"),
    "parameter.force": ("force", "start", "host", "framework", "size", "reference", "checked"),
    "parameter.competent": ("mechanism", "competent"),
    # what is missing, with the nearest facts and the condition each fails
    "missing.initiates": ("mechanism", "rule", "stage", "as_of", "known_by"),
    "missing.condition": ("mechanism", "rule", "stage"),
    "near.type": ("date", "dated"),
    "near.cue": ("date", "dated"),
    "near.mode": ("date", "dated"),
    "near.instrument": ("date", "dated"),
    "near.context": ("date", "dated"),
    "near.polarity": ("date", "dated"),
    "near.future": ("date", "dated"),
    "near.actors": ("date", "dated"),
    "near.recipients": ("date", "dated"),
    "near.places": ("date", "dated"),
    "near.targets": ("date", "dated"),
    "near.days": ("date", "dated"),
    "near.states": ("date", "dated"),
    # it fits the rule, but came about after the day asked about
    "near.later": ("date", "dated"),
    # what a rule asks besides the act: days in force, where another mechanism stood (wanted: which
    # statuses would do; stages, if any were asked for), with what shows it as children
    "days.yes": ("when",),
    "days.no": ("when",),
    "days.cannot_tell": ("when",),
    "states.yes": ("mechanism", "wanted", "stages", "when"),
    "states.no": ("mechanism", "wanted", "stages", "when"),
    "states.cannot_tell": ("mechanism", "wanted", "stages", "when"),
    # why a status is unknown
    "conflict.order": ("mechanism",),
    # two rules fit one act and disagree
    "conflict.rules": ("mechanism",),
    "conflict.cannot_tell": ("mechanism",),
}
"""Message ids of explanations, each with the values that it may carry."""


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _filled(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if value}


def clause(mechanism: Mechanism) -> Reason:
    """Return the node of what the mechanism is, in our words, with its reference."""
    values = {"mechanism": mechanism.id, "reference": worded(mechanism.reference)}
    texts = {f"text.{language}": text for language, text in mechanism.clause.items()}
    checked = {"checked": _flag(mechanism.checked)}
    return Reason(kind="clause", key="clause.mechanism", values=values | checked | texts)


def article(declared: Article) -> Reason:
    """Return the node of the treaty's article that a mechanism rests on."""
    values = {"article": declared.number, "reference": worded(declared.reference)}
    texts = {f"text.{language}": text for language, text in declared.text.items()}
    checked = {"checked": _flag(declared.checked)}
    return Reason(kind="clause", key="clause.article", values=values | checked | texts)


def initial(mechanism: Mechanism) -> Reason:
    """Return the node of where the mechanism stands when nothing is known."""
    key = f"initial.{mechanism.initial}"
    return Reason(kind="parameter", key=key, values={"mechanism": mechanism.id})


def member(state: str, membership: Member) -> Reason:
    """Return the node of a membership that a rule depended on."""
    values = {
        "state": state,
        "joined": membership.joined.isoformat(),
        "left": membership.left.isoformat() if membership.left is not None else "",
        "reference": worded(membership.reference),
        "checked": _flag(membership.checked),
    }
    return Reason(kind="parameter", key="parameter.member", values=_filled(values))


def kept_out(kept: KeptOut) -> Reason:
    """Return the node of a fact that a state's membership keeps from counting under a rule."""
    return Reason(
        kind="parameter", key="parameter.kept_out",
        values={"state": kept.state, "rule": kept.rule.id} | _of_fact(kept.fact),
        fact=kept.fact.id, citations=_cited(kept.fact),
        children=tuple(member(kept.state, m) for m in kept.memberships),
    )  # fmt: skip


def _of_fact(found: Fact) -> dict[str, str]:
    values = {
        "type": found.type,
        "date": days_text(found.date or found.first_told),
        "dated": _flag(found.date is not None),
        "actors": ", ".join(found.actors),
        "recipients": ", ".join(found.recipients),
        "places": ", ".join(found.places),
    }
    return _filled(values)


def _cited(found: Fact) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(r.citation for r in found.readings))


def no_member(as_of: date, first: date) -> Reason:
    """Return the node that says that nobody was a member on a day, since the first joined later."""
    values = {"as_of": as_of.isoformat(), "first": first.isoformat()}
    return Reason(kind="parameter", key="parameter.no_member", values=values)


def force(declared: Force, on: date) -> Reason:
    """Return the node of a declared force as it stood on the day: host, leader, size."""
    leaders = [t.state for t in declared.framework if t.start <= on <= (t.end or date.max)]
    sizes = [s for s in declared.sizes if s.start <= on]
    values = {
        "force": declared.id,
        "start": declared.start.isoformat(),
        "host": declared.host or "",
        "framework": ", ".join(leaders),
        "size": str(max(sizes, key=lambda s: s.start).value) if sizes else "",
        "reference": worded(declared.reference),
        "checked": _flag(declared.checked),
    }
    return Reason(kind="parameter", key="parameter.force", values=_filled(values))


def rule(mechanism: Mechanism, finding: Finding, children: Iterable[Reason]) -> Reason:
    """Return the node of a rule, with the facts that fit it."""
    quiet = finding.effect == "initiates" and not _engages(mechanism, finding.stage)
    name = "stage" if quiet else finding.effect
    values = {"mechanism": mechanism.id, "rule": finding.rule, "stage": finding.stage or ""}
    if name == "lapses":
        values |= {"stage": "", "lasts": str(finding.lasts or "")}
    return Reason(kind="rule", key=f"rule.{name}", values=_filled(values), children=tuple(children))


def _engages(mechanism: Mechanism, stage: str | None) -> bool:
    return all(s.engages for s in mechanism.stages if s.id == stage)


def fact(finding: Finding, conditions: Iterable[Reason] = (), *, necessary: bool = False) -> Reason:
    """Return the node of a fact under a rule: its readings and their characters, what was asked besides.

    ``necessary``: without it the mechanism would stand elsewhere.
    """
    values = {
        "date": days_text(finding.when),
        "dated": _flag(finding.dated),
        "unsettled": "yes" if finding.unsettled else "",
        "expected": days_text(finding.expected),
        "necessary": "yes" if necessary else "",
        **finding.values,
    }
    if finding.effect == "lapses":
        values |= {"date": values.pop("began"), "over": values["date"]}
        if _worth(finding) != "over":
            del values["over"]
    return Reason(
        kind="fact",
        key=f"fact.{_worth(finding)}",
        values=_filled(values),
        fact=finding.fact,
        citations=finding.citations,
        children=(*(_reading(w) for w in finding.weighed), *conditions),
    )


def _worth(finding: Finding) -> str:
    """Return what a fact is worth, in one word: how sure it is, or the best standing it has."""
    if finding.effect == "lapses" and finding.certainty in ("certain", "listed"):
        return "over"
    if finding.effect == "level" and finding.certainty == "certain":
        return "level"
    if finding.certainty in ("certain", "listed"):
        if len(finding.weighed) == 1:
            return finding.weighed[0].standing
        order = ("counts", "announced", "claimed", "refused", "historical", "hypothetical")
        standings = {w.standing for w in finding.weighed}
        return next((s for s in order if s in standings), "cannot_tell")
    return finding.certainty


def _reading(weighed: Weighed) -> Reason:
    reading = weighed.reading
    values = {
        "standing": weighed.standing,
        "speaker": reading.act.attributed_to or "",
        "published": days_text(reading.published),
        "outlet": reading.outlet or "",
        "reference": reading.reference or "",
        "by": reading.by or "",
    }
    basis = weighed.basis
    if reading.by is not None and basis == "plain":
        basis = "unsourced" if reading.unsourced else "by_hand"
    return Reason(
        kind="reading",
        key=f"reading.{basis}",
        values=_filled(values),
        citations=(reading.citation,),
        children=(*_given_reason(reading), *(_office(*held) for held in weighed.held)),
    )


def _office(office: str, tenure: Tenure) -> Reason:
    """Return the node of an office by which it is known for whom a person speaks."""
    values = {
        "person": tenure.holder,
        "office": office,
        "start": tenure.start.isoformat(),
        "left": tenure.end.isoformat() if tenure.end is not None else "",
        "reference": tenure.reference,
        "checked": _flag(tenure.checked),
    }
    return Reason(kind="parameter", key="parameter.office", values=_filled(values))


def _given_reason(reading: Reading) -> tuple[Reason, ...]:
    """Return the node of the reason that is given in the text itself (« because it would … »)."""
    span, cited = reading.act.reason, reading.citation
    if span is None:
        return ()
    where = Citation(report=cited.report, source=cited.source, span=span)
    return (Reason(kind="reading", key="reading.reason", citations=(where,)),)


def missing(
    mechanism: Mechanism,
    rule_id: str,
    stage: str | None,
    nearest: Iterable[Reason],
    asked: dict[str, str],
) -> Reason:
    """Return the node of a rule that nothing fits, with the facts that come nearest."""
    values = {"mechanism": mechanism.id, "rule": rule_id, "stage": stage or ""}
    return Reason(
        kind="missing", key="missing.initiates", values=_filled(values | asked),
        children=tuple(nearest),
    )  # fmt: skip


def unmet(mechanism: Mechanism, rule_id: str, stage: str | None, facts: Iterable[Reason]) -> Reason:
    """Return the node of a rule that facts would fit, but for what it asks besides the act."""
    values = {"mechanism": mechanism.id, "rule": rule_id, "stage": stage or ""}
    return Reason(
        kind="missing", key="missing.condition", values=_filled(values), children=tuple(facts)
    )


def near(near: Near, conditions: Iterable[Reason] = ()) -> Reason:
    """Return the node of a fact that fails one condition of a rule."""
    return Reason(
        kind="fact",
        key=f"near.{near.failed}",
        values=_of_fact(near.fact),
        fact=near.fact.id,
        citations=_cited(near.fact),
        children=tuple(conditions),
    )


def condition(found: Condition, children: Iterable[Reason]) -> Reason:
    """Return the node of what a rule asks besides the act, with what shows whether it held."""
    test = found.test
    values = {"when": days_text(found.when)}
    if test is not None:
        values |= {
            "mechanism": test.mechanism,
            "wanted": ", ".join(test.status),
            "stages": ", ".join(test.stages),
        }
    return Reason(
        kind="parameter", key=f"{found.name}.{found.holds}", values=_filled(values),
        children=tuple(children),
    )  # fmt: skip


def conflict(key: str, mechanism: Mechanism, children: Iterable[Reason]) -> Reason:
    """Return the node that says why a status is unknown."""
    values = {"mechanism": mechanism.id}
    return Reason(kind="conflict", key=key, values=values, children=tuple(children))
