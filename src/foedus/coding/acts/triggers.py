"""Triggers: the words that name an act, and the frame that fits them best.

Comes in: a token of a parsed piece. Goes out: the frame whose conditions it meets (object, negation,
complement), or nothing. A frame is a line of ``lang/XX/frames``; how well it fits is counted by the
conditions met, so that the most specific wording wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from foedus.coding.acts.roles import Roles
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Frame, Lexicon

__all__ = ["Candidate", "Triggers"]

_VERBAL = ("VERB", "AUX")


class Candidate(msgspec.Struct, frozen=True):
    """A trigger and the frame that fits it; ``last`` is the last word of a fixed phrase."""

    token: Token
    last: Token
    frame: Frame
    score: int


class Triggers:
    """Finds the frames of the words of one report."""

    def __init__(
        self,
        referents: Referents,
        clauses: Clauses,
        roles: Roles,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._referents = referents
        self._clauses = clauses
        self._roles = roles
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self._reflexive = frozenset(lexicon.grammar.reflexive)
        # « se », « nous », « leur » before a verb: a phrase may begin with them (« il nous faut »)
        self._clitics = self._reflexive | frozenset(lexicon.grammar.first_plural)
        self._piece: Parsed | None = None
        self._found: dict[int, list[Candidate]] = {}
        self._clause_of: Token | None = None
        self._clause_words: tuple[Sequence[Token], Mapping[str, Sequence[int]]] = (), {}

    def candidates(self, token: Token, parsed: Parsed) -> list[Candidate]:
        """Return the frames that fit the token, the best first."""
        if parsed is not self._piece:
            self._piece, self._found = parsed, {}
        found = self._found.get(token.i)
        if found is None:  # asked again for each word that hangs on an accusation
            found = self._found[token.i] = self._fitting(token, parsed)
        return found

    def _fitting(self, token: Token, parsed: Parsed) -> list[Candidate]:
        frames = list(self.frames_at(token))
        if not frames:
            return []
        asks = any(frame.about or frame.unless for frame, _ in frames)
        classes = self._object_classes(token, parsed) if asks else frozenset[str]()
        found = self._candidates(frames, token, classes, parsed)
        if not found and asks and token.pos in _VERBAL:
            # « fournir à l'armée de X mille obus »: what stands nearest is to whom
            further = self._roles.things(self._object_further_on(token, parsed))
            named = frozenset(name for thing in further for name in thing.classes)
            found = [] if named <= classes else self._candidates(frames, token, named, parsed)
        return sorted(found, key=lambda candidate: -candidate.score)

    def _candidates(
        self,
        frames: Sequence[tuple[Frame, Token]],
        token: Token,
        classes: frozenset[str],
        parsed: Parsed,
    ) -> list[Candidate]:
        return [
            Candidate(token, last, frame, score)
            for frame, last in frames
            if (score := self._fits(frame, token, classes, parsed, phrased=last != token))
        ]

    def frames_at(self, token: Token) -> Iterator[tuple[Frame, Token]]:
        """Yield the frames that the token's lemmas trigger, with the last token of each."""
        if token.pos == "PUNCT":
            return
        lemmas = self._words.of(token)
        own = [c for c in token.children if c.i < token.i and c.lower in self._clitics]
        if not own and self._lexicon.triggers.isdisjoint(lemmas):
            return
        if not (token.lower in self._reflexive and token.head.i > token.i):
            for first in (token, *own):
                yield from self._phrases_at(first, token)
        if token.pos in _VERBAL or (token.pos == "ADJ" and self._participial(token)):
            for lemma in lemmas:
                for frame in self._lexicon.by_verb.get(lemma, ()):
                    yield frame, token
        elif token.pos in ("NOUN", "PROPN"):
            for lemma in lemmas[:4]:
                for frame in self._lexicon.by_noun.get(lemma, ()):
                    yield frame, token

    def _phrases_at(self, first: Token, head: Token) -> Iterator[tuple[Frame, Token]]:
        """Fixed phrases that begin at a word; « se rendre à » begins before its verb ``head``."""
        for lemma in self._words.of(first):
            phrases = self._lexicon.by_phrase.get(lemma)
            if phrases is None:
                continue
            rest = first.doc[first.i : first.i + 10]
            for length, frame in self._roles.said_at(rest, 0, phrases):
                if rest[length - 1].i >= head.i:
                    yield frame, rest[length - 1]

    def _participial(self, token: Token) -> bool:
        return any(c.dep.startswith(("aux", "obl:agent")) for c in token.children)

    def _object_classes(self, token: Token, parsed: Parsed) -> frozenset[str]:
        """The classes of the things that the trigger is about: the same for all its frames."""
        scope = self._roles.scope(token, parsed)
        things = self._roles.things(scope)
        if not things and token.pos in _VERBAL:
            things = self._roles.things(self._object_further_on(token, parsed))
        named = {name for thing in things for name in thing.classes}
        kinds = self._kinds_named(token, scope, parsed)
        return frozenset(named | kinds | self._people_as_object(token, parsed))

    def _object_further_on(self, verb: Token, parsed: Parsed) -> list[Token]:
        """« a signé le 11 mai avec X une déclaration »: nouns of the clause under no preposition."""
        clause = parsed.doc[verb.i + 1 : self._roles.clause_end(verb, parsed)]
        bare = (
            t
            for t in clause
            if t.pos == "NOUN"
            and any(c.dep in ("det", "nummod") for c in t.children)
            and not any(c.dep == "case" for c in t.children)
        )
        return [word for noun in bare for word in self._roles.own_phrase(noun)]

    def _kinds_named(self, token: Token, scope: Sequence[Token], parsed: Parsed) -> set[str]:
        """What the names are that stand as its object: a place, a state, a body, a person."""
        found: set[str] = set()
        for word in scope:
            if word.doc is not parsed.doc:
                continue
            direct = word.head.i == token.i or token.head.i == word.i
            if not direct and not (word.dep == "conj" and word.head.head.i == token.i):
                continue
            mention = self._referents.index.covering(parsed.span(word))
            if mention is not None and mention.form != "demonym":
                found.add("person" if mention.kind == "office" else mention.kind)
        return found | self._person_as_agent(token, parsed)

    def _person_as_agent(self, token: Token, parsed: Parsed) -> set[str]:
        """« reçu par X »: of a passive, the person by whom shows what kind of deed it is."""
        agents = [c for c in token.children if c.dep == "obl:agent"]
        named = any(
            self._referents.pronouns.is_person(w)
            for a in agents
            for w in self._referents.of(a, parsed)
        )
        return {"person"} if named else set()

    def _fits(
        self,
        frame: Frame,
        token: Token,
        classes: frozenset[str],
        parsed: Parsed,
        *,
        phrased: bool,
    ) -> int:
        """Score how well a frame fits: 0 not at all; conditions met count, phrases most."""
        score = 10 + frame.rank
        score += 4 if phrased else 0
        if frame.negated:
            if not self._negated_here(token):
                return 0
            score += 2
        if not frame.negation and self._clauses.negated(token):
            return 0
        if frame.reflexive is not None and not self._reflects(token, asked=frame.reflexive):
            return 0
        if frame.complement == "clause":
            if not self._clausal_complement(token) or (frame.negated and self._of_saying(token)):
                return 0
            score += 1
        if frame.complement == "none" and self._clausal_complement(token):
            return 0
        if frame.tense and self._clauses.tense(token) not in frame.tense:
            return 0
        if frame.about and not self._about(frame, token, classes):
            return 0
        if classes & set(frame.unless):
            return 0
        if not self._surrounded(frame, token, parsed):
            return 0
        return score + 3 * bool(frame.about) + 3 * bool(frame.beside) + 2 * bool(frame.doer)

    def _about(self, frame: Frame, token: Token, classes: frozenset[str]) -> bool:
        """Whether the object names a thing that the frame is about."""
        if frame.direct:
            things = self._roles.things(self._roles.direct(token))
            classes = frozenset(name for thing in things for name in thing.classes)
        return bool(classes & set(frame.about))

    def _surrounded(self, frame: Frame, token: Token, parsed: Parsed) -> bool:
        """Whether the expressions and the doer that a frame asks for are there."""
        if frame.beside or frame.not_beside:
            clause, begins = self._clause(token, parsed)
            if frame.beside and not self._says_one(clause, begins, frame.beside):
                return False
            if self._says_one(clause, begins, frame.not_beside):
                return False
        if frame.doer and not self._done_by(frame, token, parsed):
            return False
        return frame.subject != "person" or self._personal(token, parsed)

    def told_with(self, candidate: Candidate, parsed: Parsed) -> set[int]:
        """The words beside a trigger that tell the same act: « mettre … en garde », who is shot."""
        frame, token = candidate.frame, candidate.token
        clause = parsed.doc[token.i + 1 : self._roles.clause_end(token, parsed)]
        used: set[int] = set()
        for expression in frame.beside:
            for start in range(len(clause)):
                length = self._roles.matches(clause, start, expression.split())
                used |= {t.i for t in clause[start : start + length]}
        doer = self._doer(token, parsed) if frame.doer else None
        return used | ({doer.i} if doer is not None else set())

    def _clause(
        self, token: Token, parsed: Parsed
    ) -> tuple[Sequence[Token], Mapping[str, Sequence[int]]]:
        """The words after a trigger in its clause, and where among them each lemma stands."""
        if self._clause_of is not token:  # asked for each of its frames
            self._clause_of = token
            clause = parsed.doc[token.i + 1 : self._roles.clause_end(token, parsed)]
            begins: dict[str, list[int]] = {}
            for start, word in enumerate(clause):
                for lemma in self._words.of(word):
                    begins.setdefault(lemma, []).append(start)
            self._clause_words = clause, begins
        return self._clause_words

    def _says_one(
        self,
        words: Sequence[Token],
        begins: Mapping[str, Sequence[int]],
        expressions: Sequence[str],
    ) -> bool:
        for expression in expressions:
            first, _, rest = expression.partition(" ")
            places = begins.get(first)
            if places and (not rest or any(self._said(words, at, expression) for at in places)):
                return True
        return False

    def _said(self, words: Sequence[Token], at: int, expression: str) -> bool:
        return bool(self._roles.matches(words, at, expression.split()))

    def _done_by(self, frame: Frame, token: Token, parsed: Parsed) -> bool:
        """Whether its subject, of a passive its agent, names a thing of the classes asked for."""
        doer = self._doer(token, parsed)
        if doer is None:  # of a passive, what is hit tells enough
            return bool(frame.about) and self._undergoes(token)
        named = self._roles.things([t for t in self._roles.doing(doer) if t is not token])
        return any(set(thing.classes) & set(frame.doer) for thing in named)

    def _undergoes(self, token: Token) -> bool:
        return self._clauses.passive(token) or self._clauses.undergone(token)

    def _doer(self, token: Token, parsed: Parsed) -> Token | None:
        """Its subject, of a passive its agent."""
        if self._undergoes(token):
            return next((c for c in token.children if self._agent(c)), None)
        return self._clauses.subject(token, parsed)

    def _agent(self, child: Token) -> bool:
        """« touché par des tirs », whatever the parser makes of « par »."""
        return child.dep == "obl:agent" or (
            child.dep.startswith("obl") and any(c.lower in self._grammar.by for c in child.children)
        )

    def _personal(self, token: Token, parsed: Parsed) -> bool:
        """Whether its subject is a person, named or not."""
        subject = self._clauses.subject(token, parsed)
        if subject is None:
            return False
        if self._words.means_person(subject):
            # « le premier des quatre systèmes » is nobody
            return subject.pos != "ADJ" or not self._roles.things(subject.subtree[:8])
        return any(
            self._referents.pronouns.is_person(who) for who in self._referents.of(subject, parsed)
        )

    def _people_as_object(self, token: Token, parsed: Parsed) -> set[str]:
        """« forme 300 Ukrainiens »: people of a state are people."""
        for child in token.children:
            for word in (child, *child.children):
                mention = self._referents.index.covering(parsed.span(word))
                if mention is not None and mention.form == "inhabitant" and word.i > token.i:
                    return {"people"}
        return set()

    def _reflects(self, token: Token, *, asked: bool) -> bool:
        """Whether « se » stands with the verb or not, as asked; a bare participle may be either."""
        if self._clauses.participle(token) == "past":
            return True  # « réunis en visioconférence, les dirigeants »; « les chars achetés »
        before = {t.lower for t in token.doc[max(0, token.i - 3) : token.i]}
        found = bool(before & set(self._grammar.reflexive)) or any(
            c.dep.startswith("expl") and c.lower in self._grammar.first_plural
            for c in token.children
        )
        return found is asked

    def _of_saying(self, token: Token) -> bool:
        """« n'a pas voulu dire »: to keep silent is no refusal of a deed."""
        return any(
            set(self._words.of(c)) & set(self._lexicon.speech)
            for c in token.children
            if c.dep in ("xcomp", "ccomp") and c.i > token.i
        )

    def _negated_here(self, token: Token) -> bool:
        if token.pos in _VERBAL:  # « a cédé plus de 200 chars » denies nothing
            over = token.feature("VerbForm") == "Inf" and self._clauses.negated(token.head)
            return self._clauses.negated(token) or over
        for head in (token, token.head, token.head.head):
            if self._clauses.negated(head):
                return True
        return any(c.lower in self._grammar.negations for c in token.children)

    def _clausal_complement(self, token: Token) -> bool:
        return any(
            c.dep in ("xcomp", "ccomp", "obl:arg", "advcl") and c.pos in _VERBAL and c.i > token.i
            for c in token.children
        ) or any(self._asked_of(c) or self._asks_name(c) for c in token.children if c.i > token.i)

    def _asks_name(self, child: Token) -> bool:
        """« presse Ankara de ratifier »: the infinitive right after who is asked, hung anywhere."""
        after = child.doc[child.right + 1 : child.right + 3] if child.pos == "PROPN" else []
        links = {*self._grammar.linking, *self._grammar.to}
        named = child.dep == "obj" and len(after) == 2 and after[0].lower in links
        return named and after[1].feature("VerbForm") == "Inf"

    def _asked_of(self, child: Token) -> bool:
        """« prie ses alliés d'agir »: the parser may hang the infinitive on whoever is asked."""
        return child.dep in ("obj", "iobj", "obl:arg", "obl:agent") and any(
            c.dep == "acl"
            and c.feature("VerbForm") == "Inf"
            and any(g.lower in (*self._grammar.of, *self._grammar.to) for g in c.children)
            for c in child.children
        )
