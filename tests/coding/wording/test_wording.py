"""The wording of French news, type by type: which acts a sentence tells, and which tell none.

The table is ``wording.txt`` beside this file, so that an analyst can read and extend it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from foedus.acts import EVENT_TYPES, Act
from tests.coding.reading import Read

TABLE = Path(__file__).with_name("wording.txt")
EXPECTED = re.compile(r"(\w+)(?: ([^>\[]+?))?(?: > ([^\[]+?))?(?: \[([a-z, ]*)\])?")


class Row(NamedTuple):
    """A sentence and the acts that it tells, as the table writes them."""

    number: int
    expected: tuple[str, ...]
    sentence: str
    known_wrong: bool


def rows() -> list[Row]:
    found = []
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            told, sentence = line.removeprefix("?").split(" | ")
            expected = tuple(t.strip() for t in told.split(";") if t.strip() != "none")
            found.append(Row(number, expected, sentence, line.startswith("?")))
    return found


def cases() -> list[object]:
    return [
        pytest.param(row, marks=pytest.mark.xfail(strict=True) if row.known_wrong else (),
                     id=f"{row.number}-{row.sentence}")
        for row in rows()
    ]  # fmt: skip


def agrees(act: Act, expected: str) -> bool:
    """Whether an act is of the type that the table names, and as far as it does, its parties."""
    match = EXPECTED.fullmatch(expected)
    assert match, f"wording.txt: {expected!r} is not « TYPE actors > recipients [aux] »"
    kind, actors, recipients, aux = match.groups()
    told = [(actors, act.actors), (recipients, act.recipients), (aux, act.aux)]
    return act.type == kind and all(
        want is None or set(re.findall(r"[\w-]*\w", want)) == set(found) for want, found in told
    )


@pytest.mark.parametrize("row", cases())
def test_a_sentence_tells_its_acts(coded: Read, row: Row) -> None:
    found = coded(row.sentence)
    told = [(a.type, a.actors, a.recipients, a.aux, a.rule) for a in found.acts]
    assert len(found.acts) == len(row.expected), told
    left = list(found.acts)
    for expected in row.expected:
        match = next((a for a in left if agrees(a, expected)), None)
        assert match is not None, (expected, told)
        left.remove(match)


def test_every_type_and_the_everyday_senses_are_in_the_table() -> None:
    kinds = {kind for row in rows() for kind in EVENT_TYPES if kind in " ".join(row.expected)}
    assert kinds == set(EVENT_TYPES)
    assert sum(not row.expected for row in rows()) > 50
