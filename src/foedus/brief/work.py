"""Reports read and coded: one after the other, or by several processes at a time.

Comes in: report files and what to code them with. Goes out: each report with its records, in the order
of the files. The result is the same for any number of workers: a report is coded by itself, and what
the workers return is put back in order. Only a few reports a worker are on the way at any time, so that
memory does not grow with their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Protocol

import msgspec

from foedus.acts import Record
from foedus.alliance import Alliance, load_alliance, world_of
from foedus.alliance.topic import load_topic
from foedus.pool import AHEAD, cores, in_order
from foedus.report import LeftOut, Task, list_tasks, read_task
from foedus.report.read import Wanted
from foedus.report.records import Failure, Report
from foedus.world import World

__all__ = ["Aside", "Codes", "Item", "code_files", "load_coder", "workers_for"]

Progress = Callable[[int, int, str], None]
Item = tuple[Report, tuple[Record, ...]] | Failure | LeftOut
_WORTH = 100
"""Reports that a worker must have to do, to be worth the seconds in which its parser loads."""
_MOST = 8
"""Workers that are started without being asked for: each takes half a gigabyte."""
_CHUNK = 8
"""Reports that are handed to a worker at a time, at most."""
_SHOWN = 10
"""Reports left out that are named: the rest is counted."""


class Codes(Protocol):
    """What codes a report (``foedus.coding.Coder`` does)."""

    def code(self, report: Report) -> Sequence[Record]: ...  # noqa: D102


class Aside:
    """Reports left out: how many, and the first of them by name."""

    def __init__(self) -> None:
        self.count = 0
        self._labels: list[str] = []

    def add(self, item: LeftOut) -> None:
        """Count a report, and note its name if there are few yet."""
        self.count += 1
        if len(self._labels) < _SHOWN:
            self._labels.append(item.label)

    def line(self, topic: str) -> str:
        """Say in one line what was left out."""
        more = ["…"] if self.count > len(self._labels) else []
        named = f": {', '.join([*self._labels, *more])}" if self._labels else ""
        return f"{self.count} reports left out, not about {topic}{named}"


class _Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker needs to know to do as the others do."""

    alliance: str
    topic: str | None


def load_coder(world: World, declared: Alliance) -> Codes:
    """Return the coder of an alliance; its parser loads with the first report."""
    # The parser takes seconds to load, and much memory: only who codes pays for it.
    from foedus.coding import Coder

    return Coder(world, declared.cues, own=declared.own)


def workers_for(reports: int, asked: int | None = None) -> int:
    """Return how many processes code ``reports`` reports: as many as asked for, and no more than reports.

    Without a wish: one for each core and each hundred reports, eight at most.
    """
    if asked is not None:
        return max(1, min(asked, reports))
    return max(1, min(cores(), _MOST, reports // _WORTH))


def code_files(
    paths: Sequence[Path],
    *,
    dated: Path | None = None,
    alliance: str = "nato",
    topic: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    make: Callable[[World, Alliance], Codes] = load_coder,
) -> Iterator[Item]:
    """Read and code reports, in the order of their files.

    Args:
        paths: report files, or folders of them.
        dated: a CSV file of dates, outlets and addresses stated by hand.
        alliance: the name of a shipped alliance, or a path to the folder of one.
        topic: the same; reports that do not concern that alliance are left out.
        workers: how many processes; None leaves it to :func:`workers_for`.
        progress: called with the number of files done, their total, and a name.
        make: makes the coder, where one process does the work.

    Raises:
        FoedusError: there is nothing to read, a file of the user's or of ours is wrong, or a worker
            ended before its work was done.
    """
    tasks, failures = list_tasks(paths, dated)
    world = world_of(alliance)
    declared = load_alliance(alliance, world)
    wanted = _wanted(topic)
    job = _Job(alliance=alliance, topic=topic)
    count = workers_for(len(tasks), workers)
    if count > 1:
        results = _by_workers(job, tasks, count)
    else:
        results = _one_by_one(tasks, world, make(world, declared), wanted)
    return _told(failures, tasks, results, progress)


def _told(
    failures: Sequence[Failure],
    tasks: Sequence[Task],
    results: Iterator[Item],
    progress: Progress | None,
) -> Iterator[Item]:
    """Yield what failed before reading and then each result, telling how far the work is."""
    total = len(failures) + len(tasks)
    for done, failed in enumerate(failures, 1):
        if progress is not None:
            progress(done, total, failed.path)
        yield failed
    for done, (task, result) in enumerate(zip(tasks, results, strict=True), len(failures) + 1):
        if progress is not None:
            progress(done, total, task.file.label)
        yield result


def _one_by_one(
    tasks: Sequence[Task], world: World, coder: Codes, wanted: Wanted | None
) -> Iterator[Item]:
    for task in tasks:
        item = read_task(task, world, wanted)
        yield (item, tuple(coder.code(item))) if isinstance(item, Report) else item


def _wanted(topic: str | None) -> Wanted | None:
    if topic is None:
        return None
    from foedus.coding.topic import Topic

    return Topic(load_topic(topic, world_of(topic))).concerns


# -- several processes ------------------------------------------------------------------------------


def _by_workers(job: _Job, tasks: Sequence[Task], count: int) -> Iterator[Item]:
    size = max(1, min(_CHUNK, len(tasks) // (count * AHEAD)))
    chunks = (tasks[at : at + size] for at in range(0, len(tasks), size))
    for items in in_order(partial(_work, job), chunks, count, _labels):
        yield from items


def _labels(tasks: Sequence[Task]) -> str:
    return ", ".join(task.file.label for task in tasks)


def _work(job: _Job, tasks: Sequence[Task]) -> list[Item]:
    """Do a chunk of the work, in a worker."""
    world, coder, wanted = _tools(job)
    return list(_one_by_one(tasks, world, coder, wanted))


@lru_cache(maxsize=1)
def _tools(job: _Job) -> tuple[World, Codes, Wanted | None]:
    world = world_of(job.alliance)
    coder = load_coder(world, load_alliance(job.alliance, world))
    return world, coder, _wanted(job.topic)
