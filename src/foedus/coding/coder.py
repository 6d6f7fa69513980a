"""The coder: from a report to its records.

Comes in: a :class:`~foedus.report.Report`, the world register, and the cues of an alliance. Goes
out: statements, acts and quantities of the codebook, in order of their place. Coding one report
depends on nothing else: not on other reports, their order, or the number of workers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from foedus.acts import (
    AUX_MODES,
    Act,
    Aux,
    DateRange,
    ModeGiver,
    Record,
    Span,
    Statement,
    TimeExpression,
    hull,
    record_id,
)
from foedus.coding.acts import ActDraft, CueEntry, Cues, Events, Hits, Modes, Roles, Timing, linked
from foedus.coding.counts import Counter, cued
from foedus.coding.speech import Draft, Statements
from foedus.coding.syntax import (
    Clauses,
    Parsed,
    Words,
    load_parser,
    mend_adnominals,
    mend_presents,
    parse,
)
from foedus.coding.text import Quote, SpanIndex, cut, find_quotes, fold, load_quotes
from foedus.coding.traces import Traces
from foedus.coding.who import Referents, Spellings, introduced_names, others_surnames
from foedus.coding.wording import LANG_ROOT, Lexicon, load_lexicon
from foedus.report.records import Report
from foedus.world import World

__all__ = ["Coder", "languages"]


def languages() -> tuple[str, ...]:
    """Return the languages that have a folder of wording, sorted."""
    return tuple(sorted(p.name for p in LANG_ROOT.iterdir() if (p / "language.yaml").is_file()))


class _Language:
    """What coding in one language needs, loaded once."""

    def __init__(self, language: str, cues: Sequence[CueEntry]) -> None:
        self.lexicon: Lexicon = load_lexicon(language)
        self.words = Words(self.lexicon)
        self.clauses = Clauses(self.lexicon, self.words)
        self.quotes = load_quotes(self.lexicon.folder)
        self.cues = Cues(cues, language)
        self.counter = Counter(self.lexicon.folder)
        self.traces = Traces(self.lexicon.folder)

    @cached_property
    def nlp(self):  # type: ignore[no-untyped-def]
        """The parser, loaded when the first report of the language comes."""
        lexicon = self.lexicon
        return load_parser(lexicon.parser, lexicon.unused, lexicon.grammar.whole_words)


class Coder:
    """Codes reports. Make one and keep it: its parser takes a second to load.

    ``cues`` is the alliance's wording (``Alliance.cues``); ``own`` (``Alliance.own``) the ids that are
    the alliance itself and its organs, its own first, for cues that are only the alliance's own. A report whose language has no
    folder under ``coding/lang`` gives no records.
    """

    def __init__(
        self, world: World, cues: Sequence[CueEntry] = (), *, own: Sequence[str] = ()
    ) -> None:
        self._world = world
        self._cues = tuple(cues)
        self._own = tuple(own)
        self._known = frozenset(languages())
        self._languages: dict[str, _Language] = {}
        self._spellings: dict[str, Spellings] = {}

    def code(self, report: Report) -> tuple[Record, ...]:
        """Return the records of one report, sorted by kind-independent place in the text."""
        if report.language not in self._known:
            return ()
        if report.language not in self._languages:
            self._languages[report.language] = _Language(report.language, self._cues)
        language = self._languages[report.language]
        if report.language not in self._spellings:
            self._spellings[report.language] = _spellings(self._world, language.lexicon)
        spellings = self._spellings[report.language]
        return _Coding(report, language, self._world, self._own, spellings).records()

    def code_all(self, reports: Iterable[Report]) -> Iterator[tuple[Report, tuple[Record, ...]]]:
        """Code reports one after the other, keeping none."""
        for report in reports:
            yield report, self.code(report)


def _spellings(world: World, lexicon: Lexicon) -> Spellings:
    """The register's persons by the sound of every full name it gives them."""
    persons = world.entities("person")
    names = ((p.id, name) for p in persons for name in {*p.names.values(), p.id.replace("-", " ")})
    return Spellings(names, lexicon.grammar.spellings)


