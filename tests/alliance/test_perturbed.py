"""The trace of a reason, shaken: what is not in it moves nothing, what is marked necessary moves the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import DateRange
from foedus.alliance import Alliance, MechanismStatus, Reason, statuses
from foedus.alliance.schema import RoleTest
from foedus.brief import explain
from foedus.ledger.records import Fact
from tests.alliance.builders import SIDES, WORLD, SmallWorld, fact, reading, told
from tests.alliance.test_differential import PACT, SIMPLE, START, histories

DAYS = st.integers(-1, 12).map(lambda n: START + timedelta(days=n))


def nodes(reason: Reason) -> list[Reason]:
    return [reason, *(node for child in reason.children for node in nodes(child))]


def traced(status: MechanismStatus) -> set[str]:
    return {node.fact for node in nodes(status.reason) if node.fact is not None}


def necessary(status: MechanismStatus) -> set[str]:
    marked = (n for n in nodes(status.reason) if n.values.get("necessary") == "yes")
    return {node.fact for node in marked if node.fact is not None}


def memberships(status: MechanismStatus) -> set[tuple[str, str]]:
    return {
        (node.values["state"], node.values["joined"])
        for node in nodes(status.reason)
        if node.key == "parameter.member"
    }


def asked(
    facts: list[Fact], as_of: date, known_by: date, alliance: Alliance = PACT
) -> dict[str, MechanismStatus]:
    found = statuses(alliance, facts, as_of=as_of, known_by=known_by, world=WORLD)
    return {status.mechanism: status for status in found}


def answer(status: MechanismStatus) -> tuple[str, str | None]:
    return status.status, status.stage


@given(facts=histories(), as_of=DAYS, known_by=DAYS)
def test_without_a_necessary_fact_the_answer_moves(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    for name, status in asked(facts, as_of, known_by).items():
        for gone in necessary(status):
            left = [f for f in facts if f.id != gone]
            assert answer(asked(left, as_of, known_by)[name]) != answer(status), (name, gone)


@given(facts=histories(), as_of=DAYS, known_by=DAYS)
def test_without_what_is_not_in_the_trace_nothing_moves(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    for name, status in asked(facts, as_of, known_by).items():
        for gone in {f.id for f in facts} - traced(status):
            left = [f for f in facts if f.id != gone]
            assert asked(left, as_of, known_by)[name] == status, (name, gone)


@given(facts=histories(), as_of=DAYS, known_by=DAYS, length=st.integers(0, 3))
def test_what_is_not_in_the_trace_may_be_another_day(
    facts: list[Fact], as_of: date, known_by: date, length: int
) -> None:
    """A fact that no rule has use for may have been on any other day as well."""
    idle = fact(
        "idle",
        reading(
            "r-idle", START, DateRange(START, START + timedelta(length), "range"), type="PROTEST"
        ),
    )
    for name, status in asked(facts, as_of, known_by).items():
        assert "idle" not in traced(asked([*facts, idle], as_of, known_by)[name])
        assert answer(asked([*facts, idle], as_of, known_by)[name]) == answer(status)


@given(facts=histories(), as_of=DAYS, known_by=DAYS)
def test_a_membership_that_is_not_in_the_trace_moves_nothing(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    """Neither if it had never been, nor if it had always been."""
    whole = asked(facts, as_of, known_by)
    for member in PACT.memberships:
        never = msgspec.structs.replace(member, joined=date(2090, 1, 1), left=None)
        always = msgspec.structs.replace(member, joined=date(1900, 1, 1), left=None)
        for changed in (never, always):
            kept = tuple(changed if m == member else m for m in PACT.memberships)
            other = asked(facts, as_of, known_by, replace(PACT, memberships=kept))
            for name, status in whole.items():
                if (member.state, str(member.joined)) not in memberships(status):
                    assert answer(other[name]) == answer(status), (name, changed)


def test_a_membership_on_which_a_condition_rests_is_in_the_trace() -> None:
    """Whether mines were laid is undated, and rests on Arvenia's being a party; the patrol depends on it."""
    laid = fact("laid", reading("r0", type="MOBILIZE", cues=["no-mines"], actors=["arvenia"]))
    sails = told("sails", START, type="MOBILIZE", cues=["lake-patrol"], actors=["lakes-assembly"])
    status = asked([laid, sails], START, START)["lake-patrol"]
    assert status.status == "unknown"
    assert ("arvenia", "1990-05-01") in memberships(status)


