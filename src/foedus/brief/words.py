"""The brief's words: catalogues in gettext form, names of entities, dates and numbers.

Comes in: a language that has a catalogue under ``locale/``, and the register that names entities.
Goes out: the words for a message id, a code of the vocabulary, a date, an amount, a list. Message
ids are keys (``section.chronology``), so that no language is the original of another. Dates,
numbers and lists follow the Unicode CLDR by way of Babel.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from babel.core import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal

from foedus.acts import Amount, DateRange, Quantity
from foedus.brief.passages import visible
from foedus.errors import FoedusError

if TYPE_CHECKING:
    from foedus.world.records import Entity

__all__ = ["LOCALE", "Names", "Words", "catalogue_keys", "languages"]

LOCALE = Path(__file__).parent / "locale"
_MILLION = 1_000_000
_LARGEST = 1e15
"""From here on a number is no count of anything: it is shown as it is written in the record."""
_SIBLINGS = {"instrument": "of", "of": "instrument"}
"""Families that share words: what is used and what is counted."""
_FAMILIES = (
    "status",
    "stage",
    "standing",
    "polarity",
    "detail",
    "type",
    "aux",
    "cue",
    "role",
    "entity",
)
"""Where the word for a bare code is looked for."""
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Names(Protocol):
    """What names entities: the world register, or a stand-in."""

    def entity(self, entity_id: str, /) -> Entity | None:
        """Return the entity of that id, or None."""


def languages() -> tuple[str, ...]:
    """Return the languages that have a catalogue, sorted."""
    return tuple(sorted(p.parent.parent.name for p in LOCALE.glob("*/LC_MESSAGES/foedus.po")))


@cache
def _catalogue(language: str) -> tuple[gettext.GNUTranslations, frozenset[str]]:
    """Compile a language's catalogue in memory, so that only its source is kept."""
    if language not in languages():
        raise FoedusError(
            f"no catalogue for language {language!r}", remedy=f"choose {' or '.join(languages())}"
        )
    path = LOCALE / language / "LC_MESSAGES" / "foedus.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    keys = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue if m.id}
    return gettext.GNUTranslations(compiled), frozenset(keys)


def catalogue_keys(language: str) -> frozenset[str]:
    """Return the message ids of a language's catalogue."""
    return _catalogue(language)[1]


class _Blank(dict[str, str]):
    """Values of a message; one that is missing leaves a dash rather than an error."""

    def __missing__(self, key: str) -> str:
        return "–"


