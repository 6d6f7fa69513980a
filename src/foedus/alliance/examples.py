"""An act that a rule speaks of, made up: somebody in each role that the rule asks for, on a day.

Comes in: a rule. Goes out: acts that should fit it, the plainest first; whoever uses them lets the
engine say whether they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice, product

from foedus.acts import Act, Aux, EventType, Quantity, day
from foedus.alliance.folder import Alliance
from foedus.alliance.roles import Roles
from foedus.alliance.schema import Level, Pattern, RoleTest

__all__ = ["example_acts", "example_level"]

_MOST = 24
_Named = tuple[str, ...]


def example_acts(
    pattern: Pattern, alliance: Alliance, roles: Roles, on: date, *, announced: bool = False
) -> list[Act]:
    """Return acts of the day ``on`` that should fit a pattern, the plainest first, 24 at most.

    ``announced``: told as still to come, where the pattern leaves that open.
    """
    pool = _pool(alliance, roles, on)
    aux: tuple[Aux, ...] = ()
    if pattern.polarity == "negated":
        aux = ("negation",)
    elif pattern.future == "only" or announced:
        aux = ("future",)
    types: tuple[EventType, ...] = pattern.types or ("MOBILIZE",)
    singles = [getattr(pattern, name) or (None,) for name in _SINGLES]
    named = product(
        _bearers(pattern.actors, pool, roles, on), _targeted(pattern, pool, roles, on)
    )  # fmt: skip
    choices = product(types, *singles, list(named))
    return [
        Act(
            id="supposed", report="", span=(0, 0), trigger=(0, 0), type=type_, aux=aux,
            cues=_only(cue), mode=mode, instruments=_only(instrument), contexts=_only(context),
            actors=actors, recipients=recipients, places=places, date=day(on),
        )
        for type_, cue, mode, instrument, context, (actors, (recipients, places)) in islice(
            choices, _MOST
        )
    ]  # fmt: skip


_SINGLES = ("cues", "modes", "instruments", "contexts")


def _only(value: str | None) -> _Named:
    return () if value is None else (value,)


def example_level(level: Level, alliance: Alliance, roles: Roles, on: date) -> Quantity:
    """Return a told level of the day ``on`` that should fit a rule over levels."""
    places = next(_bearers(level.places, _pool(alliance, roles, on), roles, on), ())
    return Quantity(
        id="supposed", report="", span=(0, 0), level=level.levels[0], cues=level.cues[:1],
        place=places[0] if places else None, date=day(on),
    )  # fmt: skip


def _pool(alliance: Alliance, roles: Roles, on: date) -> tuple[str, ...]:
    """Return who may be named: those of the folder, the alliance's own first, then members; then any state."""
    head = alliance.declared
    own = [i for role in head.roles for i in role.ids]
    told = [i for d in alliance.calendar for i in (*d.act.actors, *d.act.recipients)]
    return tuple(dict.fromkeys([head.body, *own, *alliance.members(on), *told, *roles.states()]))


def _bearers(
    test: RoleTest | None, pool: tuple[str, ...], roles: Roles, on: date
) -> Iterator[_Named]:
    """Give one who passes the test for each role that would do; nobody, where that passes."""
    if test is None or not test.any:
        yield ()
        return
    for role in test.any:
        for who in pool:
            if roles.has(who, role, on) and roles.passes(test, (who,), on):
                yield (who,)
                break
    if test.empty:
        yield ()


def _targeted(
    pattern: Pattern, pool: tuple[str, ...], roles: Roles, on: date
) -> Iterator[tuple[_Named, _Named]]:
    """Give recipients and places; who is to be the target is a recipient, or else a place."""
    for recipients in _bearers(pattern.recipients, pool, roles, on):
        for places in _bearers(pattern.places, pool, roles, on):
            for targets in _bearers(pattern.targets, pool, roles, on):
                yield (*recipients, *targets), places
                if targets:
                    yield recipients, (*places, *targets)
