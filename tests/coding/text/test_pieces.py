"""Pieces: what is parsed on its own, and that nothing of the article is lost between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.syntax.words import Words
from foedus.coding.text.pieces import Piece, cut
from foedus.coding.text.quotes import find_quotes, load_quotes
from foedus.coding.wording.lexicon import load_lexicon

LEXICON = load_lexicon("fr")
QUOTES = load_quotes(LEXICON.folder)
WORDS = Words(LEXICON)


def pieces(text: str) -> tuple[Piece, ...]:
    body = [(0, len(text))]
    return cut(text, body, find_quotes(text, body, QUOTES), LEXICON.grammar, WORDS.may_say)


def parts(text: str) -> list[str]:
    return [text[slice(*p.span)] for p in pieces(text)]


CUTS = [
    ("Kiev tient. Moscou attend.", ["Kiev tient.", "Moscou attend."]),
    ("M. Scholz part. Il revient.", ["M. Scholz part.", "Il revient."]),
    ("Le J.-C. Dupont part.", ["Le J.-C. Dupont part."]),
    ("Les prix ont pris 1.5 point hier.", ["Les prix ont pris 1.5 point hier."]),
    ("Vraiment ? Oui ! Bien… Soit.", ["Vraiment ?", "Oui !", "Bien…", "Soit."]),
    ("« Nous irons à Kiev », dit-elle.", ["Nous irons à Kiev", "dit-elle."]),
    ("Il a dit : « Nous irons à Kiev. »", ["Il a dit :", "Nous irons à Kiev."]),
    ("Il parle d'« un long hiver » à venir.", ["Il parle d'« un long hiver » à venir."]),
    (
        "« Nous irons à Kiev », dit-elle, « dès que la route sera libre ».",
        ["Nous irons à Kiev", "dit-elle,", "dès que la route sera libre"],
    ),
    ("Guerre en Ukraine : L'Otan se réunit", ["Guerre en Ukraine :", "L'Otan se réunit"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CUTS)
def test_where_a_text_is_cut(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


def test_pieces_of_one_sentence_know_each_other() -> None:
    quote, saying, following = pieces("« Nous irons à Kiev », dit-elle. La pluie tombe.")
    assert quote.sentence == saying.sentence != following.sentence
    assert quote.quote == 0
    assert saying.quote is None


def test_a_sentence_without_an_end_is_cut_so_that_it_can_be_parsed() -> None:
    assert all(p.span[1] - p.span[0] <= 2_000 for p in pieces("mot " * 5_000))


@given(st.text(alphabet="ab .,:;!?…«»“”\"'’()-–\n\u00a0àÉ1", max_size=300))
def test_pieces_are_in_order_and_lose_no_letter(text: str) -> None:
    found = pieces(text)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    covered = "".join(text[slice(*p.span)] for p in found)
    assert [c for c in text if c.isalnum()] == [c for c in covered if c.isalnum()]
