"""What can be wrong between rules: conditions on states that go round in circles, rules that contradict.

Comes in: the mechanisms as read. Goes out: problems, each an error with file, line and remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from foedus.alliance.schema import Mechanism, MechanismsFile, Pattern, Role, RoleTest, Rule
from foedus.alliance.sources import Loaded
from foedus.alliance.timeline import ENDED
from foedus.errors import FoedusError

__all__ = ["check_conditions", "parts_of"]

Key = str | int
_Place = tuple[Loaded[MechanismsFile], tuple[Key, ...]]
_Parts = dict[str, set[str]]
_LISTS = ("types", "cues", "modes", "instruments", "contexts")
_TESTS = ("actors", "recipients", "places", "targets")
_DEEDS = {
    "announces": {"done"},
    "excluded": {"done"},
    "counts": {"done", "to come"},
    "only": {"to come"},
}
"""Which acts bring about what a rule says, by its ``future``."""


def check_conditions(
    files: list[Loaded[MechanismsFile]], roles: Iterable[Role]
) -> Iterator[FoedusError]:
    """Return what is wrong between the rules of all files, in their order."""
    parts = parts_of(roles)
    places: dict[str, _Place] = {}
    mechanisms: dict[str, Mechanism] = {}
    for loaded in files:
        for index, mechanism in enumerate(loaded.value.mechanisms):
            places.setdefault(mechanism.id, (loaded, ("mechanisms", index)))
            mechanisms.setdefault(mechanism.id, mechanism)
    for name, mechanism in mechanisms.items():
        yield from _days(mechanism, *places[name])
        yield from _states(mechanism, mechanisms, *places[name])
        yield from _contradictions(mechanism, parts, *places[name])
    yield from _circles(mechanisms, places)


def _days(
    mechanism: Mechanism, loaded: Loaded[MechanismsFile], at: tuple[Key, ...]
) -> Iterator[FoedusError]:
    for r, rule in enumerate(mechanism.rules):
        first, last = rule.when.since, rule.when.until
        if first is not None and last is not None and last < first:
            yield loaded.lines.error(
                f"rule {rule.id!r} can never fire: it ends before it starts",
                *at, "rules", r, "when", "until", remedy="correct the days",
            )  # fmt: skip


def _states(
    mechanism: Mechanism,
    mechanisms: dict[str, Mechanism],
    loaded: Loaded[MechanismsFile],
    at: tuple[Key, ...],
) -> Iterator[FoedusError]:
    for r, rule in enumerate(mechanism.rules):
        for number, test in enumerate(rule.when.states):
            keys = (*at, "rules", r, "when", "states", number)
            other = mechanisms.get(test.mechanism)
            if other is None:
                yield loaded.lines.error(
                    f"rule {rule.id!r} asks where {test.mechanism!r} stands, which is not declared",
                    *keys, "mechanism", remedy=f"one of: {', '.join(sorted(mechanisms))}",
                )  # fmt: skip
                continue
            stages = {*(stage.id for stage in other.stages), "announced", ENDED}
            for stage in test.stages:
                if stage not in stages:
                    yield loaded.lines.error(
                        f"rule {rule.id!r} asks for stage {stage!r}, which {other.id!r} has not",
                        *keys, "stages", remedy=f"one of: {', '.join(sorted(stages))}",
                    )  # fmt: skip
            if not test.status:
                yield loaded.lines.error(
                    f"rule {rule.id!r} can never fire: it asks for no status",
                    *keys, "status", remedy="name one",
                )  # fmt: skip


def _circles(mechanisms: dict[str, Mechanism], places: dict[str, _Place]) -> Iterator[FoedusError]:
    """Return an error for each mechanism whose rules depend, by way of others, on where it stands."""
    asks = {
        name: list(dict.fromkeys(t.mechanism for rule in m.rules for t in rule.when.states))
        for name, m in mechanisms.items()
    }
    for name in mechanisms:
        way = _way_back(name, asks)
        if way is not None:
            loaded, at = places[name]
            r, number = _first_test(mechanisms[name], way[1])
            yield loaded.lines.error(
                f"where {name!r} stands depends on itself: {' → '.join(way)}",
                *at, "rules", r, "when", "states", number, remedy="break the circle",
            )  # fmt: skip


def _first_test(mechanism: Mechanism, asked: str) -> tuple[int, int]:
    return next(
        (r, n)
        for r, rule in enumerate(mechanism.rules)
        for n, test in enumerate(rule.when.states)
        if test.mechanism == asked
    )


def _way_back(start: str, asks: dict[str, list[str]]) -> list[str] | None:
    """Return the shortest way from a mechanism over what it asks for back to it; None without one."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for following in asks.get(way[-1], ()):
            if following == start:
                return [*way, start]
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return None


