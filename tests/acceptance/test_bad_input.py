"""Bad input through the real command: one line each, the rest still processed, the right status."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from foedus.cli import app

Command = Callable[..., Result]

GOOD = """Bruxelles, le 24 février 2022

Les ambassadeurs de l'Otan se sont réunis jeudi matin. L'Alliance a activé ses plans de défense.

« Nous n'enverrons aucun soldat en Ukraine », a déclaré le secrétaire général, Jens Stoltenberg.
"""


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a verb in an empty folder; check what holds of every run."""
    monkeypatch.chdir(tmp_path)

    def invoke(*args: object) -> Result:
        result = CliRunner().invoke(
            app, [os.fspath(a) if isinstance(a, Path) else str(a) for a in args]
        )
        assert result.exit_code in (0, 1, 2), (result.output, result.exception)
        assert "Traceback" not in result.output
        assert all(c.isprintable() for c in result.output.replace("\n", ""))
        return result

    return invoke


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder that holds one good report."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    return folder


def one_line(result: Result, name: str) -> str:
    """Return the single line of standard error; it names the file and what to do."""
    lines = result.stderr.splitlines()
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("foedus: ")
    assert name in lines[0], lines[0]
    assert lines[0].endswith(")"), f"what to do: {lines[0]}"
    return lines[0]


def test_a_good_report(command: Command, reports: Path) -> None:
    result = command("brief", reports, "-o", "out")
    assert (result.exit_code, result.stderr) == (0, "")
    for name in ("brief.html", "brief.json", "acts.jsonl", "foedus.duckdb"):
        assert Path("out", name).stat().st_size > 0
    assert "1 read, 0 failed" in result.stdout


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 40)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def no_encoding(path: Path) -> None:
    path.write_bytes(b"\x81\x8d\x8f\x90\x9d\xff\xfe\xc3" * 60 + b"L'Alliance \x81\x8d")


