"""Reports, acts and calendars by hand, as short as an expert would jot them down."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, NamedTuple, cast

import msgspec

from foedus.acts import (
    Act,
    Amount,
    DateRange,
    Quantity,
    Record,
    Span,
    Statement,
    TimeExpression,
    day,
    hull,
    record_id,
)
from foedus.alliance import load_alliance
from foedus.ledger.records import Citation, Dating, DeclaredAct, Reading
from foedus.ledger.rules import load_rules
from foedus.ledger.sayings import Said
from foedus.report.records import Report
from foedus.world import Landmark, Mark
from foedus.world.records import Entity, Mention
from foedus.world.schema import ReferenceDecl

Coded = tuple[Report, tuple[Record, ...]]


RULES = load_rules().speaking_of(load_alliance("nato").cue_kinds)
"""The rules of the ledger, with what the cues of the first alliance are."""


def on(text: str) -> DateRange:
    """« 2022-02-24 », « 2022-02 », « 2022 » or « 2022-02-18/2022-02-24 » as a range."""
    if "/" in text:
        first, last = text.split("/")
        return DateRange(date.fromisoformat(first), date.fromisoformat(last), "range")
    if len(text) == 4:
        return DateRange(date(int(text), 1, 1), date(int(text), 12, 31), "year")
    if len(text) == 7:
        year, month = map(int, text.split("-"))
        last_day = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
        return DateRange(date(year, month, 1), date.fromordinal(last_day), "month")
    return day(date.fromisoformat(text))


def report(label: str, *dates: str, outlet: str | None = None, **more: Any) -> Report:
    """A report of which only the name, the possible dates and the outlet matter."""
    text = more.pop("text", f"Texte du compte rendu {label}.")
    return Report(
        hash=hashlib.sha256((label + text).encode()).hexdigest(),
        label=label, path=f"/somewhere/{label}.txt", text=text, encoding="utf-8", language="fr",
        body=((0, len(text)),), outlet=outlet, dates=tuple(on(d) for d in dates), **more,
    )  # fmt: skip


def when(value: str | None = None, **more: Any) -> TimeExpression:
    """A time expression; its place in the text does not matter here."""
    return TimeExpression(span=more.pop("span", (0, 1)), value=value, **more)


def amount(value: float, of: str, unit: str = "item", **more: Any) -> Amount:
    """A number of something."""
    return Amount(value=value, of=of, unit=unit, span=(0, 1), **more)


def act(kind: str, at: int = 0, **roles: Any) -> Act:
    """An act at character ``at`` of a report that :func:`coded` names later.

    Lists may be given as one string: ``actors="EST LVA"``.
    """
    for name in ("actors", "recipients", "places", "instruments", "cues", "aux"):
        if isinstance(roles.get(name), str):
            roles[name] = tuple(roles[name].split())
    return Act(
        id="", report="", span=(at, at + 10), trigger=(at, at + 4), type=kind, **roles  # type: ignore[arg-type]
    )  # fmt: skip


def said(at: int = 0, **more: Any) -> Statement:
    """A statement at character ``at``; acts refer to it as ``statement="said-<at>"``."""
    return Statement(
        id="", report="", span=(at, at + 10), form=more.pop("form", "direct"), **more
    )  # fmt: skip


def amount_of(at: int = 0, **more: Any) -> Quantity:
    """A quantity record at character ``at``."""
    return Quantity(id="", report="", span=(at, at + 10), **more)


def coded(of: Report, *records: Record) -> Coded:
    """A report with records that carry its hash and their proper ids."""
    names = {
        f"said-{r.span[0]}": record_id(of.hash, "statement", r.span)
        for r in records
        if isinstance(r, Statement)
    }
    done: list[Record] = []
    for r in records:
        kind = type(r).__name__.lower()
        more = (r.trigger, r.type) if isinstance(r, Act) else ()
        own: Record = msgspec.structs.replace(
            r, id=record_id(of.hash, kind, r.span, *more), source=of.hash, report=of.label
        )
        if isinstance(own, Act) and own.statement in names:
            own = msgspec.structs.replace(own, statement=names[own.statement])
        done.append(own)
    return of, tuple(done)


def reading(label: str, told: Act, published: str | None = None, **more: Any) -> Reading:
    """An act as a report of that name tells it; ``date`` may be given as text."""
    of, (own,) = coded(report(label), told)
    assert isinstance(own, Act)
    at = more.pop("date", None)
    return Reading(
        act=own,
        published=None if published is None else on(published),
        date=None if at is None else on(at),
        group=more.pop("group", of.hash),
        citation=Citation(report=label, source=of.hash, span=own.span),
        **more,
    )


def declared(line: int, when_: str, kind: str, **roles: Any) -> DeclaredAct:
    """A line of a calendar."""
    own = msgspec.structs.replace(
        act(kind, **roles), id=f"h-{line}", report="history.yaml", date=on(when_)
    )
    return DeclaredAct(act=own, reference="Communiqué", file="history.yaml", line=line)


def landmark(name: str, day: str, kind: str, *, near: int | None = None, **told: str) -> Landmark:
    """A known event of that day, recognised by what is ``told``: words of a list with spaces between."""
    lists = {key: frozenset(value.split()) for key, value in told.items()}
    return Landmark(
        id=name, names={"fr": name, "en": name}, days=on(day), types=(cast("Any", kind),),
        marks=(Mark(near=near, **cast("Any", lists)),), file="landmarks/some.yaml", line=3,
        cited=ReferenceDecl(body="A", title="List", date=date(2023, 1, 1)),
    )  # fmt: skip


def candidates(dating: Dating) -> list[str]:
    """The possible days of a dating, as text."""
    return [str(r.start) if r.days == 1 else f"{r.start}/{r.end}" for r in dating.candidates]


def whole(dating: Dating) -> DateRange | None:
    """The hull of the possible days."""
    return hull(dating.candidates)


class Found(msgspec.Struct):
    """A pair of copies."""

    a: str
    b: str
    containment: float = 0.9
    passages: tuple[tuple[Span, Span], ...] = (((0, 5), (1, 6)),)


class Marked(NamedTuple):
    """A mark for each pair."""

    bands: tuple[int, ...]
    sentences: tuple[int, ...]


class finder:  # noqa: N801 - reads as what it stands for
    """A copy finder that always finds the given pairs of labels."""

    def __init__(self, copies: Sequence[tuple[str, str]]) -> None:
        self._copies = tuple(copies)
        self.fingerprint = repr(copies)

    def marks(self, of: Report) -> Marked:
        return Marked((), tuple(n for n, pair in enumerate(self._copies) if of.label in pair))

    def compare(self, a: Report, b: Report) -> Found | None:
        for one, other in ((a, b), (b, a)):
            if (one.label, other.label) in self._copies:
                return Found(one.hash, other.hash)
        return None


class SmallWorld:
    """Who speaks for whom, for tests: a person for his side, a place within its state."""

    sides: ClassVar = {"jens-stoltenberg": "nato", "vladimir-putin": "RUS", "sergei-lavrov": "RUS"}
    places: ClassVar = {"brussels": "BEL", "kyiv": "UKR", "kharkiv": "UKR"}

    def entity(self, entity_id: str, /) -> Entity | None:
        if entity_id not in self.places:
            return None
        return Entity(id=entity_id, kind="place", names={}, within=self.places[entity_id])

    def side_of(self, entity_id: str, on: DateRange | None, /) -> str | None:
        return self.sides.get(entity_id, entity_id)

    def find(self, text: str, language: str, /) -> tuple[Mention, ...]:
        return ()


def heard(
    label: str, speaker: str | None, text: str, published: str | None = "2022-02-24", **more: Any
) -> Said:
    """What a report of that name has somebody say; ``at`` is its place there, ``date`` may be text."""
    of = report(label)
    at = more.pop("at", 0)
    span = (at, at + len(text))
    told = more.pop("date", None)
    own = Statement(
        id=record_id(of.hash, "statement", span), report=label, source=of.hash, span=span,
        form=more.pop("form", "direct"), speaker=speaker, date=None if told is None else on(told),
    )  # fmt: skip
    return Said(
        statement=own, text=text, language=more.pop("language", "fr"),
        published=None if published is None else on(published),
        group=more.pop("group", of.hash), outlet=more.pop("outlet", None),
        citation=Citation(report=label, source=of.hash, span=span),
    )  # fmt: skip
