"""Towns, regions and straits that reports of the field name."""

from __future__ import annotations

import pytest

from foedus.world import World


@pytest.mark.parametrize(
    ("text", "place", "state"),
    [
        ("Des combats ont lieu à Tchassiv Iar.", "chasiv-yar", "UKR"),
        ("Des tirs dans la région de Soumy.", "sumy-oblast", "UKR"),
        ("Des tirs dans la région de Koursk.", "kursk-oblast", "RUS"),
        ("Un dépôt à Cobasna.", "cobasna", "MDA"),
        ("Des barricades à Zvečan.", "zvecan", "XKX"),
        ("Un bataillon à Drawsko Pomorskie.", "drawsko-pomorskie", "POL"),
        ("Des frappes sur Khan Younès.", "khan-younis", "PSE"),
        ("Le détroit d'Ormuz reste ouvert.", "strait-of-hormuz", None),
        ("Un convoi a quitté Kidal.", "kidal", "MLI"),
    ],
)
def test_place(world: World, text: str, place: str, state: str | None) -> None:
    assert [m.entities for m in world.find(text, "fr")] == [(place,)]
    assert world.state_of(place) == state


def test_towns_whose_names_are_words_or_names_are_weak(world: World) -> None:
    for text in ("Il va à Split.", "Il va à Porto.", "Elle vit à Bordeaux."):
        assert [m.weak for m in world.find(text, "fr")] == [True], text
