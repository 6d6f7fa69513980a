"""Who contradicts whom: by declared rules on what was coded, each naming its two records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from foedus.acts import Act, Record
from foedus.errors import FoedusError
from foedus.ledger import Ledger, moment
from foedus.ledger.hand import one_row
from foedus.ledger.out import Content, Position, positions_of, positions_table
from foedus.ledger.speech.contradictions import load_contradiction_rules
from foedus.world import load_world
from tests.ledger.builders import Coded, SmallWorld, act, coded, report, said
from tests.ledger.conftest import Opener

HEAD, KREMLIN = "jens-stoltenberg", "vladimir-putin"
NO_TROOPS: dict[str, Any] = {
    "mode": "troops", "actors": "nato", "cues": "no-troops", "instruments": "troops",
}  # fmt: skip


def told(label: str, when: str, speaker: str | None, *acts: Act, text: str = "") -> Coded:
    """A report of that day in which somebody says one thing, with the acts told in it."""
    of = report(label, when, text=text or f"Texte propre au compte rendu {label}, dit-il.")
    own: list[Record] = [msgspec.structs.replace(said(speaker=speaker), span=(0, len(of.text)))]
    own += [msgspec.structs.replace(a, statement="said-0") if speaker else a for a in acts]
    return coded(of, *own)


def found(ledger: Ledger, *reports: Coded, speaker: str = HEAD, **clocks: Any) -> list[Position]:
    ledger.add(reports)
    content = Content(ledger, **clocks)
    own = [u for u in content.utterances if u.speaker == speaker]
    return list(positions_of(content, own, SmallWorld()))


def rules_of(positions: list[Position]) -> list[str]:
    return [c.rule for p in positions for c in p.contradictions]


def test_one_denies_what_the_other_affirms_of_the_same_actor(opened: Opener) -> None:
    never = act("MOBILIZE", aux="future negation", **NO_TROOPS)
    soon = act("MOBILIZE", aux="future", **NO_TROOPS)
    with opened() as ledger:
        (position,) = found(
            ledger, told("a", "2022-02-24", HEAD, never), told("b", "2022-03-20", KREMLIN, soon)
        )
        (c,) = position.contradictions
    assert (c.rule, c.shared) == ("denied-and-affirmed", ("no-troops",))
    assert (c.one.holders, c.other.holders) == ((HEAD,), (KREMLIN,))
    assert {c.one.reading.citation.report, c.other.reading.citation.report} == {"a", "b"}


def test_a_row_by_hand_is_no_utterance_and_may_stand_against_one(opened: Opener) -> None:
    never = act("MOBILIZE", aux="future negation", **NO_TROOPS)
    cells = {
        "type": "MOBILIZE", "date": "2022-03-20", "aux": "future", "attributed_to": KREMLIN,
        "mode": "troops", "actors": "nato", "cues": "no-troops", "instruments": "troops",
    }  # fmt: skip
    row = one_row(cells, world=load_world(), by="Ana", cues={"no-troops"})
    assert not row.mistakes
    with opened() as ledger:
        ledger.enter(row.file, row.rows, by="Ana", at=moment("2022-06-01"))
        (position,) = found(ledger, told("a", "2022-02-24", HEAD, never))
        assert [u.speaker for u in ledger.speech().utterances] == [HEAD]
        table = positions_table(Content(ledger), [position])
    (c,) = position.contradictions
    assert (c.rule, c.other.holders, c.other.utterance) == ("denied-and-affirmed", (KREMLIN,), None)
    cited = dict(zip(table.heads, table.rows[0], strict=True))
    assert (cited["against_report"], cited["against_label"]) == (row.rows[0][0].id, row.file)
    assert "no-troops" in str(cited["against_text"])


def test_readings_of_one_fact_that_say_yes_and_no(opened: Opener) -> None:
    given: dict[str, Any] = {
        "actors": "POL", "recipients": "UKR", "instruments": "aircraft",
        "cues": "partner-support",
    }  # fmt: skip
    yes, no = act("AID", **given), act("AID", aux="negation", **given)
    with opened() as ledger:
        positions = found(
            ledger, told("a", "2022-03-01", HEAD, no), told("b", "2022-03-01", KREMLIN, yes)
        )
    assert set(rules_of(positions)) <= {"denied-of-one-fact", "denied-and-affirmed"}
    assert rules_of(positions)


def test_what_one_asks_for_another_rejects(opened: Opener) -> None:
    asks = act("REQUEST", mode="change", actors="UKR", cues="no-fly-zone")
    rejects = act("REJECT", actors="nato", cues="no-fly-zone")
    with opened() as ledger:
        (position,) = found(
            ledger, told("a", "2022-03-04", HEAD, rejects), told("b", "2022-03-05", None, asks)
        )
    (c,) = position.contradictions
    assert c.rule == "rejected-and-wanted"
    assert c.other.utterance is None
    assert c.other.holders == ("UKR",)


def test_far_apart_in_time_is_no_contradiction_of_others_but_may_be_a_change_of_mind(
    opened: Opener,
) -> None:
    rejects = act("REJECT", actors="nato", cues="no-fly-zone")
    wants = act("AGREE", actors="nato", cues="no-fly-zone")
    with opened() as ledger:
        positions = found(
            ledger, told("a", "2022-03-04", HEAD, rejects), told("b", "2022-09-05", KREMLIN, wants),
            told("c", "2022-10-05", HEAD, wants),
        )  # fmt: skip
    assert set(rules_of(positions)) == {"turned-about"}
    assert len(positions) == 2


def test_an_accusation_denied_in_the_words_that_follow(opened: Opener) -> None:
    of = report("a", "2022-09-09", text="x" * 500)
    accuses = act("ACCUSE", actors=HEAD, recipients="RUS")
    denies = act("REJECT", 120, actors="RUS")
    own = msgspec.structs.replace(accuses, statement="said-0")
    with opened() as ledger:
        (position,) = found(ledger, coded(of, said(speaker=HEAD), own, denies))
    assert [c.rule for c in position.contradictions] == ["accusation-denied"]
    assert position.contradictions[0].shared == ("told together",)


def test_what_is_only_supposed_contradicts_nothing(opened: Opener) -> None:
    never = act("MOBILIZE", aux="future negation", **NO_TROOPS)
    perhaps = act("MOBILIZE", aux="hypothetical", **NO_TROOPS)
    with opened() as ledger:
        positions = found(
            ledger, told("a", "2022-02-24", HEAD, never), told("b", "2022-02-25", KREMLIN, perhaps)
        )
    assert rules_of(positions) == []


def test_two_positions_on_other_cues_do_not_meet(opened: Opener) -> None:
    never = act("MOBILIZE", aux="future negation", **NO_TROOPS)
    ships = act("MOBILIZE", actors="nato", cues="forward-presence", instruments="ships")
    with opened() as ledger:
        positions = found(
            ledger, told("a", "2022-02-24", HEAD, never), told("b", "2022-02-25", KREMLIN, ships)
        )
    assert rules_of(positions) == []


def test_positions_stand_in_order_of_time_and_know_only_what_had_appeared(opened: Opener) -> None:
    never = act("MOBILIZE", aux="future negation", **NO_TROOPS)
    soon = act("MOBILIZE", aux="future", **NO_TROOPS)
    reports = (
        told("late", "2022-06-24", HEAD, never), told("early", "2022-02-24", HEAD, never),
        told("other", "2022-03-20", KREMLIN, soon),
    )  # fmt: skip
    with opened() as ledger:
        positions = found(ledger, *reports)
        assert [p.utterance.variants[0].said.citation.report for p in positions] == [
            "early",
            "late",
        ]
        assert rules_of(positions) == ["denied-and-affirmed"]
        before = Content(ledger, known_by=date(2022, 3, 1))
        (only,) = positions_of(before, before.utterances, SmallWorld())
        assert only.contradictions == ()
        table = positions_table(before, (only,))
        assert dict(zip(table.heads, table.rows[0], strict=True))["rule"] is None


def test_a_rule_with_an_unknown_type_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "contradictions.yaml"
    path.write_text(
        "rules:\n  - {name: x, says: y, link: fact, by: others, one: {types: [NOPE]}, other: {}}\n"
        "common_words: 2\nnear: 10\n",
        encoding="utf-8",
    )
    with pytest.raises(FoedusError, match=r"contradictions.yaml:2: NOPE is no event type"):
        load_contradiction_rules(path)
