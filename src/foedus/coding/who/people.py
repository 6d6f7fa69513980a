"""People told by what they are: « le Norvégien », « le préfet », « le responsable suédois ».

Comes in: such words, and the mentions of the report. Goes out: the person meant, if the report names one
whom the words fit: by nationality, by the function told beside the name, or because nobody else was
spoken of last.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Protocol

from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.who.pronouns import Pronouns
from foedus.coding.wording import Lexicon
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["People"]

_BACK = 40
"""How many mentions back a nationality looks."""
_TOLD = 70
"""Characters on both sides of a full name in which a function is told."""


class _Resolver(Protocol):
    """What is asked of the rest: whom other words mean."""

    pronouns: Pronouns

    def meant(self, mention: Mention) -> tuple[str, ...]: ...


class People:
    """Finds the persons of one report by what they are told to be."""

    def __init__(
        self,
        referents: _Resolver,
        index: MentionIndex,
        world: World,
        lexicon: Lexicon,
        words: Words,
        beside: re.Pattern[str],
    ) -> None:
        self._referents = referents
        self._index = index
        self._world = world
        self._grammar = lexicon.grammar
        self._words = words
        self._placing = False
        self.nationality = self._nationalities(beside)
        """The nationality that the report itself puts beside a person's name."""

    def _nationalities(self, beside: re.Pattern[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        mentions = self._index.mentions
        for first, second in pairwise(mentions):
            if second.kind == "person" and first.form in ("inhabitant", "demonym"):
                gap = self._index.folded[first.span[1] : second.span[0]]
                if len(gap) <= 8 and beside.fullmatch(gap):
                    found.setdefault(second.entities[0], first.entities[0])
        return found

    def national(self, mention: Mention) -> str | None:
        """Return whom « le Norvégien » means: the last person named whose nationality, or state served, it is."""
        states = set(mention.entities)
        for other in self._index.before(mention.span[0], _BACK):
            if other.kind not in ("person", "office"):
                continue
            for person in self._referents.meant(other):
                entity = self._world.entity(person)
                local = self.nationality.get(person)
                if states & {entity.nationality if entity else None, local}:
                    return person
        return None

    def spoken_of(self, token: Token, parsed: Parsed) -> list[str]:
        """Return whom « l'officier » means: a function alone, with its article, is the last one spoken of."""
        links = {c.dep for c in token.children if not _in_commas(c)}
        articles = {c.lower for c in token.children if c.dep == "det"}
        singular = token.feature("Number") != "Plur"
        alone = not links & {"nmod", "appos", "acl", "acl:relcl", "flat:name"}
        described = "amod" in links  # « la jeune femme »: of a word for anybody
        alone = alone and (
            not described or bool(set(self._words.of(token)) & set(self._grammar.anybody))
        )
        pointed = bool(articles & set(self._grammar.back_pointers))  # « cette retraitée de X »
        alone = (alone and bool(articles & set(self._grammar.definite))) or pointed
        if not (alone and singular):
            return []
        last = self.last(token, parsed)
        agrees = self._referents.pronouns.agreement.may_be_called
        fits = last is not None and agrees(last, token) and self._may_be_called(last, token)
        return [last] if last is not None and fits else []

    def last(self, token: Token, parsed: Parsed) -> str | None:
        """Return the person spoken of last before a word, whoever it is; nobody while one is looked for."""
        if self._placing:
            return None
        # the persons before may be told in the same way: look for them once, not in circles
        self._placing = True
        try:
            return self._referents.pronouns.last_person(parsed.start + token.idx, parsed)
        finally:
            self._placing = False

    def _may_be_called(self, person: str, token: Token) -> bool:
        """« le préfet » is nobody who was told to be something else; « le responsable » may be anybody."""
        lemmas = set(self._words.of(token))
        if lemmas & set(self._grammar.anybody):
            return True
        named = self._index.first_named.get(person)
        if named is None:
            return False  # of a surname nothing is told; « le président » is an office
        text, (start, end) = self._index.folded, named.span
        before = re.split(r"[.;!?\n]", text[max(0, start - _TOLD) : start])[-1]
        after = re.split(r"[.;!?\n]", text[end : end + _TOLD])[0]
        return bool(lemmas & set(re.findall(r"\w+", f"{before} {after}".lower())))

    def unplaced(self, token: Token, parsed: Parsed) -> str | None:
        """Return whom « le responsable suédois » means, of a person whose state neither report nor register tells.

        Only with the definite article, and only of the person spoken of last.
        """
        articles = {c.lower for c in token.children if c.dep == "det"}
        if not articles & set(self._grammar.definite):
            return None
        last = self.last(token, parsed)
        if last is None or self._world.entity(last) is not None:
            return None
        return last if self.nationality.get(last) is None else None


def _in_commas(clause: Token) -> bool:
    """« l'élu, qui demande X »: a relative after a comma does not tell which one is meant."""
    if not clause.dep.startswith("acl") or clause.left == 0:
        return False
    return clause.doc[clause.left].text == "," or clause.doc[clause.left - 1].text == ","
