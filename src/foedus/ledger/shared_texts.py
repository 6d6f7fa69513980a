"""Copies among the reports of a ledger, found for those that are new.

Comes in: the hashes of reports that came or were read anew. Goes out: the tables ``marks`` and
``copies`` as if all had been compared with all. A sentence that more than forty reports have leads to
nobody; when it becomes such, or is no longer, the reports that have it are compared again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from foedus.ledger.shelf import SharedText, Shelf
from foedus.ledger.sources import CopyFinder
from foedus.ledger.store import Store
from foedus.report.copies import COMMON, LEAST_BANDS
from foedus.report.records import Report

__all__ = ["note_copies"]

_CHUNK = 500

_ALIKE = f"""
WITH mine AS (
    SELECT mark, kind, source FROM marks WHERE source IN (SELECT unnest($1::VARCHAR[]))
), common AS (
    SELECT mark FROM marks WHERE kind = 'sentence' AND mark IN (SELECT mark FROM mine)
    GROUP BY mark HAVING count(*) > {COMMON}
), pairs AS (
    SELECT m.source AS a, o.source AS b, m.kind AS kind
    FROM mine m JOIN marks o ON o.mark = m.mark AND o.kind = m.kind
    WHERE o.source <> m.source
    AND (m.kind = 'band' OR m.mark NOT IN (SELECT mark FROM common))
)
SELECT least(a, b) AS a, greatest(a, b) AS b FROM pairs GROUP BY pairs.a, pairs.b
HAVING count(*) >= {LEAST_BANDS} OR max(kind) = 'sentence'
"""
_COMMON = f"""
SELECT mark FROM marks WHERE kind = 'sentence' AND mark IN
(SELECT mark FROM marks WHERE source IN (SELECT unnest($1::VARCHAR[])))
GROUP BY mark HAVING count(*) > {COMMON}
"""
_STILL = f"""
SELECT mark FROM marks WHERE kind = 'sentence' AND mark IN (SELECT unnest($1::BIGINT[]))
GROUP BY mark HAVING count(*) > {COMMON}
"""
_HOLDERS = "SELECT DISTINCT source FROM marks WHERE mark IN (SELECT unnest($1::BIGINT[]))"


def note_copies(store: Store, shelf: Shelf, finder: CopyFinder, hashes: Sequence[str]) -> None:
    """Bring the tables of marks and copies up to the reports ``hashes``, within a transaction."""
    before = {row[0] for row in store.ask(_COMMON, [list(hashes)])}
    store.delete("marks", "source", hashes)
    for at in range(0, len(hashes), _CHUNK):
        store.insert("marks", list(_rows(finder, shelf.some_reports(hashes[at : at + _CHUNK]))))
    after = {row[0] for row in store.ask(_COMMON, [list(hashes)])}
    after |= {row[0] for row in store.ask(_STILL, [sorted(before - after)])}
    turned = sorted(before ^ after)
    anew = {*hashes, *(row[0] for row in store.ask(_HOLDERS, [turned]))}
    again = sorted(anew)
    store.delete("copies", "a", again)
    store.delete("copies", "b", again)
    pairs = sorted(set(store.ask(_ALIKE, [again])))
    for at in range(0, len(pairs), _CHUNK):
        some = pairs[at : at + _CHUNK]
        reports = shelf.some_reports(sorted({h for pair in some for h in pair}))
        found = (finder.compare(reports[a], reports[b]) for a, b in some)
        texts = [
            SharedText(a=c.a, b=c.b, containment=c.containment, passages=tuple(c.passages))
            for c in found
            if c is not None
        ]
        store.insert("copies", [(c.a, c.b, msgspec.json.encode(c).decode()) for c in texts])


def _rows(finder: CopyFinder, reports: dict[str, Report]) -> Iterable[tuple[object, ...]]:
    for report in reports.values():
        marks = finder.marks(report)
        yield from ((mark, "band", report.hash) for mark in marks.bands)
        yield from ((mark, "sentence", report.hash) for mark in marks.sentences)
