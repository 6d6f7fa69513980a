"""Statements: who says what, in whose words, by way of whom (codebook, « statement »)."""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

PROMISE = "Nous protégerons chaque allié"

DIRECT = [
    (f"« {PROMISE} », a déclaré Jens Stoltenberg.", "after, inverted"),
    (f"«{PROMISE}», a déclaré Jens Stoltenberg.", "no spaces inside the marks"),
    (f"«\u00a0{PROMISE}\u202f», a déclaré Jens Stoltenberg.", "spaces that do not break"),
    (f"“{PROMISE}”, a déclaré Jens Stoltenberg.", "English marks"),
    (f'"{PROMISE}", a déclaré Jens Stoltenberg.', "straight marks"),
    (f"„{PROMISE}“, a déclaré Jens Stoltenberg.", "German marks"),
    (f"« {PROMISE} », a assuré mardi Jens Stoltenberg.", "a day between verb and name"),
    (f"« {PROMISE} », a promis le secrétaire général de l'Otan.", "an office"),
    (f"« {PROMISE} », a promis le chef de l'Alliance.", "another name of the office"),
    (f"« {PROMISE} », selon Jens Stoltenberg.", "selon"),
    (f"Jens Stoltenberg a déclaré : « {PROMISE} »", "before, with a colon"),
    (f"Jens Stoltenberg l'a répété lundi : « {PROMISE} »", "before, told again"),
    (f"Stoltenberg : « {PROMISE} »", "a headline"),
]


@pytest.mark.parametrize(("text", "why"), DIRECT, ids=[why for _, why in DIRECT])
def test_a_quote_is_its_speakers(coded: Read, text: str, why: str) -> None:
    statement = coded(text).statement()
    assert statement.form == "direct"
    assert statement.speaker == "jens-stoltenberg"
    assert text[slice(*statement.span)] == PROMISE


INDIRECT = [
    ("Jens Stoltenberg a déclaré que l'Alliance restait unie.", "jens-stoltenberg"),
    ("Le chancelier allemand a promis que Berlin tiendrait parole.", "olaf-scholz"),
    ("Le Kremlin a fait savoir que les pourparlers étaient rompus.", "RUS"),
    ("La Maison-Blanche a laissé entendre que le président viendrait.", "USA"),
    ("Moscou prétend que ses soldats respectent la trêve.", "RUS"),
    ("Selon Emmanuel Macron, les pourparlers n'ont pas abouti.", "emmanuel-macron"),
    ("D'après le président français, les pourparlers n'ont pas abouti.", "emmanuel-macron"),
    ("Les pourparlers n'ont pas abouti, selon Emmanuel Macron.", "emmanuel-macron"),
    ("Les pourparlers, selon Emmanuel Macron, n'ont pas abouti.", "emmanuel-macron"),
    ("Pour Olaf Scholz, la guerre va durer.", "olaf-scholz"),
    ("À en croire Varsovie, la frontière est sûre.", "POL"),
    ("La guerre va durer, a averti Olaf Scholz.", "olaf-scholz"),
    ("La guerre, a averti Olaf Scholz, va durer.", "olaf-scholz"),
    ("Le ministère ukrainien de la Défense indique que le pont a sauté.", "UKR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker"), INDIRECT)
def test_words_told_without_marks_are_indirect(coded: Read, text: str, speaker: str) -> None:
    statement = coded(text).statement()
    assert (statement.form, statement.speaker) == ("indirect", speaker)


CONTENT = [
    ("Jens Stoltenberg a déclaré que l'Alliance restait unie.", "l'Alliance restait unie"),
    ("Selon Emmanuel Macron, les pourparlers avancent.", "les pourparlers avancent"),
    ("Les pourparlers avancent, selon Emmanuel Macron.", "Les pourparlers avancent"),
    ("La guerre va durer, a averti Olaf Scholz.", "La guerre va durer"),
    ("Kiev accuse Moscou de bombarder des hôpitaux.", "bombarder des hôpitaux"),
    ("La Pologne a promis de livrer des chars.", "livrer des chars"),
    (
        "Olaf Scholz a dit que la guerre durerait et que l'hiver serait rude.",
        "la guerre durerait et que l'hiver serait rude",
    ),
]


@pytest.mark.parametrize(("text", "content"), CONTENT)
def test_the_span_is_what_is_said(coded: Read, text: str, content: str) -> None:
    """Without « que » and « de », without the words of saying (decision 7)."""
    found = coded(text)
    assert found.words(found.statement().span) == content


