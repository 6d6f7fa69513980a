"""Statements: who says what, in whose words, by way of whom.

Comes in: the parsed pieces of a report, its quotes, and who its words refer to. Goes out: drafts of
the codebook's statement records, in order of their place. Three shapes are found: words cut out as a
quote (direct), a clause under a verb of saying (indirect, or partial when marks stand in it), and
« selon X » (the same).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
from spacy.tokens import Token

from foedus.acts import Form, Span
from foedus.coding.clauses import Clauses
from foedus.coding.fold import fold
from foedus.coding.lexicon import Lexicon
from foedus.coding.parsing import Parsed, Words
from foedus.coding.quotes import Quote
from foedus.coding.referents import Referents

__all__ = ["Draft", "Statements"]

_NOMINAL = ("NOUN", "PROPN", "PRON", "X", "ADJ", "NUM")
_EDGE = " \t\r\n\u00a0\u202f,;:–—-"


class Draft(msgspec.Struct, kw_only=True):
    """A statement before it is given its id. ``pieces`` are those its content lies in."""

    span: Span
    form: Form
    speaker: str | None = None
    speakers: tuple[str, ...] = ()
    speaker_span: Span | None = None
    cue_span: Span | None = None
    via: tuple[str, ...] = ()
    verb: Span | None = None
    pieces: tuple[int, ...] = ()
    rule: str = ""


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
    ) -> None:
        self._text = text
        self._parsed = parsed
        self._quotes = quotes
        self._referents = referents
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self._block_via = block_via
        self._last: Draft | None = None
        self._last_person: Draft | None = None

    def find(self) -> list[Draft]:
        """Return the drafts in reading order; pronouns know of every statement before them."""
        drafts: list[Draft] = []
        done: set[int] = set()
        for parsed in self._parsed:
            piece = parsed.piece
            self._referents.remember(parsed)
            if piece.quote is not None:
                if piece.quote in done:
                    continue
                done.add(piece.quote)
                found = [self._direct(piece.quote, parsed)]
            else:
                found = self._reported(parsed)
            for draft in found:
                self._settle(draft, parsed)
                drafts.append(draft)
        return sorted(self._distinct(drafts), key=lambda d: d.span)

    def _settle(self, draft: Draft, parsed: Parsed) -> None:
        """Tell the rest of the report who speaks where."""
        if parsed.piece.block is not None:
            draft.via = tuple(
                dict.fromkeys([*draft.via, *self._block_via.get(parsed.piece.block, ())])
            )
        for number in draft.pieces:
            self._referents.speaks(number, draft.speaker, draft.span)
        if draft.speaker is not None:
            self._last = draft
            if draft.speaker_span is not None:
                self._referents.said_at(draft.speaker_span[0], draft.speaker)
            if self._referents.is_person(draft.speaker):
                self._last_person = draft

    # -- quotes of whole clauses --------------------------------------------------------------

    def _direct(self, index: int, first: Parsed) -> Draft:
        quote = self._quotes[index]
        mine = [p for p in self._parsed[first.number :] if p.piece.quote == index]
        draft = Draft(
            span=quote.inner, form="direct", pieces=tuple(p.number for p in mine), rule="quote"
        )
        end = mine[-1].number + 1
        after = self._parsed[end] if end < len(self._parsed) else None
        before = self._parsed[first.number - 1] if first.number else None
        if after is not None and after.piece.paragraph != first.piece.paragraph:
            after = None
        if before is not None and before.piece.paragraph != first.piece.paragraph:
            before = None
        for attempt in (
            lambda: self._attributed_after(draft, quote, after),
            lambda: self._attributed_before(draft, quote, before),
            lambda: self._attributed_next(draft, after),
            lambda: self._carried_on(draft, first, before, after),
        ):
            if attempt():
                break
        return draft

    def _attributed_after(self, draft: Draft, quote: Quote, after: Parsed | None) -> bool:
        """« X », a déclaré Y. — or « X » Y, fonction."""
        if after is None or after.piece.quote is not None:
            return False
        gap = self._text[quote.outer[1] : after.piece.span[0]]
        if any(c in gap for c in ".!?\n") and not gap.strip(" \u00a0.").startswith(","):
            opening = self._text[after.piece.span[0]]
            if opening.isupper():
                return False
        for token in list(after.doc)[:8]:
            if token.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and self._says(token):
                left = [t for t in after.doc[: token.i] if t.pos_ in ("NOUN", "PROPN")]
                if left and not self._comma_open(after):
                    return False
                return self._attribute(draft, token, after)
        mention = next(iter(self._referents.within(after.piece.span)), None)
        if mention is not None and mention.kind in ("person", "office", "body", "state"):
            lead = self._text[quote.outer[1] : mention.span[0]].strip(_EDGE)
            verbs = [t for t in after.doc if t.pos_ == "VERB"]
            if len(lead) < 4 and not verbs:
                return self._give(draft, self._referents.meant(mention), mention.span, "pull-quote")
        return False

    def _comma_open(self, after: Parsed) -> bool:
        head = self._text[max(0, after.piece.span[0] - 3) : after.piece.span[0] + 1]
        return any(c in head for c in ",–—-")

    def _attributed_before(self, draft: Draft, quote: Quote, before: Parsed | None) -> bool:
        """Y a déclaré : « X » — Y a affirmé que « X » — Y : « X »."""
        if before is None or before.piece.quote is not None:
            return False
        tail = fold(self._text[before.piece.span[0] : quote.outer[0]]).rstrip()
        colon = tail.endswith(":")
        last = tail.split()[-1].lower() if tail.split() else ""
        if not colon and last not in self._grammar.that and not last.endswith("qu'"):
            return False
        for token in reversed(list(before.doc)):
            if token.pos_ in ("VERB", "AUX", "NOUN") and self._says(token):
                return self._attribute(draft, token, before)
        if colon:
            mentions = self._referents.within(before.piece.span)
            if len(mentions) >= 1 and mentions[-1].kind in ("person", "office"):
                last_one = mentions[-1]
                if len(tail[last_one.span[1] - before.piece.span[0] :].strip(" :")) < 2:
                    meant = self._referents.meant(last_one)
                    return self._give(draft, meant, last_one.span, "headline")
        return False

    def _attributed_next(self, draft: Draft, after: Parsed | None) -> bool:
        """« X. » Par ces mots, Y a …"""
        if after is None or after.piece.quote is not None:
            return False
        start = fold(self._text[after.piece.span[0] : after.piece.span[0] + 40]).lower()
        if not any(start.startswith(phrase) for phrase in self._lexicon.sayings.phrases):
            return False
        for token in after.doc:
            if self._says(token):
                return self._attribute(draft, token, after)
        return False

    def _carried_on(
        self, draft: Draft, first: Parsed, before: Parsed | None, after: Parsed | None
    ) -> bool:
        """A quote with no attribution goes on from the one before it in the same run of words."""
        last = self._last
        if last is None or last.form == "indirect" and before is None:
            return False
        distance = first.piece.paragraph - self._paragraph_of(last)
        if distance > 1 or (distance == 1 and after is not None and before is None):
            return False
        if last.speaker is None:
            return False
        draft.speaker, draft.speakers = last.speaker, last.speakers
        draft.speaker_span, draft.cue_span = last.speaker_span, last.cue_span
        draft.rule = "quote-continued"
        return True

    def _paragraph_of(self, draft: Draft) -> int:
        return self._parsed[draft.pieces[-1]].piece.paragraph if draft.pieces else -9

    # -- clauses under verbs of saying ---------------------------------------------------------

    def _reported(self, parsed: Parsed) -> list[Draft]:
        found: list[Draft] = []
        for token in parsed.doc:
            if token.pos_ in ("VERB", "AUX", "NOUN", "ADJ") and self._tells(token, parsed):
                draft = self._under_verb(token, parsed)
                if draft is not None:
                    found.append(draft)
        found += self._according_to(parsed)
        return self._distinct(found)

    def _distinct(self, drafts: list[Draft]) -> list[Draft]:
        """Keep one draft for each stretch of content: the first found, or the one with a speaker."""
        kept: list[Draft] = []
        for draft in sorted(drafts, key=lambda d: (d.span, d.speaker is None)):
            twin = next((k for k in kept if _overlap(k.span, draft.span) > 0.7), None)
            if twin is None:
                kept.append(draft)
        return kept

    def _says(self, token: Token) -> bool:
        if token.pos_ == "NOUN" and not token.text.lower().endswith(("é", "ée", "it", "e", "t")):
            return False
        lemmas = self._words.of(token)
        if self._paired(token):
            return True
        if set(lemmas[:1]) & set(self._lexicon.sayings.not_saying):
            return False
        if token.pos_ in ("NOUN", "ADJ") and not any(
            c.dep_.startswith("aux") or c.dep_ == "expl:subj" for c in token.children
        ):
            return False
        return any(lemma in self._lexicon.speech for lemma in lemmas)

    def _paired(self, token: Token) -> bool:
        """« fait savoir », « laisse entendre »: two verbs that say together."""
        if token.i == 0:
            return False
        lead = token.doc[max(0, token.i - 2) : token.i]
        pairs = self._lexicon.sayings.pairs
        seconds = {s for t in lead for lemma in self._words.of(t) for s in pairs.get(lemma, ())}
        return bool(seconds & set(self._words.of(token)))

    def _tells(self, token: Token, parsed: Parsed) -> bool:
        """A verb of saying that somebody else than the writer or a quoted « nous » is subject of."""
        if not self._says(token):
            return False
        marks = {
            c.text.lower() for c in token.children if c.dep_ in ("mark", "case") and c.i < token.i
        }
        if marks & {*self._grammar.purpose, *self._grammar.without}:
            return False
        own = next((c for c in token.children if c.dep_ == "nsubj"), None)
        first = (*self._grammar.first_plural, *self._grammar.first_singular)
        if own is None and self._writer(token):
            return False
        return own is None or own.text.lower() not in first

    def _under_verb(self, verb: Token, parsed: Parsed) -> Draft | None:
        content, rule = self._content(verb, parsed)
        if content is None:
            return None
        draft = Draft(span=content, form="indirect", pieces=(parsed.number,), rule=rule)
        draft.form = self._form(content)
        if not self._attribute(draft, verb, parsed) and rule in ("noun-phrase", "infinitive"):
            return None
        draft.rule = f"{rule}:{self._words.of(verb)[0]}"
        return draft

    def _content(self, verb: Token, parsed: Parsed) -> tuple[Span | None, str]:
        """Return what a verb of saying says: clause, sentence around it, infinitive, phrase."""
        that = self._that(verb)
        if that is not None:
            return self._clause_from(that.i + 1, verb, parsed), "clause"
        inserted = self._inserted(verb, parsed)
        if inserted is not None:
            return inserted, "inserted"
        infinitive = self._infinitive(verb)
        if infinitive is not None:
            start = infinitive.i
            group = [c for c in infinitive.children if c.dep_.startswith(("aux", "expl", "advmod"))]
            start = min([start, *[c.i for c in group if c.i < start]])
            span = self._clause_from(start, verb, parsed)
            return self._before_relative(span, parsed), "infinitive"
        return self._phrase(verb, parsed), "noun-phrase"

    def _before_relative(self, span: Span | None, parsed: Parsed) -> Span | None:
        """« …, qui » after an infinitive tells of somebody, not of what is promised or asked."""
        if span is None:
            return None
        tokens = parsed.tokens(span)
        for token in tokens[2:]:
            comma = parsed.doc[token.i - 1].text == ","
            if comma and token.text.lower() in self._grammar.relative:
                return self._trim(parsed, tokens[0].i, token.i - 1)
        return span

    def _that(self, verb: Token) -> Token | None:
        """The « que » of the clause that is said: within reach after the verb, past the one told."""
        for token in verb.doc[verb.i + 1 : verb.i + 14]:
            word = token.text.lower()
            if word in (";", ".", "!") or (
                token.pos_ == "VERB" and self._clauses.participle(token) is None
            ):
                return None
            if word in self._grammar.that:
                if self._relative(token, verb):
                    return None
                previous = verb.doc[token.i - 1].text.lower()
                if previous in (
                    "ce",
                    "alors",
                    "tandis",
                    "ainsi",
                    "plus",
                    "moins",
                    "lors",
                    "parce",
                    "ne",
                ):
                    return None
                if token.dep_ in ("obj", "nsubj", "nmod") and token.pos_ == "PRON":
                    continue
                return token
        return None

    def _relative(self, that: Token, verb: Token) -> bool:
        """« a réitéré son appel à une zone, que l'Otan refuse »: « que » takes up the object."""
        objects = [c for c in verb.children if c.dep_ in ("obj", "obl:arg") and c.i > verb.i]
        comma = that.doc[that.i - 1].text == ","
        return comma and any(o.left_edge.i < that.i for o in objects)

    def _infinitive(self, verb: Token) -> Token | None:
        for child in verb.children:
            inf = child.morph.get("VerbForm") == ["Inf"] or any(
                c.dep_.startswith("aux") and c.morph.get("VerbForm") == ["Inf"]
                for c in child.children
            )
            if child.dep_ in ("xcomp", "ccomp", "obl:arg", "advcl") and inf and child.i > verb.i:
                purpose = any(c.text.lower() in self._grammar.purpose for c in child.children)
                return None if purpose else child
        return None

    def _clause_from(self, first: int, verb: Token, parsed: Parsed) -> Span | None:
        """From token ``first`` to where the content ends: the sentence, less what is the verb's own."""
        doc = parsed.doc
        if first >= len(doc):
            return None
        end = len(doc) - 1
        for token in doc[first + 1 :]:
            if self._leaves(token, first, verb):
                end = token.i - 1
                break
        return self._trim(parsed, first, end)

    def _leaves(self, token: Token, first: int, verb: Token) -> bool:
        """Whether reported content ends before ``token``, which belongs to the verb of saying."""
        previous = token.doc[token.i - 1]
        if previous.text == "," and token.text.lower() in self._grammar.turns:
            return True
        if (
            previous.text not in (",", "-", "–", "—", ";")
            and token.text.lower() not in self._grammar.boundary
        ):
            return False
        if token.text.lower() in self._grammar.boundary and token.i + 1 < len(token.doc):
            return (
                token.nbor(1).text.lower() in self._grammar.that and token.text.lower() == "tandis"
            )
        if self._clauses.participle(token) == "present":
            return token.head.i <= verb.i or self._says(token)
        if token.pos_ in ("VERB", "AUX") and self._inverted_saying(token):
            return True
        return False

    def _inverted_saying(self, token: Token) -> bool:
        """« …, a-t-il ajouté », « …, a indiqué le chancelier » begins at this token."""
        doc = token.doc
        verb = token
        if token.pos_ == "AUX" or token.text.lower() in ("a", "ont", "avait", "avaient", "aurait"):
            verb = next(
                (
                    t
                    for t in doc[token.i + 1 : token.i + 6]
                    if t.pos_ in ("VERB", "NOUN", "ADJ") and t.text[0] != "-"
                ),
                token,
            )
        if not any(lemma in self._lexicon.speech for lemma in self._words.of(verb)):
            return False
        after = doc[verb.i + 1 : verb.i + 2]
        return not after or after[0].text.lower() not in (*self._grammar.that, "de", "d'", ":")

    def _inserted(self, verb: Token, parsed: Parsed) -> Span | None:
        """The sentence around « …, a déclaré X » or « …, X a dit » at its end or in its midst."""
        doc = parsed.doc
        start = verb.i
        while (
            start > 0
            and doc[start - 1].pos_ in ("AUX", "ADV", "PRON")
            and doc[start - 1].text != ","
        ):
            start -= 1
        before = doc[start - 1] if start > 0 else None
        if before is None or before.text not in (",", "-", "–", "—") or start < 3:
            return None
        subject = self._clauses.own_subject(verb)
        if subject is not None and subject.i < start - 1:
            return None
        if not self._inverted_saying(doc[start]) and not self._inverted_saying(verb):
            return None
        if self._clauses.participle(verb) == "present":
            return None
        if not any(t.pos_ in ("VERB", "AUX") for t in doc[: start - 1]):
            return self._around(verb, parsed)
        return self._trim(parsed, self._sentence_start(parsed), start - 2)

    def _around(self, verb: Token, parsed: Parsed) -> Span | None:
        """« X, avait-il dit, devrait partir »: the sentence goes on after the words of saying."""
        rest = parsed.doc[verb.i + 1 :]
        comma = next((t.i for t in rest if t.text == ","), None)
        if comma is None or not any(t.pos_ in ("VERB", "AUX") for t in parsed.doc[comma + 1 :]):
            return None
        return self._trim(parsed, 0, len(parsed.doc) - 1)

    def _sentence_start(self, parsed: Parsed) -> int:
        """Past « notons que »: what the writer tells the reader is no part of what is said."""
        doc = parsed.doc
        opener = len(doc) > 2 and self._writer(doc[0]) and doc[1].text.lower() in self._grammar.that
        return 2 if opener else 0

    def _writer(self, token: Token) -> bool:
        """« notons », « rappelons »: the writer speaks to his reader."""
        return token.i == 0 and token.text.lower().endswith(self._grammar.imperative_endings)

    def _phrase(self, verb: Token, parsed: Parsed) -> Span | None:
        """A noun phrase that is said: announced, or bearing quotation marks."""
        lemma_entries = [self._lexicon.speech.get(lemma) for lemma in self._words.of(verb)]
        bare = any(entry is not None and entry.bare for entry in lemma_entries)
        as_phrase = any(entry is not None and entry.as_phrase for entry in lemma_entries)
        if self._clauses.negated(verb):
            return None
        objects = [c for c in verb.children if c.dep_ in ("obj", "obl:arg") and c.i > verb.i]
        if as_phrase:
            like = next((t for t in verb.doc[verb.i + 1 :] if t.text.lower() == "comme"), None)
            return self._clause_from(verb.i + 1, verb, parsed) if like is not None else None
        if not objects:
            return None
        first = verb.doc[objects[0].left_edge.i]
        if first.i <= verb.i:
            return None
        span = self._clause_from(first.i, verb, parsed)
        if span is None:
            return None
        if bare or self._quoted(span, opening=parsed.span(first)[0]):
            return span
        return None

    def _quoted(self, span: Span, opening: int) -> bool:
        """Whether quotation marks open near the start of a phrase and hold several words."""
        for quote in self._quotes:
            if span[0] - 3 <= quote.outer[0] <= opening + 12 and quote.outer[0] < span[1]:
                words = self._text[quote.inner[0] : quote.inner[1]].split()
                return len(words) > 1 or "'" in fold(self._text[quote.inner[0] : quote.inner[1]])
        return False

    # -- « selon X » ----------------------------------------------------------------------------

    def _according_to(self, parsed: Parsed) -> list[Draft]:
        folded = fold(self._text[parsed.piece.span[0] : parsed.piece.span[1]])
        found: list[Draft] = []
        sayings = self._lexicon.sayings
        for phrases, only_first in ((sayings.according_to, False), (sayings.for_speaker, True)):
            for phrase in phrases:
                pattern = rf"(?:^|(?<=[\s,(]))({re.escape(phrase)})(?=[\s]|(?<='))"
                for match in re.finditer(pattern, folded, re.IGNORECASE):
                    if only_first and match.start(1) > 0:
                        continue
                    draft = self._according(parsed, match.span(1), only_first)
                    if draft is not None:
                        found.append(draft)
        return found

    def _according(self, parsed: Parsed, cue: Span, person_only: bool) -> Draft | None:
        place = (parsed.start + cue[0], parsed.start + cue[1])
        after = [t for t in parsed.doc if t.idx >= cue[1] and t.pos_ != "DET"]
        if not after:
            return None
        head = next((t for t in after[:4] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
        if head is None:
            return None
        who = self._referents.of(head, parsed)
        mention = self._referents.covering(parsed.span(head))
        kinds = ("person", "office", "body", "state", "outlet", "group")
        if not who or (
            person_only and (mention is None or mention.kind not in ("person", "office"))
        ):
            return None
        if mention is not None and mention.kind not in kinds and mention.form != "demonym":
            return None
        last = self._end_of_source(head, parsed)
        comma = parsed.doc[last + 1] if last + 1 < len(parsed.doc) else None
        opens = cue[0] < 4 or not any(
            t.pos_ in ("VERB", "AUX") for t in parsed.doc if t.idx < cue[0]
        )
        if opens:
            if comma is None:
                return None
            first = last + 1 + (comma.text == ",")
            span = self._clause_from(first, head, parsed) if first < len(parsed.doc) else None
        else:
            cut = next((t.i for t in parsed.doc if t.idx >= cue[0]), 1)
            inserted = comma is not None and comma.text == "," and parsed.doc[cut - 1].text == ","
            first = self._after_saying(parsed, cut)
            span = self._trim(parsed, first, len(parsed.doc) - 1 if inserted else cut - 1)
        if span is None or span[1] - span[0] < 8:
            return None
        draft = Draft(span=span, form=self._form(span), cue_span=place, pieces=(parsed.number,))
        self._give(draft, who, parsed.span(head), "according-to")
        return draft

    def _after_saying(self, parsed: Parsed, cut: int) -> int:
        """Past the words of saying that open a piece (« », a répété X, parce que … »)."""
        if not self._inverted_saying(parsed.doc[0]):
            return 0
        openers = {*self._grammar.because, *self._grammar.that, *self._grammar.clause_openers}
        found = [t.i for t in parsed.doc[1:cut] if t.text.lower() in openers]
        return found[-1] + 1 if found else cut

    def _end_of_source(self, head: Token, parsed: Parsed) -> int:
        """The last token of the phrase after « selon », its title and name included."""
        end = head.i
        for token in parsed.doc[head.i + 1 :]:
            mention = self._referents.covering(parsed.span(token))
            inside = mention is not None and mention.span[0] <= parsed.span(head)[1] + 1
            if token.dep_ in ("flat:name", "flat:foreign") or inside:
                end = token.i
            elif token.pos_ in ("ADJ",) and token.head.i == head.i and token.i == end + 1:
                end = token.i
            elif mention is not None and mention.kind in ("person", "office", "body") and (
                token.i <= end + 3 and not any(t.pos_ in ("VERB", "AUX") for t in parsed.doc[end + 1 : token.i + 1])
                and parsed.doc[end + 1].text not in (",",)
                and parsed.doc[end + 1].pos_ != "DET"
            ):  # fmt: skip
                end = token.i
            else:
                break
        return end

    # -- who -----------------------------------------------------------------------------------

    def _attribute(self, draft: Draft, verb: Token, parsed: Parsed) -> bool:
        """Give a draft the speaker and the way of a verb of saying. False: nobody could be named."""
        draft.cue_span = draft.verb = parsed.span(verb)
        subjects = self._clauses.speakers_of(verb, parsed)
        draft.via = self._by_way_of(verb, parsed)
        if not subjects:
            return self._same_as_before(draft, verb, parsed)
        subject = next((s for s in subjects if self._referents.of(s, parsed)), subjects[0])
        word = subject.text.lower()
        draft.speaker_span = parsed.span(subject)
        if word.startswith("-") or word in (*self._grammar.he, *self._grammar.she):
            last = self._last_person
            if last is not None and last.speaker and self._near(last, parsed):
                if self._referents.may_be(word.lstrip("-t"), last.speaker):
                    return self._give(draft, (last.speaker,), draft.speaker_span, "pronoun")
        who = self._referents.of(subject, parsed)
        mention = self._referents.covering(parsed.span(subject))
        span = (
            mention.span
            if mention is not None and mention.form != "demonym"
            else draft.speaker_span
        )
        return self._give(draft, who, span, "quote")

    def _near(self, draft: Draft, parsed: Parsed) -> bool:
        return parsed.piece.paragraph - self._paragraph_of(draft) <= 2

    def _same_as_before(self, draft: Draft, verb: Token, parsed: Parsed) -> bool:
        """« soulignant que », « et ajoute que »: whoever spoke in the same sentence."""
        last = self._last
        if last is None or not last.pieces:
            return False
        home = self._parsed[last.pieces[-1]].piece
        if home.sentence != parsed.piece.sentence:
            return False
        return self._give(draft, (last.speaker,) if last.speaker else (), last.speaker_span, "same")

    def _give(self, draft: Draft, who: tuple[str, ...], span: Span | None, rule: str) -> bool:
        draft.speaker_span = span or draft.speaker_span
        draft.rule = rule
        if not who:
            return False
        draft.speakers = who
        draft.speaker = "|".join(who) if len(who) > 1 else who[0]
        draft.speaker = who[0]
        return True

    def _by_way_of(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """« dans une interview à CNN »: outlets named in the words of saying."""
        found: list[str] = []
        for mention in self._referents.within(parsed.piece.span):
            if mention.kind != "outlet" or mention.span[0] < parsed.span(verb)[1]:
                continue
            lead = parsed.tokens((parsed.span(verb)[1], mention.span[0]))
            lemmas = {lemma for t in lead for lemma in self._words.of(t)}
            if len(lead) < 8 and lemmas & set(self._lexicon.sayings.via_places):
                found += self._referents.meant(mention)
        return tuple(dict.fromkeys(found))

    # -- spans ---------------------------------------------------------------------------------

    def _form(self, span: Span) -> Form:
        """Partial when several words of the content stand in quotation marks."""
        for quote in self._quotes:
            if quote.outer[0] < span[1] and span[0] < quote.outer[1]:
                if quote.inner[0] <= span[0] and span[1] <= quote.inner[1]:
                    continue
                if (
                    len(fold(self._text[quote.inner[0] : quote.inner[1]]).replace("'", " ").split())
                    > 1
                ):
                    return "partial"
        return "indirect"

    def _trim(self, parsed: Parsed, first: int, last: int) -> Span | None:
        """The span of tokens, its closing mark kept and its closing full stop left out."""
        doc = parsed.doc
        while first <= last and (doc[first].text in ",;:-–—" or not doc[first].text.strip()):
            first += 1
        while last >= first and (doc[last].text in ".,;:!?-–—…" or not doc[last].text.strip()):
            last -= 1
        if last <= first:
            return None
        start, end = parsed.span(doc[first], doc[last])
        return self._with_marks(start, end, parsed)

    def _with_marks(self, start: int, end: int, parsed: Parsed) -> Span:
        """Take in the marks of quotes that lie wholly inside, or that open at the very start."""
        for quote in self._quotes:
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


def _overlap(a: Span, b: Span) -> float:
    inter = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    union = max(a[1], b[1]) - min(a[0], b[0])
    return inter / union if union else 0.0
