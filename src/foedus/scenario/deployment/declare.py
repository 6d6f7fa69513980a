"""The section ``deployment``: records, checks, and the model they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foedus.scenario.model import Model
from foedus.scenario.reading import Reading

__all__ = ["read"]


def read(raw: Any, asked: Mapping[str, Any], reading: Reading) -> Model:  # noqa: ARG001
    """Return the model of the section.

    Args:
        raw: the section as the file has it, in plain values.
        asked: what ``ask:`` wants of it, by name.
        reading: units, assumptions, dates and errors with their line.

    Raises:
        FoedusError: something in it is wrong; file and line are named.
    """
    raise reading.error("the section deployment cannot be read yet")
