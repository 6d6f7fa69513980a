"""The tracker as an analyst checks it: stages, items, figures, links, and no sum."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import Act, Amount, ModeGiver
from foedus.ledger import Fact, Reading
from foedus.ledger.aid import AidRow, aid_rows, pledges_table, wanted_rows, weapons_table
from foedus.ledger.consolidate import consolidate
from foedus.ledger.out.tables import Table, columns_of
from foedus.ledger.out.xlsx import xlsx_bytes
from foedus.ledger.roles import Roles
from foedus.world import load_world
from tests.ledger.builders import act, amount, reading

WORLD = load_world()
ROLES = Roles(WORLD)


def gives(kind: str = "AID", **roles: Any) -> Act:
    """France gives Caesars to Ukraine, unless told otherwise."""
    return act(
        kind, **{"actors": "FRA", "recipients": "UKR", "instruments": "caesar artillery", **roles}
    )


def fact(*told: Reading) -> Fact:
    return consolidate(told, ROLES)


def rows(*facts: Fact, words: str = "") -> dict[str, AidRow]:
    """The rows by the label of their first report."""
    found = aid_rows(facts, ROLES, lambda _source, _span: words)
    labels = {f.id: f.readings[0].citation.report for f in facts}
    return {labels[row.fact]: row for row in found}


def one(told: Act, words: str = "", published: str = "2022-05-12", **more: Any) -> AidRow:
    (row,) = rows(fact(reading("r", told, published, **more)), words=words).values()
    return row


@pytest.mark.parametrize(
    ("told", "words", "stage"),
    [
        (gives(aux="future"), "livrera", "announced"),
        (gives("AGREE"), "a promis", "committed"),
        (gives("AGREE", aux="future"), "promettra", "announced"),
        (gives(), "a livré", "delivered"),
        (gives(), "a débloqué", "committed"),
        (gives(), "approved", "committed"),
        (gives(), "disapproved of", "delivered"),
        (gives(aux="negation"), "n'a pas livré", "denied"),
        (gives(aux="hypothetical"), "aurait livré", "supposed"),
        (gives(aux="historical"), "avait livré", "historical"),
    ],
)
def test_the_stage_of_a_telling(told: Act, words: str, stage: str) -> None:
    assert one(told, words).stage == stage


def test_a_decision_shows_in_the_word_that_puts_it_in_the_future() -> None:
    decided = gives(aux="future", aux_by=(ModeGiver(aux="future", span=(20, 30), by="word"),))
    for text, stage in (("a décidé de", "committed"), ("a annoncé", "announced")):
        where = {(20, 30): text}
        told = fact(reading("r", decided, "2022-05-12"))
        (row,) = aid_rows([told], ROLES, lambda _, span, w=where: w.get(span, "livrer"))  # type: ignore[misc]
        assert row.stage == stage


def test_a_day_after_the_report_is_ahead() -> None:
    assert one(gives(), date="2022-06-01").stage == "announced"


def test_the_furthest_stage_counts_and_each_has_its_own_sources() -> None:
    row = rows(
        fact(
            reading("a", gives(aux="future"), "2022-05-01", outlet="tass"),
            reading("b", gives(), "2022-05-12", date="2022-05-11", outlet="le-monde"),
            reading("c", gives(), "2022-05-13", outlet="afp"),
        )
    )["a"]
    assert row.stage == "delivered"
    assert {s: r.sources for s, r in row.reached.items()} == {"announced": 1, "delivered": 2}
    assert (
        str(row.reached["delivered"].date and row.reached["delivered"].date.start) == "2022-05-11"
    )


def test_the_closest_item_is_named_and_classed() -> None:
    row = one(gives(instruments="tanks leopard-2 troops ammunition"))
    assert row.items == ("ammunition", "leopard-2")
    assert (row.classes, row.general) == (("heavy-weapons", "ammunition"), ("Military",))
    counted = one(gives(instruments="", quantities=(amount(200, "t-72"),)))
    assert counted.items == ("t-72",)
    assert one(gives(instruments="")).classes == ("unspecified",)


def test_a_promise_is_aid_only_if_it_is_of_an_item_or_has_the_cue() -> None:
    assert not rows(fact(reading("r", gives("AGREE", instruments="troops"), "2022-05-12")))
    assert rows(
        fact(reading("r", gives("AGREE", instruments="", cues="partner-support"), "2022-05-12"))
    )
    assert not rows(fact(reading("r", gives("MOBILIZE"), "2022-05-12")))


def test_a_minister_gives_for_his_state() -> None:
    assert one(gives(actors="antony-blinken")).donors == ("USA",)


def test_figures_stand_side_by_side_with_who_tells_them() -> None:
    (row,) = rows(
        fact(
            reading("a", gives(quantities=(amount(12, "caesar"),)), "2022-05-12", outlet="tass"),
            reading("b", gives(quantities=(amount(18, "caesar"), amount(33e6, "", "EUR"))),
                    "2022-05-12", outlet="afp"),
        )
    ).values()  # fmt: skip
    (counted,), (money,) = row.quantities, row.values
    assert (counted.low, counted.high) == (12, 18)
    assert counted.told == {"12": ("tass",), "18": ("afp",)}
    assert (money.unit, money.low) == ("EUR", 33e6)
    assert "quantity:caesar:item" in row.differs
    cells = dict(zip(*[(t := pledges_table([row], WORLD)).heads, t.rows[0]], strict=True))
    assert (cells["item_number_low"], cells["item_number_high"]) == (12, 18)
    assert cells["item_number_told"] == "12 (tass) | 18 (afp) caesar"
    assert (cells["reporting_currency"], cells["value_low"]) == ("EUR", 33e6)


def test_figures_of_two_things_have_no_low_and_high_together() -> None:
    told = gives(quantities=(amount(1000, "anti-tank-systems"), amount(500, "stinger")))
    cells = pledges_table([one(told)], WORLD)
    at = cells.heads.index("item_number_low")
    assert cells.rows[0][at : at + 3] == (None, None, "1000 anti-tank-systems; 500 stinger")


def pair(first: Reading, second: Reading) -> bool:
    """Whether the rows of two facts are linked, from both sides."""
    found = rows(fact(first), fact(second))
    one_, other = found.values()
    assert (other.fact in one_.overlaps) == (one_.fact in other.overlaps)
    return bool(one_.overlaps)


PROMISE = reading("promise", gives("AGREE"), "2022-05-12")
SWEDE = reading("promise", gives("AGREE", actors="SWE"), "2022-05-12")


@pytest.mark.parametrize(
    ("other", "published", "linked"),
    [
        (gives(), "2022-09-03", True),
        (gives(), "2022-04-01", False),
        (gives("AGREE"), "2022-06-10", True),
        (gives("AGREE"), "2022-06-30", False),
        (gives(instruments="artillery"), "2022-06-01", True),
        (gives(instruments="tanks"), "2022-06-01", False),
        (gives(instruments=""), "2022-06-01", True),
        (gives(instruments="money"), "2022-06-01", False),
        (gives(actors="DEU"), "2022-06-01", False),
        (gives(actors=""), "2022-06-01", False),
        (gives(recipients="POL"), "2022-06-01", False),
        (gives(recipients=""), "2022-06-01", True),
        (gives(aux="negation"), "2022-06-01", False),
    ],
    ids=[
        "delivered later", "delivered before", "promised again", "promised long after", "its kind",
        "another item", "no item", "money", "another donor", "no donor",
        "another recipient", "no recipient", "denied",
    ],
)  # fmt: skip
def test_what_may_be_one_pledge(other: Act, published: str, linked: bool) -> None:
    assert pair(PROMISE, reading("other", other, published)) is linked


def test_a_group_and_its_member_may_give_one_thing() -> None:
    assert pair(SWEDE, reading("other", gives(actors="nordic-countries"), "2022-06-01"))
    assert not pair(PROMISE, reading("other", gives(actors="nordic-countries"), "2022-06-01"))


def table(stage: Any, *facts: Fact) -> dict[str, dict[str, Any]]:
    """The weapons' table, by item, without what is empty."""
    made = weapons_table(aid_rows(facts, ROLES, lambda *_: ""), stage, WORLD)
    return {
        str(line[0]): {h: v for h, v in zip(made.heads, line, strict=True) if v is not None}
        for line in made.rows
    }


