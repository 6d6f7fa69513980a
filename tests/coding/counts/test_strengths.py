"""Strengths, shares, levels of stocks and commands, in sentences an expert can check."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus.coding
from foedus.acts import Quantity, Span
from foedus.coding.counts.numbers import find_numbers, load_numbers
from foedus.coding.counts.quantities import amounts, load_units
from foedus.coding.counts.strengths import load_strengths, strengths

LANG = Path(foedus.coding.__file__).parent / "lang"
READ = {c: (load_numbers(LANG / c), load_units(LANG / c), load_strengths(LANG / c)) for c in ("fr", "en")}  # fmt: skip

KNOWN = {
    "norvège": "NOR", "norvégien": "NOR", "norway": "NOR", "géorgie": "GEO", "georgia": "GEO",
    "belgique": "BEL", "belges": "BEL", "italie": "ITA", "polonais": "POL", "polonaise": "POL",
    "lettons": "LVA", "alliance": "nato", "nous": "nato", "force de réaction": "response-force",
    "elle": "response-force", "force opérationnelle": "vjtf", "espagnol": "ESP", "espagnols": "ESP",
    "slovénie": "SVN", "corps européen": "eurocorps",
}  # fmt: skip
WORDS = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})(?!\w)", re.I)
ADJECTIVES = {"POL": "polish", "LVA": "latvian", "NOR": "norwegian"}


def read(text: str, code: str = "fr") -> tuple[Quantity, ...]:
    def entities(span: Span) -> tuple[str, ...]:
        return tuple(KNOWN[m.group().lower()] for m in WORDS.finditer(text[slice(*span)]))

    numbers, units, wording = READ[code]
    found = amounts(text, find_numbers(text, numbers), units, entities)
    return strengths(
        text, (0, len(text)), found, wording, units, entities, nationality=ADJECTIVES.get
    )


def told(text: str, code: str = "fr") -> list[dict[str, Any]]:
    """The records, without ids and defaults."""
    keys = ("subject", "value", "of", "place", "level")
    return [{k: getattr(q, k) for k in keys if getattr(q, k) is not None} for q in read(text, code)]


SENTENCES: list[tuple[str, list[dict[str, Any]]]] = [
    ("La force de réaction compte 50 000 soldats.",
     [{"subject": "response-force", "value": 50_000, "of": "soldiers"}]),
    ("Le corps européen, créé en 1992, dispose de près de 60 000 hommes.",
     [{"subject": "eurocorps", "value": 60_000, "of": "soldiers"}]),
    ("Elle compte 12 000 hommes, dont 300 officiers et 200 Lettons.",
     [{"subject": "response-force", "value": 12_000, "of": "soldiers"},
      {"subject": "response-force", "value": 300, "of": "officers"},
      {"subject": "response-force", "value": 200, "of": "people"}]),
    ("Elle est dotée d’une force opérationnelle, composée de 900 soldats, dont 300 Lettons.",
     [{"subject": "vjtf", "value": 900, "of": "soldiers"},
      {"subject": "vjtf", "value": 300, "of": "latvian-soldiers"}]),
    ("L’armée polonaise compte 120 000 soldats et dispose de plus de 300 chars.",
     [{"subject": "POL", "value": 120_000, "of": "soldiers"},
      {"subject": "POL", "value": 300, "of": "tanks"}]),
    ("Nous avons des milliers de soldats en Slovénie.",
     [{"subject": "nato-troops", "value": 1000, "of": "soldiers", "place": "SVN"}]),
    ("L’alliance «n’a pas de troupes en Géorgie».",
     [{"subject": "nato-troops", "value": 0, "of": "soldiers", "place": "GEO", "level": "none"}]),
    ("La Norvège n'a aucun soldat en Géorgie.",
     [{"subject": "norwegian-troops", "value": 0, "of": "soldiers", "place": "GEO",
       "level": "none"}]),
    ("Les stocks d’obus de la Belgique sont au plus bas.",
     [{"subject": "shells-stocks", "place": "BEL", "level": "low"}]),
    ("Les arsenaux belges se vident.", [{"subject": "stocks", "place": "BEL", "level": "low"}]),
    ("Les réserves de missiles de l’Italie ne sont plus suffisantes.",
     [{"subject": "missiles-stocks", "place": "ITA", "level": "low"}]),
    ("La Belgique a épuisé ses stocks de missiles.",
     [{"subject": "missiles-stocks", "place": "BEL", "level": "low"}]),
    ("Le bataillon est placé sous commandement espagnol.",
     [{"subject": "battalion", "of": "command", "place": "ESP"}]),
    ("La brigade, dirigée par l’Italie, comprend 1 700 militaires.",
     [{"subject": "brigade", "of": "command", "place": "ITA"},
      {"value": 1700, "of": "soldiers"}]),
    ("Elle compte 900 soldats, avec une composante aérienne sous commandement espagnol.",
     [{"subject": "response-force", "value": 900, "of": "soldiers"},
      {"subject": "response-force-air-component", "of": "command", "place": "ESP"}]),
    # no strength
    ("La Norvège a envoyé 300 soldats en Slovénie.", []),
    ("Les stocks de la Belgique ne sont pas épuisés.", []),
    ("L’opération est menée sous un nouveau commandement.", []),
    ("La Norvège n’a pas envoyé de troupes en Géorgie.", []),
    ("Le ministre compte envoyer 300 soldats.", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_strengths(text: str, expected: list[dict[str, Any]]) -> None:
    found = told(text)
    assert [r for r in found if r not in expected] == []
    assert [r for r in expected if r not in found] == []
    assert len(found) == len(expected)


def test_a_share_points_at_its_whole() -> None:
    text = "Elle compte 12 000 hommes, dont 300 officiers."
    whole, share = read(text)
    assert whole.part_of is None
    assert share.part_of is not None
    assert text[slice(*share.part_of)] == "12 000"
    assert text[slice(*share.span)] == "dont 300 officiers"
    assert text[slice(*whole.span)] == "Elle compte 12 000 hommes"


def test_english() -> None:
    assert told("Norway has no troops in Georgia.", "en") == [
        {"subject": "norwegian-troops", "value": 0, "of": "soldiers", "place": "GEO",
         "level": "none"}
    ]  # fmt: skip


PIECES = ["la Norvège", "compte", "40 000", "soldats", "dont", "n'a", "pas", "de", "troupes", "en",
          "Géorgie", "stocks", "bas", "sous commandement", "bataillon", ",", "et", "«", "»", "que"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_records_lie_in_their_sentence(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for quantity in read(text):
        assert 0 <= quantity.span[0] < quantity.span[1] <= len(text)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    read(text)
    read(text, "en")
