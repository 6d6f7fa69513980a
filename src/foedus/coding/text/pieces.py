"""Cutting a report into pieces that are parsed each on its own.

Comes in: the folded text, the passages that are the article, and its quotes. Goes out:
:class:`Piece` records in order: sentences of narration, and sentences inside quotes that hold whole
clauses. A quote of a few words stays inside its sentence (a partial quote); a quote of whole clauses
is cut out, because the parser takes « X », a-t-il dit for one tangled sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import msgspec

from foedus.acts import Span
from foedus.coding.text.fold import fold
from foedus.coding.text.quotes import Quote
from foedus.coding.wording import Grammar

__all__ = ["Piece", "cut", "ends_with_that"]

_END = re.compile(r"[.!?…]+[\"»”’')\]]*(?=\s|$)")
_TERMINAL = ".!?…"
_CLOSERS = "\"»”’')] "
_HEADLINE = 220
_SAYING = 100
"""Characters that words of saying between two halves of a quote take at most."""
_NEAR = 400
"""Characters beside and inside a quote's marks that tell what it is: enough for a few words."""
_LONG = 2_000
"""A sentence longer than this many characters is cut, so that no text can stall the parser."""


Says = Callable[[str], bool]


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the article parsed on its own.

    ``quote`` is the index of the clausal quote it lies in, ``block`` whether it lies in a passage
    quoted whole from elsewhere. ``sentence`` numbers the sentences of the report: pieces cut out of
    one sentence share it.
    """

    span: Span
    paragraph: int
    sentence: int
    quote: int | None = None
    block: int | None = None


def _blocks(quotes: Sequence[Quote]) -> list[tuple[int, Quote]]:
    """The passages lent whole from elsewhere: quotes that hold quotes of their own."""
    found = []
    for number, (quote, following) in enumerate(pairwise(quotes)):
        holds = following.depth > 0 and following.outer[1] <= quote.outer[1]
        if quote.depth == 0 and holds:
            found.append((number, quote))
    return found


def ends_with_that(word: str, grammar: Grammar) -> bool:
    """Whether a word is « que », alone or elided at the end of another (« lorsqu' »)."""
    elided = tuple(w for w in grammar.that if w.endswith("'"))
    return word in grammar.that or word.endswith(elided)


def _says_after(after: str, grammar: Grammar, says: Says) -> bool:
    """Whether words of saying follow a closing mark: « … » a dit X, « … » lui lance X, « … » ajoute-t-il."""
    words = re.findall(r"[\w'-]+", fold(after[:_SAYING]))[:2]
    if not words:
        return False
    clitic = len(words) > 1 and words[0].lower() in grammar.dative_pronouns
    first = words[1] if clitic else words[0]
    if first.islower() and says(first):
        return True
    return re.split("-", first)[0] in grammar.after_quotes or first.endswith(
        tuple(grammar.inverted_pronouns)
    )


def _resumed(text: str, quote: Quote, previous: Quote | None) -> bool:
    """« …», a-t-il dit, «…»: a quote goes on after the words of saying that part it."""
    if previous is None:
        return False
    gap = text[previous.outer[1] : quote.outer[0]].strip(" \u00a0\u202f")
    if len(gap) > _SAYING or len(gap) < 3 or gap[0] != "," or gap[-1] not in ",:":
        return False
    return not any(mark in gap for mark in _TERMINAL + ";\n")


def _clausal(
    text: str,
    quote: Quote,
    paragraph: Span,
    grammar: Grammar,
    previous: Quote | None,
    says: Says,
) -> bool:
    """Whether a quote holds whole clauses and stands beside its sentence, not within it.

    ``previous`` is the quote of whole clauses before it in the paragraph.
    """
    start, end = quote.inner
    content = text[start : min(end, start + _NEAR)]
    tail = text[max(start, end - _NEAR) : end].rstrip()
    words = content.split()
    if len(words) > 2 and _resumed(text, quote, previous):
        return True
    opening, closing = quote.outer
    before = text[max(paragraph[0], opening - _NEAR) : opening].rstrip(" \u00a0-–—")
    after = text[closing : min(paragraph[1], closing + _NEAR)].lstrip(" \u00a0")
    ends = tail[-1:] in _TERMINAL
    opened = not before or before[-1] in _TERMINAL + ':»"”'
    followed = not after or after[0] in _TERMINAL + ",;:–—-(«“" or _says_after(after, grammar, says)
    if opened:
        told = _says_after(after.lstrip(", \u00a0"), grammar, says)
        # « Inacceptable », a tranché X
        said = told and (len(words) > 1 or (after[:1] == "," and content[:1].isupper()))
        if len(words) < 3 and not (ends and not before) and not said:
            return False
        return followed or ends or not quote.closed or tail.endswith(",")
    last = fold(before).split()[-1].lower() if before.split() else ""
    if ends_with_that(last, grammar):
        closes = not after or after[0] in _TERMINAL or ends
        return closes and len(words) > 3
    capital = content[:1].isupper() and len(words) > 4
    return capital and (ends or not after or after[0] in ".!?")


def _sentence_ends(text: str, span: Span, grammar: Grammar) -> Iterator[int]:
    """Yield the ends of the sentences in a passage, its own end last."""
    start, end = span
    last = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        head = text[max(start, match.start() - 12) : match.start() + 1].split()
        word = fold(head[-1]).lower() if head else ""
        rest = text[stop : stop + 3].lstrip(' \u00a0\u202f«"“(–—-')
        single = len(word) == 2 and word[0].isalpha()
        follows = (
            not rest or rest[0].isupper() or rest[0].isdigit() or "\n" in text[stop : stop + 2]
        )
        measured = len(head) > 1 and head[-2][-1].isdigit()  # « 155 mm. » is no « MM. »
        short = single or (word in grammar.abbreviations and not measured)
        if match.group()[0] == "." and short and stop < end:
            continue
        if follows and stop < end:
            yield from range(last + _LONG, stop, _LONG)
            yield stop
            last = stop
    yield from range(last + _LONG, end, _LONG)
    yield end


def _headline_ends(text: str, span: Span) -> Iterator[int]:
    """« Guerre en Ukraine : L'OTAN active … »: a topic before a colon is a piece of its own."""
    start, end = span
    if end - start > _HEADLINE:
        return
    # a headline ends without a full stop; in a sentence small letters after a colon go on from it
    follows = "[A-ZÀ-Ý]" if text[start:end].rstrip()[-1:] in _TERMINAL else r"\w"
    colon = re.compile(rf"[ \u00a0]?:[ \u00a0]+(?={follows})").search(text, start, end)
    if colon is not None and len(text[start : colon.start()].split()) <= 6:
        yield colon.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] in '-–—«"“(['):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def cut(
    text: str, body: Sequence[Span], quotes: Sequence[Quote], grammar: Grammar, says: Says
) -> tuple[Piece, ...]:
    """Return the pieces of an article in order; together they cover all its words.

    ``says`` tells whether a word may be a form of a verb of saying.
    """
    cutter = _Cutter(text, quotes, grammar, says)
    for number, paragraph in enumerate(body):
        cutter.paragraph(number, paragraph)
    return tuple(cutter.pieces)


