"""Declared knowledge: YAML files that an analyst edits, checked as they are read.

Comes in: a YAML file and the record type that its content must have. Goes out: that record, or a
:class:`~foedus.errors.FoedusError` naming file, line, what is wrong and how to mend it.

Lexicons, offices, gazetteers and alliances all come through here, so that a misspelt key is found
when the file is loaded and not months later. Aliases and tags of YAML are refused: these files are
data, and may come from a stranger.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from foedus.errors import FoedusError

__all__ = ["Lines", "convert", "load_declared", "parse_declared", "read_text"]

T = TypeVar("T")
_LIMIT = 8_000_000
_DEEPEST = 50
_AS_DAY = "write a day as 2022-02-24"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Lines:
    """Where each value of a YAML file stands: ``lines.of("mechanisms", 3, "id")`` is a line."""

    def __init__(self, path: Path, root: yaml.Node | None) -> None:
        self.path = path
        self._root = root

    def of(self, *keys: str | int) -> int:
        """Return the line (from 1) of the value that ``keys`` lead to, or of its nearest parent."""
        node, line = self._root, 1
        for key in keys:
            if isinstance(node, yaml.MappingNode):
                pair = next((p for p in node.value if p[0].value == str(key)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
                if key >= len(node.value):
                    break
                node = node.value[key]
                line = node.start_mark.line + 1
            else:
                break
        return line

    def check_pattern(self, pattern: str, *keys: str | int) -> None:
        """Raise the error of this file, at the line of ``keys``, where a regular expression is none."""
        try:
            re.compile(pattern)
        except re.error as error:
            raise self.error(f"no pattern: {error}", *keys) from error

    def error(self, what: str, *keys: str | int, remedy: str = "") -> FoedusError:
        """Return the error that names this file and the line of ``keys``."""
        return FoedusError(what, where=f"{self.path}:{self.of(*keys)}", remedy=remedy)


def load_declared(path: Path, kind: type[T]) -> tuple[T, Lines]:
    """Read a YAML file into ``kind`` (a msgspec type) and tell where each value stands.

    Raises:
        FoedusError: the file cannot be read, is no YAML, repeats a key, or does not have the
            structure of ``kind``; file and line are named.
    """
    return parse_declared(read_text(path), path, kind)


def read_text(path: Path) -> str:
    """Return the text of a declared file.

    Raises:
        FoedusError: there is none, it is over 8 MB, or it is no UTF-8.
    """
    try:
        if path.exists() and not path.is_file():
            raise FoedusError("is no file", where=path, remedy="put a YAML file there")
        if path.stat().st_size > _LIMIT:
            raise FoedusError("declared file is over 8 MB", where=path, remedy="split it")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise FoedusError("is not UTF-8", where=path, remedy="save it as UTF-8") from error
    except OSError as error:
        remedy = "write it; an empty list will do" if isinstance(error, FileNotFoundError) else ""
        what = error.strerror or "cannot be read"
        raise FoedusError(what, where=path, remedy=remedy) from error


def parse_declared(text: str, path: Path, kind: type[T]) -> tuple[T, Lines]:
    """Return the text of a declared file as :func:`load_declared` does; ``path`` is what errors name."""
    try:
        _check_events(text, path)
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1 if mark else 1}"
        raise FoedusError(f"is no YAML: {error.problem}", where=where) from error
    except yaml.YAMLError as error:
        raise FoedusError(
            "is no YAML: it holds characters that no text has", where=path, remedy="save it as text"
        ) from error
    lines = Lines(path, root)
    return convert(_plain(root, path), kind, lines), lines


def convert(
    raw: object, kind: type[T], lines: Lines, *under: str | int, page: str = "declared files"
) -> T:
    """Return plain values of a file as ``kind``; ``under`` are the keys that lead to them.

    Raises:
        FoedusError: they do not have its structure; file and line are named, and the page to read.
    """
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        what, keys = _located(str(error))
        found = _named(raw, kind, keys)
        if unknown := re.search(r"unknown field `(.+?)`", what):
            found.append(unknown[1])
        remedy = _AS_DAY if "Expected `date" in what else f"see the page on {page}"
        raise lines.error(what, *under, *found, remedy=remedy) from error


_Path = list[str | int | None]


def _check_events(text: str, path: Path) -> None:
    """Refuse aliases, and nesting so deep that nobody meant it."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise FoedusError(
                "YAML aliases (*name) are not read", where=f"{path}:{line}",
                remedy="write the value out",
            )  # fmt: skip
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise FoedusError(
                f"lists and mappings are nested over {_DEEPEST} deep", where=f"{path}:{line}",
                remedy="close the brackets",
            )  # fmt: skip


