"""A report's day, narrowed by what others know. The stories are invented in their wording."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from foedus.ledger import DATING_RULES, date_reports
from foedus.ledger.records import Dating, DeclaredAct
from foedus.report.records import DateEvidence
from tests.ledger.builders import (
    RULES,
    Coded,
    SmallWorld,
    act,
    amount_of,
    candidates,
    coded,
    declared,
    on,
    report,
    said,
    when,
)

VIDEO_SUMMIT = declared(
    3, "2022-02-25", "CONSULT", mode="phone", cues="summit", actors="nato"
)  # fmt: skip
BRUSSELS_SUMMIT = declared(
    7, "2022-03-24", "CONSULT", mode="multilateral", cues="summit", actors="nato", places="brussels"
)
PLANS = declared(2, "2022-02-24", "MOBILIZE", cues="defence-plans", actors="nato")
MINISTERS = [
    declared(n, d, "CONSULT", cues="defence-ministers", actors="nato")
    for n, d in enumerate(["2022-02-16", "2022-06-15", "2022-10-12", "2023-10-11"], 20)
]
CALENDAR = [VIDEO_SUMMIT, BRUSSELS_SUMMIT, PLANS, *MINISTERS]
FRIDAY_SUMMIT = act(
    "CONSULT", 10, aux="future", mode="phone", cues="summit", actors="nato",
    when=when("XXXX-WXX-5"),
)  # fmt: skip


def dated(*stories: Coded, calendar: Sequence[DeclaredAct] = CALENDAR) -> dict[str, Dating]:
    """Date the stories; the answer is by label."""
    found = date_reports(
        [r for r, _ in stories],
        {r.hash: c for r, c in stories},
        calendar,
        world=SmallWorld(),
        rules=RULES,
    )
    return {r.label: found[r.hash] for r, _ in stories}


def test_friday_means_the_summit_of_that_month() -> None:
    found = dated(coded(report("a", "2022-02"), FRIDAY_SUMMIT))["a"]
    assert candidates(found) == ["2022-02-18/2022-02-24"]


def test_the_day_before_they_meet_settles_it() -> None:
    day_before = act("CONSULT", 30, aux="future", actors="nato", when=when(offset=1))
    found = dated(coded(report("a", "2022-02"), FRIDAY_SUMMIT, day_before))["a"]
    assert candidates(found) == ["2022-02-24"]


def test_it_cannot_appear_before_what_it_tells_as_done() -> None:
    activated = act("MOBILIZE", 50, cues="defence-plans", actors="nato")
    found = dated(coded(report("a", "2022"), FRIDAY_SUMMIT, activated))["a"]
    assert candidates(found) == ["2022-02-24"]
    assert [s.rule for s in found.steps] == ["event-day", "told-as-done"]


def test_each_step_says_what_it_rested_on() -> None:
    (step,) = dated(coded(report("a", "2022-02"), FRIDAY_SUMMIT))["a"].steps
    assert step.rule == "event-day"
    assert [str(r.start) for r in step.before] == ["2022-02-01"]
    assert [str(r.end) for r in step.after] == ["2022-02-24"]
    own, calendar = step.citations
    assert own.report == "a"
    assert own.span == (10, 20)
    assert (calendar.report, calendar.line, calendar.source) == ("history.yaml", 3, "")
    assert step.facts == ("h-3",)


def test_announced_deeds_and_denials_are_no_lower_bound() -> None:
    for aux in ("future", "hypothetical", "negation", "future negation"):
        told = act("MOBILIZE", 50, cues="defence-plans", actors="nato", aux=aux)
        assert candidates(dated(coded(report("a", "2022"), told))["a"]) == ["2022-01-01/2022-12-31"]


MARCH_24 = act(
    "CONSULT", 10, mode="multilateral", cues="summit", actors="nato", places="brussels",
    when=when("XXXX-03-24"),
)  # fmt: skip


def test_tomorrow_at_the_meeting_of_24_march_is_23_march() -> None:
    tomorrow = act("AGREE", 40, aux="future", actors="nato", when=when(offset=1))
    wednesday = said(60, form="indirect", when=when("XXXX-WXX-3", direction="past"))
    found = dated(coded(report("a"), MARCH_24, tomorrow, wednesday))["a"]
    assert candidates(found) == ["2022-03-23"]


def test_tomorrow_in_a_quotation_of_wednesday_leaves_the_day_of_the_meeting_too() -> None:
    quote = said(40, when=when("XXXX-WXX-3", direction="past"))
    tomorrow = act(
        "AGREE", 42, aux="future", actors="nato", when=when(offset=1), statement="said-40"
    )
    announced = act(
        "CONSULT", 10, aux="future", cues="summit", actors="nato", when=when("XXXX-03-24")
    )
    found = dated(coded(report("a"), announced, quote, tomorrow))["a"]
    assert candidates(found) == ["2022-03-23/2022-03-24"]


def test_two_meetings_fit_so_both_years_stay() -> None:
    eve = act(
        "CONSULT", 10, aux="future", cues="defence-ministers", actors="nato",
        when=when("XXXX-WXX-2", shift=1),
    )  # fmt: skip
    since_august = when("XXXX-08", modifier="since", span=(70, 80))
    found = dated(coded(report("a", times=(since_august,)), eve))["a"]
    assert candidates(found) == ["2022-10-11/2022-10-12", "2023-10-10/2023-10-11"]
    assert [s.rule for s in found.steps] == ["event-day", "nearest-period"]


def test_what_is_told_as_done_does_not_mean_a_day_still_ahead() -> None:
    day_before = act("MOBILIZE", 50, cues="defence-plans", actors="nato", when=when(offset=1))
    found = dated(coded(report("a", "2022-02"), day_before))["a"]
    assert candidates(found) == ["2022-02-24/2022-02-28"]


def test_a_level_since_the_end_of_august_is_not_told_in_june() -> None:
    low = amount_of(70, subject="ammunition", level="low", when=when("XXXX-08", modifier="end"))
    found = dated(coded(report("a", "2022"), low))["a"]
    assert candidates(found) == ["2022-01-01/2022-01-30", "2022-08-01/2022-12-31"]


def test_no_event_fits_so_nothing_is_narrowed() -> None:
    monday = act("CONSULT", 10, aux="future", cues="summit", actors="nato", when=when("XXXX-WXX-1"))
    found = dated(coded(report("a", "2022-02"), monday))["a"]
    assert candidates(found) == ["2022-02-01/2022-02-28"]
    assert found.steps == ()


def test_a_report_that_says_nothing_of_time_stays_undated() -> None:
    found = dated(coded(report("a"), act("ASSAULT", actors="RUS", recipients="UKR")))["a"]
    assert found.candidates == ()


def test_an_incomplete_calendar_does_not_date_a_report_that_allows_any_day() -> None:
    council = declared(9, "2022-02-24", "CONSULT", cues="council", actors="nato")
    thursday = act("CONSULT", 10, cues="council", actors="nato", when=when("XXXX-WXX-4"))
    assert dated(coded(report("a"), thursday), calendar=[council])["a"].candidates == ()
    near = dated(coded(report("a", "2022-02"), thursday), calendar=[council])["a"]
    assert candidates(near) == ["2022-02-24/2022-02-28"]


def test_another_states_meeting_is_not_meant() -> None:
    other = act(
        "CONSULT", 10, aux="future", cues="summit", actors="african-union",
        when=when("XXXX-WXX-5"),
    )  # fmt: skip
    assert dated(coded(report("a", "2022-02"), other))["a"].steps == ()


def test_a_dated_report_dates_another_and_that_one_a_third() -> None:
    exercise = {"cues": "vjtf", "actors": "nato"}
    other = {"cues": "article-4", "actors": "POL", "recipients": "nato"}
    first = coded(report("a", "2022-05-05"), act("MOBILIZE", 0, when=when(offset=-1), **exercise))
    second = coded(
        report("b", "2022-05"),
        act("MOBILIZE", 0, when=when(offset=0), **exercise),
        act("REQUEST", 30, when=when(offset=-1), **other),
    )
    third = coded(report("c", "2022-05"), act("REQUEST", 0, when=when(offset=-2), **other))
    found = dated(first, second, third, calendar=[])
    assert candidates(found["b"]) == ["2022-05-04"]
    assert candidates(found["c"]) == ["2022-05-05"]


def test_a_stated_year_bounds_the_report() -> None:
    past = act("SANCTION", 0, actors="eu", recipients="RUS", when=when("2022-06-03"))
    ahead = act("CONSULT", 20, aux="future", actors="nato", when=when("2022-06-29"))
    found = dated(coded(report("a", "2022"), past, ahead), calendar=[])["a"]
    assert candidates(found) == ["2022-06-03/2022-06-29"]
    assert [s.rule for s in found.steps] == ["told-as-done", "told-ahead"]


def test_what_the_report_told_as_past_bounds_a_day_found_here() -> None:
    past = DateEvidence(kind="mention", bound="not-before", range=on("2022-02-23"), span=(80, 90))
    found = dated(coded(report("a", evidence=(past,)), FRIDAY_SUMMIT))["a"]
    assert candidates(found) == ["2022-02-23/2022-02-24"]
    assert found.steps[-1].citations[0].span == (80, 90)


def test_every_rule_is_listed() -> None:
    assert {s.rule for s in dated(coded(report("a", "2022"), FRIDAY_SUMMIT))["a"].steps} <= set(
        DATING_RULES
    )


def test_a_settled_day_is_left_alone() -> None:
    found = dated(coded(report("a", "2022-03-02"), FRIDAY_SUMMIT))["a"]
    assert candidates(found) == ["2022-03-02"]
    assert found.steps == ()


@given(st.randoms(use_true_random=False))
def test_the_order_of_everything_is_nothing(chance: random.Random) -> None:
    stories = [
        coded(report("a", "2022-02"), FRIDAY_SUMMIT),
        coded(report("b", "2022"), FRIDAY_SUMMIT, act("MOBILIZE", 50, cues="defence-plans")),
        coded(report("c"), MARCH_24, act("AGREE", 40, aux="future", actors="nato",
                                         when=when(offset=1))),
    ]  # fmt: skip
    expected = dated(*stories)
    calendar = list(CALENDAR)
    chance.shuffle(calendar)
    mixed = [(r, tuple(chance.sample(records, len(records)))) for r, records in stories]
    chance.shuffle(mixed)
    assert dated(*mixed, calendar=calendar) == expected
