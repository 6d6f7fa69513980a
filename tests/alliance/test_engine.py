"""Properties that hold for whatever is told: order, tracing, the two clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from foedus.alliance import KEYS, Alliance, Reason, load_alliance, statuses
from foedus.alliance.engine import courses
from foedus.alliance.records import MechanismStatus
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, days_after, fact, reading, told, without_id

START = date(2022, 2, 20)
NATO = load_alliance("nato")
CUES = sorted({c for m in NATO.mechanisms for r in m.rules for c in r.when.cues})
WHO = ["nato", "POL", "UKR", "RUS", "jens-stoltenberg", "sergei-lavrov", "north-atlantic-council"]
TYPES = ["REQUEST", "MOBILIZE", "CONSULT", "AGREE", "AID", "REJECT", "ASSAULT", "ACCUSE", "RETREAT"]


def some(values: list[str], at_most: int = 2) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=at_most, unique=True)


@st.composite
def readings(draw: st.DrawFn, name: str) -> Any:
    published = days_after(START, draw(st.integers(0, 12)))
    when = draw(st.none() | st.integers(-3, 3).map(lambda n: days_after(published, n)))
    return reading(
        name,
        published,
        when,
        type=draw(st.sampled_from(TYPES)),
        cues=draw(some(CUES, 1)),
        actors=draw(some(WHO)),
        recipients=draw(some(WHO, 1)),
        places=draw(some(["UKR", "POL", "kyiv", "tapa"], 1)),
        aux=draw(some(["future", "hypothetical", "negation", "historical"], 1)),
        attributed_to=draw(st.none() | st.sampled_from(WHO)),
    )


@st.composite
def told_facts(draw: st.DrawFn) -> list[Fact]:
    count = draw(st.integers(0, 7))
    return [
        fact(
            f"f{n}",
            *(draw(readings(f"r{n}-{k}")) for k in range(draw(st.integers(1, 2)))),
        )
        for n in range(count)
    ]


def ask(facts: list[Fact], as_of: date, known_by: date) -> tuple[MechanismStatus, ...]:
    return statuses(NATO, facts, as_of=as_of, known_by=known_by, world=WORLD)


def in_trace(node: Reason) -> set[str]:
    own = {node.fact} if node.fact else set()
    return own.union(*(in_trace(child) for child in node.children))


DAYS = st.integers(0, 14).map(lambda n: days_after(START, n))


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS, data=st.data())
def test_order_of_facts_changes_nothing(
    facts: list[Fact], as_of: date, known_by: date, data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(facts))
    assert without_id(ask(facts, as_of, known_by)) == without_id(ask(shuffled, as_of, known_by))


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS)
def test_what_is_not_in_the_trace_can_be_dropped(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    whole = ask(facts, as_of, known_by)
    for number, status in enumerate(whole):
        traced = in_trace(status.reason)
        kept = [f for f in facts if f.id in traced]
        assert without_id(ask(kept, as_of, known_by)[number]) == without_id(status)


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS)
def test_what_carries_a_status_is_in_its_trace(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    for status in ask(facts, as_of, known_by):
        assert set(status.facts) | set(status.claims) <= in_trace(status.reason)
        assert status.citations or not status.facts
        assert status.single_source == (status.sources == 1)


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS)
def test_what_appears_later_is_not_known(facts: list[Fact], as_of: date, known_by: date) -> None:
    early = []
    for f in facts:
        kept = [r for r in f.readings if r.published is None or r.published.start <= known_by]
        if kept:
            early.append(fact(f.id, *kept))
    answered, again = ask(facts, as_of, known_by), ask(early, as_of, known_by)
    assert [(s.status, s.stage, s.by) for s in answered] == [
        (s.status, s.stage, s.by) for s in again
    ]


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS)
def test_words_are_not_deeds(facts: list[Fact], as_of: date, known_by: date) -> None:
    imagined = [
        fact(f.id, *(_with_aux(r, ("hypothetical", *r.act.aux)) for r in f.readings)) for f in facts
    ]
    for status in ask(imagined, as_of, known_by):
        assert status.status in ("not_engaged", "unknown")
        assert not status.facts


def _with_aux(told_as: Any, aux: tuple[str, ...]) -> Any:
    import msgspec

    act = msgspec.structs.replace(told_as.act, aux=aux)
    return msgspec.structs.replace(told_as, act=act)


def all_keys(node: Reason) -> list[tuple[str, set[str]]]:
    below = [pair for child in node.children for pair in all_keys(child)]
    return [(node.key, set(node.values)), *below]


ROLES = {"type", "actors", "recipients", "places"}


@given(facts=told_facts(), as_of=DAYS, known_by=DAYS)
def test_every_message_is_listed_with_its_values(
    facts: list[Fact], as_of: date, known_by: date
) -> None:
    for status in ask(facts, as_of, known_by):
        for key, values in all_keys(status.reason):
            texts = {v for v in values if v.startswith("text.")}
            assert values - texts - ROLES <= set(KEYS[key]), key


def test_a_reason_reaches_the_characters(nato: Alliance) -> None:
    refusal = told(
        "f",
        date(2022, 3, 23),
        type="REJECT",
        cues=["no-fly-zone"],
        actors=["nato"],
        reason=(20, 44),
    )
    found = statuses(
        nato, [refusal], as_of=date(2022, 3, 23), known_by=date(2022, 3, 23), world=WORLD
    )
    status = next(s for s in found if s.mechanism == "no-fly-zone")
    assert status.status == "ruled_out"
    spans = {c.span for c in _citations(status.reason)}
    assert {(0, 9), (20, 44)} <= spans


def _citations(node: Reason) -> list[Any]:
    return [*node.citations, *(c for child in node.children for c in _citations(child))]


def test_mechanisms_answer_in_declared_order(nato: Alliance) -> None:
    found = ask([], START, START)
    assert [s.mechanism for s in found] == [m.id for m in nato.mechanisms]


def test_a_membership_may_last_to_the_end_of_days(nato: Alliance) -> None:
    memberships = tuple(
        msgspec.structs.replace(m, left=date.max) if m.state == "POL" else m
        for m in nato.memberships
    )
    asking = told("f", date(2022, 2, 24), type="REQUEST", cues=["article-4"], actors=["POL"])
    for as_of in (date(2022, 2, 24), date.max):
        found = statuses(
            replace(nato, memberships=memberships),
            [asking],
            as_of=as_of,
            known_by=as_of,
            world=WORLD,
        )
        assert found[0].by == ("POL",)


def test_days_at_the_end_of_the_calendar_are_days_like_others(exercise: Alliance) -> None:
    """What would last beyond the last day that there is lasts until then."""
    met = told("f", date.max, type="CONSULT", cues=["assembly"], actors=["arvenia"])
    prepared = told("g", date.max, type="COOPERATE", cues=["assembly"], actors=["arvenia"])
    facts = [met, prepared]
    found = statuses(exercise, facts, as_of=date.max, known_by=date.max, world=WORLD)
    swept = courses(exercise, facts, known_by=None, world=WORLD)
    for status in found:
        assert status.reason.kind == "status"
        assert swept[status.mechanism].on(date.max) == (status.status, status.stage)
    assert statuses(exercise, facts, as_of=date.min, known_by=date.min, world=WORLD)
