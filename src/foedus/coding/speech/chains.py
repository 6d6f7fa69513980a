"""Words passed on: « Reuters a rapporté, citant X, que … », « a dit X à l'AFP », X's words in Y's answer.

Comes in: the drafts of a report, with speakers. Goes out: the same drafts, those that somebody only passes
on now bearing the one who said them, with the others in ``via``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from foedus.coding.speech.attribution import UNNAMED, Draft
from foedus.coding.speech.tellers import Tellers
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Lexicon

__all__ = ["Chains"]

_NEAR = 10
"""Words after an outlet in which it is told whom it cites."""
_PHRASE = 12
"""Words that may tell who is cited."""


class Chains:
    """Finds who only passes on what others said, in one report."""

    def __init__(
        self, parsed: Sequence[Parsed], referents: Referents, lexicon: Lexicon, words: Words
    ) -> None:
        self._parsed = parsed
        self._starts = [p.start for p in parsed]
        self._referents = referents
        self._grammar = lexicon.grammar
        self._citing = set(lexicon.sayings.citing)
        self._words = words
        self._tellers = Tellers(referents, lexicon.grammar, words)

    def settle(self, drafts: Sequence[Draft]) -> None:
        """Give what is passed on its speaker, and those by way of whom it came."""
        for draft in drafts:
            self._cited(draft)
        self._within_answers(drafts)

    def _cited(self, draft: Draft) -> None:
        """« rapporte la BBC, citant le ministère », « selon NBC, qui cite X »: X said it."""
        if draft.speaker_span is None:
            return
        parsed = self._parsed[max(0, bisect_right(self._starts, draft.speaker_span[0]) - 1)]
        teller = next(iter(parsed.tokens(draft.speaker_span)), None)
        if teller is None or not self._passes_on(teller, parsed):
            return
        citing = self._citing_after(teller, parsed)
        if citing is None:
            return
        outlet = (draft.speaker,) if draft.speaker else ()
        draft.via = tuple(dict.fromkeys([*draft.via, *outlet]))
        who = self._named_after(citing, parsed)
        draft.speaker = who[0] if who else None
        draft.rule = "cited" if who else UNNAMED

    def _passes_on(self, teller: Token, parsed: Parsed) -> bool:
        """Whether the speaker is an outlet, by its name or by its noun (« une agence américaine »)."""
        mention = self._referents.index.covering(parsed.span(teller))
        outlet = mention is not None and mention.kind == "outlet"
        return outlet or bool(set(self._words.of(teller)) & set(self._grammar.outlet_words))

    def _citing_after(self, teller: Token, parsed: Parsed) -> Token | None:
        """The word « citant » or « qui cite » right after an outlet's name, set off by a comma."""
        after = parsed.doc[teller.i + 1 : teller.i + 1 + _NEAR]
        comma = next((t.i for t in after if t.text == ","), None)
        if comma is None:
            return None
        lead = parsed.doc[comma + 1 : comma + 4]
        return next((t for t in lead if set(self._words.of(t)) & self._citing), None)

    def _named_after(self, citing: Token, parsed: Parsed) -> tuple[str, ...]:
        """Whom the words after « citant » mean; nobody where they are unnamed people."""
        for token in parsed.doc[citing.i + 1 : citing.i + 1 + _PHRASE]:
            if token.text in (",", ";", ":") or token.finite:
                break
            if token.pos in ("NOUN", "PROPN"):
                told = self._tellers.of(token, parsed, parsed.piece.span)
                who = told[0] if told is not None else self._referents.of(token, parsed)
                return tuple(w for w in who if not self._referents.pronouns.is_place(w))
        return ()

    def _within_answers(self, drafts: Sequence[Draft]) -> None:
        """« Kiev a dit non », in Y's own words: said by Kiev, by way of Y."""
        open_: list[Draft] = []
        for draft in sorted(drafts, key=lambda d: (d.span[0], -d.span[1])):
            while open_ and open_[-1].span[1] < draft.span[1]:
                open_.pop()
            outer = open_[-1] if open_ else None
            if outer is not None and outer.speaker not in (None, draft.speaker):
                draft.via = tuple(dict.fromkeys([*draft.via, str(outer.speaker)]))
            if draft.form == "direct":
                open_.append(draft)
