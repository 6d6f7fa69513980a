"""Who draws what: random numbers that depend on seed, name and the number of the draw alone.

Comes in: a seed, which draws (``first`` and ``count``), and the name of what is drawn. Goes out: numbers
with one row a draw. Draw 4711 of ``rail_capacity`` is the same whether it is made alone, with ten
thousand others, on which machine, and whatever else the scenario draws: so that results do not
depend on the number of workers, and two scenarios that share a name share its draws (common random
numbers, which make their difference sharp).

The generator is Philox 4×64 with ten rounds (J. K. Salmon et al., *Parallel Random Numbers: As Easy as
1, 2, 3*, SC11, 2011), as NumPy has it: a block cipher over a counter. The key is a hash of seed and
name; the counter is the number of the draw.
"""

from __future__ import annotations

import hashlib
import math

import numpy as np
from numpy.typing import NDArray

from foedus.scenario.assumptions import Assumption, Value

__all__ = ["Draws"]

_BLOCK = 4
"""Numbers that one count of Philox gives."""


class Draws:
    """The draws ``first`` to ``first + count - 1`` of a seed."""

    def __init__(self, seed: int, first: int, count: int) -> None:
        self.seed, self.first, self.count = seed, first, count
        self._values: dict[str, NDArray[np.float64]] = {}

    def uniform(self, stream: str, shape: tuple[int, ...] = ()) -> NDArray[np.float64]:
        """Return numbers strictly between 0 and 1, of the shape ``(count, *shape)``.

        ``stream`` names what is drawn; the same name and shape give the same numbers.
        """
        wanted = math.prod(shape)
        blocks = -(-wanted // _BLOCK)
        digest = hashlib.blake2b(f"{self.seed}\n{stream}".encode(), digest_size=16).digest()
        key = np.frombuffer(digest, np.dtype("<u8")).astype(np.uint64)
        generator = np.random.Philox(key=key, counter=self.first * blocks)
        raw = generator.random_raw(self.count * blocks * _BLOCK).reshape(
            self.count, blocks * _BLOCK
        )
        # 52 bits and a half: neither 0 nor 1 can come out
        numbers = (raw[:, :wanted] >> np.uint64(12)).astype(np.float64) + 0.5
        return numbers.reshape(self.count, *shape) * 2.0**-52

    def value(self, assumption: Assumption) -> NDArray[np.float64]:
        """Return what the assumption is in each draw, in its own unit."""
        if assumption.name not in self._values:
            self._values[assumption.name] = assumption.at(self.uniform(f"${assumption.name}"))
        return self._values[assumption.name]

    def of(self, value: Value) -> NDArray[np.float64]:
        """Return what a quantity of the file is in each draw, in the unit that its place asks for."""
        if value.assumption is None:
            return np.full(self.count, value.constant)
        return self.value(value.assumption) * value.factor
