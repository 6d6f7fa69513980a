"""Score which acts the ledger takes for one fact, against facts marked by hand.

Comes in: sets of gold acts with their clusters (``samples/gold/clusters/``). Goes out: for each set, pairwise
and B-cubed precision, recall and F1, three times: *gold acts*, grouped as they were annotated, for what
grouping alone does; *coded, matched*, the acts the coder found, matched to gold acts as the scorer matches
them; and *coded, all*, in which each gold act that the coder missed stands alone. What the coder added
counts nowhere. ``--errors`` lists wrong and missed joins with what set them apart.
Usage: ``make eval``, or ``python benchmarks/clustering.py [--errors] [--set NAME FOLDER]...``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

from bcubed import bcubed, pairwise
from clusters import FILE, ClusterSet, Row, act_key, gold_act, load_set
from eval import ROOT, SCORER, SHARED, commit, load_module

from foedus.acts import Record, encode_record
from foedus.alliance import Alliance, load_alliance
from foedus.coding import Coder
from foedus.errors import FoedusError
from foedus.ledger import Fact, Ledger, Reading
from foedus.ledger.joining.grouping import affinity, set_apart
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules, load_rules
from foedus.report import Report
from foedus.world import World, load_world

GOLD = ROOT / "samples" / "gold" / "clusters"
SETS = (
    ("five reports (development)", GOLD / "reports", SHARED / "gold" / "dev", SHARED / "reports"),
    ("samples (development)", GOLD / "samples", GOLD / "samples", ROOT / "samples"),
    ("two stories (development)", GOLD / "dev", GOLD / "dev", GOLD / "dev"),
    ("a year (development)", GOLD / "year", GOLD / "year", GOLD / "year"),
    ("2022 (development)", GOLD / "dev2", GOLD / "dev2", GOLD / "dev2"),
    ("nine more (development)", GOLD / "dev3", GOLD / "dev3", GOLD / "dev3"),
    ("two authors (development)", GOLD / "dev4", GOLD / "dev4", GOLD / "dev4"),
    ("two more authors (development)", GOLD / "dev5", GOLD / "dev5", GOLD / "dev5"),
    ("two authors more (development)", GOLD / "dev6", GOLD / "dev6", GOLD / "dev6"),
    ("two authors later (development)", GOLD / "dev7", GOLD / "dev7", GOLD / "dev7"),
    ("two authors after them (development)", GOLD / "dev8", GOLD / "dev8", GOLD / "dev8"),
    ("the last two authors (development)", GOLD / "dev9", GOLD / "dev9", GOLD / "dev9"),
)
_HEAD = ("precision", "recall", "F1")


def main() -> int:
    """Score every set that is there; 1 where a set asked for is not as it must be."""
    options = argparse.ArgumentParser(description="Score grouping against facts marked by hand.")
    options.add_argument("--errors", action="store_true", help="list wrong and missed joins")
    options.add_argument(
        "--set", nargs="+", action="append", metavar="NAME FOLDER",
        help="a set of your own: its name and its folder; or the folders of clusters, acts, reports",
    )  # fmt: skip
    asked = options.parse_args()
    world, alliance = load_world(), load_alliance("nato")
    print(f"{datetime.now(UTC):%Y-%m-%d}, commit {commit()}")
    for name, *folders in asked.set or SETS:
        clusters, gold, reports = (Path(f) for f in (folders * 3 if len(folders) == 1 else folders))
        if not asked.set and not (gold.is_dir() and (clusters / FILE).is_file()):
            print(f"\n{name}: skipped, it is not beside this clone")
            continue
        try:
            _score(load_set(name, clusters, gold, reports, world), world, alliance, asked.errors)
        except FoedusError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _score(the_set: ClusterSet, world: World, alliance: Alliance, errors: bool) -> None:
    gold, rules = the_set.facts, load_rules().speaking_of(alliance.cue_kinds)
    reports, facts = len(the_set.reports), len(set(gold.values()))
    print(f"\n{the_set.name}: {reports} reports, {len(gold)} acts, {facts} facts")
    print(" " * 16 + f"{'pairwise:':>10}{'':20}{'B-cubed:':>10}\n{'':16}" + _row(_HEAD * 2))
    by_label = {r.label: r for r in the_set.reports}
    rows = the_set.acts.values()
    as_marked = [
        (r, [gold_act(row, r) for row in rows if row["report"] == label])
        for label, r in by_label.items()
    ]
    told = _told(as_marked, world, alliance)
    _print("gold acts", gold, {k: fact for k, (fact, _) in told.items()})
    if errors:
        _print_errors(gold, told, world, rules)
    if not SCORER.is_file():
        print(f"coded: skipped, the scorer is not beside this clone ({SHARED.name}/gold/score.py)")
        return
    coder = Coder(world, alliance.cues, own=alliance.own)
    coded = [(r, list(coder.code(r))) for r in the_set.reports]
    found = _matched(list(rows), coded, _told(coded, world, alliance))
    _print("coded, matched", {k: gold[k] for k in found}, {k: f for k, (f, _) in found.items()})
    alone = {k: f"alone:{k}" for k in gold} | {k: f for k, (f, _) in found.items()}
    _print("coded, all", gold, alone)
    if errors:
        _print_errors({k: gold[k] for k in found}, found, world, rules)


_Told = Mapping[str, tuple[str, Reading]]
"""For each act, the fact it was joined to, and the act as the ledger reads it."""


def _told(
    coded: Sequence[tuple[Report, Sequence[Record]]], world: World, alliance: Alliance
) -> _Told:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "scored.duckdb", world=world) as ledger,
    ):
        ledger.add(coded)
        ledger.set_calendar(alliance.calendar)
        ledger.set_cues(alliance.cue_kinds)
        facts: tuple[Fact, ...] = ledger.facts()
    return {r.act.id: (f.id, r) for f in facts for r in f.readings}


def _matched(
    gold: list[Row], coded: Sequence[tuple[Report, Sequence[Record]]], told: _Told
) -> _Told:
    """Return what the ledger made of the coded acts that match a gold act, under the gold act's key."""
    scorer = load_module(SCORER)
    found: dict[str, tuple[str, Reading]] = {}
    for report, records in coded:
        rows = [json.loads(encode_record(r)) for r in records]
        acts = [row for row in rows if row["record"] == "act"]
        mine = [row for row in gold if row["report"] == report.label]
        for right, read_as in scorer.pair(mine, acts, scorer.act_weight):
            found[act_key(right)] = told[read_as["id"]]
    return found


