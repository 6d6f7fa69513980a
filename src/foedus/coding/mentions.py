"""Mentions in order: which names stand where in a report, and which of them make a list.

Comes in: the mentions of a report and its folded text. Goes out: mentions by place, and
enumerations (« l'Estonie, la Lettonie et la Pologne »), read from the words between the names.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from foedus.acts import Span
from foedus.world.records import Mention

__all__ = ["MentionIndex"]

_LIST_GAP = re.compile(
    r"(?: ?, ?| et | ou | ainsi que | and | or |, and | comme | puis )"
    r"(?:(?:de |d'|en |à |au |aux |in |to )?(?:l'|le |la |les |the )?)$"
)
_LIST_LAST = re.compile(r" (?:et|ou|ainsi que|and|or) |, and ")


class MentionIndex:
    """The mentions of one report, by their place."""

    def __init__(self, folded: str, mentions: Sequence[Mention]) -> None:
        self.folded = folded
        self.mentions = sorted(mentions, key=lambda m: (m.span, m.form))
        self.starts = [m.span[0] for m in self.mentions]

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that start inside ``span``."""
        low = bisect.bisect_left(self.starts, span[0])
        high = bisect.bisect_left(self.starts, span[1])
        return self.mentions[low:high]

    def covering(self, span: Span) -> Mention | None:
        """Return the mention that shares a character with ``span``, if any."""
        at = bisect.bisect_right(self.starts, span[0]) - 1
        for index in (at, at + 1):
            if 0 <= index < len(self.mentions):
                mention = self.mentions[index]
                if mention.span[0] < span[1] and span[0] < mention.span[1]:
                    return mention
        return None

    def enumeration(self, mention: Mention) -> list[Mention]:
        """Return the mentions of the enumeration that a mention stands in, itself included."""
        at = bisect.bisect_left(self.starts, mention.span[0])
        group, last_joined = [mention], False
        for step in (-1, 1):
            here = at
            while 0 <= here + step < len(self.mentions) and len(group) < 40:
                left, right = sorted([self.mentions[here], self.mentions[here + step]],
                                     key=lambda m: m.span)  # fmt: skip
                gap = self.folded[left.span[1] : right.span[0]]
                alike = left.kind == right.kind or {left.kind, right.kind} <= {"state", "body"}
                if len(gap) > 24 or not alike or not _LIST_GAP.fullmatch(gap):
                    break
                last_joined = last_joined or bool(_LIST_LAST.search(gap))
                group.append(self.mentions[here + step])
                here += step
        if not last_joined and len(group) < 3:
            return [mention]
        return sorted(group, key=lambda m: m.span)
