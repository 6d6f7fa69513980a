"""Measure the ledger on a generated year: full build, a day more, questions, and comparing all pairs.

Comes in: nothing but options. Goes out: for the first N days of the year, and for the same year thinned,
the time per act of a full build (adding in batches of 200 reports, then working out all that follows),
peak memory, the size of the file; on top of each the time of one day more, in a new process; the
time of asking for all facts of one cue as of and as known by a day in the middle; and, at a small size, the
ratio to comparing every act with every other of its block. Each size is measured in a process of its
own. With ``--keep FOLDER`` the built ledgers stay there, as ``ACTS.duckdb``, and one that is there already is not built
again: the day more is always added to a copy. A build takes half an hour at a million acts, a day a minute.
Usage: ``python benchmarks/ledger.py [--acts 10000 100000 1000000] [--thinned] [--keep FOLDER] [--pairs N]``.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from year import Coded, year

from foedus.acts import Act
from foedus.alliance import load_alliance
from foedus.ledger import Ledger
from foedus.ledger.dating.timing import redated
from foedus.ledger.joining.items import Item, block_of, item_of
from foedus.ledger.joining.likeness import Likeness
from foedus.ledger.joining.placing import Block
from foedus.ledger.records import Dating
from foedus.ledger.roles import Roles
from foedus.ledger.rules import load_rules
from foedus.ledger.sources import readings_of
from foedus.ledger.store import open_store
from foedus.world import load_world

YEAR = 50_000
"""Reports of the whole year: a million acts."""
_BATCH = 200


def main() -> int:
    """Measure the sizes asked for, one process each, and print a line for each figure."""
    options = argparse.ArgumentParser(description="Measure the ledger.")
    options.add_argument("--acts", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    options.add_argument("--thinned", action="store_true", help="the same year, thinned, as well")
    options.add_argument("--pairs", type=int, default=4000, help="acts to compare all pairs of")
    options.add_argument("--keep", type=Path, help="a folder in which built ledgers stay")
    options.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        step, path, acts, thinned = asked.one
        print(json.dumps(_STEPS[step](Path(path), int(acts), thinned == "1")))
        return 0
    for thinned in (False, True) if asked.thinned else (False,):
        print("the same year, thinned" if thinned else "the first days of the year")
        for acts in asked.acts:
            with tempfile.TemporaryDirectory() as folder:
                path = _built(asked.keep or Path(folder), acts, thinned)
                copy = Path(shutil.copy(path, Path(folder) / "copy.duckdb"))
                for step in ("day", "ask"):
                    _show(step, _elsewhere(step, copy, acts, thinned))
    if asked.pairs:
        _show("pairs", pairs(asked.pairs))
    return 0


def _built(folder: Path, acts: int, thinned: bool) -> Path:
    """Build a ledger in a folder, unless it is there, and return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{acts}{'-thinned' if thinned else ''}.duckdb"
    if not path.exists():
        coming = path.with_suffix(".coming")
        _show("build", _elsewhere("build", coming, acts, thinned))
        coming.rename(path)
    return path


def _elsewhere(step: str, path: Path, acts: int, thinned: bool) -> dict[str, Any]:
    command = [sys.executable, __file__, "--one", step, str(path), str(acts), str(int(thinned))]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _show(step: str, found: dict[str, Any]) -> None:
    print(f"  {step}: " + ", ".join(f"{k} {v}" for k, v in found.items()), flush=True)


def _days(acts: int, thinned: bool) -> Iterator[list[Coded]]:
    """Yield days with about ``acts`` acts in all, then one day more."""
    reports = round(YEAR * acts / 1_000_000) if thinned else YEAR
    held = 0
    for coded in year(reports):
        yield coded
        if held >= acts:
            return
        held += _count(coded)


def _but_last(acts: int, thinned: bool) -> tuple[Iterator[list[Coded]], list[list[Coded]]]:
    last: list[list[Coded]] = []

    def before() -> Iterator[list[Coded]]:
        for day in _days(acts, thinned):
            if last:
                yield last.pop()
            last.append(day)

    return before(), last


def _count(coded: Sequence[Coded]) -> int:
    return sum(isinstance(r, Act) for _, records in coded for r in records)


def _now() -> float:
    """Seconds of work of this process, all its threads: others on the machine do not count."""
    return time.process_time()


