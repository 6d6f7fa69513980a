"""The alliance state that a scenario starts from: what the ledger's facts engage on a day, and why.

Comes in: the ledger that ``from:`` names and the two days asked about. Goes out: :class:`State`, the
status of every mechanism with its reason, and since when each stood where; through the alliance's
door.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec

from foedus.acts import Quantity
from foedus.address import Address
from foedus.alliance import Course, MechanismStatus, courses, load_alliance, statuses, world_of
from foedus.ledger import Ledger
from foedus.ledger.aid import AidRow, aid_rows
from foedus.ledger.out import Content
from foedus.ledger.records import Fact
from foedus.ledger.roles import Roles
from foedus.world import World

__all__ = ["State", "read_state"]


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Where every mechanism stands on ``as_of`` as known by ``known_by`` (None: whatever is told).

    ``facts`` are those known by then, ``aid`` what they tell of aid (the sustainment section takes
    donations from it).
    """

    ledger: str
    alliance: str
    as_of: date | None
    known_by: date | None
    statuses: tuple[MechanismStatus, ...]
    courses: Mapping[str, Course]
    facts: tuple[Fact, ...]
    world: World
    aid: tuple[AidRow, ...] = ()

    def begun(self, mechanism: str, stage: str | None) -> date | None:
        """Return the first day on which the mechanism was engaged (at ``stage``), None if it never was."""
        course = self.courses.get(mechanism)
        for stretch in course.stretches if course is not None else ():
            if self.as_of is not None and stretch.start > self.as_of:
                return None
            if stretch.word == "engaged" and stage in (None, stretch.stage):
                return stretch.start
        return None


def read_state(place: Address, alliance: str, as_of: date | None, known_by: date | None) -> State:
    """Ask a ledger and the alliance's rules where things stand.

    Raises:
        FoedusError: there is no such ledger or alliance.
    """
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    with Ledger.open(place, read_only=True, world=world) as ledger:
        latest = ledger.latest() or date.max
        facts = ledger.facts(known_by=known_by)
        quantities = ledger.accepted(Quantity, known_by)
        aid = aid_rows(facts, Roles(world), Content(ledger, known_by=known_by).words)
    found = statuses(
        declared, facts, as_of=as_of, known_by=known_by, world=world,
        quantities=quantities, latest=latest,
    )  # fmt: skip
    course = courses(
        declared, facts, known_by=known_by, world=world, quantities=quantities, latest=latest
    )
    return State(
        ledger=place.path.name if place.path else str(place), alliance=alliance, as_of=as_of, known_by=known_by, statuses=found,
        courses=course, facts=facts, world=world, aid=aid,
    )  # fmt: skip
