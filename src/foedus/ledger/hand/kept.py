"""Which rows stand, since when, and which stood before.

Comes in: every entering that was ever made, and the rows. Goes out: the rows that a file holds as known
by a day, each with its line and the day it was first entered.

A file entered again holds, from that day on, what it then held; before it was first entered, it is as
it is now: what its sources tell was known when they appeared, whenever somebody wrote it down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from foedus.ledger.hand.records import Entering, Entry

__all__ = ["Kept", "history", "kept_rows"]


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A row as it stands, or stood: ``line`` is 0 for an entry made at the keyboard.

    ``entered`` is the day (UTC) it was first entered, ``until`` that of the entering that left it out.
    """

    entry: Entry
    line: int
    entered: date
    until: date | None = None


def kept_rows(
    enterings: Iterable[Entering], entries: Mapping[str, Entry], known_by: date | None = None
) -> tuple[Kept, ...]:
    """Return the rows that stand by a day, by file, line and id; None asks for those that stand now."""
    found: list[Kept] = []
    for made in _by_file(enterings).values():
        first = _first_days(made)
        past = [e for e in made if known_by is None or e.at.date() <= known_by]
        lines = _standing(past or made)
        found += [
            Kept(entry=entries[row], line=line, entered=first[row]) for row, line in lines.items()
        ]
    return tuple(sorted(found, key=_order))


def history(
    enterings: Iterable[Entering], entries: Mapping[str, Entry]
) -> tuple[Kept, ...]:  # fmt: skip
    """Return every row that ever stood, by file, line and id; those left out since say until when."""
    found: list[Kept] = []
    for made in _by_file(enterings).values():
        first, now = _first_days(made), _standing(made)
        last: dict[str, tuple[int, datetime]] = {}
        for e in made:
            last |= {row: (line, e.at) for row, line in e.rows}
        for row, (line, seen) in last.items():
            until = None
            if row not in now:
                until = next(e.at.date() for e in made if e.at >= seen and not e.adds
                             and row not in dict(e.rows))  # fmt: skip
            found.append(
                Kept(entry=entries[row], line=line, entered=first[row], until=until)
            )  # fmt: skip
    return tuple(sorted(found, key=_order))


def _by_file(enterings: Iterable[Entering]) -> dict[str, list[Entering]]:
    """Return the enterings of each file in order of time, then id: never of arrival."""
    found: dict[str, list[Entering]] = defaultdict(list)
    for e in sorted({e.id: e for e in enterings}.values(), key=lambda e: (e.file, e.at, e.id)):
        found[e.file].append(e)
    return found


def _standing(made: Sequence[Entering]) -> dict[str, int]:
    rows: dict[str, int] = {}
    for e in made:
        rows = {**rows, **dict(e.rows)} if e.adds else dict(e.rows)
    return rows


def _first_days(made: Iterable[Entering]) -> dict[str, date]:
    found: dict[str, date] = {}
    for e in made:
        for row, _ in e.rows:
            found.setdefault(row, e.at.date())
    return found


def _order(kept: Kept) -> tuple[str, int, str]:
    return (kept.entry.file, kept.line, kept.entry.id)
