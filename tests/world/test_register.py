"""Who held what on a day, for whom somebody speaks, what an outlet is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import DateRange, day
from foedus.world import World, load_world

HANDOVER = date(2024, 10, 1)
NATO_HEAD = "secretary-general-of-nato"


def test_holder_on_a_day(world: World) -> None:
    assert world.holder(NATO_HEAD, day(date(2022, 2, 24))) == "jens-stoltenberg"
    assert world.holder(NATO_HEAD, day(HANDOVER - timedelta(1))) == "jens-stoltenberg"
    assert world.holder(NATO_HEAD, day(HANDOVER + timedelta(1))) == "mark-rutte"


def test_nobody_holds_an_office_throughout_the_day_of_handing_over(world: World) -> None:
    assert world.holder(NATO_HEAD, day(HANDOVER)) is None
    straddling = DateRange(date(2024, 9, 1), date(2024, 11, 1), "range")
    assert world.holder(NATO_HEAD, straddling) is None


def test_holder_without_a_date_only_where_there_is_but_one(world: World) -> None:
    assert world.holder(NATO_HEAD, None) is None
    assert world.holder("foreign-minister-of-russia", None) == "sergei-lavrov"


def test_register_does_not_vouch_for_days_beyond_it(world: World) -> None:
    assert world.holder(NATO_HEAD, day(date(2035, 1, 1))) is None
    assert world.holder("no-such-office", day(date(2022, 1, 1))) is None


def test_a_gap_is_not_filled(world: World) -> None:
    assert world.holder("president-of-hungary", day(date(2024, 3, 1))) is None


def test_offices_of_a_person(world: World) -> None:
    assert world.offices_of("mark-rutte", day(date(2022, 3, 1))) == (
        "prime-minister-of-netherlands",
    )
    assert world.offices_of("mark-rutte", None) == (
        "prime-minister-of-netherlands",
        NATO_HEAD,
    )
    assert world.offices_of("nobody", None) == ()


@pytest.mark.parametrize(
    ("entity", "on", "side"),
    [
        ("UKR", None, "UKR"),
        ("nato", None, "nato"),
        ("north-atlantic-council", None, "nato"),
        ("jens-stoltenberg", date(2022, 3, 1), "nato"),
        ("jens-stoltenberg", date(2010, 3, 1), "NOR"),
        ("mark-rutte", date(2022, 3, 1), "NLD"),
        ("mark-rutte", date(2024, 12, 1), "nato"),
        ("mark-rutte", None, None),
        ("josep-borrell", date(2022, 3, 1), "eu"),
        ("kremlin-spokesperson", None, "RUS"),
        ("maria-zakharova", date(2022, 3, 1), "RUS"),
        ("kyiv", None, "UKR"),
        ("kharkiv", None, None),
        ("tass", None, "RUS"),
        ("le-monde", None, None),
        ("no-such-thing", None, None),
    ],
)
def test_side(world: World, entity: str, on: date | None, side: str | None) -> None:
    assert world.side_of(entity, None if on is None else day(on)) == side


def test_capitals_are_places_too(world: World) -> None:
    assert world.capital_place("UKR") == "kyiv"
    assert world.capital_place("RUS") == "moscow"
    assert world.capital_place("nato") == "brussels"
    assert world.capital_place("west") is None
    assert world.state_of("bucha") == "UKR"
    assert world.state_of("black-sea") is None


def test_outlet(world: World) -> None:
    afp = world.outlet("afp")
    assert afp is not None
    assert (afp.kind, afp.country, afp.state_control) == ("agency", "FRA", "public")
    assert world.outlet("nato") is None
    assert world.outlet_of_domain("www.lemonde.fr") == world.outlet("le-monde")
    assert world.outlet_of_domain("notlemonde.fr") is None
    assert world.outlet_of_domain("") is None


def test_names_to_show(world: World) -> None:
    assert world.name("DEU", "fr") == "Allemagne"
    assert world.name("DEU", "en") == "Germany"
    assert world.name("DEU", "xx") == "Germany"
    assert world.name("unheard-of", "fr") == "unheard-of"


def test_the_default_register_is_read_once() -> None:
    assert load_world() is load_world()


@given(st.dates(date(2014, 1, 1), date(2024, 12, 31)))
def test_holder_and_offices_of_agree(on: date) -> None:
    world = load_world()
    for office in world.entities("office"):
        if not world.tenures(office.id):
            continue
        holder = world.holder(office.id, day(on))
        if holder is not None:
            assert office.id in world.offices_of(holder, day(on))
