"""Correcting what was read of a statement or a quantity: who said it, its words, a value and its unit.

Comes in: a field's name and its value as a person writes it. Goes out: the value in one form, and records
with it in place. A record keeps its id: it is still the same passage of the same report. Acts are
corrected by :mod:`foedus.ledger.judging.corrections`, whose forms of dates and figures these are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypeVar, get_args

import msgspec

from foedus.acts import Form, Quantity, Span, Statement
from foedus.errors import FoedusError
from foedus.ledger.judging import corrections
from foedus.ledger.typed import iso_days, plain_figure

__all__ = ["FIELDS", "amended", "checked_value", "place_of_words"]

R = TypeVar("R", Statement, Quantity)
Kind = Literal["act", "statement", "quantity"]

FIELDS: dict[str, tuple[str, ...]] = {
    "statement": ("speaker", "via", "form", "date", "words"),
    "quantity": (
        "subject", "value", "unit", "of", "place", "level", "cues", "date", "words",
    ),
}  # fmt: skip
"""What can be corrected in each kind of record; ``words`` are those of the report that it is about."""

_SLUG = re.compile(r"[^\W_][\w.-]{0,99}")
_LISTS = ("via", "cues")
_MOST = 10_000
_FORMS = {
    "value": "120, ~120, ≥1000, 4000-7000, or nothing",
    "date": "2022-02-24, 2022-02, 2022, 2022-02-18/2022-02-24, or nothing",
    "form": "one of " + ", ".join(get_args(Form)),
    "via": "ids with commas between, or nothing",
    "cues": "ids with commas between, or nothing",
    "words": "the words as they stand in the report",
}


def checked_value(kind: str, field: str, value: str) -> str:
    """Return ``value`` in the one form in which the ledger keeps it for a field of that kind of record.

    Raises:
        FoedusError: there is no such field, or it cannot have such a value.
    """
    if kind not in FIELDS:
        return corrections.checked_value(field, value)
    if field not in FIELDS[kind]:
        raise FoedusError(
            f"{field!r} of a {kind} cannot be corrected", where="judge correct",
            remedy=f"one of: {', '.join(FIELDS[kind])}",
        )  # fmt: skip
    try:
        return _canonical(field, value.strip())
    except (ValueError, OverflowError):
        form = _FORMS.get(field, "an id of the codebook, or nothing")
        raise corrections.not_a(field, value, form) from None


def _canonical(field: str, value: str) -> str:
    if field in _LISTS or field == "date":
        return corrections.checked_value("cues" if field in _LISTS else "date", value)
    if field == "value":
        return corrections.checked_value("quantity::item", value)
    if field == "form":
        if value not in get_args(Form):
            raise ValueError
    elif field == "words":
        if not 0 < len(value) <= _MOST:
            raise ValueError
    elif value and not _SLUG.fullmatch(value):
        raise ValueError
    return value


def place_of_words(words: str, text: str, near: int) -> Span | None:
    """Return where words stand in a text, nearest to a place; None where they do not."""
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    found = [match.span() for match in pattern.finditer(text)]
    return min(found, key=lambda span: (abs(span[0] - near), span), default=None)


def amended(record: R, values: Mapping[str, str], text: str | None) -> R:
    """Return ``record`` with every field of ``values`` (as :func:`checked_value` gave them) in place.

    Words that no longer stand in the report's text leave the passage as it was read.
    """
    changes: dict[str, Any] = {}
    for field, value in values.items():
        if field in _LISTS:
            changes[field] = tuple(value.split(",")) if value else ()
        elif field == "date":
            changes |= {"date": iso_days(value) if value else None, "when": None}
        elif field == "value":
            none = {"value": None, "max": None, "approx": False, "at_least": False}
            changes |= plain_figure(value)._asdict() if value else none
        elif field == "words":
            span = None if text is None else place_of_words(value, text, record.span[0])
            if span is not None:
                changes["span"] = span
        else:
            changes[field] = value or None
    return msgspec.structs.replace(record, **changes)
