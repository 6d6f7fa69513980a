"""Choosing facts as an analyst asks for them."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.ledger.out import Content, Filter, chosen, in_ids, unmet
from foedus.world import load_world
from tests.ledger.builders import on


def found(content: Content, **asked: Any) -> set[str]:
    world = load_world()
    asked = {k: (v,) if isinstance(v, str) else v for k, v in asked.items()}
    facts = chosen(content.facts, in_ids(Filter(**asked), world), world)
    return {fact.type for fact in facts}


@pytest.mark.parametrize(
    ("asked", "types"),
    [
        ({}, {"AID", "CONSULT", "ACCUSE", "THREATEN"}),
        ({"types": "aid"}, {"AID"}),
        ({"actors": "FRA"}, {"AID"}),
        ({"actors": "France"}, {"AID"}),
        ({"actors": "allemagne", "types": ("AID", "CONSULT")}, {"AID"}),
        ({"actors": ("FRA", "RUS")}, {"AID", "ACCUSE", "THREATEN"}),
        ({"recipients": "nato"}, {"THREATEN"}),
        ({"parties": "otan"}, {"CONSULT", "THREATEN"}),
        ({"places": "UKR"}, {"ACCUSE"}),
        ({"places": "kyiv"}, {"ACCUSE"}),
        ({"cues": "Summit"}, {"CONSULT"}),
        ({"outlets": "Le Monde"}, {"AID", "CONSULT"}),
        ({"reports": "soir"}, {"AID"}),
        ({"sources": 2}, {"AID"}),
        ({"differing": True}, {"AID"}),
        ({"first": on("2022-03-20").start}, {"CONSULT", "ACCUSE", "THREATEN"}),
        ({"last": on("2022-03-01").start}, {"AID", "CONSULT"}),
        ({"actors": "FRA", "recipients": "RUS"}, set()),
        ({"actors": "=HYPERLINK(1)"}, {"ACCUSE"}),
    ],
)
def test_filters(content: Content, asked: dict[str, Any], types: set[str]) -> None:
    assert found(content, **asked) == types


def test_a_report_can_be_named_by_the_beginning_of_its_hash(content: Content) -> None:
    (source,) = [h for h, r in content.reports.items() if r.label == "soir"]
    assert found(content, reports=source[:8]) == {"AID"}
    assert found(content, reports=source[:3]) == set()


def test_what_nobody_has_is_told_with_the_nearest(content: Content) -> None:
    world = load_world()
    asked = in_ids(Filter(actors=("Allemagn",), cues=("sumit",), places=("UKR",)), world)
    assert unmet(content.facts, asked, world) == (
        ("actors", "Allemagn", ("DEU",)),
        ("cues", "sumit", ("summit",)),
    )
