"""Several processes at a time, with results in order: what every room that works in parallel shares.

Comes in: a function, what to call it with, and how many processes. Goes out: the results in the order of
what came in, whoever made them. Only a few items a worker are on the way at any time, so that memory
does not grow with their number. A worker's error comes back as one sentence.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

import msgspec

from foedus.errors import FoedusError, oneline

__all__ = ["AHEAD", "Failed", "cores", "in_order", "safely", "unwrapped"]

T = TypeVar("T")
R = TypeVar("R")
AHEAD = 3
"""Items a worker that are on the way."""


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """An error on its way from a worker: exceptions do not travel whole."""

    what: str
    where: str | None = None
    remedy: str = ""


def cores() -> int:
    """Return how many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else os.cpu_count() or 1


def in_order(
    work: Callable[[T], R], items: Iterable[T], workers: int, named: Callable[[T], str]
) -> Iterator[R]:
    """Call ``work`` with each item in ``workers`` processes; give the results in the items' order.

    Args:
        work: a function that can travel to another process, as items and results must.
        items: what to call it with.
        workers: how many processes.
        named: says in a few words which item it was, for an error.

    Raises:
        FoedusError: an item failed, or a worker ended before its work was done.
    """
    before = {process.pid for process in multiprocessing.active_children()}
    # spawn: the same on every system, and safe whatever threads the libraries have started
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)
    waiting: deque[Future[R | Failed]] = deque()
    done = False
    try:
        for item in items:
            waiting.append(pool.submit(partial(safely, work, named), item))
            if len(waiting) >= workers * AHEAD:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
        done = True
    finally:
        # an error, an interrupt, a closed pipe: nobody waits for what is still being done
        for process in () if done else multiprocessing.active_children():
            if process.pid not in before:
                process.terminate()
        pool.shutdown(wait=True, cancel_futures=True)


def safely(work: Callable[[T], R], named: Callable[[T], str], item: T) -> R | Failed:
    """Do the work, in a worker; whatever goes wrong comes back as one sentence."""
    try:
        return work(item)
    except FoedusError as error:
        return Failed(what=error.what, where=error.where, remedy=error.remedy)
    except Exception as error:
        told = oneline(f"{type(error).__name__}: {error}", 120)
        return Failed(
            what=f"a worker failed ({told})",
            where=oneline(named(item), 120),
            remedy="run these with --workers 1 to see where",
        )


def unwrapped(result: R | Failed) -> R:
    """Return a result, or raise the error that a worker met."""
    if isinstance(result, Failed):
        raise FoedusError(result.what, where=result.where, remedy=result.remedy)
    return result


def _leave_interrupts() -> None:
    """An interrupt from the keyboard reaches every process: only the first one answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _result(future: Future[R | Failed]) -> R:
    try:
        result = future.result()
    except BrokenProcessPool:
        raise FoedusError(
            "a worker ended before its work was done",
            remedy="memory may be short: ask for fewer with --workers",
        ) from None
    return unwrapped(result)
