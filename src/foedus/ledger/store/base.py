"""What every store of a ledger does, and what is the same in all of them.

Comes in: rows. Goes out: rows. The SQL here is what DuckDB and PostgreSQL both understand: ``$1`` for
parameters, text in the order of its bytes (UTF-8), NULL last.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any, ClassVar

import numpy.typing as npt

from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.schema import CREATE, MIGRATIONS, TABLES, VERSION

__all__ = ["Column", "Row", "Store"]

Row = tuple[Any, ...]
Column = npt.NDArray[Any]


class Store(ABC):
    """An open ledger. Use :func:`foedus.ledger.store.open_store` to open one, :meth:`close` to end.

    Every failure of the file, the disk or the server becomes a :class:`~foedus.errors.FoedusError`
    that says where and what to do. Between two writes of its own a store answers all questions as of
    one moment, whatever others write meanwhile.
    """

    no_ledger: ClassVar[str]
    """What to say of a file or database that holds other tables."""

    def __init__(self, address: Address, *, read_only: bool = False, create: bool = True) -> None:
        """Open ``address``; see :func:`foedus.ledger.store.open_store`."""
        self.address = address
        self.read_only = read_only
        self._create = create
        self._writing = False
        try:
            with self._plain_words():
                self._connect()
                self._prepare()
        except BaseException:
            with suppress(Exception):
                self._disconnect()
            raise

    def close(self) -> None:
        """Close it; what was committed is in it."""
        with self._plain_words():
            self._disconnect()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that happens within, or, on any failure, nothing of it.

        Of several writers one is within at a time, and what he reads there nobody else changes
        until he is done. Within another transaction, it is a part of that one.

        Raises:
            FoedusError: the ledger was opened read-only, or the disk or the server fails.
        """
        if self.read_only:
            raise FoedusError(
                "the ledger is open for reading only", where=self.address,
                remedy="open it for writing",
            )  # fmt: skip
        if self._writing:
            yield
            return
        with self._plain_words():
            self._begin()
            self._writing = True
            try:
                yield
                self._run("COMMIT")
            except BaseException:
                # A failed commit has already ended the transaction; the first error is the one told.
                with suppress(Exception):
                    self._run("ROLLBACK")
                raise
            finally:
                self._writing = False

    @abstractmethod
    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add ``rows`` (values in the order of the table's columns), within a transaction."""

    def delete(self, table: str, column: str, values: Sequence[str] | Sequence[int]) -> None:
        """Remove the rows whose ``column`` is one of ``values``, within a transaction."""
        if values:
            kind = dict(TABLES[table])[column].split()[0]
            chosen = f"SELECT unnest($1::{kind}[])"
            self._run(f"DELETE FROM {table} WHERE {column} IN ({chosen})", [list(values)])

    def clear(self, table: str) -> None:
        """Remove all rows of ``table``, within a transaction."""
        self._run(f"DELETE FROM {table}")

    def rows(self, table: str, columns: str, order: str) -> list[Row]:
        """Return ``columns`` of all rows in the given order."""
        return self.ask(f"SELECT {columns} FROM {table} ORDER BY {order}")

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query, which DuckDB and PostgreSQL must both understand."""
        with self._plain_words():
            return self._ask(query, parameters)

    def columns(self, query: str, parameters: Sequence[Any] = ()) -> tuple[Column, ...]:
        """Return the columns of a query in which nothing is NULL: whole numbers as such, text as objects."""
        with self._plain_words():
            return self._columns(query, parameters)

    @abstractmethod
    def batches(self, table: str, columns: str, order: str, size: int) -> Iterator[Sequence[Row]]:
        """Return the same in lists of at most ``size`` rows, without holding all of them."""

    # What each kind of store does in its own way

    @abstractmethod
    def _connect(self) -> None:
        """Open the file or reach the server."""

    @abstractmethod
    def _disconnect(self) -> None:
        """Let go of it."""

    @abstractmethod
    def _begin(self) -> None:
        """Begin a transaction that writes, alone."""

    @abstractmethod
    def _run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Carry out a statement that answers nothing."""

    @abstractmethod
    def _ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""

    @abstractmethod
    def _columns(self, query: str, parameters: Sequence[Any] = ()) -> tuple[Column, ...]:
        """Return the columns of a query."""

    @abstractmethod
    def _tables(self) -> set[str]:
        """Return the names of the tables that are there."""

    def _in_own_words(self, statement: str) -> str:
        """Return a statement that makes or changes tables as this database writes it."""
        return statement

    @abstractmethod
    def _plain_words(self) -> AbstractContextManager[None]:
        """Turn the database's failures into errors that a person can act on."""

    # Tables, and their version

    def _prepare(self) -> None:
        found = self._version()
        if found == VERSION:
            return
        if found is None and (self.read_only or not self._create):
            raise FoedusError(
                "there is no ledger here", where=self.address,
                remedy="make one with: foedus brief REPORTS -o OUT, or name another with --ledger",
            )  # fmt: skip
        if self.read_only:
            raise FoedusError(
                f"the ledger is of the older version {found}", where=self.address,
                remedy="open it once for writing, for instance with foedus brief",
            )  # fmt: skip
        with self.transaction():
            # Somebody else may have brought it up while this one waited for his turn.
            self._bring_up(self._version())

    def _version(self) -> int | None:
        """Return the version of the tables, None where there are none.

        Raises:
            FoedusError: there are other tables, or a version that cannot be brought up to ours.
        """
        tables = self._tables()
        if not tables:
            return None
        if "meta" not in tables:
            raise FoedusError(
                self.no_ledger, where=self.address, remedy="name another with --ledger"
            )
        rows = self._ask("SELECT value FROM meta WHERE key = 'schema'")
        text = str(rows[0][0]) if rows else ""
        if not re.fullmatch(r"[0-9]{1,6}", text):
            raise FoedusError("the ledger does not tell its version", where=self.address)
        found = int(text)
        if found > VERSION:
            raise FoedusError(
                f"the ledger is of version {found}, newer than this foedus ({VERSION})",
                where=self.address, remedy="update foedus",
            )  # fmt: skip
        if any(v not in MIGRATIONS for v in range(found, VERSION)):
            raise FoedusError(
                f"the ledger is of version {found}, which this foedus ({VERSION}) cannot bring up",
                where=self.address, remedy="move it away and read the reports again",
            )  # fmt: skip
        return found

    def _bring_up(self, found: int | None) -> None:
        if found is None:
            steps = [*CREATE, f"INSERT INTO meta VALUES ('schema', '{VERSION}')"]
        else:
            steps = [step for v in range(found, VERSION) for step in MIGRATIONS[v]]
            steps.append(f"UPDATE meta SET value = '{VERSION}' WHERE key = 'schema'")
        for step in steps:
            self._run(self._in_own_words(step))
