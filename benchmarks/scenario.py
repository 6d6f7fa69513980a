"""Measure scenarios: a deployment, in the kernel and in SimPy; how soon the first result is there.

Comes in: nothing but options. Goes out: replications a second of 40 units of 10 loads each over 23 links, by the kernel
on two cores and by the plain SimPy model of the tests in one process, on the same draws and with the same arrivals, the
two by turns in one run; the time from the start of a process to the first 200 draws, compiled before and not; the
time that the outcome takes with its bound.
Usage: ``python benchmarks/scenario.py [deployment] [first] [--draws 2000] [--plain 20] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

UNITS, LOADS, LINKS, CORES = 40, 10, 23, 2


def main() -> int:
    """Print the tables asked for; both where none is named."""
    options = argparse.ArgumentParser(description="Measure scenarios.")
    options.add_argument("tables", nargs="*", metavar="TABLE", help="deployment, first")
    options.add_argument("--draws", type=int, default=2000)
    options.add_argument("--plain", type=int, default=20, help="draws given to SimPy in a round")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        first_result(asked.one)
        return 0
    tables = asked.tables or ["deployment", "first"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.yaml"
        path.write_text(made(), encoding="utf-8")
        if "deployment" in tables:
            deployment(path, asked.draws, asked.plain, asked.rounds)
        if "first" in tables:
            first(path, Path(folder) / "compiled")
    return 0


def made() -> str:
    """Return a scenario: 24 places in a line, rail with a change of gauge, and units that all go to its end."""
    lines = [
        "title: Made", "start: 2022-02-25", "days: 60", "assumptions:",
        "  speed: {low: 300, likely: 500, high: 800, unit: km/day}",
        "  paths: {low: 8, likely: 16, high: 24, unit: loads/day}",
        "  trouble: {low: 0.001, likely: 0.01, high: 0.05}",
        "  notice: {low: 1, likely: 3, high: 10, unit: days}",
        "deployment:", "  modes:", "    rail:", "      speed: $speed", "      capacity: $paths",
        "      handling: {capacity: 12 loads/day, places: 2}",
        "      gauge_change: {takes: 6 hours, capacity: 12 loads/day}",
        "      disruption: {chance: $trouble, lasts: 2 days}", "  nodes:",
    ]  # fmt: skip
    lines += [f"    - {{id: n{k}}}" for k in range(LINKS + 1)]
    lines.append("  links:")
    for k in range(LINKS):
        gauge = 1435 if k < LINKS - 3 else 1520
        lines.append(
            f"    - {{id: l{k}, from: n{k}, to: n{k + 1}, mode: rail, gauge: {gauge}, distance: {60 + 10 * (k % 5)} km}}"
        )
    lines.append("  units:")
    for k in range(UNITS):
        lines.append(
            f"    - {{id: u{k}, home: n{k % 8}, destination: n{LINKS}, persons: 500 persons, "
            f"notice: $notice, alert: {k % 3} days, loads: {{rail: {LOADS} loads}}}}"
        )
    return "\n".join(lines) + "\n"


def deployment(path: Path, draws: int, plain_draws: int, rounds: int) -> None:
    """Compare the kernel on two cores with SimPy in one process."""
    from tests.scenario.plain_deployment import plain

    from foedus.scenario import Draws, read_scenario
    from foedus.scenario.deployment.model import Deployment

    model = read_scenario(path).models["deployment"]
    assert isinstance(model, Deployment)
    half = draws // CORES
    model.run(Draws(1, 0, 2))  # compiled, or taken from where it is kept
    drawn = model.drawn(Draws(1, 0, plain_draws))
    kernel, simpy = [], []
    with ThreadPoolExecutor(CORES) as threads:
        for _ in range(rounds):
            begun = time.perf_counter()
            parts = list(threads.map(lambda k: model.run(Draws(1, k * half, half)), range(CORES)))
            kernel.append(CORES * half / (time.perf_counter() - begun))
            begun = time.perf_counter()
            found = [plain(model.plan, drawn, draw) for draw in range(plain_draws)]
            simpy.append(plain_draws / (time.perf_counter() - begun))
            assert found == parts[0]["arrival"][:plain_draws].tolist(), "the arrivals differ"
    visits = int(model.plan.leg_visits[-1]) * LOADS
    print(
        f"deployment of {UNITS} units × {LOADS} loads over {LINKS} links, {visits} visits a replication"
    )
    print("the same draws, the same arrivals to the last bit; draws made within the kernel's time")
    for name, speeds in ((f"kernel, {CORES} cores", kernel), ("SimPy, 1 process", simpy)):
        shown = ", ".join(f"{s:,.1f}" for s in speeds)
        print(f"{name:<18} {statistics.median(speeds):>10,.1f} replications/s   ({shown})")
    ratios = [k / s for k, s in zip(kernel, simpy, strict=True)]
    print(
        f"ratio {statistics.median(ratios):.0f} (of each round: {', '.join(f'{r:.0f}' for r in ratios)}); aim 100"
    )


def first(path: Path, empty: Path) -> None:
    """Time processes of their own, from their start to the first 200 draws."""
    for name, kept in (
        ("compiled before", {}),
        ("nothing compiled", {"NUMBA_CACHE_DIR": str(empty)}),
    ):
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(path)], check=True, capture_output=True, text=True,
            env={**os.environ, **kept},
        )  # fmt: skip
        took = time.perf_counter() - begun
        print(f"200 draws, {name}: {took:.1f} s, the whole process; within: {done.stdout.strip()}")


def first_result(path: Path) -> None:
    """Run 200 draws and say when they were there, and when the outcome with its bound was."""
    begun = time.perf_counter()
    from foedus.scenario import Draws, read_scenario

    model = read_scenario(path).models["deployment"]
    read = time.perf_counter() - begun
    draws = Draws(1, 0, 200)
    columns = model.run(draws)
    ran = time.perf_counter() - begun
    model.outcome(columns, draws)
    print(f"read {read:.1f} s, draws {ran:.1f} s, outcome {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    raise SystemExit(main())
