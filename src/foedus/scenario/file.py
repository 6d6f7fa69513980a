"""A scenario as a file: read, checked, and handed to the readers of its sections.

Comes in: the path of a YAML file (``docs/reference/scenario.md``). Goes out: a :class:`Scenario`, or a
:class:`~foedus.errors.FoedusError` naming file and line before anything runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from foedus.address import Address
from foedus.declared import Lines, load_declared
from foedus.errors import FoedusError
from foedus.scenario.assumptions import Assumption, Distribution, Reference, make_assumption
from foedus.scenario.model import Model, Text
from foedus.scenario.reading import Reading, Written
from foedus.scenario.units import Units

if TYPE_CHECKING:
    from foedus.scenario.state import State

__all__ = ["Ask", "Happened", "Scenario", "read_scenario"]

Day = date
"""Under a name that a field called ``date`` does not hide."""
_LONGEST = 3660
"""Days that a scenario may cover: ten years."""
SECTIONS = ("deployment", "sustainment")


class _Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An assumption as the file writes it."""

    low: Written | None = None
    likely: Written | None = None
    high: Written | None = None
    unit: str = ""
    distribution: Distribution | None = None
    reference: Reference | None = None
    why: Text = ""
    title: Text = ""


class _Begun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A first day given by the alliance: the day on which a mechanism was engaged, plus ``after`` days."""

    mechanism: str
    stage: str | None = None
    after: int = 0


class _AskEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: Text = ""
    deployment: Any = None
    sustainment: Any = None


class _Outcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happened: a day or a figure, or the range in which it lies."""

    ask: str
    date: Day | None = None
    until: Day | None = None
    value: Written | None = None
    low: Written | None = None
    high: Written | None = None
    what: Text = ""
    reference: Reference


class _Backtest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    inputs_until: Day
    outcome: tuple[_Outcome, ...]
    note: Text = ""


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    title: Text
    about: Text = ""
    start: Day | _Begun
    days: int
    ledger: str | None = msgspec.field(name="from", default=None)
    as_of: Day | None = None
    known_by: Day | None = None
    alliance: str = "nato"
    shows: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    assumptions: dict[str, _Entry] = {}
    deployment: Any = None
    sustainment: Any = None
    ask: dict[str, _AskEntry] = {}
    backtest: _Backtest | None = None
    critique: tuple[Text, ...] = ()


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """Something asked for: its name, its words, and the section that answers it."""

    name: str
    title: Text
    section: str


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, for a back-test: from ``low`` to ``high``, in the unit of the answer to ``ask``.

    A day is the 24 hours from its 00:00 UTC, in days from the start.
    """

    ask: str
    low: float
    high: float
    what: Text
    reference: Reference


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A scenario that was found to be sound. ``digest`` is the hash of the file's bytes.

    ``state`` is None where nothing was asked of an alliance; ``begun_by`` tells which mechanism gave the
    first day. ``inputs_until`` and ``happened`` are those of the back-test.
    """

    name: str
    path: Path
    digest: str
    title: Text
    about: Text
    start: date
    days: int
    state: State | None
    shows: tuple[str, ...]
    begun_by: str | None
    assumptions: Mapping[str, Assumption]
    models: Mapping[str, Model]
    asks: tuple[Ask, ...]
    inputs_until: date | None
    happened: tuple[Happened, ...]
    backtest_note: Text
    critique: tuple[Text, ...]


def read_scenario(path: Path) -> Scenario:
    """Read a scenario and check all of it.

    Raises:
        FoedusError: the file cannot be read, or something in it is wrong: unknown key or unit, numbers
            out of order, a probability over 1, a unit without a home …; file and line are named.
    """
    if not path.is_file():
        raise FoedusError("is no file", where=path, remedy="give the path of a scenario")
    file, lines = load_declared(path, _File)
    if not 1 <= file.days <= _LONGEST:
        raise lines.error(f"covers {file.days} days", "days", remedy=f"give 1 to {_LONGEST} days")
    units = _units(file, lines)
    state = _state(file, lines, path)
    start = _start(file, lines, state)
    reading = Reading(
        lines=lines, units=units, assumptions=_assumptions(file, lines, units), start=start,
        days=file.days, state=state,
    )  # fmt: skip
    asks = _asks(file, lines)
    models = _models(file, lines, reading)
    unused = sorted(set(reading.assumptions) - reading.used)
    if unused:
        raise lines.error(
            f"assumption {unused[0]!r} is used nowhere", "assumptions", unused[0],
            remedy=f"write ${unused[0]} where it belongs, or remove it",
        )  # fmt: skip
    return Scenario(
        name=path.stem, path=path, digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        title=file.title, about=file.about, start=start, days=file.days, state=state,
        shows=file.shows, begun_by=file.start.mechanism if isinstance(file.start, _Begun) else None,
        assumptions={**reading.assumptions, **reading.told}, models=models, asks=asks,
        inputs_until=file.backtest.inputs_until if file.backtest else None,
        happened=_happened(file, reading, models),
        backtest_note=file.backtest.note if file.backtest else "", critique=file.critique,
    )  # fmt: skip


def _units(file: _File, lines: Lines) -> Units:
    try:
        return Units(file.counts)
    except FoedusError as error:
        raise lines.error(error.what, "counts", remedy=error.remedy) from error


