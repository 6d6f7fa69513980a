"""The engine against the plain evaluator, on random histories: on each day, as known by each day."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.acts import DateRange
from foedus.alliance import SHIPPED, Alliance, load_alliance, statuses
from foedus.alliance.clocks import BothClocks
from foedus.alliance.engine import courses
from foedus.errors import FoedusError
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, fact, reading
from tests.alliance.plain import Plain, TooManyError
from tests.conftest import FULL

START = date(2031, 5, 25)
"""A week before a third party joins the pact."""
MORE = """
  - id: harbours
    names: {fr: "Ports", en: "Harbours"}
    section: posture
    clause: {fr: "Les ports s'ouvrent.", en: "Harbours open."}
    reference: {body: "Six Lakes Pact (fictional)", title: "Order of the lakes", date: 1995-01-01}
    competent: [party]
    stages:
      - {id: told, names: {fr: "dits", en: "told"}, engages: false}
      - {id: promised, names: {fr: "promis", en: "promised"}}
      - {id: visited, names: {fr: "visités", en: "visited"}}
      - {id: opened, names: {fr: "ouverts", en: "open"}}
    rules:
      - id: asked
        effect: initiates
        stage: told
        when: {types: [REQUEST], cues: [harbours], actors: {any: [party], none: [outsider]}}
      - id: promise
        effect: initiates
        stage: promised
        when: {types: [AGREE, AID], cues: [harbours], future: counts, states: [{mechanism: mutual-aid, status: [engaged, not_engaged]}]}
      - id: opening
        effect: initiates
        stage: opened
        when: {types: [MOBILIZE], cues: [harbours], future: excluded, since: 2031-05-28, until: 2031-06-03, targets: {any: [party], empty: true}, states: [{mechanism: lake-patrol, stages: [sailing]}]}
      - id: port-call
        effect: initiates
        stage: visited
        lasts: 3
        when: {types: [COOPERATE], cues: [harbours]}
      - id: inspection
        effect: initiates
        stage: visited
        lasts: 2
        closes: true
        when: {types: [CONSULT], modes: [visit, multilateral], cues: [harbours]}
      - id: rumour
        effect: initiates
        stage: told
        lasts: 2
        when: {types: [ACCUSE], cues: [harbours]}
      - id: closing
        effect: terminates
        when: {types: [RETREAT, MOBILIZE], cues: [harbours], polarity: either, future: only}
      - id: strike
        effect: terminates
        lasts: 3
        when: {types: [PROTEST], cues: [harbours]}
      - id: closed
        effect: rules_out
        when: {types: [MOBILIZE], cues: [harbours], polarity: negated, actors: {any: [ours], empty: true}}
"""
CUE = '  harbours:\n    fr: [{phrases: ["ports"]}]\n    en: [{phrases: ["harbours"]}]\n'
SAILS = "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [ours]}"


def _pact() -> Alliance:
    """The exercise's pact, with rules that ask for days and for where other mechanisms stand."""
    with TemporaryDirectory() as folder:
        pact = Path(folder) / "pact"
        shutil.copytree(SHIPPED / "exercise", pact)
        rules = (pact / "mechanisms.yaml").read_text(encoding="utf-8")
        asking = f"{SAILS}, states: [{{mechanism: no-mines, status: [not_engaged, ruled_out]}}]"
        (pact / "mechanisms.yaml").write_text(
            rules.replace(SAILS, asking, 1).rstrip() + "\n" + MORE, encoding="utf-8"
        )
        cues = (pact / "cues.yaml").read_text(encoding="utf-8")
        wording, kinds = cues.split("\nledger:\n")  # what the cues are to the ledger stands last
        (pact / "cues.yaml").write_text(f"{wording}\n{CUE}\nledger:\n{kinds}", encoding="utf-8")
        return load_alliance(pact, WORLD)


