"""Measure sustainment: the compiled kernel against one process of SimPy, vectorised with NumPy.

Comes in: nothing but options. Goes out: replications a second of 32 members × 6 classes × 365 days, with
100 donations, 64 orders and 48 stocks under repair, every evening written down: of the plain model
(`tests/scenario/plain_sustainment.py`) with one replication at a time (vectorised over members ×
classes), of the same with many at once (over draws too), and of the kernel on one and on two cores;
all of one run, the same made-up numbers handed to each, and each giving the same results. Then, in fresh
processes, how long 200 draws of the shipped scenario of shells take from start to outcome, with
nothing compiled yet and with what was compiled before.
Usage: ``python benchmarks/scenario_stocks.py [--draws 400] [--plain 24] [--cores 2]``.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.scenario.plain_sustainment import run_plainly  # noqa: E402
from tests.scenario.sustainment.builders import made_up  # noqa: E402

from foedus.scenario.sustainment.arrays import Drawn, Plan, Results  # noqa: E402
from foedus.scenario.sustainment.kernel import run_stocks  # noqa: E402

CHUNK = 25
FIRST = """
import sys
from pathlib import Path
from foedus.scenario import read_scenario
from foedus.scenario.outcome import make_outcome
from foedus.scenario.runs import run
scenario = read_scenario(Path(sys.argv[1]))
make_outcome(scenario, run(scenario, 200, 1, workers=1))
"""


def main() -> int:
    """Print both tables."""
    options = argparse.ArgumentParser(description="Measure sustainment.")
    options.add_argument("--draws", type=int, default=400, help="draws of the kernel")
    options.add_argument("--plain", type=int, default=24, help="draws of the plain model")
    options.add_argument("--cores", type=int, default=2)
    asked = options.parse_args()
    speeds(asked.draws, asked.plain, asked.cores)
    first_results()
    return 0


def speeds(draws: int, plain: int, cores: int) -> None:
    """Print replications a second, and how many times the plain model's."""
    plan, drawn = made_up(1, draws=draws, members=32, classes=6, days=365, gifts=100, orders=64)
    warm = part(drawn, 0, plain)
    same(run_stocks(plan, warm), run_plainly(plan, warm))
    one = rate(plain, lambda: [run_plainly(plan, part(drawn, i, 1)) for i in range(plain)])
    many = rate(plain, lambda: run_plainly(plan, part(drawn, 0, plain)))
    rows = [("SimPy, one replication at a time", one), (f"SimPy, {plain} at once", many)]
    for workers in sorted({1, cores}):
        # two rounds: the first may be slow for other reasons
        found = max(rate(draws, lambda w=workers: spread(plan, drawn, w)) for _ in range(2))
        rows.append((f"kernel, {workers} core{'s' * (workers > 1)}", found))
    print("32 members x 6 classes x 365 days  replications/s   x one at a time   x at once")
    for name, found in rows:
        print(f"{name:33}  {found:14,.1f}  {found / one:16,.1f}  {found / many:10,.1f}")


def part(drawn: Drawn, first: int, count: int) -> Drawn:
    """Return some of the draws."""
    return Drawn(*(column[first : first + count] for column in drawn))


def spread(plan: Plan, drawn: Drawn, workers: int) -> list[Results]:
    """Run all draws in chunks, on so many cores: the kernel leaves Python's lock to others."""
    chunks = [part(drawn, at, CHUNK) for at in range(0, len(drawn.opening), CHUNK)]
    if workers == 1:
        return [run_stocks(plan, chunk) for chunk in chunks]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda chunk: run_stocks(plan, chunk), chunks))


def same(one: Results, other: Results) -> None:
    """Stop where two results differ."""
    for name, column in one._asdict().items():
        np.testing.assert_array_equal(column, getattr(other, name), err_msg=name)


def rate(count: int, work: Callable[[], object]) -> float:
    """Return how many replications a second were done."""
    began = time.perf_counter()
    work()
    return count / (time.perf_counter() - began)


def first_results() -> None:
    """Print how long 200 draws take from the start of Python, nothing compiled and compiled."""
    scenario = ROOT / "scenarios" / "shells-155mm-2022-2024.yaml"
    with tempfile.TemporaryDirectory() as cache:
        paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
        env = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPATH": os.pathsep.join(paths)}
        for name in ("nothing compiled yet", "compiled before"):
            began, used = time.perf_counter(), _processor()
            subprocess.run([sys.executable, "-c", FIRST, str(scenario)], check=True, env=env)
            took, used = time.perf_counter() - began, _processor() - used
            print(f"first result of 200 draws, {name}: {took:.1f} s ({used:.1f} s of processor)")


def _processor() -> float:
    """Return the seconds that processes started from here have kept a processor busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
