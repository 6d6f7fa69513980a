"""Part of a generated year that comes in turn by turn is, row for row, what all of it at once is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path

from year import year

from foedus.ledger import Ledger, schema
from foedus.world import load_world
from tests.ledger.builders import Coded

REPORTS, DAYS, TURN = 24, 60, 15


def rows(path: Path, batches: Sequence[Sequence[Coded]]) -> dict[str, list[str]]:
    with Ledger.open(path, world=load_world()) as ledger:
        for batch in batches:
            ledger.add(batch)
            ledger.settle()
        return {t: sorted(map(repr, ledger._file.rows(t, "*", "1"))) for t in schema.DERIVED}


def test_turn_by_turn_gives_the_same_rows_as_at_once(tmp_path: Path) -> None:
    days = [*islice(year(REPORTS), DAYS)]
    turns = [[*chain(*days[at : at + TURN])] for at in range(0, len(days), TURN)]
    at_once = rows(tmp_path / "once.duckdb", [[*chain(*days)]])
    assert rows(tmp_path / "turns.duckdb", turns) == at_once
    told = at_once["tellings"]
    assert any('"open":true' in row for row in told), "something is told as past without a day"
