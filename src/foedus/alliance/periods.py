"""What can be wrong with the days in a declared alliance: memberships, forces, who leads them, how large.

Comes in: the files as read. Goes out: problems, each an error with file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from foedus.alliance.problems import one_of, twice, unknown_ids
from foedus.alliance.roles import Registry
from foedus.alliance.schema import Force, Member
from foedus.alliance.sources import Declared
from foedus.declared import Lines
from foedus.errors import FoedusError

__all__ = ["check_periods"]

_Days = tuple[date, date | None]


def check_periods(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    """Return what is wrong with the days of members and forces, in the order of their files."""
    yield from _members(declared, world)
    yield from _forces(declared)


def _overlap(a: _Days, b: _Days) -> bool:
    return (b[1] is None or a[0] <= b[1]) and (a[1] is None or b[0] <= a[1])


def _within(inner: _Days, outer: _Days) -> bool:
    return outer[0] <= inner[0] and (
        outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    )


def _turned(days: _Days) -> bool:
    return days[1] is not None and days[1] < days[0]


def _members(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    members, lines = declared.members.value.members, declared.members.lines
    for index, member in enumerate(members):
        for state in unknown_ids([member.state], world):
            yield lines.error(
                f"state {state!r} is not in the world register", "members", index, "state",
                remedy="use its three-letter code, or add it in world/states.yaml",
            )  # fmt: skip
        yield from _membership(member, index, lines)
        for other in members[:index]:
            if other.state == member.state and _overlap(
                (other.joined, other.left), (member.joined, member.left)
            ):
                yield lines.error(
                    f"{member.state} is declared a member twice on one day", "members", index,
                    remedy="give the first membership the day it ended, or remove one",
                )  # fmt: skip


def _membership(member: Member, index: int, lines: Lines) -> Iterator[FoedusError]:
    whole = (member.joined, member.left)
    outside = [(p.start, p.end) for p in member.outside]
    if any(map(_turned, [whole, *outside])):
        yield lines.error(
            f"a period of {member.state} ends before it starts", "members", index,
            remedy="correct the dates",
        )  # fmt: skip
        return
    for number, period in enumerate(outside):
        at = ("members", index, "outside", number)
        if not _within(period, whole):
            yield lines.error(
                f"{member.state} stands outside on days on which it is no member", *at,
                remedy="keep the period within the membership",
            )  # fmt: skip
        if any(_overlap(period, other) for other in outside[:number]):
            yield lines.error(
                f"two periods of {member.state} outside overlap", *at, remedy="make them one"
            )


def _forces(declared: Declared) -> Iterator[FoedusError]:
    lines = declared.forces.lines
    mechanisms = {m.id for loaded in declared.mechanisms for m in loaded.value.mechanisms}
    for index, name in twice(f.id for f in declared.forces.value.forces):
        yield lines.error(f"force {name!r} stands twice", "forces", index, remedy="remove one")
    for index, force in enumerate(declared.forces.value.forces):
        if force.mechanism not in mechanisms:
            yield lines.error(
                f"force {force.id!r} belongs to {force.mechanism!r}, which is not declared",
                "forces", index, "mechanism", remedy=one_of(mechanisms),
            )  # fmt: skip
        yield from _force(force, index, lines, declared.members.value.members)


def _force(
    force: Force, index: int, lines: Lines, members: tuple[Member, ...]
) -> Iterator[FoedusError]:
    whole = (force.start, force.end)
    held = [(t.start, t.end) for t in force.framework]
    if any(map(_turned, [whole, *held])):
        yield lines.error(
            f"a period of force {force.id!r} ends before it starts", "forces", index,
            remedy="correct the dates",
        )  # fmt: skip
        return
    if force.host is not None and force.host not in {m.state for m in members}:
        yield _no_member(lines, index, force.host, force)
    for number, tenure in enumerate(force.framework):
        of_state = [m for m in members if m.state == tenure.state]
        if not of_state:
            yield _no_member(lines, index, tenure.state, force)
        elif not any(_within((tenure.start, tenure.end), (m.joined, m.left)) for m in of_state):
            yield lines.error(
                f"{tenure.state} leads force {force.id!r} on days on which it is no member",
                "forces", index, "framework", number, remedy="correct the days, here or in members.yaml",
            )  # fmt: skip
        if not _within((tenure.start, tenure.end), whole) and tenure.end is not None:
            yield lines.error(
                f"{tenure.state} leads force {force.id!r} on days on which there is none",
                "forces", index, "framework", number, remedy="keep them within those of the force",
            )  # fmt: skip
    yield from _order(force, index, lines)


def _no_member(lines: Lines, index: int, state: str, force: Force) -> FoedusError:
    return lines.error(
        f"{state!r}, named by force {force.id!r}, is no member", "forces", index,
        remedy="correct it, or add it to members.yaml",
    )  # fmt: skip


def _order(force: Force, index: int, lines: Lines) -> Iterator[FoedusError]:
    """Return an error where two lead on one day, nobody between two, or a size stands twice or too early."""
    held: list[_Days] = sorted(((t.start, t.end) for t in force.framework), key=lambda p: p[0])
    if any(_overlap(a, b) for a, b in pairwise(held)):
        yield lines.error(
            f"two states lead force {force.id!r} on one day", "forces", index, "framework",
            remedy="give the first the day it ended",
        )  # fmt: skip
    if any(a[1] is not None and (b[0] - a[1]).days > 1 for a, b in pairwise(held)):
        yield lines.error(
            f"nobody leads force {force.id!r} between two that do", "forces", index, "framework",
            remedy="close the gap, or make them two forces",
        )  # fmt: skip
    for number, day in twice(size.start.isoformat() for size in force.sizes):
        yield lines.error(
            f"force {force.id!r} has two sizes from {day}", "forces", index, "sizes", number,
            remedy="keep one",
        )  # fmt: skip