def empty(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.symlink_to(path.with_name("deleted"))


def itself(path: Path) -> None:
    path.symlink_to(path.name)


def loop(path: Path) -> None:
    path.symlink_to(path.parent, target_is_directory=True)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" * 20)


BAD = [binary, huge, no_encoding, empty, gone, itself, loop, pipe, pdf]


@pytest.mark.parametrize("bad", BAD)
def test_the_rest_is_still_processed(command: Command, reports: Path, bad: Any) -> None:
    bad(reports / "bad.txt")
    result = command("brief", reports, "-o", "out")
    assert result.exit_code == 1
    one_line(result, "bad.txt")
    assert "1 read, 1 failed" in result.stdout
    assert "good" in Path("out/brief.json").read_text(encoding="utf-8")


def test_code_reads_on_too(command: Command, reports: Path) -> None:
    binary(reports / "bad.txt")
    result = command("code", reports)
    assert result.exit_code == 1
    one_line(result, "bad.txt")
    assert all(line.startswith("{") for line in result.stdout.splitlines())
    assert "defence-plans" in result.stdout


def test_an_empty_folder(command: Command, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    result = command("brief", tmp_path / "nothing", "-o", "out")
    assert result.exit_code == 2
    one_line(result, "nothing")
    assert not Path("out/brief.html").exists()


def test_no_such_path(command: Command, reports: Path) -> None:
    result = command("brief", reports, "missing.txt", "-o", "out")
    assert result.exit_code == 1
    one_line(result, "missing.txt")
    assert Path("out/brief.html").exists()


def test_only_bad_reports(command: Command, reports: Path) -> None:
    (reports / "good.txt").unlink()
    binary(reports / "bad.txt")
    result = command("brief", reports, "-o", "out")
    assert result.exit_code in (1, 2)
    assert any("bad.txt" in line for line in result.stderr.splitlines())


def test_a_file_deleted_meanwhile(reports: Path) -> None:
    from foedus.report import read
    from foedus.report.records import Failure
    from foedus.world import load_world

    (reports / "a.txt").write_text(GOOD, encoding="utf-8")
    going = read([reports], world=load_world())
    first = next(going)
    assert not isinstance(first, Failure)
    (reports / "good.txt").unlink()
    (second,) = list(going)
    assert isinstance(second, Failure)
    assert "good.txt" in second.message


HOSTILE = [
    "-o.txt",
    "--help.txt",
    "two\nlines.txt",
    "\x1b[31mred\x1b]0;title\x07.txt",
    "<script>alert(1)</script>.txt",
    "{{ 7*7 }}.txt",
    "'; DROP TABLE reports; --.txt",
    "\u202egnp.txt",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names(command: Command, reports: Path, name: str) -> None:
    (reports / "good.txt").rename(reports / name.replace("/", "∕"))
    result = command("brief", "-o", "out", "--", reports)
    assert (result.exit_code, result.stderr) == (0, "")
    page = Path("out/brief.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "\x1b" not in page


def test_a_name_that_starts_with_a_dash(command: Command, reports: Path) -> None:
    Path("-x.txt").write_text(GOOD, encoding="utf-8")
    assert command("brief", "-o", "out", "--", "-x.txt").exit_code == 0
    assert command("brief", "-x.txt", "-o", "out2").exit_code == 2


def test_a_name_that_is_no_text(command: Command, reports: Path) -> None:
    try:
        os.rename(os.fsencode(reports / "good.txt"), os.fsencode(reports) + b"/\xff\xfe.txt")  # noqa: PTH104
    except OSError:
        pytest.skip("this file system takes only names that are text")
    result = command("brief", reports, "-o", "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert command("code", reports).exit_code == 0


# --- where the brief goes


def test_out_is_a_file(command: Command, reports: Path) -> None:
    Path("out").write_text("mine")
    result = command("brief", reports, "-o", "out")
    assert result.exit_code in (1, 2)
    one_line(result, "out")
    assert Path("out").read_text() == "mine"


def test_out_cannot_be_made(command: Command, reports: Path) -> None:
    result = command("brief", reports, "-o", "/proc/self/out")
    assert result.exit_code in (1, 2)
    one_line(result, "/proc/self/out")


def test_a_full_disk(command: Command, reports: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last step of writing fails: one line, and nothing half written."""

    def full(source: Any, target: Any, **_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), os.fspath(target))

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(Path, "replace", full)
    result = command("brief", reports, "-o", "out")
    assert result.exit_code == 1
    assert "No space left" in one_line(result, "out")
    assert not [p for p in Path("out").iterdir() if p.suffix in (".html", ".json", ".jsonl")]


def small_disk(where: Path) -> None:
    """Mount a disk of 64 kB, or skip."""
    where.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(where)]
    try:
        done = subprocess.run(options, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip("a small disk can only be mounted by the superuser")


def test_a_disk_that_is_really_full(command: Command, reports: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    small_disk(disk)
    try:
        result = command("brief", reports, "-o", disk / "out")
        assert result.exit_code == 1, result.output
        one_line(result, "out")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


# --- what is said of reports by hand


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense\n1\n",
        "report,date,outlet,url\ngood,someday,,\n",
        "report,date,outlet,url\nnobody,2022-02-24,,\n",
        "report,date,colour\ngood,2022-02-24,red\n",
        'report,date\n"good,2022-02-24\n',
        "report,date\ngood,2022-02-24\x00\n",
    ],
)
def test_a_broken_table_of_dates(command: Command, reports: Path, text: str) -> None:
    Path("dates.csv").write_text(text)
    result = command("brief", reports, "-o", "out", "--dated", "dates.csv")
    assert result.exit_code == 2
    assert "dates.csv" in one_line(result, "dates.csv")
    assert not Path("out/brief.html").exists()


def test_a_table_of_dates_that_is_not_there(command: Command, reports: Path) -> None:
    result = command("brief", reports, "-o", "out", "--dated", "dates.csv")
    assert result.exit_code in (1, 2)
    one_line(result, "dates.csv")


# --- questions


@pytest.fixture
def ledger(command: Command, reports: Path) -> Path:
    assert command("brief", reports, "-o", "out").exit_code == 0
    return Path("out/foedus.duckdb")


def test_questions_that_can_be_answered(command: Command, ledger: Path) -> None:
    before = ledger.read_bytes()
    assert command("status", "--ledger", ledger).exit_code == 0
    assert command("why", "defence-plans", "--ledger", ledger).exit_code == 0
    early = command("status", "--ledger", ledger, "--known-by", "1900-01-01", "--format", "json")
    assert early.exit_code == 0
    assert ledger.read_bytes() == before, "asking changes nothing"


@pytest.mark.parametrize("verb", [("status",), ("why", "article-5")])
def test_no_ledger(command: Command, verb: tuple[str, ...]) -> None:
    result = command(*verb)
    assert result.exit_code == 2
    assert "foedus brief" in one_line(result, "foedus.duckdb")
    assert not Path("foedus.duckdb").exists(), "asking makes no ledger"


@pytest.mark.parametrize("content", [b"", b"not a ledger", b"\x00" * 5000])
def test_a_ledger_that_is_none(command: Command, content: bytes) -> None:
    Path("x.duckdb").write_bytes(content)
    result = command("status", "--ledger", "x.duckdb")
    assert result.exit_code in (1, 2)
    one_line(result, "x.duckdb")
    assert Path("x.duckdb").read_bytes() == content


def test_a_truncated_ledger(command: Command, ledger: Path) -> None:
    ledger.write_bytes(ledger.read_bytes()[: ledger.stat().st_size // 3])
    one_line(command("status", "--ledger", ledger), ledger.name)


@pytest.mark.parametrize("asked", ["article5", "artcle-5", "no-troop"])
def test_an_unknown_mechanism(command: Command, ledger: Path, asked: str) -> None:
    result = command("why", asked, "--ledger", ledger)
    assert result.exit_code == 2
    near = "no-troops" if asked.startswith("no") else "article-5"
    assert near in one_line(result, asked)


def test_a_ledger_in_use(command: Command, ledger: Path) -> None:
    code = "import sys, time\nfrom pathlib import Path\nfrom foedus.ledger import Ledger\n"
    code += "with Ledger.open(Path(sys.argv[1])):\n    print('open', flush=True); time.sleep(60)\n"
    other = subprocess.Popen([sys.executable, "-c", code, str(ledger)], stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        result = command("status", "--ledger", ledger)
        assert result.exit_code in (1, 2)
        one_line(result, ledger.name)
    finally:
        other.kill()
        other.communicate()
