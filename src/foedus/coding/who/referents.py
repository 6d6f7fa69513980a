"""Who is meant: from words of a sentence to the entities of the world register.

Comes in: parsed pieces and the mentions found in the report. Goes out: for a token, the ids of
those it stands for, by name, title, apposition, adjective, list, pronoun or relative. What cannot be
resolved gives nothing: an unresolved speaker is null, not a guess.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from foedus.acts import DateRange
from foedus.coding.syntax import Parsed, Token, Words
from foedus.coding.who.apposition import Apposition
from foedus.coding.who.fellows import Fellows
from foedus.coding.who.functions import Functions
from foedus.coding.who.groups import Groups
from foedus.coding.who.mentions import MentionIndex, spaced
from foedus.coding.who.offices import Offices
from foedus.coding.who.organs import Organs
from foedus.coding.who.people import People
from foedus.coding.who.posts import posts_named
from foedus.coding.who.pronouns import Pronouns
from foedus.coding.wording import Lexicon
from foedus.world import World
from foedus.world.records import Mention

__all__ = ["OWNERS", "Referents"]

OWNERS = ("nmod:poss", "compound")
"""Labels of a noun before another that tells whose it is: « X's forces », « the X forces »."""

_OF = ("nmod", "obl:arg", "obl:mod", "obl", "appos")
_SENTENCE = 160
"""Characters before a sentence among which somebody may have been named whom its clitic means."""
_BACK = 40
"""How many mentions back a title or a nationality looks."""


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
        self.index = MentionIndex(folded, mentions, lexicon.grammar)
        self._words = words
        self._world = world
        self._published = published
        self._grammar = lexicon.grammar
        articles = spaced(lexicon.grammar.definite)
        self._gap = re.compile(rf"[ ,:\"«»“”]{{0,4}}(?:{articles})?$")
        self._stand_ins = set(lexicon.grammar.stand_ins) | set(lexicon.grammar.person_words)
        self.posts = posts_named(self.index, self._gap, world, published)
        self.apposition = Apposition(self, self.index, lexicon.grammar, words)
        self.functions = Functions(self.index, lexicon.grammar, words)
        self.offices = Offices(self, self.index, lexicon.grammar, world, published)
        self.people = People(self, self.index, world, lexicon, words, self._gap)
        self.groups = Groups(self.index, lexicon.grammar, words)
        self.organs = Organs(self, self.index, lexicon.grammar, words)
        self.pronouns = Pronouns(self, self.index, lexicon, words, world, published)
        self.fellows = Fellows(self, lexicon.grammar, words, world, published)

    def remember(self, parsed: Parsed) -> None:
        """Note whom a piece tells of, for the short words that follow. Call in reading order."""
        self.pronouns.remember(parsed)
        self.organs.remember(parsed)

    def offices_told(self, person: str) -> tuple[str, ...]:
        """Return the offices that the report itself gives to a person, in order of their mention."""
        found = [o for _, offices, holder in self.posts if holder == person for o in offices]
        return tuple(dict.fromkeys(found))

    def person_beside(self, mention: Mention) -> str | None:
        """Return the person whom an office, title or nationality stands beside."""
        at = bisect.bisect_left(self.index.starts, mention.span[0])
        for index in (at + 1, at - 1, at + 2):
            if not 0 <= index < len(self.index.mentions):
                continue
            other = self.index.mentions[index]
            low, high = sorted([mention.span, other.span])
            gap = self.index.folded[low[1] : high[0]]
            if index == at + 2:
                between = self.index.mentions[at + 1]
                if between.form not in ("inhabitant", "demonym"):
                    continue
                gap = (
                    self.index.folded[low[1] : between.span[0]]
                    + self.index.folded[between.span[1] : high[0]]
                )
            if other.kind == "person" and len(gap) <= 8 and self._gap.fullmatch(gap):
                return other.entities[0] if len(other.entities) == 1 else None
        return None

    def meant(self, mention: Mention) -> tuple[str, ...]:
        """Return whom a mention means, at its place in this report and on its day."""
        if mention.kind == "office" or mention.form == "title":
            return self.offices.holder(mention)
        if mention.kind == "group":
            return self.groups.counted(mention) or mention.entities
        if len(mention.entities) == 1:
            return mention.entities
        return self._named_before(mention)

    def state_around(self, place: Mention) -> tuple[str, ...]:
        """Return the state in which a town or region lies, as far as the register knows."""
        state = self._world.state_of(place.entities[0]) if len(place.entities) == 1 else None
        return (state,) if state is not None else ()

    def _named_before(self, mention: Mention) -> tuple[str, ...]:
        """A name that several bear means the one whom the report has named in full."""
        at = bisect.bisect_left(self.index.starts, mention.span[0])
        for other in reversed(self.index.mentions[:at]):
            if len(other.entities) == 1 and other.entities[0] in mention.entities:
                return other.entities
        return ()

    def of(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return everyone the phrase headed by ``token`` stands for, members of a list one by one."""
        return self._all(token, parsed, pronouns=True)

    def named(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return the same, from names and nouns alone: what pronouns may look back to."""
        return self._all(token, parsed, pronouns=False)

    def _all(self, token: Token, parsed: Parsed, *, pronouns: bool) -> tuple[str, ...]:
        found: list[str] = []
        for head in [token, *self._joined(token)]:
            named = head.pos != "PRON" or self.index.covering(parsed.span(head)) is not None
            if pronouns or named:
                found += [e for e in self._of_head(head, parsed) if e not in found]
        return tuple(found)

    def _joined(self, token: Token) -> Iterator[Token]:
        for child in token.children:
            nominal = child.pos in ("NOUN", "PROPN", "PRON", "X", "ADJ")
            aside = _beside(token, child) or _renamed(token, child)
            if child.dep == "conj" and nominal and not aside:
                yield child
                yield from self._joined(child)

    def _of_head(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        mention = self.index.covering(parsed.span(token))
        if mention is None and (token.pos == "PRON" or token.lower in self._grammar.relative):
            return self._one_of(token, parsed) or self.pronouns.of(token, parsed)
        if mention is not None and mention.form == "metonym":
            elsewhere = self._of_another_state(token, mention, parsed)
            if elsewhere:
                return elsewhere
        if mention is not None and mention.form != "demonym":
            if mention.form == "inhabitant" and self.apposition.singular(token):
                person = self.person_beside(mention) or self.people.national(mention)
                if person is not None:
                    return (person,)
            apposed = self.apposition.of_office(token, parsed) if mention.kind == "office" else ()
            return apposed or self.listed(mention) or self._by_words_beside(token, mention, parsed)
        some = mention is not None and mention.kind == "body" and self._some(token)
        if mention is not None and token.pos in ("NOUN", "PROPN") and not some:
            return self.meant(mention)
        lemmas = set(self._words.of(token))
        if lemmas & set(self._grammar.capital):
            return self._seat(token, parsed)
        if lemmas & set(self._grammar.latter_words) and any(
            c.lower in self._grammar.back_pointers for c in token.children
        ):
            return self.pronouns.named_last(parsed.start + token.idx)
        if self._stand_ins & set(self._words.of(token)):
            return self._stood_for(token, parsed)
        return self.apposition.beside(token, parsed) or self.organs.short(token, parsed)

    def _of_another_state(self, token: Token, seat: Mention, parsed: Parsed) -> tuple[str, ...]:
        """« le Congrès péruvien »: a seat's name with the adjective of a state whose it is not."""
        for child in token.children:
            mention = self.index.covering(parsed.span(child)) if child.i == token.i + 1 else None
            if (
                mention is not None
                and mention.form == "demonym"
                and mention.entities != seat.entities
            ):
                return self.meant(mention)
        return ()

    def _by_words_beside(self, token: Token, office: Mention, parsed: Parsed) -> tuple[str, ...]:
        """« son porte-parole », « une porte-parole du ministère à Berlin »: an office of many sides."""
        if office.kind != "office":
            return ()
        return self.fellows.of_his(token, parsed) or self.organs.seated(token, parsed)

    def _some(self, token: Token) -> bool:
        """« plusieurs alliés », « quatre alliés » are not the alliance."""
        some = {*self._grammar.indefinite, *self._grammar.others}
        return any(
            c.dep == "nummod" or some & {c.lower, *self._words.of(c)} for c in token.children
        )

    def _one_of(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« l'un d'eux, Jan, 41 ans, »: the name beside; « un des responsables polonais »: their side."""
        if token.lower not in self._grammar.one_of:
            return ()
        beside = self.apposition.beside(token, parsed)
        if beside:
            return beside
        several = next((c for c in token.children if c.dep == "nmod" and c.pos == "NOUN"), None)
        found = self.named(several, parsed) if several is not None else ()
        return found if not any(self.pronouns.is_person(who) for who in found) else ()

    def _stood_for(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« l'armée ukrainienne », « les pays de l'OTAN », « le ministre polonais Jan Nowak »."""
        named = self._named_beside(token, parsed)
        if named:
            return named
        found: list[str] = []
        for child in token.children:
            mention = self.index.covering(parsed.span(child))
            if mention is None:
                whose = self._of_noun(child, parsed, first=not found)
                found += self.fellows.side_of_owner(token, whose)
                continue
            of_case = self._owned_by(token, child, mention)
            known = self._person_by(token, mention, parsed, of_case=of_case)
            if known is not None:
                return (known,)
            if mention.form == "demonym":
                found += self.meant(mention)
            elif child.dep in OWNERS or (of_case and child.dep in _OF):
                owners = self.fellows.side_of_owner(token, self.listed(mention))
                found += [e for e in owners if e not in found]
        if self._words.means_person(token) and not found:
            found += (
                self.apposition.after_comma(token, parsed)
                or self.apposition.within(token, parsed)
                or self.people.spoken_of(token, parsed)
            )
        self.groups.tell(token, tuple(dict.fromkeys(found)))
        return (
            tuple(dict.fromkeys(found))
            or self._in_list(token, parsed)
            or self.groups.meant(token, parsed)
            or self.fellows.of_his(token, parsed)
            or self.organs.meant(token, parsed)
            or self.organs.by_name(token)
        )

    def _named_beside(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """Whom a name beside the noun tells, or whom the report tells to have that function."""
        body = self.apposition.organisation(token, parsed)
        if body:
            return body
        person = self.apposition.beside(token, parsed)
        if person:
            return self.fellows.of_administration(token, person) or person
        if not self._words.means_person(token):
            return ()
        led = self.apposition.led_by(token, parsed)
        if led or not self.apposition.telling(token):
            return led
        apposed = self.apposition.after_comma(token, parsed)
        called = self.functions.of(token, parsed) if not apposed else None
        return tuple(apposed) or ((called,) if called is not None else ())

    def _owned_by(self, token: Token, child: Token, mention: Mention) -> bool:
        """« le chef de X »; of people also « des responsables au Pentagone »."""
        if mention.form == "metonym" and self._words.means_person(token):
            return any(c.dep == "case" for c in child.children)
        return any(c.lower in self._grammar.of for c in child.children)

    def _person_by(
        self, token: Token, mention: Mention, parsed: Parsed, *, of_case: bool
    ) -> str | None:
        """The one person whom « le ministre russe », « le responsable de la Maison-Blanche » means."""
        if mention.form != "demonym":
            return self.fellows.of_house(token, mention) if of_case else None
        person_word = self._words.means_person(token)
        named = self.apposition.within(token, parsed) if person_word else []
        fellow = named[0] if named else self.fellows.counterpart(token, mention, parsed)
        definite = any(c.lower in self._grammar.definite for c in token.children)
        if fellow is None and person_word and definite and token.feature("Number") != "Plur":
            return self.people.national(mention) or self.people.unplaced(token, parsed)
        return fellow

    def _in_list(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« X, Y et d'autres pays », « trois pays l'ont fait : X, Y et Z »: those who are named."""
        member = self.groups.before(token, parsed) or self.groups.after(token, parsed)
        return self.listed(member) if member is not None else ()

    def _of_noun(self, child: Token, parsed: Parsed, *, first: bool) -> tuple[str, ...]:
        """What hangs on a noun and is no name: « les dirigeants des trente pays de l'Otan »."""
        if child.dep == "nmod:poss" and child.pos == "PRON":
            return self.pronouns.of(child, parsed)
        if not any(c.lower in self._grammar.of for c in child.children):
            return ()
        if child.lower in self._grammar.civil_titles:
            return self.apposition.beside(child, parsed)  # « un conseiller de M. Nowak »
        if self._stand_ins & set(self._words.of(child)):
            return self._stood_for(child, parsed)
        return self._through(child, parsed) if first else ()

    def _through(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """« les ministres de la Défense de X », « l'armée de l'air russe »: past a noun between."""
        for child in noun.children:
            mention = self.index.covering(parsed.span(child))
            if mention is None:
                continue
            of_case = any(c.lower in self._grammar.of for c in child.children)
            if mention.form == "demonym" or (
                of_case and mention.kind in ("state", "body", "group")
            ):
                return self.meant(mention) if mention.form == "demonym" else self.listed(mention)
        return ()

    def seat_of(self, state: str) -> str | None:
        """Return the city that a capital's name means when it is a place."""
        return self._world.capital_place(state)

    def _seat(self, token: Token, parsed: Parsed) -> tuple[str, ...]:
        """« la capitale ukrainienne »: the city."""
        for child in token.children:
            mention = self.index.covering(parsed.span(child))
            if mention is not None and mention.kind == "state":
                seat = self._world.capital_place(mention.entities[0])
                return (seat,) if seat else ()
        return ()

    def listed(self, mention: Mention) -> tuple[str, ...]:
        """Return whom a mention and its list mean: « l'Estonie, la Lettonie et la Pologne ».

        The parser often loses members of an enumeration, most of all after a colon; the words
        between the names tell it reliably, so lists are read from the text.
        """
        group = self.index.enumeration(mention)
        found: list[str] = []
        for member in group:
            found += [e for e in self.meant(member) if e not in found]
        return tuple(found)

    def told_last(self, before: int, parsed: Parsed, besides: tuple[str, ...]) -> tuple[str, ...]:
        """Return who was named last before an offset, in this sentence or the one before.

        ``besides`` are those it cannot be, such as who does something to them.
        """
        for mention in self.index.before(before, _BACK):
            if mention.span[0] < parsed.start - _SENTENCE:
                return ()
            if mention.form == "demonym" or mention.kind in ("place", "outlet"):
                continue
            found = self.listed(mention)
            if found and not set(found) & set(besides):
                return found
        return ()

    def last_place(self, before: int) -> tuple[str, ...]:
        """Return the last place or state named before an offset: what « y » means."""
        for mention in self.index.before(before, _BACK):
            if mention.kind in ("place", "state") and mention.form in ("name", "capital"):
                start = mention.span[0]
                lead = self.index.folded[max(0, start - 12) : start].lower().split()
                if set(lead) & set(self._grammar.place):
                    return self.listed(mention)
        return ()


def _beside(name: Token, noun: Token) -> bool:
    """« la Norvège, membre de l'Otan »: a bare noun after a name tells of it, and lists nobody."""
    if name.pos != "PROPN" or noun.pos != "NOUN":
        return False
    return not any(c.dep in ("cc", "det", "nummod") for c in noun.children)


def _renamed(noun: Token, name: Token) -> bool:
    """« son homologue letton, Jan Nowak, »: a name after a comma says who the noun is."""
    labels = {c.dep for c in name.children if c.i < name.i}
    single = noun.pos == "NOUN" and name.pos == "PROPN" and noun.feature("Number") != "Plur"
    return single and "punct" in labels and not labels & {"cc", "det", "case"}
