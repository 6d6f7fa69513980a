"""Who is meant: from words of a sentence to the entities of the world register.

Comes in: parsed pieces and the mentions found in the report. Goes out: for a token, the ids of
those it stands for, by name, title, apposition, adjective, list, pronoun or relative. What cannot be
resolved gives nothing: an unresolved speaker is null, not a guess.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from foedus.acts import DateRange, Span
from foedus.coding.lexicon import Lexicon
from foedus.coding.parsing import Parsed, Words
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["Referents"]

_PERSONAL = ("name", "surname")
_GAP = re.compile(r"[ ,:\"«»“”]{0,4}(?:(?:l'|le |la |les )?)$")
_LIST_GAP = re.compile(
    r"(?: ?, ?| et | ou | ainsi que | and | or |, and | comme | puis )"
    r"(?:(?:de |d'|en |à |au |aux |in |to )?(?:l'|le |la |les |the )?)$"
)
_LIST_LAST = re.compile(r" (?:et|ou|ainsi que|and|or) |, and ")
_NOMINAL = ("flat:name", "flat:foreign", "flat", "appos", "amod", "compound", "acl")
_BACK = 40
_REACH = 900
"""How many subjects back a pronoun looks."""


class Referents:
    """The people, states and bodies of one report, and what its words refer to."""

    def __init__(
        self,
        folded: str,
        mentions: Sequence[Mention],
        lexicon: Lexicon,
        words: Words,
        world: World,
        published: DateRange | None,
    ) -> None:
        self.folded = folded
        self.mentions = sorted(mentions, key=lambda m: (m.span, m.form))
        self._starts = [m.span[0] for m in self.mentions]
        self._words = words
        self._world = world
        self._published = published
        self._grammar = lexicon.grammar
        self._stand_ins = set(lexicon.grammar.stand_ins) | set(lexicon.grammar.person_words)
        self._posts = self._posts_named()
        self._subjects: list[tuple[int, Token, Parsed]] = []
        self._speaker: dict[int, str | None] = {}
        self._spoken: list[tuple[Span, str | None]] = []
        self._said: list[tuple[int, str]] = []

    # -- mentions ---------------------------------------------------------------------------

    def within(self, span: Span) -> list[Mention]:
        """Return the mentions that start inside ``span``."""
        low = bisect.bisect_left(self._starts, span[0])
        high = bisect.bisect_left(self._starts, span[1])
        return self.mentions[low:high]

    def covering(self, span: Span) -> Mention | None:
        """Return the mention that shares a character with ``span``, if any."""
        at = bisect.bisect_right(self._starts, span[0]) - 1
        for index in (at, at + 1):
            if 0 <= index < len(self.mentions):
                mention = self.mentions[index]
                if mention.span[0] < span[1] and span[0] < mention.span[1]:
                    return mention
        return None

    def _posts_named(self) -> list[tuple[int, tuple[str, ...], str]]:
        """Collect « office, Name » pairs: where, which offices, which person."""
        found = []
        for first, second in zip(self.mentions, self.mentions[1:], strict=False):
            gap = self.folded[first.span[1] : second.span[0]]
            if len(gap) > 8 or not _GAP.fullmatch(gap):
                continue
            pair = {first.kind: first, second.kind: second}
            if "office" in pair and "person" in pair and len(pair["person"].entities) == 1:
                found.append((first.span[0], pair["office"].entities, pair["person"].entities[0]))
        return found

    def _person_beside(self, mention: Mention) -> str | None:
        """Return the person whom an office, title or nationality stands beside."""
        at = bisect.bisect_left(self._starts, mention.span[0])
        for index in (at + 1, at - 1, at + 2):
            if not 0 <= index < len(self.mentions):
                continue
            other = self.mentions[index]
            low, high = sorted([mention.span, other.span])
            gap = self.folded[low[1] : high[0]]
            if index == at + 2:
                between = self.mentions[at + 1]
                if between.form not in ("inhabitant", "demonym"):
                    continue
                gap = self.folded[low[1] : between.span[0]] + self.folded[between.span[1] : high[0]]
            if other.kind == "person" and len(gap) <= 8 and _GAP.fullmatch(gap):
                return other.entities[0] if len(other.entities) == 1 else None
        return None

    def meant(self, mention: Mention) -> tuple[str, ...]:
        """Return whom a mention means, at its place in this report and on its day."""
        if mention.kind == "office" or mention.form == "title":
            return self._holder(mention)
        if len(mention.entities) == 1:
            return mention.entities
        return self._named_before(mention)

    def _named_before(self, mention: Mention) -> tuple[str, ...]:
        """A name that several bear means the one whom the report has named in full."""
        at = bisect.bisect_left(self._starts, mention.span[0])
        for other in reversed(self.mentions[:at]):
            if len(other.entities) == 1 and other.entities[0] in mention.entities:
                return other.entities
        return ()

    def _holder(self, mention: Mention) -> tuple[str, ...]:
        beside = self._person_beside(mention)
        if beside is not None:
            return (beside,)
        if mention.former:
            return ()
        offices = set(mention.entities)
        for position, posts, person in reversed(self._posts):
            if position < mention.span[0] and offices & set(posts):
                return (person,)
        if mention.form == "title":
            return self._titled(mention, offices)
        for position, posts, person in self._posts:
            if position > mention.span[0] and offices & set(posts):
                return (person,)
        holders = {h for o in mention.entities if (h := self._world.holder(o, self._published))}
        if len(holders) == 1:
            return (holders.pop(),)
        sides = {s for o in mention.entities if (s := self._world.side_of(o, self._published))}
        return (sides.pop(),) if len(sides) == 1 else ()

    def _titled(self, mention: Mention, offices: set[str]) -> tuple[str, ...]:
        """A bare title means the last one of that title who has been spoken of."""
        at = bisect.bisect_left(self._starts, mention.span[0])
        for other in reversed(self.mentions[max(0, at - _BACK) : at]):
            if other.kind == "office" and other.form == "office" and offices & set(other.entities):
                return self.meant(other)
            if other.kind == "person" and len(other.entities) == 1:
                held = self._world.offices_of(other.entities[0], self._published)
                if offices & set(held):
                    return other.entities
        for other in self.mentions[at + 1 : at + _BACK]:
            # a standfirst says « le secrétaire général » before the story names him in full
            if other.kind == "office" and other.form == "office" and offices & set(other.entities):
                return self.meant(other)
        return ()

    # -- tokens -----------------------------------------------------------------------------

    def of(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return everyone the phrase headed by ``token`` stands for, members of a list one by one."""
        found: list[str] = []
        for head in [token, *self._joined(token)]:
            found += [e for e in self._of_head(head, parsed) if e not in found]
        return tuple(found)

    def _joined(self, token: Token) -> Iterator[Token]:
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON", "X", "ADJ"):
                yield child
                yield from self._joined(child)

    def _of_head(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        mention = self.covering(parsed.span(token))
        if mention is None and (
            token.pos_ == "PRON" or token.text.lower() in self._grammar.relative
        ):
            return self._pronoun(token, parsed)
        if mention is not None and mention.form != "demonym":
            if mention.form == "inhabitant" and token.morph.get("Number") != ["Plur"]:
                person = self._person_beside(mention) or self._national(mention)
                if person is not None:
                    return (person,)
            return self.listed(mention)
        if mention is not None and token.pos_ in ("NOUN", "PROPN"):
            return self.meant(mention)
        if set(self._words.of(token)) & set(self._grammar.capital):
            return self._seat(token, parsed)
        if self._stand_ins & set(self._words.of(token)):
            return self._stood_for(token, parsed)
        return self._flat(token, parsed)

    def _flat(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """A name may head its phrase by any of its words, or stand beside a common noun."""
        for child in token.children:
            if child.dep_ in ("flat:name", "flat:foreign", "appos", "flat", "dep"):
                mention = self.covering(parsed.span(child))
                if mention is not None and mention.kind in ("person", "state", "body"):
                    return self.listed(mention)
        return ()

    def _stood_for(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« l'armée ukrainienne », « les pays de l'OTAN », « le ministre polonais Jan Nowak »."""
        person = self._flat(token, parsed)
        if person:
            return person
        found: list[str] = []
        person_word = set(self._words.of(token)) & set(self._grammar.person_words)
        for child in token.children:
            mention = self.covering(parsed.span(child))
            if mention is None:
                continue
            of_case = any(c.text.lower() in self._grammar.of for c in child.children)
            if mention.form == "demonym":
                if person_word and token.morph.get("Number") != ["Plur"]:
                    known = self._national(mention)
                    if known is not None:
                        return (known,)
                found += self.meant(mention)
            elif child.dep_ in ("nmod", "obl:arg", "obl:mod", "obl", "appos") and of_case:
                found += [e for e in self.listed(mention) if e not in found]
        return tuple(dict.fromkeys(found)) or self._list_before(token, parsed)

    def _list_before(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« X, Y et certains autres pays ont …»: those who are named stand for the list."""
        lead = [t for t in parsed.doc[max(0, token.i - 4) : token.i]]
        others = any(set(self._words.of(t)) & set(self._grammar.others) for t in lead)
        joint = next((t for t in lead if t.pos_ == "CCONJ"), None)
        if not others or joint is None or joint.i == 0:
            return ()
        mention = self.covering(parsed.span(parsed.doc[joint.i - 1]))
        return self.listed(mention) if mention is not None else ()

    def seat_of(self, state: str) -> str | None:
        """Return the city that a capital's name means when it is a place."""
        return self._world.capital_place(state)

    def _seat(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« la capitale ukrainienne »: the city."""
        for child in token.children:
            mention = self.covering(parsed.span(child))
            if mention is not None and mention.kind == "state":
                seat = self._world.capital_place(mention.entities[0])
                return (seat,) if seat else ()
        return ()

    def _national(self, mention: Mention) -> str | None:
        """« le Norvégien »: the last person named whose nationality, or state served, it is."""
        states = set(mention.entities)
        at = bisect.bisect_left(self._starts, mention.span[0])
        for other in reversed(self.mentions[max(0, at - _BACK) : at]):
            if other.kind not in ("person", "office"):
                continue
            for person in self.meant(other):
                entity = self._world.entity(person)
                local = self._nationality_told(person)
                if states & {entity.nationality if entity else None, local}:
                    return person
        return None

    def _nationality_told(self, person: str) -> str | None:
        """The nationality that the report itself puts beside a person's name."""
        for first, second in zip(self.mentions, self.mentions[1:], strict=False):
            if second.entities == (person,) and first.form in ("inhabitant", "demonym"):
                gap = self.folded[first.span[1] : second.span[0]]
                if _GAP.fullmatch(gap):
                    return first.entities[0]
        return None

    def listed(self, mention: Mention) -> tuple[str, ...]:
        """Return whom a mention and its list mean: « l'Estonie, la Lettonie et la Pologne ».

        The parser often loses members of an enumeration, most of all after a colon; the words
        between the names tell it reliably, so lists are read from the text.
        """
        group = self._list_around(mention)
        found: list[str] = []
        for member in group:
            found += [e for e in self.meant(member) if e not in found]
        return tuple(found)

    def list_members(self, mention: Mention) -> list[Mention]:
        """Return the mentions of the enumeration that a mention stands in, itself included."""
        return self._list_around(mention)

    def _list_around(self, mention: Mention) -> list[Mention]:
        at = bisect.bisect_left(self._starts, mention.span[0])
        group, last_joined = [mention], False
        for step in (-1, 1):
            here = at
            while 0 <= here + step < len(self.mentions) and len(group) < 40:
                left, right = sorted([self.mentions[here], self.mentions[here + step]],
                                     key=lambda m: m.span)  # fmt: skip
                gap = self.folded[left.span[1] : right.span[0]]
                alike = left.kind == right.kind or {left.kind, right.kind} <= {"state", "body"}
                if len(gap) > 24 or not alike or not _LIST_GAP.fullmatch(gap):
                    break
                last_joined = last_joined or bool(_LIST_LAST.search(gap))
                group.append(self.mentions[here + step])
                here += step
        if not last_joined and len(group) < 3:
            return [mention]
        return sorted(group, key=lambda m: m.span)

    def last_place(self, before: int) -> tuple[str, ...]:
        """Return the last place or state named before an offset: what « y » means."""
        at = bisect.bisect_left(self._starts, before)
        for mention in reversed(self.mentions[max(0, at - _BACK) : at]):
            if mention.kind in ("place", "state") and mention.form in ("name", "capital"):
                lead = self.folded[max(0, mention.span[0] - 12) : mention.span[0]].lower().split()
                if set(lead) & set(self._grammar.place):
                    return self.listed(mention)
        return ()

    # -- pronouns ---------------------------------------------------------------------------

    def remember(self, parsed: Parsed) -> None:
        """Note the subjects of a piece, for the pronouns that follow. Call in reading order."""
        for token in parsed.doc:
            if token.dep_ in ("nsubj", "nsubj:pass", "obl:agent") and token.pos_ != "PRON":
                self._subjects.append((parsed.start + token.idx, token, parsed))

    def is_person(self, entity_id: str) -> bool:
        """Whether an id is a person's: the register's, or one that the report introduces."""
        entity = self._world.entity(entity_id)
        return entity.kind == "person" if entity is not None else entity_id.islower()

    def speaks(self, number: int, speaker: str | None, span: Span | None = None) -> None:
        """Tell who speaks in the piece ``number``: « nous » and « je » are his."""
        self._speaker[number] = speaker
        if span is not None:
            self._spoken.append((span, speaker))

    def said_at(self, place: int, who: str) -> None:
        """Note that a person is named as speaking at an offset: « il » may be that person."""
        if self.is_person(who):
            self._said.append((place, who))

    def speaker(self, number: int) -> str | None:
        """Return who speaks in the piece ``number``, if it is what somebody says."""
        return self._speaker.get(number)

    def _pronoun(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        word = token.text.lower()
        if word in self._grammar.relative or token.morph.get("PronType") == ["Rel"]:
            return self._antecedent(token, parsed)
        speaker = self._speaker.get(parsed.number)
        if word in self._grammar.first_singular:
            return (speaker,) if speaker else ()
        if word in self._grammar.first_plural:
            side = self._world.side_of(speaker, self._published) if speaker else None
            return (side,) if side else ((self._side_told(speaker) or speaker,) if speaker else ())
        return self._third(word, token, parsed)

    def we(self, span: Span) -> tuple[str, ...]:
        """Return the side of whoever says « nous » in a passage; nothing where nobody does."""
        words = self.folded[span[0] : span[1]].lower().split()
        if not set(words) & set(self._grammar.first_plural):
            return ()
        speaker = next((s for (low, high), s in self._spoken if low <= span[0] < high), None)
        side = self._world.side_of(speaker, self._published) if speaker else None
        return (side,) if side else ()

    def _side_told(self, person: str) -> str | None:
        """The side that a person's office, as the report names it, speaks for."""
        for _, offices, holder in self._posts:
            if holder == person:
                sides = {self._world.side_of(office, self._published) for office in offices}
                if len(sides) == 1:
                    return sides.pop()
        return None

    def _antecedent(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        verb = token.head
        while verb.dep_ in ("aux:tense", "cop", "xcomp") and verb.head != verb:
            verb = verb.head
        head = verb.head
        if head == verb or head.pos_ in ("VERB", "AUX"):
            return ()
        nearest = [t for t in parsed.doc[: token.i] if t.pos_ in ("NOUN", "PROPN")]
        for candidate in [*nearest[-1:], head]:
            found = self.of(candidate, parsed)
            if found:
                return found
        return ()

    def _third(self, word: str, token: Token, parsed: Parsed) -> tuple[str, ...]:
        here = parsed.start + token.idx
        if word in self._grammar.latter:
            return self._named_last(here)
        if word in (*self._grammar.he, *self._grammar.she):
            person = self._last_person(here, parsed, word)
            if person and (word in self._grammar.he or self._gender(person[0]) == "f"):
                return person
        return self._last_subject(here, parsed, word, persons=False)

    def _gender(self, entity_id: str) -> str | None:
        entity = self._world.entity(entity_id)
        return entity.gender if entity is not None else None

    def _last_person(self, here: int, parsed: Parsed, word: str) -> tuple[str, ...]:
        """The last person who was a subject, or who was told to speak, in the paragraphs near."""
        subject = self._last_subject(here, parsed, word, persons=True)
        said = [
            (place, who) for place, who in self._said
            if place < here and here - place < _REACH and self.may_be(word, who)
        ]  # fmt: skip
        if said and (not subject or said[-1][0] > self._subject_place(subject[0], here)):
            return (said[-1][1],)
        return subject

    def _subject_place(self, who: str, here: int) -> int:
        places = [p for p, t, home in self._subjects if p < here and who in self.of(t, home)]
        return places[-1] if places else -1

    def _named_last(self, here: int) -> tuple[str, ...]:
        """« celle-ci »: the state, body or person named last."""
        at = bisect.bisect_left(self._starts, here)
        for mention in reversed(self.mentions[max(0, at - _BACK) : at]):
            if mention.kind in ("state", "body", "person", "office"):
                return self.listed(mention)
        return ()

    def _last_subject(
        self, here: int, parsed: Parsed, word: str, *, persons: bool
    ) -> tuple[str, ...]:
        """The last subject that a pronoun can mean; ``persons``: people only."""
        plural = word in self._grammar.they
        for position, subject, home in reversed(self._subjects[-_BACK:]):
            if position >= here or home.piece.paragraph < parsed.piece.paragraph - 3:
                continue
            found = self.of(subject, home)
            if plural and (len(found) > 1 or subject.morph.get("Number") == ["Plur"]):
                return found
            if plural or len(found) != 1 or (persons and not self.is_person(found[0])):
                continue
            if self._agrees(word, found[0], subject, home):
                return found
        return ()

    def may_be(self, word: str, person: str) -> bool:
        """Whether « il » or « elle » can be a person, as far as his or her gender is known."""
        entity = self._world.entity(person)
        if entity is None or entity.gender is None:
            return True
        return (entity.gender == "f") == (word in self._grammar.she)

    def _agrees(self, word: str, entity_id: str, subject: Token, home: Parsed) -> bool:
        """Whether a singular pronoun can mean an entity, by gender as far as it is known."""
        feminine = word in self._grammar.she
        if not feminine and word not in self._grammar.he:
            return False
        entity = self._world.entity(entity_id)
        if entity is not None and entity.gender is not None:
            return (entity.gender == "f") == feminine
        kind = entity.kind if entity is not None else "person"
        if kind == "person":
            return True
        article = next((c.text.lower() for c in subject.children if c.dep_ == "det"), "")
        masculine = article == "le" or subject.morph.get("Gender") == ["Masc"]
        return feminine != masculine
