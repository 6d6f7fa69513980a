"""What reading a report gives: its text as received, what of it is the article, and its dates."""

from __future__ import annotations

from typing import Literal

import msgspec

from foedus.acts import DateRange, Span, TimeExpression

__all__ = [
    "Copy",
    "Credit",
    "DateEvidence",
    "Failure",
    "Furniture",
    "LeftOut",
    "NoteKind",
    "QualityNote",
    "Report",
]

CreditKind = Literal["agency", "photo", "author", "outlet", "via"]
NoteKind = Literal[
    "machine-translation", "repeated-title", "no-outlet", "no-date", "photo-credit-only",
    "one-side-wording", "state-outlet", "broken-quotes", "encoding", "byte-order-mark",
    "embedded-code", "unknown-language", "too-short",
]  # fmt: skip


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """Who a report says it has something from: the text's agency, its picture's, its author."""

    kind: CreditKind
    name: str
    span: Span


class Furniture(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of the page that is not the article. ``rule`` names the line of wording."""

    span: Span
    kind: str
    rule: str


class QualityNote(msgspec.Struct, frozen=True, kw_only=True):
    """Something a careful reader would hold against a report. ``span`` shows it, where it shows."""

    kind: NoteKind
    span: Span | None = None
    detail: str = ""


class DateEvidence(msgspec.Struct, frozen=True, kw_only=True):
    """Something that tells of the day a report appeared.

    ``kind``: ``by-hand`` (the user's file) beats ``stated`` (« Publié le 26.2.2022 »), which beats
    ``furniture`` (a copyright year) and ``mention`` (days that the story tells). ``bound`` says how
    the range bears on the day of publication.
    """

    kind: Literal["by-hand", "stated", "furniture", "mention"]
    bound: Literal["on", "not-before", "not-after"]
    range: DateRange
    span: Span | None = None
    expression: TimeExpression | None = None
    rule: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A report as received and as read.

    ``hash`` (SHA-256 of the bytes, hexadecimal) is its identity; ``label`` is a name for people.
    ``body`` are the passages that are the article, title and standfirst included, in order;
    everything else is in ``furniture``. ``title`` is the first headline; a headline repeated is
    part of ``body`` both times. ``dates`` are the ranges that the report alone allows for its own
    publication, sorted and disjoint; empty when it says nothing.
    """

    hash: str
    label: str
    path: str
    text: str
    encoding: str
    language: str
    body: tuple[Span, ...]
    title: Span | None = None
    furniture: tuple[Furniture, ...] = ()
    credits: tuple[Credit, ...] = ()
    outlet: str | None = None
    url: str | None = None
    dates: tuple[DateRange, ...] = ()
    evidence: tuple[DateEvidence, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    notes: tuple[QualityNote, ...] = ()


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read as a report: the one-line error, already fit to print."""

    path: str
    message: str


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is not about what was asked for: it was not read any further."""

    path: str
    label: str


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """Two reports (hashes ``a`` < ``b``) that share narration outside quotation marks.

    ``containment`` is the share, 0 to 1, of the words of the shorter one's narration that recur in
    the other; ``passages`` are the sentences shared: the characters in ``a``, and those in ``b``.
    """

    a: str
    b: str
    containment: float
    passages: tuple[tuple[Span, Span], ...]