def _print(name: str, gold: Mapping[str, str], found: Mapping[str, Hashable]) -> None:
    values = (*pairwise_row(gold, found), *bcubed_row(gold, found))
    print(f"{name:16}" + _row(f"{v:.3f}" for v in values) + f"   ({len(gold)} acts)")


def pairwise_row(gold: Mapping[str, str], found: Mapping[str, Hashable]) -> tuple[float, ...]:
    """Return pairwise precision, recall and F1."""
    measure = pairwise(gold, found)
    return (*measure, measure.f1)


def bcubed_row(gold: Mapping[str, str], found: Mapping[str, Hashable]) -> tuple[float, ...]:
    """Return B-cubed precision, recall and F1."""
    measure = bcubed(gold, found)
    return (*measure, measure.f1)


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return "".join(f"{cell:>10}" for cell in cells)


def _print_errors(gold: Mapping[str, str], told: _Told, world: World, rules: Rules) -> None:
    found = {key: fact for key, (fact, _) in told.items()}
    for word, one, other in (("joined", found, gold), ("missed", gold, found)):
        groups: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key in sorted(gold):
            groups[one[key]][other[key]].append(key)
        for parts in groups.values():
            for a, b in combinations(parts.values(), 2):
                print(f"  {word}  {_closest(a, b, told, gold, Roles(world), rules)}")


def _closest(
    a: list[str], b: list[str], told: _Told, gold: Mapping[str, str], roles: Roles, rules: Rules
) -> str:
    """Return the two acts, one of each part, that come nearest to being one, and why they are not."""

    def why(x: str, y: str) -> tuple[str, int]:
        one, other = told[x][1], told[y][1]
        if one.act.type != other.act.type:
            return "type", 0
        if ("historical" in one.act.aux) != ("historical" in other.act.aux):
            return "of old", affinity(one, other, rules, roles)
        return set_apart(one, other, rules, roles) or "", affinity(one, other, rules, roles)

    ranked = [(not why(x, y)[0], why(x, y)[1], x, y) for x in a for y in b]
    _, points, x, y = max(ranked)
    need = rules.types[told[x][1].act.type].need
    apart = why(x, y)[0]
    labels = gold[x] if gold[x] == gold[y] else f"{gold[x]} / {gold[y]}"
    return f"{labels}: {x} ~ {y}: {points} of {need}" + (f", apart: {apart}" if apart else "")


if __name__ == "__main__":
    sys.exit(main())
