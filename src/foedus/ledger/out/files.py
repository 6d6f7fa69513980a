"""Writing files that are whole or not there.

Comes in: a folder, and for each file's name what writes it. Goes out: the files' paths. Each is
written beside its place and then moved there, so that a crash leaves the old file or the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from foedus.errors import FoedusError

__all__ = ["Producer", "of_lines", "write_files"]

Producer = Callable[[Path], None]
"""Writes a whole file to the path it is given; an empty file is there already."""


def of_lines(lines: Iterable[str | bytes]) -> Producer:
    """Return what writes ``lines`` one after the other, text as UTF-8; they bring their line ends."""

    def produce(path: Path) -> None:
        with path.open("wb") as file:
            for line in lines:
                file.write(line.encode("utf-8", "replace") if isinstance(line, str) else line)

    return produce


def write_files(folder: Path, producers: Mapping[str, Producer]) -> tuple[Path, ...]:
    """Write each file to ``folder`` and return the paths, in the order given.

    Raises:
        FoedusError: the folder cannot be made or written; the file is named.
    """
    written: list[Path] = []
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, produce in producers.items():
            target = folder / name
            _write(target, produce)
            written.append(target)
    except OSError as error:
        raise FoedusError(
            error.strerror or "cannot be written", where=target,
            remedy="free space there or name another folder",
        ) from error  # fmt: skip
    return tuple(written)


def _write(target: Path, produce: Producer) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        produce(beside)
        # mkstemp gives a file that only its owner reads; an export is for whoever may read the folder.
        beside.chmod(0o644)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
