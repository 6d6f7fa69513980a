"""An outcome as a view: every number in words, every chart as numbers. No HTML here.

Comes in: an :class:`~foedus.scenario.Outcome`, the words of a language. Goes out: :class:`SimulationView`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from foedus.brief.passages import safe_id, visible
from foedus.brief.simulated.answers import AnswerView, answer_view
from foedus.brief.simulated.charts import BandChart, Mark, Scale, Tick, band_chart, mark_of
from foedus.brief.simulated.routes import MapView, map_view
from foedus.brief.simulated.telling import Teller
from foedus.brief.words import Words
from foedus.scenario import Arrival, Assumption, Bottleneck, Cost, Outcome, Series

__all__ = ["SimulationView", "simulation_view"]

_KINDS = {"in_place": "sim.kind_in_place", "stock": "sim.kind_stock"}
_ROWS = 40
"""Rows of a table of days, at most: longer series are told in even steps."""


class SeriesView(msgspec.Struct, frozen=True, kw_only=True):
    """A series by day: its chart, the same as rows, the floor in words."""

    id: str
    title: str
    unit: str
    chart: BandChart
    rows: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    floor: str
    floor_day: str


class ArrivalView(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's arrival: who, from where to where, when, drawn on the common scale."""

    title: str
    route: str
    persons: str
    told: str
    bound: str
    mark: Mark


class HeldView(msgspec.Struct, frozen=True, kw_only=True):
    """A bottleneck in words."""

    title: str
    share: str
    waited: str
    more: str
    gain: str


class AssumptionView(msgspec.Struct, frozen=True, kw_only=True):
    """An assumption: words, name, range, how it is drawn, why, whose figure it is, whether that was checked.

    ``facts``: ids of the ledger's facts that it was taken from.
    """

    id: str
    title: str
    name: str
    low: str
    likely: str
    high: str
    unit: str
    distribution: str
    why: str
    reference: str
    note: str
    checked: str
    state: str
    facts: tuple[str, ...]


class StandingView(msgspec.Struct, frozen=True, kw_only=True):
    """A status that the scenario starts from, with the ids of its reason."""

    id: str
    name: str
    status: str
    since: str
    rules: tuple[str, ...]
    facts: tuple[str, ...]


