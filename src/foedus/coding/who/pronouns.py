"""Pronouns: whom « il », « elle », « nous », « qui » mean at their place in a report.

Comes in: the subjects and speakers met so far, in reading order. Goes out: entities, or nothing. Gender
and number decide as far as they are known; « il » is rather a person who spoke or acted last.
"""

from __future__ import annotations

import bisect
import sys
from typing import Protocol

from foedus.acts import DateRange, Span
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.agreement import Agreement
from foedus.coding.who.mentions import MentionIndex
from foedus.coding.who.sides import Sides
from foedus.coding.wording import Lexicon
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["Pronouns", "Resolver"]

_BACK = 40
"""How many subjects back a pronoun looks."""
_ARTICLE = 4
"""Characters before a name in which its article stands."""
_REACH = 900
"""How many characters back a speaker may stand whom « il » means."""


class Resolver(Protocol):
    """What pronouns ask of the rest: whom other words mean."""

    posts: list[tuple[int, tuple[str, ...], str]]

    def of(self, token: Token, parsed: Parsed) -> tuple[str, ...]: ...  # noqa: D102
    def named(self, token: Token, parsed: Parsed) -> tuple[str, ...]: ...  # noqa: D102
    def listed(self, mention: Mention) -> tuple[str, ...]: ...  # noqa: D102


