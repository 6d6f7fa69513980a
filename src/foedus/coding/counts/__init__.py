"""Quantities: numbers, what they count, and the strengths and stocks that stand without an act.

Comes in: a report's text, its parsed pieces and its acts. Goes out: the acts with their amounts, and quantity
records of their own (:class:`Counter`).
"""

from foedus.coding.counts.counting import Counter, cued
from foedus.coding.counts.numberwords import tokenize
from foedus.coding.counts.quantities import stem

__all__ = [
    "Counter",
    "cued",
    "stem",
    "tokenize",
]
