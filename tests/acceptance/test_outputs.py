"""What `foedus brief` writes about the five reports: the page, its data, and the same bytes again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from foedus.acts import day as the_day
from foedus.acts import decode_record, resolve_time
from foedus.brief import build_brief
from tests.acceptance.conftest import Run
from tests.acceptance.outcome import Outcome, load_outcome, plain
from tests.acceptance.scenario import REPORTS

EXPORTS = ("brief.html", "brief.json", "acts.jsonl")


class Page(HTMLParser):
    """Collect what a page links to, loads and names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.names: list[str] = []
        self.loads: list[str] = []
        self.handlers: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.names.append(value)
            elif name == "href" and value:
                self.links.add(value)
            elif name in ("src", "srcset", "data", "action", "poster"):
                self.loads.append(f"{tag} {name}={value}")
            elif name.startswith("on"):
                self.handlers.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@pytest.fixture(scope="module")
def found(texts: dict[str, str], run: Run) -> Outcome:
    return run("as received", texts)


@pytest.fixture(scope="module")
def page(found: Outcome) -> Page:
    assert found.folder is not None
    return Page((found.folder / "brief.html").read_text(encoding="utf-8"))


def test_every_link_leads_somewhere(page: Page, found: Outcome) -> None:
    """In the page, or in the page that explains a report's coding; from there back again."""
    assert page.links
    assert found.folder is not None
    home = set(page.names)
    outside = {x for x in page.links if not x.startswith("#")}
    assert outside, "no item leads to its coding"
    pages = {x.partition("#")[0] for x in outside}
    for name in pages:
        other = Page((found.folder / name).read_text(encoding="utf-8"))
        mine = {x.partition("#")[2] for x in outside if x.startswith(name)}
        assert mine - set(other.names) - {""} == set()
        back = {x for x in other.links if not x.startswith("#")}
        assert {x.partition("#")[0] for x in back} <= {"../brief.html"}
        assert {x.partition("#")[2] for x in back} - home - {""} == set()
    assert sorted({x[1:] for x in page.links - outside} - home - {""}) == []
    assert len(page.names) == len(set(page.names)), "an id stands twice"


def test_page_loads_nothing(page: Page) -> None:
    assert page.loads == []
    assert page.handlers == []


def test_page_holds_every_report_in_full(page: Page, texts: dict[str, str]) -> None:
    shown = "".join("".join(page.words).split())
    for name, text in texts.items():
        assert "".join(text.split()) in shown, f"the text of {name} is not whole in the page"


def test_page_shows_every_mechanism(page: Page, found: Outcome) -> None:
    marks = plain(" ".join(page.names))
    assert [m for m in found.mechanisms if m not in marks] == []


def test_records_are_the_same_in_both_files(found: Outcome) -> None:
    assert found.folder is not None
    lines = (found.folder / "acts.jsonl").read_text(encoding="utf-8").splitlines()
    records = [decode_record(line) for line in lines]
    shown = {r.id for r in found.records()}
    assert shown <= {r.id for r in records}
    left_out = {r.report for r in records if r.id not in shown}
    undated = {name for name, row in found.sources.items() if not row.dating.candidates}
    assert left_out <= undated, "only what cannot be placed in time may be left out of the answers"
    assert len(lines) == len(set(lines))


def test_the_english_page_says_it_in_english(shared: Path, tmp_path: Path) -> None:
    build_brief([shared / "reports"], tmp_path, lang="en")
    text = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in text
    data = json.loads((tmp_path / "brief.json").read_bytes())
    assert data["language"] == "en"


def test_same_in_same_out(shared: Path, found: Outcome, tmp_path: Path) -> None:
    """Another process, another hash seed, another order, another place: the same bytes."""
    assert found.folder is not None
    files = [str(shared / "reports" / f"{name}.txt") for name in reversed(REPORTS)]
    code = "from foedus.cli import main; main()"
    command = [sys.executable, "-c", code, "brief", *files, "-o", str(tmp_path)]
    environment = {**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland"}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    for name in EXPORTS:
        assert (tmp_path / name).read_bytes() == (found.folder / name).read_bytes(), name


def test_dates_given_by_hand_settle(
    shared: Path, texts: dict[str, str], found: Outcome, tmp_path: Path
) -> None:
    table = tmp_path / "dates.csv"
    table.write_text(
        "report,date,outlet,url\n"
        "004,2022-10-11,Une feuille d'essai,https://exemple.invalid/004\n"
        "002,2022-02-24,,\n",
        encoding="utf-8",
    )
    build_brief([shared / "reports"], tmp_path / "out", lang="fr", dated=table)
    by_hand = load_outcome(tmp_path / "out", texts)
    settled = by_hand.sources["004"]
    assert settled.dating.candidates == (the_day(date(2022, 10, 11)),)
    assert settled.outlet
    assert settled.outlet != found.sources["004"].outlet
    meeting = by_hand.told("004", kind="CONSULT", cue="defence-ministers")
    assert [t.reading.date for t in meeting] == [the_day(date(2022, 10, 12))] * len(meeting)
    assert meeting
    assert "no-date" not in {n.kind for n in by_hand.sources["002"].notes}


def test_day_after_is_kept_as_said(found: Outcome) -> None:
    """« À la veille d'une réunion », said on a Tuesday: the meeting is on the Wednesday."""
    for told in found.told("004", kind="CONSULT", cue="defence-ministers"):
        assert told.act.when is not None
        assert resolve_time(told.act.when, the_day(date(2022, 10, 11))) == the_day(
            date(2022, 10, 12)
        )
