"""Whether a telling of a fact fits a rule, and what that telling is worth.

Comes in: a rule's pattern, a fact and one of its readings. Goes out: the conditions that fail (none:
it fits), and the reading's standing: DESIGN's « words are not deeds ».
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeGuard

import msgspec

from foedus.acts import DateRange
from foedus.alliance.records import Standing
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Pattern, Rule
from foedus.ledger.records import Fact, Reading
from foedus.world.records import Tenure

__all__ = [
    "WHO",
    "Basis",
    "Checks",
    "Question",
    "Weighed",
    "checks_of",
    "deedless",
    "failures",
    "fits",
    "foretold",
    "known",
    "on_day",
    "unindexed",
    "weigh",
]

Basis = str
"""Why a reading's word is taken: ``plain`` (the report's own), ``competent``, ``own_side``, or
``claimed`` (neither)."""


class Question(msgspec.Struct, frozen=True):
    """The day asked about, and the day by which things had to be known.

    ``any_day`` and ``any_report``: nobody named that day. Then whatever is told counts, whenever it
    was, and the day is only printed and used to look up offices and members.
    """

    as_of: date
    known_by: date
    any_day: bool = False
    any_report: bool = False

    def after(self, published: DateRange | None) -> bool:
        """Whether what was published then appeared after the day, beyond doubt."""
        return self._limits(published) and published.start > self.known_by

    def unsure_of(self, published: DateRange | None) -> bool:
        """Whether what was published then may have appeared after the day."""
        return self._limits(published) and published.end > self.known_by

    def unsettled(self, when: DateRange | None) -> bool:
        """Whether something counts only because nobody named a day: it may lie after the one shown."""
        return self.any_day and (when is None or when.end > self.as_of)

    def _limits(self, published: DateRange | None) -> TypeGuard[DateRange]:
        return published is not None and not self.any_report


class Weighed(msgspec.Struct, frozen=True, gc=False):
    """A reading that fits a rule, with its standing and whose word it is.

    ``held``: the offices that the register gives to who says it and to persons who do it, with their
    days, by which it is known for whom they speak; filled in where a reason is shown.
    """

    reading: Reading
    standing: Standing
    basis: Basis
    held: tuple[tuple[str, Tenure], ...] = ()


def weigh(
    rule: Rule, mechanism: Mechanism, reading: Reading, roles: Roles, ask: Question, on: date
) -> Weighed:
    """Return what a fitting reading is worth under the rule; ``on`` is the day of its roles."""
    basis = _basis(mechanism, reading, roles, on)
    return Weighed(reading, _standing(rule.when, reading, basis, ask), basis)


def _standing(pattern: Pattern, reading: Reading, basis: Basis, ask: Question) -> Standing:
    aux = reading.act.aux
    negated = "negation" in aux
    if "hypothetical" in aux:
        return "hypothetical"
    if "historical" in aux:
        return "historical"
    if negated and pattern.polarity == "affirmed":
        return "refused"
    if basis == "claimed":
        return "claimed"
    if ask.unsure_of(reading.published):
        return "cannot_tell"
    # that something will not be done is said now: only what will be done waits to be done
    if foretold(reading) and not negated and pattern.future == "announces":
        return "announced"
    return "counts"


def deedless(fact: Fact) -> bool:
    """Whether a fact bears on nothing: all that is told of it is hypothetical or of long ago."""
    for reading in fact.readings:
        aux = reading.act.aux
        if not aux or ("hypothetical" not in aux and "historical" not in aux):
            return False
    return True


def foretold(reading: Reading) -> bool:
    """Whether a reading tells of something still to come: by its words, or by its date."""
    date_, published = reading.date, reading.published
    later = date_ is not None and published is not None and date_.start > published.end
    return later or "future" in reading.act.aux


def _basis(mechanism: Mechanism, reading: Reading, roles: Roles, on: date) -> Basis:
    speaker = reading.act.attributed_to
    if speaker is None:
        return "plain"
    # the report may name an office that the register does not know him to hold
    voices = (speaker, *reading.act.capacity)
    sides = {roles.side(voice, on) for voice in voices}
    if any(roles.side(actor, on) in sides for actor in reading.act.actors):
        return "own_side"
    named = {*voices, *roles.offices(speaker, on)}
    for competent in mechanism.competent:
        if competent in named:
            return "competent"
        if not roles.declared(competent):
            continue
        if any(roles.has(voice, competent, on) for voice in voices):
            return "competent"
    return "claimed"


def on_day(reading: Reading, ask: Question) -> date:
    """Return the day on which roles and offices are looked up for a reading."""
    known = reading.date or reading.published
    return known.start if known is not None else ask.as_of


Check = Callable[[Fact, Reading, date], bool]
Checks = tuple[tuple[str, Check], ...]
"""The conditions that a pattern makes, each with its name; the quick ones first."""
_INDEXED = ("type", "cue")


def fits(checks: Checks, fact: Fact, reading: Reading, on: date, *, apart_from: str = "") -> bool:
    """Whether a reading of a fact meets a pattern, the condition ``apart_from`` set aside."""
    for name, holds in checks:  # noqa: SIM110  (a generator would take a third longer)
        if not holds(fact, reading, on) and name != apart_from:
            return False
    return True


def failures(checks: Checks, fact: Fact, reading: Reading, on: date) -> list[str]:
    """Return the conditions of a pattern that a reading of a fact does not meet."""
    return [name for name, holds in checks if not holds(fact, reading, on)]


def checks_of(pattern: Pattern, roles: Roles) -> Checks:
    """Return the conditions that a pattern makes.

    What a reading leaves out is taken from the fact, that is, from the other tellings of it: a
    headline that names nobody tells of the same act as the sentence that does.
    """
    return (*_of_the_act(pattern), *_of_roles(pattern, roles))


def _of_the_act(pattern: Pattern) -> Iterator[tuple[str, Check]]:
    if types := frozenset(pattern.types):
        yield "type", lambda _fact, reading, _on: reading.act.type in types
    if cues := frozenset(pattern.cues):
        yield "cue", lambda fact, reading, _on: not cues.isdisjoint(reading.act.cues or fact.cues)
    if pattern.polarity == "negated":
        yield "polarity", lambda _fact, reading, _on: "negation" in reading.act.aux
    if pattern.future in ("only", "excluded"):
        wanted = pattern.future == "only"
        yield "future", lambda _fact, reading, _on: foretold(reading) is wanted
    if modes := frozenset(pattern.modes):
        yield "mode", lambda fact, reading, _on: (reading.act.mode or fact.mode) in modes
    if means := frozenset(pattern.instruments):
        yield (
            "instrument",
            lambda fact, reading, _on: (
                not means.isdisjoint(reading.act.instruments or fact.instruments)
            ),
        )
    if contexts := frozenset(pattern.contexts):
        yield "context", lambda _fact, reading, _on: not contexts.isdisjoint(reading.act.contexts)


def _of_roles(pattern: Pattern, roles: Roles) -> Iterator[tuple[str, Check]]:
    passes = roles.passes
    if (who := pattern.actors) is not None:
        yield "actors", lambda fact, reading, on: passes(who, _actors(fact, reading), on)
    if (to := pattern.recipients) is not None:
        yield "recipients", lambda fact, reading, on: passes(to, _recipients(fact, reading), on)
    if (where := pattern.places) is not None:
        yield "places", lambda fact, reading, on: passes(where, _places(fact, reading), on)
    if (at := pattern.targets) is not None:
        yield "targets", lambda fact, reading, on: passes(at, _targets(fact, reading), on)


def _actors(fact: Fact, reading: Reading) -> tuple[str, ...]:
    act = reading.act
    named = act.actors or fact.actors
    # he acts in the office that the report gives him
    return (*named, *act.capacity) if act.capacity and act.attributed_to in named else named


def _recipients(fact: Fact, reading: Reading) -> tuple[str, ...]:
    return reading.act.recipients or fact.recipients


def _places(fact: Fact, reading: Reading) -> tuple[str, ...]:
    return reading.act.places or fact.places


def _targets(fact: Fact, reading: Reading) -> tuple[str, ...]:
    return _recipients(fact, reading) + _places(fact, reading)


WHO: dict[str, Callable[[Fact, Reading], tuple[str, ...]]] = {
    "actors": _actors,
    "recipients": _recipients,
    "places": _places,
    "targets": _targets,
}
"""Whom the conditions ask about that ask who it is; they come last."""


def unindexed(checks: Checks) -> Checks:
    """Return the conditions that :class:`~foedus.alliance.facts.Index` leaves open of what one telling tells."""
    return tuple(check for check in checks if check[0] not in _INDEXED)


def known(reading: Reading, ask: Question) -> bool:
    """Whether a reading had appeared by the day, or may have: its publication does not start later."""
    return not ask.after(reading.published)
