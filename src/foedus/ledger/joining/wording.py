"""How much of the words in which two acts are told is the same.

Comes in: items (:mod:`foedus.ledger.joining.items`), with the words of their clauses. Goes out: how many they
share, whether their reports follow one story, and how near they stand in one report. Words are weak
evidence: what the lists of an act say already is not among them.
"""

from __future__ import annotations

from functools import lru_cache

from foedus.ledger.joining.items import Item

__all__ = [
    "ENOUGH",
    "about",
    "in_other_words",
    "one_story",
    "same_object",
    "same_words",
    "under_heading",
    "under_title",
]

ENOUGH = 2
"""Words of a clause that make up for what else may be missing; more count for nothing."""


@lru_cache(maxsize=1 << 14)
def _parts(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return all words, those that tell the act, and the others."""
    told = frozenset(w[1:] for w in words if w.startswith("!"))
    others = frozenset(w.removeprefix("?") for w in words if not w.startswith("!"))
    return told | others, told, others


@lru_cache(maxsize=1 << 14)
def _own(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without those of what a denial answers: in one report another may answer it too."""
    return tuple(w for w in words if not w.startswith("?"))


def same_words(a: Item, b: Item, *, position: bool = False) -> int:
    """Return how many words they share; the words of one clause are no evidence of anything.

    Nor is it, within a report, that two positions (``position``) are told by one verb, where more is
    said of both: it tells of what kind they are.
    """
    if not a.words or not b.words:
        return 0
    together = a.source == b.source
    (ours, our_verb, our_object), (theirs, their_verb, their_object) = (
        _parts(_own(a.words) if together else a.words),
        _parts(_own(b.words) if together else b.words),
    )
    both = ours & theirs
    if both and together:
        if a.order.start < b.order.end and b.order.start < a.order.end:
            return 0
        if position and min(len(our_object), len(their_object)) >= ENOUGH:
            both -= our_verb & their_verb
    return len(both)


def in_other_words(a: Item, b: Item) -> bool:
    """Whether both have words to compare, and share no more than other evidence needs."""
    return bool(a.words and b.words) and same_words(a, b) <= ENOUGH


def same_object(a: Item, b: Item) -> bool:
    """Whether a word is the same beside the one that tells the act, where both have such words."""
    (ours, _, our_object), (theirs, _, their_object) = _parts(a.words), _parts(b.words)
    if len(our_object) < ENOUGH or len(their_object) < ENOUGH:
        return same_words(a, b, position=True) > 0
    return not (our_object.isdisjoint(theirs) and their_object.isdisjoint(ours))


@lru_cache(maxsize=1 << 14)
def about(story: str) -> frozenset[str]:
    """Return the words that tell what a report is about."""
    return frozenset(story.split())


def one_story(a: Item, b: Item, least: int) -> bool:
    """Whether two reports share at least so many of the words that tell what they are about."""
    if a.source == b.source or not a.story or not b.story:
        return False
    return len(about(a.story) & about(b.story)) >= least


def under_heading(a: Item, b: Item) -> bool:
    """Whether one stands in a heading, and the other in the sentence under it."""
    p, q = a.place, b.place
    if p is None or q is None or a.source != b.source or p.heading == q.heading:
        return False
    return p.section == q.section and abs(p.sentence - q.sentence) == 1


def under_title(a: Item, b: Item) -> bool:
    """Whether one stands in the first passage of the report, and the other does not."""
    p, q = a.place, b.place
    return p is not None and q is not None and a.source == b.source and p.top != q.top
