"""Facts by hand, and a small world: the rules are tried without a ledger and without a register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from foedus.acts import Act, DateRange, day, record_id
from foedus.alliance.records import as_reason
from foedus.ledger.consolidate import mode_of
from foedus.ledger.records import Citation, Fact, Reading
from foedus.world.records import Entity, EntityKind, Tenure

STATES = [
    "BEL",
    "BGR",
    "BLR",
    "CAN",
    "CHE",
    "CZE",
    "DEU",
    "ESP",
    "EST",
    "FIN",
    "FRA",
    "GBR",
    "GEO",
    "HUN",
    "ITA",
    "LTU",
    "LVA",
    "MDA",
    "NOR",
    "POL",
    "ROU",
    "RUS",
    "SVK",
    "SWE",
    "TUR",
    "UKR",
    "USA",
    "arvenia",
    "bostrel",
    "cormund",
    "drossia",
]
BODIES = [
    "nato",
    "eu",
    "un",
    "west",
    "north-atlantic-council",
    "nato-ambassadors",
    "nato-partners",
    "six-lakes-pact",
    "lakes-assembly",
]
SIDES = {
    "jens-stoltenberg": "nato",
    "tod-wolters": "nato",
    "sergei-lavrov": "RUS",
    "vladimir-putin": "RUS",
    "volodymyr-zelensky": "UKR",
    "emmanuel-macron": "FRA",
    "antonio-guterres": "un",
    "brakka": "drossia",
    "orlin": "six-lakes-pact",
}
PLACES = {"kyiv": "UKR", "kremenchuk": "UKR", "tapa": "EST", "brussels": "BEL", "moscow": "RUS"}


class SmallWorld:
    """A register of a few states, bodies, persons and places."""

    def entity(self, id: str, /) -> Entity | None:  # noqa: A002
        if id in STATES:
            return Entity(id=id, kind="state", names={})
        if id in BODIES:
            return Entity(id=id, kind="body", names={})
        if id in SIDES:
            return Entity(id=id, kind="person", names={}, side=SIDES[id])
        if id in PLACES:
            return Entity(id=id, kind="place", names={}, within=PLACES[id])
        return None

    def entities(self, kind: EntityKind | None = None, /) -> tuple[Entity, ...]:
        known = (self.entity(i) for i in (*STATES, *BODIES, *SIDES, *PLACES))
        return tuple(e for e in known if e is not None and kind in (None, e.kind))

    def offices_of(self, person_id: str, on: DateRange | None, /) -> tuple[str, ...]:
        return ("supreme-allied-commander-europe",) if person_id == "tod-wolters" else ()

    def tenures_of(self, person_id: str, /) -> tuple[tuple[str, Tenure], ...]:
        if person_id != "tod-wolters":
            return ()
        office = Tenure(
            holder=person_id, start=date(2019, 5, 3), reference="A command, A list, 2019"
        )
        return (("supreme-allied-commander-europe", office),)

    def side_of(self, id: str, on: DateRange | None, /) -> str | None:  # noqa: A002
        return id if id in STATES or id in BODIES else SIDES.get(id)


WORLD = SmallWorld()


def reading(
    name: str,
    published: date | DateRange | None = None,
    when: date | DateRange | None = None,
    group: str | None = None,
    **act: Any,
) -> Reading:
    """One telling: report ``name`` of the day ``published``; the other keys are the act's."""
    fields: Any = {key: tuple(v) if isinstance(v, list) else v for key, v in act.items()}
    ident = record_id(name, "act", (0, 9), sorted(fields.items()))
    made = Act(id=ident, report=name, source=name, span=(0, 9), trigger=(0, 9), **fields)
    return Reading(
        act=made,
        published=_range(published),
        date=_range(when),
        group=group or name,
        citation=Citation(report=name, source=name, span=(0, 9)),
    )


def _range(value: date | DateRange | None) -> DateRange | None:
    return day(value) if isinstance(value, date) else value


def fact(name: str, *readings: Reading) -> Fact:
    """A fact of these tellings, its roles the union of theirs, as the ledger makes it."""

    def union(key: str) -> tuple[str, ...]:
        return tuple(sorted({v for r in readings for v in getattr(r.act, key)}))

    dates = [r.date for r in readings if r.date is not None]
    return Fact(
        id=name,
        type=readings[0].act.type,
        mode=mode_of([r.act.mode for r in readings]),
        cues=union("cues"),
        actors=union("actors"),
        recipients=union("recipients"),
        places=union("places"),
        instruments=union("instruments"),
        date=dates[0] if dates else None,
        readings=readings,
        reports=len(readings),
        sources=len({r.group for r in readings}),
    )


def told(name: str, published: date, **act: Any) -> Fact:
    """A fact that one report of that day tells."""
    return fact(name, reading(f"report-{name}", published, **act))


def without_id(record: Any) -> Any:
    """A record as plain values, for comparison."""
    return msgspec.to_builtins(record, enc_hook=as_reason)


def days_after(start: date, number: int) -> date:
    return start + timedelta(days=number)
