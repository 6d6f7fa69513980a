"""``foedus ledger``: what its verbs print, in each form, and how they fail."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger
from tests.ledger.builders import SmallWorld, finder
from tests.ledger.out.conftest import fill

Verb = Callable[..., Result]


@pytest.fixture(scope="module")
def crisis_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "crisis.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder([("matin", "soir")])) as ledger:
        fill(ledger)
    return path


@pytest.fixture
def verb(crisis_path: Path) -> Verb:
    def invoke(*args: object) -> Result:
        given = [str(a) for a in args]
        if "--ledger" not in given:
            given += ["--ledger", str(crisis_path)]
        return CliRunner().invoke(app, ["ledger", *given])

    return invoke


def as_csv(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(StringIO(result.stdout, newline="")))


def as_data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_facts_in_each_form(verb: Verb) -> None:
    facts = as_data(verb("facts", "--type", "aid", "--format", "json"))
    rows = as_csv(verb("facts", "--type", "aid", "--format", "csv"))
    table = verb("facts", "--type", "aid").stdout
    assert [f["id"] for f in facts] == [r["id"] for r in rows]
    for fact in facts:
        assert fact["id"] in table
    assert rows[0]["actors"] == "DEU; FRA"


def test_ids_are_never_cut(verb: Verb) -> None:
    table = verb("facts").stdout
    assert all(r["id"] in table for r in as_csv(verb("facts", "--format", "csv")))


def test_a_wrong_type_names_the_right_ones(verb: Verb) -> None:
    result = verb("facts", "--type", "HELP")
    assert result.exit_code == 2
    assert result.stderr.startswith("foedus: --type: 'HELP' is no event type (one of: AGREE")


def test_nothing_found_says_what_is_near(verb: Verb) -> None:
    result = verb("facts", "--actor", "Allemagn", "--format", "csv")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "foedus: --actor: no fact here has 'Allemagn'; did you mean DEU?\n"


@pytest.mark.parametrize("name", ["facts", "disputes", "sources"])
@pytest.mark.parametrize("option", ["--as-of", "--known-by", "--from", "--to"])
def test_a_date_is_written_as_a_date(verb: Verb, name: str, option: str) -> None:
    result = verb(name, option, "hier")
    assert result.exit_code == 2
    assert f"{option}: 'hier' is no date" in result.stderr


def test_both_clocks_are_asked(verb: Verb) -> None:
    early = as_csv(verb("facts", "--known-by", "2022-03-03", "--format", "csv"))
    assert {r["type"] for r in early} == {"AID", "CONSULT"}
    assert as_csv(verb("facts", "--as-of", "2022-02-01", "--format", "csv")) == []


def test_what_the_dates_cannot_tell_is_said(verb: Verb) -> None:
    result = verb("facts", "--known-by", "2022-03-06", "--format", "json")
    line = "foedus: --known-by 2022-03-06: the dates at hand cannot tell for 2 records, left out: "
    assert result.stderr.startswith(line)
    assert as_data(verb("facts", "--known-by", "2022-03-09", "--format", "json"))
    kept = verb("facts", "--as-of", "2022-03-06").stderr
    assert kept.startswith(
        "foedus: --as-of 2022-03-06: the dates at hand cannot tell for 1 records, kept: a-"
    )
    assert verb("facts").stderr == ""


def test_disputes_stand_side_by_side(verb: Verb) -> None:
    (polarity, figures) = as_data(verb("disputes", "--format", "json"))
    assert (polarity["field"], figures["field"]) == ("polarity", "quantity:tanks:item")
    assert [(s["value"], s["holders"][0]["outlet"]) for s in figures["sides"]] == [
        ("120", "le-monde"),
        ("20", "tass"),
    ]
    assert figures["sides"][0]["holders"][0]["passage"]["span"] == [2, 12]
    rows = as_csv(verb("disputes", "--field", "quantity", "--format", "csv"))
    assert [(r["value"], r["outlet"], r["text"]) for r in rows] == [
        ("120", "le-monde", "xte du com"),
        ("20", "tass", "xte du com"),
    ]
    assert "quantity" not in verb("disputes", "--field", "polarity").stdout


def test_sources_tell_who_stands_alone_and_who_is_controlled(verb: Verb) -> None:
    rows = {r["outlet"]: r for r in as_csv(verb("sources", "--format", "csv"))}
    assert list(rows) == ["le-monde", "tass", ""]
    assert rows["tass"]["state_control"] == "yes"
    assert (rows["le-monde"]["country"], rows["le-monde"]["reports"]) == ("FRA", "1")
    assert [(r["facts"], r["alone"], r["copies"]) for r in rows.values()] == [
        ("2", "1", "1"), ("1", "0", "1"), ("3", "2", "0"),
    ]  # fmt: skip
    assert as_data(verb("sources", "--outlet", "TASS", "--format", "json"))[0]["outlet"] == "tass"
    assert "yes" in verb("sources").stdout


def test_show_prints_a_fact_in_each_form(verb: Verb) -> None:
    fact = as_data(verb("facts", "--type", "AID", "--format", "json"))[0]
    shown = as_data(verb("show", fact["id"], "--format", "json"))
    assert shown["facts"] == [fact]
    assert len(shown["tellings"]) == len(fact["readings"])
    assert {r["role"] for r in as_csv(verb("show", fact["id"], "--format", "csv"))} >= {"act"}
    assert f"fact {fact['id']}" in verb("show", fact["id"][:9]).stdout


def test_show_of_nothing_is_an_error(verb: Verb) -> None:
    result = verb("show", "f-nothing")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing in this ledger has the id 'f-nothing'" in result.stderr


def test_what_reports_hold_cannot_drive_the_terminal(verb: Verb) -> None:
    for args in (("facts",), ("disputes",), ("sources",), ("show", "hostile")):
        result = verb(*args)
        assert result.exit_code == 0
        assert "\x1b" not in result.stdout
        assert "\u202e" not in result.stdout
    cells = [c for r in as_csv(verb("show", "hostile", "--format", "csv")) for c in r.values()]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]


def test_export_names_its_files(verb: Verb, tmp_path: Path) -> None:
    result = verb("export", "-o", tmp_path / "out", "--format", "csv")
    assert result.exit_code == 0
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert sorted(names) == sorted(p.name for p in (tmp_path / "out").iterdir())


def test_a_folder_that_cannot_be_made_is_an_error(verb: Verb, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = verb("export", "-o", tmp_path / "file")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


def test_without_a_ledger_there_is_an_error(verb: Verb, tmp_path: Path) -> None:
    for args in (("facts",), ("show", "x"), ("export", "-o", tmp_path / "o")):
        result = verb(*args, "--ledger", tmp_path / "none.duckdb")
        assert result.exit_code == 2
        assert "there is no ledger here" in result.stderr
        assert not (tmp_path / "none.duckdb").exists()
