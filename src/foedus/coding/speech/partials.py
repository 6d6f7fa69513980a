"""Words in quotation marks that no verb of saying takes: « a salué « une décision courageuse » ».

Comes in: a parsed piece and the statements found in it. Goes out: drafts for the quotes that are left:
several words that stand under a verb by which somebody praises, blames, asks or refuses. The words
are his; where the verb tells no attitude they are nobody's, and no statement.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.speech.attribution import Attribution, Draft
from foedus.coding.speech.reported import Reported
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.text import Quote, fold
from foedus.coding.wording import Lexicon

__all__ = ["Partials"]

_VOICED = ("ACCUSE", "AGREE", "REJECT", "REQUEST", "SUPPORT", "THREATEN")
_FEWEST = 2
"""Words that make a quote more than a name in scare quotes."""
_ENOUGH = 200
"""Characters that hold as many words in any language."""
_AFTER = 60
"""Characters after a quote that hold the three words which are looked at."""
_NAME_BEFORE = ("NOUN", "PROPN")
_DESCRIBES = ("amod", "acl", "nmod", "appos")
_REACH = 6
"""Words over a quote that are looked at for its verb."""


class Partials:
    """Finds the speakers of the quotes that are left in the pieces of one report."""

    def __init__(
        self,
        text: str,
        quotes: Sequence[Quote],
        reported: Reported,
        attribution: Attribution,
        lexicon: Lexicon,
        words: Words,
        parsed: Sequence[Parsed],
    ) -> None:
        self._text = text
        self._reported = reported
        self._attribution = attribution
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        cut_out = {p.piece.quote for p in parsed}
        self._quotes = [q for n, q in enumerate(quotes) if n not in cut_out]
        self._starts = [q.outer[0] for q in self._quotes]

    def find(self, parsed: Parsed, found: Sequence[Draft]) -> list[Draft]:
        """Return drafts for the quotes of a piece that lie in no statement found."""
        if parsed.piece.quote is not None:
            return []
        drafts = []
        start, end = parsed.piece.span
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for quote in self._quotes[first:last]:
            inner, after = quote.inner
            # a few characters tell whether it has as many words; fifty thousand marks may nest
            content = fold(self._text[inner : min(after, inner + _ENOUGH)]).replace("'", " ")
            taken = any(d.span[0] < quote.outer[1] and quote.outer[0] < d.span[1] for d in found)
            if taken or not content.strip():
                continue
            words = len(content.split())
            if words <= _FEWEST and self._names(quote, parsed):
                continue
            draft = self._under_attitude(quote, parsed, few=words < _FEWEST)
            if draft is not None:
                drafts.append(draft)
        return drafts

    def _under_attitude(self, quote: Quote, parsed: Parsed, *, few: bool) -> Draft | None:
        inside = [t for t in parsed.tokens(quote.inner) if t.text.strip()]
        top = next((t for t in inside if not self._inside(t.head, inside)), None)
        verb = self._verb_over(top, inside) if top is not None else None
        if (
            top is None
            or verb is None
            or (few and not set(self._words.of(verb)) & set(self._grammar.calling))
        ):
            return None
        if self._named_by(verb, quote, parsed) or (few and self._leads_to_clause(quote, parsed)):
            return None
        span = self._phrase_around(quote, inside, top, parsed)
        draft = Draft(span=span, form=self._reported.form(span), pieces=(parsed.number,))
        if not self._attribution.attribute(draft, verb, parsed):
            return None
        if (
            draft.speaker_span is not None
            and quote.outer[0] <= draft.speaker_span[0] < quote.outer[1]
        ):
            return None
        draft.rule = f"partial:{self._words.of(verb)[0]}"
        return draft

    def _named_by(self, verb: Token, quote: Quote, parsed: Parsed) -> bool:
        """« accuse « les Anglo-Saxons » d'avoir fait X »: the marks stand around whom, and X is said."""
        if not set(self._words.of(verb)) & set(self._lexicon.sayings.put_to):
            return False
        after = self._after(quote, parsed)
        return (
            bool(after)
            and after[0].lower in self._grammar.linking
            and any(t.feature("VerbForm") == "Inf" for t in after)
        )

    def _after(self, quote: Quote, parsed: Parsed) -> list[Token]:
        """The three words after a quote."""
        end = quote.outer[1]
        return [t for t in parsed.tokens((end, end + _AFTER)) if t.text.strip()][:3]

    def _leads_to_clause(self, quote: Quote, parsed: Parsed) -> bool:
        """« s'est dit « convaincu » que X »: the clause is what is said."""
        after = self._after(quote, parsed)
        return bool(after) and after[0].lower in self._grammar.that

    def _names(self, quote: Quote, parsed: Parsed) -> bool:
        """« l'opération « Bouclier » », « le journal « La Vie » »: a name, not somebody's words."""
        if not self._text[quote.inner[0] : quote.inner[0] + 1].isupper():
            return False
        words = self._text[quote.inner[0] : quote.inner[1]].split()
        if len(words) > 1 and all(word[:1].isupper() for word in words):
            return True
        before = [t for t in parsed.doc if parsed.span(t)[1] <= quote.outer[0] and t.text.strip()]
        return not before or before[-1].pos in _NAME_BEFORE

    def _phrase_around(
        self, quote: Quote, inside: Sequence[Token], top: Token, parsed: Parsed
    ) -> Span:
        """The noun phrase whose part the quoted words are: « la réaction « mesurée » des alliés ».

        To the left a noun that they describe, to the right what hangs on them or on that noun.
        """
        first, last = inside[0].i, inside[-1].i
        noun = top.head if top.dep in _DESCRIBES and top.head.pos == "NOUN" else None
        if noun is not None and first - _REACH < noun.i < first:
            first = min(first, noun.left)
        heads = {t.i for t in inside} | ({noun.i} if noun is not None else set())
        while last + 1 < len(parsed.doc):
            token = parsed.doc[last + 1]
            if token.text.strip() and not self._hangs_on(token, heads):
                break
            last += 1
        determiner = parsed.doc[first - 1] if first else None
        if determiner is not None and determiner.pos == "DET":
            first -= 1
        start = min(quote.outer[0], parsed.span(parsed.doc[first])[0])
        words = [t for t in parsed.doc[first : last + 1] if t.text.strip() and t.text not in ",;:."]
        return start, max([quote.outer[1], *(parsed.span(t)[1] for t in words[-1:])])

    def _hangs_on(self, token: Token, heads: set[int]) -> bool:
        """Whether a word right of the quote belongs to its phrase, through prepositions and nouns."""
        for _ in range(_REACH):
            verbal = token.pos in ("VERB", "AUX") and token.lower not in self._grammar.after_words
            if token.text in ",;:." or verbal or token.pos in ("CCONJ", "PUNCT"):
                return False
            if token.head.i in heads:
                return True
            if token.head is token or token.head.i <= min(heads):
                return False
            token = token.head
        return False

    def _inside(self, token: Token, inside: Sequence[Token]) -> bool:
        return inside[0].i <= token.i <= inside[-1].i

    def _verb_over(self, top: Token, inside: Sequence[Token]) -> Token | None:
        """The nearest verb over the quote, if it tells an attitude or a saying."""
        head = top.head
        for _ in range(_REACH):
            if head.pos in ("VERB", "AUX") and not self._inside(head, inside):
                return head if head.i < inside[0].i and self._voices(head) else None
            if head.head is head:
                return None
            head = head.head
        return None

    def _voices(self, verb: Token) -> bool:
        lemmas = self._words.of(verb)
        if self._reported.says(verb) or set(lemmas) & set(self._grammar.voicing):
            return True
        frames = [f for lemma in lemmas for f in self._lexicon.by_verb.get(lemma, ())]
        return any(f.type in _VOICED for f in frames)
