"""Who speaks where the words are sparing: interviews, declarations, people told by what they are."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

INTERVIEW = """À Tallinn, le général Ilmar Kask, ancien adjoint du chef d'état-major estonien, nous reçoit.

La Suède est alliée. Dites-nous ce que cela change.

I. K. : Beaucoup. Nous avons livré des obusiers à l'Ukraine.

On parle d'une ligne de défense.

I. K. : Elle sera prête au printemps.

Votre pays a fermé la frontière. Pourquoi.

I. K. : Parce que nous tenons à notre sécurité.
"""

DECLARATION = """DÉCLARATION CONJOINTE

Riga, le 7 juillet 2022

1. Nous, ministres de la Défense de l'Estonie, de la Lettonie et de la Lituanie, condamnons l'agression.

2. Nous demandons à la Russie de retirer ses troupes. Nous notons que la Finlande a signé le traité.

3. Nous livrerons des obusiers à l'Ukraine.
"""


def test_answers_with_initials_are_the_interviewees(coded: Read) -> None:
    found = coded(INTERVIEW)
    assert {speaker for speaker, _ in found.said} == {"ilmar-kask"}
    assert found.words(found.statements[0].span).startswith("Beaucoup.")
    assert found.act("AID", "livré").actors == ("EST",)


def test_a_declaration_is_said_by_those_who_issue_it(coded: Read) -> None:
    found = coded(DECLARATION)
    assert found.act("ACCUSE").actors == ("EST", "LVA", "LTU")
    assert found.act("AID", "livrerons").actors == ("EST", "LVA", "LTU")
    assert ("EST", "la Finlande a signé le traité") in found.said


def test_two_sentences_with_we_make_no_declaration(coded: Read) -> None:
    found = coded("Nous vivons une époque troublée. La Russie attaque. Nous livrerons des chars.")
    assert all(not act.actors for act in found.acts if act.type == "AID")


def test_a_group_told_before_is_meant_by_its_noun(coded: Read) -> None:
    found = coded(
        "Les ministres de la Défense de l'Estonie et de la Lettonie se sont réunis à Riga. "
        "Les ministres ont condamné l'attaque de la Russie."
    )
    assert found.act("ACCUSE").actors == ("EST", "LVA")


def test_as_many_as_are_counted(coded: Read) -> None:
    found = coded(
        "L'Estonie, la Lettonie et la Lituanie se sont réunies à Riga. "
        "Les trois pays ont livré des obusiers à l'Ukraine."
    )
    assert found.act("AID").actors == ("EST", "LVA", "LTU")


SAID = [
    ("« Nous tiendrons bon », tranche Donald Tusk.", "donald-tusk"),
    ("« Nous tiendrons bon », a balayé Donald Tusk.", "donald-tusk"),
    ("Donald Tusk ne décolère pas : « Nous tiendrons jusqu'au bout. »", "donald-tusk"),
    ("Le maire de la ville, Jean Morvan, a juré que la trêve tiendrait.", "jean-morvan"),
    ("Le général à la retraite Jean Morvan a juré que la trêve tiendrait.", "jean-morvan"),
    ("Jean Morvan, 54 ans, a juré que la trêve tiendrait.", "jean-morvan"),
    ("Le Polonais Donald Tusk a dit que la trêve tiendrait.", "donald-tusk"),
    ("La trêve tiendra, a tenu à souligner Donald Tusk.", "donald-tusk"),
    ("Donald Tusk est venu. La trêve tiendra, calcule-t-il.", "donald-tusk"),
    ("La trêve tiendra, a fait valoir le ministère polonais de la Défense.", "POL"),
    ("La trêve tient, selon l'armée de l'air polonaise.", "POL"),
    ("Les élus ont reçu Donald Tusk, pour qui la trêve tiendra.", "donald-tusk"),
    ("Donald Tusk a salué « une décision courageuse et juste ».", "donald-tusk"),
    ("Dmitri Peskov a parlé. Donald Tusk a parlé. « La trêve tiendra », a-t-il dit.", "donald-tusk"),
    ("Donald Tusk est arrivé. « Dmitri Peskov ment », a-t-il dit.", "donald-tusk"),
    ("La trêve tient, selon des habitants du village.", None),
    ("« Nous tiendrons bon », soupire un habitant.", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), SAID)
def test_who_says_it(coded: Read, text: str, speaker: str | None) -> None:
    assert [who for who, _ in coded(text).said] == [speaker]


NO_SOURCE = [
    "La trêve tient, selon l'accord signé à Riga.",
    "Les obus partent selon les besoins du front.",
]


@pytest.mark.parametrize("text", NO_SOURCE)
def test_what_is_according_to_a_plan_is_said_by_nobody(coded: Read, text: str) -> None:
    assert coded(text).statements == []


def test_a_namesake_is_another_person(coded: Read) -> None:
    found = coded("Le député Mike Johnson a dit que la trêve tiendrait. Mike Tusk a parlé.")
    assert "boris-johnson" not in {who for who, _ in found.said}


def test_a_bare_function_is_not_somebody_of_another(coded: Read) -> None:
    found = coded(
        "Le général Jean Morvan est arrivé. Le juge a dit que la route serait fermée. "
        "Le général a dit que la trêve tiendrait."
    )
    assert [who for who, _ in found.said] == [None, "jean-morvan"]