class _Coding:
    """The coding of one report."""

    def __init__(
        self,
        report: Report,
        language: _Language,
        world: World,
        own: Sequence[str],
        spellings: Spellings,
    ) -> None:
        self.report = report
        self.language = language
        self.own = frozenset(own)
        self.alliance = own[:1]
        self.folded = fold(report.text)
        self.quotes: tuple[Quote, ...] = find_quotes(report.text, report.body, language.quotes)
        pieces = cut(
            report.text, report.body, self.quotes, language.lexicon.grammar, language.words.may_say
        )
        article = SpanIndex((span, None) for span in report.body)
        mentions = [m for m in world.find(report.text, report.language) if article.holds(m.span)]
        others = set(others_surnames(self.folded, mentions, language.lexicon, language.words))
        mentions = [m for m in mentions if m not in others]
        mentions += introduced_names(
            self.folded, report.body, mentions, language.lexicon, language.words, spellings
        )
        names = sorted({m.span for m in mentions if m.kind == "person" or m.form == "capital"})
        lexicon = language.lexicon
        self.parsed = list(
            parse(
                pieces, self.folded, language.nlp, lexicon.labelling, lexicon.grammar.verb_forms,
                names, lexicon.known_name, lexicon.grammar.never_finite,
            )
        )  # fmt: skip
        for piece in self.parsed:
            mend_presents(piece.doc, language.words, language.lexicon)
            mend_adnominals(piece.doc, language.words, language.lexicon)
        self.pieces = SpanIndex((p.piece.span, p) for p in self.parsed)
        self.timing = Timing(report.times, report.dates)
        self.referents = Referents(
            self.folded, mentions, language.lexicon, language.words, world, hull(report.dates)
        )
        self.world = world
        self.hits: Hits = language.cues.hits(self.folded)

    def records(self) -> tuple[Record, ...]:
        """Return everything the report says, in order."""
        language = self.language
        drafts = Statements(
            self.report.text, self.parsed, self.quotes, self.referents, language.clauses,
            language.lexicon, language.words, self._block_via(), self.report.body,
        ).find()  # fmt: skip
        statements = [self._statement(draft) for draft in drafts]
        self.said = SpanIndex((s.span, s) for s in statements)
        self.sayings = {s.cue_span: s for s in reversed(statements)}
        roles = Roles(self.referents, language.clauses, language.lexicon, language.words)
        modes = Modes(language.clauses, language.lexicon, language.words)
        spans = [draft.span for draft in drafts if draft.past and draft.form != "direct"]
        events = Events(
            self.referents, language.clauses, roles, modes, language.lexicon, language.words, spans
        )
        acts: list[Act] = []
        for parsed in self.parsed:
            for draft in events.find(parsed):
                acts.append(self._act(draft, parsed))
        acts = linked(acts, self.parsed, language.lexicon.grammar, self.folded)
        acts, loose = language.counter.counted(
            self.report, acts, self.parsed, self.referents, self.world
        )
        loose = cued(loose, self.parsed, self.hits, language.cues, self.timing)
        loose = [
            msgspec.structs.replace(q, rule=language.traces.quantity(self.report.text, q))
            for q in loose
        ]
        records: list[Record] = [*statements, *acts, *loose]
        return tuple(sorted(records, key=lambda r: (r.span, type(r).__name__, r.id)))

    def _block_via(self) -> dict[int, tuple[str, ...]]:
        """For passages quoted whole from elsewhere: the outlet credited just before them."""
        lent = [c for c in self.report.credits if c.kind == "via"]
        found: dict[int, tuple[str, ...]] = {}
        for number, quote in enumerate(self.quotes):
            before = [c for c in lent if c.span[1] <= quote.outer[0] + 2]
            if before:
                found[number] = (before[-1].name,)
        return found

    def _statement(self, draft: Draft) -> Statement:
        when, dates = None, None
        if draft.cue_span is not None:
            for piece in self.pieces.holding(draft.cue_span):
                outside = self._beside(draft, piece)
                when, dates = self.timing.of(draft.cue_span, outside, (), floor=outside[0])
        return Statement(
            id=record_id(self.report.hash, "statement", draft.span),
            report=self.report.label,
            source=self.report.hash,
            span=draft.span,
            form=draft.form,
            speaker=draft.speaker,
            speaker_span=draft.speaker_span,
            cue_span=draft.cue_span,
            via=draft.via,
            date=dates,
            when=when,
            rule=self.language.traces.statement(self.report.text, draft),
        )

    def _beside(self, draft: Draft, piece: Parsed) -> Span:
        """The words of saying: the piece less what is said."""
        start, end = piece.piece.span
        if draft.span[0] > start and draft.cue_span and draft.cue_span[1] <= draft.span[0]:
            return start, draft.span[0]
        if draft.span[1] < end and draft.cue_span and draft.cue_span[0] >= draft.span[1]:
            return draft.span[1], end
        return start, end

    def _act(self, draft: ActDraft, parsed: Parsed) -> Act:
        # what the act lies in; else what it brings: he who accuses says what he accuses of
        said = self._said_in(draft) or self.sayings.get(draft.trigger)
        actors = draft.actors
        refused = draft.type == "REJECT" or "negation" in draft.aux
        own = self._is_own(draft, parsed)
        placed = any(self._is_state(place) for place in draft.places)
        cues, instruments, _ = self.language.cues.of(
            self.hits,
            draft.span,
            parsed.piece.span,
            draft.type,
            refused=refused,
            own=own,
            placed=placed,
        )
        if draft.type == "MOBILIZE" and not actors and cues and instruments and own:
            # forces and plans of the alliance are its own, whoever is left out of the sentence
            actors = tuple(self.alliance)
        floor = parsed.piece.span[0]
        when, dates = self.timing.of(
            draft.trigger, draft.span, draft.aux, floor, decided=self._decided(draft, parsed)
        )
        if when is None and not draft.aux and (told := self._told_above(draft, parsed)) is not None:
            when, dates = self.timing.dated(told)
        attributed = said.speaker if said is not None else None
        if not actors and refused and said is not None and said.speaker:
            actors = (said.speaker,)  # who denies, where the denied party is not resolved
        aux = self._aged(draft.aux, when, dates)
        actors = tuple(dict.fromkeys(self._party(a) for a in actors if self._can_act(a)))
        return Act(
            id=record_id(self.report.hash, "act", draft.span, *draft.trigger, draft.type),
            report=self.report.label,
            source=self.report.hash,
            span=draft.span,
            trigger=draft.trigger,
            type=draft.type,
            mode=draft.mode,
            contexts=draft.contexts,
            aux=aux,
            aux_by=self._givers(draft, aux, when),
            actors=actors,
            recipients=tuple(r for r in draft.recipients if self._can_act(r)),
            places=tuple(dict.fromkeys([*draft.places, *filter(self._is_town, draft.recipients)])),
            instruments=tuple(dict.fromkeys([*draft.instruments, *instruments])),
            date=dates,
            when=when,
            cues=tuple(dict.fromkeys([*cues, *draft.cues])),
            statement=said.id if said is not None else None,
            attributed_to=attributed,
            capacity=self.referents.offices_told(attributed) if attributed else (),
            rule=draft.rule,
        )

    def _told_above(self, draft: ActDraft, parsed: Parsed) -> TimeExpression | None:
        """The day that opens the sentence of an act in its main clause, or heads its paragraph."""
        span = parsed.piece.span
        named = parsed.tokens(draft.trigger)
        opening = self.timing.opening(span) or self._day_of_meeting(parsed)
        if opening is None or not named:
            return self.headings.get(span)
        word = named[0]
        while word.dep in ("conj", "xcomp") and word.head is not word:
            word = word.head
        return opening if word.dep == "ROOT" else None

    def _day_of_meeting(self, parsed: Parsed) -> TimeExpression | None:
        """« Réunis mercredi à X, les ministres ont écarté … »: the day of a participle that opens a sentence."""
        first = next((t for t in parsed.doc if t.pos not in ("PUNCT", "SPACE")), None)
        if first is None or first.head is first:
            return None
        over = first.head.head if first.head.dep == "nsubj" else first.head
        if over.dep != "ROOT":
            return None
        # a capital letter may hide the participle from the tagger, and not what it hangs on
        if self.language.clauses.participle(first) != "past" and first.dep != "advcl":
            return None
        return self.timing.first(parsed.span(first, first.right_edge))

    @cached_property
    def headings(self) -> dict[Span, TimeExpression]:
        """The days that head the paragraphs of a chronology, by their sentences."""
        return self.timing.headings((p.piece.span, p.piece.paragraph) for p in self.parsed)

    def _decided(self, draft: ActDraft, parsed: Parsed) -> bool:
        """« a décidé samedi de fournir »: whether the verb before an infinitive is in the past."""
        named = parsed.tokens(draft.trigger)
        if not named or named[0].feature("VerbForm") != "Inf":
            return False
        before = (t for t in reversed(parsed.doc[: named[0].i]) if t.finite)
        finite = next(before, None)
        if finite is None:
            return False
        over = finite.head if finite.dep.startswith("aux") else finite
        return self.language.clauses.tense(over) == "past"

    def _aged(
        self, aux: tuple[Aux, ...], when: TimeExpression | None, dates: DateRange | None
    ) -> tuple[Aux, ...]:
        found = {*aux, "historical"} if self.timing.long_ago(when, dates) else set(aux)
        return tuple(a for a in AUX_MODES if a in found)

    @staticmethod
    def _givers(
        draft: ActDraft, aux: tuple[Aux, ...], when: TimeExpression | None
    ) -> tuple[ModeGiver, ...]:
        """What gave the modes of an act: words over it, or the date told for it."""
        found = {giver.aux: giver for giver in draft.aux_by}
        if when is not None and "historical" in aux:
            aged = ModeGiver(aux="historical", span=when.span, by="date")
            found.setdefault("historical", aged)
        return tuple(found[mode] for mode in aux if mode in found)

    def _can_act(self, entity_id: str) -> bool:
        """Regions, offices without a holder and outlets do nothing."""
        entity = self.world.entity(entity_id)
        return entity is None or entity.kind in ("state", "body", "person", "group")

    def _is_town(self, entity_id: str) -> bool:
        """What is bombed or seized and is no party is where that happens (codebook, decision 6)."""
        entity = self.world.entity(entity_id)
        return entity is not None and entity.kind == "place"

    def _is_state(self, place: str) -> bool:
        entity = self.world.entity(place)
        return entity is not None and entity.kind == "state"

    def _party(self, entity_id: str) -> str:
        """« les dirigeants de l'Otan » meet as the alliance: a group acts for its side."""
        entity = self.world.entity(entity_id)
        if entity is not None and entity.kind == "group":
            return self.world.side_of(entity_id, None) or entity_id
        return entity_id

    def _is_own(self, draft: ActDraft, parsed: Parsed) -> bool:
        """Whether the alliance itself is meant: it acts, or is named in the sentence."""
        if self.own & {*draft.actors, *draft.recipients}:
            return True
        return any(
            self.own & set(m.entities)
            or self.own & {self.world.side_of(e, None) for e in m.entities}
            for m in self.referents.index.within(parsed.piece.span)
        )

    def _said_in(self, draft: ActDraft) -> Statement | None:
        """The smallest statement whose content holds the act's trigger."""
        holding = self.said.holding(draft.trigger)
        return min(holding, key=lambda s: (s.span[1] - s.span[0], s.span), default=None)
