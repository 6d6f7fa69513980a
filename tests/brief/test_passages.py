from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief.passages import Anchors, Passage, marked_text, quoted, sentence_around, visible
from tests.brief.pages import Page


def mark(text: str, *spans: tuple[int, int]) -> Page:
    passages = [Passage(s, f"a-{s[0]}-{s[1]}", "said") for s in spans]
    return Page(f"<div>{marked_text(text, passages)}</div>")


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 5)],
        [(0, 10), (2, 6), (3, 5)],  # nested
        [(0, 6), (4, 10)],  # crossing
        [(0, 6), (2, 8), (4, 10)],  # crossing twice
        [(0, 4), (4, 8)],  # touching
        [(0, 10), (0, 3), (7, 10)],  # same start, same end
    ],
)
def test_every_passage_is_found_again_whole(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghij"
    page = mark(text, *spans)
    for start, end in spans:
        assert page.passages[f"a-{start}-{end}"] == text[start:end]
    assert "".join(page.text) == text


def test_a_passage_that_nothing_crosses_is_one_element() -> None:
    html = str(marked_text("abcdef", [Passage((1, 5), "a", "s"), Passage((2, 3), "b", "s")]))
    assert html == 'a<span class="s" id="a">b<span class="s" id="b">c</span>de</span>f'


spans_of = st.lists(st.tuples(st.integers(-2, 60), st.integers(-2, 60)), max_size=12)


@given(st.text(max_size=50), spans_of)
def test_text_and_passages_come_back_from_the_page(text: str, spans: list[tuple[int, int]]) -> None:
    page = mark(text, *spans)
    # Python's parser reads a line feed for a carriage return only where none was written as such.
    assert "".join(page.text) == visible(text)
    assert len(page.ids) == len(set(page.ids))
    for start, end in spans:
        if 0 <= start < end <= len(text):
            assert page.passages[f"a-{start}-{end}"] == visible(text[start:end])
        else:
            assert f"a-{start}-{end}" not in page.passages


@given(st.text())
def test_visible_keeps_length_and_leaves_nothing_hidden(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\x00\x07\x1b\x7f\x85\u202e\u2066\u2069\u200f\ud800")


def test_markup_of_a_report_is_text() -> None:
    text = "</span><script>alert(1)</script>&amp;<b onclick='x'>"
    html = str(marked_text(text, [Passage((0, 20), "a", "s")]))
    assert "<script" not in html
    assert "<b" not in html
    assert "".join(Page(f"<div>{html}</div>").text) == text


def test_a_carriage_return_is_kept_as_a_character() -> None:
    assert str(marked_text("a\r\nb", [])) == "a&#13;\nb"


def test_deep_nesting_and_many_marks_stay_small() -> None:
    text = "x" * 20_000
    nested = [Passage((i, len(text) - i), f"a{i}", "s") for i in range(5_000)]
    beside = [Passage((i, i + 1), f"b{i}", "s") for i in range(0, 20_000, 2)]
    for passages in (nested, beside):
        page = Page(f"<div>{marked_text(text, passages)}</div>")
        assert len(page.ids) == len(passages)
        assert "".join(page.text) == text


def test_an_anchor_is_made_of_numbers_and_only_of_places_in_the_text() -> None:
    anchors = Anchors(3, "abc")
    assert anchors.cite((0, 2)) == "r3-0-2"
    assert [anchors.cite(s) for s in ((0, 0), (2, 9), (-1, 2), (2, 1))] == [None] * 4
    assert [p.anchor for p in anchors.passages()] == ["r3-0-2"]


def test_a_quote_stands_on_one_line_and_says_when_it_is_cut() -> None:
    assert quoted("un  mot\n\u00a0puis", (0, 13)) == "un mot puis"
    assert quoted("mot " * 50, (0, 200), limit=20) == "mot mot mot mot mot…"


@pytest.mark.parametrize(
    ("text", "words", "around"),
    [
        ("Avant. Selon M. Roc, il part demain. Après.", "il part", ("Selon M. Roc, ", " demain.")),
        ("Titre\nIl part demain", "part", ("Il ", " demain")),
        ("Il part. Elle reste.", "Il part.", ("", "")),
        ("« Il part. » Elle reste.", "Elle", ("", " reste.")),
        ("a " * 200 + "part" + " b" * 200, "part", ("…" + "a " * 120, " b" * 120 + "…")),
    ],
)
def test_a_clause_is_shown_in_its_sentence(text: str, words: str, around: tuple[str, str]) -> None:
    start = text.index(words)
    assert sentence_around(text, (start, start + len(words))) == around


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_the_rest_of_a_sentence_is_short_whatever_the_text(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    before, after = sentence_around(text, (start, end))
    assert len(before) <= 241
    assert len(after) <= 241
