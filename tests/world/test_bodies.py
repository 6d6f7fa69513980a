"""Bodies, forces and organs of states: which are themselves, and which stand for their state."""

from __future__ import annotations

import pytest

from foedus.world import World


def found(world: World, text: str, language: str = "fr") -> list[tuple[str, tuple[str, ...]]]:
    return [(text[m.span[0] : m.span[1]], m.entities) for m in world.find(text, language)]


@pytest.mark.parametrize(
    ("text", "word", "entity"),
    [
        ("La Kfor a renforcé ses patrouilles.", "Kfor", "kfor"),
        ("L'EUFOR Althea sera prolongée.", "EUFOR Althea", "eufor-althea"),
        ("La Minusma plie bagage.", "Minusma", "minusma"),
        ("La force Barkhane se retire.", "force Barkhane", "operation-barkhane"),
        ("Les Houthis ont tiré.", "Houthis", "houthis"),
        ("Un missile houthi a été abattu.", "houthi", "houthis"),
        ("Le Hezbollah a tiré.", "Hezbollah", "hezbollah"),
        ("Selon HRW, rien ne change.", "HRW", "human-rights-watch"),
        ("La Cédéao délibère.", "Cédéao", "ecowas"),
        ("Les talibans négocient.", "talibans", "taliban"),
        ("Le triangle de Weimar se réunit.", "triangle de Weimar", "weimar-triangle"),
    ],
)
def test_body(world: World, text: str, word: str, entity: str) -> None:
    assert found(world, text) == [(word, (entity,))]


@pytest.mark.parametrize(
    ("text", "word", "state"),
    [
        ("La Bundeswehr manque d'obus.", "Bundeswehr", "DEU"),
        ("Tsahal poursuit ses frappes.", "Tsahal", "ISR"),
        ("Le GRU est mis en cause.", "GRU", "RUS"),
        ("La Douma a voté.", "Douma", "RUS"),
        ("Le SBU enquête.", "SBU", "UKR"),
        ("La CIA se tait.", "CIA", "USA"),
        ("Le Congrès américain a voté.", "Congrès américain", "USA"),
        ("Le Centcom confirme.", "Centcom", "USA"),
        ("Les Gardiens de la révolution menacent.", "Gardiens de la révolution", "IRN"),
        ("La Saeima a voté.", "Saeima", "LVA"),
    ],
)
def test_an_organ_stands_for_its_state(world: World, text: str, word: str, state: str) -> None:
    mention = world.find(text, "fr")[0]
    assert found(world, text) == [(word, (state,))]
    assert (mention.form, mention.weak) == ("metonym", False)


def test_an_assembly_that_many_states_have_is_weak(world: World) -> None:
    assert [(m.entities, m.weak) for m in world.find("Le Congrès a voté.", "fr")] == [
        (("USA",), True)
    ]
    assert found(world, "Le congrès du parti s'ouvre.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La Croix-Rouge évacue les blessés.", [("Croix-Rouge", ("icrc",))]),
        ("La Croix‑Rouge évacue les blessés.", None),
        ("Ils vivent à La Croix-Rousse.", []),
        ("La Croix a publié l'entretien.", [("La Croix", ("la-croix",))]),
        ("Photo Le Monde-AFP.", [("Le Monde", ("le-monde",)), ("AFP", ("afp",))]),
        ("Un article du New York Times-", [("New York Times", ("new-york-times",))]),
    ],
)
def test_an_outlet_that_a_hyphen_carries_on_is_none(
    world: World, text: str, expected: list[tuple[str, tuple[str, ...]]] | None
) -> None:
    if expected is None:  # a no-break hyphen joins as well
        assert all("la-croix" not in entities for _, entities in found(world, text))
    else:
        assert found(world, text) == expected
