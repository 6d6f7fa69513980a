"""Datings as rows: the reports that are dated anew because something came, and the events kept for it.

Comes in: the hashes of reports that came or were coded anew, or that the calendar changed. Goes out:
datings, and the table ``events``: what reports of a single day tell, by type and cue, so that a report
without one is dated without reading all others again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from foedus.acts import DateRange
from foedus.ledger.dating.events import Event, EventIndex, Key, calendar_events, keys_of
from foedus.ledger.dating.narrowing import Dated, events_of, is_open, start
from foedus.ledger.dating.rounds import Trace, in_rounds
from foedus.ledger.records import Dating
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.ledger.shelf import Shelf
from foedus.ledger.store import Store

__all__ = ["Datings"]

_CHUNK = 500
_AGAIN = 2000
"""Reports that may be dated anew and are read at a time."""
_STRETCH = 32
"""Days of events that are read at a time."""

_encode = msgspec.json.Encoder().encode


class Datings:
    """The datings of one ledger, while it is being brought up to date."""

    def __init__(self, store: Store, shelf: Shelf, rules: Rules, roles: Roles) -> None:
        self._store, self._shelf, self._rules, self._roles = store, shelf, rules, roles
        self._rows: dict[str, tuple[str, str | None]] = {}
        self._otherwise: set[str] = set()

    def update(self, reports: Sequence[str], *, calendar: bool) -> dict[str, Dating]:
        """Return the datings of new reports and of all that are dated otherwise now."""
        old = {
            row[0]: row[1]
            for row in self._store.rows("settled", "source, rounds", "source")
        }  # fmt: skip
        traces = {h: msgspec.json.decode(text, type=Trace) for h, text in old.items() if text}
        known = any(h in old for h in reports)
        gone = self._stored_events(reports) if known else []
        self._store.delete("events", "source", reports if known else ())
        found: dict[str, Dating] = {}
        waiting: dict[str, Dated] = {}
        came: list[Event] = []
        for at in range(0, len(reports), _CHUNK):
            rows: list[tuple[object, ...]] = []
            for state in self._states(reports[at : at + _CHUNK]):
                if is_open(state):
                    waiting[state.hash] = state
                    continue
                events = [_slim(e) for e in events_of(state, self._rules)]
                rows += [row for e in events for row in self._event_rows(e)]
                came += events if old else ()
                found[state.hash] = Dating(source=state.hash, candidates=state.days)
            self._store.insert("events", rows)
        # what a report that is coded anew told before is no longer at hand: then all is gone through
        anew = calendar or any(h in traces for h in reports)
        others = sorted(h for h in traces if h not in waiting and h not in found)
        for at in range(0, len(others), _AGAIN):
            waiting |= {s.hash: s for s in self._states(others[at : at + _AGAIN])}
        before = {} if anew else {h: t for h, t in traces.items() if h in waiting}
        fixed = _StoredEvents(self._store, self._rules, self._roles, self._calendar())
        new = in_rounds(
            list(waiting.values()), fixed, self._rules, self._roles, before,
            set(gone) ^ set(came),
        )  # fmt: skip
        for h, dating in found.items():
            self._rows[h] = (_encode(dating).decode(), None)
        self._otherwise = set(found)
        for h, trace in new.items():
            found[h] = trace.dating(h)
            if h not in before or before[h].days[-1] != trace.days[-1]:
                self._otherwise.add(h)
            self._rows[h] = (_encode(found[h]).decode(), _encode(trace).decode())
        return found

    def rows(self, hashes: Sequence[str]) -> dict[str, tuple[str, str | None]]:
        """Return datings and traces, encoded, of these reports."""
        rest = [h for h in hashes if h not in self._rows]
        kept = self._store.ask(
            "SELECT source, dating, rounds FROM settled "
            "WHERE source IN (SELECT unnest($1::VARCHAR[]))",
            [rest],
        )
        return {h: self._rows[h] for h in hashes if h in self._rows} | {
            h: (dating, rounds) for h, dating, rounds in kept
        }

    def changed(self) -> set[str]:
        """Return the reports that :meth:`update` dated for the first time, or to other days than before."""
        return self._otherwise

    def kept_anew(self) -> set[str]:
        """Return the reports of which anything is to be kept anew, be it only by what steps they were dated."""
        return set(self._rows)

    def _states(self, hashes: Sequence[str]) -> Iterable[Dated]:
        reports, records = self._shelf.some_reports(hashes), self._shelf.some_records(hashes)
        return [start(r, records.get(h, ()), self._rules) for h, r in reports.items()]

    def _calendar(self) -> Sequence[Event]:
        declared = sorted(self._shelf.calendar(), key=lambda d: (d.file, d.line, d.act.id))
        return calendar_events(declared)

    def _event_rows(self, event: Event) -> list[tuple[object, ...]]:
        first, last = event.date.start.toordinal(), event.date.end.toordinal()
        data = _encode(event).decode()
        return [(*key, first, last, event.source, data) for key in keys_of(event, self._rules)]

    def _stored_events(self, hashes: Sequence[str]) -> list[Event]:
        rows = self._store.ask(
            "SELECT data FROM events WHERE cue = '' AND source IN (SELECT unnest($1::VARCHAR[]))",
            [list(hashes)],
        )
        return [msgspec.json.decode(row[0], type=Event) for row in rows]


def _slim(event: Event) -> Event:
    """Return the event with what can tell it from others, and no more."""
    act = msgspec.structs.replace(
        event.act, quantities=(), when=None, aux_by=(), statement=None, attributed_to=None,
        capacity=(), reason=None, answers=None, contexts=(), rule=None,
    )  # fmt: skip
    return msgspec.structs.replace(event, act=act)


class _StoredEvents(EventIndex):
    """The events of the table, read as they are asked for."""

    def __init__(
        self, store: Store, rules: Rules, roles: Roles, calendar: Sequence[Event]
    ) -> None:  # fmt: skip
        super().__init__(calendar, rules, roles)
        self._store = store
        self._there: dict[Key, set[int]] = {}
        self._read_whole: set[Key] = set()
        rows = store.ask("SELECT type, cue, min(first), max(last) FROM events GROUP BY type, cue")
        self._ends = {
            (kind, cue): (first // _STRETCH, last // _STRETCH) for kind, cue, first, last in rows
        }

    def prepare(self, keys: Iterable[Key]) -> None:
        """Read all events of these keys at once: each question goes through the table."""
        new = sorted(key for key in set(keys).difference(self._read_whole) if key in self._ends)
        if new:
            self._read_whole.update(new)
            rows = self._store.ask(
                "SELECT e.type, e.cue, e.data FROM events e JOIN (SELECT unnest($1::VARCHAR[]) AS type, "
                "unnest($2::VARCHAR[]) AS cue) d ON e.type = d.type AND e.cue = d.cue",
                [list(column) for column in zip(*new, strict=True)],
            )
            self._take(rows)

    def _between(self, key: Key, within: DateRange | None) -> Sequence[Event]:
        if key in self._ends and key not in self._read_whole:
            low, high = self._ends[key]
            if within is not None:
                low = max(low, within.start.toordinal() // _STRETCH)
                high = min(high, within.end.toordinal() // _STRETCH)
            there = self._there.setdefault(key, set())
            missing = [n for n in range(low, high + 1) if n not in there]
            if missing:
                there.update(missing)
                self._read(key, missing[0] * _STRETCH, (missing[-1] + 1) * _STRETCH)
        return super()._between(key, within)

    def _read(self, key: Key, first: int, past: int) -> None:
        rows = self._store.ask(
            "SELECT type, cue, data FROM events WHERE type = $1 AND cue = $2 AND first < $4 "
            "AND last >= $3",
            [*key, first, past],
        )
        self._take(rows)

    def _take(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take in events that were read, but for those that are here."""
        there = {key: {e.given for e in self._by_key.get(key, ())} for key in {r[:2] for r in rows}}
        for kind, cue, data in rows:
            event = msgspec.json.decode(data, type=Event)
            if event.given not in there[kind, cue]:
                self._by_key[kind, cue].append(event)
                self._sorted.pop((kind, cue), None)