def test_marks_round_part_of_a_clause_make_it_partial(coded: Read) -> None:
    found = coded("Jens Stoltenberg a dit que l'Alliance « tiendrait sans faiblir » cet hiver.")
    statement = found.statement()
    assert statement.form == "partial"
    assert found.words(statement.span) == "l'Alliance « tiendrait sans faiblir » cet hiver"


def test_a_word_in_scare_quotes_makes_no_partial_quote(coded: Read) -> None:
    found = coded("Olaf Scholz a dit que cette « pause » ne durerait pas.")
    assert found.statement().form == "indirect"


def test_a_quote_in_two_halves_is_two_statements(coded: Read) -> None:
    found = coded(
        "Le Premier ministre polonais, Mateusz Morawiecki, a parlé à Varsovie. "
        "« Nous aiderons nos voisins », a-t-il dit, « et nous le ferons sans attendre »."
    )
    assert found.said == [
        ("mateusz-morawiecki", "Nous aiderons nos voisins"),
        ("mateusz-morawiecki", "et nous le ferons sans attendre"),
    ]


INSIDE = [
    "« Nous aiderons nos voisins, a ajouté Olaf Scholz. Personne ne doit en douter. »",
    "« Nous aiderons nos voisins, a ajouté le chancelier allemand. Personne ne doit en douter. »",
]


@pytest.mark.parametrize("text", INSIDE)
def test_words_of_saying_inside_the_marks_part_the_quote(coded: Read, text: str) -> None:
    assert coded(text).said == [
        ("olaf-scholz", "Nous aiderons nos voisins"),
        ("olaf-scholz", "Personne ne doit en douter."),
    ]


BEFORE = "Jens Stoltenberg est arrivé mardi à Varsovie. "
BACK = [
    "Il a assuré que l'Alliance restait unie.",
    "Le Norvégien a assuré que l'Alliance restait unie.",
    "Le chef de l'Otan a assuré que l'Alliance restait unie.",
    "Le secrétaire général a assuré que l'Alliance restait unie.",
    "M. Stoltenberg a assuré que l'Alliance restait unie.",
    "Stoltenberg a assuré que l'Alliance restait unie.",
    "« L'Alliance reste unie », a-t-il assuré.",
    "« L'Alliance reste unie », assure-t-il.",
]


@pytest.mark.parametrize("after", BACK)
def test_a_speaker_named_before_is_found_again(coded: Read, after: str) -> None:
    assert coded(BEFORE + after).statement().speaker == "jens-stoltenberg"


def test_she_is_a_woman_named_before(coded: Read) -> None:
    found = coded(
        "Ursula von der Leyen a rencontré Emmanuel Macron à Strasbourg. "
        "« L'Europe ne cédera pas », a-t-elle martelé."
    )
    assert found.statement().speaker == "ursula-von-der-leyen"


def test_somebody_the_register_does_not_know_keeps_his_name(coded: Read) -> None:
    found = coded(
        "« Nous sommes prêts », a affirmé Katarzyna Nowicka, une porte-parole de l'armée "
        "polonaise. Nowicka a précisé que les soldats partiraient demain."
    )
    assert [speaker for speaker, _ in found.said] == ["katarzyna-nowicka"] * 2


