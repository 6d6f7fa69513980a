"""Wording: the shipped folders are sound, and a mistake is named by file, line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.coding import languages, load_lexicon
from foedus.coding.wording.lexicon import LANG_ROOT
from foedus.errors import FoedusError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the French wording that a test may spoil."""
    return Path(shutil.copytree(LANG_ROOT / "fr", tmp_path / "fr"))


def replaced(path: Path, old: str, new: str) -> int:
    """Replace words in a file; return the line they stand on."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def fault(folder: Path) -> str:
    with pytest.raises(FoedusError) as caught:
        load_lexicon("fr", folder.parent)
    message = str(caught.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("language", languages())
def test_shipped_wording_loads(language: str) -> None:
    lexicon = load_lexicon(language)
    assert lexicon.frames
    assert len({f.id for f in lexicon.frames}) == len(lexicon.frames)
    assert all(f.type is not None and ":" in f.where for f in lexicon.frames)


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(FoedusError, match=r"no wording for the language 'xx'.*fr"):
        load_lexicon("xx")


def test_a_misspelt_key_is_named_with_its_line(folder: Path) -> None:
    line = replaced(folder / "frames" / "aid.yaml", "{id: give, verbs:", "{id: give, verb:")
    message = fault(folder)
    assert f"aid.yaml:{line}" in message
    assert "verb" in message


def test_an_unknown_type_of_act_is_named(folder: Path) -> None:
    line = replaced(folder / "frames" / "aid.yaml", "type: AID", "type: HELP")
    message = fault(folder)
    assert f"aid.yaml:{line}" in message
    assert "HELP" in message


def test_a_frame_without_words_is_named_with_what_to_do(folder: Path) -> None:
    path = folder / "frames" / "aid.yaml"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\n  - {{id: wordless}}\n", encoding="utf-8")
    message = fault(folder)
    assert f"aid.yaml:{text.count(chr(10)) + 2}" in message
    assert "give it verbs, nouns or phrases" in message


def test_a_class_that_no_thing_has_is_named_with_those_there_are(folder: Path) -> None:
    line = replaced(folder / "frames" / "aid.yaml", "about: [helpers]", "about: [helper]")
    message = fault(folder)
    assert f"aid.yaml:{line}" in message
    assert "'helper'" in message
    assert "one of: " in message
    assert "aid" in message


def test_an_id_given_twice_names_both_places(folder: Path) -> None:
    line = replaced(folder / "frames" / "threaten.yaml", "{id: warn,", "{id: give,")
    message = fault(folder)
    assert f"threaten.yaml:{line}" in message
    assert "first in aid.yaml:" in message
    assert "give one of them another id" in message


def test_no_yaml_is_named_with_its_line(folder: Path) -> None:
    replaced(folder / "things.yaml", "things:\n", "things: [\n")
    assert "things.yaml:" in fault(folder)


def test_an_alias_is_refused(folder: Path) -> None:
    """Aliases can make a small file a giant one; these files may come from a stranger."""
    (folder / "things.yaml").write_text("a: &a [x]\nthings: *a\n", encoding="utf-8")
    assert "aliases" in fault(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "speech.yaml").unlink()
    assert "speech.yaml" in fault(folder)


def test_a_file_of_another_encoding_is_named(folder: Path) -> None:
    (folder / "speech.yaml").write_bytes("verbs: [{verbs: [déclarer]}]".encode("latin-1"))
    message = fault(folder)
    assert "speech.yaml" in message
    assert "UTF-8" in message