def _state(file: _File, lines: Lines, path: Path) -> State | None:
    if file.ledger is None:
        for key, asked in (("start", isinstance(file.start, _Begun)), ("shows", file.shows)):
            if asked:
                raise lines.error(
                    "asks where the alliance stands, and the file names no ledger", key,
                    remedy="add from: and the ledger that foedus brief wrote",
                )  # fmt: skip
        return None
    from foedus.scenario.state import read_state  # with it comes the ledger

    try:
        remote = "://" in file.ledger
        place = Address.of(file.ledger if remote else path.parent / file.ledger)
        state = read_state(place, file.alliance, file.as_of, file.known_by)
    except FoedusError as error:
        raise lines.error(str(error), "from", remedy="give a ledger that exists") from error
    known = {s.mechanism for s in state.statuses}
    for at, name in enumerate(file.shows):
        if name not in known:
            raise lines.error(
                f"there is no mechanism {name!r}", "shows", at,
                remedy=f"one of: {', '.join(sorted(known))}",
            )  # fmt: skip
    return state


def _start(file: _File, lines: Lines, state: State | None) -> date:
    if not isinstance(file.start, _Begun):
        return file.start
    asked = file.start
    assert state is not None
    if asked.mechanism not in state.courses:
        raise lines.error(
            f"there is no mechanism {asked.mechanism!r}", "start", "mechanism",
            remedy=f"one of: {', '.join(sorted(state.courses))}",
        )  # fmt: skip
    found = state.begun(asked.mechanism, asked.stage)
    if found is None:
        stage = f" at stage {asked.stage!r}" if asked.stage else ""
        raise lines.error(
            f"{asked.mechanism!r} was not engaged{stage} by the day asked about",
            "start",
            remedy="give a date, or a ledger that tells of it",
        )
    return found + timedelta(days=asked.after)


def _assumptions(file: _File, lines: Lines, units: Units) -> dict[str, Assumption]:
    found = {}
    for name, entry in file.assumptions.items():
        try:
            found[name] = _assumption(name, entry, lines, units)
        except FoedusError as error:
            if error.where is not None:
                raise
            raise lines.error(error.what, "assumptions", name, remedy=error.remedy) from error
    return found


def _assumption(name: str, entry: _Entry, lines: Lines, units: Units) -> Assumption:
    if not (name.isascii() and name.isidentifier()):
        raise FoedusError(f"{name!r} is no name", remedy="letters, digits and _, as in rail_speed")
    own = units.unit(entry.unit)
    numbers: dict[str, float] = {}
    for key in ("low", "likely", "high"):
        written = getattr(entry, key)
        if written is None:
            continue
        try:
            quantity = units.read(written)
            if not entry.unit and not numbers:
                own = quantity.unit
            bare = quantity.unit == "1" and entry.unit and not str(written).strip().endswith("%")
            numbers[key] = quantity.number if bare else units.convert(quantity, own)
        except FoedusError as error:
            raise lines.error(
                f"{str(written)!r} {error.what}", "assumptions", name, key, remedy=error.remedy
            ) from error
    return make_assumption(
        name, numbers, unit=own, distribution=entry.distribution, reference=entry.reference,
        why=entry.why, title=entry.title, line=lines.of("assumptions", name),
    )  # fmt: skip


def _asks(file: _File, lines: Lines) -> tuple[Ask, ...]:
    found = []
    for name, entry in file.ask.items():
        named = [s for s in SECTIONS if getattr(entry, s) is not None]
        if len(named) != 1:
            raise lines.error(
                f"{name!r} asks {len(named)} sections", "ask", name,
                remedy="write under it what is asked of deployment: or of sustainment:",
            )  # fmt: skip
        if getattr(file, named[0]) is None:
            raise lines.error(
                f"the file has no section {named[0]!r}", "ask", name, named[0], remedy="add it"
            )
        found.append(Ask(name=name, title=entry.title or name, section=named[0]))
    return tuple(found)


def _models(file: _File, lines: Lines, reading: Reading) -> dict[str, Model]:
    readers: dict[str, Callable[[Any, Mapping[str, Any], Reading], Model]] = {}
    if file.deployment is not None:
        from foedus.scenario.deployment import read as read_deployment

        readers["deployment"] = read_deployment
    if file.sustainment is not None:
        from foedus.scenario.sustainment import read as read_sustainment

        readers["sustainment"] = read_sustainment
    if not readers:
        raise lines.error("nothing is to be simulated", remedy="add deployment: or sustainment:")
    models = {}
    for name, read in readers.items():
        asked = {key: getattr(e, name) for key, e in file.ask.items() if getattr(e, name)}
        models[name] = read(getattr(file, name), asked, reading.at(name))
    return models


def _happened(file: _File, reading: Reading, models: Mapping[str, Model]) -> tuple[Happened, ...]:
    asked = {name: unit for model in models.values() for name, unit in model.asked.items()}
    found = []
    for at, told in enumerate(file.backtest.outcome if file.backtest else ()):
        here = reading.at("backtest", "outcome", at)
        if told.ask not in asked:
            raise here.error(
                f"nothing called {told.ask!r} is asked", "ask",
                remedy=f"one of: {', '.join(asked) or 'none is declared'}",
            )  # fmt: skip
        low, high = _when_or_what(told, asked[told.ask], here)
        found.append(
            Happened(ask=told.ask, low=low, high=high, what=told.what, reference=told.reference)
        )
    return tuple(found)


def _when_or_what(told: _Outcome, unit: str, here: Reading) -> tuple[float, float]:
    if told.date is not None:
        if unit != "day":
            raise here.error(
                f"the answer is in {unit}", "date", remedy="give value: or low: and high:"
            )
        low = float((told.date - here.start).days)
        high = float(((told.until or told.date) - here.start).days + 1)
    elif told.value is not None:
        low = high = here.number(told.value, unit, "value")
    elif told.low is not None and told.high is not None:
        low, high = here.number(told.low, unit, "low"), here.number(told.high, unit, "high")
    else:
        raise here.error(
            "does not say what happened", remedy="give date:, value:, or low: and high:"
        )
    if low > high:
        raise here.error("ends before it begins", remedy="give the earlier first")
    return low, high
