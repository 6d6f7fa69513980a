"""Who is meant: names, titles, functions, adjectives and pronouns resolved to persons, states and bodies.

Comes in: parsed pieces and the mentions of the world register. Goes out: :class:`Referents`, which says of a word
whom it means on the report's day, or that nobody can tell.
"""

from foedus.coding.who.names import introduced_names, others_surnames
from foedus.coding.who.organs import SEATS
from foedus.coding.who.referents import OWNERS, Referents
from foedus.coding.who.spelling import Spellings
from foedus.coding.who.unnamed import Unnamed
from foedus.coding.who.voices import issuers

__all__ = [
    "OWNERS",
    "SEATS",
    "Referents",
    "Spellings",
    "Unnamed",
    "introduced_names",
    "issuers",
    "others_surnames",
]
