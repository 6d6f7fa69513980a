"""What a simulation leaves behind: the outcome as JSON, all draws as Parquet; the same bytes for the same seed.

Comes in: a folder, an outcome, and the results of all draws. Goes out in that folder: ``outcome.json``;
``draws.parquet``, one row a draw with each assumption and each answer; and for each column of each section
``deployment-arrival.parquet``, one row for each draw and place on its axes. DuckDB writes them, in one
thread and in draw order.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from foedus.scenario.file import Scenario
from foedus.scenario.model import Axis
from foedus.scenario.outcome import answers
from foedus.scenario.runs import Results

__all__ = ["tables", "write_json", "write_parquet"]

Table = dict[str, NDArray[Any]]


def write_json(path: Path, value: msgspec.Struct) -> None:
    """Write an outcome or a comparison as JSON; never is null."""
    data = msgspec.json.format(msgspec.json.encode(value, enc_hook=_reason), indent=1)
    path.write_bytes(data + b"\n")


def _reason(value: Any) -> Any:
    """Return a status's reason as plain data: only who starts from a ledger has one, and loads for it."""
    from foedus.alliance.records import as_reason

    return as_reason(value)


def write_parquet(folder: Path, scenario: Scenario, results: Results) -> list[Path]:
    """Write all draws; return the files."""
    import duckdb  # nothing else in a run needs it

    written = []
    for name, table in tables(scenario, results).items():
        path = folder / f"{name}.parquet"
        with duckdb.connect(config={"threads": 1, "preserve_insertion_order": True}) as connection:
            connection.register("drawn", table)
            target = str(path).replace("'", "''")
            connection.execute(f"COPY drawn TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        written.append(path)
    return written


def tables(scenario: Scenario, results: Results) -> dict[str, Table]:
    """Return the tables of all draws by name, as columns."""
    number = np.arange(results.draws.count, dtype=np.int64)
    whole: Table = {"draw": number}
    whole |= {f"${name}": results.draws.value(a) for name, a in scenario.assumptions.items()}
    whole |= answers(scenario, results)
    found = {"draws": whole}
    for section, columns in results.columns.items():
        axes = scenario.models[section].axes
        for name, values in columns.items():
            found[f"{section}-{name}"] = _long(number, values, axes.get(name, ()), name)
    return found


def _long(
    number: NDArray[np.int64], values: NDArray[Any], axes: tuple[Axis, ...], name: str
) -> Table:
    """Return a column with its axes laid out: one row for each draw and place."""
    shape = values.shape
    table: Table = {"draw": np.repeat(number, int(np.prod(shape[1:], dtype=np.int64)))}
    for at, axis in enumerate(axes, 1):
        inner = int(np.prod(shape[at + 1 :], dtype=np.int64))
        outer = int(np.prod(shape[:at], dtype=np.int64))
        table[axis.name] = np.tile(np.repeat(np.array(axis.labels), inner), outer)
    # stocks by day and stock: what is counted must not take the place of whose it is
    table[name if name not in table else "held"] = np.ascontiguousarray(values).reshape(-1)
    return table
