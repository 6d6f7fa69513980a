"""On which assumption an answer hangs most.

Comes in: what each assumption was in each draw, and the answer of each draw. Goes out: an
:class:`Influence` for each assumption, the strongest first. Both measures are of ranks, and so do not mind
the shape of a relation as long as it goes one way:

- Spearman's rank correlation of assumption and answer, by which they are ordered (C. Spearman, *The Proof
  and Measurement of Association between Two Things*, American Journal of Psychology 15 (1), 1904);
- beside it the partial rank correlation: the same, once what the other assumptions explain is taken out
  of both by linear regression of the ranks (R. L. Iman, W. J. Conover, *The Use of the Rank Transform
  in Regression*, Technometrics 21 (4), 1979; as in S. Marino, I. B. Hogue, C. J. Ray, D. E. Kirschner,
  *A methodology for performing global uncertainty and sensitivity analysis in systems biology*,
  Journal of Theoretical Biology 254 (1), 2008).

What goes both ways (an answer that is worst in the middle of a range) neither of them sees.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Influence", "rank"]

_FAINT = 2.5758293035489004
"""The 99.5th percentile of the standard normal distribution: one draw in a hundred lies further out."""
_DIGITS = 9
"""To which results are rounded: the last digits of a sum differ from processor to processor."""


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """An assumption and its rank correlation with an answer: 1, more makes it larger; -1, smaller.

    ``partial``: the partial one; None where it cannot be told (too few draws, or the others explain all
    of it). ``clear``: so large a correlation comes by chance less than once in a hundred.
    """

    assumption: str
    correlation: float
    partial: float | None = None
    clear: bool = True


def rank(
    drawn: Mapping[str, NDArray[np.float64]], answer: NDArray[np.float64]
) -> tuple[Influence, ...]:
    """Return how much each assumption moves the answer, the strongest first; equals by name.

    Args:
        drawn: by name, what each assumption was in each draw; those that never differ are left out.
        answer: the answer in each draw; inf (« never ») is later than any day.

    Raises:
        ValueError: an answer is not a number.
    """
    if np.isnan(answer).any():
        raise ValueError("an answer is not a number")
    names = sorted(n for n, values in drawn.items() if len(values) and np.ptp(values) > 0)
    if not names or len(answer) < 3 or np.all(answer == answer[0]):
        return ()
    ranks = np.stack([_ranks(values) for values in (*(drawn[n] for n in names), answer)], axis=1)
    size = np.sqrt(np.einsum("ij,ij->j", ranks, ranks))
    plain = (ranks.T @ ranks) / np.outer(size, size)
    partial = _partial(plain) if len(answer) > len(names) + 2 else [None] * len(names)
    faint = _FAINT / math.sqrt(len(answer) - 1)
    found = [
        Influence(
            assumption=name, correlation=round(float(rho), _DIGITS), partial=part,
            clear=abs(float(rho)) > faint,
        )
        for name, rho, part in zip(names, plain[:-1, -1], partial, strict=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda i: (-abs(i.correlation), i.assumption)))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value from their middle, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse] - (len(values) + 1) / 2, np.float64)


def _partial(plain: NDArray[np.float64]) -> list[float | None]:
    """Return the partial correlations with the last, from the inverse of all correlations.

    It is what is left of both when the others' regression is taken out of them (M. G. Kendall, A.
    Stuart, *The Advanced Theory of Statistics*, vol. 2, on partial correlation).
    """
    if np.linalg.matrix_rank(plain, hermitian=True) < len(plain):
        return [None] * (len(plain) - 1)
    inverse = np.linalg.inv(plain)
    scale = np.sqrt(np.diag(inverse))
    return [
        round(float(-inverse[i, -1] / (scale[i] * scale[-1])), _DIGITS)
        for i in range(len(plain) - 1)
    ]
