"""Statements: who says what, in whose words, by way of whom.

Comes in: parsed pieces, quotes and :class:`~foedus.coding.who.Referents`. Goes out: drafts of statements
(:class:`Draft`), which :class:`Statements` finds by quotation marks, words of saying and « selon X ».
"""

from foedus.coding.speech.attribution import Draft
from foedus.coding.speech.statements import Statements

__all__ = [
    "Draft",
    "Statements",
]