def caesars(label: str, number: float, published: str, kind: str = "AID", **more: Any) -> Fact:
    return fact(
        reading(label, gives(kind, quantities=(amount(number, "artillery"),), **more), published)
    )


def test_the_columns_are_those_that_users_of_the_tracker_know() -> None:
    made = weapons_table((), "committed", WORLD)
    assert made.heads[:8] == (
        "Item", "Total Number", "Type", "Sub-type", "Not included", "Australia", "Austria", "Belgium",
    )  # fmt: skip
    assert made.heads[-2:] == ("United Kingdom", "United States")
    assert len(made.heads) == 45


def test_weapons_by_donor_with_a_total_where_nothing_can_count_twice() -> None:
    found = table(
        "committed",
        caesars("a", 12, "2022-05-12", "AGREE"),
        caesars("b", 6, "2022-05-12", actors="DNK"),
    )
    assert found["caesar"] == {
        "Item": "caesar", "Total Number": 18, "Type": "Howitzer", "Sub-type": "155mm",
        "France": 12, "Denmark": 6,
    }  # fmt: skip
    assert table("delivered", caesars("a", 12, "2022-05-12", "AGREE")) == {}


def test_no_total_where_figures_overlap_or_are_open_or_missing() -> None:
    promised, given_ = caesars("a", 12, "2022-05-12", "AGREE"), caesars("b", 18, "2022-09-03")
    both = table("committed", promised, given_)["caesar"]
    assert both["France"] == "12; 18"
    assert "Total Number" not in both
    open_ = fact(
        reading("c", gives(quantities=(amount(5, "artillery", at_least=True),)), "2022-05-12")
    )
    assert table("committed", open_)["caesar"]["France"] == "≥5"
    assert "Total Number" not in table("committed", open_)["caesar"]
    unknown = table("committed", fact(reading("d", gives(), "2022-05-12")))["caesar"]
    assert (unknown["France"], "Total Number" in unknown) == ("?", False)


