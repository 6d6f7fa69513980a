"""The five reports: every finding of the project's first issue, one test each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance import findings_limits, findings_sources  # noqa: F401  (they register)
from tests.acceptance.conftest import Run
from tests.acceptance.findings import RECORDS, WHOLE, Finding
from tests.acceptance.gold import gold_outcome
from tests.acceptance.scenario import Scenario

NAMES = [f.__name__ for f in (*RECORDS, *WHOLE)]


@pytest.mark.parametrize("finding", [*RECORDS, *WHOLE], ids=NAMES)
def test_five_reports(finding: Finding, texts: dict[str, str], run: Run) -> None:
    finding(Scenario(), run("as received", texts))


@pytest.mark.parametrize("finding", RECORDS, ids=[f.__name__ for f in RECORDS])
def test_gold_holds_the_finding(finding: Finding, texts: dict[str, str], shared: Path) -> None:
    """A finding that the careful annotation does not hold asks for the wrong thing."""
    finding(Scenario(), gold_outcome(shared / "gold" / "dev", texts))
