"""``foedus ledger statements``, ``positions`` and ``show u-…``: what they print, and how they fail."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger
from tests.ledger.builders import SmallWorld, act, coded, finder, report, said

Verb = Callable[..., Result]
SAID = (
    "Nous n'enverrons pas de soldats ni de chars dans ce pays cet hiver, et nos voisins le savent"
)
CUT = "l'Alliance n'enverra pas de soldats ni de chars dans ce pays"
WANTED = "Les alliés enverront leurs soldats, nous le savons depuis longtemps"
HEAD = "jens-stoltenberg"


@pytest.fixture(scope="module")
def crisis_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    never: dict[str, Any] = {"actors": "nato", "cues": "no-troops", "aux": "future negation"}
    path = tmp_path_factory.mktemp("ledger") / "crisis.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder(())) as ledger:
        for label, outlet, when, text, who, roles in (
            ("matin", "le-monde", "2022-03-02", SAID, HEAD, never),
            ("soir", "tass", "2022-03-02", CUT, HEAD, never),
            ("plus-tard", "tass", "2022-03-20", WANTED, "vladimir-putin",
             {**never, "aux": "future"}),
            ("sans-date", None, None, "Rien de nouveau sous le soleil", "nato", None),
        ):  # fmt: skip
            days = () if when is None else (when,)
            own = msgspec.structs.replace(said(speaker=who), span=(0, len(text)))
            acts = () if roles is None else (act("MOBILIZE", statement="said-0", **roles),)
            ledger.add([coded(report(label, *days, outlet=outlet, text=text), own, *acts)])
    return path


@pytest.fixture
def verb(crisis_path: Path) -> Verb:
    def invoke(*args: object) -> Result:
        given = [*(str(a) for a in args), "--ledger", str(crisis_path)]
        return CliRunner().invoke(app, ["ledger", *given])

    return invoke


def as_data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def as_csv(result: Result) -> list[dict[str, str]]:
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(StringIO(result.stdout, newline="")))


def test_statements_in_each_form(verb: Verb) -> None:
    data = as_data(verb("statements", "--format", "json"))
    rows = as_csv(verb("statements", "--format", "csv"))
    table = verb("statements").stdout
    assert [u["id"] for u in data] == [r["id"] for r in rows]
    assert all(r["id"] in table for r in rows)
    (both,) = [u for u in data if u["reports"] == 2]
    assert {v["wording"] for v in both["variants"]} == {"fullest", "cut"}


@pytest.mark.parametrize(
    ("options", "speakers"),
    [
        (("--speaker", HEAD), {HEAD}),
        (("--speaker", "OTAN"), {HEAD, "nato"}),
        (("--speaker", "Russie"), {"vladimir-putin"}),
        (("--speaker", HEAD, "--speaker", "RUS"), {HEAD, "vladimir-putin"}),
        (("--about", "no-troops"), {HEAD, "vladimir-putin"}),
        (("--about", "mobilize"), {HEAD, "vladimir-putin"}),
        (("--about", "otan"), {HEAD, "vladimir-putin"}),
        (("--about", "NI DE CHARS"), {HEAD}),
        (("--source", "Le Monde"), {HEAD}),
        (("--source", "tass", "--speaker", "RUS"), {"vladimir-putin"}),
        (("--source", "sans-date"), {"nato"}),
        (("--known-by", "2022-03-10"), {HEAD}),
        (("--as-of", "2022-03-10"), {HEAD, "nato"}),
    ],
)
def test_statements_are_chosen(verb: Verb, options: tuple[str, ...], speakers: set[str]) -> None:
    found = as_csv(verb("statements", *options, "--format", "csv"))
    assert {r["speaker"] for r in found} == speakers


def test_positions_name_rule_and_records(verb: Verb) -> None:
    (position,) = as_data(verb("positions", HEAD, "--about", "no-troops", "--format", "json"))
    (against,) = position["contradictions"]
    assert against["rule"] == "denied-and-affirmed"
    (row,) = as_csv(verb("positions", HEAD, "--format", "csv"))
    assert (row["rule"], row["against"], row["against_label"]) == (
        "denied-and-affirmed", "vladimir-putin", "plus-tard",
    )  # fmt: skip
    assert row["against_text"] == WANTED[:10].strip()
    table = verb("positions", HEAD).stdout
    assert row["utterance"] in table
    assert as_csv(verb("positions", HEAD, "--known-by", "2022-03-10", "--format", "csv"))[0][
        "rule"
    ] == ""  # fmt: skip


def test_show_sets_the_wordings_side_by_side(verb: Verb) -> None:
    (both,) = [u for u in as_data(verb("statements", "--format", "json")) if u["reports"] == 2]
    shown = verb("show", both["id"][:8])
    assert shown.exit_code == 0, shown.output
    for part in (SAID, CUT, "fullest le-monde, matin", "cut tass, soir", "without", "hiver"):
        assert part in shown.stdout, part
    data = as_data(verb("show", both["id"], "--format", "json"))
    assert data["kind"] == "utterance"
    assert [p["text"] for s in data["utterance"]["statements"] for p in s["passages"][:1]]
    rows = as_csv(verb("show", both["id"], "--format", "csv"))
    assert {SAID, CUT} <= {r["text"] for r in rows}


def test_whoever_says_nothing_is_named_with_who_is_near(verb: Verb) -> None:
    result = verb("positions", "jens-stoltenber", "--format", "csv")
    assert result.exit_code == 0
    line = (
        "foedus: nobody here called 'jens-stoltenber' says anything; did you mean jens-stoltenberg?"
    )
    assert result.stderr.startswith(line)
    result = verb("statements", "--about", "article-9", "--source", "le-figaro")
    assert "--about: no utterance here has 'article-9'" in result.stderr
    assert "--source: no utterance here has 'le-figaro'" in result.stderr


def test_of_what_the_dates_cannot_tell_is_said(verb: Verb) -> None:
    known = verb("statements", "--known-by", "2022-03-10").stderr
    assert "the dates at hand cannot tell for 1 records, left out: s-" in known
    held = verb("statements", "--as-of", "2022-03-01").stderr
    assert "--as-of 2022-03-01: the dates at hand cannot tell for 3 records, kept" in held
    assert verb("statements").stderr == ""


@pytest.mark.parametrize("name", [("statements",), ("positions", HEAD)])
@pytest.mark.parametrize("option", ["--as-of", "--known-by"])
def test_a_date_is_written_as_a_date(verb: Verb, name: tuple[str, ...], option: str) -> None:
    result = verb(*name, option, "hier")
    assert result.exit_code == 2
    assert f"{option}: 'hier' is no date" in result.stderr
