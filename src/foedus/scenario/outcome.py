"""What a scenario comes to: every answer with its band, and all that is shown beside it.

Comes in: a scenario and its :class:`~foedus.scenario.runs.Results`. Goes out: an :class:`Outcome`, plain data
in the order of the file; of two scenarios, a :class:`Comparison` of what both answer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from foedus.scenario.assumptions import Assumption, Value
from foedus.scenario.file import Happened, Scenario
from foedus.scenario.model import Band, Part, Text, band
from foedus.scenario.runs import Results
from foedus.scenario.sensitivity import Influence, rank

if TYPE_CHECKING:
    from foedus.alliance import MechanismStatus

__all__ = [
    "Answered",
    "Backtested",
    "Compared",
    "Comparison",
    "Outcome",
    "Standing",
    "answers",
    "compare",
    "make_answers",
    "make_outcome",
]

FORMAT = 2
"""Version of ``outcome.json``: it grows when a key changes its meaning or goes."""
_BINS = 40
"""Bars of an answer's histogram."""


class Backtested(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, and where it lies: wholly in the 80 % band, in a part of it, or outside.

    ``below``, ``within``, ``above``: the shares of draws whose answer is less than all that is told, of it,
    and more (never is most).
    """

    happened: Happened
    where: Literal["inside", "overlap", "outside"]
    below: float
    within: float
    above: float


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its band, how often each value came (``counts`` between ``edges``), what moves it most.

    ``unit`` is ``day`` (days from the start) or what is counted. ``never``: draws without one.
    """

    name: str
    title: Text
    section: str
    unit: str
    band: Band
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    never: int
    influences: tuple[Influence, ...]
    backtest: tuple[Backtested, ...] = ()


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The alliance's state that the scenario starts from: its ledger, the two days, statuses with reasons.

    ``begun_by``: the mechanism that gave the first day, where one did.
    """

    ledger: str
    alliance: str
    as_of: date | None
    known_by: date | None
    begun_by: str | None
    statuses: tuple[MechanismStatus, ...]


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """All that a scenario comes to. ``file`` is the hash of the scenario's bytes."""

    format: int = FORMAT
    name: str
    file: str
    title: Text
    about: Text
    start: date
    days: int
    draws: int
    seed: int
    standing: Standing | None
    answers: tuple[Answered, ...]
    parts: dict[str, Part]
    assumptions: tuple[Assumption, ...]
    inputs_until: date | None
    backtest_note: Text
    critique: tuple[Text, ...]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of two scenarios under the same draws.

    ``difference`` is the band of the second less the first, over the draws in which both have a value
    (``both`` of them); ``sooner``: the share of all draws in which the second is smaller (never is largest).
    """

    name: str
    title: Text
    unit: str
    first: Band
    second: Band
    difference: Band | None
    both: int
    sooner: float
    later: float


class Differing(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity that is not the same in both: a number in its base unit, ``$name``, or None (not there)."""

    name: str
    first: float | str | None
    second: float | str | None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two scenarios beside each other: what both answer, and where they differ.

    ``starts`` and ``days`` are those of both: days are counted from each one's own start, and « never » is
    within its own days. ``quantities``: those written otherwise, by the section's name for them.
    """

    format: int = FORMAT
    first: str
    second: str
    titles: tuple[Text, Text]
    starts: tuple[date, date]
    days: tuple[int, int]
    draws: int
    seed: int
    answers: tuple[Compared, ...]
    assumptions: tuple[tuple[Assumption | None, Assumption | None], ...]
    quantities: tuple[Differing, ...]


def answers(scenario: Scenario, results: Results) -> dict[str, NDArray[np.float64]]:
    """Return every answer in each draw, by the name it is asked under."""
    return {
        name: values
        for section, model in scenario.models.items()
        for name, values in model.answers(results.columns[section]).items()
    }


def make_answers(scenario: Scenario, results: Results) -> tuple[Answered, ...]:
    """Return every answer with its band: what is first known when the draws are made."""
    drawn = {
        name: results.draws.value(assumption)
        for name, assumption in scenario.assumptions.items()
        if assumption.low < assumption.high
    }
    found = answers(scenario, results)
    return tuple(_answered(scenario, name, values, drawn) for name, values in found.items())


def make_outcome(
    scenario: Scenario, results: Results, answered: tuple[Answered, ...] | None = None
) -> Outcome:
    """Return what the draws of a scenario come to; ``answered``: where it was worked out already."""
    parts = {
        section: model.outcome(results.columns[section], results.draws)
        for section, model in scenario.models.items()
    }
    return Outcome(
        name=scenario.name,
        file=scenario.digest,
        title=scenario.title,
        about=scenario.about,
        start=scenario.start,
        days=scenario.days,
        draws=results.draws.count,
        seed=results.draws.seed,
        standing=_standing(scenario),
        answers=make_answers(scenario, results) if answered is None else answered,
        parts=parts,
        assumptions=tuple(scenario.assumptions.values()),
        inputs_until=scenario.inputs_until,
        backtest_note=scenario.backtest_note,
        critique=scenario.critique,
    )


def _standing(scenario: Scenario) -> Standing | None:
    state = scenario.state
    if state is None:
        return None
    wanted = {*scenario.shows, scenario.begun_by}
    shown = [
        s for s in state.statuses
        if s.mechanism in wanted or (not scenario.shows and s.status == "engaged")
    ]  # fmt: skip
    return Standing(
        ledger=state.ledger, alliance=state.alliance, as_of=state.as_of, known_by=state.known_by,
        begun_by=scenario.begun_by, statuses=tuple(shown),
    )  # fmt: skip


def _answered(
    scenario: Scenario,
    name: str,
    values: NDArray[np.float64],
    drawn: Mapping[str, NDArray[np.float64]],
) -> Answered:
    asked = {a.name: a for a in scenario.asks}
    found = band(values)
    edges, counts = _histogram(values)
    return Answered(
        name=name,
        title=asked[name].title if name in asked else name,
        section=next(s for s, m in scenario.models.items() if name in m.asked),
        unit=next(m.asked[name] for m in scenario.models.values() if name in m.asked),
        band=found,
        edges=edges,
        counts=counts,
        never=int(np.count_nonzero(np.isinf(values))),
        influences=rank(drawn, values),
        backtest=tuple(
            _tested(happened, values, found)
            for happened in scenario.happened
            if happened.ask == name
        ),
    )


def _histogram(values: NDArray[np.float64]) -> tuple[tuple[float, ...], tuple[int, ...]]:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return (), ()
    counts, edges = np.histogram(finite, bins=_BINS)
    return tuple(map(float, edges)), tuple(map(int, counts))


def _tested(happened: Happened, values: NDArray[np.float64], found: Band) -> Backtested:
    low = math.inf if found.low is None else found.low
    high = math.inf if found.high is None else found.high
    where: Literal["inside", "overlap", "outside"] = "outside"
    if happened.low <= high and low <= happened.high:
        where = "inside" if low <= happened.low and happened.high <= high else "overlap"
    below, above = float(np.mean(values < happened.low)), float(np.mean(values > happened.high))
    within = float(np.mean((happened.low <= values) & (values <= happened.high)))
    return Backtested(happened=happened, where=where, below=below, within=within, above=above)


def compare(first: Scenario, one: Results, second: Scenario, other: Results) -> Comparison:
    """Return what two scenarios answer alike: the same name, drawn with the same random numbers."""
    here, there = answers(first, one), answers(second, other)
    titles = {a.name: a.title for a in first.asks}
    units = {n: u for m in first.models.values() for n, u in m.asked.items()}
    others = {n: u for m in second.models.values() for n, u in m.asked.items()}
    shared = [name for name in here if others.get(name) == units[name]]
    names = dict.fromkeys([*first.assumptions, *second.assumptions])
    pairs = [(first.assumptions.get(n), second.assumptions.get(n)) for n in names]
    return Comparison(
        first=first.name,
        second=second.name,
        titles=(first.title, second.title),
        starts=(first.start, second.start),
        days=(first.days, second.days),
        draws=one.draws.count,
        seed=one.draws.seed,
        answers=tuple(
            _compared(name, titles.get(name, name), units[name], here[name], there[name])
            for name in shared
        ),
        assumptions=tuple((a, b) for a, b in pairs if not _alike(a, b)),
        quantities=tuple(_differing(first, second)),
    )


def _differing(first: Scenario, second: Scenario) -> Iterator[Differing]:
    one, other = (
        {
            f"{section}: {name}": _written(v)
            for section, m in s.models.items()
            for name, v in m.values.items()
        }
        for s in (first, second)
    )
    for name in dict.fromkeys([*one, *other]):
        if one.get(name) != other.get(name):
            yield Differing(name=name, first=one.get(name), second=other.get(name))


def _written(value: Value) -> float | str:
    return value.constant if value.assumption is None else f"${value.assumption.name}"


def _compared(
    name: str, title: Text, unit: str, one: NDArray[np.float64], other: NDArray[np.float64]
) -> Compared:
    both = np.isfinite(one) & np.isfinite(other)
    return Compared(
        name=name,
        title=title,
        unit=unit,
        first=band(one),
        second=band(other),
        difference=band(other[both] - one[both]) if both.any() else None,
        both=int(np.count_nonzero(both)),
        sooner=float(np.mean(other < one)),
        later=float(np.mean(other > one)),
    )


def _alike(one: Assumption | None, other: Assumption | None) -> bool:
    if one is None or other is None:
        return False
    return msgspec.structs.replace(one, line=0) == msgspec.structs.replace(other, line=0)
