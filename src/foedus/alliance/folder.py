"""Read the folder that declares an alliance.

Comes in: the name of a shipped folder or a path. Goes out: an :class:`Alliance`, checked; or the
problems found, each an error that names file, line and remedy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, TypeVar, cast

import msgspec

from foedus.acts import day
from foedus.alliance.history import declared_acts
from foedus.alliance.known import named_events, with_events
from foedus.alliance.records import CueWording
from foedus.alliance.roles import Registry
from foedus.alliance.schema import (
    ActsFile,
    AllianceFile,
    Article,
    ArticlesFile,
    CuesFile,
    Force,
    ForcesFile,
    HistoryAct,
    Mechanism,
    MechanismsFile,
    Member,
    MembersFile,
)
from foedus.alliance.sources import Declared, Loaded
from foedus.alliance.validate import check_declared
from foedus.declared import load_declared
from foedus.errors import FoedusError
from foedus.ledger import CueKinds
from foedus.ledger.records import DeclaredAct
from foedus.world import Added, World, load_world

__all__ = [
    "SHIPPED",
    "Alliance",
    "check",
    "find_folder",
    "load_alliance",
    "read_folder",
    "world_of",
]

SHIPPED = Path(__file__).parent / "declared"
T = TypeVar("T")


@dataclass(frozen=True)
class Alliance:
    """An alliance as declared: who is in it, what binds it, what its mechanisms are.

    ``calendar`` is the public record, for dating reports and for comparison: it is no evidence for
    a status. ``mechanisms`` are in declared order.
    """

    id: str
    names: dict[str, str]
    declared: AllianceFile
    articles: dict[str, Article]
    memberships: tuple[Member, ...]
    mechanisms: tuple[Mechanism, ...]
    forces: tuple[Force, ...]
    cues: tuple[CueWording, ...]
    cue_names: dict[str, dict[str, str]]
    """By cue and language, where one is declared."""
    cue_kinds: CueKinds
    """What the cues are to the ledger."""
    sections: dict[Literal["sanctions"], tuple[str, ...]]
    """The cues of a section of the page that no mechanism has."""
    calendar: tuple[DeclaredAct, ...]
    happenings: dict[str, HistoryAct] = field(repr=False)
    """By act id of ``calendar``: the declared entry, with its one-line wording (``what``)."""
    folder: Path = field(default=SHIPPED, repr=False)
    """Where its files are."""

    def members(self, on: date) -> tuple[str, ...]:
        """Return the states that are members on the day ``on``, sorted by code."""
        return tuple(sorted(m.state for m in self.memberships if holds(m.joined, m.left, on)))

    def outside(self, on: date) -> tuple[str, ...]:
        """Return the members outside the integrated military structure on the day ``on``, sorted."""
        return tuple(
            sorted(
                m.state
                for m in self.memberships
                if holds(m.joined, m.left, on) and any(holds(p.start, p.end, on) for p in m.outside)
            )
        )

    def membership(self, state: str, on: date) -> Member | None:
        """Return the membership of ``state`` that holds on the day ``on``, with its reference."""
        for member in self.memberships:
            if member.state == state and holds(member.joined, member.left, on):
                return member
        return None

    def mechanism(self, mechanism: str) -> Mechanism:
        """Return the declared mechanism of that id.

        Raises:
            FoedusError: the alliance declares none of that id; the nearest ones are named.
        """
        for found in self.mechanisms:
            if found.id == mechanism:
                return found
        known = [m.id for m in self.mechanisms]
        near = get_close_matches(mechanism.casefold(), known, n=3, cutoff=0.5)
        remedy = f"did you mean {' or '.join(near)}?" if near else f"one of: {', '.join(known)}"
        raise FoedusError(f"{self.id} has no mechanism {mechanism!r}", remedy=remedy)

    def asked_for(self, mechanism: str) -> list[Mechanism]:
        """Return a mechanism and those whose state its rules ask for, near ones first.

        Raises:
            FoedusError: see :meth:`mechanism`.
        """
        found: dict[str, Mechanism] = {}
        queue = [mechanism]
        while queue:
            declared = self.mechanism(queue.pop(0))
            if declared.id not in found:
                found[declared.id] = declared
                queue += [t.mechanism for rule in declared.rules for t in rule.when.states]
        return list(found.values())

    @property
    def own(self) -> tuple[str, ...]:
        """The ids that are the alliance itself and its organs, its own first: for the coder."""
        return tuple(dict.fromkeys([self.declared.body, *self.declared.organs]))

    @property
    def limits(self) -> tuple[str, ...]:
        """The mechanisms that are limits which the alliance sets itself."""
        return tuple(m.id for m in self.mechanisms if m.kind == "limit")

    @property
    def competent(self) -> dict[str, tuple[str, ...]]:
        """For each mechanism the offices, bodies and roles whose word on it is evidence."""
        return {m.id: m.competent for m in self.mechanisms}


def holds(start: date, end: date | None, on: date) -> bool:
    """Whether a period that starts on ``start`` and ends on ``end`` (None: still) holds ``on``."""
    return start <= on and (end is None or on <= end)


def load_alliance(where: str | Path = "nato", world: Registry | None = None) -> Alliance:
    """Read an alliance from the folder ``where``: a shipped one's name, or a path.

    With ``world`` (:func:`world_of`), states, bodies and offices named in the folder have to be known there.

    Raises:
        FoedusError: there is no such folder, or a file in it is wrong: the first problem, with
            file, line and what to do.
    """
    try:
        declared = read_folder(find_folder(where))
    except _UnreadableError as unreadable:
        raise unreadable.problems[0] from None
    problems = check_declared(declared, world)
    if problems:
        raise problems[0]
    return _alliance(declared)


def world_of(where: str | Path = "nato") -> World:
    """Return the world register as the alliance in the folder ``where`` has it.

    That is foedus's own, and what the folder's ``world/`` adds: bodies, states, persons, offices of its own.

    Raises:
        FoedusError: there is no such folder, or a file in ``world/`` is wrong: file and line are named.
    """
    added = find_folder(where) / "world"
    return load_world(added=Added.of(added) if added.is_dir() else None)


def check(where: str | Path, world: Registry | None = None) -> tuple[FoedusError, ...]:
    """Return everything that is wrong with the folder of an alliance, in the order of its files.

    Files that cannot be read hide what depends on them: mend those first.
    """
    try:
        return tuple(check_declared(read_folder(find_folder(where)), world))
    except _UnreadableError as unreadable:
        return unreadable.problems
    except FoedusError as error:
        return (error,)


def find_folder(where: str | Path) -> Path:
    """Return the folder of a shipped alliance by its name, or of one by its path.

    Raises:
        FoedusError: no alliance is declared there.
    """
    shipped = sorted(p.name for p in SHIPPED.iterdir() if (p / "alliance.yaml").is_file())
    folder = SHIPPED / str(where) if str(where) in shipped else Path(where)
    if not (folder / "alliance.yaml").is_file():
        raise FoedusError(
            "no alliance is declared here: there is no alliance.yaml",
            where=where,
            remedy=f"name a folder that has one, or one of: {', '.join(shipped)}",
        )
    return folder


def read_folder(folder: Path) -> Declared:
    """Read all files of a folder as they are, without checking one against another.

    Where some cannot be read, the error (internal to this module) lists them all.
    """
    problems: list[FoedusError] = []

    def read(path: Path, kind: type[T]) -> Loaded[T]:
        try:
            return Loaded(path, *load_declared(path, kind))
        except FoedusError as error:
            problems.append(error)
            # never looked at: the problems are raised before anybody can
            return cast("Loaded[T]", None)

    mechanisms = [folder / "mechanisms.yaml"] if (folder / "mechanisms.yaml").is_file() else []
    mechanisms += sorted((folder / "mechanisms").glob("*.yaml"))
    declared = Declared(
        folder=folder,
        alliance=read(folder / "alliance.yaml", AllianceFile),
        articles=read(folder / "articles.yaml", ArticlesFile),
        members=read(folder / "members.yaml", MembersFile),
        cues=read(folder / "cues.yaml", CuesFile),
        forces=read(folder / "forces.yaml", ForcesFile),
        mechanisms=[read(path, MechanismsFile) for path in mechanisms],
        history=[read(path, ActsFile) for path in sorted((folder / "history").glob("*.yaml"))],
    )
    if not any(loaded.value.mechanisms for loaded in declared.mechanisms if loaded is not None):
        problems += _none_declared(folder, mechanisms) if not problems else []
    if not problems:
        problems += _take_events(declared)
    if problems:
        raise _UnreadableError(problems)
    return declared


def _take_events(declared: Declared) -> list[FoedusError]:
    """Let history entries have what the register says of the events that they name; return what is wrong."""
    naming = any(named_events(loaded.value) for loaded in declared.history)
    known = world_of(declared.folder).landmarks if naming else {}
    problems: list[FoedusError] = []
    for loaded in declared.history:
        loaded.value, wrong = with_events(loaded.value, loaded.lines, known)
        problems += wrong
    return problems


def _none_declared(folder: Path, files: list[Path]) -> list[FoedusError]:
    where = f"{files[0]}:1" if files else folder
    remedy = "declare one in mechanisms.yaml, or in a file in mechanisms/"
    return [FoedusError("no mechanism is declared", where=where, remedy=remedy)]


class _UnreadableError(Exception):
    """Files of a folder that cannot be read, each with its error."""

    def __init__(self, problems: list[FoedusError]) -> None:
        super().__init__()
        self.problems = tuple(problems)


def _alliance(declared: Declared) -> Alliance:
    head = declared.alliance.value
    calendar = [
        pair
        for loaded in declared.history
        for pair in declared_acts(head.id, loaded.path.name, loaded.value, loaded.lines)
    ]
    calendar.sort(key=lambda pair: (pair[0].act.date or day(pair[1].date), pair[0].act.id))
    return Alliance(
        id=head.id,
        names=head.names,
        declared=head,
        articles={a.number: a for a in declared.articles.value.articles},
        memberships=declared.members.value.members,
        mechanisms=tuple(m for f in declared.mechanisms for m in f.value.mechanisms),
        forces=declared.forces.value.forces,
        folder=declared.folder,
        cues=_wordings(declared.cues),
        cue_names=declared.cues.value.names,
        cue_kinds=declared.cues.value.ledger,
        sections=declared.cues.value.sections,
        calendar=tuple(act for act, _ in calendar),
        happenings={act.act.id: entry for act, entry in calendar},
    )


def _wordings(loaded: Loaded[CuesFile]) -> tuple[CueWording, ...]:
    return tuple(
        CueWording(
            cue=cue,
            language=language,
            lines=tuple(
                loaded.lines.of("cues", cue, language, number, "phrases", n)
                for n in range(len(entry.phrases))
            ),
            **msgspec.structs.asdict(entry),
        )
        for cue, languages in loaded.value.cues.items()
        for language, entries in languages.items()
        for number, entry in enumerate(entries)
    )
