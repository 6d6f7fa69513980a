"""What is added day by day, in any order, is what all of it at once would have been: row for row."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.acts import Act
from foedus.ledger import Ledger, group_facts, schema
from foedus.ledger import settle as settling
from foedus.ledger.clocks import known
from foedus.world.records import Entity, EntityKind
from tests.conftest import FULL
from tests.ledger.builders import (
    Coded,
    SmallWorld,
    act,
    amount,
    coded,
    declared,
    finder,
    landmark,
    report,
    when,
)
from tests.ledger.conftest import Opener, drop_derived
from tests.ledger.judged_crisis import act_id, ana
from tests.ledger.test_ledger import files

DAYS = [date(2022, 2, 20) + timedelta(days=n) for n in range(14)]
CALENDAR = [
    declared(1, "2022-02-25", "CONSULT", mode="phone", cues="summit", actors="nato"),
    declared(2, "2022-02-22", "REQUEST", cues="article-4", actors="POL EST"),
]
COPIES = [(f"r{n}", f"r{n + 3}") for n in range(0, 20, 5)]
FEW = settings(
    max_examples=60 if FULL else 5, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


class PeopledWorld(SmallWorld):
    """Beside persons and places: states, an alliance, and a group of states."""

    kinds: ClassVar[dict[str, EntityKind]] = {
        **dict.fromkeys(("UKR", "RUS", "POL", "EST", "SVK", "SVN"), "state"),
        "nato": "body", "baltic-states": "group",
    }  # fmt: skip
    landmarks: ClassVar = {
        "strike-on-kyiv": landmark("strike-on-kyiv", "2022-02-24", "ASSAULT", places="kyiv"),
        "summit": landmark("summit", "2022-02-25", "CONSULT", cues="summit", near=3),
        "tanks-for-kyiv": landmark("tanks-for-kyiv", "2022-02-28", "AID", instruments="tanks"),
    }

    def entity(self, entity_id: str, /) -> Entity | None:
        if entity_id not in self.kinds:
            return super().entity(entity_id)
        members = ("EST", "LVA", "LTU") if entity_id == "baltic-states" else ()
        return Entity(id=entity_id, kind=self.kinds[entity_id], names={}, members=members)


def one_act(chance: random.Random, at: int, on: date) -> Act:
    """An act out of few words, so that many can be one, and many are at odds."""

    def some(words: str, leaves: float) -> str:
        return "" if chance.random() < leaves else chance.choice(words.split("|"))

    drawn = chance.random()
    time_: Any = None
    if drawn < 0.25:
        time_ = when(offset=-chance.randrange(3))
    elif drawn < 0.4:
        time_ = when(f"XXXX-WXX-{chance.randrange(1, 8)}")
    elif drawn < 0.5:
        time_ = when(chance.choice(DAYS).isoformat())
    elif drawn < 0.55:
        time_ = when("2022-02")
    return act(
        chance.choice(("CONSULT", "MOBILIZE", "AID", "REQUEST", "ASSAULT")), at,
        actors=some("nato|jens-stoltenberg|RUS|POL|POL EST|baltic-states|SVK|SVN", 0.2),
        recipients=some("UKR|RUS|kyiv", 0.5), places=some("kyiv|UKR|brussels", 0.5),
        instruments=some("tanks|missiles|tanks missiles|vjtf", 0.5),
        cues=some("summit|article-4|no-troops|partner-support|summit partner-support", 0.4),
        aux=some("future|negation|hypothetical|historical", 0.65),
        mode=chance.choice((None, "phone", "multilateral")), rule=chance.choice((None, "a:1", "b:2")),
        quantities=(amount(chance.choice((20, 120)), "tanks"),) if chance.random() < 0.3 else (),
        when=time_,
    )  # fmt: skip


def stories(chance: random.Random, count: int) -> list[Coded]:
    """Reports: most of one day, some of two or of none, some the correction of another."""
    out: list[Coded] = []
    for n in range(count):
        on = chance.choice(DAYS)
        dates: tuple[str, ...] = (on.isoformat(),)
        if chance.random() < 0.25:
            dates = chance.choice(((f"{on}/{on + timedelta(days=1)}",), ("2022-02",), ()))
        url = f"https://x.example/{n}"
        if n and chance.random() < 0.2:
            url = out[-1][0].url or url
        of = report(f"r{n}", *dates, outlet=chance.choice(("gazette", "echo")), url=url)
        out.append(
            coded(of, *(one_act(chance, 20 * at, on) for at in range(chance.randrange(1, 6))))
        )
    return out


def rows(ledger: Ledger) -> dict[str, list[str]]:
    """All that the ledger has worked out, row by row."""
    ledger.settle()
    return {t: sorted(map(repr, ledger._file.rows(t, "*", "1"))) for t in schema.DERIVED}


def built(
    path: Path, batches: Sequence[Sequence[Coded]], copies: Sequence[tuple[str, str]] = COPIES
) -> dict[str, list[str]]:
    with Ledger.open(path, world=PeopledWorld(), find_copies=finder(copies)) as ledger:
        ledger.set_calendar(CALENDAR)
        for batch in batches:
            ledger.add(batch)
            ledger.settle()
        return rows(ledger)


@FEW
@given(seed=st.integers(0, 10**6))
def test_any_order_and_batches_give_the_same_rows(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    told = stories(chance, 16)
    folder = tmp_path_factory.mktemp("rows")
    mixed = [*told, *chance.sample(told, 3)]
    chance.shuffle(mixed)
    cuts = sorted(chance.sample(range(1, len(mixed)), 4))
    batches = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    assert built(folder / "many.duckdb", batches) == built(folder / "one.duckdb", [told])


@pytest.mark.parametrize("seed", [37, *(range(30) if FULL else ())])
def test_a_report_that_makes_copies_of_two_others_moves_what_stands_between_them(
    seed: int, tmp_path: Path
) -> None:
    told = stories(random.Random(seed), 16)
    copies = [(f"r{n + m}", f"r{n + 8}") for n in range(0, 8, 2) for m in (0, 1)]
    by_halves = built(tmp_path / "halves.duckdb", [told[:8], told[8:]], copies)
    assert by_halves == built(tmp_path / "once.duckdb", [told], copies)


@FEW
@given(seed=st.integers(0, 10**6))
def test_coding_anew_leaves_nothing_of_what_was_coded(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    told = stories(chance, 10)
    again = [(of, records[: chance.randrange(len(records) + 1)]) for of, records in told[:5]]
    folder = tmp_path_factory.mktemp("anew")
    assert built(folder / "a.duckdb", [told, again]) == built(
        folder / "b.duckdb", [[*again, *told[5:]]]
    )


@FEW
@given(seed=st.integers(0, 10**6))
def test_what_was_known_by_a_day_is_what_its_reports_alone_would_give(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    told = stories(chance, 16)
    path = tmp_path_factory.mktemp("clock") / "x.duckdb"
    with Ledger.open(path, world=PeopledWorld(), find_copies=finder(COPIES)) as ledger:
        for at in range(0, 16, 4):
            ledger.add(told[at : at + 4])
            ledger.settle()
        datings = ledger.datings()
        for day in (*chance.sample(DAYS, 3), None):
            counting = {
                s.hash for s in ledger.sources()
                if known(datings[s.hash].candidates, day)
                and not (s.successor and known(datings[s.successor].candidates, day))
            }  # fmt: skip
            every = {
                r.act.id: r
                for version in (day, None)
                for f in ledger.facts(known_by=version)
                for r in f.readings
                if r.citation.source in counting
            }
            facts = ledger.facts(known_by=day)
            assert {a.id for a in ledger.acts(day)} == set(every)
            assert facts == group_facts(every.values(), world=PeopledWorld())
            for cue in ("summit", "partner-support"):
                some = tuple(f for f in facts if cue in f.cues)
                assert ledger.facts(known_by=day, cues=[cue]) == some
            assert ledger.facts(known_by=day, types=["AID"]) == tuple(
                f for f in facts if f.type == "AID"
            )


@FEW
@given(seed=st.integers(0, 10**6))
def test_what_is_told_later_neither_parts_nor_joins_what_was_told_before(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)
    told = [(msgspec.structs.replace(of, url=None), records) for of, records in stories(chance, 16)]
    path = tmp_path_factory.mktemp("clock") / "x.duckdb"
    with Ledger.open(path, world=PeopledWorld(), find_copies=finder(COPIES)) as ledger:
        ledger.add(told)
        before: set[frozenset[str]] = set()
        for day in (*DAYS, date(2022, 3, 31), None):
            groups = {frozenset(r.act.id for r in f.readings) for f in ledger.facts(known_by=day)}
            there = frozenset[str]().union(*before)
            assert {group & there for group in groups} - {frozenset()} == before
            before = groups


def test_adding_again_changes_nothing(opened: Opener) -> None:
    told = stories(random.Random(7), 12)
    with opened() as ledger:
        ledger.add(told)
        before = rows(ledger)
        ledger.add(told[::-1])
        assert ledger._shelf.pending() == set(), "there is nothing to work out"
        assert rows(ledger) == before


ASKED = act("REQUEST", actors="EST POL", cues="article-4")
FIRST = coded(report("page", "2022-02-24", url="https://x.example/a/"), ASKED)
MENDED = coded(
    report("page-2", "2022-02-26", url="http://www.X.example/a#top"),
    msgspec.structs.replace(ASKED, actors=("EST", "LVA", "POL")),
)


@pytest.mark.parametrize("order", [(FIRST, MENDED), (MENDED, FIRST)])
def test_a_correction_takes_the_place_of_what_it_corrects_and_keeps_it(
    opened: Opener, order: tuple[Coded, ...]
) -> None:
    with opened() as ledger:
        for one in order:
            ledger.add([one])
            ledger.settle()
        (now,) = ledger.facts()
        assert (now.actors, now.reports, now.differences) == (("EST", "LVA", "POL"), 1, ())
        (then,) = ledger.facts(known_by=date(2022, 2, 25))
        assert then.actors == ("EST", "POL")
        (since,) = ledger.facts(known_by=date(2022, 2, 26))
        assert since == now
        assert [a.actors for a in ledger.acts()] == [("EST", "LVA", "POL")]
        assert ledger.report(FIRST[0].hash) == FIRST[0]
        by_label = {s.label: s for s in ledger.sources()}
        assert by_label["page"].successor == MENDED[0].hash
        assert by_label["page-2"].successor is None


def test_versions_of_one_day_are_in_order_of_their_hash(opened: Opener) -> None:
    same_day = [
        coded(
            report(f"v{n}", "2022-02-24", url="https://x.example/b"),
            act("REQUEST", actors=f"S{n}"),
        )
        for n in range(4)
    ]
    last = max(same_day, key=lambda pair: pair[0].hash)
    for name, told in (("up", same_day), ("down", same_day[::-1])):
        with opened(name) as ledger:
            for one in told:
                ledger.add([one])
            (fact,) = ledger.facts()
            assert {r.citation.source for r in fact.readings} == {last[0].hash}


def test_other_rules_are_worked_out_anew(
    opened_file: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = stories(random.Random(3), 8)
    with opened_file() as ledger:
        ledger.add(told)
        before = ledger.facts()
        with ledger._file.transaction():
            ledger._file.clear("spells")
    monkeypatch.setattr(settling, "ENGINE", "another")
    steps: list[str] = []
    with opened_file(read_only=True) as reader:
        assert reader.facts() == before, "who may not write works it out for himself"
    with opened_file() as ledger:
        ledger._progress = lambda _done, _total, name: steps.append(name)
        assert ledger.facts() == before
    assert steps == ["copies", "dates", "tellings", "facts", ""]


def test_a_file_of_version_3_is_worked_out_when_it_is_opened(tmp_path: Path) -> None:
    told = stories(random.Random(5), 10)
    whole = built(tmp_path / "now.duckdb", [told])
    path = tmp_path / "then.duckdb"
    built(path, [told])
    with duckdb.connect(str(path)) as raw:
        drop_derived(raw)
        raw.execute("UPDATE meta SET value = '3' WHERE key = 'schema'")
    assert built(path, []) == whole
    assert _exported(path) == _exported(tmp_path / "now.duckdb")


def test_a_correction_by_hand_counts_from_its_day(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([FIRST])
        ledger.settle()
        entry = ana(ledger, "correct", act_id(FIRST), field="actors", value="LTU")
        on = entry.at.date()
        assert ledger.facts()[0].actors == ("LTU",)
        assert ledger.facts(known_by=on - timedelta(days=1))[0].actors == ("EST", "POL")
        ana(ledger, "withdraw", entry.id, day="2030-01-01")
        assert ledger.facts()[0].actors == ("EST", "POL")
        assert ledger.facts(known_by=on)[0].actors == ("LTU",)


INGEST = """
import random, sys
from pathlib import Path
from foedus.ledger import Ledger
from tests.ledger.builders import finder
from tests.ledger.test_increments import CALENDAR, COPIES, PeopledWorld, stories
with Ledger.open(Path(sys.argv[1]), world=PeopledWorld(), find_copies=finder(COPIES)) as ledger:
    ledger.set_calendar(CALENDAR)
    print("open", flush=True)
    for story in stories(random.Random(11), 14):
        ledger.add([story])
        ledger.settle()
print("done", flush=True)
"""


def test_a_kill_while_adding_changes_no_byte_of_what_comes_out(tmp_path: Path) -> None:
    told, chance = stories(random.Random(11), 14), random.Random(1949)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    whole = built(tmp_path / "whole.duckdb", [told])
    exported = _exported(tmp_path / "whole.duckdb")
    unfinished = 0
    for number in range(100 if FULL else 4):
        path = tmp_path / f"{number}.duckdb"
        command = [sys.executable, "-c", INGEST, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.8)
            process.send_signal(signal.SIGKILL)
            unfinished += b"done" not in process.stdout.read()
        assert built(path, [told]) == whole
        assert _exported(path) == exported
        path.unlink()
    assert unfinished, "none was killed in the middle"


def _exported(path: Path) -> dict[str, bytes]:
    with Ledger.open(path, world=PeopledWorld(), find_copies=finder(COPIES)) as ledger:
        ledger.export(path.with_suffix(""))
    return files(path.with_suffix(""))
