"""One row for each fact that tells of aid: who, to whom, what, how much, at which stage.

Comes in: facts and what is declared. Goes out: :class:`AidRow`s in the facts' order. A pure function: the
same facts give the same rows. Figures are as told, lowest to highest, each with who tells it; they
are neither converted, averaged nor added up.

How a stage is found: an act told as still to come is *announced*; a promise made is *committed*, and so is
aid whose own wording says that it was decided (« débloque », « approuve »); aid told as done or under way
is *delivered*. Of a fact's tellings the furthest counts, each stage with its own dates and sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Literal, get_args

import msgspec
from babel.numbers import list_currencies

from foedus.acts import Amount, DateRange, Span, days_text, hull
from foedus.ledger.aid.overlaps import overlapping
from foedus.ledger.consolidate import figure, independent
from foedus.ledger.out.content import reading_place
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles
from foedus.ledger.tracker import Stage, Tracker, load_tracker

__all__ = [
    "LEFT_OUT",
    "STAGES",
    "AidRow",
    "Figures",
    "Reached",
    "RowStage",
    "aid_rows",
    "wanted_rows",
]

RowStage = Literal["announced", "committed", "delivered", "denied", "supposed", "historical"]
STAGES: tuple[Stage, ...] = get_args(Stage)
"""The stages of aid, in their order."""
LEFT_OUT: tuple[RowStage, ...] = ("denied", "supposed", "historical")
"""What is no aid: told as not given, only supposed, or of years before."""

Words = Callable[[str, Span | None], str]
"""The words of a passage, by source and span."""

_LONGEST = 300
_CURRENCIES = frozenset(list_currencies())


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What the tellings say of how much there is of one thing, in one unit.

    ``low`` and ``high`` are the least and the most that any telling allows; ``open``: one says « at
    least ». ``told`` has each different figure with who tells it.
    """

    of: str | None
    unit: str
    low: float
    high: float
    open: bool = False
    told: dict[str, tuple[str, ...]] = {}


class Reached(msgspec.Struct, frozen=True, kw_only=True):
    """A stage that some tellings say was reached: when, and on how many independent sources.

    ``date`` is the date told, of what is announced the day for which; ``told`` when it was reported
    (None where only rows without a source tell it).
    """

    date: DateRange | None
    told: DateRange | None
    sources: int
    acts: tuple[str, ...]


class AidRow(msgspec.Struct, frozen=True, kw_only=True):
    """Aid as one fact tells it. ``overlaps`` are the facts that may tell of the same pledge."""

    fact: str
    type: str
    donors: tuple[str, ...]
    recipients: tuple[str, ...]
    items: tuple[str, ...]
    classes: tuple[str, ...]
    general: tuple[str, ...]
    stage: RowStage
    when: DateRange | None
    """The day or days of the fact; of an undated one, when it was first told."""
    reached: dict[str, Reached]
    quantities: tuple[Figures, ...]
    values: tuple[Figures, ...]
    explanation: str
    sources: int
    unsourced: int
    tellings: tuple[str, ...]
    """Who tells it: outlet, day, and where; of a row by hand the source it cites."""
    differs: tuple[str, ...]
    overlaps: tuple[str, ...] = ()


def aid_rows(
    facts: Iterable[Fact], roles: Roles, words: Words, tracker: Tracker | None = None
) -> tuple[AidRow, ...]:
    """Return a row for each fact that tells of aid, in their order, denied and supposed ones too.

    Args:
        facts: any facts; those that tell of no aid give no row.
        roles: who speaks for whom: a minister gives for his state.
        words: the words of passages: some stages show in the wording.
        tracker: what is declared; without it, what foedus ships.
    """
    known = tracker or load_tracker()
    rows = [_row(fact, roles, words, known) for fact in facts if _is_aid(fact, known)]
    links = overlapping(rows, roles, known)
    return tuple(
        msgspec.structs.replace(row, overlaps=links[row.fact]) if row.fact in links else row
        for row in rows
    )


def wanted_rows(
    rows: Iterable[AidRow], *, donors: Collection[str] = (), recipients: Collection[str] = (),
    items: Collection[str] = (), stages: Collection[str] = (), tracker: Tracker | None = None,
) -> tuple[AidRow, ...]:  # fmt: skip
    """Return the rows that meet every question asked; several values of one are alternatives.

    An item finds what is a kind of it, and a class its items. Without ``stages``, rows told only as
    denied, supposed or of years before are left out.
    """
    known = tracker or load_tracker()
    asked = set(stages) or set(STAGES)
    return tuple(
        row for row in rows
        if row.stage in asked
        and (not donors or set(donors) & set(row.donors))
        and (not recipients or set(recipients) & set(row.recipients))
        and (not items or set(items) & {*row.classes, *(k for i in row.items for k in known.chain(i))})
    )  # fmt: skip


def _is_aid(fact: Fact, tracker: Tracker) -> bool:
    if fact.type not in tracker.stages:
        return False
    return fact.type == "AID" or bool(
        _declared(fact, tracker) or set(fact.cues) & set(tracker.cues)
    )


