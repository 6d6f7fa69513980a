"""The kernel: the same as the plain model, nothing appears or vanishes, more is never worse."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from foedus.scenario.compiled import Kernel
from foedus.scenario.sustainment import kernel as module
from foedus.scenario.sustainment.arrays import (
    FINE,
    NEVER,
    Drawn,
    Ints,
    Plan,
    Results,
    empty_results,
)
from foedus.scenario.sustainment.kernel import run_stocks
from foedus.scenario.sustainment.wide import run_wide
from tests.scenario.plain_sustainment import run_plainly
from tests.scenario.sustainment.builders import made_up

SEEDS = st.integers(0, 2**32)


@pytest.fixture(autouse=True, scope="module")
def compiled() -> Iterator[None]:
    """What is tested here is compiled, however small."""
    fresh = Kernel(module._play)
    fresh.expect(math.inf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "KERNEL", fresh)
        yield


def same(one: Results, other: Results) -> None:
    for name, column in one._asdict().items():
        np.testing.assert_array_equal(column, getattr(other, name), err_msg=name)


def only(drawn: Drawn, draws: slice) -> Drawn:
    return Drawn(*(column[draws] for column in drawn))


def shortened(plan: Plan, days: int) -> Plan:
    return plan._replace(period=plan.period[:days], kept=plan.kept[:days])


@pytest.mark.parametrize("seed", range(30))
def test_it_equals_the_plain_model(seed: int) -> None:
    plan, drawn = made_up(seed, members=2 + seed % 5, classes=1 + seed % 3, every=1 + seed % 4)
    plain = run_plainly(plan, drawn)
    same(run_stocks(plan, drawn), plain)
    same(run_wide(plan, drawn), plain)  # as in small runs


@pytest.mark.parametrize("seed", range(3))
def test_its_source_says_the_same_to_python(seed: int) -> None:
    plan, drawn = made_up(seed, draws=2, days=60)
    found = empty_results(plan, drawn)
    Kernel(module._play).run((plan, drawn, module._scratch(plan, drawn)), found)
    same(found, run_wide(plan, drawn))


@pytest.mark.parametrize("draws", [slice(0, 1), slice(2, 5), slice(4, 5)])
def test_a_draw_is_the_same_alone(draws: slice) -> None:
    plan, drawn = made_up(7)
    whole, part = run_stocks(plan, drawn), run_stocks(plan, only(drawn, draws))
    same(Results(*(column[draws] for column in whole)), part)


def balance(plan: Plan, drawn: Drawn, out: Results) -> Ints:
    """Return, for each draw and stock, what came less what went less what is there: nothing."""
    came = drawn.opening + out.produced + out.bought + out.repaired
    went = out.used.copy()
    for gift, (giver, receiver) in enumerate(zip(plan.giver, plan.receiver, strict=True)):
        went[:, giver] += out.given[:, gift]
        went[:, receiver] -= out.delivered[:, gift]
    rest: Ints = came - went - out.last
    return rest


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_nothing_appears_or_vanishes_on_any_day(seed: int) -> None:
    plan, drawn = made_up(seed, draws=4, days=60)
    whole = run_stocks(plan, drawn)
    for days in range(1, 61):
        early = shortened(plan, days)
        out = run_stocks(early, drawn)
        assert not balance(early, drawn, out).any()
        in_transit = out.given - out.delivered - out.lost
        assert (in_transit >= 0).all()
        # opening + produced + bought + repaired = stock + used + lost + in transit, of all together
        came = (drawn.opening + out.produced + out.bought + out.repaired).sum(axis=1)
        there = (out.last + out.used).sum(axis=1) + (out.lost + in_transit).sum(axis=1)
        np.testing.assert_array_equal(came, there)
        # what comes later changes nothing before
        np.testing.assert_array_equal(out.last, whole.stock[:, days - 1])
        assert all((column >= 0).all() for column in (out.last, out.used, out.given, out.repaired))


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_donors_keep_their_floor_unless_told_to_go_below(seed: int) -> None:
    plan, drawn = made_up(seed)
    idle = drawn._replace(use=np.zeros_like(drawn.use))
    out = run_stocks(plan, idle)
    assert not out.dug[:, plan.below == 0].any()
    kept = np.ones(drawn.floor.shape[1], bool)
    kept[plan.giver[plan.below == 1]] = False
    least = np.minimum(drawn.floor, drawn.opening)[:, kept]
    assert (out.last[:, kept] >= least).all()
    assert (out.given <= drawn.promised).all()


def later(days: Ints) -> Ints:
    return np.where(days == NEVER, np.iinfo(np.int64).max, days)


def raised(drawn: Drawn, stocks: slice, seed: int) -> Drawn:
    """Return the draws with more production: at the beginning, at the end of the ramp, or both."""
    chance = np.random.default_rng(seed)
    rate, final = drawn.rate.copy(), drawn.final.copy()
    rate[:, stocks] += chance.integers(0, 20 * FINE, rate[:, stocks].shape)
    final[:, stocks] += chance.integers(0, 20 * FINE, final[:, stocks].shape)
    # a ramp goes up from the first rate to the final one: it stays above the old one throughout
    step = (final - rate) // (drawn.ramp_to - drawn.ramp_from)
    return drawn._replace(rate=rate, final=final, step=step)


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS)
def test_more_production_never_brings_the_floor_earlier(seed: int) -> None:
    """Wherever those who give never lack anything and make one gift each: see the page on the model."""
    plan, drawn = made_up(seed, gifts=3)
    assume(len(np.unique(plan.giver)) == len(plan.giver))
    use = drawn.use.copy()
    use[:, :, np.unique(plan.giver)] = 0
    drawn = drawn._replace(use=use)
    less, more = run_stocks(plan, drawn), run_stocks(plan, raised(drawn, slice(None), seed))
    assert (later(more.floor_day) >= later(less.floor_day)).all()
    assert (more.given >= less.given).all()


@settings(max_examples=40, deadline=None)
@given(seed=SEEDS, stock=st.integers(0, 7))
def test_more_production_of_ones_own_never_brings_ones_floor_earlier(seed: int, stock: int) -> None:
    plan, drawn = made_up(seed)
    own = slice(stock, stock + 1)
    less, more = run_stocks(plan, drawn), run_stocks(plan, raised(drawn, own, seed))
    assert (later(more.floor_day) >= later(less.floor_day))[:, own].all()


def alone(**changed: int | list[int]) -> tuple[Plan, Drawn]:
    """Return one stock for ten days, with nothing happening but what is given."""
    plan, drawn = made_up(0, draws=1, members=2, classes=1, days=10, gifts=0, orders=0)
    nothing = {name: np.zeros_like(column) for name, column in drawn._asdict().items()}
    empty = Drawn(**nothing)._replace(
        ramp_to=np.ones_like(drawn.ramp_to), repair_days=np.ones_like(drawn.repair_days)
    )
    for name, value in changed.items():
        getattr(empty, name)[0, ..., 0] = value
    return plan, empty


def test_a_stock_lasts_as_long_as_division_says() -> None:
    plan, drawn = alone(opening=100, floor=40, use=15 * FINE)
    out = run_stocks(plan, drawn)
    assert out.stock[0, :, 0].tolist() == [85, 70, 55, 40, 25, 10, 0, 0, 0, 0]
    assert (out.floor_day[0, 0], out.outrun_day[0, 0], out.unmet[0, 0]) == (3, 6, 5 + 15 * 3)


def test_fractions_of_an_item_are_kept_until_they_make_one() -> None:
    plan, drawn = alone(rate=FINE // 4, final=FINE // 4)
    assert run_stocks(plan, drawn).stock[0, :, 0].tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]


def test_a_ramp_goes_up_in_equal_steps() -> None:
    plan, drawn = alone(rate=0, final=6 * FINE, step=2 * FINE, ramp_from=2, ramp_to=5)
    held = run_stocks(plan, drawn).stock[0, :, 0]
    assert np.diff(held, prepend=0).tolist() == [0, 0, 0, 2, 4, 6, 6, 6, 6, 6]
