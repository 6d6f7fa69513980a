"""Credits: the text's agency, the picture's, the author, the outlet, and by way of whom."""

from __future__ import annotations

import pytest

from foedus.report import read_text
from foedus.report.names import Namer, slug
from foedus.report.wording import load_wording
from foedus.world import World
from tests.report.pages import (
    ARTICLE,
    FIRST,
    SECOND,
    THIRD,
    TITLE,
    WORLD,
    body,
    credited,
    report,
    words,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(avec AFP)", [("agency", "afp")]),
        ("Avec l’AFP et Reuters", [("agency", "afp"), ("agency", "reuters")]),
        ("AFP/Reuters", [("agency", "afp"), ("agency", "reuters")]),
        ("Source : AFP", [("agency", "afp")]),
        ("AFP", [("agency", "afp")]),
        ("(avec agences)", [("agency", "agencies")]),
        ("Par Jeanne Martin, avec AFP", [("author", "jeanne-martin"), ("agency", "afp")]),
        ("Par Jeanne MartinEuronews", [("author", "jeanne-martin"), ("outlet", "euronews")]),
        ("ParJeanne Martin", [("author", "jeanne-martin")]),
        ("Texte par : EURONEWS avec AFP", [("outlet", "euronews"), ("agency", "afp")]),
        ("Par Le Monde avec AFP", [("outlet", "le-monde"), ("agency", "afp")]),
        ("Reporting by Oona Smith; Editing by Jane Roe", [("author", "oona-smith"), ("author", "jane-roe")]),
        ("Par Jeanne Martin et Paul Le Goff", [("author", "jeanne-martin"), ("author", "paul-le-goff")]),
        ("By Oona Smith for Euronews", [("author", "oona-smith"), ("outlet", "euronews")]),
        ("Source : Le Courrier du Port", [("outlet", "le-courrier-du-port")]),
        ("Source : https://fr.euronews.com/2022/02/24/titre", [("outlet", "euronews")]),
        ("Le Courrier du Port et RTEn", [("outlet", "le-courrier-du-port"), ("outlet", "rt")]),
        ("© 2022 Le Courrier du Port – Mentions légales", [("outlet", "le-courrier-du-port")]),
    ],
)  # fmt: skip
def test_a_credit_line_at_the_end(line: str, expected: list[tuple[str, str]]) -> None:
    r = report(*ARTICLE, line)
    assert credited(r) == expected
    assert body(r) == list(ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "Photo : Jeanne Martin / AFP",
        "Crédit photo : AFP",
        "Jeanne Martin/AFP",
        "Tous droits réservés Jeanne Martin/Copyright 2022 AFP. All rights reserved",
        "© Jeanne Martin / AFP",
    ],
)
def test_a_pictures_credit_is_not_the_texts(line: str) -> None:
    r = report(TITLE, line, FIRST, SECOND)
    assert credited(r) == [("photo", "afp")]
    assert "photo-credit-only" in {n.kind for n in r.notes}


def test_the_agency_after_the_last_sentence_is_the_texts() -> None:
    r = report(TITLE, FIRST, SECOND + " (avec AFP)")
    assert credited(r) == [("agency", "afp")]
    assert body(r) == [TITLE, FIRST, SECOND]
    assert r.outlet is None


def test_a_dateline_credits_the_agency_and_is_cut() -> None:
    r = report(TITLE, "BRUXELLES, 24 février (Reuters) - " + FIRST, SECOND)
    assert credited(r) == [("agency", "reuters")]
    assert body(r) == [TITLE, FIRST, SECOND]


@pytest.mark.parametrize("dateline", ["Bruxelles, 24 fév. – ", "BRUXELLES, 24 février (AFP) — "])
def test_a_dateline_tells_the_day_where_the_page_tells_the_year(dateline: str) -> None:
    r = report(TITLE, dateline + FIRST, SECOND, "© 2022 Le Courrier du Port")
    assert body(r) == [TITLE, FIRST, SECOND]
    assert [d.start.isoformat() for d in r.dates] == ["2022-02-24"]


def test_an_agency_inside_a_sentence_is_no_credit() -> None:
    sentence = "Deux avions ont décollé, selon l’AFP, et Reuters en a compté trois ce matin."
    r = report(TITLE, sentence, SECOND)
    assert credited(r) == []
    assert sentence in body(r)


def test_a_block_taken_from_another_outlet_has_a_via_and_no_outlet() -> None:
    r = report(TITLE, FIRST, "The Epoch Times rapporte :", SECOND)
    (via,) = [c for c in r.credits if c.kind == "via"]
    assert (via.name, words(r, via.span)) == ("the-epoch-times", "The Epoch Times")
    assert r.outlet is None
    assert "no-outlet" in {n.kind for n in r.notes}


def test_a_sentence_with_a_colon_is_no_via() -> None:
    assert credited(report(TITLE, "Le ministre allemand de la Défense précise :", SECOND)) == []


@pytest.mark.parametrize(
    "line", ["Le Courrier du Port", "L’ÉCHO DU NORD", "Euronews", "The Daily Harbour"]
)
def test_the_papers_name_over_the_headline(line: str) -> None:
    r = report(line, TITLE, FIRST)
    assert r.outlet == slug(line)
    assert words(r, r.title) == TITLE


def test_a_headline_of_ordinary_words_is_no_papers_name() -> None:
    r = report("La presse russe s’inquiète", FIRST, SECOND)
    assert r.outlet is None
    assert words(r, r.title) == "La presse russe s’inquiète"


def test_the_paper_beside_the_date() -> None:
    assert report(TITLE, "Le Courrier du Port – 12 mai 2022", FIRST).outlet == "le-courrier-du-port"
    assert report(TITLE, "Madrid, 29 juin 2022", FIRST).outlet is None


def test_spans_of_credits_give_back_the_name() -> None:
    r = report("Euronews", TITLE, "Par Jeanne Martin", FIRST, SECOND, THIRD, "AFP")
    assert [words(r, c.span) for c in r.credits] == ["Euronews", "Jeanne Martin", "AFP"]


def test_a_glued_edition_is_known_by_its_outlet() -> None:
    namer = Namer(WORLD, [w for w, _ in load_wording().values()])
    named = namer.whole("RTEn")
    assert named is not None
    assert named.id == "rt"
    assert namer.whole("ARTEn") is None


def test_a_stamp_with_an_agency_after_a_slash_is_no_picture(world: World) -> None:
    text = (
        "Une dépêche\n\nPublié: 18.05.2022, 17h12 (ATS/réd.)\n\nLa Finlande a déposé sa demande.\n"
    )
    report = read_text(text.encode(), label="x", path="x.txt", world=world)
    assert [credit.kind for credit in report.credits if credit.kind == "photo"] == []
    assert str(report.dates[0].start) == "2022-05-18"
