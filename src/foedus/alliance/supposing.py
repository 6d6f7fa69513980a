"""What if: the facts with some supposed and some taken away, and what that changes.

Comes in: facts, acts that are supposed, ids of what is supposed not to have been. Goes out: the facts
as they would be, and for each mechanism whose answer changes the two answers. No ledger is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec

from foedus.acts import Act, DateRange, EventType, day, hull
from foedus.alliance.facts import with_readings
from foedus.alliance.records import MechanismStatus, Reason
from foedus.errors import FoedusError
from foedus.ledger.records import Citation, Fact, Reading

__all__ = ["Change", "changes", "grounds", "read_supposed", "supposed_fact", "without"]

_LIMIT = 8_000_000
_MOST = 6
_FIELDS = frozenset(field.name for field in msgspec.structs.fields(Act))
_ANSWER = ("status", "stage", "since", "expected", "by", "single_source", "disputed")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A mechanism whose answer changes: before and after, and the grounds that fell away or came.

    A ground is a rule and a fact under it, as nodes of the reasons.
    """

    before: MechanismStatus
    after: MechanismStatus
    lost: tuple[tuple[Reason, Reason], ...] = ()
    gained: tuple[tuple[Reason, Reason], ...] = ()


def read_supposed(path: Path, on: date | None) -> tuple[Fact, ...]:
    """Read supposed acts: one act of the codebook a line, as JSON; each becomes a fact.

    Only ``type`` is asked for; ``date`` may be a day, a range (``2022-02-24/2022-02-26``) or the
    codebook's object. One without a date is supposed on the day ``on``.
    Statements and quantities among them, as ``foedus code`` prints them, are passed over.

    Raises:
        FoedusError: the file cannot be read, or a line is no act; file and line are named.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise FoedusError("file of acts is over 8 MB", where=path, remedy="suppose fewer")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FoedusError("is not UTF-8", where=path, remedy="save it as UTF-8") from error
    except OSError as error:
        raise FoedusError(error.strerror or "cannot be read", where=path) from error
    found = [
        _act(line, path, number, on) for number, line in enumerate(lines, start=1) if line.strip()
    ]
    return tuple(
        supposed_fact(act, name=f"supposed-{number}", file=path.name, line=number)
        for number, act in enumerate(found, start=1)
        if act is not None
    )


def _act(line: str, path: Path, number: int, on: date | None) -> Act | None:
    where = f"{path}:{number}"
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise FoedusError("is no JSON", where=where, remedy="write one object a line") from error
    if not isinstance(raw, dict):
        raise FoedusError("is no act", where=where, remedy="write one object a line")
    if raw.pop("record", "act") != "act":
        return None
    odd = sorted(set(raw) - _FIELDS)
    if odd:
        raise FoedusError(
            f"an act has no {odd[0]!r}", where=where, remedy="see the codebook in short"
        )
    if raw.get("type") not in get_args(EventType):
        raise FoedusError(
            f"type {raw.get('type')!r} is none", where=where,
            remedy=f"one of: {', '.join(get_args(EventType))}",
        )  # fmt: skip
    given: dict[str, Any] = {"id": f"supposed-{number}", "report": path.name, **raw}
    given |= {"span": raw.get("span", (0, 0)), "trigger": raw.get("trigger", (0, 0))}
    given["date"] = _date(raw.get("date"), where, on)
    try:
        return msgspec.convert(given, Act)
    except (msgspec.ValidationError, ValueError) as error:
        raise FoedusError(
            f"is no act: {error}", where=where, remedy="see the codebook in short"
        ) from error


def _date(value: object, where: str, on: date | None) -> object:
    if value is None:
        return None if on is None else day(on)
    if not isinstance(value, str):
        return value
    try:
        days = [date.fromisoformat(part) for part in value.split("/", 1)]
        return hull(day(d) for d in days)
    except ValueError as error:
        raise FoedusError(
            f"{value!r} is no date", where=where, remedy="write it as 2022-02-25"
        ) from error


def supposed_fact(act: Act, *, name: str, file: str = "", line: int | None = None) -> Fact:
    """Return the fact that a supposed act makes by itself: known from the start, told plainly."""
    when: DateRange | None = act.date
    reading = Reading(
        act=act,
        origin="person",
        date=when,
        group=name,
        citation=Citation(report=file or act.report, source="", line=line),
    )
    return Fact(
        id=name,
        type=act.type,
        mode=act.mode,
        aux=act.aux,
        cues=act.cues,
        actors=act.actors,
        recipients=act.recipients,
        places=act.places,
        instruments=act.instruments,
        date=when,
        readings=(reading,),
    )


def without(facts: Sequence[Fact], ids: Iterable[str]) -> tuple[Fact, ...]:
    """Return the facts without those of the given ids; of an act's id, without that telling.

    The beginning of an id will do where nothing else begins so.

    Raises:
        FoedusError: nothing has that id, or several begin so.
    """
    gone = {_named(facts, asked) for asked in ids}
    kept = []
    for fact in facts:
        if fact.id in gone:
            continue
        readings = tuple(r for r in fact.readings if r.act.id not in gone)
        if readings == fact.readings:
            kept.append(fact)
        elif readings:
            kept.append(with_readings(fact, readings))
    return tuple(kept)


def _named(facts: Sequence[Fact], asked: str) -> str:
    ids = {f.id for f in facts} | {r.act.id for f in facts for r in f.readings}
    if asked in ids:
        return asked
    hits = sorted(i for i in ids if asked and i.startswith(asked))
    if len(hits) == 1:
        return hits[0]
    if not hits:
        raise FoedusError(
            f"no fact or act known then has the id {asked!r}", where="--without",
            remedy="foedus ledger facts lists ids; that of a fact changes when it gains a telling",
        )  # fmt: skip
    names = ", ".join(hits[:_MOST]) + (", …" if len(hits) > _MOST else "")
    raise FoedusError(f"{asked!r} may be any of {len(hits)}", remedy=f"write more of it: {names}")


def changes(
    before: Sequence[MechanismStatus], after: Sequence[MechanismStatus]
) -> tuple[Change, ...]:
    """Return the mechanisms whose answer changes, in declared order; both for the same question."""
    return tuple(
        Change(before=old, after=new, **_differing(old.reason, new.reason))
        for old, new in zip(before, after, strict=True)
        if any(getattr(old, name) != getattr(new, name) for name in _ANSWER)
    )


def _differing(old: Reason, new: Reason) -> dict[str, tuple[tuple[Reason, Reason], ...]]:
    had, has = grounds(old), grounds(new)
    return {
        "lost": tuple(pair for key, pair in had.items() if key not in has),
        "gained": tuple(pair for key, pair in has.items() if key not in had),
    }


def grounds(reason: Reason) -> dict[tuple[str, str, str], tuple[Reason, Reason]]:
    """Return the rules of a reason with the facts under them, by rule, fact and what it is worth."""
    found: dict[tuple[str, str, str], tuple[Reason, Reason]] = {}
    stack = [reason]
    while stack:
        node = stack.pop()
        if node.kind == "rule":
            for child in node.children:
                key = (node.values["rule"], child.fact or "", child.key)
                found[key] = (node, child)
        elif node.kind in ("status", "conflict"):
            stack.extend(reversed(node.children))
    return found
