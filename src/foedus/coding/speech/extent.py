"""How far what is said reaches: where the words of its teller, of the next one or of the writer begin.

Comes in: a verb of saying and the first word of what it says. Goes out: the last word of it, whatever the
parser hung on what: « a demandé à X de partir et promis que Y », « …, tout en prévenant que », « …, dans un communiqué ».
"""

from __future__ import annotations

from collections.abc import Callable

from foedus.coding.speech.infinitives import Infinitives
from foedus.coding.speech.insertions import Insertions
from foedus.coding.speech.thatclauses import ThatClauses
from foedus.coding.syntax import Clauses, Token, Words
from foedus.coding.wording import Lexicon

__all__ = ["Extent"]

_NEXT_SPEAKER = 14
"""Words after « et » in which the verb of the next clause stands, where somebody else says it."""


class Extent:
    """Finds where what verbs of saying say ends, for one language."""

    def __init__(
        self,
        clauses: Clauses,
        lexicon: Lexicon,
        words: Words,
        insertions: Insertions,
        infinitives: Infinitives,
        that_clauses: ThatClauses,
        says: Callable[[Token], bool],
    ) -> None:
        self._clauses = clauses
        self._grammar = lexicon.grammar
        self._words = words
        self._insertions = insertions
        self._infinitives = infinitives
        self._that_clauses = that_clauses
        self._says = says

    def last(self, first: int, verb: Token) -> int:
        """Return the number of the last word of what is said, that of the sentence less what is the verb's own.

        Args:
            first: the number of the first word of what is said.
            verb: the verb of saying.
        """
        doc = verb.doc
        end = self._opening_end(first, verb)
        bare = self._infinitives.opens(doc[first])
        phrase = not doc[first].finite  # as long as no finite verb has come
        for token in doc[first + 1 : end + 1]:
            if bare and self._turns_to_time(token):
                end = token.i - 1
                break
            joined = self._joined_verb(token, verb)
            joined = joined or self._second_verb(token, verb, verbless=bare or phrase)
            phrase = phrase and not token.finite
            if (
                joined
                or self._leaves(token, verb)
                or self._next_sentence(token, bare=bare)
                or self._another_says(token, first)
            ):
                end = token.i - 1 - int(joined and doc[token.i - 1].pos == "CCONJ")
                break
        return end

    def _opening_end(self, first: int, verb: Token) -> int:
        """« Assurant que tout va bien, X a quitté Y »: what an opening participle says ends where X begins."""
        doc = verb.doc
        if verb.i > 1 or self._clauses.participle(verb) != "present":
            return len(doc) - 1
        begins = {t.left for t in doc[first + 1 :] if t.dep.startswith("nsubj") and t.head.i > t.i}
        comma = next((t for t in doc[first + 1 :] if t.text == "," and t.i + 1 in begins), None)
        return comma.i if comma is not None else len(doc) - 1

    def _turns_to_time(self, token: Token) -> bool:
        """« s'est engagé à livrer des chars, deux jours après X »: the day is that of the saying."""
        near = token.doc[token.i : token.i + 3]
        words = {*self._grammar.after_words, *self._grammar.before}
        return token.doc[token.i - 1].text == "," and any(t.lower in words for t in near)

    def _joined_verb(self, token: Token, verb: Token) -> bool:
        """« demande à X de partir et appelle Y à venir »: the next verb of who speaks."""
        main = token.head if token.pos == "AUX" and token.dep.startswith("aux") else token
        if main.dep != "conj" or main.head is not verb or main.pos not in ("VERB", "AUX"):
            return False
        later = self._clauses.tense(main) == "future" != self._clauses.tense(verb)
        if later:
            return False  # « a averti que X vise Y et les frappera »
        return self._clauses.participle(main) is None and main.feature("VerbForm") != "Inf"

    def _second_verb(self, token: Token, verb: Token, *, verbless: bool) -> bool:
        """« a promis que … et prévenu que … », « à livrer des chars et ont promis »: who speaks goes on.

        A participle of saying shares the auxiliary; and no finite verb without a subject goes on an
        infinitive or a noun (``verbless``).
        """
        if token.doc[token.i - 1].pos != "CCONJ":
            return False
        if self._says(token) and self._clauses.participle(token) == "past":
            return verbless or any(c.dep.startswith("aux") for c in verb.children)
        main = token.head if token.dep.startswith("aux") else token
        subject = any(c.dep.startswith("nsubj") for c in main.children)
        if subject or not token.finite:
            return False
        alike = self._clauses.tense(main) == self._clauses.tense(verb)
        return verbless or (
            alike and self._says(main)
        )  # « se dit sûr que X va gagner et appelle Y à l'aider »

    def _another_says(self, joint: Token, first: int) -> bool:
        """« X rappelle que A et le conseiller Y a estimé que B »: from the joint on another speaks."""
        if joint.pos != "CCONJ" or joint.i <= first or joint.i + 1 >= len(joint.doc):
            return False
        for token in joint.doc[joint.i + 1 : joint.i + _NEXT_SPEAKER]:
            verb = token.head if token.dep.startswith("aux") else token
            if not (token.finite or verb.finite) or verb.i < token.i:
                continue
            subject = self._clauses.own_subject(verb)
            own = subject is not None and subject.left == joint.i + 1
            return own and self._says(verb) and self._that_clauses.that(verb) is not None
        return False

    def _next_sentence(self, token: Token, *, bare: bool) -> bool:
        """After « ; » another sentence begins, unless « que » goes on; after « : » too, for an infinitive."""
        before = token.doc[token.i - 1].text
        if before not in (";", ":") or (before == ":" and not bare):
            return False
        return token.lower not in (*self._grammar.that, *self._grammar.linking)

    def _leaves(self, token: Token, verb: Token) -> bool:
        """Whether reported content ends before ``token``, which belongs to the verb of saying."""
        previous = token.doc[token.i - 1]
        if previous.text == "," and token.lower in self._grammar.turns:
            return True
        if previous.text == "," and (
            self._all_the_while(token) or self._adding(token) or self._in_paper(token)
        ):
            return True
        if (
            previous.text not in (",", "-", "–", "—", ";")
            and token.lower not in self._grammar.boundary
        ):
            return False
        if token.lower in self._grammar.boundary and token.i + 1 < len(token.doc):
            return (
                token.nbor(1).lower in self._grammar.that
                and token.lower in self._grammar.boundary_that
            )
        if self._clauses.participle(token) == "present":
            return bool(token.head.i <= verb.i) or self._says(token)
        return token.pos in ("VERB", "AUX") and self._insertions.inverted_saying(token)

    def _all_the_while(self, token: Token) -> bool:
        """« …, tout en prévenant que », « …, en ajoutant que »: more words of saying."""
        near = token.doc[token.i : token.i + 3]
        if token.pos not in ("ADV", "ADP") or not any(t.pos == "ADP" for t in near):
            return False
        return any(self._clauses.participle(t) == "present" and self._says(t) for t in near)

    def _in_paper(self, token: Token) -> bool:
        """« …, dans une déclaration publiée à X »: where it is said."""
        near = token.doc[token.i + 1 : token.i + 3]
        indefinite = len(near) == 2 and near[0].lower in self._grammar.indefinite
        paper = indefinite and set(self._words.of(near[1])) & set(self._grammar.papers)
        return token.pos == "ADP" and bool(paper)

    def _adding(self, token: Token) -> bool:
        """« …, avant d'ajouter que »: what is said next is said by itself."""
        if token.lower not in self._grammar.before:
            return False
        near = token.doc[token.i + 1 : token.i + 4]
        return any(t.feature("VerbForm") == "Inf" and self._says(t) for t in near)
