"""Draws spread over the machines of a Ray cluster.

Comes in: a function and the chunks to call it with. Goes out: the results in the chunks' order, as
:func:`foedus.pool.in_order` gives them. A chunk whose worker or machine dies is made again elsewhere, and
comes to the same. Ray's usage reports are switched off before Ray is loaded, and its dashboard is not
started: nothing leaves the cluster. Which cluster is what ``RAY_ADDRESS`` names; else one that runs
on this machine; else one is started here for the run.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from foedus.errors import FoedusError
from foedus.pool import AHEAD, Failed, safely, unwrapped

__all__ = ["in_order"]

T = TypeVar("T")
R = TypeVar("R")
_TRIES = 8
"""How often a chunk is begun again when its worker dies."""


def in_order(
    work: Callable[[T], R], items: Iterable[T], workers: int | None, named: Callable[[T], str]
) -> Iterator[R]:
    """Call ``work`` with each item on the cluster; give the results in the items' order.

    The arguments are those of :func:`foedus.pool.in_order`; ``workers`` None uses every core of the
    cluster. The machines must hold the same foedus.

    Raises:
        FoedusError: Ray is not installed or no cluster answers, an item failed, or its workers kept dying.
    """
    with _ray() as ray:
        from ray.exceptions import RayError

        count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        # The packed function lies in the cluster's store once, not beside every item.
        packed = ray.put(work)
        task = ray.remote(max_retries=_TRIES)(_unpacked)
        waiting: deque[Any] = deque()

        def result() -> R:
            try:
                found: R | Failed = ray.get(waiting.popleft())
                return unwrapped(found)
            except RayError as error:
                told = f"{type(error).__name__}: {str(error).splitlines()[0]}"
                raise FoedusError(
                    f"the Ray cluster gave up ({told})", remedy="look at its machines, or run here"
                ) from error

        for item in items:
            waiting.append(task.remote(packed, named, item))
            if len(waiting) >= count * AHEAD:
                yield result()
        while waiting:
            yield result()


def _unpacked(work: Callable[[T], R], named: Callable[[T], str], item: T) -> Any:
    return safely(work, named, item)


@contextmanager
def _ray() -> Iterator[Any]:
    """Give Ray, connected to a cluster; leave it as it was found."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
    except ImportError as error:
        raise FoedusError(
            "Ray is not installed", where="--engine ray",
            remedy="pip install 'foedus[ray]', or leave the option out",
        ) from error  # fmt: skip
    if ray.is_initialized():
        yield ray
        return
    try:
        ray.init(include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise FoedusError(
            f"no Ray cluster answers ({error})", where="--engine ray",
            remedy="look at RAY_ADDRESS, or start one with: ray start --head",
        ) from error  # fmt: skip
    try:
        yield ray
    finally:
        ray.shutdown()
