"""Measure scenarios: a deployment and stocks, by kernel and by SimPy; how soon the first result is there.

Comes in: nothing but options. Goes out: replications a second of 40 units of 10 loads each over 23 links, by the kernel
on two cores and by the plain SimPy model of the tests in one process, on the same draws and with the same arrivals, the
two by turns in one run; the same of stocks (:mod:`scenario_stocks`); of each shipped scenario the time from the start
of ``foedus simulate -n 200`` to the first answer that it prints, with nothing compiled and with what was compiled
before.
Usage: ``python benchmarks/scenario.py [deployment] [sustainment] [first] [--draws 2000] [--plain 20] [--rounds 3]``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scenario_stocks import median, rate, ratio, speeds  # noqa: E402

UNITS, LOADS, LINKS, CORES = 40, 10, 23, 2


def main() -> int:
    """Print the tables asked for; both where none is named."""
    options = argparse.ArgumentParser(description="Measure scenarios.")
    options.add_argument(
        "tables", nargs="*", metavar="TABLE", help="deployment, sustainment, first"
    )
    options.add_argument("--draws", type=int, default=2000)
    options.add_argument("--plain", type=int, default=20, help="draws given to SimPy in a round")
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    tables = asked.tables or ["deployment", "sustainment", "first"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.yaml"
        path.write_text(made(), encoding="utf-8")
        if "deployment" in tables:
            deployment(path, asked.draws, asked.plain, asked.rounds)
        if "sustainment" in tables:
            speeds(asked.draws, asked.rounds, CORES)
        if "first" in tables:
            first(Path(folder))
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

    from foedus.scenario import Columns, Draws, read_scenario
    from foedus.scenario.deployment.kernel import KERNEL
    from foedus.scenario.deployment.model import Deployment

    model = read_scenario(path).models["deployment"]
    assert isinstance(model, Deployment)
    half = draws // CORES
    KERNEL.expect(float("inf"))
    model.run(Draws(1, 0, 2))  # compiled, or taken from where it is kept
    drawn = model.drawn(Draws(1, 0, plain_draws))
    kernel, simpy = [], []
    with ThreadPoolExecutor(CORES) as threads:

        def fast() -> list[Columns]:
            return list(threads.map(lambda k: model.run(Draws(1, k * half, half)), range(CORES)))

        def slow() -> list[list[float]]:
            return [plain(model.plan, drawn, draw) for draw in range(plain_draws)]

        assert slow() == fast()[0]["arrival"][:plain_draws].tolist(), "the arrivals differ"
        for _ in range(rounds):
            kernel.append(rate(CORES * half, fast))
            simpy.append(rate(plain_draws, slow))
    visits = int(model.plan.leg_visits[-1]) * LOADS
    print(
        f"deployment of {UNITS} units × {LOADS} loads over {LINKS} links, {visits} visits a replication"
    )
    print("replications a second by the clock (by processor: each core is counted)")
    one = median(simpy)
    for name, speed in ((f"kernel, {CORES} cores", median(kernel)), ("SimPy, 1 process", one)):
        print(
            f"{name:18} {speed.by_clock:9,.1f} ({speed.by_processor:8,.1f})   {ratio(speed, one)}"
        )
    print("the same draws, the same arrivals to the last bit; draws made within the kernel's time;")
    print("medians of the rounds; aim 100")


def first(folder: Path) -> None:
    """Time the command itself, in processes of its own."""
    print("foedus simulate -n 200: seconds to the first answer printed (of them of processor)")
    for scenario in sorted((ROOT / "scenarios").glob("*.yaml")):
        cache = folder / f"compiled {scenario.stem}"
        cold = printed(scenario, folder, cache, 200)
        printed(scenario, folder, cache, 20_000)
        warm = sorted(printed(scenario, folder, cache, 200) for _ in range(3))[1]
        print(
            f"{scenario.stem:30} nothing compiled {cold[0]:.1f} ({cold[1]:.1f}); "
            f"compiled before {warm[0]:.1f} ({warm[1]:.1f})",
            flush=True,
        )


def printed(scenario: Path, folder: Path, cache: Path, draws: int) -> tuple[float, float]:
    """Return the seconds until the command printed its first line, and those of processor."""
    paths = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", "from foedus.cli import main; main()", "simulate"]
    command += [str(scenario), "-n", str(draws), "--workers", "1", "-o", str(folder / "out")]
    begun = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "NUMBA_CACHE_DIR": str(cache), "PYTHONPATH": paths},
    ) as done:  # fmt: skip
        assert done.stdout is not None
        done.stdout.readline()
        there, used = time.perf_counter() - begun, processor(done.pid)
        done.stdout.read()
    assert done.returncode == 0, f"foedus simulate ended with {done.returncode}"
    return there, used


def processor(number: int) -> float:
    """Return the seconds of processor that a process has used, nan where the system does not tell."""
    told = Path(f"/proc/{number}/stat")
    if not told.exists():
        return float("nan")
    fields = told.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    raise SystemExit(main())
