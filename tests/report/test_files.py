"""Files and folders: order, labels, loops, and names meant to hurt."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from foedus.errors import FoedusError
from foedus.report import Failure, Report, list_files, read
from foedus.report.files import LIMIT
from foedus.world import World

TEXT = "Les ministres se réunissent à Riga, a annoncé leur porte-parole dans la soirée de mardi.\n"


def labels(*paths: Path) -> list[str]:
    return [f.label for f in list_files(paths)[0]]


def write(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def outcome(world: World, *paths: Path) -> tuple[list[Report], list[Failure]]:
    items = list(read(paths, world=world))
    reports = [i for i in items if isinstance(i, Report)]
    return reports, [i for i in items if isinstance(i, Failure)]


def test_folders_are_walked_in_sorted_order_whatever_the_order_given(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.txt", "a.txt", "b/c/k.txt"):
        write(tmp_path / name)
    assert labels(tmp_path) == labels(tmp_path / "b", tmp_path / "a.txt")
    assert labels(tmp_path) == ["a.txt", "b/a.txt", "k", "z"]


def test_a_name_that_is_not_unique_becomes_a_path(tmp_path: Path) -> None:
    for name in ("mars/une.txt", "avril/une.txt", "avril/deux.txt"):
        write(tmp_path / name)
    assert sorted(labels(tmp_path)) == ["avril/une.txt", "deux", "mars/une.txt"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert labels(path, tmp_path, path) == ["a"]


def test_what_stands_beside_reports_is_not_read_unless_named(tmp_path: Path) -> None:
    for name in ("a.txt", "README.md", "README.txt", ".hidden.txt", "dates.csv", ".git/x.txt"):
        write(tmp_path / name)
    assert labels(tmp_path) == ["a"]
    assert labels(tmp_path / "README.txt") == ["README"]


def test_an_empty_folder_and_a_missing_path(tmp_path: Path, world: World) -> None:
    with pytest.raises(FoedusError, match="nothing to read"):
        list_files([tmp_path])
    reports, failures = outcome(world, write(tmp_path / "a.txt"), tmp_path / "gone.txt")
    assert len(reports) == 1
    assert "is not there" in failures[0].message


def test_a_loop_of_folders_is_told_and_the_rest_is_read(tmp_path: Path, world: World) -> None:
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    reports, failures = outcome(world, tmp_path)
    assert len(reports) == 1
    assert any("loop of folders" in f.message for f in failures)
    assert any("leads to itself" in f.message for f in failures)


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path, world: World) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    exact = write(tmp_path / "a.txt")
    reports, failures = outcome(world, tmp_path)
    assert [r.label for r in reports] == [exact.stem]
    assert "too large" in failures[0].message
    assert str(LIMIT // 1_000_000) in failures[0].message


def test_a_pipe_is_refused_and_not_waited_on(tmp_path: Path, world: World) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    write(tmp_path / "a.txt")
    reports, failures = outcome(world, tmp_path)
    assert len(reports) == 1
    assert "not a regular file" in failures[0].message


def test_a_file_deleted_meanwhile(tmp_path: Path, world: World) -> None:
    write(tmp_path / "a.txt")
    gone = write(tmp_path / "b.txt")
    items = read([tmp_path], world=world)
    first = next(items)
    gone.unlink()
    second = next(items)
    assert isinstance(first, Report)
    assert isinstance(second, Failure)
    assert "b.txt" in second.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, world: World) -> None:
    write(tmp_path / "a.txt").chmod(0)
    _, failures = outcome(world, tmp_path)
    assert "may not be read" in failures[0].message


@pytest.mark.parametrize(
    "name", ["-rf.txt", "a\nb.txt", "\x1b[31mred.txt", "‮txt.exe.txt", " .txt", "a" * 240 + ".txt"]
)
def test_hostile_names_stay_on_one_printable_line(tmp_path: Path, world: World, name: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.4")
    write(tmp_path / "sub" / name)
    reports, failures = outcome(world, tmp_path)
    assert all(c.isprintable() for c in failures[0].message + failures[0].path)
    assert all(c.isprintable() for r in reports for c in r.label + r.path)


def test_a_name_that_is_no_utf_8(tmp_path: Path, world: World) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    try:
        with open(raw, "wb") as file:  # noqa: PTH123 (a name in bytes)
            file.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    reports, _ = outcome(world, tmp_path)
    reports[0].label.encode("utf-8")
    reports[0].path.encode("utf-8")


def test_progress_counts_every_file(tmp_path: Path, world: World) -> None:
    write(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(b"")
    seen: list[tuple[int, int]] = []
    list(read([tmp_path], world=world, progress=lambda done, total, _: seen.append((done, total))))
    assert seen == [(1, 2), (2, 2)]


def test_a_folder_below_may_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Un.")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "b.txt").write_text("Deux.")
    (tmp_path / "gold" / ".foedusignore").touch()
    listed, failed = list_files([tmp_path])
    assert [file.label for file in listed] == ["a"]
    assert failed == ()
    # named outright, the folder is what somebody wants to read
    assert [file.label for file in list_files([tmp_path / "gold"])[0]] == ["b"]
