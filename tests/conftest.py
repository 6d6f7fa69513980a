"""What every test may use: the shared reports, and the profile of the property tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

FULL = bool(os.environ.get("FOEDUS_FULL"))

settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "full", max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("full" if FULL else "quick")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the long counts in the short run, and say so."""
    if FULL:
        return
    for item in items:
        if "full" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="only with the full counts (make test-full)"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports that is not part of the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the real reports are not beside this clone ({SHARED.name}/)")
    return SHARED
