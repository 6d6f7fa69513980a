"""The shapes of an explanation: plain values that JSON, terminal and page all show. No markup here."""

from __future__ import annotations

from typing import Literal

import msgspec

from foedus.acts import Record, Span
from foedus.coding.grounds import Ground

__all__ = ["Coded", "Explanation", "Field", "Part", "PartKind"]

PartKind = Literal["sentence", "furniture", "outside"]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a record tells, in words.

    ``words`` are the words of the report that show it; ``how`` says what about them did; ``records``
    are the ids of other records meant.
    """

    name: str
    label: str
    value: str
    words: str = ""
    span: Span | None = None
    how: str = ""
    grounds: tuple[Ground, ...] = ()
    records: tuple[str, ...] = ()


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A record: what it is, what it tells, and the rule that made it (``how`` in words)."""

    id: str
    kind: Literal["statement", "act", "quantity"]
    title: str
    span: Span
    words: str
    how: str
    grounds: tuple[Ground, ...]
    fields: tuple[Field, ...]
    record: Record


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the report in its place: a sentence of the article, or what is not the article.

    ``label`` says what kind of furniture it is and ``ground`` why; ``notes`` are the reservations that
    lie here.
    """

    kind: PartKind
    span: Span
    text: str
    label: str = ""
    ground: Ground | None = None
    notes: tuple[str, ...] = ()
    records: tuple[Coded, ...] = ()


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its records, in the order of its text.

    ``notes`` are the reservations that lie nowhere in particular; ``coded`` is false where there is no
    wording for the report's language.
    """

    report: str
    hash: str
    language: str
    title: str
    published: str
    coded: bool
    counts: tuple[str, ...]
    notes: tuple[str, ...]
    parts: tuple[Part, ...]
