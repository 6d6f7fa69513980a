"""Choosing facts: by type, who, where, cue, outlet, report, days, and how well they are attested.

Comes in: what an analyst asks for, in his words (« Pologne », ``POL``). Goes out: a :class:`Filter`
in ids, and the facts that pass it. Several values of one question are alternatives; several
questions must all be met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Protocol

import msgspec

from foedus.ledger.records import Fact
from foedus.world.records import Entity

__all__ = ["Filter", "Names", "chosen", "in_ids", "unmet"]


class Names(Protocol):
    """The part of the world register that filters ask."""

    def entities(self) -> tuple[Entity, ...]:
        """All entities."""

    def state_of(self, place: str, /) -> str | None:
        """The state that a place lies in."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What facts must be like. An empty question is not asked.

    ``parties`` are actors or recipients. ``places`` hold what lies in them: ``UKR`` finds ``kyiv``.
    ``first`` and ``last`` bound the days on which the fact may have happened (or, of an undated one,
    the day it was first told). ``reports`` are labels or beginnings of hashes.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    sources: int = 0
    differing: bool = False
    unsourced: bool = False


def _outlets(fact: Fact) -> set[str]:
    return {r.outlet for r in fact.readings if r.outlet}


_ROLES: dict[str, Callable[[Fact], Iterable[str]]] = {
    "types": lambda f: (f.type,),
    "actors": lambda f: f.actors,
    "recipients": lambda f: f.recipients,
    "parties": lambda f: {*f.actors, *f.recipients},
    "places": lambda f: f.places,
    "cues": lambda f: f.cues,
    "instruments": lambda f: f.instruments,
    "outlets": _outlets,
}
_NAMED = ("actors", "recipients", "parties", "places", "outlets")


def in_ids(asked: Filter, names: Names) -> Filter:
    """Return the filter with names of states, bodies, persons, places and outlets as their ids.

    Case does not matter; what names nothing known stays as it was written.
    """
    known: dict[str, str] = {}
    for entity in names.entities():
        for name in entity.names.values():
            known.setdefault(name.casefold(), entity.id)
    ids = {entity.id.casefold(): entity.id for entity in names.entities()}

    def one(text: str) -> str:
        plain = text.strip()
        return ids.get(plain.casefold()) or known.get(plain.casefold()) or plain

    changes = {field: tuple(one(v) for v in getattr(asked, field)) for field in _NAMED}
    changes["types"] = tuple(v.strip().upper() for v in asked.types)
    for field in ("cues", "instruments"):
        changes[field] = tuple(v.strip().casefold() for v in getattr(asked, field))
    return msgspec.structs.replace(asked, **changes)


def chosen(facts: Iterable[Fact], asked: Filter, names: Names) -> tuple[Fact, ...]:
    """Return the facts that pass the filter (in ids), in their order."""
    return tuple(fact for fact in facts if _passes(fact, asked, names))


def _passes(fact: Fact, asked: Filter, names: Names) -> bool:
    for field, of in _ROLES.items():
        wanted = set(getattr(asked, field))
        if wanted and not wanted & _with_states(of(fact), names, widen=field == "places"):
            return False
    if asked.reports and not any(_from_report(fact, r) for r in asked.reports):
        return False
    if asked.differing and not fact.differences:
        return False
    if asked.unsourced and not fact.unsourced:
        return False
    return fact.sources >= asked.sources and _in_days(fact, asked.first, asked.last)


def _with_states(values: Iterable[str], names: Names, *, widen: bool) -> set[str]:
    found = set(values)
    return found | {s for v in found if (s := names.state_of(v))} if widen else found


def _from_report(fact: Fact, asked: str) -> bool:
    return any(
        r.citation.report == asked or (len(asked) >= 4 and r.citation.source.startswith(asked))
        for r in fact.readings
    )


def _in_days(fact: Fact, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    days = fact.date or fact.first_told
    if days is None:
        return False
    return (first is None or days.end >= first) and (last is None or days.start <= last)


def unmet(
    facts: Sequence[Fact], asked: Filter, names: Names
) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the values asked for that no fact has: the question, the value, the nearest there are."""
    found: list[tuple[str, str, tuple[str, ...]]] = []
    for field, of in _ROLES.items():
        if not (wanted := getattr(asked, field)):
            continue
        there = {value for fact in facts for value in of(fact)}
        missing = [v for v in wanted if v not in _with_states(there, names, widen=True)]
        called = {v.casefold(): v for v in there}
        if missing and field in _NAMED:
            called |= {
                n.casefold(): e.id
                for e in names.entities() if e.id in there for n in e.names.values()
            }  # fmt: skip
        for value in missing:
            near = get_close_matches(value.casefold(), sorted(called), n=3, cutoff=0.6)
            found.append((field, value, tuple(dict.fromkeys(called[n] for n in near))))
    return tuple(found)