def test_a_membership_that_has_ended_is_shown_with_what_it_keeps_out() -> None:
    """Cormund patrols before it joins: its day of joining is in the trace."""
    when = date(2031, 5, 30)
    early = told("early", when, type="MOBILIZE", cues=["lake-patrol"], actors=["cormund"])
    status = asked([early], when, when, SIMPLE)["lake-patrol"]
    assert answer(status) == ("unknown", None)
    (kept,) = [n for n in nodes(status.reason) if n.key == "parameter.kept_out"]
    assert (kept.values["state"], kept.values["rule"], kept.fact) == (
        "cormund", "sets-sail", "early",
    )  # fmt: skip
    assert memberships(status) == {("cormund", "2031-06-01")}
    for language, said in (("fr", "Si l’appartenance"), ("en", "Were the membership")):
        lines = explain(status, lang=language, names=WORLD, declared={})
        assert any(said in line for line in lines)


def test_a_membership_on_which_it_rests_is_in_the_trace_and_moves_it(nato: Alliance) -> None:
    when = date(2023, 4, 5)
    struck = told("f", when, type="ASSAULT", actors=["RUS"], places=["FIN"])
    status = asked([struck], when, when, nato)["article-5"]
    assert answer(status) == ("not_engaged", "attack")
    assert memberships(status) == {("FIN", "2023-04-04")}
    without = tuple(m for m in nato.memberships if m.state != "FIN")
    moved = asked([struck], when, when, replace(nato, memberships=without))["article-5"]
    assert answer(moved) == ("not_engaged", None)


def test_the_only_request_is_necessary_and_one_of_two_is_not(nato: Alliance) -> None:
    when = date(2022, 2, 24)
    one = told("one", when, type="REQUEST", cues=["article-4"], actors=["LTU"])
    two = told("two", when, type="REQUEST", cues=["article-4"], actors=["POL"])
    assert necessary(asked([one], when, when, nato)["article-4"]) == {"one"}
    assert necessary(asked([one, two], when, when, nato)["article-4"]) == set()


def test_what_leaves_it_open_is_necessary(nato: Alliance) -> None:
    when = date(2022, 2, 24)
    one = told("one", when, type="REQUEST", cues=["article-4"], actors=["LTU"])
    back = told("back", when, type="CONCEDE", cues=["article-4"], actors=["LTU"])
    status = asked([one, back], when, when, nato)["article-4"]
    assert status.status == "unknown"
    assert necessary(status) == {"one", "back"}


def test_what_keeps_out_what_would_only_be_listed_is_in_the_trace() -> None:
    """What is told of old times would be listed, had no mines been laid: the laying is shown with it."""
    old = fact("old", reading("r0", type="MOBILIZE", cues=["lake-patrol"], actors=["arvenia"],
                              aux=["historical"]))  # fmt: skip
    mines = fact("mines", reading("r1", START, START, type="MOBILIZE", cues=["no-mines"],
                                  actors=["arvenia"]))  # fmt: skip
    status = asked([old, mines], START, START)["lake-patrol"]
    assert answer(status) == answer(asked([old], START, START)["lake-patrol"])
    assert traced(status) == {"old", "mines"}
    assert status.claims == ()


class _NobodyHoldsAnything(SmallWorld):
    """The same register without any office: nobody speaks for a body or a state."""

    def offices_of(self, person_id: str, on: DateRange | None, /) -> tuple[str, ...]:
        return ()

    def side_of(self, id: str, on: DateRange | None, /) -> str | None:  # noqa: A002
        return None if id in SIDES else super().side_of(id, on)


