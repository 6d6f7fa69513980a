"""Wrong files: the message names the file, the line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from foedus.acts import day
from foedus.errors import FoedusError
from foedus.world import load_world
from tests.world.conftest import SMALLEST

Write = Callable[..., Path]


def test_smallest_register_loads(folder: Write) -> None:
    world = load_world(folder())
    assert world.holder("president-of-russia", day(date(2022, 5, 10))) is None
    assert world.holder("president-of-russia", day(date(2022, 5, 11))) == "anna-orlova"
    assert [m.entities for m in world.find("Le président russe et Ivan Orlov.", "fr")] == [
        ("president-of-russia",),
        ("ivan-orlov",),
    ]
    assert world.side_of("le-matin", day(date(2020, 6, 1))) is None
    assert world.side_of("le-matin", day(date(2021, 6, 1))) == "RUS"


def _changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in SMALLEST[name]
    return {name: SMALLEST[name].replace(old, new)}


@pytest.mark.parametrize(
    ("files", "where", "what"),
    [
        (_changed("states", "capital: moscow", "capitol: moscow"), "states.yaml:5", "capitol"),
        (_changed("states", "capital: moscow", "capital: minsk"), "states.yaml:5", "'minsk'"),
        (_changed("states", "capital: moscow", "capital: nato"), "states.yaml:5", "is a body"),
        (_changed("states", "RUS:", "ru:"), "states.yaml:2", "three-letter"),
        (_changed("bodies", "[OTAN]", "['']"), "bodies.yaml:2", "empty"),
        (_changed("bodies", "fr:", "french:"), "bodies.yaml:2", "no language"),
        (_changed("bodies", "nato:", "moscow:"), "places.yaml:2", "already the id of a body"),
        (_changed("persons", "nationality: RUS}", "nationality: XXX}"), "persons.yaml:2", "'XXX'"),
        (_changed("offices", "holder: ivan-orlov", "holder: ivan"), "offices.yaml:8", "'ivan'"),
        (_changed("offices", "start: 2022-05-10", "start: 2022-05-09"), "offices.yaml:9", "overlap"),
        (_changed("offices", ", end: 2022-05-10", ""), "offices.yaml:9", "overlap"),
        (_changed("offices", "end: 2022-05-10", "end: 2019-01-01"), "offices.yaml:8", "before"),
        (_changed("offices", "role: president", "role: pope"), "offices.yaml:4", "'pope'"),
        (_changed("offices", "side: RUS", "side: FRA"), "offices.yaml:5", "'FRA'"),
        (_changed("offices", 'reference: "A, List, 2024"', "label: {}"), "offices.yaml:8",
         "no reference"),
        (_changed("offices", "start: 2020-01-01", "start: 2020-02-30"), "offices.yaml:8", "is no date"),
        (_changed("roles", "président {adj}", "président {land}"), "roles.yaml:4", "{land}"),
        (_changed("roles", "states: all", "states: [USA]"), "roles.yaml:6", "'USA'"),
        (_changed("outlets", "since: 2021-01-01, ", ""), "outlets.yaml:5", "out of order"),
        (_changed("outlets", 'state_control: "no"', "state_control: perhaps"), "outlets.yaml:6",
         "perhaps"),
    ],
)  # fmt: skip
def test_wrong_file(folder: Write, files: dict[str, str], where: str, what: str) -> None:
    with pytest.raises(FoedusError) as error:
        load_world(folder(**files))
    assert where in str(error.value)
    assert what in str(error.value)


def test_an_id_that_stands_in_two_files(folder: Write) -> None:
    root = folder()
    (root / "places").mkdir()
    (root / "places" / "more.yaml").write_text(
        "places:\n  moscow: {names: {fr: [Moscou]}}\n", encoding="utf-8"
    )
    with pytest.raises(FoedusError, match=r"more\.yaml:2: 'moscow' stands twice, first in places"):
        load_world(root)


def test_a_missing_file(folder: Write) -> None:
    root = folder()
    (root / "roles.yaml").unlink()
    with pytest.raises(FoedusError, match=r"neither roles\.yaml nor"):
        load_world(root)
