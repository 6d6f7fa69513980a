"""Memberships that keep facts out: what would count under a rule if a state were a member, or were none.

Comes in: the rules of a mechanism with the facts that fail them by who acts or to whom, or by whose word it is.
Goes out: for each rule and state the latest fact that the state's declared membership keeps out. A reason shows it,
since another day of joining or leaving would move the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from foedus.alliance.facts import latest_first
from foedus.alliance.match import Question, Weighed, checks_of, fits, on_day, weigh
from foedus.alliance.records import Standing
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Member, Rule
from foedus.ledger.records import Fact

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
    by_rule: dict[str, list[tuple[Rule, Fact]]] = {}
    for rule, fact in short:
        by_rule.setdefault(rule.id, []).append((rule, fact))
    found = []
    for pairs in by_rule.values():
        seen: set[str] = set()
        for rule, fact in sorted(pairs, key=lambda p: latest_first(p[1]))[:_LATEST]:
            states = set(_states(fact, held, roles, ask)) - seen
            now = _worth(rule, mechanism, fact, roles, ask) if states else ()
            for state in sorted(states):
                always, never = (
                    _worth(rule, mechanism, fact, roles.supposing(state, member=m), ask)
                    for m in (True, False)
                )
                # what would count no more without a membership is shown as resting on it
                more = any(a is None and b is not None for a, b in zip(now, never, strict=True))
                if always != now or more:
                    seen.add(state)
                    found.append(
                        KeptOut(rule=rule, fact=fact, state=state, memberships=tuple(held[state]))
                    )
    return found


def _states(
    fact: Fact, held: dict[str, list[Member]], roles: Roles, ask: Question
) -> Iterator[str]:
    """Give the states with a declared membership, now or ever, for which those named stand."""
    for reading in fact.readings:
        act, on = reading.act, on_day(reading, ask)
        named = (*fact.actors, *fact.recipients, *fact.places, act.attributed_to)
        for who in named:
            if who is not None:
                yield from (s for s in roles.stands_for(who, on) if s in held)


def _worth(rule: Rule, mechanism: Mechanism, fact: Fact, roles: Roles, ask: Question) -> _Worth:
    """Return what each telling does under the rule; None of one that is only listed, or less."""
    checks = checks_of(rule.when, roles)
    apart = "polarity" if rule.when.polarity == "negated" else ""
    days: list[date] = [on_day(r, ask) for r in fact.readings]
    weighed = (
        weigh(rule, mechanism, r, roles, ask, on)
        if fits(checks, fact, r, on, apart_from=apart)
        else None
        for r, on in zip(fact.readings, days, strict=True)
    )
    return tuple(w.standing if w is not None and _does(w) else None for w in weighed)


def _does(weighed: Weighed) -> bool:
    return weighed.standing in _DOING and weighed.basis != "claimed"
