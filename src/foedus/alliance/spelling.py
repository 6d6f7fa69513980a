"""Ids and words in a declared alliance that nothing else would notice: not formed as ids, in no vocabulary.

Comes in: the files as read. Goes out: problems, each an error with file, line and remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from foedus.alliance.problems import ADD_IT, one_of, unknown_ids
from foedus.alliance.roles import Registry
from foedus.alliance.schema import Mechanism
from foedus.alliance.sources import Declared
from foedus.errors import FoedusError
from foedus.ledger.hand.wording import load_wording

__all__ = ["check_spelling"]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 36_500
"""Days that a rule may last: a century."""
_Place = tuple[str | int, ...]
_Error = Callable[..., FoedusError]


def check_spelling(declared: Declared, world: Registry | None) -> Iterator[FoedusError]:
    """Return what is wrong with ids, modes, contexts, bases and lengths of time."""
    head = declared.alliance
    for at, name in [
        (("id",), head.value.id),
        *((("roles", n, "id"), role.id) for n, role in enumerate(head.value.roles)),
    ]:
        yield from _id(head.lines.error, name, at)
    for cue in declared.cues.value.cues:
        yield from _id(declared.cues.lines.error, cue, ("cues", cue))
    for number, force in enumerate(declared.forces.value.forces):
        yield from _id(declared.forces.lines.error, force.id, ("forces", number, "id"))
        for base in unknown_ids([force.base] if force.base else [], world):
            yield declared.forces.lines.error(
                f"base {base!r} is not in the world register",
                "forces", number, "base", remedy=ADD_IT,
            )  # fmt: skip
    for loaded in declared.mechanisms:
        for number, mechanism in enumerate(loaded.value.mechanisms):
            for name, at in _ids_of(mechanism):
                yield from _id(loaded.lines.error, name, ("mechanisms", number, *at))
            yield from _rules(loaded.lines.error, mechanism, ("mechanisms", number))
    for history in declared.history:
        for number, act in enumerate(history.value.acts):
            modes = [act.mode] if act.mode is not None else []
            yield from _vocabulary(
                history.lines.error, [act.type], modes, act.contexts, ("acts", number)
            )


def _id(error: _Error, name: str, at: _Place) -> Iterator[FoedusError]:
    if not _SLUG.fullmatch(name):
        yield error(f"{name!r} is no id", *at, remedy="write a slug of small letters: no-troops")


def _ids_of(mechanism: Mechanism) -> Iterator[tuple[str, _Place]]:
    yield mechanism.id, ("id",)
    yield from ((s.id, ("stages", n, "id")) for n, s in enumerate(mechanism.stages))
    yield from ((r.id, ("rules", n, "id")) for n, r in enumerate(mechanism.rules))
    yield from ((v.id, ("levels", n, "id")) for n, v in enumerate(mechanism.levels))


def _rules(error: _Error, mechanism: Mechanism, at: _Place) -> Iterator[FoedusError]:
    for number, rule in enumerate(mechanism.rules):
        place = (*at, "rules", number)
        if rule.lasts is not None and rule.lasts > _LONGEST:
            yield error(
                f"rule {rule.id!r} lasts over a century", *place, "lasts",
                remedy="leave it out: it holds until another act",
            )  # fmt: skip
        when = rule.when
        yield from _vocabulary(error, when.types, when.modes, when.contexts, (*place, "when"))


def _vocabulary(
    error: _Error, types: Iterable[str], modes: Iterable[str], contexts: Iterable[str], at: _Place
) -> Iterator[FoedusError]:
    wording = load_wording()
    known = {
        mode for type_ in tuple(types) or wording.modes for mode in wording.modes.get(type_, ())
    }
    for mode in modes:
        if mode not in known:
            remedy = one_of(known) if known else "drop the mode"
            yield error(f"no act of that type has the mode {mode!r}", *at, remedy=remedy)
    for context in contexts:
        if context not in wording.contexts:
            yield error(f"no act has the context {context!r}", *at, remedy=one_of(wording.contexts))
