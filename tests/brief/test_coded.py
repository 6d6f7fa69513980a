"""Why was this coded so: sentences, records and lines, as data, on a terminal and as a page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.acts import Act, Record
from foedus.alliance import load_alliance
from foedus.brief import Words, languages
from foedus.brief.coded import Explainer, Explanation, file_name, lines_of, render_coded
from foedus.brief.coded.parts import pieces_of, stretches
from foedus.brief.coded.text import excerpt, print_lines
from foedus.coding import Coder
from foedus.coding.wording.lexicon import load_lexicon
from foedus.report import read_text
from foedus.report.records import Furniture, QualityNote, Report
from foedus.world import load_world
from tests.brief.builders import report
from tests.brief.pages import Page
from tests.brief.test_page import HOSTILE, hostile

TEXT = """Les alliés écartent l'envoi de troupes

Publié le 16 mars 2022

« Nous n'enverrons pas de troupes en Ukraine », a martelé Jens Stoltenberg. Il pleuvait à Bruxelles.
La Pologne prévoit de livrer 200 chars à l'Ukraine.

Partager sur Facebook
"""
Explain = Callable[..., Explanation]


@pytest.fixture(scope="module")
def coder() -> Coder:
    alliance = load_alliance("nato")
    return Coder(load_world(), alliance.cues, own=alliance.own)


def explainer(language: str = "fr") -> Explainer:
    world = load_world()
    return Explainer(Words(language, world), load_alliance("nato"), world)


@pytest.fixture(scope="module")
def told(coder: Coder) -> Explanation:
    found = read_of(TEXT, "essai")
    return explainer().explain(found, coder.code(found))


def read_of(text: str, label: str) -> Report:
    return read_text(text.encode("utf-8"), label=label, path="essai.txt", world=load_world())


def records(explanation: Explanation) -> list[Record]:
    return [c.record for p in explanation.parts for c in p.records]


def test_every_record_stands_under_the_sentence_it_comes_from(told: Explanation) -> None:
    assert {type(r).__name__ for r in records(told)} >= {"Act", "Statement"}
    for part in told.parts:
        for coded in part.records:
            place = coded.record.trigger if isinstance(coded.record, Act) else coded.span
            assert part.span[0] <= place[0] < part.span[1]
            assert part.kind == "sentence"


def test_what_is_not_the_article_and_what_is_not_coded_are_shown_too(told: Explanation) -> None:
    kinds = {p.text: p.kind for p in told.parts}
    assert kinds["Partager sur Facebook"] == "furniture"
    rain = next(p for p in told.parts if p.text == "Il pleuvait à Bruxelles.")
    assert (rain.kind, rain.records) == ("sentence", ())
    share = next(p for p in told.parts if p.text == "Partager sur Facebook")
    assert share.ground is not None
    assert (share.ground.file, share.ground.line is not None) == ("report/lang/fr.yaml", True)


def test_each_part_of_an_act_has_its_line(told: Explanation) -> None:
    limit = next(
        c for p in told.parts for c in p.records
        if isinstance(c.record, Act) and "no-troops" in c.record.cues and "future" in c.record.aux
    )  # fmt: skip
    lines = {g.part: g for f in limit.fields for g in f.grounds}
    assert limit.grounds[0].file == "coding/lang/fr/frames/mobilize.yaml"
    assert f"id: {limit.grounds[0].name}" in limit.grounds[0].text
    assert "future_endings" in lines["aux.future"].text
    assert "pas" in lines["aux.negation"].text
    assert lines["cue.no-troops"].file == "alliance/declared/nato/cues.yaml"
    assert lines["cue.no-troops"].name in lines["cue.no-troops"].text
    aid = next(c for p in told.parts for c in p.records if c.title.endswith("(AID)"))
    amount = next(g for f in aid.fields for g in f.grounds if g.part == "quantity.0")
    assert amount.file == "coding/lang/fr/units.yaml"
    assert "char" in amount.text


@pytest.mark.parametrize("language", languages())
def test_on_a_terminal_lines_fit_and_nothing_drives_it(coder: Coder, language: str) -> None:
    text = f"La Pologne a livré des chars à l'Ukraine \x1b[31m{HOSTILE}.\n" * 3
    text = text.replace("\x00", "\x01")  # a zero byte makes a file binary: it is never read
    found = read_of(text, HOSTILE)
    explained = explainer(language).explain(found, coder.code(found))
    lines = list(lines_of(explained, Words(language), width=80))
    assert lines
    assert all(len(line) <= 80 or " " not in line.strip() for line in lines)
    assert not {c for line in lines for c in line if ord(c) < 32 or c in "\u202e\u2066\x7f"}


def test_colour_is_for_terminals_only(told: Explanation, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Words("fr")
    plain = "\n".join(print_lines(told, words, terminal=False))
    assert "\x1b" not in plain
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in "\n".join(print_lines(told, words, terminal=True))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in "\n".join(print_lines(told, words, terminal=True))


def test_as_data_it_holds_the_records_themselves(told: Explanation) -> None:
    data = json.loads(msgspec.json.encode(told))
    shown = [c["record"] for p in data["parts"] for c in p["records"]]
    assert [r["id"] for r in shown] == [r.id for r in records(told)]
    assert {r["record"] for r in shown} <= {"act", "statement", "quantity"}


@pytest.mark.parametrize("language", languages())
def test_the_page_is_whole_and_its_links_lead_somewhere(coder: Coder, language: str) -> None:
    found = read_of(TEXT, "essai")
    explained = explainer(language).explain(found, coder.code(found))
    leads = {r.id: f"../brief.html#r1-{r.span[0]}-{r.span[1]}" for r in records(explained)}
    html = render_coded(explained, Words(language), leads, "../brief.html#r1")
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert {r.id for r in records(explained)} <= set(page.ids)
    here = {h[1:] for h in page.links() if h.startswith("#")}
    assert here <= set(page.ids)
    assert {h for h in page.links() if not h.startswith("#")} == {
        *leads.values(),
        "../brief.html#r1",
    }
    assert "<script" not in html
    for part in explained.parts:
        assert part.text in html.replace("&#39;", "'").replace("&#34;", '"') or part.records


def test_hostile_text_is_never_markup_nor_a_path() -> None:
    material = hostile()
    acts = [r.act for f in material.facts for r in f.readings]
    odd: list[Record] = [*acts, *material.statements, *material.quantities]
    odd = [msgspec.structs.replace(r, rule=HOSTILE) for r in odd]
    told = explainer().explain(material.reports[0], odd, HOSTILE)
    page = Page(html := render_coded(told, Words("fr"), {}, ""))
    assert not {"img", "script", "iframe"} & {t for t, _ in page.tags}
    assert [t for t, _ in page.tags].count("style") == 2
    assert not set(html) & set("\x00\x1b\u202e\u2066")
    for _, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on")]
    assert re.fullmatch(r"[0-9a-f]{64}\.html", file_name(f"../../{HOSTILE}"))
    assert file_name("ab" * 32) == f"{'ab' * 32}.html"


def test_a_language_without_wording_is_said_to_have_none() -> None:
    told = explainer().explain(report("Ein Satz. Noch einer.", language="de"), ())
    assert not told.coded
    assert [p.kind for p in told.parts] == ["sentence"]
    assert "aucun vocabulaire" in "\n".join(lines_of(told, Words("fr")))


def test_notes_lie_where_they_are_or_at_the_head() -> None:
    text = "Un titre\n\nUne phrase «ouverte.\n"
    notes = (QualityNote(kind="no-date"), QualityNote(kind="broken-quotes", span=(21, 22)))
    told = explainer().explain(report(text, notes=notes, body=((0, 8), (10, 31))), ())
    assert len(told.notes) == 1
    assert [len(p.notes) for p in told.parts] == [0, 1]


def test_a_long_line_is_cut_to_what_stands_round_the_word() -> None:
    line = "- {verbs: [" + ", ".join(f"mot{n}" for n in range(90)) + "]}"
    shown = excerpt(line, "clause:mot60")
    assert len(shown) <= 160
    assert "mot60" in shown
    assert shown.startswith("- {verbs:")


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("aÉ .!?«»\"'\n\r\t\u00a0,:;()-é1"), max_size=120), st.data())
def test_stretches_hold_every_character_but_blanks_once_and_in_order(
    text: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = [(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if a < b]
    made: Report = report(
        text, body=tuple(spans[::2]),
        furniture=tuple(Furniture(span=s, kind="share", rule="x") for s in spans[1::2]),
    )  # fmt: skip
    found = stretches(made, pieces_of(made, load_lexicon("fr")))
    at = 0
    for stretch in found:
        assert not text[at : stretch.span[0]].strip()
        assert at <= stretch.span[0] < stretch.span[1]
        at = stretch.span[1]
    assert not text[at:].strip()
