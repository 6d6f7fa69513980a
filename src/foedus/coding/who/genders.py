"""Whether people are told to be men or women: « Mme Nowak », « la ministre X », « Jana Nowak, directrice de Y ».

Comes in: the mentions of a report. Goes out: the gender of those for whom a title, an article or a function
beside their name tells it, for pronouns to agree with. The register knows only those it holds.
"""

from __future__ import annotations

import re
from typing import Literal

from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["Gender", "told_genders"]

Gender = Literal["m", "f"]
_LEAD = 90
"""Characters before a name in which its title or function stands."""
_WORD = re.compile(r"[\w.-]+'?")
_CUT = re.compile(r"[;:!?\n«»\"()]|\. (?=[A-ZÀ-Þ])")


def told_genders(index: MentionIndex, grammar: Grammar) -> dict[str, Gender]:
    """Return the gender of each person for whom the report tells it; of two that differ the first."""
    found: dict[str, Gender] = {}
    for mention in index.mentions:
        if mention.kind == "person" and len(mention.entities) == 1:
            who = mention.entities[0]
            gender = None if who in found else _told(mention, index.folded, grammar)
            if gender is not None:
                found[who] = gender
    return found


def _told(name: Mention, text: str, grammar: Grammar) -> Gender | None:
    start, end = name.span
    lead = _CUT.split(text[max(0, start - _LEAD) : start])[-1]
    words = _WORD.findall(lead.lower())
    if words and words[-1] in grammar.titles_of_men:
        return "m"
    if words and words[-1] in grammar.titles_of_women:
        return "f"
    after = _WORD.findall(text[end + 2 : end + 40].lower()) if text[end : end + 2] == ", " else []
    beside = (
        after[1]
        if after[:1] and after[0] in grammar.definite and len(after) > 1
        else "".join(after[:1])
    )
    if beside in grammar.person_words and beside.endswith(grammar.feminine_endings):
        return "f"
    return (
        _by_article(words, grammar)
        if lead.rstrip().endswith(",") or _near(words, grammar)
        else None
    )


def _near(words: list[str], grammar: Grammar) -> bool:
    """« la ministre Jana Nowak », « le chef du bureau Jan Nowak »: a function among the last words."""
    return any(word in grammar.person_words for word in words[-4:])


def _by_article(words: list[str], grammar: Grammar) -> Gender | None:
    """The article of the last function before a name: « la présidente de la Commission, X »."""
    for place in range(len(words) - 1, 0, -1):
        if words[place] in grammar.person_words:
            if words[place - 1] in grammar.masculine:
                return "m"
            return "f" if words[place - 1] in grammar.feminine else None
    return None
