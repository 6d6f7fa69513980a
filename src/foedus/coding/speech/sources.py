"""« Selon X »: statements that a source is named for, without a verb of saying.

Comes in: a parsed piece. Goes out: drafts of statements for « selon », « d'après », and « pour X, »
at the head of a sentence when X is somebody who can speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.acts import Span
from foedus.coding.speech.attribution import Attribution, Draft
from foedus.coding.speech.reported import Reported
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.text import fold
from foedus.coding.who import Referents
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["NamedSources"]

_DASHES = ("-", "–", "—")
_FEWEST = 3
"""Words that are something said."""
_PAPER = 5
"""Nouns before « selon lequel » among which a paper stands with whose it is."""
_LABEL = re.compile(r"[\w']{2,20} ?[-–—:] ?")
"""« ENTRETIEN – »: a word over a page, before its first sentence."""
_PHRASE = 16
"""Words that a source's title and name take at most."""


class NamedSources:
    """Finds what is said « selon » somebody, in one report."""

    def __init__(
        self,
        text: str,
        referents: Referents,
        reported: Reported,
        attribution: Attribution,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._text = text
        self._referents = referents
        self._reported = reported
        self._attribution = attribution
        self._lexicon = lexicon
        self._words = words
        self._grammar = lexicon.grammar
        self._himself = {*self._grammar.he, *self._grammar.she, *self._grammar.they}

    def find(self, parsed: Parsed, told: Sequence[Draft] = ()) -> list[Draft]:
        """Return the drafts of one piece, in the order of their wording's file.

        ``told`` are those that its verbs of saying gave: « selon lui » in one of them names nobody else.
        """
        folded = fold(self._text[parsed.piece.span[0] : parsed.piece.span[1]])
        found: list[Draft] = []
        signed = self._signed(parsed)
        if signed is not None:
            found.append(signed)
        small = folded.lower()
        sayings = self._lexicon.sayings
        for phrases, only_first in ((sayings.according_to, False), (sayings.for_speaker, True)):
            for phrase in phrases:
                if phrase not in small:
                    continue
                pattern = rf"(?:^|(?<=[\s,(]))({re.escape(phrase)})(?=[\s]|(?<='))"
                for match in re.finditer(pattern, folded, re.IGNORECASE):
                    relative = folded[match.end(1) :].split()[:1]
                    opens = not match.start(1) or _LABEL.fullmatch(folded, 0, match.start(1))
                    if only_first and not opens and not self._relates(relative):
                        continue
                    draft = self._according(parsed, match.span(1), only_first)
                    if draft is not None and not self._within(draft, told):
                        found.append(draft)
        return found

    def _within(self, draft: Draft, told: Sequence[Draft]) -> bool:
        """« X a dit que la guerre durerait, selon lui, des années »: said once."""
        who = draft.speaker_span
        cue = draft.cue_span
        if who is None or cue is None or self._text[slice(*who)].lower() not in self._himself:
            return False
        return any(d.span[0] <= cue[0] < d.span[1] for d in told)

    def _signed(self, parsed: Parsed) -> Draft | None:
        """« L'alliance ira de l'avant – Stoltenberg »: a headline that ends with who says it."""
        dash = next((t for t in reversed(parsed.doc) if t.text in _DASHES), None)
        if dash is None or dash.i < _FEWEST or parsed.piece.quote is not None:
            return None
        mention = self._referents.index.covering((parsed.span(dash)[1] + 1, parsed.piece.span[1]))
        if mention is None or mention.kind not in ("person", "office", "state", "body"):
            return None
        tail = self._text[parsed.span(dash)[1] : parsed.piece.span[1]]
        alone = tail.strip() == self._text[slice(*mention.span)]
        if not alone or not any(t.finite for t in parsed.doc[: dash.i]):
            return None
        span = self._reported.trim(parsed, 0, dash.i - 1)
        if span is None:
            return None
        draft = Draft(span=span, form=self._reported.form(span), pieces=(parsed.number,))
        self._attribution.give(draft, self._referents.meant(mention), mention.span, "headline")
        return draft

    def named(self, parsed: Parsed) -> tuple[tuple[str, ...], Span] | None:
        """Return who a piece names that begins with « selon », after the words of a quote."""
        words = fold(self._text[parsed.piece.span[0] : parsed.piece.span[1]]).lower()
        phrase = next((p for p in self._lexicon.sayings.according_to if words.startswith(p)), None)
        if phrase is None:
            return None
        after = [t for t in parsed.doc if t.idx >= len(phrase)][:5]
        head = next((t for t in after if t.pos in ("NOUN", "PROPN", "PRON")), None)
        who = self._referents.of(head, parsed) if head is not None else ()
        return (who, parsed.span(head)) if head is not None and who else None

    def _according(self, parsed: Parsed, cue: Span, person_only: bool) -> Draft | None:
        place = (parsed.start + cue[0], parsed.start + cue[1])
        after = [t for t in parsed.doc if t.idx >= cue[1] and t.pos != "DET"]
        if not after:
            return None
        # the tagger takes short names (« CNN ») for foreign words
        head = next((t for t in after[:4] if t.pos in ("NOUN", "PROPN", "PRON", "X")), None)
        if head is None or any(t.lower in self._grammar.that for t in after[: after.index(head)]):
            return None  # « pour peu que X »
        if head.lower in self._grammar.relative:
            return self._for_whom(head, place, parsed, person_only=person_only)
        pronouns = self._referents.pronouns
        told = self._attribution.tellers.of(head, parsed, parsed.piece.span)
        who = told[0] if told else ()
        who = who or pronouns.speaking(head, parsed) or self._referents.of(head, parsed)
        who = () if self._attribution.private(who, head) else who
        unnamed = not who and not person_only and self._unnamed_source(head)
        mention = self._referents.index.covering(parsed.span(head))
        kinds = ("person", "office", "body", "state", "outlet", "group")
        # « pour la chercheuse X »: the noun is no name, and means one person
        told_of = len(who) == 1 and self._words.means_person(head) and pronouns.is_person(who[0])
        if not (who or unnamed) or (
            person_only and not told_of and not self._may_hold(mention, parsed)
        ):
            return None
        if mention is not None and mention.kind not in kinds and mention.form != "demonym":
            return None
        last = self._end_of_source(head, parsed)
        comma = parsed.doc[last + 1] if last + 1 < len(parsed.doc) else None
        before = [t for t in parsed.doc if t.idx < cue[0]]
        # « Huit millions de personnes, selon X, ont fui »
        parted = bool(before) and before[-1].text == "," and comma is not None and comma.text == ","
        opens = (
            cue[0] < 4
            or before[-1].text in (":", ";")  # « X a nié : d'après lui, … »
            or not (parted or any(t.pos in ("VERB", "AUX") for t in before))
        )
        if opens:
            if comma is None:
                return None
            first = last + 1 + (comma.text == ",")
            span = (
                self._reported.clause_from(first, head, parsed) if first < len(parsed.doc) else None
            )
        else:
            cut = next((t.i for t in parsed.doc if t.idx >= cue[0]), 1)
            inserted = comma is not None and comma.text == "," and parsed.doc[cut - 1].text == ","
            inserted = inserted or (
                head.pos == "PRON" and comma is not None
            )  # « prévoit selon lui »
            first = self._last_clause(parsed, self._after_saying(parsed, cut), cut)
            inserted = inserted and not self._complete(
                parsed.doc[first:cut], parsed.doc[last + 2 :]
            )
            span = self._reported.trim(parsed, first, len(parsed.doc) - 1 if inserted else cut - 1)
        if span is None or not self._says_something(span, parsed):
            return None
        who = who or self._attribution.tellers.unnamed.side(head, span, parsed)
        draft = Draft(
            span=span, form=self._reported.form(span), cue_span=place, pieces=(parsed.number,)
        )
        self._attribution.give(draft, who, parsed.span(head), "according-to")
        return draft

    def _may_hold(self, mention: Mention | None, parsed: Parsed) -> bool:
        """« pour X, … » gives X's view: a person's; a state's or body's where words are quoted.

        « Pour l'Ukraine, l'hiver sera rude » is the writer's; « pour Moscou, … » is Moscow's.
        """
        if mention is None:
            return False
        if mention.kind in ("person", "office") or mention.form in ("capital", "metonym"):
            return True
        rest = (mention.span[1], parsed.piece.span[1])
        return mention.kind in ("state", "body") and self._reported.quotes_within(rest)

    def _says_something(self, span: Span, parsed: Parsed) -> bool:
        """« il a dit, selon X »: words of saying are nothing that X says."""
        enough = len(self._text[span[0] : span[1]].split()) >= _FEWEST
        return enough and any(
            t.pos not in ("PRON", "AUX", "PUNCT") and not self._reported.says(t)
            for t in parsed.tokens(span)
        )

    def _relates(self, words: list[str]) -> bool:
        return bool(words) and words[0].lower() in self._grammar.relative

    def _for_whom(
        self, relative: Token, place: Span, parsed: Parsed, *, person_only: bool
    ) -> Draft | None:
        """« X, pour qui la guerre durera »: what stands after the relative is X's."""
        before = [t for t in parsed.doc[: relative.i] if t.pos in ("NOUN", "PROPN")]
        who = self._referents.of(before[-1], parsed) if before else ()
        mention = self._referents.index.covering(parsed.span(before[-1])) if before else None
        kinds = (
            ("person", "office") if person_only else ("person", "office", "outlet", "body", "state")
        )
        said_at = mention.span if mention is not None and mention.kind in kinds else None
        if said_at is None and not person_only:
            who, said_at = self._by_paper(before[-_PAPER:], relative, parsed)
        if said_at is None:
            return None
        span = self._reported.quoted_at(parsed.span(relative)[1])
        span = span or self._reported.clause_from(relative.i + 1, relative, parsed)
        if span is None or not any(t.pos in ("VERB", "AUX") for t in parsed.tokens(span)):
            return None
        draft = Draft(
            span=span, form=self._reported.form(span), cue_span=place, pieces=(parsed.number,)
        )
        self._attribution.give(draft, who, said_at, "according-to")
        return draft

    def _by_paper(
        self, before: list[Token], relative: Token, parsed: Parsed
    ) -> tuple[tuple[str, ...], Span | None]:
        """« un avis du gouvernement X selon lequel », « sa déclaration selon laquelle »: whose it is."""
        papers = set(self._grammar.papers)
        paper = next((t for t in reversed(before) if set(self._words.of(t)) & papers), None)
        if paper is None:
            return (), None
        if any(c.lower in self._grammar.possessive for c in paper.children):
            people = [
                m for m in self._referents.index.within((parsed.start, parsed.span(paper)[0]))
                if m.kind == "person" and len(m.entities) == 1
            ]  # fmt: skip
            last = self._referents.people.last(paper, parsed)
            who = people[-1].entities if people else (last,) if last is not None else ()
            return who, parsed.span(paper) if who else None
        who, said_at = self._attribution.tellers.issuer(paper, parsed)
        named = parsed.span(paper)[1] <= said_at[0] and said_at[1] <= parsed.span(relative)[0]
        return (who, said_at) if who and named else ((), None)

    def _after_saying(self, parsed: Parsed, cut: int) -> int:
        """Past the words of saying that open a piece (« », a répété X, parce que … »)."""
        if not self._reported.insertions.inverted_saying(parsed.doc[0]):
            return 0
        openers = {*self._grammar.because, *self._grammar.that, *self._grammar.clause_openers}
        found = [t.i for t in parsed.doc[1:cut] if t.lower in openers]
        return found[-1] + 1 if found else cut

    def _complete(self, told: Sequence[Token], rest: Sequence[Token]) -> bool:
        """« Le courant manque, selon X, tandis qu'il gèle »: a whole clause is X's, the next one the writer's."""
        opener = next((t for t in rest if t.text.strip()), None)
        if opener is not None and opener.lower in self._grammar.relative:
            return True  # « Oui, selon X, qui évoque des drones »: the rest tells of X
        if opener is None or not any(t.finite for t in told):
            return False
        if opener.lower in self._grammar.that:
            return False  # « Rien ne laisse penser, selon X, que la guerre cessera »
        joins = {*self._grammar.relative, *self._grammar.clause_openers, *self._grammar.boundary}
        joined = opener.lower in {*joins, *self._grammar.before} or opener.pos in ("CCONJ", "SCONJ")
        return joined and any(t.pos in ("VERB", "AUX", "NUM") for t in rest)

    def _last_clause(self, parsed: Parsed, first: int, cut: int) -> int:
        """Where the clause begins that a source at its end is named for.

        « X a tiré dix missiles, tuant deux personnes selon Y »: Y tells of what came of it. « L'hôtel a brûlé : dix
        personnes sont mortes, selon Y », « X s'est rendu à Z, où dix personnes sont mortes, selon Y »: of the last alone.
        """
        for token in reversed(parsed.doc[first : cut - 1]):
            place = token.lower in self._grammar.there and token.nbor(-1).text == ","
            if (token.text in (":", ";") or place) and any(
                t.pos in ("VERB", "AUX", "NUM") for t in parsed.doc[token.i + 1 : cut]
            ):
                return token.i + 1
        commas = [t.i for t in parsed.doc[first:cut] if t.text == ","]
        if not commas or commas[-1] + 1 >= cut - 1:
            return first
        after = parsed.doc[commas[-1] + 1]
        endings = self._grammar.present_participle_endings
        return after.i if after.pos == "VERB" and after.lower.endswith(endings) else first

    def _unnamed_source(self, head: Token) -> bool:
        """« selon des témoins », « selon l'ONG X »: a source that nobody can name is one all the same.

        « selon l'accord » and « selon le plan » name no source.
        """
        lemmas = set(self._words.of(head))
        if head.pos == "PRON" or lemmas & set(self._lexicon.sayings.not_sources):
            return False
        return head.pos in ("NOUN", "PROPN")

    def _closing_comma(self, head: Token, parsed: Parsed) -> int | None:
        """The comma that closes the phrase, its title, name and apposition included.

        « selon le général à la retraite X, », « pour le Premier ministre, X, »; None where a verb
        comes before any comma.
        """
        comma = self._comma_after(head.i, parsed) if head.pos != "PRON" else None
        while comma is not None and comma + 1 < len(parsed.doc):
            follows = parsed.doc[comma + 1]
            mention = self._referents.index.covering(parsed.span(follows))
            named = mention is not None and mention.kind == "person"
            function = bool({*self._words.of(follows)} & {*self._grammar.person_words})
            relative = follows.lower in self._grammar.relative  # « selon l'agence, qui cite X, »
            aside = named or function or relative
            further = self._comma_after(comma + relative, parsed, aside=relative) if aside else None
            if further is None and named and self._ends_with(mention, parsed):
                return len(parsed.doc)  # « …, selon le porte-parole de X, Jan Nowak. »
            if further is None:
                break
            comma = further
        return comma

    def _ends_with(self, mention: Mention | None, parsed: Parsed) -> bool:
        """Whether nothing but its full stop follows a name in its piece."""
        rest = self._text[mention.span[1] : parsed.piece.span[1]] if mention is not None else "?"
        return not rest.strip(' .…»”"')

    def _comma_after(self, place: int, parsed: Parsed, *, aside: bool = False) -> int | None:
        """The next comma; None where a clause begins before it, unless one may stand ``aside``."""
        for token in parsed.doc[place + 1 : place + _PHRASE]:
            if token.text == ",":
                return token.i
            clause = (*self._grammar.relative, *self._grammar.that)
            opens = token.finite or token.lower in clause
            if token.text in (".", ";", ":", "(") or (opens and not aside):
                return None
        return None

    def _end_of_source(self, head: Token, parsed: Parsed) -> int:
        """The last token of the phrase after « selon », its title and name included."""
        closing = self._closing_comma(head, parsed)
        if closing is not None:
            return closing - 1
        end = head.i
        own = parsed.doc[head.i : head.right + 1]
        if not any(t.pos in ("VERB", "AUX") or t.text in (",", ";", ":") for t in own):
            end = head.right  # « selon les estimations de plusieurs services »
        while end + 1 < len(parsed.doc) and parsed.doc[end + 1].pos == "PROPN":
            end += 1  # « d'après le quotidien Helsingin Sanomat »
        for token in parsed.doc[end + 1 :]:
            mention = self._referents.index.covering(parsed.span(token))
            inside = mention is not None and mention.span[0] <= parsed.span(head)[1] + 1
            if (
                token.dep in ("flat:name", "flat:foreign")
                or inside
                or (token.pos in ("ADJ",) and token.head.i == head.i and token.i == end + 1)
                or (
                    mention is not None
                    and mention.kind in ("person", "office", "body")
                    and (
                        token.i <= end + 3
                        and not any(
                            t.pos in ("VERB", "AUX") for t in parsed.doc[end + 1 : token.i + 1]
                        )
                        and parsed.doc[end + 1].text not in (",",)
                        and parsed.doc[end + 1].pos != "DET"
                    )
                )
            ):
                end = token.i
            else:
                break
        return int(end)
