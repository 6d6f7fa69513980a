"""A file is whole or it is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import FoedusError
from foedus.ledger.out.files import of_lines, write_files


def test_files_replace_older_ones(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    assert write_files(tmp_path, {"a": of_lines(["é\n", b"x"])}) == (tmp_path / "a",)
    assert (tmp_path / "a").read_bytes() == "é\nx".encode()
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")

    def fails(path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(FoedusError, match=r"a: No space left on device \(free some|free space"):
        write_files(tmp_path, {"a": fails})
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "old"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(FoedusError, match="a"):
        write_files(tmp_path / "a", {"b": of_lines([])})
