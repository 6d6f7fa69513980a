"""Article and furniture: pages of many kinds, and the rule that furniture changes no article."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.report.wording import load_wording
from tests.report.pages import (
    ARTICLE,
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    body,
    furniture,
    report,
    text_report,
    words,
)

FURNITURE = [
    "Partager cet article",
    "Partager cet articleDiscussion",
    "12 partages",
    "Partager sur Facebook Partager sur Twitter Imprimer",
    "PUBLICITÉ",
    "Spread the love",
    "La suite après cette publicité",
    "Inscrivez-vous à notre newsletter pour tout savoir de la défense",
    "Nous et nos 300 partenaires utilisons des cookies pour mesurer l’audience de nos pages.",
    "Tout accepter | Tout refuser",
    "À lire aussi : Un sous-marin repéré au large de Gotland",
    "https://platform.example.com/widgets.js",
    "[youtube https://www.youtube.example/watch?v=abc&w=560]",
    "[embed]https://video.example/1[/embed]",
    '<script async src="https://x.example/w.js"></script>',
    "Ce site utilise Akismet pour réduire les indésirables.",
    "Temps de lecture : 3 min",
    "Mots-clés : défense, mer Baltique",
    "Photo : Jeanne Martin / AFP",
    "Jeanne Martin/REUTERS",
    "© Reuters",
    "Par Jeanne Martin, envoyée spéciale à Kiel",
    "Publié le 3 mai 2022 à 18 h 42",
    "Accueil > Monde > Défense",
    "* * *",
    "Leave A Reply",
    "À LIRE AUSSI Un sous-marin repéré au large de Gotland",
    "À lire aussi« Nous étions seuls » : le récit d’un matelot",
    "00:00/02:31",
    "Publié hier à 15h30, mis à jour à 17h02",
    "Advertisement · Scroll to continue",
    "Réutiliser ce contenu",
]
AFTER = [
    "Laisser un commentaire",
    "Votre adresse e-mail ne sera pas publiée. Les champs obligatoires sont indiqués avec *",
    "Jean D. : Enfin une bonne nouvelle pour les marins de la région, on en avait besoin.",
    "© 2022 Le Journal du Port – Mentions légales",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_no_part_of_the_article(line: str) -> None:
    r = report(TITLE, FIRST, line, SECOND, THIRD)
    assert body(r) == list(ARTICLE)
    assert line in furniture(r)


@given(
    st.lists(st.sampled_from(FURNITURE), max_size=5),
    st.lists(st.sampled_from(FURNITURE), max_size=3),
    st.lists(st.sampled_from([*FURNITURE, *AFTER]), max_size=5),
    st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n \u00a0\n"]),
)
def test_furniture_around_an_article_changes_nothing_of_it(
    before: list[str], between: list[str], after: list[str], gap: str
) -> None:
    plain = text_report(gap.join(ARTICLE))
    around = text_report(gap.join([*before, TITLE, FIRST, *between, SECOND, THIRD, *after]))
    kept = [line for line in body(around) if line not in AFTER]
    assert kept == body(plain) == list(ARTICLE)
    assert words(around, around.title) == TITLE


@pytest.mark.parametrize(
    "heading", ["À lire aussi", "Sur le même sujet", "Most read", "A lire aussi :"]
)
def test_other_headlines_go_and_the_article_resumes_with_its_next_sentence(heading: str) -> None:
    others = ["La Norvège ferme un port", "Pêche : qui paiera les filets perdus ?"]
    assert body(report(TITLE, FIRST, heading, *others, SECOND, THIRD)) == list(ARTICLE)
    assert body(report(*ARTICLE, heading, *others)) == list(ARTICLE)


def test_the_words_that_a_page_is_filed_under_are_not_the_article() -> None:
    assert body(report(*ARTICLE, "Mots clés", "Ukraine", "Défense", "Otan")) == list(ARTICLE)


def test_headlines_over_the_article_leave_it_its_own() -> None:
    r = report("Les plus lus", "La Norvège ferme un port", *ARTICLE)
    assert body(r) == list(ARTICLE)


def test_a_prose_line_after_a_single_link_is_the_article() -> None:
    short = "Le ministre a refusé de répondre."
    r = report(TITLE, FIRST, "À lire aussi : Un port fermé", short, SECOND)
    assert short in body(r)


def test_nothing_after_the_comment_form_is_the_article() -> None:
    r = report(*ARTICLE, *AFTER)
    assert body(r) == list(ARTICLE)


def test_a_comment_link_over_the_article_does_not_end_it() -> None:
    assert body(report(TITLE, "Laisser un commentaire", FIRST, SECOND, THIRD)) == list(ARTICLE)


@pytest.mark.parametrize(
    "sentence",
    [
        "Partager le fardeau de la défense reste la première demande de Washington.",
        "Le ministre a promis de partager cet article du traité avec les députés de la commission.",
        "La publicité faite à cette livraison a déplu aux alliés, selon un diplomate.",
        "À lire le communiqué, rien n’a changé depuis la dernière réunion des ambassadeurs.",
        "Par deux fois, les alliés ont refusé la demande de Varsovie.",
        "Publié le 3 mai, le rapport accuse trois ministères d’avoir tardé.",
        "Il reste peu de temps aux négociateurs, a averti le chancelier.",
        "Le monde politique s’est divisé sur l’envoi de chars.",
        "Selon l’AFP, deux avions ont décollé avant l’aube.",
        "Recevez-nous, a demandé le maire aux ambassadeurs réunis à Bruxelles.",
        "Source de tensions depuis des mois, le gazoduc a été fermé.",
        "Comment les alliés ont-ils réagi ? Par le silence.",
        "Un soldat a été tué.",
        "À lire aussi dans ce refus, disent les alliés, la crainte d’une guerre plus large.",
        "Vidéo à l’appui, le ministère assure que le navire a été coulé.",
        "Par Minsk, les convois passent encore chaque nuit.",
        "Depuis sept jours, le port est fermé.",
        "Il a dit non.",
    ],
)
def test_sentences_that_begin_like_furniture_stay(sentence: str) -> None:
    assert sentence in body(report(TITLE, FIRST, sentence, SECOND))


def test_a_caption_keeps_its_sentence_and_loses_its_credit() -> None:
    caption = "Le commandant a précisé que ses navires « ne quitteront pas la zone »."
    r = report(TITLE, caption + " AFP", FIRST, SECOND)
    assert caption in body(r)
    assert furniture(r)["AFP"] == "photo-credit"


def test_a_dating_prefix_is_cut_from_the_headline() -> None:
    r = report(" date 2022-02 " + TITLE, FIRST)
    assert words(r, r.title) == TITLE
    assert furniture(r)["date 2022-02"] == "date"


def test_wrapped_lines_are_one_passage() -> None:
    text = "\n".join([TITLE, "", *FIRST.replace("pour", "\npour").splitlines(), "", SECOND])
    assert len(text_report(text).body) == 3


def test_a_headline_said_twice_is_body_both_times_and_noted() -> None:
    r = report(TITLE, TITLE, FIRST, SECOND)
    assert body(r)[:2] == [TITLE, TITLE]
    (note,) = [n for n in r.notes if n.kind == "repeated-title"]
    assert note.span == r.body[1]


def test_a_first_sentence_is_no_headline() -> None:
    assert report(FIRST, SECOND).title is None


def test_every_whole_phrase_of_the_wording_is_furniture_in_an_article() -> None:
    for _, phrases in load_wording().values():
        for phrase in phrases:
            if phrase.rule.match == "whole" and not phrase.rule.then:
                r = report(TITLE, FIRST, phrase.words, SECOND, THIRD)
                assert body(r) == list(ARTICLE), phrase.name


@given(st.text(max_size=300))
def test_any_text_gives_spans_that_are_sorted_disjoint_trimmed_and_whole(text: str) -> None:
    # a file's bytes: a character that UTF-8 cannot hold cannot come out of it
    text = text.encode("utf-8", "replace").decode() + " Voilà."
    if "\x00" in text or text.startswith(("%PDF", "PK\x03\x04", "{\\rtf", "GIF8", "\ufeff")):
        return
    try:
        r = text_report(text)
    except FoedusError:
        return
    assert r.text == text
    spans = sorted([*r.body, *(f.span for f in r.furniture)])
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip()
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for start, end in r.body:
        assert text[start:end] == text[start:end].strip()
