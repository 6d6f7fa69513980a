"""The text of a report before it is parsed: folded, its quotes found, cut into pieces.

Comes in: a report's characters and its article. Goes out: :class:`Quote` and :class:`Piece`, each with its
place; every character keeps its offset.
"""

from foedus.coding.text.fold import blank_marks, bounded, fold, lowered
from foedus.coding.text.pieces import Piece, cut, ends_with_that
from foedus.coding.text.quotes import Quote, QuoteIndex, find_quotes, load_quotes
from foedus.coding.text.spans import SpanIndex

__all__ = [
    "Piece",
    "Quote",
    "QuoteIndex",
    "SpanIndex",
    "blank_marks",
    "bounded",
    "cut",
    "ends_with_that",
    "find_quotes",
    "fold",
    "load_quotes",
    "lowered",
]
