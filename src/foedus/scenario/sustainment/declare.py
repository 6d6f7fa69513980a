"""The section ``sustainment``: records, checks, and the model they make.

Comes in: the section as the file has it (``docs/reference/scenario-sustainment.md``). Goes out: a
:class:`~foedus.scenario.sustainment.model.Sustainment`, or an error that names file and line: a stock
below 0, a member or class that is not declared, units that do not fit, a share over 1, a ramp that
ends before it starts, a donation to nobody or outside the run.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from foedus.errors import FoedusError
from foedus.scenario.assumptions import Reference, Value
from foedus.scenario.model import Model, Text
from foedus.scenario.reading import Reading, Written
from foedus.scenario.sustainment.asked import read_asked
from foedus.scenario.sustainment.model import Gift, Order, Repair, Stock, Sustainment, Use

__all__ = ["MOST", "read"]

Day = date
"""Under a name that a field called ``date`` does not hide."""
MOST = 1e9
"""The most items that one figure may be: beyond it whole numbers could overflow."""
_NONE = Value(constant=0.0)
_THERE = dict.fromkeys(("after", "over", "delay", "lost"), _NONE) | {"share": Value(constant=1.0)}
"""The course of what was delivered on its day."""


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the section: a misspelt key is an error."""


class _Member(_Entry, frozen=True, kw_only=True):
    title: Text = ""
    actors: tuple[str, ...] = ()
    """Who stands for it in the ledger; without any, the member's own key."""


class _Class(_Entry, frozen=True, kw_only=True):
    unit: str
    title: Text = ""
    items: tuple[str, ...] = ()
    """Items of the aid tracker that are of this class."""


class _Ramp(_Entry, frozen=True, kw_only=True):
    start: Any
    """A date, or days from the start of the run as a quantity."""
    rate: Written
    length: Written | None = None
    end: Day | None = None


class _Production(_Entry, frozen=True, kw_only=True):
    rate: Written
    ramp: _Ramp | None = None


class _Order(_Entry, frozen=True, kw_only=True):
    placed: Day
    size: Written
    lead: Written = "0 days"
    over: Written = "1 day"


class _Repair(_Entry, frozen=True, kw_only=True):
    share: Written
    delay: Written


class _Change(_Entry, frozen=True, kw_only=True):
    on: Day
    rate: Written


class _Use(_Entry, frozen=True, kw_only=True):
    rate: Written
    changes: tuple[_Change, ...] = ()
    varying: Written = 0
    spell: Written = "30 days"


class _Stock(_Entry, frozen=True, kw_only=True):
    member: str
    kind: str = msgspec.field(name="class")
    stock: Written
    floor: Written | None = None
    lasts: Written = "30 days"
    production: _Production | None = None
    orders: tuple[_Order, ...] = ()
    repair: _Repair | None = None
    use: _Use | None = None


class _Donation(_Entry, frozen=True, kw_only=True):
    giver: str = msgspec.field(name="from")
    receiver: str = msgspec.field(name="to")
    kind: str = msgspec.field(name="class")
    promised: Day
    quantity: Written
    share: Written = 1
    after: Written = "0 days"
    over: Written = "1 day"
    delay: Written = "1 day"
    lost: Written = 0
    due: Day | None = None
    below_floor: bool = False
    title: Text = ""
    facts: tuple[str, ...] = ()
    reference: Reference | None = None


class _Aid(_Entry, frozen=True, kw_only=True):
    """How what the ledger tells of aid is carried out."""

    share: Written = 1
    after: Written = "0 days"
    over: Written = "1 day"
    delay: Written = "1 day"
    lost: Written = 0


class _Section(_Entry, frozen=True, kw_only=True):
    members: dict[str, _Member]
    classes: dict[str, _Class]
    stocks: tuple[_Stock, ...]
    donations: dict[str, _Donation] = {}
    aid: _Aid | None = msgspec.field(name="from_ledger", default=None)
    every: int = 1


def read(raw: Any, asked: Mapping[str, Any], reading: Reading) -> Model:
    """Return the model of the section.

    Args:
        raw: the section as the file has it, in plain values.
        asked: what ``ask:`` wants of it, by name.
        reading: units, assumptions, dates and errors with their line.

    Raises:
        FoedusError: something in it is wrong; file and line are named.
    """
    section = reading.convert(raw, _Section)
    if section.every < 1:
        raise reading.error(f"every {section.every} days", "every", remedy="give 1 or more")
    _classes(section, reading)
    stocks = tuple(_stock(section, reading, at) for at in range(len(section.stocks)))
    if not stocks:
        raise reading.error("no stock is declared", "stocks", remedy="add one")
    places = _places(stocks, reading)
    gifts = [_gift(section, reading, name, places) for name in section.donations]
    told, notes = _told(section, reading, stocks, places)
    gifts += told
    asks = read_asked(asked, reading, stocks, {g.name: stocks[g.giver].unit for g in gifts})
    return Sustainment(
        days=reading.days, every=section.every, stocks=stocks, gifts=tuple(gifts), asks=asks,
        notes=notes,
    )  # fmt: skip