NOBODY = [
    "« Nous sommes prêts », affirme un habitant.",
    "« Nous sommes prêts », a dit quelqu'un dans la foule.",
    "Un diplomate a assuré que les pourparlers avançaient.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_a_speaker_who_cannot_be_named_is_null(coded: Read, text: str) -> None:
    """An unresolved speaker is null, not a guess."""
    assert coded(text).statement().speaker is None


def test_anonymous_observers_give_a_null_speaker(coded: Read) -> None:
    """Decision 7."""
    found = coded("Selon des observateurs, les combats ont repris dans le nord du pays.")
    assert found.said == [(None, "les combats ont repris dans le nord du pays")]


NOT_SAID = [
    "Le ministre sait que la trêve est fragile.",
    "La guerre dure depuis trois semaines.",
    "Pour Noël, les soldats rentreront chez eux.",
    "Rappelons que la trêve est fragile.",
    "L'« opération » se poursuit.",
    "Emmanuel Macron a rencontré Olaf Scholz à Berlin.",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_what_nobody_says_is_no_statement(coded: Read, text: str) -> None:
    assert coded(text).statements == []


VIA = [
    ("« La trêve tient », a déclaré Dmitri Peskov dans une interview à CNN.", "cnn"),
    ("« La trêve tient », a déclaré Dmitri Peskov lors d'un entretien avec CNN.", "cnn"),
    ("« La trêve tient », a déclaré Dmitri Peskov, cité par l'agence TASS.", "tass"),
    ("Dmitri Peskov a déclaré que la trêve tenait, rapporte l'AFP.", "afp"),
    ("Selon l'AFP, Dmitri Peskov a déclaré que la trêve tenait.", "afp"),
]


@pytest.mark.parametrize(("text", "outlet"), VIA)
def test_who_stands_between_speaker_and_report_is_the_way(
    coded: Read, text: str, outlet: str
) -> None:
    statement = coded(text).statement()
    assert (statement.speaker, statement.via) == ("dmitry-peskov", (outlet,))


def test_who_stands_after_the_verb_is_not_what_he_announces(coded: Read) -> None:
    found = coded("« Les pourparlers ont échoué », a annoncé Emmanuel Macron à Paris.")
    assert found.said == [("emmanuel-macron", "Les pourparlers ont échoué")]


def test_a_headline_without_a_person_has_no_speaker(coded: Read) -> None:
    """« Otan » before the colon is the topic: who says it is not told."""
    statement = coded("Otan : « La porte reste ouverte »").statement()
    assert (statement.form, statement.speaker) == ("direct", None)


def test_a_quote_goes_on_in_the_next_paragraph(coded: Read) -> None:
    found = coded(
        "« Nous tiendrons aussi longtemps qu'il le faudra », a déclaré Olaf Scholz.\n\n"
        "« Et nous ne serons pas seuls dans cet effort. »\n"
    )
    assert [speaker for speaker, _ in found.said] == ["olaf-scholz", "olaf-scholz"]


def test_two_speakers_in_one_paragraph_keep_their_words(coded: Read) -> None:
    found = coded(
        "« Nous tiendrons aussi longtemps qu'il le faudra », a déclaré Olaf Scholz. "
        "« L'Ukraine doit l'emporter », a répondu Mateusz Morawiecki."
    )
    assert [speaker for speaker, _ in found.said] == ["olaf-scholz", "mateusz-morawiecki"]


def test_a_statement_keeps_the_day_it_was_made(coded: Read) -> None:
    statement = coded("« Nous tiendrons parole », a déclaré hier Olaf Scholz.").statement()
    assert statement.date is not None
    assert statement.date.start.isoformat() == statement.date.end.isoformat() == "2022-03-15"


def test_a_function_alone_is_the_person_spoken_of_last(coded: Read) -> None:
    found = coded(
        "« Nous tiendrons », dit le colonel Bastien Morvan, qui commande le bataillon. "
        "La mission durera quatre mois, assure l'officier."
    )
    assert [s.speaker for s in found.statements] == ["bastien-morvan", "bastien-morvan"]


def test_a_word_right_before_que_compares_nothing(coded: Read) -> None:
    found = coded("Emmanuel Macron exige aussi que la Russie retire ses troupes.")
    assert [found.words(s.span) for s in found.statements] == ["la Russie retire ses troupes"]


def test_a_refusal_says_what_is_refused(coded: Read) -> None:
    found = coded("Les alliés de l'Otan refusent de fermer le ciel ukrainien.")
    assert [found.words(s.span) for s in found.statements] == ["fermer le ciel ukrainien"]


def test_a_short_quote_before_words_of_saying_is_one(coded: Read) -> None:
    found = coded("« L'annuler maintenant », a-t-il fait valoir, « enverrait un mauvais signal. »")
    assert found.words(found.statements[0].span) == "L'annuler maintenant"


INTERVIEW = """La chercheuse Aude Marivel étudie les armées. Elle revient sur l'été.

Que retenez-vous ?

L'Allemagne a livré des obusiers à Kiev. Nous demandons davantage.

Est-ce assez ?

Non. Personne n'enverra de troupes.

Et demain ?

On verra bien."""


def test_answers_of_an_interview_are_who_answers(coded: Read) -> None:
    found = coded(INTERVIEW)
    assert {s.speaker for s in found.statements} == {"aude-marivel"}
    assert [s.form for s in found.statements] == ["direct"] * 3


def test_one_question_makes_no_interview(coded: Read) -> None:
    found = coded("Aude Marivel étudie les armées.\n\nEt demain ?\n\nOn verra bien.")
    assert not found.statements
