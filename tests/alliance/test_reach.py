"""What it would take: the sets that come back do reach the goal, none is too large, and no means no."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.alliance import SHIPPED, Alliance, load_alliance, statuses
from foedus.alliance.reach import Goal, Move, reach
from foedus.alliance.records import StatusWord
from foedus.alliance.supposing import supposed_fact
from foedus.errors import FoedusError
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, told
from tests.alliance.test_engine import DAYS, NATO, told_facts

DAY = date(2022, 3, 1)


def goal(text: str, stage: str | None = None) -> Goal:
    mechanism, _, status = text.partition("=")
    words: dict[str, StatusWord] = {
        "engaged": "engaged", "not_engaged": "not_engaged", "ruled_out": "ruled_out",
        "unknown": "unknown",
    }  # fmt: skip
    return Goal(mechanism=mechanism, status=words[status], stage=stage)


def rules(sets: Sequence[Sequence[Move]]) -> list[list[str]]:
    return [[f"-{m.rule}" if m.absent else m.rule for m in moves] for moves in sets]


def asked(alliance: Alliance, facts: Sequence[Fact], wanted: Goal) -> list[list[str]]:
    found = reach(alliance, facts, wanted, as_of=DAY, known_by=DAY, world=WORLD)
    assert found.outcome == ("found" if found.sets else found.outcome)
    return rules(found.sets)


def test_the_decision_engages_collective_defence_and_nothing_less_does() -> None:
    found = reach(NATO, [], goal("article-5=engaged"), as_of=DAY, known_by=DAY, world=WORLD)
    assert rules(found.sets) == [["decision"]]
    act = found.sets[0][0].act
    assert act is not None
    assert (act.type, act.actors, act.cues) == ("MOBILIZE", ("nato",), ("article-5",))


def test_an_attack_only_sets_a_stage() -> None:
    wanted = goal("article-5=not_engaged", "attack")
    ways = [["armed-attack"], ["armed-attack-on-forces"], ["cyber-attack"]]
    assert asked(NATO, [], wanted) == ways


def test_a_limit_is_crossed_by_a_later_act_though_it_is_ruled_out() -> None:
    refusal = told("f", date(2022, 2, 26), type="REJECT", cues=["no-fly-zone"], actors=["nato"])
    found = reach(
        NATO, [refusal], goal("no-fly-zone=engaged"), as_of=DAY, known_by=DAY, world=WORLD
    )
    assert (found.status, found.standing) == ("ruled_out", ("f",))
    assert rules(found.sets) == [["imposing"]]


def test_on_the_same_day_the_refusal_has_to_be_absent() -> None:
    refusal = told("f", DAY, type="REJECT", cues=["no-fly-zone"], actors=["nato"])
    assert asked(NATO, [refusal], goal("no-fly-zone=engaged")) == [["imposing", "-refusal"]]


def test_no_declared_clause_leads_there() -> None:
    found = reach(NATO, [], goal("council=ruled_out"), as_of=DAY, known_by=DAY, world=WORLD)
    assert (found.outcome, found.sets) == ("no_clause", ())


def test_it_is_there_already() -> None:
    found = reach(NATO, [], goal("council=not_engaged"), as_of=DAY, known_by=DAY, world=WORLD)
    assert found.outcome == "already"


def test_too_much_stands_against_it() -> None:
    refusals = [
        told(f"f{n}", DAY, type=kind, cues=["article-5"], actors=["nato"], aux=aux)
        for n, (kind, aux) in enumerate(
            [("REJECT", []), ("MOBILIZE", ["negation"]), ("MOBILIZE", []), ("REQUEST", ["negation"])]
        )
    ]  # fmt: skip
    found = reach(NATO, refusals, goal("article-5=engaged"), as_of=DAY, known_by=DAY, world=WORLD)
    assert rules(found.sets) == [["-refused", "-not-invoked"]]


def test_a_condition_on_another_mechanism_is_met_first(tmp_path: Path) -> None:
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    file = folder / "mechanisms.yaml"
    plain = "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [ours]}"
    text = file.read_text(encoding="utf-8")
    asking = f"{plain}, states: [{{mechanism: mutual-aid}}]"
    file.write_text(text.replace(plain, asking), encoding="utf-8")
    pact = load_alliance(folder, WORLD)
    assert asked(pact, [], goal("lake-patrol=engaged")) == [["sets-sail", "grant"]]


def test_one_act_that_two_rules_mean_is_one_way(tmp_path: Path) -> None:
    """Each party consents to a patrol, and the last consent sends it: two acts, listed once."""
    folder = tmp_path / "pact"
    shutil.copytree(SHIPPED / "exercise", folder)
    head = folder / "alliance.yaml"
    roles = "roles:\n" + "".join(f"  - {{id: {s}, ids: [{s}]}}\n" for s in ("arvenia", "bostrel"))
    head.write_text(head.read_text(encoding="utf-8").replace("roles:\n", roles), encoding="utf-8")
    consents = "".join(
        f"""
  - id: consent-{s}
    names: {{en: Consent}}
    section: bodies
    clause: {{en: "Each party consents."}}
    reference: {{body: b, title: t, date: 1990-05-01}}
    stages: [{{id: given, names: {{en: given}}}}]
    rules:
      - {{id: yes, effect: initiates, stage: given, when: {{types: [AGREE], cues: [lake-patrol], actors: {{any: [{s}]}}}}}}
