"""Timelines: stages as steps over the days of the reports, evidence as ticks, the same in words."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from foedus.acts import day
from foedus.alliance import Stretch
from foedus.brief import Material, Words, declared_words
from foedus.brief.courses import Axis, CourseView, axis_of, course_view
from foedus.brief.material import MechanismWords
from tests.brief.builders import Register, crisis
from tests.brief.pages import Page, page_of

NAMED = MechanismWords(
    id="article-4",
    names={"fr": "Consultations", "en": "Consultations"},
    stages={"asked": {"fr": "demandées"}, "held": {"fr": "tenues"}},
)
FEB = date(2022, 2, 25)


def drawn(*stretches: Stretch, material: Material | None = None) -> CourseView | None:
    found = material or crisis()
    axis = Axis(date(2022, 2, 21), date(2022, 3, 2))
    facts = {f.id: f for f in found.facts}
    words = Words("fr", Register(), declared_words([NAMED]))
    return course_view(found.statuses[0], stretches, NAMED, facts, axis, words)


def test_days_are_drawn_in_proportion() -> None:
    axis = Axis(date(2022, 2, 1), date(2022, 2, 10))
    assert [axis.x(date(2022, 2, n)) for n in (1, 6, 10)] == [0, 500, 900]
    assert (axis.x(date(2021, 1, 1)), axis.x(date(2023, 1, 1))) == (0, 1000)


def test_stages_are_steps_and_what_cannot_be_told_is_its_own_kind() -> None:
    view = drawn(
        Stretch(date(2022, 2, 22), "unknown", None),
        Stretch(FEB, "engaged", "asked"),
        Stretch(date(2022, 2, 27), "engaged", "held"),
        Stretch(date(2022, 3, 1), "not_engaged", None),
    )
    assert view is not None
    assert [b.kind for b in view.bars] == ["unknown", "engaged", "engaged", "not_engaged"]
    asked, held = view.bars[1], view.bars[2]
    assert held.height > asked.height
    assert held.y + held.height == pytest.approx(asked.y + asked.height)
    assert asked.x + asked.width == pytest.approx(held.x)
    assert view.bars[-1].x + view.bars[-1].width == pytest.approx(1000)
    assert view.steps == (
        "à partir du 22 février 2022 : indéterminé",
        "à partir du 25 février 2022 : engagé, demandées",
        "à partir du 27 février 2022 : engagé, tenues",
        "à partir du 1er mars 2022 : non engagé",
    )


def test_a_stage_that_does_not_engage_is_drawn_apart() -> None:
    view = drawn(Stretch(FEB, "not_engaged", "asked"), Stretch(date(2022, 3, 1), "ruled_out", None))
    assert view is not None
    assert [b.kind for b in view.bars] == ["stage", "ruled_out"]


def test_evidence_stands_on_its_day_by_what_it_is_worth() -> None:
    material = crisis()
    request = material.facts[0]
    claim = material.facts[2]
    dated = msgspec.structs.replace(claim, date=day(date(2022, 2, 26)))
    status = msgspec.structs.replace(material.statuses[0], claims=(claim.id,))
    changed = msgspec.structs.replace(
        material, facts=(request, dated), statuses=(status, *material.statuses[1:])
    )
    view = drawn(Stretch(FEB, "engaged", "asked"), material=changed)
    assert view is not None
    assert [(t.x, t.kind) for t in view.ticks] == [(400, "counts"), (500, "claimed")]


def test_what_began_before_the_days_drawn_says_so() -> None:
    view = drawn(Stretch(date(2016, 7, 9), "engaged", "asked"))
    assert view is not None
    assert view.earlier
    assert (view.bars[0].x, view.bars[0].width) == (0, 1000)
    assert view.steps[0].startswith("à partir du 9 juillet 2016")


def test_what_never_changed_is_not_drawn() -> None:
    assert drawn() is None
    assert drawn(Stretch(date(2030, 1, 1), "engaged", "asked")) is None


def test_the_axis_is_the_reports_and_what_began_shortly_before() -> None:
    material = msgspec.structs.replace(
        crisis(),
        courses={
            "article-4": (Stretch(date(2022, 2, 1), "engaged", None),),
            "no-troops": (Stretch(date(2014, 9, 5), "ruled_out", None),),
        },
    )
    axis = axis_of(material)
    assert axis == Axis(date(2022, 1, 30), date(2022, 3, 2))
    assert axis_of(msgspec.structs.replace(crisis(), as_of=None)) is None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_has_each_drawing_with_its_title_and_words(language: str) -> None:
    material = msgspec.structs.replace(
        crisis(), courses={"article-4": (Stretch(FEB, "engaged", None),)}
    )
    page = Page(page_of(material, language))
    svgs = [a for tag, a in page.tags if tag == "svg" and a.get("role") == "img"]
    assert [a["aria-labelledby"] for a in svgs] == ["ct-article-4 cd-article-4"]
    for ident in ("ct-article-4", "cd-article-4"):
        assert page.passages[ident].strip()
    assert len(page.ids) == len(set(page.ids))


def test_a_course_of_many_days_stays_within_the_box() -> None:
    stretches = [
        Stretch(FEB - timedelta(days=200 - n), "engaged" if n % 2 else "unknown", None)
        for n in range(200)
    ]
    view = drawn(*stretches)
    assert view is not None
    assert all(0 <= b.x <= 1000 and b.width > 0 for b in view.bars)
    assert len(view.bars) == 4