def _row(fact: Fact, roles: Roles, words: Words, tracker: Tracker) -> AidRow:
    stages = [(_stage(r, words, tracker), r) for r in fact.readings]
    items = _items(fact, tracker)
    classes = _classes(fact, items, tracker)
    counted, money = _figures(fact)
    when = fact.date or fact.first_told
    return AidRow(
        fact=fact.id, type=fact.type,
        donors=_sides(fact.actors, roles, when), recipients=_sides(fact.recipients, roles, when),
        items=items, classes=classes,
        general=tuple(dict.fromkeys(g for c in classes if (g := tracker.classes[c].general))),
        stage=_furthest([stage for stage, _ in stages]), when=when, reached=_reached(stages),
        quantities=counted, values=money, explanation=_explanation(fact, words),
        sources=fact.sources, unsourced=fact.unsourced,
        tellings=tuple(dict.fromkeys(_telling(r) for r in fact.readings)),
        differs=tuple(d.field for d in fact.differences),
    )  # fmt: skip


def _sides(who: Iterable[str], roles: Roles, on: DateRange | None) -> tuple[str, ...]:
    return tuple(sorted(roles.members_only(roles.sides(who, on))))


def _declared(fact: Fact, tracker: Tracker) -> list[str]:
    """Return the declared items that a fact names, as what is given or as what is counted."""
    named = (*fact.instruments, *(q.of or "" for q in fact.quantities))
    return [name for name in dict.fromkeys(named) if name in tracker.items]


def _items(fact: Fact, tracker: Tracker) -> tuple[str, ...]:
    """Return what is given, as closely as it is told: a Leopard 2 is not listed as a tank too."""
    named = _declared(fact, tracker)
    if not named:
        # what a person wrote stands, whether or not it is declared
        by_hand = (r.act.instruments for r in fact.readings if r.origin == "person")
        return tuple(sorted({name for names in by_hand for name in names}))
    kinds = {kind for name in named for kind in tracker.chain(name)[1:]}
    return tuple(sorted(name for name in named if name not in kinds))


def _classes(fact: Fact, items: Sequence[str], tracker: Tracker) -> tuple[str, ...]:
    found = {tracker.items[i].class_ for i in items if i in tracker.items}
    if not found and "training" in fact.cues:
        found = {"training"}
    return tuple(c for c in tracker.classes if c in (found or {"unspecified"}))


def _stage(reading: Reading, words: Words, tracker: Tracker) -> RowStage:
    act = reading.act
    for aux, stage in zip(("negation", "hypothetical", "historical"), LEFT_OUT, strict=True):
        if aux in act.aux:
            return stage
    declared = tracker.stages[act.type]
    later = reading.date is not None and reading.published is not None
    ahead = later and reading.date.start > reading.published.end  # type: ignore[union-attr]
    found = declared.future if "future" in act.aux or ahead else declared.done
    spans = [act.trigger, *(m.span for m in act.aux_by if m.aux == "future" and m.by == "word")]
    if act.type == "AID" and any(_decided(words(act.source, s), tracker) for s in spans):
        return "committed"
    return found


def _decided(text: str, tracker: Tracker) -> bool:
    beginnings = (b for language in tracker.decided.values() for b in language)
    plain = text.casefold().replace("’", "'")
    return any(re.search(rf"(?<!\w){re.escape(b)}", plain) for b in beginnings)


def _furthest(stages: Collection[RowStage]) -> RowStage:
    order: tuple[RowStage, ...] = (*reversed(STAGES), *LEFT_OUT)
    return min(stages, key=order.index)


def _reached(stages: Iterable[tuple[RowStage, Reading]]) -> dict[str, Reached]:
    by_stage: dict[str, list[Reading]] = defaultdict(list)
    for stage, reading in stages:
        by_stage[stage].append(reading)
    return {
        stage: Reached(
            date=hull(r.date for r in readings if r.date is not None),
            told=hull(r.published for r in readings if r.published and not r.unsourced),
            sources=independent(readings),
            acts=tuple(r.act.id for r in readings),
        )
        for stage, readings in sorted(by_stage.items())
    }


def _figures(fact: Fact) -> tuple[tuple[Figures, ...], tuple[Figures, ...]]:
    """Return how many of each thing, and how much in each currency."""
    told: dict[tuple[str, str], list[tuple[Amount, str]]] = defaultdict(list)
    for reading in fact.readings:
        for amount in reading.act.quantities:
            told[amount.of or "", amount.unit].append((amount, reading.teller))
    every = [(unit, _spread(of, unit, told[of, unit])) for of, unit in sorted(told)]
    counted = tuple(figures for unit, figures in every if unit in ("item", "person"))
    return counted, tuple(figures for unit, figures in every if unit in _CURRENCIES)


def _spread(of: str, unit: str, told: Iterable[tuple[Amount, str]]) -> Figures:
    figures: dict[str, set[str]] = defaultdict(set)
    amounts = []
    for amount, teller in told:
        figures[figure(amount)].add(teller)
        amounts.append(amount)
    return Figures(
        of=of or None, unit=unit,
        low=min(a.value for a in amounts), high=max(a.max or a.value for a in amounts),
        open=any(a.at_least for a in amounts),
        told={text: tuple(sorted(figures[text])) for text in sorted(figures)},
    )  # fmt: skip


def _explanation(fact: Fact, words: Words) -> str:
    """Return the words of the first telling, on one line."""
    first = fact.readings[0]
    text = " ".join(words(first.citation.source, first.citation.span).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _telling(reading: Reading) -> str:
    place = reading_place(reading.citation)
    if reading.by is not None:
        return f"{reading.reference or 'unsourced'} ({reading.by}, {place})"
    appeared = days_text(reading.published) or "unknown day"
    return f"{reading.teller}, {appeared} ({place})"
