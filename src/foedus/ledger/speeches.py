"""Who said what, as the ledger knows it on a day: its statements as utterances.

Comes in: an open ledger and the two dates of a question. Goes out: utterances, and the statements of
which the dates at hand cannot tell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from foedus.acts import Statement
from foedus.ledger.records import Undecided
from foedus.ledger.roles import WorldLike
from foedus.ledger.sayings import Said, Utterance, said_of
from foedus.ledger.speech import group_utterances, said_by

if TYPE_CHECKING:
    from foedus.ledger.ledger import Ledger

__all__ = ["Speech", "said_in", "speech_of"]


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, by date, then id; and the statements of which ``as_of`` cannot tell, kept in it."""

    utterances: tuple[Utterance, ...]
    cannot_tell: tuple[Undecided, ...] = ()


def speech_of(
    ledger: Ledger, world: WorldLike, *, as_of: date | None = None, known_by: date | None = None
) -> Speech:
    """Return what was said by ``as_of``, as reports that had appeared by ``known_by`` have it."""
    judging = ledger.judging(known_by)
    found = group_utterances(said_in(ledger, known_by), world=world, judging=judging)
    if as_of is None:
        return Speech(utterances=found)
    kept, doubts = said_by(found, as_of, world=world)
    return Speech(utterances=kept, cannot_tell=doubts)


def said_in(ledger: Ledger, known_by: date | None) -> list[Said]:
    """Return the statements of reports that had appeared by then, as persons hold them."""
    datings = ledger.datings()
    reports = {r.hash: r for r in ledger.reports()}
    groups = {s.hash: s.group for s in ledger.sources()}
    found = []
    for held in ledger.held(Statement, known_by):
        s = held.record
        said = said_of(reports[s.source], s, datings[s.source], groups[s.source])
        if held.judgements:
            said = msgspec.structs.replace(said, corrected=held.corrected)
        found.append(said)
    return found
