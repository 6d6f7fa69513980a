"""Acts that the parser's tree hides, and the one place where each is put right."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

FOUND = [
    # « qu'elle accusait »: the parser makes the relative clause a « that » clause of the verb before
    (
        "Ankara bloquait la candidature de la Suède, qu'elle accusait d'abriter des terroristes.",
        "ACCUSE",
        ("TUR",),
    ),
    # an object after a long date, where nothing nearer can be given
    (
        "La France a livré dans les tout derniers jours de juin une batterie de canons à l'Ukraine.",
        "AID",
        ("FRA",),
    ),
    # « , elle, » only takes the name up again
    ("La France, elle, a livré des canons à l'Ukraine.", "AID", ("FRA",)),
    # who is accused does what he is accused of
    ("La Turquie reproche à Stockholm d'abriter des militants kurdes.", "AID", ("SWE",)),
    # whoever acts, its adjective tells for whom
    ("Le maire a été enlevé par une patrouille russe.", "ASSAULT", ("RUS",)),
]


@pytest.mark.parametrize(("text", "kind", "actors"), FOUND)
def test_an_act_is_found_with_who_does_it(
    coded: Read, text: str, kind: str, actors: tuple[str, ...]
) -> None:
    assert coded(text).act(kind).actors == actors


def test_whose_the_proposal_is_is_the_recipient(coded: Read) -> None:
    assert coded("Washington a rejeté la proposition polonaise.").act("REJECT").recipients == (
        "POL",
    )


def test_a_clitic_names_who_gets_it(coded: Read) -> None:
    text = "L'aide à l'Ukraine se poursuivra. La Lituanie lui remettra des blindés."
    given = [a for a in coded(text).acts if a.actors == ("LTU",)]
    assert [a.recipients for a in given] == [("UKR",)]


def test_the_day_that_opens_a_sentence_dates_both_its_acts(coded: Read) -> None:
    text = "Le 21 septembre, la Russie a décrété la mobilisation et menacé l'Otan."
    assert coded(text).act("THREATEN").when is not None
