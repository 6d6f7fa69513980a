"""The wording of a language: what its folder under ``lang/`` declares, read and validated.

Comes in: the name of a language. Goes out: its :class:`Lexicon` of frames, things, verbs of saying and operators,
with its :class:`Grammar` of closed-class words and, where its parser labels otherwise, its :class:`Labelling`.
"""

from foedus.coding.wording.grammar import Grammar
from foedus.coding.wording.labelling import Labelling
from foedus.coding.wording.lexicon import LANG_ROOT, Frame, Lexicon, Operator, Thing, load_lexicon

__all__ = [
    "LANG_ROOT",
    "Frame",
    "Grammar",
    "Labelling",
    "Lexicon",
    "Operator",
    "Thing",
    "load_lexicon",
]
