from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import foedus.brief
from foedus.acts import AUX_MODES, EVENT_TYPES, Amount, DateRange, day
from foedus.alliance.records import Standing, StatusWord
from foedus.brief.material import MechanismWords, declared_words
from foedus.brief.words import LOCALE, Words, catalogue_keys, languages
from foedus.errors import FoedusError
from foedus.ledger import DATING_RULES
from foedus.report.records import CreditKind, NoteKind
from tests.brief.builders import Register

ROOM = Path(foedus.brief.__file__).parent


@pytest.fixture(params=languages())
def words(request: pytest.FixtureRequest) -> Words:
    return Words(request.param, Register())


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ").replace("\u2009", " ")


def test_the_catalogues_hold_the_same_messages() -> None:
    assert languages() == ("en", "fr")
    assert catalogue_keys("fr") == catalogue_keys("en")


@pytest.mark.parametrize("language", languages())
def test_no_message_is_empty_or_fuzzy_and_all_take_the_same_values(language: str) -> None:
    def values(of: str) -> dict[str, set[str]]:
        with (LOCALE / of / "LC_MESSAGES" / "foedus.po").open("rb") as file:
            catalogue = read_po(file, locale=of)
        found = {}
        for message in catalogue:
            if not message.id:
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            told = message.string or ""
            strings = [told] if isinstance(told, str) else list(told)
            assert all(strings), key
            assert not message.fuzzy, key
            found[key] = set(re.findall(r"{(\w+)}", " ".join(strings)))
        return found

    assert values(language) == values("fr")


def test_every_message_that_the_code_asks_for_is_there() -> None:
    files = [*ROOM.rglob("*.py"), *(ROOM / "templates").glob("*.html")]
    asked = {
        key
        for file in files
        for key in re.findall(
            r"\b(?:t|n)\(\s*\"([a-z_]+\.[a-z_.]+[a-z])\"", file.read_text("utf-8")
        )
    }
    assert len(asked) > 40
    assert asked <= catalogue_keys("fr")


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("type", EVENT_TYPES), ("aux", AUX_MODES), ("status", get_args(StatusWord)),
        ("status.limit", get_args(StatusWord)), ("standing", get_args(Standing)),
        ("note", get_args(NoteKind)), ("credit", get_args(CreditKind)),
        ("form", ("direct", "partial", "indirect")), ("bound", ("on", "not-before", "not-after")),
        ("control", ("yes", "no", "public", "unknown")), ("undecided", ("as_of", "known_by")),
        ("section", ("standing", "limits", "chronology", "voices", "other_side", "support",
                     "disputes", "sources", "texts")),
    ],
)  # fmt: skip
def test_every_code_of_the_vocabulary_has_its_word(family: str, codes: tuple[str, ...]) -> None:
    assert {f"{family}.{c}" for c in codes} <= catalogue_keys("fr")


def test_every_rule_of_dating_has_its_words() -> None:
    told = {k for k in catalogue_keys("fr") if k.startswith("dating.")}
    assert told == {"dating.evidence", "dating.step", *(f"dating.{rule}" for rule in DATING_RULES)}


def test_every_message_has_a_use() -> None:
    code = "".join(f.read_text("utf-8") for f in [*ROOM.rglob("*.py"), *ROOM.rglob("*.html")])
    families = {
        "amount", "aux", "bound", "control", "credit", "detail", "dating", "effect", "entity", "evidence_kind",
        "field", "form", "furniture", "given", "how", "instrument", "key", "distribution", "per", "language", "level", "mark", "note", "of", "polarity", "record", "role",
        "section", "stage", "standing", "status", "type", "undecided", "unit",
    }  # fmt: skip
    reasons = {
        "checked", "clause", "conflict", "days", "fact", "force", "initial", "missing", "near",
        "parameter", "reading", "rule", "states",
    }  # fmt: skip
    loose = {k for k in catalogue_keys("fr") if k.split(".")[0] not in families | reasons}
    formed = {k for k in loose if f'"{k.rpartition(".")[0]}.{{' in code}  # f"sim.where.{word}"
    assert {k for k in loose - formed if f'"{k}"' not in code} == set()


