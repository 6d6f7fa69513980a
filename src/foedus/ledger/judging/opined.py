"""Facts as persons hold them: what was read, with every judgement that stands.

Comes in: readings, judgements that stand, what their anchors mean. Goes out: facts whose tellings are
corrected, merged, split or set aside as persons judged, and what has become of each judgement.
Without a judgement the facts are those of :func:`foedus.ledger.joining.grouping.group_facts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from foedus.ledger.consolidate import Made
from foedus.ledger.joining import affinity, fact_order
from foedus.ledger.judging.anchors import Attached, Key, key_of, outlet_key, report_key
from foedus.ledger.judging.judgements import Anchor, Judged, Judgement, State
from foedus.ledger.judging.links import regroup
from foedus.ledger.judging.opinions import Opinions
from foedus.ledger.records import Fact, Reading, Source, Verdict
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules

__all__ = ["graded", "judged_facts", "what_became"]

_Targets = list[tuple[Anchor, Key | None]]


def judged_facts(
    groups: Sequence[Sequence[Reading]], judgements: Sequence[Judgement], attached: Attached,
    held: Opinions, rules: Rules, roles: Roles, made: Made,
) -> tuple[Fact, ...]:  # fmt: skip
    """Return the facts that groups of tellings make, as persons hold them.

    Of a fact of which every telling is rejected no readings are left. The tellings are as corrected;
    ``judgements`` stand and come in order of time; merges and splits that are at odds are noted in
    ``held``. All groups that a judgement is about must be among them. ``made`` makes the facts.
    """
    united = regroup(
        [list(group) for group in groups], judgements, attached, held,
        lambda a, b: affinity(a, b, rules, roles),
    )  # fmt: skip
    return tuple(sorted((_fact(group, held, made) for group in united), key=fact_order))


def _fact(group: Sequence[Reading], held: Opinions, made: Made) -> Fact:
    if not (held.verdicts or held.about or held.disputed):
        return made.fact(group)
    rejected = [r for r in group if held.verdicts.get(key_of(r)) == "rejected"]
    kept = [r for r in group if held.verdicts.get(key_of(r)) != "rejected"]
    if kept:
        fact = made.fact(kept, rejected)
    else:
        fact = made.fact(rejected)
        fact = msgspec.structs.replace(
            fact, readings=(), rejected=fact.readings, reports=0, outlets=0, sources=0,
            differences=(),
        )  # fmt: skip
    about = {j for r in group for j in held.about.get(key_of(r), ())}
    if not about:
        return fact
    return msgspec.structs.replace(
        fact, verdict=_verdict(kept, group, held), judgements=tuple(sorted(about))
    )


def _verdict(kept: Sequence[Reading], group: Sequence[Reading], held: Opinions) -> Verdict | None:
    if any(key_of(r) in held.disputed for r in group):
        return "disputed"
    if not kept:
        return "rejected"
    verdicts = {held.verdicts.get(key_of(r)) for r in kept}
    if "unsure" in verdicts:
        return "unsure"
    return "confirmed" if "confirmed" in verdicts else None


def graded(source: Source, held: Opinions) -> Source:
    """Return a source with the grades that persons gave it or its outlet."""
    keys = [report_key(source.hash)]
    if source.outlet is not None:
        keys.append(outlet_key(source.outlet))
    about = {j for key in keys for j in held.about.get(key, ())}
    if not about:
        return source
    codes = {code for key in keys for code in held.grades.get(key, ())}
    return msgspec.structs.replace(
        source, grades=tuple(sorted(codes)), judgements=tuple(sorted(about))
    )


def what_became(
    every: Iterable[Judgement], standing: Iterable[Judgement], attached: Attached, held: Opinions
) -> tuple[Judged, ...]:
    """Return every judgement with what has become of it, in the order given."""
    stands = {j.id for j in standing}
    return tuple(_became(j, j.id in stands, attached.get(j.id, []), held) for j in every)


def _became(judgement: Judgement, stands: bool, targets: _Targets, held: Opinions) -> Judged:
    found = {key[1] or key[0] for _, key in targets if key is not None}
    lost = tuple(anchor for anchor, key in targets if key is None)
    state: State = "stands"
    if judgement.verb == "withdraw":
        state = "withdrawal"
    elif not stands:
        state = "withdrawn"
    elif judgement.id in held.opposed:
        state = "opposed"
    elif judgement.id not in held.effective:
        state = "superseded" if judgement.id in held.overridden else "orphan" if lost else "idle"
    return Judged(judgement=judgement, state=state, records=tuple(sorted(found)), orphans=lost)
