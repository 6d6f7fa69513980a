"""Headlines and names from the reports' own characters."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from foedus.brief.files import write_atomically
from foedus.brief.names import credited, headline
from foedus.brief.words import Words
from foedus.report.records import Credit, Report


def report(text: str, *credits_: Credit, title: tuple[int, int] | None = None) -> Report:
    return Report(
        hash="ab", label="note", path="note.txt", text=text, encoding="utf-8", language="fr",
        body=((0, len(text)),), title=title, credits=credits_,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Le conseil se réunit. Il siégera tard.", "Le conseil se réunit."),
        ("« Nous tiendrons ! » Il l’a répété.", "« Nous tiendrons ! »"),
        ("mot " * 40, "mot " * 21 + "mot…"),
        ("   \n", "note"),
    ],
)
def test_a_report_without_a_title_is_called_by_its_first_sentence(text: str, shown: str) -> None:
    assert headline(report(text)) == shown


def test_a_title_is_taken_as_it_is() -> None:
    assert headline(report("Un titre\nLe texte.", title=(0, 8))) == "Un titre"


def test_an_unknown_outlet_is_called_as_it_calls_itself() -> None:
    text = "L’ÉCHO DE MARLIEUX\nL’Écho de Marlieux\n© Gazette du Val, tous droits"
    found = credited(
        [
            report(
                text,
                Credit(kind="outlet", name="l-echo-de-marlieux", span=(0, 18)),
                Credit(kind="outlet", name="l-echo-de-marlieux", span=(19, 37)),
                Credit(kind="outlet", name="gazette-du-val", span=(38, len(text))),
            )
        ]
    )
    assert found == {"l-echo-de-marlieux": "L’Écho de Marlieux"}
    words = Words("fr").naming(found)
    assert words.entity("l-echo-de-marlieux") == "L’Écho de Marlieux"
    assert words.entity("gazette-du-val") == "Gazette Du Val"
    assert Words("fr").entity("l-echo-de-marlieux") == "L Echo De Marlieux"


def test_a_full_disk_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    path = tmp_path / "brief.json"
    with pytest.raises(OSError, match="No space left") as caught:
        write_atomically(path, "{}")
    assert caught.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []
