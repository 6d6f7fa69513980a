"""Acts from a person: a chronology kept by hand, or one entry at the keyboard.

Comes in: a CSV file, or the values of one entry, and who enters them. Goes out: :class:`Entry`s (a row
each, with its author and the source it cites), the :class:`Entering` that brought them, and the readings
that the ledger groups into facts with those of reports.

A row is a source of its own: its text is the row as written (``date: 2022-02-24 · type: AID · …``), its
id a hash of file, author and text, so that spans, ids and judgements work on it as they do on a report,
and a row that merely moves in its file stays the same row. What is entered is never changed or removed:
a file entered again replaces its earlier rows from that day on.
"""

from foedus.ledger.hand.chronology import Chronology, one_row, read_chronology
from foedus.ledger.hand.kept import Kept, history, kept_rows
from foedus.ledger.hand.readings import readings_by_hand
from foedus.ledger.hand.records import Cited, Entering, Entry, entering
from foedus.ledger.hand.wording import COLUMNS

__all__ = [
    "COLUMNS",
    "Chronology",
    "Cited",
    "Entering",
    "Entry",
    "Kept",
    "entering",
    "history",
    "kept_rows",
    "one_row",
    "read_chronology",
    "readings_by_hand",
]
