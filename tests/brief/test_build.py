"""The pipeline from files to files, with a coder of two patterns in place of the real one."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.acts import Act, Quantity, Record, Statement, decode_record, record_id
from foedus.address import Address
from foedus.alliance.records import MechanismStatus, as_trace
from foedus.brief import build, build_brief, explain
from foedus.brief.ask import ask_status
from foedus.brief.files import write_atomically
from foedus.errors import FoedusError
from foedus.ledger.records import Difference, Fact, Source, Undecided
from foedus.report.records import Report
from tests.brief.pages import Page
from tests.postgresql import Server

REPORTS = {
    "a.txt": "Trois pays se tournent vers l'Otan\n\nPublié le 24 février 2022\n\n"
    "La Lettonie a demandé des consultations au titre de l'article 4.\n"
    "Le ministre letton juge que la situation est grave, selon son entourage à Riga.\n",
    "b.txt": "L'Otan appelée à se réunir\n\nPublié le 25 février 2022\n\n"
    "L'Estonie a demandé hier des consultations au titre de l'article 4, assure Tallinn.\n"
    "Les ambassadeurs ont été convoqués pour le lendemain dans la capitale belge.\n",
}


class TwoPatterns:
    """Codes requests for consultations, and what somebody thinks."""

    def __init__(self, *_: object) -> None:
        pass

    def code(self, report: Report) -> Sequence[Record]:
        found: list[Record] = []
        shared: dict[str, Any] = {"report": report.label, "source": report.hash}
        for m in re.finditer(r"(?:La|L')\s?(\w+) a (demandé)[^.]*", report.text):
            state = {"Lettonie": "LVA", "Estonie": "EST"}[m[1]]
            found.append(
                Act(id=record_id(report.hash, "act", m.span()), span=m.span(), trigger=m.span(2),
                    type="REQUEST", cues=("article-4",), actors=(state,), recipients=("nato",),
                    **shared)
            )  # fmt: skip
        for m in re.finditer(r"juge que ([^,]*)", report.text):
            found.append(
                Statement(id=record_id(report.hash, "statement", m.span(1)), span=m.span(1),
                          form="indirect", speaker="LVA", **shared)
            )  # fmt: skip
        return found


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.setattr(build, "_coder", TwoPatterns)
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in REPORTS]


def written(out: Path) -> dict[str, bytes]:
    files = [out / n for n in ("brief.html", "brief.json", "acts.jsonl")]
    return {p.name: p.read_bytes() for p in [*files, *(out / "reports").iterdir()]}


def test_reports_become_a_page_its_data_and_a_ledger(files: list[Path], tmp_path: Path) -> None:
    result = build_brief(files, tmp_path / "out")
    assert (result.reports, result.failures) == (2, ())
    assert str(result.as_of) == str(result.known_by) == "2022-02-25"
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "acts.jsonl", "brief.html", "brief.json", "foedus.duckdb", "reports",
    ]  # fmt: skip
    page = Page(result.page.read_text(encoding="utf-8"))
    pages = {
        f"reports/{p.name}": Page(p.read_text("utf-8"))
        for p in (tmp_path / "out/reports").iterdir()
    }
    pages[""] = page
    for href in page.links():
        name, _, anchor = href.partition("#")
        assert anchor in pages[name].ids, href
    for name in pages.keys() - {""}:
        for href in pages[name].links():
            home, _, anchor = href.partition("#")
            assert home in ("", "../brief.html")
            assert anchor in (page if home else pages[name]).ids, href
    found = {s.mechanism: s for s in result.statuses}
    assert found["article-4"].status == "engaged"
    assert {*found["article-4"].by} == {"EST", "LVA"}


def test_the_data_are_the_records_of_the_rooms(files: list[Path], tmp_path: Path) -> None:
    result = build_brief(files, tmp_path / "out")
    data = json.loads(result.json.read_bytes())
    assert (data["format"], data["language"], data["as_of"]) == (1, "fr", "2022-02-25")
    kinds: dict[str, Any] = {
        "mechanisms": MechanismStatus, "facts": Fact, "statements": Statement,
        "quantities": Quantity, "sources": Source, "disagreements": Difference,
        "dates_cannot_tell": Undecided,
    }  # fmt: skip
    for key, kind in kinds.items():
        for value in data[key]:
            msgspec.convert(value, kind, dec_hook=as_trace)
    assert [s["label"] for s in data["sources"]] == ["a", "b"]
    assert {"notes", "evidence", "language", "outlet", "dating"} <= set(data["sources"][0])
    records = [decode_record(line) for line in result.acts.read_bytes().splitlines()]
    assert [type(r).__name__ for r in records] == ["Act", "Statement", "Act"]
    texts = dict(zip(("a", "b"), REPORTS.values(), strict=True))
    assert texts["b"][slice(*records[2].span)].startswith("L'Estonie a demandé hier")


def test_order_and_batches_and_adding_again_change_nothing(
    files: list[Path], tmp_path: Path
) -> None:
    build_brief(files, tmp_path / "one")
    build_brief(files[::-1], tmp_path / "two")
    for file in [*files[::-1], files[0]]:
        build_brief([file], tmp_path / "three")
    assert written(tmp_path / "one") == written(tmp_path / "two") == written(tmp_path / "three")


def test_a_brief_of_a_ledger_elsewhere_is_the_same(
    files: list[Path], tmp_path: Path, server: Server
) -> None:
    build_brief(files, tmp_path / "one")
    places = (str(tmp_path / "shared.duckdb"), server.ledger("brief"))
    for number, place in enumerate(places):
        for file in files:
            result = build_brief([file], tmp_path / f"out{number}", ledger=place)
        assert not (tmp_path / f"out{number}" / "foedus.duckdb").exists()
        assert str(result.ledger) == str(Address.of(place))
        assert written(tmp_path / f"out{number}") == written(tmp_path / "one")


def test_a_report_without_a_date_counts_until_somebody_names_a_day(
    files: list[Path], tmp_path: Path
) -> None:
    files[0].write_text(
        "La Lettonie a demandé des consultations au titre de l'article 4.\n"
        "Le ministre letton juge que la situation est grave, selon son entourage à Riga.\n",
        encoding="utf-8",
    )
    result = build_brief(files, tmp_path / "out")
    assert str(result.as_of) == "2022-02-25"
    assert {*result.statuses[0].by} == {"EST", "LVA"}
    data = json.loads(result.json.read_bytes())
    assert len(data["statements"]) == 1
    assert {(d["clock"], d["kind"]) for d in data["dates_cannot_tell"]} >= {
        ("known_by", "act"), ("known_by", "statement"),
    }  # fmt: skip
    assert "et 1 compte rendu dont le jour n’est pas établi" in result.page.read_text("utf-8")
    asked = ask_status(result.ledger)
    assert asked.statuses == result.statuses
    named = ask_status(result.ledger, known_by=date(2022, 2, 25))
    assert named.statuses[0].by == ("EST",)


def test_what_lies_after_the_day_shown_says_so_in_its_reason(
    files: list[Path], tmp_path: Path
) -> None:
    for file in files:
        text = "\n".join(t for t in REPORTS[file.name].splitlines() if "Publié" not in t)
        file.write_text(text, encoding="utf-8")
    result = build_brief(files, tmp_path / "out")
    assert result.as_of is None
    assert result.statuses[0].status == "engaged"
    shown = "\n".join(explain(result.statuses[0]))
    assert "date inconnue, jour non établi" in shown


def test_a_file_that_cannot_be_read_leaves_the_others(files: list[Path], tmp_path: Path) -> None:
    bad = files[0].with_name("c.txt")
    bad.write_bytes(b"\x00\x01\x02" * 100)
    result = build_brief([*files, bad], tmp_path / "out")
    assert result.reports == 2
    assert [f.path for f in result.failures] == [str(bad)]
    assert "c.txt" in result.page.read_text(encoding="utf-8")


def test_the_folder_must_not_be_a_file_and_the_language_known(
    files: list[Path], tmp_path: Path
) -> None:
    with pytest.raises(FoedusError, match="is a file"):
        build_brief(files, files[0])
    with pytest.raises(FoedusError, match="no catalogue"):
        build_brief(files, tmp_path / "out", lang="xx")
    assert not (tmp_path / "out").exists()


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    write_atomically(path, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
