"""``foedus ledger import``, ``add`` and ``entries`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger

GOOD = (
    "date;type;acteurs;destinataires;moyens;journal;paru le\n"
    "2022-03-01;AID;Allemagne;Ukraine;missiles antichars;Le Monde;2022-03-02\n"
    "2022-05;AGREE;France;Ukraine;caesar;;\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "chronology.csv"
    path.write_text(GOOD)
    return path


def run(folder: Path, *words: object) -> Result:
    given = [str(w) for w in words]
    if given[0] != "entries":
        given += ["--by", "Ana"]
    return CliRunner().invoke(app, ["ledger", *given, "--ledger", str(folder / "x.duckdb")])


def told(folder: Path, *words: object) -> str:
    result = run(folder, *words)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_dry_run_shows_and_enters_nothing(file: Path) -> None:
    shown = told(file.parent, "import", file, "--dry-run")
    assert "chronology.csv:2" in shown
    assert "would be entered: 2 rows (2 new, 0 as before, 0 taken out); 1 without a source" in shown
    assert not (file.parent / "x.duckdb").exists()


def test_a_file_is_entered_once_and_replaced(file: Path) -> None:
    assert "entered: 2 rows (2 new" in told(file.parent, "import", file, "--at", "2022-06-01")
    again = told(file.parent, "import", file, "--at", "2022-06-02")
    assert again == (
        "chronology.csv: unchanged: 2 rows (0 new, 2 as before, 0 taken out); 1 without a source\n"
    )
    file.write_text(GOOD.replace("caesar", "tanks"))
    changed = told(file.parent, "import", file, "--at", "2022-06-03")
    assert "entered: 2 rows (1 new, 1 as before, 1 taken out)" in changed
    assert told(file.parent, "entries").count("chronology.csv:") == 2
    history = told(file.parent, "entries", "--all")
    assert "2022-06-01 to 2022-06-03" in history
    rows = json.loads(told(file.parent, "entries", "--all", "--format", "json"))
    assert sorted(str(r["until"]) for r in rows) == ["2022-06-03", "None", "None"]


def test_what_another_person_entered_is_not_replaced_unasked(file: Path) -> None:
    told(file.parent, "import", file)
    file.write_text(GOOD.replace("caesar", "tanks"))
    words = [
        "ledger",
        "import",
        str(file),
        "--by",
        "Boris",
        "--ledger",
        str(file.parent / "x.duckdb"),
    ]
    refused = CliRunner().invoke(app, words)
    assert refused.exit_code == 2
    assert "chronology.csv: rows of that name were entered by Ana" in refused.stderr
    assert CliRunner().invoke(app, [*words, "--name", "his.csv"]).exit_code == 0
    assert CliRunner().invoke(app, [*words, "--replace"]).exit_code == 0
    rows = json.loads(told(file.parent, "entries", "--format", "json"))
    assert sorted(r["entry"]["by"] for r in rows) == ["Boris"] * 4


def test_every_mistake_is_named_and_nothing_entered(file: Path) -> None:
    file.write_text(
        GOOD + ";AID;Polonge;;;;\n" * 1 + "".join(f"x{n};AID;POL;;;;\n" for n in range(30))
    )
    result = run(file.parent, "import", file)
    lines = result.stderr.splitlines()
    assert (result.exit_code, result.stdout) == (2, "")
    assert lines[0].startswith("foedus: chronology.csv:4 actors: 'Polonge' is nobody")
    assert len(lines) == 22
    assert lines[-2:] == ["foedus: 11 mistakes more", "foedus: nothing was entered"]
    assert not (file.parent / "x.duckdb").exists()


def test_one_act_is_added(tmp_path: Path) -> None:
    words = ["add", "--type", "aid", "--actors", "Slovaquie", "--recipients", "UKR",
             "--quantities", "1 s-300", "--date", "2022-04-08", "--outlet", "Le Monde"]  # fmt: skip
    assert "keyboard: entered: 1 rows (1 new" in told(tmp_path, *words)
    assert "keyboard: unchanged" in told(tmp_path, *words)
    assert "keyboard: entered" in told(tmp_path, *words, "--text", "another")
    with Ledger.open(tmp_path / "x.duckdb", read_only=True) as ledger:
        assert len(ledger.entries()) == 2
        assert ledger.facts()[0].actors == ("SVK",)


def test_a_mistake_in_an_act_names_its_option(tmp_path: Path) -> None:
    result = run(
        tmp_path, "add", "--type", "AID", "--actors", "POL", "--attributed-to", "nobody at all"
    )
    assert result.exit_code == 2
    assert result.stderr.startswith("foedus: --attributed-to: 'nobody at all' is nobody")


def test_cues_are_those_of_the_alliance(tmp_path: Path) -> None:
    result = run(tmp_path, "add", "--type", "AID", "--actors", "POL", "--cues", "article-44")
    assert "did you mean article-4" in result.stderr


def test_unsourced_facts_are_marked_and_found(file: Path) -> None:
    told(file.parent, "import", file)
    ledger = ["--ledger", str(file.parent / "x.duckdb")]
    shown = CliRunner().invoke(app, ["ledger", "facts", "--unsourced", *ledger]).stdout
    assert "0 +1 unsourced" in " ".join(shown.split())
    assert "FRA" in shown
    assert "DEU" not in shown
