"""History as a test: the public record of alliances, and what comes near it, on the real register."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.alliance import Alliance, load_alliance
from foedus.alliance.history import dated
from foedus.world import World, load_world
from tests.alliance.casefile import CASES, Case, assert_case, read_cases

RECORD = read_cases(CASES / "record")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


@pytest.fixture(scope="module")
def alliances(world: World) -> dict[str, Alliance]:
    return {name: load_alliance(name, world) for name in {name for name, _, _ in RECORD}}


@pytest.mark.parametrize(("name", "case"), [pytest.param(a, c, id=i) for a, i, c in RECORD])
def test_case(name: str, case: Case, alliances: dict[str, Alliance], world: World) -> None:
    assert_case(alliances[name], case, world)


def test_every_case_names_where_it_is_said() -> None:
    assert [ident for _, ident, case in RECORD if case.reference is None] == []


def test_there_are_cases_enough_of_each_alliance() -> None:
    counts = {name: sum(name == a for a, _, _ in RECORD) for name, _, _ in RECORD}
    assert counts["nato"] >= 130
    assert counts["eu"] >= 12


def test_no_source_is_older_than_what_it_tells(alliances: dict[str, Alliance]) -> None:
    """A reference dated before the act would make the act one foretold."""
    older = [
        (entry.date, entry.reference.title)
        for alliance in alliances.values()
        for entry in alliance.happenings.values()
        if "future" not in entry.aux
        and dated(entry.reference.date, entry.reference.precision).end < entry.date
    ]
    assert older == []


def test_every_accession_stands_in_the_record(alliances: dict[str, Alliance]) -> None:
    """The day a state joined is said twice, in the members' file and in the record: the same."""
    alliance = alliances["nato"]
    told = {
        (state, entry.date)
        for entry in alliance.happenings.values()
        if entry.type == "SUPPORT" and "Member countries" in entry.reference.title
        for state in entry.actors
    }
    assert told == {(m.state, m.joined) for m in alliance.memberships}


def test_the_record_is_of_1949_to_2025(alliances: dict[str, Alliance]) -> None:
    days = [entry.date for entry in alliances["nato"].happenings.values()]
    assert len(days) >= 250
    assert (min(days), max(days) < date(2026, 1, 1)) == (date(1949, 4, 4), True)
