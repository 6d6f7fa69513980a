"""The course of a mechanism drawn over days: stages as steps, evidence as ticks.

Comes in: the engine's stretches (:func:`foedus.alliance.courses`), the facts a status rests on, and the
days that the page covers. Goes out: :class:`CourseView`, bars and ticks in a box of 1000 by 36, and
the same in words. No HTML here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from foedus.alliance import Stretch
from foedus.alliance.records import MechanismStatus
from foedus.alliance.timeline import ENDED
from foedus.brief.material import Material, MechanismWords
from foedus.brief.passages import safe_id
from foedus.brief.words import Words
from foedus.ledger.records import Fact

__all__ = ["Axis", "Bar", "CourseView", "Tick", "axis_of", "course_view"]

WIDTH = 1000
_FLOOR, _ROOM = 26, 22
_BEFORE = timedelta(days=90)
"""How long before the first report something may have begun and still be drawn in full."""


class Bar(msgspec.Struct, frozen=True):
    """A stretch of days: where it stands, how high its stage is, and what is drawn."""

    x: float
    width: float
    y: float
    height: float
    kind: str


class Tick(msgspec.Struct, frozen=True):
    """The day of a fact; ``kind`` is ``counts``, ``announced`` or ``claimed``."""

    x: float
    kind: str


class CourseView(msgspec.Struct, frozen=True, kw_only=True):
    """A timeline, drawn and in words. ``earlier``: it began before the days drawn."""

    id: str
    title: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str
    earlier: bool
    steps: tuple[str, ...]


class Axis(msgspec.Struct, frozen=True):
    """The days drawn, both included; the same for every mechanism of a page."""

    first: date
    last: date

    def x(self, on: date) -> float:
        """Return where a day begins, from 0 to 1000; days outside stand at the edge."""
        whole = (self.last - self.first).days + 1
        return round(min(max((on - self.first).days / whole, 0), 1) * WIDTH, 1)


def axis_of(material: Material) -> Axis | None:
    """Return the days that timelines show: those of the reports, and what began shortly before.

    None where nothing is dated.
    """
    if material.as_of is None:
        return None
    told = [d.start for s in material.sources for d in s.dating.candidates[:1]]
    first = min([*told, material.as_of])
    begun = [s.start for c in material.courses.values() for s in c]
    near = [start for start in begun if first - _BEFORE <= start < first]
    first = min([first, *near]) - timedelta(days=2)
    return Axis(first, material.as_of + timedelta(days=1))


def course_view(
    status: MechanismStatus,
    stretches: Sequence[Stretch],
    named: MechanismWords | None,
    facts: Mapping[str, Fact],
    axis: Axis,
    words: Words,
) -> CourseView | None:
    """Return the timeline of a mechanism; None where it stood the same on all days drawn."""
    drawn = [s for s in stretches if s.start <= axis.last]
    if not drawn:
        return None
    order = list(named.stages) if named is not None else []
    ends = [*(s.start for s in drawn[1:]), axis.last + timedelta(days=1)]
    bars = [
        _bar(s, axis.x(s.start), axis.x(end), order)
        for s, end in zip(drawn, ends, strict=True)
        if end > axis.first
    ]
    return CourseView(
        id=safe_id(status.mechanism),
        title=words.t("course.title", mechanism=words.code("mechanism", status.mechanism)),
        bars=tuple(bars),
        ticks=_ticks(status, facts, axis),
        first=words.day(axis.first),
        last=words.day(axis.last - timedelta(days=1)),
        earlier=drawn[0].start < axis.first,
        steps=tuple(_step(s, status.mechanism, named, words) for s in drawn),
    )


def _bar(stretch: Stretch, start: float, end: float, order: list[str]) -> Bar:
    kind: str = stretch.word
    if stretch.word == "not_engaged" and stretch.stage not in (None, ENDED):
        kind = "stage"
    height = 2.0
    if kind != "not_engaged":
        rank = order.index(stretch.stage) + 1 if stretch.stage in order else len(order) or 1
        height = round(6 + (_ROOM - 6) * rank / (len(order) or 1), 1)
    if stretch.stage == "announced" and stretch.stage not in order:
        height = 6.0
    return Bar(start, round(max(end - start, 1.0), 1), round(_FLOOR - height, 1), height, kind)


def _ticks(status: MechanismStatus, facts: Mapping[str, Fact], axis: Axis) -> tuple[Tick, ...]:
    kinds = (
        ("counts", status.facts),
        ("announced", status.announced),
        ("claimed", status.claims),
    )
    found: dict[tuple[float, str], Tick] = {}
    for kind, ids in kinds:
        for ident in ids:
            fact = facts.get(ident)
            when = fact and (fact.date or fact.first_told)
            if when and axis.first <= when.start <= axis.last:
                tick = Tick(axis.x(when.start), kind)
                found.setdefault((tick.x, kind), tick)
    return tuple(sorted(found.values(), key=lambda t: (t.x, t.kind)))


def _step(stretch: Stretch, mechanism: str, named: MechanismWords | None, words: Words) -> str:
    limit = named is not None and named.limit
    status = words.t(("status.limit." if limit else "status.") + stretch.word)
    stage = words.stage(mechanism, stretch.stage) if stretch.stage else ""
    text = f"{status}, {stage}" if stage and stage != status else status
    return words.t("course.step", date=words.day(stretch.start), status=text)
