"""The two clocks: what is passed over quickly is what would count anyway."""

from __future__ import annotations

import random

import pytest

from foedus.ledger import Ledger, clocks
from foedus.ledger.consolidate import Made
from foedus.ledger.roles import Roles
from foedus.ledger.rules import load_rules
from tests.conftest import FULL
from tests.ledger.builders import finder
from tests.ledger.test_increments import COPIES, DAYS, PeopledWorld, stories


@pytest.mark.parametrize("seed", range(40 if FULL else 3))
def test_who_surely_counts_is_who_counts_when_all_is_looked_at(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(Roles(PeopledWorld()))
    passed = 0
    with Ledger.open(":memory:", world=PeopledWorld(), find_copies=finder(COPIES)) as ledger:
        ledger.add(stories(random.Random(seed), 20))
        facts = ledger.facts()
        for day in DAYS:
            quick = clocks.happened_by(facts, day, load_rules(), made)
            passed += sum(all(clocks._surely(r, day) for r in f.readings) for f in facts)
            with monkeypatch.context() as patched:
                patched.setattr(clocks, "_surely", lambda _reading, _asked: False)
                assert clocks.happened_by(facts, day, load_rules(), made) == quick
    assert passed > 50
