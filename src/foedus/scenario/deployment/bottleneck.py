"""What holds everything up, and what one more load a day there would bring.

Comes in: a deployment and its columns. Goes out: places and permissions by the share of draws in which
they lie on the path that ends in the last arrival, and, for the first of them, the same draws played
once more with a larger capacity there (common random numbers: only the capacity differs).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.deployment.model import Deployment
from foedus.scenario.draws import Draws
from foedus.scenario.model import Columns

__all__ = ["PLAYED", "Held", "gained", "held_up"]

PLAYED = 1000
"""Draws that are played once more for each place."""


LEAST = 1e-9
"""Days: what is less is a rounding of floating-point numbers and no wait."""


@dataclass(frozen=True)
class Held:
    """One place (its number among the model's places) or permission (None), over all draws.

    ``share``: of draws in which the path of the last arrival waits here; ``days``: that it waits
    here, in each draw; ``waited``: that all loads wait here (of a permission: 0).
    """

    id: str
    place: int | None
    share: float
    days: NDArray[np.float64]
    waited: NDArray[np.float64]


def held_up(model: Deployment, columns: Columns) -> list[Held]:
    """Return all that held up the last arrival in some draw, most days first."""
    labels = [str(label) for label in model.axes["held"][0].labels]
    found = []
    for at, label in enumerate(labels):
        days = np.where(columns["held"][:, at] < LEAST, 0.0, columns["held"][:, at])
        place = at if at < len(model.places) else None
        waited = columns["waited"][:, at] if place is not None else np.zeros(len(days))
        if days.any():
            found.append(Held(label, place, float(np.mean(days > 0)), days, waited))
    return sorted(found, key=lambda held: (-float(held.days.mean()), held.id))


def gained(
    model: Deployment, place: int, draws: Draws, last: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Play the first draws with one load a day (or one carrier) more at a place.

    Args:
        model: the deployment.
        place: the number of the place among ``model.places``.
        draws: all draws; the first thousand are played.
        last: the last arrival in each of all draws.

    Returns:
        By how many days the last arrival is earlier in each draw played. Less than zero is
        possible: first come first served is not the best order.
    """
    from foedus.scenario.deployment.kernel import play

    few = Draws(draws.seed, draws.first, min(draws.count, PLAYED))
    played = play(model.plan, model.drawn(few, more=place), 0)
    sooner = played.arrival.max(axis=1)
    return np.asarray(last[: few.count] - sooner, np.float64)
