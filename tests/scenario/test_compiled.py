"""Compiled code is kept where it can be, and does without where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = "from foedus_copy import twice; print(twice(21))"
SOURCE = """\
from foedus.scenario.compiled import compiled
@compiled
def twice(number):
    return 2 * number
"""


def answer(folder: Path, home: Path) -> str:
    environment = {
        **os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"),
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT / "src")]),
    }  # fmt: skip
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, "-B", "-c", CODE], env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "foedus_copy.py").write_text(SOURCE, encoding="utf-8")
    return folder


def test_code_is_kept_beside_the_source(package: Path, tmp_path: Path) -> None:
    assert answer(package, tmp_path / "home") == "42"
    assert list(package.glob("__pycache__/foedus_copy.twice-*.nbi"))


def test_where_nothing_can_be_kept_it_is_compiled_anew(package: Path, tmp_path: Path) -> None:
    """A file where a folder should be stops everybody, also who may write anywhere."""
    (package / "__pycache__").write_text("", encoding="utf-8")
    home = tmp_path / "home"
    home.write_text("", encoding="utf-8")
    assert answer(package, home) == "42"


def test_a_package_that_cannot_be_written_uses_the_users_cache(
    package: Path, tmp_path: Path
) -> None:
    (package / "__pycache__").write_text("", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    assert answer(package, home) == "42"
    assert list(home.rglob("foedus_copy.twice-*.nbi"))
    shutil.rmtree(home)