def test_the_office_by_which_a_word_counts_is_in_the_trace_and_moves_it(nato: Alliance) -> None:
    when = date(2022, 2, 25)
    act = {"type": "MOBILIZE", "cues": ["response-force"], "actors": ["nato"]}
    moved = told("f", when, attributed_to="tod-wolters", **act)
    (status,) = (
        s
        for s in statuses(nato, [moved], as_of=when, known_by=when, world=WORLD)
        if s.mechanism == "response-force"
    )
    assert status.status == "engaged"
    (office,) = [n for n in nodes(status.reason) if n.key == "parameter.office"]
    assert office.values["person"] == "tod-wolters"
    assert office.values["start"] == "2019-05-03"
    for language, said in (("fr", "depuis le"), ("en", "since")):
        lines = explain(status, lang=language, names=WORLD, declared={})
        assert any(said in line and "A command" in line for line in lines)
    without = statuses(nato, [moved], as_of=when, known_by=when, world=_NobodyHoldsAnything())
    assert {s.status for s in without if s.mechanism == "response-force"} == {"not_engaged"}


class _AnEnvoysOffice(SmallWorld):
    """The same register with an office that speaks for Finland, whoever holds it."""

    def side_of(self, id: str, on: DateRange | None, /) -> str | None:  # noqa: A002
        return "FIN" if id == "envoy-of-finland" else super().side_of(id, on)


def test_a_membership_that_keeps_out_who_speaks_in_an_office_is_in_the_trace(
    nato: Alliance,
) -> None:
    when = date(2022, 2, 25)
    act = {"type": "MOBILIZE", "cues": ["response-force"], "actors": ["nato"]}
    told_ = told("f", when, attributed_to="who", capacity=["envoy-of-finland"], **act)
    (status,) = (
        s
        for s in statuses(nato, [told_], as_of=when, known_by=when, world=_AnEnvoysOffice())
        if s.mechanism == "response-force"
    )
    assert status.status == "not_engaged"
    assert memberships(status) == {("FIN", "2023-04-04")}


def rules_shown(status: MechanismStatus) -> set[str]:
    return {node.values["rule"] for node in nodes(status.reason) if "rule" in node.values}


def lasting(days: int | None) -> list[tuple[str, str, Alliance]]:
    """The pact with one rule at a time, of those that last for some days, lasting another number of days."""
    found = []
    for mechanism in PACT.mechanisms:
        for rule in mechanism.rules:
            if rule.lasts is None or (rule.closes and days is None):
                continue
            other = msgspec.structs.replace(rule, lasts=days)
            rules = tuple(other if r == rule else r for r in mechanism.rules)
            changed = msgspec.structs.replace(mechanism, rules=rules)
            kept = tuple(changed if m == mechanism else m for m in PACT.mechanisms)
            found.append((mechanism.id, rule.id, replace(PACT, mechanisms=kept)))
    return found


LASTING = [*lasting(None), *lasting(1), *lasting(900)]


