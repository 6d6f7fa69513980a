"""Measure how fast reports are coded: beside the bare parser, with a topic, in memory, on hostile text.

Comes in: nothing but options. Goes out: tables of words per second, of memory over many short reports and of
time per character. All figures of a table are of one run on one machine and one process; what is compared
is measured in turns, several times, and the best of each counts.
Usage: ``python benchmarks/coding.py [speed] [topic] [memory] [linear] [--reports N]``.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from texts import SHAPES, on_topic, stream

from foedus.acts import encode_record
from foedus.alliance import load_alliance
from foedus.brief.work import Item, code_files
from foedus.coding import Coder, load_lexicon
from foedus.report import LeftOut
from foedus.report.read import read_text
from foedus.report.records import Failure
from foedus.world import load_world

ROOT = Path(__file__).resolve().parent.parent
_TURNS = 5
_TABLES = ("speed", "topic", "memory", "linear")


def main() -> int:
    """Print the tables asked for; all of them where none is named."""
    options = argparse.ArgumentParser(description="Measure the coder.")
    options.add_argument("tables", nargs="*", metavar="TABLE", help=", ".join(_TABLES))
    options.add_argument("--reports", type=int, default=2000, help="reports of the memory table")
    options.add_argument("--topic", action="store_true", help="memory over a mixed stream")
    options.add_argument(
        "--largest", type=int, default=5_000_000, help="characters of the longest line"
    )
    asked = options.parse_args()
    wrong = [t for t in asked.tables if t not in _TABLES]
    if wrong:
        options.error(f"no such table: {', '.join(wrong)} (one of: {', '.join(_TABLES)})")
    for table in asked.tables or _TABLES:
        if table == "speed":
            speed()
        elif table == "topic":
            topic()
        elif table == "memory":
            memory(asked.reports, with_topic=asked.topic)
        else:
            linear(asked.largest)
    return 0


def _gold() -> list[str]:
    """The texts of the development set: reports of our own as they come."""
    paths = sorted((ROOT / "samples" / "gold" / "dev").glob("*.txt"))
    return [path.read_bytes().decode("utf-8", "replace") for path in paths]


def _written(texts: Iterable[str], folder: Path) -> Path:
    for number, text in enumerate(texts):
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def _pipeline(*, bare: bool) -> Any:
    import importlib

    module: Any = importlib.import_module(load_lexicon("fr").parser)
    return module.load() if bare else module.load(exclude=["ner"])


def _coded(folder: Path, coder: Coder, topic: str | None = None) -> Iterator[Item]:
    """The whole of ``foedus code``: read, code, write each record as a line."""
    items = code_files([folder], topic=topic, workers=1, make=lambda *_: coder)
    return (_lines(item) for item in items)


def _lines(item: Item) -> Item:
    if not isinstance(item, (Failure, LeftOut)):
        for record in item[1]:
            encode_record(record)
    return item


def _coder() -> Coder:
    world = load_world()
    declared = load_alliance("nato", world)
    return Coder(world, declared.cues, own=declared.own)


def _best(runs: dict[str, Callable[[], Iterable[object]]]) -> dict[str, float]:
    """The least processor time of each, all of them in turn, so that a busy machine is fair to all.

    What a run does before its first result (reading the wording of the alliance) is done once a
    command and not counted; nor is the first turn, in which parsers load.
    """
    best = dict.fromkeys(runs, float("inf"))
    for turn in range(_TURNS + 1):
        for name, run in runs.items():
            results = run()
            start = time.process_time()
            for _ in results:
                pass
            if turn:
                best[name] = min(best[name], time.process_time() - start)
    return best


def speed() -> None:
    """Words per second: the parser alone, without what coding does not use, and the whole."""
    _speed("samples/gold/dev", _gold())
    _speed("made up, on the alliance", [on_topic(n) for n in range(20)])


def _speed(name: str, texts: list[str]) -> None:
    coder, whole, lean = _coder(), _pipeline(bare=True), _pipeline(bare=False)
    words = sum(len(t.split()) for t in texts)
    with tempfile.TemporaryDirectory() as place:
        folder = _written(texts, Path(place))
        took = _best(
            {
                "(a) bare parser, as shipped": lambda: whole.pipe(texts),
                "(a') without named entities": lambda: lean.pipe(texts),
                "(b) foedus code": lambda: _coded(folder, coder),
            }
        )
    _table(f"{name}: {len(texts)} reports, {words} words", took, words)


def topic() -> None:
    """Words per second on a stream of which one report in ten concerns the alliance."""
    coder = _coder()
    texts = list(stream(200))
    words = sum(len(t.split()) for t in texts)
    whole = _pipeline(bare=True)
    with tempfile.TemporaryDirectory() as place:
        folder = _written(texts, Path(place))
        left_out = sum(isinstance(item, LeftOut) for item in _coded(folder, coder, "nato"))
        took = _best(
            {
                "(a) bare parser, as shipped": lambda: whole.pipe(texts),
                "(b) foedus code --topic nato": lambda: _coded(folder, coder, "nato"),
            }
        )
    _table(f"mixed stream: {len(texts)} reports, {words} words, {left_out} left out", took, words)


def _table(head: str, took: dict[str, float], words: int) -> None:
    print(f"\n{head}")
    first = next(iter(took.values()))
    for name, seconds in took.items():
        print(f"  {name:30} {words / seconds:9,.0f} words/s  {first / seconds:5.2f} × (a)")


def memory(count: int, *, with_topic: bool) -> None:
    """Resident memory while many short reports are coded one after the other."""
    print(
        f"\nmemory over {count} short reports{' of a mixed stream, --topic nato' if with_topic else ''}"
    )
    coder = _coder()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        texts = stream(count, words=40) if with_topic else (on_topic(n, 40) for n in range(count))
        folder = _written(texts, Path(place))
        items = code_files(
            [folder], topic="nato" if with_topic else None, workers=1, make=lambda *_: coder
        )
        for step in range(10):
            done = sum(1 for _ in islice(items, (step + 1) * count // 10 - step * count // 10))
            print(
                f"  {(step + 1) * count // 10:8} reports {_resident():6} MB  ({done} more)",
                flush=True,
            )
    print(f"  {time.monotonic() - start:.0f} s")


def _resident() -> int:
    """Megabytes of memory held now; where the system does not tell, the most held so far."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // (1_000_000 if sys.platform == "darwin" else 1000)
    return pages * resource.getpagesize() // 1_000_000


