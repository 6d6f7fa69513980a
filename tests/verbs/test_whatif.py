"""``foedus whatif`` on a small ledger: what would change, and that nothing is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger
from foedus.world import load_world
from tests.ledger.builders import act, coded, finder, report

ASKS = coded(
    report("asks", "2022-02-24", outlet="gazette", text="La Pologne demande. " * 9),
    act("REQUEST", 0, actors="POL", cues="article-4"),
)
EN = ("--lang", "en")
DECISION = {"type": "MOBILIZE", "actors": ["north-atlantic-council"], "cues": ["article-5"]}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    place = tmp_path / "x.duckdb"
    with Ledger.open(place, world=load_world(), find_copies=finder(())) as opened:
        opened.add([ASKS])
    return place


def run(ledger: Path, *args: object) -> Result:
    return CliRunner().invoke(app, ["whatif", *(str(a) for a in args), "--ledger", str(ledger)])


def written(folder: Path, *acts: object) -> Path:
    file = folder / "acts.jsonl"
    file.write_text("\n".join(json.dumps(a) for a in acts), encoding="utf-8")
    return file


def test_a_supposed_act_changes_a_status_and_says_why(ledger: Path, tmp_path: Path) -> None:
    result = run(ledger, "--add", written(tmp_path, DECISION), *EN)
    assert result.exit_code == 0
    assert "Supposed: 1 act added, 0 facts taken away" in result.stdout
    assert "Collective defence (Article 5): not engaged → engaged (decided)" in result.stdout
    assert "Clause: An armed attack on a member" in result.stdout
    assert "+ decision: act: Mobilisation; about: Article 5" in result.stdout
    assert (
        "Mobilisation, North Atlantic Council (February 24, 2022) — without it the answer would change [supposed-1]"
        in result.stdout
    )
    assert "Nothing changes for: Consultations (Article 4)" in result.stdout


def test_a_fact_taken_away(ledger: Path) -> None:
    with Ledger.open(ledger, read_only=True) as opened:
        (fact,) = opened.facts()
    for ident in (fact.id, fact.readings[0].act.id, fact.id[:6]):
        said = run(ledger, "--without", ident, *EN).stdout
        assert "Consultations (Article 4): engaged (asked for) → not engaged" in said
        assert f"− request: act: Request; about: Article 4; by: a member" in said  # noqa: F541
        assert fact.id in said


def test_nothing_is_written(ledger: Path, tmp_path: Path) -> None:
    before = ledger.read_bytes()
    run(ledger, "--add", written(tmp_path, DECISION))
    run(ledger, "--reach", "article-5=engaged")
    assert ledger.read_bytes() == before


def test_words_alone_change_nothing(ledger: Path, tmp_path: Path) -> None:
    imagined = {**DECISION, "aux": ["hypothetical"]}
    said = run(ledger, "--add", written(tmp_path, imagined), *EN).stdout
    assert "Nothing changes." in said


def test_a_supposed_act_counts_from_its_day(ledger: Path, tmp_path: Path) -> None:
    file = written(tmp_path, {**DECISION, "date": "2022-03-01"})
    assert "Nothing changes." in run(ledger, "--add", file, "--as-of", "2022-02-28", *EN).stdout
    assert "→ engaged" in run(ledger, "--add", file, "--as-of", "2022-03-01", *EN).stdout
    astride = written(tmp_path, {**DECISION, "date": "2022-03-01/2022-03-03"})
    assert "→ undetermined" in run(ledger, "--add", astride, "--as-of", "2022-03-02", *EN).stdout


def test_evidence_that_changes_under_the_same_status(ledger: Path, tmp_path: Path) -> None:
    second = {"type": "REQUEST", "actors": ["EST"], "cues": ["article-4"]}
    said = run(ledger, "--add", written(tmp_path, second), *EN).stdout
    assert "same status, other evidence: by Poland → Estonia and Poland, several sources" in said


def test_the_same_as_json(ledger: Path, tmp_path: Path) -> None:
    result = run(ledger, "--add", written(tmp_path, DECISION), "--format", "json")
    data = json.loads(result.stdout)
    (change,) = data["changes"]
    assert (change["before"]["status"], change["after"]["status"]) == ("not_engaged", "engaged")
    assert change["gained"] == [{"rule": "decision", "fact": "supposed-1", "worth": "counts"}]


def test_what_it_would_take(ledger: Path) -> None:
    said = run(ledger, "--reach", "article-5=engaged", "--stage", "decided", *EN).stdout
    assert "1 smallest set, each verified by the rules" in said
    assert "it would take: act: Mobilisation; about: Article 5; by: the alliance" in said
    assert "for example: Mobilisation, NATO, Article 5 (2022-02-24)" in said
    none = run(ledger, "--reach", "council=ruled-out", *EN).stdout
    assert "Impossible: no declared clause leads there." in none
    later = ("--as-of", "2022-02-25", "--format", "json")
    data = json.loads(run(ledger, "--reach", "article-4=not_engaged", *later).stdout)
    assert [[m["rule"] for m in moves] for moves in data["sets"]] == [["withdrawn"], ["request"]]
    assert data["sets"][1][0]["absent"] == data["standing"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "acts.jsonl:1: is no JSON"),
        ("[]", "acts.jsonl:1: is no act"),
        ('{"type": "BEG"}', "type 'BEG' is none"),
        ('{"type": "REQUEST", "actor": ["POL"]}', "an act has no 'actor'"),
        ('{"type": "REQUEST", "actors": "POL"}', "is no act: Expected `array`"),
        ('{"type": "REQUEST", "date": "soon"}', "'soon' is no date"),
        ('{"type": "REQUEST", "date": "2022-03-02/2022-03-01/x"}', "is no date"),
    ],
)
def test_a_line_that_is_no_act(ledger: Path, tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "acts.jsonl"
    file.write_text(line, encoding="utf-8")
    result = run(ledger, "--add", file)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "nothing is supposed"),
        (("--stage", "held"), "goes with --reach only"),
        (("--reach", "article-5"), "'article-5' is no goal"),
        (("--reach", "article-5=on"), "is no goal"),
        (("--without", "f-none"), "no fact or act known then has the id 'f-none'"),
    ],
)
def test_what_cannot_be_asked(ledger: Path, args: tuple[str, ...], said: str) -> None:
    result = run(ledger, *args)
    assert result.exit_code == 2
    assert said in result.stderr
