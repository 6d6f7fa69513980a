"""Many reports at a time: the same result for any number of workers, and errors of one line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from foedus.acts import encode_record
from foedus.brief import work
from foedus.brief.work import Aside, code_files, workers_for
from foedus.errors import FoedusError
from foedus.pool import safely, unwrapped
from foedus.report import Failure, LeftOut, list_tasks

TEXTS = {
    "a": "L'Otan a annoncé lundi l'envoi de 40 soldats en Lettonie.\n",
    "b": "Faites revenir les oignons dans le beurre, puis ajoutez les carottes coupées.\n",
    "c": "« Nous n'enverrons pas de troupes en Ukraine », a déclaré Jens Stoltenberg.\n",
    "d": "",
    "e": "La Pologne livrera des chars à l'Ukraine, a indiqué son ministre de la Défense.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def _lines(folder: Path, workers: int) -> tuple[list[str], list[tuple[int, int, str]]]:
    lines: list[str] = []
    told: list[tuple[int, int, str]] = []
    items = code_files(
        [folder], topic="nato", workers=workers, progress=lambda *step: told.append(step)
    )
    for item in items:
        if isinstance(item, (Failure, LeftOut)):
            lines.append(repr(item))
        else:
            lines += [item[0].label, *(encode_record(record) for record in item[1])]
    return lines, told


def test_any_number_of_workers_gives_the_same(folder: Path) -> None:
    alone, progress = _lines(folder, 1)
    assert len(alone) > len(TEXTS)
    assert progress == [(n, 5, name) for n, name in enumerate("abcde", 1)]
    assert _lines(folder, 2) == (alone, progress)


@pytest.mark.parametrize(
    ("reports", "asked", "cores", "expected"),
    [
        (3, None, 8, 1), (250, None, 8, 2), (100_000, None, 4, 4), (100_000, None, 64, 8),
        (3, 16, 8, 3), (100, 16, 2, 16), (0, 4, 4, 1), (100_000, 1, 64, 1),
    ],
)  # fmt: skip
def test_how_many_workers(
    monkeypatch: pytest.MonkeyPatch, reports: int, asked: int | None, cores: int, expected: int
) -> None:
    monkeypatch.setattr(work, "cores", lambda: cores)
    assert workers_for(reports, asked) == expected


def test_a_wrong_alliance_in_a_worker_is_one_sentence(folder: Path) -> None:
    tasks, _ = list_tasks([folder])
    failed = safely(
        partial(work._work, work._Job(alliance="nowhere", topic=None)), work._labels, tasks
    )
    with pytest.raises(FoedusError, match="nowhere: no alliance is declared here"):
        unwrapped(failed)


def test_the_first_reports_left_out_are_named() -> None:
    aside = Aside()
    assert aside.line("nato") == "0 reports left out, not about nato"
    for n in range(12):
        aside.add(LeftOut(path=f"{n}.txt", label=str(n)))
    assert aside.line("nato") == (
        "12 reports left out, not about nato: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …"
    )
