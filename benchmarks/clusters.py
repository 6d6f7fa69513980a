"""Gold clusters: which annotated acts tell of one fact.

Comes in: a folder with ``clusters.jsonl``, the gold acts (``NAME.gold.jsonl``) that it groups, and their
reports. Goes out: :class:`ClusterSet`. The form is told in ``samples/gold/clusters/README.md``; a file that is
not so is refused, with what to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from foedus.acts import Act
from foedus.errors import FoedusError
from foedus.report import Report, read
from foedus.world import World

__all__ = ["FILE", "ClusterSet", "act_key", "gold_act", "load_set", "read_clusters"]

FILE = "clusters.jsonl"
Row = dict[str, Any]
_LISTS = ("actors", "recipients", "places", "instruments", "cues")
_WORDS = ("type", "mode", "attributed_to")


class ClusterSet(NamedTuple):
    """A set to be scored. ``facts`` gives each act's fact, by the act's key."""

    name: str
    reports: tuple[Report, ...]
    acts: dict[str, Row]
    facts: dict[str, str]


class _Cluster(msgspec.Struct, forbid_unknown_fields=True):
    fact: str
    acts: list[str]


def load_set(name: str, clusters: Path, gold: Path, reports: Path, world: World) -> ClusterSet:
    """Read a set.

    Args:
        name: what it is called in the tables.
        clusters: the folder of ``clusters.jsonl``.
        gold: the folder of the gold acts.
        reports: the folder of the reports.
        world: the register by which outlets are recognised.

    Raises:
        FoedusError: a file is missing or not as its form wants it.
    """
    acts: dict[str, Row] = {}
    for path, number, row in _rows(sorted(gold.glob("*.gold.jsonl"))):
        if row.get("record") != "act":
            continue
        key = act_key(row)
        if key in acts:
            raise FoedusError(
                f"two acts are both called {key}", where=f"{path}:{number}",
                remedy="two acts of one type must not begin at the same trigger",
            )  # fmt: skip
        acts[key] = row
    facts = read_clusters(clusters / FILE, acts)
    wanted = {row["report"] for row in acts.values()}
    found = [r for r in read([reports], world=world) if isinstance(r, Report) and r.label in wanted]
    if missing := sorted(wanted - {r.label for r in found}):
        raise FoedusError(
            f"there is no report {missing[0]}", where=reports,
            remedy="put the report beside its gold acts, under the name they give",
        )  # fmt: skip
    return ClusterSet(name, tuple(found), acts, facts)


def act_key(row: Row) -> str:
    """Return what a gold act is called in a file of clusters: ``REPORT:TRIGGER START:TYPE``."""
    return f"{row['report']}:{row['trigger'][0]}:{row['type'].split('|')[0]}"


def read_clusters(path: Path, acts: Iterable[str]) -> dict[str, str]:
    """Return the fact of each act.

    Raises:
        FoedusError: the file cannot be read, a line is malformed, a fact comes twice, or an act is
            unknown, in two facts or in none.
    """
    known, facts = set(acts), dict[str, str]()
    labels: set[str] = set()
    for _, number, row in _rows([path]):
        where = f"{path}:{number}"
        try:
            cluster = msgspec.convert(row, _Cluster)
        except msgspec.ValidationError as error:
            raise FoedusError(
                str(error), where=where, remedy='write {"fact": LABEL, "acts": [ACT, ...]}'
            ) from error
        if not cluster.fact or not cluster.acts or cluster.fact in labels:
            raise FoedusError(
                "a fact needs a label of its own and at least one act", where=where,
                remedy="join the lines of one fact, or name them differently",
            )  # fmt: skip
        labels.add(cluster.fact)
        for key in cluster.acts:
            if key not in known or key in facts:
                wrong = "stands in two facts" if key in facts else "is no act of the gold files"
                raise FoedusError(
                    f"{key} {wrong}", where=where,
                    remedy="an act is called REPORT:TRIGGER START:TYPE and stands in one line",
                )  # fmt: skip
            facts[key] = cluster.fact
    if left := sorted(known - facts.keys()):
        raise FoedusError(
            f"{left[0]} stands in no fact", where=path,
            remedy="give an act that nothing else tells a line of its own",
        )  # fmt: skip
    return facts


def gold_act(row: Row, report: Report) -> Act:
    """Return a gold act as a record of ``report``; of alternatives, the first. Its id is its key."""
    plain = {**row, "id": act_key(row), "source": report.hash, "aux": row.get("aux", [])}
    for key in _WORDS:
        plain[key] = _first(row.get(key))
    for key in _LISTS:
        plain[key] = [_first(value) for value in row.get(key) or []]
    return msgspec.convert(plain, Act, strict=False)


def _first(value: str | None) -> str | None:
    return value.split("|")[0] if value else None


def _rows(paths: Iterable[Path]) -> Iterator[tuple[Path, int, Row]]:
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise FoedusError(
                f"cannot be read: {error.strerror}", where=path, remedy="see the README beside it"
            ) from error
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield path, number, json.loads(line)
            except ValueError as error:
                raise FoedusError(
                    "this line is no JSON", where=f"{path}:{number}",
                    remedy="write one JSON object a line",
                ) from error  # fmt: skip
