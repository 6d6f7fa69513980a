"""The alliance's public record as acts: what a history file declares, with its reference."""

from __future__ import annotations

from foedus.acts import Act, DateRange, day, record_id
from foedus.alliance.schema import ActsFile, HistoryAct, Reference
from foedus.declared import Lines
from foedus.ledger.records import DeclaredAct

__all__ = ["declared_acts", "worded"]


def worded(reference: Reference) -> str:
    """Return a reference as one line: issuing body, title, date."""
    return f"{reference.body}, {reference.title}, {reference.date.isoformat()}"


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
    until = entry.until or entry.date
    when = day(entry.date) if until == entry.date else DateRange(entry.date, until, "range")
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
