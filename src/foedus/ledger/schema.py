"""The tables of the ledger's file, and how an older file becomes a newer one.

Comes in: nothing. Goes out: SQL. ``docs/reference/ledger.md`` tells the columns to people. A record is
kept whole, as the JSON that the codebook defines (``data``); the columns beside it repeat what
queries ask for.
"""

from __future__ import annotations

__all__ = ["CREATE", "MIGRATIONS", "TABLES", "VERSION"]

VERSION = 6
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
    "pending": (("source", "VARCHAR NOT NULL"),),
    "notes": (("key", "VARCHAR PRIMARY KEY"), ("value", "VARCHAR NOT NULL")),
    "settled": (
        ("source", "VARCHAR NOT NULL"),
        ("url", "VARCHAR"),
        ("grp", "VARCHAR NOT NULL"),
        ("known", "BIGINT NOT NULL"),
        ("born", "BIGINT NOT NULL"),
        ("dies", "BIGINT NOT NULL"),
        ("successor", "VARCHAR"),
        ("corrected", "VARCHAR NOT NULL"),
        ("dating", "VARCHAR NOT NULL"),
        ("rounds", "VARCHAR"),
    ),
    "marks": (
        ("mark", "BIGINT NOT NULL"),
        ("kind", "VARCHAR NOT NULL"),
        ("source", "VARCHAR NOT NULL"),
    ),
    "events": (
        ("type", "VARCHAR NOT NULL"),
        ("cue", "VARCHAR NOT NULL"),
        ("first", "BIGINT NOT NULL"),
        ("last", "BIGINT NOT NULL"),
        ("source", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
    ),
    "tellings": (
        ("name", "BIGINT NOT NULL"),
        ("block", "VARCHAR NOT NULL"),
        ("source", "VARCHAR NOT NULL"),
        ("act", "VARCHAR NOT NULL"),
        ("told", "BIGINT NOT NULL"),
        ("first", "BIGINT"),
        ("last", "BIGINT"),
        ("span_start", "BIGINT NOT NULL"),
        ("span_end", "BIGINT NOT NULL"),
        ("born", "BIGINT NOT NULL"),
        ("dies", "BIGINT NOT NULL"),
        ("grp", "VARCHAR NOT NULL"),
        ("rule", "VARCHAR"),
        ("numbers", "VARCHAR NOT NULL"),
        ("profile", "VARCHAR NOT NULL"),
        ("data", "VARCHAR NOT NULL"),
        ("words", "VARCHAR"),
        ("said", "VARCHAR"),
    ),
    "told_cues": (
        ("cue", "VARCHAR NOT NULL"),
        ("block", "VARCHAR NOT NULL"),
        ("telling", "BIGINT NOT NULL"),
    ),
    "spells": (
        ("telling", "BIGINT NOT NULL"),
        ("block", "VARCHAR NOT NULL"),
        ("cluster", "BIGINT NOT NULL"),
        ("born", "BIGINT NOT NULL"),
        ("dies", "BIGINT NOT NULL"),
        ("low", "BIGINT NOT NULL"),
        ("torn", "VARCHAR NOT NULL"),
    ),
}
"""Each table's columns, in order, with their SQL types."""

DERIVED: tuple[str, ...] = (
    "settled",
    "marks",
    "copies",
    "events",
    "tellings",
    "told_cues",
    "spells",
)
"""Tables of what follows from the others: they can be emptied and worked out anew at any time."""

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
    3: (
        "CREATE TABLE pending (source VARCHAR NOT NULL)",
        "CREATE TABLE notes (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)",
        "CREATE TABLE settled (source VARCHAR NOT NULL, url VARCHAR, grp VARCHAR NOT NULL, "
        "known BIGINT NOT NULL, born BIGINT NOT NULL, dies BIGINT NOT NULL, successor VARCHAR, "
        "corrected VARCHAR NOT NULL, dating VARCHAR NOT NULL, rounds VARCHAR)",
        "CREATE TABLE marks (mark BIGINT NOT NULL, kind VARCHAR NOT NULL, source VARCHAR NOT NULL)",
        "CREATE TABLE events (type VARCHAR NOT NULL, cue VARCHAR NOT NULL, first BIGINT NOT NULL, "
        "last BIGINT NOT NULL, source VARCHAR NOT NULL, data VARCHAR NOT NULL)",
        "CREATE TABLE tellings (name BIGINT NOT NULL, block VARCHAR NOT NULL, "
        "source VARCHAR NOT NULL, act VARCHAR NOT NULL, told BIGINT NOT NULL, first BIGINT, "
        "last BIGINT, span_start BIGINT NOT NULL, span_end BIGINT NOT NULL, born BIGINT NOT NULL, "
        "dies BIGINT NOT NULL, grp VARCHAR NOT NULL, rule VARCHAR, numbers VARCHAR NOT NULL, "
        "profile VARCHAR NOT NULL, data VARCHAR NOT NULL)",
        "CREATE TABLE told_cues (cue VARCHAR NOT NULL, block VARCHAR NOT NULL, "
        "telling BIGINT NOT NULL)",
        "CREATE TABLE spells (telling BIGINT NOT NULL, block VARCHAR NOT NULL, "
        "cluster BIGINT NOT NULL, born BIGINT NOT NULL, dies BIGINT NOT NULL, low BIGINT NOT NULL, "
        "torn VARCHAR NOT NULL)",
    ),
    4: ("ALTER TABLE tellings ADD COLUMN words VARCHAR",),
    5: ("ALTER TABLE tellings ADD COLUMN said VARCHAR",),
}
"""For each older version, the statements that make it the next one."""
