"""What a telling leaves out because its report has said it already: the town, the day, the thing.

Comes in: the acts of one report, with where they stand. Goes out: for a use of force that is told with little
more than a pointer back (« le missile », « deux hommes ont été tués »), what it takes from the one meant.

Method: the nearest mention before it that names a town (or, where none in the report does, the day, the people
and how many) is meant, if nothing in the two is at odds. Who fired what fell is then the question, not what
tells it from other strikes: the actors count for nothing where they are others. The wording is declared in
``data/clauses.yaml``. It is bridging and coreference by the head noun: R. Vieira and M. Poesio, « An Empirically
Based System for Processing Definite Descriptions », Computational Linguistics 26(4), 2000.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from foedus.acts import Act, DateRange
from foedus.ledger.passages import Place
from foedus.ledger.roles import Roles
from foedus.ledger.wordprint import folded
from foedus.report.records import Report

__all__ = ["Pointing", "Taken", "answered", "taken_in", "times_told_of"]

_NOT_THEN = frozenset({"future", "negation", "historical"})
_TELLING = 10
"""The least figure that tells a strike from another: who adds one tells another."""


class Pointing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words that point back to a use of force told before. Patterns, without accents.

    ``thing``: what fell or went off, as known. ``toll``: the word that tells the act counts who was hit.
    ``claim``: who did it is said. ``other``: the word that tells the act is of another act, an answer or a defence.
    ``many``: it tells of many, as a salvo is.
    ``next``, ``near``, ``far`` are sentences back.
    """

    thing: str
    toll: str
    claim: str
    other: str
    many: str
    next: int
    near: int
    far: int


