"""Where the alliance stands by what a ledger holds: the one question that brief, status and why ask.

Comes in: an open ledger, an alliance, and the two days asked about, if anybody named them. Goes
out: the facts and quantities that were known, and the status of every mechanism.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from foedus.acts import Quantity
from foedus.alliance import Alliance, statuses
from foedus.alliance.records import MechanismStatus
from foedus.brief.words import Words
from foedus.ledger import Ledger
from foedus.ledger.records import Fact
from foedus.world import World

__all__ = ["Position", "position", "status_words"]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything stands, and on what.

    ``as_of`` and ``known_by`` are the days to print: those asked about, else the ledger's latest;
    None when nobody named one and no report has a date.
    """

    as_of: date | None
    known_by: date | None
    facts: tuple[Fact, ...]
    quantities: tuple[Quantity, ...]
    statuses: tuple[MechanismStatus, ...]


def status_words(
    found: Iterable[MechanismStatus], alliance: Alliance, words: Words
) -> dict[str, str]:
    """Return the words for statuses, by mechanism: of a limit, whether it is affirmed."""
    limits = {m.id for m in alliance.mechanisms if m.kind == "limit"}
    return {
        s.mechanism: words.t(("status.limit." if s.mechanism in limits else "status.") + s.status)
        for s in found
    }


def position(
    ledger: Ledger,
    alliance: Alliance,
    world: World,
    *,
    as_of: date | None = None,
    known_by: date | None = None,
) -> Position:
    """Ask the ledger what is known and the alliance's rules what it engages.

    Args:
        ledger: an open ledger.
        alliance: the alliance as declared.
        world: who speaks for whom.
        as_of: the day asked about. With None everything told counts; what may lie after the
            ledger's latest day is marked as unsettled in the reasons.
        known_by: the day by which reports had to have appeared. With None everything in the ledger
            is known, whatever is known of the day it appeared.
    """
    latest = ledger.latest()
    facts = ledger.facts(known_by=known_by)
    quantities = ledger.accepted(Quantity, known_by)
    found = statuses(
        alliance,
        facts,
        as_of=as_of,
        known_by=known_by,
        world=world,
        quantities=quantities,
        latest=latest or date.max,
    )
    return Position(
        as_of=as_of or latest,
        known_by=known_by or latest,
        facts=facts,
        quantities=quantities,
        statuses=found,
    )
