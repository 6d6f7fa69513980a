from __future__ import annotations

import pytest

from foedus.world import World
from tests.report.fake_world import fake_world


@pytest.fixture(scope="session")
def world() -> World:
    return fake_world()
