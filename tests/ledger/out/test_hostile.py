"""Whatever stands in whatever field: every export can be read back, and every line can be shown."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.acts import DateRange, day
from foedus.ledger.consolidate import consolidate
from foedus.ledger.hand import Cited, Entry, Kept
from foedus.ledger.judging.held import HeldRecord
from foedus.ledger.out import FORMS, Content, disputes_of, outlets_of, trail_lines, trail_of
from foedus.ledger.out.files import write_files
from foedus.ledger.records import Citation, Dating, DatingStep, Reading, Source
from foedus.ledger.roles import Roles
from foedus.ledger.sayings import said_of
from foedus.ledger.speech.utterances import group_utterances
from foedus.ledger.speeches import Speech
from foedus.world import load_world
from tests.ledger.builders import RULES, SmallWorld, act, amount, coded, reading, report, said
from tests.ledger.out.test_forms import check_prov, read_calendar

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORST = st.sampled_from(
    [
        "=1+1",
        "BEGIN:VEVENT\r\nUID:x",
        "a\x00b",
        "\x1b[2J",
        "\u202eabc",
        "../../x",
        "'",
        '"; DROP',
        "",
    ]
)
FIELD = TEXT | WORST
DAYS = st.dates().map(day)


class Fixed(Content):
    """Content made by hand: one report, one fact, every field as given."""

    def __init__(self, words: list[str], when: DateRange) -> None:
        a, b, c, d, e, f, g = words
        told = act(
            "AID", 0, actors=(a, b), recipients=(c,), places=(d,), instruments=(e,), cues=(f,),
            mode=g, contexts=(a,), attributed_to=b, capacity=(c,), rule=d, statement="said-0",
            quantities=(amount(1, e, f),),
        )  # fmt: skip
        of = report(g or "r", outlet=a, url=b, text=(c + d + "x" * 40), title=(0, 20))
        records = coded(of, said(0, speaker=e, via=(f,)), told)[1]
        one = reading("r", told, outlet=a, group=g)
        cited = msgspec.structs.replace(one.citation, source=of.hash, report=of.label)
        one = msgspec.structs.replace(
            one, act=records[1], citation=cited, date=when, published=when
        )
        step = DatingStep(rule=a, before=(), after=(when,), citations=(cited,))
        self.rejected, self.judgements, self.world = (), (), load_world()
        self.rules = RULES
        self.reports = {of.hash: of}
        self.datings = {
            of.hash: Dating(source=of.hash, candidates=(when,), steps=(step,)),
        }
        self.sources = (
            Source(hash=of.hash, label=of.label, outlet=a, title=c, group=g,
                   dating=self.datings[of.hash]),
        )  # fmt: skip
        self.held_quantities = ()
        self.held_statements = (
            HeldRecord(record=records[0], judgements=(a,), corrected=("speaker",)),  # type: ignore[arg-type]
        )
        heard = said_of(of, records[0], self.datings[of.hash], g)  # type: ignore[arg-type]
        self.speech = Speech(utterances=group_utterances([heard], world=SmallWorld()))
        entry = Entry(
            id="e-1", file=f, by=e, text=a + b + c, cited=Cited(outlet=a, title=b, url=c),
            act=msgspec.structs.replace(told, id="a-1", source="e-1", report=f, span=(0, 5)),
        )  # fmt: skip
        self.entries = {"e-1": Kept(entry=entry, line=3, entered=when.start)}
        where = Citation(report=f, source="e-1", span=(0, 5), line=3)
        row = Reading(
            act=entry.act, origin="person", published=when, date=when, outlet=a, group=d,
            citation=where, reference=b, by=e,
        )  # fmt: skip
        self.by_hand = (row,)
        self.facts = (consolidate([one, row], Roles(SmallWorld())),)
        self.statements = (records[0],)  # type: ignore[assignment]
        self.acts, self.quantities, self.calendar = (records[1],), (), ()  # type: ignore[assignment]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FIELD, min_size=7, max_size=7), DAYS)
def test_every_form_can_be_read_back(tmp_path: Path, words: list[str], when: DateRange) -> None:
    content = Fixed(words, when)
    for form, read in READERS.items():
        for path in write_files(tmp_path, FORMS[form](content)):
            assert path.parent == tmp_path
            read(path.read_bytes().decode("utf-8"))


def read_csv(text: str) -> None:
    head, *rows = csv.reader(StringIO(text, newline=""))
    assert all(len(row) == len(head) for row in rows)
    assert not [c for row in rows for c in row if c[:1] in set("=+-@\t\r")]


def read_lines(text: str) -> None:
    assert all(isinstance(json.loads(line), dict) for line in text.split("\n")[:-1])


def read_ical(text: str) -> None:
    assert len(read_calendar(text)) == 1


# Parquet has a property test of its own, with the tables.
READERS: dict[str, Any] = {
    "jsonl": read_lines,
    "ftm": read_lines,
    "csv": read_csv,
    "plover": read_csv,
    "prov": lambda text: check_prov(json.loads(text)),
    "ical": read_ical,
}


@given(st.lists(FIELD, min_size=7, max_size=7), DAYS)
def test_every_trail_can_be_shown(words: list[str], when: DateRange) -> None:
    content = Fixed(words, when)
    shown = (content.facts, content.acts, content.statements, content.utterances)
    for asked in (records[0].id for records in shown):
        for line in trail_lines(trail_of(content, asked)):
            assert line.isprintable()
    assert len(outlets_of(content, load_world())) == 1
    assert disputes_of(content, content.facts) == ()
