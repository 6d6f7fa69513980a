"""Known events of the register: which tellings are taken for one, and what follows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.acts import Act, day
from foedus.ledger import Ledger, Reading, group_facts
from foedus.ledger.joining.clauses import Clauses
from foedus.ledger.joining.grouping import set_apart
from foedus.ledger.joining.landmarks import Landmarks, When
from foedus.ledger.out import Content, trail_lines, trail_of
from foedus.ledger.records import Dating
from foedus.ledger.roles import Roles
from foedus.ledger.sources import readings_of
from foedus.world import World, load_world
from tests.ledger.builders import RULES, Coded, act, coded, reading, report


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def told(
    world: World, text: str, kind: str, published: str | None = "2022-12-20",
    named: str | None = None, language: str = "fr", **roles: Any,
) -> str | None:  # fmt: skip
    """The event that an act is taken for; its trigger stands between « < » and « > »."""
    start, end = text.index("<"), text.index(">") - 1
    plain = text.replace("<", "").replace(">", "")
    known = Landmarks(world.landmarks, Roles(world))
    own = msgspec.structs.replace(act(kind, **roles), span=(0, len(plain)), trigger=(start, end))
    days = [None if d is None else day(date.fromisoformat(d)) for d in (named, published)]
    return known.told_in(own, plain, language, When(date=days[0], published=days[1]))


@pytest.mark.parametrize(
    ("text", "kind", "roles", "event"),
    [
        ("le missile <tombé> à Przewodów", "ASSAULT", {"places": "przewodow"}, "przewodow-missile"),
        ("depuis l'<invasion>", "ASSAULT", {}, "invasion-of-ukraine"),
        ("Moscou a <annexé> quatre régions ukrainiennes", "COERCE", {"actors": "RUS"},
         "annexation-of-four-regions"),
        ("l'<annexion> de la Crimée", "COERCE", {"places": "crimea"}, "crimea-annexation"),
        ("le <sabotage> des gazoducs Nord Stream", "ASSAULT", {}, "nord-stream-sabotage"),
        ("le <sommet> de Madrid", "CONSULT", {"actors": "nato", "places": "madrid"}, "madrid-summit"),
    ],
)  # fmt: skip
def test_few_words_are_enough_months_later(
    world: World, text: str, kind: str, roles: dict[str, str], event: str
) -> None:
    assert told(world, text, kind, **roles) == event
    assert told(world, text, kind, None, **roles) == event, "of a report of unknown day too"


@pytest.mark.parametrize(
    ("text", "kind", "more", "why"),
    [
        ("le missile <tombé> à Przewodów", "AID", {"places": "przewodow"}, "another type"),
        ("le missile <tombé> à Przewodów", "ASSAULT", {"places": "przewodow", "named": "2022-11-01"},
         "another day"),
        ("le missile <tombé> à Przewodów", "ASSAULT", {"places": "przewodow", "published": "2022-11-01"},
         "before it happened"),
        ("le missile <tombé> à Przewodów", "ASSAULT", {"places": "lviv"}, "another place"),
        ("l'<invasion> de la Géorgie", "ASSAULT", {"recipients": "GEO"}, "of another"),
        ("si l'<invasion> avait lieu", "ASSAULT", {"aux": "hypothetical"}, "supposed"),
        ("les crimes de <guerre> de la Russie", "ASSAULT", {"actors": "RUS"}, "other words beside"),
        ("le <sommet>", "CONSULT", {"actors": "nato"}, "any summit"),
    ],
)  # fmt: skip
def test_what_is_at_odds_or_singles_nothing_out_is_none(
    world: World, text: str, kind: str, more: dict[str, str], why: str
) -> None:
    assert told(world, text, kind, **more) is None, why


@pytest.mark.parametrize(
    ("text", "kind", "roles", "event"),
    [
        ("Ankara a <levé> son veto à leur entrée", "CONCEDE", {"actors": "TUR", "recipients": "SWE FIN"},
         "turkey-lifts-veto"),
        ("la Finlande a <remis> sa candidature", "REQUEST",
         {"actors": "FIN", "recipients": "jens-stoltenberg", "places": "brussels"},
         "finland-and-sweden-apply"),
        ("l'<annexion> de Kherson et de Zaporijjia", "COERCE", {"places": "kherson zaporizhzhia"},
         "annexation-of-four-regions"),
    ],
)  # fmt: skip
def test_for_whom_and_in_which_town_is_not_at_odds(
    world: World, text: str, kind: str, roles: dict[str, str], event: str
) -> None:
    assert told(world, text, kind, **roles) == event


def test_what_was_announced_may_be_told_as_to_come_long_after(world: World) -> None:
    text = "l'Otan va <porter> à 300 000 ses soldats à haut niveau de préparation"
    more = {"actors": "nato", "aux": "future"}
    assert told(world, text, "MOBILIZE", "2022-09-06", **more) == "new-force-model"
    assert told(world, "le <sommet> de Madrid", "CONSULT", "2022-09-06", aux="future") is None


def test_of_two_events_in_a_clause_the_word_that_tells_the_act_decides(world: World) -> None:
    text = "NATO to put 300,000 troops on high alert and <invites> Finland and Sweden"
    roles = {"actors": "nato", "recipients": "FIN SWE", "published": "2022-06-29"}
    assert told(world, text, "AGREE", language="en", **roles) == "finland-and-sweden-invited"
    text = "<activé> nos plans de défense, et pour la première fois la Force de réaction"
    roles = {"actors": "nato", "cues": "defence-plans response-force", "published": "2022-09-06"}
    assert told(world, text, "MOBILIZE", **roles) == "defence-plans-activated"


def test_what_is_told_of_a_part_is_another_thing(world: World) -> None:
    text = "la <mobilisation> partielle décrétée par le président russe"
    assert told(world, text, "MOBILIZE", places="RUS") == "partial-mobilisation"
    assert told(world, text, "MOBILIZE", places="kaliningrad") is None


def readings(world: World, *tellings: Reading) -> int:
    return len(group_facts(tellings, world=world, rules=RULES))


def taken(label: str, published: str | None, event: str | None, **roles: Any) -> Reading:
    return reading(label, act("ASSAULT", **roles), published, landmark=event)


def test_tellings_of_one_event_are_one_fact_whoever_did_it_and_whenever_told(world: World) -> None:
    first = taken("a", "2022-11-16", "przewodow-missile", actors="RUS", places="przewodow")
    later = taken("b", None, "przewodow-missile", actors="UKR", instruments="s-300")
    assert readings(world, first, later) == 1
    assert readings(world, first, msgspec.structs.replace(later, landmark=None)) == 2


def test_tellings_of_two_events_are_two(world: World) -> None:
    first = taken("a", "2022-11-16", "przewodow-missile", recipients="POL", date="2022-11-15")
    other = taken("b", "2022-11-16", "strikes-of-10-october", recipients="POL", date="2022-11-15")
    assert readings(world, first, other) == 2
    assert set_apart(first, other, RULES, Roles(world)) == "events"


def test_the_war_as_a_whole_is_told_with_any_day(world: World) -> None:
    first = taken("a", "2022-02-24", "invasion-of-ukraine", actors="RUS", date="2022-02-24")
    later = taken("b", "2023-05-01", "invasion-of-ukraine", recipients="UKR")
    strike = taken("c", "2022-02-24", None, actors="RUS", date="2022-02-24", mode="aerial")
    assert readings(world, first, later) == 1
    assert readings(world, first, strike) == 2


TEXT = "Un missile est tombé à Przewodów. Le missile a été tiré par la défense ukrainienne."


def pointing() -> Coded:
    of = report("r", "2022-11-20", text=TEXT)
    fell = act("ASSAULT", places="przewodow", instruments="missiles")
    fired = act("ASSAULT", 34, actors="UKR", instruments="missiles")
    fell = msgspec.structs.replace(fell, span=(0, 32), trigger=(14, 20))
    fired = msgspec.structs.replace(fired, span=(34, len(TEXT) - 1), trigger=(49, 57))
    return coded(of, fell, fired)


def test_what_points_back_to_an_event_is_taken_for_it(world: World) -> None:
    of, records = pointing()
    acts = [r for r in records if isinstance(r, Act)]
    found = Clauses(world).told_in(acts, of, day(date(2022, 11, 20)))
    assert {t.landmark for t in found.values()} == {"przewodow-missile"}


SABOTAGE = "Les gazoducs Nord Stream ont explosé. L'Otan parle de « sabotage »."


def test_a_mark_may_ask_that_the_report_tells_of_the_event_elsewhere(world: World) -> None:
    of = report("r", "2022-10-03", text=SABOTAGE)
    blown = msgspec.structs.replace(act("ASSAULT"), span=(0, 36), trigger=(29, 36))
    at = SABOTAGE.index("sabotage")
    named = msgspec.structs.replace(
        act("ASSAULT", 38), span=(38, len(SABOTAGE)), trigger=(at, at + 8)
    )
    both = Clauses(world).told_in([blown, named], of, day(date(2022, 10, 3)))
    assert {t.landmark for t in both.values()} == {"nord-stream-sabotage"}
    alone = Clauses(world).told_in([named], of, day(date(2022, 10, 3)))
    assert {t.landmark for t in alone.values()} == {None}


def test_what_is_corrected_to_be_at_odds_is_no_longer_taken_for_it(world: World) -> None:
    known = Landmarks(world.landmarks, Roles(world))
    own = taken("a", "2022-11-20", "przewodow-missile", places="przewodow")
    assert known.corrected(own).landmark == "przewodow-missile"
    moved = msgspec.structs.replace(own, date=day(date(2022, 10, 1)))
    assert known.corrected(moved).landmark is None


def test_a_row_by_hand_is_taken_for_an_event(world: World) -> None:
    known = Landmarks(world.landmarks, Roles(world))
    row = taken("a", "2023-01-20", None, places="przewodow")
    assert known.entered(row, "ASSAULT; Przewodów").landmark == "przewodow-missile"


def test_show_names_the_event_with_file_and_line(world: World, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "x.duckdb", world=world) as ledger:
        ledger.add([pointing()])
        (fact,) = ledger.facts()
        assert {r.landmark for r in fact.readings} == {"przewodow-missile"}
        lines = list(trail_lines(trail_of(Content(ledger), fact.id)))
    event = world.landmarks["przewodow-missile"]
    wanted = f"the register's event przewodow-missile, {event.file}:{event.line}"
    assert sum(wanted in line for line in lines) == 2


def test_readings_without_clauses_know_no_event(world: World) -> None:
    of, records = pointing()
    dating = Dating(source=of.hash, candidates=of.dates)
    assert {r.landmark for r in readings_of(of, records, dating, "g")} == {None}
