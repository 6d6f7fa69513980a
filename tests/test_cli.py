"""The command line itself: what goes where, and which exit status. The rooms are played by stand-ins."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import foedus.brief
from foedus.acts import DateRange, Statement
from foedus.address import Address
from foedus.alliance.records import MechanismStatus, Reason, Trace
from foedus.cli import app
from foedus.errors import FoedusError
from foedus.ledger.records import Citation
from foedus.report.records import Failure

DAY = date(2022, 3, 1)
HOSTILE = "a\x1b[31m\nb"


def a_status(mechanism: str = "article-4", **more: Any) -> MechanismStatus:
    given: dict[str, Any] = {
        "mechanism": mechanism,
        "status": "engaged",
        "stage": "asked",
        "since": DateRange(date(2022, 2, 24), date(2022, 2, 25), "range"),
        "by": ("EST", "LVA"),
        "facts": ("f-1",),
        "citations": (Citation(report="dispatch", source="ab", span=(3, 9)),),
        "as_of": DAY,
        "known_by": DAY,
        "sources": 2,
        "trace": Trace.of(Reason(kind="status", key="status")),
    }
    return MechanismStatus(**{**given, **more})


def a_result(out: Path, failures: tuple[Failure, ...] = (), **more: Any) -> SimpleNamespace:
    given = {"page": out / "brief.html", "failures": failures, "reports": 3, "as_of": DAY,
             "known_by": DAY, "statuses": (a_status(),), "words": {"article-5": "in words"}}  # fmt: skip
    return SimpleNamespace(**{**given, **more})


@pytest.fixture
def foedus_command() -> Callable[..., Result]:
    def invoke(*args: object) -> Result:
        return CliRunner().invoke(app, [str(a) for a in args])

    return invoke


@pytest.fixture
def brief_does(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., Any]], None]:
    def put(stand_in: Callable[..., Any]) -> None:
        monkeypatch.setattr(foedus.brief, "build_brief", stand_in, raising=False)

    return put


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Play the ledger: remember what was asked, answer with one status."""
    from foedus.brief import ask

    seen: list[dict[str, Any]] = []

    def status(ledger: Address, **options: Any) -> ask.Answer:
        seen.append({"ledger": ledger, **options})
        return ask.Answer(as_of=DAY, known_by=DAY, statuses=(a_status(),))

    def why(ledger: Address, mechanism: str, **options: Any) -> ask.Answer:
        seen.append({"mechanism": mechanism})
        return status(ledger, **options)

    monkeypatch.setattr(ask, "ask_status", status)
    monkeypatch.setattr(ask, "ask_why", why)
    return seen


def raises(error: BaseException) -> Callable[..., Any]:
    def stand_in(*args: Any, **options: Any) -> Any:
        raise error

    return stand_in


# --- brief


def test_brief_hands_its_options_on_and_says_where_the_page_is(
    foedus_command: Any, brief_does: Any, tmp_path: Path
) -> None:
    seen: dict[str, Any] = {}

    def build(inputs: list[Path], out: Path, **options: Any) -> Any:
        seen.update(inputs=inputs, out=out, **options)
        return a_result(out)

    brief_does(build)
    out = tmp_path / "out"
    result = foedus_command("brief", "a.txt", "b", "-o", out, "--lang", "en", "--dated", "d.csv")
    assert result.exit_code == 0
    assert seen["inputs"] == [Path("a.txt"), Path("b")]
    assert (seen["out"], seen["lang"], seen["dated"]) == (out, "en", Path("d.csv"))
    assert f"{out}/brief.html" in result.stdout
    assert "article-4" in result.stdout
    assert "2022-02-24/2022-02-25" in result.stdout
    assert "all that is told up to 2022-03-01, as known by 2022-03-01" in result.stdout
    assert "3 read, 0 failed" in result.stdout
    assert result.stderr == ""


def test_brief_names_each_report_that_failed(
    foedus_command: Any, brief_does: Any, tmp_path: Path
) -> None:
    failed = (Failure(path="x", message="x: is binary (save it as text)"),
              Failure(path="y", message=f"y{HOSTILE}: is empty"))  # fmt: skip
    brief_does(lambda inputs, out, **_: a_result(out, failed))
    result = foedus_command("brief", "a", "-o", tmp_path)
    assert result.exit_code == 1
    assert "3 read, 2 failed" in result.stdout
    assert result.stderr.splitlines() == [
        "foedus: x: is binary (save it as text)",
        "foedus: ya [31m b: is empty",
    ]


