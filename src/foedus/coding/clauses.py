"""Clauses: the subject of a verb, what stands over it, its tense and polarity.

Comes in: a parsed piece and one of its tokens. Goes out: other tokens, or plain answers. The
parser's errors that French news prose provokes most often (subjects after the verb in « a déclaré
X », subjects after an opening complement) are repaired here, once.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.coding.lexicon import Lexicon
from foedus.coding.parsing import Parsed
from foedus.coding.polarity import SUBJECT
from foedus.coding.tree import Token
from foedus.coding.verbforms import ADNOMINAL, VERBAL, Tense, VerbForms
from foedus.coding.words import Words

__all__ = ["GROUP", "Clauses", "Tense"]

GROUP = ("AUX", "ADV", "PRON")
"""Words that stand between a verb and what is before it, and are its own."""
_NOMINAL = ("NOUN", "PROPN", "PRON", "X")
_RAISED = ("xcomp", "ccomp", "advcl", "obl:arg", "obl:mod", "acl", "dep")


class Clauses(VerbForms):
    """Answers about verbs of one language."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        super().__init__(lexicon, words)
        self._lexicon = lexicon

    # -- subjects ---------------------------------------------------------------------------

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
        if head != verb and self.infinite(verb):
            return self._controller(verb, parsed, depth)
        return self._left_subject(verb)

    def _finite_over(self, verb: Token) -> Token:
        """« qui accuse X d'abriter Y et réclame Z »: a finite verb is joined to a finite one."""
        head = verb.head
        if self.infinite(verb) or any(c.dep == "mark" for c in verb.children):
            return head
        while self.infinite(head) and head.head is not head and head.head.pos in VERBAL:
            head = head.head
        return head

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
                return child
        return self._he_after_all(verb)

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
        owner = self._owner_of_plan(head, verb) if verb.dep == "acl" else None
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
            if asks and objects and verb.dep in _RAISED:
                return objects[0]
            return self.subject(head, parsed, depth + 1)
        if head.pos in _NOMINAL:
            if self.participle(verb) == "present":
                return head
            over = head.head
            if over != head and over.pos in VERBAL and head.dep in ("obj", "obl:arg", "conj"):
                return self.subject(over, parsed, depth + 1)
            if over != head and head.dep == "conj":
                return self._controller_of_noun(head, parsed, depth)
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
            if child.dep == "nmod" and child.pos == "PROPN" and owner:
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
            cases = {c.lower for c in child.children if c.dep == "case"}
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
        if not told or clause or last.pos not in ("PROPN", "NOUN"):
            return None
        governed = any(t.pos == "ADP" for t in lead)
        return None if governed else self._name_head(last)

    def speakers_of(self, verb: Token, parsed: Parsed) -> list[Token]:
        """Return who may be saying, for a verb of saying, likeliest first: before it or after it."""
        own = self.own_subject(verb)
        if own is not None and not self.cut_off(own, verb):
            return [own]
        clitic = self._inverted_clitic(verb)
        that = next((t.i for t in verb.doc[verb.i + 1 :] if t.lower in self._grammar.that), None)
        end = that if that is not None else len(verb.doc)
        follows = [c for c in verb.children if verb.i < c.i < end and self._bare_noun(c)]
        if (
            own is None
            and clitic is None
            and follows
            and set(self._words.of(verb)) & set(self._grammar.said_to_nobody)
        ):
            return follows[:1]  # « les avions sont arrivés a annoncé X »
        led = self.speakers_of_carrier(verb)
        if led:
            return led
        if own is None and (impersonal := self._he_as_impersonal(verb)):
            return [impersonal]
        if clitic is not None:
            return [clitic]
        like_present = verb.lower.endswith(self._grammar.present_like_participle)
        if (like_present or not self.infinite(verb)) and self._starts_clause(verb):
            after = self._inverted(verb)
            if after:
                return after
        group = verb.doc[self.group_start(verb) : verb.i]
        one = next((t for t in group if t.lower in self._grammar.one), None)
        subject = self.subject(verb, parsed) or one
        return [subject] if subject is not None else []

    def _inverted_clitic(self, verb: Token) -> Token | None:
        """« a-t-il dit »: the pronoun that hangs on the verb or its auxiliary."""
        near = verb.doc[max(0, verb.i - 3) : verb.i + 3]
        return next((t for t in near if t.lower in self._grammar.inverted_pronouns), None)

    def speakers_after_quote(self, verb: Token, parsed: Parsed) -> list[Token]:
        """Return who may be saying where words of saying open a piece, right after a quote.

        « a pour sa part mis en garde X », « a tenté de rassurer X »: whatever verbs there are, who
        speaks is the first bare noun after them. Elsewhere, and for « a-t-il dit »: as in any clause.
        """
        opening = [t for t in parsed.doc[:3] if t.text.strip()]
        leads = (*self._grammar.clitics, *self._grammar.reflexive, *self._grammar.dative_pronouns)
        first = next((t for t in opening if t.lower not in leads), None)
        inverted = any(t.lower in self._grammar.inverted_pronouns for t in parsed.doc[: verb.i + 3])
        own = self.own_subject(verb)
        another = own is not None and first is not None and first.i < own.i < verb.i
        if inverted or another or first is None or first.pos not in VERBAL or first.i > verb.i:
            return self.speakers_of(verb, parsed)
        return self._inverted(first) or self.speakers_of(verb, parsed)

    def speakers_of_carrier(self, verb: Token) -> list[Token]:
        """« a tenu à souligner X », « X a tenu à souligner »: those of the verb that leads it in."""
        over = self.carrier(verb)
        if over is None:
            return []
        clitic = self._inverted_clitic(over)
        if clitic is not None:
            return [clitic]
        leading = self.own_subject(over)
        own = leading is not None and leading.i < over.i and not self.cut_off(leading, over)
        if self._starts_clause(over) and not own:
            after = self._inverted(verb)
            left = self._left_subject(over) if not after else None
            return [left] if left is not None else after
        return [leading] if leading is not None else []

    def carrier(self, verb: Token) -> Token | None:
        """Return the verb right before an infinitive of saying that only leads it in, if any."""
        if not self.infinite(verb):
            return None
        for token in reversed(verb.doc[max(0, verb.i - 4) : verb.i]):
            if token.pos == "PUNCT":
                return None
            if self.carries_saying(token):
                return token
        return None

    def carries_saying(self, token: Token) -> bool:
        """Whether a word only leads in a verb of saying: « tient à rappeler », « vient d'annoncer »."""
        carriers = set(self._grammar.saying_carriers)
        verbal = token.pos in (*VERBAL, "ADJ")  # « s'est borné à répéter »
        return verbal and bool(set(self._words.of(token)) & carriers)

    def _he_as_impersonal(self, verb: Token) -> Token | None:
        """« Il juge que »: the parser takes « il » for nobody; with an active verb of saying he is."""
        if any(c.dep == "aux:pass" or c.lower in self._grammar.reflexive for c in verb.children):
            return None
        said = set(self._words.of(verb)) & set(self._lexicon.speech)
        pronouns = (*self._grammar.he, *self._grammar.she)
        return next(
            (c for c in verb.children if said and c.dep == "expl:subj" and c.lower in pronouns),
            None,
        )

    def leads_in(self, child: Token) -> bool:
        """Whether a word may stand between a subject and its verb (« l'a dit », « s'est tu »)."""
        clitic = child.pos == "PRON" and child.dep in ("obj", "iobj")
        return clitic or child.dep.startswith(("aux", "advmod", "expl"))

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

    def cut_off(self, subject: Token, verb: Token) -> bool:
        """« la guerre, a averti X, durera »: one comma parts no subject from its own verb."""
        start = self.group_start(verb)
        if subject.i >= start - 1 or verb.doc[start - 1].text != ",":
            return False
        between = verb.doc[subject.i + 1 : start - 1]
        relative = any(t.lower in self._grammar.relative for t in between)
        if not relative and any(t.pos == "VERB" and self._finite(t) for t in between):
            return True  # « Londres, de son côté, livrera des chars, a annoncé X »
        return not any(t.text == "," for t in verb.doc[subject.i : start - 1])

    def _inverted(self, verb: Token) -> list[Token]:
        """The bare nouns after « a déclaré », past « lundi », « , lapidaire, », « à son arrivée »."""
        found: list[Token] = []
        ends = {*self._grammar.that, *self._grammar.relative, ".", ";", ":"}
        for token in verb.doc[verb.i + 1 : verb.i + 25]:
            another = token.finite
            if token.lower in ends or (another and token.text[0] != "-"):
                break
            if self.participle(token) == "present":
                break  # « a-t-il dit, dénonçant le plan »
            if token.text == ",":
                if found:
                    break
                continue
            if self._bare_noun(token):
                found.append(token)
        return found

    def _bare_noun(self, token: Token) -> bool:
        """A noun, name or pronoun that no preposition governs and that tells no time."""
        governed = any(c.dep == "case" and c.pos == "ADP" for c in token.children)
        if token.lower in self._grammar.time_words or governed:
            return False
        # « a répété le Norvégien », which the tagger may take for an adjective
        named = token.pos == "ADJ" and (
            token.text[:1].isupper() or any(c.dep == "det" for c in token.children)
        )
        return token.pos in ("NOUN", "PROPN", "PRON") or named

    def _starts_clause(self, verb: Token) -> bool:
        """Whether nothing but auxiliaries and adverbs stands between a comma and the verb."""
        for token in reversed(verb.doc[: self.first_helper(verb)]):
            if token.pos in ("PUNCT", "SPACE") or token.text in "-–—,":
                return True
            if token.lower in self._lexicon.sayings.as_words:
                return True  # « comme l'a rapporté X »
            light = (*self._grammar.reflexive, *self._grammar.object_pronouns)
            if token.pos not in ("AUX", "ADV") and token.lower not in light:
                return False
        return True

    # -- what stands over a verb ------------------------------------------------------------

    def chain(self, token: Token) -> Iterator[Token]:
        """Yield the words over ``token``, nearest first, through its clause and its governors."""
        seen = 0
        while token.head != token and seen < 12:
            aside = token.dep in ADNOMINAL and self.participle(token) == "past"
            if token.dep in ("acl:relcl", "parataxis", "advcl") or aside:
                return  # « des chars promis » keeps its own time, whatever the chars will do
            if self._shared_auxiliary(token) is not None:
                return  # « il a accusé X de vouloir partir et menacé de frapper »: X's will ends there
            token = token.head
            seen += 1
            yield token