def test_what_several_give_together_is_nobodys() -> None:
    found = table("committed", caesars("a", 12, "2022-05-12", actors="FRA DNK"))["caesar"]
    assert found["Not included"] == "12 (DNK, FRA)"
    assert not {"Total Number", "France", "Denmark"} & set(found)


def test_a_donor_without_a_column_gets_one() -> None:
    assert table("committed", caesars("a", 1, "2022-05-12", actors="MAR"))["caesar"]["Morocco"] == 1


def test_what_is_asked_for() -> None:
    facts = [
        caesars("a", 1, "2022-05-12"),
        fact(
            reading("b", gives(actors="DEU", instruments="leopard-2", aux="future"), "2022-05-12")
        ),
        fact(reading("c", gives(actors="USA", aux="negation"), "2022-05-12")),
    ]
    found = aid_rows(facts, ROLES, lambda *_: "")

    def donors(**asked: Any) -> list[str]:
        return [row.donors[0] for row in wanted_rows(found, **asked)]

    assert donors() == ["FRA", "DEU"]
    assert donors(stages=["denied"]) == ["USA"]
    assert donors(items=["tanks"]) == donors(stages=["announced"]) == ["DEU"]
    assert donors(items=["heavy-weapons"], donors=["FRA", "USA"]) == ["FRA"]
    assert donors(recipients=["POL"]) == []


numbers = st.integers(0, 10_000).map(float)
amounts: st.SearchStrategy[tuple[Amount, ...]] = st.lists(
    st.builds(
        amount, numbers, st.sampled_from(["caesar", "tanks", ""]), st.sampled_from(["item", "EUR"]),
        at_least=st.booleans(),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@st.composite
def facts(draw: st.DrawFn) -> Fact:
    told = [
        reading(
            f"r{draw(st.integers(0, 10**6))}-{n}",
            gives(
                "AID", actors=draw(st.sampled_from(["FRA", "DEU", "nato", ""])),
                instruments=draw(st.sampled_from(["caesar", "tanks", ""])), quantities=draw(amounts),
            ),
            draw(st.sampled_from(["2022-05-12", "2022-06-30", "2022-09"])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return fact(*told)


@given(st.lists(facts(), max_size=6, unique_by=lambda f: f.id), st.randoms(use_true_random=False))
def test_rows_do_not_depend_on_each_others_order(found: list[Fact], chance: Any) -> None:
    mixed = list(found)
    chance.shuffle(mixed)
    by_fact = {row.fact: row for row in aid_rows(found, ROLES, lambda *_: "")}
    assert by_fact == {row.fact: row for row in aid_rows(mixed, ROLES, lambda *_: "")}
    assert list(by_fact) == [f.id for f in found]
    for row in by_fact.values():
        assert row.fact not in row.overlaps
        for other in row.overlaps:
            assert row.fact in by_fact[other].overlaps


@given(st.lists(facts(), max_size=6, unique_by=lambda f: f.id))
def test_no_figure_that_nobody_told(found: list[Fact]) -> None:
    """Every number in the list was told by somebody; a total is no more than its cells."""
    told = {q.value for f in found for r in f.readings for q in r.act.quantities}
    rows_ = aid_rows(found, ROLES, lambda *_: "")
    table_ = pledges_table(rows_, WORLD)
    kept = [at for at, c in enumerate(table_.columns) if c.kind == "real"]
    assert {line[at] for line in table_.rows for at in kept} - {None} <= told
    for line in weapons_table(rows_, "committed", WORLD).rows:
        cells = [c for c in line[5:] if c is not None]
        if isinstance(line[1], float):
            assert line[1] == sum(c for c in cells if isinstance(c, float))
            assert all(isinstance(c, float) for c in cells)


# -- the spreadsheet ---------------------------------------------------------------------------------

NAMES = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet(data: bytes, number: int = 1) -> list[Any]:
    """The cells of a sheet, as the file has them."""
    with ZipFile(BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    return list(root.iter(f"{{{NAMES['x']}}}c"))


def a_table(values: Iterable[Any]) -> Table:
    return Table("sheet", columns_of("text"), [(v,) for v in values])


@given(
    st.lists(
        st.text(max_size=50) | st.sampled_from(["=1+1", "+1", "@SUM(1)", "http://x"]), max_size=5
    )
)
def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link(texts: list[str]) -> None:
    data = xlsx_bytes([a_table(texts)])
    assert all(cell.find("x:f", NAMES) is None for cell in sheet(data))
    with ZipFile(BytesIO(data)) as book:
        assert not any("rels/sheet" in name for name in book.namelist())


def test_a_spreadsheet_has_numbers_and_days_and_the_same_bytes() -> None:
    from datetime import date

    table_ = a_table(["text", 12.5, 3, date(2022, 2, 24), True, None, ("a", "b"), "x" * 40_000])
    data = xlsx_bytes([table_], ["a note"])
    assert data == xlsx_bytes([table_], ["a note"])
    kinds = [cell.get("t") for cell in sheet(data)]
    assert kinds == ["s", "s", None, None, None, "b", "s", "s"]
