"""Judgements outlive what they were about: coding anew, reading anew, migration, kills."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import msgspec

from foedus.acts import Act
from foedus.ledger import Ledger, judge, moment, schema
from foedus.ledger.store import open_store
from tests.conftest import FULL
from tests.ledger.builders import SmallWorld, act, coded, finder, report
from tests.ledger.conftest import Opener, drop_derived
from tests.ledger.judged_crisis import ASKS, ASKS_TOO, CRISIS, GIVES, act_id, ana, fact_of, states

TEXT = (
    "Hier, la Pologne a demandé des consultations. Puis elle les a demandées encore, à Bruxelles."
)
STORY = report("story", "2022-02-25", text=TEXT)


def told(start: int, end: int, trigger: int, kind: str = "REQUEST") -> Act:
    """An act of the story on these characters."""
    whole = act(kind, 0, actors="POL", cues="article-4")
    return msgspec.structs.replace(whole, span=(start, end), trigger=(trigger, trigger + 7))


FIRST, SECOND = told(6, 45, 19), told(0, 92, 63)


def test_adding_reports_again_keeps_every_judgement(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        ana(ledger, "reject", act_id(ASKS))
        before = ledger.facts(), ledger.judgements()
        ledger.add(CRISIS)
        assert (ledger.facts(), ledger.judgements()) == before


def test_a_judgement_follows_its_words_when_the_report_is_coded_anew(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([coded(STORY, FIRST)])
        (fact,) = ledger.facts()
        entry = ana(ledger, "confirm", fact.id)
        anew = coded(STORY, told(0, 45, 19))
        ledger.add([anew])
        assert fact_of(ledger, anew).verdict == "confirmed"
        (judged,) = ledger.judgements()
        assert (judged.state, judged.records, judged.orphans) == ("stands", (act_id(anew),), ())
        assert judged.judgement == entry, "the entry itself never changes"


def test_an_act_of_another_type_or_elsewhere_leaves_an_orphan(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([coded(STORY, FIRST)])
        ana(ledger, "reject", ledger.facts()[0].id)
        ledger.add([coded(STORY, told(6, 45, 19, "AGREE"), told(46, 92, 63))])
        assert len(ledger.facts()) == 2
        (judged,) = ledger.judgements()
        (lost,) = judged.orphans
        assert (judged.state, judged.records) == ("orphan", ())
        assert (lost.source, lost.span, lost.quote) == (STORY.hash, (6, 45), TEXT[6:45])
        ledger.add([coded(STORY, FIRST)])
        assert ledger.facts() == ()
        assert [j.state for j in ledger.judgements()] == ["stands"]


def test_what_was_seen_beside_and_not_meant_is_not_taken_for_it(opened: Opener) -> None:
    """Two requests in one sentence: the one rejected is no longer coded, the other stays."""
    with opened() as ledger:
        ledger.add([coded(STORY, FIRST, SECOND)])
        ana(ledger, "reject", act_id(coded(STORY, FIRST)))
        for still in (SECOND, told(0, 91, 63)):
            ledger.add([coded(STORY, still)])
            (fact,) = ledger.facts()
            assert (fact.judgements, len(fact.readings)) == ((), 1)
            assert [j.state for j in ledger.judgements()] == ["orphan"]


def test_a_judgement_follows_words_that_moved_in_the_text(opened: Opener) -> None:
    """A page's text may be taken out of its file otherwise by a later version."""
    with opened() as ledger:
        ledger.add([coded(STORY, FIRST)])
        ana(ledger, "reject", ledger.facts()[0].id)
        moved = msgspec.structs.replace(STORY, text="Un titre\n" + TEXT)
        anew = coded(moved, told(6, 45, 19), told(15, 54, 28))
        ledger.add([anew])
        (fact,) = ledger.facts()
        assert [r.act.id for r in fact.rejected] == [act_id(anew, 1)]


def test_a_merge_whose_sides_are_coded_as_one_act_is_idle(opened: Opener) -> None:
    far = told(46, 92, 63)
    with opened() as ledger:
        ledger.add([coded(STORY, FIRST, far)])
        ana(ledger, "merge", act_id(coded(STORY, FIRST)), act_id(coded(STORY, far)))
        ledger.add([coded(STORY, told(6, 92, 40))])
        assert [j.state for j in ledger.judgements()] == ["idle"]


