"""A ledger in a temporary folder, with a small world and no copies unless a test names them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.ledger import Ledger, schema
from tests.ledger.builders import SmallWorld, finder

Opener = Callable[..., Ledger]


def drop_derived(raw: duckdb.DuckDBPyConnection) -> None:
    """Take away the tables that came with version 3."""
    for table in ("pending", *schema.DERIVED):
        if table != "copies":
            raw.execute(f"DROP TABLE {table}")
    raw.execute("DELETE FROM meta WHERE key <> 'schema'")


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    """Open ``NAME.duckdb`` in the test's folder."""

    def open_(name: str = "crisis", *, copies: Any = (), read_only: bool = False) -> Ledger:
        return Ledger.open(
            tmp_path / f"{name}.duckdb",
            read_only=read_only,
            world=SmallWorld(),
            find_copies=finder(copies),
        )

    return open_
