"""What the aid tracker knows by declaration: items, classes, stages, the order of columns.

Comes in: ``data/aid.yaml``. Goes out: :class:`Tracker`.
"""

from __future__ import annotations

import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import msgspec

from foedus.acts import EVENT_TYPES
from foedus.declared import load_declared
from foedus.report.names import slug

__all__ = ["Item", "Stage", "Tracker", "load_tracker"]

_DEFAULT = Path(__file__).parent / "data" / "aid.yaml"

Stage = Literal["announced", "committed", "delivered"]


class _Declared(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of the file: a misspelt key is an error."""


class Item(_Declared, frozen=True, kw_only=True):
    """A thing given: its class, what it is a kind of, the tracker's type and sub-type."""

    class_: str = msgspec.field(name="class")
    within: str | None = None
    kind: tuple[str, str] | None = None
    called: tuple[str, ...] = ()


class ClassNames(_Declared, frozen=True, kw_only=True):
    """A class of items: the general type it comes under, its names."""

    general: str
    en: str
    fr: str


class Stages(_Declared, frozen=True, kw_only=True):
    """The stage of an act told as done, and of one told as still to come."""

    done: Stage
    future: Stage


class Reference(_Declared, frozen=True, kw_only=True):
    """Where an order of columns is from."""

    body: str
    title: str
    date: datetime.date


class Layout(_Declared, frozen=True, kw_only=True):
    """The columns of the two tables of weapons: after the item, ``columns``, then donors by name."""

    reference: Reference
    checked: bool = False
    under: dict[str, str]
    columns: tuple[str, str, str, str]
    donors: dict[str, str]


class Tracker(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """The content of ``aid.yaml``."""

    stages: dict[str, Stages]
    cues: tuple[str, ...]
    decided: dict[str, tuple[str, ...]]
    window: int
    classes: dict[str, ClassNames]
    items: dict[str, Item]
    kiel: Layout

    @cached_property
    def _called(self) -> dict[str, str]:
        found = {slug(name): key for key, item in self.items.items() for name in item.called}
        return found | {slug(key): key for key in self.items}

    def item_called(self, name: str) -> str | None:
        """Return the item that a person's word names, or None."""
        return self._called.get(slug(name))

    def chain(self, item: str) -> tuple[str, ...]:
        """Return the item and what it is a kind of, nearest first."""
        found: list[str] = []
        at: str | None = item
        while at is not None and at not in found:
            found.append(at)
            known = self.items.get(at)
            at = known.within if known is not None else None
        return tuple(found)


@cache
def load_tracker(path: Path = _DEFAULT) -> Tracker:
    """Read the file.

    Raises:
        FoedusError: the file is not as it must be, or names a class, item or type that is not there;
            file and line are named.
    """
    found, lines = load_declared(path, Tracker)
    for name in found.stages:
        if name not in EVENT_TYPES:
            raise lines.error(f"{name} is no event type", "stages", name)
    for key, item in found.items.items():
        if item.class_ not in found.classes:
            raise lines.error(f"{item.class_!r} is no class", "items", key)
        if item.within is not None and item.within not in found.items:
            raise lines.error(f"{item.within!r} is no item", "items", key)
    called: dict[str, str] = {}
    for key, item in found.items.items():
        for name in item.called:
            if called.setdefault(slug(name), key) != key:
                raise lines.error(f"{name!r} names two items", "items", key, "called")
    return found
