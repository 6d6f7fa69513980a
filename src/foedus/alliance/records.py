"""What the alliance answers with: the status of a mechanism, and the reason as a tree."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from foedus.acts import DateRange
from foedus.ledger.records import Citation

__all__ = ["MechanismStatus", "Reason", "Standing", "StatusWord"]

StatusWord = Literal["engaged", "not_engaged", "ruled_out", "unknown"]
Standing = Literal["counts", "claimed", "announced", "hypothetical", "refused", "cannot_tell"]
"""How a reading bears on a mechanism: DESIGN's « words are not deeds »."""


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A node of the explanation: a clause, a rule, a fact, a missing thing, with its children.

    ``key`` is a message id with ``values`` for the page's language; nothing here is prose.
    """

    kind: Literal["status", "clause", "rule", "fact", "reading", "parameter", "missing", "conflict"]
    key: str
    values: dict[str, str] = {}
    fact: str | None = None
    citations: tuple[Citation, ...] = ()
    children: tuple[Reason, ...] = ()


class MechanismStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Where one mechanism stands on a day, as known by a day, and why."""

    mechanism: str
    status: StatusWord
    stage: str | None = None
    since: DateRange | None = None
    by: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    as_of: date
    known_by: date
    sources: int = 0
    single_source: bool = False
    disputed: bool = False
    reason: Reason
