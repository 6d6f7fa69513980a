"""What somebody adds to the register: found like the rest, refused where it is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from foedus.acts import day
from foedus.errors import FoedusError
from foedus.world import Added, load_world

LEAGUE = {
    "states.yaml": """
states:
  velmark:
    names: {fr: [Velmarche], en: [Velmark]}
    adjectives: {fr: [velmarchois, velmarchoise]}
    capital: velm
""",
    "bodies.yaml": """
bodies:
  river-league: {names: {fr: [Ligue des Fleuves], en: [River League]}}
  league-council: {names: {fr: ["Conseil de la Ligue"], en: [Council of the League]}, side: river-league}
""",
    "places.yaml": "places:\n  velm: {names: {any: [Velm]}, within: velmark}\n",
    "persons/all.yaml": """
persons:
  ada-korr: {given: [Ada], surname: [Korr], gender: f, nationality: velmark}
""",
    "offices.yaml": """
known_until: 2040-01-01
offices:
  secretary-general-of-the-river-league:
    role: secretary-general
    side: river-league
    reference: "River League (fictional), List, 2030"
    tenures: [{holder: ada-korr, start: 2030-01-01}]
""",
}


Write = Callable[..., Path]


@pytest.fixture
def world(tmp_path: Path) -> Write:
    def write(**changed: str) -> Path:
        files = LEAGUE | {f"{name}.yaml": text for name, text in changed.items()}
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_what_is_added_is_found_beside_the_rest(world: Write) -> None:
    found = load_world(added=Added.of(world()))
    text = "Le Conseil de la Ligue a reçu la présidente velmarchoise et Jens Stoltenberg à Velm."
    assert [m.entities for m in found.find(text, "fr")] == [
        ("league-council",), ("president-of-velmark",), ("jens-stoltenberg",), ("velmark",),
    ]  # fmt: skip
    assert found.side_of("ada-korr", day(date(2031, 1, 1))) == "river-league"
    assert found.side_of("league-council", None) == "river-league"
    known = found.entity("velmark")
    assert known is not None
    assert known.kind == "state"


def test_foedus_own_register_stays_as_it_is(world: Write) -> None:
    own = load_world()
    added = load_world(added=Added.of(world()))
    assert own.entity("velmark") is None
    assert own.added is None
    assert own.fingerprint != added.fingerprint


def test_what_was_noted_gives_the_same_register(world: Write) -> None:
    added = Added.of(world())
    again = Added.read(added.noted())
    assert str(again.folder) not in added.noted()
    assert load_world(added=again).fingerprint == load_world(added=added).fingerprint


@pytest.mark.parametrize(
    ("changed", "where", "what"),
    [
        ({"bodies": "bodies:\n  nato: {names: {fr: [OTAN]}}\n"}, "bodies.yaml:2", "stands twice"),
        ({"bodies": "bodies:\n  kyiv: {names: {fr: [Kiev]}}\n"}, "bodies.yaml:2", "already the id"),
        ({"states": "states:\n  Velmark: {names: {fr: [V]}}\n"}, "states.yaml:2", "is no id"),
        ({"persons": "persons:\n  a-b: {surname: [B], gender: f, nationality: nowhere}\n"},
         "persons.yaml:2", "'nowhere'"),
        ({"body": "bodies: {}\n"}, "body.yaml", "no file of the register"),
        ({"matching": "languages: {}\n"}, "matching.yaml", "no file of the register"),
        ({"bodies": "bodies: [\n"}, "bodies.yaml:2", "no YAML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_file(
    world: Write, changed: dict[str, str], where: str, what: str
) -> None:
    with pytest.raises(FoedusError) as caught:
        load_world(added=Added.of(world(**changed)))
    assert what in str(caught.value)
    assert where in str(caught.value.where)


@pytest.mark.parametrize("noted", ["", "{}", '[["../x", 1]]', "\ud800"])
def test_what_no_register_wrote_is_refused(noted: str) -> None:
    with pytest.raises(FoedusError, match="cannot be read"):
        Added.read(noted)
