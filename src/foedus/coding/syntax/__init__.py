"""Sentences: words, what they may be in a dictionary, and who hangs on whom.

Comes in: pieces of a report and the wording of its language. Goes out: :class:`Parsed` pieces of :class:`Token`, with
the parser's known errors mended, and what can be asked of a tree: subjects, clauses, verb forms, objects that
stand elsewhere.
"""

from foedus.coding.syntax.adnominals import mend_adnominals
from foedus.coding.syntax.clauses import GROUP, Clauses
from foedus.coding.syntax.elided import Elided
from foedus.coding.syntax.parsing import Parsed, load_parser, parse
from foedus.coding.syntax.presents import mend_presents
from foedus.coding.syntax.tree import Token
from foedus.coding.syntax.verbforms import ADNOMINAL
from foedus.coding.syntax.words import Words

__all__ = [
    "ADNOMINAL",
    "GROUP",
    "Clauses",
    "Elided",
    "Parsed",
    "Token",
    "Words",
    "load_parser",
    "mend_adnominals",
    "mend_presents",
    "parse",
]
