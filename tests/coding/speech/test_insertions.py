"""Statements that loose wording hides: inserted, hung on the wrong word, quoted over paragraphs."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

STOLTENBERG, TUSK = "jens-stoltenberg", "donald-tusk"
OPENING = "Jens Stoltenberg est arrivé mardi à Varsovie. "

SAID = [
    # the parser hangs the infinitive on whoever is accused or asked
    ("Vladimir Poutine accuse pourtant l'Alliance de préparer la guerre.", "vladimir-putin", "préparer la guerre"),
    ("Ankara reproche aux deux pays nordiques d'abriter des rebelles.", "TUR", "abriter des rebelles"),
    # words before an infinitive that are its own
    ("La Turquie menace de tout bloquer.", "TUR", "tout bloquer"),
    # « bien » right after the verb is an adverb
    ("Donald Tusk répète bien que la frontière restera fermée.", TUSK, "la frontière restera fermée"),
    # « le Norvégien », set after its verb and taken for an adjective
    (OPENING + "L'Alliance n'attaquera personne, a répété le Norvégien.", STOLTENBERG, "L'Alliance n'attaquera personne"),
    # the order that pages translated by machine keep
    ("L'Alliance ne veut pas la guerre, Stoltenberg a dit lundi à Riga.", STOLTENBERG, "L'Alliance ne veut pas la guerre"),
    # « il » whom the parser takes for nobody
    (OPENING + "Il juge que le doute profite aux alliés.", STOLTENBERG, "le doute profite aux alliés"),
    # a calibre is no « MM. »
    ("Les alliés ont livré des obus de 155 mm. D'après Donald Tusk, les réserves sont vides.", TUSK, "les réserves sont vides"),
    # what is told of the speaker himself is not said by him
    ("Jens Stoltenberg n'a pas tranché : toute adhésion se décide à trente, a rappelé le Norvégien.", STOLTENBERG, "toute adhésion se décide à trente"),
    # a given name added in brackets
    ("Kiev n'a pas été consultée, a affirmé la diplomate américaine [Victoria] Nuland.", "victoria-nuland", "Kiev n'a pas été consultée"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), SAID)
def test_who_says_what(coded: Read, text: str, speaker: str, content: str) -> None:
    assert coded(text).said == [(speaker, content)]


def test_what_an_outlet_tells_after_the_words_of_saying_came_by_way_of_it(coded: Read) -> None:
    found = coded("Kiev n'a pas été consultée, a affirmé Donald Tusk, rapporte Politico.")
    assert found.said == [(TUSK, "Kiev n'a pas été consultée")]
    assert found.statement().via == ("politico",)


def test_how_somebody_answers_is_not_what_he_says(coded: Read) -> None:
    found = coded("« Nous irons », a répondu Donald Tusk sans consulter ses notes.")
    assert found.said == [(TUSK, "Nous irons")]


def test_a_quote_over_paragraphs_is_parted_by_the_words_of_saying(coded: Read) -> None:
    """Each paragraph opens again, and only the last closes."""
    found = coded(
        "« Près d'un tiers du budget, répond Donald Tusk. Nous avons livré des chars.\n\n"
        "« Ce n'est pas de la charité. »"
    )
    assert found.said == [
        (TUSK, "Près d'un tiers du budget"),
        (TUSK, "Nous avons livré des chars."),
        (TUSK, "Ce n'est pas de la charité."),
    ]