def linear(largest: int) -> None:
    """Microseconds a character on shapes that hurt, each twice as long as the last."""
    coder, world = _coder(), load_world()
    coder.code(read_text(on_topic(1).encode(), label="", path="", world=world))
    print("\nmicroseconds a character, reading and coding; linear: the same in each column")
    sizes = (12_500, 25_000, 50_000, 100_000)
    print(f"  {'':24}" + "".join(f"{n:>10,}" for n in sizes))
    for name, shape in SHAPES.items():
        figures = [_rate(shape(n), coder, world) for n in sizes]
        print(f"  {name:24}" + "".join(f"{f:10.1f}" for f in figures), flush=True)
    for name, text in (
        (f"one line of {largest:,}", SHAPES["one line of prose"](largest)),
        ("50,000 quotation marks", SHAPES["quotation marks"](50_000)),
        ("10,000 nested parentheses", SHAPES["nested parentheses"](20_000)),
    ):
        print(f"  {name:34} {_rate(text, coder, world):10.1f}", flush=True)


def _rate(text: str, coder: Coder, world: Any) -> float:
    start = time.process_time()
    report = read_text(text.encode(), label="", path="", world=world)
    for record in Coder.code(coder, _french(report)):
        encode_record(record)
    return (time.process_time() - start) / len(text) * 1e6


def _french(report: Any) -> Any:
    """A shape without words tells no language: it is coded as French all the same."""
    import msgspec

    return msgspec.structs.replace(report, language="fr")


if __name__ == "__main__":
    raise SystemExit(main())