def test_a_file_of_version_1_opens_and_can_be_judged(opened_file: Opener, tmp_path: Path) -> None:
    with opened_file() as ledger:
        ledger.add([ASKS])
    with opened_file("fresh") as fresh:
        fresh.add([ASKS])
    path = tmp_path / "crisis.duckdb"
    with duckdb.connect(str(path)) as raw:
        raw.execute("DROP TABLE judgements")
        for table in ("judged", "entries", "enterings"):
            raw.execute(f"DROP TABLE {table}")
        drop_derived(raw)
        raw.execute("UPDATE meta SET value = '1' WHERE key = 'schema'")
    with opened_file() as ledger:
        ana(ledger, "confirm", act_id(ASKS))
        assert len(ledger.judgements()) == 1

    def columns(of: Path) -> list[tuple[object, ...]]:
        asked = "table_name, column_name, data_type, is_nullable"
        with duckdb.connect(str(of), read_only=True) as raw:
            return raw.execute(
                f"SELECT {asked} FROM information_schema.columns ORDER BY ALL"
            ).fetchall()

    assert columns(path) == columns(tmp_path / "fresh.duckdb")
    assert set(schema.MIGRATIONS) == set(range(1, schema.VERSION))


def test_what_is_judged_can_be_asked_in_sql(opened_file: Opener, tmp_path: Path) -> None:
    with opened_file() as ledger:
        ledger.add(CRISIS)
        ana(ledger, "merge", fact_of(ledger, GIVES).id, act_id(CRISIS[3]))
        ana(ledger, "grade", "gazette", value="B2")
    with duckdb.connect(str(tmp_path / "crisis.duckdb"), read_only=True) as raw:
        rows = raw.execute(
            "SELECT j.verb, j.made_by, t.part, t.kind FROM judgements j "
            "JOIN judged t ON t.judgement = j.id ORDER BY ALL"
        ).fetchall()
        assert rows == [
            ("grade", "Ana Analyst", 0, "outlet"),
            ("merge", "Ana Analyst", 0, "act"),
            ("merge", "Ana Analyst", 0, "act"),
            ("merge", "Ana Analyst", 1, "act"),
        ]


def test_nothing_in_the_code_removes_a_judgement() -> None:
    room = Path(schema.__file__).parent
    for path in room.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(delete|clear)\(\"(judgements|judged)\"", text), path.name


def test_hostile_words_are_only_words(opened: Opener) -> None:
    words = "'); DROP TABLE judgements; -- \u202e </script> {{ x }}"
    with opened() as ledger:
        ledger.add([ASKS])
        at = moment("2022-03-01")
        judge(ledger, "confirm", [act_id(ASKS)], by=words, at=at, why=words)
        (judged,) = ledger.judgements()
        assert judged.judgement.why == words


JUDGING = """
import sys
from pathlib import Path
from foedus.ledger import Ledger, judge, moment
from tests.ledger.builders import SmallWorld, finder
with Ledger.open(Path(sys.argv[1]), world=SmallWorld(), find_copies=finder(())) as ledger:
    n = len(ledger.judgements())
    while True:
        n += 1
        verb = ("confirm", "reject", "unsure")[n % 3]
        at = moment("2022-03-01T00:00:00.%06dZ" % n)
        done = judge(ledger, verb, [sys.argv[2]], by="Ana", at=at, why=str(n))
        print(done.id, flush=True)
"""


def test_a_kill_while_judging_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path, chance = tmp_path / "crisis.duckdb", random.Random(1949)
    with Ledger.open(path, world=SmallWorld(), find_copies=finder(())) as ledger:
        ledger.add([ASKS, ASKS_TOO])
    acknowledged: list[str] = []
    for _ in range(100 if FULL else 4):
        command = [sys.executable, "-c", JUDGING, str(path), act_id(ASKS)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_env()
        ) as process:
            assert process.stdout is not None
            acknowledged += [process.stdout.readline().strip()]
            time.sleep(chance.random() * 0.15)
            process.send_signal(signal.SIGKILL)
            acknowledged += process.stdout.read().split("\n")[:-1]
        with Ledger.open(path, world=SmallWorld(), find_copies=finder(())) as ledger:
            kept = set(states(ledger))
            assert "" not in acknowledged
            assert set(acknowledged) <= kept
            assert fact_of(ledger, ASKS).judgements
    unspoken = len(kept) - len(set(acknowledged))
    assert unspoken <= (100 if FULL else 4), "at most one a kill, kept but not yet told"
    store = open_store(path, read_only=True)
    rows = store.rows("judged", "judgement", "judgement")
    assert {row[0] for row in rows} == kept, "an entry and its targets are kept together"
    store.close()


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
