"""Which files are reports: folders walked in sorted order, every trouble told in one line.

Comes in: files and folders. Goes out: :class:`Listed` files with their labels, and a
:class:`~foedus.report.records.Failure` for each path that cannot be read. In a folder, hidden files,
``README*`` and files of data (:data:`DATA_SUFFIXES`) are not reports, and a folder below that holds a
``.foedusignore`` is left out; a file named outright is read whatever its name.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from foedus.errors import FoedusError, oneline
from foedus.report.records import Failure

__all__ = [
    "DATA_SUFFIXES",
    "IGNORE",
    "LIMIT",
    "Listed",
    "failure",
    "list_files",
    "read_bytes",
    "shown",
]

LIMIT = 20_000_000
"""Largest report, in bytes. A report is some kilobytes; more is a mistake."""
IGNORE = ".foedusignore"
"""An empty file of this name keeps the folder it lies in out of a walk that began above it."""
DATA_SUFFIXES = frozenset(
    [
        ".csv",
        ".tsv",
        ".json",
        ".jsonl",
        ".ndjson",
        ".yaml",
        ".yml",
        ".md",
        ".rst",
        ".duckdb",
        ".parquet",
        ".xlsx",
        ".py",
    ]
)
"""Files that stand beside reports in a folder without being reports."""

_WHY = {
    errno.ENOENT: ("is not there (any more)", "check the name"),
    errno.EACCES: ("may not be read", "change its permissions"),
    errno.EPERM: ("may not be read", "change its permissions"),
    errno.ELOOP: ("is a link that leads to itself", "remove the link"),
    errno.EISDIR: ("is a folder", "give the folder's files"),
    errno.ENAMETOOLONG: ("has too long a name", "rename it"),
}


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """A file to read, and the label that reports carry of it."""

    path: Path
    label: str


def shown(path: Path | str) -> str:
    """Return a path fit to print and to store: one line, no control or undecodable characters."""
    return oneline(os.fsencode(path).decode("utf-8", "replace"), limit=1000)


def failure(path: Path, error: FoedusError | OSError) -> Failure:
    """Return the one line that says why ``path`` could not be read and what to do."""
    if isinstance(error, OSError):
        what, remedy = _WHY.get(
            error.errno or 0, (f"cannot be read: {error.strerror or error}", "check the disk")
        )
        error = FoedusError(what, remedy=remedy)
    told = FoedusError(error.what, where=shown(path), remedy=error.remedy)
    return Failure(path=shown(path), message=str(told))


def list_files(paths: Sequence[Path]) -> tuple[tuple[Listed, ...], tuple[Failure, ...]]:
    """Return the reports' files in sorted order, each once, with the paths that failed.

    Raises:
        FoedusError: nothing was given, or what was given holds no file at all.
    """
    files: dict[str, Path] = {}
    failures: list[Failure] = []
    for path in paths:
        for found in _walk(Path(path)):
            if isinstance(found, Failure):
                failures.append(found)
            else:
                files.setdefault(os.path.abspath(found), found)  # noqa: PTH100 (keeps links)
    if not files and not failures:
        where = ", ".join(shown(p) for p in paths) or None
        raise FoedusError(
            "there is nothing to read", where=where, remedy="give .txt files or a folder of them"
        )
    # sorted by the whole path as bytes: the same on every machine, whatever order was given
    ordered = [files[key] for key in sorted(files, key=os.fsencode)]
    listed = tuple(
        Listed(path=path, label=label)
        for path, label in zip(ordered, _labels(ordered), strict=True)
    )
    return listed, tuple(sorted(set(failures), key=lambda f: (f.path, f.message)))


def _walk(path: Path) -> Iterator[Path | Failure]:
    """Yield the files under ``path``; links are followed, a loop of links is told."""
    try:
        info = path.stat()
    except OSError as error:
        yield failure(path, error)
        return
    if stat.S_ISDIR(info.st_mode):
        yield from _folder(path, seen=set())
    else:
        yield path


def _folder(root: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Failure]:
    """Walk without recursion: folders nest as deep as the file system allows."""
    stack: list[tuple[Path, tuple[tuple[int, int], ...]]] = [(root, ())]
    while stack:
        folder, above = stack.pop()
        try:
            info = folder.stat()
            here = (info.st_dev, info.st_ino)
            if here in above:
                loop = FoedusError("is a loop of folders", remedy="remove the link")
                yield failure(folder, loop)
                continue
            if here in seen:
                continue
            seen.add(here)
            with os.scandir(folder) as entries:
                names = sorted((e.name for e in entries), key=os.fsencode)
        except OSError as error:
            yield failure(folder, error)
            continue
        if IGNORE in names and folder != root:
            continue
        for name in names:
            entry = folder / name
            if _is_folder(entry):
                if not name.startswith("."):
                    stack.append((entry, (*above, here)))
            elif _is_report(name):
                yield entry


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False


def _is_report(name: str) -> bool:
    return not (
        name.startswith(".")
        or name.upper().startswith(("README", "LICENSE", "LICENCE"))
        or Path(name).suffix.lower() in DATA_SUFFIXES
    )


def _labels(paths: Sequence[Path]) -> list[str]:
    """Name each file: without its extension, or its path below the common folder if not unique."""
    plain = [shown(p.stem) for p in paths]
    count = Counter(plain)
    if all(n == 1 for n in count.values()):
        return plain
    whole = [os.path.abspath(p) for p in paths]  # noqa: PTH100 (keeps links)
    common = os.path.commonpath([os.path.dirname(p) for p in whole])  # noqa: PTH120
    labels: list[str] = []
    used: Counter[str] = Counter()
    for name, path in zip(plain, whole, strict=True):
        label = name if count[name] == 1 else shown(Path(path).relative_to(common).as_posix())
        used[label] += 1
        labels.append(label if used[label] == 1 else f"{label} ({used[label]})")
    return labels


def read_bytes(path: Path) -> bytes:
    """Return the file's bytes, never more than :data:`LIMIT`.

    Raises:
        FoedusError: too large, or no regular file (a pipe would be waited on for ever).
        OSError: the system's own reasons.
    """
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):
        raise FoedusError("is not a regular file", remedy="give a text file")
    if info.st_size > LIMIT:
        raise _too_large(info.st_size)
    with path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise _too_large(len(data))
    return data


def _too_large(size: int) -> FoedusError:
    return FoedusError(
        f"is too large for a report ({size / 1e6:.0f} MB, the limit is {LIMIT / 1e6:.0f} MB)",
        remedy="split it into one file a report",
    )
