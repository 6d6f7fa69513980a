"""What every test may use: the shared reports, and the profile of the property tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgresql import Server, programs

FULL = bool(os.environ.get("FOEDUS_FULL"))
NEEDS_SERVER = bool(os.environ.get("FOEDUS_NEEDS_POSTGRESQL"))
"""Set by ``.ci/run``: without a server the tests that need one fail instead of being skipped."""

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


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of our own; skips where none is installed."""
    folder = programs()
    if folder is None or find_spec("psycopg") is None:
        missing = "psycopg" if folder else "a PostgreSQL server (Debian: apt install postgresql)"
        (pytest.fail if NEEDS_SERVER else pytest.skip)(f"{missing} is not installed")
    running = Server(folder)
    try:
        yield running
    finally:
        running.remove()
