"""The brief: what people see.

Comes in: report files, or the answers of the ledger and of the alliance. Goes out: one
self-contained page, its data (``brief.json``, ``acts.jsonl``), the ledger file, and explanations as
text. :func:`build_brief` does the whole of it; :func:`make_view` and :func:`render` make a page from
answers alone.
"""

from foedus.brief.build import BriefResult, build_brief
from foedus.brief.explain import explain
from foedus.brief.material import (
    Material,
    MechanismWords,
    Register,
    declared_words,
    mechanism_words,
)
from foedus.brief.page import render
from foedus.brief.view import View, make_view
from foedus.brief.words import Words, languages

__all__ = [
    "BriefResult",
    "Material",
    "MechanismWords",
    "Register",
    "View",
    "Words",
    "build_brief",
    "declared_words",
    "explain",
    "languages",
    "make_view",
    "mechanism_words",
    "render",
]
