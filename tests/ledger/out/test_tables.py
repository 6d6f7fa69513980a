"""Flat tables: what an analyst reads in a spreadsheet, and what every form of export holds."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.acts import Record
from foedus.errors import FoedusError
from foedus.ledger import Ledger
from foedus.ledger.cells import cell_text, unguarded
from foedus.ledger.out import FORMS, TABLES, Column, Content, Table, table_of
from foedus.ledger.out.parquet import parquet_file
from tests.ledger.builders import SmallWorld, coded, finder
from tests.ledger.out.conftest import fill


def rows_of(content: Content, name: str) -> list[dict[str, Any]]:
    table = table_of(content, name)
    return [dict(zip(table.heads, row, strict=True)) for row in table.rows]


def read_parquet(path: Path) -> list[tuple[Any, ...]]:
    rows = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    return [tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in rows]


def test_a_fact_is_a_row(content: Content) -> None:
    (fact,) = [f for f in rows_of(content, "facts") if f["type"] == "AID" and len(f["acts"]) > 1]
    assert (fact["actors"], fact["recipients"]) == (("DEU", "FRA"), ("UKR",))
    assert (fact["date_from"], fact["date_precision"]) == (date(2022, 3, 1), "day")
    assert fact["differs"] == ("polarity", "quantity:tanks:item")
    assert fact["amounts"] == ("20 item of tanks", "120 item of tanks")
    assert (fact["reports"], fact["outlets"], fact["sources"]) == (3, 2, 2)


def test_an_act_leads_to_its_fact_and_its_words(content: Content) -> None:
    facts = {f["id"] for f in rows_of(content, "facts")}
    for row in rows_of(content, "acts"):
        assert row["fact"] in facts
        text = content.reports[row["report"]].text
        assert row["text"] == text[row["start"] : row["end"]]


def test_each_value_of_a_difference_is_a_row(content: Content) -> None:
    rows = [r for r in rows_of(content, "differences") if r["field"] == "quantity:tanks:item"]
    assert [(r["value"], r["outlets"], r["reports"]) for r in rows] == [
        ("120", ("le-monde",), ("matin",)),
        ("20", ("tass",), ("soir",)),
    ]


def test_what_had_not_appeared_is_in_no_table(crisis: Ledger) -> None:
    content = Content(crisis, known_by=date(2022, 3, 3))
    assert [r["label"] for r in rows_of(content, "reports")] == ["matin", "soir"]
    assert {r["label"] for r in rows_of(content, "acts")} == {"matin", "soir"}
    assert rows_of(content, "quantities") == []


def test_rows_fit_their_columns(content: Content) -> None:
    kinds = {"text": str, "int": int, "real": float, "flag": bool, "day": date, "list": tuple}
    for name in TABLES:
        table = table_of(content, name)
        for row in table.rows:
            assert len(row) == len(table.columns)
            for column, value in zip(table.columns, row, strict=True):
                assert value is None or type(value) is kinds[column.kind], (name, column, value)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_an_export_is_the_same_whatever_the_order_of_arrival(form: str, tmp_path: Path) -> None:
    written: list[dict[str, bytes]] = []
    for number in range(2):
        path = tmp_path / f"{number}.duckdb"
        world = SmallWorld()
        with Ledger.open(path, world=world, find_copies=finder([("matin", "soir")])) as ledger:
            fill(ledger)
            if number:
                # The same once more, one report at a time, the last first: nothing may change.
                records: list[Record] = [*ledger.statements(), *ledger.acts(), *ledger.quantities()]
                for r in reversed(ledger.reports()):
                    ledger.add([coded(r, *(x for x in records if x.source == r.hash))])
            files = ledger.export(tmp_path / str(number), form)
        written.append({p.name: p.read_bytes() for p in files})
    assert written[0] == written[1]
    assert written[0]


def test_csv_and_parquet_hold_the_same(crisis: Ledger, content: Content, tmp_path: Path) -> None:
    crisis.export(tmp_path, "csv")
    crisis.export(tmp_path, "parquet")
    for name in TABLES:
        table = table_of(content, name)
        assert read_parquet(tmp_path / f"{name}.parquet") == list(table.rows)
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        assert tuple(head) == table.heads
        assert [[unguarded(c) for c in row] for row in rows] == [
            [cell_text(v) for v in row] for row in table.rows
        ]


def test_json_lines_are_records(crisis: Ledger, tmp_path: Path) -> None:
    crisis.export(tmp_path)
    lines = (tmp_path / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [f.id for f in crisis.facts()]
    assert "/somewhere/" not in (tmp_path / "reports.jsonl").read_text(encoding="utf-8")


def test_an_unknown_form_is_an_error(crisis: Ledger, tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="no export called 'xls'"):
        crisis.export(tmp_path, "xls")


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT | st.none(), st.lists(TEXT).map(tuple))))
def test_parquet_keeps_any_text(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    folder = tmp_path / "it's a 'folder'"
    folder.mkdir(exist_ok=True)
    parquet_file(Table("t", (Column("a"), Column("b", "list")), rows))(folder / "x")
    assert read_parquet(folder / "x") == rows
