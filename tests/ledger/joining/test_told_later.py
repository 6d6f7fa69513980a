"""What was done in spring and is told again in winter; and in what words."""

from __future__ import annotations

import msgspec
import pytest

from foedus.acts import Act
from foedus.ledger import Fact, Reading, group_facts
from foedus.ledger.joining.clauses import Clauses
from foedus.world import World, load_world
from tests.ledger.builders import RULES, act, amount, reading

GUNS = act("AID", actors="FRA", recipients="UKR", instruments="caesar artillery")
OTHER = act("AID", actors="FRA", recipients="UKR", instruments="milan weapons")
PLAIN = act("AID", actors="FRA", recipients="UKR", instruments="weapons")


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def facts(*readings: Reading) -> tuple[Fact, ...]:
    return group_facts(readings, world=load_world(), rules=RULES)


SPRING = reading("a", GUNS, "2022-04-22", date="2022-04-22")


def test_what_is_told_as_past_without_a_day_joins_what_happened_long_before() -> None:
    (fact,) = facts(SPRING, reading("b", GUNS, "2022-12-20", past=True))
    assert fact.reports == 2


@pytest.mark.parametrize(
    ("telling", "why"),
    [
        pytest.param(reading("b", GUNS, "2022-12-20"), "told as of today", id="of today"),
        pytest.param(reading("b", OTHER, "2022-12-20", past=True), "another thing", id="other"),
        pytest.param(reading("b", PLAIN, "2022-12-20", past=True), "no mark", id="plain"),
        pytest.param(reading("b", GUNS, "2022-04-01", past=True), "before it", id="before"),
        pytest.param(reading("b", GUNS, "2023-12-20", past=True), "too far off", id="far off"),
    ],
)
def test_other_tellings_do_not(telling: Reading, why: str) -> None:
    assert len(facts(SPRING, telling)) == 2, why


def test_figures_at_odds_keep_apart_what_lies_far_off() -> None:
    def guns(count: int) -> Act:
        return act("AID", actors="FRA", recipients="UKR", instruments="caesar artillery",
                   quantities=(amount(count, "caesar"),))  # fmt: skip

    first = reading("a", guns(12), "2022-04-22", date="2022-04-22")
    assert len(facts(first, reading("b", guns(12), "2022-12-20", past=True))) == 1
    assert len(facts(first, reading("b", guns(18), "2022-12-20", past=True))) == 2


def test_a_telling_that_fits_two_days_far_back_stays_by_itself() -> None:
    summer = reading("c", GUNS, "2022-06-17", date="2022-06-16")
    assert len(facts(SPRING, summer, reading("b", GUNS, "2022-12-20", past=True))) == 3


def test_what_happened_of_late_is_likelier() -> None:
    winter = reading("c", GUNS, "2022-12-19", date="2022-12-18")
    found = facts(SPRING, winter, reading("b", GUNS, "2022-12-20", past=True))
    assert sorted(f.reports for f in found) == [1, 2]
    assert {r.citation.report for f in found if f.reports == 2 for r in f.readings} == {"b", "c"}


def test_a_system_by_its_name_is_of_its_kind_and_no_other_system() -> None:
    def given(what: str) -> Act:
        return act("AID", actors="DEU", recipients="UKR", instruments=what)

    day = {"date": "2022-10-11"}
    kind = reading("a", given("air-defence-systems"), "2022-10-12", **day)
    assert len(facts(kind, reading("b", given("iris-t"), "2022-10-12", **day))) == 1
    one = reading("a", given("iris-t air-defence-systems"), "2022-10-12", **day)
    other = reading("b", given("gepard air-defence-systems"), "2022-10-12", **day)
    assert len(facts(one, other)) == 2


def test_a_sea_sets_nothing_apart_from_its_coast() -> None:
    def sent(where: str) -> Act:
        return act("MOBILIZE", actors="FRA", places=where, instruments="troops",
                   quantities=(amount(500, "soldiers"),))  # fmt: skip

    coast = reading("a", sent("ROU"), "2022-02-28")
    assert len(facts(coast, reading("b", sent("black-sea"), "2022-03-01"))) == 1
    assert len(facts(coast, reading("b", sent("EST"), "2022-03-01"))) == 2


def test_the_war_is_one_where_only_one_of_its_parties_is_named() -> None:
    full = act("ASSAULT", actors="RUS", recipients="UKR")
    short = act("ASSAULT", 60, actors="RUS")
    assert len(facts(reading("a", full, "2022-02-24"), reading("b", short, "2022-02-24"))) == 1


def test_the_war_is_one_where_none_of_its_parties_is_named() -> None:
    def told(report: str, on: str, *, whole: bool) -> Reading:
        bare = reading(report, act("ASSAULT", 60), "2022-11-16", date=on, war=True)
        return msgspec.structs.replace(bare, whole=whole)

    full = reading("a", act("ASSAULT", actors="RUS", recipients="UKR"), "2022-03-01",
                   date="2022-02-24", war=True)  # fmt: skip
    assert len(facts(full, told("b", "2022-02-24", whole=True))) == 1
    assert len(facts(full, told("b", "2022-02-24", whole=False))) == 2, "« the attack »: of whom?"


