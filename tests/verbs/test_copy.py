"""``foedus ledger copy``, and verbs that are given a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app
from foedus.ledger import Ledger
from tests.ledger.builders import SmallWorld, finder
from tests.ledger.out.conftest import fill
from tests.postgresql import PASSWORD, Server


@pytest.fixture
def verb() -> Callable[..., Result]:
    return lambda *args: CliRunner().invoke(app, list(map(str, args)))


@pytest.fixture
def crisis_path(tmp_path: Path) -> Path:
    path = tmp_path / "crisis.duckdb"
    with Ledger.open(path, world=SmallWorld(), find_copies=finder([("matin", "soir")])) as ledger:
        fill(ledger)
    return path


def test_verbs_say_the_same_of_a_file_and_of_its_copies(
    verb: Callable[..., Result], crisis_path: Path, server: Server, tmp_path: Path
) -> None:
    database, back = server.ledger("copied"), tmp_path / "back.duckdb"
    for source, target in ((crisis_path, database), (database, back)):
        result = verb("ledger", "copy", source, target)
        assert result.exit_code == 0, result.stderr
        assert result.stdout.splitlines()[0] == "reports: 4"
        assert PASSWORD not in result.output
    for asked in (["status"], ["why", "partner-support"], ["ledger", "facts", "--format", "csv"],
                  ["ledger", "disputes"], ["ledger", "sources"],
                  ["ledger", "judge", "list"]):  # fmt: skip
        answers = [verb(*asked, "--ledger", place) for place in (crisis_path, database, back)]
        assert {(a.exit_code, a.output) for a in answers} == {(0, answers[0].output)}


def test_a_copy_needs_an_empty_place(
    verb: Callable[..., Result], crisis_path: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "twin.duckdb"
    assert verb("ledger", "copy", crisis_path, twin).exit_code == 0
    again = verb("ledger", "copy", crisis_path, twin)
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr == (
        f"foedus: {twin}: this ledger is not empty "
        "(copy into a new file, or into a database without a ledger)\n"
    )
    assert verb("ledger", "copy", tmp_path / "none", tmp_path / "new").exit_code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "url", ["postgresql://ana:geheim@127.0.0.1:1/x", "mysql://ana:geheim@127.0.0.1:1/x"]
)
def test_a_password_shows_in_no_error(
    verb: Callable[..., Result], url: str, crisis_path: Path
) -> None:
    for asked in (["status"], ["ledger", "facts"], ["ledger", "judge", "list"],
                  ["ledger", "judge", "confirm", "f-1", "--by", "A", "--why", "B"],
                  ["ledger", "export", "-o", "x"], ["brief", "x", "-o", str(crisis_path.parent)]):  # fmt: skip
        result = verb(*asked, "--ledger", url)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"foedus: {url.partition(':')[0]}://")
        assert "geheim" not in result.output
        assert len(result.stderr.splitlines()) == 1
    assert verb("ledger", "copy", url, crisis_path).exit_code == 2


def test_a_driver_that_is_missing_is_told(
    verb: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for name in ("psycopg", "foedus.ledger.store.postgres"):
        monkeypatch.setitem(sys.modules, name, None)
    result = verb("status", "--ledger", "postgresql://ana@127.0.0.1:1/x")
    assert result.exit_code == 2
    assert (
        "the driver for PostgreSQL is not installed (pip install 'psycopg[binary]')"
        in result.stderr
    )
