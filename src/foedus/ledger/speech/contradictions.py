"""Who contradicts whom: records that stand against each other by declared rules.

Comes in: facts and utterances. Goes out: :class:`Contradiction`, each with the rule that found it
and its two records. The rules (``data/contradictions.yaml``) look at what reports were coded to say
(event types, negation, cues, who answers whom): sentences are not interpreted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from foedus.acts import EVENT_TYPES, DateRange
from foedus.declared import load_declared
from foedus.ledger.records import Fact, Reading
from foedus.ledger.roles import Roles
from foedus.ledger.rules import Rules
from foedus.ledger.sayings import Utterance

__all__ = [
    "Contradiction",
    "ContradictionRules",
    "Holding",
    "contradictions",
    "holdings_of",
    "load_contradiction_rules",
]

_DEFAULT = Path(__file__).parents[1] / "data" / "contradictions.yaml"
Link = Literal["fact", "matter", "answer", "accusation"]


class SideRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the two acts must be. No types: any; ``negated`` None: either."""

    types: tuple[str, ...] = ()
    negated: bool | None = None


class ContradictionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When two acts stand against each other. ``within`` is days; None is no limit."""

    name: str
    says: str
    link: Link
    by: Literal["others", "self"]
    one: SideRule
    other: SideRule
    alike: tuple[Literal["type", "actors"], ...] = ()
    within: int | None = None


class ContradictionRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The content of ``contradictions.yaml``. ``near`` is characters of one report."""

    rules: tuple[ContradictionRule, ...]
    common_words: int
    near: int


