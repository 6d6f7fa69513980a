"""Topic: whether a report concerns an alliance at all, told from its words alone.

Comes in: the words that show it, handed over as data, and a text. Goes out: yes or no. It is asked
before anything is read or parsed, so it must cost next to nothing: one pass of one automaton over the
text. Fewer words never turn a no into a yes: what the whole page does not show, its article does
not show either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import ahocorasick_rs

from foedus.acts import Span
from foedus.coding.text import SpanIndex, bounded, fold, lowered

__all__ = ["Topic", "TopicEntry"]

_NAME, _PARTY, _FIELD = "name", "party", "field"


class TopicEntry(Protocol):
    """One language's words; the alliance's ``topic.yaml`` says what each asks."""

    @property
    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def parties(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def field(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def endings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def least(self) -> int: ...  # noqa: D102


class Topic:
    """Tells whether texts concern a topic. The language of a text need not be known."""

    def __init__(self, entries: Sequence[TopicEntry]) -> None:
        self._least = max((e.least for e in entries), default=1)
        self._meant: dict[str, set[tuple[str, str]]] = {}
        for entry in entries:
            for kind, words in (
                (_NAME, entry.names),
                (_PARTY, entry.parties),
                (_FIELD, entry.field),
            ):
                for word in words:
                    self._add(word, kind, entry.endings)
        self._forms = sorted(self._meant)
        self._machine = ahocorasick_rs.AhoCorasick(self._forms)

    def _add(self, word: str, kind: str, endings: Sequence[str]) -> None:
        plain = lowered(fold(word))
        for ending in ("", *endings):
            self._meant.setdefault(plain + ending, set()).add((kind, plain))

    def concerns(self, text: str, passages: Sequence[Span] | None = None) -> bool:
        """Return whether ``text`` concerns the topic, or what of it lies in ``passages``."""
        within = None if passages is None else SpanIndex((span, None) for span in passages)
        seen: set[tuple[str, str]] = set()
        for start, end, form in self._found(text):
            if within is None or within.holds((start, end)):
                seen |= self._meant[form]
        kinds = {kind for kind, _ in seen}
        words = sum(kind == _FIELD for kind, _ in seen)
        return (_NAME in kinds and words >= 1) or (_PARTY in kinds and words >= self._least)

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        lower = lowered(fold(text))
        for number, start, end in self._machine.find_matches_as_indexes(lower, overlapping=True):
            if bounded(lower, start, end):
                yield start, end, self._forms[number]
