"""Donations that the ledger tells of: what was promised or delivered, with the facts that say so.

Comes in: rows of the aid tracker. Goes out: a :class:`Pledge` for each, and sentences on what had to be
left out. Nothing is decided silently:

- Rows that may be one pledge (linked by ``overlaps``) become one donation, of the first day told. It
  is at least the largest of their lowest figures, and at most all their highest figures together; where
  in between is drawn, each value as likely as any other.
- Where all of its rows tell it as delivered, it was there on that day: it is not kept back, lost or
  under way any more. Otherwise it goes the way that the file declares for promises.
- « At least » has no highest figure: it is taken for the figure told, which is said.
- Left out: a row without a figure, without a day, with several donors or recipients (their shares
  are not known), of no declared class, before the run, or only supposed, denied or of years before.
- A fact that a declared donation names is that donation and not another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from foedus.ledger.aid import LEFT_OUT, AidRow, load_tracker
from foedus.scenario.assumptions import Reference, Value, make_assumption
from foedus.scenario.model import Text
from foedus.scenario.reading import Reading

__all__ = ["Kinds", "Pledge", "is_item", "once", "pledges"]


Why = Literal["ends", "classes", "figure", "day", "outside", "stock"]
_LEFT_OUT: Mapping[Why, Mapping[str, str]] = {
    "ends": {
        "en": "its donor or recipient is not one declared member",
        "fr": "son donateur ou son destinataire n'est pas un membre déclaré et un seul",
    },
    "classes": {"en": "it is of several classes", "fr": "il relève de plusieurs classes"},
    "figure": {"en": "no one figure is told", "fr": "aucun chiffre unique n'est dit"},
    "day": {"en": "no day is told", "fr": "aucun jour n'est dit"},
    "outside": {"en": "told of a day outside the run", "fr": "dit d'un jour hors de la période"},
    "stock": {
        "en": "no stock of the class is declared",
        "fr": "aucun stock de la classe n'est déclaré",
    },
}
_AT_LEAST = {
    "en": ": told as « at least »: taken for the figure told",
    "fr": " : dit « au moins » : pris pour le chiffre dit",
}


@dataclass(frozen=True, kw_only=True)
class Kinds:
    """How the ledger's names are those of the scenario: members by actor, classes by item.

    ``units`` are those of the classes; ``given`` the facts that the file itself declares.
    """

    members: dict[str, str]
    items: dict[str, str]
    units: dict[str, str]
    given: set[str]


@dataclass(frozen=True, kw_only=True)
class Pledge:
    """A donation told by ``facts``, ``day`` days after the start; ``delivered`` on it, or promised.

    How much it is, is an assumption that bears their ids, fixed where one figure is told.
    """

    giver: str
    receiver: str
    kind: str
    day: int
    quantity: Value
    delivered: bool
    facts: tuple[str, ...]

    @property
    def name(self) -> str:
        """Named after its first fact."""
        return self.facts[0]

    @property
    def left_out(self) -> Text:
        """Say that it is left out after all, as nobody declared a stock for it."""
        return _left_out(self.facts, "stock")


@dataclass(frozen=True, kw_only=True)
class _Told:
    """One row, in the scenario's names."""

    row: AidRow
    giver: str
    receiver: str
    kind: str
    day: date
    low: float
    high: float


def pledges(
    rows: Iterable[AidRow], kinds: Kinds, start: date, days: int
) -> tuple[list[Pledge], list[Text]]:
    """Return the donations in the order of their days, and sentences on what was left out."""
    found: list[_Told] = []
    notes: list[Text] = []
    for row in rows:
        if row.stage in LEFT_OUT or row.fact in kinds.given or not _concerns(row, kinds):
            continue
        told = _told(row, kinds)
        if isinstance(told, _Told):
            found.append(told)
        else:
            notes.append(_left_out((row.fact,), told))
    made = []
    for group in _groups(found):
        day = (group[0].day - start).days
        facts = tuple(t.row.fact for t in group)
        if not 0 <= day < days:
            notes.append(_left_out(facts, "outside"))
            continue
        made.append(_pledge(group, day, facts, kinds))
        if any(q.open for t in group for q in t.row.quantities):
            notes.append({key: f"{', '.join(facts)}{text}." for key, text in _AT_LEAST.items()})
    return made, notes


