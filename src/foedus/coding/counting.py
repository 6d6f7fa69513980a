"""Counting: numbers put to the acts they belong to, and strengths recorded on their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from foedus.acts import Act, Quantity
from foedus.coding.cues import Cues, Hits
from foedus.coding.parsing import Parsed
from foedus.coding.referents import Referents
from foedus.report.records import Report

__all__ = ["Counter"]


class Counter:
    """Finds the quantities of reports in one language."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def counted(
        self,
        report: Report,
        acts: Sequence[Act],
        parsed: Sequence[Parsed],
        referents: Referents,
        hits: Hits,
        cues: Cues,
    ) -> tuple[list[Act], list[Quantity]]:
        """Return the acts with their quantities, and the quantities that stand alone."""
        return list(acts), []
