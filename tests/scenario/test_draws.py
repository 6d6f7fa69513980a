"""Draws depend on seed, name and number alone; quantile functions are what they are called."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from foedus.errors import FoedusError
from foedus.scenario import Draws, Value
from foedus.scenario.assumptions import make_assumption

SHARES = np.linspace(0.001, 0.999, 997)


def assumption(kind: str | None, **numbers: float):  # type: ignore[no-untyped-def]
    return make_assumption("a", numbers, unit="1", distribution=kind, reference=None)


@given(
    st.integers(0, 2**64), st.integers(1, 60), st.integers(0, 59),
    st.sampled_from([(), (1,), (3,), (4,), (2, 5)]),
)  # fmt: skip
def test_any_chunk_gives_the_same_numbers(
    seed: int, count: int, cut: int, shape: tuple[int, ...]
) -> None:
    whole = Draws(seed, 0, count).uniform("x", shape)
    cut = min(cut, count)
    parts = [
        Draws(seed, 0, cut).uniform("x", shape),
        Draws(seed, cut, count - cut).uniform("x", shape),
    ]
    assert whole.shape == (count, *shape)
    assert np.array_equal(np.concatenate(parts), whole)
    assert whole.min() > 0
    assert whole.max() < 1


def test_names_and_seeds_draw_apart() -> None:
    a, b = Draws(1, 0, 4000).uniform("a"), Draws(1, 0, 4000).uniform("b")
    assert abs(np.corrcoef(a, b)[0, 1]) < 0.05
    assert abs(np.corrcoef(a, Draws(2, 0, 4000).uniform("a"))[0, 1]) < 0.05
    assert stats.kstest(a, "uniform").pvalue > 0.001


def test_numbers_stay_what_they_are() -> None:
    """The same seed must give the same numbers in every release."""
    found = Draws(1, 7, 2).uniform("rail", (2,))
    assert found.tolist() == PINNED


PINNED = [[0.543827797280502, 0.36373251238415516], [0.08326313331653845, 0.070043156418505]]


@pytest.mark.parametrize(
    ("kind", "numbers", "known"),
    [
        ("uniform", {"low": 2, "high": 5}, stats.uniform(2, 3)),
        ("triangular", {"low": 2, "likely": 3, "high": 6}, stats.triang(0.25, 2, 4)),
        ("pert", {"low": 2, "likely": 3, "high": 6}, stats.beta(2, 4, 2, 4)),
        (None, {"low": 2, "likely": 3, "high": 6}, stats.beta(2, 4, 2, 4)),
    ],
)
def test_quantiles_are_those_of_the_distribution(kind, numbers, known) -> None:  # type: ignore[no-untyped-def]
    found = assumption(kind, **numbers).at(SHARES)
    assert np.allclose(found, known.ppf(SHARES))
    assert (np.diff(found) > 0).all()


def test_lognormal_has_its_percentiles() -> None:
    found = assumption("lognormal", low=2, high=8)
    assert np.allclose(found.at(np.array([0.05, 0.5, 0.95])), [2, 4, 8])


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("lognormal", {"low": 0, "high": 8}),
        ("pert", {"low": 1, "high": 8}),
        ("uniform", {"low": 1, "likely": 2, "high": 8}),
        ("fixed", {"low": 1, "high": 8}),
        (None, {}),
        (None, {"low": 3, "likely": 2, "high": 8}),
    ],
)
def test_points_that_make_no_distribution_are_refused(kind, numbers) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FoedusError):
        assumption(kind, **numbers)


def test_values_are_constants_or_assumptions() -> None:
    draws = Draws(1, 0, 5)
    assert draws.of(Value(constant=3)).tolist() == [3] * 5
    one = assumption("uniform", low=1, high=2)
    assert np.array_equal(draws.of(Value(assumption=one, factor=24)), draws.value(one) * 24)
    assert Value(assumption=one, factor=24).least == 24
