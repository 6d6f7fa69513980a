"""Who says a quote, by the words beside it: after it, before it, or in the next sentence.

Comes in: a quote's draft and the piece that stands beside it. Goes out: whether somebody is told to
say it; the draft then bears him, or that he cannot be named.
"""

from __future__ import annotations

from foedus.coding.speech.attribution import Attribution, Draft
from foedus.coding.speech.reported import Reported
from foedus.coding.speech.sources import NamedSources
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.text import Quote, ends_with_that, fold
from foedus.coding.who import SEATS, Referents
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["EDGE", "Beside"]

EDGE = " \t\r\n\u00a0\u202f,;:–—-"
"""What may stand between a quote and the words beside it."""


class Beside:
    """Attributes quotes by the words beside them, in one report."""

    def __init__(
        self,
        text: str,
        referents: Referents,
        clauses: Clauses,
        speech: Reported,
        attribution: Attribution,
        sources: NamedSources,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._text = text
        self._referents = referents
        self._clauses = clauses
        self._speech = speech
        self._attribution = attribution
        self._sources = sources
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words

    def after(self, draft: Draft, quote: Quote, after: Parsed | None) -> bool:
        """Whether what follows tells who says it: « X », a déclaré Y. — or « X » Y, fonction."""
        if after is None or after.piece.quote is not None:
            return False
        gap = self._text[quote.outer[1] : after.piece.span[0]]
        if any(c in gap for c in ".!?\n") and not gap.strip(" \u00a0.").startswith(","):
            opening = self._text[after.piece.span[0]]
            if opening.isupper():
                return False
        reach = 14 if self._grammar.bare_clauses else 8  # « …,” the minister, Jan Nowak, said »
        for token in list(after.doc)[:reach]:
            if token.pos in ("VERB", "AUX", "NOUN", "ADJ", "X") and self._speech.says(token):
                left = [t for t in after.doc[: token.i] if t.pos in ("NOUN", "PROPN")]
                if left and not self._comma_open(after):
                    return False
                return self._attribution.attribute(draft, token, after)
        verb = self._any_verb(after)
        if verb is not None:
            return self._attribution.attribute(draft, verb, after)
        source = self._sources.named(after)
        if source is not None:
            return self._attribution.give(draft, *source, "according-to")
        mention = next(iter(self._referents.index.within(after.piece.span)), None)
        if mention is not None and mention.kind in ("person", "office", "body", "state"):
            lead = self._text[quote.outer[1] : mention.span[0]].strip(EDGE)
            verbs = [t for t in after.doc if t.pos == "VERB"]
            if len(lead) < 4 and not verbs:
                return self._attribution.give(
                    draft, self._referents.meant(mention), mention.span, "pull-quote"
                )
        return False

    def _any_verb(self, after: Parsed) -> Token | None:
        """« …», soupire X, « …», a balayé X: right after a quote any verb set before its subject says."""
        clitics = self._grammar.inverted_pronouns
        inverted = next((t.i for t in after.doc[:4] if t.lower in clitics), 0)
        if inverted:
            return after.doc[inverted - 1]  # « …» peut-on lire dans X
        if not after.doc or not self._comma_open(after):
            return None
        reflexive = after.doc[0].lower in self._grammar.reflexive and len(after.doc) > 1
        first = after.doc[1 if reflexive else 0]
        if first.lower in self._grammar.past_auxiliaries and len(after.doc) > 1:
            own = next(
                (t for t in after.doc[1:8] if t.pos == "VERB"), None
            )  # « a pour sa part mis »
            near = next((t for t in after.doc[1:4] if t.pos in ("ADJ", "NOUN")), first)
            first = own or near
        infinitives = self._grammar.infinitive_endings
        # a noun without an article right before a name is a verb that the tagger missed
        following = after.doc[first.i + 1].pos if first.i + 1 < len(after.doc) else ""
        missed = first.pos in ("NOUN", "ADJ") and following in ("PROPN", "DET")
        verbal = (missed or first.pos in ("VERB", "AUX", "X")) and any(
            lemma.endswith(infinitives) for lemma in self._words.of(first)
        )
        if not verbal or self._clauses.participle(first) == "present":
            return None
        return first if self._clauses.speakers_after_quote(first, after) else None

    def _comma_open(self, after: Parsed) -> bool:
        head = self._text[max(0, after.piece.span[0] - 3) : after.piece.span[0] + 1]
        return any(c in head for c in ",–—-")

    def before(self, draft: Draft, quote: Quote, before: Parsed | None) -> bool:
        """Whether what leads in tells who says it: Y a déclaré : « X » — Y a affirmé que « X » — Y : « X »."""
        if before is None or before.piece.quote is not None:
            return False
        tail = fold(self._text[before.piece.span[0] : quote.outer[0]]).rstrip()
        colon = tail.endswith(":")
        last = tail.split()[-1].lower() if tail.split() else ""
        if not colon and not ends_with_that(last, self._grammar):
            return False
        for token in reversed(list(before.doc)):
            if token.pos in ("VERB", "AUX", "NOUN") and self._speech.says(token):
                return self._attribution.attribute(draft, token, before)
        if self._by_subject(draft, before):
            return True
        opening = self._referents.pronouns.opening(before) if colon else None
        if opening is not None:
            who = self._referents.of(opening, before)
            return self._attribution.give(draft, who, before.span(opening), "introduced")
        if colon:
            mentions = self._referents.index.within(before.piece.span)
            if len(mentions) >= 1 and self._may_lead_in(mentions[-1], before):
                last_one = mentions[-1]
                if len(tail[last_one.span[1] - before.piece.span[0] :].strip(" :")) < 2:
                    meant = self._referents.meant(last_one)
                    return self._attribution.give(draft, meant, last_one.span, "headline")
        return False

    def _may_lead_in(self, mention: Mention, before: Parsed) -> bool:
        """« Jan Nowak : », « Réaction du Kremlin : »: a person, or without a verb the seat of a state."""
        verbless = not any(t.pos in ("VERB", "AUX") for t in before.doc)
        return mention.kind in ("person", "office") or (mention.form in SEATS and verbless)

    def _by_subject(self, draft: Draft, before: Parsed) -> bool:
        """« X ne décolère pas : « … » », « X a formé le vœu que « … » »: who does it says it."""
        finite = [
            t for t in before.doc
            if t.pos == "VERB" and self._clauses.participle(t) is None and not t.dep.startswith("acl")
        ]  # fmt: skip
        for verb in reversed(finite):
            subject = self._clauses.subject(verb, before)
            if subject is None:
                continue
            who = self._referents.of(subject, before)
            if who and self._referents.pronouns.is_person(who[0]):
                self._attribution.give(draft, who, before.span(subject), "introduced")
                draft.cue_span = before.span(verb)
                return True
            return False
        return False

    def opening(self, draft: Draft, quote: Quote, after: Parsed | None) -> bool:
        """« Nous ne sommes pas en guerre. » À l'issue du sommet, X a écarté …: X said it.

        A whole sentence in marks that opens a paragraph, and a next one whose subject is a person.
        """
        if after is None or after.piece.quote is not None:
            return False
        whole = self._text[quote.inner[0] : quote.outer[1] + 1].rstrip(' \u00a0\u202f»”"')
        first = self._text[after.piece.span[0] :][:1]
        if not whole.endswith((".", "!", "?", "…")) or not first.isupper():
            return False
        verb = next((t for t in after.doc if t.dep == "ROOT"), None)
        subject = self._clauses.subject(verb, after) if verb is not None else None
        who = self._referents.of(subject, after) if subject is not None else ()
        if subject is None or len(who) != 1 or not self._referents.pronouns.is_person(who[0]):
            return False
        return self._attribution.give(draft, who, after.span(subject), "opening")

    def next_sentence(self, draft: Draft, after: Parsed | None) -> bool:
        """Whether the next sentence tells who said it: « X. » Par ces mots, Y a …"""
        if after is None or after.piece.quote is not None:
            return False
        start = fold(self._text[after.piece.span[0] : after.piece.span[0] + 40]).lower()
        if not any(start.startswith(phrase) for phrase in self._lexicon.sayings.phrases):
            return False
        for token in after.doc:
            if self._speech.says(token):
                return self._attribution.attribute(draft, token, after)
        return False
