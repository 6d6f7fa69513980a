"""What stands over or before what is said: « Attal : pas de soldats en Ukraine », « C'est ce qu'affirme X. ».

Comes in: a parsed piece. Goes out: a draft for it where the piece before it names who says it, or for the piece
before it where this one tells who said that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.coding.speech.attribution import Attribution, Draft
from foedus.coding.speech.reported import Reported
from foedus.coding.syntax import Parsed, Words
from foedus.coding.text import fold
from foedus.coding.who import Referents
from foedus.coding.wording import Lexicon

__all__ = ["Headings"]

_HOUR = re.compile(r"^\W*\d{1,2} ?[hH:.] ?(?:\d{2})?(?: ?min)?[\s.:–—-]*")
"""« 16h32 - » at the head of an item of a live page."""
_ARTICLE = 4
"""Characters beside a name that alone stands before a headline's colon: « Le Kremlin : … »."""


class Headings:
    """Finds what headings and pointing sentences of one report say that somebody says."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        referents: Referents,
        speech: Reported,
        attribution: Attribution,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._text = text
        self._parsed = parsed
        self._referents = referents
        self._speech = speech
        self._attribution = attribution
        self._lexicon = lexicon
        self._words = words

    def find(self, parsed: Parsed) -> list[Draft]:
        """Return the drafts that a piece gives with the one before it."""
        return self._pointing_back(parsed) or self._headline(parsed)

    def _pointing_back(self, parsed: Parsed) -> list[Draft]:
        """« La guerre durera. C'est ce qu'affirme X. »: the sentence before is what X says."""
        opening = fold(self._text[parsed.start : parsed.start + 40]).lower()
        before = self._parsed[parsed.number - 1] if parsed.number else None
        if before is None:
            return []
        colon = self._text[before.start : parsed.start].rstrip(" \u00a0\u202f").endswith(":")
        pointing = opening.startswith(tuple(self._lexicon.sayings.pointing_back))
        if not colon and not pointing:
            return []
        verb = next((t for t in parsed.doc if t.pos == "VERB" and self._speech.says(t)), None)
        if not pointing and (verb is None or not self._speech.pointed.recalls(verb)):
            return []
        near = parsed.piece.paragraph - before.piece.paragraph <= 1
        if verb is None or before.piece.quote is not None or not near:
            return []
        content = self._speech.trim(before, 0, len(before.doc) - 1)
        if content is None:
            return []
        draft = Draft(span=content, form=self._speech.form(content), pieces=(before.number,))
        if not self._attribution.attribute(draft, verb, parsed):
            return []
        draft.rule = f"pointing-back:{self._words.of(verb)[0]}"
        return [draft]

    def _headline(self, parsed: Parsed) -> list[Draft]:
        """« Attal : pas de soldats en Ukraine »: a headline that names who says it, without marks."""
        before = self._parsed[parsed.number - 1] if parsed.number else None
        if before is None or before.piece.paragraph != parsed.piece.paragraph:
            return []
        topic = self._text[before.start : parsed.start].rstrip(" \u00a0\u202f")
        mention = next(iter(self._referents.index.within(before.piece.span)), None)
        if mention is None or not topic.endswith(":") or parsed.doc[-1].text == "?":
            return []
        person = mention.kind in ("person", "office")
        named = person or mention.form in ("metonym", "capital")
        lead = _HOUR.sub("", self._text[before.start : mention.span[0]])
        around = len(lead) + len(topic.rstrip(" :\u00a0\u202f"))
        alone = around - (mention.span[1] - before.start) < _ARTICLE
        heading = self._text[parsed.start : parsed.piece.span[1]].rstrip()[-1:] not in ".!?…"
        verbal = any(t.finite for t in parsed.doc) or (heading and (person or self._marked(parsed)))
        content = self._speech.trim(parsed, 0, len(parsed.doc) - 1)
        who = self._referents.meant(mention)
        if not (named and alone and verbal and content and who):
            return []
        draft = Draft(span=content, form=self._speech.form(content), pieces=(parsed.number,))
        self._attribution.give(draft, who, mention.span, "headline")
        return [draft]

    def _marked(self, parsed: Parsed) -> bool:
        return self._speech.quotes_within(parsed.piece.span)
