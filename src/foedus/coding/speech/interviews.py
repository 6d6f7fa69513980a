"""Interviews: whose the answers are when no words of saying tell.

Comes in: the parsed pieces of a report. Goes out: whether it is an interview, who answers, and which
paragraphs are answers, from where on. An interview is told by its questions (short paragraphs that end
in a question mark) or by what stands before its answers (« J. N. : », « Jan Nowak : »); the person
answering is the one so named, else the first whom the words before the first question name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.syntax import Parsed
from foedus.coding.text import Quote, SpanIndex
from foedus.coding.who import Referents

__all__ = ["Interview"]

_LONGEST = 200
_FEWEST = 3
"""Questions that make an interview; one or two may be rhetoric."""
_HEAD = 3
"""Paragraphs at the head of an interview in which a quote that nobody claims is who answers."""
_LEAD = 100
"""Characters before a name in which the words for who asks must end."""
_SENTENCE = 1000
"""Characters after a name in which its sentence may say that he answers."""
_MARK = 3
"""Characters that an opening mark takes at the head of a paragraph."""
_OWN = 4
"""Of so many answers one at least speaks of « je » or « nous »."""
_LABEL = re.compile(r"[-–—• ]*((?:[^\W\d_][\w'’-]*\.?[ \u00a0]?){1,4}?)[ \u00a0]?[:–—-][ \u00a0]")
"""« J. N. : », « Jan Nowak – » at the head of an answer."""
_FULL_NAME = re.compile(r"((?:[A-ZÀ-Þ][\w'’-]+[ \u00a0]){1,3}[A-ZÀ-Þ][\w'’-]+)\.[ \u00a0]")
"""« Jan Nowak. » at the head of an answer."""


class Interview:
    """The questions and answers of one report, if it has any."""

    def __init__(
        self,
        text: str,
        body: Sequence[Span],
        parsed: Sequence[Parsed],
        quotes: Sequence[Quote],
        referents: Referents,
        askers: tuple[str, ...],
        answering: tuple[str, ...] = (),
        first_person: tuple[str, ...] = (),
        second_person: tuple[str, ...] = (),
        announcing: tuple[str, ...] = (),
    ) -> None:
        """``askers``: words that lead to the name of who asks (« propos recueillis par »).

        ``answering``: words that follow the name of who answers (« répond à nos questions »).
        ``first_person``: « je », « nous » and their like; ``second_person``: « vous », « votre ».
        ``announcing``: words at the head of a page that call it an interview (« Entretien »,
        « Trois questions à »).
        """
        self._first_person, self._second_person = _any_of(first_person), _any_of(second_person)
        # of one depth quotes lie apart, so that a place is looked up at once
        self._marked = SpanIndex((q.outer, None) for q in quotes if q.depth == 0)
        self._askers = askers
        self._announcing = announcing
        self._answering = answering
        self._labelled = _labelled(text, body)
        self._opening: dict[int, Span] = {}
        asked = [n for n, (start, end) in enumerate(body) if _question(text[start:end])]
        self.questions = frozenset(asked) if len(asked) >= _FEWEST else frozenset[int]()
        if self.questions:
            left_open = (n for n, (s, e) in enumerate(body) if _left_open(text[s:e]))
            self.questions |= {n for n in left_open if n > min(asked)}
        if self._labelled:
            first = min(self._labelled)
            known = {*self._labelled, *asked}
            self.questions = frozenset(n for n in range(first - 1, len(body)) if n not in known)
            self.questions |= frozenset(asked)
        self.first = min(self.questions, default=len(body))
        self.interviewee = self._interviewee(text, body, referents) if self.questions else None
        self.quoted = not self._labelled and self._in_marks(body, parsed)

    def _in_marks(self, body: Sequence[Span], parsed: Sequence[Parsed]) -> bool:
        """Whether the answers stand in quotation marks: more than half of them open with one."""
        answers = {n for n in range(self.first + 1, len(body)) if n not in self.questions}
        opened = {
            p.piece.paragraph for p in parsed
            if p.piece.paragraph in answers and p.piece.quote is not None
            and p.piece.span[0] - body[p.piece.paragraph][0] <= _MARK
        }  # fmt: skip
        return 2 * len(opened) > len(answers)

    def _interviewee(self, text: str, body: Sequence[Span], referents: Referents) -> str | None:
        label = next((text[s:e] for s, e in self._labelled.values()), None)
        people = []
        for span in body[: self.first + 1]:
            for mention in referents.index.within(span):
                lead = text[max(span[0], mention.span[0] - _LEAD) : mention.span[0]]
                asks = lead.lower().rstrip().endswith(self._askers)
                if mention.kind == "person" and mention.form == "name" and not asks:
                    meant = referents.meant(mention)
                    if len(meant) == 1:
                        end = min(span[1], mention.span[1] + _SENTENCE)
                        after = re.split(r"[.!?\n]", text[mention.span[1] : end])[0]
                        name = text[mention.span[0] : mention.span[1]]
                        people.append((name, meant[0], after.lower()))
        if label is not None:
            return next((who for name, who, _ in people if _fits(label, name)), None)
        opening = _label_at(text, body, self.first + 1)
        if opening is not None:  # « Jan Nowak : », before the first answer alone
            said = text[slice(*opening)]
            labelled = next((who for name, who, _ in people if _fits(said, name)), None)
            if labelled is not None:
                self._opening = {self.first + 1: opening}
                return labelled
        told = (who for _, who, after in people if any(w in after for w in self._answering))
        found = next(told, None)
        if found is None and (
            self._announced(text, body) or self._own_words(referents.index.folded, body)
        ):
            found = people[0][1] if people else None
        return found

    def _announced(self, text: str, body: Sequence[Span]) -> bool:
        """« Entretien », « Propos recueillis par X »: what stands before the first question says so."""
        head = text[: body[self.first][0]].lower()
        return any(words in head for words in (*self._askers, *self._announcing))

    def _own_words(self, folded: str, body: Sequence[Span]) -> bool:
        """Whether « vous » are asked, or answers speak of « je » and « nous ».

        Questions alone may be a paper's own headings.
        """
        if any(self._has(self._second_person, body[n], folded) for n in self.questions):
            return True
        answers = [s for n, s in enumerate(body) if n > self.first and n not in self.questions]
        own = [s for s in answers if self._has(self._first_person, s, folded)]
        return len(own) * _OWN >= len(answers)

    def _has(self, words: re.Pattern[str], passage: Span, folded: str) -> bool:
        """Whether a passage says one of ``words`` outside all quotation marks."""
        return any(not self._marked.holds(m.span()) for m in words.finditer(folded, *passage))

    def answers(self, paragraph: int) -> bool:
        """Whether a paragraph is an answer printed without quotation marks."""
        if self._labelled:
            return self.interviewee is not None and paragraph in self._labelled
        after = self.interviewee is not None and paragraph > self.first
        return after and not self.quoted and paragraph not in self.questions

    def his(self, paragraph: int) -> bool:
        """Whether unclaimed quotes of a paragraph are the interviewee's: answers, and the headline."""
        return paragraph > self.first or paragraph < _HEAD

    def content(self, paragraph: int, span: Span, text: str) -> tuple[Span, Span | None]:
        """Return what is said in an answer, and the label that names who says it."""
        label = self._labelled.get(paragraph) or self._opening.get(paragraph)
        if label is None:
            return span, None
        rest = text[label[1] : span[1]]
        return (span[1] - len(rest.lstrip(" \u00a0:–—-")), span[1]), label


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    said = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{said})(?:(?<=')|(?!\w))", re.IGNORECASE)


def _labelled(text: str, body: Sequence[Span]) -> dict[int, Span]:
    """The paragraphs that begin with one and the same label, three of them or more."""
    found: dict[int, tuple[str, Span]] = {}
    for number in range(len(body)):
        span = _label_at(text, body, number)
        if span is not None and text[span[0]].isupper():
            found[number] = (text[slice(*span)].strip(), span)
    counts = Counter(label for label, _ in found.values())
    label, count = counts.most_common(1)[0] if counts else ("", 0)
    if count < _FEWEST:
        return {}
    return {n: span for n, (mine, span) in found.items() if mine == label}


def _label_at(text: str, body: Sequence[Span], number: int) -> Span | None:
    """What stands before a colon at the head of one paragraph."""
    if number >= len(body):
        return None
    start, end = body[number]
    match = _LABEL.match(text, start, min(end, start + 60))
    match = match or _FULL_NAME.match(text, start, min(end, start + 60))
    return (match.start(1), match.start(1) + len(match[1].rstrip())) if match is not None else None


def _fits(label: str, name: str) -> bool:
    """Whether a label can be a name's: the name, its surname, or its initials."""
    parts = re.findall(r"\w+", name)
    initials = "".join(p[0] for p in parts).casefold()
    plain = "".join(re.findall(r"\w", label)).casefold()
    return plain in (initials, "".join(parts).casefold(), parts[-1].casefold())


def _left_open(paragraph: str) -> bool:
    """« Kiev, de son côté, insiste… »: who asks may leave the asking out."""
    plain = paragraph.strip().strip('«»“”" \u00a0')
    return len(plain) <= _LONGEST // 2 and plain.endswith(("…", "..."))


def _question(paragraph: str) -> bool:
    plain = paragraph.strip().strip('«»“”" \u00a0')
    return len(plain) <= _LONGEST and plain.endswith("?")
