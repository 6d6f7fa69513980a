"""On what an answer hangs: known correlations, ties, what never differs, and the regression it stands for."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr

from foedus.scenario.sensitivity import rank

CHANCE = np.random.default_rng(5)
DRAWN = {name: CHANCE.uniform(size=400) for name in ("strong", "weak", "idle")}
ANSWER = np.exp(3 * DRAWN["strong"]) - DRAWN["weak"]


def test_the_strongest_comes_first_with_its_sign() -> None:
    first, second, third = rank(DRAWN, ANSWER)
    assert [first.assumption, second.assumption, third.assumption] == ["strong", "weak", "idle"]
    assert first.correlation > 0.9
    assert second.correlation < 0
    assert (first.clear, third.clear) == (True, False)


def test_correlations_are_spearmans() -> None:
    for found in rank(DRAWN, ANSWER):
        expected = spearmanr(DRAWN[found.assumption], ANSWER).statistic
        assert found.correlation == pytest.approx(expected, abs=1e-9)


def test_partial_ones_are_of_what_regression_leaves() -> None:
    def left(values: NDArray[np.float64], others: list[str]) -> NDArray[np.float64]:
        ranks = rankdata(values)
        known = np.stack([np.ones(400), *(rankdata(DRAWN[o]) for o in others)], axis=1)
        return np.asarray(ranks - known @ np.linalg.lstsq(known, ranks, rcond=None)[0])

    for found in rank(DRAWN, ANSWER):
        others = [name for name in DRAWN if name != found.assumption]
        both = left(DRAWN[found.assumption], others), left(ANSWER, others)
        assert found.partial == pytest.approx(np.corrcoef(*both)[0, 1], abs=1e-6)


def test_never_is_later_than_any_day() -> None:
    values = np.arange(50.0)
    days = np.where(values > 30, np.inf, values)
    (found,) = rank({"more": values}, days)
    assert found.correlation > 0.95


def test_what_does_not_differ_moves_nothing() -> None:
    assert rank({"fixed": np.ones(400)}, ANSWER) == ()
    assert rank(DRAWN, np.full(400, np.inf)) == ()
    assert rank({}, ANSWER) == ()


def test_two_that_say_the_same_have_no_partial_one() -> None:
    twins = {"one": DRAWN["strong"], "other": 2 * DRAWN["strong"]}
    assert [found.partial for found in rank(twins, ANSWER)] == [None, None]
    assert [found.assumption for found in rank(twins, ANSWER)] == ["one", "other"]


def test_few_draws_have_no_partial_one() -> None:
    few = {name: values[:4] for name, values in DRAWN.items()}
    assert {found.partial for found in rank(few, ANSWER[:4])} == {None}


def test_an_answer_is_a_number() -> None:
    with pytest.raises(ValueError, match="not a number"):
        rank(DRAWN, np.full(400, np.nan))
