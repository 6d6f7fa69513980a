"""Words of saying put into or after what is said: « …, a déclaré X », « X, avait-il dit, … ».

Comes in: a verb of saying in a parsed piece. Goes out: where its own words begin, and what of the
sentence is said: all before them, or all around them.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.syntax import GROUP, Clauses, Parsed, Token, Words
from foedus.coding.wording import Lexicon

__all__ = ["Insertions"]


class Insertions:
    """Finds what stands around words of saying, for one language."""

    def __init__(self, clauses: Clauses, lexicon: Lexicon, words: Words) -> None:
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words

    def inverted_saying(self, token: Token) -> bool:
        """« …, a-t-il ajouté », « …, a indiqué le chancelier » begins at this token."""
        doc = token.doc
        verb = token
        if token.pos == "AUX" or token.lower in self._grammar.past_auxiliaries:
            verb = next(
                (
                    t
                    for t in doc[token.i + 1 : token.i + 6]
                    if t.pos in ("VERB", "NOUN", "ADJ") and t.text[0] != "-"
                ),
                token,
            )
        says = any(lemma in self._lexicon.speech for lemma in self._words.of(verb))
        phrase = self.composed(verb)
        if not (says or phrase or self.paired(verb) or self.with_clitic(verb)):
            return False
        after = doc[verb.i + 1 + phrase : verb.i + 4 + phrase]
        if not after or after[0].lower in (*self._grammar.that, ":"):
            return not after
        if after[0].lower in self._grammar.linking:  # « a indiqué de son côté X » links nothing
            return any(t.lower in self._grammar.possessive for t in after)
        return True

    def with_clitic(self, token: Token) -> bool:
        """« …, calcule-t-il », « …, a-t-elle soupiré »: set before its pronoun, any verb says."""
        if token.pos != "VERB" or token.doc[-1].text == "?":
            return False
        if set(self._words.of(token)[:1]) & set(self._grammar.impersonal_verbs):
            return False  # « encore faut-il les trouver »
        start = self._clauses.group_start(token)
        if start == 0 or token.doc[start - 1].text not in (",", "-", "–", "—"):
            return start == 0 and token.i + 1 < len(token.doc) and self._clitic(token.nbor(1))
        group = token.doc[start : token.i + 3]  # « calcule-t-il » may be three words
        return any(self._clitic(t) for t in group)

    def _inverted(self, token: Token) -> bool:
        """« a-t-il ajouté »: words of saying that stand in a sentence, and are no clause of it."""
        return any(self._clitic(t) for t in token.doc[token.i + 1 : token.i + 3])

    def _clitic(self, token: Token) -> bool:
        inverted = self._grammar.inverted_pronouns.get(token.lower)
        return inverted in (*self._grammar.he, *self._grammar.she, *self._grammar.they)

    def paired(self, token: Token) -> bool:
        """« fait savoir », « laisse entendre »: two verbs that say together."""
        lead = token.doc[max(0, token.i - 2) : token.i]
        pairs = self._lexicon.sayings.pairs
        seconds = {second for t in lead for second in self._words.under(t, pairs)}
        return not seconds.isdisjoint(self._words.of(token))

    def composed(self, token: Token) -> int:
        """Return how many words after a verb say together with it (« mettre en garde »); 0 where it is no such verb."""
        for phrase in self._words.under(token, self._lexicon.sayings.composed):
            words = phrase.replace("'", "' ").split()
            after = [t.lower for t in token.doc[token.i + 1 : token.i + 1 + len(words)]]
            if after == words:
                return len(words)
        return 0

    def words_of_saying(self, verb: Token, parsed: Parsed) -> Span | None:
        """« …, a dit X, … »: the span of the words of saying, from the comma before them on."""
        doc, start = parsed.doc, self._clauses.group_start(verb)
        if start < 2 or doc[start - 1].text != "," or not self.inverted_saying(doc[start]):
            return None
        end = next((t for t in doc[verb.i + 1 :] if t.text in (",", ".", ";")), doc[len(doc) - 1])
        return parsed.span(doc[start - 1])[0], parsed.span(end)[1]

    def around(self, verb: Token, parsed: Parsed) -> tuple[int, int] | None:
        """Return the first and last word of the sentence around « …, a déclaré X », « …, X a dit ».

        The words of saying stand at its end or in its midst; None where they are no insertion.
        """
        doc = parsed.doc
        start = self._clauses.first_helper(verb)
        while start > 0 and doc[start - 1].text != "," and self._leads_in(doc[start - 1]):
            start -= 1
        start = self._before_subject(verb, start)
        before = doc[start - 1] if start > 0 else None
        if before is None or start < 3:
            return None
        if before.text not in (",", "-", "–", "—"):
            taken_up = (*self._grammar.relative, *self._grammar.that)
            if any(t.lower in taken_up for t in doc[start : verb.i]):
                return None  # « c'est X qui a annoncé », « la zone que réclamait X »
            told = self._without_comma(verb, start)
            return (self._sentence_start(parsed), start - 1) if told else None
        subordinate = {
            *self._grammar.relative, *self._grammar.clause_openers, *self._grammar.that
        }  # fmt: skip
        if any(t.lower in subordinate for t in doc[start : verb.i]):
            return None  # « …, qui dit agir par devoir, … », « …, là où cela se révélera utile, … »
        told = self._clauses.teller_after(verb) is not None or self.with_clitic(verb)
        if told and not self._subordinate(doc[: start - 1]):
            return self._sentence_start(parsed), start - 2
        subject = self._clauses.own_subject(self._clauses.carrier(verb) or verb)
        if subject is not None and subject.i < start - 1:
            return self._cut_off(subject, verb, start, parsed)
        if not self.inverted_saying(doc[start]) and not self.inverted_saying(verb):
            return None
        helped = any(t.lower in self._grammar.past_auxiliaries for t in doc[start : verb.i])
        if self._clauses.participle(verb) is not None and not helped:
            return None  # « …, interrogée par la presse »
        if not any(t.pos in ("VERB", "AUX") for t in doc[: start - 1]):
            both = self._on_both_sides(verb, parsed)
            # « Missile en Pologne : « aucun indice » d'une attaque, assure X »
            colons = [t.i + 1 for t in doc[: start - 1] if t.text == ":"]
            first = colons[-1] if colons else self._sentence_start(parsed)
            whole = both is None and self._bare_words(doc[first : start - 1], verb)
            return (first, start - 2) if whole else both
        if self._subordinate(doc[: start - 1]) or self._pronoun_before(verb, start):
            return None
        return self._sentence_start(parsed), start - 2

    def halves(self, verb: Token, parsed: Parsed) -> tuple[tuple[int, int], tuple[int, int]] | None:
        """« Si X venait, a prévenu Y, Z partirait »: the condition and what follows from it, on both sides.

        Two clauses, as two halves of a quote are; None where no clause with « si » stands before.
        """
        doc, start = parsed.doc, self._clauses.group_start(verb)
        if start < 3 or doc[start - 1].text != "," or not self.inverted_saying(doc[start]):
            return None
        opener = next((t for t in doc[:2] if t.lower in self._grammar.if_words), None)
        comma = next((t for t in doc[verb.i + 1 :] if t.text == ","), None)
        if opener is None or comma is None or not any(t.finite for t in doc[opener.i : start - 1]):
            return None
        rest = doc[comma.i + 1 :]
        if not any(t.finite for t in rest) or self._adds(rest):
            return None
        return (opener.i, start - 2), (comma.i + 1, len(doc) - 1)

    def _bare_words(self, tokens: Sequence[Token], verb: Token) -> bool:
        """« Probablement des consultations, répond X »: no clause, but all that is said."""
        if not self.inverted_saying(verb.doc[self._clauses.first_helper(verb)]):
            return False
        subject = self._clauses.own_subject(verb)
        if self._pronoun_before(verb, tokens[-1].i):
            return False  # « au sommet de Madrid, on promet »
        return (subject is None or subject.i > verb.i) and self._unbroken(tokens)

    @staticmethod
    def _unbroken(tokens: Sequence[Token]) -> bool:
        """Whether words without a verb are one phrase, and tell no place or time of the next."""
        return tokens[0].pos != "ADP" and all(t.text != "," for t in tokens)

    def _cut_off(
        self, subject: Token, verb: Token, start: int, parsed: Parsed
    ) -> tuple[int, int] | None:
        """What is said where the parser gives the verb of saying the subject of another.

        « La guerre, a averti X, durera »; « Les soldats, partis lundi, resteront, confirme X ».
        """
        if not self._clauses.cut_off(subject, verb):
            return None
        both = self._on_both_sides(verb, parsed)
        inverted = self.inverted_saying(parsed.doc[start]) and not self.with_clitic(verb)
        if both is not None or not inverted:
            return both
        lead = parsed.doc[: start - 1]
        verbless = not any(t.pos in ("VERB", "AUX") for t in lead)
        whole = self._unbroken(lead) if verbless else not self._subordinate(lead[subject.i + 1 :])
        return (self._sentence_start(parsed), start - 2) if whole else None

    def _subordinate(self, tokens: Sequence[Token]) -> bool:
        """« Pékin, qui n'a rien condamné, a demandé »: no verb of a sentence's own stands before."""
        openers = {*self._grammar.relative, *self._grammar.clause_openers, *self._grammar.that}
        own = opened = False
        for token in tokens:
            opened = token.lower in openers or (opened and token.text not in (",", ";", ":"))
            own = own or (token.finite and not opened and not self._inverted(token))
            opened = opened and not token.finite  # a clause opened takes the next finite verb
        return not own

    def _pronoun_before(self, verb: Token, start: int) -> bool:
        """« Il y a un an, on excluait »: who says it stands before the verb; nothing is inserted."""
        return any(t.lower in self._grammar.one for t in verb.doc[start : verb.i])

    def _without_comma(self, verb: Token, start: int) -> bool:
        """« Les avions sont arrivés a annoncé le ministère »: radio and translated pages leave it out.

        A whole clause, then a verb of saying whose subject comes after it; a verb that takes no
        person for its object shows that who stands after it speaks.
        """
        lemmas = set(self._words.of(verb))
        if not lemmas & set(self._lexicon.speech) or self._clauses.participle(verb) is not None:
            return False
        doc = verb.doc
        name, own = doc[start - 1], self._clauses.own_subject(verb)
        if own is not None and name.pos == "PROPN" and (own is name or own is name.head):
            return False  # « … : Joe Biden a annoncé un envoi »
        whole = any(t.finite for t in doc[1:start])
        after = next((t for t in doc[verb.i + 1 :] if self._who(t, verb)), None)
        if not whole or after is None:
            return False
        if after.dep.startswith("nsubj"):
            return True
        person = after.pos == "PROPN" or self._clauses.may_speak(after)
        return person and bool(lemmas & set(self._grammar.said_to_nobody))

    def _who(self, token: Token, verb: Token) -> bool:
        """Whether a word after a verb of saying is a bare noun that hangs on it."""
        nominal = token.pos in ("NOUN", "PROPN") and token.lower not in self._grammar.time_words
        return nominal and token.head is verb and not any(c.dep == "case" for c in token.children)

    def _leads_in(self, token: Token) -> bool:
        """Words before a verb of saying that belong to it: « a tenu à », « vient de », « lui a »."""
        if token.pos in GROUP or self._clauses.carries_saying(token):
            return True
        linking = token.lower in (*self._grammar.to, *self._grammar.linking)
        return linking and token.i > 0 and self._clauses.carries_saying(token.nbor(-1))

    def _before_subject(self, verb: Token, start: int) -> int:
        """« …, Jan Nowak said »: where the words of saying begin, their subject first."""
        subject = self._clauses.own_subject(verb)
        if not self._grammar.bare_clauses and not self._translated(verb, subject):
            return start
        said = any(c.dep == "ccomp" and c.i < verb.i for c in verb.children)
        after = [c for c in verb.children if c.i > verb.i]
        if not said and any(self._is_object(c) for c in after):
            return start
        if any(c.dep == "advcl" and c.i < verb.i for c in verb.children):
            return start  # « if X attacks, the allies would respond »
        if subject is None or not subject.left < start <= subject.right + 2:
            return start
        return int(subject.left)

    def _is_object(self, token: Token) -> bool:
        """Whether something is said after the verb; a bare noun is a day (« a dit lundi »)."""
        if token.dep in ("xcomp", "ccomp"):
            return True
        if token.dep == "obl:arg":  # « X crie à la trahison »; « X a dit à ses alliés » tells whom
            heard = set(self._words.of(token)) & set(self._lexicon.sayings.anonymous)
            return token.pos == "NOUN" and not (heard or self._clauses.may_speak(token))
        return token.dep == "obj" and (token.pos != "NOUN" or bool(token.children))

    def _translated(self, verb: Token, subject: Token | None) -> bool:
        """« L'Otan ne veut pas la guerre, X a dit lundi »: an order that translated pages keep.

        Only right after the comma, after a clause with a finite verb of its own; and for no « X a dit non », « X la
        disait morte », of which what is said stands after the verb or before it.
        """
        if subject is None or subject.left < 3 or verb.doc[subject.left - 1].text != ",":
            return False
        lead = {t.lower for t in verb.doc[subject.right + 1 : verb.i]}
        if lead & {*self._grammar.object_pronouns, *self._grammar.reflexive}:
            return False
        finite = any(t.finite for t in verb.doc[: subject.left - 1])
        return (
            finite and (subject.pos == "PROPN" or self._last_word(verb)) and not self._answers(verb)
        )

    def _answers(self, verb: Token) -> bool:
        """« X a dit non »: the answer is what is said."""
        after = next((t for t in verb.doc[verb.i + 1 :] if t.text.strip()), None)
        return after is not None and after.lower in self._grammar.answers

    def _last_word(self, verb: Token) -> bool:
        """Whether nothing but the day and the way follows a verb up to the end or a comma."""
        for token in verb.doc[verb.i + 1 :]:
            if token.text in ".,;":
                return True
            if token.pos not in ("ADV", "SPACE") and token.lower not in self._grammar.time_words:
                return False
        return True

    def _on_both_sides(self, verb: Token, parsed: Parsed) -> tuple[int, int] | None:
        """« X, avait-il dit, devrait partir »: the sentence goes on after the words of saying."""
        rest = parsed.doc[verb.i + 1 :]
        comma = next((t.i for t in rest if t.text == ","), None)
        after = parsed.doc[comma + 1 :] if comma is not None else []
        if not any(t.pos in ("VERB", "AUX") and t.dep != "acl" for t in after):
            return None
        said = any(
            c.dep in ("xcomp", "ccomp") and verb.i < c.i < (comma or 0) for c in verb.children
        )
        if said or self._adds(after):
            return None
        return 0, len(parsed.doc) - 1

    def _adds(self, tokens: Sequence[Token]) -> bool:
        """« …, pour qui … », « …, citant X », « …, sans dire où »: what goes on tells of who speaks."""
        lead = [t for t in tokens[:3] if t.text.strip()]
        related = any(t.lower in self._grammar.relative for t in lead[:2])
        without = bool(lead) and lead[0].lower in self._grammar.without
        return related or without or any(self._clauses.participle(t) == "present" for t in lead[:1])

    def _sentence_start(self, parsed: Parsed) -> int:
        """Past « notons que »: what the writer tells the reader is no part of what is said."""
        doc = parsed.doc
        opener = len(doc) > 2 and self.writer(doc[0]) and doc[1].lower in self._grammar.that
        return 2 if opener else 0

    def writer(self, token: Token) -> bool:
        """Whether « notons », « rappelons »: the writer speaks to his reader."""
        word = token.lower
        return bool(token.i == 0 and word.endswith(self._grammar.imperative_endings))
