"""The kernel against a plain SimPy model, closed forms, and the conservation of loads and persons."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.scenario.compiled import Kernel
from foedus.scenario.deployment import kernel as module
from foedus.scenario.deployment.kernel import play, trace
from foedus.scenario.deployment.plan import Drawn, Plan
from tests.conftest import FULL
from tests.scenario.deployment.builders import made_plan, one_link
from tests.scenario.plain_deployment import plain

NETWORKS = 600 if FULL else 40


@pytest.fixture(autouse=True, params=["as Python", "compiled"], scope="module")
def way(request: pytest.FixtureRequest) -> Iterator[str]:
    """Everything is played both ways: by Python, as in small runs, and compiled."""
    fresh = Kernel(module._play)
    if request.param == "compiled":
        fresh.expect(math.inf)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "KERNEL", fresh)
        yield request.param
    assert fresh.compiled == (request.param == "compiled")


@pytest.mark.parametrize("start", range(0, NETWORKS, 20))
def test_every_unit_arrives_exactly_as_in_the_plain_model(start: int) -> None:
    """To the last bit, on random networks in which many loads come to a place at one moment."""
    for seed in range(start, start + 20):
        plan, drawn = made_plan(seed)
        found = play(plan, drawn, 30)
        for draw in range(len(drawn.ready)):
            assert found.arrival[draw].tolist() == plain(plan, drawn, draw), seed


def test_draws_do_not_touch_each_other() -> None:
    """A chunk of draws gives the rows that all draws give, whatever else the chunk holds."""
    plan, drawn = made_plan(5, draws=8)
    whole = play(plan, drawn, 30)
    for first, last in ((0, 3), (3, 4), (4, 8)):
        part = play(plan, Drawn._make(column[first:last] for column in drawn), 30)
        for all_rows, rows in zip(whole, part, strict=True):
            assert all_rows[first:last].tobytes() == rows.tobytes()


@given(st.integers(0, 10_000))
def test_no_load_appears_or_vanishes(seed: int) -> None:
    """At every moment each unit is at home, under way or in place, whole; and queues keep their rules."""
    plan, drawn = made_plan(seed, draws=1)
    steps = trace(plan, drawn, 0)
    assert (steps.came <= steps.began).all()
    assert (steps.began < steps.done).all()
    for leg in range(len(plan.leg_visits) - 1):
        loads = drawn.loads[0, leg]
        visits = plan.leg_visits[leg + 1] - plan.leg_visits[leg]
        rows = np.flatnonzero(steps.leg == leg)
        assert len(rows) == loads * visits
        came = steps.came[rows].reshape(loads, visits)
        done = steps.done[rows].reshape(loads, visits)
        assert (came[:, 1:] >= done[:, :-1]).all()
        unit = int(steps.unit[rows[0]])
        if leg + 1 < plan.unit_legs[unit + 1]:
            carried = np.sort(done[:, -1])
            there = drawn.loads[0, leg + 1]
            made = np.sort(steps.came[(steps.leg == leg + 1)].reshape(there, -1)[:, 0])
            for moment in made:  # never more of the unit has left than had come
                share = np.sum(made <= moment) / there
                assert share <= np.sum(carried <= moment) / loads + 1e-12
    served_in_order(plan, drawn)
    found = play(plan, drawn, 400)
    assert found.in_place[0, -1] == drawn.persons.sum()
    assert (np.diff(found.in_place[0]) >= 0).all()


def served_in_order(plan: Plan, drawn: Drawn) -> None:
    steps = trace(plan, drawn, 0)
    for resource, servers in enumerate(drawn.servers[0]):
        rows = np.flatnonzero(plan.resource[steps.visit] == resource)
        order = rows[
            np.lexsort((steps.leg[rows], steps.load[rows], steps.unit[rows], steps.came[rows]))
        ]
        assert (np.diff(steps.began[order]) >= 0).all()
        if servers:
            ends = steps.began[order] + drawn.hold[0, plan.passage[steps.visit[order]]]
            for at, began in enumerate(steps.began[order]):
                assert np.sum(ends[:at] > began) < servers


def test_one_link_with_a_fixed_interval() -> None:
    """D/D/1: the n-th load leaves n intervals after the first, the last arrives a passage later."""
    plan = Plan(
        unit_legs=np.array([0, 1]), leg_visits=np.array([0, 1]), resource=np.array([0]),
        passage=np.array([0]), gate=np.array([-1]), outage=np.array([-1]),
    )  # fmt: skip
    drawn = Drawn(
        ready=np.array([[2.0]]), persons=np.array([[100]]), loads=np.array([[12]]),
        servers=np.array([[1]]), hold=np.array([[0.25]]), go=np.array([[1.5]]),
        opens=np.zeros((1, 0)), shut=np.zeros((1, 0, 0), bool), length=np.zeros((1, 0)),
    )  # fmt: skip
    found = play(plan, drawn, 10)
    assert found.arrival[0, 0] == 2.0 + 11 * 0.25 + 1.5
    assert found.first[0, 0] == 2.0 + 1.5
    assert found.waited[0, 0] == 0.25 * sum(range(12))
    assert found.held[0, 0] == 11 * 0.25
    # by day 4 the loads 0 … 2 are there: a quarter of a hundred persons
    assert found.in_place[0].tolist() == [0, 0, 0, 0, 25, 58, 91, 100, 100, 100, 100]


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 0.8), (6, 0.9)])
def test_a_queue_with_random_times_waits_as_erlang_says(
    way: str, servers: int, load: float
) -> None:
    """M/M/c: the mean wait is C(c, a) / (c·mu − lambda), with Erlang's C; mu = 1."""
    if way != "compiled":
        pytest.skip("too many loads for Python")
    draws, customers = (400, 4000) if FULL else (120, 3000)
    numbers = np.random.default_rng(20220225)
    rate = servers * load
    ready = np.cumsum(numbers.exponential(1 / rate, (draws, customers)), axis=1)
    plan, drawn = one_link(ready, numbers.exponential(1.0, (draws, customers)), servers)
    skipped = customers // 3  # the queue begins empty
    waits = play(plan, drawn, 1).arrival - 1.0 - ready
    means = waits[:, skipped:].mean(axis=1)
    offered = rate
    terms = sum(offered**k / math.factorial(k) for k in range(servers))
    top = offered**servers / math.factorial(servers) / (1 - load)
    expected = top / (terms + top) / (servers - rate)
    error = means.std(ddof=1) / math.sqrt(draws)
    assert abs(means.mean() - expected) < 4 * error
    assert error < 0.1 * expected


def test_nobody_moves() -> None:
    plan, drawn = made_plan(3, draws=0)
    assert play(plan, drawn, 10).arrival.shape == (0, drawn.ready.shape[1])
