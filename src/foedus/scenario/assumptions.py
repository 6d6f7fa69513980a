"""Assumptions: what nobody knows, with its range, its reference, and how likely each value is.

Comes in: an assumption as a file declares it, and shares of probability between 0 and 1. Goes out: the
values at these shares (:meth:`Assumption.at`, the quantile function), so that one random number makes
one value and a larger one never makes a smaller.

``low`` and ``high`` are the least and the greatest value thought possible for ``triangular``, ``pert``
and ``uniform``; for ``lognormal`` they are the 5th and the 95th percentile. PERT is the beta
distribution with mean (low + 4 likely + high) / 6 (D. G. Malcolm et al., *Application of a Technique
for Research and Development Program Evaluation*, Operations Research 7 (5), 1959).
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from foedus.acts import Vague
from foedus.errors import FoedusError

__all__ = ["Assumption", "Distribution", "Reference", "Value", "make_assumption"]

Distribution = Literal["fixed", "uniform", "triangular", "pert", "lognormal"]
Day = date
Numbers = NDArray[np.float64]
_NORMAL_95 = 1.6448536269514722
"""The 95th percentile of the standard normal distribution."""


class Reference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a figure is said: issuing body, title, date (a day, or a year as a number).

    With ``precision`` only the month or the year of ``date`` is sure, and the rest is not shown.
    ``body``, ``title`` and ``note`` may be by language. ``checked`` only where somebody has seen the source
    itself and not what others say of it.
    """

    body: str | dict[str, str]
    title: str | dict[str, str]
    date: Day | int | None = None
    precision: Vague | None = None
    checked: bool = False
    note: str | dict[str, str] = ""

    @property
    def latest(self) -> Day | None:
        """The last day that the date may stand for: of a year its end."""
        return Day(self.date, 12, 31) if isinstance(self.date, int) else self.date


class Assumption(msgspec.Struct, frozen=True, kw_only=True):
    """A named unknown, in its own unit; ``title``: its words. ``line`` is where the file declares it.

    ``facts`` are those of the ledger that it was taken from, where it was: the file does not name it.
    """

    name: str
    unit: str
    low: float
    likely: float
    high: float
    distribution: Distribution
    reference: Reference | None
    why: str | dict[str, str] = ""
    title: str | dict[str, str] = ""
    line: int = 0
    facts: tuple[str, ...] = ()

    def at(self, share: Numbers) -> Numbers:
        """Return the values below which the assumption lies with probability ``share`` (in (0, 1))."""
        if self.distribution == "fixed" or self.low == self.high:
            return np.full(share.shape, self.likely)
        if self.distribution == "uniform":
            return self.low + share * (self.high - self.low)
        if self.distribution == "triangular":
            return self._triangular(share)
        # scipy.special takes a third of a second to load
        from scipy.special import betaincinv, ndtri

        if self.distribution == "lognormal":
            low, high = math.log(self.low), math.log(self.high)
            middle, spread = (low + high) / 2, (high - low) / (2 * _NORMAL_95)
            return np.asarray(np.exp(middle + spread * ndtri(share)), np.float64)
        width = self.high - self.low
        a = 1 + 4 * (self.likely - self.low) / width
        b = 1 + 4 * (self.high - self.likely) / width
        return np.asarray(self.low + width * betaincinv(a, b, share), np.float64)

    def _triangular(self, share: Numbers) -> Numbers:
        width, rise = self.high - self.low, self.likely - self.low
        turn = rise / width
        up = self.low + np.sqrt(share * width * rise)
        down = self.high - np.sqrt((1 - share) * width * (self.high - self.likely))
        return np.where(share < turn, up, down)


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity of a file: a constant, or an assumption times the factor between the two units."""

    constant: float = 0.0
    assumption: Assumption | None = None
    factor: float = 1.0

    @property
    def least(self) -> float:
        """The least that it can be (of a lognormal: 0)."""
        if self.assumption is None:
            return self.constant
        low = 0.0 if self.assumption.distribution == "lognormal" else self.assumption.low
        return low * self.factor

    @property
    def greatest(self) -> float:
        """The greatest that it can be (of a lognormal: without limit)."""
        if self.assumption is None:
            return self.constant
        high = math.inf if self.assumption.distribution == "lognormal" else self.assumption.high
        return high * self.factor


def make_assumption(name: str, numbers: dict[str, float], **rest: Any) -> Assumption:
    """Return an assumption from the points that a file gives (``low``, ``likely``, ``high``).

    Raises:
        FoedusError: points are missing, too many, or not in order.
    """
    kind: Distribution = rest.pop("distribution") or (
        "fixed" if set(numbers) == {"likely"} else "pert"
    )
    wanted = {
        "fixed": ("likely",), "uniform": ("low", "high"), "lognormal": ("low", "high"),
        "triangular": ("low", "likely", "high"), "pert": ("low", "likely", "high"),
    }[kind]  # fmt: skip
    if set(numbers) != set(wanted):
        raise FoedusError(
            f"a {kind} assumption is given by {', '.join(wanted)}, "
            f"and this one by {', '.join(numbers) or 'nothing'}",
            remedy="give low, likely and high, or name another distribution",
        )
    low = numbers.get("low", numbers.get("likely", 0.0))
    high = numbers.get("high", numbers.get("likely", 0.0))
    if kind == "lognormal" and low <= 0:
        raise FoedusError("a lognormal assumption lies above 0", remedy="give a low above 0")
    middle = math.sqrt(low * high) if kind == "lognormal" else (low + high) / 2
    likely = numbers.get("likely", middle)
    if not low <= likely <= high:
        raise FoedusError(
            "low, likely and high are not in this order", remedy="low ≤ likely ≤ high"
        )
    return Assumption(name=name, low=low, likely=likely, high=high, distribution=kind, **rest)
