"""When: which time expression of a report belongs to an act or a statement.

Comes in: the report's time expressions and where the record stands. Goes out: the expression nearest
to the trigger in its own clause, with the side (past or future) that the act's tense tells, and the
dates that it means in a report of that day.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import msgspec

from foedus.acts import Aux, DateRange, Span, TimeExpression, hull, resolve_time

__all__ = ["Timing"]

_YEARS = 2
"""From how many years before the report on an act belongs to history, and not to the story."""
_OPENS = 3
"""Characters that may stand before an expression that opens a sentence, or after one that is all of it."""
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

    def opening(self, sentence: Span) -> TimeExpression | None:
        """Return the expression that a sentence opens with (« Le 21 septembre, il a décrété X et menacé Y »)."""
        first = self.first((sentence[0], sentence[1] - 1))
        return first if first is not None and first.span[0] - sentence[0] <= _OPENS else None

    def first(self, within: Span) -> TimeExpression | None:
        """Return the first expression of a passage, unless it counts from another day."""
        at = bisect.bisect_left(self._starts, within[0])
        found = self._times[at] if at < len(self._times) else None
        inside = found is not None and found.span[1] <= within[1] and not found.shift
        return found if inside else None

    def headings(self, pieces: Iterable[tuple[Span, int]]) -> dict[Span, TimeExpression]:
        """Return, for the sentences of a chronology, the day that heads their paragraph.

        ``pieces`` are sentences with the number of their paragraph: « Lundi 18. À X, … ».
        """
        found: dict[Span, TimeExpression] = {}
        current: tuple[TimeExpression, int] | None = None
        for span, paragraph in pieces:
            head = self.opening((span[0], span[1] + _OPENS))
            if head is not None and span[1] - head.span[1] <= _OPENS:
                current = head, paragraph
            elif current is not None and current[1] == paragraph:
                found[span] = current[0]
        return found

    def dated(self, time: TimeExpression) -> tuple[TimeExpression, DateRange | None]:
        """Return an expression as told of what has been done, and the dates it means."""
        if time.direction == "any":
            time = msgspec.structs.replace(time, direction="past")
        return time, resolve_time(time, self.published)

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
