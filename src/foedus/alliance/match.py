"""Whether a telling of a fact fits a rule, and what that telling is worth.

Comes in: a rule's pattern, a fact and one of its readings. Goes out: the conditions that fail (none:
it fits), and the reading's standing: DESIGN's « words are not deeds ».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeGuard

import msgspec

from foedus.acts import DateRange
from foedus.alliance.records import Standing
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Mechanism, Pattern, Rule
from foedus.ledger.records import Fact, Reading

__all__ = [
    "Basis",
    "Question",
    "Weighed",
    "failures",
    "fits",
    "foretold",
    "known",
    "on_day",
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


class Weighed(msgspec.Struct, frozen=True):
    """A reading that fits a rule, with its standing and whose word it is."""

    reading: Reading
    standing: Standing
    basis: Basis


def weigh(
    rule: Rule, mechanism: Mechanism, reading: Reading, roles: Roles, ask: Question
) -> Weighed:
    """Return what a fitting reading is worth under the rule."""
    basis = _basis(mechanism, reading, roles, on_day(reading, ask))
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


def fits(
    pattern: Pattern, fact: Fact, reading: Reading, roles: Roles, on: date, *, apart_from: str = ""
) -> bool:
    """Whether a reading of a fact meets ``pattern``, the condition ``apart_from`` set aside."""
    for name, holds in _conditions(pattern, fact, reading, roles, on):
        if not holds and name != apart_from:
            return False
    return True


def failures(pattern: Pattern, fact: Fact, reading: Reading, roles: Roles, on: date) -> list[str]:
    """Return the conditions of ``pattern`` that a reading of a fact does not meet."""
    tests = _conditions(pattern, fact, reading, roles, on)
    return [name for name, holds in tests if not holds]


def _conditions(
    pattern: Pattern, fact: Fact, reading: Reading, roles: Roles, on: date
) -> Iterator[tuple[str, bool]]:
    """Give the conditions that a pattern makes, each with whether it holds; the quick ones first.

    What a reading leaves out is taken from the fact, that is, from the other tellings of it: a
    headline that names nobody tells of the same act as the sentence that does.
    """
    act = reading.act
    if pattern.types:
        yield "type", act.type in pattern.types
    if pattern.cues:
        yield "cue", _any(pattern.cues, act.cues or fact.cues)
    if pattern.polarity == "negated":
        yield "polarity", "negation" in act.aux
    if pattern.future in ("only", "excluded"):
        yield "future", foretold(reading) == (pattern.future == "only")
    if pattern.modes:
        yield "mode", (act.mode or fact.mode) in pattern.modes
    if pattern.instruments:
        yield "instrument", _any(pattern.instruments, act.instruments or fact.instruments)
    if pattern.contexts:
        yield "context", _any(pattern.contexts, act.contexts)
    yield from _role_conditions(pattern, fact, reading, roles, on)


def _role_conditions(
    pattern: Pattern, fact: Fact, reading: Reading, roles: Roles, on: date
) -> Iterator[tuple[str, bool]]:
    act = reading.act
    if pattern.actors is not None:
        actors = act.actors or fact.actors
        if act.capacity and act.attributed_to in actors:
            # he acts in the office that the report gives him
            actors = (*actors, *act.capacity)
        yield "actors", roles.passes(pattern.actors, actors, on)
    recipients = act.recipients or fact.recipients
    if pattern.recipients is not None:
        yield "recipients", roles.passes(pattern.recipients, recipients, on)
    places = act.places or fact.places
    if pattern.places is not None:
        yield "places", roles.passes(pattern.places, places, on)
    if pattern.targets is not None:
        yield "targets", roles.passes(pattern.targets, (*recipients, *places), on)


def _any(wanted: tuple[str, ...], found: Iterable[str]) -> bool:
    return any(value in wanted for value in found)


def known(reading: Reading, ask: Question) -> bool:
    """Whether a reading had appeared by the day, or may have: its publication does not start later."""
    return not ask.after(reading.published)
