"""Rows in the ledger: as tellings, as sources, on both clocks, entered again, judged."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.acts import days_text
from foedus.errors import FoedusError
from foedus.ledger import Fact, Ledger, judge, moment
from foedus.ledger.hand import Entry, one_row
from foedus.ledger.out import Content, table_of, trail_lines, trail_of
from foedus.world import load_world
from tests.ledger.builders import Coded, act, amount, coded, report
from tests.ledger.conftest import Opener

WORLD = load_world()
GIVES = coded(
    report("gives", "2022-03-02", outlet="le-monde", title=(0, 12), text="Des missiles. Berlin livre.",
           url="https://www.lemonde.fr/des-missiles/"),
    act("AID", 14, actors="DEU", recipients="UKR", instruments="anti-tank-systems",
        quantities=(amount(1000, "anti-tank-systems"),)),
)  # fmt: skip
ROW = {"date": "2022-03-01", "type": "AID", "actors": "DEU", "recipients": "UKR",
       "instruments": "anti-tank-systems"}  # fmt: skip


def row(by: str = "Ana", file: str = "c.csv", **cells: str) -> Entry:
    """A row of the chronology, with what differs from an ordinary one."""
    found = one_row({**ROW, **cells}, world=WORLD, by=by, file=file)
    assert not found.mistakes, [str(m) for m in found.mistakes]
    return found.rows[0][0]


def enter(ledger: Ledger, *rows: Entry, day: str = "2022-06-01", **more: Any) -> None:
    """Ana enters rows, on lines 2, 3, …"""
    lines = [(entry, at) for at, entry in enumerate(rows, 2)]
    file = rows[0].file if rows else "c.csv"
    ledger.enter(file, lines, by="Ana", at=moment(day), **more)


def the_fact(ledger: Ledger, **asked: Any) -> Fact:
    (fact,) = ledger.facts(**asked)
    return fact


def test_a_row_joins_the_fact_that_a_report_tells(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES])
        enter(ledger, row(outlet="Le Figaro", quantities="2000 anti-tank-systems"))
        fact = the_fact(ledger)
    assert (fact.reports, fact.sources, fact.unsourced) == (1, 2, 0)
    assert [r.origin for r in fact.readings] == ["report", "person"]
    assert days_text(fact.date) == "2022-03-01"
    (differs,) = fact.differences
    assert set(differs.values) == {"1000", "2000"}


@pytest.mark.parametrize(
    ("cited", "sources"),
    [
        ({"report": "gives"}, 1),
        ({"url": "http://lemonde.fr/des-missiles#top"}, 1),
        ({"outlet": "Le Monde", "title": "Des missiles"}, 1),
        ({"outlet": "Le Monde"}, 1),
        ({"outlet": "Le Monde", "title": "Un autre article"}, 2),
        ({"outlet": "Le Figaro", "title": "Des missiles"}, 2),
        ({}, 1),
    ],
    ids=["label", "address", "title", "outlet", "other title", "other outlet", "unsourced"],
)
def test_what_is_cited_is_counted_once(opened: Opener, cited: dict[str, str], sources: int) -> None:
    with opened() as ledger:
        ledger.add([GIVES])
        enter(ledger, row(**cited))
        fact = the_fact(ledger)
    assert (fact.sources, fact.unsourced) == (sources, 0 if cited else 1)


def test_two_rows_that_cite_one_article_are_one_source(opened: Opener) -> None:
    address, title = "https://example.org/a", "Les alliés livrent"
    with opened() as ledger:
        enter(
            ledger,
            row(outlet="Le Figaro", url=address, text="a"),
            row(outlet="Le Figaro", title=title, text="b", by="Boris"),
            row(outlet="Le Figaro", url=address, title=title, text="c"),
        )
        fact = the_fact(ledger)
    assert (len(fact.readings), fact.reports, fact.outlets, fact.sources) == (3, 0, 1, 1)


def test_what_cites_nothing_is_no_source_and_says_so(opened: Opener) -> None:
    with opened() as ledger:
        enter(ledger, row())
        fact = the_fact(ledger)
        content = Content(ledger)
        shown = "\n".join(trail_lines(trail_of(content, fact.id)))
        rows = {name: table_of(content, name) for name in ("facts", "acts", "entries")}
    assert (fact.sources, fact.unsourced) == (0, 1)
    for line in (
        "0 independent sources; 1 telling by hand without a source",
        "by hand, c.csv:2, appeared 2022-06-01", "entered by   Ana", "none is cited: unsourced",
        "row          c.csv:2 « date: 2022-03-01 · type: AID", "counts as    no source",
    ):  # fmt: skip
        assert line in shown
    cells = {n: dict(zip(t.heads, t.rows[0], strict=True)) for n, t in rows.items()}
    assert (cells["facts"]["unsourced"], cells["facts"]["sources"]) == (1, 0)
    assert (cells["acts"]["origin"], cells["acts"]["line"], cells["acts"]["by"]) == (
        "person",
        2,
        "Ana",
    )
    assert (cells["entries"]["sourced"], cells["entries"]["fact"]) == (False, fact.id)


def test_rows_of_one_file_are_no_story_told_twice(opened: Opener) -> None:
    with opened() as ledger:
        enter(ledger, *(row(date=f"2022-03-{d}", outlet="Le Monde") for d in ("01", "08", "15")))
        assert len(ledger.facts()) == 3


def test_a_row_is_known_when_its_source_appeared(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES])
        enter(
            ledger,
            row(date="2022-03-01", outlet="Le Figaro", published="2022-03-05", text="its own day"),
            row(date="2022-03-01", report="gives", text="that of the report"),
            row(date="2022-03-01", text="the day it was entered"),
            row(date="2022-03-01", outlet="Le Figaro", published="2022-03", text="cannot tell"),
        )

        def told(day: str) -> list[int]:
            facts = ledger.facts(known_by=date.fromisoformat(day))
            return sorted(r.citation.line or 0 for f in facts for r in f.readings)

        assert told("2022-03-01") == []
        assert told("2022-03-02") == [0, 3]
        assert told("2022-03-05") == [0, 2, 3]
        assert told("2022-03-31") == [0, 2, 3, 5]
        assert told("2022-06-01") == [0, 2, 3, 4, 5]
        (unsure,) = ledger.cannot_tell(known_by=date(2022, 3, 10))
        assert unsure.citation.source == ledger.entries()[-1].entry.id


def test_the_same_file_entered_again_changes_nothing(opened: Opener, tmp_path: Path) -> None:
    with opened() as ledger:
        enter(ledger, row(), row(date="2022-04-01"))
        before = _exported(ledger, tmp_path / "a")
        enter(ledger, row(), row(date="2022-04-01"), day="2022-06-05")
        assert _exported(ledger, tmp_path / "b") == before
        assert len(ledger.entry_history()) == 2


def _exported(ledger: Ledger, folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in ledger.export(folder)}


def test_an_edited_file_replaces_its_rows_and_loses_none(opened: Opener) -> None:
    stays, goes, comes = row(text="stays"), row(text="goes"), row(text="comes")
    with opened() as ledger:
        enter(ledger, row(text="another file", file="other.csv"))
        enter(ledger, goes, stays, day="2022-06-01")
        enter(ledger, stays, comes, day="2022-06-10")

        def rows(day: str | None = None) -> dict[str, int]:
            found = ledger.entries(None if day is None else date.fromisoformat(day))
            return {k.entry.text.rpartition(": ")[2]: k.line for k in found}

        assert rows() == {"another file": 2, "stays": 2, "comes": 3}
        assert rows("2022-06-09") == {"another file": 2, "goes": 2, "stays": 3}
        assert rows("2022-01-01") == rows(), "what its sources tell was known before it was entered"
        history = {k.entry.text.rpartition(": ")[2]: k for k in ledger.entry_history()}
    assert (str(history["goes"].entered), str(history["goes"].until)) == (
        "2022-06-01",
        "2022-06-10",
    )
    assert (str(history["stays"].entered), history["stays"].until) == ("2022-06-01", None)
    assert str(history["comes"].entered) == "2022-06-10"


def test_a_row_that_is_taken_out_tells_nothing_any_more(opened: Opener) -> None:
    with opened() as ledger:
        enter(ledger, row(), day="2022-06-01")
        enter(ledger, day="2022-06-10")
        assert ledger.facts() == ()
        assert the_fact(ledger, known_by=date(2022, 6, 5)).unsourced == 1


def test_entries_at_the_keyboard_stand_beside_each_other(opened: Opener) -> None:
    with opened() as ledger:
        for text in ("one", "two", "one"):
            entry = row(text=text, file="keyboard")
            ledger.enter("keyboard", [(entry, 0)], by="Ana", at=moment("2022-06-01"), adds=True)
        assert len(ledger.entries()) == len(ledger.entry_history()) == 2
        assert {r.citation.line for r in ledger.readings()} == {None}


def test_a_row_is_judged_like_any_telling(opened: Opener) -> None:
    with opened() as ledger:
        enter(ledger, row())
        name = the_fact(ledger).readings[0].act.id
        entry = judge(ledger, "correct", [name], by="Boris", at=moment("2022-06-02"), why="Non.",
                      field="actors", value="FRA")  # fmt: skip
        assert the_fact(ledger).actors == ("FRA",)
        assert entry.targets[0].quote == row().text
        enter(ledger, row(text="moved down"), row(), day="2022-06-03")
        assert ["FRA"] in [list(f.actors) for f in ledger.facts()]
        enter(ledger, row(text="changed"), day="2022-06-04")
        assert [j.state for j in ledger.judgements()] == ["orphan"]


def test_reports_are_not_dated_by_what_is_entered(opened: Opener) -> None:
    undated = coded(report("undated"), act("CONSULT", actors="nato", cues="summit"))
    with opened() as ledger:
        ledger.add([undated])
        before = ledger.datings()
        enter(ledger, row(type="CONSULT", actors="nato", cues="summit", date="2022-03-24",
                          outlet="Le Monde", published="2022-03-25"))  # fmt: skip
        assert ledger.datings() == before


def test_a_report_read_later_takes_up_the_row_that_cites_it(opened: Opener) -> None:
    late: Coded = GIVES
    with opened() as ledger:
        enter(ledger, row(report="gives"))
        assert the_fact(ledger).sources == 1
        ledger.add([late])
        fact = the_fact(ledger)
    assert (fact.reports, fact.sources, len(fact.readings)) == (1, 1, 2)


def test_two_states_of_a_file_at_one_moment_are_refused(opened: Opener) -> None:
    with opened() as ledger:
        enter(ledger, row(text="one"))
        with pytest.raises(
            FoedusError, match=r"c\.csv: other rows of it were entered at this very"
        ):
            enter(ledger, row(text="two"))
        enter(ledger, row(text="two"), day="2022-06-02")
        enter(ledger, row(text="one"), day="2022-06-01")
        assert [k.entry.text.rpartition(": ")[2] for k in ledger.entries()] == ["two"]


def test_nobody_enters_without_a_name_or_a_zone(opened: Opener) -> None:
    with opened() as ledger, pytest.raises(FoedusError, match="must not be empty"):
        ledger.enter("c.csv", [(row(), 2)], by=" ", at=moment("2022-06-01"))
    with opened(read_only=True) as ledger, pytest.raises(FoedusError, match="reading only"):
        enter(ledger, row())
