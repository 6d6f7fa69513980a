"""One coder for all tests of the room: its parser takes a second to load."""

from __future__ import annotations

import pytest

from foedus.alliance import load_alliance
from foedus.coding import Coder
from foedus.world import World, load_world
from tests.coding.reading import Read, reader


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture(scope="session")
def coder(world: World) -> Coder:
    alliance = load_alliance("nato")
    return Coder(world, alliance.cues, own=alliance.own)


@pytest.fixture(scope="session")
def coded(coder: Coder, world: World) -> Read:
    return reader(coder, world)
