"""Who says what in the wording of everyday news: agencies, radio, translated pages, headlines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.who.spelling import Spellings, skeleton
from foedus.coding.wording.lexicon import load_lexicon
from tests.coding.reading import Read

TABLE = load_lexicon("fr").grammar.spellings

AFTER_QUOTES = [
    ("« Ce serait une erreur », a pour sa part mis en garde Olaf Scholz.", "olaf-scholz"),
    ("« Nous restons calmes », a tenté de rassurer Jens Stoltenberg.", "jens-stoltenberg"),
    ("« Ce n'est pas à nous », a répondu, lapidaire, Jens Stoltenberg.", "jens-stoltenberg"),
    ("« Nous restons avec vous » lui a dit Joe Biden dans son bureau.", "joe-biden"),
    ("« L'Alliance est unie » précise le chef de l'armée de l'air allemande.", "DEU"),
    ("« Les mots ont un sens », justifie-t-on à l'Élysée.", "FRA"),
    ("« Cela prendra du temps », reconnaît-on à l'Otan.", "nato"),
    ("« Des tirs ont eu lieu », lit-on dans un message de l'ambassade de Russie.", "RUS"),
    ("« Des tirs ont eu lieu », indique un communiqué du ministère polonais.", "POL"),
    ("« Les Russes manquent de tout », rapporte un soldat rencontré près de Kharkiv.", None),
]


@pytest.mark.parametrize(("text", "speaker"), AFTER_QUOTES)
def test_who_speaks_right_after_a_quote(coded: Read, text: str, speaker: str | None) -> None:
    assert [who for who, _ in coded(text).said] == [speaker]


IN_SENTENCES = [
    ("Pour Moscou, ces propos sont « tout à fait inacceptables ».", "RUS", "ces propos"),
    ("À en croire l'état-major ukrainien, la ville a tenu.", "UKR", "la ville a tenu"),
    ("Selon le général à la retraite Jan Nowak, la ville a tenu.", "jan-nowak", "la ville a tenu"),
    (
        "De l'aveu même du Premier ministre belge, Alexander De Croo, les stocks baissent.",
        "alexander-de-croo", "les stocks baissent",
    ),
    (
        "Ben Wallace a indiqué devant les députés que Londres livrerait des missiles.",
        "ben-wallace", "Londres livrerait des missiles",
    ),
    ("Sergueï Lavrov l'a répété lundi : la Russie n'attaquera pas.", "sergei-lavrov", "la Russie"),
    (
        "L'Otan « ne cherche pas la guerre », a redit son secrétaire général.",
        "jens-stoltenberg", "L'Otan",
    ),
    ("Les avions sont arrivés hier a annoncé le ministère polonais.", "POL", "Les avions"),
    ("L'agence de presse Reuters a précisé que Berlin hésitait.", "reuters", "Berlin hésitait"),
    (
        "Kiev conteste les informations du Washington Post selon lesquelles la ville est perdue.",
        "washington-post", "la ville est perdue",
    ),
    ("Varsovie se dit disposée à former des pilotes.", "POL", "disposée à former des pilotes"),
    (
        "Quant au président Zelensky, il a appelé les alliés à « ne pas se laisser intimider ».",
        "volodymyr-zelensky", "ne pas se laisser intimider",
    ),
    (
        "Le porte-parole de la Maison-Blanche chargé de la sécurité, John Kirby, "
        "affirme que l'Iran livre des drones.",
        "john-kirby", "l'Iran livre des drones",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "speaker", "content"), IN_SENTENCES)
def test_who_says_what_in_a_sentence(coded: Read, text: str, speaker: str, content: str) -> None:
    said = coded(text).said
    assert [who for who, words in said if words.lstrip("« ").startswith(content)] == [speaker], said


def test_a_verb_group_may_be_parted_by_a_pronoun(coded: Read) -> None:
    found = coded("Joe Biden a, lui, accusé Vladimir Poutine de vouloir la guerre.")
    assert found.said == [("joe-biden", "vouloir la guerre")]


def test_quoted_words_take_the_phrase_they_stand_in(coded: Read) -> None:
    found = coded("Maria Zakharova a loué la réaction « mesurée et digne » des voisins.")
    assert found.said == [("maria-zakharova", "la réaction « mesurée et digne » des voisins")]


@pytest.mark.parametrize("text", [
    "Maria Zakharova a salué le navire « Victoire » à Kertch.",
    "Un homme accusé d'espionnage a été interpellé à Varsovie.",
])  # fmt: skip
def test_names_and_what_is_said_of_somebody_are_no_statements(coded: Read, text: str) -> None:
    assert coded(text).said == []


def test_the_sentence_before_may_be_what_is_said(coded: Read) -> None:
    found = coded("Moscou augmente ses stocks. C'est ce qu'affirme le président ukrainien.")
    assert found.said == [("volodymyr-zelensky", "Moscou augmente ses stocks")]


def test_the_same_organ_and_the_same_outlet_need_no_name(coded: Read) -> None:
    found = coded(
        "Le ministère russe de la Défense a convoqué la presse. Le ministère affirme que la ville "
        "est prise. Reuters a rapporté que la ville tient. Le journal précise que le pont est détruit."
    )
    assert [who for who, _ in found.said] == ["RUS", "reuters", "reuters"]


@pytest.mark.parametrize(("headline", "speaker"), [
    ("Attal : pas de troupes en Ukraine, mais rien n'est exclu", "gabriel-attal"),
    ("Le Kremlin : aucune rencontre n'est prévue", "RUS"),
    ("Ukraine : l'armée recule", None),
    ("Emmanuel Macron : qui est l'homme qui négocie ?", None),
])  # fmt: skip
def test_a_headline_names_who_says_it(coded: Read, headline: str, speaker: str | None) -> None:
    found = coded(f"{headline}\n\nGabriel Attal et le Kremlin ont parlé mercredi.")
    assert [who for who, _ in found.said] == ([speaker] if speaker else [])


def test_an_announced_noun_is_its_announcers_and_done_where_it_says_so(coded: Read) -> None:
    exercise = coded("L'armée chinoise annonce la tenue de nouveaux exercices militaires.").act()
    assert (exercise.actors, exercise.aux) == (("CHN",), ("future",))
    done = coded("Le groupe a annoncé lundi avoir mené une attaque contre un navire russe.").act()
    assert done.aux == ()


def test_a_conditional_is_a_future_only_in_what_was_told_in_the_past(coded: Read) -> None:
    assert coded("Kiev a dit que Londres livrerait des chars.").act("AID").aux == ("future",)
    hearsay = coded("Bakou masserait des troupes à la frontière, selon Erevan.").act("MOBILIZE")
    assert hearsay.aux == ("hypothetical",)


REGISTER = [
    ("alexander-lukashenko", "Alexandre Loukachenko"),
    ("sergei-shoigu", "Sergueï Choïgou"),
    ("jan-nowak", "Jan Nowak"),
]


@pytest.mark.parametrize(("name", "who"), [
    ("Alexandre Lukachenko", "alexander-lukashenko"),
    ("Aleksandr Lukashenka", "alexander-lukashenko"),
    ("Sergei Shoigu", "sergei-shoigu"),
    ("Piotr Choïgou", None),
    ("Lukachenko", None),
])  # fmt: skip
def test_a_name_is_known_however_it_is_spelt(name: str, who: str | None) -> None:
    assert Spellings(REGISTER, TABLE).known(name) == who


def test_two_persons_who_sound_alike_are_not_guessed_between() -> None:
    twins = [("a-nowak", "Jan Novak"), ("b-nowak", "Jan Nowak")]
    assert Spellings(twins, TABLE).known("Jan Novack") is None


@given(st.text(max_size=40))
def test_a_skeleton_is_letters_and_no_two_alike_in_a_row(word: str) -> None:
    found = skeleton(word, TABLE)
    assert all(a != b for a, b in pairwise(found))
    assert skeleton(word.upper(), {}) == skeleton(word.upper().lower(), {})
