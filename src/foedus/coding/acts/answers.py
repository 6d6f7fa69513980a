"""Reasons and answers: why an act is refused, and which request it grants or turns down.

Comes in: the acts of one report in order. Goes out: the same acts, with ``reason`` (the words after
« car ») and ``answers`` (the id of the request) filled where the text tells.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

import msgspec

from foedus.acts import Act, Span
from foedus.coding.syntax import Parsed
from foedus.coding.wording import Grammar

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
    reasoned = [_reasoned(act, parsed, because, folded) for act in acts]
    requests = [
        (home.piece.sentence, act)
        for act in reasoned
        if act.type == "REQUEST" and (home := _piece_of(act, parsed)) is not None
    ]
    requests.sort(key=lambda request: (request[0], request[1].trigger))
    return [_answering(act, requests, parsed) for act in reasoned]


def _refuses(act: Act) -> bool:
    return act.type == "REJECT" or "negation" in act.aux


def _piece_of(act: Act, parsed: Sequence[Parsed]) -> Parsed | None:
    at = bisect.bisect_right(parsed, act.trigger[0], key=lambda p: p.piece.span[1])
    return parsed[at] if at < len(parsed) else None


def _reasoned(act: Act, parsed: Sequence[Parsed], because: re.Pattern[str], folded: str) -> Act:
    """A reason stands after the refusal, in its sentence."""
    piece = _piece_of(act, parsed) if _refuses(act) else None
    if piece is None:
        return act
    end = piece.piece.span[1]
    match = because.search(folded, act.trigger[1], end)
    if match is None:
        return act
    reason: Span = (match.start(), len(folded[:end].rstrip(' .!?»"')))
    return msgspec.structs.replace(act, reason=reason) if reason[0] < reason[1] else act


def _answering(act: Act, requests: Sequence[tuple[int, Act]], parsed: Sequence[Parsed]) -> Act:
    """The request that an act grants or refuses: put to the same party about the same thing."""
    if act.type not in ("REJECT", "AGREE", "CONCEDE") and "negation" not in act.aux:
        return act
    home = _piece_of(act, parsed)
    if home is None:
        return act
    here = home.piece.sentence
    first = bisect.bisect_left(requests, here - _NEAR, key=lambda request: request[0])
    last = bisect.bisect_right(requests, here + _NEAR, key=lambda request: request[0])
    near = [
        (abs(here - sentence), request)
        for sentence, request in requests[first:last]
        if request.id != act.id and _bears_on(act, request)
    ]
    if not near:
        return act
    return msgspec.structs.replace(act, answers=min(near, key=lambda found: found[0])[1].id)


def _bears_on(act: Act, request: Act) -> bool:
    to_actor = bool(set(request.recipients) & set(act.actors))
    about = set(request.instruments) & set(act.instruments) or set(request.cues) & set(act.cues)
    where = bool(set(request.places) & set(act.places))
    return bool(to_actor and (about or where)) and not set(request.actors) & set(act.actors)
