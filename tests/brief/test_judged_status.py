"""Statuses follow what persons hold: a rejected telling engages nothing, a corrected one as corrected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.alliance import load_alliance
from foedus.brief.standing import position
from foedus.ledger import Ledger
from foedus.world import load_world
from tests.ledger.builders import act, coded, finder, report
from tests.ledger.judged_crisis import act_id, ana, boris

ACTIVATES = coded(
    report("activates", "2022-02-25", outlet="gazette", text="La force est activée. " * 9),
    act("MOBILIZE", 0, actors="nato", cues="response-force", mode="troops"),
)
WORLD = load_world()
NATO = load_alliance("nato", WORLD)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    opened = Ledger.open(tmp_path / "x.duckdb", world=WORLD, find_copies=finder(()))
    opened.add([ACTIVATES])
    return opened


def status(ledger: Ledger, known_by: date | None = None) -> str:
    found = position(ledger, NATO, WORLD, known_by=known_by)
    return next(s.status for s in found.statuses if s.mechanism == "response-force")


def test_a_status_falls_with_its_evidence_and_returns_with_a_withdrawal(ledger: Ledger) -> None:
    assert status(ledger) == "engaged"
    entry = ana(ledger, "reject", act_id(ACTIVATES), day="2022-03-01")
    assert status(ledger) == "not_engaged"
    assert status(ledger, date(2022, 2, 28)) == "engaged", "not yet rejected then"
    ana(ledger, "withdraw", entry.id, day="2022-03-02")
    assert status(ledger) == "engaged"
    assert status(ledger, date(2022, 3, 1)) == "not_engaged", "not yet withdrawn then"


def test_a_corrected_mode_changes_what_is_engaged(ledger: Ledger) -> None:
    ana(ledger, "correct", act_id(ACTIVATES), field="aux", value="hypothetical")
    assert status(ledger) == "not_engaged"


def test_opposed_judgements_of_the_deciding_fact_leave_the_status_open(ledger: Ledger) -> None:
    ana(ledger, "reject", act_id(ACTIVATES))
    boris(ledger, "confirm", act_id(ACTIVATES))
    assert status(ledger) == "unknown"
    assert [f.verdict for f in ledger.facts()] == ["disputed"]
