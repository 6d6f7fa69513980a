"""Errors that a person reads: one sentence that says what is wrong, where, and what to do."""

from __future__ import annotations

__all__ = ["FoedusError", "oneline"]


def oneline(text: object, limit: int = 300) -> str:
    """Return ``text`` on one line, without control characters, at most ``limit`` characters long.

    File names and library messages are untrusted: they must not break the terminal or a log line.
    """
    plain = "".join(c if c.isprintable() else " " for c in str(text))
    joined = " ".join(plain.split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"


class FoedusError(Exception):
    """A failure that the user can mend. Its text is one line: where, what is wrong, what to do."""

    def __init__(self, what: str, *, where: object | None = None, remedy: str = "") -> None:
        self.what = oneline(what)
        self.where = None if where is None else oneline(where)
        self.remedy = oneline(remedy)
        place = f"{self.where}: " if self.where else ""
        advice = f" ({self.remedy})" if self.remedy else ""
        super().__init__(f"{place}{self.what}{advice}")
