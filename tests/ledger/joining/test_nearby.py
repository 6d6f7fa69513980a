"""Who is looked for among the tellings of a block: none that shares enough is passed over."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from foedus.ledger.dating.timing import redated
from foedus.ledger.joining import nearby
from foedus.ledger.joining.asking import Numbers
from foedus.ledger.joining.athand import AtHand, Stood, Told, packed
from foedus.ledger.joining.common import meet
from foedus.ledger.joining.items import Item, block_of, item_of
from foedus.ledger.joining.likeness import Likeness
from foedus.ledger.joining.nearby import Nearby
from foedus.ledger.passages import Place
from foedus.ledger.records import Dating, Reading
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.ledger.sources import readings_of
from foedus.ledger.spells import ALWAYS, NEVER
from tests.ledger.builders import RULES
from tests.ledger.test_increments import PeopledWorld, stories

NO_NEED = msgspec.structs.replace(
    RULES, types={name: msgspec.structs.replace(t, need=0) for name, t in RULES.types.items()}
)
ROLES = Roles(PeopledWorld())
STORIES = (
    "",
    "flood dam river bridge mayor",
    "flood dam river bridge mayor boat",
    "vote party list",
)
WORDS = ("!send", "gun", "!give", "promise", "!shell", "week")


def told(seed: int) -> dict[str, list[Reading]]:
    """Readings by block; one report in three is a copy of the one before; some in words, some long past."""
    chance = random.Random(seed)
    utterances = [name for name, rule in RULES.types.items() if rule.kind == "said"]
    found: dict[str, list[Reading]] = defaultdict(list)
    for n, (report, records) in enumerate(stories(chance, 160)):
        dating = Dating(source=report.hash, candidates=report.dates)
        dated = redated(records, report.dates, utterances)
        for reading in readings_of(report, dated, dating, f"group {n // 3}"):
            named = (*reading.act.instruments, *chance.choice(((), ("caesar",), ("milan",))))
            counted = tuple(
                msgspec.structs.replace(q, of=chance.choice(("tanks", "ships")))
                for q in reading.act.quantities
            )
            said = msgspec.structs.replace(
                reading,
                act=msgspec.structs.replace(reading.act, instruments=named, quantities=counted),
                words=tuple(chance.sample(WORDS, chance.randrange(4))),
                story=chance.choice(STORIES),
                place=Place(chance.randrange(2), chance.randrange(4), chance.random() < 0.3, False),
                ongoing=chance.random() < 0.1,
                past=chance.random() < 0.2,
                war=chance.choice((None, True, False)),
                whole=chance.random() < 0.3,
                landmark=chance.choice((None, None, None, "a-summit", "a-strike")),
            )
            if reading.act.type == "ASSAULT" and chance.random() < 0.5:
                plain = msgspec.structs.replace(
                    said.act, mode=None, instruments=(), quantities=(), places=(),
                    **chance.choice(({}, {"actors": (), "recipients": ()})),
                )  # fmt: skip
                said = msgspec.structs.replace(said, act=plain)
            found[block_of(said, RULES, ROLES)].append(said)
    return found


def index_of(items: list[Item], rules: Rules, kind: str) -> Nearby:
    near = Nearby(rules, kind)
    for item in items:
        near.add(item)
    near.begin()
    return near


def items_of(readings: list[Reading], chance: random.Random) -> list[Item]:
    """The readings as items, known by any of some days, or by none."""
    days = (*range(738_000, 738_005), NEVER)
    return [item_of(r, RULES, ROLES, (chance.choice(days), ALWAYS)) for r in readings]


@pytest.mark.parametrize("seed", range(3))
def test_who_shares_enough_is_found_and_who_is_concerned_too(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "_FEW", 0)
    chance, found, passed = random.Random(seed), 0, 0
    for block, readings in told(seed).items():
        kind = block.split()[0]
        items = items_of(readings, chance)
        like = Likeness(RULES, kind)
        everybody = index_of(items, NO_NEED, kind)
        for item in items:
            # as much as it shares with one of them, so that a point too few is noticed
            others = [*everybody.of(item)]
            item.low = like.shared(item, chance.choice(others)) if others else 0
        enough = index_of(items, RULES, kind)
        for item in items:
            points = {o.name: (o.low, like.shared(item, o)) for o in everybody.of(item)}
            linked = {name for name, (_, shared) in points.items() if shared >= like.need}
            after = {o.name for o in everybody.of(item) if o.order > item.order}
            minding = {n for n in linked & after if points[n][1] >= points[n][0]}
            there = {o.name for o in enough.of(item)}
            assert linked <= there <= set(points)
            assert minding <= {o.name for o in enough.minding(item)} <= there
            found, passed = found + len(linked), passed + len(points) - len(there)
    assert found > 200
    assert passed > 200, "who shares too little is passed over"


def at_hand(items: list[Item], kind: str) -> AtHand:
    """The same as columns, each in a cluster of its own."""
    numbers = Numbers(RULES, kind)
    names = np.array([i.name for i in items])
    first, last = np.array([i.start or 0 for i in items]), np.array([i.end or 0 for i in items])
    said = np.array([packed(numbers.kept(i)) for i in items], object)
    born, dies = np.array([i.life[0] for i in items]), np.array([i.life[1] for i in items])
    torn = np.array([""] * len(items), object)
    of = {i.name: i for i in items}
    told = Told(names, first, last, born, said, [names])
    stood = Stood(names, names, born, dies, np.array([i.low for i in items]), torn)

    def read(row: Sequence[int]) -> Item:
        return of[row[0]]

    return AtHand(told, stood, numbers, read)


@pytest.mark.parametrize("seed", range(3))
def test_who_is_at_hand_is_found_as_if_he_had_been_put_in(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearby, "_FEW", 0)
    chance, found = random.Random(seed), 0
    for block, readings in told(seed).items():
        kind = block.split()[0]
        items = items_of(readings, chance)
        for item in items:
            item.low = chance.randrange(8)
        put, held = index_of(items, RULES, kind), Nearby(RULES, kind, at_hand(items, kind))
        for item in chance.sample(items, len(items) // 3):
            # some move, some go
            back = chance.random() < 0.5
            for index in (put, held):
                index.remove(item)
            item.low = chance.randrange(8)
            for index in (put, held) if back else ():
                index.add(item)
        for item in items:
            there = {o.name for o in put.of(item)}
            assert {o.name for o in held.of(item)} == there
            assert {o.name for o in held.minding(item)} == {o.name for o in put.minding(item)}
            assert {o.name for o in held.told_in(item.source)} == {
                o.name for o in put.told_in(item.source)
            }
            found += len(there)
    assert found > 200


@pytest.mark.parametrize("seed", range(3))
def test_nobody_who_is_linked_is_passed_over(seed: int) -> None:
    linked = beside = 0
    for block, readings in told(seed).items():
        kind = block.split()[0]
        items = [item_of(reading, RULES, ROLES) for reading in readings]
        like, index = Likeness(RULES, kind), index_of(items, RULES, kind)
        for item in items:
            there = {other.name for other in index.of(item)}
            before = {other.name for _, some in index.ranked(item) for other in some}
            for other in items:
                if other.name == item.name or like.apart(item, other):
                    continue
                if meet(item.profile, other.profile) and like.link(item, other):
                    assert other.name in there
                    assert other.name in before or other.order > item.order
                    linked += 1
                    beside += like._gap(item, other) == 1
    assert linked > 200
    assert beside, "some name two days that lie side by side"
