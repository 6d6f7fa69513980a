"""What holds of any judgements by anybody: order, withdrawal, repetition, the clock, nothing lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.acts import Act
from foedus.ledger import Fact, Judged, Judgement, Ledger, Reading, group_facts
from foedus.ledger.consolidate import Made
from foedus.ledger.joining.grouping import groups_of
from foedus.ledger.judging.anchors import Key, anchor_of, attach, key_of
from foedus.ledger.judging.corrections import corrected_reading
from foedus.ledger.judging.judgements import Anchor, made, standing
from foedus.ledger.judging.opined import judged_facts, what_became
from foedus.ledger.judging.opinions import opinions
from foedus.ledger.roles import Roles
from foedus.ledger.rules import load_rules
from tests.ledger.builders import SmallWorld, act, amount, coded, finder, report
from tests.ledger.test_ledger import files

TEXT = "Des drones sont livrés à Kiev par la Pologne, dit-on. " * 4
DAYS = ("2022-02-24", "2022-02-25", "2022-02-27", "2022-03-20", "2022-06-01")
STORIES = [
    coded(
        report(f"r{n}", day, text=f"{n} {TEXT}"),
        act("AID", 2, actors="POL EST" if n % 2 else "POL", recipients="UKR",
            instruments="drones", quantities=(amount(20 + n, "drones"),)),
        act("REQUEST", 60, actors="POL", cues="article-4"),
    )
    for n, day in enumerate(DAYS)
]  # fmt: skip


def _readings() -> tuple[Reading, ...]:
    import tempfile

    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "x", world=SmallWorld(), find_copies=finder(())) as ledger,
    ):
        ledger.add(STORIES)
        return ledger.readings()


READINGS = _readings()
TEXTS = {of.hash: of.text for of, _ in STORIES}
ACTS = {of.hash: [r for r in records if hasattr(r, "trigger")] for of, records in STORIES}
RULES, ROLES = load_rules(), Roles(SmallWorld())


def anchor(n: int, part: int = 0) -> Anchor:
    """The anchor of the reading of that number."""
    source = READINGS[n].citation.source
    return anchor_of(READINGS[n], TEXTS[source], ACTS[source], part)  # type: ignore[arg-type]


numbers = st.integers(0, len(READINGS) - 1)
persons = st.sampled_from(["Ana", "Boris", "Clare"])
moments = st.integers(1, 6).map(lambda d: datetime(2022, 3, d, 12, tzinfo=UTC))
changes = st.sampled_from(
    [("actors", "POL"), ("actors", "SVK"), ("date", "2022-02-25"), ("type", "AID")]
)  # fmt: skip


@st.composite
def judgements(draw: Callable[..., Any]) -> Judgement:
    """Any judgement of some of the acts."""
    verb = draw(
        st.sampled_from(["confirm", "reject", "unsure", "correct", "merge", "merge", "split"])
    )
    who: dict[str, Any] = {"by": draw(persons), "at": draw(moments), "why": "Parce que."}
    chosen = draw(st.lists(numbers, min_size=2, max_size=4, unique=True))
    if verb in ("merge", "split"):
        one = READINGS[chosen[0]].act.type
        sides = [n for n in range(len(READINGS)) if READINGS[n].act.type == one]
        chosen = draw(st.permutations(sides))[: draw(st.integers(2, 4))]
        cut = draw(st.integers(1, len(chosen) - 1))
        return made(verb, [anchor(n, int(i >= cut)) for i, n in enumerate(chosen)], **who)
    if verb == "correct":
        who["field"], who["value"] = draw(changes)
    return made(verb, [anchor(n) for n in chosen], **who)


many = st.lists(judgements(), max_size=8)


def withdrawal(of: Judgement, by: str | None = None) -> Judgement:
    """The same person takes it back, at once."""
    return made("withdraw", by=by or of.by, at=of.at, why="Non.", withdraws=of.id)


def worked_out(
    entries: Sequence[Judgement], known_by: date | None = None
) -> tuple[tuple[Fact, ...], tuple[Judged, ...]]:
    """The facts, and what became of each judgement that is in force, as the ledger works them out."""
    stand = standing(entries, known_by)
    acts: dict[str, list[Act]] = {}
    for r in READINGS:
        acts.setdefault(r.citation.source, []).append(r.act)
    attached = attach(entries, acts, TEXTS.get)
    held = opinions(stand, attached)
    told = [corrected_reading(r, held.corrections.get(key_of(r), {})) for r in READINGS]
    groups = groups_of(told, RULES, ROLES)
    facts = judged_facts(groups, stand, attached, held, RULES, ROLES, Made(ROLES))
    return facts, what_became(stand, stand, attached, held)


@given(entries=many, chance=st.randoms(use_true_random=False))
def test_order_and_repetition_are_nothing(entries: list[Judgement], chance: random.Random) -> None:
    mixed = [*entries, *chance.sample(entries, len(entries) // 2)]
    chance.shuffle(mixed)
    assert worked_out(entries) == worked_out(mixed)


@given(entries=many, extra=st.lists(judgements(), max_size=4), chance=st.randoms())
def test_what_is_withdrawn_was_never_made(
    entries: list[Judgement], extra: list[Judgement], chance: random.Random
) -> None:
    kept = {j.id for j in entries}
    gone = [j for j in extra if j.id not in kept]
    mixed = [*entries, *gone, *map(withdrawal, gone)]
    chance.shuffle(mixed)
    assert worked_out(mixed) == worked_out(entries)


@given(entries=many)
def test_nobody_withdraws_what_another_judged(entries: list[Judgement]) -> None:
    others = [withdrawal(j, by="Somebody else") for j in entries]
    assert worked_out([*entries, *others]) == worked_out(entries)


@given(entries=many, day=st.integers(1, 7), chance=st.randoms())
def test_a_judgement_of_tomorrow_is_not_known_today(
    entries: list[Judgement], day: int, chance: random.Random
) -> None:
    asked = date(2022, 3, day)
    back = [withdrawal(j) for j in entries if chance.random() < 0.3]
    past = [j for j in (*entries, *back) if j.at.date() <= asked]
    assert worked_out([*entries, *back], asked) == worked_out(past)


@given(entries=many)
def test_every_telling_is_in_exactly_one_fact(entries: list[Judgement]) -> None:
    facts, _ = worked_out(entries)
    told = [key_of(r) for f in facts for r in (*f.readings, *f.rejected)]
    assert sorted(told) == sorted(map(key_of, READINGS))
    assert all({r.act.type for r in (*f.readings, *f.rejected)} == {f.type} for f in facts)
    assert all(f.sources <= f.reports <= len(f.readings) for f in facts)
    assert len({f.id for f in facts}) == len(facts)


def latest_words(entries: Sequence[Judgement], a: Key, b: Key) -> set[str]:
    """What persons in their latest words say of two acts, worked out one by one."""
    words: dict[str, str] = {}
    for entry in standing(entries):
        parts = {(t.source, t.record): t.part for t in entry.targets}
        if entry.verb in ("merge", "split") and {a, b} <= set(parts) and parts[a] != parts[b]:
            words[entry.by] = entry.verb
    return set(words.values())


@given(entries=many)
def test_what_all_hold_apart_is_apart_and_what_all_merge_is_one(entries: list[Judgement]) -> None:
    facts, _ = worked_out(entries)
    home = {key_of(r): f for f in facts for r in (*f.readings, *f.rejected)}
    for a, b in combinations(map(key_of, READINGS), 2):
        words = latest_words(entries, a, b)
        if words == {"split"}:
            assert home[a].id != home[b].id
        elif words == {"merge"} and home[a].id != home[b].id:
            assert home[a].verdict == home[b].verdict == "disputed", "a chain that is at odds"
        elif len(words) == 2:
            assert home[a].verdict == home[b].verdict == "disputed"


@given(entries=many)
def test_what_is_rejected_unopposed_is_no_evidence(entries: list[Judgement]) -> None:
    facts, _ = worked_out(entries)
    counted = {key_of(r) for f in facts for r in f.readings}
    for key in map(key_of, READINGS):
        words: dict[str, str] = {}
        for entry in standing(entries):
            about = {(t.source, t.record) for t in entry.targets}
            if key in about and entry.verb in ("confirm", "reject", "unsure"):
                words[entry.by] = entry.verb
        verbs = set(words.values())
        assert (key not in counted) == ("reject" in verbs and "confirm" not in verbs)


@given(entries=many)
def test_judgements_touch_only_the_facts_they_are_about(entries: list[Judgement]) -> None:
    links = [j for j in entries if j.verb != "correct"]
    read = group_facts(READINGS, world=SmallWorld())
    assert worked_out([])[0] == read
    judged = {(t.source, t.record) for j in links for t in j.targets}
    after = worked_out(links)[0]
    assert all(f in after for f in read if not judged & set(map(key_of, f.readings)))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=many, gone=st.lists(judgements(), max_size=2), chance=st.randoms())
def test_the_file_gives_the_same_bytes_whatever_the_order(
    entries: list[Judgement], gone: list[Judgement], chance: random.Random,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Reports and judgements in any order and in any batches, some of them withdrawn."""
    kept = {j.id for j in entries}
    back = [withdrawal(j) for j in gone if j.id not in kept]
    steps: list[tuple[str, Any]] = [("add", story) for story in STORIES]
    steps += [("keep", j) for j in (*entries, *gone, *back)]
    steps += chance.sample(steps, 3)
    chance.shuffle(steps)
    plain: list[tuple[str, Any]] = [*(("add", s) for s in STORIES), *(("keep", j) for j in entries)]

    def exported(what: Sequence[tuple[str, Any]]) -> dict[str, bytes]:
        path = tmp_path_factory.mktemp("ledger")
        with Ledger.open(path / "x", world=SmallWorld(), find_copies=finder(())) as ledger:
            for verb, thing in what:
                getattr(ledger, verb)([thing])
            ledger.export(path / "out")
        return files(path / "out")

    assert exported(steps) == exported(plain)
