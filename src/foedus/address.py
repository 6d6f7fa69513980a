"""Where a ledger lies: a file, or a database of a PostgreSQL server.

Comes in: what a person wrote after ``--ledger``. Goes out: an :class:`Address`, which shows itself
without any password, so that it can stand in an error, a log or on a terminal.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from foedus.errors import FoedusError

__all__ = ["Address"]

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://?")
_SCHEMES = ("postgresql", "postgres")
_HOSTS = re.compile(r"[^:/?#@]*|\[[0-9A-Fa-f:.]*\]")
_SERVICE = re.compile(r"service=([\w.-]+)")


class Address:
    """A ledger's file or database. ``str`` of it is safe to show; :attr:`url` may hold a password.

    Exactly one of ``path`` and ``url`` is set.
    """

    __slots__ = ("_shown", "path", "url")

    def __init__(self, *, path: Path | None = None, url: str | None = None) -> None:
        self.path, self.url = path, url
        self._shown = str(path) if url is None else _without_secrets(url)

    @classmethod
    def of(cls, place: Address | Path | str) -> Self:
        """Read a path or a ``postgresql://`` URL.

        Raises:
            FoedusError: it is a URL of another kind, or one that was made into a path.
        """
        if isinstance(place, Address):
            return cls(path=place.path, url=place.url)
        scheme = _SCHEME.match(str(place))
        if scheme is None or (len(scheme[1]) == 1):
            # One letter is a drive, not a scheme.
            return cls(path=Path(place))
        if isinstance(place, Path):
            if scheme[1].lower() not in _SCHEMES:
                return cls(path=place)
            # A path has lost a slash, and with it what was host and what database.
            raise FoedusError(
                "a database's address was given as a path", remedy="give it as text, not as a Path"
            )
        if not scheme[0].endswith("//"):
            return cls(path=Path(place))
        if scheme[1].lower() not in _SCHEMES:
            raise FoedusError(
                "a ledger is a file or a PostgreSQL database", where=f"{scheme[1]}://…",
                remedy="name a file, or postgresql://USER@HOST/DATABASE",
            )  # fmt: skip
        return cls(url="postgresql://" + place[scheme.end() :])

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"<ledger {self._shown}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and (self.path, self.url) == (other.path, other.url)

    def __hash__(self) -> int:
        return hash((self.path, self.url))


def _without_secrets(url: str) -> str:
    """Return user, hosts and database of a URL, or less where it is not certain what is which.

    A password with characters that ought to have been encoded must not show either, so this does not
    parse the URL as a well-formed one.
    """
    head, _, tail = url.removeprefix("postgresql://").partition("?")
    if "@" in tail:
        return "postgresql://…"
    login, at, rest = head.rpartition("@")
    user = re.split("[:/@]", login)[0]
    hosts, slash, database = rest.partition("/")
    shown = ",".join(map(_host, hosts.split(",")))
    service = _SERVICE.search(tail)
    more = f"?service={service[1]}" if service and not head else ""
    return f"postgresql://{user}{at}{shown}{slash}{database.partition('#')[0]}{more}"


def _host(text: str) -> str:
    """Return a host with its port, if both look like it."""
    host, colon, port = text.rpartition(":") if re.search(r":[^\]]*$", text) else (text, "", "")
    known = _HOSTS.fullmatch(host) and (not colon or port.isdigit())
    return text if known else "…"
