"""Who said what, as the ledger knows it on a day: its statements as utterances.

Comes in: an open ledger and the two dates of a question. Goes out: utterances, and the statements of
which the dates at hand cannot tell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.ledger.records import Undecided
from foedus.ledger.roles import WorldLike
from foedus.ledger.sayings import Said, Utterance, said_of
from foedus.ledger.utterances import group_utterances, said_by

if TYPE_CHECKING:
    from foedus.ledger.ledger import Ledger

__all__ = ["speech"]


def speech(
    ledger: Ledger, world: WorldLike, *, as_of: date | None = None, known_by: date | None = None
) -> tuple[tuple[Utterance, ...], tuple[Undecided, ...]]:
    """Return what was said by ``as_of``, as reports that had appeared by ``known_by`` have it.

    Beside it stand the statements of which ``as_of`` cannot tell; they are kept.
    """
    found = group_utterances(_said(ledger, known_by), world=world)
    return (found, ()) if as_of is None else said_by(found, as_of, world=world)


def _said(ledger: Ledger, known_by: date | None) -> list[Said]:
    datings = ledger.datings()
    reports = {r.hash: r for r in ledger.reports()}
    groups = {s.hash: s.group for s in ledger.sources()}
    return [
        said_of(reports[s.source], s, datings[s.source], groups[s.source])
        for s in ledger.statements(known_by)
    ]
