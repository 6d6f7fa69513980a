"""The vocabulary that every room of foedus speaks: records, event types, spans, dates.

Comes in: nothing. Goes out: the record types of the codebook (:class:`Statement`, :class:`Act`,
:class:`Quantity`), the values they may take, and the calendar arithmetic that turns a time
expression into dates once the day of the report is known.

Event types, modes and auxiliary modes are PLOVER's (Open Event Data Alliance, *PLOVER: Political
Language Ontology for Verifiable Event Records*, 2021). Spans are Unicode code points into the
report's text as received, ``[start, end)``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Literal, get_args

import msgspec

__all__ = [
    "AUX_MODES",
    "EVENT_TYPES",
    "Act",
    "Amount",
    "Aux",
    "DateRange",
    "EventType",
    "Form",
    "ModeGiver",
    "Precision",
    "Quantity",
    "Record",
    "Span",
    "Statement",
    "TimeExpression",
    "Vague",
    "day",
    "days_text",
    "decode_record",
    "encode_record",
    "hull",
    "intersect",
    "record_id",
    "resolve_time",
]

Span = tuple[int, int]
"""Start and end of a passage, in Unicode code points, end excluded."""

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Aux = Literal["historical", "future", "hypothetical", "negation"]
Form = Literal["direct", "partial", "indirect"]
Vague = Literal["month", "year"]
"""How much of a date is sure, where the day is not."""
Precision = Literal["day", "week", "month", "season", "year", "range"]

EVENT_TYPES: tuple[str, ...] = get_args(EventType)
"""PLOVER's sixteen event types, in the manual's order of cooperation to conflict."""
AUX_MODES: tuple[str, ...] = get_args(Aux)
"""PLOVER's four auxiliary modes."""


