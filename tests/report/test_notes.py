"""Quality notes: shown where they show, both sides alike, and silent on clean prose."""

from __future__ import annotations

import pytest

from foedus.report import QualityNote, Report
from tests.report.pages import ARTICLE, FIRST, SECOND, TITLE, notes, report, text_report, words

MASTHEAD, DATE = "Le Courrier du Port", "Publié le 3 mars 2022"


def only(r: Report, kind: str) -> list[QualityNote]:
    return [n for n in r.notes if n.kind == kind]


def test_a_clean_report_has_no_notes() -> None:
    assert report(MASTHEAD, DATE, *ARTICLE).notes == ()


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("La réunion durera encore XNUMX heures, a précisé un diplomate.", "XNUMX"),
        ("« Nous aiderons [the Ukrainian army] autant que possible », a promis le roi.",
         "[the Ukrainian army]"),
        ("« Nous vaincrons », il a dit devant les députés réunis.", "», il a dit"),
    ],
)  # fmt: skip
def test_signs_of_a_machine_translation(sentence: str, sign: str) -> None:
    r = report(MASTHEAD, DATE, TITLE, FIRST, sentence, SECOND)
    assert [words(r, n.span) for n in only(r, "machine-translation")] == [sign]


def test_english_on_the_page_is_no_sign_of_a_translation() -> None:
    r = report(MASTHEAD, DATE, *ARTICLE, "Leave A Reply", "[Powered by the XNUMX plugin]")
    assert only(r, "machine-translation") == []


@pytest.mark.parametrize("aside", ["[…]", "[NDLR : le ministre]", "[sic]", "[de l’armée]"])
def test_an_editors_brackets_are_no_sign(aside: str) -> None:
    r = report(MASTHEAD, DATE, TITLE, f"« Le rôle {aside} reste le même », a dit le roi.", FIRST)
    assert only(r, "machine-translation") == []


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("L’opération militaire spéciale avance comme prévu dans le sud du pays.", "RUS"),
        ("Les hordes russes ont été repoussées au nord de la ville.", "UKR"),
    ],
)
def test_a_sides_term_in_the_reports_own_voice(sentence: str, side: str) -> None:
    r = report(MASTHEAD, DATE, TITLE, FIRST, sentence)
    (note,) = only(r, "one-side-wording")
    assert note.detail == side
    assert words(r, note.span) in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "« L’opération militaire spéciale avance », a assuré le porte-parole.",
        'Moscou, qui parle d’une "opération militaire spéciale", n’a pas répondu.',
        "Selon le ministère, l’opération militaire spéciale avance comme prévu.",
        "Le porte-parole a déclaré que l’opération militaire spéciale avançait.",
        "Ce que le Kremlin appelle opération militaire spéciale est une guerre.",
        "Le président a promis de chasser « les hordes russes » du nord du pays.",
    ],
)
def test_a_sides_term_quoted_or_ascribed_is_not_the_reports(sentence: str) -> None:
    assert only(report(MASTHEAD, DATE, TITLE, FIRST, sentence), "one-side-wording") == []


def test_a_state_outlet_credited() -> None:
    r = report(TITLE, FIRST, SECOND, "Le Courrier du Port et RTEn")
    (note,) = only(r, "state-outlet")
    assert (note.detail, words(r, note.span)) == ("rt", "RTEn")


def test_marks_that_nothing_closes() -> None:
    r = report(MASTHEAD, DATE, TITLE, "Il a dit « jamais et s’est tu pour de bon.", FIRST)
    assert [n.detail for n in only(r, "broken-quotes")] == ["opens"]
    r = report(MASTHEAD, DATE, TITLE, "Il a dit jamais » et s’est tu pour de bon.", FIRST)
    assert [n.detail for n in only(r, "broken-quotes")] == ["closes"]


def test_a_quote_over_paragraphs_is_whole() -> None:
    first = "« Nous avons tenu toute la nuit sans aide."
    r = report(MASTHEAD, DATE, TITLE, FIRST, first, "« Puis les renforts sont venus », dit-elle.")
    assert only(r, "broken-quotes") == []


def test_of_the_file_and_the_page() -> None:
    assert "byte-order-mark" in notes(text_report("\ufeff" + "\n\n".join(ARTICLE)))
    assert notes(report(*ARTICLE)) == {"no-date", "no-outlet"}
    assert "embedded-code" in notes(report(*ARTICLE, "https://x.example/w.js"))
    assert {"too-short", "unknown-language"} <= notes(text_report("Oui."))
    german = "Der Generalsekretär hat am Dienstag mitgeteilt, dass die Truppen im Land bleiben."
    assert "unknown-language" in notes(report(german, german))
