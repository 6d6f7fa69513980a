"""Donations from the ledger's facts: which become one, what range they have, what is left out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from foedus.acts import Act
from foedus.cli import app
from foedus.errors import FoedusError
from foedus.ledger import Fact
from foedus.ledger.aid import aid_rows
from foedus.ledger.consolidate import consolidate
from foedus.ledger.roles import Roles
from foedus.scenario import Draws, Text, make_outcome, read_scenario, run
from foedus.scenario.out import tables
from foedus.scenario.sustainment.from_ledger import Kinds, Pledge, pledges
from foedus.scenario.sustainment.model import Sustainment
from foedus.world import load_world
from tests.ledger.builders import act, amount, reading
from tests.scenario.builders import write
from tests.scenario.sustainment.files import TWO

ROLES = Roles(load_world())
KINDS = Kinds(
    members={"FRA": "FRA", "eu": "europe", "UKR": "UKR"}, items={"artillery": "guns"},
    units={"guns": "howitzer"}, given=set(),
)  # fmt: skip
START = date(2022, 3, 1)


def gives(number: float | None, item: str = "caesar", kind: str = "AID", **roles: Any) -> Act:
    figures = () if number is None else (amount(number, item),)
    told = {"actors": "FRA", "recipients": "UKR", "instruments": item, "quantities": figures}
    return act(kind, **{**told, **roles})


def told(label: str, what: Act, day: str = "2022-05-12") -> Fact:
    return consolidate([reading(label, what, day, date=day)], ROLES)


def found(*facts: Fact, kinds: Kinds = KINDS, words: str = "") -> tuple[list[Pledge], list[Text]]:
    rows = aid_rows(facts, ROLES, lambda _source, _span: words)
    return pledges(rows, kinds, START, 365)


def test_a_delivery_is_a_donation_of_its_day() -> None:
    fact = told("a", gives(6))
    ((pledge,), notes) = found(fact)
    assert (pledge.giver, pledge.receiver, pledge.kind, pledge.day) == ("FRA", "UKR", "guns", 72)
    assert pledge.quantity.least == pledge.quantity.greatest == 6
    assert (pledge.delivered, pledge.facts, notes) == (True, (fact.id,), [])


def test_a_promise_and_its_delivery_count_once() -> None:
    """Six promised, then four told as given: from six (all of it told twice) to ten (nothing is)."""
    first, second = told("a", gives(6, kind="AGREE")), told("b", gives(4), "2022-05-30")
    ((pledge,), _) = found(second, first)
    assert pledge.facts == (first.id, second.id)
    assert (pledge.quantity.least, pledge.quantity.greatest) == (6, 10)
    assert pledge.day == 72
    assert not pledge.delivered
    assert pledge.quantity.assumption is not None
    assert pledge.quantity.assumption.facts == (first.id, second.id)
    assert pledge.quantity.assumption.reference is not None
    assert "2022-05-30 (b [0:10])" in pledge.quantity.assumption.reference.body


def test_gifts_to_others_or_of_other_things_are_no_concern() -> None:
    assert found(told("a", gives(6, recipients="POL")), told("b", gives(6, "helmets"))) == ([], [])


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (gives(None), "no one figure"),
        (gives(6, actors="POL"), "not one declared member"),
        (gives(6, actors="FRA POL"), "not one declared member"),
        (gives(6, recipients=""), "not one declared member"),
    ],
)
def test_what_cannot_be_taken_is_named(what: Act, why: str) -> None:
    fact = told("a", what)
    none, (note,) = found(fact)
    assert none == []
    assert fact.id in str(note)
    assert why in str(note)


def test_what_is_outside_the_run_is_named() -> None:
    none, (note,) = found(told("a", gives(6), "2022-02-12"))
    assert none == []
    assert "outside the run" in str(note)


def test_what_is_denied_or_declared_in_the_file_is_no_gift() -> None:
    denied, given = told("a", gives(6, aux="negation")), told("b", gives(6))
    kinds = Kinds(members=KINDS.members, items=KINDS.items, units=KINDS.units, given={given.id})
    assert found(denied, given, kinds=kinds) == ([], [])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    rows = "date;type;acteurs;destinataires;moyens;quantités;texte;journal;titre;paru le\n"
    rows += "2022-03-12;AGREE;France;Ukraine;munitions;90 munitions;Promesse;Le Courrier;Un;2022-03-12\n"
    (tmp_path / "c.csv").write_text(rows, encoding="utf-8")
    place = tmp_path / "crisis.duckdb"
    words = ["ledger", "import", str(tmp_path / "c.csv"), "--by", "Ana", "--ledger", str(place)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return place


@pytest.mark.parametrize("told_again", [False, True])
def test_what_the_ledger_tells_is_an_assumption(
    tmp_path: Path, ledger: Path, told_again: bool
) -> None:
    """With its facts and who tells them; ranked where it can vary, and a column of the draws."""
    rows = (tmp_path / "c.csv").read_text(encoding="utf-8")
    if told_again:  # perhaps the same, perhaps more
        rows += rows.splitlines()[1].replace("AGREE", "AID").replace("-12", "-20") + "\n"
    (tmp_path / "d.csv").write_text(rows, encoding="utf-8")
    place = tmp_path / "other.duckdb"
    words = ["ledger", "import", str(tmp_path / "d.csv"), "--by", "Ana", "--ledger", str(place)]
    assert CliRunner().invoke(app, words).exit_code == 0
    text = TWO.replace("    days: 100", f"    from: {place.name}\n    days: 100")
    text = text.replace("      donations:", "      from_ledger: {delay: 3 days}\n      donations:")
    scenario = read_scenario(write(tmp_path, text))
    (known,) = [a for a in scenario.assumptions.values() if a.facts]
    model = scenario.models["sustainment"]
    assert isinstance(model, Sustainment)
    assert [known.facts] == [g.facts for g in model.gifts if g.facts]
    assert known.name == f"told {known.facts[0]}"
    assert known.reference is not None
    assert "le-courrier" in known.reference.body
    assert known.distribution == ("fixed" if known.low == known.high else "uniform")
    results = run(scenario, 60, 1)
    assert f"${known.name}" in tables(scenario, results)["draws"]
    outcome = make_outcome(scenario, results)
    assert known in outcome.assumptions
    assert (known.low < known.high) == told_again
    ranked = {i.assumption for answer in outcome.answers for i in answer.influences}
    assert (known.name in ranked) == (known.low < known.high)


def test_a_scenario_takes_its_gifts_from_a_ledger(tmp_path: Path, ledger: Path) -> None:
    text = TWO.replace("    days: 100", f"    from: {ledger.name}\n    days: 100")
    text = text.replace(
        "      donations:", "      from_ledger: {share: 0.5, delay: 3 days}\n      donations:"
    )
    model = read_scenario(write(tmp_path, text)).models["sustainment"]
    assert isinstance(model, Sustainment)
    (gift,) = [g for g in model.gifts if g.facts]
    columns = model.run(Draws(1, 0, 3))
    at = model.gifts.index(gift)
    assert columns["delivered"][:, at].tolist() == [45, 45, 45]
    assert gift.facts[0] in model.outcome(columns, Draws(1, 0, 3)).costs[at].fact


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("items: [ammunition]", "items: [amunition]", "knows no item 'amunition'"),
        ("items: [ammunition]}", "items: [ammunition]}\n        more: {unit: shell, items: [ammunition]}",
         "'ammunition' stands for shells and for more"),
    ],
)  # fmt: skip
def test_a_name_that_would_find_nothing_or_two_is_refused(
    tmp_path: Path, ledger: Path, old: str, new: str, what: str
) -> None:
    text = TWO.replace("    days: 100", f"    from: {ledger.name}\n    days: 100")
    text = text.replace("      donations:", "      from_ledger: {}\n      donations:")
    assert old in text
    with pytest.raises(FoedusError, match=what) as error:
        read_scenario(write(tmp_path, text.replace(old, new)))
    assert error.value.where


def test_without_a_ledger_there_is_nothing_to_take_from(tmp_path: Path) -> None:
    text = TWO.replace("      donations:", "      from_ledger: {}\n      donations:")
    with pytest.raises(FoedusError, match="no ledger"):
        read_scenario(write(tmp_path, text))


def test_what_has_no_day_is_named() -> None:
    none, notes = found(consolidate([reading("a", gives(6))], ROLES))
    assert none == []
    assert any("no day" in str(note) for note in notes)
