"""What if, and what would it take: suppositions asked of a ledger, and the answers in words.

Comes in: a ledger, acts supposed or taken away, or a goal. Goes out: what would change and why, or the
smallest sets of acts that would reach the goal. The ledger is only read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec

from foedus.acts import Act, days_text
from foedus.address import Address
from foedus.alliance import Alliance, load_alliance, statuses, world_of
from foedus.alliance.reach import Goal, Move, Reach, reach
from foedus.alliance.records import MechanismStatus
from foedus.alliance.supposing import Change, changes, read_supposed, without
from foedus.brief.explaining import reason_text
from foedus.brief.material import alliance_words
from foedus.brief.passages import plain, visible
from foedus.brief.rulewords import level_words, rule_words
from foedus.brief.standing import Position, position
from foedus.brief.words import Words
from foedus.ledger import Ledger
from foedus.ledger.records import Fact
from foedus.world import World

__all__ = ["Supposition", "ask_reach", "ask_whatif", "reach_lines", "whatif_lines"]


class Supposition(msgspec.Struct, frozen=True, kw_only=True):
    """What would change, with the two dates that the answer bears.

    ``added`` and ``gone`` count what was supposed; ``same`` are the mechanisms that stay as they are.
    """

    as_of: date | None
    known_by: date | None
    added: int
    gone: int
    changes: tuple[Change, ...]
    same: tuple[str, ...]


class _Asked(msgspec.Struct, frozen=True):
    """A ledger's position with what is supposed put in and taken out."""

    position: Position
    facts: tuple[Fact, ...]
    added: int
    gone: int


def ask_whatif(
    ledger: Address | Path | str,
    *,
    add: Path | None = None,
    without_: Sequence[str] = (),
    as_of: date | None = None,
    known_by: date | None = None,
    lang: str = "fr",
    alliance: str = "nato",
) -> tuple[Supposition, Words, Alliance]:
    """Return what would change if acts had been, or facts had not; with the words to say it.

    Args:
        ledger: what ``foedus brief`` wrote; it is only read.
        add: a file of supposed acts (:func:`~foedus.alliance.supposing.read_supposed`).
        without_: ids of facts, or of acts, that are supposed not to have been.
        as_of: as in :func:`~foedus.brief.ask.ask_status`, with ``known_by``, ``alliance``.
        known_by: see there. What is supposed is known whatever the day.
        lang: the language of the words.
        alliance: see there.

    Raises:
        FoedusError: the ledger or the file cannot be read, or an id is none.
    """
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    words = Words(lang, world, alliance_words(declared))
    asked = _asked(ledger, declared, world, add, without_, as_of, known_by)
    before = asked.position
    after = statuses(
        declared, asked.facts, as_of=as_of, known_by=known_by, world=world,
        quantities=before.quantities, latest=before.as_of or date.max,
    )  # fmt: skip
    found = changes(before.statuses, after)
    changed = {change.after.mechanism for change in found}
    supposition = Supposition(
        as_of=before.as_of, known_by=before.known_by, added=asked.added, gone=asked.gone,
        changes=found, same=tuple(m.id for m in declared.mechanisms if m.id not in changed),
    )  # fmt: skip
    return supposition, words, declared


def ask_reach(
    ledger: Address | Path | str,
    goal: Goal,
    *,
    add: Path | None = None,
    without_: Sequence[str] = (),
    as_of: date | None = None,
    known_by: date | None = None,
    lang: str = "fr",
    alliance: str = "nato",
) -> tuple[Reach, Position, Words, Alliance]:
    """Return what it would take to reach a goal; the other arguments are those of :func:`ask_whatif`."""
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    words = Words(lang, world, alliance_words(declared))
    asked = _asked(ledger, declared, world, add, without_, as_of, known_by)
    found = reach(
        declared, asked.facts, goal, as_of=as_of, known_by=known_by, world=world,
        quantities=asked.position.quantities, latest=asked.position.as_of or date.today(),
    )  # fmt: skip
    return found, asked.position, words, declared


def _asked(
    place: Address | Path | str,
    declared: Alliance,
    world: World,
    add: Path | None,
    gone: Sequence[str],
    as_of: date | None,
    known_by: date | None,
) -> _Asked:
    with Ledger.open(place, read_only=True, world=world) as ledger:
        now = position(ledger, declared, world, as_of=as_of, known_by=known_by)
    supposed = read_supposed(add, now.as_of) if add is not None else ()
    facts = (*without(now.facts, gone), *supposed)
    return _Asked(now, facts, len(supposed), len(gone))


def whatif_lines(found: Supposition, words: Words, alliance: Alliance) -> Iterator[str]:
    """Give what would change as lines of text: each mechanism before and after, and why."""
    yield words.t(
        "whatif.supposed",
        added=words.n("whatif.added", found.added), gone=words.n("whatif.gone", found.gone),
    )  # fmt: skip
    for change in found.changes:
        yield ""
        yield from _change_lines(change, words, alliance)
    yield ""
    if not found.changes:
        yield words.t("whatif.nothing")
    elif found.same:
        names = words.list(words.code("mechanism", m) for m in found.same)
        yield words.t("whatif.same", names=names)