def parts_of(roles: Iterable[Role]) -> _Parts:
    """Return for each role those that it is made of, itself included."""
    parts = {role.id: {role.id, *role.roles} for role in roles}
    for _ in parts:
        parts = {
            name: inner.union(*(parts.get(i, set()) for i in inner))
            for name, inner in parts.items()
        }
    return parts


def _contradictions(
    mechanism: Mechanism, parts: _Parts, loaded: Loaded[MechanismsFile], at: tuple[Key, ...]
) -> Iterator[FoedusError]:
    """Return an error for each two rules of which one fits whatever the other does, and they disagree."""
    engages = {stage.id: stage.engages for stage in mechanism.stages}

    def outcome(rule: Rule) -> str | None:
        if rule.effect == "initiates":
            return "engages" if engages.get(rule.stage or "", True) else f"brings {rule.stage!r}"
        if rule.effect == "ends":
            return f"ends {rule.stage!r}"
        return {"terminates": "ends", "rules_out": "rules out"}.get(rule.effect)

    for (i, first), (j, second) in combinations(enumerate(mechanism.rules), 2):
        does, undoes = outcome(first), outcome(second)
        if does is None or undoes is None or does == undoes:
            continue
        quiet = {"initiates", "ends"}
        if (does in _LOUD) is not (undoes in _LOUD) or (
            does not in _LOUD
            and (first.stage != second.stage or {first.effect, second.effect} != quiet)
        ):
            continue
        wide, narrow = first, second
        if not _covers(wide.when, narrow.when, parts):
            wide, narrow = second, first
            if not _covers(wide.when, narrow.when, parts):
                continue
        line = loaded.lines.of(*at, "rules", i)
        yield loaded.lines.error(
            f"rules {first.id!r} (line {line}: it {does}) and {second.id!r} (it {undoes}) of"
            f" {mechanism.id!r} contradict: every act that fits {narrow.id!r} fits {wide.id!r} too",
            *at, "rules", j, remedy="tell them apart by a condition, or drop one",
        )  # fmt: skip


_LOUD = ("engages", "ends", "rules out")
"""What decides a status; the rest only concerns a stage."""


def _covers(wide: Pattern, narrow: Pattern, parts: _Parts) -> bool:
    """Whether every act that brings about what ``narrow`` says brings about what ``wide`` says too."""
    lists = all(_within(getattr(narrow, n), getattr(wide, n)) for n in _LISTS)
    tests = all(_as_strict(getattr(narrow, n), getattr(wide, n), parts) for n in _TESTS)
    days = (wide.since or date.min) <= (narrow.since or date.min) and (
        narrow.until or date.max
    ) <= (wide.until or date.max)
    return (
        lists
        and tests
        and days
        and wide.polarity in (narrow.polarity, "either")
        and _DEEDS[narrow.future] <= _DEEDS[wide.future]
        and set(wide.states) <= set(narrow.states)
    )


def _within(narrow: tuple[str, ...], wide: tuple[str, ...]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _as_strict(narrow: RoleTest | None, wide: RoleTest | None, parts: _Parts) -> bool:
    """Whether whoever passes ``narrow`` passes ``wide``: by the names of roles and what they are made of."""
    if wide is None:
        return True
    if narrow is None:
        return not wide.any and not wide.none
    allowed = set().union(*(parts.get(role, {role}) for role in wide.any))
    forbidden = set().union(*(parts.get(role, {role}) for role in narrow.none))
    some = not wide.any or (
        bool(narrow.any) and set(narrow.any) <= allowed and (wide.empty or not narrow.empty)
    )
    return some and set(wide.none) <= forbidden
