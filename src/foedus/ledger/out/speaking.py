"""Choosing utterances: by who speaks, what about, and where it stands.

Comes in: what an analyst asks for, in his words. Goes out: a :class:`SpeechFilter` in ids, and the
utterances that pass it. Several values of one question are alternatives; several questions must all
be met.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from foedus.ledger.out.content import Content
from foedus.ledger.out.filters import Filter, Names, in_ids, is_report, nearest
from foedus.ledger.out.positions import told_in
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.sayings import Utterance
from foedus.ledger.wordprint import mentions_words

__all__ = ["SpeechFilter", "Voices", "chosen_utterances", "speakers_near", "speech_in_ids"]


class Voices(Names, WorldLike, Protocol):
    """The part of the world register that choosing asks."""


class SpeechFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What utterances must be like. An empty question is not asked.

    ``speakers``: whoever said it, or the state or body he speaks for. ``about``: a cue, an event type,
    an instrument, or somebody or some place in an act told in it; else words that stand in it.
    ``sources``: an outlet, a report's label, or the beginning of its hash.
    """

    speakers: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def speech_in_ids(asked: SpeechFilter, names: Names) -> SpeechFilter:
    """Return the filter with the names of speakers and outlets as their ids."""
    found = in_ids(Filter(parties=asked.speakers, outlets=asked.sources), names)
    return msgspec.structs.replace(asked, speakers=found.parties, sources=found.outlets)


def chosen_utterances(
    content: Content, asked: SpeechFilter, world: Voices
) -> tuple[Utterance, ...]:
    """Return the utterances that pass the filter (in ids), in their order."""
    roles = Roles(world)
    told = told_in(content.facts, content.utterances) if asked.about else {}
    named = [(a, in_ids(Filter(parties=(a,)), world).parties[0]) for a in asked.about]
    return tuple(
        u
        for u in content.utterances
        if (not asked.speakers or any(_speaks(u, s, roles) for s in asked.speakers))
        and (not named or any(_about(u, told.get(u.id, ()), a, n) for a, n in named))
        and (not asked.sources or any(_stands_in(u, s) for s in asked.sources))
    )


def _speaks(utterance: Utterance, asked: str, roles: Roles) -> bool:
    """Whether ``asked`` made the utterance, or somebody who speaks for ``asked``."""
    speaker = utterance.speaker
    return speaker is not None and (
        speaker == asked or roles.side(speaker, utterance.when) == asked
    )


def _about(
    utterance: Utterance, told: Iterable[tuple[Fact, Reading]], asked: str, name: str
) -> bool:
    wanted = {asked.strip().casefold(), name.casefold()}
    for _, reading in told:
        act = reading.act
        terms = (act.type, *act.cues, *act.instruments, *act.actors, *act.recipients, *act.places)
        if wanted & {term.casefold() for term in terms}:
            return True
    return any(mentions_words(v.said.text, asked) for v in utterance.variants)


def _stands_in(utterance: Utterance, asked: str) -> bool:
    return any(
        v.said.outlet == asked or is_report(v.said.citation, asked) for v in utterance.variants
    )


def speakers_near(content: Content, asked: str, names: Names) -> tuple[str, ...]:
    """Return the speakers there are whose id or name is nearest to ``asked``."""
    return nearest(asked, {u.speaker for u in content.utterances if u.speaker}, names)