class Pronouns:
    """Remembers who was spoken of in one report, and resolves its pronouns."""

    def __init__(
        self,
        referents: Resolver,
        index: MentionIndex,
        lexicon: Lexicon,
        words: Words,
        world: World,
        published: DateRange | None,
    ) -> None:
        self._referents = referents
        self._index = index
        self._grammar = lexicon.grammar
        self._words = words
        self.agreement = Agreement(index, lexicon.grammar, world)
        self._sides = Sides(referents, index, world, published)
        self._subjects: list[tuple[int, Token, Parsed]] = []
        self._speaker: dict[int, str | None] = {}
        self._asked: dict[int, str] = {}
        self._spoken: list[tuple[Span, str | None]] = []
        self._tellings: list[Span] = []
        self._said: list[tuple[int, str]] = []
        self._told: list[tuple[int, str]] = []
        self._places: list[int] = []
        self.issuers: tuple[str, ...] = ()
        """Who says « nous » outside all quotes, where the text is a declaration of theirs."""

    def remember(self, parsed: Parsed) -> None:
        """Note the subjects of a piece, for the pronouns that follow. Call in reading order."""
        opening = self.opening(parsed)
        for token in parsed.doc:
            topic = token is opening or any(c.lower in self._grammar.topics for c in token.children)
            agent = token.dep == "obl:agent" and self._governed(token)
            told = topic or agent or self._aged(token, parsed)
            subject = told or token.dep in ("nsubj", "nsubj:pass")
            if subject and (token.pos != "PRON" or self._index.covering(parsed.span(token))):
                self._subjects.append((parsed.start + token.idx, token, parsed))
                self._places.append(parsed.start + token.idx)

    def opening(self, parsed: Parsed) -> Token | None:
        """Return the name of the person a sentence opens with, before any finite verb.

        « Jan Nowak, lui, n'en démord pas », « le conseiller de X Jan Nowak ironise »: the subject,
        whatever the parser makes of it. None for a name after a preposition, and within quotes.
        """
        if parsed.piece.quote is not None:
            return None
        for token in parsed.doc:
            if token.finite or token.text in (":", ";"):
                return None
            mention = self._index.covering(parsed.span(token))
            if mention is None or mention.kind != "person":
                continue
            free = token.i == 0 or parsed.doc[token.i - 1].pos != "ADP"
            return token if free else None
        return None

    def _aged(self, token: Token, parsed: Parsed) -> bool:
        """« Devant la grille, Anna, 31 ans, attend »: whom the report introduces so does what follows."""
        if token.pos != "PROPN":
            return False
        near = [t.lower for t in parsed.doc[token.i + 1 : token.i + 4]]
        return len(near) == 3 and near[0] == "," and near[2] in self._grammar.years

    def _governed(self, token: Token) -> bool:
        """« par X »: the parser calls « avec X » an agent too."""
        return any(c.lower in self._grammar.by for c in token.children)

    def is_person(self, entity_id: str) -> bool:
        """Whether an id is a person's: the register's, or one that the report introduces."""
        return self.agreement.is_person(entity_id)

    def is_place(self, entity_id: str) -> bool:
        """Whether an id is a town's or a region's: it neither speaks nor acts."""
        return self.agreement.is_place(entity_id)

    def speaks(self, number: int, speaker: str | None, span: Span | None = None) -> None:
        """Tell who speaks in the piece ``number``: « nous » and « je » are his."""
        self._speaker[number] = speaker
        if span is not None:
            self._spoken.append((span, speaker))
            if speaker is not None:
                bisect.insort(self._tellings, span)

    def said_at(self, place: int, who: str) -> None:
        """Note that a person is named as speaking at an offset: « il » may be that person."""
        bisect.insort(self._said if self.is_person(who) else self._told, (place, who))

    def speaker(self, number: int) -> str | None:
        """Return who speaks in the piece ``number``, if it is what somebody says."""
        return self._speaker.get(number)

    def of(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return whom a pronoun or a relative means; nothing where that is not clear."""
        word = token.lower
        word = self._grammar.inverted_pronouns.get(word, word)
        if word in self._grammar.relative or token.feature("PronType") == "Rel":
            return self._antecedent(token, parsed)
        speaker = self._speaker.get(parsed.number)
        if word in self._grammar.first_plural and speaker is None:
            return self.issuers if parsed.piece.quote is None else ()
        if word in self._grammar.second_plural:
            return self._sides.of(self._asked.get(parsed.number))
        if word in self._grammar.first_singular:
            return (speaker,) if speaker else ()
        if word in self._grammar.first_plural:
            return self._sides.of(speaker)
        return self._third(word, token, parsed)

    def we(self, span: Span) -> tuple[str, ...]:
        """Return the side of whoever says « nous » in a passage; nothing where nobody does."""
        words = self._index.folded[span[0] : span[1]].lower().split()
        if not set(words) & set(self._grammar.first_plural):
            return ()
        speaker = next((s for (low, high), s in self._spoken if low <= span[0] < high), None)
        side = self._sides.of(speaker)
        return side if side != (speaker,) else ()

    def asks(self, number: int, who: str) -> None:
        """Tell whom a question in the piece ``number`` is put to: « vous » is he or his side."""
        self._asked[number] = who

    def side_asked(self, parsed: Parsed) -> tuple[str, ...]:
        """Return the side of whoever is asked in a piece: « votre pays »."""
        return self._sides.of(self._asked.get(parsed.number))

    def side_of_speaker(self, parsed: Parsed) -> tuple[str, ...]:
        """Return the side of whoever speaks in a piece: « notre armée »."""
        speaker = self._speaker.get(parsed.number)
        if speaker is None:
            return self.issuers if parsed.piece.quote is None else ()
        return self._sides.of(speaker)

    def _antecedent(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        verb = token.head
        while verb.dep in ("aux:tense", "cop", "xcomp") and verb.head != verb:
            verb = verb.head
        head = verb.head
        if head == verb or head.pos in ("VERB", "AUX"):
            # the parser lost the tie: the name right before the comma is meant, or nobody
            before = next((t for t in reversed(parsed.doc[: token.i]) if t.pos != "PUNCT"), None)
            named = before is not None and before.pos == "PROPN" and token.i - before.i <= 2
            return self._referents.of(before, parsed) if before is not None and named else ()
        nearest = [t for t in parsed.doc[: token.i] if t.pos in ("NOUN", "PROPN")]
        for candidate in [*nearest[-1:], head]:
            found = self._referents.of(candidate, parsed)
            if found:
                return found
        return self._past_aside(token, parsed)

    def _past_aside(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« Jan Nowak, dans la journée, qui a dit »: the name before what stands between two commas."""
        commas = [t.i for t in parsed.doc[: token.i] if t.text == ","][-2:]
        if len(commas) < 2 or commas[1] != token.i - 1 or commas[0] == 0:
            return ()
        name = parsed.doc[commas[0] - 1]
        return self._referents.of(name, parsed) if name.pos == "PROPN" else ()

    def _third(self, word: str, token: Token, parsed: Parsed) -> tuple[str, ...]:
        here = parsed.start + token.idx
        if word in self._grammar.latter:
            return self.named_last(here)
        if word in self._grammar.neuter:
            return self._last_subject(here, parsed, word, persons=False)
        if word in (*self._grammar.he, *self._grammar.she):
            teller = self._teller_over(token, parsed, word)
            if teller:
                return teller
            person = self._last_person(here, parsed, word)
            if person and (word in self._grammar.he or self.agreement.feminine(person[0])):
                return self._nearer_than(person, here, parsed, word) or person
        return self._last_subject(here, parsed, word, persons=False)

    def _teller_over(self, token: Token, parsed: Parsed, word: str) -> tuple[str, ...]:
        """« Washington a annoncé qu'il enverrait X »: in what is said, the one who says it."""
        clause = token.head
        if clause.dep not in ("ccomp", "xcomp") and clause.head.dep == "ccomp":
            clause = clause.head  # « qu'il allait livrer »
        if clause.dep != "ccomp" or clause.head.i > clause.i:
            return ()
        for subject in clause.head.children:
            if subject.dep == "nsubj" and subject.i < clause.head.i and subject.pos != "PRON":
                found = self._referents.named(subject, parsed)
                return (
                    found
                    if len(found) == 1 and self.agreement.agrees(word, found[0], subject)
                    else ()
                )
        return ()

    def _nearer_than(
        self, person: tuple[str, ...], here: int, parsed: Parsed, word: str, *, same: bool = False
    ) -> tuple[str, ...]:
        """« Le Luxembourg salue l'accord. Il enverra X »: a state told since the person, by its article.

        ``same``: in the same sentence only, unless it is a function (« le préfet … Il a promis »).
        """
        told = self.told_at(person[0], here, parsed)
        for place, subject, home in self._subjects_before(here, parsed):
            if place <= told or home.piece.paragraph < parsed.piece.paragraph - 1:
                return ()
            if same and home is not parsed and not self._words.means_person(subject):
                return ()
            found = self._referents.named(subject, home)
            if len(found) != 1 or self.is_person(found[0]) or self.is_place(found[0]):
                continue
            if self.agreement.by_article(word, subject):
                return found
        return ()

    def told_at(self, who: str, here: int, parsed: Parsed) -> int:
        """Return where somebody was subject or spoke last before an offset; -1 where nowhere near."""
        return max(self._subject_place(who, here, parsed), self._said_place(who, here))

    def _said_place(self, who: str, here: int) -> int:
        """Where a person was last told to speak, before an offset; -1 where nowhere near."""
        at = bisect.bisect_left(self._said, (here, ""))
        return next((p for p, w in reversed(self._said[max(0, at - _BACK) : at]) if w == who), -1)

    def speaking(
        self, token: Token, parsed: Parsed, *, since: int | None = None
    ) -> tuple[str, ...]:
        """Return the person whom « il » or « elle » means beside a verb of saying, if any.

        « Vous avez déclaré que »: whoever is asked himself, and not his side. ``since``: where what is
        said begins, when it stands before the pronoun; of whom it tells does not say it.
        """
        word = self._grammar.inverted_pronouns.get(token.lower, token.lower)
        if word in self._grammar.second_plural and (asked := self._asked.get(parsed.number)):
            return (asked,)
        if word not in (*self._grammar.he, *self._grammar.she):
            return ()
        here = since if since is not None else parsed.start + token.idx
        person = self._last_person(here, parsed, word)
        at = bisect.bisect_left(self._told, (here, ""))
        place, other = self._told[at - 1] if at else (-1, "")
        # « Marc Aubert … L'Alliance dément. Elle promet »: a person's gender may not be known
        known = not person or self.agreement.gender_known(person[0])
        if person and (nearer := self._nearer_than(person, here, parsed, word, same=known)):
            return nearer
        if person and self._spoke_since(place, person[0], here, parsed, word):
            return (other,)  # « rapporte le ministère russe. Il précise que »
        if person or not other or here - place >= _REACH or word not in self._grammar.he:
            return person
        return (other,)  # « le journal a rapporté … Il a également indiqué »

    def _spoke_since(self, place: int, person: str, here: int, parsed: Parsed, word: str) -> bool:
        """Whether an organ told to speak at ``place`` is nearer than a person, in one paragraph and by its article."""
        if place <= self.told_at(person, here, parsed) or "\n" in self._index.folded[place:here]:
            return False
        lead = self._index.folded[max(0, place - _ARTICLE) : place].lower().split()[-1:]
        articles = self._grammar.masculine if word in self._grammar.he else self._grammar.feminine
        return bool(set(lead) & set(articles))

    def last_person(self, here: int, parsed: Parsed) -> str | None:
        """Return the person who acted or spoke last before an offset, whoever it is."""
        for word in (*self._grammar.he[:1], *self._grammar.she[:1]):
            found = self._last_person(here, parsed, word)
            if found:
                return found[0]
        return None

    def _last_person(self, here: int, parsed: Parsed, word: str) -> tuple[str, ...]:
        """The last person who was a subject, or who was told to speak, in the paragraphs near."""
        subject = self._last_subject(here, parsed, word, persons=True)
        said = self._last_said(here, word)
        if not said or not subject:
            return (said[1],) if said else subject
        place = self._subject_place(subject[0], here, parsed)
        within = self._within_said(place, said[0], here)
        return (said[1],) if said[0] > place or within else subject

    def _within_said(self, place: int, teller: int, here: int) -> bool:
        """« X a averti que Y frapperait », then « a-t-il dit »: of whom X speaks does not speak next.

        Within one long answer, the pronoun is in what is said as well.
        """
        low = bisect.bisect_right(self._tellings, (teller, sys.maxsize))
        high = bisect.bisect_right(self._tellings, (place, sys.maxsize))
        return any(place < end <= here for _, end in self._tellings[low:high])

    def _last_said(self, here: int, word: str) -> tuple[int, str] | None:
        """The last person told to speak, near enough, whom a pronoun can mean."""
        at = bisect.bisect_left(self._said, (here, ""))
        for place, who in reversed(self._said[max(0, at - _BACK) : at]):
            if here - place >= _REACH:
                return None
            if self.agreement.may_be(word, who):
                return place, who
        return None

    def _subject_place(self, who: str, here: int, parsed: Parsed) -> int:
        for position, subject, home in self._subjects_before(here, parsed):
            if who in self._referents.named(subject, home):
                return position
        return -1

    def _subjects_before(self, here: int, home: Parsed) -> list[tuple[int, Token, Parsed]]:
        """The subjects before an offset, the last one first, as far back as a pronoun looks.

        Those of whom a quote speaks are not meant by a pronoun outside it (« », a-t-il dit).
        """
        at = bisect.bisect_left(self._places, here)
        near = self._subjects[max(0, at - _BACK) : at][::-1]
        if home.piece.quote is not None:
            return near
        return [item for item in near if item[2].piece.quote is None]

    def named_last(self, here: int) -> tuple[str, ...]:
        """Return whom « celle-ci » or « ce dernier » means: the state, body or person named last."""
        for mention in self._index.before(here, _BACK):
            if mention.kind in ("state", "body", "person", "office"):
                return self._referents.listed(mention)
        return ()

    def side_of_last_subject(
        self, here: int, parsed: Parsed, *, near: bool = False
    ) -> tuple[str, ...]:
        """Return whose « son ministère » is: the state or body that was subject last, or a person's side.

        ``near``: in the same paragraph only.
        """
        for _, subject, home in self._subjects_before(here, parsed):
            if near and home.piece.paragraph != parsed.piece.paragraph:
                return ()
            found = self._referents.named(subject, home)
            if len(found) == 1:
                return self._sides.of(found[0]) if self.is_person(found[0]) else found
        return ()

    def _last_subject(
        self, here: int, parsed: Parsed, word: str, *, persons: bool
    ) -> tuple[str, ...]:
        """The last subject that a pronoun can mean; ``persons``: people only."""
        plural = word in self._grammar.they
        for _, subject, home in self._subjects_before(here, parsed):
            if home.piece.paragraph < parsed.piece.paragraph - 3:
                break
            found = self._referents.named(subject, home)
            if plural and (len(found) > 1 or self.agreement.plural(subject)):
                return found
            if plural or len(found) != 1 or (persons and not self.is_person(found[0])):
                continue
            if self.agreement.agrees(word, found[0], subject):
                return found
        return ()
