"""A speaker's positions over time, and who contradicts them.

Comes in: what counts for the two clocks, and a speaker's utterances. Goes out: :class:`Position`, an utterance
with the acts it tells of and what stands against it, in order of time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache

import msgspec

from foedus.acts import Span
from foedus.ledger.out.content import Content
from foedus.ledger.out.tables import Row, Table, columns_of, dated
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles, WorldLike
from foedus.ledger.sayings import Utterance
from foedus.ledger.speech import Contradiction, Holding, contradictions, holdings_of
from foedus.ledger.wordprint import load_utterance_rules, wordprint

__all__ = ["Position", "positions_of", "positions_table", "sides_of", "told_in", "words_of"]


class Position(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker said once: the tellings of acts in it, and what stands against it."""

    utterance: Utterance
    readings: tuple[Reading, ...] = ()
    facts: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


def positions_of(
    content: Content, asked: Sequence[Utterance], world: WorldLike
) -> tuple[Position, ...]:
    """Return the utterances ``asked`` as positions, in their order.

    Who contradicts is looked for among all that ``content`` holds.
    """
    wanted = {u.id for u in asked}
    found = contradictions(
        holdings_of(content.facts, content.utterances), lambda h: h.utterance in wanted,
        Roles(world), content.rules, _words(content, world),
    )  # fmt: skip
    against: dict[str, list[Contradiction]] = defaultdict(list)
    for contradiction in found:
        for name in dict.fromkeys((contradiction.one.utterance, contradiction.other.utterance)):
            if name in wanted:
                against[name].append(contradiction)
    told = told_in(content.facts, asked)
    return tuple(
        Position(
            utterance=u,
            readings=tuple(r for _, r in told.get(u.id, ())),
            facts=tuple(sorted({fact.id for fact, _ in told.get(u.id, ())})),
            contradictions=tuple(against[u.id]),
        )
        for u in asked
    )


def positions_table(content: Content, positions: Iterable[Position]) -> Table:
    """Return a row for each contradiction, and one for each position that nothing contradicts."""
    columns = columns_of(
        "utterance speaker date_from:day date_to:day date_precision types:list cues:list reports:int "
        "sources:int text rule shared:list act against:list against_utterance against_fact "
        "against_act against_report against_label against_start:int against_end:int against_text"
    )
    rows: list[Row] = []
    for p in positions:
        u = p.utterance
        own: Row = (
            u.id, u.speaker, *dated(u.when), _sorted(r.act.type for r in p.readings),
            _sorted(cue for r in p.readings for cue in r.act.cues), u.reports, u.sources, u.text,
        )  # fmt: skip
        rows += [(*own, *_against(content, u, c)) for c in p.contradictions]
        if not p.contradictions:
            rows.append((*own, *(None,) * (len(columns) - len(own))))
    return Table("positions", columns, rows)


def _sorted(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _against(content: Content, utterance: Utterance, c: Contradiction) -> Row:
    own, other = sides_of(utterance, c)
    cited = other.reading.citation
    return (
        c.rule, c.shared, own.reading.act.id, other.holders, other.utterance, other.fact,
        other.reading.act.id, cited.source or None, cited.report, *(cited.span or (None, None)),
        words_of(content, other),
    )  # fmt: skip


def sides_of(utterance: Utterance, c: Contradiction) -> tuple[Holding, Holding]:
    """Return the two sides of a contradiction, that of the utterance first."""
    return (c.one, c.other) if c.one.utterance == utterance.id else (c.other, c.one)


def words_of(content: Content, holding: Holding) -> str:
    """Return the words of the passage that shows an act."""
    cited = holding.reading.citation
    return " ".join(content.words(cited.source, cited.span).split())


def told_in(
    facts: Iterable[Fact], utterances: Iterable[Utterance]
) -> dict[str, list[tuple[Fact, Reading]]]:
    """Return, for each utterance's id, the tellings of facts that stand in one of its wordings."""
    home = {
        (v.said.citation.source, v.said.statement.id): u.id for u in utterances for v in u.variants
    }
    found: dict[str, list[tuple[Fact, Reading]]] = defaultdict(list)
    for fact in facts:
        for reading in fact.readings:
            name = home.get((reading.citation.source, reading.act.statement or ""))
            if name is not None:
                found[name].append((fact, reading))
    return found


def _words(content: Content, world: WorldLike) -> Callable[[Holding], frozenset[str]]:
    """Return what gives the words that count of the passage that shows an act."""
    rules = load_utterance_rules()

    @cache
    def of(source: str, span: Span) -> frozenset[str]:
        report = content.reports.get(source)
        if report is None:
            return frozenset()
        found = wordprint(report.text[slice(*span)], report.language, rules, world=world)
        # that both name the same states is no common matter
        return frozenset(key for key in found.among if not key.startswith("@"))

    return lambda h: of(h.reading.citation.source, h.reading.act.span)
