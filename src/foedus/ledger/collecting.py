"""Making very many small things at once without looking for cycles among them.

Comes in: a block of work. Goes out: nothing. Python's collector goes through all there is again and again while
hundreds of thousands of records are made, and none of them has a cycle.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody look for cycles meanwhile."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
