"""Dated facts as an iCalendar file (RFC 5545): all-day events for any calendar program.

Comes in: what counts for the two clocks. Goes out: the lines of a calendar. A fact whose date is a
range is one event that spans it, and says how exact it is. Facts without a day, and what is only
denied or supposed, are left out: a calendar would show them as if they had happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from foedus.acts import DateRange
from foedus.ledger.out.content import Content, reading_place
from foedus.ledger.out.forms import asserted, title_of
from foedus.ledger.records import Fact, Reading
from foedus.world import World

__all__ = ["escaped", "folded", "ical_lines"]

_OCTETS = 75
"""Longest line, without its end (RFC 5545, 3.1)."""
_QUOTED = 300
_ESCAPES = {
    **dict.fromkeys((*range(32), *range(127, 160)), " "),
    **{ord(sign): "\\" + sign for sign in "\\;,"},
    ord("\n"): "\\n",
}
_STAMP = date(1970, 1, 1)


def ical_lines(content: Content) -> Iterator[str]:
    """Give the lines of the calendar, folded, each with its line end."""
    world = content.world
    yield from _property("BEGIN", "VCALENDAR")
    yield from _property("VERSION", "2.0")
    yield from _property("PRODID", "-//foedus//ledger//EN")
    yield from _property("CALSCALE", "GREGORIAN")
    for fact in content.facts:
        if fact.date is not None and asserted(fact):
            yield from _event(content, fact, fact.date, world)
    yield from _property("END", "VCALENDAR")


def _event(content: Content, fact: Fact, when: DateRange, world: World) -> Iterator[str]:
    # The id of a fact changes with every telling it gains; that of its first telling stays.
    first = fact.readings[0]
    stamp = fact.first_told.start if fact.first_told else _STAMP
    exact = when.start == when.end
    title = title_of(fact, world) + ("" if exact else f" [{when.precision}]")
    likely = exact and "future" not in fact.aux and not fact.differences
    places = ", ".join(world.name(place, "en") for place in fact.places)
    yield from _property("BEGIN", "VEVENT")
    yield from _property("UID", f"{escaped(first.act.id)}@foedus")
    yield from _property("DTSTAMP", f"{_day(stamp)}T000000Z")
    yield from _property("DTSTART;VALUE=DATE", _day(when.start))
    if when.end < date.max:
        yield from _property("DTEND;VALUE=DATE", _day(when.end + timedelta(days=1)))
    yield from _property("SUMMARY", escaped(title))
    yield from _property("DESCRIPTION", escaped("\n".join(_description(content, fact))))
    if places:
        yield from _property("LOCATION", escaped(places))
    categories = (fact.type, *fact.cues)
    yield from _property("CATEGORIES", ",".join(escaped(c) for c in categories))
    yield from _property("STATUS", "CONFIRMED" if likely else "TENTATIVE")
    yield from _property("TRANSP", "TRANSPARENT")
    yield from _property("X-FOEDUS-FACT", escaped(fact.id))
    yield from _property("X-FOEDUS-PRECISION", when.precision)
    yield from _property("END", "VEVENT")


def _description(content: Content, fact: Fact) -> Iterator[str]:
    unsourced = f", {fact.unsourced} by hand without a source" * bool(fact.unsourced)
    yield f"{fact.id}: {fact.reports} report(s), {fact.sources} independent source(s){unsourced}"
    for reading in fact.readings:
        yield _told(content, reading)
    for difference in fact.differences:
        yield f"differs, {difference.field}: {' | '.join(difference.values)}"


def _told(content: Content, reading: Reading) -> str:
    words = " ".join(content.words(reading.citation.source, reading.citation.span).split())
    outlet = f"{reading.outlet}, " if reading.outlet else ""
    return f"{outlet}{reading_place(reading.citation)}: {words[:_QUOTED]}"


def _day(value: date) -> str:
    return value.isoformat().replace("-", "")


def _property(name: str, value: str) -> Iterable[str]:
    return (line + "\r\n" for line in folded(f"{name}:{value}"))


def escaped(text: str) -> str:
    """Return ``text`` as an iCalendar TEXT value (RFC 5545, 3.3.11); control characters become spaces."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_ESCAPES)


def folded(line: str) -> Iterator[str]:
    """Give a content line in pieces of at most 75 octets, those after the first with a space before.

    No character is cut in two.
    """
    piece, room = "", _OCTETS
    for character in line:
        size = len(character.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", _OCTETS - 1
        piece += character
        room -= size
    yield piece
