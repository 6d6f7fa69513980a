"""Known events: dated landmarks by which tellings of one event are recognised.

Comes in: the entries of ``landmarks/*.yaml`` (:class:`LandmarkDecl`). Goes out: :class:`Landmark`s, checked: an id
that nothing bears, a mark that says nothing or a word that cannot be looked for names its file and line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from foedus.acts import DateRange, EventType
from foedus.world.folder import Declared, Origin
from foedus.world.records import Entity
from foedus.world.schema import LandmarkDecl, MarkDecl, Phrases, ReferenceDecl

__all__ = ["Landmark", "Mark", "build_landmarks"]

_BETWEEN = 3
"""Words that may stand between two of a phrase."""
_WORD = re.compile(r"[a-z0-9][a-z0-9.,-]*")


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What singles an event out: all of it must be told.

    Of a list, one. ``words``, ``beside`` and ``trigger`` are patterns by language, for text without accents and
    capitals, in which nothing of ``without`` is found; ``near`` are days after the event within which the report appeared;
    ``told``: events of which the report tells elsewhere, of one at least.
    """

    words: dict[str, str] = {}
    beside: dict[str, str] = {}
    without: dict[str, str] = {}
    trigger: dict[str, str] = {}
    places: frozenset[str] = frozenset()
    parties: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    day: bool = False
    near: int | None = None
    told: frozenset[str] = frozenset()


class Landmark(msgspec.Struct, frozen=True, kw_only=True):
    """An event that is known: what, when, who and where, as far as nobody disputes it.

    ``lasts``: it went on after its days, and is told with any later one. ``whole``: it is a war or operation
    as a whole, and no act in it. ``within``: what is told of a place in one of its places is told of it.
    """

    id: str
    names: dict[str, str]
    days: DateRange
    lasts: bool = False
    whole: bool = False
    within: bool = False
    types: tuple[EventType, ...]
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    marks: tuple[Mark, ...]
    cited: ReferenceDecl
    checked: bool = False
    file: str
    line: int


def build_landmarks(declared: Declared, known: Mapping[str, Entity]) -> dict[str, Landmark]:
    """Return the landmarks by id.

    Raises:
        FoedusError: one is not as it must be; file and line are named.
    """
    found: dict[str, Landmark] = {}
    for name, decl in declared.landmarks.items():
        origin = declared.origins["landmarks", name]
        _check(decl, origin, known)
        found[name] = Landmark(
            id=name, names=decl.names, days=_days(decl, origin), lasts=decl.lasts, whole=decl.whole,
            within=decl.within, types=tuple(decl.types), actors=tuple(decl.actors), recipients=tuple(decl.recipients),
            places=tuple(decl.places), cited=decl.reference, checked=decl.checked,
            marks=tuple(_mark(m, origin, n) for n, m in enumerate(decl.marks)),
            file=f"{origin.lines.path.parent.name}/{origin.lines.path.name}",
            line=origin.lines.of(*origin.keys),
        )  # fmt: skip
    for name, landmark in found.items():
        for n, mark in enumerate(landmark.marks):
            if unknown := sorted(mark.told - found.keys()):
                raise declared.origins["landmarks", name].error(
                    f"{unknown[0]!r} is no known event", "marks", n, "told",
                    remedy="mend the spelling",
                )  # fmt: skip
    return found


def _check(decl: LandmarkDecl, origin: Origin, known: Mapping[str, Entity]) -> None:
    for language in ("fr", "en"):
        if not decl.names.get(language, "").strip():
            raise origin.error(
                f"has no name in {language!r}", "names", remedy="say in a line what happened"
            )
    for key in ("types", "marks"):
        if not getattr(decl, key):
            raise origin.error(f"has no {key}", remedy=f"write {key}: [...]")
    for key in ("actors", "recipients", "places"):
        _refer(getattr(decl, key), known, origin, key)


def _refer(ids: Iterable[str], known: Mapping[str, Entity], origin: Origin, *at: str | int) -> None:
    for to in ids:
        if to not in known:
            raise origin.error(
                f"{to!r} is no known id", *at, remedy="declare it or mend the spelling"
            )
        if at[-1] == "places" and known[to].kind not in ("place", "state"):
            raise origin.error(f"{to!r} is a {known[to].kind}, not a place", *at, remedy="mend it")


def _days(decl: LandmarkDecl, origin: Origin) -> DateRange:
    start, end = decl.date, decl.until or decl.date
    if decl.precision == "month":
        start = start.replace(day=1)
        after = (end.replace(day=28) + timedelta(days=4)).replace(day=1)
        end = after - timedelta(days=1)
    elif decl.precision == "year":
        start, end = date(start.year, 1, 1), date(end.year, 12, 31)
    if end < start:
        raise origin.error("ends before it starts", "until", remedy="mend the days")
    return DateRange(start, end, "day" if start == end else "range")


def _mark(decl: MarkDecl, origin: Origin, number: int) -> Mark:
    at = ("marks", number)
    telling = (decl.words, decl.trigger, decl.places, decl.parties, decl.instruments, decl.cues)
    if not any(telling):
        raise origin.error(
            "a mark names no word, place, party, instrument or cue: it would fit anything", *at,
            remedy="say by what the event is recognised",
        )  # fmt: skip
    if (decl.with_ or decl.without) and not (decl.words or decl.trigger):
        raise origin.error(
            "`with` or `without` stands by itself", *at, remedy="write `words` or `trigger` too"
        )
    if decl.near is not None and decl.near < 0:
        raise origin.error("`near` is less than no day", *at, remedy="write a number of days")
    return Mark(
        words=_patterns(decl.words, origin, *at, "words"),
        beside=_patterns(decl.with_, origin, *at, "with"),
        without=_patterns(decl.without, origin, *at, "without"),
        trigger=_patterns(decl.trigger, origin, *at, "trigger"),
        places=frozenset(decl.places), parties=frozenset(decl.parties),
        instruments=frozenset(decl.instruments), cues=frozenset(decl.cues),
        day=decl.day, near=decl.near, told=frozenset(decl.told),
    )  # fmt: skip


def _patterns(phrases: Phrases, origin: Origin, *at: str | int) -> dict[str, str]:
    """Return one pattern a language, with what all languages share (``any``) in each."""
    common = [_pattern(p, origin, *at, "any", n) for n, p in enumerate(phrases.get("any", ()))]
    found = {
        language: [_pattern(p, origin, *at, language, n) for n, p in enumerate(some)]
        for language, some in phrases.items()
    }
    if common:
        found = {name: [*own, *common] for name, own in found.items() if name != "any"}
        found["any"] = common
    return {name: rf"\b(?:{'|'.join(some)})" for name, some in found.items()}


def _pattern(phrase: str, origin: Origin, *at: str | int) -> str:
    """Return the pattern of beginnings of words, one after the other, a few others between them."""
    words = phrase.split()
    plain = unicodedata.normalize("NFKD", phrase).encode("ascii", "ignore").decode().lower()
    if not words or plain != phrase or not all(map(_WORD.fullmatch, words)):
        raise origin.error(
            f"{phrase!r} is not looked for as it is written", *at,
            remedy="write beginnings of words, in small letters, without accents or apostrophes",
        )  # fmt: skip
    between = rf"[\w'’]*(?:[^\w]+[\w'’]+){{0,{_BETWEEN}}}?[^\w]+"
    return between.join(map(re.escape, words))
