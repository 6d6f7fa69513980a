"""What a time expression means on each day: the columns say the same as asking day by day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from hypothesis import example, given
from hypothesis import strategies as st

from foedus.acts import TimeExpression
from foedus.ledger.dating.meaning import meant_on
from foedus.ledger.dating.timing import Anchored, on_day

_VALUES = st.sampled_from([
    None, "XXXX-WXX", "XXXX-WXX-WE", "XXXX-XX", "XXXX", "XXXX-02-29", "2022-03", "2022-02-24", "2022",
    *(f"XXXX-WXX-{n}" for n in range(1, 8)), *(f"XXXX-{n:02}" for n in range(1, 13)),
    *(f"XXXX-{m:02}-{d:02}" for m in range(1, 13) for d in (1, 15, 28, 30)),
])  # fmt: skip
_Modifier = Literal["start", "mid", "end", "since", "until"]
_NAMED: tuple[_Modifier, ...] = ("start", "mid", "end", "since", "until")
_MODIFIERS = st.one_of(st.none(), st.sampled_from(_NAMED))


@st.composite
def expressions(draw: st.DrawFn) -> TimeExpression:
    """Draw a time expression, also one that no text would have."""
    value = draw(_VALUES)
    offset = draw(st.one_of(st.none() if value else st.nothing(), st.integers(-30, 30)))
    return TimeExpression(
        span=(0, 0), value=value, offset=offset,
        shift=draw(st.sampled_from([0, 0, 1, -1, 3])),
        direction=draw(st.sampled_from(["any", "past", "future"])), modifier=draw(_MODIFIERS),
    )  # fmt: skip


@given(
    st.builds(Anchored, expressions(), st.one_of(st.none(), expressions())),
    st.dates(), st.integers(0, 500),
)  # fmt: skip
@example(Anchored(TimeExpression(span=(0, 0), value="XXXX-WXX-5")), date.min, 40)
@example(Anchored(TimeExpression(span=(0, 0), value="XXXX-02-29")), date(2023, 2, 1), 500)
@example(Anchored(TimeExpression(span=(0, 0), offset=-1)), date(9999, 12, 30), 40)
def test_columns_say_what_asking_day_by_day_says(what: Anchored, first: date, more: int) -> None:
    start = first.toordinal()
    meant = meant_on(what, start - 3, start + more)
    assert meant.days[0] == max(1, start - 3)
    assert meant.days[-1] == min(start + more, date.max.toordinal())
    for ordinal, low, high in zip(*(column.tolist() for column in meant), strict=True):
        there = on_day(what, date.fromordinal(ordinal))
        if there is None:
            assert low > high
        else:
            assert (low, high) == (there.start.toordinal(), there.end.toordinal())


def test_a_stretch_outside_the_calendar_has_no_days() -> None:
    what = Anchored(TimeExpression(span=(0, 0), offset=0))
    assert len(meant_on(what, -50, -10).days) == 0
