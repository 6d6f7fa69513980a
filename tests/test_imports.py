"""The house keeps its shape: the import rule, the doors, the size of files, what is installed."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "foedus"
ROOMS = sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))
DOORS = sorted(
    ".".join(p.parent.relative_to(PACKAGE.parent).parts)
    for p in PACKAGE.rglob("__init__.py")
    if p.parent != PACKAGE
)
"""Every room and every room within one."""
LIMIT = 400


def lines_over(limit: int, *folders: str) -> list[str]:
    """Return the code files that are longer than ``limit`` lines."""
    kinds = {".py", ".html", ".css", ".js"}
    files = [p for f in folders for p in sorted((ROOT / f).rglob("*")) if p.suffix in kinds]
    counts = [(p, len(p.read_text(encoding="utf-8").splitlines())) for p in files]
    return [f"{p.relative_to(ROOT)}: {n} lines" for p, n in counts if n > limit]


def test_data_flows_one_way() -> None:
    """Run the contracts of pyproject.toml in a process of their own: they import everything."""
    code = "import sys; from importlinter.cli import lint_imports; "
    code += "sys.exit(lint_imports(config_filename='pyproject.toml', no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_is_in_the_import_rule() -> None:
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = rules["tool"]["importlinter"]["contracts"][0]["layers"]
    named = {layer.strip("()").removeprefix("foedus.") for layer in layers}
    modules = {p.stem for p in PACKAGE.glob("*.py") if p.stem != "__init__"}
    assert {*ROOMS, *modules} <= named


@pytest.mark.parametrize("room", DOORS)
def test_every_room_has_a_door(room: str) -> None:
    door = importlib.import_module(room)
    assert door.__doc__, "a door says what comes in and what goes out"
    told = " ".join(door.__doc__.split())
    assert "omes in" in told, told
    assert "oes out" in told, told
    assert door.__all__
    assert [n for n in door.__all__ if not hasattr(door, n)] == []
    assert len(set(door.__all__)) == len(door.__all__)


def test_what_loads_slowly_is_loaded_only_by_who_needs_it() -> None:
    """`foedus --help` and `foedus status` answer at once."""
    code = "import sys, foedus.cli; print([m for m in ('spacy', 'duckdb') if m in sys.modules])"
    code += "; import foedus.brief.ask; print('spacy' in sys.modules)"
    code += "; print([m for m in ('numba', 'pint', 'ray', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:3] == ["[]", "False", "[]"]


def test_no_file_is_too_long_to_read() -> None:
    assert lines_over(LIMIT, "src", "tests", "benchmarks") == []


def test_every_module_says_what_it_is() -> None:
    files = sorted(PACKAGE.rglob("*.py"))
    silent = [p for p in files if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [str(p.relative_to(ROOT)) for p in silent] == []


@pytest.mark.parametrize("name", ["user.txt", "dev.txt"])
def test_locks_hold_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*(-i|-f|--(extra-)?index-url|--find-links)\b", text, re.M)
    entries = re.split(r"^(?=[A-Za-z0-9])", text.replace("\\\n", " "), flags=re.M)[1:]
    assert entries
    assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    user = [*project["dependencies"], *extras["postgresql"]]
    for name, wanted in (("user.txt", user), ("dev.txt", [*user, *extras["dev"]])):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8").lower()
        locked = {re.sub(r"[-_.]+", "-", n) for n in re.findall(r"^([a-z0-9._-]+)==", text, re.M)}
        names = {re.sub(r"[-_.]+", "-", re.split(r"[=<>!~ ;\[]", w)[0].lower()) for w in wanted}
        assert names <= locked, f"{name} lacks {sorted(names - locked)}: run make lock"


def test_wheel_holds_all_data(tmp_path: Path) -> None:
    """What stands in the package is what is installed: wording, alliances, templates."""
    source = tmp_path / "source"
    ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", "*.pyc")
    shutil.copytree(ROOT / "src", source / "src", ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    wheel = next(tmp_path.glob("foedus-*.whl"))
    held = set(zipfile.ZipFile(wheel).namelist())
    kept = {
        str(p.relative_to(source / "src"))
        for p in (source / "src").rglob("*")
        if p.is_file() and p.suffix != ".md" and "egg-info" not in str(p)
    }
    assert sorted(kept - held) == []
