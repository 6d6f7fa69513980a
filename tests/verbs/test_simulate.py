"""``foedus simulate`` from the command line: folders of equal bytes, comparisons, the brief, a ledger."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger

HOWITZERS = """\
title: {fr: Deux obusiers, en: Two howitzers}
start: 2022-02-25
days: 60
assumptions:
  use:
    {low: 2, likely: 5, high: 12, unit: shells/day,
     reference: {body: Somebody, title: A report, date: 2022-02-01}}
sustainment:
  members: {UKR: {title: Ukraine}}
  classes: {shells: {unit: shell}}
  stocks:
    - {member: UKR, class: shells, stock: 200 shells, floor: 50 shells, use: {rate: $use}}
ask:
  floor: {title: When the floor is met, sustainment: {floor: {member: UKR, class: shells}}}
critique: [Nobody fires at one rate.]
"""


def write(folder: Path, text: str = HOWITZERS, name: str = "howitzers.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def simulate(*args: object) -> Result:
    return CliRunner().invoke(app, ["simulate", *map(str, args)])


def bytes_of(folder: Path) -> dict[str, str]:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_answers_are_told_and_the_folder_is_written(tmp_path: Path) -> None:
    result = simulate(write(tmp_path), "-n", 50, "-o", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "howitzers: When the floor is met: median: day " in result.output
    french = simulate(write(tmp_path), "-n", 50, "-o", tmp_path / "fr")
    assert "howitzers: When the floor is met : médiane : jour " in french.output
    folder = tmp_path / "out" / "simulations" / "howitzers"
    assert result.output.splitlines()[-1] == f"page: {folder / 'index.html'}"
    outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    assert (outcome["draws"], outcome["seed"], outcome["format"]) == (50, 1, 2)
    assert {"draws.parquet", "index.html", "outcome.json"} <= {p.name for p in folder.iterdir()}


def test_any_number_of_workers_writes_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path)
    found = []
    for workers in (1, 2, 3):
        result = simulate(path, "-n", 50, "--workers", workers, "-o", tmp_path / str(workers))
        assert result.exit_code == 0, result.output
        found.append(bytes_of(tmp_path / str(workers)))
    assert found[1:] == found[:1] * 2
    simulate(path, "-n", 50, "--seed", 2, "-o", tmp_path / "other")
    assert bytes_of(tmp_path / "other") != found[0]


def test_two_scenarios_stand_side_by_side(tmp_path: Path) -> None:
    more = write(
        tmp_path,
        HOWITZERS.replace("low: 2, likely: 5, high: 12", "low: 3, likely: 7.5, high: 18"),
        "more.yaml",
    )
    out = tmp_path / "out"
    result = simulate(write(tmp_path), "--against", more, "-n", 50, "-o", out, "--lang", "en")
    assert result.exit_code == 0, result.output
    folder = out / "simulations" / "howitzers-against-more"
    found = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    (answer,) = found["answers"]
    assert (answer["sooner"], answer["later"]) == (1.0, 0.0), "the same draw, a greater use"
    assert [a["name"] for a in found["assumptions"][0]] == ["use", "use"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "B below A in 100%" in page
    assert '"../more/index.html"' in page


def test_what_was_written_otherwise_is_told(tmp_path: Path) -> None:
    text = HOWITZERS.replace("stock: 200 shells", "stock: 300 shells")
    text = text.replace("days: 60", "days: 90").replace("start: 2022-02-25", "start: 2022-03-01")
    assert text.count("300 shells") == text.count("90") == text.count("03-01") == 1
    more, out = write(tmp_path, text, "more.yaml"), tmp_path / "out"
    result = simulate(write(tmp_path), "--against", more, "-n", 50, "-o", out, "--lang", "en")
    assert result.exit_code == 0, result.output
    folder = out / "simulations" / "howitzers-against-more"
    found = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert found["days"] == [60, 90]
    assert found["starts"] == ["2022-02-25", "2022-03-01"]
    assert found["quantities"] == [
        {"name": "sustainment: UKR shells: opening", "first": 200.0, "second": 300.0}
    ]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "A covers 60 days, B 90" in page
    assert "days are counted from each one" in page


def test_a_scenario_against_itself_needs_another_name(tmp_path: Path) -> None:
    path = write(tmp_path)
    result = simulate(path, "--against", path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert "two scenarios are called 'howitzers'" in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("stock: 200 shells", "stock: -1 shells", 12, "under 0"),
        ("stock: 200 shells", "stock: 3 tanks", 12, "in tanks, and shell is wanted"),
        ("rate: $use", "rate: $us", 12, "names no assumption"),
        ("start: 2022-02-25", "start: {mechanism: article-5}", 2, "names no ledger"),
        ("days: 60", "days: 60\nfrom: no.duckdb", 4, "no.duckdb"),
        ("start: 2022-02-25", "start: 2022-02-30", 2, "2022-02-30"),
    ],
)
def test_a_mistake_is_one_line_and_nothing_is_written(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    path = write(tmp_path, HOWITZERS.replace(old, new))
    result = simulate(path, "-o", tmp_path / "out")
    assert result.exit_code == 2
    (told,) = result.output.splitlines()
    assert told.startswith(f"foedus: {path}:{line}: "), told
    assert what in told
    assert not (tmp_path / "out").exists()


def test_a_scenario_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        result = simulate(path, "-o", tmp_path / "out")
        assert result.exit_code == 2
        assert result.output == f"foedus: {path}: is no file (give the path of a scenario)\n"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = write(tmp_path)
    result = simulate(path, "-o", path)
    assert result.exit_code == 2
    assert result.output.splitlines() == [f"foedus: {path}: is a file (name a folder to write in)"]


def test_a_brief_and_its_simulations_link_to_each_other(tmp_path: Path) -> None:
    """Whichever was written first: the place for the list is filled again."""
    from foedus.brief.listed import with_simulations
    from tests.brief.builders import crisis
    from tests.brief.pages import Page, page_of

    out = tmp_path / "out"
    out.mkdir()
    empty = page_of(crisis(), "en")
    (out / "brief.html").write_text(empty, encoding="utf-8")
    assert simulate(write(tmp_path), "-n", 20, "-o", out).exit_code == 0
    brief = (out / "brief.html").read_text(encoding="utf-8")
    assert "simulations/howitzers/index.html" in Page(brief).links()
    assert "Two howitzers" in brief
    assert with_simulations(empty, out) == brief == with_simulations(brief, out)
    page = (out / "simulations" / "howitzers" / "index.html").read_text(encoding="utf-8")
    assert "../../brief.html" in Page(page).links()
    more = write(tmp_path, name="more.yaml")
    assert (
        simulate(more, "--against", tmp_path / "howitzers.yaml", "-n", 20, "-o", out).exit_code == 0
    )
    beside = "simulations/more-against-howitzers"
    assert f"{beside}/index.html" in Page((out / "brief.html").read_text(encoding="utf-8")).links()
    for name in ("more", "more-against-howitzers"):
        shutil.rmtree(out / "simulations" / name)
    (out / "simulations" / "howitzers" / "outcome.json").write_text("{", encoding="utf-8")
    assert with_simulations(brief, out) == with_simulations(empty, tmp_path)


@pytest.fixture
def crisis_ledger(tmp_path: Path) -> Path:
    """A ledger whose one fact activates the response force."""
    rows = (
        "type,actors,cues,date,url\n"
        "MOBILIZE,north-atlantic-council,response-force,2022-02-25,https://example.org/1\n"
    )
    file = tmp_path / "rows.csv"
    file.write_text(rows, encoding="utf-8")
    place = tmp_path / "crisis.duckdb"
    with Ledger.open(place):
        pass
    args = [
        "ledger",
        "import",
        str(file),
        "--ledger",
        str(place),
        "--by",
        "me",
        "--at",
        "2022-03-01",
    ]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    return place


def test_a_scenario_starts_where_the_ledger_stands(tmp_path: Path, crisis_ledger: Path) -> None:
    begun = "start: {mechanism: response-force, stage: activated, after: 1}\nfrom: crisis.duckdb"
    begun += "\nas_of: 2022-03-05\nshows: [article-5]"
    path = write(tmp_path, HOWITZERS.replace("start: 2022-02-25", begun))
    result = simulate(path, "-n", 20, "-o", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "out" / "simulations" / "howitzers"
    outcome = json.loads((folder / "outcome.json").read_text(encoding="utf-8"))
    assert outcome["start"] == "2022-02-26"
    standing = outcome["standing"]
    assert (standing["begun_by"], standing["ledger"]) == ("response-force", "crisis.duckdb")
    by_name = {s["mechanism"]: s for s in standing["statuses"]}
    assert {name: s["status"] for name, s in by_name.items()} == {
        "article-5": "not_engaged", "response-force": "engaged",
    }  # fmt: skip
    page = (folder / "index.html").read_text(encoding="utf-8")
    (fact,) = by_name["response-force"]["facts"]
    assert f"<code>{fact}</code>" in page
    assert "NATO Response Force" in page or "Response Force" in page
    early = write(
        tmp_path, path.read_text(encoding="utf-8").replace("03-05", "02-24"), "early.yaml"
    )
    told = simulate(early, "-o", tmp_path / "out").output
    assert f"{early}:2: 'response-force' was not engaged at stage 'activated'" in told
    odd = write(
        tmp_path, path.read_text(encoding="utf-8").replace("[article-5]", "[x]"), "odd.yaml"
    )
    assert f"{odd}:5: there is no mechanism 'x'" in simulate(odd, "-o", tmp_path / "out").output
