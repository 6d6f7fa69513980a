"""Which tellings are one line of a chronology, and on what they differ."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import Act
from foedus.ledger import Fact, Reading, group_facts
from foedus.world import load_world
from tests.ledger.builders import RULES, SmallWorld, act, amount, reading


def facts(*readings: Reading) -> tuple[Fact, ...]:
    return group_facts(readings, world=SmallWorld(), rules=RULES)


def difference(fact: Fact, field: str) -> set[str]:
    """The values that stand side by side."""
    return {v for d in fact.differences if d.field == field for v in d.values}


PLANS = act("MOBILIZE", actors="nato", cues="defence-plans", instruments="defence-plans")
FORCE = act("MOBILIZE", actors="nato", cues="response-force", mode="troops")


def test_two_reports_tell_of_one_activation() -> None:
    (fact,) = facts(
        reading("a", PLANS, "2022-02-24", outlet="euronews"),
        reading("b", PLANS, "2022-02-24/2022-02-25", outlet="tdg"),
    )
    assert (fact.reports, fact.outlets, fact.sources) == (2, 2, 2)
    assert fact.differences == ()


def test_a_title_told_twice_is_one_fact_of_one_source() -> None:
    again = act("MOBILIZE", 80, actors="nato", cues="defence-plans")
    (fact,) = facts(reading("a", PLANS, "2022-02-24"), reading("a", again, "2022-02-24"))
    assert (len(fact.readings), fact.reports, fact.sources) == (2, 1, 1)


def test_a_summit_foretold_and_the_same_summit_held() -> None:
    foretold = act("CONSULT", actors="nato", cues="summit", aux="future", mode="phone")
    held = act("CONSULT", actors="nato", cues="summit", mode="multilateral")
    (fact,) = facts(
        reading("a", foretold, "2022-02-24", date="2022-02-25"),
        reading("b", held, "2022-02-26", date="2022-02-25"),
    )
    assert fact.aux == ()
    assert fact.mode == "phone"
    assert fact.date is not None
    assert str(fact.date.start) == "2022-02-25"


def test_two_summits_stay_two() -> None:
    told = act("CONSULT", actors="nato", cues="summit")
    two = facts(
        reading("a", told, "2022-02-24", date="2022-02-25"),
        reading("b", told, "2022-03-23", date="2022-03-24"),
        reading("c", told, "2022-03-25"),
    )
    assert [f.reports for f in two] == [1, 2]


HYPOTHETICAL = act("ASSAULT", actors="RUS", recipients="POL", aux="hypothetical")
SEND = act("MOBILIZE", actors="nato", places="UKR", aux="future", instruments="troops")
WILL_NOT = act("MOBILIZE", actors="nato", places="UKR", cues="no-troops", aux="future negation")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            (HYPOTHETICAL, None),
            (act("ASSAULT", actors="RUS", recipients="POL"), None),
            id="supposed and real",
        ),
        pytest.param((PLANS, None), (FORCE, None), id="two mechanisms"),
        pytest.param(
            (act("MOBILIZE", actors="nato", places="eastern-flank", instruments="troops",
                 mode="troops"), None),
            (act("MOBILIZE", actors="nato", places="eastern-flank", instruments="troops",
                 mode="troops", aux="future"), None),
            id="moved and still to be moved",
        ),
        pytest.param(
            (act("ASSAULT", actors="RUS", places="kharkiv", instruments="missiles"), "2022-10-10"),
            (act("ASSAULT", actors="RUS", places="kharkiv", instruments="missiles"), "2022-10-11"),
            id="strikes of two days",
        ),
        pytest.param(
            (act("ASSAULT", actors="RUS", recipients="UKR"), None),
            (act("ASSAULT", actors="RUS", recipients="UKR", instruments="missiles",
                 mode="heavy-weapons"), None),
            id="the war and a strike in it",
        ),
        pytest.param(
            (act("AID", actors="DEU", recipients="UKR", instruments="tanks"), None),
            (act("AID", actors="DEU", recipients="UKR", instruments="ammunition"), None),
            id="two deliveries",
        ),
        pytest.param(
            (act("THREATEN", actors="vladimir-putin", recipients="nato", mode="violence"), None),
            (act("THREATEN", actors="sergei-lavrov", recipients="nato", mode="violence"), None),
            id="two speakers of one side",
        ),
        pytest.param((SEND, None), (WILL_NOT, None), id="denied and affirmed without a shared cue"),
        pytest.param(
            (act("ACCUSE", actors="jens-stoltenberg", recipients="RUS", mode="allege"), None),
            (act("ACCUSE", actors="jens-stoltenberg", recipients="RUS", mode="allege"), None),
            id="two reproaches of which nothing more is known",
        ),
    ],
)  # fmt: skip
def test_these_stay_apart(one: tuple[Act, str | None], other: tuple[Act, str | None]) -> None:
    found = facts(
        reading("a", one[0], "2022-10-12", date=one[1]),
        reading("b", other[0], "2022-10-12", date=other[1]),
    )
    assert len(found) == 2


STUDIED = act("AID", actors="DEU", recipients="UKR", instruments="iris-t", aux="hypothetical")
GIVEN = act("AID", actors="DEU", recipients="UKR", instruments="iris-t")


def test_what_was_under_study_and_was_then_given_is_one_fact_that_says_so() -> None:
    (fact,) = facts(reading("a", STUDIED, "2022-10-02"), reading("b", GIVEN, "2022-10-12"))
    assert fact.aux == ()
    assert difference(fact, "polarity") == {"affirmed", "supposed"}


def test_a_report_that_tells_a_plan_beside_a_deed_means_two_things() -> None:
    more = act("AID", 70, actors="DEU", recipients="UKR", instruments="iris-t", aux="future")
    assert len(facts(reading("a", GIVEN, "2022-10-12"), reading("a", more, "2022-10-12"))) == 2


def test_a_state_s_own_contingent_is_one_when_planned_and_sent_but_not_in_other_numbers() -> None:
    sent: dict[str, Any] = {"actors": "DEU", "places": "UKR", "instruments": "troops"}
    plan = act("MOBILIZE", aux="future", quantities=(amount(400, "soldiers"),), **sent)
    done = act("MOBILIZE", **sent)
    other = act("MOBILIZE", quantities=(amount(90, "soldiers"),), **sent)
    for then, count in ((done, 1), (other, 2)):
        told = (reading("a", plan, "2022-10-02"), reading("b", then, "2022-10-05"))
        assert len(group_facts(told, world=load_world(), rules=RULES)) == count


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("vladimir-putin IRN", "vladimir-putin TUR", id="each with another guest"),
        pytest.param("nato", "nato UKR", id="a body by itself and with a guest"),
    ],
)
def test_meetings_of_one_day_in_other_company_are_two(one: str, other: str) -> None:
    day = {"date": "2022-07-19"}
    told = [act("CONSULT", at, actors=who, places="UKR") for at, who in ((0, one), (50, other))]
    two = (reading("a", told[0], "2022-07-20", **day), reading("b", told[1], "2022-07-20", **day))
    assert len(group_facts(two, world=load_world(), rules=RULES)) == 2


def test_a_strike_on_one_state_is_no_strike_in_another() -> None:
    on_one = act("ASSAULT", recipients="UKR", actors="RUS", instruments="missiles")
    in_other = act("ASSAULT", 50, places="POL", actors="RUS", instruments="missiles")
    day = {"date": "2022-11-15"}
    two = (reading("a", on_one, "2022-11-16", **day), reading("a", in_other, "2022-11-16", **day))
    assert len(facts(*two)) == 2


def test_the_war_told_by_its_parties_alone_is_one_for_as_long_as_it_lasts() -> None:
    war = act("ASSAULT", actors="RUS", recipients="UKR")
    begun = reading("a", war, "2022-02-24", date="2022-02-24")
    assert len(facts(begun, reading("b", war, "2022-10-12"), reading("undated", war))) == 1
    strike = act("ASSAULT", actors="RUS", recipients="UKR", instruments="missiles")
    assert len(facts(begun, reading("b", strike, "2022-10-12"))) == 2


def test_a_warning_of_unknown_day_is_not_that_of_another_report() -> None:
    warned = act("THREATEN", actors="nato", recipients="RUS", cues="article-5", mode="violence")
    assert len(facts(reading("a", warned, "2022-02-25"), reading("b", warned))) == 2


def test_the_same_refusal_a_month_later_is_another_fact() -> None:
    assert (
        len(facts(reading("a", WILL_NOT, "2022-02-24"), reading("b", WILL_NOT, "2022-03-23"))) == 2
    )


def test_of_undated_reports_deeds_meet_but_not_what_is_said_again_and_again() -> None:
    denial = act("REJECT", actors="nato", cues="not-a-party")
    assert len(facts(reading("a", denial, "2022-03-23"), reading("b", denial, "2022"))) == 2
    assert len(facts(reading("a", PLANS, "2022-02-24"), reading("b", PLANS, "2022"))) == 1


def test_a_speaker_and_the_body_he_speaks_for_are_one() -> None:
    by_body = act("REJECT", actors="nato", cues="no-fly-zone")
    by_head = act("REJECT", actors="jens-stoltenberg", cues="no-fly-zone")
    (fact,) = facts(reading("a", by_body, "2022-03-04"), reading("b", by_head, "2022-03-05"))
    assert fact.actors == ("jens-stoltenberg", "nato")
    assert difference(fact, "actors") == set()


def test_a_denial_and_an_affirmation_under_one_cue_stand_side_by_side() -> None:
    done = act("MOBILIZE", actors="nato", cues="response-force")
    denied = act("MOBILIZE", actors="nato", cues="response-force", aux="negation")
    (fact,) = facts(reading("a", done, "2022-02-25"), reading("b", denied, "2022-02-25"))
    assert difference(fact, "polarity") == {"affirmed", "negated"}
    assert fact.aux == ()


def test_four_requesters_and_eight() -> None:
    four = act("REQUEST", actors="EST LVA LTU POL", cues="article-4")
    eight = act("REQUEST", actors="BGR CZE EST LVA LTU POL ROU SVK", cues="article-4")
    (fact,) = facts(reading("a", four, "2022-02-24"), reading("b", eight, "2022-02-24"))
    assert difference(fact, "actors") == {
        "EST, LTU, LVA, POL",
        "BGR, CZE, EST, LTU, LVA, POL, ROU, SVK",
    }
    assert len(fact.actors) == 8


def test_figures_stand_side_by_side_with_their_acts() -> None:
    def sends(ships: int) -> Act:
        return act(
            "MOBILIZE", actors="nato", cues="vjtf", quantities=(amount(ships, "ships"),)
        )  # fmt: skip

    few, many = reading("a", sends(20), "2022-02-24"), reading("b", sends(120), "2022-02-24")
    (fact,) = facts(few, many)
    (found,) = fact.differences
    assert found.field == "quantity:ships:item"
    assert found.values == {"20": (few.act.id,), "120": (many.act.id,)}
    assert [q.value for q in fact.quantities] == [20, 120]


def test_one_state_written_for_another() -> None:
    right = act("MOBILIZE", actors="nato", places="BGR HUN ROU SVK", cues="forward-presence",
                instruments="battlegroups", aux="future")  # fmt: skip
    wrong = act("MOBILIZE", actors="nato", places="BGR HUN ROU SVN", cues="forward-presence",
                instruments="battlegroups", aux="future")  # fmt: skip
    (fact,) = facts(reading("a", right, "2022-03-23"), reading("b", wrong, "2022-03-23"))
    assert difference(fact, "places") == {"BGR, HUN, ROU, SVK", "BGR, HUN, ROU, SVN"}


def test_a_day_that_two_reports_give_differently() -> None:
    (fact,) = facts(
        reading("a", FORCE, "2022-02-26", date="2022-02-25"),
        reading("b", FORCE, "2022-02-26", date="2022-02-24"),
    )
    assert difference(fact, "date") == {"2022-02-24", "2022-02-25"}
    assert fact.date is not None
    assert fact.date.days == 2


def test_a_day_within_a_month_is_no_difference() -> None:
    (fact,) = facts(
        reading("a", FORCE, "2022-02-26", date="2022-02-25"),
        reading("b", FORCE, "2022-03-10", date="2022-02"),
    )
    assert fact.differences == ()
    assert fact.date is not None
    assert fact.date.days == 1


def test_a_strike_told_again_in_fewer_words_in_the_same_report() -> None:
    full = act("ASSAULT", actors="RUS", recipients="UKR", mode="aerial")
    short = act("ASSAULT", 60, actors="RUS", mode="heavy-weapons")
    again = {"words": ("power", "station")}
    same = (reading("a", full, "2022-02-24", **again), reading("a", short, "2022-02-24", **again))
    assert len(facts(*same)) == 1
    apart = (reading("a", full, "2022-02-24"), reading("b", short, "2022-02-24"))
    assert len(facts(*apart)) == 2


def test_a_summit_foretold_is_not_the_one_a_month_later() -> None:
    foretold = act("CONSULT", actors="nato", cues="summit", aux="future")
    two = facts(reading("a", foretold, "2022-02-24"), reading("b", foretold, "2022-03-23",
                                                              date="2022-03-24"))  # fmt: skip
    assert len(two) == 2


def test_no_chain_from_one_day_to_the_next() -> None:
    days = [
        reading(f"r{d}", FORCE, f"2022-03-{d:02}", date=f"2022-03-{d:02}") for d in range(1, 21)
    ]
    for fact in facts(*days):
        assert fact.date is not None
        assert fact.date.days <= 2


def test_a_vague_telling_does_not_choose_between_two() -> None:
    tanks = act("AID", actors="DEU", recipients="UKR", instruments="tanks", cues="partner-support",
                mode=None)  # fmt: skip
    shells = act("AID", actors="DEU", recipients="UKR", instruments="shells",
                 cues="partner-support")  # fmt: skip
    vague = act("AID", actors="DEU", recipients="UKR", cues="partner-support", rule="give")
    found = facts(
        reading("a", tanks, "2022-10-11"),
        reading("b", shells, "2022-10-11"),
        reading("c", vague, "2022-10-11"),
    )
    assert len(found) == 3


def test_but_it_joins_its_like_in_the_same_report() -> None:
    def plans(at: int, **more: str) -> Act:
        return act("MOBILIZE", at, actors="nato", cues="defence-plans", **more)

    found = facts(
        reading("a", plans(0, places="POL", mode="troops"), "2022-02-24"),
        reading("b", plans(0, places="EST", mode="troops"), "2022-02-24"),
        reading("c", plans(0), "2022-02-24"),
        reading("c", plans(70), "2022-02-24"),
    )
    assert sorted(len(f.readings) for f in found) == [1, 1, 2]


def test_what_a_report_only_passes_on_counts_with_its_outlet() -> None:
    quoted = reading("b", FORCE, "2022-02-26", group="outlet:gazette", outlet="echo")
    (alone,) = facts(reading("a", FORCE, "2022-02-26", outlet="herald"), quoted)
    (same,) = facts(reading("a", FORCE, "2022-02-26", outlet="gazette"), quoted)
    assert (alone.sources, same.sources) == (2, 1)


def test_there_are_never_more_sources_than_reports() -> None:
    own = reading("a", FORCE, "2022-02-26", outlet="echo")
    again = act("MOBILIZE", 80, actors="nato", cues="response-force")
    passed_on = reading("a", again, "2022-02-26", group="outlet:gazette", outlet="echo")
    other = reading("b", again, "2022-02-26", group="outlet:gazette", outlet="herald")
    third = act("MOBILIZE", 90, actors="nato", cues="response-force")
    twice = reading("b", third, "2022-02-26", group="outlet:herald-tribune", outlet="herald")
    assert [f.sources for f in facts(own, passed_on)] == [1]
    assert [f.sources for f in facts(own, passed_on, other)] == [2]
    assert [f.sources for f in facts(other, twice)] == [1]


def test_copies_count_once() -> None:
    (fact,) = facts(
        reading("a", FORCE, "2022-02-26", group="g", outlet="echo"),
        reading("b", FORCE, "2022-02-26", group="g", outlet="herald"),
    )
    assert (fact.reports, fact.outlets, fact.sources) == (2, 2, 1)


ACTS = st.builds(
    act,
    st.sampled_from(["MOBILIZE", "CONSULT", "AID", "REJECT"]),
    st.integers(0, 900),
    actors=st.sampled_from([(), ("nato",), ("jens-stoltenberg",), ("DEU",), ("DEU", "nato")]),
    recipients=st.sampled_from([(), ("UKR",), ("RUS",)]),
    places=st.sampled_from([(), ("UKR",), ("kyiv",)]),
    cues=st.sampled_from([(), ("summit",), ("response-force",), ("partner-support",)]),
    aux=st.sampled_from([(), ("future",), ("negation",), ("hypothetical",)]),
    instruments=st.sampled_from([(), ("tanks",), ("troops",)]),
)
READINGS = st.lists(
    st.builds(
        reading,
        st.sampled_from("abcdef"),
        ACTS,
        st.sampled_from(["2022-02-24", "2022-02-26", "2022-03-20", "2022", None]),
        date=st.sampled_from([None, "2022-02-24", "2022-02-25", "2022-02"]),
    ),
    max_size=25,
)


@given(READINGS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(
    readings: list[Reading], chance: random.Random
) -> None:
    unique = list({(r.citation.source, r.act.id): r for r in readings}.values())
    expected = facts(*unique)
    mixed = unique + chance.sample(unique, len(unique) // 2)
    chance.shuffle(mixed)
    assert facts(*mixed) == expected


@given(READINGS)
def test_every_reading_is_in_exactly_one_fact(readings: list[Reading]) -> None:
    unique = {(r.citation.source, r.act.id): r for r in readings}
    told = [(r.citation.source, r.act.id) for f in facts(*unique.values()) for r in f.readings]
    assert sorted(told) == sorted(unique)


@given(READINGS)
def test_what_must_not_meet_never_does(readings: list[Reading]) -> None:
    unique = {(r.citation.source, r.act.id): r for r in readings}
    for fact in facts(*unique.values()):
        assert len({r.act.type for r in fact.readings}) == 1
        for a in fact.readings:
            for b in fact.readings:
                if a.act.instruments and b.act.instruments:
                    assert set(a.act.instruments) & set(b.act.instruments)
