"""Facts as FollowTheMoney statements: for Aleph, OpenAleph and the tools round them.

Comes in: what counts for the two clocks. Goes out: one statement (an entity, a property, a value,
and where it was seen) for each line of JSON. A fact becomes an ``Event``, who takes part in it an
entity of its own. What is only denied or supposed is left out: an ``Event`` has no place for it.

The format is that of ``followthemoney.statement`` 4.x: keys, their order, and ids (SHA-1 of data
set, entity, property, value and language); the schemata are of its default model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec
import pycountry

from foedus.acts import DateRange
from foedus.ledger.out.content import Content
from foedus.ledger.out.forms import asserted, load_forms, title_of
from foedus.ledger.records import Fact, Reading
from foedus.world import World

__all__ = ["DATASET", "FtmStatement", "ftm_statements"]

DATASET = "foedus"
_BASE = "id"
"""The property that says that an entity exists."""


class FtmStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one property, in the key order of FollowTheMoney's own writer."""

    canonical_id: str
    entity_id: str
    prop: str
    schema: str
    value: str
    dataset: str
    lang: str | None
    original_value: str | None
    first_seen: str | None
    last_seen: str | None
    external: bool
    origin: str | None
    id: str


class _Seen(msgspec.Struct, frozen=True):
    """In which report a value was seen, and when that appeared."""

    report: str | None
    published: DateRange | None


def _statement(
    entity: str, schema: str, prop: str, value: str, seen: Iterable[_Seen], lang: str | None = None
) -> FtmStatement:
    told = list(seen)
    key = f"{DATASET}.{entity}.{prop}.{value}" + (f"@{lang}" if lang else "")
    days = [s.published for s in told if s.published is not None]
    return FtmStatement(
        canonical_id=entity, entity_id=entity, prop=prop, schema=schema, value=value,
        dataset=DATASET, lang=lang, original_value=None,
        first_seen=min((d.start.isoformat() for d in days), default=None),
        last_seen=max((d.end.isoformat() for d in days), default=None),
        external=False, origin=min((s.report for s in told if s.report), default=None),
        id=hashlib.sha1(key.encode("utf-8"), usedforsecurity=False).hexdigest(),
    )  # fmt: skip


def ftm_statements(content: Content) -> list[FtmStatement]:
    """Return the statements by entity; of each entity first the one that says that it exists."""
    world = content.world
    found: dict[tuple[str, str], FtmStatement] = {}
    for fact in content.facts:
        if asserted(fact):
            for statement in _of_fact(content, fact, world):
                _keep(found, statement)
    return sorted(found.values(), key=lambda s: (s.canonical_id, s.prop != _BASE, s.id))


def _keep(found: dict[tuple[str, str], FtmStatement], new: FtmStatement) -> None:
    """Add a statement; of one that is there already, widen the days on which it was seen."""
    old = found.get((new.entity_id, new.id))
    if old is not None:
        new = msgspec.structs.replace(
            new,
            first_seen=min(filter(None, (old.first_seen, new.first_seen)), default=None),
            last_seen=max(filter(None, (old.last_seen, new.last_seen)), default=None),
            origin=min(filter(None, (old.origin, new.origin)), default=None),
        )
    found[new.entity_id, new.id] = new


def _of_fact(content: Content, fact: Fact, world: World) -> Iterator[FtmStatement]:
    entity = f"{DATASET}-{fact.id}"
    seen = [_Seen(r.citation.report, r.published) for r in fact.readings]
    values = [(_BASE, entity), ("name", title_of(fact, world)), ("recordId", fact.id)]
    if fact.date is not None and fact.date.start == fact.date.end:
        values.append(("date", fact.date.start.isoformat()))
    elif fact.date is not None:
        values.append(("startDate", fact.date.start.isoformat()))
        values.append(("endDate", fact.date.end.isoformat()))
    values += [("location", world.name(place, "en")) for place in fact.places]
    values += [("keywords", word) for word in (fact.type, *fact.cues, *fact.instruments)]
    states = {s for p in fact.places if (s := world.state_of(p) or p)}
    values += [("country", code) for s in sorted(states) if (code := _alpha_2(s))]
    parties = sorted({*fact.actors, *fact.recipients})
    values += [("involved", _party_id(party)) for party in parties]
    for prop, value in values:
        yield _statement(entity, "Event", prop, value, seen)
    for reading in fact.readings:
        yield from _of_reading(content, entity, reading)
    for party in parties:
        yield from _of_party(party, seen, world)


def _of_reading(content: Content, entity: str, reading: Reading) -> Iterator[FtmStatement]:
    seen = [_Seen(reading.citation.report, reading.published)]
    report = content.reports.get(reading.citation.source)
    if reading.outlet:
        yield _statement(entity, "Event", "publisher", reading.outlet, seen)
    if report is None:
        yield from _of_entry(content, entity, reading)
        return
    if words := " ".join(content.words(report.hash, reading.citation.span).split()):
        lang = load_forms().languages.get(report.language)
        yield _statement(entity, "Event", "summary", words, seen, lang)
    if report.url and report.url.startswith(("http://", "https://")):
        yield _statement(entity, "Event", "sourceUrl", report.url, seen)


def _of_entry(content: Content, entity: str, reading: Reading) -> Iterator[FtmStatement]:
    """Give the row of what a person entered, and the address that it cites."""
    seen = [_Seen(reading.citation.report, reading.published)]
    kept = content.entries.get(reading.citation.source)
    if kept is not None:
        yield _statement(entity, "Event", "summary", " ".join(kept.entry.text.split()), seen)
        if kept.entry.cited is not None and kept.entry.cited.url:
            yield _statement(entity, "Event", "sourceUrl", kept.entry.cited.url, seen)


def _party_id(party: str) -> str:
    return f"{DATASET}-{party}"


def _of_party(party: str, seen: Iterable[_Seen], world: World) -> Iterator[FtmStatement]:
    known = world.entity(party)
    schemata = load_forms().schemata
    schema = schemata["other" if known is None else known.kind]
    told = list(seen)
    values = [(_BASE, _party_id(party)), ("name", world.name(party, "en"))]
    if code := _alpha_2(party):
        values.append(("country", code))
    for prop, value in values:
        yield _statement(_party_id(party), schema, prop, value, told)


def _alpha_2(state: str) -> str | None:
    """Return a state's code as FollowTheMoney writes it: two small letters."""
    found = pycountry.countries.get(alpha_3=state) if len(state) == 3 else None
    return None if found is None else str(found.alpha_2).lower()
