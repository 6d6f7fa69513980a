"""When: which time expression of a report belongs to an act or a statement.

Comes in: the report's time expressions and where the record stands. Goes out: the expression nearest
to the trigger in its own clause, with the side (past or future) that the act's tense tells, and the
dates that it means in a report of that day.
"""

from __future__ import annotations

import bisect
from collections.abc import Sequence

import msgspec

from foedus.acts import Aux, DateRange, Span, TimeExpression, hull, resolve_time

__all__ = ["Timing"]


class Timing:
    """The time expressions of one report."""

    def __init__(self, times: Sequence[TimeExpression], published: Sequence[DateRange]) -> None:
        self._times = sorted(times, key=lambda t: t.span)
        self._starts = [t.span[0] for t in self._times]
        self.published = hull(published)

    def of(
        self, trigger: Span, clause: Span, aux: Sequence[Aux]
    ) -> tuple[TimeExpression | None, DateRange | None]:
        """Return the time expression of an act and the dates it means; None where none is told."""
        low = bisect.bisect_left(self._starts, clause[0])
        high = bisect.bisect_left(self._starts, clause[1])
        near = self._times[low:high]
        if not near:
            return None, None
        chosen = min(near, key=lambda t: (_distance(t.span, trigger), t.span))
        # « la veille de » counts from a day already told: the tense says nothing of that day
        if chosen.direction == "any" and not chosen.shift:
            side = "future" if "future" in aux else "past"
            chosen = msgspec.structs.replace(chosen, direction=side)
        return chosen, resolve_time(chosen, self.published)


def _distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
