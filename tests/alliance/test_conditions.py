"""Rules that ask where another mechanism stands, days in force, disputed facts; and what is refused on load."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.acts import DateRange
from foedus.alliance import (
    SHIPPED,
    Alliance,
    MechanismStatus,
    Reason,
    check,
    load_alliance,
    statuses,
)
from foedus.alliance.engine import courses
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, fact, reading

ONLY_WHEN_GRANTED = (
    "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [ours]},"
    " states: [{mechanism: mutual-aid, status: [engaged], stages: [granted]}]}"
)
SETS_SAIL = "when: {types: [MOBILIZE], cues: [lake-patrol], actors: {any: [ours]}}"
MAY = date(2031, 5, 10)


@pytest.fixture
def pact(tmp_path: Path) -> Callable[..., Path]:
    """The exercise's folder with changes to its mechanisms."""

    def made(*swaps: tuple[str, str]) -> Path:
        folder = tmp_path / "pact"
        shutil.copytree(SHIPPED / "exercise", folder)
        file = folder / "mechanisms.yaml"
        text = file.read_text(encoding="utf-8")
        for old, new in swaps:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
        return folder

    return made


@pytest.fixture
def guarded(pact: Callable[..., Path]) -> Alliance:
    """A pact whose patrol sails only once help was granted."""
    return load_alliance(pact((SETS_SAIL, ONLY_WHEN_GRANTED)), WORLD)


def on(day: int) -> date:
    return MAY.replace(day=day)


def granted(when: date | DateRange, name: str = "granted") -> Fact:
    act: Any = {"type": "AGREE", "cues": ["mutual-aid"], "actors": ["six-lakes-pact"]}
    return fact(name, reading(f"r-{name}", on(28), when, **act))


def refused(when: date) -> Fact:
    act: Any = {"type": "REJECT", "cues": ["mutual-aid"], "actors": ["six-lakes-pact"]}
    return fact("refused", reading("r-refused", on(28), when, **act))


def sails(when: date | DateRange) -> Fact:
    act: Any = {"type": "MOBILIZE", "cues": ["lake-patrol"], "actors": ["arvenia"]}
    return fact("sails", reading("r-sails", on(28), when, **act))


def patrol(alliance: Alliance, *facts: Fact, as_of: date | None = None) -> MechanismStatus:
    asked = as_of or on(28)
    found = statuses(alliance, facts, as_of=asked, known_by=on(28), world=WORLD)
    return next(s for s in found if s.mechanism == "lake-patrol")


def keys(node: Reason) -> set[str]:
    return {node.key}.union(*(keys(child) for child in node.children))


def traced(node: Reason) -> set[str]:
    own = {node.fact} if node.fact else set()
    return own.union(*(traced(child) for child in node.children))


def test_an_act_counts_while_the_other_mechanism_stands_so(guarded: Alliance) -> None:
    status = patrol(guarded, granted(on(5)), sails(on(7)))
    assert (status.status, status.stage) == ("engaged", "sailing")
    assert "states.yes" in keys(status.reason)
    assert traced(status.reason) == {"granted", "sails"}


def test_what_happens_on_the_same_day_is_there_in_time(guarded: Alliance) -> None:
    assert patrol(guarded, granted(on(5)), sails(on(5))).status == "engaged"


def test_an_act_before_the_other_mechanism_counts_for_nothing(guarded: Alliance) -> None:
    status = patrol(guarded, granted(on(9)), sails(on(7)))
    assert status.status == "unknown", "its initial state is not known, and nothing changed it"
    assert "states.no" in keys(status.reason)
    assert "near.states" in keys(status.reason)


def test_an_act_after_the_other_mechanism_was_ruled_out(guarded: Alliance) -> None:
    assert patrol(guarded, granted(on(5)), refused(on(6)), sails(on(7))).facts == ()
    assert patrol(guarded, granted(on(5)), refused(on(8)), sails(on(7))).status == "engaged"


def test_dates_that_cannot_tell_leave_it_open(guarded: Alliance) -> None:
    within = DateRange(on(4), on(6), "range")
    status = patrol(guarded, granted(on(5)), sails(within))
    assert status.status == "unknown"
    assert "states.cannot_tell" in keys(status.reason)


def test_what_shows_a_condition_is_in_the_trace(guarded: Alliance) -> None:
    facts = [granted(on(5)), refused(on(6)), granted(on(20), "again"), sails(on(7))]
    whole = patrol(guarded, *facts)
    kept = [f for f in facts if f.id in traced(whole.reason)]
    assert "again" not in {f.id for f in kept}
    assert patrol(guarded, *kept) == whole
    assert patrol(guarded, *(f for f in facts if f.id != "refused")).status == "engaged"


def test_a_rule_in_force_from_a_day(pact: Callable[..., Path]) -> None:
    in_force = SETS_SAIL.replace("MOBILIZE]", "MOBILIZE], since: 2031-05-10, until: 2031-05-20")
    alliance = load_alliance(pact((SETS_SAIL, in_force)), WORLD)
    assert patrol(alliance, sails(on(9))).facts == ()
    assert patrol(alliance, sails(on(10))).status == "engaged"
    assert patrol(alliance, sails(on(20))).status == "engaged"
    assert patrol(alliance, sails(on(21))).facts == ()
    astride = patrol(alliance, sails(DateRange(on(9), on(11), "range")))
    assert (astride.status, astride.facts) == ("unknown", ("sails",))
    assert "days.cannot_tell" in keys(astride.reason)


