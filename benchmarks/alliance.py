"""Measure the alliance's rules: all statuses over all dates, one day, one day as known by another.

Comes in: nothing but options. Goes out: a table a size: a plain pass over the same file of acts, the course of every
mechanism over all dates, queries on it, what tracing costs; and clingo on the same rules, with the same answers.
Acts are made up, with the cues, types and roles that the rules speak of. All figures of a line are of one run in one
process; a size has a process of its own, so that its peak of memory is its own.
Usage: ``python benchmarks/alliance.py [sizes] [clingo] [--sizes 10000,100000,1000000] [--clingo 10000]``.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from asp import Answers, solved

from foedus.acts import Act, Aux, day, decode_record, encode_record
from foedus.alliance import Alliance, load_alliance, statuses
from foedus.alliance.clocks import BothClocks
from foedus.alliance.engine import Known, courses
from foedus.alliance.match import Question
from foedus.alliance.records import MechanismStatus, Reason
from foedus.ledger.records import Citation, Fact, Reading
from foedus.world import World, load_world

T = TypeVar("T")
FIRST = date(1990, 1, 1)
DAYS = 12_000
_ENOUGH = 2_000_000
"""A size is gone through several times in turn with the plain pass, up to so many acts; the quickest of each counts."""
_AUX: tuple[tuple[Aux, ...], ...] = ((), (), (), (), ("future",), ("hypothetical",), ("negation",))


def main() -> int:
    """Print the tables asked for; both where none is named."""
    options = argparse.ArgumentParser(description="Measure the alliance's rules.")
    options.add_argument("tables", nargs="*", metavar="TABLE", help="sizes, clingo")
    options.add_argument("--sizes", default="10000,100000,1000000")
    options.add_argument("--clingo", type=int, default=10_000, help="acts given to clingo")
    options.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        size(asked.one)
        return 0
    tables = asked.tables or ["sizes", "clingo"]
    if "sizes" in tables:
        for number in asked.sizes.split(","):
            subprocess.run([sys.executable, __file__, "--one", number], check=True)
    if "clingo" in tables:
        clingo(asked.clingo)
    return 0


def made(alliance: Alliance, count: int) -> Iterator[Act]:
    """Give acts of every kind that the rules speak of, and of some that they do not; always the same."""
    chance = random.Random(count)
    patterns = [rule.when for m in alliance.mechanisms for rule in m.rules]
    others = ["UKR", "RUS", "eu", "west", "CHE", "north-atlantic-council", "nato", "nato"]
    who = [*alliance.members(date(2022, 1, 1)), *others]
    for number in range(count):
        near = chance.choice(patterns)
        yield Act(
            id=f"a-{number:07}", report="made", span=(0, 0), trigger=(0, 0),
            type=chance.choice(near.types or ("SUPPORT",)),
            cues=near.cues[:1] if chance.random() < 0.6 else (),
            mode=chance.choice((*near.modes, None)),
            instruments=near.instruments[:1],
            aux=chance.choice(_AUX),
            actors=tuple(chance.sample(who, chance.choice((0, 1, 1, 2)))),
            recipients=tuple(chance.sample(who, chance.choice((0, 1)))),
            places=tuple(chance.sample(who[:30], chance.choice((0, 0, 1)))),
            date=day(FIRST + timedelta(days=chance.randrange(DAYS))),
        )  # fmt: skip


def read(path: Path) -> Iterator[Act]:
    """Read a file of acts, one a line."""
    with path.open("rb") as lines:
        for line in lines:
            record = decode_record(line)
            assert isinstance(record, Act)
            yield record


def facts_of(acts: Iterator[Act]) -> Iterator[Fact]:
    """Give each act as a fact that one report of its day tells."""
    for act in acts:
        cited = Citation(report="made", source="made")
        told = Reading(act=act, published=act.date, date=act.date, group="made", citation=cited)
        yield Fact(
            id=act.id, type=act.type, mode=act.mode, cues=act.cues, actors=act.actors,
            recipients=act.recipients, places=act.places, instruments=act.instruments,
            date=act.date, readings=(told,),
        )  # fmt: skip


def plain_pass(path: Path, alliance: Alliance) -> int:
    """Read each act and test its type, cue, date and roles once: what any evaluation has to do."""
    rules = [rule.when for m in alliance.mechanisms for rule in m.rules]
    types = {t for pattern in rules for t in pattern.types}
    cues = {c for pattern in rules for c in pattern.cues}
    members = {m.state: (m.joined, m.left or date.max) for m in alliance.memberships}
    own = set(alliance.own)
    last = FIRST + timedelta(days=DAYS)
    found = 0
    for act in read(path):
        when = act.date
        if act.type not in types or when is None or not FIRST <= when.start <= last:
            continue
        if not any(cue in cues for cue in act.cues):
            continue
        for actor in act.actors:
            joined, left = members.get(actor, (date.max, date.min))
            if actor in own or joined <= when.start <= left:
                found += 1
                break
    return found


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work gives, and its seconds of processor: other work on the machine counts less."""
    start = time.process_time()
    found = work()
    return found, time.process_time() - start


