"""Speakers told by what stands beside: titles with names after a comma, functions, papers, first names.

Each case is a form of everyday reporting that was once given to nobody, or to somebody else.
"""

from __future__ import annotations

import pytest

from tests.coding.reading import Read


def speakers(coded: Read, text: str) -> list[str | None]:
    """Return the speakers of the statements of a text, in their order."""
    return [s.speaker for s in coded(text).statements]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        pytest.param(
            "« C'est un message », a glissé l'ambassadrice du Canada à Paris, Claire Dubreuil.",
            "claire-dubreuil",
            id="office with its place, then the name",
        ),
        pytest.param(
            "« Une trahison », a réagi sur la Toile le secrétaire permanent aux Transports du Ghana, "
            "Kofi Boateng.",
            "kofi-boateng",
            id="function far before the name",
        ),
        pytest.param(
            "Nadia Robichaud, qui enseigne à Sherbrooke, rappelle que deux obusiers ne changent rien.",
            "nadia-robichaud",
            id="name, relative, verb of saying",
        ),
        pytest.param(
            "« Mon fils est au front », raconte Halyna.", "halyna", id="a first name after a quote"
        ),
        pytest.param(
            "« Rentrez chez vous ! », criait Natalia, venue d'Odessa.",
            "natalia",
            id="the same, told on",
        ),
        pytest.param(
            "Le groupe français Valtera promet de doubler ses cadences.",
            "valtera",
            id="a company and not its state",
        ),
        pytest.param(
            "L'administration Biden a refusé d'envoyer ces missiles.",
            "USA",
            id="an administration by its head",
        ),
        pytest.param(
            "Un conseiller de M. Macron a répondu que la France enquêtait.",
            "FRA",
            id="somebody's adviser is of his side",
        ),
        pytest.param(
            "Olaf Scholz est à Paris. Il a condamné les frappes, selon son porte-parole.",
            "DEU",
            id="his spokesman",
        ),
        pytest.param(
            "Trois navires ont quitté Norfolk, selon des responsables au Pentagone.",
            "USA",
            id="people at a ministry",
        ),
        pytest.param(
            "Des avions partiront jeudi, a précisé une porte-parole du ministère de la Défense à Berlin.",
            "DEU",
            id="a ministry by its seat",
        ),
        pytest.param(
            "Selon la préfecture, 1 100 réfugiés vivent ici.",
            "FRA",
            id="an office of one state alone",
        ),
        pytest.param(
            "« Nous ne sommes pas en guerre », me confiait encore la semaine dernière un diplomate "
            "allemand.",
            "DEU",
            id="an object before the verb is nobody who speaks",
        ),
        pytest.param(
            "Quatre avions ont atterri pour des missions sous le commandement de l'Otan a annoncé "
            "jeudi le ministère roumain de la Défense.",
            "ROU",
            id="without a comma, an organ after the verb",
        ),
    ],
)
def test_the_speaker_is_who_is_told_beside(coded: Read, text: str, who: str) -> None:
    assert speakers(coded, text) == [who]


def test_a_paper_says_what_stands_in_it(coded: Read) -> None:
    text = (
        "Robert Fico a dit qu'il avait reçu un avis du gouvernement italien indiquant que le système "
        "serait retiré."
    )
    assert "ITA" in speakers(coded, text)


def test_a_declaration_is_whose_it_is_told_to_be(coded: Read) -> None:
    text = (
        "Roumen Radev attend des éclaircissements d'Olaf Scholz sur sa déclaration selon laquelle "
        "il était prêt à signer un accord."
    )
    assert speakers(coded, text) == ["olaf-scholz"]


def test_informations_of_nobody_are_nobodys(coded: Read) -> None:
    text = "Pékin dément les informations selon lesquelles Moscou aurait demandé des armes."
    assert "RUS" not in speakers(coded, text)


def test_the_first_question_is_put_to_who_answers(coded: Read) -> None:
    text = (
        "Kaja Kallas est Première ministre d'Estonie.\n\n"
        "Vous avez déclaré que les plans laisseraient l'Estonie disparaître. N'est-ce pas excessif ?\n\n"
        "Non. Ils prévoient une reconquête.\n\nQue demandez-vous ?\n\nUne division.\n\nQuand ?\n\nVite."
    )
    assert set(speakers(coded, text)) == {"kaja-kallas"}


def test_he_may_be_a_function_told_since(coded: Read) -> None:
    text = (
        "« Rentrez chez vous ! », criait Natalia, venue d'Odessa.\n\n"
        "Le préfet a reçu les associations. Il refuse d'ouvrir la caserne."
    )
    assert speakers(coded, text)[-1] == "FRA"


@pytest.mark.parametrize("name", ["Macron", "Habeck", "Faeser", "Poutine"])
def test_a_surname_alone_does_what_the_sentence_says(coded: Read, name: str) -> None:
    # the parser takes some of these for adverbs or verbs where they stand alone
    found = coded(f"Guerre en Ukraine : {name} promet d'envoyer des canons")
    assert found.act("AGREE").actors == found.act("AGREE", trigger="promet").actors != ()
    assert [found.words(s.span) for s in found.statements] == ["envoyer des canons"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "L'Otan ira de l'avant malgré les menaces – Stoltenberg",
            [("jens-stoltenberg", "L'Otan ira de l'avant malgré les menaces")],
            id="a headline signed after a dash",
        ),
        pytest.param(
            "Deux missiles ont été détruits mardi, a-t-on appris auprès du Pentagone.",
            [("USA", "Deux missiles ont été détruits mardi")],
            id="learnt from somebody",
        ),
        pytest.param(
            "L'attaque a échoué, apprend-on de source officielle.",
            [(None, "L'attaque a échoué")],
            id="learnt from nobody in particular",
        ),
        pytest.param(
            "Moscou dément avoir saboté les gazoducs, où quatre fuites ont été repérées.",
            [("RUS", "avoir saboté les gazoducs")],
            id="what is told of the place is not denied",
        ),
    ],
)
def test_what_is_said_ends_where_the_report_goes_on(
    coded: Read, text: str, said: list[tuple[str | None, str]]
) -> None:
    found = coded(text)
    assert [(s.speaker, found.words(s.span)) for s in found.statements] == said
