"""Reasons and answers: why an act is refused, and which request it grants or turns down.

Comes in: the acts of one report in order. Goes out: the same acts, with ``reason`` (the words after
« car ») and ``answers`` (the id of the request) filled where the text tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from foedus.acts import Act, Span
from foedus.coding.lexicon import Grammar
from foedus.coding.parsing import Parsed

__all__ = ["linked"]

_NEAR = 3
"""Over how many sentences an answer may stand from its request."""


def linked(
    acts: Sequence[Act], parsed: Sequence[Parsed], grammar: Grammar, folded: str
) -> list[Act]:
    """Return the acts with their reasons and answers."""
    because = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in grammar.because)})(?=\W)", re.IGNORECASE
    )
    return [_answering(_reasoned(act, parsed, because, folded), acts, parsed) for act in acts]


def _refuses(act: Act) -> bool:
    return act.type == "REJECT" or "negation" in act.aux


def _piece_of(act: Act, parsed: Sequence[Parsed]) -> Parsed | None:
    low, high = 0, len(parsed)
    while low < high:
        middle = (low + high) // 2
        if parsed[middle].piece.span[1] <= act.trigger[0]:
            low = middle + 1
        else:
            high = middle
    return parsed[low] if low < len(parsed) else None


def _reasoned(act: Act, parsed: Sequence[Parsed], because: re.Pattern[str], folded: str) -> Act:
    """A reason stands after the refusal, in its sentence."""
    piece = _piece_of(act, parsed)
    if piece is None or not _refuses(act):
        return act
    end = piece.piece.span[1]
    match = because.search(folded, act.trigger[1], end)
    if match is None:
        return act
    reason: Span = (match.start(), len(folded[:end].rstrip(' .!?»"')))
    return msgspec.structs.replace(act, reason=reason) if reason[0] < reason[1] else act


def _answering(act: Act, acts: Sequence[Act], parsed: Sequence[Parsed]) -> Act:
    """The request that an act grants or refuses: put to the same party about the same thing."""
    if act.type not in ("REJECT", "AGREE", "CONCEDE") and "negation" not in act.aux:
        return act
    home = _piece_of(act, parsed)
    best: tuple[int, Act] | None = None
    for other in acts:
        if other.type != "REQUEST" or other.id == act.id:
            continue
        there = _piece_of(other, parsed)
        if home is None or there is None:
            continue
        gap = abs(home.piece.sentence - there.piece.sentence)
        if gap > _NEAR or not _bears_on(act, other):
            continue
        if best is None or gap < best[0]:
            best = (gap, other)
    return msgspec.structs.replace(act, answers=best[1].id) if best else act


def _bears_on(act: Act, request: Act) -> bool:
    to_actor = bool(set(request.recipients) & set(act.actors))
    about = set(request.instruments) & set(act.instruments) or set(request.cues) & set(act.cues)
    where = bool(set(request.places) & set(act.places))
    return bool(to_actor and (about or where)) and not set(request.actors) & set(act.actors)
