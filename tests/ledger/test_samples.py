"""What reports disagree on, as the sample reports do: each figure stays, with who says it."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.acts import Act
from foedus.ledger import Fact, Reading, group_facts
from foedus.world import load_world
from tests.ledger.builders import RULES, act, amount, reading

ASK: dict[str, Any] = {"mode": "meet", "cues": "article-4"}
FOUR, EIGHT = "EST LTU LVA POL", "BGR CZE EST LTU LVA POL ROU SVK"
SEND: dict[str, Any] = {
    "actors": "nato",
    "mode": "troops",
    "places": "eastern-flank",
    "instruments": "ships",
}
GIVE: dict[str, Any] = {"cues": "partner-support", "rule": "aid.yaml:5 give"}
STRELA: dict[str, Any] = {"actors": "DEU", "instruments": "missiles", "aux": "future", **GIVE}
TANKS: dict[str, Any] = {"actors": "POL", "instruments": "tanks", "aux": "hypothetical", **GIVE}
S300: dict[str, Any] = {"instruments": "air-defence-systems", **GIVE}


def facts(*readings: Reading) -> tuple[Fact, ...]:
    return group_facts(readings, world=load_world(), rules=RULES)


@pytest.mark.parametrize(
    ("one", "other", "field", "values"),
    [
        pytest.param(
            reading("agency", act("REQUEST", actors=FOUR, **ASK), "2022-02-24"),
            reading("undated", act("REQUEST", actors=EIGHT, **ASK)),
            "actors",
            {"EST, LTU, LVA, POL", "BGR, CZE, EST, LTU, LVA, POL, ROU, SVK"},
            id="four or eight asked for consultations",
        ),
        pytest.param(
            reading("one", act("MOBILIZE", quantities=(amount(120, "ships"),), **SEND),
                    "2022-02-24"),
            reading("copy", act("MOBILIZE", quantities=(amount(20, "ships"),), **SEND),
                    "2022-02-25"),
            "quantity:ships:item",
            {"120", "20"},
            id="120 ships or 20",
        ),
        pytest.param(
            reading("march", act("AID", quantities=(amount(2700, "missiles"),), **STRELA),
                    "2022-03-05"),
            reading("march-too", act("AID", quantities=(amount(2000, "missiles"),), **STRELA),
                    "2022-03-07"),
            "quantity:missiles:item",
            {"2700", "2000"},
            id="2,700 missiles or 2,000",
        ),
        pytest.param(
            reading("april", act("AID", recipients="UKR",
                                 quantities=(amount(100, "tanks", approx=True),), **TANKS),
                    "2022-04-27"),
            reading("may", act("AID", quantities=(amount(200, "tanks", at_least=True),), **TANKS),
                    "2022-05-12"),
            "quantity:tanks:item",
            {"~100", "≥200"},
            id="about a hundred tanks or more than 200",
        ),
        pytest.param(
            reading("translated", act("AID", actors="SVN", **S300), "2022-04-27"),
            reading("interview", act("AID", actors="SVK", **S300), "2022-05-12"),
            "actors",
            {"SVK", "SVN"},
            id="Slovenia for Slovakia",
        ),
    ],
)  # fmt: skip
def test_reports_that_disagree(one: Reading, other: Reading, field: str, values: set[str]) -> None:
    (fact,) = facts(one, other)
    (difference,) = fact.differences
    assert difference.field == field
    assert set(difference.values) == values
    assert {i for ids in difference.values.values() for i in ids} == {one.act.id, other.act.id}
    assert fact.reports == 2


def test_two_states_are_taken_for_one_another_only_with_the_same_thing() -> None:
    tanks = act("AID", actors="SVN", instruments="tanks", **GIVE)
    system = act("AID", actors="SVK", **S300)
    assert len(facts(reading("a", tanks, "2022-04-27"), reading("b", system, "2022-04-27"))) == 2
    own = act("AID", 60, actors="SVN", **S300)
    assert len(facts(reading("b", own, "2022-04-27"), reading("b", system, "2022-04-27"))) == 2


def test_a_group_named_with_its_members_is_no_difference() -> None:
    listed = act("REQUEST", actors="POL EST LVA LTU", **ASK)
    summed = act("REQUEST", actors="POL baltic-states EST LVA LTU", **ASK)
    (fact,) = facts(reading("a", listed, "2022-02-24"), reading("b", summed, "2022-02-24"))
    assert fact.differences == ()


PLANS: dict[str, Any] = {"actors": "nato", "instruments": "defence-plans"}


def test_a_headline_the_story_and_a_quote_in_two_reports_are_one_activation() -> None:
    told = [
        reading("a", act("MOBILIZE", 0, **PLANS), "2022-02-24"),
        reading("a", act("MOBILIZE", 90, cues="defence-plans", **PLANS), "2022-02-24"),
        reading("b", act("MOBILIZE", 0, cues="defence-plans", **PLANS), "2022-02", date="2022-02-25"),
        reading("b", act("MOBILIZE", 50, cues="defence-plans", **PLANS), "2022-02"),
        reading("b", act("MOBILIZE", 99, cues="defence-plans", **PLANS), "2022-02",
                group="outlet:gazette"),
        reading("undated", act("MOBILIZE", 9, cues="defence-plans", **PLANS)),
    ]  # fmt: skip
    (fact,) = facts(*told)
    assert (len(fact.readings), fact.reports, fact.sources) == (6, 3, 3)


NOT_THERE: dict[str, Any] = {
    "actors": "nato", "places": "UKR", "cues": "no-troops", "aux": "future negation",
}  # fmt: skip


def test_a_position_said_again_another_day_is_another_fact() -> None:
    again: Act = act("MOBILIZE", 40, **NOT_THERE)
    said = act("MOBILIZE", **NOT_THERE)
    same_day = facts(reading("a", said, "2022-02-24"), reading("b", again, "2022-02-24"))
    assert [f.reports for f in same_day] == [2]
    apart = facts(
        reading("a", said, "2022-02-24"), reading("b", again, "2022-03-23"), reading("c", said),
        reading("d", said, "2022-02-20/2022-03-20"),
    )  # fmt: skip
    assert [f.reports for f in apart] == [1, 1, 1, 1]


def test_copies_tell_the_same_even_where_they_name_nobody() -> None:
    ahead = act("CONSULT", mode="phone", aux="future", rule="consult.yaml:6 meeting")
    held = act("CONSULT", mode="phone", rule="consult.yaml:6 meeting")
    days = {"date": "2022-02-25"}
    copies = facts(
        reading("eve", ahead, "2022-02-24", group="g", **days),
        reading("morning", held, "2022-02-25", group="g", **days),
    )
    assert [(f.reports, f.sources, f.aux) for f in copies] == [(2, 1, ())]
    strangers = facts(
        reading("eve", ahead, "2022-02-24", **days), reading("morning", held, "2022-02-25", **days)
    )
    assert len(strangers) == 2
