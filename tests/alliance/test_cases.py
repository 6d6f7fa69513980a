"""The readable cases, on a small world."""

from __future__ import annotations

import pytest

from foedus.alliance import load_alliance
from tests.alliance.builders import WORLD
from tests.alliance.casefile import CASES, Case, assert_case, read_cases


@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(a, c, id=i) for a, i, c in read_cases(CASES)]
)
def test_case(name: str, case: Case) -> None:
    assert_case(load_alliance(name), case, WORLD)
