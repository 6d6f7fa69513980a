"""Rows of aid as tables: the list of pledges, and weapons by donor.

Comes in: rows. Goes out: tables for the terminal, CSV and spreadsheets. No cell is a sum, but for one: the
total of a weapon, and that only where each donor has one figure and no two of the rows can be of one
pledge; it is then the range from all lowest to all highest figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from foedus.acts import DateRange
from foedus.ledger.aid.rows import STAGES, AidRow, Figures, Reached
from foedus.ledger.cells import Value
from foedus.ledger.consolidate import number
from foedus.ledger.out.tables import Column, Row, Table, columns_of
from foedus.ledger.tracker import Layout, Stage, Tracker, load_tracker
from foedus.world import World

__all__ = ["figures_text", "pledges_table", "told_text", "weapons_table"]

_STAGE_COLUMNS = " ".join(f"{s}_from:day {s}_to:day {s}_told:day {s}_sources:int" for s in STAGES)
_SHAPE = (
    "fact donor:list donor_name:list recipient:list recipient_name:list announcement_date:day "
    "announcement_date_to:day aid_type_general:list aid_type_specific:list explanation item:list stage "
    "item_number_low:real item_number_high:real item_number_told reporting_currency value_low:real "
    f"value_high:real value_told {_STAGE_COLUMNS} sources:int unsourced:int told_by:list differs:list "
    "overlaps:list"
)


def pledges_table(rows: Iterable[AidRow], world: World) -> Table:
    """Return a row for each fact. Low and high are empty where it gives figures of several things."""
    return Table("pledges", columns_of(_SHAPE), [_pledge(row, world) for row in rows])


def _pledge(row: AidRow, world: World) -> Row:
    money = row.values[0].unit if len({v.unit for v in row.values}) == 1 else None
    return (
        row.fact, row.donors, _names(row.donors, world), row.recipients,
        _names(row.recipients, world), *_ends(row.when), row.general, row.classes, row.explanation,
        row.items, row.stage, *_one(row.quantities), figures_text(row.quantities) or None, money,
        *_one(row.values), figures_text(row.values) or None,
        *(cell for stage in STAGES for cell in _reached(row.reached.get(stage))),
        row.sources, row.unsourced, row.tellings, row.differs, row.overlaps,
    )  # fmt: skip


def _names(ids: Iterable[str], world: World) -> tuple[str, ...]:
    return tuple(world.name(i, "en") for i in ids)


def _ends(days: DateRange | None) -> tuple[Value, Value]:
    return (None, None) if days is None else (days.start, days.end)


def _one(figures: Sequence[Figures]) -> tuple[Value, Value]:
    """Return the lowest and highest of one thing; two things are not added up."""
    if len(figures) != 1:
        return (None, None)
    return (figures[0].low, None if figures[0].open else figures[0].high)


def _reached(stage: Reached | None) -> tuple[Value, ...]:
    if stage is None:
        return (None, None, None, None)
    return (*_ends(stage.date), stage.told.start if stage.told else None, stage.sources)


def spread_text(figures: Figures) -> str:
    """Return « 20-120 » or « ≥1000 »: the lowest to the highest figure told."""
    low, high = number(figures.low), number(figures.high)
    if figures.open:
        return f"≥{low}"
    return low if low == high else f"{low}-{high}"


def figures_text(figures: Iterable[Figures]) -> str:
    """Return each thing's figures with what they are of: « 20-120 tanks; 500 stinger »."""
    return "; ".join(
        " ".join(part for part in (told_text(f), f.unit if f.unit != "item" else "", f.of or "") if part)
        for f in figures
    )  # fmt: skip


def told_text(figures: Figures) -> str:
    """Return the figure told, or each with who tells it: « 20 (tass) | 120 (le-monde) »."""
    if len(figures.told) == 1:
        return next(iter(figures.told))
    return " | ".join(f"{text} ({', '.join(who)})" for text, who in figures.told.items())


