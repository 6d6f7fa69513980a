"""A fact from its tellings: roles as unions, and everything on which the tellings do not agree.

Comes in: readings held to be of one thing. Goes out: a :class:`~foedus.ledger.records.Fact`. No
figure is averaged and none dropped: where tellings differ, each value stands with its acts.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from foedus.acts import AUX_MODES, Amount, Aux, DateRange, hull, intersect
from foedus.ledger.records import Citation, Difference, Fact, Reading, is_unsourced
from foedus.ledger.roles import Roles

__all__ = [
    "Made",
    "Sourced",
    "agreed_days",
    "consolidate",
    "difference",
    "fact_id",
    "figure",
    "hashed_id",
    "independent",
    "mode_of",
    "number",
]


_KEPT = 50_000
"""Facts that are remembered."""


def fact_id(readings: Iterable[Reading]) -> str:
    """Return the id of the fact that exactly these readings make."""
    return hashed_id("f-", ((r.citation.source, r.act.id) for r in readings))


def hashed_id(mark: str, records: Iterable[tuple[str, str]]) -> str:
    """Return ``mark`` and a hash of the records, each a source and an id, whatever their order."""
    anchors = sorted({f"{source}\x1f{record}" for source, record in records})
    return mark + hashlib.blake2b("\x1e".join(anchors).encode(), digest_size=8).hexdigest()


def consolidate(
    readings: Sequence[Reading], roles: Roles, rejected: Sequence[Reading] = ()
) -> Fact:  # fmt: skip
    """Return the fact that ``readings`` (at least one, of one event type) tell together.

    ``rejected`` belong to it too, so that its id stays, but count for nothing.

    ``aux``: hypothetical and historical as all readings are; future and negation only where every
    reading has them. ``date`` is what all dated readings allow, or their hull where they disagree.
    """
    ordered = sorted(readings, key=_reading_order)
    acts = [r.act for r in ordered]
    outlets = {r.outlet for r in ordered if r.outlet}
    return Fact(
        id=fact_id((*ordered, *rejected)),
        type=acts[0].type,
        mode=mode_of([a.mode for a in acts]),
        aux=_aux([a.aux for a in acts]),
        cues=_union(a.cues for a in acts),
        actors=_union(a.actors for a in acts),
        recipients=_union(a.recipients for a in acts),
        places=_union(a.places for a in acts),
        instruments=_union(a.instruments for a in acts),
        quantities=_amounts(ordered),
        date=agreed_days([r.date for r in ordered if r.date is not None]),
        readings=tuple(ordered),
        rejected=tuple(sorted(rejected, key=_reading_order)),
        reports=len({r.citation.source for r in ordered if r.origin == "report"}),
        outlets=len(outlets),
        sources=independent(ordered),
        unsourced=sum(r.unsourced for r in ordered),
        differences=_differences(ordered, roles),
        first_told=min((r.published for r in ordered if r.published is not None), default=None),
    )


class Made:
    """Facts that were made before: whoever asks of another day asks for most of them again.

    They are told by the readings themselves, not by what these say: whoever gives a reading again must
    give the same object.
    """

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self._facts: dict[tuple[tuple[int, ...], tuple[int, ...]], Fact] = {}

    def fact(self, readings: Sequence[Reading], rejected: Sequence[Reading] = ()) -> Fact:
        """Return the same as :func:`consolidate`."""
        # a fact keeps its readings, so that no other can have their ids while it is here
        key = (tuple(sorted(map(id, readings))), tuple(sorted(map(id, rejected))))
        found = self._facts.get(key)
        if found is None:
            if len(self._facts) >= _KEPT:
                self._facts.clear()
            found = self._facts[key] = consolidate(readings, self.roles, rejected)
        return found


def _reading_order(reading: Reading) -> tuple[bool, date, str, tuple[int, int], str]:
    """By publication (unknown last), then report and place in it: never by arrival."""
    published, act = reading.published, reading.act
    at = date.max if published is None else published.start
    return (published is None, at, reading.citation.source, act.span, act.id)


class Sourced(Protocol):
    """What is told: a reading of a fact, a wording of an utterance."""

    @property
    def citation(self) -> Citation:
        """Where it stands."""

    @property
    def outlet(self) -> str | None:
        """The outlet of the report."""

    @property
    def group(self) -> str:
        """The independent source that it counts as."""


def independent(told: Sequence[Sourced]) -> int:
    """Count the independent sources: at most one for each report, so that none is made of nothing.

    A report that tells it in its own voice is its group of copies; one that only passes it on is
    the outlet it has it from (of several the first by name: better too few than too many), and
    when that outlet's own report is among what is told, it is that report again. What a person
    entered without a source is none.
    """
    told = [r for r in told if not is_unsourced(r.group)]
    own = {r.citation.source: r.group for r in told if not _quoting(r)}
    passed_on: dict[str, set[str]] = defaultdict(set)
    for r in told:
        if r.citation.source not in own:
            passed_on[r.citation.source].add(r.group)
    there = {f"outlet:{r.outlet}" for r in told if r.outlet and r.citation.source in own}
    return len({*own.values(), *(min(groups) for groups in passed_on.values())} - there)


def _quoting(told: Sourced) -> bool:
    return told.group.startswith("outlet:")


def _union(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({x for items in lists for x in items}))


def mode_of(modes: Sequence[str | None]) -> str | None:
    """Return the mode most readings name, « multilateral » only where none says more."""
    counts = Counter(m for m in modes if m is not None)
    return min(counts, key=lambda m: (m == "multilateral", -counts[m], m), default=None)


def _aux(lists: Sequence[tuple[Aux, ...]]) -> tuple[Aux, ...]:
    shared = set.intersection(*(set(aux) for aux in lists))
    return tuple(sorted(shared, key=AUX_MODES.index))


def agreed_days(dates: Sequence[DateRange]) -> DateRange | None:
    """Return the days that all dates allow, or their hull where they disagree; None without any."""
    if not dates:
        return None
    ordered = sorted(dates)
    found: DateRange | None = ordered[0]
    for other in ordered[1:]:
        found = None if found is None else intersect(found, other)
    return found or hull(ordered)


def _amounts(readings: Sequence[Reading]) -> tuple[Amount, ...]:
    """Return every different amount once, with the span of the first reading that gives it."""
    seen: dict[tuple[object, ...], Amount] = {}
    for amount in (q for r in readings for q in r.act.quantities):
        seen.setdefault(
            (amount.of, amount.unit, amount.value, amount.max, amount.approx, amount.at_least),
            amount,
        )
    return tuple(
        sorted(seen.values(), key=lambda q: (q.of or "", q.unit, q.value, msgspec.json.encode(q)))
    )


def _differences(readings: Sequence[Reading], roles: Roles) -> tuple[Difference, ...]:
    if len(readings) == 1:
        return ()
    found: list[Difference] = []
    found += _polarity(readings)
    found += _dates(readings)
    found += _lists(readings, "actors", lambda r: r.act.actors, roles, nested=True)
    found += _lists(readings, "recipients", lambda r: r.act.recipients, roles, nested=False)
    found += _lists(readings, "places", lambda r: r.act.places, roles, nested=False)
    found += _figures(readings)
    return tuple(found)


def difference(field: str, values: Mapping[str, Iterable[str]]) -> Difference:
    """Return what tellings differ on: each value with the ids that hold it."""
    return Difference(
        field=field, values={k: tuple(sorted(set(values[k]))) for k in sorted(values)}
    )


def _polarity(readings: Sequence[Reading]) -> list[Difference]:
    values: dict[str, list[str]] = defaultdict(list)
    for r in readings:
        aux = r.act.aux
        told = "supposed" if "hypothetical" in aux else "affirmed"
        values["negated" if "negation" in aux else told].append(r.act.id)
    return [difference("polarity", values)] if len(values) > 1 else []


def _dates(readings: Sequence[Reading]) -> list[Difference]:
    dated = [(r, r.date) for r in readings if r.date is not None]
    ordered = sorted({d for _, d in dated})
    found: DateRange | None = ordered[0] if ordered else None
    for other in ordered[1:]:
        found = None if found is None else intersect(found, other)
    if found is not None or not ordered:
        return []
    values: dict[str, list[str]] = defaultdict(list)
    for r, when in dated:
        same = when.start == when.end
        key = when.start.isoformat() if same else f"{when.start}/{when.end}"
        values[key].append(r.act.id)
    return [difference("date", values)]


def _lists(
    readings: Sequence[Reading], field: str, of: Callable[[Reading], tuple[str, ...]],
    roles: Roles, *, nested: bool,
) -> list[Difference]:  # fmt: skip
    """Compare what each report names in all; a person and the side he speaks for are no difference.

    ``nested``: a list that holds the other is a difference too (four requesters against eight).
    """
    telling = [r for r in readings if of(r)]
    if len({r.citation.source for r in telling}) < 2:
        return []
    named: dict[str, set[str]] = defaultdict(set)
    acts: dict[str, list[str]] = defaultdict(list)
    for r in telling:
        named[r.citation.source] |= roles.parties(of(r), r.published)
        acts[r.citation.source].append(r.act.id)
    sets = {frozenset(s) for s in named.values()}
    clash = len(sets) > 1 and (
        nested or any(not (a <= b or b <= a) for a in sets for b in sets)
    )  # fmt: skip
    if not clash:
        return []
    values: dict[str, list[str]] = defaultdict(list)
    for source, names in named.items():
        values[", ".join(sorted(names))] += acts[source]
    return [difference(field, values)]


def _figures(readings: Sequence[Reading]) -> list[Difference]:
    """Compare the figures given for the same thing counted in the same unit."""
    counted: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for r in readings:
        by_thing: dict[tuple[str, str], set[str]] = defaultdict(set)
        for q in r.act.quantities:
            by_thing[q.of or "", q.unit].add(figure(q))
        for thing, figures in by_thing.items():
            counted[thing][" + ".join(sorted(figures))].append(r.act.id)
    return [
        difference("quantity" + (f":{of}" if of else "") + f":{unit}", counted[of, unit])
        for of, unit in sorted(counted)
        if len(counted[of, unit]) > 1
    ]


def figure(amount: Amount) -> str:
    """Return an amount as short text: « ≥1000 », « ~20 », « 4000-7000 »."""
    mark = "≥" if amount.at_least else "~" if amount.approx else ""
    return (
        mark + number(amount.value) + (f"-{number(amount.max)}" if amount.max is not None else "")
    )


def number(value: float) -> str:
    """Return a number as short text: « 120 », « 1.5 »."""
    return str(int(value)) if value == value // 1 and abs(value) < 1e15 else repr(value)
