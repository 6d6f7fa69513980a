"""The page of a simulation: everything told, nothing hostile let through, the same for the same outcome."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.brief import Words, languages
from foedus.brief.simulated.charts import Scale, band_chart, bars, mark_of, nice
from foedus.brief.simulated.page import render_simulation
from foedus.brief.simulated.telling import Teller
from foedus.brief.simulated.view import simulation_view
from foedus.scenario import Band, Reference, Series
from tests.brief.pages import Page
from tests.brief.simulations import outcome
from tests.brief.test_page import HOSTILE


def page_of(text: str, language: str = "en", home: str = "") -> str:
    words = Words(language)
    return render_simulation(simulation_view(outcome(text), words), words, home)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("text", ["Text", HOSTILE])
def test_the_page_holds_and_loads_nothing(language: str, text: str) -> None:
    html = page_of(text, language)
    page = Page(html)
    assert len(page.ids) == len(set(page.ids))
    assert not [a for _, attrs in page.tags for a in attrs if a == "style" or a.startswith("on")]
    assert "script" not in {tag for tag, _ in page.tags}
    policy = next(a["content"] for t, a in page.tags if t == "meta" and "http-equiv" in a)
    assert (policy or "").startswith("default-src 'none'; style-src 'sha256-")
    within = [h[1:] for h in page.links() if h.startswith("#")]
    assert set(within) <= set(page.ids)
    assert all(h.startswith("#") or h in ("outcome.json", "draws.parquet") for h in page.links())
    for _, attrs in page.tags:
        labels = (attrs.get("aria-labelledby") or "").split()
        assert set(labels) <= set(page.ids)
    assert html == page_of(text, language)


def test_everything_is_told_in_words() -> None:
    told = " ".join(" ".join(Page(page_of("Text")).text).split())
    for said in (
        "median: day 4.5 (Mar 1); 80 % band: from day 3 (Feb 28) to not within the period",
        "reached in 85% of draws",
        "Wholly inside the 80 % band: Text",
        "Partly inside the 80 % band: Text",
        "30% of draws below it, 20% in it, 50% above it.",
        "Inputs end on February 25, 2022, before the outcome.",
        "2 assumptions were not checked at their source.",
        "1 – 2 – 3 loads/day PERT",
        "Too weak to be told from chance: faint",
        "with no waiting: day 2 (Feb 27)",
        "Floor met in 85% of draws",
        "4.5 d (3 – ∞)",
    ):
        assert said in told, said


def test_the_way_back_to_the_brief() -> None:
    links = Page(page_of("Text", home="../../brief.html")).links()
    assert "../../brief.html" in links
    assert "../../brief.html#m-Text" in links or "../../brief.html#m-text" in links


def test_a_scale_holds_whole_days() -> None:
    ticks = Scale(0.4, 17.3).ticks(str, whole=True)
    assert [t.text for t in ticks] == ["1.0", "5.0", "9.0", "13.0", "17.0"]
    assert [t.anchor for t in ticks] == ["start", "middle", "middle", "middle", "end"]
    assert [t.text for t in Scale(3, 3).ticks(str, whole=True)] == ["3.0"]


def test_marks_lie_within_the_width() -> None:
    scale = Scale(0, 10)
    never = mark_of(Band(low=None, mid=None, high=None, share=0), scale)
    assert (never.low, never.mid, never.high, never.open) == (None, None, 100.0, True)
    late = mark_of(Band(low=5, mid=12, high=40), scale)
    assert (late.low, late.mid, late.high, late.width) == (50, 100, 100, 50)


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 1), (1, 1), (850, 1000), (2.1, 2.4), (10_400, 12_000), (3e6, 3e6)]
)
def test_axes_end_on_round_numbers(value: float, expected: float) -> None:
    assert nice(value) == pytest.approx(expected)


def test_a_chart_of_one_day_and_of_nothing() -> None:
    one = Series(
        id="x", kind="stock", title="x", unit="x", days=(0,), low=(0,), mid=(0,), high=(0,)
    )
    assert band_chart(one, (), str).area == "M500.0 200.0L500.0 200.0Z"
    gone = Band(low=None, mid=None, high=None, share=0)
    assert bars((), (), gone, [(3.0, 4.0)], lambda s: s.ticks(str)).happened[0][1] > 0


def test_dates_of_references_are_as_sure_as_they_are() -> None:
    tell = Teller(Words("en"), date(2022, 2, 25), 20)
    month = Reference(body="B", title="T", date=date(2013, 6, 1), precision="month")
    assert tell.reference(month) == "B, T, June 2013"
    assert tell.reference(Reference(body="B", title="T", date=2013)) == "B, T, 2013"
    assert tell.reference(None) == "a judgement of the file’s authors"


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0%"), (0.001, "<1%"), (0.5, "50%"), (0.9995, ">99%"), (1, "100%")]
)
def test_nearly_all_is_not_all(share: float, told: str) -> None:
    assert Teller(Words("en"), date(2022, 2, 25), 20).percent(share) == told
