"""Coding: who said and did what, sentence by sentence.

Comes in: a :class:`~foedus.report.Report`, the world register, and an alliance's cues as data.
Goes out: records of the codebook (:data:`foedus.acts.Record`): statements, acts and quantities,
each with its characters and the line of wording that produced it.

The wording of a language is a folder of YAML under ``lang/``; adding a language adds a folder. Coding a
report depends on that report alone.
"""

from foedus.coding.acts import CueEntry
from foedus.coding.coder import Coder, languages
from foedus.coding.wording import load_lexicon

__all__ = ["Coder", "CueEntry", "languages", "load_lexicon"]