"""
        for s in ("arvenia", "bostrel")
    )
    file = folder / "mechanisms.yaml"
    plain = "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [ours]}"
    all_of = "states: [{mechanism: consent-arvenia}, {mechanism: consent-bostrel}]"
    asking = f"when: {{types: [AGREE], cues: [lake-patrol], actors: {{any: [party]}}, {all_of}"
    text = file.read_text(encoding="utf-8").replace(plain, asking)
    file.write_text(text.rstrip() + "\n" + consents, encoding="utf-8")
    pact = load_alliance(folder, WORLD)
    on = date(2022, 3, 1)
    found = reach(pact, [], goal("lake-patrol=engaged"), as_of=on, known_by=on, world=WORLD)
    acts = [{m.act.actors for m in moves if m.act is not None} for moves in found.sets]
    assert acts == [{("arvenia",), ("bostrel",)}]


@pytest.mark.parametrize(
    ("text", "stage", "said"),
    [
        ("article-6=engaged", None, "no mechanism 'article-6'"),
        ("article-5=engaged", "given", "no stage 'given' .one of: attack, asked, decided"),
    ],
)
def test_what_is_not_declared_cannot_be_reached(text: str, stage: str | None, said: str) -> None:
    with pytest.raises(FoedusError, match=said):
        reach(NATO, [], goal(text, stage), as_of=DAY, known_by=DAY, world=WORLD)


GOALS = st.sampled_from(
    [
        f"{m}={w}"
        for m in ("article-4", "article-5", "no-troops", "response-force")
        for w in ("engaged", "not_engaged", "ruled_out")
    ]
)


@given(facts=told_facts(), as_of=DAYS, wanted=GOALS)
def test_every_set_reaches_the_goal_and_no_part_of_it_does(
    facts: list[Fact], as_of: date, wanted: str
) -> None:
    end = goal(wanted)
    found = reach(NATO, facts, end, as_of=as_of, known_by=as_of, world=WORLD)

    def stands(moves: Sequence[Move]) -> str:
        gone = {ident for move in moves for ident in move.absent}
        kept = [f for f in facts if f.id not in gone]
        acts = [supposed_fact(move.act, name=f"s{n}") for n, move in enumerate(moves) if move.act]
        answers = statuses(NATO, [*kept, *acts], as_of=as_of, known_by=as_of, world=WORLD)
        return next(s.status for s in answers if s.mechanism == end.mechanism)

    assert (found.outcome == "already") == (stands(()) == end.status)
    for moves in found.sets:
        assert stands(moves) == end.status
        for size in range(len(moves)):
            assert all(stands(part) != end.status for part in combinations(moves, size))
