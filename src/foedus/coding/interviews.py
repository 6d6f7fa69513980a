"""Interviews: whose the answers are when no words of saying tell.

Comes in: the parsed pieces of a report. Goes out: whether it is an interview, who answers, and which
paragraphs are answers. An interview is told by its questions: short paragraphs that end in a question
mark; the person answering is the first whom the words before them name.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.parsing import Parsed
from foedus.coding.referents import Referents

__all__ = ["Interview"]

_LONGEST = 200
_FEWEST = 3
"""Questions that make an interview; one or two may be rhetoric."""


class Interview:
    """The questions and answers of one report, if it has any."""

    def __init__(
        self, text: str, body: Sequence[Span], parsed: Sequence[Parsed], referents: Referents
    ) -> None:
        asked = [n for n, (start, end) in enumerate(body) if _question(text[start:end])]
        self.questions = frozenset(asked) if len(asked) >= _FEWEST else frozenset[int]()
        self.first = min(self.questions, default=len(body))
        self.interviewee = self._interviewee(body, referents) if self.questions else None
        quoted = {p.piece.paragraph for p in parsed if p.piece.quote is not None}
        self.quoted = any(number > self.first for number in quoted)

    def _interviewee(self, body: Sequence[Span], referents: Referents) -> str | None:
        for span in body[: self.first + 1]:
            for mention in referents.index.within(span):
                if mention.kind == "person" and mention.form == "name":
                    meant = referents.meant(mention)
                    if len(meant) == 1:
                        return meant[0]
        return None

    def answers(self, paragraph: int) -> bool:
        """Whether a paragraph is an answer printed without quotation marks."""
        after = self.interviewee is not None and paragraph > self.first
        return after and not self.quoted and paragraph not in self.questions


def _question(paragraph: str) -> bool:
    plain = paragraph.strip().strip('«»“”" \u00a0')
    return len(plain) <= _LONGEST and plain.endswith("?")
