"""Reading the ledger and writing it out.

Comes in: an open ledger and the two dates of a question (:class:`Content`). Goes out: facts chosen
by a :class:`Filter`, utterances by a :class:`SpeechFilter` and who contradicts them, the trail from an id to the characters (:func:`trail_of`), flat tables
(:data:`TABLES`), and files in every form of :data:`FORMS` (:func:`export`).
"""

from foedus.ledger.cells import cell_text, csv_lines
from foedus.ledger.out.answers import Dispute, OutletRow, disputes_of, outlets_of
from foedus.ledger.out.content import Content
from foedus.ledger.out.filters import Filter, chosen, in_ids, unmet
from foedus.ledger.out.positions import (
    Position,
    positions_of,
    positions_table,
    sides_of,
    words_of,
)
from foedus.ledger.out.speaking import (
    SpeechFilter,
    chosen_utterances,
    speakers_near,
    speech_in_ids,
)
from foedus.ledger.out.tables import (
    TABLES,
    Column,
    Table,
    disputes_table,
    facts_table,
    outlets_table,
    passages_table,
    table_of,
    utterances_table,
)
from foedus.ledger.out.trail import Trail, trail_of
from foedus.ledger.out.trailtext import trail_lines
from foedus.ledger.out.writing import FORMS, OF_FACTS, export

__all__ = [
    "FORMS",
    "OF_FACTS",
    "TABLES",
    "Column",
    "Content",
    "Dispute",
    "Filter",
    "OutletRow",
    "Position",
    "SpeechFilter",
    "Table",
    "Trail",
    "cell_text",
    "chosen",
    "chosen_utterances",
    "csv_lines",
    "disputes_of",
    "disputes_table",
    "export",
    "facts_table",
    "in_ids",
    "outlets_of",
    "outlets_table",
    "passages_table",
    "positions_of",
    "positions_table",
    "sides_of",
    "speakers_near",
    "speech_in_ids",
    "table_of",
    "trail_lines",
    "trail_of",
    "unmet",
    "utterances_table",
    "words_of",
]
