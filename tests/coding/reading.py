"""What the tests of coding read with: a text becomes a report, the report its records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from foedus.acts import Act, DateRange, Quantity, Record, Span, Statement, day
from foedus.coding import Coder
from foedus.report import Report, find_times, read_text
from foedus.report.dated import Stated
from foedus.world import World

__all__ = ["PUBLISHED", "Coded", "Read", "report_of"]

PUBLISHED = date(2022, 3, 16)
"""The Wednesday on which every invented report appears, unless a test says otherwise."""


class Coded(msgspec.Struct, frozen=True):
    """A report and its records, with what a test asks of them."""

    report: Report
    records: tuple[Record, ...]

    @property
    def statements(self) -> list[Statement]:
        return [r for r in self.records if isinstance(r, Statement)]

    @property
    def acts(self) -> list[Act]:
        return [r for r in self.records if isinstance(r, Act)]

    @property
    def quantities(self) -> list[Quantity]:
        return [r for r in self.records if isinstance(r, Quantity)]

    def words(self, span: Span | None) -> str:
        return "" if span is None else self.report.text[span[0] : span[1]]

    @property
    def said(self) -> list[tuple[str | None, str]]:
        """Who says what, in the order of the text."""
        return [(s.speaker, self.words(s.span)) for s in self.statements]

    @property
    def told(self) -> list[tuple[str, str]]:
        """The acts by type and trigger, in the order of their triggers."""
        return [(a.type, self.words(a.trigger)) for a in sorted(self.acts, key=lambda a: a.trigger)]

    def statement(self) -> Statement:
        assert len(self.statements) == 1, self.said
        return self.statements[0]

    def act(self, kind: str | None = None, trigger: str = "") -> Act:
        """The one act of a type, or whose trigger holds some words."""
        found = [
            a for a in self.acts if kind in (None, a.type) and trigger in self.words(a.trigger)
        ]
        assert len(found) == 1, f"{kind} {trigger!r}: {self.told}"
        return found[0]


Read = Callable[..., Coded]


def report_of(
    text: str,
    world: World,
    *,
    published: date | DateRange | None = PUBLISHED,
    label: str = "essai",
    language: str = "fr",
) -> Report:
    """Read a text as a report of a known day, in French unless said otherwise.

    A sentence or two are too little to tell a language by, so the language is stated.
    """
    known = day(published) if isinstance(published, date) else published
    report = read_text(
        text.encode("utf-8"), label=label, path=f"{label}.txt", world=world,
        stated=Stated(line=1, date=known),
    )  # fmt: skip
    times = tuple(find_times(report.text, language, report.body))
    return msgspec.structs.replace(report, language=language, times=times)


def reader(coder: Coder, world: World) -> Read:
    """Return the function that reads and codes a text."""

    def read(text: str, **options: object) -> Coded:
        report = report_of(text, world, **options)  # type: ignore[arg-type]
        return Coded(report, coder.code(report))

    return read
