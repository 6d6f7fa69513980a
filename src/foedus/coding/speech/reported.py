"""Reported speech: verbs of saying, and the words that are what they say.

Comes in: a verb in a parsed piece. Goes out: whether it tells of somebody saying something, and the
span of what is said: a clause after « que », the sentence around « …, a dit X », an infinitive, or a
noun phrase that is announced or bears quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from foedus.acts import Form, Span
from foedus.coding.speech.ascribed import Ascribed
from foedus.coding.speech.endings import Endings
from foedus.coding.speech.extent import Extent
from foedus.coding.speech.infinitives import Infinitives
from foedus.coding.speech.insertions import Insertions
from foedus.coding.speech.pointed import Pointed
from foedus.coding.speech.spoken import Spoken
from foedus.coding.speech.thatclauses import ThatClauses
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.text import Quote, QuoteIndex, fold
from foedus.coding.wording import Lexicon

__all__ = ["Reported"]


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
        self._extent = Extent(
            clauses,
            lexicon,
            words,
            self.insertions,
            self._infinitives,
            self._clauses_said,
            self.says,
        )

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
        return any(not e.reflexive for e in entries) or bool(
            entries and self._ascribed.reflects(token)
        )

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
        if first >= len(parsed.doc):
            return None
        return self.trim(parsed, first, self._extent.last(first, verb), alone=alone)

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
