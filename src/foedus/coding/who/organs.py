"""Organs told shortly: « le ministère », « la police », « notre armée », « le Conseil ».

Comes in: a noun for an organ of a state or of a body, without a name that says whose it is. Goes out: whose
it is: by an owner's word, by the same noun told in full before, by the capital beside it, or the body whose
name it begins.
"""

from __future__ import annotations

from typing import Protocol

from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.who.pronouns import Pronouns
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["SEATS", "Organs"]

_BACK = 60
"""How many mentions back a short name looks for the full one."""
_NEAR = 4
"""Words between « à Athènes » and the organ that sits there."""
SEATS = ("capital", "metonym")
"""Forms of a mention that say where an organ sits."""
_TELLING = ("nmod", "amod", "appos")
_TOLD_OF = ("nsubj", "nsubj:pass", "obl:agent", "nmod")
_OWN = ("demonym", "inhabitant")
"""Forms of a mention that tell whose something is; a state that is named may be only where it happens."""


class _Resolver(Protocol):
    """What is asked of the rest: whom other words mean."""

    pronouns: Pronouns

    def named(self, token: Token, parsed: Parsed) -> tuple[str, ...]: ...
    def meant(self, mention: Mention) -> tuple[str, ...]: ...


class Organs:
    """Remembers the organs told in one report, and finds whose a bare one is."""

    def __init__(
        self, referents: _Resolver, index: MentionIndex, grammar: Grammar, words: Words
    ) -> None:
        self._referents = referents
        self._index = index
        self._grammar = grammar
        self._words = words
        self._nouns = {*grammar.organs, *grammar.the_country}
        self._told: dict[str, list[tuple[int, Token, Parsed]]] = {}
        self._definite = grammar.definite_merged
        self._looking = False

    def remember(self, parsed: Parsed) -> None:
        """Note the organs of a piece, for the short words that follow. Call in reading order."""
        for token in parsed.doc:
            if token.pos in ("NOUN", "PROPN") and self._is_organ(token):
                place = (parsed.start + token.idx, token, parsed)
                self._told.setdefault(self._words.of(token)[0], []).append(place)

    def meant(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return whose organ a noun without a name is; nobody where that is not clear."""
        owners = {c.lower for c in token.children if c.i < token.i}
        if self._is_organ(token):
            pronouns = self._referents.pronouns
            if owners & {*self._grammar.first_plural, *self._grammar.first_singular}:
                return pronouns.side_of_speaker(parsed)
            if owners & set(self._grammar.second_plural):
                return pronouns.side_asked(parsed)
            if owners & set(self._grammar.possessive):
                return self._owned(token, parsed)
            if owners & self._definite:
                found = (
                    self._told_before(token, parsed)
                    or self.seated(token, parsed)
                    or self._only_state(token, parsed)
                )
                if found:
                    return found
        return self.short(token, parsed)

    def by_name(self, token: Token) -> tuple[str, ...]:
        """« le préfet », « la préfecture »: what one state alone calls so, unless the report tells whose it is."""
        known = self._grammar.state_words
        state = next((known[lemma] for lemma in self._words.of(token) if lemma in known), None)
        return (state,) if state is not None else ()

    def _owned(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« son ministère »: of whoever was subject last; « le chef de son armée » does not tell it of itself."""
        if self._looking:
            return ()
        self._looking = True
        try:
            here = parsed.span(token)[0]
            return self._referents.pronouns.side_of_last_subject(here, parsed)
        finally:
            self._looking = False

    def short(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le Conseil », after « le Conseil Otan-Ukraine »: the body named last whose name it begins."""
        articles = {c.lower for c in token.children if c.dep == "det"}
        told = any(c.dep in _TELLING or c.dep.startswith("acl") for c in token.children)
        if (
            told
            or token.pos not in ("NOUN", "PROPN")
            or not articles & set(self._grammar.definite_one)
        ):
            return ()
        for mention in self._index.before(parsed.span(token)[0], _BACK):
            name = self._index.folded[slice(*mention.span)].lower().split()
            if mention.kind == "body" and len(name) > 1 and name[0] == token.lower:
                return self._referents.meant(mention)
        return ()

    def _is_organ(self, token: Token) -> bool:
        return bool(self._nouns & set(self._words.of(token)))

    def _told_before(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« le ministère », after « le ministère russe a convoqué X »: the same."""
        if self._looking:
            return ()
        self._looking = True
        try:
            here, mine = parsed.start + token.idx, self._qualities(token)
            for place, other, home in reversed(self._told.get(self._words.of(token)[0], [])):
                if place < here and mine <= self._qualities(other):
                    found = self._referents.named(other, home)
                    if found:
                        return found
        finally:
            self._looking = False
        return ()

    def _qualities(self, token: Token) -> set[str]:
        """What tells an organ from others of its kind: « de la Défense », « de l'air »."""
        return {self._words.of(c)[0] for c in token.children if c.dep in ("nmod", "amod")}

    def seated(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« assure à Athènes le ministère de la Marine »: the capital right beside tells whose it is."""
        near = parsed.doc[max(0, token.i - _NEAR) : token.i]
        after = parsed.doc[token.i + 1 : token.right + 1 + _NEAR]
        for word in (*reversed(near), *after):
            mention = self._index.covering(parsed.span(word))
            lead = parsed.doc[word.i - 1].lower if word.i else ""
            if mention is not None and mention.form in SEATS and lead in self._grammar.place:
                return self._referents.meant(mention)
        return ()

    def _only_state(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« la police albanaise a été piratée, a dit le ministère »: the one state whose organ is told of."""
        states: set[tuple[str, ...]] = set()
        for before in parsed.doc[: token.i]:
            if before.dep in _TOLD_OF and self._is_organ(before):
                near = self._index.within(parsed.span(before, parsed.doc[before.right]))
                states |= {m.entities for m in near if m.kind == "state" and m.form in _OWN}
        return next(iter(states)) if len(states) == 1 else ()
