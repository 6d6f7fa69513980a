"""Owners: whose an act is that a noun tells: by adjective, means, plan, carrying verb or « ses ».

Comes in: a noun of a parsed piece. Goes out: the states, bodies or people who do what it names.
"""

from __future__ import annotations

from foedus.coding.acts.roles import Roles
from foedus.coding.syntax import ADNOMINAL, Clauses, Parsed, Token, Words
from foedus.coding.who import OWNERS, Referents
from foedus.coding.wording import Frame, Lexicon
from foedus.world.records import Mention

__all__ = ["Owners"]

_SUFFERED = ("ACCUSE", "ASSAULT", "PROTEST", "THREATEN")
"""What is announced by those who suffer it as well as by those who do it."""
_VERBAL = ("VERB", "AUX")


class Owners:
    """Finds whose the acts are that the nouns of one report tell."""

    def __init__(
        self, referents: Referents, clauses: Clauses, roles: Roles, lexicon: Lexicon, words: Words
    ) -> None:
        self._referents = referents
        self._clauses = clauses
        self._roles = roles
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self._current: Parsed

    def enter(self, parsed: Parsed) -> None:
        """Begin a piece."""
        self._current = parsed

    def _mention_of(self, token: Token) -> Mention | None:
        return self._referents.index.covering(self._current.span(token))

    def by_adjective(self, noun: Token) -> tuple[str, ...]:
        """Return whose an act is by its adjective: « l'offensive russe »."""
        found: list[str] = []
        for token in noun.doc[max(0, noun.i - 2) : noun.i + 4]:
            if token.head.i == noun.i or token.head.head.i == noun.i or abs(token.i - noun.i) == 1:
                mention = self._mention_of(token)
                if mention is not None and mention.form == "demonym" and token.i != noun.i:
                    between = noun.doc[noun.i + 1 : token.i] if token.i > noun.i else ()
                    if all(t.pos in ("ADJ", "ADV", "NOUN") for t in between):
                        found += [e for e in self._referents.meant(mention) if e not in found]
        for child in noun.children:
            if child.dep in OWNERS:
                found += [e for e in self._owner(child) if e not in found]
        return tuple(found)

    def taken_part_in(self, noun: Token) -> bool:
        """Whether the verb over a meeting says that its subject is in it: « X participe à une réunion »."""
        return bool(set(self._words.of(noun.head)) & set(self._grammar.taking_part))

    def of_plan(self, noun: Token) -> tuple[str, ...]:
        """Return whose the plan is: « le projet russe de déploiement de X »."""
        plan = noun.head
        planned = {*self._lexicon.operator_nouns, *self._grammar.light_nouns}
        if noun.dep != "nmod" or plan.i > noun.i or not set(self._words.of(plan)) & planned:
            return ()
        return self.by_adjective(plan)

    def _owner(self, child: Token) -> tuple[str, ...]:
        """« X's invasion », « its invasion », « the X summit »: whose the noun is."""
        mention = self._mention_of(child)
        whole = mention is not None and (child.dep == "nmod:poss" or mention.kind == "body")
        pronoun = child.pos == "PRON" and child.dep == "nmod:poss"
        return self._referents.of(child, self._current) if whole or pronoun else ()

    def by_means(self, noun: Token) -> tuple[str, ...]:
        """Return the owner of what an act is done with: « des frappes de missiles russes »."""
        for token in noun.doc[noun.i + 1 : noun.i + 5]:
            if token.pos == "NOUN" and self._roles.things([token]):
                return self.by_adjective(token)
            aside = token.pos == "ADP" and token.lower not in self._grammar.of
            if token.pos in _VERBAL or token.text == "," or aside:
                break
        return ()

    def light_subject(self, noun: Token, frame: Frame, parsed: Parsed) -> tuple[str, ...]:
        """Return the subject of a verb that only carries a noun: « La Russie mène une invasion »."""
        head, link = noun.head, noun
        hops = 0
        while head.pos in ("NOUN", "PROPN") and head.head != head and hops < 2:
            link, head, hops = head, head.head, hops + 1
        if link.dep not in ("obj", "nsubj", "nsubj:pass", "obl:arg", "conj", "xcomp"):
            return ()
        if head.pos not in _VERBAL or head == noun:
            return ()
        carriers = {*self._grammar.light_verbs, *frame.light}
        if frame.type not in _SUFFERED:
            carriers |= set(self._grammar.announcing)
        if not set(self._words.of(head)) & carriers:
            return ()
        agents = [c for c in head.children if c.dep == "obl:agent"]
        if agents:
            return self._referents.of(agents[0], parsed)
        if noun.dep in ("nsubj:pass", "nsubj") and hops == 0:
            return ()
        subject = self._clauses.subject(head, parsed)
        return self._referents.of(subject, parsed) if subject is not None else ()

    def by_possessive(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return whose an act is by « son », « leurs »: the subject's of the verb it stands under."""
        marks = {c.lower for c in noun.children if c.dep == "det"}
        if not marks & set(self._grammar.possessive):
            return ()
        link = noun
        while link.head.pos not in _VERBAL and link.head is not link:
            link = link.head
        verb = link.head
        if verb.pos not in _VERBAL or link.dep.startswith("nsubj") or self._clauses.passive(verb):
            return ()
        subject = self._clauses.subject(verb, parsed)
        return self._referents.of(subject, parsed) if subject is not None else ()

    def carried_beside(self, noun: Token, frame: Frame, parsed: Parsed) -> tuple[str, ...]:
        """Return who carries out a noun: « l'attaque menée par X », « les sanctions que X a imposées »."""
        carriers = {*self._grammar.light_verbs, *frame.light}
        for verb in noun.children:
            if verb.dep not in ADNOMINAL or not carriers & set(self._words.of(verb)):
                continue
            if self._clauses.undergone(verb):
                by = set(self._grammar.by)
                doer = next((c for c in verb.children if c.cases & by), None)
            else:
                opening = {t.lower for t in verb.doc[verb.left : verb.left + 2]}
                led = opening & set(self._grammar.that)
                doer = self._clauses.own_subject(verb) if led else None
            if doer is not None:
                return self._referents.of(doer, parsed)
        return ()

    def gathered(self, noun: Token, frame: Frame, parsed: Parsed) -> tuple[str, ...]:
        """Return those who decide at a meeting, and so hold it: « ont approuvé, lors d'un sommet à X, …».

        Only where the article is indefinite: « lors du sommet » points back (decision 2).
        """
        articles = {c.lower for c in noun.children if c.dep == "det"}
        if frame.type != "CONSULT" or (articles and not articles & set(self._grammar.indefinite)):
            return ()
        for head in self._clauses.chain(noun):
            if head.pos in _VERBAL:
                subject = self._clauses.subject(head, parsed)
                return self._referents.of(subject, parsed) if subject is not None else ()
        return ()

    def party_of(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return the state or body that a subject such as « les frappes russes » belongs to."""
        found = list(self.by_adjective(noun))
        for child in noun.children:
            if child.dep in ("nmod", "obl:arg") and any(
                c.lower in self._grammar.of for c in child.children
            ):
                found += [e for e in self._referents.of(child, parsed) if e not in found]
        return tuple(found) or self._its(noun, parsed)

    def _its(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« ses membres », « ses patrouilles »: those of the state or body that was subject last."""
        owned = {c.lower for c in noun.children} & set(self._grammar.possessive)
        means = self.stands_for_somebody(noun) or bool(self._roles.things([noun]))
        if not owned or not means or noun.feature("Number") != "Plur":
            return ()
        return self._referents.pronouns.side_of_last_subject(parsed.span(noun)[0], parsed)

    def stands_for_somebody(self, subject: Token) -> bool:
        """Whether a noun means people, whom the clause need not name: « quatre pays », « plusieurs alliés »."""
        counted = [subject]
        if set(self._words.of(subject)) & set(self._grammar.measures):
            counted += [c for c in subject.children if c.dep == "nmod"]  # « des milliers de gens »
        people = {*self._grammar.stand_ins, *self._grammar.person_words, *self._grammar.groupings}
        return any(set(self._words.of(t)) & people for t in counted)
