"""Infinitives that are said: « dit avoir repoussé », « appelle X à livrer », « accuse Y d'avoir tiré ».

Comes in: a verb of saying. Goes out: the infinitive (or English gerund) that tells what is said, asked or
charged, wherever the parser hung it.
"""

from __future__ import annotations

from foedus.coding.syntax import Clauses, Token, Words
from foedus.coding.wording import Lexicon

__all__ = ["Infinitives"]

_GOVERNED = ("xcomp", "ccomp", "obl:arg", "advcl", "acl")
"""Labels of an infinitive under a verb of saying; of a noun-like verb the parser makes it « acl »."""
_BEFORE = ("ADV", "NOUN", "PUNCT", "ADJ", "PRON", "SPACE")
"""What may stand right before an infinitive hung elsewhere; a blank is where a quotation mark stood."""
_OWN = 4
"""Words before an infinitive that may be its own."""
_HEARER = 14
"""Words that the naming of who is asked or charged takes at most."""


class Infinitives:
    """Finds what is said in the infinitive, in one language."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, words: Words) -> None:
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words

    def of(self, verb: Token) -> Token | None:
        """Return the infinitive, or gerund, that a verb of saying says; None where there is none."""
        ready = [
            g for c in verb.children if c.dep == "xcomp" and self._describes(c) for g in c.children
        ]
        for child in [*verb.children, *self._of_accused(verb), *ready]:
            if any(
                c.dep.startswith("aux") and c.feature("VerbForm") == "Fin" for c in child.children
            ):
                continue
            if child.dep == "xcomp" and child.i > verb.i and self._gerund(child):
                return child
            if not self._grammar.gerund_marks and self._clauses.ends_as_participle(child):
                continue  # « a répliqué en déposant X »
            marks = {c.lower for c in child.children if c.dep == "mark"}
            if marks & {*self._grammar.without, *self._grammar.before}:
                continue  # « a répondu sans consulter personne », « avant d'ajouter »
            if child.dep == "advcl" and marks & set(self._grammar.infinitive_marks):
                continue  # « asked for arms to hold the line »: what for, not what
            inf = child.feature("VerbForm") == "Inf" or any(
                c.dep.startswith("aux") and c.feature("VerbForm") == "Inf" for c in child.children
            )
            if child.dep in _GOVERNED and inf and child.i > verb.i:
                purpose = any(c.lower in self._grammar.purpose for c in child.children)
                return None if purpose else child
        return self._put_to(verb) or self._bare_infinitive(verb)

    def _put_to(self, verb: Token) -> Token | None:
        """« appelle les alliés de Kiev à livrer », « accuse « le régime » d'avoir tiré ».

        Of a verb that puts a deed to somebody: the infinitive after « à » or « de », whatever the
        parser hung it on, as long as nothing but the naming of that somebody stands between.
        """
        if not set(self._words.of(verb)) & set(self._lexicon.sayings.put_to):
            return None
        ends = {*self._grammar.that, *self._grammar.relative, ":", ";", "."}
        for token in verb.doc[verb.i + 1 : verb.i + _HEARER]:
            verbal = token.pos in ("VERB", "AUX")
            if token.lower in ends or token.finite:
                return None
            thing = token.pos == "NOUN" and token.dep == "obj" and not self._somebody(token)
            lead = verb.doc[verb.i + 1 : token.i]
            if thing and any(t.lower in self._grammar.to for t in lead):
                return None  # « demande à X l'autorisation de déployer »
            if verbal and token.feature("VerbForm") == "Inf":
                return self._main_of(token) if self._linked(token) else None
        return None

    def _linked(self, infinitive: Token) -> bool:
        """Whether « à » or « de » stands before an infinitive, past « ne pas » and pronouns."""
        links = {*self._grammar.linking, *self._grammar.to}
        for token in reversed(infinitive.doc[: infinitive.i]):
            if token.lower in links:
                return True
            if (
                token.pos not in ("PRON", "ADV")
                and token.lower not in self._grammar.negation_particles
            ):
                return False
        return False

    def _describes(self, token: Token) -> bool:
        """« se dit prête à », « se dit disposée à »: what somebody says of himself."""
        return token.pos == "ADJ" or self._clauses.participle(token) == "past"

    def _bare_infinitive(self, verb: Token) -> Token | None:
        """« dit, pour sa part, avoir repéré »: an infinitive near by that the parser hung elsewhere.

        Nothing but adverbs and what stands in commas or after a preposition may come between.
        """
        for token in verb.doc[verb.i + 1 : verb.i + 7]:
            if token.feature("VerbForm") == "Inf" and token.pos in ("VERB", "AUX"):
                lead = token.nbor(-1)
                heard = any(t.lower in self._grammar.to for t in verb.doc[verb.i + 1 : token.i])
                free = lead is verb or lead.pos in _BEFORE or (heard and lead.pos == "PROPN")
                return self._main_of(token) if free and lead.pos != "ADP" else None
            if token.pos in ("VERB", "AUX", "SCONJ") or token.text in (":", ";"):
                return None
            if token.pos in ("NOUN", "PROPN") and token.head is verb and token.dep == "obj":
                return None
        return None

    def _main_of(self, infinitive: Token) -> Token:
        """« avoir repéré »: the participle heads the group."""
        head = infinitive.head
        return head if infinitive.dep.startswith("aux") and head.i > infinitive.i else infinitive

    def _of_accused(self, verb: Token) -> list[Token]:
        """« accused the states of sheltering Y »: the gerund may hang on whoever is accused."""
        parties = [c for c in verb.children if c.dep in ("obj", "obl:arg") and self._somebody(c)]
        return [
            g for c in parties for g in c.children
            if (g.dep == "xcomp" and self._gerund(g)) or (g.dep == "acl" and self._of_linked(g))
        ]  # fmt: skip

    def _somebody(self, token: Token) -> bool:
        """A proper name, a word for people or a state, « l'Alliance »."""
        names = {*self._grammar.stand_ins, *self._grammar.person_words}
        return token.pos == "PROPN" or token.text[:1].isupper() or bool(
            set(self._words.of(token)) & names
        )  # fmt: skip

    def _of_linked(self, verb: Token) -> bool:
        """« accuse X de préparer », « presse X d'agir »: an infinitive hung on whoever is told of."""
        marks = {c.lower for c in verb.children if c.dep == "mark"}
        return verb.feature("VerbForm") == "Inf" and bool(
            marks & {*self._grammar.linking, *self._grammar.to}
        )

    def _gerund(self, verb: Token) -> bool:
        """« accused X of sending », « denied sending »: a gerund may be what is said."""
        if not self._grammar.gerund_marks or self._clauses.participle(verb) != "present":
            return False
        marks = {c.lower for c in verb.children if c.dep == "mark"}
        return not marks or bool(marks & set(self._grammar.gerund_marks))

    def opens(self, token: Token) -> bool:
        """Whether a word is an infinitive, or stands before one as its own: « ne pas y aller », « en avoir vendu »."""
        for near in token.doc[token.i : token.i + _OWN]:
            if near.feature("VerbForm") == "Inf":
                return True
            if near.lower not in self._grammar.negation_particles and not self.takes(
                near, near.head
            ):
                return False
        return False

    def takes(self, token: Token, infinitive: Token) -> bool:
        """« ne pas y participer », « tout bloquer »: what stands before an infinitive and is its own."""
        if token.lower in self._grammar.negation_particles:
            return True
        if token.lower in self._grammar.object_pronouns and token.i + 1 == infinitive.i:
            return True  # « ne pas en faire assez »
        if token.head is not infinitive or token.dep == "mark":
            return False
        # « par ailleurs »: an adverb under a preposition belongs to the verb over both
        before = next((t for t in reversed(token.doc[: token.i]) if t.text.strip()), None)
        bare = token.pos == "ADV" and (before is None or before.dep in ("mark", "advmod"))
        return bare or token.pos in ("PRON", "AUX")
