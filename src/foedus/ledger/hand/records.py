"""What is kept of acts entered by hand: the rows, the sources they cite, and who entered them when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from foedus.acts import Act, DateRange, days_text
from foedus.errors import FoedusError, oneline

__all__ = ["Cited", "Entering", "Entry", "WrongError", "entering", "entry_id"]

_NAME = 200


class WrongError(Exception):
    """Something wrong in a cell: what, and what to write instead."""

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy


class Cited(msgspec.Struct, frozen=True, kw_only=True):
    """The source that a row cites, as its author tells it; ``report`` names one of the ledger."""

    outlet: str | None = None
    title: str = ""
    date: DateRange | None = None
    url: str = ""
    report: str = ""

    @property
    def worded(self) -> str:
        """The source as one line: outlet, title, date, address."""
        title = f"« {self.title} »" if self.title else ""
        parts = (self.outlet or "", title, self.report, days_text(self.date), self.url)
        return ", ".join(part for part in parts if part)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One row: an act, who entered it (``by``) in which ``file``, and the source, if it cites one.

    ``text`` is the row as written, cell by cell; the act's spans point into it, and its ``source`` is
    the row's own id.
    """

    id: str
    file: str
    by: str
    act: Act
    text: str
    cited: Cited | None = None


class Entering(msgspec.Struct, frozen=True, kw_only=True):
    """One time that rows were entered: ``rows`` are their ids with their lines.

    ``adds``: they stand beside those that the file has already (an entry at the keyboard, which has no
    line: 0); else the rows are all that the file holds, and take the place of what it held before.
    """

    id: str
    file: str
    by: str
    at: datetime
    adds: bool = False
    rows: tuple[tuple[str, int], ...] = ()


def entry_id(file: str, by: str, text: str) -> str:
    """Return the id of a row: the same for the same row of the same file, wherever it stands in it."""
    return "e-" + _hashed(file, by, text)


def entering(
    file: str, rows: Iterable[tuple[str, int]], *, by: str, at: datetime, adds: bool = False
) -> Entering:
    """Return the record of entering ``rows`` (ids and lines), with its id.

    Raises:
        FoedusError: nobody is named, the name is too long, or the moment has no time zone.
    """
    who = oneline(by, _NAME + 1)
    if not who or len(who) > _NAME:
        what = "is too long" if who else "must not be empty"
        raise FoedusError(f"the name {what}", where="--by", remedy="say who enters this")
    if at.tzinfo is None:
        raise FoedusError(
            f"{at.isoformat()} does not say of which time zone", where="--at",
            remedy="write it as 2022-03-01T09:30Z",
        )  # fmt: skip
    whole = Entering(
        id="", file=file, by=who, at=at.astimezone(UTC), adds=adds, rows=tuple(sorted(rows))
    )
    return msgspec.structs.replace(whole, id="i-" + _hashed(msgspec.json.encode(whole).decode()))


def _hashed(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
