"""What a telling leaves out since its report has said it already: which missile, when, what is denied."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from foedus.acts import Act, DateRange
from foedus.ledger import group_facts
from foedus.ledger.joining.clauses import Clauses
from foedus.ledger.records import Dating, Reading
from foedus.ledger.sources import readings_of
from foedus.report import Report
from foedus.world import load_world
from tests.ledger.builders import RULES, act, amount, coded, on, report

FELL = "Un obus est tombé mardi à Lviv, faisant deux morts. "
DAY = on("2023-05-09")


def told(text: str, words: str, kind: str = "ASSAULT", **roles: Any) -> Act:
    """An act that a sentence of ``text`` tells with ``words``."""
    at = text.index(words)
    start = max(text.rfind(".", 0, at) + 1, 0)
    end = text.find(".", at) + 1 or len(text)
    own = act(kind, **roles)
    return msgspec.structs.replace(own, span=(start, end), trigger=(at, at + len(words)))


def read(
    text: str, *acts: Act, published: str = "2023-05-10", label: str = "a"
) -> tuple[Reading, ...]:
    """Return the acts of a report as the ledger reads them."""
    of: Report = report(label, published, text=text)
    of, own = coded(of, *acts)
    dating = Dating(source=of.hash, candidates=of.dates)
    return readings_of(of, own, dating, of.hash, Clauses(load_world()))


def facts(*readings: Reading) -> int:
    return len(group_facts(readings, world=load_world(), rules=RULES))


def strike(text: str) -> Act:
    return told(text, "tombé", places="lviv", date=DAY, instruments="artillery")


@pytest.mark.parametrize(
    ("then", "words", "roles"),
    [
        ("Le bilan pourrait s'alourdir. Trois personnes ont été blessées.", "blessées", {}),
        ("Kiev accuse Moscou d'avoir tiré.", "tiré", {"actors": "RUS"}),
        ("Minsk assure que l'obus a été tiré par erreur.", "tiré", {"actors": "BLR"}),
        ("Il est exclu que l'obus ait été tiré de Russie.", "tiré",
         {"places": "RUS", "aux": "negation"}),
        ("L'explosion a soufflé un hangar.", "soufflé", {}),
    ],
)  # fmt: skip
def test_who_was_hit_and_who_fired_it_is_told_of_what_fell(
    then: str, words: str, roles: dict[str, str]
) -> None:
    text = FELL + then
    assert facts(*read(text, strike(text), told(text, words, **roles))) == 1


@pytest.mark.parametrize(
    ("then", "words", "roles"),
    [
        ("La défense a intercepté un drone.", "intercepté", {"actors": "UKR"}),
        ("Une salve a visé le pays.", "salve", {}),
        ("Belgorod a été frappée aussi.", "frappée", {"places": "belgorod"}),
        ("Rien ne dit qu'une attaque soit en vue.", "attaque", {"aux": "hypothetical"}),
        ("La ville attend. Le maire se tait. Il pleut. Moscou a frappé.", "frappé", {"actors": "RUS"}),
    ],
)  # fmt: skip
def test_another_strike_is_not_taken_for_what_fell(
    then: str, words: str, roles: dict[str, str]
) -> None:
    text = FELL + then
    assert facts(*read(text, strike(text), told(text, words, **roles))) == 2


def test_one_missile_is_none_of_a_salvo() -> None:
    text = "Le pays a reçu 90 roquettes mardi. La roquette tombée ailleurs n'était pas russe."
    many = told(
        text, "reçu", recipients="UKR", date=DAY, instruments="rockets",
        quantities=(amount(90, "rockets"),),
    )  # fmt: skip
    one = told(text, "tombée", instruments="rockets")
    assert read(text, many, one)[1].taken is None


def test_tellings_of_two_reports_meet_by_what_each_takes() -> None:
    first, second = FELL + "Deux hommes ont été tués.", FELL + "Un tir venu du nord, conclut Kiev."
    dead = read(first, strike(first), told(first, "tués"), label="a")
    shot = read(second, strike(second), told(second, "tir", actors="BLR"), label="b")
    assert facts(dead[1], shot[1]) == 1
    assert facts(*dead, *shot) == 1
    assert dead[1].date is None, "the day is compared, and no date of the fact"


PAST = "Le 3 mars, Vienne a proposé ses hôpitaux. Berne refuse d'envoyer des canons. "


def refused(text: str) -> Act:
    return told(text, "refuse", "REJECT", actors="CHE", recipients="UKR")


def days(found: Reading) -> DateRange | None:
    return None if found.taken is None else found.taken.around


def offered(text: str) -> Act:
    return told(text, "proposé", "AGREE", actors="AUT", date=on("2022-03-03"))


def test_what_a_passage_about_days_long_past_goes_on_to_tell_was_then() -> None:
    assert days(read(PAST, offered(PAST), refused(PAST))[1]) == on("2022-03-03")
    near = read(PAST, offered(PAST), refused(PAST), published="2022-03-10")
    assert days(near[1]) is None, "the report itself is of that time"


def test_what_is_told_as_of_today_is_not_of_then() -> None:
    text = PAST.replace("Berne refuse", "Aujourd'hui encore, Berne refuse")
    assert days(read(text, offered(text), refused(text))[1]) is None


def test_such_a_reminder_is_what_was_news_then() -> None:
    news = "Berne refuse d'envoyer des canons à Kiev."
    then = read(news, refused(news), published="2022-03-04", label="b")
    assert facts(read(PAST, offered(PAST), refused(PAST))[1], *then) == 1


def test_a_denial_in_few_words_is_of_what_it_answers() -> None:
    charged = "Riga accuse Moscou d'avoir coupé le câble sous-marin."
    text = charged + " Moscou nie."
    accused = told(text, "accuse", "ACCUSE", actors="LVA", recipients="RUS")
    denied = read(text, accused, told(text, "nie", "REJECT", actors="RUS"))[1]
    assert {w.lstrip("!?=") for w in denied.words} > {"dementi"}
    alone = read("Moscou nie.", told("Moscou nie.", "nie", "REJECT", actors="RUS"))[0]
    assert [w.lstrip("!?=") for w in alone.words] == ["dementi"]


def test_a_refusal_that_says_what_it_refuses_has_its_own_words_alone() -> None:
    text = "Riga réclame des canons. Berne refuse toute livraison de blindés suisses lourds à des tiers."
    asked = told(text, "réclame", "REQUEST", actors="LVA")
    words = read(text, asked, refused(text))[1].words
    assert not any(w.startswith("?") for w in words)


def test_of_what_is_said_at_a_summit_the_summit_singles_out_nothing() -> None:
    invited = act("AGREE", actors="nato", recipients="SWE", cues="summit")
    promised = act("AGREE", 90, actors="nato", instruments="troops", cues="summit")
    one, other = (RULES.singling(a.type, a.cues, a.instruments) for a in (invited, promised))
    assert not one
    assert not other
    assert RULES.singling("CONSULT", ("summit",), ()) == {"summit"}


def test_words_that_tell_one_thing_are_compared_as_one() -> None:
    def key(text: str) -> str:
        return read(text, told(text, text.split()[1], "REJECT", actors="TUR"))[0].words[0]

    assert key("Ankara bloque.") == key("Ankara empêche.") == key("Ankara enraye.")


def test_an_annexation_is_no_year() -> None:
    text = "Moscou proclame l'annexion, l'année passée."
    assert any("annex" in w for w in read(text, told(text, "annexion", "COERCE"))[0].words)
    assert not any("annee" in w for w in read(text, told(text, "annexion", "COERCE"))[0].words)


def test_what_a_side_seldom_does_is_found_again_by_its_word() -> None:
    first, later = "Moscou proclame l'annexion de quatre régions.", "L'annexion de quatre régions."
    roles = {"mode": "seize", "actors": "RUS", "quantities": (amount(4, "regions"),)}
    then = told(first, "annexion", "COERCE", date=on("2022-09-30"), **roles)
    since = told(later, "annexion", "COERCE", **roles)
    both = (
        *read(first, then, published="2022-09-30"),
        *read(later, since, published="2022-12-01", label="b"),
    )
    assert facts(*both) == 1
