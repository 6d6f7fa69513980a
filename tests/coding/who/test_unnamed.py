"""Unnamed officials: for whom « un haut responsable », « une source militaire », « le ministère » speak.

A reader knows it from the capital beside, from whose doings are told, from where the paragraph takes him, or
from whoever was told of just before. Diplomats may be anybody's, unless a place tells.
"""

from __future__ import annotations

import pytest

from tests.coding.reading import Read

FOR_WHOM = [
    pytest.param(
        "Une source militaire à Prague affirme que dix chars sont partis.", "CZE",
        id="the capital beside",
    ),
    pytest.param(
        "La Norvège est prête à livrer des obus, indique un porte-parole du ministère de la Défense.",
        "NOR", id="the state whose doings are told",
    ),
    pytest.param(
        "L'Otan n'a pas réagi ; un responsable a toutefois dit que le ciel restait sûr.",
        "nato", id="who was subject last",
    ),
    pytest.param(
        "À Helsinki, on se dit soulagé. « L'attente était longue », confie un responsable.",
        "FIN", id="where the paragraph takes us",
    ),
    pytest.param(
        "Le pont est fermé, a indiqué le commandement opérationnel Sud de l'Ukraine.",
        "UKR", id="a name further on in the phrase",
    ),
    pytest.param(
        "« Nous tiendrons », explique-t-on dans l'entourage d'Emmanuel Macron.",
        "FRA", id="« on » among somebody's people",
    ),
    pytest.param(
        "Du côté de Moscou, on assure que le pont a tenu.", "RUS", id="« on » at a seat",
    ),
    pytest.param(
        "Moscou a refusé : son ambassadeur à Genève a expliqué que rien ne pressait.",
        "RUS", id="« son ambassadeur »",
    ),
    pytest.param(
        "Le président Erdogan « a obtenu des garanties », a indiqué son bureau.",
        "TUR", id="« son bureau »",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), FOR_WHOM)
def test_side_of_unnamed_officials(coded: Read, text: str, who: str) -> None:
    assert coded(text).statements[-1].speaker == who


@pytest.mark.parametrize(
    "text",
    [
        "La Turquie a bloqué les pourparlers, d'après plusieurs sources diplomatiques.",
        "La Hongrie hésite encore. Un diplomate estime que le vote attendra.",
        "À Madrid, le sommet a commencé. « Rien n'est sûr », confie un diplomate.",
        "Le groupe Wagner a attaqué le bourg. Douze maisons ont brûlé, d'après le parquet.",
        "La Pologne a livré des chars, affirme une étudiante.",
    ],
)
def test_who_may_be_anybodys_stays_unnamed(coded: Read, text: str) -> None:
    assert coded(text).statements[-1].speaker is None


def test_organ_is_not_of_those_it_tells_of(coded: Read) -> None:
    """« soldats ukrainiens » are those who learn, and tell nothing of whose ministry it is."""
    text = "La France a livré dix canons. Elle formera jusqu'à 200 soldats ukrainiens, précise-t-on au ministère."
    assert coded(text).statements[-1].speaker == "FRA"


PERSONS = [
    pytest.param(
        "Le secrétaire général de l'Otan, Jens Stoltenberg, a parlé jeudi. « Nous avons huit "
        "groupements », s'est félicité l'ancien Premier ministre norvégien.",
        "jens-stoltenberg", id="a function once held",
    ),
    pytest.param(
        "« Ils en auront davantage », a résumé, la mine réjouie, Jens Stoltenberg.",
        "jens-stoltenberg", id="an aside before the name",
    ),
    pytest.param(
        "Le maire, Hervé Pradel, recevra les familles. « La ville vit du régiment », souligne l'élu, qui "
        "demande des moyens.",
        "herve-pradel", id="a relative that tells nothing of who is meant",
    ),
    pytest.param(
        "« Nous attendons », écrit sur Facebook Ivan Petrenko, le maire de la ville.",
        "ivan-petrenko", id="where he writes is no part of his name",
    ),
    pytest.param(
        "La diplomatie russe a déjà averti jeudi, par la voix de Maria Zakharova, que rien ne changerait.",
        "maria-zakharova", id="through whom a side speaks, after the verb",
    ),
    pytest.param(
        "Olena, arrivée de Kharkiv, attend. « Ils iraient plus loin », estime-t-elle.",
        "olena", id="a first name, and what only people are",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), PERSONS)
def test_persons_told_beside(coded: Read, text: str, who: str) -> None:
    assert coded(text).statements[-1].speaker == who


def test_pronoun_is_not_of_a_person_told_longer_ago(coded: Read) -> None:
    """An alliance told since, and somebody unnamed who spoke since, are nearer."""
    text = "Marc Aubert répond que rien n'y oblige. L'Alliance dément. Elle a promis de continuer."
    assert coded(text).statements[-1].speaker == "nato"
    text = (
        "Emmanuel Macron a salué les soldats. Aucun ne partira, insiste le chef de corps. "
        "« Il n'en est pas question », tranche-t-il."
    )
    assert coded(text).statements[-1].speaker != "emmanuel-macron"


def test_title_of_somebody_elses(coded: Read) -> None:
    """« son porte-parole » is not whoever was last called so."""
    text = (
        "La porte-parole de la diplomatie russe, Maria Zakharova, a ri. Le secrétaire général de l'ONU "
        "condamne les frappes, a indiqué son porte-parole."
    )
    assert coded(text).statements[-1].speaker != "maria-zakharova"


SAID_BEFORE = [
    pytest.param(
        "Jens Stoltenberg a appelé Moscou à cesser. Les dirigeants, dont le président américain Joe Biden, "
        "se verront vendredi, a-t-il précisé.",
        "jens-stoltenberg", id="of whom it tells does not say it",
    ),
    pytest.param(
        "L'Allemagne a offert son aide. Des avions pourraient décoller « dès demain, si la Pologne le "
        "souhaite », précise un porte-parole du ministère de la Défense.",
        "DEU", id="nor does a state in what is said",
    ),
    pytest.param(
        "La décision doit être prise à trente, rappelle Jens Stoltenberg. Et d'ajouter que rien ne presse.",
        "jens-stoltenberg", id="a sentence that goes on telling",
    ),
    pytest.param(
        "Le ministre de la Justice Kemal Aydin annonce que son pays va demander une extradition.",
        "kemal-aydin", id="a ministry's name is no part of a person's",
    ),
    pytest.param(
        "« Nous avons gagné », triomphe-t-on dans l'entourage du président turc.", "TUR",
        id="among an office's people",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who"), SAID_BEFORE)
def test_who_speaks_is_told_before_what_is_said(coded: Read, text: str, who: str) -> None:
    assert coded(text).statements[-1].speaker == who
