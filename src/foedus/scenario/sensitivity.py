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
    ranks = np.stack([_ranks(drawn[name]) for name in names], axis=1)
    target = _ranks(answer)
    faint = _FAINT / math.sqrt(len(answer) - 1)
    found = []
    for at, name in enumerate(names):
        rho = _correlation(ranks[:, at], target) or 0.0
        found.append(
            Influence(
                assumption=name, correlation=rho, partial=_partial(ranks, target, at),
                clear=abs(rho) > faint,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda i: (-abs(i.correlation), i.assumption)))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rank of each value from their middle, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return np.asarray((last - (counts - 1) / 2)[inverse] - (len(values) + 1) / 2, np.float64)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    both = math.sqrt(float(one @ one) * float(other @ other))
    # what others explain wholly leaves nothing but rounding
    return round(float(one @ other) / both, _DIGITS) if both > 1e-6 * len(one) else None


def _partial(ranks: NDArray[np.float64], target: NDArray[np.float64], at: int) -> float | None:
    """Return the correlation of what the other assumptions leave unexplained of both."""
    others = np.delete(ranks, at, axis=1)
    if len(target) - others.shape[1] < 3:
        return None
    both = np.stack([ranks[:, at], target], axis=1)
    if others.shape[1]:
        both = both - others @ np.linalg.lstsq(others, both, rcond=None)[0]
    return _correlation(both[:, 0], both[:, 1])
