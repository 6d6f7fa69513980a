"""The declared numbers of the ledger: what makes tellings one fact, what may date a report.

Comes in: ``data/rules.yaml``, and what the alliance says of its cues (:class:`CueKinds`). Goes out:
:class:`Rules`. The engine (:mod:`foedus.ledger.joining.grouping`, :mod:`foedus.ledger.dating`) holds no cue and no
event type of its own.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from foedus.acts import EVENT_TYPES
from foedus.declared import load_declared

__all__ = ["CueKinds", "Points", "Rules", "TypeRule", "load_rules"]

_DEFAULT = Path(__file__).parent / "data" / "rules.yaml"


class Points(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each thing that two tellings share counts."""

    cue: int
    broad_cue: int
    actors: int
    company: int
    recipients: int
    places: int
    within: int
    target: int
    near_target: int
    instruments: int
    day: int
    near_day: int
    same_news: int
    quantity: int
    figure: int
    mode: int
    rule: int
    copy: int
    named: int
    word: int
    war: int
    heading: int
    title: int
    story: int
    landmark: int


Kind = Literal["meeting", "said", "deed"]


class TypeRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How tellings of one event type are joined. ``back`` and ``ahead`` are days."""

    kind: Kind
    back: int
    ahead: int
    need: int
    strict: bool = False
    repeated: bool = False
    answers: bool = False
    seldom: bool = False
    same_report: int = 0


class ToldOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days about those of which a passage tells, in which what it tells without a day is taken to have been;
    ``least``: that these lie before the report.
    """

    least: int
    back: int
    ahead: int


class CueKinds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an alliance's cues are to the ledger; any other cue singles out one event in its time.

    ``broad`` point at an open-ended activity, ``rare`` at what happens once in a while; of what
    ``complete`` point at, the alliance's history lists every case. ``telling`` are instruments that say as
    much as the cue of the same name. ``occasions`` are meetings: of what is said there, they single out nothing.
    """

    broad: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()


class Contraries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which event types are contraries of which, and how many days apart two reports of them may be."""

    days: int
    types: dict[str, tuple[str, ...]]


class Rules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The content of ``rules.yaml``, and what the alliance says of its ``cues``."""

    cues: CueKinds = CueKinds()
    points: Points
    generic_instruments: tuple[str, ...]
    vague: dict[Kind, int]
    denied_back: int
    announced_back: int
    figures_apart: int
    campaign_back: int
    campaign_means: tuple[str, ...]
    going_on: int
    story_words: int
    told_back: int
    told_of: ToldOf
    far: int
    far_need: int
    kinds_of_aid: tuple[str, ...]
    confused: tuple[tuple[str, str], ...]
    like_modes: dict[str, tuple[str, ...]]
    opposed: Contraries
    types: dict[str, TypeRule]

    def speaking_of(self, cues: CueKinds) -> Rules:
        """Return the same rules for an alliance with these cues."""
        return msgspec.structs.replace(self, cues=cues)

    def narrow(self, cues: tuple[str, ...], instruments: tuple[str, ...] = ()) -> frozenset[str]:
        """Return those of ``cues`` that single out one event, and instruments that do as well."""
        return _narrow(self.cues.broad, self.cues.telling, cues, instruments)

    def singling(
        self, kind: str, cues: tuple[str, ...], instruments: tuple[str, ...]
    ) -> frozenset[str]:
        """Return those of ``cues`` and ``instruments`` that single out one act of a type."""
        narrow = self.narrow(cues, instruments)
        return narrow.difference(self.cues.occasions) if self.types[kind].kind == "said" else narrow

    def manner(self, kind: str, mode: str | None) -> str | None:
        """Return what of a mode sets two acts of a type apart; None: nothing.

        What is said is told as a charge by one and as blame by another; and a strike by what fell.
        """
        if mode is None or mode == "multilateral" or self.types[kind].kind == "said":
            return None
        return next((name for name, modes in self.like_modes.items() if mode in modes), mode)


@lru_cache(maxsize=100_000)
def _narrow(
    broad: tuple[str, ...], telling: tuple[str, ...], cues: tuple[str, ...],
    instruments: tuple[str, ...],
) -> frozenset[str]:  # fmt: skip
    return frozenset(cues).difference(broad) | frozenset(instruments).intersection(telling)


@cache
def load_rules(path: Path = _DEFAULT) -> Rules:
    """Read the rules.

    Raises:
        FoedusError: the file is not as it must be, or an event type is missing or unknown; file
            and line are named.
    """
    rules, lines = load_declared(path, Rules)
    missing = [name for name in EVENT_TYPES if name not in rules.types]
    if missing:
        raise lines.error(f"no rule for {', '.join(missing)}", "types", remedy="add a line each")
    unknown = sorted(set(rules.types) - set(EVENT_TYPES))
    if unknown:
        raise lines.error(f"{unknown[0]} is no event type", "types", unknown[0])
    for kind, others in rules.opposed.types.items():
        for name in (kind, *others):
            if name not in EVENT_TYPES:
                raise lines.error(f"{name} is no event type", "opposed", "types", kind)
    return rules
