"""The cells of one row, read into an act and the source it cites.

Comes in: the text of each cell by column. Goes out: an :class:`~foedus.ledger.hand.records.Entry`, or
what is wrong in which column: everything that is, not only the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec

from foedus.acts import (
    AUX_MODES,
    EVENT_TYPES,
    Act,
    Amount,
    Aux,
    DateRange,
    EventType,
    Span,
    record_id,
)
from foedus.ledger.cells import guarded, unguarded
from foedus.ledger.hand.names import Names
from foedus.ledger.hand.records import Cited, Entry, WrongError, entry_id
from foedus.ledger.hand.wording import COLUMNS, Wording, load_wording
from foedus.ledger.tracker import Tracker, load_tracker
from foedus.ledger.typed import DayOrder, UnclearError, typed_days, typed_figure
from foedus.report.names import slug

__all__ = ["Mistakes", "RowReader"]

T = TypeVar("T")
Mistakes = list[tuple[str, WrongError]]
"""What is wrong, by column."""

_LONGEST = {"text": 20_000, "title": 1_000, "url": 2_000}
_USUAL = 1_000
_OVERRIDES = re.compile("[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_DAYS = "write 2022-02-24, 2022-02, 2022 or 2022-02-18/2022-02-24"
_BETWEEN = " · "
_PIECES = re.compile(r"[;|\n]|,\s+(?=[~≥>\d])")


class RowReader:
    """Reads rows; what it looks things up in is loaded once."""

    def __init__(
        self, names: Names, cues: Collection[str] | None = None, order: DayOrder | None = None
    ) -> None:
        """``cues`` are those that an alliance declares (None: any); ``order`` is that of 04/03/2022."""
        self._names, self._cues, self._order = names, cues, order
        self._wording: Wording = load_wording()
        self._tracker: Tracker = load_tracker()

    def entry(self, cells: Mapping[str, str], *, file: str, by: str) -> Entry | Mistakes:
        """Return the row's entry, or everything that is wrong in it.

        ``by`` is its author where the row names none.
        """
        wrong: Mistakes = []
        told = {
            column: clean
            for column in COLUMNS
            if (clean := _take(wrong, column, _clean, cells.get(column, ""), column))
        }
        author = told.pop("author", "") or by
        text, spans = _written(told)
        own = entry_id(file, author, text)
        cited = self._cited(told, wrong)
        act = self._act(told, spans, own, file, (0, len(text)), wrong)
        if not author:
            wrong.append(
                ("author", WrongError("nobody is named", "name the author, or say --by NAME"))
            )
        if not set(told) & {"actors", "recipients", "places", "instruments", "quantities", "text"}:
            said = WrongError(
                "the row says nothing beside its type", "say who, to whom, where or what"
            )
            wrong.append(("type", said))
        if wrong:
            return wrong
        return Entry(id=own, file=file, by=author, act=act, text=text, cited=cited)

    def _act(
        self, told: Mapping[str, str], spans: Mapping[str, Span], own: str, file: str, whole: Span,
        wrong: Mistakes,
    ) -> Act:  # fmt: skip
        """Return the act; where something is wrong, it is noted, and the act is not to be used."""
        kind = _take(wrong, "type", _type, told.get("type", ""))
        modes = self._each(told, "aux", self._aux, wrong)
        act = Act(
            id="", report=file, source=own, span=whole, trigger=spans.get("type", whole),
            type=kind or "AGREE",
            mode=_take(wrong, "mode", self._mode, told.get("mode", ""), kind),
            aux=tuple(sorted((_aux_mode(m) for m in modes), key=AUX_MODES.index)),
            actors=self._each(told, "actors", self._names.party, wrong),
            recipients=self._each(told, "recipients", self._names.party, wrong),
            places=self._each(told, "places", self._names.place, wrong),
            instruments=self._each(told, "instruments", self._thing, wrong),
            quantities=self._amounts(told.get("quantities", ""), spans, wrong),
            cues=self._each(told, "cues", self._cue, wrong),
            contexts=self._each(told, "contexts", self._context, wrong),
            date=_take(wrong, "date", self._days, told.get("date", "")),
            attributed_to=_take(wrong, "attributed_to", self._speaker, told.get("attributed_to", "")),
        )  # fmt: skip
        return msgspec.structs.replace(act, id=record_id(own, "act", whole, act.trigger, act.type))

    def _speaker(self, text: str) -> str | None:
        return self._names.party(text) if text else None

    def _each(
        self, told: Mapping[str, str], column: str, reader: Callable[[str], str], wrong: Mistakes
    ) -> tuple[str, ...]:
        found = (_take(wrong, column, reader, part) for part in _parts(told.get(column, "")))
        return tuple(dict.fromkeys(value for value in found if value))

    def _days(self, text: str) -> DateRange | None:
        if not text:
            return None
        try:
            return typed_days(text, self._order)
        except UnclearError as two:
            raise WrongError(f"{text} may be {two}", "write it so, or say --day-order") from None
        except (ValueError, OverflowError):
            raise WrongError(f"{text!r} is no date", _DAYS) from None

    def _mode(self, text: str, kind: EventType | None) -> str | None:
        if not text or kind is None:
            return None
        known = self._wording.modes.get(kind, ())
        if slug(text) not in known:
            remedy = f"one of: {', '.join(known)}" if known else "leave it empty"
            raise WrongError(f"{kind} has no mode {text!r}", remedy)
        return slug(text)

    def _aux(self, text: str) -> str:
        found = self._wording.mode_of_act(text)
        if found is None:
            raise WrongError(f"{text!r} is no auxiliary mode", f"some of: {', '.join(AUX_MODES)}")
        return found

    def _thing(self, text: str) -> str:
        return self._tracker.item_called(text) or _slugged(text)

    def _cue(self, text: str) -> str:
        return _one_of("cue", slug(text), self._cues)

    def _context(self, text: str) -> str:
        return _one_of("context", slug(text), self._wording.contexts)

    def _amounts(self, cell: str, spans: Mapping[str, Span], wrong: Mistakes) -> tuple[Amount, ...]:
        found: list[Amount] = []
        at = 0
        for piece in _PIECES.split(cell):
            start = cell.index(piece, at) + len(piece) - len(piece.lstrip())
            at = start + len(piece.strip())
            if piece.strip():
                span = (spans["quantities"][0] + start, spans["quantities"][0] + at)
                amount = _take(wrong, "quantities", self._amount, piece.strip(), span)
                found += [amount] if amount is not None else []
        return tuple(found)

    def _amount(self, text: str, span: Span) -> Amount:
        """Read « 120 tanks », « 33 millions EUR », « ≥1000 person of soldiers »."""
        plain = re.sub(r"^([~≥>=]*)\s*([€$£])\s*(.+)$", r"\1\3 \2", text)
        try:
            figure, rest = typed_figure(plain, self._wording.multipliers)
        except UnclearError as two:
            raise WrongError(f"{text!r} may be {two}", "write thousands without a comma") from None
        except ValueError:
            raise WrongError(
                f"{text!r} does not begin with a figure",
                "write 120 tanks, ~20 drones, ≥1000 person of soldiers, 33 million EUR",
            ) from None
        unit, of = self._counted(rest, text)
        return Amount(unit=unit, of=of, span=span, **figure._asdict())

    def _counted(self, rest: str, text: str) -> tuple[str, str | None]:
        words = rest.replace("d'", "d' ").replace("d’", "d' ").split()
        unit = self._wording.unit(words[0]) if words else None
        words = words[1:] if unit is not None else words
        while words and words[0].casefold() in self._wording.of:
            words = words[1:]
        named = " ".join(words)
        if not named:
            return unit or "item", None
        if not re.search(r"[^\W\d_]", named):
            raise WrongError(f"{text!r} has a second figure", "divide figures by a semicolon")
        people = self._wording.counted_in_persons(named)
        if people is not None:
            return unit or "person", people
        return unit or "item", self._thing(named)

    def _cited(self, told: Mapping[str, str], wrong: Mistakes) -> Cited | None:
        url = _take(wrong, "url", _address, told.get("url", "")) or ""
        date = _take(wrong, "published", self._days, told.get("published", ""))
        outlet = self._names.outlet(told["outlet"]) if "outlet" in told else None
        if outlet is None and url:
            outlet = self._names.outlet_at(url)
        title, report = told.get("title", ""), told.get("report", "")
        if not (outlet or title or url or report):
            if date is not None:
                said = WrongError(
                    "there is a day, but no source that appeared on it", "name its outlet"
                )
                wrong.append(("published", said))
            return None
        return Cited(outlet=outlet, title=title, date=date, url=url, report=report)


def _take(wrong: Mistakes, column: str, reader: Callable[..., T], *more: Any) -> T | None:
    """Return what ``reader`` makes of a cell; what is wrong in it is noted."""
    try:
        return reader(*more)
    except WrongError as found:
        wrong.append((column, found))
        return None


def _clean(text: str, column: str) -> str:
    """Return a cell without blanks round it or a guard of ours before it."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if guarded(unguarded(text)) == text:
        text = unguarded(text)
    for c in text:
        if (unicodedata.category(c) == "Cc" and c not in "\t\n") or _OVERRIDES.match(c):
            raise WrongError(f"holds the invisible character U+{ord(c):04X}", "remove it")
    if column != "text":
        text = " ".join(text.split())
    limit = _LONGEST.get(column, _USUAL)
    if len(text) > limit:
        raise WrongError(f"is {len(text)} characters long", f"at most {limit} are kept")
    return text


