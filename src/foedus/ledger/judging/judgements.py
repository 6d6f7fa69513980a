"""What a person holds of what was read: one entry each, with who, when and why.

Comes in: a verb, its targets, the person's words. Goes out: a checked :class:`Judgement` whose id is
a hash of its content, so that the same entry given twice is one. Nothing here is ever changed:
taking a judgement back is an entry of its own. Grades are NATO's Admiralty code (AJP-2.1): A-F for the
reliability of a source, 1-6 for the credibility of what it says.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Literal, get_args

import msgspec

from foedus.acts import EventType, Span
from foedus.errors import FoedusError, oneline
from foedus.ledger.judging.amending import checked_value

__all__ = [
    "VERBS",
    "Anchor",
    "Judged",
    "Judgement",
    "State",
    "Verb",
    "made",
    "moment",
    "standing",
]

Verb = Literal["confirm", "reject", "unsure", "merge", "split", "correct", "grade", "withdraw"]
VERBS: tuple[str, ...] = get_args(Verb)

State = Literal["stands", "superseded", "opposed", "orphan", "idle", "withdrawn", "withdrawal"]
"""What has become of a judgement: it holds; the same person has judged anew; it is at odds with
another that stands; what it was about is no longer there; it changes nothing now (the two sides of a
merge are coded as one act); it was taken back; it takes one back."""

_GRADE = re.compile(r"(?=.)[A-F]?[1-6]?")
_NAME, _WHY = 200, 10_000
"""Longest name of a person and longest reason, in characters."""


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """What a judgement is about, so that it is found again after the report was coded anew.

    ``record`` is the id of the act, statement or quantity as it was judged, or the outlet's; ``source`` the report's hash.
    ``quote`` are the words of ``span``. ``beside`` are the other acts of that type (or other statements or quantities) on those words
    (id and trigger, or span): they were seen and not meant. ``part`` is the side of a merge or a split.
    """

    kind: Literal["act", "statement", "quantity", "report", "outlet"]
    source: str = ""
    record: str = ""
    span: Span | None = None
    trigger: Span | None = None
    type: EventType | None = None
    quote: str = ""
    beside: tuple[tuple[str, Span], ...] = ()
    part: int = 0


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One entry: ``by`` whom, ``at`` what moment (UTC), ``why``, and about what.

    ``named`` is what the person called the targets (a fact's id may since have changed). ``field`` and
    ``value`` are those of a correction; ``value`` is also the grade; ``withdraws`` the id taken back.
    """

    id: str
    verb: Verb
    by: str
    at: datetime
    why: str
    named: tuple[str, ...] = ()
    targets: tuple[Anchor, ...] = ()
    field: str | None = None
    value: str | None = None
    withdraws: str | None = None


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement, what has become of it, and what it is about now.

    ``records`` are the ids of the acts (or the reports' hashes, the outlets' ids) that its targets
    are found as; ``orphans`` the targets that are found no more.
    """

    judgement: Judgement
    state: State
    records: tuple[str, ...] = ()
    orphans: tuple[Anchor, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back, or is itself the taking back of another."""
        return self.state in ("withdrawn", "withdrawal")


def moment(text: str) -> datetime:
    """Read when a judgement was made: ``2022-03-01`` (its first moment, UTC) or a time with its zone.

    Raises:
        FoedusError: it is no date, or a time that does not say of which zone.
    """
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = date.fromisoformat(text)
            return datetime(day.year, day.month, day.day, tzinfo=UTC)
        return _utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        raise FoedusError(
            f"{text!r} is no moment", where="at", remedy="write it as 2022-03-01T09:30Z"
        ) from None


def _utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise FoedusError(
            f"{at.isoformat()} does not say of which time zone", where="at",
            remedy="write it as 2022-03-01T09:30Z",
        )  # fmt: skip
    return at.astimezone(UTC)


def made(
    verb: Verb, targets: Sequence[Anchor] = (), *, by: str, at: datetime, why: str,
    named: Iterable[str] = (), field: str | None = None, value: str | None = None,
    withdraws: str | None = None,
) -> Judgement:  # fmt: skip
    """Return a judgement, checked, with its id.

    Raises:
        FoedusError: no name, no reason, a moment without its zone, too few targets for the verb, no
            such field, or a value that the field cannot have.
    """
    by = oneline(unicodedata.normalize("NFC", by), _NAME + 1)
    why = unicodedata.normalize("NFC", why).strip()
    for name, text, limit in (("by", by, _NAME), ("why", why, _WHY)):
        if not text or len(text) > limit:
            what = "is too long" if text else "must not be empty"
            raise FoedusError(
                f"{name} {what}", where=f"judge {verb}", remedy="say who judges and why"
            )
    if verb in ("merge", "split") and len({t.part for t in targets}) < 2:
        raise FoedusError(
            "there is nothing on the other side", where=f"judge {verb}",
            remedy="name facts or acts of two sides",
        )  # fmt: skip
    if (verb == "withdraw") != (withdraws is not None) or (verb != "withdraw" and not targets):
        raise FoedusError("there is nothing to judge", where=f"judge {verb}")
    if verb == "correct":
        kinds = {t.kind for t in targets}
        if len(kinds) > 1:
            raise FoedusError(
                "things of several kinds cannot be corrected at once", where="judge correct",
                remedy="judge acts, statements and quantities apart",
            )  # fmt: skip
        value = checked_value(kinds.pop(), field or "", value or "")
    elif verb == "grade" and not _GRADE.fullmatch(value or ""):
        raise FoedusError(
            f"{value!r} is no grade", where="judge grade",
            remedy="write A to F for the source, 1 to 6 for what it says, or both: B2",
        )  # fmt: skip
    whole = Judgement(
        id="", verb=verb, by=by, at=_utc(at), why=why, named=tuple(named),
        targets=tuple(sorted(set(targets), key=_anchor_order)),
        field=field, value=value, withdraws=withdraws,
    )  # fmt: skip
    return msgspec.structs.replace(whole, id=_id(whole))


def _anchor_order(anchor: Anchor) -> tuple[int, str, str, str, Span]:
    return (anchor.part, anchor.kind, anchor.source, anchor.record, anchor.span or (0, 0))


def _id(whole: Judgement) -> str:
    return "j-" + hashlib.blake2b(msgspec.json.encode(whole), digest_size=8).hexdigest()


def standing(
    judgements: Iterable[Judgement], known_by: date | None = None
) -> tuple[Judgement, ...]:
    """Return what stood by a day, in order of time: neither withdrawn by then nor a withdrawal.

    Only who made a judgement takes it back: whoever disagrees judges otherwise.
    """
    seen = [j for j in judgements if known_by is None or j.at.date() <= known_by]
    by_id = {j.id: j for j in seen}
    gone = {w.withdraws for w in seen if w.withdraws and _may(w, by_id.get(w.withdraws))}
    kept = (j for j in by_id.values() if j.verb != "withdraw" and j.id not in gone)
    return tuple(sorted(kept, key=lambda j: (j.at, j.id)))


def _may(withdrawal: Judgement, target: Judgement | None) -> bool:
    return target is not None and target.by == withdrawal.by and target.at <= withdrawal.at
