"""From a fact to the characters of the reports, and back from any id."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.ledger import Ledger
from foedus.ledger.out import Content, passages_table, trail_lines, trail_of
from foedus.ledger.records import Fact
from foedus.ledger.speeches import Speech


def the_aid(content: Content) -> Fact:
    return next(f for f in content.facts if f.type == "AID" and f.differences)


def test_every_passage_is_the_text_at_its_offsets(content: Content) -> None:
    ids = [f.id for f in content.facts] + [*content.reports]
    ids += [r.id for r in content.acts] + [r.id for r in content.statements]
    ids += [r.id for r in content.quantities]
    for asked in ids:
        table = passages_table(trail_of(content, asked))
        for row in table.rows:
            cells: dict[str, Any] = dict(zip(table.heads, row, strict=True))
            if cells["line"] is None:
                text = content.reports[cells["report"]].text
                assert cells["text"] == text[cells["start"] : cells["end"]]


def test_a_fact_is_shown_down_to_its_characters(content: Content) -> None:
    fact = the_aid(content)
    text = "\n".join(trail_lines(trail_of(content, fact.id)))
    for part in (
        f"fact {fact.id}", "3 reports, 2 outlets, 2 independent sources", "differs: polarity",
        "120 — le-monde, matin", "20 — tass, soir", "[2:12] « xte du com", "one source with soir",
        "time         matin [3:7]", "2022-03-01, from -1 days at [3:7], counted from 2022-03-02",
        "speaker      emmanuel-macron", "coded by     aid.yaml:3 send", "appeared     2022-03-05/2022-03-09",
        "unknown outlet, non", "negation",
    ):  # fmt: skip
        assert part in text, part


def test_a_beginning_is_enough_when_it_is_one(content: Content) -> None:
    fact = the_aid(content)
    assert trail_of(content, fact.id[:10]).id == fact.id
    act = fact.readings[0].act.id
    found = trail_of(content, act)
    assert (found.kind, found.facts) == ("act", (fact,))
    assert found.record is not None
    assert found.record.record.id == act
    assert trail_of(content, "mati").kind == "report"
    with pytest.raises(FoedusError, match=r"'a-' may be any of 6 \(write more of it: a-"):
        trail_of(content, "a-")
    with pytest.raises(FoedusError, match="nothing in this ledger has the id 'f-none'"):
        trail_of(content, "f-none")


def test_a_statement_leads_to_the_facts_told_in_it(content: Content) -> None:
    (statement,) = content.statements
    found = trail_of(content, statement.id)
    assert (found.kind, found.facts) == ("statement", (the_aid(content),))
    assert "speaker      emmanuel-macron" in "\n".join(trail_lines(found))


def test_a_quantity_is_shown(content: Content) -> None:
    (quantity,) = content.quantities
    text = "\n".join(trail_lines(trail_of(content, quantity.id)))
    assert "response-force" in text
    assert "40000 person" in text


def test_what_had_not_appeared_is_not_found(crisis: Ledger) -> None:
    content = Content(crisis, known_by=date(2022, 3, 3))
    assert len(trail_of(content, "matin").origins[0].copies) == 1
    with pytest.raises(FoedusError, match="hostile"):
        trail_of(content, "hostile")


def test_no_line_can_steer_a_terminal(content: Content) -> None:
    for asked in ("hostile", *(f.id for f in content.facts)):
        for line in trail_lines(trail_of(content, asked)):
            assert line.isprintable(), line


@given(st.text())
def test_any_id_is_an_answer_or_an_error(asked: str) -> None:
    with pytest.raises(FoedusError):
        trail_of(Nothing(), asked)


class Nothing(Content):
    """A ledger with nothing in it."""

    def __init__(self) -> None:
        self.reports, self.facts = {}, ()
        self.acts, self.statements, self.quantities = (), (), ()
        self.speech = Speech(utterances=())
