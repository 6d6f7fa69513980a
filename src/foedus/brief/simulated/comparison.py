"""Two scenarios beside each other, as a view.

Comes in: a :class:`~foedus.scenario.Comparison`, both outcomes and the words of a language. Goes out:
:class:`ComparisonView`. No HTML here.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from foedus.brief.simulated.charts import Mark, Scale, Tick, mark_of
from foedus.brief.simulated.telling import Teller
from foedus.brief.words import Words
from foedus.scenario import Assumption, Band, Compared, Comparison, Outcome

__all__ = ["ComparisonView", "comparison_view"]


class ComparedView(msgspec.Struct, frozen=True, kw_only=True):
    """An answer of both: bands in words and on one scale, the difference, how often it is smaller."""

    title: str
    told: tuple[str, str]
    marks: tuple[Mark, Mark]
    across: tuple[Tick, ...]
    difference: str
    shares: str


class ComparisonView(msgspec.Struct, frozen=True, kw_only=True):
    """All that the page of a comparison shows. ``assumptions``, ``quantities``: those that differ.

    ``notes``: where the two may not be read side by side without a thought.
    """

    names: tuple[str, str]
    titles: tuple[str, str]
    counts: tuple[str, ...]
    notes: tuple[str, ...]
    answers: tuple[ComparedView, ...]
    quantities: tuple[tuple[str, str, str], ...]
    assumptions: tuple[tuple[str, str, str, str], ...]


def comparison_view(
    found: Comparison, first: Outcome, second: Outcome, words: Words
) -> ComparisonView:
    """Return what the page shows: the same comparison and words give the same view."""
    tell = Teller(words, first.start, max(first.days, second.days))
    other = Teller(words, second.start, max(first.days, second.days))
    return ComparisonView(
        names=(found.first, found.second),
        titles=(tell.text(found.titles[0]), tell.text(found.titles[1])),
        counts=(words.n("sim.draws", found.draws), words.t("sim.seed", seed=found.seed)),
        notes=tuple(_notes(found, words)),
        quantities=tuple(
            (q.name, _quantity(q.first, words), _quantity(q.second, words))
            for q in found.quantities
        ),
        answers=tuple(_compared(a, tell, other) for a in found.answers),
        assumptions=tuple(
            (one.name, tell.text(one.title), _range(a, tell), _range(b, tell))
            for a, b in found.assumptions
            if (one := a or b) is not None
        ),
    )


def _notes(found: Comparison, words: Words) -> Iterator[str]:
    if found.starts[0] != found.starts[1]:
        one, other = map(words.day, found.starts)
        yield words.t("sim.other_start", one=one, other=other)
    if found.days[0] != found.days[1]:
        one, other = map(words.number, found.days)
        yield words.t("sim.other_days", one=one, other=other)


def _quantity(value: float | str | None, words: Words) -> str:
    if value is None or isinstance(value, str):
        return value or "–"
    return words.number(float(f"{value:.6g}"))


def _compared(answer: Compared, tell: Teller, other: Teller) -> ComparedView:
    words, unit = tell.words, answer.unit
    known = [
        v for b in (answer.first, answer.second) for v in (b.low, b.mid, b.high) if v is not None
    ] or [0.0]  # fmt: skip
    low, high = min(known), max(known)
    room = (high - low) * 0.1 or 1.0
    scale = Scale(low - room, high + room)
    difference = words.t("sim.no_difference")
    if answer.difference is not None:
        span = _span(answer.difference, tell)
        difference = tell.of(span, "" if unit == "day" else unit)
        difference = words.t("sim.difference_days", span=span) if unit == "day" else difference
    written = (lambda v: words.number(round(v, 1))) if unit == "day" else tell.number
    return ComparedView(
        title=tell.text(answer.title),
        told=(tell.band(answer.first, unit), other.band(answer.second, unit)),
        marks=(mark_of(answer.first, scale), mark_of(answer.second, scale)),
        across=scale.ticks(written),
        difference=difference,
        shares=words.t(
            "sim.sooner", less=tell.percent(answer.sooner), more=tell.percent(answer.later)
        ),
    )


def _span(band: Band, tell: Teller) -> str:
    low, mid, high = (
        "–" if v is None else _signed(v, tell) for v in (band.low, band.mid, band.high)
    )
    return f"{mid} ({low} … {high})"


def _signed(value: float, tell: Teller) -> str:
    rounded = tell.number(round(value, 2))
    return f"+{rounded}" if value > 0 else rounded


def _range(found: Assumption | None, tell: Teller) -> str:
    if found is None:
        return "–"
    points = dict.fromkeys(tell.number(v) for v in (found.low, found.likely, found.high))
    return tell.of(" – ".join(points), found.unit)
