"""What holds of any judgements of statements and quantities by anybody: order, withdrawal, the clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import Quantity, Record
from foedus.ledger.judging.anchors import attach, record_anchor
from foedus.ledger.judging.held import HeldRecord, Judging, held_record
from foedus.ledger.judging.judgements import Anchor, Judged, Judgement, made, standing
from foedus.ledger.judging.opined import what_became
from foedus.ledger.judging.opinions import opinions
from foedus.ledger.sayings import Said, Utterance
from foedus.ledger.speech.utterances import group_utterances
from tests.ledger.builders import SmallWorld, amount_of, coded, heard, report

WORDS = (
    "Nous défendrons chaque parcelle du territoire de nos alliés, aujourd'hui comme demain",
    "Les navires resteront en mer tant que les livraisons de céréales seront menacées",
)
SAID = [heard(f"r{n}", "jens-stoltenberg", WORDS[n % 2], f"2022-02-2{3 + n % 3}") for n in range(6)]
AMOUNTS = [
    coded(report(f"r{n}"), amount_of(0, value=float(n), unit="item"))[1][0] for n in range(3)
]
RECORDS: list[Record] = [*(s.statement for s in SAID), *AMOUNTS]
TOLD: dict[str, list[Record]] = {}
for told in RECORDS:
    TOLD.setdefault(told.source, []).append(told)
TEXTS = {s.statement.source: s.text for s in SAID}
persons = st.sampled_from(["Ana", "Boris", "Clare"])
moments = st.integers(1, 6).map(lambda d: datetime(2022, 3, d, 12, tzinfo=UTC))
State = tuple[tuple[Utterance, ...], tuple[HeldRecord[Quantity], ...], tuple[Judged, ...]]


def anchor(record: Record, part: int = 0) -> Anchor:
    return record_anchor(record, TEXTS.get(record.source), TOLD[record.source], part)


@st.composite
def judgements(draw: Callable[..., Any]) -> Judgement:
    """Any judgement of some of the statements, or of some of the quantities."""
    verb = draw(st.sampled_from(["confirm", "reject", "unsure", "correct", "merge", "split"]))
    who: dict[str, Any] = {"by": draw(persons), "at": draw(moments), "why": "Parce que."}
    chosen = draw(st.permutations([s.statement for s in SAID]))[: draw(st.integers(2, 4))]
    if verb in ("merge", "split"):
        cut = draw(st.integers(1, len(chosen) - 1))
        return made(verb, [anchor(r, int(i >= cut)) for i, r in enumerate(chosen)], **who)
    if draw(st.booleans()):
        chosen = draw(st.permutations(AMOUNTS))[:1]
        who |= {"field": "value", "value": draw(st.sampled_from(["7", "~9"]))}
    else:
        who |= {"field": "speaker", "value": draw(st.sampled_from(["sergei-lavrov", ""]))}
    if verb != "correct":
        who = {key: value for key, value in who.items() if key not in ("field", "value")}
    return made(verb, [anchor(r) for r in chosen], **who)


many = st.lists(judgements(), max_size=7)


def withdrawal(of: Judgement, by: str | None = None) -> Judgement:
    return made("withdraw", by=by or of.by, at=of.at, why="Non.", withdraws=of.id)


def worked_out(entries: Sequence[Judgement], known_by: date | None = None) -> State:
    """Utterances, quantities, and what became of each judgement in force, as a ledger works them out."""
    stand = standing(entries, known_by)
    judging = Judging(stand, found := attach(entries, TOLD, TEXTS.get), opinions(stand, found))
    said = [_as_held(s, judging) for s in SAID]
    spoken = group_utterances(said, world=SmallWorld(), judging=judging)
    amounts = [q for q in AMOUNTS if isinstance(q, Quantity)]
    held = tuple(held_record(q, judging, None) for q in amounts)
    return spoken, held, what_became(stand, stand, found, judging.opinions)


def _as_held(said: Said, judging: Judging) -> Said:
    import msgspec

    held = held_record(said.statement, judging, said.text)
    return msgspec.structs.replace(said, statement=held.record, corrected=held.corrected)


@given(entries=many, chance=st.randoms(use_true_random=False))
def test_order_and_repetition_are_nothing(entries: list[Judgement], chance: random.Random) -> None:
    mixed = [*entries, *chance.sample(entries, len(entries) // 2)]
    chance.shuffle(mixed)
    assert worked_out(entries) == worked_out(mixed)


@given(entries=many, extra=st.lists(judgements(), max_size=3), chance=st.randoms())
def test_what_is_withdrawn_was_never_made(
    entries: list[Judgement], extra: list[Judgement], chance: random.Random
) -> None:
    kept = {j.id for j in entries}
    gone = [j for j in extra if j.id not in kept]
    mixed = [*entries, *gone, *map(withdrawal, gone)]
    chance.shuffle(mixed)
    assert worked_out(mixed) == worked_out(entries)
    assert worked_out([*entries, *(withdrawal(j, "Another") for j in entries)]) == worked_out(
        entries
    )


@given(entries=many, day=st.integers(1, 7))
def test_a_judgement_of_tomorrow_is_not_known_today(entries: list[Judgement], day: int) -> None:
    asked = date(2022, 3, day)
    assert worked_out(entries, asked) == worked_out([j for j in entries if j.at.date() <= asked])


@given(entries=many)
def test_every_statement_is_in_one_utterance_unless_rejected(entries: list[Judgement]) -> None:
    spoken, held, _ = worked_out(entries)
    found = [v.said.statement.id for u in spoken for v in u.variants]
    assert len(found) == len(set(found))
    for record in RECORDS:
        words: dict[str, str] = {}
        for entry in standing(entries):
            about = {t.record for t in entry.targets}
            if entry.verb in ("confirm", "reject", "unsure") and record.id in about:
                words[entry.by] = entry.verb
        rejected = "reject" in words.values() and "confirm" not in words.values()
        if isinstance(record, Quantity):
            (own,) = (h for h in held if h.record.id == record.id)
            assert rejected == own.rejected
        else:
            assert rejected == (record.id not in found)


@given(entries=many)
def test_what_all_hold_apart_is_apart(entries: list[Judgement]) -> None:
    spoken, _, _ = worked_out([j for j in entries if j.verb in ("merge", "split")])
    home = {v.said.statement.id: u for u in spoken for v in u.variants}
    for a, b in combinations([s.statement.id for s in SAID], 2):
        words: dict[str, str] = {}
        for entry in standing(entries):
            parts = {t.record: t.part for t in entry.targets}
            if entry.verb in ("merge", "split") and {a, b} <= set(parts) and parts[a] != parts[b]:
                words[entry.by] = entry.verb
        if set(words.values()) == {"split"}:
            assert home[a].id != home[b].id
        elif set(words.values()) == {"merge"} and home[a].id != home[b].id:
            assert home[a].verdict == home[b].verdict == "disputed", "a chain that is at odds"


@given(entries=many)
def test_judgements_touch_only_what_they_are_about(entries: list[Judgement]) -> None:
    links = [j for j in entries if j.verb != "correct"]
    judged = {t.record for j in links for t in j.targets}
    after = worked_out(links)[0]
    assert all(
        u in after
        for u in worked_out([])[0]
        if not judged & {v.said.statement.id for v in u.variants}
    )
