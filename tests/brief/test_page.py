from __future__ import annotations

import base64
import hashlib
import re
from datetime import date
from itertools import pairwise

import msgspec
import pytest

from foedus.acts import Quantity, day
from foedus.alliance.records import Reason
from foedus.brief import Material, languages
from foedus.ledger.records import Citation, Dating, DatingStep, Difference, Undecided
from foedus.report.records import Credit, Failure, QualityNote
from tests.brief.builders import act, crisis, fact, report, source, span, statement, status
from tests.brief.pages import Page, page_of

HOSTILE = (
    "</style></script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    "{{ 7*7 }}{% x %} javascript:alert(1) \u202etxt\u2066\x1b[31m\x00 <!-- ]]>"
)
SECTIONS = [
    "standing", "limits", "chronology", "voices", "other_side", "support", "disputes",
    "sources", "texts",
]  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_every_link_of_the_page_leads_somewhere_on_it(language: str) -> None:
    page = Page(page_of(crisis(), language))
    assert len(page.ids) == len(set(page.ids))
    assert all(href.startswith("#") for href in page.links())
    assert {href[1:] for href in page.links()} <= set(page.ids)


@pytest.mark.parametrize("language", languages())
def test_every_passage_is_the_characters_of_its_report(language: str) -> None:
    material = crisis()
    page = Page(page_of(material, language))
    reports = sorted(material.reports, key=lambda r: r.label)
    cited = [a for a in page.passages if re.fullmatch(r"r\d+-\d+-\d+", a)]
    assert len(cited) > 8
    for anchor in cited:
        number, start, end = map(int, anchor[1:].split("-"))
        assert page.passages[anchor] == reports[number - 1].text[start:end]


def test_the_page_says_what_a_minister_asks() -> None:
    text = " ".join("".join(Page(page_of(crisis())).text).split())
    for words in (
        "Le Pacte", "Situation au 1er mars 2022", "2 comptes rendus", "1 média nommé",
        "engagé", "demandé", "25 février 2022", "Norland et Sudland", "limite affirmée",
        "source unique", "contesté", "ce serait la guerre", "Ce que d’autres affirment",
        "environ 2 000 missiles", "Ada Berg", "La Gazette", "sans contrôle d’un État",
        "média non nommé", "Estmark, Norland et Sudland", "annoncé", "exclu",
    ):  # fmt: skip
        assert words.replace("\u202f", " ") in text.replace("\u202f", " ").replace("\xa0", " ")


def test_headings_descend_one_at_a_time_and_sections_are_named() -> None:
    page = Page(page_of(crisis()))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    sections = [attrs["id"] for tag, attrs in page.tags if tag == "section"]
    assert sections == SECTIONS
    assert dict(page.tags)["html"] == {"lang": "fr"}


