"""Mentions in order: which names stand where in a report, and which of them make a list.

Comes in: the mentions of a report and its folded text. Goes out: mentions by place, and
enumerations (« l'Estonie, la Lettonie et la Pologne »), read from the words between the names.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["MentionIndex", "spaced"]


def spaced(words: Sequence[str]) -> str:
    """Return a pattern for one of ``words`` and the space after it; elided words take none."""
    return "|".join(re.escape(w) + ("" if w.endswith("'") else " ") for w in words)


class MentionIndex:
    """The mentions of one report, by their place."""

    def __init__(self, folded: str, mentions: Sequence[Mention], grammar: Grammar) -> None:
        self.folded = folded
        self.mentions = sorted(mentions, key=lambda m: (m.span, m.form))
        self.starts = [m.span[0] for m in self.mentions]
        self.persons = {m.entities[0] for m in self.mentions if m.kind == "person"}
        self.first_named: dict[str, Mention] = {}
        for mention in self.mentions:
            if mention.form == "name":
                self.first_named.setdefault(mention.entities[0], mention)
        leads, articles = spaced(grammar.list_leads), spaced(grammar.definite)
        self._gap = re.compile(
            rf"(?: ?, ?| ?(?:{spaced(grammar.list_joints)}))(?:{leads})?(?:{articles})?$"
        )
        # between two complements a comma may stand before the joint: « X, du Parti Y, et Z »
        joints = spaced(grammar.list_joints)
        self._joint = re.compile(
            rf"(?: ?, ?(?:{joints})?| (?:{joints}))(?:{leads})?(?:{articles})?$"
        )
        self._last = re.compile(rf"(?<!\w)(?:{spaced(grammar.list_last)})")

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that start inside ``span``."""
        low = bisect.bisect_left(self.starts, span[0])
        high = bisect.bisect_left(self.starts, span[1])
        return self.mentions[low:high]

    def before(self, place: int, back: int) -> list[Mention]:
        """Return the ``back`` mentions that start before an offset, the last one first."""
        at = bisect.bisect_left(self.starts, place)
        return self.mentions[max(0, at - back) : at][::-1]

    def covering(self, span: Span) -> Mention | None:
        """Return the mention that shares a character with ``span``, if any."""
        at = bisect.bisect_right(self.starts, span[0]) - 1
        for index in (at, at + 1):
            if 0 <= index < len(self.mentions):
                mention = self.mentions[index]
                if mention.span[0] < span[1] and span[0] < mention.span[1]:
                    return mention
        return None

    def joined(self, left: Mention, right: Mention) -> bool:
        """Whether only the joints of a list stand between two mentions: « X, le président Y et Z »."""
        return bool(self._joint.fullmatch(self.folded[left.span[1] : right.span[0]]))

    def together(self, mention: Mention) -> tuple[str, ...]:
        """Return the first meaning of each member of the enumeration that a mention stands in."""
        return tuple(dict.fromkeys(e for m in self.enumeration(mention) for e in m.entities[:1]))

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
                kinds = {left.kind, right.kind}
                # « X et le président finlandais Y » joins a person and an office
                alike = (
                    len(kinds) == 1 or kinds <= {"state", "body"} or kinds <= {"person", "office"}
                )
                if len(gap) > 24 or not alike or not self._gap.fullmatch(gap):
                    break
                last_joined = last_joined or bool(self._last.search(gap))
                group.append(self.mentions[here + step])
                here += step
        if not last_joined and len(group) < 3:
            return [mention]
        return sorted(group, key=lambda m: m.span)
