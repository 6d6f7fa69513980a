"""What the checks of a declared alliance share.

Comes in: ids and names as declared. Goes out: those that are unknown, those that stand twice, and
words for a remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from foedus.alliance.roles import Registry
from foedus.alliance.sources import Declared

__all__ = ["one_of", "twice", "unknown_ids"]


def unknown_ids(ids: Iterable[str], declared: Declared, world: Registry | None) -> Iterator[str]:
    """Return the ids that neither the world register nor the folder itself knows."""
    if world is None:
        return
    own = {state.id for state in declared.alliance.value.states}
    yield from (i for i in ids if i not in own and world.entity(i) is None)


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
