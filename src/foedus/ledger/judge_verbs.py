"""Judging by hand: from what a person names to an entry in the ledger.

Comes in: a verb, the ids of facts, acts, utterances, statements, quantities, reports or outlets, and who, when, why. Goes out: the
judgement, kept. A judgement of a fact is one of the acts it has now: a telling that joins it later
has not been judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from foedus.acts import Act
from foedus.errors import FoedusError
from foedus.ledger.judge_said import is_of_speech, said_anchors
from foedus.ledger.judging import Anchor, Judgement, Key, Verb, anchor_of, key_of, made
from foedus.ledger.ledger import Ledger
from foedus.ledger.records import Fact, Reading

__all__ = ["judge"]


def judge(
    ledger: Ledger, verb: Verb, targets: Sequence[str], *, by: str, why: str,
    at: datetime | None = None, field: str | None = None, value: str | None = None,
) -> Judgement:  # fmt: skip
    """Make a judgement, keep it in the ledger and return it; when this returns, it is on the disk.

    Args:
        ledger: open for writing.
        verb: ``confirm``, ``reject``, ``unsure``: facts or acts, utterances or statements, quantities;
            ``merge``: two or more facts, or utterances, which are one thing; ``split``: a fact, then the acts that are
            another thing, or an utterance and statements; ``correct``: with ``field`` and ``value``
            (:data:`foedus.ledger.judging.corrections.FIELDS`, :data:`foedus.ledger.judging.amending.FIELDS`); ``grade``:
            reports (label or hash) or outlets, with the Admiralty code as ``value``; ``withdraw``:
            the id of one's own judgement.
        targets: what they are called; a fact may be called by the id of any of its acts only where
            that act alone is meant.
        by: who judges.
        why: the reason; it must not be empty.
        at: when, with its time zone; without it, now.
        field: what a correction is of.
        value: what it is corrected to, or the grade.

    Raises:
        FoedusError: a target is not there or does not suit the verb, no reason is given, the value is
            none of its field, or the ledger cannot be written.
    """
    at = at or datetime.now(UTC)
    if verb == "withdraw":
        return _withdraw(ledger, targets, by, at, why)
    if verb == "grade":
        anchors = _sources(ledger, targets)
    elif any(map(is_of_speech, targets)):
        anchors = said_anchors(ledger, verb, targets, field=field, value=value)
    else:
        anchors = _acts(ledger, verb, targets)
    judgement = made(
        verb, anchors, by=by, at=at, why=why, named=targets, field=field, value=value
    )  # fmt: skip
    there = {j.judgement.id: j.state for j in ledger.judgements()}
    if there.get(judgement.id) == "withdrawn":
        raise FoedusError(
            f"this very judgement ({judgement.id}) was withdrawn", where=f"judge {verb}",
            remedy="judge anew, at a later time",
        )  # fmt: skip
    ledger.keep([judgement])
    return judgement


def _withdraw(
    ledger: Ledger, targets: Sequence[str], by: str, at: datetime, why: str
) -> Judgement:  # fmt: skip
    name = targets[0] if len(targets) == 1 else ""
    entry = made("withdraw", by=by, at=at, why=why, named=targets, withdraws=name)
    found = next((j for j in ledger.judgements() if j.judgement.id == name), None)
    problem = remedy = ""
    if found is None or found.state == "withdrawal":
        problem, remedy = f"no judgement {name!r} in this ledger", "see: foedus ledger judge list"
    elif found.state == "withdrawn":
        problem, remedy = f"{name} is withdrawn already", "see: foedus ledger judge list --all"
    elif found.judgement.by != entry.by:
        problem = f"{name} is a judgement of {found.judgement.by}"
        remedy = "only who made it takes it back; if you disagree, judge otherwise"
    elif entry.at < found.judgement.at:
        problem = f"{name} was made after that, at {found.judgement.at.isoformat()}"
        remedy = "give a later time"
    if problem:
        raise FoedusError(problem, where="judge withdraw", remedy=remedy)
    ledger.keep([entry])
    return entry


def _sources(ledger: Ledger, targets: Sequence[str]) -> list[Anchor]:
    """Return anchors of reports (by hash or label) and outlets."""
    anchors: list[Anchor] = []
    for name in targets:
        reports = [r for r in ledger.reports() if name in (r.hash, r.label)]
        outlets = {r.outlet for r in ledger.reports()} & {name}
        if len(reports) + len(outlets) != 1:
            what = "means more than one source" if reports else "is no report and no outlet"
            raise FoedusError(
                f"{name!r} {what} in this ledger", where="judge grade",
                remedy="name a report by its label or hash, or an outlet by its id",
            )  # fmt: skip
        if reports:
            anchors.append(Anchor(kind="report", source=reports[0].hash))
        else:
            anchors.append(Anchor(kind="outlet", record=name))
    return anchors


def _acts(ledger: Ledger, verb: Verb, targets: Sequence[str]) -> list[Anchor]:
    """Return anchors of acts; the part of each is the place of its name among the targets."""
    facts = [ledger.fact(name) for name in targets]
    whole = verb in ("merge", "split")
    sides = [
        _meant(fact, name, whole=whole) for fact, name in zip(facts, targets, strict=True)
    ]  # fmt: skip
    if verb == "split":
        sides = _two_sides(facts, sides)
    elif verb == "merge" and len({fact.type for fact in facts}) > 1:
        raise FoedusError(
            "facts of different event types cannot be one", where="judge merge",
            remedy="correct the type of one first",
        )  # fmt: skip
    keys = [key_of(r) for side in sides for r in side]
    if len(set(keys)) < len(keys):
        raise FoedusError(
            "the same act is named twice", where=f"judge {verb}", remedy="name each thing once"
        )
    told: dict[str, list[Act]] = {source: [] for source, _ in keys}
    for act in ledger.acts():
        if act.source in told:
            told[act.source].append(act)
    texts = {source: ledger.text(source) for source in told}
    return [
        anchor_of(r, texts[r.citation.source], told[r.citation.source], part)
        for part, side in enumerate(sides)
        for r in side
    ]


def _meant(fact: Fact, name: str, *, whole: bool) -> tuple[Reading, ...]:
    """Return the tellings that a name means: one act, or those of the fact that stand.

    ``whole``: the rejected ones too, which belong where the others do.
    """
    told = (*fact.readings, *fact.rejected)
    if name != fact.id:
        return tuple(r for r in told if r.act.id == name)
    return told if whole or not fact.readings else fact.readings


def _two_sides(
    facts: Sequence[Fact], sides: Sequence[tuple[Reading, ...]]
) -> list[tuple[Reading, ...]]:
    """Return what stays in a fact and what is to leave it."""
    leaving = tuple(r for side in sides[1:] for r in side)
    out: set[Key] = {key_of(r) for r in leaving}
    staying = tuple(r for r in sides[0] if key_of(r) not in out)
    if any(fact.id != facts[0].id for fact in facts) or not leaving or not staying:
        raise FoedusError(
            "there is nothing to split so", where="judge split",
            remedy="name a fact, then some of its acts, not all of them",
        )  # fmt: skip
    return [staying, leaving]
