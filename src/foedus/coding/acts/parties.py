"""Parties: who does an act, to whom and where, by the roles that its frame declares.

Comes in: a trigger and its frame. Goes out: actors, recipients and places, from the act's own clause or
resolved to it: by subject and control, preposition, adjective, carrying verb, or the request's
clause. None means that the words cannot be such an act.
"""

from __future__ import annotations

from collections.abc import Collection

from foedus.coding.acts.owners import Owners
from foedus.coding.acts.places import Places, is_town
from foedus.coding.acts.roles import Complement, Roles
from foedus.coding.acts.triggers import Triggers
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Frame, Lexicon
from foedus.world.records import Mention

__all__ = ["Parties", "merged"]

_VERBAL = ("VERB", "AUX")
_BOXES = ("actor", "recipient", "place")
_NEAR, _FAR = 6, 12
"""Words after a verb within which a bare name is its object, and where nothing parts the two."""
_ANSWERING = ("SUPPORT", "ACCUSE", "REJECT", "SANCTION")
"""What is done about something of somebody's: whose it is suffers or enjoys it."""
_PLACE_KINDS = ("place", "state", "body", "group")
_Roles = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Actors, recipients, places."""


class Parties:
    """Finds the parties of the acts of one report."""

    def __init__(
        self, referents: Referents, clauses: Clauses, roles: Roles, triggers: Triggers,
        lexicon: Lexicon, words: Words,
    ) -> None:  # fmt: skip
        self._referents = referents
        self._clauses = clauses
        self._roles = roles
        self._triggers = triggers
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self.owners = Owners(referents, clauses, roles, lexicon, words)
        self._places = Places(referents, roles, lexicon, words)
        self._current: Parsed

    def of(self, trigger: Token, frame: Frame, parsed: Parsed, *, verbal: bool) -> _Roles | None:
        """Return actors, recipients and places of an act; None where it can be none."""
        self._current = parsed
        self.owners.enter(parsed)
        if verbal:
            return self._verb_roles(trigger, frame, parsed)
        return self._noun_roles(trigger, frame, parsed)

    def _verb_roles(self, verb: Token, frame: Frame, parsed: Parsed) -> _Roles | None:
        bare = self._clauses.undergone(verb)
        passive = bare or self._clauses.passive(verb)
        complements = self._roles.complements(verb, parsed, inner=frame.inner_roles)
        deed = self._deed_as_object(verb)
        if deed is not None:
            complements = [c for c in complements if c.at < deed.i]
        actors, recipients, places = self._from_complements(complements, frame, verb)
        subject = self._subject(verb, parsed)
        who = self._who(verb, subject, parsed, passive=passive, bare=bare)
        if frame.by_speaker:
            return self._asked_by_speaker(who, verb, parsed)
        if deed is not None and frame.object == "recipient" and not recipients:
            recipients = self._author_of(deed, parsed)
        if not who and self._told_of_nobody(verb, actors, subject):
            return None
        if passive and frame.object == "recipient":
            recipients = merged(recipients, who)
        elif passive and frame.object == "actor":
            actors = merged(who, actors)
        elif passive and frame.owner_acts:
            actors = actors or who
        elif not passive or frame.reflexive:
            if frame.subject == "entity" and not frame.doer and self._nobody(subject, who):
                return None
            if frame.does == "recipient":
                recipients = merged(who, recipients)
            else:
                actors = merged(who, actors)
        if not recipients:
            recipients = self._otherwise_told(verb, frame, parsed, actors, passive=passive)
        places = places or self._places.before(verb, parsed)
        recipients = tuple(r for r in recipients if r not in actors or frame.object == "actor")
        return self._with_request(verb, frame, parsed, (actors, recipients, places))

    def _told_of_nobody(self, verb: Token, actors: tuple[str, ...], subject: Token | None) -> bool:
        """« on livre », « il importe de livrer »: not even unnamed people are said to do it."""
        bare = not actors and verb.feature("VerbForm") == "Inf"
        unnamed = subject is not None and self.owners.stands_for_somebody(subject)
        return self._clauses.dummy_subject(verb) or (bare and not unnamed)

    def _who(
        self, verb: Token, subject: Token | None, parsed: Parsed, *, passive: bool, bare: bool
    ) -> tuple[str, ...]:
        """Whom the verb's subject means, by every way that the clause offers."""
        who: tuple[str, ...] = ()
        if subject is not None:
            who = self._referents.of(subject, parsed) or self.owners.party_of(subject, parsed)
        if not who and not passive:
            who = self._teller_beside(verb, parsed) or self._named_before(verb, parsed)
        leads = verb.i < verb.head.i and verb.head.pos in ("NOUN", "PROPN")
        if not who and (bare or (leads and self._clauses.participle(verb) == "past")):
            who = self._referents.of(verb.head, parsed) or self.owners.party_of(verb.head, parsed)
        return who

    def _with_request(self, trigger: Token, frame: Frame, parsed: Parsed, roles: _Roles) -> _Roles:
        """Add to a request whom it is put to and where, from the clause that is asked."""
        actors, recipients, places = roles
        if not frame.absorbs or frame.type != "REQUEST":
            return roles
        asked = self._asked(trigger, parsed)
        if asked is not None and not recipients:
            recipients = tuple(r for r in asked[1] if r not in actors)
        if asked is not None and not places:
            places = self._places.of(asked[0], parsed)
        return actors, recipients, places

    def _deed_as_object(self, verb: Token) -> Token | None:
        """« condamne l'invasion de X par Y »: what stands after the noun is the noun's."""
        for child in verb.children:
            if (
                child.dep in ("obj", "obl:arg")
                and child.pos == "NOUN"
                and self.tells(child, ("ASSAULT",))
            ):
                return child
        return None

    def _otherwise_told(
        self, verb: Token, frame: Frame, parsed: Parsed, actors: tuple[str, ...], *, passive: bool
    ) -> tuple[str, ...]:
        """Recipients that no complement names: whose the object is, and whom a clitic means."""
        found: tuple[str, ...] = ()
        if not passive and frame.type in _ANSWERING:
            found = self._of_object(verb, parsed)
        if not found and "recipient" in (frame.to, frame.object):
            found = self._told_by_clitic(verb, frame, parsed, actors)
        return found

    def _told_by_clitic(
        self, verb: Token, frame: Frame, parsed: Parsed, actors: tuple[str, ...]
    ) -> tuple[str, ...]:
        """« X lui livrera des chars », « nous a demandé »: whom a clitic before the verb means."""
        grammar = self._grammar
        over = verb.head if verb.feature("VerbForm") == "Inf" and verb.dep == "xcomp" else verb
        for child in [*verb.children, *(over.children if over is not verb else ())]:
            if child.pos != "PRON" or child.i > verb.i or child.dep.startswith("nsubj"):
                continue
            word = child.lower
            if word in (*grammar.first_plural, *grammar.second_plural):
                return tuple(w for w in self._referents.of(child, parsed) if w not in actors)
            if frame.to == "recipient" and word in grammar.he and word in grammar.dative_pronouns:
                found = self._referents.told_last(parsed.span(child)[0], parsed, actors)
                return found if len(found) == 1 else ()
        return ()

    def _of_object(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """« salue la décision de X », « bloque la candidature suédoise »: whose it is, is meant."""
        for child in verb.children:
            if child.dep in ("obj", "obl:arg") and child.pos == "NOUN" and child.i > verb.i:
                return self.authors(child, parsed)
        return ()

    def _author_of(self, deed: Token, parsed: Parsed) -> tuple[str, ...]:
        """Who did a deed that is condemned: he is the one condemned."""
        for frame, _ in self._triggers.frames_at(deed):
            if frame.type == "ASSAULT":
                roles = self._noun_roles(deed, frame, parsed)
                return roles[0] if roles else ()
        return ()

    def _named_before(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """« quatre alliés : X, Y et Z ont demandé »: those named right before a finite verb.

        The parser often makes the counted noun the subject and loses the enumeration.
        """
        if self._clauses.infinite(verb):
            return ()
        group = [c.i for c in verb.children if c.i < verb.i and self._clauses.leads_in(c)]
        first = min([verb.i, *group])
        if first == 0:
            return ()
        mention = self._mention_of(verb.doc[first - 1])
        if mention is None or mention.form == "demonym":
            return ()
        start = parsed.tokens(self._referents.index.enumeration(mention)[0].span)
        lead = (
            next((t for t in reversed(verb.doc[: start[0].i]) if t.pos != "DET"), None)
            if start
            else None
        )
        if lead is not None and lead.pos == "ADP":
            return ()
        return self._referents.listed(mention)

    def _subject(self, verb: Token, parsed: Parsed) -> Token | None:
        """The verb's subject; of a verb of saying set after its words, the one who says them."""
        if set(self._words.of(verb)) & set(self._lexicon.speech):
            found = self._clauses.speakers_of(verb, parsed)
            for token in found:
                if self._referents.of(token, parsed):
                    return token
        subject = self._clauses.subject(verb, parsed)
        if subject is None or self._clauses.participle(verb) != "present":
            return subject
        if not self._referents.of(subject, parsed):
            root = next((t for t in parsed.doc if t.dep == "ROOT"), verb)
            return self._clauses.subject(root, parsed) if root.pos in _VERBAL else subject
        return subject

    def _teller_beside(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """« …, a répété X, tout en excluant Y »: who says it does what the participle tells."""
        if self._clauses.participle(verb) != "present":
            return ()
        over = verb.head
        while over.pos not in _VERBAL and over.head is not over:
            over = over.head
        if not set(self._words.of(over)) & set(self._lexicon.speech):
            return ()
        tellers = (self._referents.of(t, parsed) for t in self._clauses.speakers_of(over, parsed))
        return next((who for who in tellers if who), ())

    def _asked_by_speaker(
        self, asked: tuple[str, ...], verb: Token, parsed: Parsed
    ) -> _Roles | None:
        """« Elle doit se retirer », said by somebody of another side, is his request to her."""
        speaker = self._referents.pronouns.speaker(parsed.number)
        if speaker is None or not asked or speaker in asked:
            return None
        subject = self._clauses.own_subject(verb)
        if subject is not None and subject.lower in self._grammar.first_plural:
            return None
        if any(self._clauses.tense(v) == "conditional" for v in self._clauses.chain(verb)):
            return None  # « cela signifierait que X doit …» asks nothing
        return (speaker,), asked, ()

    def _noun_roles(self, noun: Token, frame: Frame, parsed: Parsed) -> _Roles | None:
        complements = self._roles.complements(noun, parsed)
        actors, recipients, places = self._from_complements(complements, frame, noun)
        adjectives = self.owners.by_adjective(noun)
        means = self.owners.by_means(noun) if not adjectives else ()
        taken = frame.of == "recipient" and frame.type != "ASSAULT"
        if means and taken:  # « l'arrestation d'un espion russe »
            recipients = merged(recipients, means)
        actors = merged(actors, adjectives if taken else adjectives or means)
        # « X a eu un entretien avec Y », « X participe à une réunion de Y »
        if not actors or frame.along == "actor" or self.owners.taken_part_in(noun):
            light = self.owners.light_subject(noun, frame, parsed)
            if not light and any(c.preposition in self._grammar.alongside for c in complements):
                light = self.owners.gathered(
                    noun, frame, parsed
                )  # « au sortir d'une réunion avec Y »
            actors = merged(light, actors) or self.owners.gathered(noun, frame, parsed)
            actors = actors or self.owners.of_plan(noun)
            actors = actors or self.owners.carried_beside(noun, frame, parsed)
            if frame.type in ("ASSAULT", "MOBILIZE"):
                actors = actors or self.owners.by_possessive(noun, parsed)
        if not actors and frame.of == "recipient" and frame.type == "ASSAULT" and not recipients:
            return None if frame.needs_party else ((), (), places)
        if not places:
            places = self._places.before(noun, parsed) if not actors and not recipients else places
        recipients = tuple(r for r in recipients if r not in actors)
        return self._with_request(noun, frame, parsed, (actors, recipients, places))

    def _from_complements(
        self, complements: list[Complement], frame: Frame, trigger: Token
    ) -> _Roles:
        actors: list[str] = []
        recipients: list[str] = []
        places: list[str] = []
        boxes = {"actor": actors, "recipient": recipients, "place": places}
        against = any(c.preposition in self._grammar.against for c in complements)
        before: tuple[Mention, str] | None = None
        for item in complements:
            role = self._role(item, frame, trigger, against)
            if item.preposition is None and before and before[1] in boxes:
                joined = self._referents.index.joined(before[0], item.mention)
                role = before[1] if joined else role
            before = item.mention, role
            several = item.mention.form == "capital" and len(item.mention.entities) > 1
            if several and role != "place":
                continue  # « Bruxelles »: which government is meant is not told
            if role in boxes:
                who = self._places.seats(item) if role == "place" else item.who
                boxes[role] += [w for w in dict.fromkeys(who) if w not in boxes[role]]
        return tuple(actors), tuple(recipients), tuple(places)

    def _role(self, item: Complement, frame: Frame, trigger: Token, against: bool) -> str:
        grammar, word = self._grammar, item.preposition
        nominal = trigger.pos in ("NOUN", "PROPN")
        if word is None:
            return "none" if nominal else self._bare(item, frame, trigger)
        if word in grammar.by:
            undergone = self._clauses.passive(trigger) or self._clauses.undergone(trigger)
            return frame.by if nominal or undergone else "none"
        if word in grammar.against:
            return frame.against
        if word in grammar.of:
            return self._of(item, frame, against) if nominal else "none"
        if word in grammar.alongside:
            return frame.along
        if word in grammar.to:
            return "place" if is_town(item, frame, self._grammar) else frame.to
        if word in grammar.purpose:
            return frame.toward
        if word in grammar.onto and frame.onto != "place":
            return frame.onto
        if word in grammar.place and item.mention.kind in _PLACE_KINDS:
            held = item.stood_for and item.mention.form == "demonym"
            return "recipient" if held and word in grammar.onto else "place"
        return "none"

    def _of(self, item: Complement, frame: Frame, against: bool) -> str:
        """The role of what a noun is « of »."""
        if against and frame.of == "recipient":
            return "actor"
        town = frame.type == "CONSULT" and item.mention.form == "capital"  # « le sommet de X »
        named = item.mention.kind != "place" and not town
        if frame.mode == "troops" and frame.of not in _BOXES and item.stood_for:
            return "actor"  # « l'envoi de troupes de X »
        return frame.of if named or frame.of == "recipient" else "place"

    def _bare(self, item: Complement, frame: Frame, trigger: Token) -> str:
        """The role of an object without a preposition, where it stands near enough to be one."""
        between = trigger.doc[trigger.i + 1 : item.at]
        plain = not any(t.text == "," or t.pos in _VERBAL for t in between)
        if item.at - trigger.i > (_FAR if item.stood_for or plain else _NEAR):
            return "none"
        return frame.to if self._given(item, frame, trigger) else frame.object

    def _given(self, item: Complement, frame: Frame, trigger: Token) -> bool:
        """« sent Ukraine ammunition »: who gets it stands bare before what he gets."""
        if not self._grammar.double_objects or frame.object in ("actor", "recipient"):
            return False
        named = item.mention.form in ("name", "capital") and item.mention.kind != "place"
        between = trigger.doc[trigger.i + 1 : item.at]
        if not named or any(t.pos != "DET" for t in between):
            return False
        after = self._roles.after(item.mention, self._current)
        return (
            bool(after) and not self.owners.stands_for_somebody(after[0]) and after[0].pos != "PART"
        )

    def _mention_of(self, token: Token) -> Mention | None:
        return self._referents.index.covering(self._current.span(token))

    def _asked(self, trigger: Token, parsed: Parsed) -> tuple[Token, tuple[str, ...]] | None:
        """« … que l'alliance envoie »: the verb that is asked for, and whose deed it would be."""
        for verb in trigger.subtree:
            if verb.i <= trigger.i or verb.pos not in _VERBAL:
                continue
            subject = self._clauses.own_subject(verb)
            marks = {c.lower for c in verb.children if c.dep in ("mark", "cc")}
            if subject is not None and marks & set(self._grammar.that):
                return verb, self._referents.of(subject, parsed)
        return None

    def tells(self, noun: Token, types: Collection[str]) -> bool:
        """Return whether a noun names an act of one of ``types``."""
        frames = (
            f for lemma in self._words.of(noun)[:4] for f in self._lexicon.by_noun.get(lemma, ())
        )
        return any(f.type in types for f in frames)

    def authors(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """Return whose an act is that a noun tells, by its adjective or what it is « of »."""
        own = self.owners.by_adjective(noun)
        heads = (c for c in noun.children if c.dep == "nmod" and c.cases & set(self._grammar.of))
        return own or tuple(who for head in heads for who in self._referents.of(head, parsed))

    def _nobody(self, subject: Token | None, who: tuple[str, ...]) -> bool:
        """Whether the subject is a thing or an idea: then nobody acts."""
        if subject is None or who or subject.pos == "PROPN":
            return False  # a proper name that the register does not know is somebody all the same
        if subject.lower in self._grammar.relative and subject.head.dep != "acl:relcl":
            return False  # the parser lost whom « qui » follows
        if subject.lower in self._grammar.persons or self._mention_of(subject) is not None:
            return False
        if subject.lower in self._grammar.relative and subject.head.dep == "acl:relcl":
            return self._nobody(subject.head.head, who)
        return not self.owners.stands_for_somebody(subject)


def merged(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parties of both lists, each once, in order."""
    return tuple(dict.fromkeys([*first, *second]))
