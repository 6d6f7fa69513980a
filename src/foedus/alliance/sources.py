"""The files of a folder that declares an alliance, as read: content, and where each value stands."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from foedus.alliance.schema import (
    ActsFile,
    AllianceFile,
    ArticlesFile,
    CuesFile,
    ForcesFile,
    MechanismsFile,
    MembersFile,
)
from foedus.declared import Lines

__all__ = ["Declared", "Loaded"]

T = TypeVar("T")


class Loaded(Generic[T]):
    """A file's content and where each value of it stands."""

    def __init__(self, path: Path, value: T, lines: Lines) -> None:
        self.path = path
        self.value = value
        self.lines = lines


@dataclass(frozen=True)
class Declared:
    """The files of an alliance's folder, read."""

    folder: Path
    alliance: Loaded[AllianceFile]
    articles: Loaded[ArticlesFile]
    members: Loaded[MembersFile]
    cues: Loaded[CuesFile]
    forces: Loaded[ForcesFile]
    mechanisms: list[Loaded[MechanismsFile]]
    history: list[Loaded[ActsFile]]
