"""Finding again what a judgement was about.

Comes in: anchors (report, span, words) and the acts that are in the ledger now. Goes out: the act
that each anchor means today, or none.

A report may have been coded anew, so that the act judged is gone or has another id; or its file read
anew, so that its text moved. Then an anchor means the act of the same event type that lies best on
the same words, unless the person saw that act too and did not mean it (:attr:`Anchor.beside`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from foedus.acts import Act, Span
from foedus.ledger.judgements import Anchor, Judgement
from foedus.ledger.records import Reading

__all__ = [
    "Attached",
    "Key",
    "anchor_of",
    "attach",
    "key_of",
    "once_called",
    "outlet_key",
    "report_key",
]

Key = tuple[str, str]
"""An act as the ledger knows it: its report's hash and its own id. A report has no second part; an
outlet has « outlet » for the first."""

Texts = Callable[[str], str | None]
"""The text of the report with a hash; None when the ledger has no such report."""

Attached = dict[str, list[tuple[Anchor, Key | None]]]
"""For each judgement (by id) its anchors, with what each means now: an act, or a source's key."""


def key_of(reading: Reading) -> Key:
    """Return which act a reading is of."""
    return (reading.citation.source, reading.act.id)


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
    act = next((o for o in others if o.id == reading.act.id), reading.act)
    beside = sorted(
        (o.id, o.trigger)
        for o in others
        if o.id != act.id and o.type == act.type and _shared(o.span, act.span)
    )
    return Anchor(
        kind="act", source=reading.citation.source, record=act.id, span=act.span,
        trigger=act.trigger, type=act.type, beside=tuple(beside), part=part,
        quote="" if text is None else text[slice(*act.span)],
    )  # fmt: skip


def attach(
    judgements: Sequence[Judgement], told: Mapping[str, Iterable[Act]], texts: Texts
) -> Attached:  # fmt: skip
    """Return what each anchor means now. ``told`` are acts by report, as read."""
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


def _meant(anchor: Anchor, acts: Mapping[str, Act], text: str | None) -> str | None:
    moved = 0 if text is None else _moved(anchor, text)
    if moved is None:
        return None
    if moved == 0 and anchor.record in acts:
        return anchor.record
    if anchor.span is None or anchor.trigger is None or text is None:
        return None
    span, trigger = _shift(anchor.span, moved), _shift(anchor.trigger, moved)
    # ids hold the place in the text: where it moved, those of the acts beside say nothing
    ids = {name for name, _ in anchor.beside} if moved == 0 else set()
    seen = [_shift(place, moved) for _, place in anchor.beside]
    best = max(
        (
            (_shared(a.trigger, trigger), _shared(a.span, span), -a.span[0], a.id)
            for a in acts.values()
            if a.type == anchor.type
            and _shared(a.span, span)
            and a.id not in ids
            and (_shared(a.trigger, trigger) or not any(_shared(a.trigger, s) for s in seen))
        ),
        default=None,
    )
    return None if best is None else best[3]


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
