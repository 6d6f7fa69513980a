"""Offices of services, parliaments and ministries: their names, and who held them."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.acts import day
from foedus.world import World


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Le patron de la CIA est en visite.", "director-of-cia"),
        ("Le chef du Centcom est en visite.", "commander-of-us-central-command"),
        ("La présidente de la Chambre des représentants est en visite.", "speaker-of-us-house"),
        ("Le chef du renseignement militaire ukrainien est en visite.",
         "head-of-ukrainian-military-intelligence"),
        ("Le secrétaire du Conseil de sécurité russe est en visite.",
         "secretary-of-security-council-of-russia"),
        ("Le président de la Douma est en visite.", "speaker-of-duma"),
        ("Le procureur de la CPI est en visite.", "prosecutor-of-icc"),
        ("Le porte-parole de la diplomatie européenne est en visite.",
         "eu-foreign-affairs-spokesperson"),
        ("Le ministre grec de la Défense est en visite.", "defence-minister-of-greece"),
        ("La représentante des États-Unis à l'ONU est en visite.", "us-ambassador-to-un"),
        ("Le représentant permanent grec auprès de l'OTAN est en visite.",
         "ambassador-to-nato-of-greece"),
        ("La vice-ministre de la Défense de la Grèce est en visite.",
         "deputy-defence-minister-of-greece"),
        ("Le chef des armées grecques est en visite.", "chief-of-defence-of-greece"),
        ("Le porte-parole militaire grec est en visite.", "defence-ministry-spokesperson-of-greece"),
        ("Le grand argentier grec est en visite.", "finance-minister-of-greece"),
    ],
)  # fmt: skip
def test_office_is_named(world: World, text: str, office: str) -> None:
    assert [m.entities for m in world.find(text, "fr")] == [(office,)]


@pytest.mark.parametrize(
    ("office", "on", "holder"),
    [
        ("director-of-cia", date(2022, 11, 14), "william-burns"),
        ("speaker-of-us-house", date(2022, 8, 2), "nancy-pelosi"),
        ("speaker-of-us-house", date(2023, 10, 10), None),
        ("secretary-of-security-council-of-russia", date(2024, 6, 1), "sergei-shoigu"),
        ("commander-in-chief-of-ukraine", date(2021, 3, 1), "ruslan-khomchak"),
        ("foreign-minister-of-iran", date(2022, 9, 1), "hossein-amir-abdollahian"),
        ("defence-minister-of-denmark", date(2022, 3, 1), "morten-bodskov"),
        ("defence-minister-of-denmark", date(2023, 5, 1), None),
    ],
)
def test_holder(world: World, office: str, on: date, holder: str | None) -> None:
    assert world.holder(office, day(on)) == holder
