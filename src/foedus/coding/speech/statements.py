"""Statements: who says what, in whose words, by way of whom.

Comes in: the parsed pieces of a report, its quotes, and who its words refer to. Goes out: drafts of
the codebook's statement records, in order of their place. Three shapes are found: words cut out as a
quote (direct), a clause under a verb of saying (indirect, or partial when marks stand in it), and
« selon X » (the same).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

import msgspec

from foedus.acts import Span
from foedus.coding.speech.attribution import UNNAMED, Attribution, Draft
from foedus.coding.speech.beside import EDGE, Beside
from foedus.coding.speech.chains import Chains
from foedus.coding.speech.echoes import tell_from_elsewhere
from foedus.coding.speech.headings import Headings
from foedus.coding.speech.interviews import Interview
from foedus.coding.speech.partials import Partials
from foedus.coding.speech.reported import Reported
from foedus.coding.speech.sources import NamedSources
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.text import Quote
from foedus.coding.who import Referents, issuers
from foedus.coding.wording import Lexicon

__all__ = ["Draft", "Statements"]


_CAPTION = 18
"""Words of a line over a quote that only names who speaks."""
_HEADING = 70
"""Characters of a heading at most."""
_MARKS = 12
"""Characters around a quote that is a heading: its marks, dashes, stars."""
_OPENING = " \u00a0\u202f«“\"'"
_NEAR = 12
"""How many drafts back a twin of a draft may stand."""


class Statements:
    """Finds the statements of one report."""

    def __init__(
        self,
        text: str,
        parsed: Sequence[Parsed],
        quotes: Sequence[Quote],
        referents: Referents,
        clauses: Clauses,
        lexicon: Lexicon,
        words: Words,
        block_via: dict[int, tuple[str, ...]],
        body: Sequence[Span],
    ) -> None:
        self._text = text
        self._parsed = parsed
        self._quotes = quotes
        self._referents = referents
        self._clauses = clauses
        self._lexicon = lexicon
        self._words = words
        self._block_via = block_via
        self._body = body
        sayings = lexicon.sayings
        grammar = lexicon.grammar
        self._interview = Interview(
            text, body, parsed, quotes, referents, sayings.askers, sayings.answering,
            (*grammar.first_singular, *grammar.first_plural), grammar.second_plural, sayings.interview,
        )  # fmt: skip
        self._attribution = Attribution(parsed, referents, clauses, lexicon, words)
        self._speech = Reported(text, quotes, clauses, lexicon, words)
        if not self._interview.questions:
            issued_by = issuers(parsed, referents.index, lexicon.grammar)
            referents.pronouns.issuers = issued_by
            self._speech.own_voice = bool(issued_by)
        self._partials = Partials(
            text, quotes, self._speech, self._attribution, lexicon, words, parsed
        )
        self._sources = NamedSources(
            text, referents, self._speech, self._attribution, lexicon, words
        )
        self._headings = Headings(
            text, parsed, referents, self._speech, self._attribution, lexicon, words
        )
        self._beside = Beside(
            text, referents, clauses, self._speech, self._attribution, self._sources, lexicon, words
        )

    def find(self) -> list[Draft]:
        """Return the drafts in reading order; pronouns know of every statement before them."""
        drafts: list[Draft] = []
        done: set[int] = set()
        answered: set[int] = set()
        for parsed in self._parsed:
            piece = parsed.piece
            self._referents.remember(parsed)
            if self._interview.answers(piece.paragraph) and piece.paragraph not in answered:
                answered.add(piece.paragraph)
                drafts.append(self._answer(piece.paragraph, parsed))
            who = self._interview.interviewee
            asked = piece.paragraph in self._interview.questions
            if who and piece.paragraph + asked > self._interview.first:
                # until a statement in it tells otherwise, « nous » is who answers
                self._referents.pronouns.speaks(parsed.number, None if asked else who)
                if asked:
                    self._referents.pronouns.asks(parsed.number, who)
            if piece.quote is not None:
                if piece.quote in done:
                    continue
                done.add(piece.quote)
                found = self._direct(piece.quote, parsed)
            else:
                found = self._reported(parsed)
            for draft in found:
                self._settle(draft, parsed)
                drafts.append(draft)
        tell_from_elsewhere(self._text, self._body, drafts, self._quotes)
        Chains(self._parsed, self._referents, self._lexicon, self._words).settle(drafts)
        return sorted(self._handed_on(self._distinct(drafts)), key=lambda d: d.span)

    def _handed_on(self, drafts: list[Draft]) -> list[Draft]:
        """« X a déclaré que …, rapporte l'AFP »: what an outlet tells that somebody said is his."""
        beside: dict[int, list[Draft]] = {}
        for draft in drafts:
            for number in draft.pieces:
                beside.setdefault(number, []).append(draft)
        kept: list[Draft] = []
        for outer in drafts:
            inner = [d for d in beside.get(outer.pieces[0], ()) if self._hands_on(outer, d)]
            for draft in inner:
                teller = (outer.speaker,) if outer.speaker else ()
                draft.via = tuple(dict.fromkeys([*draft.via, *teller]))
            if not inner:
                kept.append(outer)
        return kept

    def _hands_on(self, outer: Draft, inner: Draft) -> bool:
        if outer is inner or outer.speaker_span is None or inner.speaker in (None, outer.speaker):
            return False
        mention = self._referents.index.covering(outer.speaker_span)
        if mention is None or mention.kind != "outlet" or inner.cue_span is None:
            return False
        before = outer.span[0] <= inner.cue_span[0] and inner.span[1] == outer.span[1]
        after = outer.span[0] <= inner.span[0] and inner.span[1] <= inner.cue_span[0]
        return before or (after and inner.cue_span[1] <= outer.span[1])

    def _answer(self, paragraph: int, first: Parsed) -> Draft:
        """An answer of an interview that bears no marks: the whole paragraph, in his own words."""
        following = islice(self._parsed, first.number, None)
        mine = list(takewhile(lambda p: p.piece.paragraph == paragraph, following))
        span, label = self._interview.content(paragraph, self._body[paragraph], self._text)
        draft = Draft(span=span, form="direct", pieces=tuple(p.number for p in mine))
        who = self._interview.interviewee
        self._attribution.give(draft, (who,) if who else (), label, "interview")
        self._settle(draft, first)
        return draft

    def _settle(self, draft: Draft, parsed: Parsed) -> None:
        """Tell the rest of the report who speaks where."""
        if parsed.piece.block is not None:
            draft.via = tuple(
                dict.fromkeys([*draft.via, *self._block_via.get(parsed.piece.block, ())])
            )
        pronouns = self._referents.pronouns
        if draft.form != "direct" and draft.speaker in pronouns.issuers:
            return  # « nous » is still all of those whose text it is
        for number in draft.pieces:
            pronouns.speaks(number, draft.speaker, draft.span)
        self._attribution.remember(draft)

    def _direct(self, index: int, first: Parsed) -> list[Draft]:
        quote = self._quotes[index]
        following = islice(self._parsed, first.number, None)
        mine = list(takewhile(lambda p: p.piece.quote == index, following))
        draft = Draft(
            span=_without_comma(self._text, quote.inner),
            form="direct",
            pieces=tuple(p.number for p in mine),
            rule="quote",
        )
        end = mine[-1].number + 1
        after = self._parsed[end] if end < len(self._parsed) else None
        before = self._parsed[first.number - 1] if first.number else None
        if after is not None and after.piece.paragraph != first.piece.paragraph:
            after = None
        if before is not None and before.piece.paragraph != first.piece.paragraph:
            before = None
        if not (
            self._beside.after(draft, quote, after)
            or self._beside.before(draft, quote, before)
            or self._beside.next_sentence(draft, after)
            or (before is None and self._beside.opening(draft, quote, after))
        ):
            halves = self._parted(draft, mine)
            if halves:
                return halves
            if draft.rule != UNNAMED and not self._captioned(draft, first):
                self._carried_on(draft, first, before, after)
        who = self._interview.interviewee
        claimed = draft.speaker is not None or draft.rule == UNNAMED
        if not claimed and who and self._interview.his(first.piece.paragraph):
            self._attribution.give(draft, (who,), None, "interview")
        return [draft]

    def _captioned(self, draft: Draft, first: Parsed) -> bool:
        """« Synthé : Jan Nowak, maire » over a quote: a line without a verb that names one person."""
        above = self._parsed[first.number - 1] if first.number else None
        if above is None or above.piece.quote is not None or len(above.doc) > _CAPTION:
            return False
        near = first.piece.paragraph - above.piece.paragraph <= 1
        named = [m for m in self._referents.index.within(above.piece.span) if m.kind == "person"]
        if not near or len(named) != 1 or any(t.finite for t in above.doc):
            return False
        return self._attribution.give(
            draft, self._referents.meant(named[0]), named[0].span, "caption"
        )

    def _parted(self, draft: Draft, mine: Sequence[Parsed]) -> list[Draft]:
        """« Nous irons, a dit X. Demain. »: words of saying inside the marks part the quote."""
        for parsed in mine:
            for token in parsed.doc:
                saying = token.pos == "VERB" and self._speech.says(token)
                words = self._speech.insertions.words_of_saying(token, parsed) if saying else None
                if words is None:
                    continue
                first = msgspec.structs.replace(draft, span=(draft.span[0], words[0]))
                if words[0] - draft.span[0] < 3 or not self._attribution.attribute(
                    first, token, parsed
                ):
                    continue
                rest = self._text[words[1] : draft.span[1]]
                start = draft.span[1] - len(rest.lstrip(EDGE + "."))
                second = msgspec.structs.replace(first, span=(start, draft.span[1]))
                first.rule = second.rule = "quote-parted"
                return [first, second] if len(rest.split()) > 1 else [first]
        return []

    def _carried_on(
        self, draft: Draft, first: Parsed, before: Parsed | None, after: Parsed | None
    ) -> bool:
        """A quote with no attribution goes on from the one before it in the same run of words."""
        last = self._attribution.last
        if last is None or (last.form == "indirect" and before is None):
            return False
        if before is None and after is None and self._heading(draft, first):
            return False
        distance = first.piece.paragraph - self._attribution.paragraph_of(last)
        if distance > 1 or (distance == 1 and after is not None and before is None):
            return False
        led_in = before is not None and self._text[before.start : first.start].rstrip(
            _OPENING
        ).endswith(":")
        if last.speaker is None or led_in:
            return False
        draft.speaker = last.speaker
        draft.speaker_span, draft.cue_span = last.speaker_span, last.cue_span
        draft.rule = "quote-continued"
        return True

    def _heading(self, draft: Draft, first: Parsed) -> bool:
        """« « Nous tiendrons » » alone in its paragraph and without a stop: a heading, of whoever says it below."""
        start, end = self._body[first.piece.paragraph]
        alone = end - start - (draft.span[1] - draft.span[0]) < _MARKS
        return alone and end - start < _HEADING and self._text[draft.span[1] - 1] not in ".!?…"

    def _reported(self, parsed: Parsed) -> list[Draft]:
        found: list[Draft] = []
        for token in parsed.doc:
            if token.pos in ("VERB", "AUX", "NOUN", "ADJ", "X") and self._speech.tells(token):
                for draft in self._conditional(token, parsed) or self._under_verb(token, parsed):
                    found.append(draft)
                    self._attribution.remember(draft)  # « …, a dit X, soulignant que »
        found += self._headings.find(parsed)
        found += self._sources.find(parsed, found)
        found += self._partials.find(parsed, found)
        return self._distinct(found)

    def _distinct(self, drafts: list[Draft]) -> list[Draft]:
        """Keep one draft for each stretch of content: the first found, or the one with a speaker."""
        kept: list[Draft] = []
        for draft in sorted(drafts, key=lambda d: (d.span, d.speaker is None)):
            # sorted by their start: what overlaps most of this draft is among the last kept
            if not any(_overlap(k.span, draft.span) > 0.7 for k in kept[-_NEAR:]):
                kept.append(draft)
        return kept

    def _conditional(self, verb: Token, parsed: Parsed) -> list[Draft]:
        """« Si X venait, a prévenu Y, Z partirait »: two statements of one speaker."""
        halves = self._speech.insertions.halves(verb, parsed)
        drafts = []
        for first, last in halves or ():
            span = self._speech.trim(parsed, first, last)
            if span is None:
                return []
            draft = Draft(span=span, form=self._speech.form(span), pieces=(parsed.number,))
            self._attribution.attribute(draft, verb, parsed)
            draft.rule = f"inserted:{self._words.of(verb)[0]}"
            drafts.append(draft)
        return drafts

    def _under_verb(self, verb: Token, parsed: Parsed) -> list[Draft]:
        content, rule = self._speech.content(verb, parsed)
        if content is None:
            return []
        draft = Draft(span=content, form="indirect", pieces=(parsed.number,), rule=rule)
        draft.form = self._speech.form(content)
        named = self._attribution.attribute(draft, verb, parsed)
        if not named and (
            rule in ("noun-phrase", "ascribed")
            or (rule == "infinitive" and not self._told_by_somebody(verb, parsed))
        ):
            return []
        if rule == "inserted":
            self._without_lead(draft, parsed)
        draft.rule = f"{rule}:{self._words.of(verb)[0]}"
        return [draft]

    def _told_by_somebody(self, verb: Token, parsed: Parsed) -> bool:
        """« le maire assure avoir été prévenu »: a function or an organ says it, though no name is known."""
        subjects = self._clauses.speakers_of(verb, parsed)
        return bool(subjects) and self._clauses.may_speak(subjects[0])

    def _without_lead(self, draft: Draft, parsed: Parsed) -> None:
        """« X n'a pas tranché : tout reste ouvert, a dit X »: what is told of the speaker is not his."""
        words = parsed.tokens(draft.span)
        colon = next((t for t in words if t.text == ":"), None)
        if colon is None or draft.speaker is None:
            return
        lead = words[: words.index(colon)]
        subject = next((t for t in lead if t.dep.startswith("nsubj")), None)
        rest = draft.span[1] - parsed.span(colon)[1]
        bare = not any(t.pos in ("VERB", "AUX") for t in lead)  # « Riposte de X : …, dit X »
        his = subject is not None and draft.speaker in self._referents.of(subject, parsed)
        if (bare or his) and rest > 8:
            start = draft.span[1] - len(
                self._text[parsed.span(colon)[1] : draft.span[1]].lstrip(EDGE)
            )
            draft.span = (start, draft.span[1])
            draft.form = self._speech.form(draft.span)


def _without_comma(text: str, span: Span) -> Span:
    """« “We will help,” she said »: that comma is the sentence's, not hers."""
    end = span[1] - 1
    return (span[0], end) if end > span[0] and text[end] == "," else span


def _overlap(a: Span, b: Span) -> float:
    inter = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    union = max(a[1], b[1]) - min(a[0], b[0])
    return inter / union if union else 0.0
