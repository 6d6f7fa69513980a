"""Joining: which tellings of different reports are one fact.

Comes in: readings, the declared rules, the register of known events. Goes out: tellings made ready to be compared
(:class:`Item`), what two of them share and what sets them apart (:class:`Likeness`), and where each one goes, for
all days at once (:class:`Block`, :func:`group_facts`).
"""

from foedus.ledger.joining.athand import AtHand
from foedus.ledger.joining.clauses import Clauses, Told, load_clause_rules
from foedus.ledger.joining.grouping import affinity, fact_order, group_facts
from foedus.ledger.joining.items import Item, block_of, item_of, likely_days
from foedus.ledger.joining.landmarks import Landmarks
from foedus.ledger.joining.placing import Block
from foedus.ledger.joining.tellings import Tellings

__all__ = [
    "AtHand",
    "Block",
    "Clauses",
    "Item",
    "Landmarks",
    "Tellings",
    "Told",
    "affinity",
    "block_of",
    "fact_order",
    "group_facts",
    "item_of",
    "likely_days",
    "load_clause_rules",
]