def test_the_policy_names_our_style_and_script_and_nothing_else() -> None:
    html = page_of(crisis())
    policy = next(a["content"] for t, a in Page(html).tags if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        bodies = re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(bodies) == 1
        digest = base64.b64encode(hashlib.sha256(bodies[0].encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = Page(page_of(crisis()))
    for tag, attrs in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "form", "base")
        assert "src" not in attrs
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
    html = page_of(crisis())
    assert not re.search(r"url\((?!#)", html)  # only to the page's own patterns
    assert "@import" not in html
    assert not re.search(r"https?://", html)


def test_the_same_material_gives_the_same_page() -> None:
    assert page_of(crisis()) == page_of(crisis())
    turned = msgspec.structs.replace(crisis(), reports=crisis().reports[::-1])
    assert page_of(turned) == page_of(crisis())


@pytest.mark.parametrize("language", languages())
def test_an_empty_ledger_gives_a_page_that_says_so(language: str) -> None:
    page = Page(page_of(Material(alliance={"fr": "Pacte", "en": "Pact"}), language))
    assert {href[1:] for href in page.links()} <= set(page.ids)


def hostile() -> Material:
    """Return material that holds hostile text in every field that can hold text."""
    text = f"Titre {HOSTILE}\n{HOSTILE} dit non\n"
    told = report(
        text, label=HOSTILE, title=(0, 20), outlet=HOSTILE, url=HOSTILE, language="fr",
        credits=(Credit(kind="agency", name=HOSTILE, span=(0, 5)),),
        notes=(QualityNote(kind="no-date", span=(0, 9), detail=HOSTILE),),
    )  # fmt: skip
    odd = {"actors": (HOSTILE,), "recipients": (HOSTILE,), "places": (HOSTILE,)}
    one = act(told, "dit non", "non", type="REJECT", mode=HOSTILE, cues=(HOSTILE,),
              instruments=(HOSTILE,), attributed_to=HOSTILE, reason=(3, 30), **odd)  # fmt: skip
    told_fact = fact(one, id=HOSTILE, differences=(
        Difference(field=HOSTILE, values={HOSTILE: (one.id,), "b": (one.id, "no-such-act")}),
    ))  # fmt: skip
    cited = Citation(report=HOSTILE, source="", line=3)
    reason = Reason(kind="status", key=HOSTILE, values={HOSTILE: HOSTILE, "format": "{0.__class__}"},
                    citations=(cited,))  # fmt: skip
    stands = status(HOSTILE, "unknown", told_fact, stage=HOSTILE, by=(HOSTILE,), reason=reason)
    step = DatingStep(rule=HOSTILE, before=(), after=(), citations=(cited,), facts=(HOSTILE,))
    amount = Quantity(id="q", report=HOSTILE, source=told.hash, span=(0, 4), subject=HOSTILE,
                      value=1e300, unit=HOSTILE, of=HOSTILE, place=HOSTILE, level=HOSTILE)  # fmt: skip
    return Material(
        alliance={"fr": HOSTILE}, own=(HOSTILE,), as_of=date(2022, 1, 1), known_by=None,
        statuses=(stands,), facts=(told_fact,), quantities=(amount,),
        statements=(statement(told, "dit non", speaker=HOSTILE, via=(HOSTILE,)),),
        sources=(source(told, outlet=HOSTILE, copies=(HOSTILE,),
                        shared=(((0, 3), told.hash, (4, 9)),),
                        dating=Dating(source=told.hash, candidates=(), steps=(step,))),),
        reports=(told,), disagreements=tuple((told_fact, d) for d in told_fact.differences),
        undecided=(Undecided(clock="as_of", asked=date(2022, 1, 1), record=one.id,
                             range=day(date(2022, 1, 1)), citation=cited),),
        failures=(Failure(path=HOSTILE, message=HOSTILE),),
    )  # fmt: skip


@pytest.mark.parametrize("language", languages())
def test_hostile_text_is_never_markup_nor_a_template_nor_a_link(language: str) -> None:
    html = page_of(hostile(), language)
    page = Page(html)
    assert [t for t, _ in page.tags].count("script") == 1
    assert [t for t, _ in page.tags].count("style") == 1
    assert not {"img", "iframe", "b onclick"} & {t for t, _ in page.tags}
    assert all(href.startswith("#") for href in page.links())
    for _, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on")]
    assert "49" not in re.sub(r"<style>.*?</style>|<script>.*?</script>|sha256-\S+", "", html)
    assert not set(html) & set("\x00\x1b\u202e\u2066")
    assert "{{ 7*7 }}" in html
    assert "<class" not in html


def test_a_citation_outside_the_report_names_it_without_a_passage() -> None:
    material = crisis()
    wrong = Citation(report="one", source=material.reports[0].hash, span=(5, 99_999))
    bad = msgspec.structs.replace(material.statuses[0], citations=(wrong,))
    page = Page(page_of(msgspec.structs.replace(material, statuses=(bad,))))
    assert {href[1:] for href in page.links()} <= set(page.ids)


def test_what_is_not_the_article_is_greyed() -> None:
    material = crisis()
    html = page_of(material)
    assert re.search(r'<span class="furniture">Partager cet article</span>', html)
    outside = report("menu\nLe texte.\npied", body=((5, 14),))
    html = page_of(Material(alliance={"fr": "P"}, reports=(outside,)))
    assert re.findall(r'class="furniture">([^<]*)<', html) == ["menu\n", "\npied"]


def test_words_in_two_reports_stand_once() -> None:
    first, second = (report("« Tout est prêt », dit-on.", label) for label in "ab")
    same = [statement(r, "Tout est prêt", speaker="ada-berg") for r in (first, second)]
    material = Material(alliance={"fr": "P"}, reports=(first, second), statements=tuple(same))
    html = page_of(material)
    voices = html[html.index('id="voices"') : html.index('id="other_side"')]
    assert voices.count("Tout est prêt") == 1
    assert "#r1-2-15" in voices
    assert "#r2-2-15" in voices
    assert span(first.text, "Tout est prêt") == (2, 15)
