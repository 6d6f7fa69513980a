"""Cues: wording that points at a mechanism of an alliance.

Comes in: the alliance's own wording, handed over as data, and the folded text of a report. Goes out:
for an act's clause and sentence, the cues that its words bear. This room knows no alliance: whatever
has the fields of :class:`CueEntry` will do.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from typing import Protocol

import ahocorasick_rs

from foedus.acts import Span
from foedus.coding.text import bounded, lowered

__all__ = ["CueEntry", "Cues", "Hits"]


class CueEntry(Protocol):
    """One wording rule of a cue; see the alliance's ``cues.yaml`` for what each field asks."""

    @property
    def cue(self) -> str: ...  # noqa: D102
    @property
    def language(self) -> str: ...  # noqa: D102
    @property
    def phrases(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def types(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def needs(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def excludes(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def own(self) -> bool: ...  # noqa: D102
    @property
    def refused(self) -> bool: ...  # noqa: D102
    @property
    def placed(self) -> bool: ...  # noqa: D102
    @property
    def instrument(self) -> str | None: ...  # noqa: D102


class Hits:
    """Where the phrases of the cues stand in one report."""

    def __init__(self, found: Sequence[tuple[int, int, str]]) -> None:
        self._found = sorted(found)
        self._starts = [start for start, _, _ in self._found]

    def within(self, span: Span) -> dict[str, int]:
        """Return the phrases that stand wholly in ``span``, each with its first place."""
        low = bisect.bisect_left(self._starts, span[0])
        out: dict[str, int] = {}
        for at in range(low, len(self._found)):
            start, end, phrase = self._found[at]
            if start >= span[1]:
                break
            if end <= span[1]:
                out.setdefault(phrase, start)
        return out


class Cues:
    """The cues of one language, ready to be looked for."""

    def __init__(self, entries: Sequence[CueEntry], language: str) -> None:
        self.entries = [e for e in entries if e.language == language]
        phrases = {p for e in self.entries for p in (*e.phrases, *e.needs, *e.excludes)}
        self._phrases = sorted(phrases)
        self._machine = ahocorasick_rs.AhoCorasick(self._phrases) if self._phrases else None

    def hits(self, folded: str) -> Hits:
        """Find every phrase of every cue in a text, on word boundaries."""
        if self._machine is None:
            return Hits([])
        lower = lowered(folded)
        found = [
            (start, end, self._phrases[number])
            for number, start, end in self._machine.find_matches_as_indexes(lower, overlapping=True)
            if bounded(lower, start, end)
        ]
        return Hits(found)

    def of(
        self,
        hits: Hits,
        clause: Span,
        sentence: Span,
        kind: str,
        *,
        refused: bool,
        own: bool,
        placed: bool,
    ) -> tuple[tuple[str, ...], tuple[str, ...], Span | None]:
        """Return the cues of an act, the instruments they bring, and the words that show the first.

        ``refused``: the act is a refusal or negated. ``own``: the alliance itself is meant.
        ``placed``: the act names a state as its place.
        """
        near, around = hits.within(clause), hits.within(sentence)
        cues: list[str] = []
        instruments: list[str] = []
        shown: Span | None = None
        for entry in self.entries:
            if entry.types and kind not in entry.types:
                continue
            if (entry.refused and not refused) or (entry.own and not own):
                continue
            if entry.placed and not placed:
                continue
            phrase = next((p for p in entry.phrases if p in near), None)
            if phrase is None or any(p in around for p in entry.excludes):
                continue
            if entry.needs and not any(p in around for p in entry.needs):
                continue
            if entry.cue not in cues:
                cues.append(entry.cue)
            if entry.instrument and entry.instrument not in instruments:
                instruments.append(entry.instrument)
            shown = shown or (near[phrase], near[phrase] + len(phrase))
        return tuple(cues), tuple(instruments), shown
