"""Memberships that keep facts out: what would count under a rule if a state were a member, or were none.

Comes in: the rules of a mechanism with the facts that fail them by who acts or to whom, or by whose word it is.
Goes out: for each rule and state the latest fact that the state's declared membership keeps out. A reason shows it,
since another day of joining or leaving would move the answer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from foedus.alliance.facts import begins_after, latest_first
from foedus.alliance.findings import Short
from foedus.alliance.match import WHO, Checks, Question, checks_of, fits, on_day, weigh
from foedus.alliance.records import Standing
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Member, RoleTest, Rule
from foedus.ledger.records import Fact, Reading

__all__ = ["KeptOut", "kept_out"]

_LATEST = 30
"""Facts of a rule, the latest first, that are gone through: more would make a reason slow."""
_DOING = ("counts", "announced", "cannot_tell", "refused")
_Worth = tuple[Standing | None, ...]


class KeptOut(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A fact that would be worth something else under a rule if the state's membership were another."""

    rule: Rule
    fact: Fact
    state: str
    memberships: tuple[Member, ...]


def kept_out(
    mechanism: Mechanism,
    short: Mapping[str, list[Short]],
    memberships: Iterable[Member],
    roles: Roles,
    ask: Question,
    until: date,
) -> list[KeptOut]:
    """Return for each rule and state the latest of the facts ``short``, by rule, that its membership keeps out.

    What came after the day ``until`` is passed over, unless nobody named a day.
    """
    held: dict[str, list[Member]] = {}
    for member in memberships:
        held.setdefault(member.state, []).append(member)
    found = []
    for ones in short.values():
        rule = ones[0].rule
        supposing = _Supposing(rule, mechanism, held, roles, ask)
        seen: set[str] = set()
        if not supposing.may_keep_out(ones):
            continue
        for one in _latest(ones, date.max if ask.any_day else until):
            for state in supposing.keep_out(one, seen):
                seen.add(state)
                kept = KeptOut(
                    rule=rule, fact=one.fact, state=state, memberships=tuple(held[state])
                )
                found.append(kept)
    return found


def _latest(ones: list[Short], until: date) -> list[Short]:
    """Return the latest few up to a day."""
    days = [one.fact.date.start if one.fact.date is not None else date.max for one in ones]
    if max(days) > until:
        ones = [
            one
            for one, day in zip(ones, days, strict=True)
            if day <= until or not begins_after(one.fact, until)
        ]
    if len(ones) > _LATEST:
        days = [one.fact.date.start if one.fact.date is not None else date.min for one in ones]
        last = sorted(days, reverse=True)[_LATEST - 1]
        ones = [one for one, day in zip(ones, days, strict=True) if day >= last]
    return sorted(ones, key=lambda one: latest_first(one.fact))[:_LATEST]


class _Supposing:
    """What facts are worth under a rule were a membership another."""

    def __init__(
        self, rule: Rule, mechanism: Mechanism, held: Container[str], roles: Roles, ask: Question
    ) -> None:
        self._rule, self._mechanism, self._roles, self._ask = rule, mechanism, roles, ask
        self._held = held
        self._apart = "polarity" if rule.when.polarity == "negated" else ""
        self._checks: dict[int, Checks] = {}
        self._open = {"", *(name for name in WHO if self._asks_for_members(name))}
        """The conditions that somebody meets, or fails, for being a member; and where several may matter."""

    def _asks_for_members(self, name: str) -> bool:
        test: RoleTest | None = getattr(self._rule.when, name)
        return test is not None and not self._roles.of_members.isdisjoint((*test.any, *test.none))

    def may_keep_out(self, shorts: Iterable[Short]) -> bool:
        """Whether a membership may keep any of these out."""
        return not self._open.isdisjoint([short.failed for short in shorts])

    def keep_out(self, short: Short, seen: Container[str]) -> list[str]:
        """Return the states whose membership keeps a fact out, but for those ``seen``."""
        if short.failed:
            return self._of_the_only_telling(short, seen) if short.failed in self._open else []
        fact, roles = short.fact, self._roles
        states = {
            state
            for reading in fact.readings
            for state in self._bound(_named(fact, reading), on_day(reading, self._ask))
            if state not in seen
        }
        if not states:
            return []
        now = self._worth(fact, roles)
        return [state for state in sorted(states) if self._changes(fact, state, now)]

    def _of_the_only_telling(self, short: Short, seen: Container[str]) -> list[str]:
        """Return the states that another membership would let pass what the only telling fails, and all else."""
        fact, roles = short.fact, self._roles
        test: RoleTest = getattr(self._rule.when, short.failed)
        (reading,) = fact.readings
        named, on = WHO[short.failed](fact, reading), on_day(reading, self._ask)
        found = []
        for state in sorted(set(self._bound(named, on))):
            if state not in seen:
                other = roles.supposing(state, member=not roles.member(state, on))
                if other.passes(test, named, on) and self._does(fact, reading, other) is not None:
                    found.append(state)
        return found

    def _bound(self, named: Iterable[str], on: date) -> Iterator[str]:
        """Give the states with a declared membership, now or ever, for which those named stand."""
        for who in named:
            for state in self._roles.stands_for(who, on):
                if state in self._held:
                    yield state

    def _changes(self, fact: Fact, state: str, now: _Worth) -> bool:
        """Whether a fact would be worth something else were a state always a member, or more were it none."""
        always, never = (
            self._worth(fact, self._roles.supposing(state, member=m)) for m in (True, False)
        )
        # what would count no more without a membership is shown as resting on it
        more = any(a is None and b is not None for a, b in zip(now, never, strict=True))
        return always != now or more

    def _worth(self, fact: Fact, roles: Roles) -> _Worth:
        return tuple(self._does(fact, reading, roles) for reading in fact.readings)

    def _does(self, fact: Fact, reading: Reading, roles: Roles) -> Standing | None:
        """Return what a telling does under the rule; None if it is only listed, or less."""
        checks = self._checks.get(id(roles))
        if checks is None:
            checks = self._checks[id(roles)] = checks_of(self._rule.when, roles)
        on = on_day(reading, self._ask)
        if not fits(checks, fact, reading, on, apart_from=self._apart):
            return None
        weighed = weigh(self._rule, self._mechanism, reading, roles, self._ask, on)
        does = weighed.standing in _DOING and weighed.basis != "claimed"
        return weighed.standing if does else None


def _named(fact: Fact, reading: Reading) -> Iterator[str]:
    """Give who is named in a fact, and by a telling of it."""
    yield from (*fact.actors, *fact.recipients, *fact.places, *reading.act.capacity)
    if reading.act.attributed_to is not None:
        yield reading.act.attributed_to
