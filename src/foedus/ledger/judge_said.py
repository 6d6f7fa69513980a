"""What a person means by the id of an utterance, a statement or a quantity.

Comes in: a verb and ids. Goes out: anchors of statements or quantities. A judgement of an utterance is one
of the statements it has now: a wording that joins it later has not been judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from foedus.acts import Record
from foedus.errors import FoedusError
from foedus.ledger.judging import Anchor, Key, Verb, once_called, place_of_words, record_anchor
from foedus.ledger.ledger import Ledger

__all__ = ["is_of_speech", "said_anchors"]

_Side = tuple[Key, ...]


def is_of_speech(name: str) -> bool:
    """Whether a name is that of an utterance, a statement or a quantity (no fact, act or source)."""
    return name[:2] in ("u-", "s-", "q-")


def said_anchors(
    ledger: Ledger, verb: Verb, targets: Sequence[str], *, field: str | None, value: str | None
) -> list[Anchor]:
    """Return anchors; the part of each is the place of its name among the targets.

    Raises:
        FoedusError: there is no such thing, several kinds are named together, they cannot be merged or split
            so, or the words given do not stand in the report.
    """
    kinds = {_kind(name) for name in targets}
    if len(kinds) > 1 or not all(map(is_of_speech, targets)):
        raise FoedusError(
            "things of several kinds are named together", where=f"judge {verb}",
            remedy="judge acts, statements and quantities apart",
        )  # fmt: skip
    (kind,) = kinds
    if kind == "quantity" and verb in ("merge", "split"):
        raise FoedusError(
            "a quantity is of one report: it cannot be merged or split", where=f"judge {verb}",
            remedy="confirm, reject or correct it",
        )  # fmt: skip
    told: Sequence[Record] = ledger.statements() if kind == "statement" else ledger.quantities()
    records = {(r.source, r.id): r for r in told}
    sides = [_meant(ledger, name, records, verb) for name in targets]
    if verb == "split":
        sides = _two_sides(targets, sides)
    keys = [key for side in sides for key in side]
    if len(set(keys)) < len(keys):
        raise FoedusError(
            "the same statement is named twice", where=f"judge {verb}", remedy="name each once"
        )
    if verb == "correct" and field == "words":
        _check_words(ledger, [records[key] for key in keys], value or "")
    return _anchors(ledger, sides, records)


def _kind(name: str) -> Literal["statement", "quantity"]:
    return "quantity" if name.startswith("q-") else "statement"


def _meant(ledger: Ledger, name: str, records: dict[Key, Record], verb: Verb) -> _Side:
    """Return the records that a name means: one, or the statements of an utterance."""
    if not name.startswith("u-"):
        found = tuple(key for key in records if key[1] == name)
    else:
        spoken = (u for u in ledger.speech().utterances if u.id == name)
        found = tuple(v.said.key for u in spoken for v in u.variants)
        judging = ledger.judging()
        once = once_called(name, judging.judgements, judging.attached)
        found = found or tuple(sorted(once & set(records)))
    if not found:
        raise FoedusError(
            f"nothing in this ledger has the id {name!r}", where=f"judge {verb}",
            remedy="foedus ledger statements lists utterances; their ids change when they gain a wording",
        )  # fmt: skip
    return found


def _two_sides(targets: Sequence[str], sides: Sequence[_Side]) -> list[_Side]:
    """Return what stays in an utterance and what is to leave it."""
    leaving = tuple(key for side in sides[1:] for key in side)
    staying = tuple(key for key in sides[0] if key not in leaving)
    if (
        not targets[0].startswith("u-")
        or not leaving
        or not staying
        or set(leaving) - set(sides[0])
    ):
        raise FoedusError(
            "there is nothing to split so", where="judge split",
            remedy="name an utterance, then some of its statements, not all of them",
        )  # fmt: skip
    return [staying, leaving]


def _check_words(ledger: Ledger, records: Sequence[Record], words: str) -> None:
    for record in records:
        if place_of_words(words, ledger.text(record.source) or "", record.span[0]) is None:
            raise FoedusError(
                f"these words do not stand in report {record.report!r}", where="judge correct",
                remedy="give them as the report has them; of an utterance, judge one statement",
            )  # fmt: skip


def _anchors(ledger: Ledger, sides: Sequence[_Side], records: dict[Key, Record]) -> list[Anchor]:
    sources = {source for side in sides for source, _ in side}
    others: dict[str, list[Record]] = {source: [] for source in sources}
    for (source, _), record in records.items():
        if source in others:
            others[source].append(record)
    texts = {source: ledger.text(source) for source in sources}
    return [
        record_anchor(records[key], texts[key[0]], others[key[0]], part)
        for part, side in enumerate(sides)
        for key in side
    ]
