"""The ledger's tables as JSON Lines, one file each.

Comes in: rows (msgspec records). Goes out: files that are byte for byte the same for the same
knowledge, whatever the order in which it arrived. Each is written beside its place and then moved
there, so that a crash leaves the old file or the new one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from foedus.errors import FoedusError

__all__ = ["write_tables"]

_encode = msgspec.json.Encoder(order="deterministic").encode


def write_tables(folder: Path, tables: Mapping[str, Iterable[Any]]) -> tuple[Path, ...]:
    """Write each table to ``folder/NAME.jsonl`` and return the paths, in the tables' order.

    Raises:
        FoedusError: the folder cannot be made or written; the file is named.
    """
    written: list[Path] = []
    target = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in tables.items():
            target = folder / f"{name}.jsonl"
            _write(target, rows)
            written.append(target)
    except OSError as error:
        raise FoedusError(
            error.strerror or "cannot be written", where=target,
            remedy="free space there or name another folder",
        ) from error  # fmt: skip
    return tuple(written)


def _write(target: Path, rows: Iterable[Any]) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for row in rows:
                file.write(_encode(row) + b"\n")
        # mkstemp gives a file that only its owner reads; an export is for whoever may read the folder.
        beside.chmod(0o644)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
