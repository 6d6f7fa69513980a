"""The map: projected outlines, members, standing forces, and presence that reports tell."""

from __future__ import annotations

import json
import math
from datetime import date

import msgspec
import pytest

from foedus.alliance.schema import Force, Member, Reference, Size, Tenure
from foedus.brief import Material, View, Words, declared_words, make_view
from foedus.brief.atlas import DATA, HEIGHT, WIDTH, project, shapes
from foedus.world.records import Entity
from tests.brief.builders import Register, act, crisis, fact, report, status
from tests.brief.pages import Page, page_of

SOURCE = Reference(body="Pact", title="Register", date=date(2000, 1, 1))
TOLD = "Norland a envoyé un bataillon à Estville."


class Atlas(Register):
    """The made-up register, with a place in one of its states."""

    def entity(self, entity_id: str, /) -> Entity | None:
        if entity_id == "estville":
            return Entity(id="estville", kind="place", names={"fr": "Estville"}, within="EST")
        return super().entity(entity_id)


def pact(**more: object) -> Material:
    """The made-up crisis with members, a battlegroup in Estmark, and a report that troops went there."""
    told = report(TOLD, "three")
    sent = fact(act(told, TOLD, "envoyé", type="MOBILIZE", actors=("NOR",), places=("estville",)))
    made = crisis()
    values: dict[str, object] = {
        "memberships": tuple(
            Member(state=s, joined=date(1999, 1, n), reference=SOURCE)
            for n, s in enumerate(("NOR", "EST", "USA"), 1)
        ),
        "outside": ("NOR",),
        "forces": (
            Force(
                id="battlegroup", mechanism="presence", host="EST", start=date(2017, 1, 1),
                names={"fr": "Groupement", "en": "Battlegroup"}, reference=SOURCE,
                framework=(Tenure(state="NOR", start=date(2017, 1, 1)),),
                sizes=(Size(start=date(2020, 1, 1), value=1200, reference=SOURCE),),
            ),
        ),
        "reports": (*made.reports, told), "facts": (*made.facts, sent),
        "statuses": (*made.statuses, status("presence", "engaged", sent)),
    }  # fmt: skip
    return msgspec.structs.replace(made, **(values | more))


def view_of(material: Material, language: str = "fr") -> View:
    register = Atlas()
    return make_view(material, Words(language, register, declared_words(())), register)


def test_the_projection_keeps_areas() -> None:
    """A cell of half a degree has the area on the plane that it has on the sphere."""
    assert project(10, 52) == pytest.approx((0, 0))
    for longitude, latitude in ((-20, 65), (10, 52), (40, 38), (25, 70)):
        ax, ay = project(longitude, latitude)
        bx, by = project(longitude + 0.5, latitude)
        cx, cy = project(longitude + 0.5, latitude + 0.5)
        dx, dy = project(longitude, latitude + 0.5)
        plane = abs((cx - ax) * (dy - by) - (dx - bx) * (cy - ay)) / 2
        rise = math.sin(math.radians(latitude + 0.5)) - math.sin(math.radians(latitude))
        assert plane == pytest.approx(6371**2 * math.radians(0.5) * rise, rel=1e-3)


def test_known_places_lie_where_they_should() -> None:
    """Equal-area coordinates of EPSG:3035, to the sphere's third of a percent."""
    x, y = project(2.35, 48.86)
    assert (x + 4321, y + 3210) == pytest.approx((3761, 2890), rel=0.005)


def test_the_outlines_hold_the_alliances_states_of_europe() -> None:
    found = shapes()
    assert {"FRA", "DEU", "EST", "ISL", "TUR", "UKR", "RUS", "MLT", "CYP", "XKX"} <= set(found)
    assert not {"USA", "CAN", "CHN"} & set(found)
    assert json.loads(DATA.read_text(encoding="utf-8"))["licence"]


def holds(code: str, longitude: float, latitude: float) -> bool:
    """Whether a place lies within the outline of a state (even-odd rule)."""
    x, y = project(longitude, latitude)
    inside = False
    for ring in json.loads(DATA.read_text(encoding="utf-8"))["states"][code]:
        points = [project(a / 100, b / 100) for a, b in zip(ring[::2], ring[1::2], strict=True)]
        for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def test_crimea_and_the_north_of_cyprus_are_drawn_as_the_register_places_them() -> None:
    assert (holds("UKR", 34.1, 45.2), holds("RUS", 34.1, 45.2)) == (True, False)
    assert holds("CYP", 33.3, 35.25)
    assert holds("RUS", 21.2, 54.6)


def test_the_table_says_what_the_map_shows() -> None:
    found = view_of(pact()).presence
    assert found is not None
    rows = {row.name: row for row in found.rows}
    assert rows["Estmark"].forces == (
        "Groupement, conduite : Norland, 1\u202f200 personnes (1er janvier 2020)",
    )
    assert [link.href is not None for link in rows["Estmark"].told] == [True]
    assert rows["Norland"].outside
    assert rows["Norland"].since == "1er janvier 1999"
    assert not rows["USA"].drawn
    assert "USA" in found.beyond
    assert [(m.kind, m.label) for m in found.marks] == [("forces", "1"), ("told", "1")]
    assert {s.kind for s in found.states} == {"member", "host", "other"}
    assert all(0 <= m.x <= WIDTH and 0 <= m.y <= HEIGHT for m in found.marks)


def test_presence_that_is_only_announced_is_not_drawn() -> None:
    material = pact()
    idle = msgspec.structs.replace(material.statuses[-1], status="not_engaged")
    found = view_of(pact(statuses=(*material.statuses[:-1], idle))).presence
    assert found is not None
    assert [m.kind for m in found.marks] == ["forces"]


def test_an_alliance_off_the_map_has_its_table_alone() -> None:
    member = Member(state="USA", joined=date(1999, 1, 1), reference=SOURCE)
    found = view_of(pact(memberships=(member,), forces=())).presence
    assert found is not None
    assert (len(found.states), len(found.marks)) == (0, 0)
    assert [row.name for row in found.rows] == ["USA"]


def test_without_members_there_is_no_section() -> None:
    assert view_of(crisis()).presence is None
    page = Page(page_of(crisis()))
    assert "presence" not in page.ids
    assert "#presence" not in page.links()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_draws_the_map_with_title_and_table(language: str) -> None:
    page = Page(page_of(pact(), language))
    assert page.passages["map-title"].strip()
    assert page.passages["map-desc"].strip()
    assert "#presence" in page.links()
    assert "presence" in [a.get("class") for tag, a in page.tags if tag == "table"]
    assert len(page.ids) == len(set(page.ids))
