"""What may be asked of stocks, and the answer in each draw.

Comes in: the entries of ``ask:``, then columns of all draws. Goes out: answers, one number a draw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from foedus.scenario.model import Columns
from foedus.scenario.reading import Reading

if TYPE_CHECKING:
    from foedus.scenario.sustainment.model import Stock

__all__ = ["Asked", "answer", "read_asked"]

Kind = Literal["floor", "outrun", "stock", "unmet", "delivered"]


class _Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    member: str
    kind: str = msgspec.field(name="class")
    on: date | None = None


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of these: of which stock, or of which donations it is asked."""

    floor: _Place | None = None
    outrun: _Place | None = None
    stock: _Place | None = None
    unmet: _Place | None = None
    delivered: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Asked:
    """A question: ``places`` are stocks, or for ``delivered`` donations; ``day`` is of a stock."""

    name: str
    kind: Kind
    places: tuple[int, ...]
    unit: str
    day: int = 0


def read_asked(
    asked: Mapping[str, Any], reading: Reading, stocks: Sequence[Stock], gifts: Mapping[str, str]
) -> tuple[Asked, ...]:
    """Return the questions. ``gifts`` are the units of the donations, by name.

    Raises:
        FoedusError: one asks for nothing, for two things, or for what is not declared.
    """
    return tuple(_one(name, raw, reading, stocks, gifts) for name, raw in asked.items())


def _one(
    name: str, raw: Any, reading: Reading, stocks: Sequence[Stock], gifts: Mapping[str, str]
) -> Asked:
    place = replace(reading, under=("ask", name, "sustainment"))
    entry = place.convert(raw, _Entry)
    kinds: list[Kind] = [k for k in _KINDS if getattr(entry, k) is not None]
    if len(kinds) != 1:
        raise place.error(f"asks for {len(kinds)} things", remedy=f"one of: {', '.join(_KINDS)}")
    kind = kinds[0]
    if entry.delivered is not None:
        return Asked(name, kind, *_gifts(entry.delivered, place, gifts))
    return _of_stock(name, kind, getattr(entry, kind), place, stocks)


_KINDS: tuple[Kind, ...] = ("floor", "outrun", "stock", "unmet", "delivered")


def _gifts(
    names: tuple[str, ...], place: Reading, gifts: Mapping[str, str]
) -> tuple[tuple[int, ...], str]:
    for at, name in enumerate(names):
        if name not in gifts:
            raise place.error(
                f"there is no donation {name!r}", "delivered", at,
                remedy=f"one of: {', '.join(gifts) or 'none is declared'}",
            )  # fmt: skip
    if not names:
        raise place.error("names no donation", "delivered", remedy="name one")
    units = {gifts[name] for name in names}
    if len(units) > 1:
        raise place.error(
            "adds up things of several units", "delivered", remedy="ask for one class at a time"
        )
    return tuple(list(gifts).index(name) for name in names), units.pop()


def _of_stock(
    name: str, kind: Kind, told: _Place, place: Reading, stocks: Sequence[Stock]
) -> Asked:
    found = [i for i, s in enumerate(stocks) if (s.member, s.kind) == (told.member, told.kind)]
    if not found:
        raise place.error(
            f"{told.member} has no stock of {told.kind}", kind, remedy="add it under stocks:"
        )
    day = place.days - 1 if told.on is None else (told.on - place.start).days
    if not 0 <= day < place.days:
        raise place.error(f"{told.on} is outside the run", kind, "on", remedy="give a day in it")
    unit = "day" if kind in ("floor", "outrun") else stocks[found[0]].unit
    return Asked(name, kind, tuple(found), unit, day)


def answer(asked: Asked, columns: Columns, days: Sequence[int]) -> NDArray[np.float64]:
    """Return the answer in each draw; ``days`` are those whose evenings ``columns['stock']`` has."""
    at = asked.places[0]
    if asked.kind == "delivered":
        values = columns["in_time"][:, list(asked.places)].sum(axis=1)
    elif asked.kind == "stock":
        values = columns["stock"][:, list(days).index(asked.day), at]
    else:
        names = {"floor": "floor_day", "outrun": "outrun_day", "unmet": "unmet"}
        values = columns[names[asked.kind]][:, at]
    return np.asarray(values, np.float64)
