"""A ledger in a temporary folder or in a database, with a small world and no copies unless a test names them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.ledger import Ledger, schema
from tests.ledger.builders import SmallWorld, finder
from tests.postgresql import Server

Opener = Callable[..., Ledger]
Places = Callable[[str], str]
"""Gives the address of the ledger of that name, the same for the same name."""

_numbers = count()


def drop_derived(raw: duckdb.DuckDBPyConnection) -> None:
    """Take away the tables that came with version 4."""
    for table in ("pending", "notes", *schema.DERIVED):
        if table != "copies":
            raw.execute(f"DROP TABLE {table}")


@pytest.fixture
def files_here(tmp_path: Path) -> Places:
    """``NAME.duckdb`` in the test's folder."""
    return lambda name: str(tmp_path / f"{name}.duckdb")


@pytest.fixture
def databases(server: Server) -> Places:
    """A database schema for each name."""
    given: dict[str, str] = {}

    def place(name: str) -> str:
        if name not in given:
            given[name] = server.ledger(f"{name} {next(_numbers)}")
        return given[name]

    return place


@pytest.fixture(params=["files_here", "databases"])
def places(request: pytest.FixtureRequest) -> Places:
    """Each kind of store in turn."""
    found: Places = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def opened(places: Places) -> Opener:
    """Open the ledger of that name, in each kind of store."""
    return opener(places)


@pytest.fixture
def opened_file(files_here: Places) -> Opener:
    """Open ``NAME.duckdb`` in the test's folder."""
    return opener(files_here)


def opener(places: Places) -> Opener:
    """Open ledgers by name, with a small world and no copies unless they are named."""

    def open_(name: str = "crisis", *, copies: Any = (), read_only: bool = False) -> Ledger:
        return Ledger.open(
            places(name), read_only=read_only, world=SmallWorld(), find_copies=finder(copies)
        )

    return open_
