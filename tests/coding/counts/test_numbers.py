"""Numbers that count something, and those that only look like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus.coding
from foedus.coding.counts.numbers import NumberWording, find_numbers, load_numbers
from foedus.errors import FoedusError

LANG = Path(foedus.coding.__file__).parent / "lang"
FR = load_numbers(LANG / "fr")
EN = load_numbers(LANG / "en")


def values(text: str, wording: NumberWording = FR) -> list[float]:
    return [n.value for n in find_numbers(text, wording)]


def marks(text: str, wording: NumberWording = FR) -> list[tuple[str, float, float | None, str]]:
    """Each number's words, value, upper end, and « ~ » about, « > » at least, « < » at most."""
    return [
        (
            text[slice(*n.span)], n.value, n.max,
            "~" * n.approx + ">" * n.at_least + "<" * n.at_most,
        )
        for n in find_numbers(text, wording)
    ]  # fmt: skip


FIGURES = [
    ("40 000 soldats", 40_000), ("40\u00a0000 soldats", 40_000), ("40\u202f000 soldats", 40_000),
    ("40’000 soldats", 40_000), ("40'000 soldats", 40_000), ("40.000 soldats", 40_000),
    ("40,000 soldats", 40_000), ("40000 soldats", 40_000), ("1 250 000 obus", 1_250_000),
    ("1.250.000 obus", 1_250_000), ("12.500,75 euros", 12_500.75), ("1,5 milliard d’euros", 1.5e9),
    ("1.5 milliard d’euros", 1.5e9), ("2,125 milliards d'euros", 2.125e9), ("3,125 %", 3.125),
    ("500 millions d'euros", 5e8), ("10M€ d'aide", 1e7), ("500 M€ d'aide", 5e8), ("3 Md€", 3e9),
    ("300 mille hommes", 300_000), ("2000 soldats", 2000), ("2022 réfugiés", 2022),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_figures(text: str, value: float) -> None:
    assert values(text) == [value]


WORDS = [
    ("deux", 2), ("quatorze", 14), ("vingt et un", 21), ("vingt-deux", 22), ("soixante-dix", 70),
    ("soixante et onze", 71), ("soixante-dix-sept", 77), ("quatre-vingts", 80),
    ("quatre-vingt-un", 81), ("quatre-vingt-dix-neuf", 99), ("quatre vingt douze", 92),
    ("septante-cinq", 75), ("nonante et un", 91), ("cent vingt", 120), ("deux cents", 200),
    ("deux cent cinquante mille", 250_000), ("mille cent", 1100), ("mille neuf cents", 1900),
    ("quatre mille cinq cents", 4500), ("trois millions deux cent mille", 3_200_000),
    ("un million", 1e6), ("un million et demi", 1.5e6), ("un demi-milliard", 5e8),
    ("vingt et un mille", 21_000),
]  # fmt: skip


@pytest.mark.parametrize(("words", "value"), WORDS)
def test_number_words(words: str, value: float) -> None:
    assert marks(f"Il faudrait {words} obus.") == [(words, value, None, "")]


LOOSE = [
    ("Elle a reçu des milliers d’obus", [("des milliers", 1000, None, "~>")]),
    ("l’envoi de milliers d’obus", [("milliers", 1000, None, "~>")]),
    ("des dizaines de milliers de lits", [("des dizaines de milliers", 10_000, None, "~>")]),
    ("des millions de lits", [("des millions", 1e6, None, "~>")]),
    ("des dizaines de milliards de francs", [("des dizaines de milliards", 1e10, None, "~>")]),
    ("plusieurs milliers de lits", [("plusieurs milliers", 1000, None, "~>")]),
    ("quelques centaines de lits", [("quelques centaines", 100, None, "~>")]),
    ("plusieurs ponts", [("plusieurs", 2, None, "~>")]),
    ("une dizaine de ponts", [("une dizaine", 10, None, "~")]),
    ("une bonne centaine de ponts", [("une bonne centaine", 100, None, "~")]),
    ("une demi-douzaine de ponts", [("une demi-douzaine", 6, None, "~")]),
    ("deux dizaines de milliers de lits", [("deux dizaines de milliers", 20_000, None, "~")]),
    ("près de 300 lits", [("300", 300, None, "~")]),
    ("environ 300 lits", [("300", 300, None, "~")]),
    ("quelque 300 lits", [("300", 300, None, "~")]),
    ("300 lits environ, 300 environ", [("300", 300, None, ""), ("300", 300, None, "~")]),
    ("plus de 300 lits", [("300", 300, None, ">")]),
    ("plus d’un million de lits", [("un million", 1e6, None, ">")]),
    ("au moins quelque 300 lits", [("300", 300, None, "~>")]),
    ("jusqu’à 5 000 lits", [("5 000", 5000, None, "<")]),
    ("moins de 100 lits", [("100", 100, None, "<")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), LOOSE)
def test_approximations(text: str, expected: list[tuple[str, float, float | None, str]]) -> None:
    assert marks(text) == expected


RANGES = [
    ("de 4 000 à 7 000 lits", [(4000, 7000)]),
    ("entre 4 000 et 7 000 lits", [(4000, 7000)]),
    ("20 à 30 ponts", [(20, 30)]),
    ("20-30 ponts", [(20, 30)]),
    ("deux ou trois ponts", [(2, 3)]),
    ("1 à 2 milliards d'euros", [(1e9, 2e9)]),
    ("entre quatre et sept millions de lits", [(4e6, 7e6)]),
    # a change is no range
    ("L’effectif passera de 40 000 à 300 000 lits", [(40_000, None), (300_000, None)]),
    ("4 000 et 7 000 lits", [(4000, None), (7000, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text: str, expected: list[tuple[float, float | None]]) -> None:
    assert [(n.value, n.max) for n in find_numbers(text, FR)] == expected


NONE = [
    "Le 24 février 2022", "Du 24 au 26 mars", "le 1er mars", "le dix mars", "En 2014, tout change",
    "depuis 2014 la mer", "Le 26.2.2022", "Le 24/02/2022", "2022-02-24", "à 16h30", "à 16 heures",
    "vers 8 h", "l’article 5 du traité", "les articles 4 et 5", "la résolution 2202", "n° 12",
    "un canon de 155 mm", "à 30 kilomètres", "40 km/h", "un F-16", "des T-72", "le G7", "la Covid-19",
    "le char Leopard 2 allemand", "Le Leopard 2 arrive", "Nord Stream 2 est fermé", "un S-300",
    "la 5G", "la 82e division", "le 21ᵉ siècle", "1. Le pont", "2) La route", "voir (3)",
    "01 23 45 67 89", "https://exemple.fr/2022/45/", "les Vingt-Sept", "un deux-roues",
    "quelques-uns partent", "un pont", "une route", "le budget 2023 prévoit", "24/7",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_what_is_a_number_only_in_looks(text: str) -> None:
    assert marks(text) == []


ENGLISH = [
    ("a force of 40,000 troops", [("40,000", 40_000, None, "")]),
    ("$40 billion", [("40 billion", 4e10, None, "")]),
    ("£2.3bn", [("2.3bn", 2.3e9, None, "")]),
    ("tens of thousands of men", [("tens of thousands", 10_000, None, "~>")]),
    ("one hundred and fifty tanks", [("one hundred and fifty", 150, None, "")]),
    ("a hundred tanks", [("a hundred", 100, None, "")]),
    ("twenty-one jets", [("twenty-one", 21, None, "")]),
    ("a dozen ships", [("a dozen", 12, None, "~")]),
    ("more than 300 ships", [("300", 300, None, ">")]),
    ("between 4,000 and 7,000 men", [("4,000 and 7,000", 4000, 7000, "")]),
    ("On 24 February 2022 Article 5 in 2014, a four-day visit", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[tuple[str, float, float | None, str]]) -> None:
    assert marks(text, EN) == expected


@given(st.integers(0, 10**12))
def test_figures_grouped_any_way_give_their_value(number: int) -> None:
    plain = f"{number:_}"
    for sign in (" ", "\u00a0", "\u202f", "’", "."):
        written = plain.replace("_", sign)
        if len(written) > 3 and written.count(sign) > 0:
            assert values(f"Voici {written} lits.") == [number]


PIECES = ["deux", "cent", "mille", "un", "et", "-", "2", "40 000", ",", "de", "des", "milliers",
          "entre", "à", "ou", "plus de", "million", "demi", "une", "pour", "1,5", " ", "\n", "é"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_numbers_lie_in_order_in_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reached = 0
    for number in find_numbers(text, FR):
        assert reached <= number.span[0] < number.span[1] <= len(text)
        assert number.max is None or number.value < number.max
        reached = number.span[1]


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    find_numbers(text, FR)
    find_numbers(text, EN)


SHAPES = ["1" * 100_000, "1 " * 20_000, "1 000" * 20_000, "deux " * 20_000, "vingt et " * 20_000,
          "des milliers de " * 20_000, "deux-" * 20_000, "1," * 20_000, "2 à " * 20_000]  # fmt: skip


@pytest.mark.parametrize("text", SHAPES, ids=range(len(SHAPES)))
def test_pathological_numbers_are_survived(text: str) -> None:
    find_numbers(text, FR)


def test_a_wrong_file_names_its_line(tmp_path: Path) -> None:
    source = (LANG / "fr" / "numbers.yaml").read_text(encoding="utf-8")
    (tmp_path / "numbers.yaml").write_text(source.replace("dix: 10", "dix: 1000", 1), "utf-8")
    with pytest.raises(FoedusError, match=r"numbers.yaml:\d+: cardinal 'dix' is not below 100"):
        load_numbers(tmp_path)