@cache
def load_contradiction_rules(path: Path = _DEFAULT) -> ContradictionRules:
    """Read the rules.

    Raises:
        FoedusError: the file is not as it must be, or names no event type; file and line are named.
    """
    found, lines = load_declared(path, ContradictionRules)
    for number, rule in enumerate(found.rules):
        for side in ("one", "other"):
            for name in getattr(rule, side).types:
                if name not in EVENT_TYPES:
                    raise lines.error(f"{name} is no event type", "rules", number, side, "types")
    return found


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """An act, and who stands for it: whoever said it, or, told by nobody in particular, did it."""

    holders: tuple[str, ...]
    reading: Reading
    fact: str
    utterance: str | None = None
    statement: str | None = None

    @property
    def days(self) -> DateRange | None:
        """When it was done or told."""
        return self.reading.date or self.reading.published


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Two records that stand against each other by ``rule``. ``shared`` is what links them."""

    rule: str
    says: str
    shared: tuple[str, ...]
    one: Holding
    other: Holding


def holdings_of(facts: Iterable[Fact], utterances: Iterable[Utterance]) -> tuple[Holding, ...]:
    """Return every telling of ``facts`` with who stands for it; those of nobody are left out."""
    told = {
        (v.said.citation.source, v.said.statement.id): u for u in utterances for v in u.variants
    }
    found: list[Holding] = []
    for fact in facts:
        for reading in fact.readings:
            act = reading.act
            utterance = told.get((reading.citation.source, act.statement or ""))
            speaker = utterance.speaker if utterance is not None else None
            speaker = speaker or act.attributed_to
            holders = (speaker,) if speaker is not None else act.actors
            if holders and "hypothetical" not in act.aux:
                found.append(
                    Holding(
                        holders=holders, reading=reading, fact=fact.id,
                        utterance=utterance.id if utterance is not None else None,
                        statement=act.statement,
                    )
                )  # fmt: skip
    return tuple(found)


def contradictions(
    holdings: Sequence[Holding], of: Callable[[Holding], bool], roles: Roles, rules: Rules,
    words: Callable[[Holding], frozenset[str]], declared: ContradictionRules | None = None,
) -> tuple[Contradiction, ...]:  # fmt: skip
    """Return what stands against each other where ``of`` holds of at least one of the two.

    Args:
        holdings: everything that somebody stands for.
        of: whose or which holdings are asked about.
        roles: who speaks for whom.
        rules: which cues single out one thing.
        words: the words that count of what a holding was told in.
        declared: the rules of contradiction; without them, those that foedus ships.

    Of one rule, one utterance (or fact) against one other is named once, by its earliest records.
    """
    bench = _Bench(holdings, roles, rules, words, declared or load_contradiction_rules())
    found: dict[tuple[str, ...], Contradiction] = {}
    for contradiction in sorted(bench.all(of), key=_order):
        c = contradiction
        key = (c.rule, *(h.utterance or h.fact for h in (c.one, c.other)))
        found.setdefault(key, c)
    return tuple(found.values())


def _order(c: Contradiction) -> tuple[str, ...]:
    def one(holding: Holding) -> tuple[str, str, str]:
        days = holding.days
        reading = holding.reading
        return (days.start.isoformat() if days else "~", reading.citation.source, reading.act.id)

    return (*one(c.one), *one(c.other), c.rule)


class _Bench:
    """Finds pairs by what links them, without looking at all of them."""

    def __init__(
        self, holdings: Sequence[Holding], roles: Roles, rules: Rules,
        words: Callable[[Holding], frozenset[str]], declared: ContradictionRules,
    ) -> None:  # fmt: skip
        self._roles, self._rules, self._words, self._declared = roles, rules, words, declared
        self._holdings = holdings
        self._by_token: dict[str, list[Holding]] = defaultdict(list)
        for holding in holdings:
            for token in self._tokens(holding):
                self._by_token[token].append(holding)

    def all(self, of: Callable[[Holding], bool]) -> Iterator[Contradiction]:
        """Give every contradiction with a holding that ``of`` holds of, some more than once."""
        for holding in self._holdings:
            if of(holding):
                for rule in self._declared.rules:
                    yield from self._against(holding, rule)

    def _tokens(self, h: Holding) -> list[str]:
        act = h.reading.act
        source = h.reading.citation.source
        answered = [f"answer:{source}:{act.answers}"] if act.answers else []
        accused = [f"accused:{r}" for r in act.recipients] if act.type == "ACCUSE" else []
        denying = self._selves(h) if act.type == "REJECT" else set()
        return [
            f"fact:{h.fact}", f"answer:{source}:{act.id}", *answered, *accused,
            *sorted(f"accused:{who}" for who in denying),
            *(f"matter:{m}" for m in sorted(self._matters(h))),
        ]  # fmt: skip

    def _selves(self, h: Holding) -> set[str]:
        """Return who stands for it, and the sides they speak for."""
        return {*h.holders, *self._roles.sides(h.holders, h.reading.published)}

    def _matters(self, h: Holding) -> frozenset[str]:
        act = h.reading.act
        narrow = self._rules.narrow(act.cues)
        broad = frozenset(act.cues) - narrow
        return narrow | {f"{cue} {tool}" for cue in broad for tool in act.instruments}

    def _against(self, asked: Holding, rule: ContradictionRule) -> Iterator[Contradiction]:
        for other in self._near(asked, rule.link):
            for one, two in ((asked, other), (other, asked)):
                shared = self._shared(one, two, rule) if self._meets(one, two, rule) else ()
                if shared:
                    yield Contradiction(
                        rule=rule.name, says=rule.says, shared=shared, one=one, other=two
                    )

    def _near(self, asked: Holding, link: Link) -> Iterator[Holding]:
        name = {"accusation": "accused"}.get(link, link)
        seen: set[int] = set()
        for token in self._tokens(asked):
            if token.startswith(f"{name}:"):
                for other in self._by_token[token]:
                    if other is not asked and id(other) not in seen:
                        seen.add(id(other))
                        yield other

    def _meets(self, one: Holding, other: Holding, rule: ContradictionRule) -> bool:
        a, b = one.reading.act, other.reading.act
        if not (_fits(one, rule.one) and _fits(other, rule.other)):
            return False
        if self._is_self(one, other) != (rule.by == "self"):
            return False
        if "type" in rule.alike and a.type != b.type:
            return False
        on = one.reading.published, other.reading.published
        if "actors" in rule.alike and not self._roles.meet(a.actors, b.actors, *on):
            return False
        return rule.within is None or _apart(one.days, other.days) <= rule.within

    def _is_self(self, one: Holding, other: Holding) -> bool:
        on = one.reading.published, other.reading.published
        return self._roles.meet(one.holders, other.holders, *on)

    def _shared(self, one: Holding, other: Holding, rule: ContradictionRule) -> tuple[str, ...]:
        """Return what links the two, or nothing where nothing does."""
        a, b = one.reading.act, other.reading.act
        if rule.link == "fact":
            return (one.fact,) if one.fact == other.fact else ()
        if rule.link == "answer":
            same = one.reading.citation.source == other.reading.citation.source
            return (b.id,) if same and a.answers == b.id else ()
        matters = tuple(sorted(self._matters(one) & self._matters(other)))
        if rule.link == "matter":
            return matters if self._can_concern_one(one, other) else ()
        if not self._roles.meet(tuple(sorted(self._selves(one))), b.recipients):
            return ()
        if matters or self._stand_near(one, other):
            return matters or ("told together",)
        common = tuple(sorted(word.lstrip("=#") for word in self._words(one) & self._words(other)))
        return common if len(common) >= self._declared.common_words else ()

    def _stand_near(self, denial: Holding, accusation: Holding) -> bool:
        """Whether a denial that names nothing follows the accusation: « … ; Moscow denies it »."""
        a, b = accusation.reading.citation, denial.reading.citation
        if a.source != b.source or a.span is None or b.span is None or denial.reading.act.cues:
            return False
        return a.span[0] <= b.span[0] <= a.span[1] + self._declared.near

    def _can_concern_one(self, one: Holding, other: Holding) -> bool:
        a, b = one.reading.act, other.reading.act
        on = one.reading.published, other.reading.published
        return (
            not a.recipients
            or not b.recipients
            or self._roles.meet(a.recipients, b.recipients, *on)
        ) and (not a.places or not b.places or self._roles.places_meet(a.places, b.places))


def _fits(holding: Holding, rule: SideRule) -> bool:
    act = holding.reading.act
    if rule.types and act.type not in rule.types:
        return False
    return rule.negated is None or rule.negated == ("negation" in act.aux)


def _apart(a: DateRange | None, b: DateRange | None) -> int:
    """Return the days between two ranges; 0 where they meet or one is not known."""
    return 0 if a is None or b is None else a.apart(b)
