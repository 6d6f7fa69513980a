"""The readable cases: what is told, the two dates, and where each mechanism has to stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.acts import DateRange, Quantity, day
from foedus.alliance import load_alliance, statuses
from foedus.declared import load_declared
from foedus.ledger.records import Fact, Reading
from tests.alliance.builders import WORLD, fact, reading


class Telling(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One report's telling. ``same_as`` puts it to the fact of an earlier one; ``on`` dates the act."""

    report: str
    published: date | tuple[date, date] | None = None
    on: date | tuple[date, date] | None = None
    group: str | None = None
    fact: str | None = None
    act: dict[str, Any] = {}
    level: dict[str, Any] = {}


class Expected(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    status: str
    stage: str | None = None
    since: date | None = None
    since_is: str | None = None
    by: tuple[str, ...] | None = None
    sources: int | None = None
    disputed: bool | None = None
    claims: int | None = None
    key: str | None = None


class Case(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    name: str
    told: tuple[Telling, ...] = ()
    as_of: date
    known_by: date
    expect: dict[str, Expected]


class CaseFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    alliance: str
    cases: tuple[Case, ...]


def _cases() -> list[Any]:
    out = []
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml")):
        file, _ = load_declared(path, CaseFile)
        out += [
            pytest.param(file.alliance, case, id=f"{path.stem}: {case.name}") for case in file.cases
        ]
    return out


def _range(value: date | tuple[date, date] | None) -> DateRange | None:
    if value is None:
        return None
    return day(value) if isinstance(value, date) else DateRange(value[0], value[1], "range")


def _facts(case: Case) -> list[Fact]:
    grouped: dict[str, list[Reading]] = {}
    for number, t in enumerate(case.told):
        if t.act:
            when = _range(t.on)
            made = reading(t.report, _range(t.published), when, t.group, **t.act)
            grouped.setdefault(t.fact or f"fact-{number:02}", []).append(made)
    return [fact(name, *readings) for name, readings in grouped.items()]


def _quantities(case: Case) -> list[Quantity]:
    return [
        Quantity(
            id=f"q-{n}", report=t.report, source=t.report, span=(0, 5), date=_range(t.on),
            cues=("stockpiles",), **t.level,
        )
        for n, t in enumerate(case.told)
        if t.level
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "case"), _cases())
def test_case(name: str, case: Case) -> None:
    found = statuses(
        load_alliance(name), _facts(case), as_of=case.as_of, known_by=case.known_by,
        world=WORLD, quantities=_quantities(case),
    )  # fmt: skip
    by_id = {status.mechanism: status for status in found}
    for mechanism, expected in case.expect.items():
        status = by_id[mechanism]
        told = msgspec.to_builtins(status)
        assert status.status == expected.status, msgspec.json.encode(status.reason).decode()
        assert status.stage == expected.stage
        for key in ("since_is", "sources", "disputed"):
            wanted = getattr(expected, key)
            assert wanted is None or told[key] == wanted, key
        if expected.since is not None:
            assert status.since == day(expected.since)
        if expected.by is not None:
            assert status.by == expected.by
        if expected.claims is not None:
            assert len(status.claims) == expected.claims
        if expected.key is not None:
            assert expected.key in _keys(status.reason)


def _keys(node: Any) -> set[str]:
    return {node.key}.union(*(_keys(child) for child in node.children))
