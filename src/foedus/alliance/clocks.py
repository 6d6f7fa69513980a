"""Where mechanisms stood on any day, as known by any day: one index for both clocks.

What :func:`~foedus.alliance.engine.courses` answers for one day of knowledge, this answers for all. Each finding is
kept with the days of knowledge for which it stands so; a question looks back from the day asked about
to the last finding that was known.

Comes in: an alliance and facts. Goes out: :class:`BothClocks`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

import msgspec

from foedus.alliance.course import NEVER, Span, furthest, span_of
from foedus.alliance.engine import Known
from foedus.alliance.folder import Alliance
from foedus.alliance.match import Question
from foedus.alliance.records import StatusWord
from foedus.alliance.roles import Registry, Roles
from foedus.alliance.schema import Mechanism
from foedus.errors import FoedusError
from foedus.ledger.records import Fact

__all__ = ["BothClocks"]

_BATCH = 20_000
_Key = tuple[StatusWord | None, str | None, bool, bool]
"""Of a span: its word, its stage, whether it is certain, whether announced."""


class _Kept(msgspec.Struct, frozen=True):
    """A span of days with the days of knowledge on which it stands so: from ``known`` to before ``over``."""

    start: int
    end: int
    sure: int
    known: int
    over: int


class _Found(msgspec.Struct, frozen=True):
    """Of what had been known: the last day that any may have come about (``open``), and of what surely
    came about the last first day and the last last day; 0 where there is none.
    """

    open: int = 0
    start: int = 0
    end: int = 0


class BothClocks:
    """Answers status and stage for a day, as known by a day.

    Raises:
        FoedusError: a rule of the alliance asks where another mechanism stands: ask ``courses``.
    """

    def __init__(self, alliance: Alliance, facts: Iterable[Fact], world: Registry) -> None:
        if any(r.when.states for m in alliance.mechanisms for r in m.rules):
            raise FoedusError(
                "rules that ask where another mechanism stands are not indexed by both clocks",
                remedy="ask courses for one day of knowledge",
            )
        self._roles = Roles(alliance.declared, alliance.memberships, world)
        self._alliance, self._world = alliance, world
        kept: dict[str, dict[_Key, set[_Kept]]] = {m.id: {} for m in alliance.mechanisms}
        rest = iter(facts)
        while batch := tuple(islice(rest, _BATCH)):
            for name, span, known, over in self._spans(batch):
                key = (span.word, span.stage, span.certain, span.announced)
                entry = _Kept(span.start, span.end, span.sure, known, over)
                kept[name].setdefault(key, set()).add(entry)
        self._mechanisms = [
            (m, {key: _Row(entries) for key, entries in kept[m.id].items()})
            for m in alliance.mechanisms
        ]

    def on(self, as_of: date, known_by: date) -> dict[str, tuple[StatusWord, str | None]]:
        """Return status and stage of every mechanism on a day, as known by a day."""
        asked, known = as_of.toordinal(), known_by.toordinal()
        return {m.id: _answer(m, rows, asked, known) for m, rows in self._mechanisms}

    def _spans(self, facts: Sequence[Fact]) -> Iterator[tuple[str, Span, int, int]]:
        """Give every finding as a span, with the days of knowledge on which it stands so."""
        at_once = {f.id: day for f in facts if (day := _known_at_once(f)) is not None}
        whole = [f for f in facts if f.id in at_once]
        for name, fact, span in self._found(whole, None):
            yield name, span, at_once[fact], NEVER
        for told in (f for f in facts if f.id not in at_once):
            days = _thresholds(told)
            for known, over in zip(days, (*days[1:], NEVER), strict=True):
                for name, _, span in self._found([told], date.fromordinal(known)):
                    yield name, span, known, over

    def _found(
        self, facts: Sequence[Fact], known_by: date | None
    ) -> Iterator[tuple[str, str, Span]]:
        ask = Question(date.max, known_by or date.max, any_report=known_by is None)
        known = Known(self._alliance, facts, ask, world=self._world, roles=self._roles, bare=True)
        for mechanism in self._alliance.mechanisms:
            for finding in known.found(mechanism.id)[0]:
                span = span_of(finding)
                if span is not None:
                    yield mechanism.id, finding.fact, span


def _known_at_once(fact: Fact) -> int | None:
    """Return the day from which all of a fact is known, where nothing of it is known before."""
    days = {(r.published.start, r.published.end) if r.published else None for r in fact.readings}
    if len(days) != 1:
        return None
    (only,) = days
    if only is None:
        return 1
    return only[0].toordinal() if only[0] == only[1] else None


def _thresholds(fact: Fact) -> list[int]:
    """Return the days of knowledge on which something more of a fact is known, or known for sure."""
    ranges = [r.published for r in fact.readings]
    days = {d.toordinal() for r in ranges if r is not None for d in (r.start, r.end)}
    return sorted(days | ({1} if None in ranges else set()))


class _Row:
    """Spans of one kind, by their first day; asked from the latest backwards."""

    def __init__(self, entries: set[_Kept]) -> None:
        self._entries = sorted(entries, key=lambda e: (e.start, e.end, e.known))
        self._starts = [e.start for e in self._entries]
        self._longest = max(e.end - e.start for e in self._entries)
        self._ahead = max(e.start - e.known for e in self._entries)

    def find(self, asked: int, known: int) -> _Found:
        """Return what of these spans had begun by a day and was known by a day."""
        latest = min(asked, known + self._ahead)
        open_ = start = end = 0
        for at in range(bisect_right(self._starts, latest) - 1, -1, -1):
            entry = self._entries[at]
            if start and entry.start + self._longest <= min(open_, end):
                break
            if not entry.known <= known < entry.over:
                continue
            open_ = max(open_, entry.end)
            if entry.sure <= asked:
                start = max(start, entry.start)
                end = max(end, entry.end)
        return _Found(open_, start, end)


def _answer(
    mechanism: Mechanism, rows: dict[_Key, _Row], asked: int, known: int
) -> tuple[StatusWord, str | None]:
    """Settle as :func:`foedus.alliance.course.course` does, from the last of each kind."""
    found = {key: row.find(asked, known) for key, row in rows.items()}
    bearing = [(key, f) for key, f in found.items() if key[0] is not None and not key[3]]
    last = max((f.start for key, f in bearing if key[2]), default=0)
    words: set[StatusWord] = {key[0] for key, f in bearing if key[0] and f.open and f.open >= last}
    if not last:
        words.add("not_engaged" if mechanism.initial == "off" else "unknown")
    word: StatusWord = words.pop() if len(words) == 1 else "unknown"
    ended = max((f.start for key, f in bearing if key[2] and key[0] != "engaged"), default=0)
    engaged: dict[str | None, int] = {}
    quiet: dict[str | None, int] = {}
    silent = {stage.id for stage in mechanism.stages if not stage.engages}
    for (does, stage, certain, announced), f in found.items():
        if not f.end:
            continue
        if announced:
            quiet["announced"] = max(quiet.get("announced", 0), f.end)
        elif certain and stage in silent:
            quiet[stage] = max(quiet.get(stage, 0), f.end)
        if certain and does == "engaged" and not announced:
            engaged[stage] = max(engaged.get(stage, 0), f.end)
    if word not in ("engaged", "not_engaged"):
        return word, None
    return word, furthest(mechanism, engaged if word == "engaged" else quiet, ended)
