"""What a PostgreSQL server refuses, in words that a person can act on.

Comes in: an error of the driver. Goes out: what is wrong and what to do; never a password. States are
those of PostgreSQL's documentation, appendix "PostgreSQL Error Codes". A connection that fails has no
state, only a text, which may be in the server's own language: then it is passed on.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

import psycopg
from psycopg.conninfo import conninfo_to_dict

from foedus.address import Address

__all__ = ["refusal"]

_KEPT = "nothing of this step was kept"
_LOST = (
    "the connection to the server was lost",
    "run it again once the server answers; what had been kept is not added twice",
)
_UNREACHABLE = "the server cannot be reached"
_RIGHTS = "ask the database's owner for the rights that docs/guides/ledger-for-a-team.md names"
_FULL = ("too many are connected to the server", "try again later, or close other programs")
_STARTING = ("the server is starting or stopping", "try again in a moment")

_BY_STATE: tuple[tuple[str, str, str], ...] = (
    ("57014", f"the server's time limit ran out, or the step was cancelled; {_KEPT}",
     "run it again, or raise statement_timeout for this role"),
    ("55P03", f"another writer has held the ledger for too long; {_KEPT}",
     "wait until it has finished and run it again"),
    ("25006", "the server or this role is read-only", "write to the primary server"),
    ("42501", "this role has no right to do that", _RIGHTS),
    ("42P01", "tables of the ledger are missing", "restore it from a copy"),
    ("42703", "the tables are not those of a ledger", "name another with --ledger"),
    ("53100", f"the server's disk is full; {_KEPT}", "free some space there and run it again"),
    ("53300", *_FULL),
    ("57P03", *_STARTING),
    ("57P", *_LOST),
    ("08", *_LOST),
    ("25P0", *_LOST),
    ("40", f"another program changed the same rows; {_KEPT}", "run it again"),
    ("53", f"the server has run out of something it needs; {_KEPT}", "ask who runs it"),
)  # fmt: skip
"""The first whose beginning fits; 25P0x are time limits on idle transactions."""

_BY_TEXT: tuple[tuple[str, str, str], ...] = (
    (r"password authentication failed|no password supplied|authentication failed for user",
     "the server refuses this user or password",
     "check both; the password may be in PGPASSWORD or ~/.pgpass"),
    (r'database "[^"]*" does not exist', "the server has no such database",
     "create it with createdb, or name another with --ledger"),
    (r'role "[^"]*" (?:does not exist|is not permitted)', "the server does not know this user",
     "create it with createuser, or name another in the address"),
    (r"permission denied for database|no pg_hba\.conf entry",
     "the server does not let this user in here", _RIGHTS),
    (r"too many (?:connections|clients)|remaining connection slots", *_FULL),
    (r"the database system is", *_STARTING),
    (r"certificate|SSL|TLS|GSS", "the server and this address do not agree on encryption",
     "check sslmode, sslrootcert and what the server offers"),
    (r'definition of service "[^"]*" not found|service file',
     "there is no such service", "see PGSERVICEFILE and ~/.pg_service.conf"),
    (r"failed to resolve|could not translate host name|Name or service not known", _UNREACHABLE,
     "its name is not known: check the host"),
    (r"timeout expired|timed out", _UNREACHABLE, "it did not answer in time: check host and port"),
    (r"Connection refused|No such file or directory|No route to host|Network is unreachable",
     _UNREACHABLE, "nothing listens there: check that it runs, host and port"),
    (r"server closed the connection|connection (?:is|was) (?:closed|lost)|consuming input failed|"
     r"terminating connection|Broken pipe|Connection reset", *_LOST),
)  # fmt: skip


def refusal(error: psycopg.Error, address: Address) -> tuple[str, str]:
    """Return what is wrong and what to do about it, without any password of the address."""
    state, text = error.sqlstate, str(error)
    if state is not None:
        for beginning, what, remedy in _BY_STATE:
            if state.startswith(beginning):
                return what, remedy
    elif isinstance(error, psycopg.ProgrammingError):
        # What libpq cannot read it quotes, and it may be a piece of a password.
        return (
            "the address is not written as PostgreSQL reads it",
            "write special characters as %XX, and the password in ~/.pgpass",
        )
    else:
        for pattern, what, remedy in _BY_TEXT:
            if re.search(pattern, text):
                return what, remedy
    return f"the server refuses: {_scrubbed(text, address)}", ""


def _scrubbed(text: str, address: Address) -> str:
    secrets = {os.environ.get("PGPASSWORD", "")}
    with suppress(psycopg.Error):
        given = conninfo_to_dict(address.url or "")
        secrets |= {str(given.get(name) or "") for name in ("password", "sslpassword")}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    return text.partition("\n")[0]
