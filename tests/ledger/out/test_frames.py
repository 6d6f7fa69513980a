"""The ledger in Python: rows always, data frames where their libraries are installed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import foedus
from foedus.errors import FoedusError
from foedus.ledger.out import TABLES
from foedus.ledger.out.frames import Rows


def test_facts_are_rows(crisis_file: Path) -> None:
    with foedus.open(crisis_file) as crisis:
        everything = crisis.facts()
        early = crisis.facts(known_by=date(2022, 3, 3))
        aid = crisis.facts(types="aid", actors=["Allemagne"])
        held = crisis.facts(as_of=date(2022, 2, 28))
    assert isinstance(everything, Rows)
    assert (len(everything), len(early), len(held)) == (4, 2, 0)
    assert [(f["type"], f["actors"]) for f in aid] == [("AID", ("DEU", "FRA"))]
    assert everything[-1] == list(everything)[-1] == everything[-1:][0]
    assert tuple(everything[0]) == everything.columns
    assert "4 rows of facts" in repr(everything)


def test_every_table_is_rows(crisis_file: Path) -> None:
    with foedus.open(str(crisis_file)) as crisis:
        for name in TABLES:
            assert crisis.table(name).columns
        assert crisis.show("matin").kind == "report"
        with pytest.raises(FoedusError, match="no table 'fact'"):
            crisis.table("fact")
        with pytest.raises(FoedusError, match="no filter 'actor'"):
            crisis.facts(actor="FRA")


def test_there_must_be_a_ledger(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="there is no ledger here"):
        foedus.open(tmp_path / "none.duckdb")


@pytest.mark.parametrize("name", ["pyarrow", "polars", "pandas"])
def test_a_library_that_is_missing_is_named(
    crisis_file: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    method = {"pyarrow": "to_arrow"}.get(name, f"to_{name}")
    with foedus.open(crisis_file) as crisis, pytest.raises(FoedusError, match=f"{name} is not"):
        getattr(crisis.facts(), method)()


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **members: Any) -> None:
    module = ModuleType(name)
    vars(module).update(members)
    monkeypatch.setitem(sys.modules, name, module)


def test_columns_are_handed_on_with_their_types(
    crisis_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The libraries are played: what each is given, by the names of its own interface."""
    kinds = ("string", "int64", "float64", "bool_", "date32")
    stand_in(
        monkeypatch, "pyarrow", table=dict, array=lambda values, type: (values, type),  # noqa: A006
        list_=lambda of: f"list of {of}", **{k: (lambda k=k: k) for k in kinds},
    )  # fmt: skip
    stand_in(
        monkeypatch, "polars", DataFrame=lambda columns, schema: (columns, schema),
        List=lambda of: f"list of {of}",
        **{k: k for k in ("String", "Int64", "Float64", "Boolean", "Date")},
    )  # fmt: skip
    stand_in(
        monkeypatch, "pandas", DataFrame=type("DataFrame", (dict,), {}),
        Series=lambda values, dtype: SimpleNamespace(values=values, dtype=dtype),
    )  # fmt: skip
    with foedus.open(crisis_file) as crisis:
        rows = crisis.table("facts")
    arrow, (polars, schema), pandas = rows.to_arrow(), rows.to_polars(), rows.to_pandas()
    first = rows[0]
    assert list(arrow) == list(polars) == list(pandas) == list(schema) == list(rows.columns)
    assert arrow["actors"] == ([list(r["actors"]) for r in rows], "list of string")  # type: ignore[arg-type]
    assert arrow["date_from"][0][0] == first["date_from"]
    assert (arrow["date_from"][1], arrow["sources"][1]) == ("date32", "int64")
    assert (schema["actors"], schema["date_to"]) == ("list of String", "Date")
    assert polars["id"] == [r["id"] for r in rows]
    assert (pandas["sources"].dtype, pandas["date_from"].dtype) == ("Int64", "object")


def test_data_frames_hold_the_same(crisis_file: Path) -> None:
    """Runs where the libraries are installed; foedus does not need them."""
    for name in ("pyarrow", "polars", "pandas"):
        pytest.importorskip(name)
    with foedus.open(crisis_file) as crisis:
        tables = [crisis.table(name) for name in TABLES]
    for rows in tables:
        plain = [{k: list(v) if isinstance(v, tuple) else v for k, v in r.items()} for r in rows]
        assert rows.to_arrow().to_pylist() == plain
        assert rows.to_polars().to_dicts() == plain
        assert len(rows.to_pandas()) == len(plain)
