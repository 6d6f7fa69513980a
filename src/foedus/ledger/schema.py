"""The tables of the ledger's file, and how an older file becomes a newer one.

Comes in: nothing. Goes out: SQL. ``docs/reference/ledger.md`` tells the columns to people. A record is
kept whole, as the JSON that the codebook defines (``data``); the columns beside it repeat what
queries ask for.
"""

from __future__ import annotations

__all__ = ["CREATE", "MIGRATIONS", "TABLES", "VERSION"]

VERSION = 3
"""Raised with every change of the tables; each older version then needs an entry in MIGRATIONS."""

TABLES: dict[str, tuple[tuple[str, str], ...]] = {
    "meta": (("key", "VARCHAR PRIMARY KEY"), ("value", "VARCHAR NOT NULL")),
    "reports": (
        ("hash", "VARCHAR PRIMARY KEY"),
        ("label", "VARCHAR NOT NULL"),
        ("outlet", "VARCHAR"),
        ("language", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "statements": (
        ("source", "VARCHAR NOT NULL"),
        ("id", "VARCHAR NOT NULL"),
        ("span_start", "BIGINT NOT NULL"),
        ("span_end", "BIGINT NOT NULL"),
        ("speaker", "VARCHAR"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "acts": (
        ("source", "VARCHAR NOT NULL"),
        ("id", "VARCHAR NOT NULL"),
        ("span_start", "BIGINT NOT NULL"),
        ("span_end", "BIGINT NOT NULL"),
        ("type", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "quantities": (
        ("source", "VARCHAR NOT NULL"),
        ("id", "VARCHAR NOT NULL"),
        ("span_start", "BIGINT NOT NULL"),
        ("span_end", "BIGINT NOT NULL"),
        ("subject", "VARCHAR"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "calendar": (
        ("file", "VARCHAR NOT NULL"),
        ("line", "BIGINT NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "copies": (
        ("a", "VARCHAR NOT NULL"),
        ("b", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "judgements": (
        ("id", "VARCHAR PRIMARY KEY"),
        ("verb", "VARCHAR NOT NULL"),
        ("made_by", "VARCHAR NOT NULL"),
        ("made_at", "VARCHAR NOT NULL"),
        ("withdraws", "VARCHAR"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "judged": (
        ("judgement", "VARCHAR NOT NULL"),
        ("part", "BIGINT NOT NULL"),
        ("kind", "VARCHAR NOT NULL"),
        ("source", "VARCHAR NOT NULL"),
        ("record", "VARCHAR NOT NULL"),
        ("span_start", "BIGINT"),
        ("span_end", "BIGINT"),
    ),
    "entries": (
        ("id", "VARCHAR PRIMARY KEY"),
        ("file", "VARCHAR NOT NULL"),
        ("author", "VARCHAR NOT NULL"),
        ("type", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "enterings": (
        ("id", "VARCHAR PRIMARY KEY"),
        ("file", "VARCHAR NOT NULL"),
        ("made_by", "VARCHAR NOT NULL"),
        ("made_at", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
}
"""Each table's columns, in order, with their SQL types."""

CREATE: tuple[str, ...] = tuple(
    f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})"
    for table, columns in TABLES.items()
)

MIGRATIONS: dict[int, tuple[str, ...]] = {
    # Written out: what version 2 was must not change when the tables above do.
    1: (
        "CREATE TABLE judgements (id VARCHAR PRIMARY KEY, verb VARCHAR NOT NULL, "
        "made_by VARCHAR NOT NULL, made_at VARCHAR NOT NULL, withdraws VARCHAR, "
        "data VARCHAR NOT NULL)",
        "CREATE TABLE judged (judgement VARCHAR NOT NULL, part BIGINT NOT NULL, "
        "kind VARCHAR NOT NULL, source VARCHAR NOT NULL, record VARCHAR NOT NULL, "
        "span_start BIGINT, span_end BIGINT)",
    ),
    2: (
        "CREATE TABLE entries (id VARCHAR PRIMARY KEY, file VARCHAR NOT NULL, "
        "author VARCHAR NOT NULL, type VARCHAR NOT NULL, data VARCHAR NOT NULL)",
        "CREATE TABLE enterings (id VARCHAR PRIMARY KEY, file VARCHAR NOT NULL, "
        "made_by VARCHAR NOT NULL, made_at VARCHAR NOT NULL, data VARCHAR NOT NULL)",
    ),
}
"""For each older version, the statements that make it the next one."""
