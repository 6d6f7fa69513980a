"""How much each assumption moves an answer, ranked.

Comes in: what each assumption was in each draw, and the answer in each draw. Goes out: an
:class:`Influence` for each, the strongest first. Spearman's rank correlation (C. Spearman, *The Proof
and Measurement of Association between Two Things*, American Journal of Psychology 15 (1), 1904).
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Influence", "rank"]


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """An assumption and its rank correlation with an answer: 1, more makes it larger; -1, smaller."""

    assumption: str
    correlation: float


def rank(
    drawn: Mapping[str, NDArray[np.float64]], answer: NDArray[np.float64]
) -> tuple[Influence, ...]:
    """Return how much each assumption moves the answer, the strongest first; inf ranks last."""
    if len(answer) < 3 or np.all(answer == answer[0]):
        return ()
    ranks = _ranks(answer)
    found = [
        Influence(assumption=name, correlation=float(np.corrcoef(_ranks(values), ranks)[0, 1]))
        for name, values in drawn.items()
    ]
    return tuple(sorted(found, key=lambda i: (-abs(i.correlation), i.assumption)))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse], np.float64)
