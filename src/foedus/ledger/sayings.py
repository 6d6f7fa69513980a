"""What the ledger answers with when asked who said what: utterances, and the wordings they have.

Comes in: a report's coded statement (:func:`said_of`). Goes out: :class:`Said`, a statement as one
report gives it; :class:`Utterance`, all that were one utterance, each as a :class:`Variant`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from foedus.acts import DateRange, Form, Statement, hull
from foedus.ledger.records import Citation, Dating, Difference, Verdict
from foedus.ledger.sources import group_of
from foedus.report.records import Report

__all__ = ["Said", "Utterance", "Variant", "Wording", "said_of"]

Wording = Literal["fullest", "same", "cut", "reworded", "translated"]


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as one report gives it, with its words.

    ``published`` is what is known of the day the report appeared; ``group`` the independent source
    that the statement counts as: copies share one. ``verdict`` and ``judgements`` are what persons hold of
    it, ``corrected`` the fields that they corrected: the statement is then as corrected.
    """

    statement: Statement
    text: str
    language: str
    published: DateRange | None = None
    outlet: str | None = None
    group: str
    citation: Citation
    verdict: Verdict | None = None
    judgements: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Which record it is of: its source's hash and the record's id."""
        return (self.citation.source, self.statement.id)


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One wording of an utterance, and how it differs from the fullest one.

    ``wording``: ``fullest`` (the longest, with which the others are compared), ``same`` (word for
    word), ``cut`` (almost all its words stand in the fullest), ``reworded``, ``translated`` (in
    another language). ``lacks`` are the fullest one's words that count and are not in it, ``adds`` its
    own that are not there.
    """

    said: Said
    wording: Wording
    lacks: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()


class Utterance(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said once, with every report's wording of it.

    ``speaker`` is the person, where one report names him and another only his side. ``date`` is the
    day on which it was said, as far as a report tells; ``first_told`` when the earliest report
    appeared. ``differences`` hold what the wordings do not agree on (``speaker``, ``date``,
    ``figures``), each value with the ids of its statements.
    """

    id: str
    speaker: str | None
    date: DateRange | None = None
    first_told: DateRange | None = None
    forms: tuple[Form, ...] = ()
    variants: tuple[Variant, ...]
    reports: int = 0
    outlets: int = 0
    sources: int = 0
    differences: tuple[Difference, ...] = ()
    verdict: Verdict | None = None
    """What persons hold of it; ``disputed`` where their judgements are opposed."""
    judgements: tuple[str, ...] = ()
    """Ids of the judgements that stand on its statements, sorted."""

    @property
    def text(self) -> str:
        """The fullest wording."""
        return next(v.said.text for v in self.variants if v.wording == "fullest")

    @property
    def when(self) -> DateRange | None:
        """The day it was said, else the day it was first told."""
        return self.date or self.first_told


def said_of(report: Report, statement: Statement, dating: Dating, group: str) -> Said:
    """Return a report's statement with its words; its date must already be worked out."""
    return Said(
        statement=statement,
        text=" ".join(report.text[slice(*statement.span)].split()),
        language=report.language,
        published=hull(dating.candidates),
        outlet=report.outlet,
        group=group_of(statement, report, group),
        citation=Citation(report=report.label, source=report.hash, span=statement.span),
    )
