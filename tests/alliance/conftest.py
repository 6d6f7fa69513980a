"""The two shipped alliances, read once."""

from __future__ import annotations

import pytest

from foedus.alliance import Alliance, load_alliance


@pytest.fixture(scope="session")
def nato() -> Alliance:
    return load_alliance("nato")


@pytest.fixture(scope="session")
def exercise() -> Alliance:
    return load_alliance("exercise")
