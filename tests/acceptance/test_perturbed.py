"""Copies of the five reports with other words in them: the findings must follow.

This is what shows that nothing is tied to the five texts.
"""

from __future__ import annotations

import os

import pytest

from tests.acceptance import findings_limits, findings_sources  # noqa: F401  (they register)
from tests.acceptance.conftest import Run
from tests.acceptance.findings import RECORDS, WHOLE
from tests.acceptance.outcome import Outcome
from tests.acceptance.perturb import VARIANTS, Change, drawn, perturb, substitute
from tests.acceptance.scenario import Scenario

SEEDS = range(40 if os.environ.get("FOEDUS_FULL") else 4)


def not_following(expected: Scenario, found: Outcome) -> list[str]:
    """Return the findings that do not hold, each with its sentence."""
    failed = []
    for finding in (*RECORDS, *WHOLE):
        try:
            finding(expected, found)
        except AssertionError as error:
            failed.append(f"{finding.__name__}: {str(error).splitlines()[0] if str(error) else ''}")
    return failed


def follow(expected: Scenario, found: Outcome) -> None:
    """Fail with all that does not follow, not only the first of it."""
    failed = not_following(expected, found)
    if failed:
        pytest.fail(f"{len(failed)} findings do not follow:\n" + "\n".join(failed), pytrace=False)


@pytest.mark.parametrize("name", list(VARIANTS))
def test_findings_follow(name: str, texts: dict[str, str], run: Run) -> None:
    expected, copies = perturb(texts, name, VARIANTS[name])
    follow(expected, run(name, copies))


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_follow_what_is_drawn(seed: int, texts: dict[str, str], run: Run) -> None:
    expected, copies = perturb(texts, f"seed {seed}", drawn(seed))
    follow(expected, run(f"seed {seed}", copies))


@pytest.mark.parametrize("seed", range(40))
def test_every_draw_can_be_made(seed: int, texts: dict[str, str]) -> None:
    """Each replacement finds its words, whatever was replaced before it."""
    expected, copies = perturb(texts, f"seed {seed}", drawn(seed))
    assert copies != texts
    assert expected != Scenario()
    assert perturb(texts, f"seed {seed}", drawn(seed)) == (expected, copies)


@pytest.mark.parametrize("name", list(VARIANTS))
def test_every_variant_can_be_made(name: str, texts: dict[str, str]) -> None:
    expected, copies = perturb(texts, name, VARIANTS[name])
    assert copies != texts
    assert expected.name == name


def test_words_that_do_not_occur_are_an_error() -> None:
    change = Change((("a", "chat", "chien"),))
    with pytest.raises(ValueError, match="does not hold 'chat'"):
        perturb({"a": "un loup"}, "x", (change,))


def test_replacing_ignores_how_apostrophes_and_spaces_are_written() -> None:
    assert substitute("l’été à\u00a0Rome, l'été", "l'été", "l’hiver") == (
        "l’hiver à\u00a0Rome, l’hiver",
        2,
    )
    assert substitute("à\u00a0Rome", "à Rome", "à Oslo") == ("à Oslo", 1)
