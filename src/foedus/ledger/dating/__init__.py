"""Dating: on which days a report can have appeared, and when what it tells happened.

Comes in: reports' candidate days, their acts, and a calendar. Goes out: a :class:`~foedus.ledger.records.Dating` for
each report with every step that narrowed it (:func:`date_reports`), kept as rows and worked out again when
something more becomes known.
"""

from foedus.ledger.dating.datings import Datings
from foedus.ledger.dating.narrowing import DATING_RULES
from foedus.ledger.dating.rounds import date_reports
from foedus.ledger.dating.timing import redated

__all__ = [
    "DATING_RULES",
    "Datings",
    "date_reports",
    "redated",
]
