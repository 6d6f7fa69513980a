"""The file of record: what goes in comes out, whatever the order, and the two clocks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.ledger import CueKinds, Ledger
from tests.ledger.builders import (
    Coded,
    SmallWorld,
    act,
    amount_of,
    coded,
    declared,
    finder,
    on,
    report,
    said,
    when,
)
from tests.ledger.conftest import Opener

SUMMIT = declared(3, "2022-02-25", "CONSULT", mode="phone", cues="summit", actors="nato")
FORETELLS = coded(
    report("foretells", "2022-02", outlet="gazette"),
    act("CONSULT", 10, aux="future", mode="phone", cues="summit", actors="nato",
        when=when("XXXX-WXX-5")),
    said(40, speaker="jens-stoltenberg", when=when(offset=0)),
    amount_of(60, subject="response-force", value=40000),
)  # fmt: skip
TELLS = coded(
    report("tells", "2022-02-26", outlet="echo"),
    act("CONSULT", 5, cues="summit", actors="nato", when=when(offset=-1)),
    act("MOBILIZE", 50, cues="response-force", actors="nato", when=when(offset=-1)),
)
LATER = coded(
    report("later", "2022-10-11", "2023-10-10"),
    act("REJECT", 5, cues="not-a-party", actors="nato", statement="said-3"),
    said(3, speaker="jens-stoltenberg"),
)
SILENT = coded(report("silent"), act("MOBILIZE", 1, cues="response-force", actors="nato"))
STORIES = [FORETELLS, TELLS, LATER, SILENT]


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir())}


def test_what_goes_in_comes_out(opened: Opener) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add(STORIES)
        assert [r.label for r in ledger.reports()] == ["foretells", "later", "silent", "tells"]
        assert ledger.report(TELLS[0].hash) == TELLS[0]
        assert {s.speaker for s in ledger.statements()} == {"jens-stoltenberg"}
        assert [q.value for q in ledger.quantities()] == [40000]
        assert len(ledger.acts()) == 5
        assert ledger.calendar() == (SUMMIT,)


def test_what_the_cues_are_is_kept_and_decides_what_is_one_fact(opened: Opener) -> None:
    drill = act("MOBILIZE", 1, cues="lake-patrol", actors="nato")
    texts = ("Une patrouille.", "Encore des navires sur le lac, a dit hier un capitaine fatigué.")
    told = [
        coded(report(f"drill {n}", f"2022-10-{11 + 3 * n}", text=text), drill)
        for n, text in enumerate(texts)
    ]
    with opened() as ledger:
        ledger.add(told)
        assert ledger.cues() == CueKinds()
        assert len(ledger.facts()) == 1, "a cue of which nothing is said singles out one event"
        ledger.set_cues(CueKinds(broad=("lake-patrol",)))
    with opened() as ledger:
        assert ledger.cues() == CueKinds(broad=("lake-patrol",))
        assert len(ledger.facts()) == 2
        ledger.set_cues(CueKinds())
        assert len(ledger.facts()) == 1


def test_the_summit_is_one_fact_and_its_day_worked_out(opened: Opener) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add(STORIES)
        (summit,) = [f for f in ledger.facts() if "summit" in f.cues]
        assert summit.reports == 2
        assert summit.date == on("2022-02-25")
        foretold = summit.readings[0]
        assert foretold.published == on("2022-02-18/2022-02-24")
        assert foretold.citation.report == "foretells"
        assert ledger.fact(summit.id) == summit
        assert ledger.fact(foretold.act.id) == summit


def test_a_statement_is_dated_with_its_report(opened: Opener) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add([FORETELLS])
        (statement,) = ledger.statements()
        assert statement.date == on("2022-02-18/2022-02-24")


def test_what_is_known_by_a_day(opened: Opener) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add(STORIES)
        known = ledger.facts(known_by=date(2022, 2, 24))
        assert {r.citation.report for f in known for r in f.readings} == {"foretells"}
        unsure = ledger.cannot_tell(known_by=date(2022, 2, 20))
        assert {u.citation.report for u in unsure} == {"foretells", "silent"}
        assert ledger.acts(known_by=date(2022, 2, 20)) == ()
        assert {u.citation.report for u in ledger.cannot_tell(known_by=date(2023, 1, 1))} == {
            "later",
            "silent",
        }


def test_as_of_keeps_what_was_announced_and_drops_what_was_still_to_happen(opened: Opener) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add([FORETELLS, TELLS])
        (summit,) = ledger.facts(as_of=date(2022, 2, 24))
        assert summit.aux == ("future",)
        assert len(ledger.facts(as_of=date(2022, 2, 25))) == 2
        assert ledger.facts(as_of=date(2022, 1, 31)) == ()
        (unsure,) = ledger.cannot_tell(as_of=date(2022, 2, 20))
        assert unsure.clock == "as_of"
        assert unsure.range == on("2022-02-18/2022-02-24")
        assert len(ledger.facts(as_of=date(2022, 2, 20))) == 1


def test_a_report_of_two_possible_years_does_not_push_the_latest_day_ahead(
    opened: Opener,
) -> None:
    with opened() as ledger:
        assert ledger.latest() is None
        ledger.add([LATER, SILENT])
        assert ledger.latest() == date(2023, 10, 10), "where no day is settled, the last possible"
        ledger.add(STORIES)
        assert ledger.latest() == date(2022, 2, 26)
        labels = [ledger.report(h).label for h in ledger.unsettled()]
        assert labels == ["later", "silent"]


def test_what_no_day_is_known_of_is_known_until_somebody_names_a_day(opened: Opener) -> None:
    undated = coded(
        report("undated"),
        act("MOBILIZE", 1, cues="response-force", actors="nato"),
        said(20, speaker="jens-stoltenberg"),
        amount_of(40, value=8000, unit="person"),
    )
    with opened() as ledger:
        ledger.add([TELLS, undated])
        assert any(r.citation.report == "undated" for f in ledger.facts() for r in f.readings)
        assert (len(ledger.statements()), len(ledger.quantities())) == (1, 1)
        day_after = date(2022, 2, 27)
        facts = ledger.facts(known_by=day_after)
        assert {r.citation.report for f in facts for r in f.readings} == {"tells"}
        assert ledger.statements(known_by=day_after) == ()
        assert ledger.quantities(known_by=day_after) == ()
        unsure = ledger.cannot_tell(known_by=day_after)
        assert [(u.citation.report, u.kind) for u in unsure] == [
            ("undated", "act"), ("undated", "quantity"), ("undated", "statement"),
        ]  # fmt: skip
        assert {u.range for u in unsure} == {None}


def test_copies_share_a_group_and_show_their_passages(opened: Opener) -> None:
    with opened(copies=[("foretells", "tells")]) as ledger:
        ledger.add(STORIES)
        by_label = {s.label: s for s in ledger.sources()}
        one, other = by_label["foretells"], by_label["tells"]
        assert one.group == other.group == min(one.hash, other.hash)
        assert one.copies == (other.hash,)
        assert one.shared == (((0, 5), other.hash, (1, 6)),)
        assert other.shared == (((1, 6), one.hash, (0, 5)),)
        assert by_label["later"].copies == ()


def test_recoding_replaces_the_coding_and_keeps_the_report(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([TELLS])
        ledger.add([(TELLS[0], TELLS[1][:1])])
        assert len(ledger.reports()) == 1
        assert len(ledger.acts()) == 1


def test_the_same_bytes_under_two_names_are_one_report(opened: Opener) -> None:
    of, records = TELLS
    renamed = msgspec.structs.replace(of, label="copy-of-tells", path="/elsewhere")
    with opened() as ledger:
        ledger.add([TELLS])
        ledger.add([(renamed, records)])
        ledger.add([TELLS])
        assert [r.label for r in ledger.reports()] == ["copy-of-tells"]
        assert {a.report for a in ledger.acts()} == {"copy-of-tells"}


def test_disagreements_are_listed_with_their_fact(opened: Opener) -> None:
    one = coded(report("one", "2022-02-25"), act("REQUEST", actors="EST POL", cues="article-4"))
    two = coded(report("two", "2022-02-25"), act("REQUEST", actors="EST", cues="article-4"))
    with opened() as ledger:
        ledger.add([one, two])
        ((fact, difference),) = ledger.disagreements()
        assert difference.field == "actors"
        assert fact.reports == 2


def test_unknown_ids_are_told_in_one_line(opened: Opener) -> None:
    with opened() as ledger:
        with pytest.raises(FoedusError, match=r"no fact or act 'f-0'"):
            ledger.fact("f-0")
        with pytest.raises(FoedusError, match=r"no report 'f00'"):
            ledger.report("f00")


def test_an_export_says_nothing_of_this_machine(opened: Opener, tmp_path: Path) -> None:
    with opened() as ledger:
        ledger.set_calendar([SUMMIT])
        ledger.add(STORIES)
        paths = ledger.export(tmp_path / "out")
    assert [p.name for p in paths] == [
        "reports.jsonl", "sources.jsonl", "statements.jsonl", "utterances.jsonl", "acts.jsonl", "quantities.jsonl",
        "facts.jsonl", "rejected.jsonl", "judgements.jsonl", "calendar.jsonl",
        "entries.jsonl",
    ]  # fmt: skip
    assert all(b"/somewhere" not in p.read_bytes() for p in paths)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(p.name for p in paths)


def test_an_export_into_a_file_is_told(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with opened() as ledger, pytest.raises(FoedusError, match="taken"):
        ledger.export(tmp_path / "taken")


def _exported(path: Path, batches: Sequence[Sequence[Coded]]) -> dict[str, bytes]:
    with Ledger.open(
        path / "x.duckdb", world=SmallWorld(), find_copies=finder([("tells", "later")])
    ) as ledger:
        ledger.set_calendar([SUMMIT])
        for batch in batches:
            ledger.add(batch)
        ledger.export(path / "out")
    return files(path / "out")


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False))
def test_order_batches_and_repetition_change_no_byte(
    chance: random.Random, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mixed = [*STORIES, *chance.sample(STORIES, 2)]
    chance.shuffle(mixed)
    cut = chance.randrange(len(mixed) + 1)
    shuffled = [(r, tuple(chance.sample(records, len(records)))) for r, records in mixed]
    one = _exported(tmp_path_factory.mktemp("one"), [STORIES])
    many = _exported(tmp_path_factory.mktemp("many"), [shuffled[:cut], shuffled[cut:]])
    assert one == many
