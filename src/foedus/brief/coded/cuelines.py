"""The lines of the alliance's ``cues.yaml`` behind the cues of an act.

Comes in: the alliance's wording, a report, and acts with their cues. Goes out: for each cue the line
whose phrase stands in the act's clause and whose conditions the act meets.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

from foedus.acts import Act, Span
from foedus.alliance import Alliance
from foedus.alliance.folder import SHIPPED
from foedus.alliance.records import CueWording
from foedus.coding.acts import Cues, Hits
from foedus.coding.grounds import Ground, line_text
from foedus.coding.text import fold
from foedus.report.records import Report
from foedus.world import World

__all__ = ["CueLines", "CuesWithin"]


class CueLines:
    """The cues of one alliance in one language."""

    def __init__(self, alliance: Alliance, language: str, world: World) -> None:
        self.path = alliance.folder / "cues.yaml"
        # A folder of the user's own is named by its last name: a page tells nothing of the machine.
        shipped = alliance.folder.parent == SHIPPED
        folder = f"alliance/declared/{self.path.parent.name}" if shipped else self.path.parent.name
        self.file = f"{folder}/cues.yaml"
        self.cues = Cues(alliance.cues, language)
        self.entries = [e for e in alliance.cues if e.language == language]
        self.world = world

    def within(self, report: Report, pieces: Sequence[Span]) -> CuesWithin:
        """Return the cues as they stand in one report."""
        return CuesWithin(self, self.cues.hits(fold(report.text)), pieces)


class CuesWithin:
    """The phrases of cues in one report."""

    def __init__(self, lines: CueLines, hits: Hits, pieces: Sequence[Span]) -> None:
        self._lines = lines
        self._hits = hits
        self._pieces = pieces
        self._ends = [span[1] for span in pieces]

    def of(self, act: Act) -> Iterator[Ground]:
        """Yield the grounds of an act's cues that its words bring, one for each."""
        near, around = self._hits.within(act.span), self._hits.within(self._sentence(act))
        met: set[str] = set()
        for entry in self._lines.entries:
            if entry.cue not in act.cues or entry.cue in met or not self._fits(entry, act, around):
                continue
            for number, phrase in enumerate(entry.phrases):
                if phrase in near:
                    met.add(entry.cue)
                    yield self._ground(entry, number, near[phrase])
                    break

    def _sentence(self, act: Act) -> Span:
        at = bisect.bisect_right(self._ends, act.trigger[0])
        return self._pieces[at] if at < len(self._pieces) else act.span

    def _fits(self, entry: CueWording, act: Act, around: dict[str, int]) -> bool:
        if entry.types and act.type not in entry.types:
            return False
        if entry.refused and act.type != "REJECT" and "negation" not in act.aux:
            return False
        if entry.placed and not any(map(self._is_state, act.places)):
            return False
        if any(p in around for p in entry.excludes):
            return False
        return not entry.needs or any(p in around for p in entry.needs)

    def _is_state(self, place: str) -> bool:
        entity = self._lines.world.entity(place)
        return entity is not None and entity.kind == "state"

    def _ground(self, entry: CueWording, number: int, at: int) -> Ground:
        phrase = entry.phrases[number]
        line = entry.lines[number] if number < len(entry.lines) else None
        return Ground(
            part=f"cue.{entry.cue}",
            file=self._lines.file,
            line=line,
            text=line_text(self._lines.path, line) if line else "",
            name=phrase,
            span=(at, at + len(phrase)),
        )