def _classes(section: _Section, reading: Reading) -> None:
    for name, kind in section.classes.items():
        try:
            reading.units.unit(kind.unit)
        except FoedusError as error:
            raise reading.error(error.what, "classes", name, "unit", remedy=error.remedy) from error


def _places(stocks: tuple[Stock, ...], reading: Reading) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for at, stock in enumerate(stocks):
        if (stock.member, stock.kind) in found:
            raise reading.error(
                f"the stock of {stock.kind} of {stock.member} stands twice", "stocks", at,
                remedy="remove one",
            )  # fmt: skip
        found[stock.member, stock.kind] = at
    return found


def _known(
    section: _Section, reading: Reading, member: str, kind: str, *keys: str | int,
    key: str = "member",
) -> str:  # fmt: skip
    """Return the unit of the class, once member and class are known."""
    for name, wanted, declared, where in (
        ("member", member, section.members, key),
        ("class", kind, section.classes, "class"),
    ):
        if wanted not in declared:
            raise reading.error(
                f"there is no {name} {wanted!r}", *keys, where,
                remedy=f"declare it, or use one of: {', '.join(declared) or 'none is declared'}",
            )  # fmt: skip
    return reading.units.unit(section.classes[kind].unit)


def _stock(section: _Section, reading: Reading, at: int) -> Stock:
    told, keys = section.stocks[at], ("stocks", at)
    unit = _known(section, reading, told.member, told.kind, *keys)
    member, kind = section.members[told.member], section.classes[told.kind]
    floor = (
        _NONE if told.floor is None else _count(told.floor, reading, unit, *keys, "floor")
    )  # fmt: skip
    rate, ramp = _production(told.production, reading, unit, *keys, "production")
    return Stock(
        member=told.member, kind=told.kind, unit=unit, member_title=member.title or told.member,
        kind_title=kind.title or told.kind,
        opening=_count(told.stock, reading, unit, *keys, "stock"), floor=floor,
        lasts=reading.value(told.lasts, "day", *keys, "lasts", least=0), rate=rate,
        ramp_from=ramp[0], ramp_length=ramp[1], final=ramp[2],
        orders=tuple(
            _order(o, reading, unit, *keys, "orders", i) for i, o in enumerate(told.orders)
        ),
        repair=_repair(told.repair, reading, *keys, "repair"),
        use=_use(told.use, reading, unit, *keys, "use"),
    )  # fmt: skip


def _count(written: Written, reading: Reading, unit: str, *keys: str | int) -> Value:
    """Return items: none, or some. A lognormal has no greatest value and is cut off when drawn."""
    value = reading.value(written, unit, *keys, least=0)
    if MOST < value.greatest < float("inf"):
        raise reading.error(f"{written!r} is over {MOST:g}", *keys, remedy="check its unit")
    return value


def _production(
    told: _Production | None, reading: Reading, unit: str, *keys: str | int
) -> tuple[Value, tuple[Value, Value, Value]]:
    if told is None:
        return _NONE, (_NONE, _NONE, _NONE)
    rate = _count(told.rate, reading, f"{unit}/day", *keys, "rate")
    if told.ramp is None:
        return rate, (_NONE, _NONE, rate)
    ramp, under = told.ramp, (*keys, "ramp")
    start = reading.day(ramp.start, *under, "start")
    if (ramp.length is None) == (ramp.end is None):
        raise reading.error(
            "a ramp has an end or a length", *under, remedy="give end: a date, or length: in days"
        )
    if ramp.length is not None:
        length = reading.value(ramp.length, "day", *under, "length", least=0)
    else:
        assert ramp.end is not None
        end = float((ramp.end - reading.start).days)
        if start.assumption is not None:
            raise reading.error(
                "an end needs a start that is a date", *under, "end", remedy="give length:"
            )
        if end < start.constant:
            raise reading.error(
                "the ramp ends before it starts", *under, "end", remedy="give a later end"
            )
        length = Value(constant=end - start.constant)
    return rate, (start, length, _count(ramp.rate, reading, f"{unit}/day", *under, "rate"))


def _order(told: _Order, reading: Reading, unit: str, *keys: str | int) -> Order:
    return Order(
        placed=reading.day(told.placed, *keys, "placed"),
        size=_count(told.size, reading, unit, *keys, "size"),
        lead=reading.value(told.lead, "day", *keys, "lead", least=0),
        over=reading.value(told.over, "day", *keys, "over", least=0),
    )


def _repair(told: _Repair | None, reading: Reading, *keys: str | int) -> Repair | None:
    if told is None:
        return None
    return Repair(
        share=reading.probability(told.share, *keys, "share"),
        delay=reading.value(told.delay, "day", *keys, "delay", least=0),
    )


