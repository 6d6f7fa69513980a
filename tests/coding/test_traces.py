"""Rules name a file and a line that holds the word; modes name the word that gave them."""

from __future__ import annotations

import re

import msgspec
import pytest

from foedus.acts import Record, Statement
from foedus.coding.grounds import Grounds, line_text
from foedus.coding.wording.lexicon import LANG_ROOT
from tests.coding.reading import Read

RULE = re.compile(r"([\w-]+\.yaml):(\d+) (\S.*)")


def line_of(rule: str | None, language: str = "fr") -> str:
    """Return the line that a rule names."""
    named = RULE.fullmatch(rule or "")
    assert named, rule
    folder = LANG_ROOT / language
    path = folder / named[1] if (folder / named[1]).is_file() else folder / "frames" / named[1]
    return line_text(path, int(named[2]))


@pytest.mark.parametrize(
    ("text", "how", "word"),
    [
        ("Olaf Scholz a affirmé que la Pologne avait livré des chars.", "clause", "affirmer"),
        ("« Nous aiderons l'Ukraine demain », a martelé Olaf Scholz.", "quote", "marteler"),
        ("La Pologne a livré des chars, a indiqué Olaf Scholz.", "inserted", "indiquer"),
        ("Selon Olaf Scholz, la Pologne a livré des chars.", "according-to", "selon"),
        ("Olaf Scholz a fait savoir que la Pologne livrerait des chars.", "clause", "savoir"),
    ],
)
def test_a_statement_names_the_line_of_its_words_of_saying(
    coded: Read, text: str, how: str, word: str
) -> None:
    rule = coded(text).statements[0].rule
    assert rule is not None
    assert rule.startswith("speech.yaml:")
    assert rule.endswith(f" {how}:{word}")
    assert word in line_of(rule)


def test_a_quote_that_nobody_is_named_for_names_its_marks(coded: Read) -> None:
    rule = coded("« Nous ne partirons pas d'ici, jamais. »").statements[0].rule
    assert rule is not None
    assert rule.startswith("quotes.yaml:")
    assert "«" in line_of(rule)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("La force compte 40 000 soldats.", "compte"),
        ("Le convoi était long de 300 blindés.", "blindé"),
        ("Les stocks de munitions sont au plus bas.", "au plus bas"),
        ("L'Alliance n'a pas de troupes en Ukraine.", "pas"),
    ],
)
def test_a_figure_names_the_words_that_made_it_count(coded: Read, text: str, word: str) -> None:
    rules = [q.rule for q in coded(text).quantities]
    assert rules
    assert rules[0] is not None
    assert rules[0].endswith(f" {word}")
    assert word in line_of(rules[0])


def test_english_rules_name_english_files(coded: Read) -> None:
    found = coded("Joe Biden said that Poland had delivered tanks to Ukraine.", language="en")
    assert "say" in line_of(found.statements[0].rule, "en")


@pytest.mark.parametrize(
    ("text", "kind", "mode", "by", "word", "line"),
    [
        ("La Pologne livrera des chars.", "AID", "future", "tense", "livrera", "future_endings"),
        ("La Pologne n'a pas livré de chars.", "AID", "negation", "negation", "livré", "negations"),
        ("La Pologne prévoit de livrer des chars.", "AID", "future", "word", "prévoit", "prévoir"),
        ("La Pologne a cessé de livrer des chars.", "AID", "negation", "word", "cessé", "cesser"),
        ("La Pologne pourrait livrer des chars.", "AID", "hypothetical", "tense", "pourrait",
         "may_verbs"),
    ],
)  # fmt: skip
def test_a_mode_tells_the_word_that_gave_it_and_its_line(
    coded: Read, text: str, kind: str, mode: str, by: str, word: str, line: str
) -> None:
    found = coded(text)
    act = found.act(kind)
    giver = next(g for g in act.aux_by if g.aux == mode)
    assert (giver.by, found.words(giver.span)) == (by, word)
    ground = next(g for g in Grounds("fr").of(act, text) if g.part == f"aux.{mode}")
    assert line in ground.text


def test_only_modes_that_an_act_has_are_told_of(coded: Read) -> None:
    found = coded("Si la Russie attaquait, l'Otan n'enverrait pas de troupes, dit-on à Paris.")
    for act in found.acts:
        assert {g.aux for g in act.aux_by} <= set(act.aux)


def old(record: Record, rule: str) -> Record:
    return msgspec.structs.replace(record, rule=rule)


def test_a_line_that_has_moved_is_found_again_and_one_that_has_gone_says_so(coded: Read) -> None:
    text = "Olaf Scholz a affirmé que la Pologne livrerait des chars."
    found = coded(text)
    said, grounds = found.statements[0], Grounds("fr")
    now = grounds.of(said, text)[0]
    for rule in ("speech.yaml:1 clause:affirmer", "speech.yaml clause:affirmer"):
        assert grounds.of(old(said, rule), text)[0].line == now.line
    gone = grounds.of(old(said, "speech.yaml:4 clause:bredouiller-x"), text)[0]
    assert (gone.line, gone.text) == (None, "")
    frame = old(found.act("AID"), "aid.yaml:1 give")
    assert "id: give" in grounds.of(frame, text)[0].text


@pytest.mark.parametrize(
    "rule", ["../../secret.yaml:1 x", "/etc/passwd", "nosuch.yaml:3 x", "", "interview", "a\nb.yaml:1 x"]
)  # fmt: skip
def test_a_rule_never_leads_out_of_the_wording(rule: str) -> None:
    said = Statement(id="s", report="r", span=(0, 4), form="indirect", rule=rule)
    ground = Grounds("fr").of(said, "abcd efgh")[0]
    assert (ground.file, ground.line, ground.text) == (None, None, "")
