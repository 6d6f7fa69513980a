"""The samples are what their README promises: their bytes, their copies, their own sentences."""

from __future__ import annotations

import re
import subprocess
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "samples"
REPORTS = sorted(SAMPLES.glob("*.txt"))
MARKED = "2022-03-25-sommet.txt"
LEGACY = "2022-03-23-varsovie.txt"
COPIES = {"2022-02-24-depeche.txt", "matin.txt"}
ENGLISH = {"cyber.txt", "madrid.txt"}
MARK = b"\xef\xbb\xbf"


def is_utf8(path: Path) -> bool:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig" if is_utf8(path) else "cp1252")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_there_are_eight_to_twelve_of_them_and_each_is_a_short_report() -> None:
    assert 8 <= len(REPORTS) <= 12
    for path in REPORTS:
        assert 150 <= len(words_of(text_of(path))) <= 450, path.name


def test_the_readme_names_every_report_and_no_other() -> None:
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`([\w-]+\.txt)`", readme)) == {path.name for path in REPORTS}


def test_one_report_bears_a_byte_order_mark() -> None:
    assert [p.name for p in REPORTS if p.read_bytes().startswith(MARK)] == [MARKED]


def test_one_report_is_windows_1252_with_letters_latin_1_lacks() -> None:
    assert [p.name for p in REPORTS if not is_utf8(p)] == [LEGACY]
    raw = (SAMPLES / LEGACY).read_bytes()
    assert b"\x9c" in raw, "œ"
    assert b"\x92" in raw, "the curly apostrophe"


def test_two_reports_run_the_same_text_with_small_edits() -> None:
    texts = {path.name: words_of(text_of(path)) for path in REPORTS}
    alike = [
        {a, b}
        for a, b in combinations(sorted(texts), 2)
        if SequenceMatcher(None, texts[a], texts[b], autojunk=False).ratio() > 0.5
    ]
    assert alike == [COPIES]


def test_two_reports_are_in_english() -> None:
    english = {p.name for p in REPORTS if words_of(text_of(p)).count("the") > 5}
    assert english == ENGLISH


def test_the_undated_report_names_no_day_and_no_year() -> None:
    text = text_of(SAMPLES / "bruxelles-2.txt")
    assert not re.search(r"\b20\d\d\b|\d\d[/.]\d\d", text)
    assert not re.search(r"\d+ (?:janv|fév|mars|avr|mai|juin|juil|août|sept|oct)", text)


def test_git_keeps_their_bytes() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git clone: there are no attributes to ask for")
    asked = subprocess.run(
        ["git", "check-attr", "text", "--", f"samples/{LEGACY}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert asked.stdout.strip().endswith("text: unset")


def runs_of(text: str, length: int) -> set[str]:
    words = words_of(text)
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def real(shared: Path) -> list[str]:
    return [p.read_text(encoding="utf-8-sig") for p in sorted((shared / "reports").glob("*.txt"))]


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_no_sentence_is_taken_from_the_real_reports(path: Path, real: list[str]) -> None:
    whole = [f" {' '.join(words_of(text))} " for text in real]
    for sentence in re.split(r"[.!?…«»“”\n]+", text_of(path)):
        words = words_of(sentence)
        said = f" {' '.join(words)} "
        assert len(words) < 8 or not any(said in text for text in whole), sentence


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.name)
def test_no_long_run_of_words_is_taken_either(path: Path, real: list[str]) -> None:
    """Eleven words: past what a title, a treaty's name and an office make together."""
    taken = {run for text in real for run in runs_of(text, 11)}
    assert not runs_of(text_of(path), 11) & taken