class Words:
    """The words of one language.

    ``declared`` are words that an alliance brings along, by code and language
    (``{"stage.asked": {"fr": "demandé"}}``); they go before the catalogue's.

    Raises:
        FoedusError: the language has no catalogue.
    """

    def __init__(
        self,
        language: str,
        names: Names | None = None,
        declared: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self.language = language
        self._texts, self._keys = _catalogue(language)
        self._locale = Locale.parse(language)
        self._names = names
        self._declared = declared or {}
        self._credited: Mapping[str, str] = {}

    def naming(self, credited: Mapping[str, str]) -> Words:
        """Return these words with names, by id, for whoever the register does not know."""
        words = copy(self)
        words._credited = credited
        return words

    def has(self, key: str) -> bool:
        """Whether the catalogue has the message."""
        return key in self._keys

    def t(self, key: str, /, **values: object) -> str:
        """Return the message with its values put in; an unknown key is shown as words."""
        if key not in self._keys:
            return _as_words(key.rpartition(".")[2])
        return self._texts.gettext(key).format_map(_Blank({k: str(v) for k, v in values.items()}))

    def n(self, key: str, count: int, /, **values: object) -> str:
        """Return the message in the number of ``count``, which is its value ``n``."""
        text = self._texts.ngettext(key, key, count)
        shown = _Blank({k: str(v) for k, v in values.items()}, n=self.number(count))
        return text.format_map(shown)

    def code(self, family: str, value: str) -> str:
        """Return the word for a code (``code("type", "AID")``); an unknown one is shown as words."""
        key = f"{family}.{value}"
        own = self._declared.get(key, {})
        if name := own.get(self.language) or next(iter(own.values()), ""):
            return visible(name)
        if key not in self._keys and family in _SIBLINGS:
            key = f"{_SIBLINGS[family]}.{value}"
        return self.t(key) if key in self._keys else _as_words(value)

    def stage(self, mechanism: str, stage: str) -> str:
        """Return the word for a stage: its mechanism's own, else the common one."""
        if self.declares(f"stage.{mechanism}.{stage}"):
            return self.code("stage", f"{mechanism}.{stage}")
        return self.t(f"stage.{stage}") if self.has(f"stage.{stage}") else self.code("stage", stage)

    def wording(self, text: str | Mapping[str, str]) -> str:
        """Return wording that a file brings: in this language, else in the first it has."""
        if isinstance(text, str):
            return visible(text)
        return visible(text.get(self.language) or next(iter(text.values()), ""))

    def declares(self, code: str) -> bool:
        """Whether the alliance brings a word for the code."""
        return code in self._declared

    def party(self, code: str) -> str:
        """Return the words for a role of the alliance's rules, or the name of an entity."""
        key = f"role.{code}"
        known = self.declares(key) or self.has(key)
        return self.code("role", code) if known else self.entity(code)

    def entity(self, entity_id: str) -> str:
        """Return the name of a state, body, person, outlet or place."""
        found = self._names.entity(entity_id) if self._names else None
        if found is not None:
            name = found.names.get(self.language) or next(iter(found.names.values()), "")
            if name:
                return visible(name)
        if self.has(f"entity.{entity_id}"):
            return self.t(f"entity.{entity_id}")
        if entity_id in self._credited:
            return visible(self._credited[entity_id])
        for family in ("of", "instrument"):
            if self.has(f"{family}.{entity_id}"):
                return self.t(f"{family}.{entity_id}")
        return _as_name(entity_id)

    def entities(self, ids: Iterable[str]) -> str:
        """Return the names of entities as a list in words."""
        return self.list(self.entity(i) for i in ids)

    def list(self, items: Iterable[str]) -> str:
        """Return « a, b et c »."""
        return format_list(list(items), locale=self._locale)

    def either(self, items: Iterable[str]) -> str:
        """Return « a, b ou c »."""
        return str(format_list(list(items), style="or", locale=self._locale))

    def number(self, value: float) -> str:
        """Return a number as the language writes it."""
        if not abs(value) < _LARGEST:
            return f"{value:.6g}"
        return str(format_decimal(value, locale=self._locale))

    def day(self, value: date) -> str:
        """Return a day in words; the last day of the calendar stands for no limit."""
        if value == date.max:
            return self.t("date.no_limit")
        return self._first(format_date(value, "long", locale=self._locale))

    def short_day(self, value: date, skeleton: str = "MMMd") -> str:
        """Return a day as an axis has it (« 25 févr. »), or what a CLDR skeleton keeps of it."""
        return self._first(str(format_skeleton(skeleton, value, locale=self._locale)))

    def range(self, value: DateRange | None) -> str:
        """Return what is known of a date in words."""
        if value is None:
            return self.t("date.unknown")
        if value.start == value.end:
            return self.day(value.start)
        if value.precision == "month":
            return str(format_skeleton("yMMMM", value.start, locale=self._locale))
        if value.precision == "year" and value.start.year == value.end.year:
            return str(value.start.year)
        text = format_interval(value.start, value.end, "yMMMMd", locale=self._locale)
        return self._first(str(text))

    def ranges(self, values: Iterable[DateRange]) -> str:
        """Return alternatives: « a ou b »."""
        items = [self.range(v) for v in values]
        if not items:
            return self.t("date.unknown")
        return self.either(items)

    def amount(self, amount: Amount | Quantity) -> str:
        """Return « environ 2 000 soldats », « 50 millions USD » with what is counted."""
        if amount.value is None:
            return self.code("of", amount.of) if amount.of else ""
        number = self._valued(amount.value, amount.unit)
        if amount.max is not None:
            number = self.t("amount.range", low=number, high=self._valued(amount.max, amount.unit))
        if amount.at_least:
            number = self.t("amount.at_least", amount=number)
        elif amount.approx:
            number = self.t("amount.approx", amount=number)
        counted = amount.of or (
            amount.unit if amount.unit in ("person", "day", "country") else None
        )
        if not counted:
            return number
        word = self.code("of", counted)
        money = amount.unit is not None and amount.unit in self._locale.currencies
        return f"{number} ({word})" if money else f"{number} {word}"

    def value(self, text: str) -> str:
        """Return the words for a value of a reason: dates, ids and codes become readable."""
        if "/" in text and all(_ISO_DAY.fullmatch(p) for p in text.split("/", 1)):
            start, end = sorted(date.fromisoformat(p) for p in text.split("/", 1))
            return self.range(DateRange(start, end, "day" if start == end else "range"))
        parts = re.split(r",\s*|\s+(?=\S)", text)
        if len(parts) <= 40 and all(map(self._known, parts)):
            return self.list(self._known(p) or p for p in parts)
        return visible(self._known(text) or text)

    def _known(self, text: str) -> str | None:
        if _ISO_DAY.fullmatch(text):
            try:
                return self.day(date.fromisoformat(text))
            except ValueError:
                return None
        if self._names is not None and self._names.entity(text) is not None:
            return self.entity(text)
        for family in _FAMILIES:
            if self.has(f"{family}.{text}"):
                return self.t(f"{family}.{text}")
        return None

    def _valued(self, value: float, unit: str | None) -> str:
        if unit == "percent":
            return self.t("amount.percent", amount=self.number(value))
        number = self.number(value)
        if not unit or unit not in self._locale.currencies:
            return number
        if _MILLION <= abs(value) < _LARGEST and round(value / 10_000) * 10_000 == value:
            # A whole number as such: CLDR's plural of 1.0 is not that of 1.
            whole = int(value) if value == int(value) else value
            number = format_compact_decimal(
                whole, format_type="long", locale=self._locale, fraction_digits=2
            )
        return f"{number} {unit}"

    def _first(self, text: str) -> str:
        """Write the first of a month as the language does, where it starts the date."""
        first = re.match(r"1(?=[ –])", text)
        return self.t("date.first") + text[1:] if first else text


def _as_words(code: str) -> str:
    return visible(code).replace("-", " ").replace("_", " ")


def _as_name(slug: str) -> str:
    words = _as_words(slug)
    return " ".join(w[:1].upper() + w[1:] for w in words.split()) if slug.islower() else words
