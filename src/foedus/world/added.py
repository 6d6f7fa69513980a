"""What somebody adds to foedus's own register: bodies, states, persons, offices of his own.

Comes in: a folder with some of the register's files, or what a ledger kept of one. Goes out: :class:`Added`,
which :func:`foedus.world.load_world` takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from foedus.declared import read_text
from foedus.errors import FoedusError

__all__ = ["KINDS", "Added"]

KINDS = ("states", "bodies", "persons", "outlets", "places", "roles", "offices", "landmarks")
"""The register's files that may be added to: ``<kind>.yaml`` and ``<kind>/*.yaml``."""


@dataclass(frozen=True)
class Added:
    """Files added to the register: their names in ``folder``, and what they say."""

    folder: Path
    files: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Read the files of a folder.

        Raises:
            FoedusError: one cannot be read, or is none of the register's.
        """
        paths = sorted(p for p in folder.rglob("*") if p.suffix in (".yaml", ".yml"))
        return cls(folder, tuple((_name(p, folder), read_text(p)) for p in paths))

    @classmethod
    def read(cls, noted: str) -> Self:
        """Return what :meth:`noted` gave.

        Raises:
            FoedusError: it is nothing of the kind.
        """
        try:
            files = msgspec.json.decode(noted, type=tuple[tuple[str, str], ...])
        except (msgspec.DecodeError, UnicodeError) as error:
            raise FoedusError("what was added to the register cannot be read") from error
        return cls(Path("world"), files)

    def noted(self) -> str:
        """Return the files as text, to be kept: the same files give the same text, wherever they lie."""
        return msgspec.json.encode(self.files).decode("utf-8")

    def under(self, kind: str) -> tuple[tuple[Path, str], ...]:
        """Return the files of one kind, in order, with where they stand."""
        return tuple(
            (self.folder / name, text)
            for name, text in self.files
            if name == f"{kind}.yaml" or name.startswith(f"{kind}/")
        )


def _name(path: Path, folder: Path) -> str:
    name = path.relative_to(folder).as_posix()
    kind, _, rest = name.removesuffix(".yaml").partition("/")
    if kind not in KINDS or "/" in rest or path.suffix != ".yaml":
        raise FoedusError(
            "is no file of the register", where=path,
            remedy=f"call it one of: {', '.join(f'{kind}.yaml' for kind in KINDS)}",
        )  # fmt: skip
    return name