def test_the_course_tells_where_a_mechanism_stood_on_each_day(guarded: Alliance) -> None:
    found = courses(
        guarded, [granted(on(5)), refused(on(6)), sails(on(5))], known_by=None, world=WORLD
    )
    aid = found["mutual-aid"]
    assert [(s.start, s.word, s.stage) for s in aid.stretches] == [
        (on(5), "engaged", "granted"), (on(6), "ruled_out", None),
    ]  # fmt: skip
    assert aid.on(on(4)) == ("not_engaged", None)
    assert found["lake-patrol"].on(on(4)) == ("unknown", None)
    assert found["lake-patrol"].on(on(28)) == ("engaged", "sailing")


# --- what is disputed decides nothing


def decides(alliance: Alliance, told: Fact) -> MechanismStatus:
    found = statuses(alliance, [told], as_of=on(28), known_by=on(28), world=WORLD)
    return next(s for s in found if s.mechanism == "mutual-aid")


def test_a_fact_that_persons_dispute_leaves_the_status_open(exercise: Alliance) -> None:
    disputed = msgspec.structs.replace(granted(on(5)), verdict="disputed")
    status = decides(exercise, disputed)
    assert (status.status, status.disputed) == ("unknown", True)
    assert "fact.disputed" in keys(status.reason)


def test_a_fact_that_somebody_is_unsure_of_counts_as_before(exercise: Alliance) -> None:
    unsure = msgspec.structs.replace(granted(on(5)), verdict="unsure")
    assert decides(exercise, unsure).status == "engaged"


def test_a_disputed_fact_that_something_sure_came_after_decides_nothing(
    exercise: Alliance,
) -> None:
    disputed = msgspec.structs.replace(granted(on(5)), verdict="disputed")
    found = statuses(
        exercise, [disputed, refused(on(8))], as_of=on(28), known_by=on(28), world=WORLD
    )
    assert found[0].status == "ruled_out"


def mines(*tellings: tuple[str, ...], speaker: str | None = None) -> Fact:
    act: Any = {"type": "MOBILIZE", "cues": ["no-mines"], "actors": ["arvenia"]}
    told = [
        reading(f"r{n}", on(28), on(5), aux=list(aux), attributed_to=speaker if n else None, **act)
        for n, aux in enumerate(tellings)
    ]
    return fact("mines", *told)


@pytest.mark.parametrize("first", [(), ("negation",)])
def test_tellings_that_disagree_on_whether_it_was_done(
    exercise: Alliance, first: tuple[str, ...]
) -> None:
    second = () if first else ("negation",)
    found = statuses(exercise, [mines(first, second)], as_of=on(28), known_by=on(28), world=WORLD)
    limit = found[2]
    assert (limit.mechanism, limit.status, limit.disputed) == ("no-mines", "unknown", True)


def test_a_voice_without_competence_disputes_nothing(exercise: Alliance) -> None:
    told = mines(("negation",), (), speaker="drossia")
    found = statuses(exercise, [told], as_of=on(28), known_by=on(28), world=WORLD)
    assert found[2].status == "ruled_out"


# --- what is refused when the folder is read

GRANT = "when: {types: [AGREE], cues: [mutual-aid], actors: {any: [pact]}}"
REFUSAL = "when: {types: [REJECT], cues: [mutual-aid], actors: {any: [pact]}}"


def asking(pattern: str, mechanism: str, more: str = "") -> tuple[str, str]:
    return pattern, f"{pattern[:-1]}, states: [{{mechanism: {mechanism}{more}}}]}}"


@pytest.mark.parametrize(
    ("swaps", "said"),
    [
        ([asking(SETS_SAIL, "mutual-ade")], "asks where 'mutual-ade' stands, which is not declared"),
        ([asking(SETS_SAIL, "mutual-aid", ", stages: [gone]")], "stage 'gone'"),
        ([asking(SETS_SAIL, "mutual-aid", ", status: []")], "asks for no status"),
        ([asking(SETS_SAIL, "lake-patrol")], "'lake-patrol' stands depends on itself"),
        (
            [asking(SETS_SAIL, "mutual-aid"), asking(GRANT, "lake-patrol")],
            "mutual-aid → lake-patrol → mutual-aid",
        ),
        ([(SETS_SAIL, SETS_SAIL[:-1] + ", since: 2031-01-02, until: 2031-01-01}")], "never fire"),
        ([(REFUSAL, GRANT)], "rules 'grant' (line 19: it engages) and 'refusal' (it rules out)"),
        (
            [(REFUSAL, "when: {types: [AGREE], cues: [mutual-aid, lake-patrol]}")],
            "every act that fits 'grant' fits 'refusal' too",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_line(
    pact: Callable[..., Path], swaps: list[tuple[str, str]], said: str
) -> None:
    problems = check(pact(*swaps), WORLD)
    assert [p for p in problems if said in str(p)], [str(p) for p in problems]
    assert all(p.where and "mechanisms.yaml:" in p.where for p in problems)


def test_rules_that_a_condition_tells_apart_do_not_contradict(pact: Callable[..., Path]) -> None:
    apart = GRANT[:-1] + ", states: [{mechanism: no-mines, status: [ruled_out]}]}"
    other = GRANT[:-1] + ", states: [{mechanism: no-mines, status: [engaged]}]}"
    assert check(pact((GRANT, apart), (REFUSAL, other)), WORLD) == ()


def test_a_gap_between_those_who_lead_a_force(pact: Callable[..., Path]) -> None:
    folder = pact()
    file = folder / "forces.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("end: 2030-12-31", "end: 2030-11-30"), encoding="utf-8")
    (problem,) = check(folder, WORLD)
    assert "nobody leads force 'lake-patrol' between two" in str(problem)
