"""``foedus ledger judge``: each verb from the command line, what it prints, how it fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import typer
import typer.main
from typer.testing import CliRunner, Result

from foedus.cli import Verbs
from foedus.ledger import Ledger
from foedus.verbs.judge import app, register
from tests.ledger.builders import SmallWorld, coded, finder
from tests.ledger.judged_crisis import ASKS, CRISIS, GIVES, GIVES_LATER, act_id

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "judging-by-hand.md"
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]

parent = typer.Typer(cls=Verbs)
register(parent)


@parent.callback()
def _ledger() -> None:
    """Stand for ``foedus ledger``."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "crisis.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder(())) as ledger:
        ledger.add(CRISIS)
    return path


def run(file: Path, *words: str) -> Result:
    more: tuple[str, ...] = ("--ledger", str(file))
    if words[0] not in ("list", "orphans"):
        more += ("--by", "Ana", "--why", "Vérifié.", "--at", "2022-03-01T09:30Z")
    return CliRunner().invoke(parent, ["judge", *words, *more])


def said(file: Path, *words: str) -> str:
    result = run(file, *words)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "words",
    [
        ("confirm", act_id(ASKS)),
        ("reject", act_id(ASKS), act_id(GIVES)),
        ("unsure", act_id(ASKS)),
        ("merge", act_id(GIVES), act_id(GIVES_LATER)),
        ("correct", act_id(GIVES), "date", "2022-02-24"),
        ("grade", "gazette", "B2"),
    ],
    ids=lambda words: words[0],
)
def test_each_verb_keeps_an_entry(file: Path, words: tuple[str, ...]) -> None:
    entry = said(file, *words).split()[0]
    (line,) = said(file, "list", "--format", "json").splitlines()
    told = json.loads(line)
    assert told["judgement"]["id"] == entry
    assert told["judgement"]["at"] == "2022-03-01T09:30:00Z"
    assert (told["state"], told["judgement"]["by"]) == ("stands", "Ana")


def test_a_fact_is_split(file: Path) -> None:
    with Ledger.open(file, read_only=True) as ledger:
        fact = ledger.fact(act_id(ASKS))
        assert fact.reports == 2
    said(file, "split", fact.id, fact.readings[0].act.id)
    with Ledger.open(file, read_only=True) as ledger:
        assert ledger.fact(act_id(ASKS)).reports == 1


def test_a_withdrawn_judgement_is_listed_only_with_all(file: Path) -> None:
    entry = said(file, "confirm", act_id(ASKS)).split()[0]
    assert "stands  Ana  confirm" in said(file, "list")
    said(file, "withdraw", entry)
    assert said(file, "list") == ""
    assert said(file, "list", "--all").count(entry) == 2
    assert said(file, "list", "--all", "--known-by", "2022-02-28") == ""


def test_an_orphan_is_shown_with_its_words(file: Path) -> None:
    entry = said(file, "reject", act_id(ASKS)).split()[0]
    assert said(file, "orphans") == ""
    with Ledger.open(file, world=SmallWorld(), find_copies=finder(())) as ledger:
        ledger.add([coded(ASKS[0])])
    told = said(file, "orphans")
    assert entry in told
    assert "REQUEST  asks 0-10 « La Pologne »" in told
    assert json.loads(said(file, "orphans", "--format", "json"))["state"] == "orphan"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("confirm", "f-0"), "no fact or act 'f-0'"),
        (("correct", act_id(GIVES), "date", "mardi"), "'mardi' is no date"),
        (("withdraw", "j-0"), "no judgement 'j-0'"),
        (("list", "--known-by", "mardi"), "'mardi' is no date"),
    ],
)
def test_a_failure_is_one_line(file: Path, words: tuple[str, ...], message: str) -> None:
    result = run(file, *words)
    assert result.exit_code == 2
    assert message in result.output
    assert result.output.count("\n") == 1


def test_a_time_without_its_zone_is_told(file: Path) -> None:
    at = ("--by", "A", "--why", "x", "--at", "2022-03-01T09:30", "--ledger", str(file))
    result = CliRunner().invoke(parent, ["judge", "confirm", act_id(ASKS), *at])
    assert "does not say of which time zone" in result.output


def test_there_must_be_a_ledger(tmp_path: Path) -> None:
    result = run(tmp_path / "none.duckdb", "confirm", "f-0")
    assert "there is no ledger" in result.output
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize("verb", sorted(COMMANDS))
def test_the_guide_tells_every_verb_and_option(verb: str) -> None:
    page = GUIDE.read_text(encoding="utf-8")
    assert f"judge {verb}" in page
    for parameter in COMMANDS[verb].params:
        for name in (n for n in parameter.opts if n.startswith("--") and n != "--help"):
            assert f"`{name}" in page, f"judge {verb}: {name}"
