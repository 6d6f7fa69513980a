"""Names that reports bring along: their headlines, and the outlets and authors they credit.

Comes in: reports. Goes out: words for people, taken from the reports' own characters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from foedus.brief.passages import visible
from foedus.report.names import slug
from foedus.report.records import Report

__all__ = ["credited", "headline"]

_LONGEST = 90
_SENTENCE = re.compile(r"[^.!?…]*[.!?…]+(?:\s?[»”\"])?(?=\s|$)")
_READ = 600
"""Characters of a text in which its first sentence is looked for."""


def headline(report: Report) -> str:
    """Return the title; without one, the first sentence of the body, shortened; else the label."""
    if report.title is not None:
        return _line(report.text[slice(*report.title)])
    for start, end in report.body:
        text = report.text[start : min(end, start + _READ)].strip()
        if text:
            first = _SENTENCE.match(text)
            return _shortened(_line(first[0] if first else text))
    return visible(report.label)


def _line(text: str) -> str:
    return " ".join(visible(text).split())


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def credited(reports: Iterable[Report]) -> dict[str, str]:
    """Return how the reports themselves write the names of those they credit, by slug.

    Of several ways the one met most, and of equals one that is not all capitals.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        for credit in report.credits:
            text = _line(report.text[slice(*credit.span)])
            # A credit of more than the name (« Copyright X, all rights reserved ») is no name.
            if slug(text) == credit.name:
                found[credit.name][text] += 1
    return {
        name: min(ways, key=lambda w: (w.isupper(), -ways[w], w))
        for name, ways in sorted(found.items())
    }
