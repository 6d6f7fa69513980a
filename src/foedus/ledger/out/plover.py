"""Facts as event rows in the manner of PLOVER and its data sets: who did what to whom, when.

Comes in: what counts for the two clocks. Goes out: a table with a row for each pair of actor and
recipient of a fact, so that it can be counted as dyads; ``event_id`` says which rows are one event.
Method: Open Event Data Alliance, *PLOVER*, 2021 manual. foedus adds where the rows come from and how
well they are attested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.acts import days_text, hull
from foedus.ledger.cells import amount_text
from foedus.ledger.out.content import Content
from foedus.ledger.out.forms import load_forms
from foedus.ledger.out.tables import Row, Table, columns_of, dated
from foedus.ledger.records import Fact
from foedus.world import World

__all__ = ["plover_table"]

_SHAPE = (
    "event_id event_date:day event_date_end:day date_precision first_told:day event_type event_mode "
    "quad auxiliary:list contexts:list actor actor_name actor_country recipient recipient_name "
    "recipient_country places:list countries:list instruments:list cues:list quantities:list "
    "sources:int unsourced:int reports:int publishers:list publication_dates languages:list differs:list"
)


def plover_table(content: Content) -> Table:
    """Return the facts as event rows."""
    world = content.world
    rows = [row for fact in content.facts for row in _rows(content, fact, world)]
    return Table("plover", columns_of(_SHAPE), rows)


def _rows(content: Content, fact: Fact, world: World) -> Iterator[Row]:
    told = [r.published for r in fact.readings if r.published is not None]
    hashes = {r.citation.source for r in fact.readings}
    languages = {content.reports[h].language for h in hashes if h in content.reports}
    before: Row = (
        fact.id, *dated(fact.date), None if fact.first_told is None else fact.first_told.start,
        fact.type, fact.mode, load_forms().quads[fact.type], fact.aux,
        _union(r.act.contexts for r in fact.readings),
    )  # fmt: skip
    after: Row = (
        fact.places, _union([_country(p, world)] for p in fact.places), fact.instruments, fact.cues,
        tuple(amount_text(q) for q in fact.quantities), fact.sources, fact.unsourced, fact.reports,
        _union([r.outlet] for r in fact.readings), days_text(hull(told)) or None,
        tuple(sorted(languages)), tuple(d.field for d in fact.differences),
    )  # fmt: skip
    for actor in fact.actors or (None,):
        for recipient in fact.recipients or (None,):
            yield (*before, *_party(actor, world), *_party(recipient, world), *after)


def _party(party: str | None, world: World) -> tuple[str | None, str | None, str | None]:
    if party is None:
        return (None, None, None)
    return (party, world.name(party, "en"), _country(party, world))


def _country(entity_id: str, world: World) -> str | None:
    """Return the state that somebody is of or something lies in, where the register tells it."""
    entity = world.entity(entity_id)
    if entity is None:
        return None
    if entity.kind == "place":
        return world.state_of(entity_id)
    country = entity.id if entity.kind == "state" else entity.nationality or entity.side
    known = world.entity(country or "")
    return known.id if known is not None and known.kind == "state" else None


def _union(lists: Iterable[Iterable[str | None]]) -> tuple[str, ...]:
    return tuple(sorted({v for values in lists for v in values if v}))
