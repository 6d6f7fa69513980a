"""Quotation marks and which way they face.

Comes in: a text, the passages of it that are the article, and a language's wording of quotes.
Goes out: paragraphs, each with its quotation marks and what the characters beside each mark say of
it: that it opens, that it closes, or neither. Which quote a mark belongs to is decided in
:mod:`foedus.coding.text.quotes`. Apostrophes are no marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from foedus.acts import Span
from foedus.declared import load_declared
from foedus.errors import FoedusError

__all__ = ["Facing", "Mark", "Paragraph", "QuoteWording", "load_quotes", "paragraphs"]

Style = Literal["directed", "straight", "single"]
Facing = Literal["open", "close", "either"]

_OPENERS = frozenset("([{<—–-‑/:=")
_CLOSERS = frozenset(")]}>.,;:!?…—–-‑/")
_APOSTROPHES = frozenset("'’ʼ")
_STRONG = frozenset(".!?…:")


class MarkFamily(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Marks that close one another. ``directed`` marks show which way they face."""

    name: str
    style: Style
    open: tuple[str, ...]
    close: tuple[str, ...]


class ReportingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verb forms that begin the clause after a quote: « …, a déclaré X », « …, assure X »."""

    auxiliaries: tuple[str, ...]
    participles: tuple[str, ...]
    finite: tuple[str, ...]
    inverted: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()


class QuoteWording(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What a language declares of its quotes (``quotes.yaml``)."""

    families: tuple[MarkFamily, ...]
    reporting: ReportingWords
    first_person: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    elisions: tuple[str, ...] = ()

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """The pattern of any mark, longest first."""
        every = {m for f in self.families for m in (*f.open, *f.close)}
        return re.compile("|".join(map(re.escape, sorted(every, key=lambda m: (-len(m), m)))))

    @cached_property
    def facing(self) -> dict[str, tuple[int, Facing]]:
        """Each mark's family and which way it faces by itself."""
        out: dict[str, tuple[int, Facing]] = {}
        for number, family in enumerate(self.families):
            for mark in (*family.open, *family.close):
                ways = (mark in family.open, mark in family.close)
                out[mark] = (number, {(True, False): "open", (False, True): "close"}.get(ways, "either"))  # type: ignore[assignment]  # fmt: skip
        return out

    @cached_property
    def clause(self) -> re.Pattern[str]:
        """A comma or dash and the verb of a reporting clause."""
        return re.compile(rf"[.!?…]?\s{{0,3}}[,–—][\s,–—]{{0,4}}{_verbs(self.reporting)}", re.I)

    @cached_property
    def clause_next(self) -> re.Pattern[str]:
        """The same right after a closing mark, where the comma may be missing."""
        return re.compile(rf"[\s,–—.]{{0,4}}{_verbs(self.reporting)}", re.I)

    @cached_property
    def speaks(self) -> re.Pattern[str]:
        """A word by which a speaker points at himself."""
        return re.compile(rf"(?<!\w){_any(self.first_person)}", re.I)

    @cached_property
    def ends(self) -> re.Pattern[str]:
        """Characters that may end a sentence, with what closes after them."""
        return re.compile(r"[.!?…]{1,4}[)\]]?(?=\s{1,4}[^\sa-zà-öø-ÿ]|\s{0,4}$)", re.M)


def _any(words: Sequence[str]) -> str:
    """Return a pattern for any of ``words``; those that end in an apostrophe need no word end."""
    if not words:
        return r"(?!)"
    plain = sorted(w for w in words if w[-1] not in _APOSTROPHES)
    elided = sorted(w[:-1] for w in words if w[-1] in _APOSTROPHES)
    parts = [rf"(?:{'|'.join(map(re.escape, plain))})(?!\w)"] if plain else []
    parts += [rf"(?:{'|'.join(map(re.escape, elided))})['’]"] if elided else []
    return f"(?:{'|'.join(parts)})"


