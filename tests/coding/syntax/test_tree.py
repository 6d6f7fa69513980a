"""Tokens say of a sentence what the parser's own tree says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.coding.syntax.parsing import load_parser
from foedus.coding.syntax.tree import Token, attach, features, tokens_of

WORDS = st.sampled_from(
    [
        "L'Otan",
        "n'",
        "enverra",
        "pas",
        "de",
        "troupes",
        ",",
        "a",
        "déclaré",
        "le",
        "ministre",
        "qui",
        "dément",
        "avoir",
        "livré",
        "«",
        "des",
        "chars",
        "»",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=30))
def test_tokens_stand_and_hang_as_the_parser_says(words: list[str]) -> None:
    doc = load_parser("fr_core_news_md")(" ".join(words))
    tokens = tokens_of(doc)
    assert [
        (t.text, t.idx, t.pos, t.dep, t.lemma, t.head.i, t.left, t.right, t.spaced) for t in tokens
    ] == [
        (
            t.text,
            t.idx,
            t.pos_,
            t.dep_,
            t.lemma_,
            t.head.i,
            t.left_edge.i,
            t.right_edge.i,
            bool(t.whitespace_),
        )
        for t in doc
    ]
    for mine, given_ in zip(tokens, doc, strict=True):
        assert [c.i for c in mine.children] == [c.i for c in given_.children]
        assert [c.i for c in mine.subtree] == [c.i for c in given_.subtree]
        assert mine.feature("VerbForm") == ",".join(given_.morph.get("VerbForm"))


def test_heads_may_be_changed_and_attached_again() -> None:
    tokens = [Token(word, i, 2 * i) for i, word in enumerate("abc")]
    for token in tokens:
        token.doc = tokens
    tokens[0].head = tokens[2].head = tokens[1]
    attach(tokens)
    assert tokens[1].children == [tokens[0], tokens[2]]
    assert (tokens[1].left_edge, tokens[1].right_edge) == (tokens[0], tokens[2])
    tokens[2].head = tokens[0]
    attach(tokens)
    assert tokens[1].children == [tokens[0]]
    assert tokens[0].subtree == [tokens[0], tokens[2]]


def test_neighbours_end_with_the_piece() -> None:
    token = Token("seul", 0, 0)
    token.doc = [token]
    with pytest.raises(IndexError):
        token.nbor(-1)
    with pytest.raises(IndexError):
        token.nbor(1)


def test_features_of_a_form() -> None:
    assert features("Number=Plur|VerbForm=Fin") == {"Number": "Plur", "VerbForm": "Fin"}
    assert features("") == {}
