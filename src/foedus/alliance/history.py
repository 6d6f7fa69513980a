"""The alliance's public record as acts: what a history file declares, with its reference."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from foedus.acts import Act, DateRange, Vague, day, record_id
from foedus.alliance.schema import ActsFile, HistoryAct, Reference
from foedus.declared import Lines
from foedus.ledger.records import DeclaredAct

__all__ = ["dated", "declared_acts", "worded"]


def worded(reference: Reference) -> str:
    """Return a reference as one line: issuing body, title, date as far as it is sure."""
    shown = {"year": 4, "month": 7}.get(reference.precision or "", 10)
    return f"{reference.body}, {reference.title}, {reference.date.isoformat()[:shown]}"


def declared_acts(
    alliance: str, file: str, content: ActsFile, lines: Lines
) -> list[tuple[DeclaredAct, HistoryAct]]:
    """Return each entry of a history file as a declared act, with the entry it came from.

    An act's id depends on what is declared, not on the line: moving an entry keeps its id.
    """
    name = f"{alliance}/history/{file}"
    return [
        (
            DeclaredAct(
                act=_act(name, alliance, entry),
                reference=worded(entry.reference),
                checked=entry.checked,
                file=name,
                line=lines.of("acts", index),
            ),
            entry,
        )
        for index, entry in enumerate(content.acts)
    ]


def _act(name: str, alliance: str, entry: HistoryAct) -> Act:
    when = _when(entry)
    said = (entry.type, entry.mode, entry.aux, entry.actors, entry.recipients, entry.places)
    return Act(
        id=record_id(alliance, "act", (0, 0), when.start, when.end, *said, entry.cues),
        report=name,
        span=(0, 0),
        trigger=(0, 0),
        type=entry.type,
        mode=entry.mode,
        aux=entry.aux,
        actors=entry.actors,
        recipients=entry.recipients,
        places=entry.places,
        instruments=entry.instruments,
        contexts=entry.contexts,
        cues=entry.cues,
        date=when,
    )


def _when(entry: HistoryAct) -> DateRange:
    """Return the days of an entry: its own, those it lasted, or all of its month or year."""
    if entry.until is not None and entry.until != entry.date:
        return DateRange(entry.date, entry.until, "range")
    return dated(entry.date, entry.precision)


def dated(start: date, precision: Vague | None) -> DateRange:
    """Return a declared date as far as it is sure: the day, or the whole month or year it lies in."""
    if precision == "year":
        return DateRange(date(start.year, 1, 1), date(start.year, 12, 31), "year")
    if precision == "month":
        last = monthrange(start.year, start.month)[1]
        return DateRange(start.replace(day=1), start.replace(day=last), "month")
    return day(start)
