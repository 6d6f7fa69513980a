"""Where a ledger's rows are kept: a DuckDB file, or a PostgreSQL database for a team.

Comes in: an address, and rows of the tables of :mod:`foedus.ledger.schema`. Goes out: the same rows, in
the same order from both. :class:`Store` says what a store does and holds what is the same in both;
:mod:`~foedus.ledger.store.duck` and :mod:`~foedus.ledger.store.postgres` hold what is not.
"""

from __future__ import annotations

from pathlib import Path

from foedus.address import Address
from foedus.errors import FoedusError
from foedus.ledger.store.base import Column, Store

__all__ = ["MEMORY", "Column", "Store", "open_store"]

MEMORY = ":memory:"
"""The place of a store that is gone when it is closed."""


def open_store(
    place: Address | Path | str, *, read_only: bool = False, create: bool = True
) -> Store:  # fmt: skip
    """Open what lies at ``place``, making or migrating its tables where it is open for writing.

    Args:
        place: a file or a database.
        read_only: for reading only.
        create: fill an empty place; without it, nothing there is an error.

    Raises:
        FoedusError: there is nothing to open, it is no ledger, in use, cut short, of another version,
            not ours to use, the server cannot be reached, or its driver is not installed.
    """
    address = Address.of(place)
    if address.path is not None:
        from foedus.ledger.store.duck import DuckStore

        return DuckStore(address, read_only=read_only, create=create)
    try:
        from foedus.ledger.store.postgres import PostgresStore
    except ImportError as error:
        raise FoedusError(
            "the driver for PostgreSQL is not installed", where=address,
            remedy="pip install 'psycopg[binary]'",
        ) from error  # fmt: skip
    return PostgresStore(address, read_only=read_only, create=create)
