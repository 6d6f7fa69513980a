"""A plain evaluator of declared rules: slow, date by date, rule by rule, in every possible world.

Written from docs/background/rules-semantics.md, without a line of the engine: it shares with it only the
declared records and the facts. Every finding may have come about on each day that its date allows, or
not at all where it is doubtful; a status is known when all these worlds agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from typing import Any

from foedus.alliance import Alliance
from foedus.alliance.schema import Mechanism, RoleTest, Rule
from foedus.ledger.records import Fact, Reading
from tests.alliance.builders import PLACES, SIDES, STATES

Answer = tuple[str, str | None]
WORD = {"initiates": "engaged", "terminates": "not_engaged", "rules_out": "ruled_out"}


class TooManyError(Exception):
    """There are more possible worlds than one wants to go through."""


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


# --- who is who


def spoken_for(who: str) -> list[str]:
    """Who it is, for whom he speaks, in which state it lies."""
    return [who, *([SIDES[who]] if who in SIDES else []), *([PLACES[who]] if who in PLACES else [])]


def is_member(alliance: Alliance, who: str, on: date) -> bool:
    held = [m for m in alliance.memberships if m.state == who and m.joined <= on]
    return any(m.left is None or on <= m.left for m in held)


def plays(alliance: Alliance, who: str, role_id: str, on: date) -> bool:
    role = next(r for r in alliance.declared.roles if r.id == role_id)
    for one in spoken_for(who) if role.sides else [who]:
        if one in role.ids:
            return True
        if role.members and is_member(alliance, one, on):
            return True
        is_state = one in STATES
        if role.non_members and is_state and not is_member(alliance, one, on):
            return True
    return any(plays(alliance, who, other, on) for other in role.roles)


def passes(alliance: Alliance, test: RoleTest | None, named: Sequence[str], on: date) -> bool:
    if test is None:
        return True
    for who in named:
        for role in test.none:
            if plays(alliance, who, role, on):
                return False
    if not test.any:
        return True
    if not named:
        return test.empty
    return any(plays(alliance, who, role, on) for who in named for role in test.any)


# --- what one telling is worth under a rule


def side(who: str) -> str:
    return SIDES.get(who, who)


def whose_word(alliance: Alliance, mechanism: Mechanism, told: Reading, on: date) -> str:
    speaker = told.act.attributed_to
    if speaker is None:
        return "plain"
    if any(side(actor) == side(speaker) for actor in told.act.actors):
        return "own side"
    roles = [r.id for r in alliance.declared.roles]
    for name in mechanism.competent:
        if name == speaker:
            return "competent"
        if name in roles and plays(alliance, speaker, name, on):
            return "competent"
    return "claimed"


def to_come(told: Reading) -> bool:
    if "future" in told.act.aux:
        return True
    return bool(told.date and told.published and told.date.start > told.published.end)


def most_told(modes: list[str]) -> str | None:
    """The mode that most tell of, the first by name of equals; « multilateral » where no other is told."""
    others = sorted({m for m in modes if m != "multilateral"}) or sorted(set(modes))
    return max(others, key=modes.count) if others else None


def fits(alliance: Alliance, rule: Rule, told: Reading, all_told: list[Reading], on: date) -> bool:
    """Whether a telling is of the acts that a rule speaks of, but for whether it was done."""
    when, act = rule.when, told.act

    def own_or_all(name: str) -> list[str]:
        own = list(getattr(act, name))
        return own or sorted({v for r in all_told for v in getattr(r.act, name)})

    mode = act.mode or most_told([r.act.mode for r in all_told if r.act.mode])
    if when.types and act.type not in when.types:
        return False
    if when.cues and not set(own_or_all("cues")) & set(when.cues):
        return False
    if when.modes and mode not in when.modes:
        return False
    if when.instruments and not set(own_or_all("instruments")) & set(when.instruments):
        return False
    if when.contexts and not set(act.contexts) & set(when.contexts):
        return False
    if when.future == "only" and not to_come(told):
        return False
    if when.future == "excluded" and to_come(told):
        return False
    actors, recipients, places = map(own_or_all, ("actors", "recipients", "places"))
    return (
        passes(alliance, when.actors, actors, on)
        and passes(alliance, when.recipients, recipients, on)
        and passes(alliance, when.places, places, on)
        and passes(alliance, when.targets, [*recipients, *places], on)
    )


def worth(rule: Rule, told: Reading, word: str, known_by: date) -> str:
    """What a telling that fits is worth: words are not deeds."""
    aux = told.act.aux
    negated = "negation" in aux
    if "hypothetical" in aux or "historical" in aux:
        return "nothing"
    if negated and rule.when.polarity == "affirmed":
        return "claimed denial" if word == "claimed" else "denial"
    if not negated and rule.when.polarity == "negated":
        if word == "claimed" or (told.published and told.published.end > known_by):
            return "nothing"
        return "nothing" if to_come(told) and rule.when.future == "announces" else "denial"
    if word == "claimed":
        return "nothing"
    if told.published and told.published.end > known_by:
        return "perhaps"
    if to_come(told) and not negated and rule.when.future == "announces":
        return "announced"
    return "counts"


# --- what a fact does under a rule


class Effect:
    """``days``: on which it may have come about; ``sure``: that it did; ``lasts``: how many days, if not for good."""

    def __init__(self, rule: Rule, word: str | None, sure: bool, on: list[date] | None) -> None:
        self.word, self.stage, self.sure, self.days = word, rule.stage, sure, on
        self.announced = False
        self.lasts, self.closes = rule.lasts, rule.closes
        self.ends = rule.effect == "ends"

    def over(self, begun: date, as_of: date) -> bool:
        """Whether it is over, had it come about on that day."""
        return not self.announced and self.lasts is not None and (as_of - begun).days >= self.lasts

    def surely_over(self, as_of: date) -> bool:
        return self.days is not None and self.over(max(self.days), as_of)

    def perhaps_over(self, as_of: date) -> bool:
        return self.days is not None and self.over(min(self.days), as_of)


def when_done(tellings: list[Reading]) -> list[date] | None:
    """The days that all dated tellings of it as done allow, or any of them; else of its first telling."""
    dated = [r for r in tellings if r.date is not None and not to_come(r)]
    allowed: list[set[date]] = []
    for told in dated:
        assert told.date is not None
        end = told.date.end
        if told.published is not None:
            end = min(end, told.published.end)
        allowed.append(set(days(told.date.start, end)))
    if allowed:
        shared = set.intersection(*allowed)
        if shared:
            return sorted(shared)
        together = set.union(*allowed)
        return days(min(together), max(together))
    published = [r.published for r in tellings if r.published is not None]
    if not published:
        return None
    first = min(published, key=lambda p: (p.end, p.start))
    return days(first.start, first.end)


class Plain:
    """Where mechanisms stand, worked out the long way."""

    def __init__(
        self, alliance: Alliance, facts: Sequence[Fact], known_by: date, asked: date
    ) -> None:
        self.alliance, self.facts, self.known_by, self.asked = alliance, facts, known_by, asked
        self._answers: dict[tuple[str, date], Answer] = {}

    def on(self, mechanism_id: str, as_of: date) -> Answer:
        """Status and stage on a day; what has no day of its own is looked up on the day asked about."""
        key = (mechanism_id, as_of)
        if key not in self._answers:
            self._answers[key] = self._work_out(mechanism_id, as_of)
        return self._answers[key]

    def _work_out(self, mechanism_id: str, as_of: date) -> Answer:
        mechanism = next(m for m in self.alliance.mechanisms if m.id == mechanism_id)
        effects = [
            effect
            for rule in mechanism.rules
            for fact in self.facts
            if (effect := self._effect(rule, mechanism, fact)) is not None
        ]
        word = in_every_world(mechanism, effects, as_of)
        return word, stage(mechanism, effects, word, as_of)

    def _effect(self, rule: Rule, mechanism: Mechanism, fact: Fact) -> Effect | None:
        if rule.effect not in (*WORD, "ends"):
            return None
        told = [
            r for r in fact.readings if r.published is None or r.published.start <= self.known_by
        ]
        by_worth: dict[str, list[Reading]] = {}
        for reading in told:
            known = reading.date or reading.published
            on = known.start if known is not None else self.asked
            if fits(self.alliance, rule, reading, told, on):
                word = whose_word(self.alliance, mechanism, reading, on)
                value = worth(rule, reading, word, self.known_by)
                by_worth.setdefault(value, []).append(reading)
        quiet = [s.id for s in mechanism.stages if not s.engages]
        silent = rule.effect == "ends" or (rule.effect == "initiates" and rule.stage in quiet)
        sets = None if silent else WORD[rule.effect]
        for value in ("counts", "perhaps", "announced"):
            if value in by_worth:
                break
        else:
            return None
        disputed = value == "counts" and (fact.verdict == "disputed" or "denial" in by_worth)
        happened = when_done(by_worth[value])
        effect = Effect(rule, sets, value != "perhaps" and not disputed, happened)
        if value == "announced":
            if rule.effect == "ends":
                return None
            effect.word, effect.announced = None, True
        asked = self._besides(rule, happened or [self.asked])
        if asked == {False}:
            return None
        if asked != {True}:
            effect.sure = effect.announced = False
        return effect

    def _besides(self, rule: Rule, on: list[date]) -> set[bool | None]:
        """What the rule asks besides the act: true, false or unknown, on each day that it may have been."""
        every: list[set[bool | None]] = []
        first, last = rule.when.since, rule.when.until
        every.append({(not first or first <= d) and (not last or d <= last) for d in on})
        for test in rule.when.states:
            answers: set[bool | None] = set()
            for d in on:
                word, at = self.on(test.mechanism, d)
                met = word in test.status and (not test.stages or at in test.stages)
                answers.add(None if word == "unknown" else met)
            every.append(answers)
        if {False} in every:
            return {False}
        return {True} if all(answers == {True} for answers in every) else {None}


def in_every_world(mechanism: Mechanism, effects: list[Effect], as_of: date) -> str:
    bearing = [e for e in effects if e.word is not None]
    initial = "not_engaged" if mechanism.initial == "off" else "unknown"
    choices: list[list[Any]] = []
    worlds = 1
    for effect in bearing:
        if effect.days is None:
            possible = [None, *any_day(effect, bearing, as_of)]
        else:
            possible = [d if d <= as_of else None for d in effect.days]
            if not effect.sure:
                possible.append(None)
        choices.append(sorted(set(possible), key=str))
        worlds *= len(choices[-1])
    if worlds > 20_000:
        raise TooManyError
    outcomes: set[str] = set()
    for chosen in product(*choices):
        events = [
            event
            for d, e in zip(chosen, bearing, strict=True)
            if d is not None and (event := in_one_world(e, d, as_of)) is not None
        ]
        last = max((when for when, _ in events), default=None)
        outcomes |= {word for when, word in events if when == last} or {initial}
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


def any_day(effect: Effect, bearing: list[Effect], as_of: date) -> list[date]:
    """The days that make a difference for what may have been on any: of the days only their order matters."""
    told = {d for e in bearing for d in e.days or []} | {as_of}
    told |= {d + timedelta(days=e.lasts) for e in bearing for d in e.days or [] if e.lasts}
    ends = {d - timedelta(days=effect.lasts + n) for d in told for n in (0, 1) if effect.lasts}
    return sorted(d for d in told | ends if d <= as_of)


def in_one_world(effect: Effect, begun: date, as_of: date) -> tuple[tuple[date, int], str] | None:
    """What it says of the day asked about, had it come about on that day, and since when it says so.

    What is over says nothing, unless it closes: then it ends before anything else happens on that day.
    """
    if not effect.over(begun, as_of):
        return (begun, 1), str(effect.word)
    assert effect.lasts is not None
    return ((begun + timedelta(days=effect.lasts), 0), "not_engaged") if effect.closes else None


def stage(mechanism: Mechanism, effects: list[Effect], word: str, as_of: date) -> str | None:
    """The furthest stage that was surely reached, and that nothing surely ended since."""
    past = [e for e in effects if e.days is not None and max(e.days) <= as_of]
    sure = [e for e in past if e.sure]
    standing = [e for e in sure if not e.perhaps_over(as_of)]
    quiet = [s.id for s in mechanism.stages if not s.engages]
    if word == "engaged":
        reaching = [(e.stage, e) for e in standing if e.word == "engaged"]
    elif word == "not_engaged":
        reaching = [("announced", e) for e in past if e.announced]
        reaching += [
            (e.stage, e) for e in standing if not e.announced and not e.ends and e.stage in quiet
        ]
    else:
        return None
    enders = [(min(e.days or []), 1) for e in standing if e.word in ("not_engaged", "ruled_out")]
    for effect in sure:
        over = effect.word == "engaged" and effect.surely_over(as_of)
        if over and (effect.closes or word == "not_engaged"):
            enders.append((min(effect.days or []) + timedelta(days=effect.lasts or 0), 0))
    reached = set()
    for name, effect in reaching:
        last = max(effect.days or [])
        if any(e.ends and e.stage == name and min(e.days or []) > last for e in sure):
            continue
        if not any(end > (max(effect.days or []), 1) for end in enders):
            reached.add(name)
    for declared in reversed(mechanism.stages):
        if declared.id in reached:
            return declared.id
    if "announced" in reached:
        return "announced"
    was = any(e.word == "engaged" for e in sure)
    return "ended" if was and word == "not_engaged" else None
