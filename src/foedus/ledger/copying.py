"""A whole ledger from one place to another: from a file to a database, or back.

Comes in: two addresses. Goes out: the second holds what the first does, to the last judgement.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.schema import TABLES
from foedus.ledger.store import Store, open_store

__all__ = ["copy_ledger"]

Progress = Callable[[int, int, str], None]
_BATCH = 2000
"""Rows at a time: of reports with their texts, some ten megabytes."""


def copy_ledger(
    source: Address | Path | str, target: Address | Path | str, *, progress: Progress | None = None
) -> dict[str, int]:
    """Copy all that a ledger holds into an empty one, as one step, and return the rows of each table.

    Args:
        source: the ledger to read; others may read it meanwhile.
        target: a file or database without a ledger, or with an empty one.
        progress: called with the number of rows done, their total, and the table's name.

    Raises:
        FoedusError: one of the two cannot be opened, or the target holds something; nothing is
            copied then.
    """
    if Address.of(source) == Address.of(target):
        raise FoedusError("a ledger is not copied onto itself", where=Address.of(target))
    origin = open_store(source, read_only=True)
    try:
        goal = open_store(target)
        try:
            return _copy(origin, goal, progress)
        finally:
            goal.close()
    finally:
        origin.close()


def _copy(origin: Store, goal: Store, progress: Progress | None) -> dict[str, int]:
    tables = [table for table in TABLES if table != "meta"]
    counts = {table: _count(origin, table) for table in tables}
    done = 0
    with goal.transaction():
        if any(_count(goal, table) for table in tables):
            raise FoedusError(
                "this ledger is not empty", where=goal.address,
                remedy="copy into a new file, or into a database without a ledger",
            )  # fmt: skip
        for table in tables:
            columns = ", ".join(name for name, _ in TABLES[table])
            for rows in origin.batches(table, columns, "1", _BATCH):
                goal.insert(table, rows)
                done += len(rows)
                if progress is not None:
                    progress(done, sum(counts.values()), table)
    return counts


def _count(store: Store, table: str) -> int:
    return int(store.rows(table, "count(*)", "1")[0][0])
