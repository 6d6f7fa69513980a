"""Compiled functions, and where their machine code is kept.

Comes in: a function of numbers and arrays. Goes out: the same, compiled when it is first called. The code is
kept for the next start: beside the source, or where the package may not be written in the user's cache
folder (``NUMBA_CACHE_DIR`` names another). Where neither can be written it is compiled anew each time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit

__all__ = ["compiled"]

_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function compiled; dividing by zero gives inf, as NumPy has it."""
    try:
        found: Callable[..., Any] = njit(cache=True, **_OPTIONS)(function)
    except RuntimeError:  # numba's « no locator available »
        found = njit(**_OPTIONS)(function)
    return found
