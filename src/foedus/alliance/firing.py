"""Rules that can never fire, whatever is told: nobody can be in the role, no member is there yet, …

Comes in: the files as read. Goes out: problems, each an error with file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from foedus.alliance.conditions import parts_of
from foedus.alliance.schema import Mechanism, RoleTest, Rule, StateTest
from foedus.alliance.sources import Declared
from foedus.alliance.timeline import ENDED
from foedus.errors import FoedusError

__all__ = ["check_firing"]

_ROLE_TESTS = ("actors", "recipients", "places", "targets")
_Answer = tuple[str, str | None]
_Found = Iterator[tuple[str, tuple[str | int, ...], str]]


def check_firing(declared: Declared) -> Iterator[FoedusError]:
    """Return an error for each rule that can never fire, in the order of the files."""
    empty, parts = _nobody(declared), parts_of(declared.alliance.value.roles)
    bound = _Bound(declared)
    every = {m.id: m for loaded in declared.mechanisms for m in loaded.value.mechanisms}
    for loaded in declared.mechanisms:
        for index, mechanism in enumerate(loaded.value.mechanisms):
            for number, rule in enumerate(mechanism.rules):
                found = (*_never(rule, empty, every), *_shut_out(rule, parts), *bound.never(rule))
                for what, keys, remedy in found:
                    yield loaded.lines.error(
                        f"rule {rule.id!r} can never fire: {what}",
                        "mechanisms", index, "rules", number, "when", *keys, remedy=remedy,
                    )  # fmt: skip


def _nobody(declared: Declared) -> set[str]:
    """Return the roles that nobody can have."""
    roles = {role.id: role for role in declared.alliance.value.roles}
    somebody = {
        role.id
        for role in roles.values()
        if role.ids or role.non_members or (role.members and declared.members.value.members)
    }
    for _ in roles:
        somebody |= {r.id for r in roles.values() if somebody & set(r.roles)}
    return set(roles) - somebody


def _never(rule: Rule, empty: set[str], every: dict[str, Mechanism]) -> _Found:
    pattern = rule.when
    for name in _ROLE_TESTS:
        test: RoleTest | None = getattr(pattern, name)
        if test is not None and test.any and not test.empty and set(test.any) <= empty:
            what = f"nobody can be {' or '.join(map(repr, test.any))}"
            yield what, (name, "any"), "say in alliance.yaml who has that role"
    for number, state in enumerate(pattern.states):
        other = every.get(state.mechanism)
        if other is not None and state.status and not _can_stand(other, state):
            wanted = ", ".join((*state.status, *state.stages))
            what = f"{state.mechanism!r} never stands so ({wanted})"
            yield what, ("states", number), f"one of: {_list(_answers(other))}"


def _shut_out(rule: Rule, parts: dict[str, set[str]]) -> _Found:
    """Give the tests that forbid all whom they want, by way of what a role is made of."""
    for name in _ROLE_TESTS:
        test: RoleTest | None = getattr(rule.when, name)
        if test is None or not test.any or test.empty or set(test.any) & set(test.none):
            continue
        for role in test.none:
            if set(test.any) <= parts.get(role, {role}):
                what = (
                    f"it wants {' or '.join(map(repr, test.any))} and forbids {role!r}, who is that"
                )
                yield what, (name, "none"), "drop one"


class _Bound:
    """The days on which there are members."""

    def __init__(self, declared: Declared) -> None:
        members = declared.members.value.members
        self._first = min((m.joined for m in members), default=date.max)
        self._last = max((m.left or date.max for m in members), default=date.min)
        self._members = {
            r.id
            for r in declared.alliance.value.roles
            if r.members and not (r.ids or r.roles or r.non_members)
        }

    def never(self, rule: Rule) -> _Found:
        """Give the tests that want a member on days on which there is none."""
        since, until = rule.when.since or date.min, rule.when.until or date.max
        if until >= self._first and since <= self._last:
            return
        for name in _ROLE_TESTS:
            test: RoleTest | None = getattr(rule.when, name)
            if test is not None and test.any and not test.empty and set(test.any) <= self._members:
                key = "until" if until < self._first else "since"
                yield f"there is no member on its days ({name})", (key,), "correct the days"


def _can_stand(mechanism: Mechanism, test: StateTest) -> bool:
    return any(
        word in test.status and (not test.stages or stage in test.stages)
        for word, stage in _answers(mechanism)
    )


def _answers(mechanism: Mechanism) -> list[_Answer]:
    """Return where a mechanism may stand by its rules, but for what is not known."""
    engages = {stage.id: stage.engages for stage in mechanism.stages}
    begun = [r for r in mechanism.rules if r.effect == "initiates"]
    levels = [level.stage for level in mechanism.levels if level.effect == "initiates"]
    set_ = [r.stage for r in begun] + levels
    found: list[_Answer] = [
        ("engaged" if engages.get(s or "", True) else "not_engaged", s) for s in set_
    ]
    ends = any(r.effect == "terminates" or r.closes for r in mechanism.rules)
    ends = ends or any(v.effect == "terminates" for v in mechanism.levels)
    if mechanism.initial == "off" or ends:
        found.append(("not_engaged", None))
        if any(r.when.future == "announces" for r in begun):
            found.append(("not_engaged", "announced"))
        lasting = [r.lasts for r in begun] + [level.lasts for level in mechanism.levels]
        if ends or any(days is not None for days in lasting):
            found.append(("not_engaged", ENDED))
    if any(r.effect == "rules_out" for r in mechanism.rules):
        found.append(("ruled_out", None))
    return list(dict.fromkeys(found))


def _list(answers: list[_Answer]) -> str:
    return ", ".join(f"{word} ({stage})" if stage else word for word, stage in answers)
