"""The same seed gives the same bytes, whoever made the draws and in what pieces."""

from __future__ import annotations

import hashlib
import itertools
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.scenario import (
    Draws,
    Scenario,
    compare,
    make_outcome,
    read_scenario,
    run,
    runs,
    sustainment,
)
from foedus.scenario.out import write_json, write_parquet
from tests.scenario.builders import WALK, read_walk, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def walk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scenario:
    monkeypatch.setattr(sustainment, "read", read_walk)
    return read_scenario(write(tmp_path, WALK))


def bytes_of(folder: Path, scenario: Scenario, draws: int, workers: int | None) -> dict[str, str]:
    folder.mkdir()
    results = run(scenario, draws, 1, workers=workers)
    write_json(folder / "outcome.json", make_outcome(scenario, results))
    write_parquet(folder, scenario, results)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_any_number_of_workers_gives_the_same_bytes(walk: Scenario, tmp_path: Path) -> None:
    found = [bytes_of(tmp_path / str(w), walk, 500, w) for w in (None, 1, 2, 3)]
    assert sorted(found[0]) == [
        "draws.parquet", "outcome.json", "sustainment-empty.parquet", "sustainment-stock.parquet",
    ]  # fmt: skip
    assert found[1:] == found[:1] * 3


@given(draws=st.integers(1, 90), size=st.integers(1, 40))
def test_any_size_of_chunk_gives_the_same(draws: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sustainment, "read", read_walk)
        scenario = _walk()
        whole = run(scenario, draws, 1, workers=1).columns["sustainment"]
        patch.setattr(runs, "_FIRST", size)
        patch.setattr(runs, "_MOST", size)
        pieces = run(scenario, draws, 1).columns["sustainment"]
    for name, values in whole.items():
        assert np.array_equal(values, pieces[name]), name


def _walk() -> Scenario:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return read_scenario(write(Path(folder), WALK))


def test_another_seed_gives_other_draws(walk: Scenario) -> None:
    one, other = (run(walk, 50, seed).columns["sustainment"]["stock"] for seed in (1, 2))
    assert not np.array_equal(one, other)


def test_progress_is_told(walk: Scenario) -> None:
    told: list[tuple[int, int, str]] = []
    run(walk, 500, 1, workers=1, progress=lambda *step: told.append(step))
    assert told[-1] == (500, 500, "walk")
    assert [t[0] for t in told] == sorted({t[0] for t in told})


def test_parquet_holds_all_draws(walk: Scenario, tmp_path: Path) -> None:
    results = run(walk, 30, 1)
    write_parquet(tmp_path, walk, results)
    stock = results.columns["sustainment"]["stock"]
    reading = duckdb.connect()
    reading.execute(f"SELECT draw, day, stock FROM '{tmp_path}/sustainment-stock.parquet'")
    rows = reading.fetchall()
    assert rows == [(d, t, stock[d, t]) for d in range(30) for t in range(20)]
    reading.execute(f"SELECT * FROM '{tmp_path}/draws.parquet'")
    assert [column[0] for column in reading.description or ()] == ["draw", "$use", "gone"]


def test_two_scenarios_share_their_draws(walk: Scenario, tmp_path: Path) -> None:
    """With the same random numbers, a larger stock is never gone sooner, in any draw."""
    other = read_scenario(write(tmp_path, WALK.replace("120 shells", "150 shells"), "more.yaml"))
    found = compare(walk, run(walk, 300, 1), other, run(other, 300, 1))
    assert (found.answers[0].sooner, found.answers[0].name) == (0.0, "gone")
    assert found.answers[0].later > 0.2
    assert found.assumptions == ()
    same = compare(walk, run(walk, 300, 1), walk, run(walk, 300, 1)).answers[0]
    assert (same.sooner, same.later) == (0.0, 0.0)


@pytest.mark.parametrize("path", sorted((ROOT / "scenarios").glob("*.yaml")), ids=lambda p: p.stem)
@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12), seed=st.integers(0, 2**32))
@settings(max_examples=5)
def test_the_draws_of_a_shipped_scenario_know_no_chunks(
    path: Path, sizes: list[int], seed: int
) -> None:
    ((_, model),) = shipped(path).models.items()
    model.expect(100_000)
    whole = model.run(Draws(seed, 0, sum(sizes)))
    starts = itertools.accumulate([0, *sizes[:-1]])
    parts = [model.run(Draws(seed, first, size)) for first, size in zip(starts, sizes, strict=True)]
    for name, values in whole.items():
        assert np.concatenate([p[name] for p in parts]).tobytes() == values.tobytes(), name


@cache
def shipped(path: Path) -> Scenario:
    return read_scenario(path)
