"""What persons hold of each act, taken together.

Comes in: the judgements that stand, and the acts that their anchors mean. Goes out: for each act
whether it is rejected, what is corrected in it, who is at odds over it. Of one person the latest
word counts; two persons' words both stand, and where they are opposed nothing is done: the act is
as it was read, and disputed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec

from foedus.ledger.judging.anchors import Attached, Key
from foedus.ledger.judging.judgements import Judgement, standing
from foedus.ledger.records import Verdict
from foedus.ledger.spells import ALWAYS, Life

__all__ = ["Changes", "Opinions", "changes_of", "opinions"]

Changes = list[tuple[Life, dict[str, str]]]
"""What is corrected in an act, for each spell of days by which it was known; from the first day on."""

_VERDICTS = ("confirm", "reject", "unsure")


class Opinions(msgspec.Struct):
    """What is held of acts. ``effective`` are the judgements that are somebody's latest word on
    something, ``opposed`` those that another person's latest word contradicts.
    """

    verdicts: dict[Key, Verdict]
    """« rejected » acts do not count as evidence; « disputed »: one confirms what another rejects."""
    corrections: dict[Key, dict[str, str]]
    grades: dict[Key, tuple[str, ...]]
    """Every grade given to a report or an outlet, by its key."""
    disputed: set[Key]
    about: dict[Key, set[str]]
    """Ids of all judgements that stand, superseded ones left out, by the act they are about."""
    effective: set[str]
    opposed: set[str]
    overridden: set[str]
    """Judgements that the same person's later word took the place of, at least somewhere."""

    def say(self, latest: dict[str, Judgement], judgement: Judgement) -> None:
        """Put a person's later word in the place of his earlier one."""
        earlier = latest.get(judgement.by)
        if earlier is not None:
            self.overridden.add(earlier.id)
        latest[judgement.by] = judgement

    def note(self, key: Key, *judgements: Judgement, disputed: bool = False) -> None:
        """Hold that ``judgements`` are persons' latest words on an act, opposed if ``disputed``."""
        ids = {j.id for j in judgements}
        self.about.setdefault(key, set()).update(ids)
        self.effective |= ids
        if disputed:
            self.opposed |= ids
            self.disputed.add(key)


def opinions(judgements: Sequence[Judgement], attached: Attached) -> Opinions:
    """Return what is held of each act; ``judgements`` stand and come in order of time."""
    held = Opinions({}, {}, {}, set(), {}, set(), set(), set())
    latest: dict[tuple[Key, str], dict[str, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        subject = "verdict" if judgement.verb in _VERDICTS else judgement.field
        if judgement.verb == "grade":
            subject = "grade"
        if subject is not None:
            for _, key in attached.get(judgement.id, ()):
                if key is not None:
                    held.say(latest[key, subject], judgement)
    for (key, subject), by_person in latest.items():
        words = list(by_person.values())
        if subject == "verdict":
            _settle_verdict(held, key, words)
        else:
            values = {j.value or "" for j in words}
            held.note(key, *words, disputed=len(values) > 1)
            if subject == "grade":
                held.grades[key] = tuple(sorted(values))
            elif len(values) == 1:
                held.corrections.setdefault(key, {})[subject] = values.pop()
    return held


def _settle_verdict(held: Opinions, key: Key, words: Sequence[Judgement]) -> None:
    """Who is unsure contradicts nobody; who rejects contradicts who confirms."""
    verbs = {j.verb for j in words}
    opposed = {"confirm", "reject"} <= verbs
    held.note(key, *words, disputed=opposed)
    if opposed:
        held.verdicts[key] = "disputed"
        # who is unsure is at odds with nobody
        held.opposed -= {j.id for j in words if j.verb == "unsure"}
    elif "reject" in verbs:
        held.verdicts[key] = "rejected"
    else:
        held.verdicts[key] = "unsure" if "unsure" in verbs else "confirmed"


def changes_of(judgements: Sequence[Judgement], attached: Attached) -> dict[Key, Changes]:
    """Return how each corrected act was corrected, day by day.

    ``judgements`` are corrections and withdrawals, in order of time.
    """
    about = {
        key
        for found in attached.values()
        for anchor, key in found
        if key is not None and anchor.kind == "act"
    }
    days = sorted({j.at.date().toordinal() for j in judgements})
    found: dict[Key, Changes] = {key: [((0, ALWAYS), {})] for key in about}
    for day in days:
        held = opinions(standing(judgements, date.fromordinal(day)), attached)
        for key in about:
            (born, _), values = found[key][-1]
            now = held.corrections.get(key, {})
            if now != values:
                found[key][-1:] = [((born, day), values), ((day, ALWAYS), now)]
    return {key: spells for key, spells in found.items() if len(spells) > 1}
