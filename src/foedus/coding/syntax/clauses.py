"""Clauses: who says what a verb of saying leads in, and what stands over a word.

Comes in: a parsed piece and one of its tokens. Goes out: other tokens. Subjects after the verb
(« a déclaré X ») and after an opening complement are found here, once.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.coding.syntax.parsing import Parsed
from foedus.coding.syntax.subjects import GROUP, Subjects
from foedus.coding.syntax.tree import Token
from foedus.coding.syntax.verbforms import ADNOMINAL, VERBAL, Tense

__all__ = ["GROUP", "Clauses", "Tense"]

_COMMAS = (",", "-", "–", "—")
_TELLER = 8
"""Words after a verb of saying in which who says it is told."""
_PAPER = 9
"""Words between a paper and what it says that name who wrote it."""


class Clauses(Subjects):
    """Answers about verbs of one language."""

    def speakers_of(self, verb: Token, parsed: Parsed) -> list[Token]:
        """Return who may be saying, for a verb of saying, likeliest first: before it or after it."""
        teller = self.teller_after(verb) or self._narrated(verb)
        if teller is not None:
            return [teller]
        own = self.own_subject(verb)
        clitic = self._inverted_clitic(verb)
        if clitic is not None and own is not None and own.lower in self._grammar.dative_pronouns:
            own = None  # « lui a-t-elle lancé »
        after = self._told_to_nobody(verb, own) if clitic is None else None
        if after is not None:
            return [after]
        if own is not None and not self.cut_off(own, verb):
            return [own]
        paper = self._paper_before(verb)
        if paper is not None:
            return [paper]
        led = self.speakers_of_carrier(verb)
        if led:
            return led
        if own is None and (impersonal := self._he_as_impersonal(verb)):
            return [impersonal]
        if clitic is not None:
            return [clitic]
        like_present = verb.lower.endswith(self._grammar.present_like_participle)
        if (like_present or not self.infinite(verb)) and self._starts_clause(verb):
            inverted = self._inverted(verb)
            if inverted:
                return inverted
        group = verb.doc[self.group_start(verb) : verb.i]
        one = next((t for t in group if t.lower in self._grammar.one), None)
        subject = self.subject(verb, parsed) or one
        return [subject] if subject is not None else []

    def _told_to_nobody(self, verb: Token, own: Token | None) -> Token | None:
        """« les avions sont arrivés a annoncé X »: a verb that takes no person for its object is X's.

        Where something stands before it as its subject, only an organ or a function after it is
        rather who speaks (« pour des missions … a annoncé le ministère »).
        """
        if not set(self._words.of(verb)) & set(self._grammar.said_to_nobody):
            return None
        follows = [c for c in verb.children if c.i > verb.i and self._bare_noun(c)]
        if not follows:
            return None
        first = follows[0]
        if any(t.lower in self._grammar.that for t in verb.doc[verb.i + 1 : first.i]):
            return None
        thing = own is not None and own.pos == "NOUN" and not self.may_speak(own)
        rather = thing and first.pos == "NOUN" and self.may_speak(first)
        return first if own is None or rather else None

    def teller_after(self, verb: Token) -> Token | None:
        """Return who is told right after « …, a répété samedi », whatever the parser hangs on what.

        Only for a verb that takes no person for its object, set after a comma, and for a name, a
        function, an organ or a paper after it.
        """
        carrier = self.carrier(verb)  # « …, fait savoir un porte-parole »
        together = self._words.under(carrier, self._lexicon.sayings.pairs) if carrier else set()
        paired = not together.isdisjoint(self._words.of(verb))
        start = self.group_start(carrier if carrier is not None and paired else verb)
        after_comma = start > 1 and verb.doc[start - 1].text in _COMMAS
        if not after_comma or self.participle(verb) == "present":
            return None
        if not paired and not set(self._words.of(verb)) & set(self._grammar.said_to_nobody):
            return None
        first = next(iter(self._inverted(verb)), None)
        if first is None or first.i > verb.i + _TELLER:
            return None
        paper = set(self._words.of(first)) & set(self._grammar.papers)
        return first if first.pos == "PROPN" or paper or self.may_speak(first) else None

    def _narrated(self, verb: Token) -> Token | None:
        """« … », et Jan Nowak d'ajouter que »: the name before an infinitive that tells a story."""
        if (
            verb.i < 3
            or not self.infinite(verb)
            or verb.nbor(-1).lower not in self._grammar.linking
        ):
            return None
        name = self._name_head(verb.nbor(-2))
        joined = any(c.dep == "cc" and c.i < name.i for c in name.children)
        joined = joined or (name.left > 0 and verb.doc[name.left - 1].pos == "CCONJ")
        told = name.pos in ("PROPN", "NOUN") and name.dep not in ("obj", "obl:arg", "nmod")
        return name if told and joined else None

    def may_speak(self, noun: Token) -> bool:
        """Whether a noun is a function's or an organ's, and no thing's."""
        grammar = self._grammar
        speakers = {*grammar.stand_ins, *grammar.person_words, *grammar.organs}
        return bool(set(self._words.of(noun)) & speakers)

    def _paper_before(self, verb: Token) -> Token | None:
        """« a reçu un avis du gouvernement X indiquant que »: what is written says it, not its reader."""
        if self.participle(verb) != "present":
            return None
        for token in reversed(verb.doc[max(0, verb.i - _PAPER) : verb.i]):
            if token.finite or token.text in (",", ";", ":"):
                return None
            if token.pos == "NOUN" and set(self._words.of(token)) & set(self._grammar.papers):
                return token
        return None

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
        aside = False
        ends = {*self._grammar.that, *self._grammar.relative, ".", ";", ":"}
        for token in verb.doc[verb.i + 1 : verb.i + 25]:
            another = token.finite and not aside
            if token.lower in ends or (another and token.text[0] != "-"):
                break
            if self.participle(token) == "present":
                break  # « a-t-il dit, dénonçant le plan »
            if token.text == ",":
                if found and not (aside and self._nobody(found)):
                    break
                # « a résumé, la mine réjouie, X »: what stands in commas is no speaker
                aside = not found
                found.clear()
                continue
            if self._bare_noun(token):
                found.append(token)
        return found

    def _nobody(self, nouns: list[Token]) -> bool:
        return not any(n.pos in ("PROPN", "PRON") or self.may_speak(n) for n in nouns)

    def _bare_noun(self, token: Token) -> bool:
        """A noun, name or pronoun that no preposition governs and that tells no time."""
        governed = _governed(token)
        # « a confirmé au Wall Street Journal X »: the last word of a name that is governed
        if token.dep in ("nmod", "flat:name") and token.head.text[:1].isupper():
            governed = governed or _governed(token.head)
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


def _governed(token: Token) -> bool:
    return any(c.dep == "case" and c.pos == "ADP" for c in token.children)
