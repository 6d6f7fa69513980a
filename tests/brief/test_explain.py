from __future__ import annotations

from foedus.alliance.records import Reason
from foedus.brief import explain
from foedus.ledger.records import Citation
from tests.brief.builders import Register, crisis, status


def test_an_explanation_is_a_tree_with_its_characters() -> None:
    material = crisis()
    lines = explain(material.statuses[0], lang="fr", names=Register())
    assert lines[0] == "engagé"
    assert lines[1].startswith("└─ ")
    assert "[one 47–118; two 0–63]" in lines[1]


def test_branches_show_what_belongs_to_what() -> None:
    leaf = Reason(kind="missing", key="x.leaf")
    tree = Reason(
        kind="status", key="status.unknown",
        children=(Reason(kind="rule", key="x.first", children=(leaf, leaf)), leaf),
    )  # fmt: skip
    lines = explain(status("m", "unknown", reason=tree), lang="en", names=Register())
    assert lines == (
        "undetermined",
        "├─ first",
        "│  ├─ leaf",
        "│  └─ leaf",
        "└─ leaf",
    )


def test_words_of_a_passage_stand_under_it_and_cannot_move_the_cursor() -> None:
    cited = Citation(report="a\x1b[2J", source="h", span=(0, 3))
    tree = Reason(kind="fact", key="x.fact", citations=(cited,))
    lines = explain(
        status("m", "unknown", reason=tree), names=Register(), quote=lambda c: "dit\n\x1b[31mnon"
    )
    assert lines == ("fact [a [2J 0–3]", "   « dit [31mnon »")


def test_a_deep_tree_is_explained() -> None:
    tree = Reason(kind="fact", key="x.end")
    for _ in range(5_000):
        tree = Reason(kind="rule", key="x.step", children=(tree,))
    assert len(explain(status("m", "unknown", reason=tree), names=Register())) == 5_001
