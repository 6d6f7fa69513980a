"""Credits: who a report says it has its text, its picture or its words from.

Comes in: one line of a page (or the ends of a paragraph). Goes out: :class:`CreditLine`, with the
names it credits, or None where the line is no credit. A picture's credit is kept apart from the
text's; « selon l'AFP » inside a sentence is no credit but part of what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from foedus.report.names import Named, Namer, slug
from foedus.report.stamps import find_stamp
from foedus.report.wording import Wording, any_of, fold

__all__ = ["CreditLine", "CreditReader", "Part"]

_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d[ ]?[-–][ ]?)?((?:19|20)\d\d)(?!\d)")
_SENTENCE_END = re.compile(r"[.!?…:;»”\"]\s*$")
_SPLIT = re.compile(r"\s*[,/|&;+•·–—]\s*|\s+-\s+")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_DATELINE = re.compile(r"([^()!?«\"\n]{0,60})\(([^()]{2,40})\)\s*[-–—]+\s*")
_PLACED = re.compile(
    r"([^()!?«\",\n–—]{2,40}),[ \u00a0]([^()!?«\",\n–—]{3,30}?)\.?[ \u00a0][-–—]{1,2}[ \u00a0](?=[A-ZÀ-Þ«“\"])"
)
_TAIL = re.compile(r"(?<=[.!?»”\"…])\s*[(\[]?([^()\[\].!?»”\"…\n]{2,60})[)\]]?\s*\.?$")
_CAPTION = re.compile(r"(?:[^\s©]+\s+){6,}[^\s©]*[.!?]\s*©")
_LONGEST = 240


class Part(NamedTuple):
    """One name that a line credits, with its place in the line."""

    kind: Literal["agency", "photo", "author", "outlet", "via"]
    name: str
    start: int
    end: int


class CreditLine(NamedTuple):
    """What a line credits. ``kind`` is the furniture it makes; ``year`` a copyright's."""

    kind: str
    parts: tuple[Part, ...]
    year: int | None = None