def _written(told: Mapping[str, str]) -> tuple[str, dict[str, Span]]:
    """Return the row as one text, and where each cell's own words stand in it."""
    spans: dict[str, Span] = {}
    text = ""
    for column, cell in told.items():
        text += f"{_BETWEEN if text else ''}{column}: "
        spans[column] = (len(text), len(text) + len(cell))
        text += cell
    return text, spans


def _parts(cell: str) -> Iterable[str]:
    """Give the names of a list: divided by « ; » or « | » or, where there is neither, by commas."""
    divider = r"[;|\n]" if re.search(r"[;|\n]", cell) else r","
    return (part for piece in re.split(divider, cell) if (part := piece.strip()))


def _type(text: str) -> EventType:
    plain = text.strip().upper()
    if plain not in EVENT_TYPES:
        what = f"{text!r} is no event type" if text else "there is no event type"
        near = get_close_matches(plain, EVENT_TYPES, n=2)
        raise WrongError(what, f"did you mean {' or '.join(near)}?" if near else _any(EVENT_TYPES))
    found: EventType = msgspec.convert(plain, EventType)
    return found


def _aux_mode(name: str) -> Aux:
    found: Aux = msgspec.convert(name, Aux)
    return found


def _slugged(text: str) -> str:
    found = slug(text)
    if not found:
        raise WrongError(f"{text!r} names nothing", "write a word")
    return found


def _one_of(what: str, found: str, known: Collection[str] | None) -> str:
    if known is not None and found not in known:
        near = get_close_matches(found, sorted(known), n=3)
        remedy = f"did you mean {' or '.join(near)}?" if near else _any(sorted(known))
        raise WrongError(f"{found!r} is no {what}", remedy)
    return found


def _any(known: Iterable[str]) -> str:
    return f"one of: {', '.join(known)}"


def _address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s<>\"']+", text, re.IGNORECASE):
        raise WrongError(f"{text!r} is no address", "write it whole: https://…")
    return text
