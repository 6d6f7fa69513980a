"""An alliance of invented states and bodies, from a report to the statuses: its folder says who is who."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.alliance import SHIPPED
from foedus.cli import app

REPORT = """La Dépêche des Lacs
Publié le 4 juin 2031

L'Arvénie demande l'entraide

L'Arvénie a demandé l'entraide du Pacte des Six-Lacs lundi 2 juin 2031. « L'article 7 a été invoqué »,
a déclaré la présidente arvénienne. Selon la porte-parole de l'Assemblée des Lacs, Mira Orlin, l'Assemblée des
Lacs a accepté mercredi de prêter son entraide à l'Arvénie.
"""


def run(*args: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in args])


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a brief that was made by way of a copy of the exercise's folder."""
    folder = tmp_path_factory.mktemp("lakes")
    shutil.copytree(SHIPPED / "exercise", folder / "pact")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    made = run("brief", folder / "report.txt", "-o", folder / "out", "--alliance", folder / "pact")
    assert made.exit_code == 0, made.output
    return folder


def test_who_only_the_folder_knows_acts_and_speaks(brief: Path) -> None:
    lines = (brief / "out" / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    asked = [r for r in records if r.get("type") == "REQUEST" and "mutual-aid" in r["cues"]]
    assert ["arvenia"] in [r["actors"] for r in asked]
    assert {"arvenia", "mira-orlin"} & {r["speaker"] for r in records if "speaker" in r}


def test_the_page_calls_them_by_their_names(brief: Path) -> None:
    page = (brief / "out" / "brief.html").read_text(encoding="utf-8")
    assert "Arvénie" in page
    assert ">arvenia<" not in page


def test_their_word_engages_what_their_rules_say(brief: Path) -> None:
    ledger = brief / "out" / "foedus.duckdb"
    told = run("status", "--ledger", ledger, "--alliance", brief / "pact", "--format", "json")
    status = {row["mechanism"]: row for row in json.loads(told.stdout)}
    assert (status["mutual-aid"]["stage"], status["mutual-aid"]["by"]) == ("asked", ["arvenia"])
    reason = run("why", "mutual-aid", "--ledger", ledger, "--alliance", brief / "pact").stdout
    assert "Arvénie" in reason


def test_the_ledger_keeps_who_is_who(brief: Path) -> None:
    """Without the folder: it may have moved, or the ledger may have been handed on."""
    ledger = brief / "out" / "foedus.duckdb"
    rows = json.loads(
        run("ledger", "facts", "--actor", "Arvénie", "--format", "json", "--ledger", ledger).stdout
    )
    assert rows
    assert all(row["actors"] == ["arvenia"] for row in rows)


def test_acts_by_hand_name_them_too(brief: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "hand.duckdb"
    row = ["--type", "AGREE", "--date", "2031-06-03", "--actors", "Assemblée des Lacs"]
    row += ["--cues", "mutual-aid", "--by", "ana", "--outlet", "La Dépêche", "--title", "Entraide"]
    row += ["--published", "2031-06-03", "--ledger", str(ledger)]
    assert run("ledger", "add", *row).exit_code == 2
    entered = run("ledger", "add", *row, "--alliance", brief / "pact")
    assert entered.exit_code == 0, entered.output
    told = run("status", "--ledger", ledger, "--alliance", brief / "pact", "--format", "json")
    status = {row["mechanism"]: row for row in json.loads(told.stdout)}
    assert (status["mutual-aid"]["status"], status["mutual-aid"]["stage"]) == ("engaged", "granted")


def test_a_wrong_file_of_the_folder_is_told(brief: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(brief / "pact", folder)
    (folder / "world" / "persons.yaml").write_text("persons: {x: {}}\n", encoding="utf-8")
    result = run("alliance", "check", folder)
    assert result.exit_code == 1
    assert "persons.yaml:1" in result.stdout
    assert "1 errors" in result.stderr