class _Cutter:
    """Cuts paragraph after paragraph, and counts sentences."""

    def __init__(self, text: str, quotes: Sequence[Quote], grammar: Grammar, says: Says) -> None:
        self.text = text
        self.says = says
        self.quotes = quotes
        self.grammar = grammar
        self.blocks = _blocks(quotes)
        self.lent = {number for number, _ in self.blocks}
        self.pieces: list[Piece] = []
        self.sentence = 0
        self.position = 0

    def paragraph(self, number: int, paragraph: Span) -> None:
        """Cut one paragraph at its clausal quotes, and what is left at its sentences."""
        block = next(
            (n for n, q in self.blocks if q.outer[0] < paragraph[1] and paragraph[0] < q.outer[1]),
            None,
        )
        cursor = paragraph[0]
        for index, quote in self._clausal_in(paragraph):
            self._narration(number, block, (cursor, quote.outer[0]), paragraph, last=False)
            for span in self._sentences(quote.inner, ()):
                self._add(span, number, block, quote=index)
            cursor = quote.outer[1]
            self._after_quote(quote)
        self._narration(number, block, (cursor, paragraph[1]), paragraph, last=True)
        self.sentence += 1

    def _clausal_in(self, paragraph: Span) -> list[tuple[int, Quote]]:
        """The quotes of a paragraph that stand beside their sentence, none inside another."""
        mine: list[tuple[int, Quote]] = []
        while self.position < len(self.quotes):
            index, quote = self.position, self.quotes[self.position]
            if quote.outer[0] >= paragraph[1]:
                break
            self.position += 1
            free = not mine or quote.outer[0] >= mine[-1][1].outer[1]
            last = mine[-1][1] if mine else None
            wanted = index not in self.lent and free
            if wanted and _clausal(self.text, quote, paragraph, self.grammar, last, self.says):
                mine.append((index, quote))
        return mine

    def _narration(
        self, number: int, block: int | None, span: Span, paragraph: Span, *, last: bool
    ) -> None:
        if span[0] >= span[1]:
            return
        whole = last and span[0] == paragraph[0]
        headline = tuple(_headline_ends(self.text, paragraph)) if whole else ()
        spans = list(self._sentences(span, headline))
        for place, part in enumerate(spans):
            self._add(part, number, block)
            if last or place < len(spans) - 1:
                self.sentence += 1

    def _sentences(self, span: Span, more: Sequence[int]) -> Iterator[Span]:
        start = span[0]
        for end in sorted({*_sentence_ends(self.text, span, self.grammar), *more}):
            yield start, end
            start = end

    def _add(self, span: Span, number: int, block: int | None, quote: int | None = None) -> None:
        start, end = _trimmed(self.text, *span)
        if start < end:
            self.pieces.append(
                Piece(
                    span=(start, end), paragraph=number, sentence=self.sentence,
                    quote=quote, block=block,
                )
            )  # fmt: skip

    def _after_quote(self, quote: Quote) -> None:
        """A quote that ends its own sentence ends the sentence it stands in, unless that goes on."""
        ended = self.text[quote.inner[0] : quote.inner[1]].rstrip()[-1:] in _TERMINAL
        rest = self.text[quote.outer[1] : quote.outer[1] + 2].lstrip(" \u00a0")
        if ended and (not rest or rest[:1] not in ",;–—-"):
            self.sentence += 1
