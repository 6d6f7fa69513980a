"""The readable cases: what is told, the two dates, and where each mechanism has to stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from foedus.acts import DateRange, Quantity, day
from foedus.alliance import Alliance, statuses
from foedus.alliance.history import dated
from foedus.alliance.records import as_reason
from foedus.alliance.roles import Registry
from foedus.alliance.schema import Reference
from foedus.declared import load_declared
from foedus.ledger.records import Fact, Reading
from tests.alliance.builders import fact, reading

CASES = Path(__file__).parent / "cases"


class Telling(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One report's telling. ``fact`` puts it to the fact of that name; ``on`` dates the act."""

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


class ExpectedForce(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A standing force on the day: whether it stands, who leads it, how many are told."""

    stands: bool = True
    leads: str | None = None
    size: int | None = None


class Case(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """``record``: the declared record from that day on is told, each act when its source appeared.

    ``known_by`` is ``as_of`` where it is not given.
    """

    name: str
    record: date | None = None
    told: tuple[Telling, ...] = ()
    as_of: date
    known_by: date | None = None
    expect: dict[str, Expected] = {}
    members: tuple[str, ...] = ()
    not_members: tuple[str, ...] = ()
    outside: tuple[str, ...] | None = None
    forces: dict[str, ExpectedForce] = {}
    reference: Reference | None = None
    checked: bool = False


class CaseFile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    alliance: str
    cases: tuple[Case, ...]


def read_cases(folder: Path) -> list[tuple[str, str, Case]]:
    """The cases of a folder's files: alliance, a name for the report of the test, the case."""
    found = []
    for path in sorted(folder.glob("*.yaml")):
        file, _ = load_declared(path, CaseFile)
        found += [(file.alliance, f"{path.stem}: {case.name}", case) for case in file.cases]
    return found


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


_SAID = ("type", "mode", "aux", "actors", "recipients", "places", "instruments", "contexts", "cues")


def recorded(alliance: Alliance, start: date) -> list[Fact]:
    """The acts of the record from ``start`` on, each told by its reference when that appeared."""
    found = []
    for ident, entry in alliance.happenings.items():
        if entry.date < start:
            continue
        # what lasted had begun on its first day
        when = dated(entry.date, entry.precision)
        appeared = dated(entry.reference.date, entry.reference.precision)
        act = {key: getattr(entry, key) for key in _SAID}
        found.append(fact(ident, reading(ident, appeared, when, **act)))
    return found


def assert_case(alliance: Alliance, case: Case, world: Registry) -> None:
    """Hold a case against the engine and the declared files."""
    facts = _facts(case)
    if case.record is not None:
        facts += recorded(alliance, case.record)
    found = statuses(
        alliance, facts, as_of=case.as_of, known_by=case.known_by or case.as_of,
        world=world, quantities=_quantities(case),
    )  # fmt: skip
    by_id = {status.mechanism: status for status in found}
    for mechanism, expected in case.expect.items():
        _assert_status(by_id[mechanism], expected)
    members = set(alliance.members(case.as_of))
    assert set(case.members) <= members
    assert not set(case.not_members) & members
    assert case.outside is None or alliance.outside(case.as_of) == case.outside
    for name, force in case.forces.items():
        _assert_force(alliance, name, force, case.as_of)


def _assert_status(status: Any, expected: Expected) -> None:
    told = msgspec.to_builtins(status, enc_hook=as_reason)
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


def _assert_force(alliance: Alliance, name: str, expected: ExpectedForce, on: date) -> None:
    force = next(f for f in alliance.forces if f.id == name)
    assert (force.start <= on <= (force.end or date.max)) is expected.stands
    leads = [t.state for t in force.framework if t.start <= on <= (t.end or date.max)]
    assert expected.leads is None or leads == [expected.leads]
    sizes = [s for s in sorted(force.sizes, key=lambda s: s.start) if s.start <= on]
    assert expected.size is None or sizes[-1].value == expected.size


def _keys(node: Any) -> set[str]:
    return {node.key}.union(*(_keys(child) for child in node.children))
