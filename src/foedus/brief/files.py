"""The folder that a brief is written to, and how a file gets there: whole or not at all.

Comes in: paths and text. Goes out: files.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from foedus.errors import FoedusError

__all__ = ["FOLDER", "PAGE", "make_folder", "write_atomically"]

PAGE = "brief.html"
"""The name of the brief in its folder."""
FOLDER = "simulations"
"""The name of the folder of simulations beside it."""


def make_folder(out: Path) -> None:
    """Make the folder to write in, or say that there is a file of that name."""
    if out.exists() and not out.is_dir():
        raise FoedusError("is a file", where=out, remedy="name a folder to write in")
    out.mkdir(parents=True, exist_ok=True)


def write_atomically(path: Path, text: str) -> Path:
    """Write a file whole or not at all, and return its path.

    Raises:
        OSError: the machine refuses, and names ``path``; the file that was there stays.
    """
    # A name of its own for each run: two runs at once must not write into one another.
    part = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if isinstance(error, OSError):
            # The part's name says nothing to a person, and a failed write names no file at all.
            error.filename, error.filename2 = os.fspath(path), None
        raise
    return path
