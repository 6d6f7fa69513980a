"""What two tellings share, and what sets them apart.

Comes in: :class:`~foedus.ledger.joining.items.Item`s. Goes out, for two of them: the points they share, or what
says that they cannot be one fact. Everything here looks at two tellings alone, and gives the same
whichever comes first: how clusters come of it is told in :mod:`foedus.ledger.joining.placing`.
"""

from __future__ import annotations

from foedus.ledger.joining.common import (
    actors_meet,
    figures_differ,
    figures_far_apart,
    meet,
    near_a_day,
    once_in_a_while,
    one_event,
    one_news,
    open_place,
    places_meet,
    recipients_meet,
    same_news,
    same_number,
    same_parties,
    same_target,
    tells_more,
    told_alike,
)
from foedus.ledger.joining.items import WAR, Item, Profile
from foedus.ledger.joining.wording import (
    ENOUGH,
    in_other_words,
    one_story,
    same_object,
    same_words,
    under_heading,
    under_title,
)
from foedus.ledger.rules import Rules

__all__ = ["Likeness"]


class Likeness:
    """Compares the items of one event type."""

    def __init__(self, rules: Rules, kind: str) -> None:
        self._points, self._type = rules.points, rules.types[kind]
        self._kinds = frozenset(rules.kinds_of_aid)
        self._generic = frozenset(rules.generic_instruments)
        self._confused = frozenset(frozenset(pair) for pair in rules.confused)
        self.need = self._type.need
        self._going_on, self._story_words = rules.going_on, rules.story_words
        self._times = rules.figures_apart
        self._back, self._far_need, self._far_off = rules.told_back, rules.far_need, rules.far

    def apart(self, a: Item, b: Item) -> str | None:
        """Return what sets the two tellings apart; None: nothing, or they are readings of one known event."""
        p, q = a.profile, b.profile
        if p.landmark and q.landmark:
            return None if one_event(a, b) else "events"
        if found := self._apart_in_parties(a, b):
            return found
        if self._targets_differ(p, q) or self._other_company(p, q):
            return "roles"
        if self._details_differ(p, q) or self._figures_apart(a, b):
            return "details"
        return self._apart_in_time(a, b)

    def _apart_in_parties(self, a: Item, b: Item) -> str | None:
        p, q = a.profile, b.profile
        if p.narrow and q.narrow and p.narrow.isdisjoint(q.narrow):
            return "cues"
        if (p.manner and q.manner and p.manner != q.manner) or self._parties_differ(a, b):
            return "roles"
        return None

    def shared(self, a: Item, b: Item) -> int:
        """Return the points for what two items share, whatever sets them apart."""
        known = self._points.landmark if one_event(a, b) else 0
        return known or self._without_words(a, b) + self._for_words(a, b)

    def _for_words(self, a: Item, b: Item) -> int:
        return self._points.word * min(same_words(a, b, position=self._type.repeated), ENOUGH)

    def _without_words(self, a: Item, b: Item) -> int:
        points, p, q = self._points, a.profile, b.profile
        together = a.source == b.source
        total = self._same_things(a, b) + self._type.same_report * together
        total += points.day * (p.dated and q.dated) + points.near_day * near_a_day(a, b)
        total += points.same_news * same_news(a, b)
        total += self._for_surroundings(a, b)
        total += points.mode * (p.mode is not None and p.mode == q.mode)
        total += points.quantity * same_number(a, b)
        total += points.figure * (not p.figures.isdisjoint(q.figures))
        if a.rule == b.rule:
            total += points.rule * (a.rule is not None)
            if a.group == b.group and not together:
                # two copies of one text tell it: by the same wording, or in the same words
                total += points.copy * (a.rule is not None or told_alike(p, q))
        return total

    def _for_surroundings(self, a: Item, b: Item) -> int:
        """Return the points for where in their reports they stand."""
        points = self._points
        if a.source == b.source:
            titled = under_title(a, b) and self._more_than_who(a, b)
            return points.heading * under_heading(a, b) + points.title * titled
        return points.story * self._in_one_story(a, b)

    def _in_one_story(self, a: Item, b: Item) -> bool:
        """Whether two reports follow one story, which tells of either act in no other manner, and now."""
        p, q = a.profile, b.profile
        if self._type.kind != "said" or (p.mode and q.mode and p.mode != q.mode):
            return False  # one side does many things in a story, and says few
        return one_story(a, b, self._story_words) and not self._not_the_same_days(a, b)

    def _more_than_who(self, a: Item, b: Item) -> bool:
        """Whether they share more than who does it: one side does many things in a story, and says few."""
        p, q = a.profile, b.profile
        return self._type.kind == "said" or not (
            p.instruments.isdisjoint(q.instruments) and p.cues.isdisjoint(q.cues)
            and not (recipients_meet(p, q) or places_meet(p, q) or same_target(p, q))
            and not same_number(a, b) and not same_words(a, b)
        )  # fmt: skip

    def link(self, a: Item, b: Item) -> int:
        """Return the points shared if the two can be one fact and share enough for it, else 0.

        Of two reports, only what :class:`~foedus.ledger.joining.nearby.Nearby` finds may be asked for: that
        they have something in common and no list at odds is then known.
        """
        if a.profile.landmark and b.profile.landmark:
            return self._points.landmark if one_event(a, b) else 0
        far = a.source != b.source and self._not_the_same_days(a, b)
        if a.source == b.source:
            if not self._tied(a, b) or self.apart(a, b):
                return 0
        elif self._apart_in_two(a, b, far):
            return 0
        found = self._without_words(a, b)
        need = max(self.need, self._far_need) if far else self.need
        if found + ENOUGH * self._points.word < need:
            return 0
        found += self._for_words(a, b)
        if found < need or not self._says_the_same(a, b) or self._stand_apart(a, b):
            return 0
        return max(found - self._far_off, 1) if far else found

    def _apart_in_two(self, a: Item, b: Item, far: bool) -> bool:
        """Whether two tellings of different reports, found to be near or by a mark, cannot be linked.

        ``far``: their days do not meet, so that one must lie far back and be told from its like.
        """
        p, q = a.profile, b.profile
        marked = (p.open or q.open) and not p.marks.isdisjoint(q.marks)
        if far and not (marked and self._may_lie_back(a, b) and not figures_differ(a, b)):
            return True
        if marked and self._apart_in_parties(a, b):
            return True
        return (
            self._one_goes_on(a, b) or self._targets_differ(p, q) or self._other_company(p, q)
            or self._details_differ(p, q) or self._figures_apart(a, b)
        )  # fmt: skip

    def _says_the_same(self, a: Item, b: Item) -> bool:
        """Whether, beside who to whom, a word or a thing is the same, where more is told of either.

        One charges another with many things, and of uses of force there are many.
        """
        p, q = a.profile, b.profile
        if not (self._type.repeated or self._type.strict) or WAR in p.once & q.once:
            return True
        if p.instruments & q.instruments or (p.narrow if self._type.repeated else p.cues) & q.cues:
            return True
        if same_number(a, b) or under_heading(a, b):
            return True
        if self._type.repeated:
            day = p.dated and q.dated and (a.source != b.source or recipients_meet(p, q))
            return bool(day) or same_object(a, b) or self._only_said(a, b)
        there = not p.places.isdisjoint(q.places) or recipients_meet(p, q) or same_target(p, q)
        return there or (p.dated and q.dated) or same_words(a, b) >= ENOUGH

    def _only_said(self, a: Item, b: Item) -> bool:
        """Whether one is told in a few words (« Kiev dément ») where two reports follow one story."""
        p, q = a.profile, b.profile
        few = not (tells_more(p) and tells_more(q)) and p.actors == q.actors
        return few and self._in_one_story(a, b)

    def _tied(self, a: Item, b: Item) -> bool:
        """Whether two tellings of a report have anything in common: what they name, or a word."""
        return meet(a.profile, b.profile) or same_words(a, b) > 0

    def _same_things(self, a: Item, b: Item) -> int:
        points, p, q = self._points, a.profile, b.profile
        total = 0
        if not p.narrow.isdisjoint(q.narrow):
            total += points.cue
        elif not p.cues.isdisjoint(q.cues):
            total += points.broad_cue
        if p.actors and q.actors and (actors_meet(p, q) or self._mistaken(a, b)):
            total += points.actors + points.company * (p.actors == q.actors and len(p.actors) > 1)
        recipients = p.recipients and q.recipients and recipients_meet(p, q)
        places = p.places and q.places and places_meet(p, q)
        if recipients:
            total += points.recipients
        if places:
            within = self._type.strict and p.places.isdisjoint(q.places)
            total += points.within if within else points.places
        elif not recipients and same_target(p, q):
            exactly = not (p.recipients.isdisjoint(q.places) and q.recipients.isdisjoint(p.places))
            total += points.target if exactly or not self._type.strict else points.near_target
        if not p.instruments.isdisjoint(q.instruments):
            total += points.instruments + points.named * (not p.named.isdisjoint(q.named))
        if WAR in p.once and WAR in q.once:
            total += points.war
        return total

    # What sets apart

    def _parties_differ(self, a: Item, b: Item) -> bool:
        p, q = a.profile, b.profile
        return (
            bool(p.places and q.places and not (open_place(p, q) or places_meet(p, q)))
            or bool(p.recipients and q.recipients and not recipients_meet(p, q))
            or bool(p.actors and q.actors and not actors_meet(p, q) and not self._mistaken(a, b))
        )

    def _mistaken(self, a: Item, b: Item) -> bool:
        """Whether one report may have taken one state for another: the same thing, told elsewhere."""
        p, q = a.profile, b.profile
        return (
            len(p.actors) == 1 == len(q.actors)
            and p.actors | q.actors in self._confused
            and a.source != b.source
            and not p.instruments.isdisjoint(q.instruments)
        )

    def _targets_differ(self, p: Profile, q: Profile) -> bool:
        """Whether two uses of force strike at two things, be they named as who is struck or as where."""
        if not (self._type.strict and p.wide_struck and q.wide_struck):
            return False
        return (
            (p.recipients | p.places).isdisjoint(q.wide_struck)
            and (q.recipients | q.places).isdisjoint(p.wide_struck)
        )  # fmt: skip

    def _other_company(self, p: Profile, q: Profile) -> bool:
        """Whether two meetings are of different parties: each has one that the other lacks, or a body
        meets by itself in the one and with others in the other.
        """
        few, more = (p, q) if len(p.company) <= len(q.company) else (q, p)
        if not few.company or few.company == more.company or len(more.company) == 1:
            return False
        return p.narrow.isdisjoint(q.narrow) and (few.alone or not few.company <= more.company)

    def _details_differ(self, p: Profile, q: Profile) -> bool:
        """Whether what is used or given sets them apart."""
        if not (p.instruments and q.instruments):
            return False
        if p.named and q.named and p.named.isdisjoint(q.named):
            return True
        kinds = self._kinds
        return (
            p.instruments.isdisjoint(q.instruments)
            or p.instruments & kinds != q.instruments & kinds
        )

    def _figures_apart(self, a: Item, b: Item) -> bool:
        """Whether they count otherwise: in one report at all; in two by far, under no narrow cue, in other words."""
        if a.source == b.source:
            return figures_differ(a, b)
        return figures_far_apart(a, b, self._times) and in_other_words(a, b) and not one_news(a, b)

    def _apart_in_time(self, a: Item, b: Item) -> str | None:
        """Return what of when, and of done, planned, denied or supposed, sets the two apart."""
        if self._days_differ(a, b) or self._one_goes_on(a, b):
            return "days"
        if a.source == b.source or a.profile.negated != b.profile.negated:
            return self._stand_apart(a, b)
        return None

    def _one_goes_on(self, a: Item, b: Item) -> bool:
        """Whether one is told as what goes on, or as a row of days, and the other is not."""
        p, q = a.profile, b.profile
        if once_in_a_while(p, q) or WAR in p.once | q.once:
            return False
        if p.ongoing != q.ongoing and p.narrow.isdisjoint(q.narrow):
            return True
        if not (self._type.strict and p.dated and q.dated) or a.start is None or b.start is None:
            return False
        lasts = sorted(
            item.end - item.start
            for item in (a, b)
            if item.end is not None and item.start is not None
        )
        return lasts[0] <= 1 and lasts[-1] + 1 >= self._going_on

    def _stand_apart(self, a: Item, b: Item) -> str | None:
        """Return what of done, planned, denied or supposed sets them apart, unless it is clearly one thing."""
        p, q = a.profile, b.profile
        if p.supposed != q.supposed and not (self._deed(a, b) or self._one_case(a, b)):
            return "supposed"
        if p.negated == q.negated and (p.negated or p.future == q.future):
            return None  # what is not done will not be done either
        return None if self._specific(a, b) or under_heading(a, b) else "standing"

    def _days_differ(self, a: Item, b: Item) -> bool:
        return self._not_the_same_days(a, b) and not self._may_lie_back(a, b)

    def _may_lie_back(self, a: Item, b: Item) -> bool:
        """Whether one is told as past without a day, and the other is no later than its report."""
        if a.start is None or b.start is None or a.end is None or b.end is None:
            # of a report of unknown day it may have been any day, but a denial is of its own day
            denied = a.profile.negated or b.profile.negated
            p, q = a.profile, b.profile
            return not (denied and p.marks.isdisjoint(q.marks) and p.rare.isdisjoint(q.rare))
        return (a.profile.open and a.end - self._back <= b.start <= a.end) or (
            b.profile.open and b.end - self._back <= a.start <= b.end
        )

    def _gap(self, a: Item, b: Item) -> int | None:
        """Return the days between their likely days, at most 0 where these meet; None: not known."""
        if a.start is None or b.start is None or a.end is None or b.end is None:
            return None
        return max(a.start - b.end, b.start - a.end)

    def _not_the_same_days(self, a: Item, b: Item) -> bool:
        gap = self._gap(a, b)
        if gap is not None and gap <= 0:
            return False
        p, q = a.profile, b.profile
        shared = not p.narrow.isdisjoint(q.narrow)
        if a.source == b.source and (gap is None or (shared and not (p.dated and q.dated))):
            # A story comes back to its one event; that it says the day once sets nothing apart.
            return False
        if gap is None:
            return p.negated or q.negated or not once_in_a_while(p, q)
        # Reports misplace an event by a day (« yesterday » in a text of the night before); only a
        # cue that singles the event out makes that likelier than two events on two days.
        return gap > 1 or not (shared if p.dated and q.dated else once_in_a_while(p, q))

    def _specific(self, a: Item, b: Item) -> bool:
        """Whether denial and affirmation, or announcement and deed, are of the same thing."""
        p, q = a.profile, b.profile
        if self._one_case(a, b):
            return True
        shared_cue = not p.narrow.isdisjoint(q.narrow)
        same_day = p.dated and q.dated
        if p.future != q.future and not (p.negated or q.negated):
            meeting = self._type.kind == "meeting"
            return same_day or (meeting and shared_cue) or once_in_a_while(p, q) or self._deed(a, b)
        return shared_cue or (same_day and same_parties(p, q))

    def _one_case(self, a: Item, b: Item) -> bool:
        """Whether the same is told in the same words, or of the same actor under a cue that is rare."""
        p, q = a.profile, b.profile
        if self._parties_differ(a, b):
            return False
        if self._type.kind == "said" and not p.rare.isdisjoint(q.rare):
            # what was not done, was thought of, or need not be done
            undone = (p.negated or p.supposed) and (q.negated or q.supposed)
            return undone or (a.source == b.source and not (p.actors and q.actors))
        named = p.actors and q.actors
        return (
            bool(named)
            and same_words(a, b, position=self._type.repeated) > ENOUGH
            and not figures_differ(a, b)
        )

    def _deed(self, a: Item, b: Item) -> bool:
        """Whether a plan, a rumour and a report of done are of one deed: who, for whom, what exactly."""
        p, q = a.profile, b.profile
        if (
            p.figures & q.figures
            and same_number(a, b)
            and (actors_meet(p, q) or not (p.actors and q.actors))
        ):
            return True
        if self._type.strict or not actors_meet(p, q):
            return False
        # A report that tells a plan and a deed beside each other means two things.
        if a.source == b.source and (
            not same_words(a, b, position=self._type.repeated) or p.supposed != q.supposed
        ):
            return False
        tools = p.instruments & q.instruments
        if tools & p.named and not (p.recipients and q.recipients) and p.supposed == q.supposed:
            return True
        if not tools or not (same_parties(p, q) or same_target(p, q)):
            return False
        # What a body sends somewhere it sends every week; a state sends its contingent to a state once.
        own = not (p.body or q.body) and (p.to_state or q.to_state)
        own = own or same_words(a, b, position=self._type.repeated) > 0
        other_words = not same_words(a, b, position=self._type.repeated)
        if p.supposed != q.supposed and other_words and not tools & p.named:
            return False
        return bool(tools - self._generic) or (own and not (a.numbers and b.numbers))
