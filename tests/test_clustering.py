"""The measures of grouping, and the files of facts marked by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bcubed import Measure, bcubed, pairwise
from clusters import FILE, load_set, read_clusters
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import FoedusError
from foedus.world import load_world

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold" / "clusters"
LABELS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 3))
BOTH = LABELS.flatmap(
    lambda gold: st.tuples(
        st.just(gold), st.fixed_dictionaries({k: st.integers(0, 3) for k in gold})
    )
)
MEASURES = pytest.mark.parametrize("measure", [pairwise, bcubed])


def test_an_example_by_hand() -> None:
    gold = dict(zip("abcde", "XXXYY", strict=True))
    found = dict(zip("abcde", "11222", strict=True))
    # pairs: found ab, cd, ce, de; right ab, ac, bc, de; both ab, de
    assert pairwise(gold, found) == Measure(2 / 4, 2 / 4)
    assert pairwise(gold, found).f1 == 0.5
    assert bcubed(gold, found).precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert bcubed(gold, found).recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


@MEASURES
@given(LABELS)
def test_a_clustering_is_like_itself_whatever_its_labels(measure, gold) -> None:  # type: ignore[no-untyped-def]
    assert measure(gold, {k: f"other {v}" for k, v in gold.items()}) == Measure(1, 1)


@MEASURES
@given(BOTH)
def test_precision_one_way_is_recall_the_other_way(measure, both) -> None:  # type: ignore[no-untyped-def]
    gold, found = both
    there, back = measure(gold, found), measure(found, gold)
    assert there.precision == pytest.approx(back.recall)
    assert all(0 <= value <= 1 + 1e-9 for value in (*there, there.f1))


@MEASURES
@given(LABELS)
def test_singletons_join_nothing_wrongly_and_one_heap_misses_nothing(measure, gold) -> None:  # type: ignore[no-untyped-def]
    assert measure(gold, {k: k for k in gold}).precision == 1
    assert measure(gold, dict.fromkeys(gold, 0)).recall == pytest.approx(1)


def test_other_items_are_no_clustering_of_these() -> None:
    with pytest.raises(ValueError, match="same items"):
        pairwise({"a": 1}, {"b": 1})


def test_no_pair_right_and_none_found_is_no_error() -> None:
    assert pairwise({"a": 1, "b": 2}, {"a": 1, "b": 2}) == Measure(1, 1)
    assert Measure(0, 0).f1 == 0


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('{"fact": "f", "acts": ["a", "b"]}', None),
        ('{"fact": "f", "acts": ["a"]}', "b stands in no fact"),
        ('{"fact": "f", "acts": ["a", "a", "b"]}', "two facts"),
        ('{"fact": "f", "acts": ["a", "c", "b"]}', "no act of the gold files"),
        ('{"fact": "f", "acts": ["a"]}\n{"fact": "f", "acts": ["b"]}', "label of its own"),
        ('{"fact": "f", "acts": []}', "at least one act"),
        ('{"fact": "f", "act": ["a", "b"]}', "clusters.jsonl:1"),
        ("fact f", "no JSON"),
    ],
)
def test_a_file_of_clusters_is_whole_or_refused(
    tmp_path: Path, lines: str, message: str | None
) -> None:
    path = tmp_path / FILE
    path.write_text(lines, encoding="utf-8")
    if message is None:
        assert read_clusters(path, "ab") == {"a": "f", "b": "f"}
        return
    with pytest.raises(FoedusError) as error:
        read_clusters(path, "ab")
    assert message in str(error.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="cannot be read"):
        read_clusters(tmp_path / FILE, ())


@pytest.mark.parametrize(
    ("name", "reports"), [("samples", ROOT / "samples"), ("dev", GOLD / "dev")]
)
def test_the_sets_are_whole_and_their_triggers_lie_in_their_sentences(
    name: str, reports: Path
) -> None:
    found = load_set(name, GOLD / name, GOLD / name, reports, load_world())
    texts = {r.label: r.text for r in found.reports}
    assert len(found.acts) == len(found.facts) > len(set(found.facts.values()))
    for row in found.acts.values():
        (start, end), (first, last) = row["trigger"], row["span"]
        assert first <= start < end <= last <= len(texts[row["report"]])
        assert "\n" not in texts[row["report"]][first:last]


def test_clusters_of_reports_that_lie_elsewhere_hold_no_text() -> None:
    for line in (GOLD / "reports" / FILE).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert set(row) == {"fact", "acts"}
        assert all(len(act.split(":")) == 3 for act in row["acts"])
