"""The ledger in Python: answers that become Arrow, Polars or pandas where those are installed.

Comes in: a ledger. Goes out: a :class:`Reader`, whose answers are :class:`Rows`: to go through,
to look at, to hand on to a data frame. Nothing but foedus is needed to go through them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self, overload

import msgspec

from foedus.errors import FoedusError
from foedus.ledger.cells import Value
from foedus.ledger.ledger import Ledger
from foedus.ledger.out.content import Content
from foedus.ledger.out.filters import Filter, chosen, in_ids
from foedus.ledger.out.tables import TABLES, Kind, Table, facts_table, table_of
from foedus.ledger.out.trail import Trail, trail_of

__all__ = ["Reader", "Rows"]

_ARROW: dict[Kind, str] = {
    "text": "string", "int": "int64", "real": "float64", "flag": "bool_", "day": "date32",
}  # fmt: skip
_POLARS: dict[Kind, str] = {
    "text": "String", "int": "Int64", "real": "Float64", "flag": "Boolean", "day": "Date",
}  # fmt: skip
_PANDAS: dict[Kind, str] = {"text": "string", "int": "Int64", "real": "Float64", "flag": "boolean"}


class Rows(Sequence[dict[str, Value]]):
    """An answer: rows as dictionaries, in a fixed order, with the same columns each.

    Lists are tuples of text, days are ``datetime.date``, what is not known is None.
    """

    def __init__(self, table: Table) -> None:
        self._table = table

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return self._table.heads

    def __len__(self) -> int:
        return len(self._table.rows)

    @overload
    def __getitem__(self, index: int) -> dict[str, Value]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Value]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Value] | list[dict[str, Value]]:
        if isinstance(index, slice):
            return [self._row(i) for i in range(len(self))[index]]
        return self._row(index)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return (self._row(i) for i in range(len(self)))

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self._table.name}: {', '.join(self.columns)}>"

    def _row(self, index: int) -> dict[str, Value]:
        return dict(zip(self.columns, self._table.rows[index], strict=True))

    def _lists(self) -> Iterator[tuple[str, Kind, list[Any]]]:
        """Give each column's name, kind and values, lists as lists."""
        for i, column in enumerate(self._table.columns):
            values = (row[i] for row in self._table.rows)
            yield column.name, column.kind, [list(v) if isinstance(v, tuple) else v for v in values]

    def to_arrow(self) -> Any:
        """Return a ``pyarrow.Table``.

        Raises:
            FoedusError: pyarrow is not installed.
        """
        arrow = _library("pyarrow")
        columns = {
            name: arrow.array(
                values,
                type=arrow.list_(arrow.string())
                if kind == "list"
                else getattr(arrow, _ARROW[kind])(),
            )
            for name, kind, values in self._lists()
        }
        return arrow.table(columns)

    def to_polars(self) -> Any:
        """Return a ``polars.DataFrame``.

        Raises:
            FoedusError: Polars is not installed.
        """
        polars = _library("polars")
        columns, schema = {}, {}
        for name, kind, values in self._lists():
            columns[name] = values
            schema[name] = (
                polars.List(polars.String) if kind == "list" else getattr(polars, _POLARS[kind])
            )
        return polars.DataFrame(columns, schema=schema)

    def to_pandas(self) -> Any:
        """Return a ``pandas.DataFrame``; days stay ``datetime.date``, since pandas' own begin in 1677.

        Raises:
            FoedusError: pandas is not installed.
        """
        pandas = _library("pandas")
        return pandas.DataFrame(
            {
                name: pandas.Series(values, dtype=_PANDAS.get(kind, "object"))
                for name, kind, values in self._lists()
            }
        )


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise FoedusError(
            f"{name} is not installed",
            remedy=f"install it, or go through the rows: pip install {name}",
        ) from error


class Reader:
    """A ledger open for reading. Use it as a context manager, or call :meth:`close`.

    Every question takes the two clocks: ``as_of`` (what had happened by then) and ``known_by`` (what
    reports that had appeared by then tell).
    """

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        """The ledger itself, whose answers are records instead of rows."""

    @classmethod
    def open(cls, place: Path | str) -> Self:
        """Open a ledger for reading; arguments and errors are those of :func:`foedus.open`."""
        return cls(Ledger.open(place, read_only=True))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self.ledger.close()

    def facts(
        self, *, as_of: date | None = None, known_by: date | None = None, **asked: Any
    ) -> Rows:
        """Return the facts, a row each.

        Args:
            as_of: what had happened or been said by then.
            known_by: what reports that had appeared by then tell.
            asked: what the facts must be like: the fields of
                :class:`~foedus.ledger.out.filters.Filter`, for example ``actors=["Pologne"]``. One
                value may stand without its list.

        Raises:
            FoedusError: there is no such field.
        """
        unknown = sorted(set(asked) - set(Filter.__struct_fields__))
        if unknown:
            raise FoedusError(
                f"no filter {unknown[0]!r}", remedy=f"one of: {', '.join(Filter.__struct_fields__)}"
            )
        world = self.ledger.register
        lists = {name: (v,) if isinstance(v, str) else v for name, v in asked.items()}
        wanted = in_ids(msgspec.structs.replace(Filter(), **lists), world)
        content = Content(self.ledger, as_of=as_of, known_by=known_by)
        some = content.some_facts(wanted.cues, wanted.types)
        return Rows(facts_table(chosen(some, wanted, world)))

    def table(
        self, name: str, *, as_of: date | None = None, known_by: date | None = None
    ) -> Rows:  # fmt: skip
        """Return one of the tables that ``foedus ledger export --format csv`` writes, by its name.

        Raises:
            FoedusError: there is no such table.
        """
        if name not in TABLES:
            raise FoedusError(f"no table {name!r}", remedy=f"one of: {', '.join(TABLES)}")
        return Rows(table_of(Content(self.ledger, as_of=as_of, known_by=known_by), name))

    def show(
        self, record: str, *, as_of: date | None = None, known_by: date | None = None
    ) -> Trail:  # fmt: skip
        """Return the whole way from an id to the characters, as ``foedus ledger show`` prints it.

        Raises:
            FoedusError: nothing has that id, or several begin so.
        """
        return trail_of(Content(self.ledger, as_of=as_of, known_by=known_by), record)
