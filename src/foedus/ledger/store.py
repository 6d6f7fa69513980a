"""The ledger's file: a DuckDB database, its transactions, and its failures in plain words.

Comes in: a path and rows. Goes out: rows. Every failure of the file or the disk becomes a
:class:`~foedus.errors.FoedusError` that names the file and what to do.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from foedus.errors import FoedusError
from foedus.ledger.schema import CREATE, MIGRATIONS, TABLES, VERSION

__all__ = ["Store"]

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # The ledger is local: the database fetches nothing and reads no other file.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "enable_external_access": "false",
    # What does not fit is put aside on the disk: a year of reports is read on a small machine too.
    "memory_limit": "1GB",
}

_CUT_SHORT = (
    "this is no ledger, or it was cut short",
    "restore it from a copy, or move it away and read the reports again",
)
_HEADERS = 3 * 4096
"""Bytes before the first block of a DuckDB file."""

_FULL = "the disk is full; nothing of this batch was kept"

_FAILURES: tuple[tuple[str, str, str], ...] = (
    (r"Could not set lock|Conflicting lock|different configuration|Unique file handle conflict",
     "the ledger is in use by another program",
     "wait until it has finished, or close it; a file can have one writer or many readers"),
    (r"database does not exist|No such file or directory",
     "there is no ledger here", "make one with: foedus brief REPORTS -o OUT"),
    (r"Permission denied|read-only file ?system|Operation not permitted",
     "no permission for the ledger file", "check who may write there, or use another --ledger"),
    (r"No space left|disk quota|out of disk|could not write|Not enough space",
     _FULL, "free some space and run it again"),
    (r"Is a directory", "this is a folder, not a ledger file", "name a file"),
    (r"newer version of DuckDB|older (?:major )?version|different version of DuckDB|storage version",
     "the ledger was written by another version of DuckDB", "update foedus, then try again"),
    (r"not a valid DuckDB|not enough bytes|read enough bytes|checksum|corrupt|truncated|magic bytes",
     *_CUT_SHORT),
)  # fmt: skip


class Store:
    """An open ledger file. Use it as a context manager, or call :meth:`close`."""

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open ``path``, creating the tables in a new file and migrating an older one.

        Without a path it is a store in memory, gone when it is closed.

        Raises:
            FoedusError: the file is locked, no ledger, cut short, of a newer version, or not ours
                to read or write; or it does not exist and ``read_only`` is set.
        """
        self.path = path or Path(":memory:")
        self.read_only = read_only
        self._writing = False
        with self._plain_words():
            self._db = duckdb.connect(str(self.path), read_only=read_only, config=_CONFIG)
        try:
            with self._plain_words():
                self._prepare()
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        """Close the file; what was committed is in it."""
        with self._plain_words():
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that happens within, or, on any failure, nothing of it.

        Within another transaction, it is a part of that one.

        Raises:
            FoedusError: the ledger was opened read-only, or the disk fails.
        """
        if self._writing:
            yield
            return
        if self.read_only:
            raise FoedusError(
                "the ledger is open for reading only", where=self.path, remedy="open it for writing"
            )
        with self._plain_words():
            self._db.begin()
            self._writing = True
            try:
                yield
                self._db.commit()
            except BaseException:
                # A failed commit has already ended the transaction; the first error is the one told.
                with suppress(duckdb.Error):
                    self._db.rollback()
                raise
            finally:
                self._writing = False

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add ``rows`` (values in the order of the table's columns) in one statement."""
        if not rows:
            return
        columns = TABLES[table]
        lists = [list(values) for values in zip(*rows, strict=True)]
        picked = ", ".join(
            f"unnest(${i}::{kind.split()[0]}[])" for i, (_, kind) in enumerate(columns, 1)
        )
        self._db.execute(f"INSERT INTO {table} SELECT {picked}", lists)

    def delete(self, table: str, column: str, values: Sequence[str] | Sequence[int]) -> None:
        """Remove the rows whose ``column`` is one of ``values``."""
        if values:
            kind = dict(TABLES[table])[column].split()[0]
            chosen = f"SELECT unnest($1::{kind}[])"
            self._db.execute(f"DELETE FROM {table} WHERE {column} IN ({chosen})", [list(values)])

    def clear(self, table: str) -> None:
        """Remove all rows of ``table``."""
        self._db.execute(f"DELETE FROM {table}")

    def rows(self, table: str, columns: str, order: str) -> list[tuple[Any, ...]]:
        """Return ``columns`` of all rows in the given order."""
        with self._plain_words():
            return self._db.execute(f"SELECT {columns} FROM {table} ORDER BY {order}").fetchall()

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query, which both DuckDB and PostgreSQL must understand."""
        with self._plain_words():
            return self._db.execute(query, list(parameters)).fetchall()

    def _check_length(self) -> None:
        """Refuse a file that is shorter than what it uses.

        The database opens such a file, and fails (or not) when it comes to what is missing. Free
        blocks do not count: at the end of a file whose writer was killed they may be missing.
        """
        row = self._db.execute(
            "SELECT block_size, greatest(used_blocks, (SELECT coalesce(max(block_id), -1) + 1 "
            "FROM pragma_metadata_info())) FROM pragma_database_size()"
        )
        found = row.fetchone()
        if found and self.path.stat().st_size < found[0] * found[1] + _HEADERS:
            raise FoedusError(_CUT_SHORT[0], where=self.path, remedy=_CUT_SHORT[1])

    def _prepare(self) -> None:
        if self.path.name != ":memory:":
            self._check_length()
        tables = {name for (name,) in self._db.execute("SHOW TABLES").fetchall()}
        if "meta" not in tables:
            if tables or self.read_only:
                raise FoedusError(
                    "is a DuckDB file but no ledger", where=self.path,
                    remedy="name another file with --ledger",
                )  # fmt: skip
            # A file without tables is ours to fill: its creation may have been cut off.
            with self.transaction():
                for statement in CREATE:
                    self._db.execute(statement)
                self._db.execute("INSERT INTO meta VALUES ('schema', $1)", [str(VERSION)])
            return
        self._migrate()

    def _migrate(self) -> None:
        row = self._db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        text = str(row[0]) if row else ""
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise FoedusError("the ledger does not tell its version", where=self.path)
        found = int(text)
        if found == VERSION:
            return
        if found > VERSION:
            raise FoedusError(
                f"the ledger is of version {found}, newer than this foedus ({VERSION})",
                where=self.path, remedy="update foedus",
            )  # fmt: skip
        missing = [v for v in range(found, VERSION) if v not in MIGRATIONS]
        if missing:
            raise FoedusError(
                f"the ledger is of version {found}, which this foedus ({VERSION}) cannot bring up",
                where=self.path, remedy="move it away and read the reports again",
            )  # fmt: skip
        if self.read_only:
            raise FoedusError(
                f"the ledger is of the older version {found}", where=self.path,
                remedy="open it once for writing, for instance with foedus brief",
            )  # fmt: skip
        with self.transaction():
            for version in range(found, VERSION):
                for statement in MIGRATIONS[version]:
                    self._db.execute(statement)
            self._db.execute("UPDATE meta SET value = $1 WHERE key = 'schema'", [str(VERSION)])

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        """Turn the database's failures into errors that a person can act on."""
        try:
            yield
        except duckdb.Error as error:
            text = str(error)
            for pattern, what, remedy in _FAILURES:
                if re.search(pattern, text, re.IGNORECASE):
                    # a full disk is the machine's failure: whoever tells failures apart sees it here
                    cause = OSError(errno.ENOSPC, text) if what == _FULL else error
                    raise FoedusError(what, where=self.path, remedy=remedy) from cause
            raise FoedusError(
                f"the ledger cannot be used: {text.splitlines()[0] if text else 'unknown failure'}",
                where=self.path,
            ) from error
        except OSError as error:
            raise FoedusError(error.strerror or "cannot be used", where=self.path) from error
