"""What shows that a report concerns an alliance: the words of its ``topic.yaml`` and of the register.

Comes in: the alliance's folder and the world register. Goes out: :class:`TopicWording`, one a
language, for the coder to look for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Protocol

import msgspec

from foedus.alliance.folder import find_folder
from foedus.alliance.schema import AllianceFile
from foedus.declared import Lines, load_declared
from foedus.errors import FoedusError

__all__ = ["TopicWording", "load_topic"]


class TopicWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language's words in ``topic.yaml``; its groups of ``field`` mean something to readers only."""

    endings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    field: tuple[tuple[str, ...], ...] = ()


class TopicFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``topic.yaml``; the shipped one says what each key is."""

    about: tuple[str, ...]
    parties: tuple[str, ...] = ()
    least: Annotated[int, msgspec.Meta(ge=1)] = 2
    languages: dict[str, TopicWords]


class TopicWording(msgspec.Struct, frozen=True, kw_only=True):
    """Words of one language that show what a report is about.

    It concerns the topic when it holds one of ``names`` and one of ``field``, or one of ``parties`` and ``least`` different
    ones of ``field``. Each word may be followed by one of ``endings``.
    """

    language: str
    names: tuple[str, ...]
    parties: tuple[str, ...]
    field: tuple[str, ...]
    endings: tuple[str, ...]
    least: int


class Wordings(Protocol):
    """What is asked of the world register (``foedus.world.World`` is one)."""

    def wordings(self, id: str, language: str, /) -> tuple[str, ...]:  # noqa: A002
        """Return the words by which texts name an entity."""


def load_topic(where: str | Path, world: Wordings) -> tuple[TopicWording, ...]:
    """Read which reports concern the alliance in the folder ``where`` (a shipped one's name, or a path).

    Raises:
        FoedusError: there is no such alliance, it declares no topic, or the file is wrong (file and
            line are named).
    """
    folder = find_folder(where)
    path = folder / "topic.yaml"
    if not path.is_file():
        raise FoedusError(
            "this alliance does not say which reports concern it",
            where=path,
            remedy="add the file, or leave --topic out",
        )
    topic, lines = load_declared(path, TopicFile)
    head, _ = load_declared(folder / "alliance.yaml", AllianceFile)
    parties = [i for n, role in enumerate(topic.parties) for i in _ids(role, n, head, lines)]
    found = []
    for language, words in topic.languages.items():
        named = [w for i in topic.about for w in world.wordings(i, language)]
        field = tuple(w for group in words.field for w in group)
        if not field or not all(w.strip() for w in (*field, *words.names)):
            raise lines.error(
                "a word is empty, or there is none", "languages", language, remedy="give words"
            )
        found.append(
            TopicWording(
                language=language,
                names=(*named, *words.names),
                parties=tuple(w for i in parties for w in world.wordings(i, language)),
                field=field,
                endings=words.endings,
                least=topic.least,
            )
        )
    return tuple(found)


def _ids(role: str, number: int, head: AllianceFile, lines: Lines) -> Iterator[str]:
    """Return the ids that a role of ``alliance.yaml`` names."""
    for declared in head.roles:
        if declared.id == role:
            yield from declared.ids
            return
    known = ", ".join(sorted(r.id for r in head.roles))
    raise lines.error(f"{role!r} is no role", "parties", number, remedy=f"one of: {known}")