def test_what_is_announced_without_a_day_may_have_been_dated_the_day_before() -> None:
    ahead = act(
        "AID", actors="DEU", recipients="UKR", instruments="anti-tank-systems", aux="future"
    )
    dated = reading("a", ahead, "2022-02-27", date="2022-02-26")
    assert len(facts(dated, reading("b", ahead, "2022-02-27"))) == 1
    assert len(facts(dated, reading("b", ahead, "2022-03-01"))) == 2


def test_figures_far_apart_are_of_two_things_unless_the_words_are_the_same() -> None:
    def sent(report: str, count: int, words: tuple[str, ...] = ()) -> Reading:
        own = act("MOBILIZE", actors="FRA", places="ROU", instruments="troops",
                  quantities=(amount(count, "soldiers"),))  # fmt: skip
        return reading(report, own, "2022-02-28", date="2022-02-28", words=words)

    words, others = ("!=envoyer", "alpin", "hiver"), ("!=engager", "regim")
    assert len(facts(sent("a", 500, words), sent("b", 300, others))) == 1
    assert len(facts(sent("a", 500, words), sent("b", 140, others))) == 2
    assert len(facts(sent("a", 500), sent("b", 140))) == 1
    assert len(facts(sent("a", 500, words), sent("b", 140, words))) == 1


def test_two_charges_are_one_where_a_word_beside_the_verb_is() -> None:
    charge = act("ACCUSE", actors="UKR", recipients="RUS", mode="allege")
    one = reading("a", charge, "2022-11-24", words=("!accus", "grain", "vol"))
    same = reading("b", charge, "2022-11-24", words=("!reproc", "vol", "recol"))
    other = reading("b", charge, "2022-11-24", words=("!accus", "hiver", "centra"))
    assert len(facts(one, same)) == 1
    assert len(facts(one, other)) == 2


@pytest.mark.parametrize(
    ("text", "told", "past"),
    [
        ("La France livre des canons à Kiev.", "livre", False),
        ("La France a livré des canons à Kiev.", "livré", True),
        ("La France avait alors livré des canons.", "livré", True),
        ("La France livrait des canons.", "livrait", True),
        ("La France livrerait des canons.", "livrerait", False),
        ("La livraison de canons a pris du temps.", "livraison", True),
        ("Paris a menacé de fermer le port.", "fermer", True),
        ("Paris pourrait fermer le port.", "fermer", False),
    ],
)
def test_what_is_told_as_past(world: World, text: str, told: str, past: bool) -> None:
    at = text.index(told)
    own = act("AID", actors="FRA")
    own = msgspec.structs.replace(own, span=(0, len(text)), trigger=(at, at + len(told)))
    assert Clauses(world).of(own, text, "fr").past is past


def test_names_of_parties_and_what_any_report_has_are_no_words_to_compare(world: World) -> None:
    text = "Le ministre russe a refusé lundi d'ouvrir un couloir céréalier à l'Ukraine."
    own = act("REJECT", actors="RUS")
    at = text.index("refusé")
    own = msgspec.structs.replace(own, span=(0, len(text)), trigger=(at, at + 6))
    words = Clauses(world).of(own, text, "fr").words
    assert {w for w in words if w.startswith("!")} == {"!=refuser"}
    assert {"coulo", "cerea"} <= set(words)
    assert not {"russe", "lundi", "minis", "ukrai"} & set(words)
    assert Clauses(world).of(own, text, "xx").words == ()


@pytest.mark.parametrize(
    ("text", "told", "war", "whole"),
    [
        ("Depuis le début de l'attaque russe, des millions de gens ont fui.", "attaque", True, False),
        ("La Russie a lancé une offensive contre l'Ukraine.", "offensive", True, False),
        ("Des millions de gens ont fui depuis le début de l'invasion.", "invasion", True, True),
        ("Il craint une invasion avant l'hiver.", "invasion", True, False),
        ("Moscou a reconnu une attaque contre une vedette.", "attaque", False, False),
        ("Il a accusé l'armée russe de crimes de guerre.", "crimes de guerre", False, False),
        ("Kiev parle d'une attaque terroriste.", "attaque terroriste", False, False),
    ],
)  # fmt: skip
def test_which_words_name_the_war(
    world: World, text: str, told: str, war: bool, whole: bool
) -> None:
    at = text.index(told)
    own = act("ASSAULT", actors="RUS")
    own = msgspec.structs.replace(own, span=(0, len(text)), trigger=(at, at + len(told)))
    clause = Clauses(world).of(own, text, "fr")
    assert (clause.war, clause.whole) == (war, whole)
