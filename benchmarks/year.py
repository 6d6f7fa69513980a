"""A generated year of reports: so many acts a day, told by outlets, copied, misdated and contradicted.

Comes in: a seed. Goes out: coded reports in order of the day they appeared, without reading or parsing
anything: what is measured with them is the ledger. Nothing is tuned to how the ledger finds its way:
outlets, actors, cues and the number of reports that tell of one event follow Zipf's law; a few days are
five times as busy as others; one report in four is an agency's text with small edits; figures differ,
days are left out or wrong by one, denials and announcements stand beside deeds; reports bear a day, a
span of two days, a month, or nothing; one in a hundred is corrected later under its own address.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, NamedTuple

import msgspec
from yearwords import (
    AGENCIES,
    BODIES,
    BROAD,
    MODES,
    NARROW,
    OUTLETS,
    PERSONS,
    PLACES,
    STATES,
    TOOLS,
    TYPES,
    Zipf,
    word,
)

from foedus.acts import (
    Act,
    Amount,
    DateRange,
    Record,
    Span,
    Statement,
    TimeExpression,
    day,
    record_id,
)
from foedus.report.records import Report

__all__ = ["ACTS_A_REPORT", "Coded", "year"]

Coded = tuple[Report, tuple[Record, ...]]
ACTS_A_REPORT = 20
FIRST, DAYS = date(2022, 1, 1), 365
_EVENTS_A_REPORT = 6.5
"""New events of a day for each of its reports: with 20 acts each, an act has two to three others."""


class _Event(NamedTuple):
    """Something that happened, or was said to, on a day."""

    on: date
    act: Act
    size: float


class _Year:
    def __init__(self, seed: int) -> None:
        self._chance = chance = random.Random(seed)
        self._who = Zipf(chance, [*STATES[:4], *BODIES[:2], *PERSONS, *STATES[4:], *BODIES[2:]])
        self._states, self._places = Zipf(chance, STATES), Zipf(chance, PLACES)
        self._tools, self._types = Zipf(chance, TOOLS), Zipf(chance, TYPES, 0.8)
        self._narrow, self._broad = Zipf(chance, NARROW, 0.9), Zipf(chance, BROAD)
        self._outlets = Zipf(chance, OUTLETS)
        self._words = [word(chance) for _ in range(30_000)]
        self._word_weights = list(accumulate(1 / (n + 8) for n in range(len(self._words))))

    def days(self, reports: int) -> Iterator[list[Coded]]:
        """Yield each day's reports; ``reports`` in the whole year, on average that many a day."""
        recent: list[_Event] = []
        texts: list[tuple[date, Coded]] = []
        late: dict[date, list[Coded]] = {}
        serial = 0
        for number in range(DAYS):
            today = FIRST + timedelta(days=number)
            busy = 3.0 if self._chance.random() < 0.04 else 0.9
            count = max(1, round(reports / DAYS * busy * (0.7 if today.weekday() > 4 else 1.12)))
            recent = [e for e in recent if (today - e.on).days <= 25]
            recent += [self._event(today) for _ in range(round(count * _EVENTS_A_REPORT))]
            weights = list(
                accumulate(e.size / (1 + abs((today - e.on).days)) ** 1.7 for e in recent)
            )
            texts = [t for t in texts if (today - t[0]).days <= 2]
            out = late.pop(today, [])
            for _ in range(count):
                serial += 1
                if texts and self._chance.random() < 0.25:
                    made = self._copy(self._chance.choice(texts)[1], today, serial)
                else:
                    made = self._report(today, recent, weights, serial)
                    texts.append((today, made))
                out.append(made)
                if self._chance.random() < 0.01:
                    then = today + timedelta(days=self._chance.randrange(1, 4))
                    late.setdefault(then, []).append(self._corrected(made, then))
            yield out

    def _event(self, today: date) -> _Event:
        chance = self._chance
        kind = self._types.one()
        aux: tuple[Any, ...] = ()
        drawn = chance.random()
        if drawn < 0.07:
            aux = ("hypothetical",)
        elif drawn < 0.11:
            aux = ("historical",)
        elif drawn < 0.22:
            aux = ("future",)
        elif drawn < 0.28:
            aux = ("negation",)
        cues: tuple[str, ...] = ()
        if chance.random() < 0.35:
            cues = (self._narrow.one(),)
        if chance.random() < 0.35:
            cues = tuple(sorted({*cues, self._broad.one()}))
        amounts: tuple[Amount, ...] = ()
        tools = self._tools.some(2) if chance.random() < 0.5 else ()
        if tools and chance.random() < 0.4:
            amounts = (Amount(value=float(round(10 ** chance.uniform(0.5, 4))), unit="item", of=tools[0],
                              span=(0, 1)),)  # fmt: skip
        happened = today - timedelta(days=chance.choices((0, 1, 2, 9), (60, 30, 7, 3))[0])
        if "future" in aux:
            happened = today + timedelta(days=chance.randrange(1, 20))
        act = Act(
            id="", report="", span=(0, 1), trigger=(0, 1), type=kind,  # type: ignore[arg-type]
            mode=chance.choice(MODES) if chance.random() < 0.5 else None,
            actors=tuple(sorted({self._who.one() for _ in range(chance.choices((1, 2, 4), (85, 11, 4))[0])})),
            recipients=(self._states.one(),) if chance.random() < 0.65 else (),
            places=(self._places.one(),) if chance.random() < 0.4 else (),
            instruments=tools, cues=cues, aux=aux, quantities=amounts,
            rule=f"{kind.lower()}.yaml:{chance.randrange(1, 25)} frame",
        )  # fmt: skip
        return _Event(happened, act, min(60.0, chance.paretovariate(1.1)))

    def _report(
        self, today: date, recent: Sequence[_Event], weights: Sequence[float], serial: int
    ) -> Coded:
        count = max(1, round(self._chance.gauss(ACTS_A_REPORT, 6)))
        told = self._chance.choices(recent, cum_weights=weights, k=count)
        sentences = [self._sentence() for _ in told]
        acts = [self._told(event, today) for event in told]
        return self._made(sentences, acts, today, self._outlets.one(), serial)

    def _told(self, event: _Event, today: date) -> Act:
        """One telling: something left out, a figure changed, a day named or not, or wrong by one."""
        chance, act = self._chance, event.act
        changes: dict[str, Any] = {}
        for name, leaves in (("actors", 0.12), ("recipients", 0.3), ("places", 0.4),
                             ("instruments", 0.2), ("mode", 0.3), ("cues", 0.25)):  # fmt: skip
            if chance.random() < leaves:
                changes[name] = None if name == "mode" else ()
        if act.quantities and chance.random() < 0.2:
            amount = act.quantities[0]
            value = float(max(1, round(amount.value * chance.choice((0.1, 0.5, 0.9, 1.2, 2)))))
            changes["quantities"] = (msgspec.structs.replace(amount, value=value),)
        if chance.random() < 0.03 and not act.aux:
            changes["aux"] = ("negation",)
        when = None
        away = (event.on - today).days
        drawn = chance.random()
        wrong = chance.choice((-1, 1)) if chance.random() < 0.04 else 0
        if drawn < 0.22:
            when = TimeExpression(span=(0, 1), offset=away + wrong)
        elif drawn < 0.36 and -6 <= away <= 6:
            on = event.on + timedelta(days=wrong)
            side: Any = "future" if away > 0 else "past"
            when = TimeExpression(span=(0, 1), value=f"XXXX-WXX-{on.isoweekday()}", direction=side)
        elif drawn < 0.45:
            when = TimeExpression(span=(0, 1), value=f"XXXX-{event.on:%m-%d}")
        elif drawn < 0.5:
            when = TimeExpression(span=(0, 1), value=(event.on + timedelta(days=wrong)).isoformat())
        return msgspec.structs.replace(act, when=when, **changes)

    def _made(
        self, sentences: Sequence[str], acts: Sequence[Act], today: date, outlet: str, serial: int,
        url: str | None = None,
    ) -> Coded:  # fmt: skip
        text = " ".join(sentences)
        name = hashlib.sha256(f"{serial} {text}".encode()).hexdigest()
        records: list[Record] = []
        at = 0
        for number, (sentence, act) in enumerate(zip(sentences, acts, strict=True)):
            span: Span = (at, at + len(sentence))
            at = span[1] + 1
            own = msgspec.structs.replace(
                act, id=record_id(name, "act", span, act.type), report=f"r{serial:06}", source=name,
                span=span, trigger=(span[0], span[0] + 5),
            )  # fmt: skip
            if number % 5 == 2:
                said = record_id(name, "statement", span)
                via = (self._outlets.one(),) if self._chance.random() < 0.1 else ()
                records.append(
                    Statement(id=said, report=own.report, source=name, span=span, form="indirect",
                              speaker=(own.actors or (None,))[0], via=via)
                )  # fmt: skip
                own = msgspec.structs.replace(own, statement=said)
            records.append(own)
        report = Report(
            hash=name, label=f"r{serial:06}", path=f"r{serial:06}.txt", text=text, encoding="utf-8",
            language="fr", body=((0, len(text)),), outlet=outlet, dates=self._dates(today),
            url=url or f"https://{outlet}.example/{serial}",
        )  # fmt: skip
        return report, tuple(records)

    def _dates(self, today: date) -> tuple[DateRange, ...]:
        drawn = self._chance.random()
        if drawn < 0.92:
            return (day(today),)
        if drawn < 0.96:
            return (DateRange(today, today + timedelta(days=1), "range"),)
        if drawn < 0.98:
            following = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
            return (DateRange(today.replace(day=1), following - timedelta(days=1), "month"),)
        return ()

    def _copy(self, of: Coded, today: date, serial: int) -> Coded:
        """Another outlet's run of the same text: cut, with a word changed here and there."""
        text, acts = of[0].text, [r for r in of[1] if isinstance(r, Act)]
        kept = [a for a in acts if self._chance.random() < 0.85] or acts[:1]
        sentences = []
        for act in kept:
            words = text[slice(*act.span)].split(" ")
            if self._chance.random() < 0.1:
                words[self._chance.randrange(len(words))] = self._chance.choice(self._words)
            sentences.append(" ".join(words))
        plain = [msgspec.structs.replace(a, statement=None) for a in kept]
        outlet = (
            self._chance.choice(AGENCIES) if self._chance.random() < 0.2 else self._outlets.one()
        )
        return self._made(sentences, plain, today, outlet, serial)

    def _corrected(self, of: Coded, today: date) -> Coded:
        """The same address with a new text: an act less, a sentence more."""
        report, records = of
        acts = [r for r in records if isinstance(r, Act)]
        kept = acts[:-1] or acts
        sentences = [report.text[slice(*a.span)] for a in kept]
        sentences[0] = f"{self._sentence()[:-1]} {sentences[0]}"
        plain = [msgspec.structs.replace(a, statement=None) for a in kept]
        serial = int(report.label[1:])
        made = self._made(sentences, plain, today, report.outlet or "", serial, report.url)
        return msgspec.structs.replace(made[0], label=report.label + "-corrected"), made[1]

    def _sentence(self) -> str:
        count = self._chance.randrange(14, 26)
        words = self._chance.choices(self._words, cum_weights=self._word_weights, k=count)
        return " ".join(words).capitalize() + "."


def year(reports: int, *, seed: int = 1949) -> Iterator[list[Coded]]:
    """Yield the days of a year that has about ``reports`` reports, each with twenty acts or so."""
    return _Year(seed).days(reports)
