"""Where a telling stands in its report, what the report is about, and what goes on."""

from __future__ import annotations

import re

import msgspec
import pytest

from foedus.acts import Act
from foedus.ledger import Fact, Reading, group_facts
from foedus.ledger.joining.clauses import Clauses, load_clause_rules
from foedus.ledger.passages import Place
from foedus.world import load_world
from tests.ledger.builders import RULES, act, reading, report

STORY = "pipelin leak seabed gazoduc sabot diver explos"
OTHER = "harves silo grain drough barley"
IN_HEADING, UNDER_IT = Place(3, 7, True, False), Place(3, 8, False, False)
ELSEWHERE, AT_THE_TOP = Place(5, 20, False, False), Place(0, 0, True, True)
DENIES = act("REJECT", actors="RUS")
DENIES_AT_LENGTH = act("REJECT", 90, actors="RUS", recipients="POL")


def facts(*readings: Reading) -> tuple[Fact, ...]:
    return group_facts(readings, world=load_world(), rules=RULES)


def two(one: Act, other: Act, one_at: Place, other_at: Place) -> int:
    """Return how many facts two acts of one report are."""
    day = "2022-10-11"
    return len(
        facts(reading("a", one, day, place=one_at), reading("a", other, day, place=other_at))
    )


def test_a_heading_and_the_sentence_under_it_tell_one_thing() -> None:
    said = act("ACCUSE", actors="RUS", recipients="POL", mode="allege")
    whole = act("ACCUSE", 90, actors="RUS", recipients="POL", mode="allege")
    assert two(said, whole, IN_HEADING, UNDER_IT) == 1
    assert two(said, whole, IN_HEADING, ELSEWHERE) == 2


def test_the_title_tells_what_is_told_below() -> None:
    sent = act("MOBILIZE", actors="FRA", instruments="troops")
    left = act("MOBILIZE", 90, actors="FRA", instruments="ships troops")
    assert two(sent, left, AT_THE_TOP, ELSEWHERE) == 1


def test_a_denial_in_few_words_is_that_of_a_report_that_follows_the_same_story() -> None:
    def told(story: str) -> int:
        return len(
            facts(
                reading("a", DENIES, "2022-10-11", story=STORY),
                reading("b", DENIES_AT_LENGTH, "2022-10-11", story=story),
            )
        )

    assert told(STORY) == 1
    assert told(OTHER) == 2
    assert told(" ".join(STORY.split()[:4])) == 2, "too little in common"


def test_what_two_stories_share_counts_only_for_what_is_told_of_one_time() -> None:
    before = reading("a", DENIES, "2022-10-01", story=STORY)
    assert len(facts(before, reading("b", DENIES_AT_LENGTH, "2022-10-11", story=STORY))) == 2


def test_what_goes_on_is_no_act_of_one_day() -> None:
    struck = act("ASSAULT", actors="RUS", recipients="UKR", mode="heavy-weapons")
    day = reading("a", struck, "2022-10-11", date="2022-10-10")
    assert len(facts(day, reading("b", struck, "2022-10-11", date="2022-10-10"))) == 1
    assert len(facts(day, reading("b", struck, "2022-10-11", date="2022-10-10", ongoing=True))) == 2
    since = reading("b", struck, "2022-10-17", date="2022-10-10/2022-10-17")
    assert len(facts(day, since)) == 2


@pytest.mark.parametrize(("place", "count"), [("lesser-poltava-farm", 1), ("lviv", 2)])
def test_a_place_that_nobody_knows_may_lie_in_one_that_is_known(place: str, count: int) -> None:
    one = act("ASSAULT", actors="RUS", places="kyiv", mode="heavy-weapons", instruments="drones")
    other = act(
        "ASSAULT", 90, actors="RUS", places=place, mode="heavy-weapons", instruments="drones"
    )
    days = {"date": "2022-10-10"}
    told = (reading("a", one, "2022-10-11", **days), reading("b", other, "2022-10-11", **days))
    assert len(facts(*told)) == count


def test_a_page_tells_heading_section_and_sentence() -> None:
    text = "Le gazoduc saboté\n\nUne fuite grave. Deux fuites graves.\n\nMoscou dément\n\nRien à voir, dit-il."
    lines = [m.span() for m in re.finditer("[^\n]+", text)]
    page = Clauses(load_world()).page(
        msgspec.structs.replace(report("a", text=text), body=tuple(lines))
    )
    assert page.place(text.index("saboté")) == Place(1, 0, True, True)
    assert page.place(text.index("Deux")) == Place(1, 2, False, False)
    assert page.place(text.index("Moscou")) == Place(2, 3, True, False)
    assert page.place(text.index("voir")) == Place(2, 4, False, False)
    assert len(page.story) <= load_clause_rules().about
    assert any(word.startswith(("gazo", "=gazo")) for word in page.story)


@pytest.mark.parametrize(
    ("text", "ongoing"),
    [("Kiev poursuit ses frappes.", True), ("Kiev a mené des frappes.", False)],
)
def test_words_tell_that_it_goes_on(text: str, ongoing: bool) -> None:
    trigger = (text.index("frappes"), text.index("frappes") + 7)
    own = msgspec.structs.replace(act("ASSAULT"), span=(0, len(text)), trigger=trigger)
    assert Clauses(load_world()).of(own, text, "fr").ongoing is ongoing
