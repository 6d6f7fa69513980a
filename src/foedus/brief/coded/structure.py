"""From a report and its records to their explanation.

Comes in: a report, its records as the coder made them, the alliance's cues. Goes out: an
:class:`~foedus.brief.coded.shapes.Explanation`. Nothing is coded here: records are taken as they are,
and the lines behind them looked up.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from foedus.acts import Act, Record, Span, Statement
from foedus.alliance import Alliance
from foedus.brief.coded.cuelines import CueLines
from foedus.brief.coded.fields import Told
from foedus.brief.coded.parts import Stretch, pieces_of, stretches
from foedus.brief.coded.shapes import Coded, Explanation, Part
from foedus.brief.names import headline
from foedus.brief.passages import quoted, visible
from foedus.brief.words import Words
from foedus.coding.coder import languages
from foedus.coding.grounds import Ground, Grounds, line_text
from foedus.report.records import QualityNote, Report
from foedus.report.wording import LANG
from foedus.world import World

__all__ = ["Explainer"]

_LINE = re.compile(r"(?P<file>[a-z-]+\.yaml):(?P<line>\d{1,7})")
_LONGEST = 400
"""How many characters of a record's own words are shown."""


class Explainer:
    """Explains reports, in one language of words. Make one and keep it: it loads wording once."""

    def __init__(self, words: Words, alliance: Alliance, world: World) -> None:
        self.words = words
        self._alliance = alliance
        self._world = world
        self._known = frozenset(languages())
        self._grounds: dict[str, Grounds] = {}
        self._cues: dict[str, CueLines] = {}

    def explain(
        self, report: Report, records: Iterable[Record], published: str | None = None
    ) -> Explanation:
        """Return the explanation of a report's records; ``published`` are words for its day."""
        mine = sorted(records, key=lambda r: (_place(r), r.span, type(r).__name__, r.id))
        coded = report.language in self._known
        grounds = self._grounds_of(report.language) if coded else None
        pieces = pieces_of(report, grounds.lexicon) if grounds else ()
        told: list[Coded] = []
        if grounds is not None:
            cues = self._cues[report.language].within(report, [p.span for p in pieces])
            teller = Told(report, self.words, grounds, cues)
            told = [self._coded(r, report, teller) for r in mine]
        return Explanation(
            report=visible(report.label),
            hash=report.hash,
            language=report.language,
            title=headline(report),
            published=published if published is not None else self.words.ranges(report.dates),
            coded=coded,
            counts=self._counts(mine),
            notes=tuple(self._note(n) for n in report.notes if n.span is None),
            parts=self._parts(report, stretches(report, pieces), told),
        )

    def _grounds_of(self, language: str) -> Grounds:
        if language not in self._grounds:
            self._grounds[language] = Grounds(language)
            self._cues[language] = CueLines(self._alliance, language, self._world)
        return self._grounds[language]

    def _counts(self, records: Sequence[Record]) -> tuple[str, ...]:
        counted = Counter(type(r).__name__.lower() for r in records)
        return (
            self.words.n("count.statement", counted["statement"]),
            self.words.n("count.act", counted["act"]),
            self.words.n("count.quantity", counted["quantity"]),
        )

    def _note(self, note: QualityNote) -> str:
        text = self.words.code("note", note.kind)
        return f"{text} ({self.words.value(note.detail)})" if note.detail else text

    def _coded(self, record: Record, report: Report, teller: Told) -> Coded:
        grounds, fields = teller.of(record)
        return Coded(
            id=record.id,
            kind="act" if isinstance(record, Act) else
            "statement" if isinstance(record, Statement) else "quantity",
            title=teller.title(record),
            span=record.span,
            words=quoted(report.text, record.span, _LONGEST),
            how=teller.how(record),
            grounds=grounds,
            fields=fields,
            record=record,
        )  # fmt: skip

    def _parts(
        self, report: Report, found: Sequence[Stretch], told: Sequence[Coded]
    ) -> tuple[Part, ...]:
        """Put each record and each note under the stretch that it lies in."""
        starts = [s.span[0] for s in found]
        sentences = [n for n, s in enumerate(found) if s.kind == "sentence"]
        records: dict[int, list[Coded]] = defaultdict(list)
        for coded in told:
            at = _holding(starts, _place(coded.record))
            # a record out of place goes to the sentence before it
            home = max(0, bisect.bisect_right(sentences, at) - 1)
            records[sentences[home] if sentences else at].append(coded)
        notes: dict[int, list[str]] = defaultdict(list)
        for note in report.notes:
            if note.span is not None:
                notes[_holding(starts, note.span[0])].append(self._note(note))
        return tuple(
            Part(
                kind=stretch.kind,
                span=stretch.span,
                text=visible(report.text[slice(*stretch.span)]),
                label=self._kind(stretch),
                ground=_ground_of(stretch),
                notes=tuple(dict.fromkeys(notes[number])),
                records=tuple(records[number]),
            )
            for number, stretch in enumerate(found)
        )

    def _kind(self, stretch: Stretch) -> str:
        if stretch.kind == "sentence":
            return ""
        known = self.words.has(f"furniture.{stretch.label}")
        return self.words.t(f"furniture.{stretch.label}" if known else "furniture.other")


def _ground_of(stretch: Stretch) -> Ground | None:
    """Return the line of the reports' wording that told a passage from the article."""
    if not stretch.rule:
        return None
    named = _LINE.fullmatch(stretch.rule)
    path = LANG / named["file"] if named else None
    if named is None or path is None or not path.is_file():
        return Ground(part="furniture", name=visible(stretch.rule), span=stretch.span)
    return Ground(
        part="furniture",
        file=path.relative_to(LANG.parents[1]).as_posix(),
        line=int(named["line"]),
        text=line_text(path, int(named["line"])),
        span=stretch.span,
    )


def _place(record: Record) -> int:
    """Where a record is put: at its trigger, or where its words begin."""
    span: Span = record.trigger if isinstance(record, Act) else record.span
    return span[0]


def _holding(starts: Sequence[int], place: int) -> int:
    return max(0, bisect.bisect_right(starts, place) - 1)
