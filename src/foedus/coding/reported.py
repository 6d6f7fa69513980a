"""Reported speech: verbs of saying, and the words that are what they say.

Comes in: a verb in a parsed piece. Goes out: whether it tells of somebody saying something, and the
span of what is said: a clause after « que », the sentence around « …, a dit X », an infinitive, or a
noun phrase that is announced or bears quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.acts import Form, Span
from foedus.coding.ascribed import Ascribed
from foedus.coding.clauses import Clauses
from foedus.coding.endings import Endings
from foedus.coding.fold import fold
from foedus.coding.infinitives import Infinitives
from foedus.coding.insertions import Insertions
from foedus.coding.lexicon import Lexicon
from foedus.coding.parsing import Parsed
from foedus.coding.pointed import Pointed
from foedus.coding.quotes import Quote, QuoteIndex
from foedus.coding.spoken import Spoken
from foedus.coding.thatclauses import ThatClauses
from foedus.coding.tree import Token
from foedus.coding.words import Words

__all__ = ["Reported"]


_NEXT_SPEAKER = 14
"""Words after « et » in which the verb of the next clause stands, where somebody else says it."""


class Reported:
    """Finds what verbs of saying say, in one report."""

    def __init__(
        self,
        text: str,
        quotes: Sequence[Quote],
        clauses: Clauses,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._text = text
        self._quotes = QuoteIndex(quotes)
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self.own_voice = False
        """Whether the text is its authors' own: then what « nous » say is told as well."""
        self.insertions = Insertions(clauses, lexicon, words)
        self.pointed = Pointed(self.insertions, lexicon)
        self._endings = Endings(self._quotes, lexicon.grammar, self.trim)
        self._ascribed = Ascribed(self._quotes, clauses, lexicon, words)
        self._spoken = Spoken(lexicon, words)
        self._infinitives = Infinitives(clauses, lexicon, words)
        self._clauses_said = ThatClauses(clauses, lexicon, words, self.says)

    def says(self, token: Token) -> bool:
        """Whether a token is a verb of saying, tagged as such or not."""
        endings = self._lexicon.sayings.noun_endings
        if token.pos == "NOUN" and not token.lower.endswith(endings):
            return False
        lemmas = self._words.of(token)
        if self._spoken.first(token) is not None or self._words.under(
            token, self._lexicon.sayings.qualifying
        ):
            return True
        together = self.insertions.paired(token) or self.insertions.composed(token)
        if together or self.insertions.with_clitic(token):
            return True
        if set(lemmas[:1]) & set(self._lexicon.sayings.not_saying):
            return False
        if token.pos in ("NOUN", "ADJ") and not any(
            c.dep.startswith("aux") or c.dep == "expl:subj" for c in token.children
        ):
            return False
        entries = [e for lemma in lemmas if (e := self._lexicon.speech.get(lemma)) is not None]
        return any(not e.reflexive for e in entries) or bool(entries and self._reflects(token))

    def _reflects(self, token: Token) -> bool:
        """Whether « se » stands before a verb and its auxiliary."""
        lead = token.doc[max(0, token.i - 3) : token.i]
        return any(t.lower in self._grammar.reflexive for t in lead)

    def tells(self, token: Token) -> bool:
        """A verb of saying that somebody else than the writer or a quoted « nous » is subject of."""
        if not self.says(token) or self._undergone(token):
            return False
        marks = {c.lower for c in token.children if c.dep in ("mark", "case") and c.i < token.i}
        if marks & {*self._grammar.purpose, *self._grammar.without}:
            return False
        own = next((c for c in token.children if c.dep == "nsubj"), None)
        first = (*self._grammar.first_plural, *self._grammar.first_singular)
        if own is not None and own.lower in self._grammar.all_or_nothing:
            return False  # « tout indique que », « rien ne dit que »
        if own is None and self.insertions.writer(token):
            return False
        if own is not None and self._clauses.teller_after(token) is not None:
            return True  # « …, nous a confié un conseiller »
        return self.own_voice or own is None or own.lower not in first

    def _undergone(self, token: Token) -> bool:
        """« un homme accusé d'espionnage »: a bare participle tells what is said of somebody."""
        if self._clauses.participle(token) != "past" or token.dep not in ("acl", "amod"):
            return False
        return not any(c.dep == "obl:agent" for c in token.children)

    def content(self, verb: Token, parsed: Parsed) -> tuple[Span | None, str]:
        """Return what a verb of saying says: clause, sentence around it, infinitive, phrase."""
        span, rule = self._content(verb, parsed)
        if span is not None and rule in ("clause", "noun-phrase"):
            span = self._endings.marked_alone(span, parsed)
        return span, rule

    def _content(self, verb: Token, parsed: Parsed) -> tuple[Span | None, str]:
        ascribed = self._ascribed.first(verb, parsed)
        if ascribed is not None:
            return self._endings.before_relative(
                self.clause_from(ascribed, verb, parsed), parsed
            ), "ascribed"
        that = self._clauses_said.that(verb)
        if that is not None:
            span = self.clause_from(that.i + 1, verb, parsed)
            ne = {c.lower for c in verb.children} & set(self._grammar.negation_particles)
            said = parsed.tokens(span) if span is not None else []
            if ne and not any(t.pos in ("VERB", "AUX") for t in said):
                return None, "clause"  # « n'a engagé ses forces qu'une fois »
            return span, "clause"
        told = self.pointed.forward(verb)
        if told is not None:
            return self.clause_from(told, verb, parsed), "as-told"
        recalled = self.pointed.back(verb)
        if recalled is not None:
            return self.trim(parsed, 0, recalled - 1), "as-told"
        bare = self._clauses_said.bare(verb)
        if bare is not None:
            return self.clause_from(bare, verb, parsed), "clause"
        inserted = self.insertions.around(verb, parsed)
        if inserted is not None:
            return self.trim(parsed, *inserted), "inserted"
        announced = self.pointed.announced(verb)
        if announced is not None:
            return self.clause_from(announced, verb, parsed), "colon"
        infinitive = self._infinitive(verb)
        if infinitive is not None:
            return self._in_infinitive(verb, infinitive, parsed), "infinitive"
        spoken = self._spoken.first(verb)
        if spoken is not None:
            if self._clauses.negated(verb):
                return None, "noun-phrase"
            return self.trim(parsed, spoken, self._spoken.last(spoken, verb)), "noun-phrase"
        return self._phrase(verb, parsed), "noun-phrase"

    def _infinitive(self, verb: Token) -> Token | None:
        """The infinitive that is said; none of « si X le souhaite, fait savoir Y »."""
        found = None if self._clauses.negated(verb) else self._infinitives.of(verb)
        return None if found is not None and self.insertions.paired(found) else found

    def _in_infinitive(self, verb: Token, infinitive: Token, parsed: Parsed) -> Span | None:
        if self._says_nothing(verb, infinitive):
            return None
        start = infinitive.i
        for token in reversed(parsed.doc[verb.i + 1 : start]):
            if token.text.strip() and not self._infinitives.takes(token, infinitive):
                break
            start = token.i
        span = self.clause_from(start, verb, parsed, alone=True)
        return self._endings.before_relative(span, parsed)

    def _says_nothing(self, verb: Token, infinitive: Token) -> bool:
        """« refuse de commenter » keeps silent; « ont invité X à rejoindre l'alliance » is a deed."""
        deeds = self._words.under(verb, self._lexicon.sayings.deeds)
        if deeds & set(self._words.of(infinitive)):
            return True
        alone = not any(c.i > infinitive.i and c.pos != "PUNCT" for c in infinitive.children)
        withheld = set(self._words.of(verb)) & set(self._lexicon.sayings.withholding)
        return alone and bool(withheld) and self.says(infinitive)

    def clause_from(
        self, first: int, verb: Token, parsed: Parsed, *, alone: bool = False
    ) -> Span | None:
        """From token ``first`` to where the content ends: the sentence, less what is the verb's own.

        ``alone``: one word is enough (« promet de riposter »).
        """
        doc = parsed.doc
        if first >= len(doc):
            return None
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
        return self.trim(parsed, first, end, alone=alone)

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
        if self.says(token) and self._clauses.participle(token) == "past":
            return verbless or any(c.dep.startswith("aux") for c in verb.children)
        main = token.head if token.dep.startswith("aux") else token
        subject = any(c.dep.startswith("nsubj") for c in main.children)
        if subject or not token.finite:
            return False
        alike = self._clauses.tense(main) == self._clauses.tense(verb)
        return verbless or (
            alike and self.says(main)
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
            return own and self.says(verb) and self._clauses_said.that(verb) is not None
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
            return bool(token.head.i <= verb.i) or self.says(token)
        return token.pos in ("VERB", "AUX") and self.insertions.inverted_saying(token)

    def _all_the_while(self, token: Token) -> bool:
        """« …, tout en prévenant que », « …, en ajoutant que »: more words of saying."""
        near = token.doc[token.i : token.i + 3]
        if token.pos not in ("ADV", "ADP") or not any(t.pos == "ADP" for t in near):
            return False
        return any(self._clauses.participle(t) == "present" and self.says(t) for t in near)

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
        return any(t.feature("VerbForm") == "Inf" and self.says(t) for t in near)

    def _phrase(self, verb: Token, parsed: Parsed) -> Span | None:
        """A noun phrase that is said: announced, or bearing quotation marks."""
        lemma_entries = [self._lexicon.speech.get(lemma) for lemma in self._words.of(verb)]
        bare = any(entry is not None and entry.bare for entry in lemma_entries)
        as_phrase = any(entry is not None and entry.as_phrase for entry in lemma_entries)
        if self._clauses.negated(verb) or self._opens(verb):
            return None
        objects = [c for c in verb.children if c.dep in ("obj", "obl:arg") and c.i > verb.i]
        if as_phrase:
            as_words = self._lexicon.sayings.as_words
            like = next((t for t in verb.doc[verb.i + 1 :] if t.lower in as_words), None)
            return self.clause_from(verb.i + 1, verb, parsed) if like is not None else None
        if not objects or self._told_by(verb, objects[0]):
            return None
        first = verb.doc[objects[0].left]
        if first.dep == "case" and first.head is objects[0]:
            first = first.nbor(1)  # « menace de conséquences »
        if first.i <= verb.i:
            return None
        span = self.clause_from(first.i, verb, parsed)
        if span is None:
            return None
        if bare or self._quoted(span, opening=parsed.span(first)[0]):
            return span
        return None

    def _opens(self, verb: Token) -> bool:
        """« …», a annoncé X: what stands after a verb that nobody stands before is its subject."""
        if self._clauses.participle(verb) == "present":
            return False
        before = [t for t in verb.doc[: verb.i] if t.pos in ("NOUN", "PROPN", "PRON", "VERB")]
        return not before

    def _told_by(self, verb: Token, noun: Token) -> bool:
        """« …, a confirmé lundi le ministre X »: who stands after the verb says it, and is not said."""
        first = self._clauses.first_helper(verb)
        return first > 0 and verb.doc[first - 1].text == "," and self._clauses.may_speak(noun)

    def quotes_within(self, span: Span) -> bool:
        """Whether quotation marks open in a passage."""
        return any(span[0] <= q.outer[0] < span[1] for q in self._quotes.near(span))

    def quoted_at(self, place: int) -> Span | None:
        """Return the words in the quotation marks that open right at an offset, if marks do."""
        near = self._quotes.near((place, place + 3))
        return next((q.inner for q in near if place <= q.outer[0] <= place + 2 and q.closed), None)

    def _quoted(self, span: Span, opening: int) -> bool:
        """Whether quotation marks open near the start of a phrase and hold several words."""
        for quote in self._quotes.near(span):
            if span[0] - 3 <= quote.outer[0] <= opening + 12 and quote.outer[0] < span[1]:
                words = self._text[quote.inner[0] : quote.inner[1]].split()
                return len(words) > 1 or "'" in fold(self._text[quote.inner[0] : quote.inner[1]])
        return False

    def trim(self, parsed: Parsed, first: int, last: int, *, alone: bool = False) -> Span | None:
        """The span of tokens, its closing mark kept and its closing full stop left out."""
        doc = parsed.doc
        while first <= last and (doc[first].text in ",;:-–—" or not doc[first].text.strip()):
            first += 1
        while last >= first and (doc[last].text in ".,;:!?-–—…" or not doc[last].text.strip()):
            last -= 1
        if last < first or (last == first and not alone):
            return None
        start, end = parsed.span(doc[first], doc[last])
        return self._with_marks(start, end, parsed)

    def _with_marks(self, start: int, end: int, parsed: Parsed) -> Span:
        """Take in the marks of quotes that lie wholly inside, or that open at the very start."""
        for quote in self._quotes.near((start, end)):
            if quote.outer[0] >= end + 3 or quote.outer[1] <= start:
                continue
            covers = quote.inner[0] <= start and end <= quote.inner[1]
            if covers and parsed.piece.quote is None and quote.inner == (start, end):
                continue
            if quote.outer[0] < start <= quote.inner[0] + 1 and not covers:
                start = quote.outer[0]
            if quote.inner[1] - 2 <= end < quote.outer[1] and quote.outer[0] >= start:
                end = quote.outer[1] if quote.closed else quote.inner[1]
        return start, end

    def form(self, span: Span) -> Form:
        """Partial when several words of the content stand in quotation marks."""
        for quote in self._quotes.near(span):
            if quote.outer[0] < span[1] and span[0] < quote.outer[1]:
                within = quote.inner[0] <= span[0] and span[1] <= quote.inner[1]
                if within and quote.inner != span:
                    continue
                if (
                    len(fold(self._text[quote.inner[0] : quote.inner[1]]).replace("'", " ").split())
                    > 1
                ):
                    return "partial"
        return "indirect"