def _peak() -> int:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def build(path: Path, acts: int, thinned: bool) -> dict[str, Any]:
    """Build a ledger of all days but the last."""
    days, _ = _but_last(acts, thinned)
    steps: list[tuple[float, str]] = []

    def note(_done: int, _total: int, name: str) -> None:
        steps.append((_now(), name))

    held = reports = 0
    spent = 0.0
    with Ledger.open(path, world=load_world(), progress=note) as ledger:
        ledger.set_cues(load_alliance().cue_kinds)
        batch: list[Coded] = []
        for day in days:
            held, reports = held + _count(day), reports + len(day)
            batch += day
            while len(batch) >= _BATCH:
                begun = _now()
                ledger.add(batch[:_BATCH])
                spent += _now() - begun
                batch = batch[_BATCH:]
        begun = _now()
        ledger.add(batch)
        added = spent + _now() - begun
        ledger.settle()
        spent += _now() - begun
    parts = {name: f"{b - a:.1f}" for (a, name), (b, _) in pairwise(steps)}
    return {
        "acts": held, "reports": reports, "seconds": round(spent, 1),
        "microseconds an act": round(1e6 * spent / held), "adding": f"{added:.1f}", **parts,
        "peak MB": _peak(), "file MB": path.stat().st_size // 1_000_000,
    }  # fmt: skip


def more(path: Path, acts: int, thinned: bool) -> dict[str, Any]:
    """Add the last day to the ledger."""
    before, last = _but_last(acts, thinned)
    for _ in before:
        pass
    world = load_world()
    begun = _now()
    with Ledger.open(path, world=world) as ledger:
        ledger.add(last[0])
    spent = _now() - begun
    return {"acts": _count(last[0]), "seconds": round(spent, 2), "peak MB": _peak()}


def ask(path: Path, _acts: int, _thinned: bool) -> dict[str, Any]:
    """Ask for the facts of a common, a middling and a rare cue, by both clocks, in the middle."""
    world = load_world()
    store = open_store(path, read_only=True)
    rows = store.ask(
        "SELECT cue, count(*) FROM told_cues WHERE cue NOT LIKE '%:%' GROUP BY cue ORDER BY 2 DESC, 1"
    )
    known = store.ask("SELECT known FROM settled WHERE known < 4000000 ORDER BY known")
    store.close()
    middle = date.fromordinal(known[len(known) // 2][0])
    found: dict[str, Any] = {"as known by": middle.isoformat()}
    with Ledger.open(path, read_only=True, world=world) as ledger:
        ledger.facts(known_by=middle, cues=["none"])
        for cue, told in (rows[0], rows[len(rows) // 2], rows[-1]):
            times = []
            for shift in range(5):
                on = middle + timedelta(days=shift)
                begun = _now()
                facts = ledger.facts(as_of=on, known_by=on, cues=[cue])
                times.append(1000 * (_now() - begun))
            found[cue] = (
                f"{times[0]:.0f} ms, on days about it {statistics.median(times[1:]):.0f} ms "
                f"({len(facts)} facts, {told} tellings)"
            )
    return found


_STEPS = {"build": build, "day": more, "ask": ask}


def pairs(acts: int) -> dict[str, Any]:
    """Cluster some acts, and compare every one of them with every other of its block."""
    rules = load_rules().speaking_of(load_alliance().cue_kinds)
    roles = Roles(load_world())
    said = [name for name, rule in rules.types.items() if rule.kind == "said"]
    blocks: dict[str, list[Item]] = {}
    held = 0
    for day in year(YEAR):
        for report, records in day:
            dating = Dating(source=report.hash, candidates=report.dates)
            told = redated(records, report.dates, said)
            for reading in readings_of(report, told, dating, report.hash):
                blocks.setdefault(block_of(reading, rules, roles), []).append(
                    item_of(reading, rules, roles)
                )
                held += 1
        if held >= acts:
            break
    begun = _now()
    for name, items in blocks.items():
        Block(rules, name.split()[0]).change(items, ())
    clustered = _now() - begun
    begun = _now()
    compared = 0
    for name, items in blocks.items():
        like = Likeness(rules, name.split()[0])
        for a, b in combinations(items, 2):
            compared += 1
            if not like.apart(a, b):
                like.shared(a, b)
    every = _now() - begun
    return {
        "acts": held, "clustered in s": round(clustered, 2), "all pairs in s": round(every, 2),
        "pairs": compared, "ratio": round(every / clustered, 1),
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
