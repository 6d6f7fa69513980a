"""Hostile lengths: every reading ends in time linear in the text. No clock is read here: a quadratic
step over these sizes would not end."""

from __future__ import annotations

import pytest

from foedus.report import find_copies
from tests.report.pages import text_report

SENTENCE = "Le ministre a dit que la réunion aurait lieu mardi à Bruxelles, le 24 février 2022. "
TEXTS = {
    "a line of 300 kB": SENTENCE * 3_500,
    "opening marks": "«" * 50_000,
    "opening marks and words": "« a " * 50_000,
    "straight marks": '" a ' * 50_000,
    "nested parentheses": "(" * 10_000 + ")" * 10_000 + " a",
    "a run of spaces": "a." + " " * 500_000 + "b. c",
    "stops": "." * 500_000 + "a",
    "addresses": "www." * 375 + " x y",
    "addresses with commas": "www.a," * 200 + " é!",
    "one word": "a" * 500_000,
    "brackets": "[" * 100_000 + "a",
    "tags": "<a <b " * 20_000,
    "blank lines": "\n" * 500_000 + "a",
    "short lines": "x\n" * 20_000,
    "terms of one side": "opération militaire spéciale. " * 10_000,
    "dates": "2022 " * 50_000,
}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_hostile_text_is_read(name: str) -> None:
    r = text_report(TEXTS[name])
    find_copies([r, text_report(TEXTS[name] + " Oui.")])
    assert r.text == TEXTS[name]


@pytest.mark.full
def test_a_line_of_five_megabytes_is_read() -> None:
    text = SENTENCE * (5_000_000 // len(SENTENCE))
    assert len(text_report(text).times) == 2 * text.count("mardi")
