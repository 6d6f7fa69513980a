"""What it would take: the smallest sets of supposed acts that bring a mechanism to a status.

Abduction over the declared rules: each rule of the mechanism (and of those whose state its rules ask
for) offers an act that fits it, each fact that bears on it may be supposed away. Sets of these moves
are tried, the smallest first, each by running the rules on the facts as they would be.

Comes in: an alliance, facts, a goal. Goes out: a :class:`Reach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Literal

import msgspec

from foedus.acts import Act, Quantity
from foedus.alliance.engine import Known
from foedus.alliance.examples import example_acts, example_level
from foedus.alliance.folder import Alliance
from foedus.alliance.match import Question
from foedus.alliance.records import StatusWord
from foedus.alliance.roles import Registry
from foedus.alliance.schema import Mechanism
from foedus.alliance.supposing import supposed_fact
from foedus.alliance.timeline import ENDED
from foedus.errors import FoedusError
from foedus.ledger.records import Fact

__all__ = ["Goal", "Move", "Reach", "reach"]

_LARGEST = 3
"""Moves of a set: more would be a story, not a step."""
_ABSENT = 8
"""Facts, the latest first, that are supposed away one by one."""
_LISTED = 10
_WORDS: dict[str, StatusWord] = {"rules_out": "ruled_out", "terminates": "not_engaged"}


class Goal(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mechanism is to stand."""

    mechanism: str
    status: StatusWord
    stage: str | None = None


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to suppose: an ``act`` or told ``level`` that fits a rule, or ``absent`` facts.

    The act names somebody in each role as an example; anybody in the roles of the rule would do.
    """

    mechanism: str
    rule: str
    act: Act | None = None
    level: Quantity | None = None
    absent: tuple[str, ...] = ()


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """The answer: ``already`` there; ``found``, with the sets; ``no_clause``: no declared rule leads
    there; ``blocked``: rules lead there, but what is known of that day or after stands against it,
    and no set of up to three moves helps. ``standing`` are the facts that decide now.
    """

    goal: Goal
    status: StatusWord
    stage: str | None
    outcome: Literal["already", "found", "no_clause", "blocked"]
    sets: tuple[tuple[Move, ...], ...] = ()
    standing: tuple[str, ...] = ()


def reach(
    alliance: Alliance,
    facts: Sequence[Fact],
    goal: Goal,
    *,
    as_of: date | None,
    known_by: date | None,
    world: Registry,
    quantities: Sequence[Quantity] = (),
    latest: date = date.max,
) -> Reach:
    """Return the smallest sets of supposed acts of the day asked about that reach a goal.

    The other arguments are those of :func:`~foedus.alliance.engine.statuses`. Only sets of the
    smallest size that reaches it are returned, ten at most.

    Raises:
        FoedusError: the mechanism, or the stage, is not declared.
    """
    _check(alliance.mechanism(goal.mechanism), goal)
    ask = Question(
        as_of or latest, known_by or latest, any_day=as_of is None, any_report=known_by is None
    )
    search = _Search(alliance, facts, goal, ask, world, quantities)
    now = search.standing()
    if search.reached(()):
        return Reach(goal=goal, status=now[0], stage=now[1], outcome="already")
    sets = search.smallest()
    outcome: Literal["found", "no_clause", "blocked"] = "found"
    if not sets:
        outcome = "blocked" if _leads(alliance.mechanism(goal.mechanism), goal) else "no_clause"
    return Reach(
        goal=goal, status=now[0], stage=now[1], outcome=outcome, sets=tuple(sets),
        standing=tuple(search.deciding()),
    )  # fmt: skip


def _check(mechanism: Mechanism, goal: Goal) -> None:
    stages = [stage.id for stage in mechanism.stages]
    if goal.stage is not None and goal.stage not in (*stages, "announced", ENDED):
        raise FoedusError(
            f"{goal.mechanism!r} has no stage {goal.stage!r}", remedy=f"one of: {', '.join(stages)}"
        )


def _leads(mechanism: Mechanism, goal: Goal) -> bool:
    """Whether any declared rule, or the initial state, leads to the status and stage."""
    engages = {stage.id: stage.engages for stage in mechanism.stages}
    begun = [(r.stage, r.when.future) for r in mechanism.rules if r.effect == "initiates"]
    stages = {stage for stage, _ in begun} | {level.stage for level in mechanism.levels}
    if goal.stage == "announced" and any(future == "announces" for _, future in begun):
        return goal.status == "not_engaged"
    if goal.stage == ENDED:
        return goal.status == "not_engaged" and any(
            rule.effect == "terminates" or rule.lasts is not None for rule in mechanism.rules
        )
    if goal.stage is not None:
        quiet = not engages.get(goal.stage, True)
        return goal.stage in stages and goal.status == ("not_engaged" if quiet else "engaged")
    words = {_WORDS[r.effect] for r in mechanism.rules if r.effect in _WORDS}
    if any(engages.get(stage or "", True) for stage in stages):
        words.add("engaged")
    words.add("not_engaged" if mechanism.initial == "off" else "unknown")
    return goal.status in words or (goal.status == "unknown" and len(words) > 1)


class _Search:
    """Tries sets of moves on the facts that bear on the goal's mechanism."""

    def __init__(
        self,
        alliance: Alliance,
        facts: Sequence[Fact],
        goal: Goal,
        ask: Question,
        world: Registry,
        quantities: Sequence[Quantity],
    ) -> None:
        self._alliance, self._goal, self._ask, self._world = alliance, goal, ask, world
        self._mechanisms = alliance.asked_for(goal.mechanism)
        self._quantities = tuple(quantities)
        self._known = self._knowing(facts, self._quantities)
        bearing = {
            found.fact if isinstance(found.fact, str) else found.fact.id
            for mechanism in self._mechanisms
            for findings in self._known.found(mechanism.id)[:2]
            for found in findings
        }
        # what fits no rule now fits none with other facts supposed or gone
        self._facts = [f for f in facts if f.id in bearing]

    def _knowing(self, facts: Sequence[Fact], quantities: Sequence[Quantity]) -> Known:
        return Known(self._alliance, facts, self._ask, world=self._world, quantities=quantities)

    def standing(self) -> tuple[StatusWord, str | None]:
        """Return where the mechanism stands now."""
        return self._known.standing(self._goal.mechanism)

    def deciding(self) -> list[str]:
        """Return the facts that decide where it stands now."""
        return self._known.deciding(self._goal.mechanism)

    def reached(self, moves: Iterable[Move]) -> bool:
        """Whether the goal is reached with these moves, by the rules themselves."""
        chosen = list(moves)
        absent = {ident for move in chosen for ident in move.absent}
        facts = [f for f in self._facts if f.id not in absent]
        levels = [q for q in self._quantities if q.id not in absent]
        for number, move in enumerate(chosen):
            if move.act is not None:
                facts.append(supposed_fact(move.act, name=f"supposed-{number}"))
            if move.level is not None:
                levels.append(msgspec.structs.replace(move.level, id=f"supposed-{number}"))
        word, stage = self._knowing(facts, levels).standing(self._goal.mechanism)
        return word == self._goal.status and self._goal.stage in (None, stage)

    def smallest(self) -> list[tuple[Move, ...]]:
        """Return the sets of the smallest size that reach the goal, acts before absences."""
        found: list[tuple[Move, ...]] = []
        for move in self._single():
            if self.reached([move]) and not any(_same(move, had[0]) for had in found):
                found.append((move,))
        if found:
            return found[:_LISTED]
        moves = self._moves()
        for size in range(2, _LARGEST + 1):
            # two rules may mean one and the same act
            sets: dict[frozenset[Any], tuple[Move, ...]] = {}
            for chosen in combinations(moves, size):
                what = frozenset(map(_what, chosen))
                if len(what) == size and what not in sets and self.reached(chosen):
                    sets[what] = chosen
                if len(sets) == _LISTED:
                    break
            if sets:
                return list(sets.values())
        return []

    def _single(self) -> Iterator[Move]:
        """Give every move, with all the acts that may fit a rule: another type may not clash."""
        for mechanism in self._mechanisms:
            yield from self._acts(mechanism, every=True)
        yield from self._absences()

    def _moves(self) -> list[Move]:
        """Return the moves that sets are made of: for each rule the plainest act that fits it."""
        acts = [m for mechanism in self._mechanisms for m in self._acts(mechanism, every=False)]
        return [*acts, *self._absences()]

    def _acts(self, mechanism: Mechanism, *, every: bool) -> Iterator[Move]:
        on, roles = self._ask.as_of, self._known.roles
        ahead = self._goal.stage == "announced"
        for level in mechanism.levels:
            told = example_level(level, self._alliance, roles, on)
            yield Move(mechanism=mechanism.id, rule=level.id, level=told)
        for rule in mechanism.rules:
            if rule.effect in ("claims", "asks"):
                continue
            announced = ahead and rule.effect == "initiates" and rule.when.future == "announces"
            acts = example_acts(rule.when, self._alliance, roles, on, announced=announced)
            for act in acts if every else acts[:1]:
                yield Move(mechanism=mechanism.id, rule=rule.id, act=act)

    def _absences(self) -> list[Move]:
        """Return the facts that bear on the mechanisms: one by one, and all that fit a rule."""
        moves = []
        for mechanism in self._mechanisms:
            bearing = [f for f in self._known.found(mechanism.id)[0] if f.certainty != "listed"]
            bearing.sort(key=lambda f: (f.when.end if f.when else date.max, f.fact), reverse=True)
            moves += [
                Move(mechanism=mechanism.id, rule=f.rule, absent=(f.fact,))
                for f in bearing[:_ABSENT]
            ]
            for rule in dict.fromkeys(f.rule for f in bearing):
                together = tuple(dict.fromkeys(f.fact for f in bearing if f.rule == rule))
                if len(together) > 1:
                    moves.append(Move(mechanism=mechanism.id, rule=rule, absent=together))
        return moves


def _same(a: Move, b: Move) -> bool:
    """Whether two moves are one step: an act under the same rule, or the same facts gone."""
    if a.absent or b.absent:
        return bool(b.absent) and set(b.absent) <= set(a.absent)
    return (a.mechanism, a.rule) == (b.mechanism, b.rule) or _what(a) == _what(b)


def _what(move: Move) -> Any:
    """Return what is supposed, whichever rule it is supposed for."""
    return move.absent or move.act or move.level
