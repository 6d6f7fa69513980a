"""When a report appeared, from the report alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from foedus.acts import DateRange
from foedus.errors import FoedusError
from foedus.report import Report, read
from foedus.world import World
from tests.report.pages import ARTICLE, FIRST, SECOND, TITLE, report, words


def days(r: Report) -> list[tuple[str, str]]:
    return [(d.start.isoformat(), d.end.isoformat()) for d in r.dates]


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("Publié le 26.2.2022", "2022-02-26", "2022-02-26"),
        ("Publié le 26 février 2022 à 18 h 42", "2022-02-26", "2022-02-26"),
        ("Publié le 26/02/2022 à 06:15, mis à jour le 27/02/2022 à 11:00", "2022-02-26", "2022-02-26"),
        ("Mis à jour le 26/02/2022", "2022-02-26", "2022-02-26"),
        ("samedi 26 février 2022", "2022-02-26", "2022-02-26"),
        ("Le Courrier du Port, 26 février 2022", "2022-02-26", "2022-02-26"),
        ("26/02/2022 – 06:15 – avec AFP", "2022-02-26", "2022-02-26"),
        ("Avr 27, 2022 par admin", "2022-04-27", "2022-04-27"),
        ("Publié le 26 février 2022 à 06h00 – Mis à jour à 14h32 · Temps de lecture : 4 min.", "2022-02-26", "2022-02-26"),
        ("Par Jeanne Martin, chroniqueuse - 26 février 2022", "2022-02-26", "2022-02-26"),
        ("Propos recueillis par Jeanne Martin, le 26 février 2022 à 17h30", "2022-02-26", "2022-02-26"),
        ("Propos recueillis par Jeanne Martin. Publié le 26 février 2022 à 18h00", "2022-02-26", "2022-02-26"),
        ("Rédaction internationale | 26 février 2022 | Traduit automatiquement de l’anglais", "2022-02-26", "2022-02-26"),
        ("26 février 2022   Source: monde-libre   0 Commentaires", "2022-02-26", "2022-02-26"),
        ("Radio du Port international, le 26-02-2022", "2022-02-26", "2022-02-26"),
        ("L’essentiel de ce samedi 26 février 2022", "2022-02-26", "2022-02-26"),
        ("2022-02-26T06:15:00Z", "2022-02-26", "2022-02-26"),
        ("Published on February 26, 2022 at 9:05 am", "2022-02-26", "2022-02-26"),
        ("date 2022-02", "2022-02-01", "2022-02-28"),
        ("© 2022 Le Courrier du Port", "2022-01-01", "2022-12-31"),
    ],
)  # fmt: skip
def test_a_dated_line(line: str, start: str, end: str) -> None:
    r = report(TITLE, line, FIRST, SECOND)
    assert days(r) == [(start, end)]
    assert ("no-date" in {n.kind for n in r.notes}) == line.startswith("©")


def test_a_date_stated_beats_a_copyright_year() -> None:
    r = report(TITLE, "Publié le 3 mars 2022", FIRST, "© 2023 Le Courrier du Port")
    assert days(r) == [("2022-03-03", "2022-03-03")]
    assert {e.kind for e in r.evidence} == {"stated", "furniture"}


def test_a_day_told_as_past_bounds_a_year() -> None:
    told = "Le 24 février, les troupes sont entrées et le conseil a siégé toute la nuit."
    r = report(TITLE, told, SECOND, "© 2022 Le Courrier du Port")
    assert days(r) == [("2022-02-24", "2022-12-31")]
    (mention,) = [e for e in r.evidence if e.kind == "mention"]
    assert (mention.bound, words(r, mention.span)) == ("not-before", "24 février")


def test_a_day_foretold_bounds_nothing() -> None:
    told = "Le sommet se tiendra le 29 juin 2022 à Madrid, où les dirigeants seront tous présents."
    r = report(TITLE, told, SECOND, "© 2022 Le Courrier du Port")
    assert days(r) == [("2022-01-01", "2022-12-31")]


def test_a_day_without_a_year_is_kept_for_those_who_know_more() -> None:
    told = "Le 24 mars, les dirigeants se sont vus à Bruxelles et ont parlé jusqu’à la nuit."
    r = report(TITLE, told, SECOND)
    assert days(r) == []
    assert [t.value for t in r.times] == ["XXXX-03-24"]


def test_a_live_page_is_of_the_day_that_it_follows() -> None:
    r = report(TITLE, "Suivez les événements du jeudi 9 mars 2023.", FIRST)
    assert days(r) == [("2023-03-09", "2023-03-09")]


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["Le journal de 8 heures du jeudi 9 mars 2023", FIRST], "2023-03-09"),
        ([TITLE, "9 mars 2023 Nouvelles du monde Laisser un commentaire", FIRST], "2023-03-09"),
        (
            [TITLE, "Propos recueillis par notre correspondante à Riga, le 9 mars 2023", FIRST],
            "2023-03-09",
        ),
        (
            [TITLE, "Suivez les événements de ce jeudi 9 mars 2023, au lendemain du vote.", FIRST],
            "2023-03-09",
        ),
    ],
)
def test_a_line_of_the_head_tells_the_day(lines: list[str], day: str) -> None:
    assert days(report(*lines)) == [(day, day)]


def test_a_title_may_tell_of_another_day_and_so_may_what_is_further_down() -> None:
    assert days(report("Ce que le conseil a décidé le 9 mars 2023", FIRST, SECOND)) == []
    further = [FIRST, SECOND] * 4
    assert days(report(TITLE, *further, "Les villes frappées au matin du 9 mars 2023")) == []


def test_two_dates_that_disagree_both_stay() -> None:
    r = report(TITLE, "Publié le 3 mars 2022", FIRST, "Publié le 9 mars 2022")
    assert days(r) == [("2022-03-03", "2022-03-03"), ("2022-03-09", "2022-03-09")]


def test_dates_in_the_story_are_not_dates_of_the_page() -> None:
    r = report(TITLE, "Le 3 mars 2022, le conseil a siégé.", FIRST)
    assert days(r) == []


def test_a_date_to_come_in_a_line_of_few_words_is_not_the_pages() -> None:
    r = report(TITLE, FIRST, SECOND, "Prochaine réunion : Riga, novembre 2022.")
    assert days(r) == []


def dated(tmp_path: Path, world: World, csv: str) -> list[Report]:
    (tmp_path / "r").mkdir(exist_ok=True)
    (tmp_path / "r" / "un.txt").write_text("\n\n".join(ARTICLE), encoding="utf-8")
    (tmp_path / "r" / "deux.txt").write_text("\n\n".join([TITLE, "Publié le 3 mars 2022", FIRST]),
                                             encoding="utf-8")  # fmt: skip
    path = tmp_path / "dates.csv"
    path.write_text(csv, encoding="utf-8")
    items = read([tmp_path / "r"], world=world, dated=path)
    return [i for i in items if isinstance(i, Report)]


def test_what_the_user_states_beats_all(tmp_path: Path, world: World) -> None:
    csv = "report,date,outlet,url\nun,2022-05,AFP,https://x.example/1\ndeux.txt,2022-03-04,Le Phare,\n"
    deux, un = dated(tmp_path, world, csv)
    assert days(un) == [("2022-05-01", "2022-05-31")]
    assert (un.outlet, un.url) == ("afp", "https://x.example/1")
    assert days(deux) == [("2022-03-04", "2022-03-04")]
    assert deux.outlet == "le-phare"
    assert "no-date" not in {n.kind for n in un.notes}


def test_a_report_may_be_named_by_its_hash_and_columns_left_out(
    tmp_path: Path, world: World
) -> None:
    _, un = dated(tmp_path, world, "report\nun\n")
    _, again = dated(tmp_path, world, f"report;date\r\n{un.hash};2022\r\n")
    assert again.dates == (DateRange(date(2022, 1, 1), date(2022, 12, 31), "year"),)


@pytest.mark.parametrize(
    ("csv", "line", "says"),
    [
        ("", 1, "is empty"),
        ("un,2022-02-25\n", 1, "is not known"),
        ("report,when\nun,2022\n", 1, "column 'when'"),
        ("date,outlet\n2022,x\n", 1, "one column report"),
        ("report,date\nun,2022\nzwei,2022\n", 3, "'zwei' is not among the reports"),
        ("report,date\n\nun,25/02/2022\n", 3, "is no date"),
        ("report,date\nun,2022-02-30\n", 2, "is no date"),
        ("report,date\nun,2022\nun.txt,2023\n", 3, "stands twice"),
        ("report,date\nun,2022,x,y,z\n", 2, "more cells"),
    ],
)
def test_a_mistake_in_the_users_file_names_its_line(
    tmp_path: Path, world: World, csv: str, line: int, says: str
) -> None:
    with pytest.raises(FoedusError) as caught:
        dated(tmp_path, world, csv)
    assert says in str(caught.value)
    assert f"dates.csv:{line}" in str(caught.value)
