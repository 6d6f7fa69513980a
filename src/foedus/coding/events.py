"""Acts: triggers, frames, and what makes of them an event of PLOVER's types.

Comes in: the parsed pieces of a report, its statements, its cues and who its words refer to. Goes
out: drafts of the codebook's act records. An act's roles come from its own clause or are resolved to
it; what is demanded, promised, refused or threatened is no second act (codebook, decision 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from spacy.tokens import Token

from foedus.acts import Aux, EventType, Span
from foedus.coding.clauses import Clauses
from foedus.coding.lexicon import Frame, Lexicon
from foedus.coding.modes import Modes
from foedus.coding.parsing import Parsed, Words
from foedus.coding.referents import Referents
from foedus.coding.roles import Complement, Roles
from foedus.world.records import Mention

__all__ = ["ActDraft", "Events"]

_VERBAL = ("VERB", "AUX")
_PLACE_KINDS = ("place", "state", "body", "group")


class ActDraft(msgspec.Struct, kw_only=True):
    """An act before cues, quantities, dates and its id are given to it."""

    parsed: int
    trigger: Span
    span: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    aux: tuple[Aux, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    absorbs: tuple[int, int] | None = None
    rule: str = ""


class _Candidate(msgspec.Struct, frozen=True):
    token: Token
    last: Token
    frame: Frame
    score: int


class Events:
    """Finds the acts of one report."""

    def __init__(
        self,
        referents: Referents,
        clauses: Clauses,
        roles: Roles,
        modes: Modes,
        lexicon: Lexicon,
        words: Words,
        reported: Sequence[Span],
    ) -> None:
        self._referents = referents
        self._clauses = clauses
        self._roles = roles
        self._modes = modes
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self._reported = reported
        self._current: Parsed
        self._candidate_frame: Frame | None = None

    def find(self, parsed: Parsed) -> list[ActDraft]:
        """Return the acts of one piece in the order of their triggers."""
        self._current = parsed
        drafts: list[ActDraft] = []
        absorbed: set[int] = set()
        chosen: dict[int, str] = {}
        for token in sorted(parsed.doc, key=lambda t: (self._depth(t), t.i)):
            if token.i in absorbed:
                continue
            candidate = self._candidate(token, parsed)
            if candidate is None or self._repeats(candidate, chosen):
                continue
            draft = self._draft(candidate, parsed)
            if draft is None:
                continue
            chosen[token.i] = candidate.frame.id
            drafts.append(draft)
            absorbed |= self._consumed(candidate, parsed)
        return sorted(drafts, key=lambda d: d.trigger)

    def _repeats(self, candidate: _Candidate, chosen: dict[int, str]) -> bool:
        """« défendrons et protégerons tous les alliés » is one thing done, said twice."""
        token = candidate.token
        if token.dep_ != "conj" or token.pos_ not in _VERBAL or token.i - token.head.i > 3:
            return False
        return chosen.get(token.head.i) == candidate.frame.id

    def _depth(self, token: Token) -> int:
        """Verbs over others come first, so that they absorb their content before it is read."""
        depth = 0
        while token.head != token and depth < 30:
            token, depth = token.head, depth + 1
        return depth

    # -- which frame ---------------------------------------------------------------------------

    def _candidate(self, token: Token, parsed: Parsed) -> _Candidate | None:
        """Return the frame that fits the token best, if one does."""
        best: _Candidate | None = None
        for frame, last in self._frames_at(token):
            score = self._fits(frame, token, parsed, phrased=last != token)
            if score and (best is None or score > best.score):
                best = _Candidate(token, last, frame, score)
        return best

    def _frames_at(self, token: Token) -> Iterator[tuple[Frame, Token]]:
        lemmas = self._words.of(token)
        rest = list(token.doc[token.i : token.i + 10])
        for lemma in lemmas:
            for phrase, frame in self._lexicon.by_phrase.get(lemma, ()):
                length = self._roles.matches(rest, 0, phrase)
                if length:
                    yield frame, rest[length - 1]
        if token.pos_ in _VERBAL or (token.pos_ == "ADJ" and self._participial(token)):
            for lemma in lemmas:
                for frame in self._lexicon.by_verb.get(lemma, ()):
                    yield frame, token
        elif token.pos_ in ("NOUN", "PROPN"):
            for lemma in lemmas[:4]:
                for frame in self._lexicon.by_noun.get(lemma, ()):
                    yield frame, token

    def _participial(self, token: Token) -> bool:
        return any(
            c.dep_.startswith(("aux", "obl:agent")) for c in token.children
        )

    def _fits(self, frame: Frame, token: Token, parsed: Parsed, *, phrased: bool) -> int:
        """Score how well a frame fits: 0 not at all; conditions met count, phrases most."""
        score = 1
        score += 4 if phrased else 0
        if frame.negated:
            if not self._negated_here(token):
                return 0
            score += 2
        if frame.reflexive is not None and frame.reflexive != self._reflexive(token):
            return 0
        if frame.complement == "clause":
            if not self._clausal_complement(token) or (frame.negated and self._of_saying(token)):
                return 0
            score += 1
        if frame.about or frame.unless:
            classes = {
                name
                for thing in self._roles.things(self._roles.scope(token, parsed))
                for name in thing.classes
            } | self._people_as_object(token, parsed)
            if frame.about and not classes & set(frame.about):
                return 0
            if classes & set(frame.unless):
                return 0
            score += 3 if frame.about else 0
        return score

    def _negated_here(self, token: Token) -> bool:
        if token.pos_ in _VERBAL and self._clauses.negated(token):
            return True
        for head in (token, token.head, token.head.head):
            if self._clauses.negated(head):
                return True
        return any(c.text.lower() in self._grammar.negations for c in token.children)

    def _people_as_object(self, token: Token, parsed: Parsed) -> set[str]:
        """« forme 300 Ukrainiens »: people of a state are people."""
        for child in token.children:
            for word in (child, *child.children):
                mention = self._referents.covering(parsed.span(word))
                if mention is not None and mention.form == "inhabitant" and word.i > token.i:
                    return {"people"}
        return set()

    def _reflexive(self, token: Token) -> bool:
        before = {t.text.lower() for t in token.doc[max(0, token.i - 3) : token.i]}
        return bool(before & set(self._grammar.reflexive)) or any(
            c.dep_.startswith("expl") and c.text.lower() in self._grammar.first_plural
            for c in token.children
        )

    def _of_saying(self, token: Token) -> bool:
        """« n'a pas voulu dire »: to keep silent is no refusal of a deed."""
        return any(
            set(self._words.of(c)) & set(self._lexicon.speech)
            for c in token.children
            if c.dep_ in ("xcomp", "ccomp") and c.i > token.i
        )

    def _clausal_complement(self, token: Token) -> bool:
        return any(
            c.dep_ in ("xcomp", "ccomp", "obl:arg", "advcl") and c.pos_ in _VERBAL and c.i > token.i
            for c in token.children
        )

    # -- from a frame to a record ----------------------------------------------------------------

    def _draft(self, candidate: _Candidate, parsed: Parsed) -> ActDraft | None:
        token, frame = candidate.token, candidate.frame
        self._candidate_frame = frame
        if not frame.purpose and self._for_purpose(token):
            return None
        if self._only_points_back(token, frame) or self._generic(token) or self._modifier(token):
            return None
        copular = any(c.dep_.startswith("nsubj") for c in token.children)
        verbal = token.pos_ in _VERBAL or token.pos_ == "ADJ" or copular
        roles = (
            self._verb_roles(token, frame, parsed)
            if verbal
            else self._noun_roles(token, frame, parsed)
        )
        if roles is None:
            return None
        actors, recipients, places = roles
        recipients = _merge(recipients, frame.gives)
        if frame.needs_party and not (actors or recipients or self._unnamed_party(token)):
            return None
        if not all({"actor": actors, "recipient": recipients}[who] for who in frame.needs):
            return None
        scope = self._roles.things(self._roles.scope(token, parsed))
        slugs = [t.slug for t in scope if t.slug]
        instruments = tuple(dict.fromkeys([*frame.instruments, *slugs]))
        trigger = parsed.span(token, candidate.last)
        span = self._span(token, parsed)
        reported = any(r[0] <= trigger[0] and trigger[1] <= r[1] for r in self._reported)
        aux = self._modes.of(token, parsed, frame, reported)
        assert frame.type is not None  # noqa: S101 - filled when the file was read
        return ActDraft(
            parsed=parsed.number,
            trigger=trigger,
            span=(min(span[0], trigger[0]), max(span[1], trigger[1])),
            type=frame.type,
            mode=self._mode(frame, token, parsed),
            contexts=frame.contexts or (),
            aux=() if self._taken_as_done(token, frame, actors) else aux,
            actors=actors,
            recipients=recipients,
            places=places,
            instruments=instruments,
            cues=frame.cues,
            rule=f"{frame.where} {frame.id}",
        )

    def _stands_for_somebody(self, subject: Token) -> bool:
        """« quatre pays », « plusieurs alliés »: somebody does it, whom the clause does not name."""
        return bool(set(self._words.of(subject)) & set(self._grammar.stand_ins))

    def _unnamed_party(self, token: Token) -> bool:
        """« les dirigeants tiendront un sommet »: the carrying verb's subject is people unnamed."""
        head = token.head
        if token.pos_ in _VERBAL or head.pos_ not in _VERBAL:
            return False
        if not set(self._words.of(head)) & set(self._grammar.light_verbs):
            return False
        subject = self._clauses.subject(head, self._current)
        return subject is not None and self._stands_for_somebody(subject)

    def _mode(self, frame: Frame, token: Token, parsed: Parsed) -> str | None:
        if not frame.mode_if:
            return frame.mode
        end = self._roles.clause_end(token, parsed)
        named = self._roles.things(list(parsed.doc[token.i : end]))
        classes = {name for thing in named for name in thing.classes}
        return next((m for name, m in frame.mode_if.items() if name in classes), frame.mode)

    def _taken_as_done(self, token: Token, frame: Frame, actors: tuple[str, ...]) -> bool:
        """« l'attaque de Moscou contre Kiev », definite and with its author, did happen."""
        if token.pos_ != "NOUN" or frame.type != "ASSAULT" or not actors:
            return False
        return any(
            c.dep_ == "det" and c.text.lower() in self._grammar.definite for c in token.children
        )

    def _only_points_back(self, token: Token, frame: Frame) -> bool:
        """« ce refus », « cette guerre »: a pointer to an event already told (decision 2)."""
        if token.pos_ not in ("NOUN", "PROPN"):
            return False
        determiners = {c.text.lower() for c in token.children if c.dep_ == "det"}
        return (
            bool(determiners & set(self._grammar.back_pointers))
            and frame.needs_party
            and not any(c.dep_ in ("nmod", "amod") for c in token.children)
        )

    def _for_purpose(self, token: Token) -> bool:
        marks = {c.text.lower() for c in token.children if c.i < token.i}
        return bool(marks & set(self._grammar.purpose))

    def _modifier(self, token: Token) -> bool:
        """« les forces d'invasion », « un plan d'attaque »: the noun only says what kind."""
        if token.pos_ not in ("NOUN", "PROPN") or token.i == 0:
            return False
        before = token.doc[token.i - 1]
        head = token.head
        carried = {*self._grammar.light_nouns, *self._grammar.measures}
        return (
            before.text.lower() in ("de", "d'")
            and head.i < token.i
            and head.pos_ in ("NOUN", "PROPN")
            and not set(self._words.of(head)) & carried
            and not any(
                f
                for lemma in self._words.of(head)[:3]
                for f in self._lexicon.by_noun.get(lemma, ())
            )
            and bool(set(self._words.of(head)) & set(self._grammar.stand_ins))
        )

    def _generic(self, token: Token) -> bool:
        """« toute attaque »: a possibility, not an event."""
        if token.pos_ not in ("NOUN", "PROPN"):
            return False
        words = {c.text.lower() for c in token.children if c.i < token.i + 3}
        previous = token.doc[token.i - 1].text.lower() if token.i else ""
        return bool((words | {previous}) & set(self._grammar.generic))

    _Roles = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]

    def _verb_roles(self, verb: Token, frame: Frame, parsed: Parsed) -> _Roles | None:
        passive = any(c.dep_ == "aux:pass" or c.dep_ == "nsubj:pass" for c in verb.children)
        bare = self._clauses.participle(verb) == "past" and verb.dep_ in (
            "acl",
            "amod",
            "acl:relcl",
        )
        passive = passive or bare
        complements = self._roles.complements(verb, parsed, inner=frame.inner_roles)
        deed = self._deed_as_object(verb)
        if deed is not None:
            complements = [c for c in complements if c.at < deed.i]
        actors, recipients, places = self._from_complements(complements, frame, verb)
        subject = self._subject(verb, parsed)
        who = self._referents.of(subject, parsed) if subject is not None else ()
        if subject is not None and not who:
            who = self._party_of(subject, parsed)
        if frame.by_speaker:
            return self._asked_by_speaker(who, verb, parsed)
        if bare and not who:
            who = self._referents.of(verb.head, parsed) or self._party_of(verb.head, parsed)
        if deed is not None and frame.object == "recipient" and not recipients:
            recipients = self._author_of(deed, parsed)
        if not who and self._clauses.dummy_subject(verb):
            return None
        if not who and not actors and verb.morph.get("VerbForm") == ["Inf"]:
            return None
        if passive:
            if frame.object == "recipient":
                recipients = _merge(recipients, who)
        else:
            if frame.subject == "entity" and subject is not None and not who:
                if not self._stands_for_somebody(subject):
                    return None
            actors = _merge(who, actors)
        if not places:
            places = self._places_before(verb, parsed)
        recipients = tuple(r for r in recipients if r not in actors or frame.object == "actor")
        return self._with_request(verb, frame, parsed, (actors, recipients, places))

    def _with_request(self, trigger: Token, frame: Frame, parsed: Parsed, roles: _Roles) -> _Roles:
        """Add to a request whom it is put to and where, from the clause that is asked."""
        actors, recipients, places = roles
        if not frame.absorbs or frame.type != "REQUEST":
            return roles
        asked = self._asked(trigger, parsed)
        if asked is not None and not recipients:
            recipients = tuple(r for r in asked[1] if r not in actors)
        if asked is not None and not places:
            places = self._places_of(asked[0], parsed)
        return actors, recipients, places

    def _places_of(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        found = self._roles.complements(verb, parsed)
        places = [w for c in found if c.preposition in self._grammar.place for w in self._seats(c)]
        if not places and {c.text.lower() for c in verb.children} & set(self._grammar.there):
            places = self._there(verb, parsed)
        return tuple(dict.fromkeys(places))

    def _deed_as_object(self, verb: Token) -> Token | None:
        """« condamne l'invasion de X par Y »: what stands after the noun is the noun's."""
        for child in verb.children:
            if (
                child.dep_ in ("obj", "obl:arg")
                and child.pos_ == "NOUN"
                and self._presupposed(child)
            ):
                return child
        return None

    def _author_of(self, deed: Token, parsed: Parsed) -> tuple[str, ...]:
        """Who did a deed that is condemned: he is the one condemned."""
        for frame, _ in self._frames_at(deed):
            if frame.type == "ASSAULT":
                roles = self._noun_roles(deed, frame, parsed)
                return roles[0] if roles else ()
        return ()

    def _subject(self, verb: Token, parsed: Parsed) -> Token | None:
        """The verb's subject; of a verb of saying set after its words, the one who says them."""
        if set(self._words.of(verb)) & set(self._lexicon.speech):
            found = self._clauses.speakers_of(verb, parsed)
            for token in found:
                if self._referents.of(token, parsed):
                    return token
        subject = self._clauses.subject(verb, parsed)
        if subject is not None and self._clauses.participle(verb) == "present":
            if not self._referents.of(subject, parsed):
                root = next((t for t in parsed.doc if t.dep_ == "ROOT"), verb)
                return self._clauses.subject(root, parsed) if root.pos_ in _VERBAL else subject
        return subject

    def _asked_by_speaker(
        self, asked: tuple[str, ...], verb: Token, parsed: Parsed
    ) -> _Roles | None:
        """« Elle doit se retirer », said by somebody of another side, is his request to her."""
        speaker = self._referents.speaker(parsed.number)
        if speaker is None or not asked or speaker in asked:
            return None
        subject = self._clauses.own_subject(verb)
        if subject is not None and subject.text.lower() in self._grammar.first_plural:
            return None
        if any(self._clauses.tense(v) == "conditional" for v in self._clauses.chain(verb)):
            return None  # « cela signifierait que X doit …» asks nothing
        return (speaker,), asked, ()

    def _noun_roles(self, noun: Token, frame: Frame, parsed: Parsed) -> _Roles | None:
        complements = self._roles.complements(noun, parsed)
        actors, recipients, places = self._from_complements(complements, frame, noun)
        adjectives = self._by_adjective(noun) or self._by_means(noun)
        if adjectives:
            actors = _merge(actors, adjectives)
        if not actors:
            actors = self._light_subject(noun, frame, parsed)
        if not actors and frame.of == "recipient" and frame.type == "ASSAULT" and not recipients:
            return None if frame.needs_party else ((), (), places)
        if not places:
            places = self._places_before(noun, parsed) if not actors and not recipients else places
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
        for item in complements:
            role = self._role(item, frame, trigger, against)
            several = item.mention.form == "capital" and len(item.mention.entities) > 1
            if several and role != "place":
                continue  # « Bruxelles »: which government is meant is not told
            if role in boxes:
                who = self._seats(item) if role == "place" else item.who
                boxes[role] += [w for w in dict.fromkeys(who) if w not in boxes[role]]
        return tuple(actors), tuple(recipients), tuple(places)

    def _seats(self, item: Complement) -> tuple[str, ...]:
        """A capital after « à » or « dans » is the city, not the government."""
        if item.mention.form != "capital":
            return item.who
        return tuple(self._referents.seat_of(w) or w for w in item.who)

    def _role(self, item: Complement, frame: Frame, trigger: Token, against: bool) -> str:
        grammar, word = self._grammar, item.preposition
        nominal = trigger.pos_ in ("NOUN", "PROPN")
        if word is None:
            bare_object = not nominal and item.at - trigger.i <= (12 if item.stood_for else 6)
            return frame.object if bare_object else "none"
        if word in grammar.by:
            return frame.by
        if word in grammar.against:
            return frame.against
        if word in grammar.of:
            if not nominal:
                return "none"
            if against and frame.of == "recipient":
                return "actor"
            return frame.of if item.mention.kind != "place" or frame.of == "recipient" else "place"
        if word in grammar.alongside:
            return frame.along
        if word in grammar.to:
            city = item.mention.kind == "place" or item.mention.form == "capital"
            town = city and not item.stood_for and word != "auprès" and self._meets_or_moves(frame)
            return "place" if town else frame.to
        if word in grammar.place and item.mention.kind in _PLACE_KINDS:
            held = item.stood_for and item.mention.form == "demonym"
            return "recipient" if held and word == "sur" else "place"
        return "none"

    def _meets_or_moves(self, frame: Frame) -> bool:
        """Arms go « à Kiev » the government; people meet « à Bruxelles » the city."""
        return frame.type not in ("AID", "AGREE", "REQUEST", "THREATEN", "REJECT", "ACCUSE")

    def _by_adjective(self, noun: Token) -> tuple[str, ...]:
        """« l'offensive russe »: the adjective's state does it."""
        found: list[str] = []
        for token in noun.doc[max(0, noun.i - 2) : noun.i + 4]:
            if token.head.i == noun.i or token.head.head.i == noun.i or abs(token.i - noun.i) == 1:
                mention = self._mention_of(token)
                if mention is not None and mention.form == "demonym" and token.i != noun.i:
                    between = noun.doc[noun.i + 1 : token.i] if token.i > noun.i else ()
                    if all(t.pos_ in ("ADJ", "ADV", "NOUN") for t in between):
                        found += [e for e in self._referents.meant(mention) if e not in found]
        return tuple(found)

    def _by_means(self, noun: Token) -> tuple[str, ...]:
        """« des frappes de missiles russes »: the owner of what it is done with."""
        for token in noun.doc[noun.i + 1 : noun.i + 5]:
            if token.pos_ == "NOUN" and self._roles.things([token]):
                return self._by_adjective(token)
            if token.pos_ in _VERBAL or token.text == ",":
                break
        return ()

    def _mention_of(self, token: Token) -> Mention | None:
        return self._referents.covering(self._current.span(token))

    def _light_subject(self, noun: Token, frame: Frame, parsed: Parsed) -> tuple[str, ...]:
        """« La Russie mène une invasion »: the subject of a verb that only carries the noun."""
        head, link = noun.head, noun
        hops = 0
        while head.pos_ in ("NOUN", "PROPN") and head.head != head and hops < 2:
            link, head, hops = head, head.head, hops + 1
        if link.dep_ not in ("obj", "nsubj", "nsubj:pass", "obl:arg", "conj", "xcomp"):
            return ()
        if head.pos_ not in _VERBAL or head == noun:
            return ()
        carriers = {*self._grammar.light_verbs, *frame.light}
        light = set(self._words.of(head)) & carriers
        if not light:
            return ()
        agents = [c for c in head.children if c.dep_ == "obl:agent"]
        if agents:
            return self._referents.of(agents[0], parsed)
        if noun.dep_ in ("nsubj:pass", "nsubj") and hops == 0:
            return ()
        subject = self._clauses.subject(head, parsed)
        return self._referents.of(subject, parsed) if subject is not None else ()

    def _party_of(self, noun: Token, parsed: Parsed) -> tuple[str, ...]:
        """The state or body that a subject such as « les frappes russes » belongs to."""
        found = list(self._by_adjective(noun))
        for child in noun.children:
            if child.dep_ in ("nmod", "obl:arg") and any(
                c.text.lower() in self._grammar.of for c in child.children
            ):
                found += [e for e in self._referents.of(child, parsed) if e not in found]
        return tuple(found)

    def _places_before(self, trigger: Token, parsed: Parsed) -> tuple[str, ...]:
        places: list[str] = []
        for item in self._roles.before(trigger, parsed):
            if item.preposition in self._grammar.place and item.mention.kind in ("place", "state"):
                head = parsed.doc[item.at]
                if head.head.i == trigger.i or head.head.head.i == trigger.i:
                    places += [w for w in self._seats(item) if w not in places]
        if not places:
            places += self._that_country(trigger, parsed)
        clitics = {c.text.lower() for c in trigger.children}
        if not places and clitics & set(self._grammar.there):
            places += self._there(trigger, parsed)
        return tuple(places)

    def _that_country(self, trigger: Token, parsed: Parsed) -> list[str]:
        """« dans ce pays »: the one named last."""
        end = self._roles.clause_end(trigger, parsed)
        for token in parsed.doc[trigger.i + 1 : end]:
            pointed = any(c.text.lower() in self._grammar.back_pointers for c in token.children)
            if pointed and set(self._words.of(token)) & set(self._grammar.the_country):
                return list(self._referents.last_place(parsed.span(token)[0]))
        return []

    def _there(self, trigger: Token, parsed: Parsed) -> list[str]:
        """« y »: the last place or state named before."""
        return list(self._referents.last_place(parsed.span(trigger)[0]))

    def _asked(self, trigger: Token, parsed: Parsed) -> tuple[Token, tuple[str, ...]] | None:
        """« … que l'alliance envoie »: the verb that is asked for, and whose deed it would be."""
        for verb in trigger.subtree:
            if verb.i <= trigger.i or verb.pos_ not in _VERBAL:
                continue
            subject = self._clauses.own_subject(verb)
            marks = {c.text.lower() for c in verb.children if c.dep_ in ("mark", "cc")}
            if subject is not None and marks & set(self._grammar.that):
                return verb, self._referents.of(subject, parsed)
        return None

    def _span(self, token: Token, parsed: Parsed) -> Span:
        """The clause that shows the act: from its subject to where its clause ends."""
        doc = parsed.doc
        end = max(token.i, self._roles.clause_end(token, parsed) - 1)
        start = token.i
        if token.pos_ in _VERBAL:
            top = token
            while top.dep_ in ("xcomp", "acl", "obj", "obl:arg") and top.head is not top:
                top = top.head
            start = min(start, top.i) if top.pos_ in _VERBAL else start
            subject = next((c for c in top.children if c.dep_.startswith("nsubj")), None)
            if subject is not None and subject.i < token.i:
                start = min(start, subject.left_edge.i, self._list_start(subject, parsed))
            auxiliaries = [
                c.i for c in token.children if c.dep_.startswith("aux") or c.dep_ == "advmod"
            ]
            start = min([start, *auxiliaries])
        else:
            start = min(start, token.left_edge.i)
            over = token.head
            if over.pos_ in _VERBAL and over.i < token.i:
                subject = next((c for c in over.children if c.dep_.startswith("nsubj")), None)
                start = min(start, over.i, subject.left_edge.i if subject is not None else over.i)
        if self._candidate_frame is not None and (
            self._candidate_frame.absorbs or self._candidate_frame.says
        ):
            end = max(end, token.right_edge.i)
        elif token.dep_.startswith("nsubj") and token.head.pos_ in _VERBAL and token.head.i > end:
            end = max(end, self._roles.clause_end(token.head, parsed) - 1)
        while end > token.i and doc[end].text in ",;:.-–— ":
            end -= 1
        return parsed.span(doc[start], doc[end])

    def _list_start(self, subject: Token, parsed: Parsed) -> int:
        """Where the enumeration begins that the subject is a member of."""
        mention = self._referents.covering(parsed.span(subject))
        if mention is None:
            return subject.i
        first = self._referents.list_members(mention)[0]
        tokens = parsed.tokens(first.span)
        return tokens[0].i if tokens else subject.i

    def _consumed(self, candidate: _Candidate, parsed: Parsed) -> set[int]:
        """The tokens that can be no trigger of their own any more."""
        token, frame = candidate.token, candidate.frame
        used = set(range(token.i, candidate.last.i + 1)) | self._objects_used(token, frame)
        if not frame.absorbs:
            return used
        for child in token.subtree:
            if child.i <= token.i or child.i in used:
                continue
            if self._clauses.conditional_clause(child) or self._outside(child, token):
                continue
            known = child.pos_ in ("NOUN", "PROPN") and any(
                c.dep_ == "det" and c.text.lower() in ("l'", "le", "la", "the")
                for c in child.children
            )
            if not (known and self._presupposed(child)):
                used.add(child.i)
        return used

    def _objects_used(self, token: Token, frame: Frame) -> set[int]:
        """« fournit un soutien » is one act: the thing that a frame asks for is no second one."""
        if not frame.about:
            return set()
        used: set[int] = set()
        heads = [c for c in token.children if c.dep_ in ("obj", "obl:arg", "nsubj:pass", "nmod")]
        for head in heads:
            for member in [head, *(c for c in head.children if c.dep_ == "conj")]:
                things = self._roles.things([member])
                if any(set(t.classes) & set(frame.about) for t in things):
                    used.add(member.i)
        return used

    def _presupposed(self, noun: Token) -> bool:
        """« l'attaque de Moscou »: taken as having happened, whatever is demanded about it."""
        frames = [
            f for lemma in self._words.of(noun)[:4] for f in self._lexicon.by_noun.get(lemma, ())
        ]
        return any(f.type == "ASSAULT" for f in frames)

    def _outside(self, child: Token, token: Token) -> bool:
        """Whether a word hangs on the trigger but lies in a clause of its own (« tandis que … »)."""
        while child.head != child and child.i != token.i:
            if child.dep_ in ("parataxis",) or (
                child.dep_ in ("conj", "advcl")
                and child.head.i == token.i
                and child.pos_ in _VERBAL
                and not self._clauses.infinite(child)
            ):
                return True
            child = child.head
        return False


def _merge(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *second]))
