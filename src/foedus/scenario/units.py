"""Units of scenario files: what is written with its unit becomes a number in the unit wanted.

Comes in: ``36 loads/day`` or ``40 km/h`` as text, and the unit that a place in the file asks for
(``load/day``, ``km/day``). Goes out: a float in that unit. Hours cannot be read as kilometres, nor
loads as persons: every counted thing is a dimension of its own (Pint's registry, filled from
``data/units.yaml``). Only a number and a unit are read; nothing in a file is evaluated.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from foedus.declared import load_declared
from foedus.errors import FoedusError

if TYPE_CHECKING:
    import pint

__all__ = ["Quantity", "Units"]

DATA = Path(__file__).parent / "data" / "units.yaml"
_NUMBER = re.compile(r"\s*([-+]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?)\s*(.*?)\s*", re.S)
_UNIT = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\s+[A-Za-z][A-Za-z0-9_]*)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    definitions: tuple[str, ...]
    counts: tuple[str, ...]
    plurals: dict[str, str]


class Quantity(NamedTuple):
    """A number and its unit as written (``1`` where it has none)."""

    number: float
    unit: str


@cache
def _declared() -> _File:
    return load_declared(DATA, _File)[0]


class Units:
    """The units that a file may write: the shipped ones, and the things that the file counts itself.

    Raises:
        FoedusError: one of ``counts`` is no name, or a unit's name already.
    """

    def __init__(self, counts: Iterable[str] = ()) -> None:
        # A third of a second: only who reads a scenario pays for it.
        import pint

        file = _declared()
        self._registry: pint.UnitRegistry[float] = pint.UnitRegistry(None)
        for line in file.definitions:
            self._registry.define(line)
        for name in file.counts:
            self._registry.define(f"{name} = [{name}]")
        for plural, name in file.plurals.items():
            self._registry.define(f"@alias {name} = {plural}")
        self._counted = list(file.counts)
        for name in counts:
            self._count(name)

    def _count(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            raise FoedusError(
                f"{name!r} is no name of a thing", remedy="letters, digits and _ : shell_155mm"
            )
        if self._known(name):
            raise FoedusError(f"{name!r} is counted already", remedy="remove it")
        self._registry.define(f"{name} = [{name}]")
        self._counted.append(name)

    def _known(self, name: str) -> bool:
        return name in self._registry

    def read(self, text: object) -> Quantity:
        """Return the number and the unit of what a file writes: ``36 loads/day``, ``5 %``, ``0.3``.

        Raises:
            FoedusError: it is no number with a unit, or the unit is not known.
        """
        found = _NUMBER.fullmatch(str(text)) if not isinstance(text, bool) else None
        if found is None:
            raise FoedusError(f"{text!r} is no quantity", remedy="write it as 36 loads/day")
        number = float(found[1].replace("_", ""))
        if not math.isfinite(number):
            raise FoedusError(f"{text!r} is too large")
        return Quantity(number, self.unit(found[2]))

    def unit(self, text: str) -> str:
        """Return a unit in one way of writing (``1`` for none).

        Raises:
            FoedusError: it is not known.
        """
        plain = " ".join(text.replace("%", " percent ").split())
        parts = [p.strip() for p in re.split(r"/|\bper\b", plain)] if plain else ["1"]
        for at, part in enumerate(parts):
            if not (_UNIT.fullmatch(part) or (at == 0 and part == "1")):
                raise FoedusError(f"{text!r} is no unit", remedy="write it as loads/day")
            for word in part.split():
                if word != "1" and not self._known(word):
                    raise FoedusError(f"unit {word!r} is not known", remedy=self._remedy())
        return "/".join(" * ".join(part.split()) for part in parts)

    def _remedy(self) -> str:
        return f"count it under `counts:`, or use one of: day, km, {', '.join(self._counted)}"

    def convert(self, quantity: Quantity, unit: str) -> float:
        """Return a quantity in ``unit``.

        Raises:
            FoedusError: it is of another kind (hours are no kilometres).
        """
        return quantity.number * self.factor(quantity.unit, unit)

    def factor(self, unit: str, wanted: str) -> float:
        """Return how many ``wanted`` one ``unit`` is. All units here are scales: zero is zero.

        Raises:
            FoedusError: they are of different kinds.
        """
        if unit == wanted:
            return 1.0
        have = self._registry.parse_units(unit) if unit != "1" else self._registry.Unit("")
        want = self._registry.parse_units(wanted) if wanted != "1" else self._registry.Unit("")
        if have.dimensionality != want.dimensionality:
            there = "has no unit" if unit == "1" else f"is in {unit.replace(' * ', ' ')}"
            if wanted == "1":
                raise FoedusError(f"{there}, and a plain number is wanted")
            raise FoedusError(f"{there}, and {wanted} is wanted", remedy=f"give it in {wanted}")
        return float(self._registry.convert(1.0, have, want))
