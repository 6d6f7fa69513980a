"""Utterances do not depend on order, batches or workers; the index loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.ledger import Ledger
from foedus.ledger.sayings import Said, Utterance
from foedus.ledger.speech import utterances as module
from foedus.ledger.speech.utterances import group_utterances
from tests.ledger.builders import Coded, SmallWorld, coded, finder, heard, report, said

WORDS = [
    *("nous", "enverrons", "pas", "soldats", "avions", "Ukraine", "Russie", "guerre", "paix"),
    *("alliés", "120", "3 000", "missiles", "frontière", "attaque", "réponse", "unie", "dialogue"),
    *("cesser", "livrer", "armes", "hiver", "jamais", "promesse", "accord"),
]
SPEAKERS = ["jens-stoltenberg", "vladimir-putin", "sergei-lavrov", "RUS", "nato", None]
DAYS = ["2022-02-24", "2022-02-26", "2022-03-20", "2022-02-01/2022-02-28", None]


@st.composite
def sayings(draw: st.DrawFn) -> list[Said]:
    """Statements cut from few sentences, so that many are nearly the same."""
    pool = draw(st.lists(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14), max_size=4))
    found: list[Said] = []
    for n in range(draw(st.integers(0, 12)) if pool else 0):
        words = draw(st.sampled_from(pool))
        first = draw(st.integers(0, len(words) - 1))
        last = draw(st.integers(first + 1, len(words)))
        found.append(
            heard(
                draw(st.sampled_from("abcde")), draw(st.sampled_from(SPEAKERS)),
                " ".join(words[first:last]), draw(st.sampled_from(DAYS)), at=1000 * n,
                language=draw(st.sampled_from(["fr", "fr", "en"])),
            )
        )  # fmt: skip
    return found


def grouped(told: list[Said]) -> tuple[Utterance, ...]:
    return group_utterances(told, world=SmallWorld())


@settings(max_examples=150, deadline=None)
@given(sayings(), st.randoms())
def test_order_and_repetition_are_nothing(told: list[Said], random: Any) -> None:
    shuffled = [*told, *told[: len(told) // 2]]
    random.shuffle(shuffled)
    assert grouped(shuffled) == grouped(told)


@settings(max_examples=150, deadline=None)
@given(sayings())
def test_every_statement_is_in_one_utterance_and_none_says_yes_and_no(told: list[Said]) -> None:
    found = grouped(told)
    ids = [(v.said.citation.source, v.said.statement.id) for u in found for v in u.variants]
    assert sorted(ids) == sorted({(s.citation.source, s.statement.id) for s in told})
    assert len({u.id for u in found}) == len(found)
    for u in found:
        persons = {v.said.statement.speaker for v in u.variants} - {None, "RUS", "nato"}
        assert len(persons) <= 1
        assert 1 <= u.sources <= u.reports
        assert [v.wording for v in u.variants].count("fullest") == 1


@settings(max_examples=150, deadline=None)
@given(sayings())
def test_the_index_finds_what_comparing_all_finds(told: list[Said]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            module._Bench, "_reachable", lambda bench, *_: list(range(len(bench.clusters)))
        )
        everything = grouped(told)
    assert grouped(told) == everything


TEXTS = (
    "« Nous enverrons des avions et des missiles à nos voisins avant cet hiver », a-t-il dit.",
    "Il a promis d'envoyer des avions et des missiles à ses voisins avant cet hiver.",
    "« La paix est rompue sur notre continent par une attaque préparée depuis des mois »",
)


def reports() -> list[Coded]:
    """Three reports of two days; the first two tell of one utterance."""
    return [
        coded(
            report(name, when, text=text),
            msgspec.structs.replace(said(speaker="jens-stoltenberg"), span=(2, len(text) - 14)),
        )
        for name, when, text in zip(
            ("a", "b", "c"), ("2022-02-24", "2022-02-24", "2022-03-24"), TEXTS, strict=True
        )
    ]


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(3)), cuts=st.sets(st.integers(1, 2)))
def test_batches_give_the_same_bytes(
    order: list[int], cuts: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    def exported(batches: list[list[Coded]]) -> bytes:
        folder: Path = tmp_path_factory.mktemp("ledger")
        with Ledger.open(folder / "l.duckdb", world=SmallWorld(), find_copies=finder(())) as ledger:
            for batch in batches:
                ledger.add(batch)
            ledger.export(folder)
        return (folder / "utterances.jsonl").read_bytes()

    all_ = reports()
    ends = [0, *sorted(cuts), 3]
    batches = [[all_[i] for i in order[a:b]] for a, b in pairwise(ends)]
    assert exported(batches) == exported([all_]) == exported([all_, all_])


def test_no_day_known_by_then_no_utterance(opened: Callable[..., Ledger]) -> None:
    with opened() as ledger:
        ledger.add(reports())
        early = ledger.speech(known_by=date(2022, 3, 1)).utterances
        assert {v.said.citation.report for u in early for v in u.variants} == {"a", "b"}
        assert len(ledger.speech(as_of=date(2022, 3, 1)).utterances) < len(
            ledger.speech().utterances
        )
