"""Statements and quantities as persons hold them: what was read, with every judgement that stands.

Comes in: records as they were read, and what persons judged by a day (:class:`Judging`). Goes out: each record
as corrected, with the verdict on it (:class:`HeldRecord`); statements grouped as persons merged and split
utterances. Without a judgement all is as it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from foedus.acts import Quantity, Statement
from foedus.ledger.judging.amending import amended
from foedus.ledger.judging.anchors import Attached, Key
from foedus.ledger.judging.judgements import Judgement
from foedus.ledger.judging.links import Affinity, regroup
from foedus.ledger.judging.opinions import Opinions
from foedus.ledger.records import Verdict
from foedus.ledger.sayings import Said

__all__ = ["HeldRecord", "Judging", "held_record", "regrouped", "verdict_on"]

R = TypeVar("R", Statement, Quantity)


class Judging(msgspec.Struct, frozen=True):
    """What persons judged by a day: the judgements that stand then, what their anchors mean, what is held."""

    judgements: tuple[Judgement, ...]
    attached: Attached
    opinions: Opinions


class HeldRecord(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A statement or quantity as persons hold it.

    ``record`` is as ``corrected`` in the fields named; ``rejected`` ones count nowhere and are shown all the
    same. Who disagree over a field leave it as it was read, and the verdict is ``disputed``.
    """

    record: R
    verdict: Verdict | None = None
    judgements: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    @property
    def rejected(self) -> bool:
        """Whether a person rejected it, and nobody confirmed it."""
        return self.verdict == "rejected"


def held_record(record: R, judging: Judging, text: str | None) -> HeldRecord[R]:
    """Return a record as persons hold it; ``text`` is that of its report."""
    key, held = (record.source, record.id), judging.opinions
    about = tuple(sorted(held.about.get(key, ())))
    if not about:
        return HeldRecord(record=record)
    values = held.corrections.get(key, {})
    return HeldRecord(
        record=amended(record, values, text), verdict=verdict_on(key, held), judgements=about,
        corrected=tuple(sorted(values)),
    )  # fmt: skip


def verdict_on(key: Key, held: Opinions) -> Verdict | None:
    """Return what persons hold of one record: rejected unopposed, it is so whatever else is at odds."""
    verdict = held.verdicts.get(key)
    return "disputed" if key in held.disputed and verdict != "rejected" else verdict


def regrouped(
    groups: Sequence[list[Said]], judging: Judging, affinity: Affinity[Said]
) -> list[list[Said]]:
    """Return groups of statements as persons merged and split them, each statement with what is held of it.

    Rejected statements are left out, and so is a group of which nothing is left.
    """
    held = judging.opinions
    if not held.about and not judging.judgements:
        return list(groups)
    united = regroup(groups, judging.judgements, judging.attached, held, affinity)
    kept = ([_marked(s, held) for s in group] for group in united)
    left = ([s for s in group if s.verdict != "rejected"] for group in kept)
    return [group for group in left if group]


def _marked(said: Said, held: Opinions) -> Said:
    about = tuple(sorted(held.about.get(said.key, ())))
    if not about:
        return said
    return msgspec.structs.replace(said, verdict=verdict_on(said.key, held), judgements=about)
