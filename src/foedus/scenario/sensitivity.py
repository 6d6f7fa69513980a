"""On which assumption an answer hangs most.

Comes in: what each assumption was in each draw, and the answer of each draw. Goes out: the assumptions,
ranked. Two standard measures stand side by side, both of ranks and so indifferent to the shape of a
monotone relation:

- Spearman's rank correlation between assumption and answer;
- the partial rank correlation: the same once what the other assumptions explain has been taken out of
  both by linear regression of the ranks. The order is that of its size. M. D. McKay, W. J. Conover,
  R. J. Beckman, *Technometrics* 21 (2), 1979, and R. L. Iman, W. J. Conover, *The Use of the Rank
  Transform in Regression*, *Technometrics* 21 (4), 1979; in the form of S. Marino, I. B. Hogue, C. J.
  Ray, D. E. Kirschner, *A methodology for performing global uncertainty and sensitivity analysis in
  systems biology*, *Journal of Theoretical Biology* 254 (1), 2008.

What is not monotone (an answer that is worst in the middle of a range) these measures do not see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Influence", "ranked"]

_FAINT = 2.5758293035489004
"""The 99.5th percentile of the standard normal distribution: what one draw in a hundred passes by chance."""
_DIGITS = 6
"""To which results are rounded: the last digits of a sum differ from processor to processor."""


class Influence(msgspec.Struct, frozen=True, kw_only=True):
    """How an answer hangs on an assumption, from -1 to 1: above 0, more of it makes the answer greater.

    ``partial`` is None where it cannot be told (too few draws, or others explain all of it). ``clear``:
    one draw of a hundred would show as much if nothing hung on it, or fewer.
    """

    name: str
    spearman: float
    partial: float | None
    clear: bool


def ranked(
    assumptions: Mapping[str, NDArray[np.float64]], answer: NDArray[np.float64]
) -> tuple[Influence, ...]:
    """Return the assumptions by how much the answer hangs on them, most first; equals by name.

    Args:
        assumptions: by name, what each was in each draw; those that never differ are left out.
        answer: the answer in each draw; inf (« never ») is later than any day.

    Raises:
        ValueError: an answer is nan, or the numbers of draws differ.
    """
    values = np.asarray(answer, np.float64)
    if np.isnan(values).any():
        raise ValueError("an answer is not a number")
    names = sorted(n for n, drawn in assumptions.items() if len(drawn) and np.ptp(drawn) > 0)
    if not names or len(values) < 3 or not (values != values[0]).any():
        return ()
    ranks = np.stack([_ranks(assumptions[n]) for n in names], axis=1)
    target = _ranks(values)
    plain = [_correlation(ranks[:, i], target) for i in range(len(names))]
    partial = [_partial(ranks, target, i) for i in range(len(names))]
    free = len(values) - len(names) - 2
    limit = _FAINT / math.sqrt(free) if free > 0 else math.inf
    found = [
        Influence(
            name=name, spearman=round(rho or 0.0, _DIGITS),
            partial=None if part is None else round(part, _DIGITS),
            clear=abs(part if part is not None else rho or 0.0) >= limit,
        )
        for name, rho, part in zip(names, plain, partial, strict=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda i: (-_size(i), i.name)))


def _size(found: Influence) -> float:
    return abs(found.spearman if found.partial is None else found.partial)


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ranks from the middle; equals share the mean of theirs."""
    from scipy.stats import rankdata

    ranks = np.asarray(rankdata(values), np.float64)
    return np.asarray(ranks - ranks.mean(), np.float64)


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    both = math.sqrt(float(one @ one) * float(other @ other))
    # residuals of what others explain wholly are nothing but rounding
    return float(one @ other) / both if both > 1e-6 * len(one) else None


def _partial(ranks: NDArray[np.float64], target: NDArray[np.float64], at: int) -> float | None:
    """Return the correlation of what the other assumptions leave unexplained of both."""
    others = np.delete(ranks, at, axis=1)
    if len(target) - others.shape[1] < 3:
        return None
    both = np.stack([ranks[:, at], target], axis=1)
    if others.shape[1]:
        both = both - others @ np.linalg.lstsq(others, both, rcond=None)[0]
    return _correlation(both[:, 0], both[:, 1])
