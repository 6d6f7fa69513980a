"""Contraries: one report has it refused, another agreed to; both stand, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from foedus.errors import FoedusError
from foedus.ledger import Ledger, Opposed, group_facts, opposed_facts, rules
from foedus.ledger.out import Content, disputes_of
from foedus.ledger.records import Reading
from foedus.world import load_world
from tests.ledger.builders import RULES, act, coded, reading, report

TRANSIT: dict[str, Any] = {"actors": "HUN", "recipients": "UKR", "instruments": "weapons"}
REFUSED = reading("a", act("REJECT", **TRANSIT), "2022-02-25")
AGREED = reading("b", act("AGREE", **TRANSIT), "2022-02-25")


def opposed(*told: Reading) -> tuple[Opposed, ...]:
    facts = group_facts(told, world=load_world(), rules=RULES)
    return opposed_facts(facts, world=load_world())


def test_refused_and_agreed_stand_side_by_side_each_with_who_says_it() -> None:
    (found,) = opposed(REFUSED, AGREED)
    assert {found.fact.type, found.other.type} == {"REJECT", "AGREE"}
    assert found.difference.field == "opposed"
    assert found.difference.values == {"AGREE": (AGREED.act.id,), "REJECT": (REFUSED.act.id,)}


def test_the_order_of_facts_changes_nothing() -> None:
    assert opposed(REFUSED, AGREED) == opposed(AGREED, REFUSED)


def test_everybody_who_says_it_is_named_and_nobody_twice() -> None:
    again = reading("c", act("REJECT", **TRANSIT), "2022-02-26")
    (found,) = opposed(REFUSED, AGREED, again)
    assert set(found.difference.values["REJECT"]) == {REFUSED.act.id, again.act.id}
    assert found.difference.values["AGREE"] == (AGREED.act.id,)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(reading("b", act("AGREE", **TRANSIT), "2022-03-25"), id="a month later"),
        pytest.param(reading("b", act("AGREE", **(TRANSIT | {"actors": "POL"})), "2022-02-25"),
                     id="another side"),
        pytest.param(reading("b", act("AGREE", **(TRANSIT | {"instruments": "money"})), "2022-02-25"),
                     id="another thing"),
        pytest.param(reading("b", act("AGREE", **(TRANSIT | {"recipients": "MDA"})), "2022-02-25"),
                     id="for somebody else"),
        pytest.param(reading("b", act("AGREE", aux="negation", **TRANSIT), "2022-02-25"),
                     id="did not agree"),
        pytest.param(reading("b", act("AGREE", aux="hypothetical", **TRANSIT), "2022-02-25"),
                     id="would agree"),
        pytest.param(reading("b", act("AGREE", **TRANSIT)), id="a report of unknown day"),
        pytest.param(reading("b", act("ACCUSE", **TRANSIT), "2022-02-25"), id="no contrary"),
        pytest.param(reading("a", act("AGREE", 60, **TRANSIT), "2022-02-25"), id="the same report"),
    ],
)  # fmt: skip
def test_what_is_no_contrary(other: Reading) -> None:
    assert opposed(REFUSED, other) == ()


def test_who_tells_of_both_tells_how_one_came_after_the_other() -> None:
    before = reading("b", act("REJECT", 60, **TRANSIT), "2022-02-25")
    assert opposed(REFUSED, AGREED, before) == ()


def test_another_day_named_is_another_decision() -> None:
    first = reading("a", act("REJECT", **TRANSIT), "2022-02-25", date="2022-02-24")
    second = reading("b", act("AGREE", **TRANSIT), "2022-02-25", date="2022-02-25")
    assert opposed(first, second) == ()


def test_disputes_list_it_once_whichever_of_the_two_is_asked_for() -> None:
    with Ledger.open(":memory:", world=load_world()) as ledger:
        ledger.add([
            coded(report("one", "2022-02-25", outlet="le-monde"), act("REJECT", **TRANSIT)),
            coded(report("two", "2022-02-25", outlet="tass"), act("AGREE", **TRANSIT)),
        ])  # fmt: skip
        content = Content(ledger)
        (dispute,) = disputes_of(content, content.facts)
        for fact in content.facts:
            assert disputes_of(content, [fact], ["opposed"]) == (dispute,)
        assert disputes_of(content, content.facts, ["quantity"]) == ()
        values = {side.value.split()[0]: side for side in dispute.sides}
        assert {f"{f.type} {f.id}" for f in content.facts} == {s.value for s in dispute.sides}
        assert [h.outlet for h in values["REJECT"].holders] == ["le-monde"]
        assert [h.outlet for h in values["AGREE"].holders] == ["tass"]


def test_a_type_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    text = (Path(rules.__file__).parent / "data" / "rules.yaml").read_text("utf-8")
    path.write_text(text.replace("REJECT: [AGREE, ", "REJECT: [AGREED, "), "utf-8")
    with pytest.raises(FoedusError, match=r"rules\.yaml:\d+: AGREED is no event type"):
        rules.load_rules(path)
