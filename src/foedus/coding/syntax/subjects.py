"""Subjects: who does what a verb says, through control, lists, relatives and what the parser loses.

Comes in: a verb of a parsed piece. Goes out: the head of the phrase that is its subject. The parser's
errors that French news prose provokes most often are repaired here, once.
"""

from __future__ import annotations

from foedus.coding.syntax.parsing import Parsed
from foedus.coding.syntax.polarity import SUBJECT
from foedus.coding.syntax.tree import Token
from foedus.coding.syntax.verbforms import ADNOMINAL, VERBAL, VerbForms
from foedus.coding.syntax.words import Words
from foedus.coding.wording import Lexicon

__all__ = ["GROUP", "Subjects"]

GROUP = ("AUX", "ADV", "PRON")
"""Words that stand between a verb and what is before it, and are its own."""
_NOMINAL = ("NOUN", "PROPN", "PRON", "X")
_RAISED = ("xcomp", "ccomp", "advcl", "obl:arg", "obl:mod", "acl", "dep")


class Subjects(VerbForms):
    """Finds the subjects of the verbs of one language."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        super().__init__(lexicon, words)
        self._lexicon = lexicon

    def subject(self, verb: Token, parsed: Parsed, depth: int = 0) -> Token | None:
        """Return the head of the phrase that does what ``verb`` says, through control and lists."""
        own = self.own_subject(verb)
        if own is not None:
            return own
        if depth > 6:
            return None
        if depth and not self.infinite(verb) and (clitic := self._inverted_clitic(verb)):
            return clitic  # « a-t-il dit, avant d'ajouter »
        shared = self._shared_auxiliary(verb)
        if shared is not None:
            return self.subject(shared, parsed, depth + 1)
        head = verb.head
        if verb.dep in ADNOMINAL and self.participle(verb) == "past" and not self.undergone(verb):
            return head  # « les soldats arrivés lundi »
        if verb.dep in ("acl:relcl",):
            return next((c for c in verb.children if c.dep.startswith("nsubj")), None)
        if head != verb and verb.dep == "conj" and head.pos in VERBAL:
            return self.subject(self._finite_over(verb), parsed, depth + 1)
        if self.participle(verb) == "present" and verb.i and verb.nbor(-1).pos == "PROPN":
            return self._name_head(verb.nbor(-1))  # « Jan Nowak promettant de venir »
        if self.participle(verb) == "present" and verb.i and verb.nbor(-1).text == ",":
            over = self._verb_over(verb)  # « X a signé un accord avec Y, promettant de »
            if over is not None:
                return self.subject(over, parsed, depth + 1)
        if head != verb and self.infinite(verb):
            return self._controller(verb, parsed, depth)
        return self._left_subject(verb)

    def _verb_over(self, participle: Token) -> Token | None:
        """The verb of the clause before a participle's comma, whatever noun the participle was hung on."""
        over = participle.head
        while over.head is not over and over.pos not in VERBAL:
            over = over.head
        return over if over.pos in VERBAL and over.i < participle.i else None

    def _finite_over(self, verb: Token) -> Token:
        """« qui accuse X d'abriter Y et réclame Z »: a finite verb is joined to a finite one."""
        head = verb.head
        if self.infinite(verb) or any(c.dep == "mark" for c in verb.children):
            return head
        over = head
        while over.head is not over and (over.pos not in VERBAL or self.infinite(over)):
            over = over.head  # « demandons à X d'agir et appelons Y à …»: past whoever is asked
        return over if over.pos in VERBAL and not self.infinite(over) else head

    def _shared_auxiliary(self, verb: Token) -> Token | None:
        """« il a accusé X de mentir et menacé de partir »: the verb whose auxiliary a participle shares."""
        joined = verb.i > 1 and verb.nbor(-1).pos == "CCONJ" and verb.dep == "conj"
        if not joined or self.participle(verb) != "past":
            return None
        said = set(self._words.of(verb)) & set(self._lexicon.speech)
        if not said and not self.infinite(verb.head):
            return None
        compound = [
            t for t in reversed(verb.doc[: verb.i])
            if any(c.dep == "aux:tense" and self._finite(c) for c in t.children)
        ]  # fmt: skip
        saying = (t for t in compound if set(self._words.of(t)) & set(self._lexicon.speech))
        first = next(saying, None) if said else None
        return first or next(iter(compound), None)

    def joined_by_participle(self, verb: Token, first: Token) -> bool:
        """Return whether a bare participle is told beside ``first``, whose auxiliary it shares.

        « a bloqué le processus, exigé des gages »: not what is blocked.
        """
        if self.participle(verb) != "past":
            return False
        if verb.dep == "conj" and verb.head is first:
            return any(c.dep == "aux:tense" for c in first.children)
        return self._shared_auxiliary(verb) is first

    def _name_head(self, token: Token) -> Token:
        while token.dep == "flat:name" and token.head is not token:
            token = token.head
        return token

    def own_subject(self, verb: Token) -> Token | None:
        """Return the subject that hangs on the verb itself, if it is a noun or a pronoun."""
        helpers = [c for c in verb.children if c.dep.startswith("aux")]
        through = [
            g for h in helpers for g in h.children
        ]  # « il a garanti », taken for an adjective
        for child in [*verb.children, *through]:
            nominal = child.pos not in ("PUNCT", "VERB", "AUX", "ADP", "CCONJ", "SPACE")
            if (child.i > verb.i and self._second_of_two(verb)) or self._only_object(child):
                continue
            if child.dep in SUBJECT and nominal and child.lower not in self._grammar.dummies:
                return self._taken_up(child) or child
        return self._he_after_all(verb)

    def _taken_up(self, pronoun: Token) -> Token | None:
        """« la France, elle, a envoyé X »: the name that a pronoun in commas only takes up again."""
        words = (*self._grammar.he, *self._grammar.she, *self._grammar.they)
        if pronoun.lower not in words or not 1 < pronoun.i < len(pronoun.doc) - 1:
            return None
        if pronoun.nbor(-1).text != "," or pronoun.nbor(1).text != ",":
            return None
        before = pronoun.nbor(-2)
        while before.head.i < before.i and before.dep not in (*SUBJECT, "ROOT", "conj", "appos"):
            before = before.head
        return before if before.pos in ("NOUN", "PROPN") else None

    def _only_object(self, child: Token) -> bool:
        """« me confiait X »: « me » is nobody's subject, whatever the parser says."""
        both = {*self._grammar.first_plural, *self._grammar.second_plural}
        return child.lower in self._grammar.reflexive and child.lower not in both

    def _he_after_all(self, verb: Token) -> Token | None:
        """« il doit recevoir X »: the parser takes « il » for nobody; only « il faut » and its like are."""
        pronouns = {*self._grammar.he, *self._grammar.she}
        he = next((c for c in verb.children if c.dep == "expl:subj" and c.lower in pronouns), None)
        if he is None or he.i > verb.i or any(c.dep in ("cop", "aux:pass") for c in verb.children):
            return None
        group = [verb, *(c for c in verb.children if c.dep == "xcomp")]
        nobody = set(self._grammar.impersonal_verbs)
        return he if not any(nobody & set(self._words.of(v)) for v in group) else None

    def _second_of_two(self, verb: Token) -> bool:
        """« il a décrété X et menacé Y »: what follows the bare participle is its object."""
        helped = any(c.dep.startswith("aux") for c in verb.children)
        shared = any(c.dep == "aux:tense" for c in verb.head.children)
        return verb.dep == "conj" and shared and not helped

    def _controller(self, verb: Token, parsed: Parsed, depth: int) -> Token | None:
        """The subject of an infinitive or participle is that of the verb over it."""
        head = verb.head
        if head.pos in ("ADV", "ADP") and head.head != head:
            return self.subject(head.head, parsed, depth + 1)
        if verb.dep == "conj" and self.participle(verb) == "present":
            while head.pos in _NOMINAL and head.head != head:
                head = head.head
        plan = head if verb.dep == "acl" else self._plan_before(verb)
        owner = self._owner_of_plan(plan, verb) if plan is not None else None
        if owner is not None:
            return owner
        if head.pos in VERBAL or head.dep == "ROOT":
            if self.participle(verb) == "present" and verb.dep == "advcl":
                return self.subject(head, parsed, depth + 1)  # « il l'a jugé, tout en admettant »
            given = self._given_to(head)
            if given is not None and verb.dep in _RAISED:
                return given
            objects = [c for c in head.children if c.dep in ("obj", "iobj")]
            asks = self._asks(head)
            if asks and not objects and self._led(verb):  # « reproche à Stockholm d'abriter X »
                to = set(self._grammar.to)
                objects = [c for c in head.children if c.cases & to and head.i < c.i < verb.i]
            if asks and objects and verb.dep in _RAISED:
                return objects[0]
            return self.subject(head, parsed, depth + 1)
        return self._through_noun(verb, parsed, depth) if head.pos in _NOMINAL else None

    def _through_noun(self, verb: Token, parsed: Parsed, depth: int) -> Token | None:
        """« a pris la décision de partir »: the subject of the verb over the noun."""
        head = verb.head
        if self.participle(verb) == "present":
            return head
        over = head.head
        if over != head and over.pos in VERBAL and head.dep in ("obj", "obl:arg", "conj"):
            if verb.dep == "acl" and self._asks(over) and self._led(verb):
                return head  # « accuse les deux pays d'abriter X »
            return self.subject(over, parsed, depth + 1)
        if over != head and head.dep == "conj":
            return self._controller_of_noun(head, parsed, depth)
        return None

    def _led(self, verb: Token) -> bool:
        """Whether « de » or « à » leads an infinitive in."""
        links = {*self._grammar.linking, *self._grammar.to}
        return verb.feature("VerbForm") == "Inf" and any(
            c.dep == "mark" and c.lower in links for c in verb.children
        )

    def _plan_before(self, verb: Token) -> Token | None:
        """« informée de la décision de X d'expulser »: the infinitive may be hung on the verb over the plan."""
        mark = next((c for c in verb.children if c.dep == "mark" and c.i < verb.i), None)
        if mark is None or mark.lower not in self._grammar.linking or mark.i == 0:
            return None
        token = mark.nbor(-1)
        while token.head.i < token.i and token.head.pos in _NOMINAL:
            token = token.head
            if set(self._words.of(token)) & set(self._lexicon.operator_nouns):
                return token
        return None

    def _owner_of_plan(self, noun: Token, verb: Token) -> Token | None:
        """« la décision du Japon de fournir X », « une décision prise par Y de livrer »: whose it is."""
        for child in noun.children:
            if not noun.i < child.i < verb.i:
                continue
            for agent in child.children:
                by = any(c.lower in self._grammar.by for c in agent.children)
                if by and child.i < agent.i < verb.i:
                    return agent
            led = {*self._grammar.of, *self._grammar.by}
            owner = any(c.lower in led for c in child.children)
            organ = bool(set(self._words.of(child)) & set(self._grammar.organs))
            if child.dep == "nmod" and owner and (child.pos == "PROPN" or organ):
                return child
        return None

    def _controller_of_noun(self, noun: Token, parsed: Parsed, depth: int) -> Token | None:
        first = noun.head
        if first.head.pos in VERBAL and first.head is not first:
            return self.subject(first.head, parsed, depth + 1)
        if first.pos in VERBAL:
            return self.subject(first, parsed, depth + 1)
        return None

    def _given_to(self, verb: Token) -> Token | None:
        """« permettre aux troupes de …»: those to whom it is allowed do it."""
        if not set(self._words.of(verb)) & set(self._grammar.dative_control):
            return None
        for child in verb.children:
            cases = child.cases
            if child.dep in ("obl:arg", "iobj", "obl:mod") and cases & set(self._grammar.to):
                return child
        return None

    def _asks(self, verb: Token) -> bool:
        """Whether the verb's object does what follows (« appelle X à partir », « accuse X de »)."""
        frames = [f for lemma in self._words.of(verb) for f in self._lexicon.by_verb.get(lemma, ())]
        return any(f.object == "recipient" and (f.says or f.absorbs) for f in frames)

    def _left_subject(self, verb: Token) -> Token | None:
        """The nearest bare noun phrase to the left: no preposition governs it."""
        if self.infinite(verb) or verb.pos not in VERBAL:
            return None
        parted = self.past_apposition(verb)
        if parted is not None:
            return parted
        aside = False
        for token in reversed(verb.doc[: verb.i]):
            aside = token.text == ")" or (aside and token.text != "(")
            if aside or token.text == "(":
                continue  # « Jan Nowak (Verts), a dit »
            if token.pos == "PUNCT" and token.text not in (",", "-"):
                break
            if token.pos not in ("NOUN", "PROPN") or token.dep in ("flat:name", "amod"):
                continue
            if any(c.dep == "case" for c in token.children):
                continue
            if token.right == self.group_start(verb) - 1:
                return token  # right before the verb, whatever the parser hung it on
            head = token.head
            if token.dep in ("obj", "obl:mod") and head.i < token.i and head.pos in VERBAL:
                continue
            return token
        return None

    def past_apposition(self, verb: Token) -> Token | None:
        """Return « la Hongrie » of « La Hongrie, dernier pays à ratifier, assure »: the name before what is said of it in commas."""
        start = self.group_start(verb)
        commas = [t.i for t in verb.doc[:start] if t.text == ","]
        if len(commas) != 2 or commas[1] != start - 1 or commas[0] == 0:
            return None
        lead, aside = verb.doc[: commas[0]], verb.doc[commas[0] + 1 : commas[1]]
        told = bool(aside) and (
            aside[0].pos in ("NOUN", "ADJ", "DET") or self.participle(aside[0]) == "past"
        )
        clause = any(t.finite for t in [*lead, *aside])
        last = lead[-1]
        # « L'Allemagne, par la voix de Jan Nowak, s'engage »
        told = told or (bool(aside) and aside[0].pos == "ADP" and last.pos == "PROPN")
        if not told or clause or last.pos not in ("PROPN", "NOUN"):
            return None
        governed = any(t.pos == "ADP" for t in lead)
        return None if governed else self._name_head(last)

    def _inverted_clitic(self, verb: Token) -> Token | None:
        """« a-t-il dit »: the pronoun that hangs on the verb or its auxiliary."""
        near = verb.doc[max(0, verb.i - 3) : verb.i + 3]
        return next((t for t in near if t.lower in self._grammar.inverted_pronouns), None)

    def first_helper(self, verb: Token) -> int:
        """Return the number of a verb's first auxiliary, or its own (« a, lui, accusé »)."""
        helpers = (c.i for c in verb.children if c.dep.startswith("aux"))
        return min((verb.i, *helpers))

    def group_start(self, verb: Token) -> int:
        """Return the number of the first word of a verb's group: its auxiliaries, adverbs, clitics."""
        start = self.first_helper(verb)
        while start > 0 and verb.doc[start - 1].pos in GROUP:
            start -= 1
        return start
