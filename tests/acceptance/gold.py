"""The gold annotations as an outcome, to check the findings' own logic without the coder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from foedus.acts import Act, Quantity, Statement, decode_record, record_id
from foedus.ledger.records import Citation, Fact, Reading
from tests.acceptance.outcome import Outcome

_NOT_OURS = {"aux_or"}


def _first(value: Any) -> Any:
    """Take the first of gold's alternatives (``"AGREE|THREATEN"``), at any depth."""
    if isinstance(value, str):
        return value.split("|")[0]
    if isinstance(value, list):
        return [_first(v) for v in value]
    if isinstance(value, dict):
        return {k: _first(v) for k, v in value.items()}
    return value


def _record(line: str) -> Act | Statement | Quantity:
    raw = {k: _first(v) for k, v in msgspec.json.decode(line).items() if k not in _NOT_OURS}
    given = {k: v for k, v in raw.items() if v is not None}
    given["id"] = record_id(given["report"], given["record"], given["span"], given.get("trigger"))
    return decode_record(msgspec.json.encode(given))


def gold_outcome(folder: Path, texts: Mapping[str, str]) -> Outcome:
    """Read every gold file; each act becomes a fact of its own."""
    statements, quantities, facts = [], [], []
    for path in sorted(folder.glob("*.gold.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = _record(line)
            if isinstance(record, Statement):
                statements.append(record)
            elif isinstance(record, Quantity):
                quantities.append(record)
            else:
                facts.append(_fact(record))
    return Outcome(texts=texts, statements=statements, quantities=quantities, facts=facts)


def _fact(act: Act) -> Fact:
    where = Citation(report=act.report, source="", span=act.span)
    reading = Reading(act=act, date=act.date, group=act.report, citation=where)
    return Fact(id=act.id, type=act.type, readings=(reading,))
