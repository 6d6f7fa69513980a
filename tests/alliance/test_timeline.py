"""The settled status against a plain evaluator that tries every day and every possibility."""

from __future__ import annotations

from datetime import date
from itertools import product

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from foedus.acts import DateRange
from foedus.alliance import load_alliance
from foedus.alliance.findings import Certainty, Finding
from foedus.alliance.records import StatusWord
from foedus.alliance.timeline import settle
from tests.alliance.builders import days_after

START = date(2022, 2, 20)
WORDS: list[StatusWord] = ["engaged", "not_engaged", "ruled_out"]
CERTAINTIES: list[Certainty] = ["certain", "certain", "cannot_tell", "disputed"]
FORCE = load_alliance("nato").mechanism("response-force")


@st.composite
def findings(draw: st.DrawFn) -> list[Finding]:
    made = []
    for n in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, 4))
        length = draw(st.integers(0, 2))
        when = DateRange(days_after(START, first), days_after(START, first + length), "range")
        word = draw(st.sampled_from(WORDS))
        certainty = draw(st.sampled_from(CERTAINTIES))
        made.append(
            Finding(
                rule="r", effect="initiates", stage="activated", word=word,
                fact=f"f{n}", certainty=certainty, when=when,
            )
        )  # fmt: skip
    return made


def plainly(found: list[Finding], initial: str) -> str:
    """Try every day that each finding may have, and each doubtful one as true and as false."""
    outcomes: set[str] = set()
    choices = []
    for f in found:
        assert f.when is not None
        days = [days_after(f.when.start, n) for n in range(f.when.days)]
        choices.append([*days, *([] if f.certainty == "certain" else [None])])
    for chosen in product(*choices):
        dated = [(d, f.word) for d, f in zip(chosen, found, strict=True) if d is not None]
        last = max((d for d, _ in dated), default=None)
        outcomes |= {str(w) for d, w in dated if d == last} or {initial}
    return outcomes.pop() if len(outcomes) == 1 else "unknown"


@given(found=findings())
def test_the_status_is_what_every_possibility_agrees_on(found: list[Finding]) -> None:
    assert settle(FORCE, found).word == plainly(found, "not_engaged")


@given(found=findings())
def test_without_an_initial_state_nothing_known_is_unknown(found: list[Finding]) -> None:
    open_ended = msgspec.structs.replace(FORCE, initial="none")
    assert settle(open_ended, found).word == plainly(found, "unknown")


@given(found=findings())
def test_what_carries_a_status_is_certain_and_brings_it_about(found: list[Finding]) -> None:
    settled = settle(FORCE, found)
    assert all(f.certainty == "certain" and f.word == settled.word for f in settled.carry)
    assert bool(settled.open) or settled.word != "unknown"
