"""Read the register's folder: every YAML file, checked entry by entry.

Comes in: a folder laid out as ``world/data``, and what is added to it. Goes out: :class:`Declared`, the entries
of all files under their ids, and where each stands, so that an error can name file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from foedus.declared import Lines, load_declared, parse_declared
from foedus.errors import FoedusError
from foedus.world.added import Added
from foedus.world.schema import (
    AliasDecl,
    BodiesFile,
    BodyDecl,
    LandmarkDecl,
    LandmarksFile,
    MatchingFile,
    OfficeDecl,
    OfficesFile,
    OutletDecl,
    OutletsFile,
    PartDecl,
    PersonDecl,
    PersonsFile,
    PlaceDecl,
    PlacesFile,
    RoleDecl,
    RolesFile,
    StateDecl,
    StatesFile,
    Wording,
)

__all__ = ["Declared", "Origin", "read_folder"]

F = TypeVar("F")
E = TypeVar("E")
_STATE = re.compile(r"[A-Z]{3}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDED_STATE = re.compile(rf"{_STATE.pattern}|{_SLUG.pattern}")
"""A made-up state has no code of ISO 3166-1."""


@dataclass(frozen=True)
class Origin:
    """Where an entry stands: its file's lines and the keys that lead to it."""

    lines: Lines
    keys: tuple[str | int, ...]

    def error(self, what: str, *more: str | int, remedy: str = "") -> FoedusError:
        """Return the error that names the file and the line of this entry, or of a key in it."""
        return self.lines.error(what, *self.keys, *more, remedy=remedy)


@dataclass
class Declared:
    """All entries of the folder under their ids; ``origins`` is keyed by table and id.

    ``added`` are the tables and ids that came with what is added.
    """

    states: dict[str, StateDecl] = field(default_factory=dict)
    bodies: dict[str, BodyDecl] = field(default_factory=dict)
    persons: dict[str, PersonDecl] = field(default_factory=dict)
    outlets: dict[str, OutletDecl] = field(default_factory=dict)
    places: dict[str, PlaceDecl] = field(default_factory=dict)
    parts: dict[str, PartDecl] = field(default_factory=dict)
    roles: dict[str, RoleDecl] = field(default_factory=dict)
    aliases: dict[str, AliasDecl] = field(default_factory=dict)
    offices: dict[str, OfficeDecl] = field(default_factory=dict)
    languages: dict[str, Wording] = field(default_factory=dict)
    landmarks: dict[str, LandmarkDecl] = field(default_factory=dict)
    office_files: dict[str, OfficesFile] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    added: set[tuple[str, str]] = field(default_factory=set)


def _files(folder: Path, name: str) -> Iterator[Path]:
    """Yield ``name.yaml`` and ``name/*.yaml``, sorted: the order of files on disk is no order."""
    single = folder / f"{name}.yaml"
    found = sorted((folder / name).glob("*.yaml"))
    if single.is_file():
        found.insert(0, single)
    if not found:
        raise FoedusError(
            f"has neither {name}.yaml nor {name}/*.yaml", where=folder, remedy="add the file"
        )
    yield from found


def _loaded(source: Path | Added, name: str, kind: type[F]) -> Iterator[tuple[F, Lines]]:
    if isinstance(source, Added):
        for path, text in source.under(name):
            yield parse_declared(text, path, kind)
    else:
        for path in _files(source, name):
            yield load_declared(path, kind)


class _Reader:
    """Fills a :class:`Declared`, refusing an id that stands twice or is not formed as it should."""

    def __init__(self) -> None:
        self.out = Declared()
        self._adding = False

    def read(self, source: Path | Added) -> None:
        """Take in every file of a folder, or of what is added to it."""
        out = self.out
        self._adding = isinstance(source, Added)
        for states, lines in _loaded(source, "states", StatesFile):
            self.take(out.states, "states", states.states, lines)
        for bodies, lines in _loaded(source, "bodies", BodiesFile):
            self.take(out.bodies, "bodies", bodies.bodies, lines)
        for persons, lines in _loaded(source, "persons", PersonsFile):
            self.take(out.persons, "persons", persons.persons, lines)
        for outlets, lines in _loaded(source, "outlets", OutletsFile):
            self.take(out.outlets, "outlets", outlets.outlets, lines)
        for places, lines in _loaded(source, "places", PlacesFile):
            self.take(out.places, "places", places.places, lines)
            self.take(out.parts, "parts", places.parts, lines)
        if isinstance(source, Added) or any(source.glob("landmarks*")):
            for events, lines in _loaded(source, "landmarks", LandmarksFile):
                self.take(out.landmarks, "landmarks", events.landmarks, lines)
        for roles, lines in _loaded(source, "roles", RolesFile):
            self.take(out.roles, "roles", roles.roles, lines)
            self.take(out.aliases, "aliases", roles.aliases, lines)
        for offices, lines in _loaded(source, "offices", OfficesFile):
            self.take(out.offices, "offices", offices.offices, lines)
            out.office_files.update(dict.fromkeys(offices.offices, offices))

    def take(self, table: dict[str, E], name: str, entries: Mapping[str, E], lines: Lines) -> None:
        """Add the entries of one file's section ``name`` to ``table``."""
        state = _ADDED_STATE if self._adding else _STATE
        shape = state if name == "states" else _SLUG
        for key, entry in entries.items():
            origin = Origin(lines, (name, key))
            if name != "languages" and not shape.fullmatch(key):
                want = "a three-letter code" if shape is _STATE else "a slug of small letters"
                raise origin.error(f"{key!r} is no id", remedy=f"write {want}")
            if key in table:
                first = self.out.origins[name, key]
                where = f"{first.lines.path.name}:{first.lines.of(*first.keys)}"
                raise origin.error(f"{key!r} stands twice, first in {where}", remedy="remove one")
            _check_names(entry, origin)
            table[key] = entry
            self.out.origins[name, key] = origin
            if self._adding:
                self.out.added.add((name, key))


def _check_names(entry: Any, origin: Origin) -> None:
    """Refuse wordings that are empty or are in no language."""
    for section in (
        "names",
        "weak",
        "adjectives",
        "weak_adjectives",
        "inhabitants",
        "seats",
        "weak_seats",
    ):
        wordings = getattr(entry, section, {})
        for language, words in wordings.items():
            if not re.fullmatch(r"any|[a-z]{2,3}", language):
                raise origin.error(
                    f"{language!r} is no language", section, language, remedy="write fr, en or any"
                )
            for index, word in enumerate([words] if isinstance(words, str) else words):
                if not word.replace("|", "").strip():
                    raise origin.error(
                        "a name is empty", section, language, index, remedy="write or remove it"
                    )


def read_folder(folder: Path, added: Added | None = None) -> Declared:
    """Read every file of the register in ``folder``, and what is added to it.

    Raises:
        FoedusError: a file is missing, misspelt or repeats an id; file and line are named.
    """
    reader = _Reader()
    reader.read(folder)
    for matching, lines in _loaded(folder, "matching", MatchingFile):
        reader.take(reader.out.languages, "languages", matching.languages, lines)
    if added is not None:
        reader.read(added)
    return reader.out