@given(facts=histories(), as_of=DAYS, known_by=DAYS)
def test_how_long_a_rule_lasts_moves_nothing_unless_the_rule_is_in_the_trace(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    whole = asked(facts, as_of, known_by)
    for name, rule, pact in LASTING:
        if rule not in rules_shown(whole[name]):
            moved = asked(facts, as_of, known_by, pact)[name]
            assert answer(moved) == answer(whole[name]), (name, rule)


def test_a_refusal_that_is_over_is_in_the_trace() -> None:
    """A strike suspends the harbours for three days; on the fourth its reason still tells of it."""
    when = START
    strike = told("strike", when, type="PROTEST", cues=["harbours"])
    status = asked([strike], when + timedelta(days=3), when + timedelta(days=9))["harbours"]
    assert answer(status) == ("not_engaged", None)
    (over,) = [n for n in nodes(status.reason) if n.key == "fact.over"]
    assert (over.fact, over.values["over"]) == ("strike", str(when + timedelta(days=3)))


def test_a_disputed_refusal_that_is_over_is_in_the_trace_beside_what_engages() -> None:
    """Had the strike lasted, one could not tell on the fourth day; as it is, the promise stands."""
    strike = told("strike", START, type="PROTEST", cues=["harbours"])
    strike = msgspec.structs.replace(strike, verdict="disputed")
    promise = told("promise", START, type="AGREE", cues=["harbours"])
    status = asked([strike, promise], START + timedelta(days=3), START)["harbours"]
    assert answer(status) == ("engaged", "promised")
    (over,) = [n for n in nodes(status.reason) if n.fact == "strike"]
    assert over.key == "fact.disputed"
    assert "strike" in rules_shown(status)


def test_what_comes_after_the_day_asked_is_named_as_later(nato: Alliance) -> None:
    asking = told("r", date(2001, 9, 12), type="REQUEST", cues=["article-5"], actors=["USA"])
    decided = told("d", date(2001, 10, 2), type="MOBILIZE", cues=["article-5"], actors=["nato"])
    status = asked([asking, decided], date(2001, 9, 20), date(2002, 1, 1), nato)["article-5"]
    assert answer(status) == ("not_engaged", "asked")
    near = {n.key: n.fact for n in nodes(status.reason) if n.key.startswith("near.")}
    assert near == {"near.later": "d"}


def test_a_membership_keeps_nothing_out_that_came_after_the_day_asked(nato: Alliance) -> None:
    asking = told("r", date(2010, 9, 12), type="REQUEST", cues=["article-4"], actors=["FIN"])
    status = asked([asking], date(2010, 9, 11), date(2022, 1, 1), nato)["article-4"]
    assert traced(status) == set()
    assert memberships(status) == set()
    status = asked([asking], date(2010, 9, 12), date(2022, 1, 1), nato)["article-4"]
    assert memberships(status) == {("FIN", "2023-04-04")}


def test_before_the_first_joined_the_reason_says_so(nato: Alliance) -> None:
    for as_of, said in ((date(1949, 4, 3), 1), (date(2022, 1, 1), 0)):
        status = asked([], as_of, date(2022, 1, 1), nato)["article-5"]
        found = [n for n in nodes(status.reason) if n.key == "parameter.no_member"]
        assert len(found) == said


def test_two_rules_that_fit_one_act_and_disagree_are_told_as_such() -> None:
    """Both clauses stand under the conflict, and no order of days is to blame for it."""
    (aid, *others) = SIMPLE.mechanisms
    grant, refusal = (next(r for r in aid.rules if r.id == name) for name in ("grant", "refusal"))
    to_outsiders = msgspec.structs.replace(
        refusal.when, types=("AGREE",), actors=None, recipients=RoleTest(any=("outsider",))
    )
    rules = (grant, msgspec.structs.replace(refusal, when=to_outsiders))
    pact = replace(SIMPLE, mechanisms=(msgspec.structs.replace(aid, rules=rules), *others))
    granted = {"type": "AGREE", "cues": ["mutual-aid"], "actors": ["lakes-assembly"]}
    one = told("f", START, **granted, recipients=["drossia"])
    status = asked([one], START, START, pact)["mutual-aid"]
    assert status.status == "unknown"
    (conflict,) = [n for n in nodes(status.reason) if n.kind == "conflict"]
    assert conflict.key == "conflict.rules"
    assert {n.values["rule"] for n in conflict.children} == {"grant", "refusal"}


def test_what_was_not_done_is_not_said_to_have_lacked_a_condition() -> None:
    """A patrol that does not sail would not have counted, whatever was said of mines."""
    laid = told("laid", START, type="MOBILIZE", cues=["no-mines"], actors=["arvenia"])
    act = {"type": "MOBILIZE", "cues": ["lake-patrol"], "actors": ["arvenia"]}
    for aux, shown in (([], {"missing.condition"}), (["negation"], set())):
        sails = told("sails", START, **act, aux=aux)
        status = asked([laid, sails], START, START)["lake-patrol"]
        assert {n.key for n in nodes(status.reason)} & {"missing.condition"} == shown


def test_what_is_foretold_for_a_later_day_may_have_been_said_before() -> None:
    """Nobody knows when Bostrel said it; were it no party, it would not have counted."""
    act: Any = {"type": "MOBILIZE", "cues": ["harbours"], "aux": ["future", "negation"]}
    said = fact("said", reading("r", None, START, attributed_to="bostrel", **act))
    status = asked([said], START - timedelta(days=1), START)["harbours"]
    assert ("bostrel", "1990-05-01") in memberships(status)
