"""What persons entered by hand, on the page and in its data: with who, where and from what source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.brief import build, build_brief, explain
from foedus.brief.ask import ask_why
from foedus.ledger import Ledger, moment
from foedus.ledger.hand import read_chronology
from foedus.world import load_world
from tests.brief.test_build import REPORTS, TwoPatterns

CHRONOLOGY = (
    "date,type,actors,recipients,cues,text,outlet,published\n"
    "2022-02-24,REQUEST,Pologne,OTAN,article-4,Varsovie <b>demande</b>,Le Monde,2022-02-25\n"
    "2022-03-01,AID,Allemagne,Ukraine,partner-support,Berlin livre,,\n"
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entered")
    (folder / "c.csv").write_text(CHRONOLOGY)
    (folder / "a.txt").write_text(REPORTS["a.txt"])
    found = read_chronology(folder / "c.csv", world=load_world(), by="Ana")
    with Ledger.open(folder / "foedus.duckdb") as ledger:
        ledger.enter(found.file, found.rows, by="Ana", at=moment("2022-06-01"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_coder", TwoPatterns)
        build_brief([folder / "a.txt"], folder, lang="en")
    return folder


def test_the_page_says_who_entered_what_from_where(out: Path) -> None:
    page = (out / "brief.html").read_text(encoding="utf-8")
    assert "line 2, entered by Ana, after le-monde, 2022-02-25" in page
    assert "line 3, entered by Ana, no source" in page
    assert "entered without a source" in page
    assert "2 entries by hand" in page
    assert "Varsovie &lt;b&gt;demande&lt;/b&gt;" in page
    assert "1 entry by hand, 0 independent sources" in page


def test_the_data_has_the_rows_and_marks_their_tellings(out: Path) -> None:
    data = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    rows = {entry["entry"]["id"]: entry for entry in data["entries"]}
    assert [entry["line"] for entry in rows.values()] == [2, 3]
    told = [(f, r) for f in data["facts"] for r in f["readings"] if r["origin"] == "person"]
    assert {(r["by"], r["reference"]) for _, r in told} == {
        ("Ana", "le-monde, 2022-02-25"), ("Ana", None),
    }  # fmt: skip
    for fact, reading in told:
        text = rows[reading["citation"]["source"]]["entry"]["text"]
        start, end = reading["citation"]["span"]
        assert text[start:end] == text
        assert fact["unsourced"] == (0 if reading["reference"] else 1)


def test_why_leads_to_the_line_and_its_words(out: Path) -> None:
    answer = ask_why(out / "foedus.duckdb", "partner-support")
    lines = "\n".join(explain(answer.statuses[0], lang="en", quote=answer.quote))
    assert "Entered by hand by Ana, without a source [c.csv:3]" in lines
    assert "text: Berlin livre" in lines
    assert answer.statuses[0].sources == 0
    asked = ask_why(out / "foedus.duckdb", "article-4")
    told = "\n".join(explain(asked.statuses[0], lang="en", quote=asked.quote))
    assert "Entered by hand by Ana, after le-monde, 2022-02-25 [c.csv:2]" in told
