"""Finding again what a judgement was about.

Comes in: anchors (report, span, words) and the records that are in the ledger now. Goes out: the act,
statement or quantity that each anchor means today, or none.

A report may have been coded anew, so that the record judged is gone or has another id; or its file read
anew, so that its text moved. Then an anchor means the record of the same kind (an act: of the same event type) that lies best on
the same words, unless the person saw that one too and did not mean it (:attr:`Anchor.beside`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from foedus.acts import Act, EventType, Record, Span, Statement
from foedus.ledger.judging.judgements import Anchor, Judgement
from foedus.ledger.records import Reading

__all__ = [
    "Attached",
    "Key",
    "Keyed",
    "Kind",
    "anchor_of",
    "attach",
    "key_of",
    "kind_of",
    "once_called",
    "outlet_key",
    "record_anchor",
    "report_key",
]

Kind = Literal["act", "statement", "quantity"]
Key = tuple[str, str]
"""A record as the ledger knows it: its report's hash and its own id. A report has no second part; an
outlet has « outlet » for the first."""

Texts = Callable[[str], str | None]
"""The text of the report with a hash; None when the ledger has no such report."""

Attached = dict[str, list[tuple[Anchor, Key | None]]]
"""For each judgement (by id) its anchors, with what each means now: a record, or a source's key."""


class Keyed(Protocol):
    """A record as somebody tells it: an act's reading, a statement that was said."""

    @property
    def key(self) -> Key:
        """Which record it is of."""


def key_of(told: Keyed) -> Key:
    """Return which record a reading or a statement is of."""
    return told.key


def kind_of(record: Record) -> Kind:
    """Return what kind of record it is."""
    if isinstance(record, Act):
        return "act"
    return "statement" if isinstance(record, Statement) else "quantity"


def report_key(report_hash: str) -> Key:
    """Return the key of a report."""
    return (report_hash, "")


def outlet_key(outlet: str) -> Key:
    """Return the key of an outlet."""
    return ("outlet", outlet)


def anchor_of(
    reading: Reading, text: str | None, others: Iterable[Act], part: int = 0
) -> Anchor:  # fmt: skip
    """Return the anchor of an act; ``others`` are all acts of its report, as they were read."""
    acts = list(others)
    act = next((o for o in acts if o.id == reading.act.id), reading.act)
    found = record_anchor(act, text, acts, part)
    return msgspec.structs.replace(found, source=reading.citation.source)


def record_anchor(
    record: Record, text: str | None, others: Iterable[Record], part: int = 0
) -> Anchor:  # fmt: skip
    """Return the anchor of a record; ``others`` are those of its report, as they were read."""
    beside = sorted(
        (o.id, _place(o))
        for o in others
        if o.id != record.id and _like(o, kind_of(record), _type(record))
        and _shared(o.span, record.span)
    )  # fmt: skip
    return Anchor(
        kind=kind_of(record), source=record.source, record=record.id, span=record.span,
        trigger=record.trigger if isinstance(record, Act) else None, type=_type(record),
        beside=tuple(beside), part=part,
        quote="" if text is None else text[slice(*record.span)],
    )  # fmt: skip


def _type(record: Record) -> EventType | None:
    return record.type if isinstance(record, Act) else None


def _place(record: Record) -> Span:
    """Return where a record's word stands: an act's trigger, else all of it."""
    return record.trigger if isinstance(record, Act) else record.span


def _like(record: Record, kind: str, type_: EventType | None) -> bool:
    return kind_of(record) == kind and _type(record) == type_


def attach(
    judgements: Sequence[Judgement], told: Mapping[str, Iterable[Record]], texts: Texts
) -> Attached:  # fmt: skip
    """Return what each anchor means now. ``told`` are records by report, as read."""
    acts = {source: {a.id: a for a in some} for source, some in told.items()}
    found: dict[tuple[str, str, Span | None], str | None] = {}

    def meant(anchor: Anchor) -> Key | None:
        if anchor.kind == "outlet":
            return outlet_key(anchor.record)
        if anchor.kind == "report":
            return None if texts(anchor.source) is None else report_key(anchor.source)
        name = (anchor.source, anchor.record, anchor.span)
        if name not in found:
            found[name] = _meant(anchor, acts.get(anchor.source, {}), texts(anchor.source))
        act = found[name]
        return None if act is None else (anchor.source, act)

    return {j.id: [(t, meant(t)) for t in j.targets] for j in judgements}


def once_called(name: str, judgements: Iterable[Judgement], attached: Attached) -> set[Key]:
    """Return the acts that somebody meant when he judged the fact then called ``name``."""
    return {
        key
        for j in judgements
        if name in j.named
        for anchor, key in attached[j.id]
        if key is not None and anchor.part == j.named.index(name)
    }


def _meant(anchor: Anchor, acts: Mapping[str, Record], text: str | None) -> str | None:
    moved = 0 if text is None else _moved(anchor, text)
    if moved is None:
        return None
    if moved == 0 and anchor.record in acts:
        return anchor.record
    if anchor.span is None or text is None:
        return None
    span, trigger = _shift(anchor.span, moved), _shift(anchor.trigger or anchor.span, moved)
    # ids hold the place in the text: where it moved, those of the acts beside say nothing
    ids = {name for name, _ in anchor.beside} if moved == 0 else set()
    seen = [_shift(place, moved) for _, place in anchor.beside]
    best = max(
        (
            (_shared(_place(a), trigger), _shared(a.span, span), _close(a, span), -a.span[0], a.id)
            for a in acts.values()
            if _like(a, anchor.kind, anchor.type)
            and _shared(a.span, span)
            and a.id not in ids
            and (_shared(_place(a), trigger) or not any(_shared(_place(a), s) for s in seen))
        ),
        default=None,
    )
    return None if best is None else best[-1]


def _close(record: Record, span: Span) -> int:
    """Return how near in length a statement or quantity is; of acts the trigger tells enough."""
    if isinstance(record, Act):
        return 0
    return -abs((record.span[1] - record.span[0]) - (span[1] - span[0]))


def _moved(anchor: Anchor, text: str) -> int | None:
    """Return by how much the anchor's words have moved in the text; None when they are gone.

    Where they stand more than once, the place nearest to the old one is meant.
    """
    if anchor.span is None or not anchor.quote:
        return 0
    start = anchor.span[0]
    if text.startswith(anchor.quote, start):
        return 0
    after = text.find(anchor.quote, start)
    before = text.rfind(anchor.quote, 0, start + len(anchor.quote))
    places = [place for place in (before, after) if place >= 0]
    return min(places, key=lambda p: abs(p - start)) - start if places else None


def _shift(span: Span, by: int) -> Span:
    return (span[0] + by, span[1] + by)


def _shared(a: Span, b: Span) -> int:
    """Count the characters that both spans hold."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))
