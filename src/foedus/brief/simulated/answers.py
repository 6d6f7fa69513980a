"""What was asked and what came out, in words: on the page, and in one line for a terminal.

Comes in: answers of an outcome, and who words them. Goes out: :class:`AnswerView`, lines. It loads nothing
that pages alone need, so that the lines are there at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from foedus.brief.passages import safe_id
from foedus.brief.simulated.charts import Bars, Scale, Tick, bars
from foedus.brief.simulated.telling import Teller
from foedus.brief.words import Words
from foedus.scenario import Answered, Backtested, Influence, Scenario

__all__ = ["AnswerView", "InfluenceView", "answer_lines", "answer_view"]


class InfluenceView(msgspec.Struct, frozen=True, kw_only=True):
    """How much an assumption moves an answer: its rank correlation, and its bar in percent.

    ``id`` is that of the assumption in the page, here and below; ``title``: its words, where it has any.
    """

    id: str
    name: str
    title: str
    value: str
    left: float
    width: float


class TestedView(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, who says so, where it lies (in words and as a code), the draws around it."""

    what: str
    reference: str
    verdict: str
    where: str
    around: str


class AnswerView(msgspec.Struct, frozen=True, kw_only=True):
    """An answer: its words, its histogram, what moves it, and how it stood the test."""

    id: str
    title: str
    told: str
    share: str
    bars: Bars
    summary: str
    influences: tuple[InfluenceView, ...]
    faint: tuple[tuple[str, str, str], ...]
    backtest: tuple[TestedView, ...]


def answer_lines(scenario: Scenario, answered: Iterable[Answered], lang: str) -> Iterator[str]:
    """Give each answer in one line, and what happened, in a language, for a terminal."""
    tell = Teller(Words(lang), scenario.start, scenario.days)
    for answer in (answer_view(a, tell, {}) for a in answered):
        share = f" ({answer.share})" if answer.share else ""
        colon = tell.words.t("sim.colon")
        yield f"{scenario.name}: {answer.title}{colon}{answer.told}{share}"
        for tested in answer.backtest:
            yield f"{scenario.name}: {tested.verdict} {tested.what} ({tested.around})"


def answer_view(answer: Answered, tell: Teller, titles: Mapping[str, str]) -> AnswerView:
    """Return an answer in words; ``titles``: the words of assumptions by name."""
    words, unit = tell.words, answer.unit
    marked = tell.ticks if unit == "day" else _counts(tell)
    spans = [(b.happened.low, b.happened.high) for b in answer.backtest]
    return AnswerView(
        id=safe_id(answer.name),
        title=tell.text(answer.title),
        told=tell.band(answer.band, unit),
        share=words.t("sim.reached", share=tell.percent(answer.band.share)) if answer.never else "",
        bars=bars(answer.edges, answer.counts, answer.band, spans, marked),
        summary=tell.band(answer.band, unit),
        influences=tuple(_influence(i, tell, titles) for i in answer.influences if i.clear),
        faint=tuple(
            (safe_id(i.assumption), i.assumption, titles.get(i.assumption, ""))
            for i in answer.influences
            if not i.clear
        ),
        backtest=tuple(_tested(b, unit, tell) for b in answer.backtest),
    )  # fmt: skip


def _tested(found: Backtested, unit: str, tell: Teller) -> TestedView:
    told, words = found.happened, tell.words
    key = "sim.around_point" if told.low == told.high and not found.within else "sim.around"
    return TestedView(
        what=tell.text(told.what) or _happened(told.low, told.high, unit, tell),
        reference=tell.reference(told.reference),
        verdict=words.t(f"sim.where.{found.where}"),
        where=found.where,
        around=words.t(
            key, below=tell.percent(found.below), within=tell.percent(found.within),
            above=tell.percent(found.above),
        ),
    )  # fmt: skip


def _influence(found: Influence, tell: Teller, titles: Mapping[str, str]) -> InfluenceView:
    move = found.correlation
    return InfluenceView(
        id=safe_id(found.assumption),
        name=found.assumption,
        title=titles.get(found.assumption, ""),
        value=tell.words.number(round(move, 2) + 0.0),
        left=round(50 + min(move, 0.0) * 50, 2),
        width=round(abs(move) * 50, 2),
    )


def _counts(tell: Teller) -> Callable[[Scale], tuple[Tick, ...]]:
    return lambda scale: scale.ticks(tell.number, 3)


def _happened(low: float, high: float, unit: str, tell: Teller) -> str:
    first, last = tell.value(low, unit), tell.value(high, unit)
    return first if first == last else f"{first} – {last}"
