"""A file and a database hold the same, say the same, and become one another."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

import foedus
from foedus.errors import FoedusError
from foedus.ledger import copy_ledger, schema
from foedus.ledger.out import FORMS
from foedus.ledger.store import open_store
from tests.ledger.builders import act, coded, report
from tests.ledger.conftest import Opener, Places, opener
from tests.ledger.judged_crisis import ASKS, CRISIS, act_id, ana, boris
from tests.ledger.out.conftest import fill

WORDS = (
    "zèbre",
    "Zebra",
    "été",
    "Ete",
    "ﬀ",
    "a-b",
    "ab",
    "a b",
    "\U0001f600",
    "\ufffd",
    "ß",
    "ss",
    "İ",
)
"""Orders of languages put these otherwise than their bytes do."""


def written(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def everything(open_: Opener, folder: Path) -> dict[str, bytes]:
    """Fill a ledger with all that it can hold, in two sessions, and write it out in every form."""
    with open_(copies=[("matin", "soir")]) as ledger:
        fill(ledger)
        ledger.add(CRISIS)
        ledger.add(
            [
                coded(report(word, "2022-02-25", outlet=word, text=f"{word}\0 dit."),
                      act("REQUEST", actors=(word, "POL"), cues="article-4"))
                for word in WORDS
            ]
        )  # fmt: skip
        ana(ledger, "reject", act_id(CRISIS[2]))
        boris(ledger, "grade", "matin", value="B2")
    with open_(copies=[("matin", "soir")]) as ledger:
        ledger.add(CRISIS[:2])
        gone = boris(ledger, "unsure", act_id(ASKS))
        boris(ledger, "withdraw", gone.id)
        for form in FORMS:
            ledger.export(folder / form, form)
            ledger.export(folder / f"{form}-then", form, known_by=date(2022, 3, 5))
    return written(folder)


def test_exports_of_both_are_the_same_to_the_byte(
    files_here: Places, databases: Places, tmp_path: Path
) -> None:
    of_file = everything(opener(files_here), tmp_path / "file")
    assert len(of_file) > 2 * len(FORMS)
    assert of_file == everything(opener(databases), tmp_path / "database")


def test_a_ledger_goes_to_a_database_and_back(
    files_here: Places, databases: Places, tmp_path: Path
) -> None:
    before = everything(opener(files_here), tmp_path / "before")
    seen: list[tuple[int, int, str]] = []
    counts = copy_ledger(
        files_here("crisis"), databases("team"), progress=lambda *step: seen.append(step)
    )
    assert counts["reports"] == 8 + len(WORDS)
    assert seen[-1][0] == seen[-1][1] == sum(counts.values())
    assert copy_ledger(databases("team"), files_here("back")) == counts
    for name, places in (("team", databases), ("back", files_here)):
        with opener(places)(name, read_only=True) as ledger:
            for form in FORMS:
                ledger.export(tmp_path / name / form, form)
                ledger.export(tmp_path / name / f"{form}-then", form, known_by=date(2022, 3, 5))
        assert written(tmp_path / name) == before


def test_a_copy_never_mixes_two_ledgers(places: Places, opened: Opener) -> None:
    with opened("one") as ledger:
        ledger.add(CRISIS[:1])
    with opened("two") as ledger:
        ledger.add(CRISIS[1:])
    with pytest.raises(FoedusError, match="this ledger is not empty"):
        copy_ledger(places("one"), places("two"))
    with pytest.raises(FoedusError, match="onto itself"):
        copy_ledger(places("one"), places("one"))
    with pytest.raises(FoedusError, match="no ledger here"):
        copy_ledger(places("none"), places("three"))
    with opened("two", read_only=True) as ledger:
        assert len(ledger.reports()) == len(CRISIS) - 1


def test_answers_in_python_are_the_same(files_here: Places, databases: Places) -> None:
    forms = {"arrow": "pyarrow", "polars": "polars", "pandas": "pandas"}
    libraries = [form for form, library in forms.items() if find_spec(library)]
    answers: list[list[object]] = []
    for places in (files_here, databases):
        with opener(places)(copies=[("matin", "soir")]) as ledger:
            fill(ledger)
        with foedus.open(places("crisis")) as crisis:
            facts = crisis.facts(known_by=date(2022, 3, 5), parties=["UKR"])
            tables = [list(crisis.table(name)) for name in ("acts", "statements", "reports")]
            frames = [repr(getattr(facts, f"to_{name}")()) for name in libraries]
            answers.append([list(facts), *tables, *frames])
    assert answers[0] == answers[1]
    assert len(facts) == 1


def test_nothing_there_is_told_and_nothing_made(places: Places) -> None:
    for options in ({"read_only": True}, {"create": False}):
        for _ in range(2):
            with pytest.raises(FoedusError, match="there is no ledger here"):
                open_store(places("none"), **options)
    open_store(places("none")).close()
    open_store(places("none"), read_only=True).close()


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("99", "newer than this foedus"),
        ("0", "cannot bring up"),
        ("x", "does not tell its version"),
    ],
)
def test_another_version_is_told(places: Places, version: str, message: str) -> None:
    store = open_store(places("crisis"))
    with store.transaction():
        store.delete("meta", "key", ["schema"])
        store.insert("meta", [("schema", version)])
    store.close()
    for read_only in (True, False):
        with pytest.raises(FoedusError, match=message):
            open_store(places("crisis"), read_only=read_only)


def test_an_older_ledger_is_brought_up_once_opened_for_writing(
    places: Places, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first version on, through every migration that there is."""
    first = tuple(s for s in schema.CREATE if not any(f" {t} (" in s for t in _made_later()))
    with monkeypatch.context() as then:
        then.setattr("foedus.ledger.store.base.CREATE", first)
        then.setattr("foedus.ledger.store.base.VERSION", 1)
        open_store(places("crisis")).close()
    with pytest.raises(FoedusError, match="older version 1"):
        open_store(places("crisis"), read_only=True)
    with opened() as ledger:
        ledger.add([ASKS])
        ana(ledger, "confirm", act_id(ASKS))
    store = open_store(places("crisis"), read_only=True)
    assert store.rows("meta", "value", "key") == [(str(schema.VERSION),)]
    store.close()


def _made_later() -> set[str]:
    """Return the tables that migrations make."""
    steps = [step for steps in schema.MIGRATIONS.values() for step in steps]
    return {step.split()[2] for step in steps if step.startswith("CREATE TABLE")}


def test_a_step_is_kept_whole_or_not_at_all(places: Places) -> None:
    store = open_store(places("crisis"))

    def broken() -> None:
        with store.transaction():
            store.insert("calendar", [("a", 1, "{}")])
            with store.transaction():
                store.insert("calendar", [("b", 2, "{}")])
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert store.rows("calendar", "*", "file") == []
    with store.transaction(), store.transaction():
        store.insert("calendar", [("a", n, "{}") for n in range(5)])
        assert store.rows("calendar", "count(*)", "1") == [(5,)]
    assert [len(b) for b in store.batches("calendar", "line", "line", 2)] == [2, 2, 1]
    store.close()
