"""Who says what where tellings differ, and what each outlet contributed.

Comes in: facts, reports, the world register. Goes out: :class:`Dispute`s (each value with who holds it,
side by side) and :class:`OutletRow`s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

import msgspec

from foedus.acts import DateRange
from foedus.ledger.opposed import OPPOSED, opposed_facts, opposed_types
from foedus.ledger.out.content import Content
from foedus.ledger.out.trail import Passage
from foedus.ledger.records import Fact
from foedus.world.records import Outlet

__all__ = ["Dispute", "Holder", "OutletRow", "Side", "disputes_of", "outlets_of"]


class Outlets(Protocol):
    """The part of the world register that tells of outlets."""

    def outlet(self, outlet_id: str, /) -> Outlet | None:
        """The outlet with this id."""

    def name(self, entity_id: str, language: str, /) -> str:
        """Its name."""


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """A telling that holds one of the values. ``group`` is the independent source it counts as."""

    act: str
    outlet: str | None
    published: DateRange | None
    group: str
    passage: Passage
    by: str | None = None
    """Who entered it, where a person did."""


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values, and who holds it."""

    value: str
    holders: tuple[Holder, ...]


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """Something on which the tellings of a fact do not agree. ``field`` as in the fact's differences, or ``opposed``:
    another fact is its contrary, and each value names a type and a fact of that type.
    """

    fact: str
    type: str
    date: DateRange | None
    field: str
    sides: tuple[Side, ...]


def disputes_of(
    content: Content, facts: Iterable[Fact], fields: Sequence[str] = ()
) -> tuple[Dispute, ...]:
    """Return what the tellings of these facts differ on, and the facts of which others tell the contrary.

    ``fields`` limits it to ``polarity``, ``date``, ``actors``, ``recipients``, ``places``,
    ``quantity`` (of anything) or ``opposed``, of which each value is an event type and the fact of that type.
    """
    facts = tuple(facts)
    against = () if fields and OPPOSED not in fields else _against(content, facts)
    return (*_within(content, facts, fields), *against)


def _against(content: Content, facts: Sequence[Fact]) -> tuple[Dispute, ...]:
    """Return what opposes these facts to any others."""
    types, asked = opposed_types(), {fact.id for fact in facts}
    if not any(fact.type in types for fact in facts):
        return ()
    every = content.some_facts((), sorted(types))
    found = opposed_facts(every, world=content.world, cues=content.rules.cues)
    return tuple(
        Dispute(
            fact=o.fact.id, type=o.fact.type, date=o.fact.date, field=OPPOSED,
            sides=tuple(
                Side(value=f"{f.type} {f.id}", holders=_holders(content, f, o.difference.values[f.type]))
                for f in (o.fact, o.other)
            ),
        )
        for o in found
        if {o.fact.id, o.other.id} & asked
    )  # fmt: skip


def _within(content: Content, facts: Iterable[Fact], fields: Sequence[str]) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(
            fact=fact.id, type=fact.type, date=fact.date, field=difference.field,
            sides=tuple(
                Side(value=value, holders=_holders(content, fact, acts))
                for value, acts in difference.values.items()
            ),
        )
        for fact in facts
        for difference in fact.differences
        if not fields or difference.field.partition(":")[0] in fields
    )  # fmt: skip


def _holders(content: Content, fact: Fact, acts: Iterable[str]) -> tuple[Holder, ...]:
    by_act = {r.act.id: r for r in fact.readings}
    found = [by_act[a] for a in acts if a in by_act]
    return tuple(
        Holder(
            act=r.act.id, outlet=r.outlet, published=r.published, group=r.group, by=r.by,
            passage=Passage(
                role="act", report=r.citation.report, source=r.citation.source,
                span=r.citation.span, line=r.citation.line,
                text=content.words(r.citation.source, r.citation.span),
            ),
        )
        for r in found
    )  # fmt: skip


class OutletRow(msgspec.Struct, frozen=True, kw_only=True):
    """What an outlet contributed. ``outlet`` is None for reports of which no outlet is known.

    ``facts`` have a telling of it, ``alone`` no telling of anybody else. ``copies`` of its reports
    share their text with a report of the ledger. Country, owner and ``state_control`` are those on
    the day of its latest report, from the world register; empty for an outlet that it does not know.
    """

    outlet: str | None
    name: str = ""
    country: str = ""
    owner: str = ""
    state_control: str = ""
    reference: str = ""
    reports: int = 0
    facts: int = 0
    alone: int = 0
    copies: int = 0


def outlets_of(
    content: Content, world: Outlets, facts: Iterable[Fact] | None = None
) -> tuple[OutletRow, ...]:
    """Return a row for each outlet with a report, by name; those without an outlet last.

    ``facts`` limits which facts are counted; all are without it.
    """
    told: dict[str | None, int] = defaultdict(int)
    alone: dict[str | None, int] = defaultdict(int)
    for fact in content.facts if facts is None else facts:
        # Two reports of unknown outlet are two voices; an outlet is one, however often it reports.
        voices = {
            (r.outlet, "" if r.outlet else r.citation.source)
            for r in fact.readings
            if not r.unsourced
        }
        for outlet in {outlet for outlet, _ in voices}:
            told[outlet] += 1
            alone[outlet] += len(voices) == 1
    reports: dict[str | None, list[str]] = defaultdict(list)
    for source in content.sources:
        reports[source.outlet].append(source.hash)
    for outlet in told:
        # one that rows by hand cite, and no report of the ledger is of
        reports.setdefault(outlet, [])
    copied = {source.hash for source in content.sources if source.copies}
    rows = [
        OutletRow(
            outlet=outlet, reports=len(hashes), facts=told[outlet], alone=alone[outlet],
            copies=len(copied & set(hashes)), **_character(content, world, outlet, hashes),
        )
        for outlet, hashes in reports.items()
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.outlet is None, row.outlet or "")))


def _character(
    content: Content, world: Outlets, outlet: str | None, hashes: Iterable[str]
) -> dict[str, str]:
    known = None if outlet is None else world.outlet(outlet)
    if known is None:
        return {"name": outlet or ""}
    ends: list[date] = [
        d.candidates[-1].end for h in hashes if (d := content.datings[h]).candidates
    ]
    ownership = known.ownership_on(max(ends, default=None))
    return {
        "name": world.name(known.id, "en"), "country": known.country, "owner": ownership.owner,
        "state_control": ownership.state_control, "reference": ownership.reference,
    }  # fmt: skip