def test_dates_in_words() -> None:
    fr, en = Words("fr"), Words("en")
    assert fr.day(date(2022, 3, 1)) == "1er mars 2022"
    assert en.day(date(2022, 3, 1)) == "March 1, 2022"
    month = DateRange(date(2022, 2, 1), date(2022, 2, 28), "month")
    assert fr.range(month) == "février 2022"
    some = DateRange(date(2022, 2, 18), date(2022, 2, 24), "range")
    assert plain(fr.range(some)).startswith("18–24 févr")
    assert fr.range(None) == "date inconnue"
    two = [day(date(2022, 10, 11)), day(date(2023, 10, 10))]
    assert fr.ranges(two) == "11 octobre 2022 ou 10 octobre 2023"


def amount(value: float, **more: object) -> Amount:
    return Amount(**{"value": value, "unit": "item", "span": (0, 1), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "french"),
    [
        (amount(2000, of="missiles", approx=True), "environ 2 000 missiles"),
        (amount(1000, unit="person", at_least=True), "au moins 1 000 personnes"),
        (amount(4000, max=7000, of="soldiers"), "4 000 à 7 000 soldats"),
        (amount(1.5e9, unit="USD", of="weapons"), "1,5 milliard USD (armes)"),
        (amount(12, unit="percent"), "12 %"),
        (amount(1_234_567, of="shells"), "1 234 567 obus"),
        (amount(1e300, of="shells"), "1e+300 obus"),
    ],
)
def test_amounts_in_words(given: Amount, french: str) -> None:
    assert plain(Words("fr").amount(given)) == french


def test_names_come_from_the_register_then_the_slug(words: Words) -> None:
    assert words.entity("NOR") == {"fr": "Norland", "en": "Northland"}[words.language]
    assert words.entity("some-new-minister") == "Some New Minister"
    assert words.entity("XYZ") == "XYZ"


def test_a_stage_has_the_word_of_its_mechanism() -> None:
    of = {"a": {"on": {"fr": "activés"}, "announced": {"fr": "réunion annoncée"}},
          "b": {"on": {"fr": "activée"}}}  # fmt: skip
    declared = declared_words(
        MechanismWords(id=i, names={"fr": i}, stages=stages) for i, stages in of.items()
    )
    words = Words("fr", Register(), declared)
    assert (words.stage("a", "on"), words.stage("b", "on")) == ("activés", "activée")
    assert words.stage("a", "announced") == "réunion annoncée"
    assert words.stage("b", "announced") == "annoncé"
    assert words.stage("c", "odd-one") == "odd one"


def test_values_of_a_reason_become_words() -> None:
    words = Words("fr", Register())
    assert words.value("2022-02-25") == "25 février 2022"
    assert words.value("NOR, SUD") == "Norland et Sudland"
    assert words.value("NOR SUD") == "Norland et Sudland"
    assert words.value("ASSAULT") == "Usage de la force armée"
    assert words.value("ce que dit le texte") == "ce que dit le texte"
    assert words.value("2022-99-99") == "2022-99-99"


@given(st.text(), st.sampled_from(languages()))
def test_no_value_can_break_a_message(text: str, language: str) -> None:
    words = Words(language, Register())
    words.value(text)
    words.entity(text)
    assert text in words.t("link.line", line=text)


def test_an_unknown_language_is_one_sentence() -> None:
    with pytest.raises(FoedusError, match=r"no catalogue for language 'xx' \(choose en or fr\)"):
        Words("xx")


@pytest.mark.parametrize("language", languages())
def test_every_key_of_a_reason_has_its_words(language: str) -> None:
    reasons = pytest.importorskip("foedus.alliance.reasons", reason="no reasons are listed yet")
    assert set(reasons.KEYS) <= catalogue_keys(language)
