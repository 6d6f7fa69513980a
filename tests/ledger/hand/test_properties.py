"""What holds of any rows entered in any order: nothing doubled, nothing lost, round trips."""

from __future__ import annotations

import csv
import random
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.ledger import Ledger
from foedus.ledger.cells import csv_lines
from foedus.ledger.hand import Entering, Entry, entering, history, kept_rows
from foedus.ledger.hand.chronology import read_chronology
from foedus.world import load_world
from tests.ledger.builders import SmallWorld, finder
from tests.ledger.hand.test_by_hand import row

WORLD = load_world()
ROWS = [
    row(
        text=f"row {n}",
        file="ab"[n // 3] + ".csv",
        date=f"2022-03-0{1 + n % 3}",
        **({"outlet": "Le Monde"} if n % 2 else {}),
    )
    for n in range(6)
]
BY_ID = {entry.id: entry for entry in ROWS}
START = datetime(2022, 6, 1, tzinfo=UTC)


@st.composite
def enterings(draw: st.DrawFn) -> Entering:
    """Somebody enters some of the rows of one of two files, on one of some days."""
    file = draw(st.sampled_from(["a.csv", "b.csv"]))
    own = [entry for entry in ROWS if entry.file == file]
    chosen = draw(st.lists(st.sampled_from(own), unique_by=lambda e: e.id))
    return entering(
        file,
        [(entry.id, line) for line, entry in enumerate(chosen, 2)],
        by="Ana", at=START + timedelta(days=draw(st.integers(0, 9))), adds=draw(st.booleans()),
    )  # fmt: skip


many = st.lists(enterings(), max_size=6)
days = st.integers(-1, 10).map(lambda n: (START + timedelta(days=n)).date())


@given(made=many, asked=st.none() | days, chance=st.randoms(use_true_random=False))
def test_order_and_repetition_are_nothing(
    made: list[Entering], asked: date | None, chance: random.Random
) -> None:
    mixed = [*made, *chance.sample(made, len(made) // 2)]
    chance.shuffle(mixed)
    assert kept_rows(made, BY_ID, asked) == kept_rows(mixed, BY_ID, asked)
    assert history(made, BY_ID) == history(mixed, BY_ID)


@given(made=many, asked=days)
def test_what_is_entered_tomorrow_changes_no_row_of_today(
    made: list[Entering], asked: date
) -> None:
    past = [e for e in made if e.at.date() <= asked]
    files = {e.file for e in past}
    then = kept_rows(past, BY_ID, asked)
    now = kept_rows([e for e in made if e.file in files], BY_ID, asked)
    assert now == then


@given(made=many)
def test_nothing_is_lost(made: list[Entering]) -> None:
    ever = {(e.file, row_id) for e in made for row_id, _ in e.rows}
    told = history(made, BY_ID)
    assert len(told) == len(ever)
    now = [k.entry.id for k in kept_rows(made, BY_ID)]
    assert sorted(now) == sorted(k.entry.id for k in told if k.until is None)
    assert all(k.entered <= k.until for k in told if k.until is not None)


@settings(max_examples=10, deadline=None)
@given(chance=st.randoms(use_true_random=False), some=st.integers(0, 3))
def test_files_entered_in_any_order_once_or_twice_give_the_same_bytes(
    chance: random.Random, some: int
) -> None:
    batches = [("a.csv", ROWS[:some]), ("b.csv", ROWS[3:])]
    twice = [*batches, *batches]
    chance.shuffle(twice)
    assert _exported(batches) == _exported(twice)


def _exported(batches: list[tuple[str, list[Entry]]]) -> dict[str, bytes]:
    with TemporaryDirectory() as folder, Ledger.open(
        Path(folder) / "x.duckdb", world=SmallWorld(), find_copies=finder(())
    ) as ledger:  # fmt: skip
        for name, rows in batches:
            ledger.enter(name, list(zip(rows, range(2, 99), strict=False)), by="Ana", at=START)
        return {
            form + p.name: p.read_bytes()
            for form in ("jsonl", "csv", "prov", "ical")
            for p in ledger.export(Path(folder) / form, form)
        }


CELL = st.text(
    st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u2028\u2029"),
    min_size=1, max_size=40,
).filter(lambda t: bool(t.strip()) and t.strip().casefold().isprintable())  # fmt: skip


@settings(deadline=None)
@given(
    text=CELL, title=CELL, who=st.lists(st.sampled_from(["POL", "EST", "nato", "DEU"]), unique=True),
    number=st.integers(0, 10**9), delimiter=st.sampled_from(",;\t"), mark=st.sampled_from(["", "\ufeff"]),
    end=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_a_row_reads_the_same_however_its_file_was_written(
    text: str, title: str, who: list[str], number: int, delimiter: str, mark: str, end: str
) -> None:
    cells = {
        "type": "AID", "actors": ";".join(who), "quantities": f"{number} tanks", "text": text,
        "title": title,
    }  # fmt: skip
    page = StringIO(newline="")
    writer = csv.writer(page, delimiter=delimiter, lineterminator=end)
    writer.writerow(cells)
    writer.writerow(cells.values())
    plain = _read((mark + page.getvalue()).encode())
    guarded = _read("".join(csv_lines(list(cells), [list(cells.values())])).encode())
    assert plain.id == guarded.id
    assert plain.act.actors == tuple(who)
    assert plain.act.quantities[0].value == number
    assert plain.text[slice(*plain.act.quantities[0].span)] == f"{number} tanks"


def _read(data: bytes) -> Entry:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        path.write_bytes(data)
        found = read_chronology(path, world=WORLD, by="Ana")
    assert not found.mistakes, [str(m) for m in found.mistakes]
    return found.rows[0][0]


@settings(deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_in_one_line_each(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        path.write_bytes(b"type,actors,text,date,quantities\n" + data)
        try:
            found = read_chronology(path, world=WORLD, by="Ana")
            told = found.mistakes
        except FoedusError as error:
            told = (error,)
    assert all(str(mistake).isprintable() for mistake in told)
