"""When: the time expression that belongs to an act, and the days it means (report of 16.3.2022)."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.acts import DateRange
from tests.coding.reading import Read

WHEN = [
    ("La Russie a bombardé Odessa hier.", "2022-03-15", "2022-03-15"),
    ("La Russie a bombardé Odessa mardi.", "2022-03-15", "2022-03-15"),
    ("Hier, la Russie a bombardé Odessa.", "2022-03-15", "2022-03-15"),
    ("La Russie a bombardé Odessa le 3 mars.", "2022-03-03", "2022-03-03"),
    ("La Russie a bombardé Odessa le 24 février 2022.", "2022-02-24", "2022-02-24"),
    ("La Russie a bombardé Odessa en février.", "2022-02-01", "2022-02-28"),
    ("L'Otan tiendra un sommet vendredi.", "2022-03-18", "2022-03-18"),
    ("L'Otan tiendra un sommet en juin.", "2022-06-01", "2022-06-30"),
    ("L'Otan tiendra un sommet demain.", "2022-03-17", "2022-03-17"),
    ("En 2008, la Russie a bombardé Gori.", "2008-01-01", "2008-12-31"),
    ("Reçu mardi à Kiev, Olaf Scholz a condamné la Russie.", "2022-03-15", "2022-03-15"),
]


@pytest.mark.parametrize(("text", "start", "end"), WHEN)
def test_the_days_of_an_act(coded: Read, text: str, start: str, end: str) -> None:
    found = coded(text).act().date
    assert found is not None
    assert (found.start.isoformat(), found.end.isoformat()) == (start, end)


def test_the_participle_that_opens_a_sentence_dates_what_is_told(coded: Read) -> None:
    found = coded("Réunis lundi à Riga, les dirigeants de l'Otan ont condamné la Russie.")
    assert found.act("ACCUSE").date == DateRange(date(2022, 3, 14), date(2022, 3, 14))


def test_an_act_without_a_time_has_no_date(coded: Read) -> None:
    act = coded("La Russie a bombardé Odessa.").act()
    assert (act.date, act.when) == (None, None)


def test_each_act_of_a_sentence_keeps_its_own_day(coded: Read) -> None:
    found = coded("La Russie a bombardé Odessa lundi et l'Otan tiendra un sommet jeudi.")
    assert found.act("ASSAULT").date == DateRange(date(2022, 3, 14), date(2022, 3, 14))
    assert found.act("CONSULT").date == DateRange(date(2022, 3, 17), date(2022, 3, 17))


def test_a_report_of_an_unknown_day_leaves_yesterday_open(coded: Read) -> None:
    act = coded("La Russie a bombardé Odessa hier.", published=None).act()
    assert act.date is None
    assert act.when is not None
    assert act.when.offset == -1


def test_a_report_of_a_known_month_gives_a_range(coded: Read) -> None:
    march = DateRange(date(2022, 3, 1), date(2022, 3, 31), "month")
    act = coded("La Russie a bombardé Odessa hier.", published=march).act()
    assert act.date is not None
    assert (act.date.start, act.date.end) == (date(2022, 2, 28), date(2022, 3, 30))


def test_the_holder_of_an_office_is_the_one_of_the_day(coded: Read) -> None:
    text = "« Nous tiendrons parole », a déclaré le chancelier allemand."
    assert coded(text, published=date(2022, 3, 16)).statement().speaker == "olaf-scholz"
    assert coded(text, published=date(2015, 3, 16)).statement().speaker == "angela-merkel"
