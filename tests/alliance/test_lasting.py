"""What lasts for some days only, on every day, at the ends of the calendar, and where nobody names a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from foedus.acts import DateRange
from foedus.alliance import Alliance, courses, statuses
from foedus.alliance.clocks import BothClocks
from foedus.ledger.records import Fact
from tests.alliance.builders import WORLD, fact, reading

LAST = date.max
MAY = date(2031, 5, 3)


def act(name: str, type_: str, when: date | DateRange | None, actors: str = "arvenia") -> Fact:
    kept: Any = {"type": type_, "cues": ["assembly"], "actors": [actors]}
    return fact(name, reading(f"r-{name}", when, when, **kept))


def assembly(alliance: Alliance, facts: list[Fact], as_of: date | None) -> tuple[str, str | None]:
    found = statuses(alliance, facts, as_of=as_of, known_by=None, world=WORLD, latest=LAST)
    status = next(s for s in found if s.mechanism == "assembly")
    if as_of is not None:
        swept = courses(alliance, facts, known_by=None, world=WORLD)["assembly"].on(as_of)
        assert swept == (status.status, status.stage)
        both = BothClocks(alliance, facts, WORLD).on(as_of, LAST)["assembly"]
        assert both == swept
    return status.status, status.stage


def lasting(alliance: Alliance, days: int) -> Alliance:
    """The pact with committees that sit for so many days."""
    import dataclasses

    changed = []
    for mechanism in alliance.mechanisms:
        rules = [
            msgspec.structs.replace(r, lasts=days) if r.id == "committee" else r
            for r in mechanism.rules
        ]
        changed.append(msgspec.structs.replace(mechanism, rules=tuple(rules)))
    return dataclasses.replace(alliance, mechanisms=tuple(changed))


def test_every_day_of_a_session_called_for(exercise: Alliance) -> None:
    facts = [act("call", "REQUEST", MAY), act("session", "CONSULT", MAY + timedelta(2))]
    told = [assembly(exercise, facts, MAY + timedelta(n)) for n in range(-1, 4)]
    assert told == [
        ("not_engaged", None), ("engaged", "called"), ("engaged", "called"), ("engaged", "met"),
        ("not_engaged", "ended"),
    ]  # fmt: skip


def test_two_committees_overlap(exercise: Alliance) -> None:
    facts = [act("one", "COOPERATE", MAY), act("two", "COOPERATE", MAY + timedelta(2))]
    told = [assembly(exercise, facts, MAY + timedelta(n))[0] for n in range(6)]
    assert told == ["engaged"] * 5 + ["not_engaged"]


def test_a_session_ends_what_was_called_and_not_the_committee_called_after_it(
    exercise: Alliance,
) -> None:
    facts = [act("session", "CONSULT", MAY), act("two", "COOPERATE", MAY + timedelta(1))]
    assert assembly(exercise, facts, MAY + timedelta(1)) == ("engaged", "called")


def test_where_nobody_names_a_day_nothing_is_over(exercise: Alliance) -> None:
    facts = [act("session", "CONSULT", MAY)]
    found = statuses(
        exercise, facts, as_of=None, known_by=None, world=WORLD, latest=MAY + timedelta(90)
    )
    status = next(s for s in found if s.mechanism == "assembly")
    assert (status.status, status.stage) == ("engaged", "met")
    assert "rule.lapses" in {child.key for child in status.reason.children}


@pytest.mark.parametrize("days", [1, 40, 4_000_000, 10**30])
def test_days_beyond_the_calendar_never_come(exercise: Alliance, days: int) -> None:
    late = [act("late", "COOPERATE", LAST), act("session", "CONSULT", LAST)]
    alliance = lasting(exercise, days)
    assert assembly(alliance, late, LAST) in [("engaged", "met")]
    first = [act("first", "COOPERATE", date.min, "six-lakes-pact")]
    assert assembly(alliance, first, date.min)[0] == "engaged"
    after = assembly(alliance, first, LAST)
    assert after[0] == ("engaged" if days > LAST.toordinal() else "not_engaged")


def test_what_has_no_day_at_all_leaves_it_open(exercise: Alliance) -> None:
    facts = [act("call", "REQUEST", MAY), act("session", "CONSULT", None)]
    assert assembly(exercise, facts, MAY + timedelta(5))[0] == "unknown"
