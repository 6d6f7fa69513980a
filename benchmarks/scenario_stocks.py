"""Measure sustainment: the compiled kernel against one process of SimPy, vectorised with NumPy.

Comes in: nothing but options. Goes out: replications a second of 32 members × 6 classes × 365 days, with
100 donations, 64 orders and 48 stocks under repair, every evening written down: of the plain model
(`tests/scenario/plain_sustainment.py`) with one replication at a time (vectorised over members ×
classes), of the same with many at once (over draws too, as many as suit it best), and of the kernel on
one and on two cores; all of one run, by turns, the same made-up numbers handed to each, and each giving
the same results. ``benchmarks/scenario.py`` runs it with the others.
Usage: ``python benchmarks/scenario_stocks.py [--draws 800] [--rounds 3] [--cores 2]``.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.scenario.plain_sustainment import run_plainly  # noqa: E402
from tests.scenario.sustainment.builders import made_up  # noqa: E402

from foedus.scenario.sustainment.arrays import Drawn, Plan, Results  # noqa: E402
from foedus.scenario.sustainment.kernel import KERNEL, run_stocks  # noqa: E402

CHUNK = 25
ALONE, TOGETHER = 8, (24, 96, 192)
"""Replications that SimPy makes one at a time, and at once."""


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description="Measure sustainment.")
    options.add_argument("--draws", type=int, default=800, help="draws of the kernel")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--cores", type=int, default=2)
    asked = options.parse_args()
    speeds(asked.draws, asked.rounds, asked.cores)
    return 0


def speeds(draws: int, rounds: int, cores: int) -> None:
    """Print replications a second, and how many times the plain model's."""
    draws = max(draws, *TOGETHER)
    plan, drawn = made_up(1, draws=draws, members=32, classes=6, days=365, gifts=100, orders=64)
    KERNEL.expect(float("inf"))
    few = part(drawn, 0, ALONE)
    same(run_stocks(plan, few), run_plainly(plan, few))

    def alone() -> None:
        for at in range(ALONE):
            run_plainly(plan, part(drawn, at, 1))

    found: dict[str, list[Speed]] = {}
    for _ in range(rounds):
        found.setdefault("SimPy, one at a time", []).append(rate(ALONE, alone))
        for count in TOGETHER:
            speed = rate(count, lambda n=count: run_plainly(plan, part(drawn, 0, n)))
            found.setdefault(f"SimPy, {count} at once", []).append(speed)
        for workers in sorted({1, cores}):
            speed = rate(draws, lambda w=workers: spread(plan, drawn, w))
            name = f"kernel, {workers} core{'s' * (workers > 1)}"
            found.setdefault(name, []).append(speed)
    middle = {name: median(speeds) for name, speeds in found.items()}
    one = middle["SimPy, one at a time"]
    best = max((middle[f"SimPy, {count} at once"] for count in TOGETHER), key=lambda s: s.by_clock)
    print("replications a second by the clock (by processor: each core is counted)")
    print("32 members x 6 classes x 365 days                x one at a time   x best at once")
    for name, speed in middle.items():
        print(
            f"{name:22} {speed.by_clock:9,.1f} ({speed.by_processor:8,.1f})   "
            + "   ".join(f"{ratio(speed, other):>14}" for other in (one, best))
        )
    print("the same draws, the same results to the last item; medians of the rounds; aim 40")


class Speed(NamedTuple):
    """Replications a second of the clock, and of all the processors that worked on them."""

    by_clock: float
    by_processor: float


def median(speeds: list[Speed]) -> Speed:
    """Return the medians of both."""
    return Speed(*(statistics.median(column) for column in zip(*speeds, strict=True)))


def ratio(speed: Speed, other: Speed) -> str:
    """Return how many times as fast it is, by the clock and by processor."""
    by_clock, by_processor = (a / b for a, b in zip(speed, other, strict=True))
    return f"{by_clock:.1f} ({by_processor:.1f})"


def part(drawn: Drawn, first: int, count: int) -> Drawn:
    """Return some of the draws."""
    return Drawn(*(column[first : first + count] for column in drawn))


def spread(plan: Plan, drawn: Drawn, workers: int) -> None:
    """Run all draws in chunks, on so many cores: the kernel leaves Python's lock to others."""
    chunks = [part(drawn, at, CHUNK) for at in range(0, len(drawn.opening), CHUNK)]
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(lambda chunk: run_stocks(plan, chunk), chunks):
            pass


def same(one: Results, other: Results) -> None:
    """Stop where two results differ."""
    for name, column in one._asdict().items():
        np.testing.assert_array_equal(column, getattr(other, name), err_msg=name)


def rate(count: int, work: Callable[[], object]) -> Speed:
    """Return how many replications a second were done."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return Speed(count / (time.perf_counter() - began), count / (time.process_time() - used))


if __name__ == "__main__":
    sys.exit(main())
