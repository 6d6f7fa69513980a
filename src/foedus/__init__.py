"""foedus: what an alliance is bound to, as far as the press lets one know.

Comes in: the path or URL of a ledger that ``foedus brief`` wrote. Goes out: answers in Python::

    import foedus

    with foedus.open("build/brief/foedus.duckdb") as crisis:
        for fact in crisis.facts(known_by=date(2022, 3, 1)):
            print(fact["date_from"], fact["type"], fact["actors"])
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foedus.ledger.out.frames import Reader

__all__ = ["open"]


def open(place: Path | str) -> Reader:  # noqa: A001 - read as foedus.open
    """Open a ledger for reading.

    Args:
        place: a file, for example ``crisis.duckdb``, or ``postgresql://USER@HOST/DATABASE``.

    Raises:
        FoedusError: there is none, it is in use, cut short or of another version, or its server
            cannot be reached.
    """
    # Imported here, so that importing foedus costs nothing.
    from foedus.ledger.out.frames import Reader

    return Reader.open(place)
