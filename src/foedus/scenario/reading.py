"""What the reader of a section is given: quantities with their units, dates, errors with their line.

Comes in: the file's lines, its units and assumptions, its first day and how many days it covers. Goes
out: a :class:`~foedus.scenario.assumptions.Value` for each quantity, or a
:class:`~foedus.errors.FoedusError` that names file and line, before anything runs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from foedus.declared import Lines, convert
from foedus.errors import FoedusError
from foedus.scenario.assumptions import Assumption, Value
from foedus.scenario.units import Units

if TYPE_CHECKING:
    from foedus.scenario.state import State

__all__ = ["Reading", "Written"]

T = TypeVar("T")
Written = str | int | float
"""How a file writes a quantity: ``36 loads/day``, ``0.3`` or ``$name_of_an_assumption``."""
_NAME = re.compile(r"\$([A-Za-z][A-Za-z0-9_]*)")


@dataclass(frozen=True)
class Reading:
    """A file being read. ``under`` are the keys of the section; keys given to a method come after them.

    ``state`` is what the ledger of ``from:`` holds (None without one). ``used`` collects the names of
    the assumptions that some value asked for, ``told`` those that the ledger gave beside the file's.
    """

    lines: Lines
    units: Units
    assumptions: Mapping[str, Assumption]
    start: date
    days: int
    state: State | None = None
    under: tuple[str | int, ...] = ()
    used: set[str] = field(default_factory=set)
    told: dict[str, Assumption] = field(default_factory=dict)

    def at(self, *keys: str | int) -> Reading:
        """Return the same reading further down in the file."""
        return replace(self, under=(*self.under, *keys))

    def elsewhere(self, lines: Lines) -> Reading:
        """Return the same reading for another file (a network that the scenario names)."""
        return replace(self, lines=lines, under=())

    def convert(self, raw: object, kind: type[T]) -> T:
        """Return the section's plain values as a msgspec type, or say which line is wrong."""
        return convert(raw, kind, self.lines, *self.under, page="scenario files")

    def error(self, what: str, *keys: str | int, remedy: str = "") -> FoedusError:
        """Return the error that names the file and the line of ``keys``."""
        return self.lines.error(what, *self.under, *keys, remedy=remedy)

    def value(
        self,
        written: Written,
        unit: str,
        *keys: str | int,
        least: float = -math.inf,
        most: float = math.inf,
    ) -> Value:
        """Return a quantity in ``unit`` (``load/day``; ``1`` for a plain number), which stands at ``keys``.

        Raises:
            FoedusError: it has another unit, names no assumption, or may lie outside ``least`` … ``most``.
        """
        try:
            value = self._value(written, unit)
        except FoedusError as error:
            raise self.error(
                f"{str(written)!r} {error.what}", *keys, remedy=error.remedy
            ) from error
        if value.least < least or value.greatest > most:
            found = value.least if value.least < least else value.greatest
            limit = f"under {least:g}" if value.least < least else f"over {most:g}"
            raise self.error(
                f"{str(written)!r} may be {found:g}, {limit}", *keys,
                remedy=f"give {least:g} or more" if most == math.inf
                else f"give what lies between {least:g} and {most:g}",
            )  # fmt: skip
        return value

    def probability(self, written: Written, *keys: str | int) -> Value:
        """Return a probability (a share, ``30 %``): between 0 and 1."""
        return self.value(written, "1", *keys, least=0.0, most=1.0)

    def number(
        self, written: Written, unit: str, *keys: str | int, least: float = -math.inf
    ) -> float:
        """Return a quantity that is known: no assumption may stand there."""
        value = self.value(written, unit, *keys, least=least)
        if value.assumption is not None:
            raise self.error(
                f"{written!r} is an assumption", *keys, remedy=f"write a figure in {unit} here"
            )
        return value.constant

    def day(self, written: date | Written, *keys: str | int) -> Value:
        """Return a time in days from the start: of a date (its 00:00 UTC), or of ``3 days``."""
        if isinstance(written, date):
            return Value(constant=float((written - self.start).days))
        return self.value(written, "day", *keys)

    def _value(self, written: Written, unit: str) -> Value:
        if isinstance(written, str) and written.lstrip().startswith("$"):
            named = _NAME.fullmatch(written.strip())
            assumption = self.assumptions.get(named[1]) if named else None
            if assumption is None:
                known = ", ".join(sorted(self.assumptions)) or "none is declared"
                raise FoedusError("names no assumption", remedy=f"one of: {known}")
            factor = self.units.factor(assumption.unit, unit)
            self.used.add(assumption.name)
            return Value(assumption=assumption, factor=factor)
        return Value(constant=self.units.convert(self.units.read(written), unit))