def _change_lines(change: Change, words: Words, alliance: Alliance) -> Iterator[str]:
    before, after = change.before, change.after
    mechanism = alliance.mechanism(after.mechanism)
    was, now = _standing(before, words, alliance), _standing(after, words, alliance)
    if was == now:
        now = words.t("whatif.evidence", what=", ".join(_evidence(before, after, words)))
    yield words.t(
        "whatif.change", mechanism=words.code("mechanism", mechanism.id), before=was, after=now
    )
    texts = mechanism.clause
    text = visible(texts.get(words.language) or next(iter(texts.values()), ""))
    yield "  " + words.t("whatif.clause", text=text)
    rules = {r.id: rule_words(r, mechanism, words) for r in mechanism.rules}
    rules |= {v.id: level_words(v, mechanism, words) for v in mechanism.levels}
    for key, grounds in (("whatif.lost", change.lost), ("whatif.gained", change.gained)):
        for rule in dict.fromkeys(node.values["rule"] for node, _ in grounds):
            yield "  " + words.t(key, rule=rule, text=rules[rule])
            for node, fact in grounds:
                if node.values["rule"] == rule:
                    yield f"      {plain(reason_text(fact, words))} [{fact.fact}]"


def _standing(status: MechanismStatus, words: Words, alliance: Alliance) -> str:
    return _place(status.mechanism, status.status, status.stage, words, alliance)


def _place(name: str, status: str, stage: str | None, words: Words, alliance: Alliance) -> str:
    family = "status.limit" if name in alliance.limits else "status"
    shown = words.t(f"{family}.{status}")
    return f"{shown} ({words.stage(name, stage)})" if stage else shown


def _evidence(before: MechanismStatus, after: MechanismStatus, words: Words) -> Iterator[str]:
    """Give what differs where status and stage do not."""
    if before.since != after.since:
        yield words.t(
            "whatif.since", before=words.range(before.since), after=words.range(after.since)
        )
    if before.by != after.by:
        shown = (words.entities(s.by) or "–" for s in (before, after))
        yield words.t("whatif.by", before=next(shown), after=next(shown))
    if before.single_source != after.single_source:
        yield words.t("whatif.single" if after.single_source else "whatif.several")
    if before.disputed != after.disputed:
        yield words.t("whatif.disputed" if after.disputed else "whatif.undisputed")
    if before.expected != after.expected:
        yield f"{words.t('label.expected')} {words.range(after.expected)}"


def reach_lines(found: Reach, words: Words, alliance: Alliance) -> Iterator[str]:
    """Give what it would take as lines of text: each set of acts with its rules and an example."""
    name = found.goal.mechanism
    mechanism = words.code("mechanism", name)
    now = _place(name, found.status, found.stage, words, alliance)
    yield words.t("reach.now", mechanism=mechanism, status=now)
    wanted = _place(name, found.goal.status, found.goal.stage, words, alliance)
    yield words.t("reach.goal", status=wanted)
    if found.standing:
        yield words.t("reach.standing", facts=", ".join(found.standing))
    if found.outcome == "found":
        if found.status == "ruled_out" and found.goal.status != "ruled_out":
            yield words.t("reach.excluded")
        yield words.n("reach.sets", len(found.sets))
        for number, moves in enumerate(found.sets, start=1):
            yield ""
            for at, move in enumerate(moves):
                yield from _move_lines(f"{number}. " if not at else "   ", move, words, alliance)
    else:
        key = {"already": "reach.already", "no_clause": "reach.no_clause"}
        yield words.t(key.get(found.outcome, "reach.blocked"))


def _move_lines(mark: str, move: Move, words: Words, alliance: Alliance) -> Iterator[str]:
    mechanism = alliance.mechanism(move.mechanism)
    named = {"mechanism": words.code("mechanism", move.mechanism), "rule": move.rule}
    if move.absent:
        yield mark + words.t("reach.absent", facts=", ".join(move.absent), **named)
        return
    rule = next((r for r in mechanism.rules if r.id == move.rule), None)
    level = next((v for v in mechanism.levels if v.id == move.rule), None)
    if rule is not None:
        yield mark + words.t(
            "reach.act", conditions=rule_words(rule, mechanism, words), **named
        )  # fmt: skip
    elif level is not None:
        yield mark + words.t(
            "reach.act", conditions=level_words(level, mechanism, words), **named
        )  # fmt: skip
    if move.act is not None:
        yield "   " + words.t(
            "reach.example", what=_example(move.act, words), date=days_text(move.act.date)
        )


def _example(act: Act, words: Words) -> str:
    who = " → ".join(words.entities(ids) for ids in (act.actors, act.recipients) if ids)
    others = [words.entities(act.places)] if act.places else []
    marks = [words.code("aux", a) for a in act.aux]
    cues = [words.code("cue", c) for c in act.cues]
    kind = words.code("type", act.type)
    return ", ".join(p for p in (kind, who, *others, *cues, *marks) if p)
