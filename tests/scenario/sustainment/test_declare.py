"""The section is checked before anything runs, and means what it says."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import FoedusError
from foedus.scenario import Columns, Draws, Part, read_scenario
from foedus.scenario.sustainment.model import Sustainment
from tests.scenario.builders import write
from tests.scenario.sustainment.files import TWO


def read(folder: Path, text: str = TWO) -> Sustainment:
    found = read_scenario(write(folder, text)).models["sustainment"]
    assert isinstance(found, Sustainment)
    return found


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "what"),
    [
        ("stock: 10 shells", "stock: -10 shells", "-10", "under 0"),
        ("member: UKR\n          class: shells\n          stock", "member: POL\n          class: shells\n          stock", "POL\n", "no member 'POL'"),
        ("class: shells\n          stock: 10", "class: shels\n          stock: 10", "shels", "no class 'shels'"),
        ("floor: 400 shells", "floor: 400 tanks", "400 tanks", "shell is wanted"),
        ("rate: 2 shells/day", "rate: 2 shells", "rate: 2 shells", "shell/day is wanted"),
        ("share: 0.9", "share: 1.9", "share: 1.9", "over 1"),
        ("share: 20 %", "share: 120 %", "share: 120", "over 1"),
        ("end: 2022-03-31", "end: 2022-03-01", "end: 2022-03-01", "ends before it starts"),
        ("end: 2022-03-31", "end: 2022-03-31, length: 3 days", "ramp:", "an end or a length"),
        ("to: UKR, ", "", "march:", "missing required field `to`"),
        ("to: UKR", "to: POL", "march:", "no member 'POL'"),
        ("to: UKR", "to: FRA", "march:", "gives to itself"),
        ("promised: 2022-03-06", "promised: 2023-03-06", "march:", "outside the run"),
        ("promised: 2022-03-06", "promised: 2022-02-06", "march:", "outside the run"),
        ("due: 2022-03-20", "due: 2022-03-02", "march:", "due before it is promised"),
        ("{on: 2022-04-10", "{on: 2023-04-10", "2023-04-10", "outside the run"),
        ("member: UKR\n          class", "member: FRA\n          class", "- member: FRA\n          class: shells\n          stock: 10", "stands twice"),
        ("delivered: [march]", "delivered: [april]", "april", "no donation 'april'"),
        ("on: 2022-03-03", "on: 2023-03-03", "2023-03-03", "outside the run"),
        ("outrun:", "runout:", "runout", "unknown field"),
        ("unit: shell,", "unit: shel,", "shel,", "not known"),
        ("stock: 10 shells", "stock: 4000 million shells", "4000", "over 1e+09"),
        ("      donations:", "      from_ledger: {}\n      donations:", "from_ledger", "no ledger"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_line(tmp_path: Path, old: str, new: str, at: str, what: str) -> None:
    assert old in TWO
    text = TWO.replace(old, new, 1)
    with pytest.raises(FoedusError) as caught:
        read(tmp_path, text)
    assert what in str(caught.value)
    line = line_of(text, at)
    assert str(caught.value).startswith(str(tmp_path / "walk.yaml") + f":{line}"), caught.value


def ran(folder: Path, text: str = TWO, draws: int = 20) -> tuple[Sustainment, Columns, Part]:
    model = read(folder, text)
    drawn = Draws(1, 0, draws)
    columns = model.run(drawn)
    return model, columns, model.outcome(columns, drawn)


def test_columns_are_what_the_axes_say(tmp_path: Path) -> None:
    model, columns, _ = ran(tmp_path)
    assert columns.keys() == model.axes.keys()
    for name, axes in model.axes.items():
        assert columns[name].shape == (20, *(len(axis.labels) for axis in axes)), name


def test_what_the_file_says_happens(tmp_path: Path) -> None:
    model, columns, _ = ran(tmp_path)
    held = columns["stock"][:, :, 0] - columns["opening"][:, :1]
    # two a day are made, one is used; the gift of 270 leaves from day 5 in ten parts of 27
    assert held[0, :6].tolist() == [1, 2, 3, 4, 5, 6 - 27]
    assert (columns["given"] == 270).all()
    assert (columns["lost"] == 27).all()
    # what was given on days 5 to 14 arrives on days 9 to 18: in time
    assert (columns["in_time"] == 243).all()
    assert (columns["bought"][:, 0] == 60).all()
    assert np.array_equal(columns["repaired"][:, 1] > 0, np.ones(20, bool))
    # 270 of 400 shells that last 20 days
    assert columns["cost"][:, 0] == pytest.approx(13.5)
    # ten shells at three a day: the fourth day lacks two
    answers = model.answers(columns)
    assert answers["short"].tolist() == [3.0] * 20
    assert answers["came"].tolist() == [243.0] * 20
    assert np.array_equal(answers["left"], columns["opening"][:, 0] + 3)
    assert model.asked == {"short": "day", "left": "shell", "came": "shell"}


def test_draws_are_the_same_in_pieces_and_elsewhere(tmp_path: Path) -> None:
    model = pickle.loads(pickle.dumps(read(tmp_path)))
    whole = model.run(Draws(3, 0, 12))
    parts = [model.run(Draws(3, first, 4)) for first in (0, 4, 8)]
    for name, column in whole.items():
        np.testing.assert_array_equal(column, np.concatenate([p[name] for p in parts]), name)


def test_a_reader_is_told_what_is_odd(tmp_path: Path) -> None:
    text = TWO.replace("floor: 400 shells", "floor: 1100 shells")
    text = text.replace("lost: 0.1", "lost: 0.1, below_floor: true")
    _, _, part = ran(tmp_path, text, draws=200)
    notes = [note["en"] for note in part.notes if isinstance(note, dict)]
    assert any(n.startswith("France starts below its floor in") for n in notes), notes
    assert any("demand outruns supply in 100 % of draws" in n for n in notes), notes
    assert any(n.startswith("France may go below its floor for march") for n in notes), notes
    assert part.series[0].floor == 1100
    assert part.costs[0].days.mid == pytest.approx(270 * 20 / 1100)


def test_a_giver_without_a_floor_pays_no_days(tmp_path: Path) -> None:
    _, _, part = ran(tmp_path, TWO.replace("          floor: 400 shells\n", ""))
    assert part.costs[0].days.mid is None


def test_use_varies_by_spells(tmp_path: Path) -> None:
    text = TWO.replace("rate: 1 shell/day}", "rate: 10 shells/day, varying: 0.5, spell: 10 days}")
    _, columns, _ = ran(tmp_path, text, draws=200)
    assert columns["used"][:, 0].std() > 0
    assert columns["used"][:, 0].min() > 500
    assert columns["used"][:, 0].max() < 1500
