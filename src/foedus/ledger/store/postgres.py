"""A ledger in a PostgreSQL database: many writers, one at a time, and many readers.

Comes in: the address of a database. Goes out: :class:`PostgresStore`. Whatever libpq takes from the
address, the environment, ``~/.pgpass`` or a service file holds (passwords, TLS, time limits).
``docs/reference/ledger.md`` argues locks and isolation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, cast

import numpy as np
import psycopg
from psycopg.pq import TransactionStatus

from foedus.errors import FoedusError
from foedus.ledger.schema import TABLES
from foedus.ledger.store.base import Column, Row, Store
from foedus.ledger.store.refusals import refusal

__all__ = ["PostgresStore"]

_TYPES = {"VARCHAR": 'text COLLATE "C"', "DOUBLE": "double precision", "BLOB": "bytea"}
"""Types of the schema that are written otherwise here. Text sorts by its bytes, as in DuckDB."""

_WHOLE = (20, 21, 23)
"""What the server calls whole numbers."""
_LOCK_CLASS = 0x666F6564
"""Tells foedus's advisory locks from those of other programs in the same database."""
_PATIENCE = "300s"
"""How long a writer waits for another, unless a ``lock_timeout`` is set."""

_LOCK = (
    "SELECT set_config('lock_timeout', $1, true) WHERE current_setting('lock_timeout') = '0'",
    "SELECT pg_advisory_xact_lock($1, hashtext(current_schema()))",
)


class PostgresStore(Store):
    """An open ledger in a database: the tables of the first schema of the search path."""

    no_ledger: ClassVar[str] = "the database has tables, but no ledger"

    def _connect(self) -> None:
        self._db = psycopg.connect(
            self.address.url or "", autocommit=True, cursor_factory=psycopg.RawCursor,
            client_encoding="UTF8", fallback_application_name="foedus",
        )  # fmt: skip
        ((encoding, schema),) = self._ask(
            "SELECT current_setting('server_encoding'), current_schema()"
        )
        if encoding != "UTF8":
            raise FoedusError(
                f"the database is encoded in {encoding}, which cannot hold every text",
                where=self.address, remedy="create it with: createdb -E UTF8 -T template0",
            )  # fmt: skip
        if schema is None:
            raise FoedusError(
                "the database has no schema that this role may use", where=self.address,
                remedy="create the schema that search_path names, or grant USAGE on it",
            )  # fmt: skip

    def _disconnect(self) -> None:
        self._db.close()

    def insert(self, table: str, rows: Sequence[Row]) -> None:
        """Add ``rows`` as one stream."""
        if not rows:
            return
        columns = ", ".join(name for name, _ in TABLES[table])
        into = _sql(f"COPY {table} ({columns}) FROM STDIN")
        with self._db.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(tuple(map(_storable, row)))

    def batches(self, table: str, columns: str, order: str, size: int) -> Iterator[Sequence[Row]]:
        """Return rows in lists; the server holds the others."""
        with self._plain_words():
            self._look()
            with self._db.cursor(name="batches") as cursor:
                cursor.execute(_sql(f"SELECT {columns} FROM {table} ORDER BY {order}"))
                while rows := cursor.fetchmany(size):
                    yield rows

    def ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        with self._plain_words():
            self._look()
        return super().ask(query, parameters)

    def columns(self, query: str, parameters: Sequence[Any] = ()) -> tuple[Column, ...]:
        """Return the columns of a query."""
        with self._plain_words():
            self._look()
        return super().columns(query, parameters)

    def _look(self) -> None:
        """Hold on to what is there now, so that several questions are answered as of one moment."""
        if self._db.info.transaction_status is TransactionStatus.IDLE:
            self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def _begin(self) -> None:
        if self._db.info.transaction_status is not TransactionStatus.IDLE:
            self._run("ROLLBACK")
        # Not REPEATABLE READ: what is read must be what others left when the lock was granted, and
        # not when it was asked for.
        self._run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
        self._run(_LOCK[0], [_PATIENCE])
        self._run(_LOCK[1], [_LOCK_CLASS])

    def _run(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._db.execute(_sql(statement), list(parameters) or None)

    def _ask(self, query: str, parameters: Sequence[Any] = ()) -> list[Row]:
        return self._db.execute(_sql(query), list(parameters) or None).fetchall()

    def _columns(self, query: str, parameters: Sequence[Any] = ()) -> tuple[Column, ...]:
        answer = self._db.execute(_sql(query), list(parameters) or None)
        kinds = [np.int64 if c.type_code in _WHOLE else object for c in answer.description or ()]
        values = list(zip(*answer.fetchall(), strict=True)) or [()] * len(kinds)
        return tuple(np.array(v, dtype=kind) for v, kind in zip(values, kinds, strict=True))

    def _tables(self) -> set[str]:
        # Not information_schema, which hides what one has no rights to.
        found = self._ask(
            "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        )
        return {name for (name,) in found}

    def _in_own_words(self, statement: str) -> str:
        names = "|".join(_TYPES)
        return re.sub(rf"\b(?:{names})\b", lambda found: _TYPES[found[0]], statement)

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            what, remedy = refusal(error, self.address)
            # Not chained: what libpq says of an address may hold parts of a password.
            raise FoedusError(what, where=self.address, remedy=remedy) from None
        except OSError as error:
            raise FoedusError(error.strerror or "cannot be used", where=self.address) from error


def _sql(text: str) -> Any:
    """Mark a statement as ours: names of tables and columns are the schema's, values parameters."""
    return cast("Any", text)


def _storable(value: Any) -> Any:
    """Return a value that PostgreSQL takes: it has no NUL in text (JSON writes it as an escape)."""
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value
