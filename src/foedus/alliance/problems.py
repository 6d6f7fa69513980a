"""What the checks of a declared alliance share.

Comes in: ids and names as declared. Goes out: those that are unknown, those that stand twice, and
words for a remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.alliance.roles import Registry

__all__ = ["ADD_IT", "one_of", "twice", "unknown_ids"]


ADD_IT = "correct the id, or add it in the folder's world/"


def unknown_ids(ids: Iterable[str], world: Registry | None) -> Iterator[str]:
    """Return the ids that the world register does not know."""
    if world is not None:
        yield from (i for i in ids if world.entity(i) is None)


def twice(ids: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Give the ids that stood before, each with its place."""
    seen: set[str] = set()
    for index, value in enumerate(ids):
        if value in seen:
            yield index, value
        seen.add(value)


def one_of(names: Iterable[str]) -> str:
    """Return what names there are, for a remedy."""
    return f"one of: {', '.join(sorted(names))}"
