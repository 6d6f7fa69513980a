"""Acts: triggers, frames, and what makes of them an event of PLOVER's types.

Comes in: the parsed pieces of a report, its statements, its cues and who its words refer to. Goes
out: drafts of the codebook's act records. An act's roles come from its own clause or are resolved to
it; what is demanded, promised, refused or threatened is no second act (codebook, decision 1).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

import msgspec

from foedus.acts import Aux, EventType, ModeGiver, Span
from foedus.coding.acts.absorbing import Absorbing
from foedus.coding.acts.modes import Modes
from foedus.coding.acts.parties import Parties, merged
from foedus.coding.acts.roles import Roles
from foedus.coding.acts.triggers import Candidate, Triggers
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.text import SpanIndex
from foedus.coding.who import OWNERS, Referents
from foedus.coding.wording import Frame, Lexicon

__all__ = ["ActDraft", "Events"]

_VERBAL = ("VERB", "AUX")
_REMEMBERED = 3
"""Pieces back in which an event is told that « la rencontre aura lieu » points at."""


class ActDraft(msgspec.Struct, kw_only=True):
    """An act before cues, quantities, dates and its id are given to it."""

    parsed: int
    trigger: Span
    span: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    aux: tuple[Aux, ...] = ()
    aux_by: tuple[ModeGiver, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    rule: str = ""


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
        self._reported = SpanIndex((span, None) for span in reported)
        self._triggers = Triggers(referents, clauses, roles, lexicon, words)
        self._parties = Parties(referents, clauses, roles, self._triggers, lexicon, words)
        self._absorbing = Absorbing(clauses, roles, self._triggers, self._parties, lexicon)
        self._told: list[ActDraft] = []
        self._current: Parsed
        self._candidate_frame: Frame | None = None

    def find(self, parsed: Parsed) -> list[ActDraft]:
        """Return the acts of one piece in the order of their triggers."""
        self._current = parsed
        self._roles.enter(parsed)
        drafts: list[ActDraft] = []
        absorbed: set[int] = set()
        chosen: dict[int, str] = {}
        for token in sorted(parsed.doc, key=lambda t: (self._depth(t), t.i)):
            if token.i in absorbed:
                continue
            for candidate in self._triggers.candidates(token, parsed):
                if self._repeats(candidate, chosen):
                    break
                draft = self._draft(candidate, parsed)
                if draft is None and not candidate.frame.rank and not candidate.frame.needs:
                    # the best reading lacks its party: a worse one would be a guess
                    break
                if draft is not None:
                    self._told.append(draft)
                    chosen[token.i] = candidate.frame.id
                    drafts.append(draft)
                    absorbed |= self._absorbing.by(candidate, parsed)
                    break
        return sorted(drafts, key=lambda d: d.trigger)

    def _repeats(self, candidate: Candidate, chosen: dict[int, str]) -> bool:
        """« défendrons et protégerons tous les alliés » is one thing done, said twice."""
        token = candidate.token
        if token.dep != "conj" or token.pos not in _VERBAL or token.i - token.head.i > 3:
            return False
        if any(
            c.dep.startswith("aux") or c.lower in self._grammar.negation_particles
            for c in token.children
        ):
            return False  # « n'a pas envoyé et n'enverra pas »: each has its own time
        return chosen.get(token.head.i) == candidate.frame.id

    def _depth(self, token: Token) -> int:
        """Verbs over others come first, so that they absorb their content before it is read."""
        depth = 0
        while token.head != token and depth < 30:
            token, depth = token.head, depth + 1
        return depth

    def _draft(self, candidate: Candidate, parsed: Parsed) -> ActDraft | None:
        token, frame = candidate.token, candidate.frame
        self._candidate_frame = frame
        if not frame.purpose and self._for_purpose(token):
            return None
        if self._only_points_back(token, frame) or self._generic(token) or self._modifier(token):
            return None
        if self._only_topic(token, frame):
            return None
        copular = any(c.dep.startswith("nsubj") for c in token.children)
        verbal = token.pos in _VERBAL or token.pos == "ADJ" or copular
        roles = self._parties.of(token, frame, parsed, verbal=verbal)
        if roles is None:
            return None
        actors, recipients, places = roles
        recipients = merged(recipients, frame.gives)
        if frame.needs_party and not (
            actors or recipients or self._unnamed_party(token, frame) or self._set(places, frame)
        ):
            told = self._told_before(token, frame)
            if told is None:
                return None
            actors, recipients = told.actors, told.recipients
        parties = {"actor": actors, "recipient": recipients, "place": places}
        if not all(parties[who] for who in frame.needs):
            return None
        scope = self._roles.things(
            self._roles.scope(token, parsed) if not verbal else self._roles.objects(token, parsed)
        )
        slugs = [t.slug for t in scope if t.slug]
        instruments = tuple(dict.fromkeys([*frame.instruments, *slugs]))
        trigger = parsed.span(token, candidate.last)
        span = self._span(token, parsed)
        reported = self._reported.holds(trigger)
        aux = self._modes.of(token, frame, reported=reported)
        given = self._modes.given
        assert frame.type is not None
        return ActDraft(
            parsed=parsed.number,
            trigger=trigger,
            span=(min(span[0], trigger[0]), max(span[1], trigger[1])),
            type=frame.type,
            mode=self._mode(frame, token, parsed),
            contexts=frame.contexts or (),
            aux=() if self._taken_as_done(token, frame, actors) else aux,
            aux_by=tuple(
                ModeGiver(aux=mode, span=parsed.span(given[mode][0]), by=given[mode][1])
                for mode in aux
                if mode in given
            ),
            actors=actors,
            recipients=recipients,
            places=places,
            instruments=instruments,
            cues=frame.cues,
            rule=f"{frame.where} {frame.id}",
        )

    def _told_before(self, token: Token, frame: Frame) -> ActDraft | None:
        """« La rencontre aura lieu à Genève »: with whom was told before; where or when is new."""
        held = set(self._words.of(token.head)) & set(self._grammar.occurring)
        known = any(c.lower in self._grammar.definite_one for c in token.children)
        if not (held and known and token.dep.startswith("nsubj")):
            return None
        first = self._current.number - _REMEMBERED
        near = takewhile(lambda draft: draft.parsed >= first, reversed(self._told))
        return next((d for d in near if d.type == frame.type and d.actors), None)

    @staticmethod
    def _set(places: tuple[str, ...], frame: Frame) -> bool:
        """« l'attaque au monastère »: force used somewhere is an event, whoever used it."""
        return bool(places) and frame.type in ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE")

    def _unnamed_party(self, token: Token, frame: Frame) -> bool:
        """« les dirigeants tiendront un sommet »: the carrying verb's subject is people unnamed."""
        head = token.head
        if token.pos in _VERBAL or head.pos not in _VERBAL:
            return False
        if not set(self._words.of(head)) & {*self._grammar.light_verbs, *frame.light}:
            return False
        subject = self._clauses.subject(head, self._current)
        return subject is not None and self._parties.owners.stands_for_somebody(subject)

    def _mode(self, frame: Frame, token: Token, parsed: Parsed) -> str | None:
        if not frame.mode_if:
            return frame.mode
        end = self._roles.clause_end(token, parsed)
        named = self._roles.things(parsed.doc[token.i : end])
        classes = {name for thing in named for name in thing.classes}
        return next((m for name, m in frame.mode_if.items() if name in classes), frame.mode)

    def _taken_as_done(self, token: Token, frame: Frame, actors: tuple[str, ...]) -> bool:
        """« l'attaque de Moscou contre Kiev », definite and with its author, did happen."""
        if token.pos != "NOUN" or frame.type != "ASSAULT" or not actors:
            return False
        return any(c.dep == "det" and c.lower in self._grammar.definite for c in token.children)

    def _only_points_back(self, token: Token, frame: Frame) -> bool:
        """« ce refus », « cette guerre »: a pointer to an event already told (decision 2)."""
        if token.pos not in ("NOUN", "PROPN"):
            return False
        determiners = {c.lower for c in token.children if c.dep == "det"}
        return (
            bool(determiners & set(self._grammar.back_pointers))
            and frame.needs_party
            and not any(c.dep in ("nmod", "amod") for c in token.children)
        )

    def _only_topic(self, token: Token, frame: Frame) -> bool:
        """« a échangé avec X sur la candidature de Y »: what is spoken of, and told by nobody here."""
        said = frame.type in ("REQUEST", "AGREE", "SUPPORT")
        return said and token.pos == "NOUN" and bool(token.cases & set(self._grammar.onto))

    def _for_purpose(self, token: Token) -> bool:
        marks = {c.lower for c in token.children if c.i < token.i}
        return bool(marks & set(self._grammar.purpose))

    def _modifier(self, token: Token) -> bool:
        """« les forces d'invasion », « un plan d'attaque »: the noun only says what kind."""
        if token.pos not in ("NOUN", "PROPN") or token.i == 0:
            return False
        before = token.doc[token.i - 1]
        head = token.head
        carried = {*self._grammar.light_nouns, *self._grammar.measures}
        if token.dep in OWNERS:
            return not set(self._words.of(head)) & carried
        return (
            before.lower in self._grammar.linking
            and head.i < token.i
            and head.pos in ("NOUN", "PROPN")
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
        if token.pos not in ("NOUN", "PROPN"):
            return False
        words = {c.lower for c in token.children if c.i < token.i + 3}
        previous = token.doc[token.i - 1].lower if token.i else ""
        return bool((words | {previous}) & set(self._grammar.generic))

    def _span(self, token: Token, parsed: Parsed) -> Span:
        """The clause that shows the act: from its subject to where its clause ends."""
        doc = parsed.doc
        end = max(token.i, self._roles.clause_end(token, parsed) - 1)
        start = token.i
        if token.pos in _VERBAL:
            top = token
            while top.dep in ("xcomp", "acl", "obj", "obl:arg") and top.head is not top:
                top = top.head
            start = min(start, top.i) if top.pos in _VERBAL else start
            subject = next((c for c in top.children if c.dep.startswith("nsubj")), None)
            if subject is not None and subject.i < token.i:
                start = min(start, subject.left, self._list_start(subject, parsed))
            start = min([start, *self._fronted(top)])
            auxiliaries = [
                c.i for c in token.children if c.dep.startswith("aux") or c.dep == "advmod"
            ]
            start = min([start, *auxiliaries])
        else:
            start = min(start, token.left)
            over = token.head
            if over.pos in _VERBAL and over.i < token.i:
                subject = next((c for c in over.children if c.dep.startswith("nsubj")), None)
                start = min(start, over.i, subject.left if subject is not None else over.i)
        if self._candidate_frame is not None and (
            self._candidate_frame.absorbs or self._candidate_frame.says
        ):
            end = max(end, token.right)
        elif token.dep.startswith("nsubj") and token.head.pos in _VERBAL and token.head.i > end:
            end = max(end, self._roles.clause_end(token.head, parsed) - 1)
        while end > token.i and doc[end].text in ",;:.-–— ":
            end -= 1
        return parsed.span(doc[start], doc[end])

    def _fronted(self, verb: Token) -> list[int]:
        """« Pour la première fois, X a activé … »: an opening phrase that tells no other event."""
        openers = [c for c in verb.children if c.dep.startswith("obl") and c.left == 0]
        return [0 for c in openers if not any(self._roles.tells_event(t) for t in c.subtree)]

    def _list_start(self, subject: Token, parsed: Parsed) -> int:
        """Where the enumeration begins that the subject is a member of."""
        mention = self._referents.index.covering(parsed.span(subject))
        if mention is None:
            return int(subject.i)
        first = self._referents.index.enumeration(mention)[0]
        tokens = parsed.tokens(first.span)
        return int(tokens[0].i if tokens else subject.i)