def test_what_reports_hold_cannot_drive_the_terminal(
    foedus_command: Any, brief_does: Any, tmp_path: Path
) -> None:
    rows = (a_status(HOSTILE, by=("[red]x[/red]", HOSTILE), stage="[bold]"),)
    brief_does(lambda inputs, out, **_: a_result(out, statuses=rows))
    result = foedus_command("brief", "a", "-o", tmp_path)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    assert "[bold]" in result.stdout


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (FoedusError("there is nothing to read", where="x", remedy="give .txt files"), 2,
         "foedus: x: there is nothing to read (give .txt files)"),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out/brief.html"), 1,
         "foedus: out/brief.html: No space left on device (make room, or choose another place)"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "out"), 1,
         "foedus: out: Permission denied (choose a place that you may write to)"),
        (KeyboardInterrupt(), 130, "foedus: interrupted"),
        (BrokenPipeError(), 141, None),
    ],
)  # fmt: skip
def test_every_failure_is_one_line(
    foedus_command: Any, brief_does: Any, error: BaseException, code: int, line: str | None
) -> None:
    brief_does(raises(error))
    result = foedus_command("brief", "a", "-o", "out")
    assert result.exit_code == code
    assert result.stderr.splitlines() == ([line] if line else [])
    assert result.stdout == ""


def test_a_full_disk_is_no_usage_error_however_it_is_told(
    foedus_command: Any, brief_does: Any
) -> None:
    told = FoedusError("the disk is full", where="x.duckdb", remedy="make room")
    told.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    brief_does(raises(told))
    assert foedus_command("brief", "a", "-o", "out").exit_code == 1


@pytest.mark.parametrize(
    "args", [("brief",), ("brief", "a"), ("brief", "a", "-o", "x", "--lang", "de"), ("nonsense",),
             ("status", "--format", "xml"), ("why",)],
)  # fmt: skip
def test_wrong_usage(foedus_command: Any, args: tuple[str, ...]) -> None:
    result = foedus_command(*args)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.output


# --- code


