"""Failures of the file: told in one line, nothing lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from foedus.acts import Record
from foedus.errors import FoedusError
from foedus.ledger import Ledger, schema
from foedus.ledger.store import open_store
from foedus.ledger.store.duck import DuckStore
from foedus.report.records import Report
from tests.ledger.builders import act, coded, report
from tests.ledger.conftest import Opener, drop_derived

ONE = coded(report("one", "2022-02-25"), act("REQUEST", actors="EST", cues="article-4"))
TWO = coded(report("two", "2022-02-26"), act("REQUEST", actors="POL", cues="article-4"))


@pytest.fixture
def opened(opened_file: Opener) -> Opener:
    """What is here is of files."""
    return opened_file


def elsewhere(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in another process."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60
    )  # fmt: skip


OPEN = """
import sys
from foedus.errors import FoedusError
from foedus.ledger.store import open_store
try:
    open_store(sys.argv[1], read_only=sys.argv[2] == "r").close()
    print("opened")
except FoedusError as error:
    print(error)
"""


def test_a_second_writer_is_told_to_wait(opened: Opener, tmp_path: Path) -> None:
    with opened() as ledger:
        ledger.add([ONE])
        answer = elsewhere(OPEN, str(tmp_path / "crisis.duckdb"), "w").stdout
    assert "crisis.duckdb: the ledger is in use by another program (wait" in answer


def test_many_may_read_at_once(opened: Opener, tmp_path: Path) -> None:
    with opened() as ledger:
        ledger.add([ONE])
    with opened(read_only=True) as ledger:
        assert elsewhere(OPEN, str(tmp_path / "crisis.duckdb"), "r").stdout == "opened\n"
        with pytest.raises(FoedusError, match="reading only"):
            ledger.add([TWO])


def test_a_file_cut_short_is_told(opened: Opener, tmp_path: Path) -> None:
    with opened() as ledger:
        ledger.add([ONE])
    path = tmp_path / "crisis.duckdb"
    whole = path.read_bytes()
    for size in (1, 100, 5000, len(whole) // 2, len(whole) - 1000):
        path.write_bytes(whole[:size])
        with pytest.raises(FoedusError, match=r"crisis\.duckdb: this is no ledger, or it was cut"):
            open_store(path)


def test_a_text_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("Ceci n'est pas une base." * 1000)
    with pytest.raises(FoedusError, match="no ledger"):
        open_store(path)


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE accounts (n INTEGER)")
    with pytest.raises(FoedusError, match="is a DuckDB file but no ledger"):
        open_store(path)


@pytest.mark.parametrize(
    ("version", "message"),
    [
        ("99", "newer than this foedus"),
        ("0", "cannot bring up"),
        ("x", "does not tell its version"),
    ],
)
def test_another_version_is_told(
    opened: Opener, tmp_path: Path, version: str, message: str
) -> None:
    opened().close()
    path = tmp_path / "crisis.duckdb"
    with duckdb.connect(str(path)) as raw:
        raw.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [version])
    with pytest.raises(FoedusError, match=message):
        open_store(path)


def test_an_older_file_is_brought_up_once_opened_for_writing(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as ledger:
        ledger.add([ONE])
    path = tmp_path / "crisis.duckdb"
    with duckdb.connect(str(path)) as raw:
        raw.execute("UPDATE meta SET value = '0' WHERE key = 'schema'")
        raw.execute("ALTER TABLE reports RENAME COLUMN outlet TO publisher")
        raw.execute("DROP TABLE judgements")
        for table in ("judged", "entries", "enterings"):
            raw.execute(f"DROP TABLE {table}")
        drop_derived(raw)
    monkeypatch.setitem(
        schema.MIGRATIONS, 0, ("ALTER TABLE reports RENAME COLUMN publisher TO outlet",)
    )
    with pytest.raises(FoedusError, match="older version"):
        open_store(path, read_only=True)
    with opened() as ledger:
        assert [r.label for r in ledger.reports()] == ["one"]
        ledger.add([TWO])


def test_no_ledger_to_read(tmp_path: Path) -> None:
    with pytest.raises(FoedusError, match="there is no ledger here"):
        open_store(tmp_path / "none.duckdb", read_only=True)
    with pytest.raises(FoedusError, match="no ledger here"):
        open_store(tmp_path / "no" / "folder.duckdb")
    with pytest.raises(FoedusError, match="folder"):
        open_store(tmp_path)


def test_a_file_that_may_not_be_written(opened: Opener, tmp_path: Path) -> None:
    opened().close()
    path = tmp_path / "crisis.duckdb"
    path.chmod(0o000)
    try:
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
        with pytest.raises(FoedusError, match="no permission"):
            open_store(path)
    finally:
        path.chmod(0o600)


def test_a_batch_that_fails_leaves_what_was_there(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened() as ledger:
        ledger.add([ONE])
        insert = DuckStore.insert

        def full(self: DuckStore, table: str, rows: Sequence[tuple[object, ...]]) -> None:
            if table == "acts":
                raise duckdb.IOException("IO Error: Could not write file: No space left on device")
            insert(self, table, rows)

        with monkeypatch.context() as patch:
            patch.setattr(DuckStore, "insert", full)
            with pytest.raises(FoedusError, match=r"the disk is full; nothing of this batch"):
                ledger.add([TWO])
        assert [r.label for r in ledger.reports()] == ["one"]
        ledger.add([TWO])
        assert len(ledger.acts()) == 2


def test_a_batch_cut_off_in_the_reading_leaves_what_was_there(opened: Opener) -> None:
    def reports() -> Iterator[tuple[Report, Sequence[Record]]]:
        yield TWO
        raise KeyboardInterrupt

    with opened() as ledger:
        ledger.add([ONE])
        with pytest.raises(KeyboardInterrupt):
            ledger.add(reports())
        assert [r.label for r in ledger.reports()] == ["one"]


KILLED = """
import os, signal, sys
from foedus.ledger.store import open_store
store = open_store(sys.argv[1])
with store.transaction():
    store.insert("calendar", [("kept.yaml", 1, "{}")])
try:
    with store.transaction():
        store.insert("calendar", [("half.yaml", n, "{}") for n in range(1000)])
        os.kill(os.getpid(), signal.SIGKILL)
finally:
    pass
"""


def test_a_kill_in_the_middle_of_a_batch_leaves_the_file_whole(
    opened: Opener, tmp_path: Path
) -> None:
    with opened() as ledger:
        ledger.add([ONE])
    path = tmp_path / "crisis.duckdb"
    assert elsewhere(KILLED, str(path)).returncode == -signal.SIGKILL
    store = open_store(path)
    assert store.rows("calendar", "file", "file") == [("kept.yaml",)]
    assert len(store.rows("reports", "hash", "hash")) == 1
    store.close()


def test_hostile_text_is_only_text(opened: Opener) -> None:
    text = "'); DROP TABLE reports; -- \u0000 \u202e </script> \U0001f600 {{ x }}"
    story = coded(
        report("'; DROP TABLE acts;--", "2022-02-25", text=text, outlet="x' OR '1'='1"),
        act("REQUEST", actors=("'); DELETE FROM acts; --",), cues="article-4"),
    )
    with opened() as ledger:
        ledger.add([story])
        assert ledger.reports()[0].text == text
        assert ledger.acts()[0].actors == ("'); DELETE FROM acts; --",)


def test_open_says_where(tmp_path: Path) -> None:
    with pytest.raises(FoedusError) as caught:
        Ledger.open(tmp_path / "a\nb" / "x.duckdb")
    assert "\n" not in str(caught.value)
