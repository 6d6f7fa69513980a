"""What is worth a look in a folder that declares an alliance although nothing in it is wrong.

Comes in: the name of a shipped folder or a path. Goes out: :class:`Inspection`: every problem, every
remark, and how many references nobody has held against their source.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from foedus.alliance.folder import check, find_folder, read_folder, world_of
from foedus.alliance.schema import Mechanism, MechanismsFile
from foedus.alliance.sources import Declared, Loaded
from foedus.alliance.topic import load_topic
from foedus.errors import FoedusError

__all__ = ["Inspection", "inspect"]

_ENDS = ("terminates", "rules_out")
_IMPLIED = "announced"
"""The stage that an announcement sets by itself, without a rule."""


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """What an inspection of a folder found, in the order of its files.

    ``problems`` keep the alliance from being loaded, ``remarks`` do not. ``references`` counts what
    has a reference, ``unchecked`` those of them that nobody has held against the source.
    """

    folder: Path
    problems: tuple[FoedusError, ...] = ()
    remarks: tuple[FoedusError, ...] = ()
    references: int = 0
    unchecked: int = 0


def inspect(where: str | Path) -> Inspection:
    """Look through the folder ``where`` (a shipped one's name, or a path).

    Raises:
        FoedusError: no alliance is declared there.
    """
    folder = find_folder(where)
    problems = list(_problems(folder))
    if problems:
        return Inspection(folder=folder, problems=tuple(problems))
    declared = read_folder(folder)
    counts = [(loaded.path, *_references(loaded.value)) for loaded in _files(declared)]
    return Inspection(
        folder=folder,
        remarks=(*_unchecked(counts), *_mechanisms(declared), *_unused_cues(declared)),
        references=sum(total for _, total, _ in counts),
        unchecked=sum(open_ for _, _, open_ in counts),
    )


def _problems(folder: Path) -> Iterator[FoedusError]:
    """Give what is wrong; who is unknown only where it can be said who is known."""
    try:
        world = world_of(folder)
    except FoedusError as error:
        yield error
        world = None
    yield from check(folder, world)
    if world is not None and (folder / "topic.yaml").is_file():
        try:
            load_topic(folder, world)
        except FoedusError as error:
            yield error


def _files(declared: Declared) -> list[Loaded[Any]]:
    head: list[Loaded[Any]] = [
        declared.alliance,
        declared.articles,
        declared.members,
        declared.forces,
    ]
    return [*head, *declared.mechanisms, *declared.history]


def _references(value: object) -> tuple[int, int]:
    """Count the references in a file's content, and those not checked."""
    total = unchecked = 0
    stack: list[Any] = [msgspec.to_builtins(value)]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if "reference" in node:
                total += 1
                unchecked += not node.get("checked", False)
            stack.extend(node.values())
        elif isinstance(node, list | tuple):
            stack.extend(node)
    return total, unchecked


def _unchecked(counts: list[tuple[Path, int, int]]) -> Iterator[FoedusError]:
    for path, total, unchecked in counts:
        if unchecked:
            yield FoedusError(
                f"{unchecked} of {total} references are not checked", where=path,
                remedy="hold them against their source, and write checked: true",
            )  # fmt: skip


def _mechanisms(declared: Declared) -> Iterator[FoedusError]:
    languages = set(declared.alliance.value.names)
    for loaded in declared.mechanisms:
        for index, mechanism in enumerate(loaded.value.mechanisms):
            yield from _mechanism(loaded, index, mechanism, languages)


def _mechanism(
    loaded: Loaded[MechanismsFile], index: int, mechanism: Mechanism, languages: set[str]
) -> Iterator[FoedusError]:
    at: tuple[str | int, ...] = ("mechanisms", index)
    set_by = {rule.stage for rule in mechanism.rules} | {v.stage for v in mechanism.levels}
    for number, stage in enumerate(mechanism.stages):
        if stage.id not in set_by and stage.id != _IMPLIED:
            yield loaded.lines.error(
                f"no rule sets stage {stage.id!r} of {mechanism.id!r}", *at, "stages", number,
                remedy="give it a rule, or drop it",
            )  # fmt: skip
    begins = [r for r in mechanism.rules if r.effect == "initiates" and r.lasts is None]
    ended = any(r.effect in _ENDS or r.closes for r in mechanism.rules)
    ended = ended or any(v.effect == "terminates" for v in mechanism.levels)
    if (begins or any(v.lasts is None for v in mechanism.levels)) and not ended:
        yield loaded.lines.error(
            f"nothing ends {mechanism.id!r}: once engaged, it stays so", *at,
            remedy="if it can end, give it a rule that terminates or rules it out, or say how long it lasts",
        )  # fmt: skip
    for key, texts in (("names", mechanism.names), ("clause", mechanism.clause)):
        for language in sorted(languages - set(texts)):
            yield loaded.lines.error(
                f"{mechanism.id!r} has no {key} in {language!r}", *at, key, remedy="add them"
            )


def _unused_cues(declared: Declared) -> Iterator[FoedusError]:
    rules = [r for f in declared.mechanisms for m in f.value.mechanisms for r in m.rules]
    levels = [v for f in declared.mechanisms for m in f.value.mechanisms for v in m.levels]
    used = {c for r in rules for c in r.when.cues} | {c for v in levels for c in v.cues}
    for cue in declared.cues.value.cues:
        if cue not in used:
            yield declared.cues.lines.error(
                f"no rule speaks of cue {cue!r}: it only marks facts", "cues", cue,
                remedy="give it a rule, if it should decide something",
            )  # fmt: skip
