"""What numbers count: things that matter, with their unit."""

from __future__ import annotations

from pathlib import Path

import pytest

import foedus.coding
from foedus.acts import Amount, Span
from foedus.coding.counts.numbers import find_numbers, load_numbers
from foedus.coding.counts.quantities import amounts, load_units
from foedus.errors import FoedusError

LANG = Path(foedus.coding.__file__).parent / "lang"
NUMBERS = {code: load_numbers(LANG / code) for code in ("fr", "en")}
UNITS = {code: load_units(LANG / code) for code in ("fr", "en")}


def counted(text: str, code: str = "fr") -> tuple[Amount, ...]:
    return amounts(text, find_numbers(text, NUMBERS[code]), UNITS[code])


def short(text: str, code: str = "fr") -> list[tuple[float, str, str | None]]:
    return [(a.value, a.unit, a.of) for a in counted(text, code)]


COUNTED = [
    ("40 000 soldats", [(40_000, "person", "soldiers")]),
    ("près de 3 000 de ses militaires", [(3000, "person", "soldiers")]),
    ("une centaine de réfugiés", [(100, "person", "refugees")]),
    ("plus de 30 morts et 12 blessés", [(30, "person", "deaths"), (12, "person", "wounded")]),
    ("quatre nouveaux groupements tactiques", [(4, "item", "battlegroups")]),
    ("deux autres grands navires", [(2, "item", "ships")]),
    ("plusieurs systèmes de défense aérienne", [(2, "item", "air-defence-systems")]),
    ("5 000 armes antichars", [(5000, "item", "anti-tank-systems")]),
    ("200 000 obus de 155 mm", [(200_000, "item", "shells")]),
    ("14 Leopard 2 et six F-16", [(14, "item", "leopard-2"), (6, "item", "f-16")]),
    ("mille « casques bleus »", [(1000, "person", "soldiers")]),
    ("une trentaine de pays", [(30, "country", "countries")]),
    ("2 milliards d’euros d’aide militaire", [(2e9, "EUR", "aid")]),
    ("une aide de 40 milliards de dollars", [(4e10, "USD", "aid")]),
    ("500 M€ de matériel", [(5e8, "EUR", "aid")]),
    ("3 milliards de couronnes norvégiennes", [(3e9, "NOK", None)]),
    ("trois jours de combats", [(3, "day", "fighting")]),
    ("48 heures de bombardements", [(48, "hour", "strikes")]),
    ("20 % des stocks", [(20, "percent", "stocks")]),
    # a number that leaves its noun out
    ("12 navires, dont 3 en mer", [(12, "item", "ships"), (3, "item", "ships")]),
    ("20 chars ; 10 autres suivront", [(20, "item", "tanks"), (10, "item", "tanks")]),
    ("20 chars, dont 10 paquets", [(20, "item", "tanks")]),
    # what does not matter
    ("deux fois plus de chars", []),
    ("les deux pays", []),
    ("un homme de 45 ans", []),
    ("il y a trois jours", []),
    ("à plusieurs reprises", []),
    ("dont 20 en stock", []),
    ("elle en compte 40 000.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_what_is_counted(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert short(text) == expected


PROSE = [
    ("Selon l’état-major, quelque 4 500 hommes et une soixantaine de véhicules blindés, dont une "
     "vingtaine de chars lourds, ont passé le fleuve dans la nuit du 3 au 4 mars.",
     [(4500, "person", "soldiers"), (60, "item", "armoured-vehicles"), (20, "item", "tanks")]),
    ("Oslo débloque 310 millions d’euros pour 8 chars et 54 transports de troupes blindés.",
     [(3.1e8, "EUR", None), (8, "item", "tanks"), (54, "item", "armoured-vehicles")]),
    ("Le dépôt a été touché par trois missiles à 4 h 30 : 7 morts, dont 2 enfants, au moins 21 blessés.",
     [(3, "item", "missiles"), (7, "person", "deaths"), (2, "person", "children"),
      (21, "person", "wounded")]),
    ("Le 2e régiment a reçu ses 12 premiers hélicoptères en 2025, à 60 km du port, vers 18 heures.",
     [(12, "item", "helicopters")]),
    ("Les Vingt-Sept visent 65 personnes et 18 entités, selon l’article 4, paragraphe 2.",
     [(65, "person", "people"), (18, "item", "entities")]),
    ("La part passera de 1,4 % à 2 % du PIB, dix fois plus qu’il y a deux tiers de siècle.",
     [(1.4, "percent", None), (2, "percent", None)]),
    ("Des dizaines d’immeubles et une cinquantaine d’écoles détruits en 24 heures.",
     [(10, "item", "buildings"), (50, "item", "buildings")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PROSE)
def test_news_prose(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert short(text) == expected


def test_the_span_is_the_number_words_and_takes_in_a_measure() -> None:
    text = (
        "Il livre des dizaines de milliers d’obus et des dizaines de milliards de dollars d’armes."
    )
    assert [text[slice(*a.span)] for a in counted(text)] == [
        "des dizaines de milliers",
        "des dizaines de milliards de dollars",
    ]


def test_approximation_and_range_are_kept() -> None:
    (about,) = counted("de 4 000 à 7 000 soldats")
    assert (about.value, about.max) == (4000, 7000)
    (at_most,) = counted("jusqu’à 5 000 soldats")
    assert (at_most.value, at_most.max, at_most.at_least) == (5000, 5000, False)
    (many,) = counted("des milliers de soldats")
    assert many.approx
    assert many.at_least


def test_inhabitants_are_persons_where_somebody_knows_them() -> None:
    text = "dont 300 Lettons"

    def entities(span: Span) -> tuple[str, ...]:
        return ("LVA",) if text[slice(*span)] == "Lettons" else ()

    (amount,) = amounts(text, find_numbers(text, NUMBERS["fr"]), UNITS["fr"], entities)
    assert (amount.value, amount.unit, amount.of) == (300, "person", "people")
    assert counted(text) == ()


ENGLISH = [
    ("$40 billion in military aid", [(4e10, "USD", "aid")]),
    ("8,000 French troops", [(8000, "person", "soldiers")]),
    ("four new multinational battlegroups", [(4, "item", "battlegroups")]),
    ("the two countries", []),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: list[tuple[float, str, str | None]]) -> None:
    assert short(text, "en") == expected


def test_a_word_for_two_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text(
        "nouns:\n  - {of: tanks, words: [char]}\n  - {of: carts, words: [chars]}\n"
        "currencies: []\ndurations: []\npercent: []\nskip: []\npartitive: []\nlinks: []\n"
        "definite: []\n",
        encoding="utf-8",
    )
    with pytest.raises(FoedusError, match=r"units.yaml:3: 'chars' stands for two things"):
        load_units(tmp_path)