PACT = _pact()
CUES = [m.id for m in PACT.mechanisms]
PATTERNS = [rule.when for m in PACT.mechanisms for rule in m.rules]
WHO = ["arvenia", "bostrel", "cormund", "drossia", "six-lakes-pact", "brakka", "orlin", "UKR"]
TYPES = ["REQUEST", "AGREE", "REJECT", "MOBILIZE", "RETREAT", "ACCUSE", "AID", "CONCEDE"]
AUX = ["future", "negation", "hypothetical", "historical"]


def some(values: list[str], at_most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), max_size=at_most, unique=True)


def spans(longest: int) -> st.SearchStrategy[DateRange | None]:
    def made(pair: tuple[int, int]) -> DateRange:
        first = START + timedelta(days=pair[0])
        return DateRange(first, first + timedelta(days=pair[1]), "range")

    return st.none() | st.tuples(st.integers(0, 9), st.integers(0, longest)).map(made)


@st.composite
def readings(draw: st.DrawFn, name: str) -> Any:
    near = draw(st.sampled_from(PATTERNS))
    act: Any = {
        "type": draw(st.sampled_from(near.types)) if near.types else draw(st.sampled_from(TYPES)),
        "cues": draw(st.just(near.cues) | some(CUES, 2)),
        "actors": draw(some(WHO, 2)),
        "recipients": draw(some(WHO, 1)),
        "aux": draw(st.just([]) | some(AUX, 2)),
        "mode": draw(st.none() | st.sampled_from(["visit", "multilateral", "phone"])),
        "attributed_to": draw(st.none() | st.sampled_from(WHO)),
    }
    return reading(name, draw(spans(1)), draw(spans(2)), **act)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    made = []
    for n in range(draw(st.integers(1, 7))):
        tellings = [draw(readings(f"r{n}-{k}")) for k in range(draw(st.integers(1, 2)))]
        told = fact(f"f{n}", *tellings)
        verdict = draw(st.sampled_from([None, None, None, "confirmed", "unsure", "disputed"]))
        made.append(msgspec.structs.replace(told, verdict=verdict))
    return made


@settings(max_examples=10_000 if FULL else 300)
@given(
    history=histories(),
    known=st.integers(0, 11),
    on=st.lists(st.integers(-1, 12), min_size=1, max_size=3, unique=True),
)
def test_the_engine_agrees_with_the_plain_evaluator(
    history: list[Fact], known: int, on: list[int]
) -> None:
    known_by = START + timedelta(days=known)
    swept = courses(PACT, history, known_by=known_by, world=WORLD)
    for number in on:
        as_of = START + timedelta(days=number)
        plain = Plain(PACT, history, known_by, as_of)
        asked = statuses(PACT, history, as_of=as_of, known_by=known_by, world=WORLD)
        for status in asked:
            try:
                expected = plain.on(status.mechanism, as_of)
            except TooManyError:
                assume(False)
            assert (status.status, status.stage) == expected, (status.mechanism, as_of)
            if all(r.date or r.published for f in history for r in f.readings):
                # what has no day at all is looked up on the day asked about
                assert swept[status.mechanism].on(as_of) == expected, (status.mechanism, as_of)


SIMPLE = load_alliance("exercise", WORLD)


@given(
    history=histories(),
    asked=st.lists(st.tuples(st.integers(-1, 12), st.integers(-1, 12)), min_size=1, max_size=4),
)
def test_one_index_answers_for_both_clocks(
    history: list[Fact], asked: list[tuple[int, int]]
) -> None:
    dated = [f for f in history if all(r.date or r.published for r in f.readings)]
    clocks = BothClocks(SIMPLE, dated, WORLD)
    for day_asked, day_known in asked:
        as_of, known_by = (START + timedelta(days=n) for n in (day_asked, day_known))
        found = statuses(SIMPLE, dated, as_of=as_of, known_by=known_by, world=WORLD)
        assert clocks.on(as_of, known_by) == {s.mechanism: (s.status, s.stage) for s in found}


def test_conditions_on_states_are_not_indexed() -> None:
    with pytest.raises(FoedusError, match="not indexed by both clocks"):
        BothClocks(PACT, [], WORLD)
