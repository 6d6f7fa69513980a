"""Score the coder against gold records, and list where it errs.

Comes in: folders of gold records (``NAME.gold.jsonl``) and of the reports they were annotated on
(``NAME.txt``). Goes out: a table for each set, by the scorer that lies beside the shared gold. A set that
is not there is skipped, with the reason; ``--errors`` lists what was missed, added or read otherwise.
Usage: ``make eval``, or ``python benchmarks/eval.py [--errors] [--set NAME GOLD REPORTS]...``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from foedus.acts import encode_record
from foedus.alliance import load_alliance
from foedus.coding import Coder
from foedus.report import Failure, Report, read
from foedus.world import load_world

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "gold" / "score.py"
SETS = (
    ("five reports (development)", SHARED / "gold" / "dev", SHARED / "reports"),
    ("samples/gold/dev (development)", ROOT / "samples/gold/dev", ROOT / "samples/gold/dev"),
)
MEASURES = (
    "statement@0.5", "statement+speaker@0.5", "statement@0.8", "statement+speaker@0.8", "via",
    "act", "act+actors+aux", "actors", "recipients", "places", "cues", "quantities",
)  # fmt: skip
SHARES = ("form_accuracy", "aux_accuracy", "date_accuracy")
ROLES = ("actors", "recipients", "places", "cues")
Row = dict[str, Any]


def main() -> int:
    """Score every set that is there; 0 even where none is: an absent set is no failure."""
    options = argparse.ArgumentParser(description="Score the coder against gold records.")
    options.add_argument("--errors", action="store_true", help="list what was read otherwise")
    options.add_argument(
        "--set", nargs=3, action="append", metavar=("NAME", "GOLD", "REPORTS"),
        help="a set of your own: its name, the folder of gold records, that of the reports",
    )  # fmt: skip
    asked = options.parse_args()
    sets = [(n, Path(g), Path(r)) for n, g, r in asked.set] if asked.set else SETS
    if not SCORER.is_file():
        print(f"skipped: the scorer is not beside this clone ({SHARED.name}/gold/score.py)")
        return 0
    scorer = load_module(SCORER)
    print(f"{datetime.now(UTC):%Y-%m-%d}, commit {commit()}")
    for name, gold_folder, reports in sets:
        if not any(gold_folder.glob("*.gold.jsonl")) or not reports.is_dir():
            print(f"\n{name}: skipped, there are no gold records in {gold_folder.name}/")
            continue
        gold = list(gold_rows(gold_folder))
        coded, texts = _coded(reports, {row["report"] for row in gold})
        _print_table(name, scorer.score(gold, coded))
        if asked.errors:
            for line in _errors(scorer, gold, coded, texts):
                print(line)
    return 0


def load_module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("foedus_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commit() -> str:
    """The commit that is scored, with a + where files of the coder differ from it."""

    def git(*words: str) -> str:
        asked = subprocess.run(["git", "-C", ROOT, *words], capture_output=True, text=True)
        return asked.stdout.strip()

    changed = git("status", "--porcelain", "--", "src")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")


def gold_rows(folder: Path) -> Iterator[Row]:
    for path in sorted(folder.glob("*.gold.jsonl")):
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def _coded(folder: Path, wanted: set[str]) -> tuple[list[Row], dict[str, str]]:
    """Code the reports that the gold names; return their records and their texts."""
    world, alliance = load_world(), load_alliance("nato")
    coder = Coder(world, alliance.cues, own=alliance.own)
    rows: list[Row] = []
    texts: dict[str, str] = {}
    for item in read([folder], world=world):
        if isinstance(item, Failure):
            print(item.message, file=sys.stderr)
        elif isinstance(item, Report) and item.label in wanted:
            texts[item.label] = item.text
            rows += [json.loads(encode_record(record)) for record in coder.code(item)]
    return rows, texts


def _print_table(name: str, scores: Row) -> None:
    print(f"\n{name}: {scores['reports']} reports")
    print(f"{'':24}{'precision':>10}{'recall':>10}{'F1':>10}{'right/coded/gold':>20}")
    for key in MEASURES:
        value = scores[key]
        counts = f"{value['hits']}/{value['predicted']}/{value['gold']}"
        print(
            f"{key:24}{value['precision']:10.3f}{value['recall']:10.3f}{value['f1']:10.3f}{counts:>20}"
        )
    for key in SHARES:
        print(f"{key:24}{'':20}{scores[key]:10.3f}")


def _errors(
    scorer: ModuleType, gold: list[Row], coded: list[Row], texts: dict[str, str]
) -> Iterator[str]:
    """One line for each record that was missed, added, or matched and read otherwise."""

    def overlap(one: Row, other: Row) -> float:
        shared = float(scorer.jaccard(one["span"], other["span"]))
        return shared if shared >= 0.5 else 0.0

    for kind, weight in (("statement", overlap), ("act", scorer.act_weight)):
        for report in sorted(texts):
            mine = [r for r in gold if (r["report"], r["record"]) == (report, kind)]
            found = [r for r in coded if (r["report"], r["record"]) == (report, kind)]
            pairs = scorer.pair(mine, found, weight)
            met = {id(row) for pair in pairs for row in pair}
            for word, rows in (("missed", mine), ("added", found)):
                for row in rows:
                    if id(row) not in met:
                        yield _line(word, row, texts[report], row.get("type", row.get("speaker")))
            for right, read_as in pairs:
                for what in _differences(scorer, kind, right, read_as):
                    yield _line("differs", right, texts[report], what)


def _differences(scorer: ModuleType, kind: str, gold: Row, coded: Row) -> Iterator[str]:
    if kind == "statement":
        for key in ("speaker", "form"):
            if not scorer.same(gold.get(key), coded.get(key)):
                yield f"{key}: gold {gold.get(key)}, coded {coded.get(key)}"
        return
    for key in ROLES:
        if not scorer.same_set(gold.get(key, []), coded.get(key, [])):
            yield f"{key}: gold {gold.get(key, [])}, coded {coded.get(key, [])}"
    if not scorer.same_aux(gold, coded):
        yield f"aux: gold {gold.get('aux', [])}, coded {coded.get('aux', [])}"
    if gold.get("date") and not scorer.same_date(gold["date"], coded.get("date")):
        yield f"date: gold {gold['date']}, coded {coded.get('date')}"


def _line(word: str, row: Row, text: str, detail: object) -> str:
    start, end = row.get("trigger") or row["span"]
    passage = " ".join(text[start:end].split())
    return f"{word:8}{row['record']:10}{row['report']}:{start}  {detail}  «{passage[:60]}»"


if __name__ == "__main__":
    sys.exit(main())
