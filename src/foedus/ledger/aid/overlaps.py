"""Which rows may tell of one pledge.

Comes in: rows of aid. Goes out: for each, the rows that may be the same aid told again: promised and
then delivered, told by another report in other figures, or a package and what is in it. A link says
« may »: nothing is joined by it (that is the ledger's rules, or a person's judgement), but figures of linked rows must
not be added up.

Two rows are linked when they share a donor (a group and its member count as one), can have the same
recipient, and can be of the same item (a kind and what it is a kind of; where one names no item, any);
and their days fit: at the same stage no further apart than the declared window, at different stages the
further one not over before the other begins. A row that names no donor is linked to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from foedus.ledger.roles import Roles
from foedus.ledger.tracker import Tracker

if TYPE_CHECKING:
    from foedus.ledger.aid.rows import AidRow

__all__ = ["overlapping"]

_ORDER = {"announced": 0, "committed": 1, "delivered": 2}


def overlapping(
    rows: Sequence[AidRow], roles: Roles, tracker: Tracker
) -> dict[str, tuple[str, ...]]:
    """Return, for each row that overlaps others, their facts, sorted."""
    found: dict[str, set[str]] = defaultdict(set)
    affirmed = [row for row in rows if row.stage in _ORDER]
    kinds = {i: frozenset(tracker.chain(i)) for row in affirmed for i in row.items}
    for one, other in _near(affirmed, roles):
        if _same_thing(one, other, kinds) and _days_fit(one, other, tracker.window):
            found[one.fact].add(other.fact)
            found[other.fact].add(one.fact)
    return {fact: tuple(sorted(others)) for fact, others in found.items()}


def _near(rows: Sequence[AidRow], roles: Roles) -> Iterable[tuple[AidRow, AidRow]]:
    """Give each pair of rows that share a donor, a member of a donor, or a donor's group, once."""
    by_donor: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for who in sorted({m for d in row.donors for m in (d, *roles.members(d))}):
            by_donor[who].append(number)
    seen: set[tuple[int, int]] = set()
    for numbers in by_donor.values():
        for at, first in enumerate(numbers):
            for second in numbers[at + 1 :]:
                if (first, second) not in seen:
                    seen.add((first, second))
                    yield rows[first], rows[second]


def _same_thing(a: AidRow, b: AidRow, kinds: dict[str, frozenset[str]]) -> bool:
    if a.recipients and b.recipients and not set(a.recipients) & set(b.recipients):
        return False
    if not a.items or not b.items:
        return not a.general or not b.general or bool(set(a.general) & set(b.general))
    return any(x in kinds[y] or y in kinds[x] for x in a.items for y in b.items)


def _days_fit(a: AidRow, b: AidRow, window: int) -> bool:
    if a.when is None or b.when is None:
        return True
    if a.stage == b.stage:
        return a.when.apart(b.when) <= window
    first, further = sorted((a, b), key=lambda row: _ORDER[row.stage])
    # what is announced may bear the day for which it is announced
    begun = first.when if first.stage != "announced" else first.reached["announced"].told
    return begun is None or further.when is None or further.when.end >= begun.start
