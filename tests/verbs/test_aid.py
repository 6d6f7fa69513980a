"""``foedus ledger aid`` from the command line, in each form."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger
from tests.ledger.builders import SmallWorld, act, amount, coded, finder, report

Verb = Callable[..., Result]
GIVEN: dict[str, Any] = {"recipients": "UKR", "instruments": "caesar", "cues": "partner-support"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("aid") / "x.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder(())) as ledger:
        ledger.add(
            [
                coded(report("mai", "2022-05-12", outlet="le-monde"),
                      act("AGREE", actors="FRA", **GIVEN, quantities=(amount(12, "artillery"),))),
                coded(report("sept", "2022-09-03", outlet="tass"),
                      act("AID", actors="FRA", **GIVEN, quantities=(amount(18, "artillery"),)),
                      act("AID", 12, actors="DEU", aux="hypothetical", **GIVEN)),
            ]
        )  # fmt: skip
    return path


@pytest.fixture
def verb(path: Path) -> Verb:
    def invoke(*args: object) -> Result:
        given = [str(a) for a in args]
        return CliRunner().invoke(app, ["ledger", "aid", *given, "--ledger", str(path)])

    return invoke


def test_the_list_links_rows_and_tells_what_is_left_out(verb: Verb) -> None:
    result = verb()
    assert result.exit_code == 0
    assert "12 artillery; caesar · may be f-" in " ".join(result.stdout.split())
    assert result.stderr == "foedus: left out: 1 supposed (--stage lists them)\n"
    assert "30" not in result.stdout, "12 and 18 are not added up"


def test_json_and_csv(verb: Verb) -> None:
    found = json.loads(verb("--donor", "France", "--stage", "delivered", "--format", "json").stdout)
    assert [row["donors"] for row in found] == [["FRA"]]
    assert found[0]["quantities"][0]["told"] == {"18": ["tass"]}
    rows = list(csv.DictReader(StringIO(verb("--format", "csv").stdout, newline="")))
    assert [r["stage"] for r in rows] == ["committed", "delivered"]
    assert rows[0]["overlaps"] == rows[1]["fact"]


def test_weapons_by_donor(verb: Verb) -> None:
    rows = list(csv.DictReader(StringIO(verb("--sheet", "committed", "--format", "csv").stdout)))
    assert [(r["Item"], r["Total Number"], r["France"]) for r in rows] == [("caesar", "", "12; 18")]
    assert "France" in verb("--sheet", "delivered").stdout


def test_both_clocks_are_asked(verb: Verb) -> None:
    assert json.loads(verb("--known-by", "2022-05-01", "--format", "json").stdout) == []
    assert len(json.loads(verb("--known-by", "2022-06-01", "--format", "json").stdout)) == 1


def test_a_spreadsheet_is_written(verb: Verb, tmp_path: Path) -> None:
    result = verb("--format", "xlsx", "-o", tmp_path / "aid.xlsx")
    assert result.stdout == f"{tmp_path / 'aid.xlsx'}\n"
    with ZipFile(tmp_path / "aid.xlsx") as book:
        names = book.read("xl/workbook.xml").decode()
    for name in ("pledges", "committed", "delivered", "notes"):
        assert f'name="{name}"' in names
    again = tmp_path / "again.xlsx"
    assert verb("--format", "xlsx", "-o", again).exit_code == 0
    assert again.read_bytes() == (tmp_path / "aid.xlsx").read_bytes()


def test_what_cannot_be_asked(verb: Verb, tmp_path: Path) -> None:
    assert (
        "--format xlsx: a spreadsheet needs a file (add -o FILE)" in verb("--format", "xlsx").stderr
    )
    wrong = verb("--format", "xlsx", "-o", tmp_path / "x", "--sheet", "pledges")
    assert wrong.exit_code == 2
    assert "--sheet: goes with --format table or csv only" in wrong.stderr
    assert verb("--format", "csv", "-o", tmp_path / "no" / "x.csv").exit_code == 0
