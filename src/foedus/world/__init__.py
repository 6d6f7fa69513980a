"""The world as the press names it: states, bodies, persons, offices, outlets, places.

Comes in: the YAML files of a folder (``data/``: dated, referenced, edited by analysts). Goes out: a
:class:`World` that tells who an id is, who held an office on a day, for which side somebody speaks,
what an outlet is, and where a text names any of them::

    world = load_world()
    world.find("Le président russe a appelé Kiev.", "fr")
    world.holder("secretary-general-of-nato", day(date(2022, 2, 24)))   # "jens-stoltenberg"

Who declares an alliance of invented states and bodies adds them (:class:`Added`).

Errors in the files name file and line (:class:`~foedus.errors.FoedusError`).
"""

from __future__ import annotations

from foedus.world.added import Added
from foedus.world.landmarks import Landmark, Mark
from foedus.world.records import (
    Control,
    Entity,
    EntityKind,
    Mention,
    NameForm,
    Outlet,
    Ownership,
    Tenure,
)
from foedus.world.register import World, load_world

__all__ = [
    "Added",
    "Control",
    "Entity",
    "EntityKind",
    "Landmark",
    "Mark",
    "Mention",
    "NameForm",
    "Outlet",
    "Ownership",
    "Tenure",
    "World",
    "load_world",
]
