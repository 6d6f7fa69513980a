"""A second, real alliance from reports to statuses: a folder of data, and no engine code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foedus.acts import day
from foedus.brief import build_brief

FRENCH = """Bruxelles, le 18 novembre 2015

La France a demandé lundi 16 novembre 2015 l'aide de ses partenaires au titre de l'article 42.7, la clause
d'assistance mutuelle. Le Conseil de l'Union européenne a approuvé mardi 17 novembre 2015 la demande de Paris
au titre de l'article 42.7.
"""
ENGLISH = """Published 1 March 2022

The Council of the European Union agreed on 28 February 2022 to give weapons to Ukraine through the European
Peace Facility.
"""


def test_mutual_assistance_from_reports(tmp_path: Path) -> None:
    for name, text in {"a": FRENCH, "b": ENGLISH}.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = build_brief(
        [tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out", alliance="eu", workers=1
    )
    found = {s.mechanism: (s.status, s.stage, s.since, s.by) for s in made.statuses}
    invoked = day(date(2015, 11, 16))
    assert found["article-42-7"] == ("engaged", "backed", invoked, ("FRA", "eu"))
    promised = day(date(2022, 2, 28))
    assert found["peace-facility"] == ("engaged", "promised", promised, ("eu",))
    assert found["article-222"][0] == "not_engaged"