def size(count: int) -> None:
    """Print one size's figures."""
    world = load_world()
    alliance = load_alliance("nato", world)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acts.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(encode_record(act) + "\n" for act in made(alliance, count))
        onces, overs = [], []
        for _ in range(max(1, min(5, _ENOUGH // count))):
            onces.append(timed(lambda: plain_pass(path, alliance))[1])
            swept, seconds = timed(
                lambda: courses(alliance, facts_of(read(path)), known_by=None, world=world)
            )
            overs.append(seconds)
        once, over = min(onces), min(overs)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        chance = random.Random(1)
        asked = [FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(2000)]
        _, queries = timed(lambda: [[c.on(d) for c in swept.values()] for d in asked])
        stretches = sum(len(c.stretches) for c in swept.values())
        print(
            f"{count:>9,} acts: plain pass {once:.2f} s, all dates {over:.2f} s"
            f" ({over / once:.1f} ×, {over / count * 1e6:.1f} µs an act), {stretches:,} stretches,"
            f" peak {peak:.0f} MB; one day, all {len(swept)} mechanisms"
            f" {queries / len(asked) * 1e6:.1f} µs",
            flush=True,
        )
        both = BothClocks(alliance, facts_of(read(path)), world)
        pairs = [(d, FIRST + timedelta(days=chance.randrange(DAYS))) for d in asked]
        _, clocks = timed(lambda: [both.on(d, k) for d, k in pairs])
        print(
            f"          one day as known by another, all mechanisms: {clocks / len(pairs) * 1e6:.0f} µs",
            flush=True,
        )
        tracing(path, min(count, 20_000), alliance, world)


def tracing(path: Path, count: int, alliance: Alliance, world: World) -> None:
    """Print what tracing costs beside the bare statuses of one day: traced, and with all reasons made into trees."""
    facts = list(islice(facts_of(read(path)), count))
    on = FIRST + timedelta(days=DAYS)
    ask = Question(on, on)

    def bare() -> list[object]:
        known = Known(alliance, facts, ask, world=world)
        return [known.standing(m.id) for m in alliance.mechanisms]

    def traced() -> tuple[MechanismStatus, ...]:
        return statuses(alliance, facts, as_of=on, known_by=on, world=world)

    def told() -> list[Reason]:
        return [status.reason for status in traced()]

    rounds = [(timed(bare)[1], timed(traced)[1], timed(told)[1]) for _ in range(7)]
    without, kept, all_ = (min(times) for times in zip(*rounds, strict=True))
    print(
        f"          one day from {count:,} facts, cold: {without:.3f} s, traced {kept:.3f} s"
        f" ({kept / without:.2f} ×), with every tree written out {all_:.3f} s ({all_ / without:.2f} ×)",
        flush=True,
    )


def clingo(count: int) -> None:
    """Print clingo's time on the same rules and acts, and whether the answers are the same."""
    world = load_world()
    alliance = load_alliance("nato", world)
    acts = list(made(alliance, count))
    swept, ours = timed(lambda: courses(alliance, facts_of(iter(acts)), known_by=None, world=world))
    found, theirs = timed(lambda: solved(alliance, acts, world, FIRST, DAYS))
    own: Answers = {
        (name, number): course.on(FIRST + timedelta(days=number))[0]
        for name, course in swept.items()
        for number in range(DAYS)
    }
    differing = [key for key, word in own.items() if found[key] != word]
    print(
        f"clingo, {count:,} acts, {DAYS:,} days: {theirs:.1f} s, here {ours:.2f} s"
        f" ({theirs / ours:.0f} ×); {len(own):,} statuses, {len(differing)} differ {differing[:3]}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
