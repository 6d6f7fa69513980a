"""Several processes: results in order, errors of one line, nobody left behind."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest

from foedus import pool
from foedus.errors import FoedusError


def _square(number: int) -> int:
    if number == 13:
        raise ZeroDivisionError("division\nby zero")
    if number == 14:
        os._exit(1)
    return number * number


def test_results_come_in_order_from_any_number_of_workers() -> None:
    for workers in (1, 3):
        assert list(pool.in_order(_square, range(12), workers, str)) == [n * n for n in range(12)]
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_in_a_worker_is_one_sentence() -> None:
    with pytest.raises(FoedusError) as caught:
        list(pool.in_order(_square, range(14), 2, "number {}".format))
    assert caught.value.what == "a worker failed (ZeroDivisionError: division by zero)"
    assert caught.value.where == "number 13"
    assert multiprocessing.active_children() == []


def test_a_worker_that_dies_is_one_sentence() -> None:
    with pytest.raises(FoedusError, match="a worker ended before its work was done"):
        list(pool.in_order(_square, [14], 1, str))
    lost: Future[int | pool.Failed] = Future()
    lost.set_exception(BrokenProcessPool("terminated abruptly"))
    with pytest.raises(FoedusError, match="a worker ended before its work was done"):
        pool._result(lost)
