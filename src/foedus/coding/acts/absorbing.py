"""Absorbing: which words of an act can be no second act.

Comes in: a trigger whose frame fits. Goes out: the words that it takes in: what tells the same act, and what
is only demanded, promised, refused or alleged in it (codebook, decision 1), as far as no clause of its own or
known event tells it apart.
"""

from __future__ import annotations

from foedus.coding.acts.parties import Parties
from foedus.coding.acts.roles import Roles
from foedus.coding.acts.triggers import Candidate, Triggers
from foedus.coding.syntax import Clauses, Parsed, Token
from foedus.coding.wording import Frame, Lexicon

__all__ = ["Absorbing"]

_VERBAL = ("VERB", "AUX")
_PRESUPPOSED = ("ASSAULT",)
"""What is taken as having happened wherever it is named with its article."""
_ANSWERED = ("ACCUSE", "AGREE")
"""What somebody else has said, where it is rejected."""
_ALLEGED = ("AID", "MOBILIZE")
"""What somebody may be accused of doing now; other things alleged are views."""


class Absorbing:
    """Tells what the acts of one report take in."""

    def __init__(
        self, clauses: Clauses, roles: Roles, triggers: Triggers, parties: Parties, lexicon: Lexicon
    ) -> None:
        self._clauses = clauses
        self._roles = roles
        self._triggers = triggers
        self._parties = parties
        self._grammar = lexicon.grammar
        self._current: Parsed
        self._candidate_frame: Frame | None = None

    def by(self, candidate: Candidate, parsed: Parsed) -> set[int]:
        """Return the tokens that can be no trigger of their own any more."""
        self._current, self._candidate_frame = parsed, candidate.frame
        token, frame = candidate.token, candidate.frame
        used = set(range(token.i, candidate.last.i + 1)) | self._objects_used(token, frame)
        used |= self._triggers.told_with(candidate, self._current)
        if not frame.absorbs:
            return used
        for child in token.subtree:
            if child.i <= token.i or child.i in used:
                continue
            if self._clauses.conditional_clause(child) or self._outside(child, token):
                continue
            if not self._known_before(child, frame):
                used.add(child.i)
        return used

    def _known_before(self, noun: Token, frame: Frame) -> bool:
        """« après l'attaque », « rejette les accusations de X »: told as known, whatever is said of it."""
        articles = {c.lower for c in noun.children if c.dep == "det"}
        if noun.pos not in ("NOUN", "PROPN") or not articles & set(self._grammar.definite):
            return False
        if articles & set(self._grammar.definite_one) and self._parties.tells(noun, _PRESUPPOSED):
            return True
        answered = frame.type == "REJECT" and self._parties.tells(noun, _ANSWERED)
        return answered and bool(self._parties.authors(noun, self._current))

    def _objects_used(self, token: Token, frame: Frame) -> set[int]:
        """« fournit un soutien » is one act: the thing that a frame asks for is no second one."""
        if not frame.about:
            return set()
        used: set[int] = set()
        heads = [c for c in token.children if c.dep in ("obj", "obl:arg", "nsubj:pass", "nmod")]
        for head in heads:
            for member in [head, *(c for c in head.children if c.dep == "conj")]:
                things = self._roles.things([member])
                if any(set(t.classes) & set(frame.about) for t in things):
                    used.add(member.i)
            used |= self._kinds_of(head)
        return used

    def _kinds_of(self, head: Token) -> set[int]:
        """« débloque un milliard de dollars d'aide »: bare nouns of an event that only say of what kind."""
        return {
            t.i for t in head.subtree
            if t is not head and self._roles.tells_event(t) and t.cases & set(self._grammar.linking)
            and not any(c.dep == "det" for c in t.children)
        }  # fmt: skip

    def _told_beside(self, verb: Token) -> bool:
        """« des livraisons que Téhéran nie »: a relative clause with a subject of its own is told."""
        if verb.dep != "acl:relcl" or verb.pos not in _VERBAL:
            return False
        subject = self._clauses.own_subject(verb)
        told = self._clauses.tense(verb) in ("past", "present")
        if not told or subject is None:
            return False
        pronoun = subject.pos == "PRON" and subject.lower not in self._grammar.relative
        return pronoun or subject.pos in ("NOUN", "PROPN")

    def _led_by_to(self, child: Token) -> bool:
        """« s'oppose à l'ouverture de pourparlers »: what is opposed, whatever the parser calls it."""
        return child.pos == "NOUN" and any(
            c.dep == "case" and c.lower in self._grammar.to for c in child.children
        )

    def _outside(self, child: Token, token: Token) -> bool:
        """Whether a word hangs on the trigger but lies in a clause of its own (« tandis que … »)."""
        while child.head != child and child.i != token.i:
            if child.dep in ("parataxis", "obl:mod", "advmod") and child.head.i == token.i:
                return not self._led_by_to(child)
            if self._told_beside(child):
                return True
            if child.pos in _VERBAL and self._told_apart(child):
                return True
            if self._clauses.joined_by_participle(child, token):
                return True  # « a bloqué X, exigé Y et menacé Z »
            if child.dep in ("parataxis",) or (
                child.dep in ("conj", "advcl")
                and (child.head.i == token.i or self._clauses.infinite(child.head))
                and child.pos in _VERBAL
                and not self._clauses.infinite(child)
            ):
                return True
            child = child.head
        return False

    def _told_apart(self, verb: Token) -> bool:
        """Whether a verb in what is demanded or alleged tells of a deed done.

        « exige le retrait des troupes qui ont envahi X », « accuse X d'avoir tiré » (decision 1).
        """
        if verb.dep == "acl:relcl":
            return self._clauses.tense(verb) == "past"
        if verb.dep == "conj" and verb.head.pos not in _VERBAL:
            return not self._clauses.infinite(verb)  # the parser lost the main clause
        frame = self._candidate_frame
        if frame is None or frame.type != "ACCUSE":
            return False
        perfect = any(
            c.dep.startswith("aux") and c.feature("VerbForm") == "Inf" for c in verb.children
        )
        alleged = {c.frame.type for c in self._triggers.candidates(verb, self._current)}
        goes_on = alleged & set(_ALLEGED) and any(c.dep == "obj" for c in verb.children)
        if goes_on and frame.mode != "disapprove":
            return True  # « accuse X de livrer des armes »: a concrete thing that is alleged
        return perfect or (verb.dep == "conj" and self._clauses.participle(verb) == "past")
