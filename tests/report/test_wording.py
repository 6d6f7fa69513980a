"""The wording: complete in every language, and a mistake in it told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.report.wording import LANG, flat, fold, languages, load_wording


def test_the_languages_that_ship() -> None:
    assert languages() == ("en", "fr")


def test_no_phrase_stands_twice_in_a_language() -> None:
    for wording, phrases in load_wording().values():
        seen = [(p.words, p.rule.match) for p in phrases]
        twice = {p for p in seen if seen.count(p) > 1}
        assert not twice, wording.language


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    match: whole", "    match: hole", "Invalid enum value"),
        ("language: fr", "language: fr\nlangage: fr", "unknown field"),
        ("    12: [décembre", "    13: [décembre", "months has the key '13'"),
        ('    - "{month} {year}"', '    - "{mouth} {year}"', "slot {mouth}"),
        ('    - "{month} {year}"', '    - "{month}[ {year}"', "brackets"),
        ("language: fr", "language: de", "not the file's name"),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, old: str, new: str, says: str) -> None:
    text = (LANG / "fr.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "fr.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FoedusError) as caught:
        load_wording(tmp_path)
    assert says in str(caught.value)
    assert "fr.yaml:" in str(caught.value)


def test_a_folder_without_wording(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="no wording"):
        load_wording(tmp_path)


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(fold(text, lower=False)) == len(text)
    assert fold(fold(text)) == fold(text)
    assert flat("  L’Otan\u00a0 a ") == "l'otan a"
