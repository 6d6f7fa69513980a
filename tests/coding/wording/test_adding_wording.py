"""The guide on adding wording is carried out as it stands, and does what its table says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import foedus.coding.coder
from foedus.alliance import load_alliance
from foedus.coding import Coder, load_lexicon
from foedus.coding.wording.lexicon import LANG_ROOT, Frame
from foedus.world import World
from tests.coding.reading import Coded, Read, reader

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs" / "guides" / "adding-wording.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n# (\S+?\.yaml)(?:: (.+?) -> (.+?))?\n(.*?)```", GUIDE, re.DOTALL)
ROWS = [
    tuple(cell.strip() for cell in row.split("|")[1:-1])
    for row in GUIDE.splitlines()
    if row.startswith("| ") and row.count("|") == 4 and row.rstrip(" |").count(".") >= 1
]


def told(found: Coded) -> str:
    """What a row of the guide's table says of a sentence."""
    if found.statements:
        return found.statement().speaker or "nobody"
    if not found.acts:
        return ""
    act = found.act()
    named = [s for s in act.instruments if s == "heaters"]
    return " ".join([act.type, *act.aux, *named])


@pytest.fixture
def changed(coded: Read, tmp_path: Path, world: World, monkeypatch: pytest.MonkeyPatch) -> Read:
    """A coder with the guide's additions."""
    coded("Rien.")  # the shared coder reads its wording at its first report
    folder = Path(shutil.copytree(LANG_ROOT / "fr", tmp_path / "fr"))
    for name, old, new, lines in BLOCKS:
        path = folder / name
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n"
        if old:
            assert text.count(old) == 1, (name, old)
            text = text.replace(old, new)
        path.write_text(text + lines, encoding="utf-8")
    monkeypatch.setattr(
        foedus.coding.coder, "load_lexicon", lambda language: load_lexicon(language, tmp_path)
    )
    alliance = load_alliance("nato")
    return reader(Coder(world, alliance.cues, own=alliance.own), world)


def test_the_five_additions_are_all_here() -> None:
    assert len(BLOCKS) == len(ROWS) == 5


def test_before_and_after(coded: Read, changed: Read) -> None:
    for sentence, before, after in ROWS:
        assert told(coded(sentence)) == before, sentence
        assert told(changed(sentence)) == after, sentence


def test_every_key_of_a_frame_is_explained() -> None:
    for name in Frame.__struct_fields__:
        assert name == "where" or f"`{name}`" in GUIDE, name
