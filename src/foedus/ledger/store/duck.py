"""A ledger in a DuckDB file: one writer, or many readers.

Comes in: the address of a file. Goes out: :class:`DuckStore`.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import numpy as np

from foedus.errors import FoedusError
from foedus.ledger.schema import TABLES
from foedus.ledger.store.base import Column, Row, Store

__all__ = ["DuckStore"]

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # The ledger is local: the database fetches nothing and reads no other file.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    # What does not fit is put aside on the disk: a year of reports is read on a small machine too.
    "memory_limit": "1GB",
    # Rows come in as arrays of what their columns say: nothing is to be guessed from the first of them.
    "pandas_analyze_sample": "0",
}

_NOTHING = ("there is no ledger here", "make one with: foedus brief REPORTS -o OUT")
_CUT_SHORT = (
    "this is no ledger, or it was cut short",
    "restore it from a copy, or move it away and read the reports again",
)
_COMING = "coming_rows"
"""The name under which the database sees rows that are being added."""
_HEADERS = 3 * 4096
"""Bytes before the first block of a DuckDB file."""

_DISK_FULL = r"No space left|disk quota|out of disk|could not write|Not enough space"
"""A failure of the machine, and not of what was asked: its cause is the system's own error."""

_FAILURES: tuple[tuple[str, str, str], ...] = (
    (r"Could not set lock|Conflicting lock|different configuration|Unique file handle conflict",
     "the ledger is in use by another program",
     "wait until it has finished, or close it; a file can have one writer or many readers"),
    (r"database does not exist|No such file or directory", *_NOTHING),
    (r"Permission denied|read-only file ?system|Operation not permitted",
     "no permission for the ledger file", "check who may write there, or use another --ledger"),
    (_DISK_FULL,
     "the disk is full; nothing of this batch was kept", "free some space and run it again"),
    (r"Is a directory", "this is a folder, not a ledger file", "name a file"),
    (r"newer version of DuckDB|older (?:major )?version|different version of DuckDB|storage version",
     "the ledger was written by another version of DuckDB", "update foedus, then try again"),
    (r"not a valid DuckDB|not enough bytes|read enough bytes|checksum|corrupt|truncated|magic bytes",
     *_CUT_SHORT),
)  # fmt: skip


def _array(values: Sequence[Any], kind: str) -> Any:
    """Return a column as the database takes it in fastest; None is NULL."""
    if kind != "BIGINT":
        return np.array(values, dtype=object)
    if None not in values:
        return np.array(values, dtype=np.int64)
    missing = [v is None for v in values]
    return np.ma.masked_array([0 if v is None else v for v in values], missing, dtype=np.int64)


class DuckStore(Store):
    """An open ledger file."""

    no_ledger: ClassVar[str] = "is a DuckDB file but no ledger"

    @property
    def _path(self) -> Path:
        assert self.address.path is not None, "a file's address has a path"
        return self.address.path

    def _connect(self) -> None:
        if not self._create and not self._path.exists():
            raise FoedusError(_NOTHING[0], where=self.address, remedy=_NOTHING[1])
        self._db = duckdb.connect(str(self._path), read_only=self.read_only, config=_CONFIG)
        if str(self._path) != ":memory:":
            self._check_length()

    def _disconnect(self) -> None:
        self._db.close()

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add ``rows`` in one statement."""
        if not rows:
            return
        columns = {
            name: _array(values, kind.split()[0])
            for (name, kind), values in zip(TABLES[table], zip(*rows, strict=True), strict=True)
        }
        with self._plain_words():
            self._db.register(_COMING, columns)
            try:
                self._run(f"INSERT INTO {table} SELECT * FROM {_COMING}")
            finally:
                self._db.unregister(_COMING)
                # until the transaction ends the database holds what was registered: only the shells
                for values in columns.values():
                    if values.dtype == object:
                        values[:] = None

    def batches(self, table: str, columns: str, order: str, size: int) -> Iterator[Sequence[Row]]:
        """Return rows in lists; the database holds the others."""
        with self._plain_words():
            # A cursor of its own: what else is asked meanwhile must not end this answer.
            cursor = self._db.cursor()
            cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")
            while rows := cursor.fetchmany(size):
                yield rows

    def _begin(self) -> None:
        self._run("BEGIN")

    def _run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._db.execute(statement, list(parameters))

    def _ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        return self._db.execute(query, list(parameters)).fetchall()

    def _columns(self, query: str, parameters: Sequence[Any] = ()) -> tuple[Column, ...]:
        found = self._db.execute(query, list(parameters)).fetchnumpy()
        return tuple(np.ma.getdata(column) for column in found.values())

    def _tables(self) -> set[str]:
        return {name for (name,) in self._ask("SHOW TABLES")}

    def _check_length(self) -> None:
        """Refuse a file that is shorter than what it uses.

        The database opens such a file, and fails (or not) when it comes to what is missing. Free
        blocks do not count: at the end of a file whose writer was killed they may be missing.
        """
        found = self._ask(
            "SELECT block_size, greatest(used_blocks, (SELECT coalesce(max(block_id), -1) + 1 "
            "FROM pragma_metadata_info())) FROM pragma_database_size()"
        )
        if found and self._path.stat().st_size < found[0][0] * found[0][1] + _HEADERS:
            raise FoedusError(_CUT_SHORT[0], where=self.address, remedy=_CUT_SHORT[1])

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            text = str(error)
            for pattern, what, remedy in _FAILURES:
                if re.search(pattern, text, re.IGNORECASE):
                    full = OSError(errno.ENOSPC, text) if pattern == _DISK_FULL else None
                    raise FoedusError(what, where=self.address, remedy=remedy) from (full or error)
            raise FoedusError(
                f"the ledger cannot be used: {text.splitlines()[0] if text else 'unknown failure'}",
                where=self.address,
            ) from error
        except OSError as error:
            raise FoedusError(error.strerror or "cannot be used", where=self.address) from error
