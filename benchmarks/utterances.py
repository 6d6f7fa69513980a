"""Score which statements are joined as one utterance against gold, pairwise and B-cubed.

Comes in: ``samples/gold/utterances/``: wordings with the label of their utterance, and, for reports, spans
of statements that share one (whatever is not named there is an utterance of its own). Goes out: a line
for each set. A set whose reports are not there is skipped, with the reason. ``--errors`` lists pairs
joined or parted wrongly, of sets to develop against only; ``--scale`` tells instead the time for a
statement of generated years of more and more statements. Usage: ``python benchmarks/utterances.py``.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
from bcubed import bcubed, pairwise

from foedus.acts import Act, Record, Span, Statement, day, record_id
from foedus.alliance import load_alliance
from foedus.coding import Coder
from foedus.ledger import Ledger
from foedus.ledger.records import Citation
from foedus.ledger.sayings import Said, Utterance
from foedus.ledger.speech.utterances import group_utterances
from foedus.report import Report, read
from foedus.world import load_world

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "samples" / "gold" / "utterances"
SHARED = ROOT.parent / "shared"
Row = dict[str, Any]
Key = tuple[str, Span]


def main() -> int:
    """Score every set that is there; 0 even where one is not."""
    options = argparse.ArgumentParser(description="Score the grouping of statements.")
    options.add_argument("--errors", action="store_true", help="list pairs, of development sets")
    options.add_argument("--scale", action="store_true", help="time generated years instead")
    asked = options.parse_args()
    if asked.scale:
        return _scale()
    errors = asked.errors
    print(f"{'':26}{'items':>6}{'pairs':>6}  {'pairwise P  R  F1':^21}  {'B-cubed P  R  F1':^21}")
    for name in ("wordings.dev", "wordings.aside"):
        rows = _rows(GOLD / f"{name}.jsonl")
        found = group_utterances(map(_said, rows), world=load_world())
        gold = {row["id"]: row["utterance"] for row in rows}
        labels = {v.said.statement.id: u.id for u in found for v in u.variants}
        _print(name, gold, labels)
        if errors and name.endswith("dev"):
            _list(gold, labels, {row["id"]: row["text"] for row in rows})
    _score_reports("samples", ROOT / "samples", None, errors=errors)
    _score_reports("reports.dev", SHARED / "reports", SHARED / "gold" / "dev", errors=errors)
    return 0


def _scale() -> int:
    """Time a year's statements: forty speakers, each utterance in three reports, two of them cut."""
    words = sorted({w for row in _rows(GOLD / "wordings.dev.jsonl") for w in row["text"].split()})
    for count in (3_000, 12_000, 48_000):
        said = list(_generated(count, words, random.Random(20220224)))
        started = time.perf_counter()
        found = group_utterances(said, world=load_world())
        took = time.perf_counter() - started
        print(f"{count:6} statements, {len(found):6} utterances: {1000 * took / count:.2f} ms each")
    return 0


