"""Scenario files and a small model for tests of what all sections share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.scenario import (
    Axis,
    Columns,
    Draws,
    Model,
    Part,
    Reading,
    Series,
    Value,
    band,
    bands,
)


class Walk:
    """A stock that a random use draws down: enough of a model to test what runs models."""

    def __init__(self, values: Mapping[str, Value], days: int, asked: Mapping[str, Any]) -> None:
        self.values, self.days = values, days
        self.asked = dict.fromkeys(asked, "day")

    @property
    def axes(self) -> Mapping[str, tuple[Axis, ...]]:
        return {"stock": (Axis("day", tuple(range(self.days))),), "empty": ()}

    def run(self, draws: Draws) -> Columns:
        use = draws.of(self.values["use"])[:, None] * draws.uniform("use by day", (self.days,))
        left = draws.of(self.values["stock"])[:, None] - np.cumsum(use, axis=1)
        gone = left <= 0
        empty = np.where(gone.any(axis=1), gone.argmax(axis=1), np.inf)
        return {"stock": np.maximum(left, 0), "empty": empty.astype(np.float64)}

    def expect(self, draws: int) -> None:
        """Nothing of it is ever compiled."""

    def answers(self, columns: Columns) -> Mapping[str, NDArray[np.float64]]:
        return dict.fromkeys(self.asked, columns["empty"])

    def outcome(self, columns: Columns, draws: Draws) -> Part:
        low, mid, high = bands(columns["stock"])
        line = Series(
            id="stock", kind="stock", title="shells", unit="shell", days=tuple(range(self.days)),
            low=low, mid=mid, high=high, floor=10.0, floor_day=band(columns["empty"]),
        )  # fmt: skip
        return Part(series=(line,))


def read_walk(raw: Any, asked: Mapping[str, Any], reading: Reading) -> Model:
    values = {
        "use": reading.value(raw["use"], "shell/day", "use", least=0),
        "stock": reading.value(raw["stock"], "shell", "stock", least=0),
    }
    return Walk(values, reading.days, asked)


def write(folder: Path, text: str, name: str = "walk.yaml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


WALK = """\
    title: {fr: Une marche, en: A walk}
    start: 2022-02-25
    days: 20
    assumptions:
      use:
        {low: 5, likely: 10, high: 20, unit: shells/day,
         reference: {body: Nobody, title: None, date: 2022-02-01}}
    sustainment: {use: $use, stock: 120 shells}
    ask:
      gone: {title: The day on which none is left, sustainment: {below: 0}}
    critique: [A walk is no war.]
"""