def once(named: Mapping[str, Sequence[str]], reading: Reading, *keys: str) -> dict[str, str]:
    """Return for each name which entry it stands for: no name may stand for two."""
    found: dict[str, str] = {}
    for key, names in named.items():
        for name in names:
            if found.setdefault(name, key) != key:
                raise reading.error(
                    f"{name!r} stands for {found[name]} and for {key}", keys[0], key, keys[1],
                    remedy="leave it to one",
                )  # fmt: skip
    return found


def is_item(name: str) -> bool:
    """Whether the aid tracker counts things under that name."""
    return name in load_tracker().items


def _concerns(row: AidRow, kinds: Kinds) -> bool:
    """Whether it is of the scenario's classes, and for its members or from them to nobody named."""
    ends = row.recipients or row.donors
    return bool({*ends} & {*kinds.members}) and bool(_kinds_of(row, kinds))


def _kinds_of(row: AidRow, kinds: Kinds) -> set[str]:
    chains = (load_tracker().chain(item) for item in row.items)
    return {kinds.items[k] for chain in chains for k in chain if k in kinds.items}


def _told(row: AidRow, kinds: Kinds) -> _Told | Why:
    """Return the row in the scenario's names, or why it cannot be used."""
    of = _kinds_of(row, kinds)
    figures = [q for q in row.quantities if q.unit == "item"]
    givers = {kinds.members[d] for d in row.donors if d in kinds.members}
    if len(row.donors) != 1 or len(row.recipients) != 1 or not givers:
        return "ends"
    if len(of) != 1:
        return "classes"
    if len(figures) != 1:
        return "figure"
    if row.when is None:
        return "day"
    return _Told(
        row=row, giver=givers.pop(), receiver=kinds.members[row.recipients[0]], kind=of.pop(),
        day=row.when.start, low=figures[0].low, high=figures[0].high,
    )  # fmt: skip


def _groups(told: Sequence[_Told]) -> list[list[_Told]]:
    """Join what may be one pledge: linked rows of one giver, receiver and class."""
    ordered = sorted(told, key=lambda t: (t.day, t.row.fact))
    left, groups = list(ordered), []
    while left:
        group = [left.pop(0)]
        for member in group:
            near = [t for t in left if _linked(member, t)]
            group += near
            left = [t for t in left if t not in near]
        groups.append(sorted(group, key=lambda t: (t.day, t.row.fact)))
    return groups


def _linked(one: _Told, other: _Told) -> bool:
    same = (one.giver, one.receiver, one.kind) == (other.giver, other.receiver, other.kind)
    return same and (other.row.fact in one.row.overlaps or one.row.fact in other.row.overlaps)


def _pledge(group: Sequence[_Told], day: int, facts: tuple[str, ...], kinds: Kinds) -> Pledge:
    first = group[0]
    low, high = max(t.low for t in group), sum(t.high for t in group)
    known = make_assumption(
        f"told {facts[0]}", {"low": low, "high": high} if high > low else {"likely": low},
        distribution="uniform" if high > low else "fixed",
        unit=kinds.units.get(first.kind, "item"), facts=facts,
        reference=Reference(
            body="; ".join(dict.fromkeys(t for told in group for t in told.row.tellings)),
            title="",
        ),
    )  # fmt: skip
    return Pledge(
        giver=first.giver, receiver=first.receiver, kind=first.kind, day=day,
        quantity=Value(assumption=known), delivered=all(t.row.stage == "delivered" for t in group), facts=facts,
    )  # fmt: skip


def _left_out(facts: Sequence[str], why: Why) -> Text:
    names, words = ", ".join(facts), _LEFT_OUT[why]
    return {
        "en": f"Not taken from the ledger: {names}: {words['en']}.",
        "fr": f"Non repris du registre : {names} : {words['fr']}.",
    }
