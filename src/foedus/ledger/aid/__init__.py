"""The aid tracker: who gives what to whom, how much of it, and how far it has come.

Comes in: facts of the ledger, and what is declared of items, classes and stages (``data/aid.yaml``). Goes
out: an :class:`AidRow` for each fact that tells of aid (:func:`aid_rows`), and tables of them
(:func:`pledges_table`, :func:`weapons_table`). Nothing is added up: two facts may tell of one pledge,
and where they may, they are linked.
"""

from foedus.ledger.aid.overlaps import overlapping
from foedus.ledger.aid.rows import LEFT_OUT, STAGES, AidRow, Figures, Reached, aid_rows, wanted_rows
from foedus.ledger.aid.tables import pledges_table, weapons_table
from foedus.ledger.tracker import Stage, Tracker, load_tracker

__all__ = [
    "LEFT_OUT",
    "STAGES",
    "AidRow",
    "Figures",
    "Reached",
    "Stage",
    "Tracker",
    "aid_rows",
    "load_tracker",
    "overlapping",
    "pledges_table",
    "wanted_rows",
    "weapons_table",
]
