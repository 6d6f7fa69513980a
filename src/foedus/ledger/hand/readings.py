"""Rows entered by hand as readings, like those of reports.

Comes in: rows that stand, and the reports of the ledger. Goes out: readings. The source that a row
cites is what counts: a report of the ledger counts as that report, two rows that cite the same
article as one, and a row that cites nothing counts as no source at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from foedus.acts import day, hull
from foedus.ledger.hand.kept import Kept, kept_rows
from foedus.ledger.hand.records import Cited, Entering, Entry
from foedus.ledger.records import UNSOURCED, Citation, Dating, Reading
from foedus.ledger.spells import ALWAYS, NEVER, Life
from foedus.report.names import slug
from foedus.report.records import Report

__all__ = ["readings_by_hand", "standing_by_hand"]

_SCHEME = re.compile(r"^https?://(www\.)?")


def readings_by_hand(
    rows: Sequence[Kept], reports: Mapping[str, Report], datings: Mapping[str, Dating],
    groups: Mapping[str, str],
) -> tuple[Reading, ...]:  # fmt: skip
    """Return a reading for each row, in their order.

    ``reports``, ``datings`` and ``groups`` are by report hash. A reading's ``published`` is the day of the
    source cited, as far as the row or the ledger tells it; else the day the row was first entered.
    """
    known = _Reports(reports)
    articles = _articles([k.entry.cited for k in rows if k.entry.cited is not None])
    return tuple(_reading(kept, known, datings, groups, articles) for kept in rows)


def standing_by_hand(
    enterings: Sequence[Entering], entries: Mapping[str, Entry], reports: Mapping[str, Report],
    datings: Mapping[str, Dating], groups: Mapping[str, str],
) -> list[tuple[Reading, Life]]:  # fmt: skip
    """Return a reading for each row that ever stood, with the days by which it was known so.

    A row stands from one entering of its file to another; what its source tells was known when that
    had appeared.
    """
    days = sorted({e.at.date().toordinal() for e in enterings})
    last: dict[tuple[str, str], tuple[Reading, int, int]] = {}
    found: list[tuple[Reading, Life]] = []
    for start, past in zip([0, *days], [*days, ALWAYS], strict=True):
        asked = date.fromordinal(max(1, start if start else past - 1)) if days else None
        for reading in readings_by_hand(
            kept_rows(enterings, entries, asked), reports, datings, groups
        ):
            known = NEVER if reading.published is None else reading.published.end.toordinal()
            born = max(start, known)
            if born >= past:
                continue
            key = (reading.citation.source, reading.act.id)
            before = last.get(key)
            if before is not None and before[0] == reading and before[2] == born:
                last[key] = (reading, before[1], past)
                continue
            if before is not None:
                found.append((before[0], before[1:]))
            last[key] = (reading, born, past)
    return [*found, *((reading, (born, past)) for reading, born, past in last.values())]


def _reading(
    kept: Kept, known: _Reports, datings: Mapping[str, Dating], groups: Mapping[str, str],
    articles: Mapping[str, str],
) -> Reading:  # fmt: skip
    entry, cited = kept.entry, kept.entry.cited
    published, outlet, group = None, None, f"{UNSOURCED}{slug(entry.by)}"
    if cited is not None:
        report = known.find(cited)
        published, outlet = cited.date, cited.outlet
        if report is not None:
            published = published or hull(datings[report.hash].candidates)
            outlet, group = report.outlet or outlet, groups.get(report.hash, report.hash)
        else:
            group = _group(cited, articles)
    return Reading(
        act=entry.act,
        origin="person",
        published=published or day(kept.entered),
        date=entry.act.date,
        outlet=outlet,
        group=group,
        citation=Citation(
            report=entry.file, source=entry.id, span=entry.act.span, line=kept.line or None
        ),
        reference=cited.worded if cited is not None else None,
        by=entry.by,
    )


class _Reports:
    """Finds the report of the ledger that a row cites."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self._found: dict[str, Report] = {}
        for report in sorted(reports.values(), key=lambda r: r.hash):
            title = report.text[slice(*report.title)] if report.title else ""
            for key in _keys(report.outlet, title, report.url or ""):
                self._found.setdefault(key, report)
            for name in (report.hash, report.label):
                self._found.setdefault(f"report:{name}", report)

    def find(self, cited: Cited) -> Report | None:
        """Return the report named, or that of the same address, or of the same outlet and title."""
        keys = [f"report:{cited.report}", *_keys(cited.outlet, cited.title, cited.url)]
        return next((self._found[key] for key in keys if key in self._found), None)


def _keys(outlet: str | None, title: str, url: str) -> list[str]:
    """Return what two mentions of one article have in common: its address; its outlet and title."""
    found = []
    if url:
        found.append("url:" + _SCHEME.sub("", url.strip()).partition("#")[0].rstrip("/"))
    if slug(title):
        found.append(f"title:{outlet or ''}:{slug(title)}")
    return found


def _articles(cited: Iterable[Cited]) -> dict[str, str]:
    """Return for each key the smallest key that leads to the same article."""
    leader: dict[str, str] = {}

    def find(key: str) -> str:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    for one in cited:
        keys = [find(key) for key in _keys(one.outlet, one.title, one.url)]
        for key in keys[1:]:
            low, high = sorted((find(keys[0]), find(key)))
            leader[high] = low
    return {key: find(key) for key in leader}


def _group(cited: Cited, articles: Mapping[str, str]) -> str:
    """Return what a cited source counts as: an article; where only an outlet is named, its word."""
    keys = _keys(cited.outlet, cited.title, cited.url) or (
        [f"report:{cited.report}"] if cited.report else []
    )
    if not keys:
        return f"outlet:{cited.outlet}"
    key = articles.get(keys[0], keys[0])
    return "cited:" + hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