def _verbs(words: ReportingWords) -> str:
    """Return the pattern of the verb that begins a reporting clause."""
    auxiliary = f"{_any(words.auxiliaries)}(?:-t)?(?:-{_any(words.subjects)})?"
    compound = rf"{auxiliary}\s{{1,3}}(?:\w{{1,20}}\s{{1,3}})?{_any(words.participles)}"
    subject = rf"(?:{_any(words.subjects)}\s{{1,3}})?"
    return rf"{subject}(?:{compound}|{_any(words.finite)}|{_any(words.inverted)})"


def load_quotes(folder: Path) -> QuoteWording:
    """Read a language folder's ``quotes.yaml``.

    Raises:
        FoedusError: the file is missing or wrong (file and line named), or gives one mark to two
            families.
    """
    wording, lines = load_declared(folder / "quotes.yaml", QuoteWording)
    seen: dict[str, str] = {}
    for number, family in enumerate(wording.families):
        for mark in sorted({*family.open, *family.close}):
            if not mark.strip():
                raise lines.error("a quotation mark is empty", "families", number)
            if seen.setdefault(mark, family.name) != family.name:
                raise FoedusError(
                    f"mark {mark!r} belongs to two families",
                    where=f"{lines.path}:{lines.of('families', number)}",
                    remedy=f"keep it in {seen[mark]!r} or here",
                )
    return wording


class Mark(msgspec.Struct, eq=False):
    """A quotation mark: where, of which family, which way it faces by itself and by context.

    ``index`` counts the marks of the report. ``twin`` is the index of the mark that would close
    this one if every mark faced as it is drawn; it may lie paragraphs away.
    """

    start: int
    end: int
    family: int
    style: Style
    facing: Facing
    context: Facing
    index: int = 0
    twin: int | None = None


class Paragraph(msgspec.Struct, eq=False):
    """A paragraph of the article, blanks around it left out, with its marks in order."""

    start: int
    end: int
    marks: list[Mark] = []

    def leads(self, mark: Mark, text: str) -> bool:
        """Whether nothing but blanks and dashes stands before the mark."""
        near = mark.start - self.start < 12
        return near and not text[self.start : mark.start].strip(" \t\u00a0\u202f—–-•")

    def begins_sentence(self, mark: Mark, text: str) -> bool:
        """Whether the mark leads the paragraph or follows a full stop or a colon."""
        at = mark.start - 1
        while at >= self.start and mark.start - at < 8 and text[at].isspace():
            at -= 1
        return at < self.start or text[at] in _STRONG or self.leads(mark, text)


def paragraphs(text: str, body: Sequence[Span], wording: QuoteWording) -> list[Paragraph]:
    """Return the paragraphs of the article with their marks. Linear in the length of the text."""
    out: list[Paragraph] = []
    pieces: list[list[Span]] = []
    for span in _pieces(text, body):
        if out and _goes_on(text, pieces[-1][-1], span):
            out[-1].end = span[1]
            pieces[-1].append(span)
        else:
            out.append(Paragraph(*span))
            pieces.append([span])
    for paragraph, parts in zip(out, pieces, strict=True):
        paragraph.marks = _settled(text, list(_marks(text, paragraph, parts, wording)), wording)
    _twins(out, text)
    return out


