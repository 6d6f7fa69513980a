"""Draws made in chunks, over processes or machines, and put together again in order.

Comes in: a scenario, how many draws, a seed, and who does the work. Goes out: :class:`Results`, the columns
of all draws. A chunk is a function of the models, the seed and the numbers of its draws; chunks are put
together in draw order, so that their size and who made them change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from time import perf_counter
from typing import Literal, NamedTuple

import numpy as np

from foedus.pool import AHEAD, cores, in_order
from foedus.scenario.draws import Draws
from foedus.scenario.file import Scenario
from foedus.scenario.model import Columns, Model

__all__ = ["Engine", "Results", "run"]

Engine = Literal["local", "ray"]
Progress = Callable[[int, int, str], None]
_FIRST, _MOST = 200, 2000
"""Draws of the first chunk, which shows whether others should help; draws of a chunk at most."""
_TASKS = 16
"""Workers that a cluster is taken to have, when its draws are cut into chunks."""
_WORTH = 8.0
"""Seconds of work left that are worth the start of processes."""


class Chunk(NamedTuple):
    """Draws made together: the number of the first, and how many."""

    first: int
    size: int


class Results(NamedTuple):
    """All draws of a scenario: which they are, and their columns by section."""

    draws: Draws
    columns: Mapping[str, Columns]


def run(
    scenario: Scenario,
    draws: int,
    seed: int,
    *,
    workers: int | None = None,
    engine: Engine = "local",
    progress: Progress | None = None,
) -> Results:
    """Make the draws of a scenario.

    Args:
        scenario: what :func:`~foedus.scenario.read_scenario` read.
        draws: how many, at least one.
        seed: the same gives the same.
        workers: processes (``local``) or tasks at a time (``ray``); None: as many as are worth it.
        engine: ``ray`` spreads the draws over a Ray cluster.
        progress: called with the draws done, their number, and the scenario's name.

    Raises:
        FoedusError: a worker failed, or Ray is not there.
    """
    work = partial(_work, dict(scenario.models), seed, draws)
    parts, done = [], 0
    for part in _spread(work, draws, workers, engine):
        parts.append(part)
        done += len(next(iter(next(iter(part.values())).values())))
        if progress is not None:
            progress(done, draws, scenario.name)
    columns = {name: _joined([part[name] for part in parts]) for name in scenario.models}
    return Results(Draws(seed, 0, draws), columns)


def _work(models: Mapping[str, Model], seed: int, of: int, chunk: Chunk) -> dict[str, Columns]:
    """Make a chunk of the draws, here or in a worker."""
    for model in models.values():
        model.expect(of)
    draws = Draws(seed, chunk.first, chunk.size)
    return {name: model.run(draws) for name, model in models.items()}


_Work = Callable[[Chunk], dict[str, Columns]]


def _spread(
    work: _Work, draws: int, workers: int | None, engine: Engine
) -> Iterator[dict[str, Columns]]:
    if engine == "ray":
        from foedus.scenario import cluster

        yield from cluster.in_order(work, _chunks(0, draws, workers or _TASKS), workers, _named)
        return
    done = 0
    if workers is None:
        # No use in the first measure: it compiles, or loads what was compiled.
        for count in (min(_FIRST, draws), min(_FIRST, draws - _FIRST)):
            if count > 0:
                began = perf_counter()
                yield work(Chunk(done, count))
                took, done = (perf_counter() - began) / count, done + count
        worth = took * (draws - done) > _WORTH
        workers = cores() if worth else 1
    chunks = _chunks(done, draws, workers)
    yield from map(work, chunks) if workers == 1 else in_order(work, chunks, workers, _named)


def _chunks(first: int, draws: int, workers: int) -> Sequence[Chunk]:
    size = max(1, min(_MOST, -(-(draws - first) // (workers * AHEAD))))
    return [Chunk(at, min(size, draws - at)) for at in range(first, draws, size)]


def _named(chunk: Chunk) -> str:
    return f"draws {chunk.first} to {chunk.first + chunk.size - 1}"


def _joined(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
