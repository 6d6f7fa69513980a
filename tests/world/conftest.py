"""The shipped register, and a folder that holds the smallest register there can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from foedus.world import World, load_world

SMALLEST = {
    "states": """
        states:
          RUS:
            names: {fr: [Russie], en: [Russia]}
            adjectives: {fr: [russe, russes]}
            capital: moscow
        """,
    "bodies": """
        bodies:
          nato: {names: {fr: [OTAN], en: [NATO]}}
        """,
    "persons": """
        persons:
          ivan-orlov: {given: [Ivan], surname: [Orlov], gender: m, nationality: RUS}
          anna-orlova: {given: [Anna], surname: [Orlova], gender: f, nationality: RUS}
        """,
    "places": """
        places:
          moscow: {names: {fr: [Moscou], en: [Moscow]}, within: RUS}
        """,
    "outlets": """
        outlets:
          le-matin:
            names: {any: [Le Matin]}
            country: RUS
            ownership:
              - {owner: A, state_control: "no", reference: "A, Report, 2020"}
              - {owner: B, state_control: "yes", since: 2021-01-01, reference: "B, Report, 2021"}
        """,
    "roles": """
        roles:
          president:
            label: {fr: président, en: president}
            names: {fr: ["président {adj}", "président {of}"]}
            titles: {fr: [président]}
            states: all
        """,
    "offices": """
        known_until: 2024-12-31
        offices:
          president-of-russia:
            role: president
            side: RUS
            reference: "A, List, 2024"
            tenures:
              - {holder: ivan-orlov, start: 2020-01-01, end: 2022-05-10}
              - {holder: anna-orlova, start: 2022-05-10}
        """,
    "matching": """
        languages:
          fr: {of: ["de ", "de la "]}
        """,
}


@pytest.fixture(scope="session")
def world() -> World:
    return load_world()


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Write the smallest register, with the files given by keyword in place of its own."""

    def write(**files: str) -> Path:
        for name, text in {**SMALLEST, **files}.items():
            (tmp_path / f"{name}.yaml").write_text(dedent(text).lstrip(), encoding="utf-8")
        return tmp_path

    return write
