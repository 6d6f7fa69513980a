"""The shipped data, read as an editor would read it."""

from __future__ import annotations

import itertools
import re

import pycountry

from foedus.world import World


def test_every_state_of_iso_3166_is_there(world: World) -> None:
    codes = {country.alpha_3 for country in pycountry.countries}
    assert {e.id for e in world.entities("state")} == codes | {"XKX"}


def test_everything_has_a_name_in_both_languages(world: World) -> None:
    for entity in world.entities():
        assert all(entity.names.get(language, "").strip() for language in ("fr", "en")), entity


def test_an_office_has_one_holder_at_a_time(world: World) -> None:
    for office in world.entities("office"):
        for before, after in itertools.pairwise(world.tenures(office.id)):
            assert before.end is not None
            assert before.end <= after.start, office.id


def test_references_are_no_addresses_and_nothing_unseen_is_checked(world: World) -> None:
    references = [
        *((t.reference, t.checked) for o in world.entities("office") for t in world.tenures(o.id)),
    ]
    for outlet in world.entities("outlet"):
        known = world.outlet(outlet.id)
        assert known is not None
        references += [(o.reference, o.checked) for o in known.ownership]
    for reference, checked in references:
        assert re.search(r"\b(19|20)\d\d(-\d\d){0,2}$", reference), reference
        assert "http" not in reference
        assert "www." not in reference
        assert not checked


MEMBERS_AND_NEIGHBOURS = re.findall(
    r"[A-Z]{3}",
    "ALB BEL BGR CAN HRV CZE DNK EST FIN FRA DEU GRC HUN ISL ITA LVA LTU LUX MNE NLD MKD NOR "
    "POL PRT ROU SVK SVN ESP SWE TUR GBR USA UKR RUS BLR CHN GEO MDA",
)


def test_states_of_the_field_have_a_capital_and_leaders(world: World) -> None:
    for code in MEMBERS_AND_NEIGHBOURS:
        assert code == "LUX" or world.capital_place(code), code
        for role in ("head-of-state", "head-of-government", "defence-minister", "leader"):
            # Canada's head of state is the United Kingdom's monarch, which has an office there
            assert world.offices(role, code) or (role, code) == ("head-of-state", "CAN")


def test_capitals_lie_in_their_state(world: World) -> None:
    for state in world.entities("state"):
        capital = world.capital_place(state.id)
        if capital is not None:
            assert world.state_of(capital) == state.id
            assert world.side_of(capital, None) == state.id
