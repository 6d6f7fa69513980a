"""Time expressions: what the words say, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import day, resolve_time
from foedus.report import find_times
from foedus.report.wording import load_wording

ONE: list[tuple[str, str, str, dict[str, Any]]] = [
    ("fr", "réunis le 25 février 2022 à Riga", "25 février 2022", {"value": "2022-02-25"}),
    ("fr", "le 25.2.2022", "25.2.2022", {"value": "2022-02-25"}),
    ("fr", "le 25/02/2022 au soir", "25/02/2022", {"value": "2022-02-25"}),
    ("fr", "le 25/02/22", "25/02/22", {"value": "2022-02-25"}),
    ("fr", "2022-02-25T10:30:00Z", "2022-02-25", {"value": "2022-02-25"}),
    ("fr", "date 2022-02", "2022-02", {"value": "2022-02"}),
    ("fr", "le 1er mars", "1er mars", {"value": "XXXX-03-01"}),
    ("fr", "vendredi 25\u00a0février", "vendredi 25\u00a0février", {"value": "XXXX-02-25"}),
    ("fr", "en février 2022", "en février 2022", {"value": "2022-02"}),
    ("fr", "hier", "hier", {"offset": -1}),
    ("fr", "avant-hier", "avant-hier", {"offset": -2}),
    ("fr", "Aujourd’hui", "Aujourd’hui", {"offset": 0}),
    ("fr", "après-demain", "après-demain", {"offset": 2}),
    ("fr", "ce mardi", "ce mardi", {"value": "XXXX-WXX-2"}),
    ("fr", "vendredi dernier", "vendredi dernier", {"value": "XXXX-WXX-5", "direction": "past"}),
    ("fr", "lundi prochain", "lundi prochain", {"value": "XXXX-WXX-1", "direction": "future"}),
    ("fr", "lundi matin", "lundi matin", {"value": "XXXX-WXX-1"}),
    ("fr", "fin août", "fin août", {"value": "XXXX-08", "modifier": "end"}),
    ("fr", "début mars 2022", "début mars 2022", {"value": "2022-03", "modifier": "start"}),
    ("fr", "à la mi-avril", "à la mi-avril", {"value": "XXXX-04", "modifier": "mid"}),
    ("fr", "depuis 2014", "depuis 2014", {"value": "2014", "modifier": "since"}),
    ("fr", "depuis fin août", "depuis fin août", {"value": "XXXX-08", "modifier": "end"}),
    ("fr", "jusqu’au 3 mai", "jusqu’au 3 mai", {"value": "XXXX-05-03", "modifier": "until"}),
    ("fr", "au mois d’août", "au mois d’août", {"value": "XXXX-08"}),
    ("fr", "il y a trois jours", "il y a trois jours", {"offset": -3, "direction": "past"}),
    ("fr", "dans deux jours", "dans deux jours", {"offset": 2, "direction": "future"}),
    ("en", "on Friday, Feb. 25, 2022", "on Friday, Feb. 25, 2022", {"value": "2022-02-25"}),
    ("en", "the 24th of March", "the 24th of March", {"value": "XXXX-03-24"}),
    ("en", "02/25/2022", "02/25/2022", {"value": "2022-02-25"}),
    ("en", "yesterday", "yesterday", {"offset": -1}),
    ("en", "last Tuesday", "last Tuesday", {"value": "XXXX-WXX-2", "direction": "past"}),
    ("en", "since late August", "since late August", {"value": "XXXX-08", "modifier": "end"}),
    ("en", "three days ago", "three days ago", {"offset": -3, "direction": "past"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "words", "expected"), ONE)
def test_one_expression(language: str, text: str, words: str, expected: dict[str, Any]) -> None:
    (found,) = find_times(text, language)
    assert text[slice(*found.span)] == words
    plain = {"value": None, "offset": None, "shift": 0, "direction": "any", "modifier": None}
    assert {k: getattr(found, k) for k in plain} == {**plain, **expected}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "ouvert 24/7, F-16, 155 mm, version 1.2.2022.4"),
        ("fr", "le 31/02/2022 et le 30 février"),
        ("fr", "la marche du dimanchement et l’hiératique lendemainiste"),
        ("fr", "les mars et la mai"),
        ("fr", "2022 soldats"),
        ("fr", "la veille, rien"),
        ("en", "they may march on Moscow"),
        ("en", "04/05/2022"),
        ("de", "am 25. Februar 2022"),
    ],
)
def test_what_is_no_expression(language: str, text: str) -> None:
    assert find_times(text, language) == ()


def test_the_eve_of_a_meeting_says_when_the_meeting_is() -> None:
    text = "Le ministre a parlé mardi. Il était à Riga à la veille d’une réunion de ses collègues."
    told, eve = find_times(text, "fr")
    assert (told.value, told.shift) == ("XXXX-WXX-2", 0)
    assert (eve.value, eve.shift) == ("XXXX-WXX-2", 1)


def test_a_day_before_with_no_day_told_is_counted_from_the_report() -> None:
    (found,) = find_times("L’alliance se prépare un jour avant de se réunir", "fr")
    assert (found.value, found.offset, found.shift) == (None, 0, 1)


def test_the_eve_and_the_day_after_a_date() -> None:
    (eve,) = find_times("la veille du 24 février", "fr")
    assert (eve.value, eve.shift) == ("XXXX-02-24", -1)
    _, after, eve_again = find_times("Le 24 février, puis le lendemain. La veille, rien.", "fr")
    assert (after.value, after.shift) == ("XXXX-02-24", 1)
    assert (eve_again.value, eve_again.shift) == ("XXXX-02-24", -1)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "Cela date du 15 novembre. Ce soir-là, un missile est tombé.", "Ce soir-là"),
        ("fr", "Le 15 novembre, il pleut ; le jour même, un missile est tombé.", "le jour même"),
        ("fr", "Cela date du 15 novembre. Ce mardi-là, rien ne bougeait.", "Ce mardi-là"),
        ("en", "It met on 15 November. That night a missile fell.", "That night"),
    ],
)
def test_that_evening_is_the_day_told_last(language: str, text: str, words: str) -> None:
    *_, found = find_times(text, language)
    assert text[slice(*found.span)] == words
    assert (found.value, found.offset, found.shift) == ("XXXX-11-15", None, 0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Ce soir-là, un missile est tombé ; cette semaine-là aussi, et ce lundi-là."),
        ("en", "That night a missile fell."),
    ],
)
def test_that_evening_is_never_the_day_of_the_report(language: str, text: str) -> None:
    assert find_times(text, language) == ()


def test_only_the_passages_asked_for_are_looked_at() -> None:
    text = "hier. demain. hier."
    assert [t.span for t in find_times(text, "fr", [(6, 13)])] == [(6, 12)]


PIECES = st.sampled_from(
    ["le ", "24 ", "février ", "2022 ", "mardi ", "hier ", "la veille de ", "depuis ", "fin ", "du ",
     "\u00a0", "’", "-", "/", ".", "\n", "ſept. ", "ſamedi ", "١٢ ", "İ", "31/12/1999 ", "a"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join)),
       st.sampled_from(["fr", "en", "und"]))  # fmt: skip
def test_spans_lie_in_the_text_in_order_and_every_expression_resolves(
    text: str, language: str
) -> None:
    from datetime import date

    found = find_times(text, language)
    ends = [0]
    for t in found:
        assert ends[-1] <= t.span[0] < t.span[1] <= len(text)
        ends.append(t.span[1])
        assert (t.value is None) != (t.offset is None)
        resolve_time(t, day(date(2022, 3, 1)))
        resolve_time(t, None)


def test_long_texts_take_no_more_than_their_length() -> None:
    for piece in ("le 24 février, la veille de mardi, fin ", "2022 ", "depuis le ", " ", "a"):
        find_times(piece * (200_000 // len(piece)), "fr")


def test_the_wording_of_a_language_is_complete() -> None:
    for wording, _ in load_wording().values():
        assert sorted(map(int, wording.times.months)) == list(range(1, 13))
        assert sorted(map(int, wording.times.weekdays)) == list(range(1, 8))