class DateRange(msgspec.Struct, frozen=True, order=True, gc=False):
    """All that is known of a date: it lies between ``start`` and ``end``, both included."""

    start: date
    end: date
    precision: Precision = "day"

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a date range ends ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        """Length in days, at least 1."""
        return (self.end - self.start).days + 1

    def contains(self, other: DateRange) -> bool:
        """Whether ``other`` lies wholly within this range."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: DateRange) -> bool:
        """Whether the two ranges share a day."""
        return self.start <= other.end and other.start <= self.end

    def apart(self, other: DateRange) -> int:
        """Days between the two ranges: 1 from a day to the next, 0 where they share one."""
        return max(0, (self.start - other.end).days, (other.start - self.end).days)


def days_text(days: DateRange | None) -> str:
    """Return a range as ``2022-02-24`` or ``2022-02-24/2022-02-26``; empty where nothing is known."""
    if days is None:
        return ""
    if days.start == days.end:
        return days.start.isoformat()
    return f"{days.start.isoformat()}/{days.end.isoformat()}"


def day(value: date) -> DateRange:
    """Return the range that is exactly the day ``value``."""
    return DateRange(value, value, "day")


def intersect(a: DateRange, b: DateRange) -> DateRange | None:
    """Return the days that both ranges allow, or None when they share none."""
    start, end = max(a.start, b.start), min(a.end, b.end)
    if end < start:
        return None
    if (start, end) == (a.start, a.end):
        return a
    if (start, end) == (b.start, b.end):
        return b
    return DateRange(start, end, "day" if start == end else "range")


def hull(ranges: Iterable[DateRange]) -> DateRange | None:
    """Return the smallest range that holds all of ``ranges``, or None when there is none."""
    items = sorted(set(ranges))
    if not items:
        return None
    if len(items) == 1:
        return items[0]
    start, end = items[0].start, max(r.end for r in items)
    return DateRange(start, end, "day" if start == end else "range")


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """How a text places something in time, before the day of the report is known.

    ``value`` is written as in TIMEX3 (ISO-TimeML, ISO 24617-1) with X for what the text leaves out:
    ``2022-02-25``, ``2022-02``, ``2022``, ``XXXX-03-24`` (a day without a year), ``XXXX-08`` (a
    month without a year), ``XXXX-WXX-5`` (a Friday, ISO weekday). ``offset`` is used instead of
    ``value`` for days counted from the report (« hier » = -1, « aujourd'hui » = 0), and beside it for
    the periods ``XXXX-WXX`` (a week), ``XXXX-WXX-WE`` (a week-end), ``XXXX-XX`` (a month) and ``XXXX`` (a
    year): « la semaine dernière » is ``XXXX-WXX`` with offset -1. ``shift`` moves the
    day found by that many days (« la veille de », « le lendemain »: the day after a « mardi » is
    ``XXXX-WXX-2`` with shift 1). ``direction`` says on which side of the report the day lies, as
    far as the tense tells. ``modifier`` narrows a period or opens it.
    """

    span: Span
    value: str | None = None
    offset: int | None = None
    shift: int = 0
    direction: Literal["past", "future", "any"] = "any"
    modifier: Literal["start", "mid", "end", "since", "until"] | None = None


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A number of something inside an act (the codebook's ``quantities``)."""

    value: float
    unit: str
    of: str | None = None
    approx: bool = False
    at_least: bool = False
    max: float | None = None
    span: Span


class ModeGiver(msgspec.Struct, frozen=True, kw_only=True):
    """The word that gave an act one of its auxiliary modes, and what about that word did.

    ``by``: its ``tense``, a ``negation`` beside it, its meaning (``word``: « prévoit de »), the ``lead``
    before it (« pour », « avant »), a ``condition`` (« si »), the act's own ``frame``, or the ``date``
    that a time expression gives.
    """

    aux: Aux
    span: Span
    by: Literal["tense", "negation", "word", "lead", "condition", "frame", "date"]


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="statement"):
    """Somebody says something. ``source`` is the hash of the report's bytes."""

    id: str
    report: str
    source: str = ""
    span: Span
    form: Form
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    via: tuple[str, ...] = ()
    date: DateRange | None = None
    when: TimeExpression | None = None
    rule: str | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True, gc=False, tag_field="record", tag="act"):
    """Somebody did, does, will do, would do or will not do something.

    ``rule`` names the frame that produced the record (file and entry), so that a person can find
    and correct it. ``aux_by`` tells which word gave each mode of ``aux``. ``capacity`` are the offices that the report itself gives to whoever the act is
    attributed to: the register need not know him. ``when`` keeps the time expression, so that ``date`` can be worked out again
    when more becomes known of the report's own day.
    """

    id: str
    report: str
    source: str = ""
    span: Span
    trigger: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    aux: tuple[Aux, ...] = ()
    aux_by: tuple[ModeGiver, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    quantities: tuple[Amount, ...] = ()
    date: DateRange | None = None
    when: TimeExpression | None = None
    cues: tuple[str, ...] = ()
    statement: str | None = None
    attributed_to: str | None = None
    capacity: tuple[str, ...] = ()
    reason: Span | None = None
    answers: str | None = None
    rule: str | None = None


class Quantity(msgspec.Struct, frozen=True, kw_only=True, tag_field="record", tag="quantity"):
    """How much there is of something, without an act: a strength, a share, a level, a command."""

    id: str
    report: str
    source: str = ""
    span: Span
    subject: str | None = None
    value: float | None = None
    max: float | None = None
    unit: str | None = None
    of: str | None = None
    approx: bool = False
    at_least: bool = False
    place: str | None = None
    level: str | None = None
    part_of: Span | None = None
    cues: tuple[str, ...] = ()
    date: DateRange | None = None
    when: TimeExpression | None = None
    rule: str | None = None


Record = Statement | Act | Quantity
"""Any record of the codebook; one JSON object a line in the interchange format."""

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


def encode_record(record: Record) -> str:
    """Return the record as one line of JSON (no newline), keys in the codebook's order."""
    return _encoder.encode(record).decode("utf-8")


def decode_record(line: str | bytes) -> Record:
    """Read one line of JSON Lines.

    Raises:
        msgspec.ValidationError: the line is no record of the codebook; the message names the key.
        msgspec.DecodeError: the line is no JSON.
    """
    return _decoder.decode(line)


def record_id(source: str, kind: str, span: Span, *more: Any) -> str:
    """Return the id of a record: a hash of its report's hash, its kind, its span and ``more``.

    The same report gives the same ids on every machine and in every batch. ``more`` tells records
    apart that share a span (an act's trigger and type).
    """
    text = "\x1f".join([source, kind, *map(str, span), *map(str, more)])
    return f"{kind[0]}-{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def _month(year: int, month: int) -> tuple[date, date]:
    start = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return start, following - timedelta(days=1)


def _narrowed(found: DateRange, modifier: str | None, anchor: DateRange) -> DateRange | None:
    """Apply « début », « mi- », « fin », « depuis », « jusqu'à » to a period."""
    if modifier in ("start", "mid", "end") and found.days > 1:
        third = found.days // 3
        low = {"start": 0, "mid": third, "end": 2 * third}[modifier]
        high = {"start": third, "mid": 2 * third, "end": found.days - 1}[modifier]
        start = found.start
        return DateRange(start + timedelta(days=low), start + timedelta(days=high), "range")
    if modifier == "since":
        return DateRange(found.start, max(found.start, anchor.end), "range")
    return found


def _on_day(expression: TimeExpression, published: date) -> DateRange | None:
    """Resolve an expression for a report of exactly the day ``published``."""
    value = expression.value or ""
    if expression.offset is not None:
        if value:
            return _period(value, expression.offset, published, expression.direction)
        return day(published + timedelta(days=expression.offset))
    if not re.fullmatch(r"XXXX-WXX-[1-7]|(?:XXXX|\d{4})(?:-\d{2}){0,2}", value):
        return None
    if value.startswith("XXXX-WXX-"):
        return day(_weekday(int(value[-1]), published, expression.direction))
    parts = value.split("-")
    if parts[0] != "XXXX":
        return _calendar(int(parts[0]), [int(p) for p in parts[1:]])
    rest = [int(p) for p in parts[1:]]
    near = [_calendar(published.year + shift, rest) for shift in (-1, 0, 1)]
    anchor = day(published)
    allowed = [
        r for r in near
        if r is not None
        and not (expression.direction == "past" and r.start > published)
        and not (expression.direction == "future" and r.end < published)
    ]  # fmt: skip
    return min(
        allowed,
        key=lambda r: (not r.overlaps(anchor), abs((r.start - published).days)),
        default=None,
    )


def _period(value: str, steps: int, published: date, direction: str) -> DateRange | None:
    """The week, week-end, month or year so many steps from the one in which a report appeared."""
    if value == "XXXX":
        return _calendar(published.year + steps, [])
    if value == "XXXX-XX":
        months = published.year * 12 + published.month - 1 + steps
        return _calendar(months // 12, [months % 12 + 1])
    monday = published - timedelta(days=published.isoweekday() - 1) + timedelta(weeks=steps)
    if value == "XXXX-WXX":
        return DateRange(monday, monday + timedelta(days=6), "range")
    if value != "XXXX-WXX-WE":
        return None
    saturday = monday + timedelta(days=5)
    if not steps and direction != "future" and saturday > published:
        saturday -= timedelta(weeks=1)  # « ce week-end », told on a Tuesday as past
    return DateRange(saturday, saturday + timedelta(days=1), "range")


def _weekday(number: int, published: date, direction: str) -> date:
    """Return the nearest such ISO weekday on the side that ``direction`` names.

    With no direction, news prose means the last one: « mardi » in a report of Wednesday is yesterday.
    """
    back = (published.isoweekday() - number) % 7
    if direction == "future":
        return published + timedelta(days=(number - published.isoweekday()) % 7 or 7)
    return published - timedelta(days=back)


def _calendar(year: int, rest: list[int]) -> DateRange | None:
    try:
        if len(rest) == 2:
            return day(date(year, rest[0], rest[1]))
        if len(rest) == 1:
            return DateRange(*_month(year, rest[0]), "month")
        return DateRange(date(year, 1, 1), date(year, 12, 31), "year")
    except ValueError:
        return None


def resolve_time(expression: TimeExpression, published: DateRange | None) -> DateRange | None:
    """Return the dates that a time expression means in a report published within ``published``.

    A report whose own day is a range gives the hull of what each of its days would give. Ranges
    longer than 400 days, and a missing one, resolve only what names its year itself. None when
    nothing can be said.
    """
    if published is None or published.days > 400:
        value = expression.value or "XXXX"
        if value.startswith("XXXX"):
            return None
        published = published or day(date(int(value[:4]), 12, 31))
        anchors = [published.end]
    else:
        anchors = [published.start + timedelta(days=i) for i in range(published.days)]
    found = hull(r for a in anchors if (r := _on_day(expression, a)) is not None)
    if found is None:
        return None
    narrowed = _narrowed(found, expression.modifier, published)
    if narrowed is None or expression.shift == 0:
        return narrowed
    move = timedelta(days=expression.shift)
    return DateRange(narrowed.start + move, narrowed.end + move, narrowed.precision)