class Taken(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a telling takes from the one that it points back to.

    ``meant`` is the act that it plainly points back to. ``whose``: who did it still counts. ``real``: that it happened is out of the question, whatever is
    supposed or denied of it.
    """

    places: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    date: DateRange | None = None
    around: DateRange | None = None
    whose: bool = True
    real: bool = False
    meant: str | None = None


class _Mention(NamedTuple):
    """Where a use of force is told, and the telling that says which."""

    sentence: int
    meant: Act


def taken_in(
    acts: Sequence[Act], where: Mapping[str, Place], text: str, declared: Pointing, roles: Roles,
    known: Mapping[str, str] | None = None,
) -> dict[str, Taken]:  # fmt: skip
    """Return what acts of one kind take, by their ids.

    Args:
        acts: the uses of force of a report, in the order in which they are told.
        where: by their ids, where they stand.
        text: the report's.
        declared: the wording of its language.
        roles: who and what lies where.
        known: by their ids, the known events of which some tell, and which they say by that.
    """
    known = known or {}
    anchors = list(_anchors(acts, roles, known))
    meant = {a.id: a for a in anchors}
    wide = {name for name, event in known.items() if roles.landmarks[event].within}
    many = {
        a.id for a in anchors
        if a.id in wide or _Told(a, text, declared).many or _counts_many(a)
    }  # fmt: skip
    single = [a for a in anchors if a.id not in many] or anchors
    alone = len({known.get(a.id) or a.places[:1] for a in single}) == 1
    mentions: list[_Mention] = []
    out: dict[str, Taken] = {}
    for act in acts:
        if act.id not in where:
            continue
        at, found = where[act.id].sentence, meant.get(act.id)
        if found is None:
            told = _Told(act, text, declared)
            near = bisect_left(mentions, at - declared.far, key=lambda m: m.sentence)
            # a thing told as known is the only one there is, though it be told further on
            more = (_Mention(at, a) for a in anchors if alone and told.thing)
            for mention in (*reversed(mentions[near:]), *more):
                # a salvo is no single missile, and « le missile » is none of ninety
                of_many = mention.meant.id in many
                fits = of_many if told.many else not (of_many and told.thing)
                gap = at - mention.sentence
                if fits and told.points_back(gap) and _fits(act, mention.meant, roles, told):
                    found = mention.meant
                    out[act.id] = _taken(act, found, told, roles)
                    break
        if found is not None:
            mentions.append(_Mention(at, found))
    return out


def _anchors(acts: Sequence[Act], roles: Roles, known: Mapping[str, str]) -> Iterator[Act]:
    """Yield those that say which strike they tell: by the town, as a known event, or else by day, people and figures."""
    real = [a for a in acts if not {"negation", "hypothetical"}.intersection(a.aux)]
    towns = [
        a for a in real
        if a.id in known or any(roles.is_town(p) or roles.is_unknown(p) for p in a.places)
    ]  # fmt: skip
    yield from towns or (a for a in real if a.date and a.recipients and a.quantities)


def _counts_many(act: Act) -> bool:
    """Whether it counts what was fired by the dozen."""
    fired = {q.of for q in act.quantities if (q.value or 0) >= _TELLING}
    return not fired.isdisjoint(act.instruments)


class _Told:
    """In what way an act is told."""

    def __init__(self, act: Act, text: str, declared: Pointing) -> None:
        word = folded(text[slice(*act.trigger)])
        clause = folded(text[slice(*act.span)])
        self._declared, self._word, self._clause, self._act = declared, word, clause, act
        self.many = re.search(declared.many, word) is not None
        self.other = re.search(declared.other, word) is not None
        self.thing = not self.other and re.search(declared.thing, clause) is not None
        of_it = re.search(declared.toll, word) or re.search(declared.claim, clause)
        self.plainly = self.thing or (not self.other and of_it is not None)
        self.doubted = bool({"negation", "hypothetical", "future"}.intersection(act.aux))

    def points_back(self, gap: int) -> bool:
        """Whether it may mean what was told so many sentences before."""
        declared = self._declared
        if self.other or gap < 0:
            return False
        if self.thing and gap <= declared.far:
            return True
        if self.doubted:
            return False
        if gap <= declared.near and re.search(declared.toll, self._word):
            return True
        if gap <= declared.near and re.search(declared.claim, self._clause):
            return True
        return gap <= declared.next and not self._act.recipients


def _fits(act: Act, meant: Act, roles: Roles, told: _Told) -> bool:
    """Whether nothing in the two is at odds: the days, where, whom, how many."""
    if act.date is not None and meant.date is not None and act.date != meant.date:
        return False
    # « tiré de Russie » : whence it came, not where it fell
    whence = told.thing and all(map(roles.is_state, act.places))
    held = {o for p in (*meant.places, *meant.recipients) for o in (p, *roles.within(p))}
    if not (whence or held.issuperset(act.places)):
        return False
    if act.recipients and held.isdisjoint(act.recipients):
        return False
    counted = {q.of: q.value for q in meant.quantities}
    return all(
        counted[q.of] == q.value if q.of in counted else (q.value or 0) < _TELLING
        for q in act.quantities
    )


def _taken(act: Act, meant: Act, told: _Told, roles: Roles) -> Taken:
    return Taken(
        places=meant.places,
        recipients=() if act.recipients or act.places else meant.recipients,
        instruments=meant.instruments,
        date=meant.date if act.date is None else None,
        whose=roles.meet(act.actors, meant.actors),
        real=told.thing,
        meant=meant.id if told.plainly else None,
    )


def times_told_of(
    acts: Sequence[Act], report: Report, now: str, published: DateRange, back: int
) -> Iterator[tuple[str, DateRange]]:
    """Yield undated acts, by their ids, with the days of which their passage tells, where these are long past.

    Args:
        acts: those of the report, with their dates.
        report: as read; its passages are asked for.
        now: pattern of what is told as of today, without accents.
        published: the days on which the report may have appeared.
        back: days that lie between at least.

    That a story goes on telling of the time it has come to is the narrative container of J. Pustejovsky and
    A. Stubbs, « Increasing Informativeness in Temporal Annotation », LAW 2011.
    """
    last = published.start - timedelta(days=back)
    starts = [start for start, _ in report.body]
    passage, told = -1, None
    for act in acts:
        here = bisect_right(starts, act.trigger[0])
        if here != passage:
            passage, told = here, None
        if act.date is not None:
            told = act.date if act.date.end < last else None
        elif told is not None and not _NOT_THEN.intersection(act.aux):
            if re.search(now, folded(report.text[slice(*act.span)])):
                told = None
            else:
                yield act.id, told


def answered(
    acts: Sequence[Act], where: Mapping[str, Place], answers: Callable[[Act], bool], back: int
) -> Iterator[tuple[Act, Act]]:
    """Yield refusals and denials (those that ``answers`` tells) with what they answer.

    That is the act that the record names, or else the last one of another type before it, at most ``back``
    sentences away. ``acts`` are those of a report, in order.
    """
    by_id = {a.id: a for a in acts}
    placed = [a for a in acts if a.id in where]
    sentences = [where[a.id].sentence for a in placed]
    for n, act in enumerate(placed):
        if not answers(act):
            continue
        near = bisect_left(sentences, sentences[n] - back)
        before = (a for a in reversed(placed[near:n]) if a.type != act.type)
        found = by_id.get(act.answers or "") or next(before, None)
        if found is not None:
            yield act, found
