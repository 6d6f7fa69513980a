"""A kernel: functions of numbers and arrays that Python runs as they stand, or numba compiles.

Comes in: the function that a kernel begins with; it and what it calls in its own module use nothing but
numbers, rows and ``math``. Goes out: a :class:`Kernel`, which gives the same numbers either way. To load
numba and what it compiled takes most of a second, to compile takes several: a small run is over sooner
without. The machine code is kept for the next start, beside the source, or where the package may not be
written in the user's cache folder (``NUMBA_CACHE_DIR`` names another). Where neither can be written
it is compiled anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np

__all__ = ["Kernel"]

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
_LOADING, _COMPILING = 1.0, 8.0
"""Seconds that it takes to load numba with what it compiled, and to compile."""


class Kernel:
    """A function and those that it calls in its module, not compiled until that is worth it."""

    def __init__(self, entry: Callable[..., None]) -> None:
        assert isinstance(entry, FunctionType)
        self._plain = entry
        self._machine: Callable[..., None] | None = None

    def expect(self, seconds: float) -> None:
        """Say what lies ahead, in seconds that Python would take for it; compile if that is worth it."""
        if self._machine is None and seconds > _LOADING:
            machine = _compiled(self._plain)
            if seconds > _COMPILING or _is_kept(machine, self._plain):
                self._machine = machine

    @property
    def compiled(self) -> bool:
        """Whether what is to come is run compiled."""
        return self._machine is not None

    def run(self, given: tuple[Any, ...], found: tuple[Any, ...]) -> None:
        """Call the function with named tuples of arrays: what is given, and ``found``, which it fills."""
        if self._machine is not None:
            self._machine(*(_alike(arrays) for arrays in given), found)
            return
        # lists: Python takes numbers out of them several times as fast as out of arrays
        rows = _listed(found)
        self._plain(*map(_listed, given), rows)
        for array, row in zip(found, rows, strict=True):
            if array.size:
                array[...] = row


def _alike(arrays: tuple[Any, ...]) -> Any:
    """Return arrays laid out in one way: for each other way all would be compiled once more."""
    return _like(arrays, [np.require(array, requirements=["C", "W"]) for array in arrays])


def _listed(arrays: tuple[Any, ...]) -> Any:
    return _like(arrays, [array.tolist() for array in arrays])


def _like(named: tuple[Any, ...], columns: list[Any]) -> Any:
    """Return the columns under the same names."""
    return type(named)(*columns)


def _compiled(entry: FunctionType) -> Callable[..., None]:
    """Return the function to be compiled at its first call, and with it what it calls in its module."""
    from numba import njit

    space = dict(entry.__globals__)
    for function in _called(entry):
        copy = FunctionType(function.__code__, space, function.__name__, function.__defaults__)
        copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
        inner = {} if function is entry else {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
        try:
            space[function.__name__] = njit(cache=True, **_OPTIONS, **inner)(copy)
        except RuntimeError:  # numba's « no locator available »
            space[function.__name__] = njit(**_OPTIONS, **inner)(copy)
    found: Callable[..., None] = space[entry.__name__]
    return found


def _called(entry: FunctionType) -> Iterator[FunctionType]:
    """Give the function and all of its module that it calls, itself or through them."""
    seen, left = set(), [entry]
    while left:
        function = left.pop()
        if function not in seen:
            seen.add(function)
            yield function
            named = (entry.__globals__.get(name) for name in function.__code__.co_names)
            own = (f for f in named if isinstance(f, FunctionType))
            left += [f for f in own if f.__module__ == entry.__module__]


def _is_kept(machine: Any, plain: FunctionType) -> bool:
    """Whether the machine code seems to be kept, and to be newer than its source."""
    folder, source = machine.stats.cache_path, Path(plain.__code__.co_filename)
    if folder is None:
        return False
    name = f"{source.stem}.{plain.__qualname__}-{plain.__code__.co_firstlineno}.*.nbi"
    begun = source.stat().st_mtime
    return any(kept.stat().st_mtime >= begun for kept in Path(folder).glob(name))
