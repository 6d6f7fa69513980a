"""History entries that name a known event of the register: they take from it what it says already.

Comes in: a history file as read, the register's events. Goes out: the same file with its entries whole: of an
entry with a ``landmark``, days, wording, reference and whether that was checked are the register's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from foedus.alliance.schema import ActsFile, HistoryAct, Reference
from foedus.declared import Lines
from foedus.errors import FoedusError
from foedus.world import Landmark

__all__ = ["named_events", "with_events"]

_TAKEN = ("date", "until", "precision", "what", "reference", "checked")
_NEEDED = ("date", "reference")
_PLAIN = msgspec.json.decode(b'{"type":"AGREE"}', type=HistoryAct)


def named_events(content: ActsFile) -> bool:
    """Whether an entry names a known event of the register."""
    return any(entry.landmark is not None for entry in content.acts)


def with_events(
    content: ActsFile, lines: Lines, known: Mapping[str, Landmark]
) -> tuple[ActsFile, list[FoedusError]]:
    """Return the file with what entries take from the register, and what is wrong with them."""
    problems = [
        problem
        for index, entry in enumerate(content.acts)
        for problem in _wrong(entry, index, lines, known)
    ]
    if problems:
        return content, problems
    whole = tuple(
        entry if entry.landmark is None else _whole(entry, known[entry.landmark])
        for entry in content.acts
    )
    return msgspec.structs.replace(content, acts=whole), []


def _wrong(
    entry: HistoryAct, index: int, lines: Lines, known: Mapping[str, Landmark]
) -> Iterator[FoedusError]:
    if entry.landmark is None:
        for key in _NEEDED:
            if getattr(entry, key) == getattr(_PLAIN, key):
                yield lines.error(
                    f"Object missing required field `{key}`", "acts", index,
                    remedy="write it, or name the register's event with `landmark`",
                )  # fmt: skip
        return
    if entry.landmark not in known:
        yield lines.error(
            f"{entry.landmark!r} is no known event of the register", "acts", index, "landmark",
            remedy="declare it in landmarks/ or mend the spelling",
        )  # fmt: skip
    for key in _TAKEN:
        if getattr(entry, key) != getattr(_PLAIN, key):
            yield lines.error(
                f"`{key}` is said in the register already", "acts", index, key, remedy="remove it"
            )


def _whole(entry: HistoryAct, event: Landmark) -> HistoryAct:
    days = event.days
    return msgspec.structs.replace(
        entry, date=days.start, until=None if days.days == 1 else days.end, what=event.names,
        reference=Reference(**msgspec.structs.asdict(event.cited)), checked=event.checked,
    )  # fmt: skip
