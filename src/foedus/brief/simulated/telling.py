"""Numbers, days and wording of an outcome in a language.

Comes in: a language's words, the scenario's first day and how many days it covers. Goes out: text.
"""

from __future__ import annotations

import math
from datetime import date, timedelta

from foedus.brief.simulated.charts import Scale, Tick
from foedus.brief.words import Words
from foedus.scenario import Band, Reference, Text

__all__ = ["Teller"]

_LONG = 200
"""Days from which on the year is told with every day."""


class Teller:
    """Writes numbers, days and wording of an outcome in a language."""

    def __init__(self, words: Words, start: date, days: int) -> None:
        self.words, self.start = words, start
        self._long = days > _LONG

    def text(self, text: Text) -> str:
        """Return wording in the language, else in the first there is."""
        return self.words.wording(text)

    def number(self, value: float) -> str:
        """Return a number to three figures: more would claim what no draw can know."""
        return self.words.number(float(f"{value:.3g}") + 0.0)

    def percent(self, share: float) -> str:
        """Return a share in percent; what is not quite none or all is not rounded to it."""
        whole = self.words.number(round(share * 100))
        if 0 < share < 0.005:
            whole = "<1"
        elif 0.995 <= share < 1:
            whole = ">99"
        return self.words.t("amount.percent", amount=whole)

    def day(self, value: float) -> str:
        """Return the day that lies ``value`` days after the start, short; of years the month."""
        on = self.start + timedelta(days=math.floor(value))
        return self.words.short_day(on, "yMMM" if self._long else "MMMd")

    def ticks(self, scale: Scale) -> tuple[Tick, ...]:
        """Return the days marked on a scale."""
        return scale.ticks(self.day, 3, whole=True)

    def when(self, value: float | None) -> str:
        """Return « day 3.4 (28 Feb) », or never; cut off, so that number and date are of one day."""
        if value is None:
            return self.words.t("sim.never")
        cut = math.floor(value * 10) / 10
        day = self.words.number(math.floor(value) if self._long else cut)
        on = self.start + timedelta(days=math.floor(value))
        date_ = self.words.short_day(on, "yMMMd" if self._long else "MMMd")
        return self.words.t("sim.day", day=day, date=date_)

    def value(self, value: float | None, unit: str) -> str:
        """Return a value of an answer in words."""
        if unit == "day":
            return self.when(value)
        return self.words.t("sim.never") if value is None else self.of(self.number(value), unit)

    def of(self, number: str, unit: str) -> str:
        """Return a number with its unit."""
        return f"{number} {self.unit(unit)}".rstrip()

    def unit(self, unit: str) -> str:
        """Return a unit in words: the catalogue's for common ones, else as the file has it."""
        counted, _, per = unit.replace(" * ", " ").partition("/")
        words = "" if counted == "1" else " ".join(self._known("unit", w) for w in counted.split())
        return f"{words}/{self._known('per', per)}" if per else words

    def _known(self, family: str, word: str) -> str:
        one = word.removesuffix("s") if len(word) > 1 else word
        key = f"{family}.{one}"
        return self.words.t(key) if self.words.has(key) else word.replace("_", " ")

    def days(self, band: Band) -> str:
        """Return « 2.5 (1–4) days »."""
        low, mid, high = (
            "∞" if v is None else self.words.number(round(v, 1)) for v in (band.low, band.mid, band.high)
        )  # fmt: skip
        return self.words.t("sim.span", low=low, mid=mid, high=high)

    def band(self, band: Band, unit: str) -> str:
        """Return the three percentiles in words."""
        low, mid, high = (self.value(v, unit) for v in (band.low, band.mid, band.high))
        return self.words.t("sim.band", low=low, mid=mid, high=high)

    def reference(self, reference: Reference | None) -> str:
        """Return whose figure it is, in one line."""
        if reference is None:
            return self.words.t("sim.judged")
        when = ""
        if isinstance(reference.date, int):
            when = str(reference.date)
        elif reference.date is not None:
            whole = self.words.day(reference.date)
            when = {
                "year": str(reference.date.year),
                "month": self.words.short_day(reference.date, "yMMMM"),
            }.get(reference.precision or "", whole)
        parts = [self.text(reference.body), self.text(reference.title), when]
        return ", ".join(part for part in parts if part)
