"""Groups told before: « les ministres », « les trois pays », « les deux dirigeants ».

Comes in: a plural noun with a definite article and nothing that says whose it is. Goes out: the several
who were subject under the same noun before, or the last list of as many as are counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.wording import Grammar
from foedus.world.records import Mention

__all__ = ["Groups"]

_BACK = 60
"""How many mentions back a counted group looks."""
_LEAD = 6
"""Characters of a determiner that may stand between a colon and the list after it."""


class Groups:
    """Remembers the groups of one report by the noun that headed them."""

    def __init__(self, index: MentionIndex, grammar: Grammar, words: Words) -> None:
        self._index = index
        self._grammar = grammar
        self._words = words
        self._told: dict[str, tuple[str, ...]] = {}

    def tell(self, token: Token, who: tuple[str, ...]) -> None:
        """Note that a noun headed a group of several."""
        if len(who) > 1 and token.pos == "NOUN":
            for lemma in self._words.of(token)[:1]:
                self._told[lemma] = who

    def meant(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return the group that a bare plural noun means; nobody where that is not clear."""
        links = {c.dep for c in token.children}
        articles = {c.lower for c in token.children if c.dep == "det"}
        if links & {"nmod", "amod", "acl", "acl:relcl", "appos", "conj"}:
            return ()
        if not articles & {*self._grammar.definite, *self._grammar.back_pointers}:
            return ()
        count = self._count(token)
        if count is not None:
            return self._listed_before(parsed.start + token.idx, count, token)
        if token.feature("Number") != "Plur":
            return ()
        return next((self._told[m] for m in self._words.of(token)[:1] if m in self._told), ())

    def counted(self, mention: Mention) -> tuple[str, ...]:
        """Return the states that « les deux pays nordiques » means: the last list of just so many."""
        lead = self._index.folded[: mention.span[0]].rsplit(None, 1)[-1:]
        count = self._grammar.counts.get(lead[0].lower()) if lead else None
        return self._last_list(mention.span[0], count, ("state",)) if count else ()

    def before(self, token: Token, parsed: Parsed) -> Mention | None:
        """« X, Y et certains autres pays ont …»: a member of the list of those who are named."""
        lead = parsed.doc[max(0, token.i - 4) : token.i]
        others = any(set(self._words.of(t)) & set(self._grammar.others) for t in lead)
        joint = next((t for t in lead if t.pos == "CCONJ"), None)
        if not others or joint is None or joint.i == 0:
            return None
        return self._index.covering(parsed.span(parsed.doc[joint.i - 1]))

    def after(self, token: Token, parsed: Parsed) -> Mention | None:
        """« trois pays l'ont fait : X, Y et Z »: a member of the list after the colon."""
        counted = any(c.dep == "nummod" for c in token.children)
        colon = next((t for t in parsed.doc[token.i :] if t.text == ":"), None)
        if colon is None or not (counted or token.feature("Number") == "Plur"):
            return None
        mention = next(iter(self._index.within(parsed.span(colon, parsed.doc[-1]))), None)
        if mention is None or mention.span[0] - parsed.span(colon)[1] > _LEAD:
            return None
        return mention if mention.kind in ("state", "body") else None

    def _count(self, token: Token) -> int | None:
        words = [c.lower for c in token.children if c.dep == "nummod"]
        known = (self._grammar.counts.get(w) or (int(w) if w.isdecimal() else None) for w in words)
        return next((n for n in known if n is not None and 1 < n < 40), None)

    def _listed_before(self, here: int, count: int, token: Token) -> tuple[str, ...]:
        """The last list of just so many: of persons for a word for people, else of states."""
        kinds = ("person", "office") if self._words.means_person(token) else ("state",)
        return self._last_list(here, count, kinds)

    def _last_list(self, here: int, count: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        for mention in self._before(here):
            if mention.kind not in kinds:
                continue
            found = self._index.together(mention)
            members = self._index.enumeration(mention)
            if len(found) == count and all(m.kind in kinds for m in members):
                return found
        return ()

    def _before(self, here: int) -> Iterator[Mention]:
        yield from self._index.before(here, _BACK)
