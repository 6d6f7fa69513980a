"""What somebody speaks of, calls or judges, how far it reaches, and conditions parted by words of saying."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

SPOKEN = [
    ("Le président Andrzej Duda a parlé d'un accident très malheureux.", "andrzej-duda", "un accident très malheureux"),
    ("Kiev parle de nouvelles inquiétantes.", "UKR", "nouvelles inquiétantes"),
    ("L'Alliance a conclu dès lundi à un tir de la défense ukrainienne.", "nato", "un tir de la défense ukrainienne"),
    ("Moscou a évoqué un entrepôt de missiles livrés par l'ouest.", "RUS", "un entrepôt de missiles livrés par l'ouest"),
    ("Kiev fait état de 198 civils tués, dont trois enfants.", "UKR", "198 civils tués, dont trois enfants"),
    ("Maria Zakharova a qualifié les reproches de Londres d'« infondés ».", "maria-zakharova", "les reproches de Londres d'« infondés »"),
    ("Emmanuel Macron a qualifié de « crime odieux » la frappe de lundi.", "emmanuel-macron", "« crime odieux » la frappe de lundi"),
    ("Au petit matin, Joe Biden jugeait cela improbable.", "joe-biden", "cela improbable"),
    ("Olaf Scholz se dit convaincu que la paix viendra.", "olaf-scholz", "la paix viendra"),
    ("L'Unesco se défend d'avoir formulé des vœux.", "unesco", "avoir formulé des vœux"),
    ("« Inacceptable », a tranché Olaf Scholz.", "olaf-scholz", "Inacceptable"),
]  # fmt: skip

NOTHING = [
    "Emmanuel Macron a parlé de la paix avec Olaf Scholz.",
    "Les alliés parlent d'une seule voix.",
    "Le sommet a évoqué la fourniture de six canons.",
    "Tout indique que la guerre durera.",
    "Rien ne dit que la paix viendra.",
    "Londres a livré la zone d'exclusion que réclamait Kiev.",
]

ENDS = [
    (
        "Les pannes touchent toute la ville, d'après Volodymyr Zelensky, tandis que le gel arrive.",
        "Les pannes touchent toute la ville",
    ),
    (
        "Les secours fouillent les ruines ; dix personnes ont disparu, selon Kiev.",
        "dix personnes ont disparu",
    ),
    (
        "Antony Blinken est attendu en Pologne, où dix mille réfugiés sont arrivés, selon Varsovie.",
        "dix mille réfugiés sont arrivés",
    ),
    (
        "Emmanuel Macron a exhorté Moscou à retirer ses troupes, dans une déclaration publiée à Paris.",
        "retirer ses troupes",
    ),
    (
        "Olaf Scholz a contesté que la guerre soit perdue, et déploré que le monde regarde ailleurs.",
        "la guerre soit perdue",
    ),
    (
        "Joe Biden a averti Téhéran que les Etats-Unis visent dix sites et les frapperont très vite.",
        "les Etats-Unis visent dix sites et les frapperont très vite",
    ),
    (
        "Assurant que tout va bien, Olaf Scholz a quitté Paris.",
        "tout va bien",
    ),
    (
        "Kiev a demandé à Berlin d'exclure la banque du système, une mesure à laquelle Rome s'oppose.",
        "exclure la banque du système",
    ),
    (
        "Ankara accuse Stockholm d'abriter un nid de militants, que Rome tient pour des terroristes.",
        "abriter un nid de militants",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), SPOKEN)
def test_what_is_spoken_of_is_said(coded: Read, text: str, speaker: str, content: str) -> None:
    assert coded(text).said == [(speaker, content)]


@pytest.mark.parametrize("text", NOTHING)
def test_nobody_says_anything(coded: Read, text: str) -> None:
    assert coded(text).said == []


@pytest.mark.parametrize(("text", "content"), ENDS)
def test_what_is_said_ends_where_something_else_begins(
    coded: Read, text: str, content: str
) -> None:
    assert content in [said for _, said in coded(text).said]


def test_a_condition_and_what_follows_from_it_are_two_statements(coded: Read) -> None:
    said = coded("Si des troupes venaient, a prévenu Vladimir Poutine, la Russie répondrait.").said
    assert said == [
        ("vladimir-putin", "si des troupes venaient".replace("si", "Si")),
        ("vladimir-putin", "la Russie répondrait"),
    ]


def test_the_heading_of_a_live_item_names_who_says_it(coded: Read) -> None:
    said = coded(
        "Le point de la journée.\n\n16h32 - Macron : six canons de plus\n\nLa journée continue."
    ).said
    assert ("emmanuel-macron", "six canons de plus") in said
