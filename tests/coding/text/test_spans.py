"""Which of many passages hold a given one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.text.spans import SpanIndex, within

SPANS = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1]))


def test_the_nearest_start_comes_first() -> None:
    index = SpanIndex([((0, 100), "report"), ((10, 30), "sentence"), ((40, 60), "other")])
    assert index.holding((12, 20)) == ["sentence", "report"]
    assert index.holding((35, 45)) == ["report"]
    assert not index.holds((90, 101))


@given(st.lists(SPANS, max_size=12), SPANS)
def test_as_if_each_were_asked(spans: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    index = SpanIndex((span, number) for number, span in enumerate(spans))
    expected = {number for number, span in enumerate(spans) if within(asked, span)}
    assert set(index.holding(asked)) == expected