def weapons_table(
    rows: Iterable[AidRow], stage: Stage, world: World, tracker: Tracker | None = None
) -> Table:
    """Return heavy weapons by donor, in the column order of the Ukraine Support Tracker's tables.

    ``stage``: ``committed`` (what was delivered was committed too) or ``delivered``. A cell has the
    figures of the donor's rows side by side. What several donors give together stands under « Not
    included ». Donors that the tracker has no column for follow its own.
    """
    known = tracker or load_tracker()
    reached = STAGES[STAGES.index(stage) :]
    chosen = [
        (row, item, figures)
        for row in rows if row.stage in reached
        for item, figures in _weapons(row, known)
    ]  # fmt: skip
    layout = known.kiel
    more = {d for row, _, _ in chosen for d in _columns_for(row, layout)}
    others = sorted(more - set(layout.donors.values()))
    names = {**{d: n for n, d in layout.donors.items()}, **{d: world.name(d, "en") for d in others}}
    heads = ("Item", *layout.columns, *names.values())
    by_item: dict[str, list[tuple[AidRow, Figures | None]]] = defaultdict(list)
    for row, item, figures in chosen:
        by_item[item].append((row, figures))
    order = {item: at for at, item in enumerate(known.items)}
    ordered = sorted(by_item, key=lambda i: (order.get(i, len(order)), i))
    lines = [_weapon(i, by_item[i], tuple(names), known) for i in ordered]
    return Table(stage, tuple(Column(head) for head in heads), lines)


def _weapons(row: AidRow, tracker: Tracker) -> Iterable[tuple[str, Figures | None]]:
    """Give each heavy weapon of a row with the figures that are of it: those of its kind, if no other."""
    heavy = [i for i in row.items if i in tracker.items
             and tracker.items[i].class_ == "heavy-weapons"]  # fmt: skip
    for item in heavy:
        of = [f for f in row.quantities if f.unit == "item"]
        own = [f for f in of if f.of == item]
        kind = [f for f in of if f.of is None or f.of in tracker.chain(item)]
        fitting = own or (kind if len(heavy) == 1 else [])
        yield item, fitting[0] if len(fitting) == 1 else None


def _columns_for(row: AidRow, layout: Layout) -> tuple[str, ...]:
    """Return the donor's column; none where several give together, or nobody is named."""
    donors = {layout.under.get(d, d) for d in row.donors}
    return tuple(donors) if len(donors) == 1 else ()


def _weapon(
    item: str, told: Sequence[tuple[AidRow, Figures | None]], donors: Sequence[str],
    tracker: Tracker,
) -> Row:  # fmt: skip
    layout = tracker.kiel
    cells: dict[str, list[Figures | None]] = defaultdict(list)
    apart: list[str] = []
    for row, figures in told:
        text = spread_text(figures) if figures is not None else "?"
        columns = _columns_for(row, layout)
        if columns:
            cells[columns[0]].append(figures)
        else:
            apart.append(f"{text} ({', '.join(row.donors) or 'donor not told'})")
    kind = tracker.items[item].kind or (tracker.classes[tracker.items[item].class_].en, None)
    total = None if apart else _total(told, cells)
    return (
        item,
        total,
        *kind,
        "; ".join(apart) or None,
        *(_cell(cells.get(d, ())) for d in donors),
    )


def _cell(figures: Sequence[Figures | None]) -> Value:
    """Return one figure as a number where it is one; else the texts side by side, never their sum."""
    if len(figures) == 1 and (only := figures[0]) is not None:
        return only.low if only.low == only.high and not only.open else spread_text(only)
    return "; ".join("?" if f is None else spread_text(f) for f in figures) or None


def _total(
    told: Sequence[tuple[AidRow, Figures | None]], cells: dict[str, list[Figures | None]]
) -> Value:
    """Return the total, as a range if it is one; None where anything could be counted twice."""
    facts = {row.fact for row, _ in told}
    figures = [f for _, f in told if f is not None]
    unsure = any(len(own) > 1 for own in cells.values()) or len(figures) < len(told)
    if unsure or any(facts & set(row.overlaps) for row, _ in told) or any(f.open for f in figures):
        return None
    low, high = sum(f.low for f in figures), sum(f.high for f in figures)
    return low if low == high else f"{number(low)}-{number(high)}"
