"""Names that a report itself introduces: people whom the world register does not hold.

Comes in: the folded text, the article's passages, the mentions already found. Goes out: further
mentions of kind person. A capitalised name is taken for a person only where the words beside it say
so: a civil title, an office or a function before it, a function after it, a verb of saying.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.lexicon import Lexicon
from foedus.coding.mentions import spaced
from foedus.world.records import Mention

__all__ = ["introduced_names", "slug"]

_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČŞİĐ][\w'-]*[\w]"
_NAME = re.compile(rf"(?<![\w'-]){_WORD}(?: (?:[a-z]{{2,3}} )?{_WORD}){{0,3}}")
_BEFORE = re.compile(r"([\w'.-]+)[ ,]*$")


def slug(name: str) -> str:
    """Return a name as a slug: ASCII, lower case, hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    ascii_only = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")


def _free(span: Span, taken: Sequence[Mention]) -> bool:
    """Whether no strong mention stands in ``span`` (both lists are sorted; few are near)."""
    return not any(m.span[0] < span[1] and span[0] < m.span[1] and not m.weak for m in taken)


class _Judge:
    """Tells whether a capitalised name is a person's, by the words beside it."""

    def __init__(self, folded: str, lexicon: Lexicon, mentions: Sequence[Mention]) -> None:
        self._text = folded
        self._functions = set(lexicon.grammar.person_words)
        self._titles = set(lexicon.grammar.civil_titles)
        between = spaced((*lexicon.grammar.articles, *lexicon.grammar.past_auxiliaries))
        self._after = re.compile(rf"[ ,]*(?:{between})?([\w'-]+)")
        self._speech = {*lexicon.speech, *lexicon.sayings.forms}
        self._lexicon = lexicon
        self._offices = {m.span[1] for m in mentions if m.form in ("office", "title", "inhabitant")}
        self._office_starts = {m.span[0] for m in mentions if m.form in ("office", "title")}
        self._demonym_ends = {m.span[1]: m.span[0] for m in mentions if m.form == "demonym"}

    def _function_before(self, start: int) -> bool:
        before = self._text[max(0, start - 40) : start]
        end = start - (len(before) - len(before.rstrip(" ,:")))
        if end in self._offices:
            return True
        if end in self._demonym_ends:
            before = self._text[max(0, end - 60) : self._demonym_ends[end]]
        match = _BEFORE.search(before)
        return bool(match) and match is not None and match[1].lower() in self._functions

    def title_before(self, start: int) -> bool:
        """Whether « M. », « Mme » and the like stand before the name."""
        match = _BEFORE.search(self._text[max(0, start - 20) : start])
        return match is not None and match[1].lower() in self._titles

    def person(self, span: Span) -> bool:
        """Whether the name of two words or more is a person's."""
        if self.title_before(span[0]) or self._function_before(span[0]):
            return True
        after = self._after.match(self._text, span[1], min(len(self._text), span[1] + 60))
        if after is None:
            return False
        word = after[1].lower()
        comma = self._text[span[1] : span[1] + 2].lstrip()[:1] == ","
        if comma and (word in self._functions or after.start(1) in self._office_starts):
            return True
        before = _BEFORE.search(self._text[max(0, span[0] - 20) : span[0]])
        stems = {word, before[1].lower()} if before else {word}
        return any(self._says(stem) for stem in stems)

    def _says(self, word: str) -> bool:
        return word in self._speech or any(
            word.endswith(ending) and word[: -len(ending)] + infinitive in self._speech
            for ending, infinitive in self._lexicon.grammar.participle_endings.items()
        )


def introduced_names(
    folded: str, body: Sequence[Span], mentions: Sequence[Mention], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return mentions of people that only the report names, and of their surnames further on."""
    judge = _Judge(folded, lexicon, mentions)
    found: list[Mention] = []
    full: dict[str, str] = {}
    cursor = 0
    ordered = sorted(mentions, key=lambda m: m.span)
    for passage in body:
        for match in _NAME.finditer(folded, *passage):
            span = match.span()
            while cursor < len(ordered) and ordered[cursor].span[1] <= span[0]:
                cursor += 1
            near = ordered[cursor : cursor + 6]
            words = match.group().split()
            if len(words) == 1:
                known = full.get(words[0])
                if known is None and judge.title_before(span[0]) and _free(span, near):
                    known = slug(words[0])
                if known and _free(span, near):
                    found.append(
                        Mention(span=span, entities=(known,), kind="person", form="surname")
                    )
                continue
            if not _free(span, near) or not judge.person(span):
                continue
            name = slug(match.group())
            full[words[-1]] = name
            found.append(Mention(span=span, entities=(name,), kind="person", form="name"))
    return tuple(found)
