"""A small crisis with every kind of thing that an export has to carry, some of it hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foedus.ledger import Ledger
from foedus.ledger.out import Content
from tests.ledger.builders import (
    SmallWorld,
    act,
    amount,
    amount_of,
    coded,
    declared,
    finder,
    on,
    report,
    said,
    when,
)

HOSTILE = "=cmd|' /C calc'!A0\x1b[31m\r\nBEGIN:VEVENT\u202e;,\\\"<b>"


def fill(ledger: Ledger) -> None:
    """Four reports: two share a text and differ on a figure, one denies, one is hostile."""
    told = {"actors": "FRA DEU", "recipients": "UKR", "cues": "partner-support"}
    ledger.add(
        [
            coded(
                report("matin", "2022-03-02", outlet="le-monde", title=(0, 5)),
                said(0, speaker="emmanuel-macron", speaker_span=(12, 20)),
                act("AID", 2, **told, quantities=(amount(120, "tanks"),), date=on("2022-03-01"),
                    when=when(offset=-1, span=(3, 7)), statement="said-0", rule="aid.yaml:3 send"),
                act("CONSULT", 20, actors="nato", cues="summit", date=on("2022-03"), aux="future"),
            ),
            coded(
                report("soir", "2022-03-02", outlet="tass"),
                act("AID", 2, **told, quantities=(amount(20, "tanks"),), date=on("2022-03-01")),
            ),
            coded(
                report("non", "2022-03-05/2022-03-09"),
                act("AID", 2, **told, aux="negation", date=on("2022-03-01")),
                amount_of(12, subject="response-force", value=40000.0, unit="person"),
            ),
            coded(
                report("hostile", "2022-04-01", text=HOSTILE * 3, title=(0, 60), url="=1+1"),
                act("ACCUSE", 0, actors=("=HYPERLINK(1)", "RUS"), places="kyiv",
                    date=on("2022-03-31")),
                act("THREATEN", 11, actors="RUS", recipients="nato"),
            ),
        ]
    )  # fmt: skip
    ledger.set_calendar([declared(3, "2022-03-24", "CONSULT", actors="nato", cues="summit")])


@pytest.fixture
def crisis_file(tmp_path: Path) -> Path:
    path = tmp_path / "crisis.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder([("matin", "soir")])) as ledger:
        fill(ledger)
    return path


@pytest.fixture
def crisis(crisis_file: Path) -> Iterator[Ledger]:
    with Ledger.open(crisis_file, read_only=True) as ledger:
        yield ledger


@pytest.fixture
def content(crisis: Ledger) -> Content:
    return Content(crisis)
