"""What a chronology's columns and words are called: declared, in French and English.

Comes in: ``data/entries.yaml``. Goes out: :class:`Wording`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from babel.numbers import list_currencies

from foedus.acts import AUX_MODES, EVENT_TYPES
from foedus.declared import load_declared
from foedus.report.names import slug

__all__ = ["COLUMNS", "Wording", "load_wording"]

_DEFAULT = Path(__file__).parent.parent / "data" / "entries.yaml"

COLUMNS = (
    "date", "type", "mode", "aux", "actors", "recipients", "places", "instruments", "quantities",
    "cues", "contexts", "attributed_to", "text", "outlet", "title", "published", "url", "report",
    "author",
)  # fmt: skip
"""The columns of a chronology; only ``type`` must be there."""


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``entries.yaml``."""

    columns: dict[str, tuple[str, ...]]
    aux: dict[str, tuple[str, ...]]
    modes: dict[str, tuple[str, ...]]
    contexts: tuple[str, ...]
    multipliers: dict[str, float]
    units: dict[str, tuple[str, ...]]
    currencies: dict[str, str]
    of: tuple[str, ...]
    articles: tuple[str, ...]
    persons: dict[str, tuple[str, ...]]

    def column(self, head: str) -> str | None:
        """Return the column that a head names, or None."""
        return _called(self.columns, head)

    def mode_of_act(self, word: str) -> str | None:
        """Return the auxiliary mode that a word names, or None."""
        return _called(self.aux, word)

    def unit(self, word: str) -> str | None:
        """Return the unit that a word names: one of ``units``, or a currency's code."""
        if word.upper() in _currencies() and len(word) == 3:
            return word.upper()
        return self.currencies.get(word.casefold()) or _called(self.units, word)

    def counted_in_persons(self, word: str) -> str | None:
        """Return what a word says is counted, where that is counted in persons."""
        return _called(self.persons, word)


def _called(names: dict[str, tuple[str, ...]], word: str) -> str | None:
    wanted = slug(word)
    for code, others in names.items():
        if wanted and wanted in (slug(code), *map(slug, others)):
            return code
    return None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


@cache
def load_wording(path: Path = _DEFAULT) -> Wording:
    """Read the wording.

    Raises:
        FoedusError: the file is not as it must be; file and line are named.
    """
    found, lines = load_declared(path, Wording)
    for key, wanted, there in (
        ("columns", COLUMNS, found.columns), ("aux", AUX_MODES, found.aux),
    ):  # fmt: skip
        if set(wanted) != set(there):
            wrong = ", ".join(sorted(set(wanted) ^ set(there)))
            raise lines.error(f"missing or unknown: {wrong}", key, remedy="give one line to each")
    for name in found.modes:
        if name not in EVENT_TYPES:
            raise lines.error(f"{name} is no event type", "modes", name)
    return found