def _generated(count: int, words: list[str], chance: random.Random) -> Iterator[Said]:
    weights = [1 / (rank + 1) for rank in range(len(words))]
    for number in range(count // 3):
        who = f"speaker-{chance.randrange(40)}"
        when = date(2022, 1, 1) + timedelta(chance.randrange(365))
        whole = chance.choices(words, weights, k=chance.randrange(8, 30))
        for copy in range(3):
            cut = whole[chance.randrange(len(whole) // 3) if copy else 0 :]
            yield _said(
                {
                    "id": f"{number}{copy}", "report": f"{number}-{copy}", "form": "direct",
                    "speaker": who, "language": "fr", "published": when.isoformat(),
                    "text": " ".join(cut),
                }
            )  # fmt: skip


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _said(row: Row) -> Said:
    """A wording of the gold as a statement of a report of that day; the spans only keep order."""
    at = 1000 * int(row["id"])
    statement = Statement(
        id=row["id"], report=row["report"], source=row["report"],
        span=(at, at + len(row["text"])), form=row["form"], speaker=row["speaker"],
    )  # fmt: skip
    return Said(
        statement=statement, text=row["text"], language=row["language"],
        published=day(date.fromisoformat(row["published"])), group=row["report"],
        citation=Citation(report=row["report"], source=row["report"], span=statement.span),
    )  # fmt: skip


def _score_reports(name: str, folder: Path, gold: Path | None, *, errors: bool) -> None:
    """Score the statements of reports: those of ``gold``, or, without it, those that are coded."""
    if not folder.is_dir() or (gold is not None and not gold.is_dir()):
        print(f"{name:26}skipped: the reports are not beside this clone")
        return
    found = _utterances(folder, gold)
    together = {
        (row["report"], tuple(row["span"])): row["utterance"]
        for row in _rows(GOLD / f"{name}.jsonl")
    }
    said = {(v.said.citation.report, v.said.statement.span): u for u in found for v in u.variants}
    labels = {f"{report}:{span}": u.id for (report, span), u in said.items()}
    right = {
        f"{report}:{span}": _label(together, report, span) or f"{report}:{span}"
        for report, span in said
    }
    missing = sum(1 for key in together if not any(_overlap(key, other) for other in said))
    _print(name, right, labels, f"{missing} of the gold's statements not there")
    if errors:
        texts = {f"{r}:{v.said.statement.span}": v.said.text for u in found for v in u.variants
                 for r in (v.said.citation.report,)}  # fmt: skip
        _list(right, labels, texts)


def _label(together: dict[Key, str], report: str, span: Span) -> str | None:
    return next((u for key, u in together.items() if _overlap(key, (report, span))), None)


def _overlap(a: Key, b: Key) -> bool:
    """Whether two spans of a report are one: half of their characters at least."""
    if a[0] != b[0]:
        return False
    shared = min(a[1][1], b[1][1]) - max(a[1][0], b[1][0])
    return shared >= 0.5 * (max(a[1][1], b[1][1]) - min(a[1][0], b[1][0]))


def _utterances(folder: Path, gold: Path | None) -> tuple[Utterance, ...]:
    world, alliance = load_world(), load_alliance("nato")
    coder = Coder(world, alliance.cues, own=alliance.own)
    reports = [item for item in read([folder], world=world) if isinstance(item, Report)]
    coded = [(report, _records(coder, report, gold)) for report in reports]
    with (
        tempfile.TemporaryDirectory() as place,
        Ledger.open(Path(place) / "gold.duckdb", world=world) as ledger,
    ):
        ledger.set_calendar(alliance.calendar)
        ledger.add(coded)
        return ledger.speech().utterances


def _records(coder: Coder, report: Report, gold: Path | None) -> tuple[Record, ...]:
    """The report's records; with ``gold``, its statements stand in place of those coded."""
    coded: tuple[Record, ...] = tuple(coder.code(report))
    if gold is None:
        return coded
    acts = [msgspec.structs.replace(r, statement=None) for r in coded if isinstance(r, Act)]
    return (*acts, *_statements(gold / f"{report.label}.gold.jsonl", report))


def _statements(path: Path, report: Report) -> Iterator[Statement]:
    """The gold's statements; where it offers alternatives, the first."""
    when = {}
    for row in _rows(path):
        if row["record"] == "statement":
            span = (row["span"][0], row["span"][1])
            when = {key: row[key] for key in ("date", "via") if row.get(key)}
            yield msgspec.convert(
                {
                    "record": "statement", "id": record_id(report.hash, "statement", span),
                    "report": report.label, "source": report.hash, "span": span,
                    "form": row["form"].partition("|")[0],
                    "speaker": (row["speaker"] or "").partition("|")[0] or None, **when,
                },
                Statement,
            )  # fmt: skip


def _print(name: str, gold: dict[str, str], found: dict[str, str], note: str = "") -> None:
    pairs = sum(1 for a, b in combinations(gold, 2) if gold[a] == gold[b])
    cells = "  ".join(
        f"{m.precision:6.3f} {m.recall:6.3f} {m.f1:6.3f} "
        for m in (pairwise(gold, found), bcubed(gold, found))
    )
    print(f"{name:26}{len(gold):6}{pairs:6}  {cells}  {note}")


def _list(gold: dict[str, str], found: dict[str, str], texts: dict[str, str]) -> None:
    for a, b in combinations(sorted(gold), 2):
        right, joined = gold[a] == gold[b], found[a] == found[b]
        if right != joined:
            print(f"  {'joined' if joined else 'parted'}: {texts[a]} / {texts[b]}")


if __name__ == "__main__":
    raise SystemExit(main())