def test_code_writes_one_record_a_line(
    foedus_command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foedus.brief import ask

    said = Statement(id="s-1", report="été", span=(0, 4), form="direct")
    items = [(said, said), Failure(path="x", message="x: is empty (fill it)"), (said,)]
    monkeypatch.setattr(ask, "code_reports", lambda paths, **_: iter(items))
    result = foedus_command("code", "a")
    lines = result.stdout.splitlines()
    assert [json.loads(line)["report"] for line in lines] == ["été"] * 3
    assert "été" in lines[0], "UTF-8, not escapes"
    assert result.stderr == "foedus: x: is empty (fill it)\n"
    assert result.exit_code == 1


def test_code_explains_when_asked(foedus_command: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from foedus.brief import ask

    seen: dict[str, Any] = {}

    def explained(paths: list[Path], **options: Any) -> Any:
        seen.update(options)
        return iter([iter(["0–4 été", "  ▸ acte"]), Failure(path="x", message="x: is empty")])

    monkeypatch.setattr(ask, "explained_reports", explained)
    result = foedus_command("code", "a", "--explain", "--format", "json", "--lang", "en")
    assert result.stdout.splitlines() == ["0–4 été", "  ▸ acte"]
    assert result.stderr == "foedus: x: is empty\n"
    assert result.exit_code == 1
    assert (seen["lang"], seen["as_json"], seen["terminal"]) == ("en", True, False)


@pytest.mark.parametrize("option", [("--format", "text"), ("--lang", "en")])
def test_words_are_for_explanations_only(foedus_command: Any, option: tuple[str, str]) -> None:
    result = foedus_command("code", "a", *option)
    assert result.exit_code == 2
    assert result.stderr == f"foedus: {option[0]}: goes with --explain only (add --explain)\n"


# --- status and why


def test_status_as_json(foedus_command: Any, asked: list[dict[str, Any]], tmp_path: Path) -> None:
    ledger = tmp_path / "x.duckdb"
    result = foedus_command(
        "status", "--as-of", "2022-03-02", "--known-by", "2022-02-26", "--format", "json",
        "--ledger", ledger,
    )  # fmt: skip
    assert result.exit_code == 0
    assert asked == [
        {
            "ledger": Address.of(ledger),
            "as_of": date(2022, 3, 2),
            "known_by": date(2022, 2, 26),
            "alliance": "nato",
        }
    ]
    assert json.loads(result.stdout) == [
        {
            "mechanism": "article-4",
            "status": "engaged",
            "stage": "asked",
            "since": {"start": "2022-02-24", "end": "2022-02-25"},
            "by": ["EST", "LVA"],
            "facts": ["f-1"],
            "citations": [{"report": "dispatch", "span": [3, 9]}],
        }
    ]
    assert result.stderr == "as of 2022-03-01, as known by 2022-03-01\n"


def test_status_as_table(foedus_command: Any, asked: list[dict[str, Any]]) -> None:
    result = foedus_command("status")
    assert result.exit_code == 0
    assert asked[0]["ledger"] == Address.of("foedus.duckdb")
    assert asked[0]["as_of"] is None
    assert result.stdout.startswith("all that is told up to 2022-03-01, as known by 2022-03-01\n")
    assert "EST, LVA" in result.stdout


@pytest.mark.parametrize("text", ["26/02/2022", "20220226", "2022-02-30", "hier", "", "2022-W08-5"])
def test_a_date_that_is_none(foedus_command: Any, text: str) -> None:
    for option in ("--as-of", "--known-by"):
        result = foedus_command("status", option, text)
        assert result.exit_code == 2
        assert result.stderr == (
            f"foedus: {option}: '{text}' is no date (write it as 2022-02-25)\n"
        )


def test_why_as_text_and_as_json(foedus_command: Any, asked: list[dict[str, Any]]) -> None:
    text = foedus_command("why", "article-4", "--lang", "en")
    assert text.exit_code == 0
    assert asked[0] == {"mechanism": "article-4"}
    assert len(text.stdout.splitlines()) >= 2
    tree = json.loads(foedus_command("why", "article-4", "--format", "json").stdout)
    assert tree["mechanism"] == "article-4"
    assert tree["reason"]["kind"] == "status"


# --- the real command


def real(*args: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from foedus.cli import main; main()", *args]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=120, **options
    )


def test_version_and_help() -> None:
    version = real("--version")
    assert version.stdout.startswith("foedus 0.")
    shown = real("--help")
    assert shown.returncode == 0
    for verb in ("brief", "code", "status", "why"):
        assert verb in shown.stdout
    assert "completion" not in shown.stdout


def test_no_traceback_and_no_colour_in_a_plain_environment(tmp_path: Path) -> None:
    done = real("status", "--as-of", "x\x1b[31m", env={"LC_ALL": "C", "PATH": os.environ["PATH"]})
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


PLAYED = """
import sys, foedus.brief.ask as ask
from foedus.acts import Statement
said = Statement(id="s", report="r" * 500, span=(0, 1), form="direct")
{play}
from foedus.cli import main
main()
"""


def test_a_closed_pipe_ends_quietly() -> None:
    play = "ask.code_reports = lambda *a, **k: iter([(said,) * 10] * 100000)"
    code = PLAYED.format(play=play)
    first = subprocess.Popen(
        [sys.executable, "-c", code, "code", "x"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stderr is not None
    first.stdout.readline()
    first.stdout.close()
    assert first.wait(timeout=60) == 141
    assert first.stderr.read() == b""
    first.stderr.close()


def test_an_interrupt_is_one_line() -> None:
    # whoever starts the tests in the background has interrupts ignored, and children inherit that
    play = (
        "import signal, time; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "ask.code_reports = lambda *a, **k: (print('on', flush=True), time.sleep(60))"
    )
    done = subprocess.Popen(
        [sys.executable, "-c", PLAYED.format(play=play), "code", "x"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.stdout is not None
    done.stdout.readline()
    done.send_signal(signal.SIGINT)
    _, stderr = done.communicate(timeout=60)
    assert done.returncode == 130
    assert stderr.decode() == "foedus: interrupted\n"
