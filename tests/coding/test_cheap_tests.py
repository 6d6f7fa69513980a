"""Cheap tests before costly ones let nothing through: what they rule out, the costly ones would not find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.counts import strengths as _strengths
from foedus.coding.counts.numbers import find_numbers, load_numbers
from foedus.coding.counts.numberwords import read_number, tokenize
from foedus.coding.counts.quantities import amounts, load_units
from foedus.coding.counts.strengths import load_strengths, strengths
from foedus.coding.syntax.words import Words
from foedus.coding.text.pieces import cut
from foedus.coding.text.quotes import QuoteIndex, find_quotes, load_quotes
from foedus.coding.wording.lexicon import LANG_ROOT, load_lexicon

LANGUAGES = ("fr", "en")
NUMBERS = {code: load_numbers(LANG_ROOT / code) for code in LANGUAGES}
UNITS = {code: load_units(LANG_ROOT / code) for code in LANGUAGES}
STRENGTHS = {code: load_strengths(LANG_ROOT / code) for code in LANGUAGES}
QUOTES = load_quotes(LANG_ROOT / "fr")

COUNTS = st.sampled_from(
    [
        "un",
        "une",
        "deux",
        "cent",
        "mille",
        "vingt",
        "et",
        "-",
        "des",
        "plusieurs",
        "dizaine",
        "dizaines",
        "milliers",
        "million",
        "demi",
        "40",
        "000",
        "1,5",
        "Md",
        "one",
        "two",
        "hundred",
        "thousand",
        "dozen",
        "dozens",
        "half",
        "a",
        "few",
        ",",
        ".",
        "soldats",
        "%",
    ]
)
HELD = st.sampled_from(
    [
        "n'",
        "a",
        "pas",
        "ne",
        "dispose",
        "de",
        "d'",
        "troupes",
        "soldats",
        "les",
        "stocks",
        "munitions",
        "sont",
        "au",
        "plus",
        "bas",
        "épuisé",
        "ses",
        "sous",
        "commandement",
        "dirigé",
        "par",
        "la",
        "brigade",
        "le",
        "bataillon",
        "en",
        "Lettonie",
        "compte",
        "300",
        "dont",
        ",",
        ".",
        "Réserves",
        "Stocks",
        "has",
        "no",
        "troops",
        "under",
        "the",
        "command",
        "of",
        "stockpiles",
        "are",
        "low",
    ]
)


@pytest.mark.parametrize("code", LANGUAGES)
@given(words=st.lists(COUNTS, max_size=12))
def test_a_number_begins_only_where_one_is_looked_for(code: str, words: list[str]) -> None:
    wording = NUMBERS[code]
    tokens = tokenize(" ".join(words))
    for at, token in enumerate(tokens):
        if read_number(tokens, at, wording) is not None:
            assert token.kind == "num" or token.key in wording.openers


@pytest.mark.parametrize("code", LANGUAGES)
@given(words=st.lists(HELD, max_size=14))
def test_a_sentence_without_a_hint_holds_no_strength(code: str, words: list[str]) -> None:
    text = " ".join(words)
    sentence = (0, len(text))
    found = amounts(text, find_numbers(text, NUMBERS[code]), UNITS[code])
    wording, units = STRENGTHS[code], UNITS[code]
    got = strengths(text, sentence, found, wording, units, lambda _: ("LVA",))
    reader = _strengths._Reader(text, sentence, wording, units, lambda _: ("LVA",))
    told = [*reader.counted(list(found)), *reader.absent(), *reader.levels()]
    told += reader.commands(told)
    assert len(got) == len(told)


@given(st.text(alphabet="«»“” a.\n", max_size=60), st.integers(0, 60), st.integers(0, 20))
def test_the_quotes_near_a_passage_are_all_that_touch_it(text: str, start: int, size: int) -> None:
    quotes = find_quotes(text, [(0, len(text))], QUOTES)
    near = QuoteIndex(quotes).near((start, start + size))
    touching = [q for q in quotes if q.outer[0] < start + size and start < q.outer[1]]
    assert [q for q in quotes if q in near] == near, "in the order of the text"
    assert all(q in near for q in touching if q.depth < 12)


@pytest.mark.parametrize("stop", ["", ". Fin.", " ! Puis, fin."])
def test_no_piece_is_too_long_to_parse(stop: str) -> None:
    text = "les soldats de la garnison " * 2000 + stop
    lexicon = load_lexicon("fr")
    pieces = cut(text, [(0, len(text))], (), lexicon.grammar, Words(lexicon).may_say)
    assert max(p.span[1] - p.span[0] for p in pieces) <= 2000
