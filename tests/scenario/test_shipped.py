"""The shipped scenarios: each loads, says where its figures are from, and dates its inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from foedus.scenario import Scenario, read_scenario
from foedus.scenario.assumptions import make_assumption
from foedus.scenario.units import Units

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))
NETWORK_PAGE = ROOT / "docs" / "background" / "network.md"


def name_of(path: Path) -> str:
    return path.stem


@pytest.fixture(scope="module", params=SHIPPED, ids=name_of)
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return read_scenario(request.param)


def test_there_are_scenarios_of_both_deployments() -> None:
    assert {"response-force-romania-2022", "baltic-reinforcement"} <= set(map(name_of, SHIPPED))


def test_it_is_sound_and_asks_something(scenario: Scenario) -> None:
    assert scenario.models
    assert scenario.asks
    assert scenario.critique


OURS = {"en": "judgement of ours", "fr": "otre estimation"}


def test_every_range_says_whose_it_is(scenario: Scenario) -> None:
    """That of a source, or ours where the source tells one figure or none."""
    for assumption in scenario.assumptions.values():
        told = [assumption.why, assumption.reference.note if assumption.reference else ""]
        for language, ours in OURS.items():
            words = [text.get(language, "") for text in told if isinstance(text, dict)]
            assert any(ours in w for w in words), (assumption.name, language)


def test_a_source_that_was_seen_is_named_in_full(scenario: Scenario) -> None:
    for assumption in scenario.assumptions.values():
        if assumption.reference is not None and assumption.reference.checked:
            assert assumption.reference.note, assumption.name


def test_a_back_test_dates_its_inputs_before_the_outcome(scenario: Scenario) -> None:
    if not scenario.happened:
        pytest.skip("no back-test")
    assert scenario.inputs_until is not None
    for told in scenario.happened:
        assert told.reference.latest is not None
        assert scenario.inputs_until < told.reference.latest
    for assumption in scenario.assumptions.values():
        said = assumption.reference.latest if assumption.reference else None
        assert said is None or said <= scenario.inputs_until, assumption.name


def written(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_all_wording_is_in_both_languages(path: Path) -> None:
    """A published title and the name of a body stand as they are."""
    file = written(path)
    texts = [file["title"], file["about"], *file.get("critique", ())]
    texts += [entry["title"] for entry in (*file["ask"].values(), *file["assumptions"].values())]
    texts += list(_wording(file))
    assert [t for t in texts if not (isinstance(t, dict) and {"en", "fr"} <= set(t))] == []


def _wording(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("why", "note", "what"):
                yield value
            else:
                yield from _wording(value)
    elif isinstance(node, list):
        for value in node:
            yield from _wording(value)


def test_the_figures_to_begin_with_are_assumptions_and_those_in_use() -> None:
    """The page's block can be copied, and the Baltic scenario has the same under the same names."""
    block = re.search(r"^```yaml\n(.*?)^```", NETWORK_PAGE.read_text("utf-8"), re.M | re.S)
    assert block is not None
    offered = yaml.safe_load(block[1])["assumptions"]
    used = written(ROOT / "scenarios" / "baltic-reinforcement.yaml")["assumptions"]
    units = Units()
    points = ("low", "likely", "high")
    for name, entry in offered.items():
        unit = units.unit(entry["unit"])
        numbers = {p: units.convert(units.read(entry[p]), unit) for p in points}
        made = make_assumption(
            name, numbers, unit=unit, distribution=None, reference=None, why=entry.get("why", "")
        )
        assert made.low < made.high
        assert [used[name][p] for p in points] == [entry[p] for p in points], name
