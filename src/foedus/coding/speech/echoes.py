"""Quotes whose speaker another place of the report tells: the end of a long quote, or the body for a headline.

Comes in: the drafts of a report in order of their place, and its quotes. Goes out: the same drafts, those
without words of saying of their own now bearing the speaker that is told elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from ahocorasick_rs import AhoCorasick

from foedus.acts import Span
from foedus.coding.speech.attribution import Draft
from foedus.coding.text import Quote, fold

__all__ = ["tell_from_elsewhere"]

_FEWEST = 2
"""Words that a headline must share with the body to be its echo."""
_MARKS = "«»“”\"' \u00a0\u202f\t-–—*#•"
"""What stands about a heading: marks, and the dashes between which agencies put it."""
_CARRIED_ON = "quote-continued"
"""The rule of a quote that was only taken to go on from the one before it."""


def tell_from_elsewhere(
    text: str, body: Sequence[Span], drafts: Sequence[Draft], quotes: Sequence[Quote]
) -> None:
    """Give quotes without words of saying the speaker of the quote they go on in, or that repeats them."""
    _along_chains(drafts, quotes)
    _from_the_body(text, body, drafts)


def _along_chains(drafts: Sequence[Draft], quotes: Sequence[Quote]) -> None:
    """« Il s'agit de paix. ¶ « Nous tiendrons », a dit X: the paragraphs of one quote are one man's."""
    starts = {draft.span[0]: draft for draft in drafts if draft.form == "direct"}
    for at in range(len(quotes) - 1, 0, -1):
        before, here = starts.get(quotes[at - 1].inner[0]), starts.get(quotes[at].inner[0])
        if not quotes[at].continues or before is None or here is None:
            continue
        if before.speaker is None and here.speaker is not None:
            _copy(here, before, "quote-chain")


def _from_the_body(text: str, body: Sequence[Span], drafts: Sequence[Draft]) -> None:
    """« C'est à côté » as a heading, and « C'est à côté, ça fait bizarre », confie X, below."""
    starts = [span[0] for span in body]
    headings = [
        (draft, words) for draft in drafts
        if draft.form == "direct" and not _told(draft) and _alone(draft, text, body, starts)
        and (words := _words(text, draft)).count(" ") + 1 >= _FEWEST
    ]  # fmt: skip
    if not headings:
        return
    over = {id(draft) for draft, _ in headings}
    tellers = sorted(
        (d for d in drafts if d.speaker is not None and id(d) not in over), key=lambda d: d.span[0]
    )
    repeating = _repeating({words for _, words in headings}, text, tellers)
    for draft, words in headings:
        found = repeating.get(words, [])
        at = bisect_right(found, draft.span[1], key=lambda teller: teller.span[0])
        if at < len(found):
            _copy(found[at], draft, "headline-echo")


def _repeating(
    phrases: Collection[str], text: str, tellers: Sequence[Draft]
) -> dict[str, list[Draft]]:
    """The drafts that hold each of the phrases, in order; every draft is gone through once."""
    known = sorted(phrases)
    finder = AhoCorasick(known)
    found: dict[str, list[Draft]] = {}
    for teller in tellers:
        matches = finder.find_matches_as_indexes(_words(text, teller), overlapping=True)
        for number in {match[0] for match in matches}:
            found.setdefault(known[number], []).append(teller)
    return found


def _told(draft: Draft) -> bool:
    """Whether words of saying stand beside a quote."""
    return draft.cue_span is not None and draft.rule != _CARRIED_ON


def _alone(draft: Draft, text: str, body: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, draft.span[0]) - 1
    if at < 0 or draft.span[0] >= body[at][1]:
        return False
    home = body[at]
    around = text[home[0] : draft.span[0]] + text[draft.span[1] : home[1]]
    return not around.strip(_MARKS + ".!")


def _words(text: str, draft: Draft) -> str:
    return " ".join(re.findall(r"\w+", fold(text[draft.span[0] : draft.span[1]]).casefold()))


def _copy(teller: Draft, draft: Draft, rule: str) -> None:
    draft.speaker, draft.speaker_span = teller.speaker, teller.speaker_span
    draft.cue_span, draft.rule = teller.cue_span, rule
