"""The network of a deployment with what its links carry: from the model to the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.brief.simulated.build import simulate
from foedus.scenario import Outcome, Part

ROOT = Path(__file__).resolve().parents[2]
SCENARIO = ROOT / "scenarios" / "response-force-romania-2022.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, str]:
    """The outcome of a few draws of a shipped scenario, and its page."""
    made = simulate(SCENARIO, tmp_path_factory.mktemp("out"), draws=20, seed=1, lang="en")
    return made.outcomes[0], made.page.read_text(encoding="utf-8")


@pytest.fixture
def part(written: tuple[Outcome, str]) -> Part:
    return written[0].parts["deployment"]


def test_what_leaves_by_a_mode_arrives_by_it(part: Part) -> None:
    """Trains are the same on every link of their way; aircraft of both lines meet at the destination."""
    trains = {w.loads for w in part.ways if w.mode == "rail" and w.loads}
    assert len(trains) == 1
    ends = {w.end for w in part.ways if w.mode == "air" and w.loads}
    assert ends == {"mihail-kogalniceanu"}


def test_idle_links_are_there_once(part: Part) -> None:
    assert len(part.ways) == len({frozenset((w.start, w.end)) | {w.mode} for w in part.ways})
    assert any(not w.loads for w in part.ways)
    assert {end for w in part.ways for end in (w.start, w.end)} <= {s.id for s in part.stops}


def test_the_page_draws_it_and_says_whose_data_it_is(written: tuple[Outcome, str]) -> None:
    page = written[1]
    assert page.count('<svg class="network"') == 1
    assert "Annecy – Istres and Miramas, road: 10 " in page
    assert "© OpenStreetMap contributors, Open Database License (ODbL) 1.0" in page
