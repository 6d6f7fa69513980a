"""Versions of a report: texts that one address had, one after the other.

Comes in: reports with their address and the day by which each had appeared. Goes out: for which days
each of them counts. A correction of a report (the same address, another text) takes its place from the
day it appeared; the earlier one stays in the ledger, and is what was known before that day.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from foedus.ledger.days import Days
from foedus.ledger.spells import ALWAYS, NEVER, Life

__all__ = ["Version", "address_of", "day_known", "lives"]


class Version(NamedTuple):
    """A report: its hash, its address, and the day by which it had appeared."""

    source: str
    url: str | None
    known: int


def address_of(url: str | None) -> str | None:
    """Return the address without what makes no other page: scheme, fragment, a last slash, case of the host."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url.strip()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def day_known(candidates: Days) -> int:
    """Return the day by which a report had certainly appeared, as an ordinal."""
    return candidates[-1].end.toordinal() if candidates else NEVER


def lives(versions: Iterable[Version]) -> dict[str, tuple[Life, str | None]]:
    """Return for which days each report counts, and the hash of the version that took its place.

    Versions of one address are in order of the day by which they had appeared, then of their hash,
    never of arrival. One that appeared on an unknown day comes before all others: it cannot be said
    to correct them.
    """
    by_url: dict[str, list[Version]] = defaultdict(list)
    found: dict[str, tuple[Life, str | None]] = {}
    for version in versions:
        if version.url is None:
            found[version.source] = ((version.known, ALWAYS), None)
        else:
            by_url[version.url].append(version)
    for group in by_url.values():
        ordered = sorted(group, key=lambda v: (v.known if v.known < NEVER else 0, v.source))
        for this, following in itertools.pairwise(ordered):
            dies = max(this.known, min(following.known, NEVER))
            found[this.source] = ((this.known, dies), following.source)
        found[ordered[-1].source] = ((ordered[-1].known, ALWAYS), None)
    return found
