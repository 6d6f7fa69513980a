"""Kernels are compiled where it is worth it; their code is kept where it can be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.scenario.compiled import Kernel

ROOT = Path(__file__).resolve().parents[2]
CODE = """\
import numpy as np
from foedus_copy import KERNEL, Row
KERNEL.expect(float("inf"))
found = np.zeros(2, np.int64)
KERNEL.run((Row(np.array([20, 21])),), Row(found))
print(found[1], KERNEL.compiled)
"""
SOURCE = """\
from typing import Any, NamedTuple
from foedus.scenario.compiled import Kernel
class Row(NamedTuple):
    numbers: Any
def twice(numbers, out):
    for k in range(len(numbers[0])):
        out[0][k] = again(numbers[0][k])
def again(number):
    return 2 * number
KERNEL = Kernel(twice)
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
    assert answer(package, tmp_path / "home") == "42 True"
    assert list(package.glob("__pycache__/foedus_copy.twice-*.nbi"))


def test_where_nothing_can_be_kept_it_is_compiled_anew(package: Path, tmp_path: Path) -> None:
    """A file where a folder should be stops everybody, also who may write anywhere."""
    (package / "__pycache__").write_text("", encoding="utf-8")
    home = tmp_path / "home"
    home.write_text("", encoding="utf-8")
    assert answer(package, home) == "42 True"


def test_a_package_that_cannot_be_written_uses_the_users_cache(
    package: Path, tmp_path: Path
) -> None:
    (package / "__pycache__").write_text("", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    assert answer(package, home) == "42 True"
    assert list(home.rglob("foedus_copy.twice-*.nbi"))
    shutil.rmtree(home)


class Given(NamedTuple):
    numbers: NDArray[np.float64]


class Found(NamedTuple):
    half: NDArray[np.float64]
    large: NDArray[np.int64]


def halved(given: Given, found: Found) -> None:
    for draw in range(len(given.numbers)):
        found.half[draw] = given.numbers[draw] / 2
        found.large[draw][0] = given.numbers[draw] > 1


def test_a_small_run_is_made_by_python_and_a_large_one_compiled() -> None:
    small, large = Kernel(halved), Kernel(halved)
    small.expect(0.1)
    large.expect(100.0)
    assert (small.compiled, large.compiled) == (False, True)
    # an array laid out otherwise, or not to be written to, is the same to it
    for numbers in np.broadcast_to(np.array([1.0]), (4,)), np.arange(8.0)[::2]:
        found = [Found(np.zeros(4), np.zeros((4, 1), np.int64)) for _ in range(2)]
        small.run((Given(numbers),), found[0])
        large.run((Given(numbers),), found[1])
        assert found[0].half.tobytes() == found[1].half.tobytes() == (numbers / 2).tobytes()
        assert found[0].large.tobytes() == found[1].large.tobytes()
