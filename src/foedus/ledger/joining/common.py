"""What two tellings have in common, list by list: whom, what, where and when they name.

Comes in: items or their profiles (:mod:`foedus.ledger.joining.items`). Goes out: yes or no, the same whichever
comes first. What follows from it is with :mod:`foedus.ledger.joining.likeness`.
"""

from __future__ import annotations

from functools import lru_cache

from foedus.ledger.joining.items import WAR, Item, Profile

__all__ = [
    "FEW_DAYS",
    "actors_meet",
    "figures_differ",
    "figures_far_apart",
    "meet",
    "near_a_day",
    "once_in_a_while",
    "one_event",
    "one_news",
    "open_place",
    "places_meet",
    "recipients_meet",
    "same_news",
    "same_number",
    "same_parties",
    "same_target",
    "tells_more",
    "told_alike",
]

FEW_DAYS = 4
"""Days of two windows that place two tellings near one another: a day, and two before a report."""


def near_a_day(a: Item, b: Item) -> bool:
    """Whether one names a day that is among the few on which the other can have been."""
    if a.profile.dated == b.profile.dated:
        return False
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    few = a.end - a.start + b.end - b.start + 2 <= FEW_DAYS
    return few and a.start <= b.end and b.start <= a.end


def same_news(a: Item, b: Item) -> bool:
    """Whether two reports of the same day or the next tell of something of which neither names the day."""
    if a.source == b.source or a.profile.dated or b.profile.dated or a.end is None or b.end is None:
        return False
    return abs(a.end - b.end) <= 1 and a.profile.future == b.profile.future


def once_in_a_while(p: Profile, q: Profile) -> bool:
    """Whether they share a cue of what happens once in a while, and are no position; or are one war."""
    return not p.once.isdisjoint(q.once)


def one_event(a: Item, b: Item) -> bool:
    """Whether both are taken for one known event."""
    return a.profile.landmark is not None and a.profile.landmark == b.profile.landmark


def figures_differ(a: Item, b: Item) -> bool:
    """Whether both count the same thing, and otherwise."""
    if not a.numbers.isdisjoint(b.numbers):
        return False
    return not {n.partition(" ")[2] for n in a.numbers}.isdisjoint(
        n.partition(" ")[2] for n in b.numbers
    )


def figures_far_apart(a: Item, b: Item, times: int) -> bool:
    """Whether all that both count is more than so many times as much in the one as in the other, and no
    narrow cue says that they are of one thing.
    """
    if not (a.numbers and b.numbers and a.numbers.isdisjoint(b.numbers)):
        return False
    if not a.profile.narrow.isdisjoint(b.profile.narrow):
        return False
    ours, theirs = _counted(a.numbers), _counted(b.numbers)
    both = ours.keys() & theirs.keys()
    return bool(both) and all(
        max(n, m) > times * min(n, m) for thing in both for n in ours[thing] for m in theirs[thing]
    )


def one_news(a: Item, b: Item) -> bool:
    """Whether all but the figure is the same, told on the same days: a copy, or the same wording of the same side
    and place. Then the figure is what the two do not agree on (120 ships, or 20).
    """
    if a.rule is None or a.rule != b.rule:
        return False
    if a.group == b.group:
        return True
    p, q = a.profile, b.profile
    who = bool(p.actors) and p.actors == q.actors
    return who and same_news(a, b) and (places_meet(p, q) or recipients_meet(p, q))


@lru_cache(maxsize=1 << 12)
def _counted(numbers: frozenset[str]) -> dict[str, list[float]]:
    """Return the figures by what is counted."""
    found: dict[str, list[float]] = {}
    for number in numbers:
        value, _, thing = number.partition(" ")
        found.setdefault(thing, []).append(float(value))
    return found


def same_number(a: Item, b: Item) -> bool:
    """Whether both count as many of the same, or tell the same figure of two digits or more."""
    return not (a.numbers.isdisjoint(b.numbers) and a.profile.figures.isdisjoint(b.profile.figures))


def told_alike(p: Profile, q: Profile) -> bool:
    """Whether two tellings have the same parties, things and mode."""
    return (p.actors, p.recipients, p.places, p.instruments, p.cues, p.mode) == (
        q.actors, q.recipients, q.places, q.instruments, q.cues, q.mode
    )  # fmt: skip


def same_parties(p: Profile, q: Profile) -> bool:
    """Whether they name an actor in common, and a recipient or a place."""
    return actors_meet(p, q) and (recipients_meet(p, q) or places_meet(p, q))


def actors_meet(p: Profile, q: Profile) -> bool:
    """Whether they name somebody in common, himself, by the side he speaks for or in a group."""
    return not (
        p.actors.isdisjoint(q.wide_actors) and p.wide_actors.isdisjoint(q.actors)
    )  # fmt: skip


def recipients_meet(p: Profile, q: Profile) -> bool:
    """Whether they name a recipient in common, himself, by the side he speaks for or in a group."""
    return not (
        p.recipients.isdisjoint(q.wide_recipients) and p.wide_recipients.isdisjoint(q.recipients)
    )


def places_meet(p: Profile, q: Profile) -> bool:
    """Whether they name a place in common, or one that lies in the other."""
    return not (p.places.isdisjoint(q.wide_places) and p.wide_places.isdisjoint(q.places))


def same_target(p: Profile, q: Profile) -> bool:
    """Whether the recipient of one is the place of the other, or lies in it or about it."""
    if not (p.recipients and q.places) and not (p.places and q.recipients):
        return False
    return not (
        p.recipients.isdisjoint(q.wide_places) and p.within.isdisjoint(q.places)
        and p.places.isdisjoint(q.within) and p.wide_places.isdisjoint(q.recipients)
    )  # fmt: skip


def tells_more(p: Profile) -> bool:
    """Whether more is told than who: whom, where, how or with what."""
    return bool(p.recipients or p.mode or p.instruments or p.places or p.narrow)


def open_place(p: Profile, q: Profile) -> bool:
    """Whether other places set them apart in nothing: a sea lies anywhere, and so may what nobody knows."""
    return p.loose or q.loose or p.strange != q.strange


def meet(p: Profile, q: Profile) -> bool:
    """Whether two tellings name somebody, something or some place in common, or the war.

    Of two reports only those are compared (:mod:`foedus.ledger.joining.nearby`).
    """
    return (
        not p.narrow.isdisjoint(q.narrow) or not p.figures.isdisjoint(q.figures)
        or not p.instruments.isdisjoint(q.instruments)
        or actors_meet(p, q) or recipients_meet(p, q) or places_meet(p, q) or same_target(p, q)
        or WAR in p.once & q.once
    )  # fmt: skip
