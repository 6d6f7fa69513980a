"""The kernel: the same as the plain model, nothing appears or vanishes, more is never worse."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.plain_sustainment import run_plainly
from tests.scenario.sustainment.builders import made_up

from foedus.scenario.sustainment.arrays import Drawn, Plan, Results
from foedus.scenario.sustainment.kernel import run_stocks


@pytest.mark.parametrize("seed", range(30))
def test_it_equals_the_plain_model(seed: int) -> None:
    plan, drawn = made_up(seed, members=2 + seed % 5, classes=1 + seed % 3, every=1 + seed % 4)
    ours, plain = run_stocks(plan, drawn), run_plainly(plan, drawn)
    for name, column in ours._asdict().items():
        np.testing.assert_array_equal(column, getattr(plain, name), err_msg=name)
