"""The ledger: what is known, who says so, since when.

Comes in: reports with the records coded from them (:meth:`Ledger.add`), and the dated acts of an
alliance's public record (:meth:`Ledger.set_calendar`), which help to date reports and are no
evidence; and what its cues are (:meth:`Ledger.set_cues`), by which tellings are joined. Kept in one DuckDB file, or in a PostgreSQL database.

Goes out: facts (tellings of the same thing joined, their disagreements side by side), utterances (the
same of statements), quantities, sources and how each report was dated; as of a date, and as known by a date.

By hand: persons enter acts of their own (:mod:`foedus.ledger.hand`), and judge facts, acts and sources
(:func:`judge`); what they hold is kept apart from what was read and can be withdrawn. The working functions
:func:`group_facts`, :func:`group_utterances`, :func:`date_reports` and :func:`independent_sources` are pure.
"""

from foedus.ledger.copying import copy_ledger
from foedus.ledger.dating import DATING_RULES, date_reports
from foedus.ledger.joining import group_facts
from foedus.ledger.judge_verbs import judge
from foedus.ledger.judging import VERBS, Anchor, Judged, Judgement, moment
from foedus.ledger.ledger import Ledger
from foedus.ledger.opposed import Opposed, opposed_facts
from foedus.ledger.records import (
    Citation,
    Dating,
    DatingStep,
    DeclaredAct,
    Difference,
    Fact,
    Reading,
    Source,
    Undecided,
)
from foedus.ledger.rules import CueKinds
from foedus.ledger.sayings import Said, Utterance, Variant
from foedus.ledger.sources import independent_sources
from foedus.ledger.speech import group_utterances
from foedus.ledger.speeches import Speech

__all__ = [
    "DATING_RULES",
    "VERBS",
    "Anchor",
    "Citation",
    "CueKinds",
    "Dating",
    "DatingStep",
    "DeclaredAct",
    "Difference",
    "Fact",
    "Judged",
    "Judgement",
    "Ledger",
    "Opposed",
    "Reading",
    "Said",
    "Source",
    "Speech",
    "Undecided",
    "Utterance",
    "Variant",
    "copy_ledger",
    "date_reports",
    "group_facts",
    "group_utterances",
    "independent_sources",
    "judge",
    "moment",
    "opposed_facts",
]