def _located(message: str) -> tuple[str, _Path]:
    """Split msgspec's « … - at `$.a[2].b` » into what is wrong and where.

    msgspec writes ``[...]`` for the key of a mapping, which it does not keep: None here.
    """
    what, _, place = message.partition(" - at `")
    keys: _Path = []
    for name, index in re.findall(r"\.([^.\[\]`]+)|\[(\d+|\.\.\.)\]", place.rstrip("`")):
        keys.append(name or (None if index == "..." else int(index)))
    return what, keys


def _named(raw: Any, kind: Any, keys: _Path) -> list[str | int]:
    """Find the mapping keys that msgspec did not name: those that alone still do not convert."""
    out: list[str | int] = []
    for key in keys:
        name = key if key is not None else _offender(raw, kind, out)
        if name is None:
            break
        out.append(name)
    return out


def _offender(raw: Any, kind: Any, path: list[str | int]) -> str | None:
    node = raw
    for key in path:
        node = node[key]
    for name in node:
        try:
            msgspec.convert(_only(raw, path, name), kind)
        except msgspec.ValidationError as error:
            if " - at `" in str(error):
                return str(name)
    return None


def _only(raw: Any, path: list[str | int], name: str) -> Any:
    """Return ``raw`` with the mapping at ``path`` reduced to the entry ``name``."""
    if not path:
        return {name: raw[name]}
    inner = _only(raw[path[0]], path[1:], name)
    if isinstance(raw, list):
        return [inner if i == path[0] else item for i, item in enumerate(raw)]
    return {**raw, path[0]: inner}


def _plain(node: yaml.Node | None, path: Path) -> Any:
    """Turn YAML nodes into Python values; dates stay dates, everything odd is refused."""
    if node is None:
        return None
    where = f"{path}:{node.start_mark.line + 1}"
    if not isinstance(node, yaml.ScalarNode) and node.tag.rsplit(":", 1)[-1] not in ("map", "seq"):
        raise FoedusError(f"YAML tag {node.tag!r} is not read", where=where, remedy="remove it")
    if isinstance(node, yaml.MappingNode):
        out: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise FoedusError(
                    "a key is no word", where=f"{path}:{key.start_mark.line + 1}",
                    remedy="write a word before the colon",
                )  # fmt: skip
            if key.value in out:
                line = key.start_mark.line + 1
                raise FoedusError(
                    f"key {key.value!r} stands twice", where=f"{path}:{line}", remedy="remove one"
                )
            out[str(key.value)] = _plain(value, path)
        return out
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, path) for item in node.value]
    return _scalar(node, where)


_SCALARS = {
    "timestamp": ("date", _AS_DAY),
    "int": ("whole number of so many digits", "write fewer"),
    "float": ("number", "write one with digits"),
}


def _scalar(node: yaml.Node, where: str) -> Any:
    kind, value = node.tag.rsplit(":", 1)[-1], node.value
    try:
        if kind == "null":
            return None
        if kind == "bool":
            # "no" and "on" are words in these files, not truth values
            return {"true": True, "false": False}.get(value.lower(), value)
        if kind == "int":
            return int(value.replace("_", "")) if re.fullmatch(r"[-+]?[\d_]+", value) else value
        if kind == "float":
            return float(value)
        if kind == "timestamp":
            return date.fromisoformat(value)
    except ValueError as error:
        what, remedy = _SCALARS[kind]
        raise FoedusError(f"{value[:40]!r} is no {what}", where=where, remedy=remedy) from error
    if kind != "str":
        raise FoedusError(f"YAML tag {node.tag!r} is not read", where=where)
    return value
