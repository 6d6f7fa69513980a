"""A table as a Parquet file, written by DuckDB.

Comes in: a :class:`~foedus.ledger.out.tables.Table`. Goes out: a file that is byte for byte the same
for the same rows and the same version of DuckDB.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from foedus.errors import FoedusError
from foedus.ledger.out.files import Producer
from foedus.ledger.out.tables import Kind, Row, Table

__all__ = ["SQL_TYPES", "parquet_file"]

SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR", "int": "BIGINT", "real": "DOUBLE", "flag": "BOOLEAN", "day": "DATE",
    "list": "VARCHAR[]",
}  # fmt: skip
"""DuckDB's type for each kind of column."""
_BATCH = 10_000
# One thread: rows are written in the order in which they come. No file but ours is touched.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def parquet_file(table: Table) -> Producer:
    """Return what writes the table to the path it is given."""

    def produce(path: Path) -> None:
        # An absolute path is never taken for an address or a name of the database's own.
        target = str(path.resolve()).replace("'", "''")
        try:
            with closing(duckdb.connect(":memory:", config=_CONFIG)) as db:
                columns = ", ".join(f'"{c.name}" {SQL_TYPES[c.kind]}' for c in table.columns)
                db.execute(f"CREATE TABLE t ({columns})")
                for start in range(0, len(table.rows), _BATCH):
                    _insert(db, table, table.rows[start : start + _BATCH])
                db.execute(
                    f"COPY t TO '{target}' (FORMAT PARQUET, COMPRESSION ZSTD, USE_TMP_FILE FALSE)"
                )
        except duckdb.Error as error:
            raise FoedusError(
                f"the table {table.name} cannot be written: {str(error).splitlines()[0]}",
                where=path.parent, remedy="free space there or name another folder",
            ) from error  # fmt: skip

    return produce


def _insert(db: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Row]) -> None:
    lists = [
        [list(v) if isinstance(v, tuple) else v for v in values]
        for values in zip(*rows, strict=True)
    ]
    picked = ", ".join(
        f"unnest(${i}::{SQL_TYPES[c.kind]}[])" for i, c in enumerate(table.columns, 1)
    )
    db.execute(f"INSERT INTO t SELECT {picked}", lists)
