"""Who said what, as the ledger knows it on a day: its statements as utterances.

Comes in: an open ledger and the two dates of a question. Goes out: utterances, and the statements of
which the dates at hand cannot tell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from foedus.ledger.records import Undecided
from foedus.ledger.roles import WorldLike
from foedus.ledger.sayings import Said, Utterance, said_of
from foedus.ledger.utterances import group_utterances, said_by

if TYPE_CHECKING:
    from foedus.ledger.ledger import Ledger

__all__ = ["Speech", "speech_of"]


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, by date, then id; and the statements of which ``as_of`` cannot tell, kept in it."""

    utterances: tuple[Utterance, ...]
    cannot_tell: tuple[Undecided, ...] = ()


def speech_of(
    ledger: Ledger, world: WorldLike, *, as_of: date | None = None, known_by: date | None = None
) -> Speech:
    """Return what was said by ``as_of``, as reports that had appeared by ``known_by`` have it."""
    found = group_utterances(_said(ledger, known_by), world=world)
    if as_of is None:
        return Speech(utterances=found)
    kept, doubts = said_by(found, as_of, world=world)
    return Speech(utterances=kept, cannot_tell=doubts)


def _said(ledger: Ledger, known_by: date | None) -> list[Said]:
    datings = ledger.datings()
    reports = {r.hash: r for r in ledger.reports()}
    groups = {s.hash: s.group for s in ledger.sources()}
    return [
        said_of(reports[s.source], s, datings[s.source], groups[s.source])
        for s in ledger.statements(known_by)
    ]
