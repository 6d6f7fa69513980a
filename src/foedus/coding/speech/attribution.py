"""Attribution: whose words they are, and by way of whom they reached the report.

Comes in: a draft of a statement and the verb of saying beside it. Goes out: the draft with its
speaker, or without one where nobody can be named: an unresolved speaker is null, not a guess.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from foedus.acts import Form, Span
from foedus.coding.speech.tellers import Tellers
from foedus.coding.syntax import Clauses, Parsed, Token, Words
from foedus.coding.who import Referents
from foedus.coding.wording import Lexicon
from foedus.world.records import Mention

__all__ = ["UNNAMED", "Attribution", "Draft"]

_NEARBY = 900
"""Characters back in which somebody unnamed who spoke is nearer than a person told before."""
UNNAMED = "unnamed"
"""The rule of a draft whose speaker is told, but cannot be named."""


class Draft(msgspec.Struct, kw_only=True):
    """A statement before it is given its id. ``pieces`` are those its content lies in."""

    span: Span
    form: Form
    speaker: str | None = None
    speaker_span: Span | None = None
    cue_span: Span | None = None
    via: tuple[str, ...] = ()
    pieces: tuple[int, ...] = ()
    rule: str = ""
    past: bool = False
    """Whether it is told in the past: a conditional in it is then a future."""
    lemmas: tuple[str, ...] = ()
    """What the verb of saying may be in a dictionary."""


class Attribution:
    """Gives statements their speakers, and remembers who spoke last."""

    def __init__(
        self,
        parsed: Sequence[Parsed],
        referents: Referents,
        clauses: Clauses,
        lexicon: Lexicon,
        words: Words,
    ) -> None:
        self._parsed = parsed
        self._referents = referents
        self._clauses = clauses
        self._lexicon = lexicon
        self._grammar = lexicon.grammar
        self._words = words
        self.tellers = Tellers(referents, lexicon.grammar, words)
        self.last: Draft | None = None
        self._stranger: Span | None = None
        self._told_by = frozenset((
            *self._grammar.informants, *self._grammar.organs,
            *self._grammar.officials, *self._grammar.papers,
        ))  # fmt: skip

    def remember(self, draft: Draft) -> None:
        """Note a settled draft: a pronoun or a bare quote after it may be the same speaker's."""
        if draft.speaker is None:
            if draft.rule == UNNAMED:
                self.last = draft  # what goes on from it is nobody's either
            return
        self.last = draft
        if draft.speaker_span is not None:
            self._referents.pronouns.said_at(draft.speaker_span[0], draft.speaker)

    def attribute(self, draft: Draft, verb: Token, parsed: Parsed) -> bool:
        """Give a draft the speaker and the way of a verb of saying. False: nobody could be named."""
        draft.cue_span = parsed.span(verb)
        draft.lemmas = self._words.of(verb)
        leading = self._clauses.carrier(verb) or verb  # « a fait savoir que »
        draft.past = self._clauses.tense(leading) in ("past", "participle")
        subjects = [s for s in self._speakers(verb, parsed) if not _told_of(s, verb)]
        draft.via = self._by_way_of(verb, parsed)
        if (self._goes_on(verb) or self._joined(verb)) and self._same_as_before(draft, parsed):
            return True
        if subjects and self._same_one(subjects[0]):
            return self._same_as_before(draft, parsed, paragraph=True)
        if not subjects:
            return self._same_as_before(draft, parsed, paragraph=self._goes_on_telling(verb))
        subject = next((s for s in subjects if self._referents.of(s, parsed)), None)
        if subject is None:
            apart = self._clauses.past_apposition(verb)
            known = apart is not None and self._referents.of(apart, parsed)
            subject = apart if apart is not None and known else subjects[0]
        draft.speaker_span = parsed.span(subject)
        if self._one_of_many(subject, parsed):
            return self.give(draft, (), None, "anybody")
        told = self.tellers.of(subject, parsed, draft.span)
        if told is not None:
            return self.give(draft, *told, "teller")
        voice = self._voice(draft, subject, verb, parsed)
        if voice is not None:
            return self.give(draft, self._referents.meant(voice), voice.span, "voice")
        pronouns = self._referents.pronouns
        who = (
            pronouns.speaking(subject, parsed, since=self._told_before(draft, subject, parsed))
            or self._referents.of(subject, parsed)
            or self.tellers.unnamed.side(subject, draft.span, parsed)
        )
        if self._stranger_since(who, subject, parsed) or self.private(who, subject):
            who = ()
        elif not who and self._one_function(subject):
            self._stranger = draft.speaker_span
        mention = self._referents.index.covering(parsed.span(subject))
        span = (
            mention.span
            if mention is not None and mention.form != "demonym"
            else draft.speaker_span
        )
        return self.give(draft, who, span, "quote")

    def _stranger_since(self, who: tuple[str, ...], pronoun: Token, parsed: Parsed) -> bool:
        """« insiste le chef de corps. « … », tranche-t-il »: somebody unnamed spoke since, and is nearer."""
        inverted = pronoun.lower in self._grammar.inverted_pronouns
        if not who or self._stranger is None or not inverted:
            return False
        here = parsed.span(pronoun)[0]
        if here - self._stranger[1] > _NEARBY:
            return False
        between = self._referents.index.folded[self._stranger[1] : here]
        place = self._referents.pronouns.told_at(who[0], here, parsed)
        return self._stranger[0] > place and "\n" not in between

    def private(self, who: tuple[str, ...], noun: Token) -> bool:
        """Whether those of a noun are people of a state who do not speak for it (« des militants syriens »)."""
        private = set(self._words.of(noun)) & set(self._grammar.private_people)
        return bool(private and who) and not any(self._referents.pronouns.is_person(w) for w in who)

    def _told_before(self, draft: Draft, subject: Token, parsed: Parsed) -> int | None:
        """« X viendra, a-t-il dit »: where what is said begins; of whom it tells does not say it."""
        inverted = subject.lower in self._grammar.inverted_pronouns
        inside = parsed.piece.span[0] <= draft.span[0] and draft.span[1] <= parsed.span(subject)[0]
        return draft.span[0] if inverted and inside else None

    def _same_one(self, noun: Token) -> bool:
        """« ajoute la même source »: whoever spoke last."""
        if not any(c.dep == "amod" and c.lower in self._grammar.same for c in noun.children):
            return False
        # « Le même mois, le quotidien rapportait »: a month tells nothing
        return self._words.means_person(noun) or not self._told_by.isdisjoint(self._words.of(noun))

    def _one_function(self, noun: Token) -> bool:
        """« le chef de corps »: one person, told by what he is."""
        definite = any(c.lower in self._grammar.definite_one for c in noun.children)
        return definite and self._words.means_person(noun)

    def _one_of_many(self, subject: Token, parsed: Parsed) -> bool:
        """« un diplomate balte »: one of those of several states speaks for none of them."""
        articles = {c.lower for c in subject.children if c.dep == "det"}
        if not articles & set(self._grammar.indefinite) or not self._words.means_person(subject):
            return False
        adjectives = (c for c in subject.children if c.dep == "amod")
        named = (self._referents.index.covering(parsed.span(c)) for c in adjectives)
        return any(m is not None and m.form == "demonym" and m.kind == "group" for m in named)

    def _voice(self, draft: Draft, subject: Token, verb: Token, parsed: Parsed) -> Mention | None:
        """« Moscou, par la voix de Jan Nowak, a exigé »: the person through whom a side speaks."""
        low, high = sorted((parsed.span(subject)[1], parsed.span(verb)[0]))
        if high < draft.span[0]:
            high = draft.span[0]  # « a averti jeudi, par la voix de X, que »
        between = self._referents.index.folded[low:high].lower()
        said = [i + len(p) for p in self._lexicon.sayings.voices if (i := between.find(p)) >= 0]
        if not said:
            return None
        named = self._referents.index.within((low + min(said), high))
        return next((m for m in named if m.kind == "person"), None)

    def _speakers(self, verb: Token, parsed: Parsed) -> list[Token]:
        quoted = parsed.number > 0 and self._parsed[parsed.number - 1].piece.quote is not None
        if quoted and parsed.piece.quote is None:
            return self._clauses.speakers_after_quote(verb, parsed)
        return self._clauses.speakers_of(verb, parsed)

    def _goes_on(self, verb: Token) -> bool:
        """« …, ajoutant que »: a participle after a comma, with no name of its own."""
        if self._clauses.participle(verb) != "present" or verb.i == 0:
            return False
        while_saying = verb.nbor(-1).pos == "ADP" and verb.i > 1  # « tout en prévenant que »
        return verb.nbor(-1).text == "," or while_saying

    def _joined(self, verb: Token) -> bool:
        """« juge X improbable et relève que Y »: no subject of its own, wherever the parser hung it."""
        first = self._clauses.first_helper(verb)
        joint = first > 0 and verb.doc[first - 1].pos == "CCONJ"
        return (
            joint and self._clauses.own_subject(verb) is None and not self._clauses.infinite(verb)
        )

    def paragraph_of(self, draft: Draft) -> int:
        """Return the number of the paragraph in which a statement's content ends."""
        return self._parsed[draft.pieces[-1]].piece.paragraph if draft.pieces else -9

    def _goes_on_telling(self, verb: Token) -> bool:
        """« Et d'ajouter que »: a sentence of its own, by whoever spoke before it."""
        opens = verb.i == 2 and verb.doc[0].pos == "CCONJ"
        return opens and verb.nbor(-1).lower in self._grammar.linking

    def _same_as_before(self, draft: Draft, parsed: Parsed, *, paragraph: bool = False) -> bool:
        """« soulignant que », « et ajoute que »: whoever spoke in the same sentence, or ``paragraph``."""
        last = self.last
        if last is None or not last.pieces:
            return False
        home = self._parsed[last.pieces[-1]].piece
        near = paragraph and home.paragraph == parsed.piece.paragraph
        if home.sentence != parsed.piece.sentence and not near:
            return False
        return self.give(draft, (last.speaker,) if last.speaker else (), last.speaker_span, "same")

    def give(self, draft: Draft, who: tuple[str, ...], span: Span | None, rule: str) -> bool:
        """Give a draft its speaker; False, and no speaker, when nobody is meant for sure."""
        draft.speaker_span = span or draft.speaker_span
        draft.rule = rule
        who = tuple(w for w in who if not self._referents.pronouns.is_place(w))
        if not who:
            draft.rule = UNNAMED
            return False
        draft.speaker = who[0]
        return True

    def _by_way_of(self, verb: Token, parsed: Parsed) -> tuple[str, ...]:
        """« dans une interview à CNN », « cité par CNN »: outlets named in the words of saying."""
        found: list[str] = []
        ways = {*self._lexicon.sayings.via_places, *self._lexicon.sayings.via_verbs}
        for mention in self._referents.index.within(parsed.piece.span):
            if mention.kind != "outlet" or mention.span[0] < parsed.span(verb)[1]:
                continue
            lead = parsed.tokens((parsed.span(verb)[1], mention.span[0]))
            lemmas = {lemma for t in lead for lemma in self._words.of(t)}
            told_to = bool(lead) and self._handed_to(lead)
            if len(lead) < 8 and (lemmas & ways or told_to):
                found += self._referents.meant(mention)
        return tuple(dict.fromkeys(found))

    def _handed_to(self, lead: list[Token]) -> bool:
        """« a dit X à Reuters », « a-t-il dit, selon TASS »: the word before the outlet, past its article."""
        before = next((t for t in reversed(lead) if t.pos not in ("DET", "NOUN")), lead[-1])
        after = {*self._grammar.to, *self._lexicon.sayings.according_to}
        return before.lower in after


def _told_of(subject: Token, verb: Token) -> bool:
    """« X has been accused »: the subject of a passive is spoken of, and does not speak."""
    own = any(c.dep.startswith("aux") for c in verb.children)
    joined = verb.dep == "conj" and not own  # « a été convoquée et informée de »
    over = verb.head if joined else verb
    passive = any(c.dep == "aux:pass" for c in over.children)
    return passive and bool(subject.dep == "nsubj:pass" and subject.head.i == over.i)