def _use(told: _Use | None, reading: Reading, unit: str, *keys: str | int) -> Use | None:
    if told is None:
        return None
    rates = [(0, _count(told.rate, reading, f"{unit}/day", *keys, "rate"))]
    for at, change in enumerate(told.changes):
        day = (change.on - reading.start).days
        if not rates[-1][0] < day < reading.days:
            raise reading.error(
                f"use changes on {change.on}, which is not in order or outside the run", *keys,
                "changes", at, remedy="put the changes in the order of their days",
            )  # fmt: skip
        rates.append((day, _count(change.rate, reading, f"{unit}/day", *keys, "changes", at)))
    spell = reading.number(told.spell, "day", *keys, "spell", least=1)
    return Use(
        rates=tuple(rates), spell=int(spell),
        varying=reading.probability(told.varying, *keys, "varying"),
    )  # fmt: skip


def _gift(
    section: _Section, reading: Reading, name: str, places: dict[tuple[str, str], int]
) -> Gift:
    told, keys = section.donations[name], ("donations", name)
    unit = _known(section, reading, told.giver, told.kind, *keys, key="from")
    _known(section, reading, told.receiver, told.kind, *keys, key="to")
    if told.giver == told.receiver:
        raise reading.error(
            f"{told.giver} gives to itself", *keys, "to", remedy="name who receives it"
        )
    for key, member in (("from", told.giver), ("to", told.receiver)):
        if (member, told.kind) not in places:
            raise reading.error(
                f"{member} has no stock of {told.kind}", *keys, key,
                remedy="add it under stocks: (it may be 0)",
            )  # fmt: skip
    day = (told.promised - reading.start).days
    if not 0 <= day < reading.days:
        raise reading.error(
            f"is promised on {told.promised}, outside the run", *keys, "promised",
            remedy="put what was given before into the stock at the start",
        )  # fmt: skip
    due = reading.days if told.due is None else (told.due - reading.start).days
    if due < day:
        raise reading.error("is due before it is promised", *keys, "due", remedy="check the days")
    return Gift(
        name=name, title=told.title or name, giver=places[told.giver, told.kind],
        receiver=places[told.receiver, told.kind], promised=Value(constant=float(day)),
        quantity=_count(told.quantity, reading, unit, *keys, "quantity"),
        due=due, below_floor=told.below_floor, facts=told.facts, **_course(told, reading, *keys),
    )  # fmt: skip


def _course(told: _Donation | _Aid, reading: Reading, *keys: str | int) -> dict[str, Value]:
    days = ("after", "over", "delay")
    found = {k: reading.value(getattr(told, k), "day", *keys, k, least=0) for k in days}
    shares = {k: reading.probability(getattr(told, k), *keys, k) for k in ("share", "lost")}
    return found | shares


def _told(
    section: _Section, reading: Reading, stocks: tuple[Stock, ...],
    places: dict[tuple[str, str], int],
) -> tuple[list[Gift], tuple[Text, ...]]:  # fmt: skip
    """Return what the ledger tells of aid as gifts, and what of it had to be left out."""
    if section.aid is None:
        return [], ()
    if reading.state is None or not reading.state.ledger:
        raise reading.error(
            "the scenario has no ledger", "from_ledger", remedy="name one under from:"
        )
    from foedus.scenario.sustainment.from_ledger import (  # with it comes the ledger
        Kinds,
        is_item,
        once,
        pledges,
    )

    course = _course(section.aid, reading, "from_ledger")
    given = {fact for d in section.donations.values() for fact in d.facts}
    kinds = Kinds(
        members=once(
            {k: m.actors or (k,) for k, m in section.members.items()}, reading, "members", "actors"
        ),
        items=once({k: c.items for k, c in section.classes.items()}, reading, "classes", "items"),
        units={stock.kind: stock.unit for stock in stocks},
        given=given,
    )
    for item, kind in kinds.items.items():
        if not is_item(item):
            raise reading.error(
                f"the aid tracker knows no item {item!r}", "classes", kind, "items",
                remedy="write it as the column « what » of foedus ledger aid does",
            )  # fmt: skip
    found, notes = pledges(reading.state.aid, kinds, reading.start, reading.days)
    gifts = []
    for told in found:
        ends = (told.giver, told.kind), (told.receiver, told.kind)
        if ends[0] not in places or ends[1] not in places:
            notes.append(told.left_out)
            continue
        if (known := told.quantity.assumption) is not None:
            reading.told[known.name] = known
        gifts.append(
            Gift(
                name=told.name, title=told.name, giver=places[ends[0]], receiver=places[ends[1]],
                promised=Value(constant=float(told.day)), quantity=told.quantity, due=reading.days,
                below_floor=False, facts=told.facts, **(_THERE if told.delivered else course),
            )
        )  # fmt: skip
    return gifts, tuple(notes)
