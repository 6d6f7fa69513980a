"""Judgements by a person: what each verb does to the facts, who is at odds, what is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.errors import FoedusError
from foedus.ledger import judge
from tests.ledger.builders import act, coded, on, report
from tests.ledger.conftest import Opener
from tests.ledger.judged_crisis import (
    ASKS,
    ASKS_TOO,
    CRISIS,
    GIVES,
    GIVES_LATER,
    act_id,
    ana,
    boris,
    by,
    fact_of,
    states,
)


def test_a_confirmed_fact_says_so_and_nothing_else_changes(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        before = fact_of(ledger, ASKS)
        entry = ana(ledger, "confirm", before.id)
        after = fact_of(ledger, ASKS)
        assert (after.verdict, after.judgements) == ("confirmed", (entry.id,))
        assert (after.id, after.readings) == (before.id, before.readings)
        assert [f.verdict for f in ledger.facts() if f.id != before.id] == [None] * 3
        (told,) = ledger.judgements()
        assert told.state == "stands"
        assert set(told.records) == {act_id(ASKS), act_id(ASKS_TOO)}
        assert {t.quote for t in entry.targets} == {"La Pologne", "Quatre pay"}


def test_a_rejected_act_is_no_evidence_but_is_still_shown(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        before = fact_of(ledger, ASKS)
        assert (before.reports, before.actors) == (2, ("EST", "POL"))
        ana(ledger, "reject", act_id(ASKS_TOO))
        after = fact_of(ledger, ASKS)
        assert (after.reports, after.actors, after.differences) == (1, ("POL",), ())
        assert [r.act.id for r in after.rejected] == [act_id(ASKS_TOO)]
        assert after.id == before.id, "what is rejected still belongs to it"
        assert ledger.fact(act_id(ASKS_TOO)) == after
        assert len(ledger.acts()) == 6, "what was read stays as it was read"


def test_a_fact_of_which_all_is_rejected_is_kept_apart(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([ASKS])
        ana(ledger, "reject", fact_of(ledger, ASKS).id)
        assert [f.type for f in ledger.facts()] == ["AID"]
        (gone,) = ledger.rejected()
        assert (gone.verdict, gone.readings, gone.sources) == ("rejected", (), 0)
        ledger.add([ASKS_TOO])
        (again,) = [f for f in ledger.facts() if f.type == "REQUEST"]
        assert again.actors == ("EST", "POL"), "a new telling has not been judged"
        assert (again.reports, len(again.rejected)) == (1, 1)


def test_who_is_unsure_leaves_the_evidence_as_it_is(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        ana(ledger, "unsure", act_id(ASKS))
        assert fact_of(ledger, ASKS).verdict == "unsure"
        assert fact_of(ledger, ASKS).reports == 2


def test_merging_facts_joins_them_with_what_is_read_later(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES, GIVES_LATER])
        one, other = fact_of(ledger, GIVES), fact_of(ledger, GIVES_LATER)
        assert one.id != other.id
        ana(ledger, "merge", one.id, other.id)
        joined = fact_of(ledger, GIVES)
        assert joined.reports == 2
        ledger.add([ASKS])
        grown = fact_of(ledger, GIVES)
        assert grown.reports == 3, "a telling of one side joins both"
        assert grown.judgements == joined.judgements


def test_the_id_under_which_a_fact_was_judged_still_leads_to_it(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES, GIVES_LATER])
        one, other = fact_of(ledger, GIVES), fact_of(ledger, GIVES_LATER)
        ana(ledger, "merge", one.id, other.id)
        joined = fact_of(ledger, GIVES)
        assert ledger.fact(one.id) == ledger.fact(other.id) == joined
        ana(ledger, "split", joined.id, act_id(GIVES_LATER), day="2022-03-02")
        assert ledger.fact(joined.id).readings[0].citation.report == "gives"


def test_splitting_a_fact_parts_it_and_later_tellings_go_where_they_fit(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([ASKS, ASKS_TOO])
        whole = fact_of(ledger, ASKS)
        ana(ledger, "split", whole.id, act_id(ASKS_TOO))
        assert fact_of(ledger, ASKS).actors == ("POL",)
        assert fact_of(ledger, ASKS_TOO).actors == ("EST", "POL")
        third = coded(
            report("third", "2022-02-25"),
            act("REQUEST", 0, actors="EST", cues="article-4"),
        )
        ledger.add([third])
        assert fact_of(ledger, third).id == fact_of(ledger, ASKS_TOO).id
        assert fact_of(ledger, ASKS).reports == 1


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("actors", "SVK", ("SVK",)),
        ("recipients", "", ()),
        ("places", "kyiv, UKR", ("UKR", "kyiv")),
        ("mode", "assist", "assist"),
        ("date", "2022-02-24", on("2022-02-24")),
        ("date", "2022-02", on("2022-02")),
        ("date", "2022-02-18/2022-02-24", on("2022-02-18/2022-02-24")),
        ("type", "AGREE", "AGREE"),
    ],
)
def test_a_correction_shows_in_the_fact_and_not_in_what_was_read(
    opened: Opener, field: str, value: str, shown: object
) -> None:
    with opened() as ledger:
        ledger.add([GIVES])
        ana(ledger, "correct", act_id(GIVES), field=field, value=value)
        fact = fact_of(ledger, GIVES)
        assert getattr(fact, field) == shown
        assert fact.readings[0].corrected == (field,)
        read = next(a for a in ledger.acts() if a.id == act_id(GIVES))
        assert (read.type, read.actors, read.date) == ("AID", ("POL",), None)


def test_a_figure_is_corrected_by_what_is_counted(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([ASKS, GIVES])
        (difference,) = fact_of(ledger, GIVES).differences
        assert difference.field == "quantity:drones:item"
        ana(ledger, "correct", act_id(ASKS, 1), field=difference.field, value="~120")
        ana(ledger, "correct", act_id(GIVES), field=difference.field, value="~120")
        assert fact_of(ledger, GIVES).differences == ()
        (one,) = fact_of(ledger, GIVES).quantities
        assert (one.value, one.approx) == (120, True)
        ana(ledger, "correct", act_id(GIVES), field=difference.field, value="", day="2022-03-02")
        assert [r.act.quantities for r in fact_of(ledger, GIVES).readings][1] == ()


def test_a_corrected_role_may_make_two_facts_one(opened: Opener) -> None:
    told = coded(report("third", "2022-02-25"), act("REQUEST", actors="SVN", cues="article-4"))
    with opened() as ledger:
        ledger.add([ASKS, told])
        assert fact_of(ledger, told).id != fact_of(ledger, ASKS).id
        ana(ledger, "correct", act_id(told), field="actors", value="POL")
        assert fact_of(ledger, told).id == fact_of(ledger, ASKS).id


def test_the_later_word_of_one_person_takes_the_place_of_the_earlier(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        first = ana(ledger, "confirm", act_id(ASKS), day="2022-03-01")
        second = ana(ledger, "reject", act_id(ASKS), day="2022-03-02")
        fact = fact_of(ledger, ASKS)
        assert (fact.verdict, fact.judgements, fact.reports) == (None, (second.id,), 1)
        assert states(ledger) == {first.id: "superseded", second.id: "stands"}
        judge(ledger, "withdraw", [second.id], **by("Ana Analyst", "2022-03-03"))
        assert fact_of(ledger, ASKS).verdict == "confirmed"
        assert states(ledger)[first.id] == "stands"


def test_opposed_verdicts_both_stand_and_the_fact_is_disputed(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        one = ana(ledger, "reject", act_id(ASKS))
        other = boris(ledger, "confirm", act_id(ASKS), day="2022-05-01")
        fact = fact_of(ledger, ASKS)
        assert fact.verdict == "disputed"
        assert set(fact.judgements) == {one.id, other.id}
        assert (fact.reports, fact.rejected) == (2, ()), "as it was read"
        assert set(states(ledger).values()) == {"opposed"}


def test_opposed_corrections_leave_what_was_read(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES])
        ana(ledger, "correct", act_id(GIVES), field="actors", value="SVK")
        assert fact_of(ledger, GIVES).actors == ("SVK",)
        boris(ledger, "correct", act_id(GIVES), field="actors", value="SVN")
        fact = fact_of(ledger, GIVES)
        assert (fact.verdict, fact.actors, len(fact.judgements)) == ("disputed", ("POL",), 2)


def test_a_split_against_a_merge_leaves_the_facts_as_read(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES, GIVES_LATER])
        ana(ledger, "merge", fact_of(ledger, GIVES).id, fact_of(ledger, GIVES_LATER).id)
        joined = fact_of(ledger, GIVES)
        boris(ledger, "split", joined.id, act_id(GIVES_LATER))
        one, other = fact_of(ledger, GIVES), fact_of(ledger, GIVES_LATER)
        assert one.id != other.id
        assert {one.verdict, other.verdict} == {"disputed"}
        assert set(states(ledger).values()) == {"opposed"}


def test_who_splits_one_act_off_his_own_merge_keeps_the_rest_merged(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        ana(ledger, "merge", fact_of(ledger, GIVES).id, fact_of(ledger, GIVES_LATER).id)
        assert fact_of(ledger, GIVES).reports == 3
        whole = fact_of(ledger, GIVES)
        ana(ledger, "split", whole.id, act_id(ASKS, 1), day="2022-03-02")
        assert fact_of(ledger, GIVES).id == fact_of(ledger, GIVES_LATER).id
        assert fact_of(ledger, ASKS, 1).reports == 1
        assert set(states(ledger).values()) == {"stands"}


def test_a_chain_of_merges_does_not_join_what_is_held_apart(opened: Opener) -> None:
    days = ("2022-02-01", "2022-04-01", "2022-06-01")
    told = [
        coded(report(f"r{n}", d), act("AID", actors="POL", recipients="UKR", instruments="fuel"))
        for n, d in enumerate(days)
    ]
    with opened() as ledger:
        ledger.add(told)
        a, b, c = (act_id(t) for t in told)
        first = ana(ledger, "merge", a, c)
        judge(ledger, "split", [fact_of(ledger, told[0]).id, c], **by("Clare"))
        ana(ledger, "withdraw", first.id)
        ana(ledger, "merge", a, b)
        assert fact_of(ledger, told[1]).id == fact_of(ledger, told[0]).id
        boris(ledger, "merge", b, c)
        assert len(ledger.facts()) == 3, "who is right about b is not for foedus to say"
        assert {f.verdict for f in ledger.facts()} == {"disputed"}
        del (left := states(ledger))[first.id]
        assert sorted(left.values()) == ["opposed"] * 3 + ["withdrawal"]


def test_opposed_about_one_act_leaves_the_rest_of_a_merge(opened: Opener) -> None:
    days = ("2022-02-01", "2022-04-01", "2022-06-01")
    told = [
        coded(report(f"r{n}", d), act("AID", actors="POL", recipients="UKR", instruments="fuel"))
        for n, d in enumerate(days)
    ]
    with opened() as ledger:
        ledger.add(told)
        ana(ledger, "merge", *(act_id(t) for t in told))
        boris(ledger, "split", fact_of(ledger, told[0]).id, act_id(told[2]))
        assert fact_of(ledger, told[0]).id == fact_of(ledger, told[1]).id, "nobody disputes these"
        assert fact_of(ledger, told[2]).reports == 1


def test_grades_stand_on_sources_side_by_side(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        ana(ledger, "grade", "gazette", value="B")
        boris(ledger, "grade", "asks", value="C3")
        by_label = {s.label: s for s in ledger.sources()}
        assert by_label["asks"].grades == ("B", "C3")
        assert by_label["gives-later"].grades == ("B",)
        assert by_label["gives"].grades == ()
        assert {f.verdict for f in ledger.facts()} == {None}, "a grade decides nothing"


def test_a_judgement_of_tomorrow_is_not_known_today(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        entry = ana(ledger, "reject", act_id(ASKS_TOO), day="2022-03-10")
        ana(ledger, "withdraw", entry.id, day="2022-03-12")

        def reports(day: int) -> int:
            facts = ledger.facts(known_by=date(2022, 3, day))
            return next(f.reports for f in facts if f.type == "REQUEST")

        assert [reports(d) for d in (9, 10, 11, 12)] == [2, 1, 1, 2]
        assert [len(ledger.judgements(date(2022, 3, d))) for d in (9, 10, 12)] == [0, 1, 2]


def test_as_of_keeps_what_persons_hold(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add([GIVES, GIVES_LATER])
        entry = ana(ledger, "merge", fact_of(ledger, GIVES).id, fact_of(ledger, GIVES_LATER).id)
        boris(ledger, "confirm", fact_of(ledger, GIVES).id)
        ana(ledger, "correct", act_id(GIVES), field="date", value="2022-02-20")
        (early,) = [f for f in ledger.facts(as_of=date(2022, 3, 1)) if f.type == "AID"]
        assert entry.id in early.judgements
        assert early.verdict == "confirmed"


def test_withdrawing_is_an_entry_of_its_own(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        before = ledger.facts()
        entry = ana(ledger, "reject", act_id(ASKS))
        back = judge(ledger, "withdraw", [entry.id], **by("Ana Analyst", why="Je me trompais."))
        assert ledger.facts() == before
        assert states(ledger) == {entry.id: "withdrawn", back.id: "withdrawal"}
        assert back.why == "Je me trompais."


def test_what_cannot_be_judged_is_told_in_one_line(opened: Opener) -> None:
    with opened() as ledger:
        ledger.add(CRISIS)
        fact, act_ = fact_of(ledger, ASKS).id, act_id(ASKS)
        other = fact_of(ledger, GIVES).id
        entry = ana(ledger, "confirm", act_)
        cases = [
            (("confirm", ["f-0"], {}), "no fact or act 'f-0'"),
            (("merge", [fact, other], {}), "different event types"),
            (("merge", [fact], {}), "nothing on the other side"),
            (("merge", [fact, act_], {}), "named twice"),
            (("split", [fact], {}), "nothing to split"),
            (("split", [fact, act_, act_id(ASKS_TOO)], {}), "nothing to split"),
            (("split", [fact, act_id(GIVES)], {}), "nothing to split"),
            (
                ("correct", [act_], {"field": "colour", "value": "x"}),
                "'colour' cannot be corrected",
            ),
            (("correct", [act_], {"field": "date", "value": "mardi"}), "'mardi' is no date"),
            (("correct", [act_], {"field": "date", "value": "2022-02-30"}), "is no date"),
            (("correct", [act_], {"field": "type", "value": "WAR"}), "'WAR' is no type"),
            (("correct", [act_], {"field": "aux", "value": "maybe"}), "is no aux"),
            (("correct", [act_], {"field": "actors", "value": "<b>"}), "is no actors"),
            (("correct", [act_], {"field": "quantity:x:y", "value": "many"}), "is no quantity"),
            (("grade", ["gazette"], {"value": "G7"}), "'G7' is no grade"),
            (("grade", ["gazette"], {"value": ""}), "'' is no grade"),
            (("grade", ["le-monde"], {"value": "B"}), "is no report and no outlet"),
            (("withdraw", ["j-0"], {}), "no judgement 'j-0'"),
            (("withdraw", [], {}), "no judgement ''"),
        ]
        for (verb, targets, more), message in cases:
            with pytest.raises(FoedusError, match=message) as caught:
                judge(ledger, verb, targets, **by("Ana Analyst"), **more)  # type: ignore[arg-type]
            assert "\n" not in str(caught.value)
        for who, why, message in (("", "x", "by must not"), ("A", " \n", "why must not")):
            with pytest.raises(FoedusError, match=message):
                judge(ledger, "confirm", [act_], by=who, why=why)
        with pytest.raises(FoedusError, match="a judgement of Ana Analyst"):
            boris(ledger, "withdraw", entry.id)
        with pytest.raises(FoedusError, match="was made after that"):
            ana(ledger, "withdraw", entry.id, day="2022-02-01")
        ana(ledger, "withdraw", entry.id)
        with pytest.raises(FoedusError, match="withdrawn already"):
            ana(ledger, "withdraw", entry.id)
        with pytest.raises(FoedusError, match="this very judgement"):
            ana(ledger, "confirm", act_)
        assert len(ledger.judgements()) == 2
