"""Copies: shared narration counts, shared quotes and shared furniture do not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.report import Report, find_copies
from foedus.report.copies import split_sentences
from tests.report.pages import ARTICLE, FIRST, SECOND, THIRD, TITLE, report, words

OTHER = (
    "Les pêcheurs du détroit redoutent une nouvelle fermeture de la zone, dont ils tirent la moitié "
    "de leurs revenus depuis dix ans.",
    "Le gouvernement leur a promis une aide, sans en fixer le montant ni le calendrier précis.",
    "Une délégation sera reçue au ministère au début de la semaine, d’après le préfet maritime.",
)
QUOTE = (
    "« Nous ne laisserons aucun navire ennemi approcher de nos côtes, ni de nos câbles, ni de nos "
)
QUOTE += "ports, et nous le ferons savoir à tous », a dit {who}."


def test_the_same_text_under_two_names_is_a_copy() -> None:
    a = report("Le Courrier du Port", *ARTICLE)
    b = report("Publié le 3 mars 2022", "Un autre titre pour la même dépêche", FIRST, SECOND, THIRD)
    (copy,) = find_copies([a, b])
    assert (copy.a, copy.b) == tuple(sorted([a.hash, b.hash]))
    assert copy.containment == pytest.approx(1.0)
    by_hash = {r.hash: r for r in (a, b)}
    for ours, theirs in copy.passages:
        assert words(by_hash[copy.a], ours) == words(by_hash[copy.b], theirs)


def test_small_edits_are_still_a_copy() -> None:
    a = report(*ARTICLE, *OTHER)
    edited = FIRST.replace("mardi matin", "ce mardi").replace("Deux", "Trois")
    b = report(TITLE, edited, SECOND, THIRD.replace("six", "huit"), OTHER[0])
    (copy,) = find_copies([a, b])
    assert copy.containment > 0.9


def test_a_report_that_takes_half_of_another_is_a_copy() -> None:
    a = report(*ARTICLE)
    b = report("Pêche", *OTHER, FIRST, THIRD)
    (copy,) = find_copies([a, b])
    assert len(copy.passages) == 2


def test_the_same_quotes_in_two_reports_make_no_copy() -> None:
    a = report("Un", OTHER[0], QUOTE.format(who="l’amiral"), OTHER[1])
    b = report("Deux", FIRST, QUOTE.format(who="le chef de la marine"), THIRD)
    assert find_copies([a, b]) == ()


def test_the_same_headline_and_furniture_make_no_copy() -> None:
    page = ("Partager cet article", "Nous et nos partenaires utilisons des cookies sur ce site.")
    assert find_copies([report(*page, TITLE, FIRST, THIRD), report(*page, TITLE, *OTHER)]) == ()


def test_short_sentences_are_nobodys() -> None:
    short = ("Il a refusé.", "Personne n’a répondu.", "La nuit est tombée.")
    assert find_copies([report("Un", FIRST, *short), report("Deux", *OTHER, *short)]) == ()


def test_a_report_is_no_copy_of_itself() -> None:
    r = report(*ARTICLE)
    assert find_copies([r, r]) == ()
    assert find_copies([]) == ()


def batch() -> list[Report]:
    return [
        report(*ARTICLE, label="a"),
        report("Une", *ARTICLE[1:], label="b"),
        report("Pêche", *OTHER, label="c"),
        report("Pêcheurs", *OTHER, FIRST, label="d"),
        report("Rien", "Le conseil municipal a voté le budget de la piscine hier soir.", label="e"),
    ]


@given(st.integers(0, 10_000))
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    shuffled = batch()
    random.Random(seed).shuffle(shuffled)
    assert find_copies(shuffled) == find_copies(batch())


@given(st.text(alphabet='ab .!?«»"\n…', max_size=200))
def test_sentences_lie_in_the_text_and_lose_no_word(text: str) -> None:
    found = split_sentences(text, (0, len(text)))
    ends = [0]
    for start, end in found:
        assert ends[-1] <= start < end <= len(text)
        ends.append(end)
    kept = "".join(c for start, end in found for c in text[start:end] if c.isalpha())
    assert kept == "".join(c for c in text if c.isalpha())