class SimulationView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a simulation shows."""

    name: str
    title: str
    about: str
    dates: str
    counts: tuple[str, ...]
    fingerprint: str
    standing_lead: str
    standing: tuple[StandingView, ...]
    answers: tuple[AnswerView, ...]
    inputs: str
    backtest_note: str
    series: tuple[SeriesView, ...]
    arrivals: tuple[ArrivalView, ...]
    across: tuple[Tick, ...]
    held: tuple[HeldView, ...]
    map: MapView | None
    costs: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    assumptions: tuple[AssumptionView, ...]
    unchecked: str
    critique: tuple[str, ...]


def simulation_view(outcome: Outcome, words: Words) -> SimulationView:
    """Return what the page shows: the same outcome and words give the same view."""
    tell = Teller(words, outcome.start, outcome.days)
    parts = list(outcome.parts.values())
    arrivals = [a for part in parts for a in part.arrivals]
    scale = Scale(0, _last(arrivals, outcome.days))
    last = outcome.start + timedelta(days=outcome.days - 1)
    titles = {a.name: tell.text(a.title) for a in outcome.assumptions}
    unchecked = sum(1 for a in outcome.assumptions if not (a.reference and a.reference.checked))
    return SimulationView(
        name=outcome.name,
        title=tell.text(outcome.title),
        about=tell.text(outcome.about),
        dates=words.t("sim.dates", start=words.day(outcome.start), end=words.day(last)),
        counts=(
            words.n("sim.draws", outcome.draws), words.t("sim.seed", seed=outcome.seed),
            words.n("sim.assumptions", len(outcome.assumptions)),
        ),
        fingerprint=outcome.file[:12],
        standing_lead=_standing_lead(outcome, tell),
        standing=tuple(_standing(outcome, tell)),
        answers=tuple(answer_view(a, tell, titles) for a in outcome.answers),
        inputs=words.t("sim.inputs", date=words.day(outcome.inputs_until))
        if outcome.inputs_until
        else "",
        backtest_note=tell.text(outcome.backtest_note),
        series=tuple(_series(s, tell) for part in parts for s in part.series),
        arrivals=tuple(_arrival(a, scale, tell) for a in arrivals),
        across=tell.ticks(scale),
        held=tuple(_held(b, tell) for part in parts for b in part.bottlenecks),
        map=next((map_view(part, tell) for part in parts if part.stops), None),
        costs=tuple(_cost(c, tell) for part in parts for c in part.costs),
        notes=tuple(tell.text(n) for part in parts for n in part.notes),
        assumptions=tuple(_assumption(a, tell) for a in outcome.assumptions),
        unchecked=words.n("sim.unchecked_count", unchecked) if unchecked else "",
        critique=tuple(tell.text(c) for c in outcome.critique),
    )  # fmt: skip


def _last(arrivals: Iterable[Arrival], days: int) -> float:
    known = [a.band.high for a in arrivals]
    late = [v for v in known if v is not None]
    return float(days) if not late or None in known else min(float(days), max(late) * 1.08)


def _standing_lead(outcome: Outcome, tell: Teller) -> str:
    found = outcome.standing
    if found is None:
        return ""
    words = tell.words
    return words.t(
        "sim.standing",
        ledger=visible(found.ledger),
        as_of=words.day(found.as_of) if found.as_of else words.t("sim.latest"),
        known_by=words.day(found.known_by) if found.known_by else words.t("sim.latest"),
    )


def _standing(outcome: Outcome, tell: Teller) -> Iterable[StandingView]:
    words = tell.words
    for status in outcome.standing.statuses if outcome.standing else ():
        stage = words.stage(status.mechanism, status.stage) if status.stage else ""
        word = words.code("status", status.status)
        rules: dict[str, None] = {}
        stack = [status.reason]
        while stack:
            node = stack.pop(0)
            if rule := node.values.get("rule"):
                rules[rule] = None
            stack.extend(node.children)
        yield StandingView(
            id=safe_id(status.mechanism),
            name=words.code("mechanism", status.mechanism),
            status=f"{word}, {stage}" if stage and stage != word else word,
            since=words.t("sim.since", when=words.range(status.since)) if status.since else "",
            rules=tuple(rules),
            facts=status.facts,
        )


def _series(series: Series, tell: Teller) -> SeriesView:
    words = tell.words
    step = -(-len(series.days) // _ROWS)
    lines = [series.low, series.mid, series.high, *([series.bound] if series.bound else [])]
    heads = [words.t("sim.low"), words.t("sim.mid"), words.t("sim.high")]
    if series.bound:
        heads.append(words.t("sim.at_most"))
    rows = [
        (tell.day(series.days[at]), *(_cell(line[at], tell) for line in lines))
        for at in range(0, len(series.days), step)
    ]
    if series.floor_day is not None and series.floor_day.high == 0:
        # met from the first day on in every draw: it tells nothing
        series = msgspec.structs.replace(series, floor=None, floor_day=None)
    floor = series.floor
    return SeriesView(
        id=series.id,
        title=words.t(_KINDS[series.kind], title=tell.text(series.title)),
        unit=tell.unit(series.unit),
        chart=band_chart(series, tell.ticks(Scale(series.days[0], series.days[-1])), tell.number),
        rows=tuple(rows),
        heads=tuple(heads),
        floor="" if floor is None else words.t("sim.floor", level=tell.value(floor, series.unit)),
        floor_day=""
        if series.floor_day is None
        else words.t(
            "sim.floor_day",
            days=tell.band(series.floor_day, "day"),
            share=tell.percent(series.floor_day.share),
        ),
    )


def _cell(value: float | None, tell: Teller) -> str:
    return "–" if value is None else tell.number(value)


def _arrival(arrival: Arrival, scale: Scale, tell: Teller) -> ArrivalView:
    words = tell.words
    return ArrivalView(
        title=tell.text(arrival.title),
        route=f"{tell.text(arrival.home)} → {tell.text(arrival.destination)}",
        persons=words.n("sim.persons", arrival.persons) if arrival.persons else "",
        told=tell.band(arrival.band, "day"),
        bound=words.t("sim.not_before", day=tell.when(arrival.bound)) if arrival.bound else "",
        mark=mark_of(arrival.band, scale, arrival.bound),
    )


def _held(found: Bottleneck, tell: Teller) -> HeldView:
    words = tell.words
    states = words.list(words.entity(state) for state in found.states)
    return HeldView(
        title=words.t(
            f"sim.held.{found.kind}",
            place=tell.text(found.title),
            states=states,
            mode=words.t(f"mode.{found.mode}") if found.mode else "",
        ),
        share=tell.percent(found.share),
        waited=tell.days(found.waited),
        more=tell.text(found.more),
        gain=tell.days(found.gain) if found.gain else "–",
    )


def _cost(cost: Cost, tell: Teller) -> tuple[str, ...]:
    item = f"{tell.number(cost.amount)} {tell.text(cost.item)}"
    return (tell.text(cost.donor), item, tell.days(cost.days), visible(cost.fact))


def _assumption(found: Assumption, tell: Teller) -> AssumptionView:
    words = tell.words
    fixed = found.low == found.high
    checked = found.reference is not None and found.reference.checked
    state = "checked" if checked else "judged" if found.reference is None else "unchecked"
    return AssumptionView(
        id=safe_id(found.name),
        title=tell.text(found.title),
        name=found.name,
        low="" if fixed else tell.number(found.low),
        likely=tell.number(found.likely),
        high="" if fixed else tell.number(found.high),
        unit=tell.unit(found.unit),
        distribution=words.code("distribution", found.distribution),
        why=tell.text(found.why),
        reference=tell.reference(found.reference),
        note=tell.text(found.reference.note) if found.reference else "",
        checked=words.t("sim.checked") if checked
        else "" if found.reference is None else words.t("sim.unchecked"),
        state=state,
        facts=tuple(visible(fact) for fact in found.facts),
    )  # fmt: skip
