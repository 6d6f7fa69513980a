"""The brief: what people see.

Comes in: report files, or the answers of the ledger and of the alliance. Goes out: one
self-contained page, its data (``brief.json``, ``acts.jsonl``), the ledger file, and explanations as
text. :func:`build_brief` does the whole of it; :func:`make_view` and :func:`render` make a page from
answers alone. What is taken from here is loaded when it is taken: a simulation needs no ledger.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.brief.build import BriefResult, build_brief
    from foedus.brief.explaining import explain
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

_FROM = {
    "BriefResult": "build", "Material": "material", "MechanismWords": "material",
    "Register": "material", "View": "view", "Words": "words", "build_brief": "build",
    "declared_words": "material", "explain": "explaining", "languages": "words",
    "make_view": "view", "mechanism_words": "material", "render": "page",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FROM[name]}"), name)
