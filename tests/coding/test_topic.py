"""Which reports concern an alliance: none of the alliance's is lost, and near misses are left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import encode_record
from foedus.alliance.topic import load_topic
from foedus.brief.work import code_files
from foedus.coding.topic import Topic
from foedus.errors import FoedusError
from foedus.report import LeftOut
from foedus.report.decoding import decode
from foedus.world import load_world

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "samples" / "gold" / "dev"
SHARED = ROOT.parent / "shared" / "reports"
NATO = Topic(load_topic("nato", load_world()))


def _reports() -> Iterator[Path]:
    for folder in (GOLD, SHARED, ROOT / "samples"):
        yield from sorted(folder.glob("*.txt"))


@pytest.mark.parametrize("path", list(_reports()), ids=lambda p: p.stem)
def test_no_annotated_report_is_left_out(path: Path) -> None:
    assert NATO.concerns(decode(path.read_bytes()).text)


def _lines(topic: str | None) -> list[str]:
    found = []
    for item in code_files([GOLD], topic=topic, workers=1):
        assert isinstance(item, tuple)
        found += [encode_record(record) for record in item[1]]
    return found


def test_a_topic_takes_no_record_from_the_reports_that_concern_it() -> None:
    assert _lines("nato") == _lines(None)


@pytest.mark.parametrize(
    "text",
    [
        "L'Otan active ses plans de défense.",
        "OTAN : les ministres de la défense se retrouvent jeudi.",
        "L'ALLIANCE ATLANTIQUE ENVOIE DES TROUPES À L'EST.",
        "Varsovie livrera des blindés et des munitions à l'Ukraine.",
        "Moscou a bombardé le port dans la nuit, et les sanctions s'alourdissent.",
        "NATO deploys troops in Poland.",
        "Berlin will send howitzers and ammunition to Ukraine.",
    ],
)
def test_what_concerns_the_alliance(text: str) -> None:
    assert NATO.concerns(text)


@pytest.mark.parametrize(
    "text",
    [
        "L'avant-centre Otan, formé au club, a ouvert la marque d'un tir croisé.",
        "Une alliance des listes citoyennes se présentera aux élections municipales.",
        "La salade russe se prépare la veille, avec des pommes de terre.",
        "La bombe glacée se démoule au moment de servir, au son du canon de l'été.",
        "L'attaque a pesé, la défense a tenu : une guerre des nerfs, dit l'entraîneur.",
        "Le président ukrainien du club de Dunkerque quitte ses fonctions.",
        "Au Brésil, la coalition se divise sur la réforme des retraites.",
        "Le chef de l'armée du salut a remercié les donateurs.",
        "",
    ],
)
def test_near_misses(text: str) -> None:
    assert not NATO.concerns(text)


def test_only_the_article_counts_and_not_the_page_around_it() -> None:
    text = "Recette du jour\nL'Otan envoie des troupes\nFaites revenir les oignons."
    assert NATO.concerns(text)
    assert not NATO.concerns(text, [(0, 15), (42, len(text))])


WORDS = st.sampled_from(
    ["Otan", "OTAN", "l'Alliance", "Ukraine", "russe", "Kiev", "troupes", "soldats", "guerre", "sommet", "İ", "ſ", "œuf", "\n", "« »"]
)  # fmt: skip


@given(st.lists(st.lists(WORDS, max_size=5), max_size=6), st.data())
def test_less_text_never_concerns_what_more_of_it_does_not(
    parts: list[list[str]], data: st.DataObject
) -> None:
    text, spans = "", []
    for words in parts:
        line = " ".join(words)
        spans.append((len(text), len(text) + len(line)))
        text += line + "\n"
    some = [span for span in spans if data.draw(st.booleans())]
    if NATO.concerns(text, some):
        assert NATO.concerns(text, spans)
        assert NATO.concerns(text)


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    NATO.concerns(text, [(0, len(text))])


def test_reports_that_do_not_concern_it_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Faites revenir les oignons dans le beurre, puis servez.\n")
    (item,) = code_files([tmp_path], topic="nato", workers=1)
    assert isinstance(item, LeftOut)
    assert item.label == "a"


def _folder(tmp_path: Path, topic: str | None) -> Path:
    shipped = ROOT / "src" / "foedus" / "alliance" / "declared" / "nato" / "alliance.yaml"
    (tmp_path / "alliance.yaml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    if topic is not None:
        (tmp_path / "topic.yaml").write_text(topic, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        (None, "does not say which reports concern it"),
        ("about: [nato]\nparties: [friends]\nlanguages: {fr: {field: [[guerre]]}}\n", "'friends' is no role"),
        ("about: [nato]\nlanguages: {fr: {field: []}}\n", "a word is empty, or there is none"),
        ("about: [nato]\nleast: 0\nlanguages: {fr: {field: [[guerre]]}}\n", "Expected `int` >= 1"),
    ],
)  # fmt: skip
def test_a_wrong_topic_is_one_line(tmp_path: Path, topic: str | None, told: str) -> None:
    with pytest.raises(FoedusError, match=r"topic\.yaml") as error:
        load_topic(_folder(tmp_path, topic), load_world())
    assert told in str(error.value)
