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

_YEARS = 2
"""From how many years before the report on an act belongs to history, and not to the story."""
_LEAD = 32
"""Characters between an expression such as « à la veille de » and the event it dates."""


class Timing:
    """The time expressions of one report."""

    def __init__(self, times: Sequence[TimeExpression], published: Sequence[DateRange]) -> None:
        self._times = sorted(times, key=lambda t: t.span)
        self._starts = [t.span[0] for t in self._times]
        self.published = hull(published)

    def long_ago(self, when: TimeExpression | None, dates: DateRange | None) -> bool:
        """Whether an act lies years before the report's story (PLOVER's « historical »).

        What has gone on « depuis 2014 » is of today.
        """
        if dates is None or self.published is None or (when is not None and when.modifier):
            return False
        return dates.end.year <= self.published.start.year - _YEARS

    def of(
        self,
        trigger: Span,
        clause: Span,
        aux: Sequence[Aux],
        floor: int = 0,
        *,
        decided: bool = False,
    ) -> tuple[TimeExpression | None, DateRange | None]:
        """Return the time expression of an act and the dates it means; None where none is told.

        ``floor`` is where the act's sentence starts: no expression before it is looked at. ``decided``:
        a past verb stands over the act (« a décidé samedi de fournir »): a day told before the act is
        that of the deciding.
        """
        low = bisect.bisect_left(self._starts, max(floor, clause[0] - _LEAD))
        high = bisect.bisect_left(self._starts, clause[1])
        near = [t for t in self._times[low:high] if _belongs(t, trigger, clause)]
        if not near:
            return None, None
        chosen = min(near, key=lambda t: (_distance(t.span, trigger), t.span))
        # « la veille de » counts from a day already told: the tense says nothing of that day
        counted = chosen.shift and not (chosen.value or "").startswith("XXXX-WXX")
        if chosen.direction == "any" and not counted:
            ahead = "future" in aux and not chosen.shift
            ahead = ahead and not (decided and chosen.span[1] <= trigger[0])
            side = "future" if ahead else "past"
            chosen = msgspec.structs.replace(chosen, direction=side)
        return chosen, resolve_time(chosen, self.published)


def _belongs(time: TimeExpression, trigger: Span, clause: Span) -> bool:
    """Whether an expression can tell of this act.

    « la veille de », « un jour avant de » tell of what follows them at once; any other expression
    stands in the act's clause, or right before its phrase (« la tenue vendredi d'un sommet »).
    """
    if time.shift:
        return 0 <= trigger[0] - time.span[1] <= _LEAD or time.span[0] <= trigger[0] < time.span[1]
    inside = clause[0] <= time.span[0] and time.span[1] <= clause[1]
    return inside or 0 <= clause[0] - time.span[1] <= 4


def _distance(a: Span, b: Span) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
