"""Who is meant where the speaker's name stands apart from the words of saying, or elsewhere."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

APART = [
    (
        "Le leader de la région non reconnue, Jan Nowak, a affirmé que la route est coupée.",
        "jan-nowak", "la route est coupée",
    ),
    (
        "L'ancien vice-chancelier autrichien Hans-Peter Gruber a déclaré que la paix est loin.",
        "hans-peter-gruber", "la paix est loin",
    ),
    (
        "Cela suit les propos du ministre ukrainien de la Défense, Oleksiï Reznikov, dans la "
        "matinée, qui a déclaré que des avions arriveraient.",
        "oleksii-reznikov", "des avions",
    ),
    (
        "Le porte-parole de la Maison Blanche John Kirby a parlé devant la presse, tout en "
        "admettant que Washington n'en avait pas la preuve.",
        "john-kirby", "Washington n'en avait pas",
    ),
    ("La Hongrie, dernier pays à hésiter, assure qu'elle votera.", "HUN", "elle votera"),
    (
        "Moscou, par la voix de son ambassadeur, Vassili Nebenzia, a assuré que rien ne change.",
        "vasily-nebenzya", "rien ne change",
    ),
    (
        "L'un d'eux, Taras, 41 ans, professeur, assure que la ville tiendra.",
        "taras", "la ville tiendra",
    ),
    (
        "A Berlin, le ministre de l'économie, Robert Habeck (Verts), a fait valoir que les stocks "
        "suffisent.",
        "robert-habeck", "les stocks suffisent",
    ),
    ("À Londres, on assure que les livraisons continueront.", "GBR", "les livraisons"),
    (
        "Selon un des responsables américains présents, les troupes partiront.",
        "USA", "les troupes partiront",
    ),
    (
        "La ville est calme, assure à Athènes le ministère de la Marine marchande.",
        "GRC", "La ville est calme",
    ),
    (
        "Comme l'a rapporté Reuters, les défenseurs ont repoussé une attaque.",
        "reuters", "les défenseurs",
    ),
    (
        "Jens Stoltenberg a rejeté le reproche : d'après lui, la force est prête.",
        "jens-stoltenberg", "la force est prête",
    ),
    (
        "Les Russes ont tiré dix missiles, tuant quatre personnes selon Kiev.",
        "UKR", "tuant quatre personnes",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), APART)
def test_the_name_may_stand_apart(coded: Read, text: str, speaker: str, content: str) -> None:
    said = coded(text).said
    assert [who for who, _ in said] == [speaker]
    assert said[0][1].startswith(content)


PUT_TO = [
    (
        "Volodymyr Zelensky a appelé les partenaires occidentaux à prendre une décision.",
        "volodymyr-zelensky", "prendre une décision",
    ),
    ("Ankara reproche à Stockholm d'héberger des rebelles.", "TUR", "héberger des rebelles"),
    ("Recep Tayyip Erdogan a accepté de transmettre le texte.", "recep-tayyip-erdogan", "transmettre"),
    (
        "Varsovie a exhorté Berlin à livrer des chars et a renforcé sa frontière.",
        "POL", "livrer des chars",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), PUT_TO)
def test_what_is_put_to_somebody(coded: Read, text: str, speaker: str, content: str) -> None:
    said = coded(text).said
    assert [who for who, _ in said] == [speaker]
    assert said[0][1].startswith(content)


def test_an_infinitive_ends_before_the_next_finite_verb(coded: Read) -> None:
    said = coded("Varsovie a exhorté Berlin à livrer des chars et a renforcé sa frontière.").said
    assert said[0][1] == "livrer des chars"


def test_a_denial_in_a_relative_takes_nothing_of_the_sentence(coded: Read) -> None:
    said = coded("Jan Nowak a affirmé que la ville est prise, ce que Kiev a démenti.").said
    assert ("UKR", "Jan Nowak a affirmé que la ville est prise") not in said
    assert said[0][0] == "jan-nowak"


def test_a_governed_name_is_not_who_acted_last(coded: Read) -> None:
    said = coded(
        "Antony Blinken, où qu'il se soit entretenu avec Emmanuel Macron, a tenu à rassurer. "
        "L'Ukraine, a-t-il promis, deviendra membre."
    ).said
    assert said[-1][0] == "antony-blinken"


def test_il_after_a_present_tense_of_saying(coded: Read) -> None:
    said = coded("« Il ne cédera pas », prévient Olaf Scholz. « Il faut agir », ajoute-t-il.").said
    assert [who for who, _ in said] == ["olaf-scholz", "olaf-scholz"]


def test_a_title_is_whoever_of_that_title_was_named_last(coded: Read) -> None:
    said = coded(
        "Pour le président lituanien, Gitanas Nauseda, « il faut agir ». Emmanuel Macron est arrivé. "
        "« La France aidera », a plaidé le chef de l'État."
    ).said
    assert said[-1][0] == "emmanuel-macron"


def test_a_short_name_is_the_organ_or_body_told_before(coded: Read) -> None:
    said = coded(
        "Le Conseil Otan-Ukraine s'est réuni. Le conseil a noté que la mer est minée. "
        "« Rien ne change », a dit la présidence ukrainienne. « Nous attendons », a ajouté la présidence."
    ).said
    assert [who for who, _ in said] == ["nato-ukraine-council", "UKR", "UKR"]


def test_a_quote_may_be_told_by_the_next_sentence_or_paragraph(coded: Read) -> None:
    opening = coded(
        "« Nous ne sommes pas en guerre. » Après le sommet, Jens Stoltenberg a écarté l'idée."
    )
    assert [who for who, _ in opening.said] == ["jens-stoltenberg"]
    chain = coded("« Il s'agit de tenir parole.\n\n« Nous tiendrons », a dit Olaf Scholz.")
    assert {who for who, _ in chain.said} == {"olaf-scholz"}


def test_a_heading_is_said_by_who_says_it_in_the_body(coded: Read) -> None:
    said = coded(
        "Florence Parly avait assuré que la France resterait.\n\n« C'est à côté »\n\n"
        "Devant la grille, Anna, 31 ans, attend. « C'est à côté, ça fait peur », confie-t-elle."
    ).said
    assert [who for who, _ in said] == ["florence-parly", "anna", "anna"]