class CreditReader:
    """Reads credit lines with the wording of every language at once: pages mix them."""

    def __init__(self, namer: Namer, wordings: Iterable[Wording]) -> None:
        self.namer = namer
        every = [w.credits for w in wordings]

        def words(name: str) -> list[str]:
            return [p for c in every for p in getattr(c, name)]

        colon = r"[ ]{0,3}[:–—-]?[ ]{0,3}"
        self._byline = re.compile(
            rf"\W{{0,3}}{any_of(words('byline'))}(?:(?<=')|(?!\w)|(?=[A-ZÀ-Þ][a-zà-ÿ])){colon}"
        )
        self._source = re.compile(
            rf"\W{{0,3}}{any_of(words('source'))}(?!\w)[ ]{{0,3}}(:?)[ ]{{0,3}}"
        )
        self._photo = re.compile(rf"\W{{0,3}}{any_of(words('photo'))}(?!\w)[ ]{{0,3}}[:©(/–—-]")
        self._copyright = re.compile(rf"©|\(c\)|(?<!\w){any_of(words('copyright'))}(?!\w)")
        self._join = re.compile(rf"(?<!\w){any_of([*words('joins'), *words('with_agency')])}(?!\w)")
        self._and = re.compile(rf"(?<!\w){any_of(words('joins'))}(?!\w)")
        self._agencies = re.compile(rf"\W*{any_of(words('agencies'))}\W*")
        self._small = frozenset(fold(w) for n in ("particles", "joins") for w in words(n))
        verbs = any_of(words("reports"))
        self._reports = re.compile(rf"\W{{0,3}}(.{{2,60}}?)[ ]{{1,3}}{verbs}[ ]{{0,3}}:\W*$")
        self._photo_name = re.compile(rf"(?<!\w){any_of(words('photo'))}(?!\w)")

    def read(self, line: str, *, head: bool) -> CreditLine | None:
        """Return what ``line`` credits; ``head``: it stands before the article's first sentence."""
        if len(line) > _LONGEST:
            return None
        folded = fold(line, lower=False)
        return (
            self._copyrighted(line, folded, head=head)
            or self._pictured(line, folded)
            or self._agency_line(line)
            or self._sourced(line, folded)
            or self._signed(line, folded)
        )

    def via(self, line: str) -> Part | None:
        """« The Example Post rapporte : » on a line of its own: what follows is that outlet's."""
        if len(line) > 120:
            return None
        match = self._reports.match(fold(line, lower=False))
        if match is None:
            return None
        start, end = match.span(1)
        named = self.namer.whole(line[start:end])
        if named is not None:
            return Part("via", named.id, start + named.start, start + named.end)
        words = _WORD.findall(line[start:end])
        if len(words) > 1 and self._names_only(words) and self.namer.masthead(line[start:end]):
            return Part("via", slug(line[start:end]), start, end)
        return None

    def dateline(self, paragraph: str) -> tuple[CreditLine, int] | None:
        """« BRUXELLES (AFP) – »: the agency before the first sentence, and where that begins."""
        match = _DATELINE.match(paragraph)
        if match is None:
            placed = _PLACED.match(paragraph)
            if placed is None or not self.namer.place(placed[1]) or not find_stamp(placed[2]):
                return None
            return CreditLine("dateline", ()), placed.end()
        parts = self._agency_parts(match[2], match.start(2))
        if parts or self._placed_and_dated(match[1]):
            return CreditLine("dateline", tuple(parts)), match.end()
        return None

    def _placed_and_dated(self, text: str) -> bool:
        """« Bruxelles, 4 mars 2022 (une agence inconnue) – »: a place and a day tell a dateline."""
        place, comma, rest = text.strip().partition(",")
        return bool(comma) and self.namer.place(place) and find_stamp(rest.strip()) is not None

    def tail(self, paragraph: str) -> tuple[CreditLine, int] | None:
        """« … , a-t-il dit. AFP », « … (avec AFP) »: the credit after the last sentence."""
        base = max(0, len(paragraph) - 90)
        match = _TAIL.search(paragraph, base)
        if match is None:
            return None
        owned = match[1].startswith("©")
        named = match[1].lstrip("© \u00a0")
        parts = self._agency_parts(named, match.end(1) - len(named))
        if not parts and not owned:
            return None
        photo = owned or self._photo_name.search(fold(match[1]))
        kind = "photo-credit" if photo else "agency"
        return CreditLine(kind, tuple(parts)), match.start()

    def closing(self, line: str) -> CreditLine | None:
        """A last line of names only: « Le Courrier du Sud et RTEn », « Jeanne Martin »."""
        if len(line) > 100 or _SENTENCE_END.search(line) or any(c.isdigit() for c in line):
            return None
        words = _WORD.findall(line)
        if not 1 <= len(words) <= 10 or not self._names_only(words):
            return None
        pieces = [(p, s) for p, s in self._pieces(line, 0, names=True) if p.strip()]
        named = [(self.namer.whole(p), p, s) for p, s in pieces]
        if any(n is not None for n, _, _ in named):
            parts = [self._part(n, p, s) for n, p, s in named]
            return CreditLine("source", tuple(parts))
        if 2 <= len(words) <= 4 and len(pieces) == 1:
            return CreditLine("byline", (Part("author", slug(line), 0, len(line)),))
        return None

    def _part(self, named: Named | None, text: str, start: int) -> Part:
        if named is not None:
            kind: Literal["agency", "outlet"] = "agency" if named.agency else "outlet"
            return Part(kind, named.id, start + named.start, start + named.end)
        left = start + len(text) - len(text.lstrip())
        return Part("outlet", slug(text), left, start + len(text.rstrip()))

    def _names_only(self, words: list[str]) -> bool:
        def fits(word: str) -> bool:
            small = fold(word)
            elided = small.split("'")[0] + "'" if "'" in small else small
            return word[0].isupper() or small in self._small or elided in self._small

        return bool(words) and words[0][0].isupper() and all(fits(w) for w in words)

    def _pieces(self, text: str, start: int, *, names: bool = False) -> list[tuple[str, int]]:
        """Split a list of names at commas, slashes and joining words; keep where each begins.

        ``names``: only at « et » and the like, since a paper's name may hold « sur » or « pour ».
        """
        cuts = [m.span() for m in _SPLIT.finditer(text)]
        cuts += [m.span() for m in (self._and if names else self._join).finditer(fold(text))]
        out, at = [], 0
        for low, high in sorted(cuts):
            if low > at:
                out.append((text[at:low], start + at))
            at = max(at, high)
        out.append((text[at:], start + at))
        return out

    def _agency_parts(self, text: str, start: int) -> list[Part]:
        """The outlets of « avec AFP et Reuters »; nothing if any other word stands there."""
        parts = []
        for piece, at in self._pieces(text, start):
            if not piece.strip(" '’()[]:.©\u00a0"):
                continue
            named = self.namer.whole(piece)
            if named is not None and named.known:
                parts.append(Part("agency", named.id, at + named.start, at + named.end))
            elif self._agencies.fullmatch(fold(piece)):
                parts.append(Part("agency", "agencies", at, at + len(piece)))
            else:
                return []
        return parts

    def _agency_line(self, line: str) -> CreditLine | None:
        if len(line) > 100 or line.rstrip().endswith(("?", "!", ":")):
            return None
        parts = self._agency_parts(line, 0)
        if not parts or not any(self.namer.whole(line[p.start : p.end]) for p in parts):
            agencies = [p for p in parts if p.name == "agencies"]
            return CreditLine("agency", tuple(agencies)) if agencies else None
        papers = [
            p for p in parts if p.name != "agencies" and not self._is_agency(line[p.start : p.end])
        ]
        mixed = tuple(p._replace(kind="outlet") if p in papers else p for p in parts)
        # a paper's bare name is its masthead, not an agency
        return CreditLine("masthead" if len(papers) == len(parts) else "agency", mixed)

    def _is_agency(self, text: str) -> bool:
        named = self.namer.whole(text)
        return named is not None and named.agency

    def _copyrighted(self, line: str, folded: str, *, head: bool) -> CreditLine | None:
        if not self._copyright.search(folded):
            return None
        words = _WORD.findall(line)
        if len(words) > 30 or _CAPTION.match(line):
            return None
        years = _YEAR.findall(line)
        outlets = self.namer.outlets(line)
        agencies = [o for o in outlets if o.agency]
        pictured = bool(self._photo_name.search(folded.lower())) or "/" in line
        year = int(years[-1]) if years else None
        if (agencies and (pictured or head)) or (pictured and head):
            parts = [Part("photo", o.id, o.start, o.end) for o in outlets]
            return CreditLine("photo-credit", tuple(parts), year)
        parts = [Part("agency" if o.agency else "outlet", o.id, o.start, o.end) for o in outlets]
        if not parts and (owner := self._owner(line)) is not None:
            parts = [owner]
        return CreditLine("copyright", tuple(parts), year)

    def _owner(self, line: str) -> Part | None:
        """« © 2022 Le Courrier du Sud – Mentions légales »: the name after the year."""
        match = re.search(r"(?:19|20)\d\d[ \u00a0,.:–—-]{0,4}([^\W\d_][^|–—.,;/\d]{1,50})", line)
        if match is None:
            return None
        name = match[1].strip()
        words = _WORD.findall(name)
        if not words or self._copyright.search(fold(name)) or not self._names_only(words):
            return None
        return Part("outlet", slug(name), match.start(1), match.start(1) + len(name))

    def _pictured(self, line: str, folded: str) -> CreditLine | None:
        """« Photo : Jeanne Martin / AFP », « Jeanne Martin/Reuters »."""
        if len(_WORD.findall(line)) > 20:
            return None
        outlets = self.namer.outlets(line)
        agencies = [o for o in outlets if o.agency]
        marked = self._photo.match(folded)
        if marked and not outlets and not self._names_only(_WORD.findall(line[marked.end() :])):
            marked = None
        slashed = bool(agencies) and re.match(r"[^/\d:]{3,40}/[ ]?\S{2,30}$", line) is not None
        ends = _SENTENCE_END.search(line) is not None
        if (marked and not ends) or (slashed and not self._all_known(line)):
            return CreditLine(
                "photo-credit", tuple(Part("photo", o.id, o.start, o.end) for o in outlets)
            )
        return None

    def _all_known(self, line: str) -> bool:
        return bool(self._agency_parts(line, 0))

    def _sourced(self, line: str, folded: str) -> CreditLine | None:
        match = self._source.match(folded)
        if match is None or len(_WORD.findall(line)) > 14 or len(line) - match.end() < 2:
            return None
        rest = line[match.end() :]
        if not match[1] and self.namer.whole(rest) is None:
            return None
        pieces = [rest] if "://" in rest or rest.startswith("www.") else None
        parts = []
        for piece, at in [(rest, match.end())] if pieces else self._pieces(rest, match.end()):
            if not piece.strip():
                continue
            url = re.match(r"(https?://[^/\s]+)", piece.strip())
            named = self.namer.whole(url[1] if url else piece)
            if named is None and not self._names_only(_WORD.findall(piece) or ["x"]):
                return None
            parts.append(self._part(named, url[1] if url else piece, at))
        return CreditLine("source", tuple(parts)) if parts else None

    def _signed(self, line: str, folded: str) -> CreditLine | None:
        """« Par Jeanne Martin, envoyée spéciale », « Par Jeanne MartinLe Matin », « by admin »."""
        match = self._byline.match(folded)
        words = _WORD.findall(line[match.end() :]) if match else []
        if match is None or not 1 <= len(words) <= 15:
            return None
        if _SENTENCE_END.search(line) or not (words[0][0].isupper() or len(words) <= 2):
            return None
        if len(words) > 1 and not self._name_like(words[:2]):
            return None
        parts: list[Part] = []
        for piece, at in self._pieces(line[match.end() :], match.end()):
            parts += self._signature(piece, at)
        return CreditLine("byline", tuple(parts))

    def _name_like(self, words: list[str]) -> bool:
        return all(
            w[0].isupper() or fold(w) in self._small or self._join.fullmatch(fold(w)) for w in words
        )

    def _signature(self, piece: str, at: int) -> list[Part]:
        text = piece.strip()
        if not text:
            return []
        left = at + len(piece) - len(piece.lstrip())
        named = self.namer.whole(text)
        if named is not None:
            return [self._part(named, text, left)]
        glued = self.namer.glued(text)
        if glued is not None:
            author = Part("author", slug(text[: glued.start]), left, left + glued.start)
            kind: Literal["agency", "outlet"] = "agency" if glued.agency else "outlet"
            return [author, Part(kind, glued.id, left + glued.start, left + len(text))]
        words = _WORD.findall(text)
        label = self._byline.match(fold(text, lower=False))
        if label is not None and label.end() == len(text):
            return []
        if not words or len(words) > 5 or not self._names_only(words):
            return []
        if (paper := self.namer.masthead(text)) is not None:
            return [Part("outlet", paper.id, left, left + len(text))]
        return [Part("author", slug(text), left, left + len(text))]