def _pieces(text: str, body: Sequence[Span]) -> Iterator[Span]:
    """Cut the body at line ends and trim the blanks; overlapping passages count once."""
    reached = 0
    for start, end in sorted(body):
        start, end = max(start, reached), min(end, len(text))
        reached = max(reached, end)
        while start < end:
            stop = text.find("\n", start, end)
            stop = end if stop < 0 else stop
            line = text[start:stop]
            if line.strip():
                left = start + len(line) - len(line.lstrip())
                yield left, start + len(line.rstrip())
            start = stop + 1


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Whether two lines are one paragraph: no line break, or one that only wraps a long line."""
    breaks = text.count("\n", before[1], after[0])
    if breaks == 0:
        return True
    if breaks > 1 or not 55 <= before[1] - before[0] <= 90:
        return False
    return text[before[1] - 1] not in '.!?…»”"' and text[after[0]].isalnum()


def _marks(
    text: str, paragraph: Paragraph, parts: Sequence[Span], wording: QuoteWording
) -> Iterator[Mark]:
    for start, end in parts:
        for found in wording.marks.finditer(text, start, end):
            family, facing = wording.facing[found.group()]
            style = wording.families[family].style
            context = _context(text, found.span(), paragraph)
            yield Mark(found.start(), found.end(), family, style, facing, context)


def _context(text: str, span: Span, paragraph: Paragraph) -> Facing:
    """Tell from the characters beside a mark whether it opens or closes."""
    before = text[span[0] - 1] if span[0] > paragraph.start else " "
    after = text[span[1]] if span[1] < paragraph.end else " "
    left = before.isspace() or before in _OPENERS or before in _APOSTROPHES or before in "«“„‹‘"
    right = after.isspace() or after in _CLOSERS or after in "»”›’"
    if left == right:
        return "either"
    return "open" if left else "close"


def _settled(text: str, marks: list[Mark], wording: QuoteWording) -> list[Mark]:
    """Keep of the single marks only the pairs that clearly quote; the rest are apostrophes."""
    singles = [m for m in marks if m.style == "single"]
    closers = [m for m in singles if _closes_single(text, m, wording)]
    at = [m.start for m in closers]
    kept: set[int] = set()
    reached = -1
    openers = [
        m
        for m in singles
        if m.context == "open" and m.facing != "close" and not _not_opening(text, m)
    ]
    for number, opener in enumerate(openers):
        if opener.start < reached:
            continue
        stop = openers[number + 1].start if number + 1 < len(openers) else marks[-1].end
        low, high = bisect_left(at, opener.end + 1), bisect_left(at, stop)
        among = closers[low : min(high, low + 6)]
        closer = min(among, key=lambda c: _possessive(text, c), default=None)
        if closer is not None:
            opener.facing, closer.facing = "open", "close"
            kept.update((opener.start, closer.start))
            reached = closer.end
    return [m for m in marks if m.style != "single" or m.start in kept]


def _possessive(text: str, mark: Mark) -> bool:
    """Whether « allies' » may be a possessive: no stop beside the mark, and an s before it."""
    after = text[mark.end : mark.end + 1]
    return text[mark.start - 1] in "sS" and after not in tuple(".,;:!?)»”")


def _not_opening(text: str, mark: Mark) -> bool:
    """Whether a single mark that might open is a doubled apostrophe or stands for a century."""
    if text[mark.start - 1 : mark.start] in tuple(_APOSTROPHES) and text[mark.start] == "'":
        return True
    return text[mark.end : mark.end + 1].isdigit()


def _closes_single(text: str, mark: Mark, wording: QuoteWording) -> bool:
    if mark.context != "close" or mark.facing == "open":
        return False
    word = re.search(r"\w*$", text[max(0, mark.start - 12) : mark.start])
    return word is None or word.group().lower() not in wording.elisions


def _twins(parts: Sequence[Paragraph], text: str) -> None:
    """Number the marks of a report and match directed ones as they are drawn, family by family.

    A closing mark that leads its paragraph only tells that a quote goes on: it matches nothing.
    """
    pending: dict[int, list[Mark]] = {}
    index = 0
    for paragraph in parts:
        for mark in paragraph.marks:
            mark.index, index = index, index + 1
            if mark.style != "directed":
                continue
            waiting = pending.setdefault(mark.family, [])
            if mark.facing != "close":
                waiting.append(mark)
            elif waiting and not (mark.context != "close" and paragraph.leads(mark, text)):
                waiting.pop().twin = mark.index
