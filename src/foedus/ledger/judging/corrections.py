"""Correcting what was read of an act: its type, mode, roles, date and figures.

Comes in: a field's name and its value as a person writes it. Goes out: the value in one form, and
acts with it in place. The act keeps its id: it is still the same passage of the same report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from foedus.acts import AUX_MODES, Act, Amount, DateRange, EventType
from foedus.errors import FoedusError
from foedus.ledger.consolidate import figure
from foedus.ledger.records import Reading
from foedus.ledger.typed import iso_days, plain_figure

__all__ = ["FIELDS", "checked_value", "corrected", "corrected_reading", "not_a"]

_LISTS = ("actors", "recipients", "places", "instruments", "cues", "aux")
FIELDS = ("type", "mode", "date", *_LISTS, "quantity:WHAT:UNIT")
"""What can be corrected; a figure is named by what is counted and in which unit, as differences are."""

_SLUG = re.compile(r"[^\W_][\w.-]{0,99}")
_FORMS = {
    "type": "one of " + ", ".join(get_args(EventType)),
    "mode": "a mode of the codebook, or nothing",
    "date": "2022-02-24, 2022-02, 2022, 2022-02-18/2022-02-24, or nothing",
    "quantity": "120, ~120, ≥1000, 4000-7000, or nothing",
    "aux": "some of " + ", ".join(AUX_MODES) + ", with commas between, or nothing",
}


def checked_value(field: str, value: str) -> str:
    """Return ``value`` in the one form in which the ledger keeps it for ``field``.

    Raises:
        FoedusError: there is no such field, or it cannot have such a value.
    """
    kind = field.split(":")[0]
    known = field in FIELDS[:-1] or re.fullmatch(r"quantity:[\w.-]{0,100}:[\w.-]{1,100}", field)
    if not known:
        raise FoedusError(
            f"{field!r} cannot be corrected", where="judge correct",
            remedy=f"one of: {', '.join(FIELDS)}",
        )  # fmt: skip
    value = value.strip()
    try:
        return _canonical(kind, value)
    except (ValueError, OverflowError):
        form = _FORMS.get(kind, "ids of the codebook with commas between, or nothing")
        raise not_a(kind, value, form) from None


def not_a(field: str, value: str, form: str) -> FoedusError:
    """Return the error that a value is not what a field holds; ``form`` is what to write."""
    return FoedusError(f"{value!r} is no {field}", where="judge correct", remedy=f"write {form}")


def _canonical(kind: str, value: str) -> str:
    if kind in _LISTS:
        names = sorted({n for part in value.split(",") if (n := part.strip())})
        wrong = [
            n for n in names if not _SLUG.fullmatch(n) or (kind == "aux" and n not in AUX_MODES)
        ]
        if wrong:
            raise ValueError
        return ",".join(names)
    if kind == "type":
        if value not in get_args(EventType):
            raise ValueError
    elif value == "":
        return value
    elif kind == "mode":
        if not _SLUG.fullmatch(value):
            raise ValueError
    elif kind == "date":
        return _date_text(iso_days(value))
    else:
        return figure(_amount(value, None, ""))
    return value


def _date_text(found: DateRange) -> str:
    length = {"day": 10, "month": 7, "year": 4}.get(found.precision)
    return found.start.isoformat()[:length] if length else f"{found.start}/{found.end}"


def _amount(text: str, of: str | None, unit: str) -> Amount:
    figure_ = plain_figure(text)
    return Amount(unit=unit, of=of, span=(0, 0), **figure_._asdict())


def corrected(act: Act, values: Mapping[str, str]) -> Act:
    """Return ``act`` with every field of ``values`` (as :func:`checked_value` gave them) in place.

    A figure takes the place of those of the same thing in the same unit, and points at the act's
    own passage.
    """
    changes: dict[str, Any] = {}
    amounts = list(act.quantities)
    for field in sorted(values):
        text = values[field]
        if field in _LISTS:
            names = tuple(text.split(",")) if text else ()
            ordered = tuple(sorted(names, key=AUX_MODES.index)) if field == "aux" else names
            changes[field] = ordered
        elif field == "date":
            changes |= {"date": iso_days(text) if text else None, "when": None}
        elif field in ("type", "mode"):
            changes[field] = text or None
        else:
            _, of, unit = field.split(":")
            amounts = [q for q in amounts if (q.of or "", q.unit) != (of, unit)]
            if text:
                amount = _amount(text, of or None, unit)
                amounts.append(msgspec.structs.replace(amount, span=act.span))
            changes["quantities"] = tuple(amounts)
    return msgspec.structs.replace(act, **changes)


def corrected_reading(reading: Reading, values: Mapping[str, str]) -> Reading:
    """Return a reading with the values that persons corrected it to, by field."""
    if not values:
        return reading
    act = corrected(reading.act, values)
    when = act.date if "date" in values else reading.date
    return msgspec.structs.replace(reading, act=act, date=when, corrected=tuple(sorted(values)))
