"""Auxiliary modes: how an act stands (PLOVER's historical, future, hypothetical, negation).

Comes in: the trigger of an act and the clauses over it. Goes out: the modes that hold of the act
itself. They come from the tense of its verb, from negation, from words over it (``operators.yaml``)
and from « if » clauses; a future of the past (« a déclaré qu'ils imposeraient ») is a future.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from foedus.acts import AUX_MODES, Aux
from foedus.coding.syntax import Clauses, Token, Words
from foedus.coding.wording import Frame, Lexicon, Operator

__all__ = ["Modes"]

_VERBAL = ("VERB", "AUX")
_NONE: tuple[Aux, ...] = ()
_NEGATION: tuple[Aux, ...] = ("negation",)
_FUTURE: tuple[Aux, ...] = ("future",)
_HYPOTHETICAL: tuple[Aux, ...] = ("hypothetical",)
Giving = Literal["tense", "negation", "word", "lead", "condition", "frame"]
_CARRIED = ("obj", "iobj", "nsubj", "nsubj:pass", "obl:arg", "xcomp", "ccomp")


class Modes:
    """Tells the auxiliary modes of triggers."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, words: Words) -> None:
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self.given: dict[Aux, tuple[Token, Giving]] = {}
        """Which word gave each mode of the act asked about last, and what about it did."""

    def of(self, trigger: Token, frame: Frame, *, reported: bool) -> tuple[Aux, ...]:
        """Return the modes of an act in PLOVER's order.

        ``reported``: the clause is what somebody said, told in the past; its conditional is then
        a future, and only « if » makes it hypothetical.
        """
        self.given = {}
        found = self._note(frame.aux, trigger, "frame")
        if frame.tenseless:
            return tuple(a for a in AUX_MODES if a in found)
        negations = 0
        verbs = self._verbs_over(trigger)
        for number, verb in enumerate(verbs):
            own = number == 0 and verb == trigger
            if self._clauses.negated(verb) and not (own and frame.negated):
                negations += 1
                self._note(_NEGATION, verb, "negation")
            under = verbs[number - 1] if number else trigger
            found |= self._note(self._by_tense(verb, reported, under), verb, "tense")
            operator = self._operator(verb) if verb != trigger else None
            done = operator is not None and (
                frame.type in operator.done or self._perfect(verbs[:number])
            )
            if operator is not None and not self._does_it(trigger, verb):
                adds = [a for a in operator.adds if not (done and a == "future")]
                found |= self._note(adds, verb, "word")
                negations += operator.negates
                self._note(_NEGATION if operator.negates else _NONE, verb, "word")
            if self._speech(verb) and verb != trigger:
                break
            found |= self._by_object(verb, trigger)
        found |= self._by_nouns(trigger)
        found |= self._note(self._by_lead(trigger, frame), trigger, "lead")
        if self._none_of(trigger):
            negations = 1
            self._note(_NEGATION, trigger, "negation")
        follows = "future" in found and any(self._clauses.conditioned(v) for v in verbs)
        if follows or self._clauses.conditional_clause(trigger):
            found.discard("future")
            found |= self._note(_HYPOTHETICAL, trigger, "condition")
        if negations % 2 == 1 and not frame.negated:
            found.add("negation")
            found.discard("hypothetical")
        if "hypothetical" in found and not frame.aux:
            found.discard("future")
        return tuple(a for a in AUX_MODES if a in found)

    def _none_of(self, trigger: Token) -> bool:
        """« aucune frappe n'a été menée »: the noun itself is denied, whatever verb it hangs on."""
        denied = set(self._grammar.negative_determiners)
        return trigger.pos == "NOUN" and any(
            c.dep == "det" and c.lower in denied for c in trigger.children
        )

    def _perfect(self, verbs: Sequence[Token]) -> bool:
        """« annonce avoir mené une attaque »: the infinitive tells that it is done."""
        return any(
            c.dep.startswith("aux") and c.feature("VerbForm") == "Inf"
            for verb in verbs for c in verb.children
        )  # fmt: skip

    def _note(self, modes: Collection[Aux], word: Token, by: Giving) -> set[Aux]:
        """Remember what gave modes, the first giver of each, and return them."""
        for mode in modes:
            self.given.setdefault(mode, (word, by))
        return set(modes)

    def _verbs_over(self, trigger: Token) -> list[Token]:
        """The trigger's own verb, then the verbs that govern it, up to a finite one that is free."""
        chain = [trigger] if self._verbal(trigger) else []
        child = self._anchor(trigger)
        for head in self._clauses.chain(child):
            verbal = self._verbal(head)
            if not verbal and child is trigger and self._beside_noun(child):
                break
            if verbal and self._governs(head, child):
                chain.append(head)
            if verbal and not self._clauses.infinite(head):
                break
            child = head
        return chain

    def _beside_noun(self, child: Token) -> bool:
        """« aucune avancée lors des entretiens »: a noun under another by no « de » or « à » stands alone."""
        cases = child.cases
        bound = {*self._grammar.of, *self._grammar.to}
        return (
            child.pos == "NOUN" and child.head.pos == "NOUN" and bool(cases) and not cases & bound
        )

    def _verbal(self, token: Token) -> bool:
        """Whether a word is a verb, also where the tagger calls its participle an adjective."""
        helped = any(c.dep == "cop" or c.dep.startswith("aux") for c in token.children)
        return token.pos in _VERBAL or helped

    def _anchor(self, trigger: Token) -> Token:
        """« la tenue vendredi d'un sommet »: the noun that carries the trigger hangs on the verb."""
        if trigger.pos in _VERBAL:
            return trigger
        for token in reversed(trigger.doc[max(0, trigger.i - 6) : trigger.i]):
            if token.pos in _VERBAL or token.text in ",;:":
                break
            if set(self._words.of(token)) & set(self._grammar.light_nouns):
                return token
        return trigger

    def _governs(self, head: Token, child: Token) -> bool:
        """Whether the state of ``head`` bears on ``child``: a list member keeps its own tense."""
        if child.pos in ("NOUN", "PROPN"):
            listed = child.dep == "conj" and any(
                c.dep == "obj" and c.i < child.i for c in head.children
            )
            return child.dep in _CARRIED or listed
        if child.pos in _VERBAL and child.dep == "conj":
            return self._clauses.infinite(child)
        if child.dep == "ccomp" and child.i < head.i:
            return False  # « X cuts ties; allies stop short »: a clause of its own
        operator = self._operator(head) if child.dep == "ccomp" else None
        if operator is not None and (operator.negates or not self._speech(head)):
            return True
        if child.dep in ("advmod", "dep") and not self._clauses.infinite(child):
            return False  # « X enverra des chars, a promis Y »: the promise is made
        return child.dep not in ("advcl", "parataxis", "acl:relcl", "obl:mod", "ccomp") or (
            child.dep in ("advcl", "obl:mod") and self._clauses.infinite(child) and child.i > head.i
        )

    def _does_it(self, trigger: Token, verb: Token) -> bool:
        """« l'invasion a empêché un accord »: the verb bears on its object, not on its subject."""
        anchor = self._anchor(trigger)
        return (
            anchor.dep == "nsubj"
            and anchor.head == verb
            and any(c.dep in ("obj", "obl:arg") and c.i > verb.i for c in verb.children)
        )

    def _by_object(self, verb: Token, trigger: Token) -> set[Aux]:
        """« a pris la décision de déployer »: the noun between a verb and the infinitive under it."""
        if trigger.feature("VerbForm") != "Inf" or verb == trigger:
            return set()
        found: set[Aux] = set()
        for noun in verb.children:
            if noun.dep == "obj" and verb.i < noun.i < trigger.i:
                operator = self._operator(noun)
                found |= self._note(operator.adds, noun, "word") if operator is not None else set()
        return found

    def _by_tense(self, verb: Token, reported: bool, under: Token) -> set[Aux]:
        """What the tense of a verb tells; ``under`` is the verb or noun that it governs, or itself."""
        tense = self._clauses.tense(verb)
        lemmas = set(self._words.of(verb))
        over = verb != under
        if lemmas & set(self._grammar.may_verbs) and over:
            return {"hypothetical"}
        if lemmas & set(self._grammar.must_verbs) and over:
            return {"future"}
        if tense == "future" or (tense == "infinitive" and self._headline(verb)):
            return {"future"}
        if tense == "conditional":
            past = any(
                c.dep == "aux:tense" and c.lower not in self._grammar.conditional_words
                for c in verb.children
            )
            return {"future"} if reported and not past else {"hypothetical"}
        if lemmas & set(self._grammar.going_to) and over and tense in ("present", "past"):
            return {"future"} if under.feature("VerbForm") == "Inf" else set()
        return set()

    def _headline(self, verb: Token) -> bool:
        """« Alliance to send ships »: an infinitive with a subject of its own is to come."""
        marks = {c.lower for c in verb.children if c.dep == "mark"}
        marked = bool(marks & set(self._grammar.infinitive_marks))
        return marked and verb.dep == "ROOT" and self._clauses.own_subject(verb) is not None

    def _operator(self, token: Token) -> Operator | None:
        verbs, nouns = self._lexicon.operator_verbs, self._lexicon.operator_nouns
        tables = [verbs] if token.pos in _VERBAL else [nouns]
        if token.pos == "ADJ" and self._verbal(token):
            tables.append(verbs)  # « les sanctions sont attendues »
        found = (table.get(lemma) for table in tables for lemma in self._words.of(token))
        return next((operator for operator in found if operator is not None), None)

    def _by_nouns(self, trigger: Token) -> set[Aux]:
        """« n'a aucun plan de déployer », « la perspective d'établir »: nouns over the act."""
        for head in self._clauses.chain(trigger):
            if head.pos in _VERBAL:
                return set()
            operator = self._operator(head)
            if operator is not None:
                return self._note(operator.adds, head, "word")
        return set()

    def _by_lead(self, trigger: Token, frame: Frame) -> set[Aux]:
        """« pour déployer » is to come; « avant la réunion », « à la veille de » too."""
        if trigger.feature("VerbForm") == "Inf" and self._done_with(trigger, frame):
            return set()
        marks = [c for c in trigger.children if c.i < trigger.i and c.dep in ("mark", "case")]
        words = {m.lower for m in marks}
        infinitive = trigger.feature("VerbForm") == "Inf"
        if infinitive and words & set(self._grammar.purpose):
            return {"future"}
        if trigger.dep == "advcl" and words & set(self._grammar.infinitive_marks):
            return {"future"}
        if words & set(self._grammar.before):
            return {"future"}
        if trigger.pos in ("NOUN", "PROPN"):
            participles = [
                c for c in trigger.children if c.dep in ("acl", "amod") and c.pos in _VERBAL
            ]
            for word in participles:
                operator = self._operator(word)
                if operator is not None and "future" in operator.adds:
                    return self._note(_FUTURE, word, "word")
            head = trigger.head
            if head != trigger and set(self._words.of(head)) & set(self._grammar.before):
                return {"future"}
        return set()

    def _done_with(self, trigger: Token, frame: Frame) -> bool:
        """« a accusé X, avant d'appeler à Y », « ont défilé pour réclamer Z »: done with the verb over it."""
        over = trigger.head
        if over is trigger or self._clauses.tense(over) != "past" or self._clauses.negated(over):
            return False
        lead = {c.lower for c in trigger.children if c.i < trigger.i}
        said = frame.says or frame.absorbs or frame.type == "PROTEST"
        return bool(lead & set(self._grammar.before)) or (
            said and trigger.dep == "advcl" and bool(lead & set(self._grammar.purpose))
        )

    def _speech(self, verb: Token) -> bool:
        return any(lemma in self._lexicon.speech for lemma in self._words.of(verb))
