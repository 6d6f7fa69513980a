"""Memberships that keep facts out: what would count under a rule if a state were a member, or were none.

Comes in: the rules of a mechanism with the facts that fail them by who acts or to whom, or by whose word it is.
Goes out: for each rule and state the latest fact that the state's declared membership keeps out. A reason shows it,
since another day of joining or leaving would move the answer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date
from heapq import nsmallest

import msgspec

from foedus.alliance.facts import latest_first
from foedus.alliance.match import ROLE_TESTS, Checks, Question, checks_of, fits, on_day, weigh
from foedus.alliance.records import Standing
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Member, Rule
from foedus.ledger.records import Fact, Reading

__all__ = ["KeptOut", "kept_out"]

_LATEST = 30
"""Facts of a rule, the latest first, that are gone through: more would make a reason slow."""
_DOING = ("counts", "announced", "cannot_tell", "refused")
_Worth = tuple[Standing | None, ...]


class KeptOut(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that would be worth something else under a rule if the state's membership were another."""

    rule: Rule
    fact: Fact
    state: str
    memberships: tuple[Member, ...]


def kept_out(
    mechanism: Mechanism,
    short: Iterable[tuple[Rule, Fact]],
    memberships: Iterable[Member],
    roles: Roles,
    ask: Question,
) -> list[KeptOut]:
    """Return for each rule and state the latest of the facts ``short`` that its membership keeps out."""
    held: dict[str, list[Member]] = {}
    for member in memberships:
        held.setdefault(member.state, []).append(member)
    by_rule: dict[str, tuple[Rule, list[Fact]]] = {}
    for rule, fact in short:
        by_rule.setdefault(rule.id, (rule, []))[1].append(fact)
    found = []
    for rule, facts in by_rule.values():
        supposing = _Supposing(rule, mechanism, roles, ask)
        seen: set[str] = set()
        for fact in nsmallest(_LATEST, facts, key=latest_first):
            kept = [s for s in _states(fact, held, roles, ask) if s not in seen]
            for state in sorted(set(kept)):
                if supposing.keeps_out(state, fact):
                    seen.add(state)
                    found.append(
                        KeptOut(rule=rule, fact=fact, state=state, memberships=tuple(held[state]))
                    )
    return found


def _states(fact: Fact, held: Container[str], roles: Roles, ask: Question) -> Iterator[str]:
    """Give the states with a declared membership, now or ever, for which those named stand."""
    for who, on in _named(fact, ask):
        for state in roles.stands_for(who, on):
            if state in held:
                yield state


def _named(fact: Fact, ask: Question) -> Iterator[tuple[str, date]]:
    """Give who is named in a fact, with the day of each telling."""
    around = (*fact.actors, *fact.recipients, *fact.places)
    for reading in fact.readings:
        on, speaker = on_day(reading, ask), reading.act.attributed_to
        for who in around if speaker is None else (*around, speaker):
            yield who, on


class _Supposing:
    """What facts are worth under a rule were a membership another."""

    def __init__(self, rule: Rule, mechanism: Mechanism, roles: Roles, ask: Question) -> None:
        self._rule, self._mechanism, self._roles, self._ask = rule, mechanism, roles, ask
        self._apart = "polarity" if rule.when.polarity == "negated" else ""
        self._checks: dict[int, Checks] = {}
        tests = [getattr(rule.when, name) for name in ROLE_TESTS]
        self._asked = frozenset(mechanism.competent).union(
            *((*test.any, *test.none) for test in tests if test is not None)
        )

    def keeps_out(self, state: str, fact: Fact) -> bool:
        """Whether a fact would be worth something else were a state always a member, or more were it none."""
        roles = self._roles
        with_, without = (roles.supposing(state, member=m) for m in (True, False))
        if not self._touched(fact, with_, without):
            return False
        now, always, never = (self._worth(fact, r) for r in (roles, with_, without))
        # what would count no more without a membership is shown as resting on it
        more = any(a is None and b is not None for a, b in zip(now, never, strict=True))
        return always != now or more

    def _touched(self, fact: Fact, with_: Roles, without: Roles) -> bool:
        """Whether the membership gives one who is named a role that the rule, or its competence, asks for."""
        return any(
            not self._asked.isdisjoint(with_.held(who, on) ^ without.held(who, on))
            for who, on in _named(fact, self._ask)
        )

    def _worth(self, fact: Fact, roles: Roles) -> _Worth:
        """Return what each telling does under the rule; None of one that is only listed, or less."""
        checks = self._checks.get(id(roles))
        if checks is None:
            checks = self._checks[id(roles)] = checks_of(self._rule.when, roles)
        return tuple(self._does(checks, fact, reading, roles) for reading in fact.readings)

    def _does(self, checks: Checks, fact: Fact, reading: Reading, roles: Roles) -> Standing | None:
        on = on_day(reading, self._ask)
        if not fits(checks, fact, reading, on, apart_from=self._apart):
            return None
        weighed = weigh(self._rule, self._mechanism, reading, roles, self._ask, on)
        does = weighed.standing in _DOING and weighed.basis != "claimed"
        return weighed.standing if does else None
