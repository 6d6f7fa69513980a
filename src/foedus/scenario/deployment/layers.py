"""Nodes and links in two layers: those of the network file, and what the scenario says of them.

Comes in: the section, and the network that it names (shipped, or a file beside the scenario). Goes out:
for each node and link an :class:`Entry`, whose every field knows the file and line it came from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, TypeVar

from foedus.declared import load_declared
from foedus.scenario.assumptions import Reference
from foedus.scenario.deployment.written import NetworkFile, Section, WrittenLink, WrittenNode
from foedus.scenario.reading import Reading

__all__ = ["Entry", "layered"]

T = TypeVar("T", WrittenNode, WrittenLink)
SHIPPED = Path(__file__).parent.parent / "data"


class Entry(Generic[T]):
    """What is written of one node or link, the scenario's own word after the network's."""

    def __init__(self) -> None:
        self.written: list[tuple[T, Reading]] = []

    def get(self, name: str) -> tuple[Any, Reading]:
        """Return what a field says, and the reading for errors about it; None where nothing does."""
        for record, reading in reversed(self.written):
            value = getattr(record, name)
            if value is not None:
                return value, reading
        return None, self.written[-1][1]


def layered(
    section: Section, reading: Reading
) -> tuple[
    Mapping[str, Entry[WrittenNode]], Mapping[str, Entry[WrittenLink]], tuple[Reference, ...]
]:
    """Return nodes and links by id, those of the network first, and whose data the network is.

    Raises:
        FoedusError: there is no such network, it cannot be read, or an id stands twice in one file.
    """
    nodes: dict[str, Entry[WrittenNode]] = {}
    links: dict[str, Entry[WrittenLink]] = {}
    sources: tuple[Reference, ...] = ()
    if section.network is not None:
        file, lines = load_declared(_place(section.network, reading), NetworkFile)
        there = reading.elsewhere(lines)
        _add(nodes, file.nodes, there, "nodes")
        _add(links, file.links, there, "links")
        sources = tuple(file.references.values())
    _add(nodes, section.nodes, reading, "nodes")
    _add(links, section.links, reading, "links")
    return nodes, links, sources


def _add(found: dict[str, Entry[T]], written: Sequence[T], reading: Reading, key: str) -> None:
    seen: set[str] = set()
    for at, record in enumerate(written):
        here = reading.at(key, at)
        if record.id in seen:
            raise here.error(f"{key[:-1]} {record.id!r} stands twice", "id", remedy="rename one")
        seen.add(record.id)
        found.setdefault(record.id, Entry()).written.append((record, here))


def _place(name: str, reading: Reading) -> Path:
    """Return the file of a network: shipped under this name, or beside the scenario."""
    shipped = sorted(p.parent.name for p in SHIPPED.glob("*/network.yaml"))
    if name in shipped:
        return SHIPPED / name / "network.yaml"
    path = reading.lines.path.parent / name
    if not path.is_file():
        raise reading.error(
            f"there is no network {name!r}", "network",
            remedy=f"a file beside the scenario, or one of: {', '.join(shipped) or 'none'}",
        )  # fmt: skip
    return path
