"""Where in a report an act is told, and what the report is about.

Comes in: a report. Goes out: :class:`Page`, which tells of any character in which section and sentence
it stands, and in what kind of passage: a live report tells an event in a heading and again in the
sentence under it, any report in its title and again below. What it is about are the first words of it
that not any report has: two that share enough of them follow one story.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple

from foedus.report.copies import split_sentences
from foedus.report.lines import is_headline
from foedus.report.records import Report

__all__ = ["Page", "Place", "page_of"]


class Place(NamedTuple):
    """Where something stands: ``section`` and ``sentence`` are counted through the report.

    ``heading``: in a line that has the form of one. ``top``: in the first passage, mostly its title.
    """

    section: int
    sentence: int
    heading: bool
    top: bool


class Page(NamedTuple):
    """A report's sentences: where each begins, and its place. ``story`` is what it is about."""

    starts: tuple[int, ...]
    places: tuple[Place, ...]
    story: tuple[str, ...]

    def place(self, at: int) -> Place | None:
        """Return where the character ``at`` stands; None before the first sentence."""
        found = bisect_right(self.starts, at) - 1
        return self.places[found] if found >= 0 else None


def page_of(report: Report, words: Callable[[int, int], tuple[str, ...]], about: int) -> Page:
    """Return the page of a report.

    Args:
        report: as read; its furniture is no part of the page.
        words: gives the words between two characters that not any report has.
        about: of how many of these, from the first on, the story is made.
    """
    starts: list[int] = []
    places: list[Place] = []
    story: dict[str, None] = {}
    section = 0
    for n, (start, end) in enumerate(report.body):
        heading = is_headline(report.text[start:end])
        section += heading
        for first, _ in split_sentences(report.text, (start, end)):
            starts.append(first)
            places.append(Place(section, len(places), heading, n == 0))
        if len(story) < about:
            story.update(dict.fromkeys(words(start, end)))
    return Page(tuple(starts), tuple(places), tuple(story)[:about])
