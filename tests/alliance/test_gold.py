"""What the annotated reports engage: each act of the gold a fact of its own, dated by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foedus.acts import DateRange, Quantity
from foedus.alliance import Alliance, MechanismStatus, statuses
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, fact, reading

PUBLISHED = {
    "000": date(2022, 2, 26),
    "001": date(2022, 2, 24),
    "002": date(2022, 2, 24),
    "003": date(2022, 3, 23),
    "004": date(2022, 10, 11),
}
LISTS = ("aux", "actors", "recipients", "places", "instruments", "cues", "contexts")


def first(value: Any) -> Any:
    """The first of the alternatives that gold offers."""
    return value.split("|")[0] if isinstance(value, str) else value


def told_in(folder: Path) -> tuple[list[Fact], list[Quantity]]:
    facts, quantities = [], []
    for name, published in PUBLISHED.items():
        lines = (folder / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
        for number, record in enumerate(json.loads(line) for line in lines):
            ident = f"{name}-{number:03}"
            if record["record"] == "act":
                facts.append(fact(ident, reading(name, published, _date(record), **_act(record))))
            elif record["record"] == "quantity":
                quantities.append(
                    Quantity(
                        id=ident, report=name, source=name, span=(0, 1),
                        place=first(record.get("place")), level=record.get("level"),
                        cues=tuple(record.get("cues") or ()),
                    )
                )  # fmt: skip
    return facts, quantities


def _act(record: dict[str, Any]) -> dict[str, Any]:
    lists = {key: [first(v) for v in record.get(key) or []] for key in LISTS}
    return lists | {key: first(record.get(key)) for key in ("type", "mode", "attributed_to")}


def _date(record: dict[str, Any]) -> DateRange | None:
    found = record.get("date")
    if not isinstance(found, dict):
        return None
    return DateRange(date.fromisoformat(found["start"]), date.fromisoformat(found["end"]), "range")


@pytest.fixture(scope="module")
def known(shared: Path, nato: Alliance) -> dict[str, MechanismStatus]:
    folder = shared / "gold" / "dev"
    if not folder.is_dir():
        pytest.skip("the annotated reports are not beside this clone (gold/dev)")
    facts, quantities = told_in(folder)
    last = max(PUBLISHED.values())
    found = statuses(nato, facts, as_of=last, known_by=last, world=WORLD, quantities=quantities)
    return {status.mechanism: status for status in found}


@pytest.mark.parametrize(
    ("mechanism", "status", "stage"),
    [
        ("article-4", "engaged", "asked"),
        ("article-5", "not_engaged", None),
        # they met in February, and eight months later that meeting is over
        ("council", "not_engaged", "ended"),
        ("summit", "not_engaged", "announced"),
        ("defence-ministers", "not_engaged", "announced"),
        ("defence-plans", "engaged", "activated"),
        ("response-force", "engaged", "activated"),
        ("forward-presence", "engaged", "deployed"),
        ("partner-support", "engaged", "delivered"),
        ("training", "engaged", "under-way"),
        ("refugees", "engaged", "under-way"),
        ("stockpiles", "engaged", "low"),
        ("no-troops", "ruled_out", None),
        ("no-fly-zone", "ruled_out", None),
        ("not-a-party", "ruled_out", None),
    ],
)
def test_where_it_stands(
    known: dict[str, MechanismStatus], mechanism: str, status: str, stage: str | None
) -> None:
    assert (known[mechanism].status, known[mechanism].stage) == (status, stage)


def test_by_whom_and_since_when(known: dict[str, MechanismStatus]) -> None:
    assert known["article-4"].by == ("EST", "LTU", "LVA", "POL")
    assert known["stockpiles"].by == ("DEU", "USA")
    assert known["defence-plans"].sources == 2
    force = known["response-force"]
    assert force.since is not None
    assert force.since.start == date(2022, 2, 25)
    assert len(known["not-a-party"].claims) == 1
    assert known["forward-presence"].announced
    assert len(known["vjtf"].quantities) >= 2
